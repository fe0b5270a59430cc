"""Pages of topics."""

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
from assertions.models import Assertion, TaggedAssertion
from cms.paging import page_of

SHOWN = 8
ACTORS = 24


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
    """Show a topic: its newest articles and claims, and the actors whom its articles name most."""
    now = timezone.now()
    topic = get_object_or_404(Topic.objects.public(now), slug=slug)
    filed = live_revisions(now).filter(topics=topic)
    claims = Assertion.objects.public(now).filter(topics=topic)
    named = Actor.objects.public(now).filter(mentions__revision__in=filed.values("pk"))
    context = {
        "topic": topic,
        "articles": coverage_of(list(filed.order_by("-published_at", "-pk")[:SHOWN]), now),
        "article_total": filed.count(),
        "claims": claims.for_ledger(now).order_by(F("said_day").desc(nulls_last=True), "-id")[:SHOWN],
        "claim_total": claims.count(),
        "actors": named.annotate(articles=Count("mentions__revision", distinct=True)).order_by(
            "-articles", "name"
        )[:ACTORS],
    }
    return render(request, "articles/topic.html", context)


def _number(tagged: QuerySet[TaggedRevision] | QuerySet[TaggedAssertion]) -> Coalesce:
    counted = (
        tagged.filter(tag=OuterRef("pk"))
        .order_by()
        .values("tag")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(counted), 0)
