"""Read model: all that was done with an article, in one line of time, and what changed between two revisions."""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles import permissions, versions
from articles.models import Article, Correction, Removal, Revision, Source, Withdrawal, WorkflowStep
from articles.models.article import PREVIEWS_ENDED
from articles.models.revision import PREVIEW_LINK
from articles.versions import Changes
from cms.history import author_of, authors, events_of, with_former
from cms.models import User
from cms.timezones import told
from cms.workplace.periods import Standing, standing_of_version

PAGE = 50
"""Revisions on a page of the history; what was done between them stands with them."""

AT_ONCE = timedelta(minutes=1)
"""What begins or ends so soon after the transaction that wrote it began was not scheduled: a lock was waited for."""
_LINK = re.compile('<a href="([^"]*)"')  # a clean body writes links in this one way


@dataclass(frozen=True, slots=True)
class Entry:
    """Something done at an instant by somebody ("" for the site or a command), in sentences, with what they wrote.

    ``revision`` is the revision that was written then, with ``before``, the number of the one before it.
    """

    at: datetime
    by: str
    lines: list[str] = field(default_factory=list)
    note: str = ""
    revision: Revision | None = None
    before: int | None = None

    @property
    def was_public(self) -> bool:
        """Whether readers see the revision of this entry, or saw it once."""
        return self.seen.state in ("public", "withdrawn")

    @property
    def seen(self) -> Standing:
        """When readers see or saw the revision of this entry."""
        live = self.revision.live if self.revision else None
        return standing_of_version(live) if live is not None else Standing("draft", "never public")


@dataclass(frozen=True, slots=True)
class History:
    """A page of the history, the latest first, and the page of revisions that it goes by."""

    entries: list[Entry]
    page: Page[Revision]


def history(article: Article, page: str | int | None = 1, *, reader: User | None = None) -> History:
    """Return a page of what was done with an article: its revisions, and all that happened between them.

    Of a removal an editor is told without the reason, and who does not publish is told nothing. No ``reader`` is the
    operator, who is told all. A number of queries that does not grow with the history.
    """
    written = events_of(Revision).filter(pgh_obj_id=OuterRef("pk"), pgh_label="insert")
    revisions = (
        article.revisions.order_by("-number")
        .select_related("created_by", "removal")
        .defer("body", "text", "standfirst", "search")
        .annotate(written_at=Coalesce(Subquery(written.values("pgh_created_at")[:1]), "created_at"))
    )
    shown = Paginator(revisions, PAGE).get_page(page)
    rows = list(shown)
    newer = (
        article.revisions.filter(number__gt=rows[0].number)
        .annotate(written_at=Coalesce(Subquery(written.values("pgh_created_at")[:1]), "created_at"))
        .order_by("number")
        .values_list("written_at", flat=True)
        .first()
        if rows and shown.number > 1
        else None
    )
    since = rows[-1].written_at if rows and shown.has_next() else None  # type: ignore[attr-defined]

    def within(name: str) -> Q:
        return Q(**({f"{name}__gte": since} if since else {}), **({f"{name}__lt": newer} if newer else {}))

    entries = [_written(row) for row in rows]
    entries += _steps(article, within("created_at"))
    entries += _corrections(article, within("created_at"))
    entries += _withdrawals(article, within("created_at"))
    if reader is None or reader.has_perm(permissions.PUBLISH):
        with_reason = reader is None or reader.has_perm(permissions.REMOVE)
        entries += _removals(article, within("created_at"), with_reason=with_reason)
    entries += _changes_of_periods(article, within("pgh_created_at"))
    entries += _changes_of_article(article, within("pgh_created_at"))
    entries += _changes_of_sources(article, within("pgh_created_at"))
    # What was done at once with a revision stands above it, as it came after; transactions may wait for each other.
    done: dict[datetime, datetime] = {row.written_at: row.created_at for row in rows}  # type: ignore[attr-defined]
    entries.sort(key=lambda entry: (done.get(entry.at, entry.at), entry.revision is None), reverse=True)
    return History(entries, shown)


