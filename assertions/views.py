"""Pages of assertions; readers know them as claims."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.former import follows_merges_in_query
from articles.models import Revision, Topic
from articles.querysets import live_at
from assertions import gone
from assertions.filters import AssertionFilter
from assertions.models import Anchor, Assertion, Evidence, Quantity, Review
from assertions.passages import Bearing, Excerpt, bearings, excerpt, passage_numbers
from assertions.questions.course import courses
from assertions.sources.independent import sources_behind
from assertions.vocabulary import AnchorStatus
from assertions.wording import listed
from cms.paging import page_of

ORDER = ["-said_day", "-id"]
OTHERS = 6
BEARINGS = 12
"""Claims of one kind of link that are shown; the list of claims has them all."""
DECISIONS = 10
AGAINST = re.compile("denie|contradict", re.IGNORECASE)


@require_safe
@follows_merges_in_query("speaker", "speaks_for", "about", "relay", "possibly")
def assertions(request: HttpRequest) -> HttpResponse:
    """List the public claims, by the day they were made."""
    filtered = AssertionFilter(request.GET, Assertion.objects.public().for_ledger(), request=request)
    page = page_of(filtered.qs, request.GET, ORDER, nulls=["said_day"])
    return render(request, "assertions/assertions.html", {"filter": filtered, "page": page})


@require_safe
def assertion(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show one claim: who says what, its words in their context, and what bears on it."""
    now = timezone.now()
    public = Assertion.objects.public(now).for_ledger(now).prefetch_related("rival_dates")
    claim = public.filter(identifier=identifier).first()
    if claim is None:
        if instead := gone.answer(request, identifier):
            return instead
        raise Http404("There is no such claim.")
    actors = [speaker.actor_id for speaker in claim.speakers.all() if speaker.actor_id]
    others = Assertion.objects.public(now).for_ledger(now).said_by(actors).exclude(pk=claim.pk)
    context = {
        "claim": claim,
        "participants": _by_role(claim),
        "rivals": _rivals(claim),
        "quantities": Quantity.objects.public(now)
        .filter(assertion=claim)
        .select_related("measure", "counted_by"),
        "passages": _passages(claim, now),
        "outside": (outside := [row for row in claim.evidence.all() if row.revision_id is None]),
        "publishers": list(dict.fromkeys(row.publisher for row in outside if row.publisher)),
        "bearings": _grouped(bearings([claim], now)[claim.pk]),
        "courses": courses(claim, now),
        "sources": (behind := sources_behind(claim, now)),
        "goes_back_to": listed(behind.behind(claim)),
        "topics": Topic.objects.public(now).filter(tagged_assertions__content_object=claim),
        "decisions": (decisions := _decisions(claim, now)),
        "review": decisions[0].review if decisions else None,
        "earlier_decisions": decisions[1 : DECISIONS + 1],
        "others": others.order_by(F("said_day").desc(nulls_last=True), "-id")[:OTHERS] if actors else [],
    }
    return render(request, "assertions/assertion.html", context)


@dataclass(frozen=True, slots=True)
class Standing:
    """A quotation in a live revision: the words around it and the number it has on the article's page."""

    evidence: Evidence
    revision: Revision
    number: int | None
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that bear on one in the same way; ``total`` is how many there are, of which some are shown."""

    words: str
    bearings: list[Bearing]
    total: int


@dataclass(frozen=True, slots=True)
class Decision:
    """A review, and whether it saw an earlier version of the claim than the one that stands."""

    review: Review
    is_of_earlier_version: bool


def _passages(claim: Assertion, at: datetime) -> list[Standing]:
    anchors = (
        Anchor.objects.filter(
            live_at(at, "revision__"),
            evidence__assertion=claim,
            status__in=[AnchorStatus.EXACT, AnchorStatus.MOVED],
        )
        .select_related("revision__article", "evidence")
        .order_by("-revision__article__published_at", "start")
    )
    numbers = {anchor.revision_id: passage_numbers(anchor.revision, at) for anchor in anchors}
    return [
        Standing(
            anchor.evidence,
            anchor.revision,
            numbers[anchor.revision_id].get((anchor.start, anchor.end)),
            excerpt(anchor.revision.text, anchor.start, anchor.end),
        )
        for anchor in anchors
        if anchor.start is not None and anchor.end is not None
    ]


def _by_role(claim: Assertion) -> dict[str, list[Any]]:
    roles: dict[str, list[Any]] = {}
    for participant in claim.participants.all():
        roles.setdefault(participant.role, []).append(participant)
    return roles


def _rivals(claim: Assertion) -> dict[str, list[Any]]:
    kinds: dict[str, list[Any]] = {}
    for rival in claim.rival_dates.all():
        kinds.setdefault(rival.of, []).append(rival)
    return kinds


def _grouped(found: list[Bearing]) -> list[Group]:
    """Return how other claims bear on one by the words for it; what speaks against it comes first."""
    groups: dict[str, list[Bearing]] = {}
    for bearing in found:
        groups.setdefault(bearing.words, []).append(bearing)
    rows = [Group(words, group[:BEARINGS], len(group)) for words, group in groups.items()]
    return sorted(rows, key=lambda group: not AGAINST.search(group.words))


def _decisions(claim: Assertion, at: datetime) -> list[Decision]:
    """Return the decisions on a claim, newest first, each once however often it was renewed.

    A decision is renewed after any change of a claim, also of a part that is not public, so a renewal tells nothing
    to readers. Why somebody decided so is said to colleagues and stays with them, as does who it was.
    """
    reviews = Review.objects.filter(assertion=claim, decided_at__lte=at).order_by("-decided_at", "-id")
    runs: list[list[Review]] = []
    for review in reviews.defer("reason", "decided_by"):
        if not runs or _outcome(runs[-1][-1]) != _outcome(review):
            runs.append([])
        runs[-1].append(review)
    return [Decision(run[0], run[0].claim_version < runs[0][-1].claim_version) for run in runs]


def _outcome(review: Review) -> tuple[str, str, str]:
    return review.verdict, review.attribution, review.grade
