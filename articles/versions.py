"""Read model: the versions of an article, which are its revisions as readers saw them, and what came with each.

A version's number is its place in time among all that readers ever saw of the article, those that are closed to
them included, so that an address never comes to mean another text. What is scheduled has no number yet.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db.models import Prefetch
from django.utils import timezone

from articles.models import Article, Correction, Revision, RevisionImage, TaggedRevision
from articles.querysets import RevisionQuerySet
from cms import differences


@dataclass(frozen=True, slots=True)
class Version:
    """One version: the key of its revision, and the period in which it was the article, ``ends`` None if it is."""

    number: int
    key: int
    begins: datetime
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class Absence:
    """A time in which an article was withdrawn, and why; it was public again, or withdrawn anew, when it ended."""

    begins: datetime
    ends: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """Paragraphs in a row that are all the same in both versions, or of which none is."""

    is_same: bool
    paragraphs: list[differences.Changed]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two versions, in the order of a page. Only parts that changed are there.

    ``parts`` holds (name, pieces of words); ``paragraphs`` the body, if a word of it changed; ``lists`` holds
    (name, pieces of items). ``removed`` and ``added`` count words of headline, standfirst, byline and body. Of a body
    that was not compared word by word, ``is_uncounted`` tells only that it changed.
    """

    parts: list[tuple[str, list[differences.Piece]]]
    paragraphs: list[differences.Changed]
    lists: list[tuple[str, list[differences.Piece]]]
    formatting: bool
    is_uncounted: bool
    removed: int
    added: int

    @property
    def folded(self) -> list[Group]:
        """The body in runs of paragraphs that are the same, which a page may fold, and runs of others."""
        return [
            Group(is_same, list(paragraphs))
            for is_same, paragraphs in groupby(self.paragraphs, key=lambda one: one.kind == "same")
        ]

    @property
    def in_short(self) -> str:
        """What changed, as in "12 words added, 3 removed; headline and topics changed"."""
        counts = [
            f"{number} {done}"
            for number, done in (
                (self.added, f"word{'' if self.added == 1 else 's'} added"),
                (
                    self.removed,
                    "removed" if self.added else f"word{'' if self.removed == 1 else 's'} removed",
                ),
            )
            if number
        ]
        names = [name for name, _ in (*self.parts, *self.lists)]
        if self.is_uncounted:
            names.append("text")
        if self.formatting:
            names.append("formatting")
        said = [", ".join(counts)] if counts else []
        if names:
            said.append(f"{_listed(names)} changed")
        return "; ".join(said).capitalize() if said else "The same words"


def versions(article: Article, at: datetime | None = None) -> list[Version]:
    """Return what readers had seen by an instant, now by default, and may still read, the first first. One query."""
    now = timezone.now()
    at = at or now
    rows = article.revisions.filter(live__startswith__lte=at).order_by("live__startswith")
    return [
        Version(number, key, live.lower, live.upper if live.upper and live.upper <= at else None)
        for number, (key, live, closed_at) in enumerate(rows.values_list("pk", "live", "closed_at"), 1)
        if live is not None and (closed_at is None or closed_at > now)
    ]


def absences(article: Article, at: datetime | None = None) -> list[Absence]:
    """Return when an article that is public again by an instant, now by default, was withdrawn, the first first.

    The return of a version that was removed is none.
    """
    at = at or timezone.now()
    notices = list(article.withdrawals.filter(at__lte=at).order_by("at", "pk").values_list("at", "reason"))
    if not notices:
        return []
    shown = article.revisions.filter(live__startswith__lte=at, removal=None)
    returns = sorted(begins for begins in shown.values_list("live__startswith", flat=True) if begins)
    found = []
    for place, (begins, reason) in enumerate(notices):
        back = next((moment for moment in returns if moment > begins), None)
        if back is not None:
            ends = min(back, *(later for later, _ in notices[place + 1 :])) if notices[place + 1 :] else back
            found.append(Absence(begins, ends, reason))
    return found


def corrections_by_version(article: Article, among: Sequence[Version]) -> dict[int, list[Correction]]:
    """Return the corrections by the number of the version in whose period readers first saw them.

    A correction to what is closed to readers now is in none.
    """
    found: dict[int, list[Correction]] = {}
    for correction in Correction.objects.made().filter(article=article).with_day():
        for version in among:
            if version.begins <= correction.shown_from and not (
                version.ends and version.ends <= correction.shown_from
            ):
                found.setdefault(version.number, []).append(correction)
    return found


def with_parts() -> RevisionQuerySet:
    """Return the revisions with what `changes` asks of them, in a number of queries that does not grow."""
    return Revision.objects.defer("search").prefetch_related(
        Prefetch("tagged", TaggedRevision.objects.select_related("tag")),
        Prefetch("images", RevisionImage.objects.select_related("image")),
    )


def changes(
    before: Revision,
    after: Revision,
    longest: int | None = None,
    *,
    parts: Mapping[str, Callable[[Revision], str]] | None = None,
    lists: Mapping[str, Callable[[Revision], list[str]]] | None = None,
) -> Changes:
    """Return what differs between two revisions, by default between two `with_parts` for a reader.

    A topic that is not public is left out then. ``parts`` and ``lists`` say by name what is compared beside the body.
    Bodies of together more than ``longest`` characters are not compared word by word.
    """
    texts = [(name, part(before), part(after)) for name, part in (parts or PARTS).items()]
    rows = [(name, part(before), part(after)) for name, part in (lists or LISTS).items()]
    is_other = before.text != after.text
    is_uncounted = is_other and longest is not None and len(before.text + after.text) > longest
    body = differences.paragraphs(before.text, after.text) if is_other and not is_uncounted else []
    changed = [(name, differences.words(old, new)) for name, old, new in texts if old != new]
    counts = [differences.word_counts(pieces) for name, pieces in changed if name in PARTS]
    counts += [
        differences.word_counts(paragraph.pieces)
        for paragraph in body
        if paragraph.kind not in ("same", "moved away", "moved here")
    ]
    return Changes(
        changed,
        body,
        [(name, differences.items(old, new)) for name, old, new in rows if old != new],
        formatting=not is_other and before.body != after.body,
        is_uncounted=is_uncounted,
        removed=sum(removed for removed, _ in counts),
        added=sum(added for _, added in counts),
    )


def _topics(revision: Revision) -> list[str]:
    return sorted(row.tag.name for row in revision.tagged.all() if row.tag.is_public())


def _images(revision: Revision) -> list[str]:
    """Return what is shown, in words: the caption, else what the picture shows."""
    return [use.caption or use.image.alt for use in revision.images.all()]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


PARTS = {
    "headline": attrgetter("headline"),
    "standfirst": attrgetter("standfirst"),
    "byline": attrgetter("byline"),
}
"""The texts of a revision that a reader sees beside its body, and whose words are counted with it."""
LISTS = {"topics": _topics, "images": _images}
"""What a reader sees listed of a revision `with_parts`."""