def _written(revision: Any) -> Entry:
    return Entry(
        revision.created_at, _name(revision.created_by, "import"), note=revision.reason,
        revision=revision, before=revision.number - 1 or None,
    )  # fmt: skip


def _name(user: User | None, otherwise: str = "") -> str:
    return str(user) if user else otherwise


def _steps(article: Article, when: Q) -> Iterator[Entry]:
    for step in WorkflowStep.objects.filter(when, revision__article=article).select_related(
        "created_by", "revision"
    ):
        words = f"Revision {step.revision.number} {step.get_kind_display()}"
        yield Entry(step.created_at, _name(step.created_by), [words], step.note)


def _corrections(article: Article, when: Q) -> Iterator[Entry]:
    now = timezone.now()
    for correction in Correction.objects.filter(when, article=article).select_related(
        "created_by", "revision"
    ):
        words = f"{correction.get_kind_display().capitalize()} added{_shown_with(correction.revision, now)}"
        yield Entry(correction.created_at, _name(correction.created_by), [words], correction.text)


def _shown_with(revision: Revision | None, now: datetime) -> str:
    if revision is None:
        return ""
    if revision.live is None:
        return f" to revision {revision.number}; readers have not seen it: the schedule was taken back"
    return f", {'shown' if revision.live.lower <= now else 'to be shown'} with revision {revision.number}"


def _withdrawals(article: Article, when: Q) -> Iterator[Entry]:
    for notice in Withdrawal.objects.filter(when, article=article).select_related("created_by"):
        ahead = f", for {told(notice.at)}" if notice.at > notice.created_at else ""
        kept = "its versions stay readable" if notice.keeps_versions else "its versions are closed to readers"
        yield Entry(notice.created_at, _name(notice.created_by), [f"Withdrawn{ahead}; {kept}"], notice.reason)


def _removals(article: Article, when: Q, *, with_reason: bool) -> Iterator[Entry]:
    for removal in Removal.objects.filter(when, revision__article=article).select_related(
        "created_by", "revision"
    ):
        words = f"Revision {removal.revision.number} removed from the site for a legal reason"
        note = removal.reason if with_reason else ""
        yield Entry(removal.created_at, _name(removal.created_by), [words], note)


def _changes_of_periods(article: Article, when: Q) -> list[Entry]:
    events = events_of(Revision).filter(when, article_id=article.pk).order_by("pgh_id")
    return _at_once(_in_one(with_former(events)), _of_period)


