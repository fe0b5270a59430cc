"""Pages of assertions; readers know them as claims."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Revision, Topic
from assertions.filters import AssertionFilter
from assertions.models import Anchor, Answer, Assertion, Evidence, Quantity, Question, Review
from assertions.passages import Bearing, Excerpt, bearings, excerpt, passage_numbers
from assertions.vocabulary import AnchorStatus
from cms.paging import page_of

ORDER = ["-said_day", "-id"]
OTHERS = 6


@require_safe
def assertions(request: HttpRequest) -> HttpResponse:
    """List the public claims, by the day they were made."""
    filtered = AssertionFilter(request.GET, Assertion.objects.public().for_ledger(), request=request)
    page = page_of(filtered.qs, request.GET, ORDER, nulls=["said_day"])
    return render(request, "assertions/assertions.html", {"filter": filtered, "page": page})


@require_safe
def assertion(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show one claim: who says what, its words in their context, and what bears on it."""
    now = timezone.now()
    claim = get_object_or_404(
        Assertion.objects.public(now).for_ledger(now).prefetch_related("rival_dates"), identifier=identifier
    )
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
        "sources": [evidence for evidence in claim.evidence.all() if evidence.revision_id is None],
        "bearings": _grouped(bearings([claim], now)[claim.pk]),
        "answers": Answer.objects.filter(
            assertion=claim, question__in=Question.objects.public(now)
        ).select_related("question"),
        "topics": Topic.objects.public(now).filter(tagged_assertions__content_object=claim),
        "review": Review.objects.filter(assertion=claim, decided_at__lte=now)
        .order_by("-decided_at", "-id")
        .first(),
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


def _passages(claim: Assertion, at: datetime) -> list[Standing]:
    anchors = (
        Anchor.objects.filter(
            evidence__assertion=claim,
            status__in=[AnchorStatus.EXACT, AnchorStatus.MOVED],
            revision__live__contains=at,
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


def _grouped(found: list[Bearing]) -> dict[str, list[Bearing]]:
    groups: dict[str, list[Bearing]] = {}
    for bearing in found:
        groups.setdefault(bearing.words, []).append(bearing)
    return groups
