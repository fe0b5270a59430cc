"""What writers have in open forms and have not saved: who writes where, and what is offered again."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import groupby
from operator import attrgetter, or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from articles.body import clean, from_plain, plain
from articles.models import Article, Revision, Source, WorkingCopy
from articles.typed import Typed, require_typed
from cms.differences import WORD_BY_WORD, word_counts, words
from cms.models import User
from cms.numbers import number_of
from cms.periods import clock

GONE_AFTER = timedelta(seconds=15)
"""A form is heard of every five seconds; one that was not for so long was closed, or has no connection."""
KEPT_FOR = timedelta(days=30)
"""How long what was not saved is kept after its last change."""

SOURCE_FIELDS = (
    "relation", "is_unknown", "publisher", "publisher_actor", "title", "address", "published", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody with the form open: who, since when if that is known, and whether with changes that are not saved."""

    user: User
    since: datetime | None
    unsaved: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A copy that was not saved, and how many words went and came against the revision it was begun on, by part.

    No numbers stand with a part that is too long to be counted. What cannot be read can only be discarded.
    """

    copy: WorkingCopy
    headline: str
    parts: list[tuple[str, int | None, int | None]]
    is_readable: bool = True

    @property
    def in_words(self) -> list[str]:
        """What differs, a phrase a part: "Text: 8 words added, 1 removed", or "language changed"."""
        return [_in_words(*part) for part in self.parts]


@dataclass(frozen=True, slots=True)
class Fields:
    """The parts of an article as a form holds them: rows by their numbers, a body as clean HTML."""

    headline: str = ""
    standfirst: str = ""
    body: str = ""
    byline: str = ""
    language: str = "en"
    dated: str = ""
    topics: tuple[str, ...] = ()
    images: tuple[tuple[str, str], ...] = ()


Held = tuple[WorkingCopy, Fields | None]
"""A copy and what it holds; None if that cannot be read."""

LABELS = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "body": "Text",
    "byline": "Byline",
    "language": "Language",
    "dated": "The text is dated",
    "topics": "Topics",
    "images": "Images",
}
"""The parts of an article, as its form calls them."""
UNITS = dict.fromkeys(("Headline", "Standfirst", "Text", "Byline"), "word") | {
    "Topics": "topic",
    "Images": "image",
}
"""What is counted of a part, by its label; of the others there is nothing to count."""


def typed_fields(typed: Typed) -> Fields:
    """Return what was typed as it would be saved; a body that cannot be cleaned stays as it was typed."""

    def of(name: str) -> str:
        return (typed.get(name) or [""])[-1].replace("\r\n", "\n").strip()

    body = of("body")
    with suppress(ValueError):
        body = clean(body) if "<" in body else from_plain(body)
    rows = [row for row in rows_of(typed, "images") if row.get("image") and not row.get("DELETE")]
    rows.sort(key=lambda row: number_of(row["ORDER"]) if row.get("ORDER") else len(rows))
    return Fields(
        headline=" ".join(of("headline").split()),
        standfirst=of("standfirst"),
        body=body,
        byline=of("byline"),
        language=of("language"),
        dated=of("dated"),
        topics=tuple(sorted(typed.get("topics") or (), key=str)),
        images=tuple((row["image"], row.get("caption", "").strip()) for row in rows),
    )


def typed_in(copy: WorkingCopy) -> Typed:
    """Return what a copy holds; nothing if its form was not changed."""
    return copy.content or {}


def is_readable(copy: WorkingCopy) -> bool:
    """Tell whether a copy holds a form; one that was kept before its shape was asked may not."""
    try:
        require_typed(typed_in(copy))
    except ValueError:
        return False
    return True


def rows_of(typed: Typed, prefix: str) -> list[dict[str, str]]:
    """Return the rows of a formset as they were typed, in the order of the page."""
    total = number_of((typed.get(f"{prefix}-TOTAL_FORMS") or [""])[-1])
    rows: list[dict[str, str]] = [{} for _ in range(min(total, 1000))]
    for name, values in typed.items():
        owner, _, rest = name.partition("-")
        number, _, field = rest.partition("-")
        place = number_of(number)
        if owner == prefix and number == str(place) and place < len(rows) and values:
            rows[place][field] = values[-1]
    return rows


def saved_fields(revision: Revision | None) -> Fields:
    """Return the parts of a revision; those of an empty form for none."""
    if revision is None:
        return Fields()
    return Fields(
        headline=revision.headline,
        standfirst=revision.standfirst,
        body=revision.body,
        byline=revision.byline,
        language=revision.language,
        dated=revision.dated,
        topics=tuple(sorted((str(topic.pk) for topic in revision.topics.all()), key=str)),
        images=tuple((str(use.image_id), use.caption) for use in revision.images.all()),
    )


def writers(article: Article | None, user: User, tab: UUID) -> list[Writer]:
    """Return who else has the article's form open, each once; the same user in another tab counts as one of them."""
    if article is None:
        return []
    now = clock()
    heard = WorkingCopy.objects.filter(article=article, seen_at__gt=now - GONE_AFTER)
    others = (
        heard.exclude(user=user, tab=tab).defer("content").select_related("user").order_by("user__username")
    )
    found: list[Writer] = []
    for someone, copies in groupby(others, attrgetter("user")):
        tabs = list(copies)
        # A browser may say any time; one that is ahead is none.
        since = [at for at in (opened_at(copy.tab) for copy in tabs) if at is not None and at <= now]
        unsaved = any(copy.changed_at is not None for copy in tabs)
        found.append(Writer(someone, min(since, default=None), unsaved))
    return found