def _in_one(pairs: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Return what came of each row in each transaction: a schedule that is moved is taken back and written again."""
    found: dict[tuple[int, datetime, str], tuple[Any, Any]] = {}
    for event, former in pairs:
        by_hand = event.pgh_label if event.pgh_label not in ("insert", "update") else ""
        place = (event.pgh_obj_id, event.pgh_created_at, by_hand)
        found[place] = (event, found[place][1] if place in found else former)
    return list(found.values())


def _changes_of_article(article: Article, when: Q) -> list[Entry]:
    events = events_of(Article).filter(when, pgh_obj_id=article.pk).order_by("pgh_id")
    pairs = with_former(events.select_related("pgh_context", "assigned_to"))
    return _at_once(pairs, _of_article)


def _changes_of_sources(article: Article, when: Q) -> list[Entry]:
    events = events_of(Source).filter(when, article_id=article.pk).order_by("pgh_id")
    return _at_once(with_former(events), _of_source)


def _at_once(pairs: list[tuple[Any, Any]], words: Callable[[Any, Any], Iterable[str]]) -> list[Entry]:
    """Return the events of each transaction as one entry."""
    names = authors(event for event, _ in pairs)
    found: dict[tuple[datetime, int | None], Entry] = {}
    for event, former in pairs:
        lines = list(words(event, former))
        if lines:
            author = author_of(event)
            entry = Entry(event.pgh_created_at, names.get(author, "") if author else "")
            found.setdefault((event.pgh_created_at, author), entry).lines.extend(lines)
    return list(found.values())


def _of_period(event: Any, former: Any) -> Iterator[str]:
    """Say what became of the period in which a revision is public."""
    name, at = f"Revision {event.number}", event.pgh_created_at + AT_ONCE
    if event.pgh_label == PREVIEW_LINK:
        yield f"Link to a preview of revision {event.number} made"
    if event.pgh_label not in ("insert", "update"):
        return
    live, was = event.live, former.live if former else None
    if live != was:
        yield f"{name} {_period(live, was, at)}"
    closed, closed_before = event.closed_at, former.closed_at if former else None
    if closed != closed_before:
        yield f"{name} {'closed to readers from ' + told(closed) if closed else 'open to readers'}"


def _period(live: Any, was: Any, at: datetime) -> str:
    if live is None:
        return f"no longer scheduled (it was for {told(was.lower)})"
    until = f" until {told(live.upper)}" if live.upper else ""
    if was is None or live.lower != was.lower:
        if live.lower <= at:
            return f"public from {told(live.lower)}{until}"
        moved = f" instead of {told(was.lower)}" if was is not None else ""
        return f"scheduled for {told(live.lower)}{until}{moved}"
    if live.upper is None:
        return f"public without an end (it was until {told(was.upper)})"
    if live.upper <= at:
        return f"no longer public from {told(live.upper)}"
    moved = f" instead of {told(was.upper)}" if was.upper else ""
    return f"public{until}{moved}"


def _of_article(event: Any, former: Any) -> Iterator[str]:
    """Say what changed of an article beside its text."""
    if event.pgh_label == PREVIEWS_ENDED:
        yield "All links to previews ended"
    if former is None or event.pgh_label != "update":
        return
    if event.slug != former.slug:
        yield f"Address changed from {former.slug} to {event.slug}"
    if event.embargo != former.embargo:
        yield f"Embargo until {told(event.embargo)}" if event.embargo else "Embargo lifted"
    if event.assigned_to_id != former.assigned_to_id:
        yield f"Assigned to {event.assigned_to or 'nobody'}"
    if event.due != former.due:
        yield f"Due {told(event.due)}" if event.due else "No longer due"


def _of_source(event: Any, former: Any) -> Iterator[str]:
    done = {"insert": "added", "update": "changed", "delete": "removed"}.get(event.pgh_label, event.pgh_label)
    yield f"Source {done}: {event.publisher or event.title or event.address or 'not known'}"


def compared(before: Revision, after: Revision) -> Changes:
    """Return all that differs between two revisions of an article, what readers do not see included.

    Six queries, and time in proportion to the texts.
    """
    return versions.changes(before, after, parts=PARTS, lists=LISTS)


def _topics(revision: Revision) -> list[str]:
    return sorted(revision.topics.values_list("name", flat=True))


def _images(revision: Revision) -> list[str]:
    """Return what is shown, in words: what the picture shows, its caption, its credit."""
    uses = revision.images.select_related("image").order_by("position")
    return [" · ".join(filter(None, (use.image.alt, use.caption, use.image.credit))) for use in uses]


def _links(revision: Revision) -> list[str]:
    return [html.unescape(address) for address in _LINK.findall(revision.body)]


def _names(revision: Revision) -> list[str]:
    """Return the actors named, and names of which nobody has said whom they mean, with how often, in ABC order."""
    mentions: QuerySet[Any] = revision.mentions.values_list("actor__name", "text")
    times = Counter(actor or f"“{text}”, unresolved" for actor, text in mentions)
    return [f"{name} ({count})" if count > 1 else name for name, count in sorted(times.items())]


PARTS = versions.PARTS | {"language": attrgetter("language"), "date of the text": attrgetter("dated")}
LISTS = {"topics": _topics, "images": _images, "links": _links, "names found": _names}
