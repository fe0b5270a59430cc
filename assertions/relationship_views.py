"""Pages of relationships: what the coverage says between two actors."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from actors.former import follows_merges
from actors.models import Actor
from articles.views import live_revisions
from assertions.charts.month_chart import draw
from assertions.coverage import coverage_of
from assertions.figures.standing import FigureStanding, figure_standings
from assertions.models import Assertion, Measure, Quantity
from assertions.querysets import AssertionQuerySet
from assertions.questions.standings import QuestionStanding, by_urgency, standing
from assertions.relationships import Relationship, address, find_relationship, pairs_of_states
from assertions.vocabulary import Polarity
from assertions.wording import bearing
from cms.as_of import AsOf, as_of_an_instant, public_then
from cms.paging import page_of

SHOWN = 5
PAIRS_SHOWN = 6
QUESTIONS_SHOWN = 6
FIGURES_SHOWN = 6


@require_safe
def relationships(request: HttpRequest) -> HttpResponse:
    """List the pairs of states with common coverage; the one that the site follows stands first."""
    pairs = pairs_of_states()
    default = address(*settings.RELATIONSHIP)
    pairs.sort(key=lambda pair: pair.get_absolute_url() != default)
    return render(request, "assertions/relationships.html", {"pairs": pairs})


@require_safe
@follows_merges("one", "other")
@as_of_an_instant
def relationship(request: HttpRequest, one: str, other: str, *, as_of: AsOf) -> HttpResponse:
    """Show a relationship now or at an instant, or with ``part`` one list of it; the other order leads here."""
    if one > other:
        query = request.META.get("QUERY_STRING", "")
        return redirect(address(one, other) + (f"?{query}" if query else ""), permanent=True)
    found = _at(as_of, one, other)
    part = request.GET.get("part", "")
    if part:
        return _part(request, found, part, as_of)
    tally = found.tally
    context = {
        "relationship": found,
        "tally": tally,
        "denied": tally.polarity[Polarity.NEGATIVE],
        "unanswered": tally.polarity[Polarity.OPEN],
        "chart": draw(tally.left_months, tally.right_months),
        "questions": (questions := _questions(found)),
        "all_in_dispute": all(one.in_dispute for one in questions),
        "figures": _figures(found),
        "groups": _groups(found),
        "articles": coverage_of(list(_articles(found)[:SHOWN]), found.at),
        "oppositions": _oppositions(found, PAIRS_SHOWN),
        "opposition_total": found.oppositions().count(),
        "topics": found.topics(),
        "as_of": as_of,
    }
    return render(request, "assertions/relationship.html", context)


def _at(as_of: AsOf, one: str, other: str) -> Relationship:
    """Return a relationship as of an instant. Raises Http404, as NotPublicThen if both actors are public now."""
    try:
        return find_relationship(one, other, as_of.at)
    except Actor.DoesNotExist as error:
        if as_of.is_past:
            for slug in (one, other):
                public_then(Actor.objects.all(), as_of, slug=slug)
        raise Http404(str(error)) from error


def _questions(found: Relationship) -> list[QuestionStanding]:
    """Return where the questions stand, those in dispute first, then those answered last."""
    sides = [found.left.actor, found.right.actor]
    return by_urgency(standing(found.questions(), found.at, sides))[:QUESTIONS_SHOWN]


def _figures(found: Relationship) -> list[FigureStanding]:
    """Return what the measures come to of which the claims give counts, those with the most of them first."""
    counted = Quantity.objects.public(found.at).filter(assertion__in=found.claims().values("pk"))
    numbers = counted.order_by().values_list("measure").annotate(number=Count("pk"))
    order = [measure for measure, _ in numbers.order_by("-number", "measure")[:FIGURES_SHOWN]]
    measures = Measure.objects.public(found.at).in_bulk(order)
    return figure_standings([measures[key] for key in order], found.at)


def _part(request: HttpRequest, found: Relationship, part: str, as_of: AsOf) -> HttpResponse:
    """Answer with a page of one list of a relationship. Raises Http404 for a part that there is not."""
    context: dict[str, Any] = {"relationship": found, "as_of": as_of}
    if part == "articles":
        page = page_of(_articles(found), request.GET, ["-published_at", "-article_id"])
        context |= {
            "title": "Articles that name both",
            "coverage": coverage_of(page.rows, found.at),
            "page": page,
        }
    elif part == "contradictions":
        links = page_of(found.oppositions(), request.GET, ["-id"])
        keys = [link.pk for link in links.rows]
        context |= {
            "title": "What contradicts",
            "oppositions": _oppositions(found, len(keys), keys),
            "page": links,
        }
    elif part in (lists := _claims(found)):
        title, rows = lists[part]
        listed = rows().for_ledger(found.at)
        claims_page = page_of(listed, request.GET, ["-said_day", "-id"], nulls=["said_day"])
        context |= {"title": title, "claims": claims_page.rows, "page": claims_page}
    else:
        raise Http404(f"A relationship has no part “{part}”.")
    return render(request, "assertions/relationship_part.html", context)


def _claims(found: Relationship) -> dict[str, tuple[str, Callable[[], AssertionQuerySet]]]:
    left, right = found.left.actor.name, found.right.actor.name
    return {
        "left": (f"{left} about {right}", found.claims_by_left),
        "right": (f"{right} about {left}", found.claims_by_right),
        "others": ("Others about both", found.claims_by_others),
    }


def _groups(found: Relationship) -> list[dict[str, Any]]:
    totals = {"left": found.tally.by_left, "right": found.tally.by_right, "others": found.tally.by_others}
    return [
        {
            "part": part,
            "title": title,
            "total": totals[part],
            "claims": _newest(rows(), found.at) if totals[part] else [],
        }
        for part, (title, rows) in _claims(found).items()
    ]


def _newest(claims: AssertionQuerySet, at: datetime) -> AssertionQuerySet:
    return claims.for_ledger(at).order_by(F("said_day").desc(nulls_last=True), "-id")[:SHOWN]


def _articles(found: Relationship) -> QuerySet[Any]:
    both: QuerySet[Any] = live_revisions(found.at).filter(pk__in=found.articles().values("pk"))
    return both.order_by("-published_at", "-article_id")


def _oppositions(found: Relationship, number: int, keys: list[int] | None = None) -> list[dict[str, Any]]:
    """Return pairs of claims of which one denies or contradicts the other, the latest first, and how."""
    ledger = Assertion.objects.for_ledger(found.at)
    links = found.oppositions() if keys is None else found.oppositions().filter(pk__in=keys)
    rows = links.order_by("-id").prefetch_related(Prefetch("source", ledger), Prefetch("target", ledger))[
        :number
    ]
    return [
        {"source": link.source, "words": bearing(link, link.source), "target": link.target, "note": link.note}
        for link in rows
    ]