def opened_at(tab: UUID) -> datetime | None:
    """Return the time that a UUID of version 7 carries (RFC 9562, 5.7); None for any other, and for one too late."""
    if tab.version == 7:
        with suppress(ValueError):  # up to the year 10889, and a datetime ends in 9999
            return datetime.fromtimestamp((tab.int >> 80) / 1000, UTC)
    return None


def gone(user: User, article: Article | None) -> list[WorkingCopy]:
    """Return the unsaved copies of a user for an article, or for new ones, whose forms are not open any more."""
    copies = WorkingCopy.objects.filter(user=user, article=article, seen_at__lte=clock() - GONE_AFTER)
    return list(copies.filter(content__isnull=False).order_by("-changed_at"))


def holders(article: Article, user: User | None) -> list[User]:
    """Return who else holds what is not saved of an article, by name; those whose copies are too old do not count."""
    kept = WorkingCopy.objects.filter(
        article=article, content__isnull=False, changed_at__gt=clock() - KEPT_FOR
    ).select_related("user")
    if user is not None:
        kept = kept.exclude(user=user)
    found = {copy.user for copy, _ in unsaved(list(kept))}
    return sorted(found, key=lambda someone: someone.get_username())


def offered_to(user: User, article: Article | None) -> list[Offer]:
    """Return what the user wrote, did not save, and can go on with: the latest first.

    Left out is what was saved: a copy with the content of a revision as new as the one it was begun on, or newer.
    """
    return offers_of(article, unsaved(gone(user, article)))


def offers_of(article: Article | None, held: Sequence[Held]) -> list[Offer]:
    """Return copies of one article, or of new ones, as they are offered; in as many queries for one as for many."""
    bases: dict[int, Revision] = {}
    if article is not None and held:
        begun_on = article.revisions.filter(number__in={copy.base for copy, _ in held})
        bases = {revision.number: revision for revision in _with_rows(begun_on)}
    return [
        Offer(copy, fields.headline, list(_difference(saved_fields(bases.get(copy.base)), fields)))
        if fields is not None
        else Offer(copy, "", [], is_readable=False)
        for copy, fields in held
    ]


def unsaved(copies: Sequence[WorkingCopy]) -> list[Held]:
    """Return the copies that hold what stands in no revision, or not in the rows beside it; each with its parts.

    It takes as many queries for one copy as for many.
    """
    held: list[Held] = [
        (copy, typed_fields(typed_in(copy)) if is_readable(copy) else None) for copy in copies
    ]
    conditions = [_text_of(copy, fields) for copy, fields in held if fields is not None]
    if not conditions:
        return held
    alike = Revision.objects.filter(reduce(or_, conditions)).select_related("article")
    revisions = list(_with_rows(alike).prefetch_related("article__sources"))
    return [
        (copy, fields)
        for copy, fields in held
        if fields is None
        or not (_is_blank(copy, fields) or any(_holds(revision, copy, fields) for revision in revisions))
    ]


def _text_of(copy: WorkingCopy, fields: Fields) -> Q:
    """Return the condition that a revision may be what was saved of a copy, as far as its own columns tell."""
    own = Q(article__created_by=copy.user_id) if copy.article_id is None else Q(article=copy.article_id)
    return own & Q(
        number__gte=copy.base, headline=fields.headline, standfirst=fields.standfirst, body=fields.body,
        byline=fields.byline, language=fields.language, dated=fields.dated,
    )  # fmt: skip


