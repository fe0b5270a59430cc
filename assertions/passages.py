"""Read model: the passages that carry public assertions, and how assertions bear on each other."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from articles.models import Revision
from assertions.carrying import anchors_in
from assertions.models import Anchor, Assertion, Evidence, Link
from assertions.vocabulary import AnchorStatus, LinkType
from assertions.wording import bearing

CONTEXT = 600
"""Characters of a paragraph that are shown before and after a passage."""


@dataclass(slots=True)
class Passage:
    """Words of a revision by their positions in its text, their number, and the assertions in them."""

    number: int
    start: int
    end: int
    assertions: list[Assertion] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bearing:
    """How an assertion bears on another one, in words, and that other one."""

    words: str
    other: Assertion
    note: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage with the words around it."""

    before: str
    exact: str
    after: str


def passages(revision: Revision, at: datetime) -> list[Passage]:
    """Return the passages of a revision that carry assertions public at an instant, numbered in their order.

    Assertions that stand in the same words share a passage.
    """
    return _numbered(list(_standing(revision, at).values_list("start", "end", "evidence__assertion")), at)


def passages_if_live(revision: Revision, at: datetime) -> list[Passage]:
    """Return the passages that a revision would carry if it were the live one at an instant, as ``passages`` does.

    The article's quotations are carried to it as publishing it would carry them; nothing is stored. An assertion stands
    in it if it is accepted, names public actors only, and one of its quotations has a place here: what supports it
    elsewhere does not matter.
    """
    evidence = Evidence.objects.filter(revision__article=revision.article_id)
    anchors = list(Anchor.objects.filter(revision=revision).select_related("evidence"))
    anchors += anchors_in(revision, list(evidence.exclude(anchors__revision=revision)))
    places = [
        (anchor.start, anchor.end, anchor.evidence.assertion_id)
        for anchor in sorted(
            anchors, key=lambda anchor: (anchor.start or 0, anchor.end or 0, anchor.evidence_id)
        )
        if anchor.status in (AnchorStatus.EXACT, AnchorStatus.MOVED)
    ]
    named = Assertion.objects.filter(pk__in={assertion for _, _, assertion in places})
    would_be = set(named.accepted(at).naming_only_public_actors(at).values_list("pk", flat=True))
    return _numbered([place for place in places if place[2] in would_be], at)


def _numbered(rows: list[tuple[int | None, int | None, int]], at: datetime) -> list[Passage]:
    """Return the passages of assertions, given as (start, end, key of the assertion) in their order."""
    assertions = Assertion.objects.for_ledger(at).in_bulk({assertion for _, _, assertion in rows})
    found: dict[tuple[int | None, int | None], Passage] = {}
    for start, end, assertion in rows:
        if start is None or end is None:
            continue
        passage = found.setdefault((start, end), Passage(len(found) + 1, start, end))
        if assertions[assertion] not in passage.assertions:
            passage.assertions.append(assertions[assertion])
    return list(found.values())


def passage_numbers(revision: Revision, at: datetime) -> dict[tuple[int, int], int]:
    """Return the numbers that ``passages`` gives, by the positions of the passages."""
    places = dict.fromkeys(_standing(revision, at).values_list("start", "end"))
    return {place: number for number, place in enumerate(places, 1)}  # type: ignore[misc]


def _standing(revision: Revision, at: datetime) -> QuerySet[Anchor]:
    return Anchor.objects.filter(
        revision=revision,
        status__in=[AnchorStatus.EXACT, AnchorStatus.MOVED],
        evidence__assertion__in=Assertion.objects.public(at).values("pk"),
    ).order_by("start", "end", "evidence")


def bearings(
    assertions: Iterable[Assertion], at: datetime, types: Collection[str] = tuple(LinkType.values)
) -> dict[int, list[Bearing]]:
    """Return, by the key of an assertion, how it bears on others and they on it.

    Only links between two that are public at the instant count, of the types given, all by default.
    """
    keys = {assertion.pk for assertion in assertions}
    public = Assertion.objects.public(at).values("pk")
    links = Link.objects.filter(
        Q(source__in=keys, target__in=public) | Q(target__in=keys, source__in=public), type__in=types
    )
    rows = list(links)
    others = Assertion.objects.for_ledger(at).in_bulk(
        {key for link in rows for key in (link.source_id, link.target_id)}
    )
    found: dict[int, list[Bearing]] = defaultdict(list)
    for link in rows:
        for one, other in ((link.source_id, link.target_id), (link.target_id, link.source_id)):
            if one in keys:
                found[one].append(Bearing(bearing(link, others[one]), others[other], link.note))
    return found


def excerpt(text: str, start: int, end: int) -> Excerpt:
    """Return the paragraphs in which ``text[start:end]`` stands, cut between words where they are long."""
    begin = text.rfind("\n\n", 0, start)
    finish = text.find("\n\n", end)
    before = text[begin + 2 if begin >= 0 else 0 : start]
    after = text[end : finish if finish >= 0 else len(text)]
    if len(before) > CONTEXT:
        before = "… " + before[-CONTEXT:].partition(" ")[2]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rpartition(" ")[0] + " …"
    return Excerpt(before, text[start:end], after)
