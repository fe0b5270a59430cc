"""The texts beside a decision: the passages of an assertion in their articles, and what else is marked there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from articles.models import Mention, Revision
from articles.permissions import REMOVE
from assertions.desk.marked_text import WHOLE, Mark, Paragraph, Window, paragraphs, window
from assertions.models import Anchor, Assertion, Evidence
from assertions.vocabulary import AnchorStatus
from cms.models import User
from cms.timezones import told

FURTHER = 6_000
"""Characters around a passage in a further text: the first one is shown whole, or as much as ``WHOLE``."""
MENTIONS = 1_000
OTHERS = 30
"""Marks of a sort in one text, at most: more would be no help."""
_PLACED = [AnchorStatus.EXACT, AnchorStatus.MOVED]


@dataclass(frozen=True, slots=True)
class Text:
    """A revision as it is read at the desk: its paragraphs with marks, as much of it as is shown, and how it stands.

    ``quotations`` are the passages that are marked; ``others`` further assertions that stand in the words shown.
    """

    revision: Revision
    quotations: list[Evidence]
    paragraphs: list[Paragraph]
    window: Window
    standing: str
    is_live: bool
    others: list[Assertion]
    is_removed: bool = False


def texts_of(assertion: Assertion, user: User) -> tuple[list[Text], list[Evidence]]:
    """Return the texts that an assertion is quoted from, each once, and its outside sources.

    The number of queries grows with the texts, not with what is marked in them.
    """
    evidence = list(
        assertion.evidence.select_related("revision__article", "revision__removal")
        .defer("revision__body", "revision__search")
        .order_by("id")
    )
    quoted: dict[int, list[Evidence]] = defaultdict(list)
    for row in evidence:
        if row.revision_id is not None:
            quoted[row.revision_id].append(row)
    now = timezone.now()
    live = _live_of({rows[0].revision.article_id for rows in quoted.values() if rows[0].revision}, now)
    places = _places(evidence, live.values())
    found = []
    for number, rows in enumerate(quoted.values()):
        revision = rows[0].revision
        assert revision is not None
        current = live.get(revision.article_id)
        standing = _standing(
            revision, current, [places.get((row.pk, current.pk)) for row in rows] if current else []
        )
        is_live = current is not None and current.pk == revision.pk
        if hasattr(revision, "removal") and not user.has_perm(REMOVE):
            shown = Window(0, 0, 0)
            found.append(Text(revision, rows, [], shown, standing, is_live, [], is_removed=True))
            continue
        first = rows[0]
        assert first.start is not None and first.end is not None
        shown = window(revision.text, first.start, first.end, WHOLE if number == 0 else FURTHER)
        marks = [
            Mark(row.start, row.end, "passage", f"passage-{row.pk}")
            for row in rows
            if row.start is not None and row.end is not None
        ]
        others, other_marks = others_in(revision, shown, assertion)
        marks += [*other_marks, *mentions_in(revision, shown)]
        read = paragraphs(revision.text, shown, marks)
        found.append(Text(revision, rows, read, shown, standing, is_live, others))
    return found, [row for row in evidence if row.revision_id is None]


def mentions_in(revision: Revision, shown: Window) -> list[Mark]:
    """Return the marks of the names in a part of a text; of those that nobody has resolved as "unknown"."""
    rows = Mention.objects.filter(revision=revision, start__lt=shown.end, end__gt=shown.start)
    return [
        Mark(start, end, "mention" if actor else "mention unknown")
        for start, end, actor in rows.order_by("start").values_list("start", "end", "actor")[:MENTIONS]
    ]


def others_in(
    revision: Revision, shown: Window, but: Assertion | None = None
) -> tuple[list[Assertion], list[Mark]]:
    """Return the assertions that stand in a part of a text, without one of them, and the marks of their words."""
    anchors = (
        Anchor.objects.filter(revision=revision, status__in=_PLACED, start__lt=shown.end, end__gt=shown.start)
        .exclude(evidence__assertion=but)
        .select_related("evidence__assertion")
        .prefetch_related("evidence__assertion__speakers__actor")
        .order_by("start", "id")[:OTHERS]
    )
    rows = list(anchors)
    marks = [
        Mark(row.start, row.end, "other") for row in rows if row.start is not None and row.end is not None
    ]
    return list(dict.fromkeys(row.evidence.assertion for row in rows)), marks


def live_revisions(assertion: Assertion) -> list[int]:
    """Return the keys of the revisions that are live now of the articles that an assertion is quoted from, sorted.

    Two screens of an assertion differ in it where an article was withdrawn or published anew in between.
    """
    articles = Evidence.objects.filter(assertion=assertion, revision__isnull=False).values(
        "revision__article"
    )
    live = Revision.objects.public(timezone.now()).filter(article__in=articles)
    return sorted(live.values_list("pk", flat=True))


def _live_of(articles: set[int], now: datetime) -> dict[int, Revision]:
    live = Revision.objects.public(now).filter(article__in=articles).defer("body", "text", "search")
    return {revision.article_id: revision for revision in live}


def _places(evidence: Iterable[Evidence], live: Iterable[Revision]) -> dict[tuple[int, int], str]:
    rows = Anchor.objects.filter(evidence__in=list(evidence), revision__in=list(live))
    return {(row.evidence_id, row.revision_id): row.status for row in rows}


def _standing(revision: Revision, current: Revision | None, statuses: list[str | None]) -> str:
    """Return in sentences whether readers see the text of a quotation, and the quotation in it."""
    if current is None:
        if revision.article.published_at is None:
            return "A draft: readers have never seen it."
        if revision.live is not None and revision.live.lower > timezone.now():
            return f"Not public yet: from {told(revision.live.lower)}."
        return "Readers do not see this article now: it is withdrawn, or its time has not come."
    if current.pk == revision.pk:
        return "Readers see this version."
    where = f"Readers see revision {current.number} now"
    lost = [status for status in statuses if status not in _PLACED]
    if not lost:
        return f"{where}; the words stand there too."
    known = {
        AnchorStatus.LOST: "the words are lost there",
        AnchorStatus.AMBIGUOUS: "where they stand there is open",
    }
    return (
        f"{where}; {known.get(AnchorStatus(lost[0]), '') if lost[0] else 'the words were not carried there'}."
    )
