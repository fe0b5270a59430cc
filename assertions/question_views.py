"""Pages of questions: who affirms, who denies, who will not say, and when that changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import DateField, Exists, Func, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.former import follows_merges_in_query
from actors.models import Actor
from assertions.figures.standing import figure_standings
from assertions.models import Answer, Assertion, Measure, Quantity, Question, Speaker
from assertions.questions.position_table import tabulate
from assertions.questions.standings import QuestionStanding, by_urgency, standing
from assertions.vocabulary import Stance
from cms.as_of import AsOf, as_of_an_instant, public_then
from cms.paging import page_of

PAGE = 100
"""Questions on a page: what is in dispute stands first within it."""

GROUPS = {
    "disputed": "In dispute",
    "unanswered": "Not in dispute, and not answered by both sides",
    "agreed": "Answered alike by both sides",
    "empty": "No claim yet",
}


class AnswerFilter(django_filters.FilterSet):
    """Filters the answers to one question; ``parties`` are the actors to choose from."""

    stance = django_filters.ChoiceFilter(label="Answer", choices=Stance.choices, empty_label="any")
    by = django_filters.ChoiceFilter(label="Given by or for", method="given_by", empty_label="anyone")

    class Meta:
        model = Answer
        fields: list[str] = []

    def __init__(self, *args: Any, parties: Sequence[Actor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["by"].extra["choices"] = [(actor.slug, actor.name) for actor in parties]

    def given_by(self, answers: QuerySet[Answer], name: str, slug: str) -> QuerySet[Answer]:
        party = Q(speaks_for__slug=slug) | Q(speaks_for=None, actor__slug=slug)
        return answers.filter(Exists(Speaker.objects.filter(party, assertion=OuterRef("assertion"))))


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """List the public questions, each with where it stands; those in dispute first."""
    now = timezone.now()
    page = page_of(Question.objects.public(now), request.GET, ["wording", "id"], size=PAGE)
    found = by_urgency(standing(page.rows, now))
    groups = [
        (heading, rows)
        for group, heading in GROUPS.items()
        if (rows := [one for one in found if one.group == group])
    ]
    return render(request, "assertions/questions.html", {"groups": groups, "page": page})


@require_safe
@follows_merges_in_query("by")
@as_of_an_instant
def question(request: HttpRequest, slug: str, *, as_of: AsOf) -> HttpResponse:
    """Show a question now or at an instant: positions over time, what changed, the sources of answers, all claims."""
    now = as_of.at
    asked = public_then(Question.objects.all(), as_of, slug=slug)
    [found] = standing([asked], now)
    filtered = AnswerFilter(request.GET, _answers(asked, now), request=request, parties=_named_parties(found))
    context = {
        "standing": found,
        "matrix": tabulate(found.positions, [side.party for side in found.sides]),
        "sources": [
            ("For a yes", found.sources_for),
            ("For a no", found.sources_against),
        ],
        "figures": figure_standings(_measures(asked, now), now),
        "filter": filtered,
        "page": page_of(filtered.qs, request.GET, ["-day", "-id"], nulls=["day"]),
        "stances": [Answer(stance=stance) for stance in Stance],
        "as_of": as_of,
    }
    return render(request, "assertions/question.html", context)


def _answers(asked: Question, at: datetime) -> QuerySet[Answer]:
    """Return the public answers with their claims as a ledger shows them, and ``day``: said or else published."""
    days = Coalesce("assertion__said_range", "assertion__published_range")
    return (
        Answer.objects.filter(question=asked, assertion__in=Assertion.objects.public(at).values("pk"))
        .annotate(day=Func(days, function="lower", output_field=DateField(null=True)))
        .prefetch_related(Prefetch("assertion", Assertion.objects.for_ledger(at)))
    )


def _named_parties(found: QuestionStanding) -> list[Actor]:
    actors = {position.party.actor for position in found.positions if position.party.actor}
    return sorted(actors, key=lambda actor: actor.name)


def _measures(asked: Question, at: datetime) -> QuerySet[Measure]:
    """Return what is counted in the claims that answer a question."""
    counts = Quantity.objects.public(at).filter(assertion__answers__question=asked)
    return Measure.objects.public(at).filter(pk__in=counts.values("measure"))
