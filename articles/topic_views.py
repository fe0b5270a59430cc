"""Pages of topics."""

from datetime import datetime

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.models import Actor
from articles.models import Revision, TaggedRevision, Topic
from articles.views import live_revisions
from assertions.coverage import coverage_of
from assertions.figures.counts import measures_with_counts
from assertions.figures.standing import FigureStanding, figure_standings
from assertions.models import Answer, Assertion, Quantity, Question, TaggedAssertion
from assertions.querysets import AssertionQuerySet
from assertions.questions.standings import QuestionStanding, by_urgency, standing
from cms.paging import page_of

SHOWN = 8
ACTORS = 24
QUESTIONS = 6
FIGURES = 6


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """List the public topics by name, with how many articles and claims each holds."""
    now = timezone.now()
    revisions = TaggedRevision.objects.filter(content_object__in=Revision.objects.public(now).values("pk"))
    assertions = TaggedAssertion.objects.filter(content_object__in=Assertion.objects.public(now).values("pk"))
    listed = Topic.objects.public(now).annotate(articles=_number(revisions), claims=_number(assertions))
    page = page_of(listed, request.GET, ["name", "id"], size=100)
    return render(request, "articles/topics.html", {"page": page})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic: its questions, figures, claims and articles, and the actors who speak and are named most."""
    now = timezone.now()
    topic = get_object_or_404(Topic.objects.public(now), slug=slug)
    filed = live_revisions(now).filter(topics=topic)
    claims = Assertion.objects.public(now).filter(topics=topic)
    named = Actor.objects.public(now).filter(mentions__revision__in=filed.values("pk"))
    speakers = Actor.objects.public(now).filter(speaker_in__assertion__in=claims.values("pk"))
    questions, counted = _questions(claims, now), _figures(claims, now)
    context = {
        "topic": topic,
        "questions": questions[:QUESTIONS],
        "question_total": len(questions),
        "figures": counted[:FIGURES],
        "figure_total": len(counted),
        "articles": coverage_of(list(filed.order_by("-published_at", "-pk")[:SHOWN]), now),
        "article_total": filed.count(),
        "claims": claims.for_ledger(now).order_by(F("said_day").desc(nulls_last=True), "-id")[:SHOWN],
        "claim_total": claims.count(),
        "speakers": speakers.annotate(claims=Count("speaker_in__assertion", distinct=True)).order_by(
            "-claims", "name"
        )[:ACTORS],
        "actors": named.annotate(articles=Count("mentions__revision", distinct=True)).order_by(
            "-articles", "name"
        )[:ACTORS],
    }
    return render(request, "articles/topic.html", context)


def _questions(claims: AssertionQuerySet, at: datetime) -> list[QuestionStanding]:
    """Return where the questions stand that some claims answer, those in dispute first."""
    answers = Answer.objects.filter(assertion__in=claims.values("pk"))
    asked = Question.objects.public(at).filter(pk__in=answers.values("question"))
    return by_urgency(standing(asked, at))


def _figures(claims: AssertionQuerySet, at: datetime) -> list[FigureStanding]:
    """Return what is counted in some claims, the most often counted first."""
    counts = Quantity.objects.public(at).filter(assertion__in=claims.values("pk"))
    found = figure_standings(measures_with_counts(at).filter(pk__in=counts.values("measure")), at)
    return sorted(found, key=lambda one: (-one.counts, one.measure.name))


def _number(tagged: QuerySet[TaggedRevision] | QuerySet[TaggedAssertion]) -> Coalesce:
    counted = (
        tagged.filter(tag=OuterRef("pk"))
        .order_by()
        .values("tag")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(counted), 0)