def _with_rows(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    return revisions.defer("text", "search").prefetch_related("topics", "images")  # type: ignore[misc]


def _holds(revision: Revision, copy: WorkingCopy, fields: Fields) -> bool:
    """Tell whether all that a copy holds stands in a revision, and in the rows beside it."""
    article = revision.article
    is_of_a_new_one = copy.article_id is None
    return (
        (article.created_by_id == copy.user_id if is_of_a_new_one else article.pk == copy.article_id)
        and revision.number >= copy.base
        and saved_fields(revision) == fields
        and (typed_in(copy).get("slug") or [""])[-1] in ("", article.slug)
        and _same_sources(copy, article)
    )


def _is_blank(copy: WorkingCopy, fields: Fields) -> bool:
    return copy.article_id is None and fields == Fields() and not _sources_typed(typed_in(copy))


def _same_sources(copy: WorkingCopy, article: Article) -> bool:
    if "sources-TOTAL_FORMS" not in typed_in(copy):
        return True
    saved = [_as_typed(source) for source in article.sources.all()]
    return sorted(map(_row, _sources_typed(typed_in(copy)))) == sorted(map(_row, saved))


def _sources_typed(typed: Typed) -> list[dict[str, str]]:
    rows = [row for row in rows_of(typed, "sources") if not row.get("DELETE")]
    return [row for row in rows if any(row.get(name) for name in SOURCE_FIELDS if name != "relation")]


def _as_typed(source: Source) -> dict[str, str]:
    values: dict[str, Any] = {
        name: getattr(source, name) for name in SOURCE_FIELDS if name != "publisher_actor"
    }
    values["is_unknown"] = "on" if source.is_unknown else ""
    values["publisher_actor"] = source.publisher_actor_id
    return {name: str(value or "") for name, value in values.items()}


def _row(values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(values.get(name, "").replace("\r\n", "\n").strip() for name in SOURCE_FIELDS)


def texts(typed: Typed) -> list[tuple[str, str]]:
    """Return all words that were typed into a form, each under what its control is called, to be read and copied.

    The body comes twice: as plain text and, if it has any, with its markup.
    """

    def of(name: str) -> str:
        return (typed.get(name) or [""])[-1]

    body = of("body")
    found = [("Headline", of("headline")), ("Standfirst", of("standfirst")), ("Text", as_text(body))]
    if "<" in body:
        found.append(("Text with its markup", body))
    found += [
        ("Byline", of("byline")),
        ("The text is dated", of("dated")),
        ("Why this revision", of("reason")),
    ]
    for number, row in enumerate(rows_of(typed, "images"), 1):
        found.append((f"Image {number}, caption", row.get("caption", "")))
    for number, row in enumerate(rows_of(typed, "sources"), 1):
        for name in ("publisher", "title", "address", "published", "note"):
            found.append((f"Source {number}, {name}", row.get(name, "")))
    return [(label, text) for label, text in found if text.strip()]


def as_new(typed: Typed) -> Typed:
    """Return what was typed into the form of an article that is gone, as the form of a new one would send it."""
    new = {
        name: values
        for name, values in typed.items()
        if not (name in ("initial-slug", "opened_after") or re.fullmatch(r"sources-\d+-(id|article)", name))
    }
    return new | ({"sources-INITIAL_FORMS": ["0"]} if "sources-INITIAL_FORMS" in new else {})


def _difference(before: Fields, after: Fields) -> Iterable[tuple[str, int | None, int | None]]:
    for name, label in LABELS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if isinstance(old, tuple):
            yield label, len(set(old) - set(new)), len(set(new) - set(old))
            continue
        if len(old) + len(new) > WORD_BY_WORD:
            yield label, None, None
            continue
        if name == "body":
            old, new = as_text(old), as_text(new)
        yield label, *word_counts(words(old, new))


def _in_words(label: str, went: int | None, came: int | None) -> str:
    unit = UNITS.get(label)
    if unit is None or not (went or came):
        return f"{label[0].lower()}{label[1:]} changed"
    counts = [(number, done) for number, done in ((came, "added"), (went, "removed")) if number]
    number, done = counts[0]
    first = f"{number} {unit}{'' if number == 1 else 's'} {done}"
    return f"{label}: {', '.join([first, *(f'{number} {done}' for number, done in counts[1:])])}"


def as_text(html: str) -> str:
    """Return the words of a body; one that cannot be read stays as it is."""
    with suppress(ValueError):
        return plain(html)
    return html
