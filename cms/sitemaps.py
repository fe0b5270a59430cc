"""What search engines are told of: the sitemap (sitemaps.org 0.9), and the news of two days (Google News)."""

from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from actors.models import Actor
from articles.models import Article, Correction, Revision, Topic
from assertions.models import Assertion, Measure, Question
from assertions.relationships import Pair, Relationship, followed, pairs_of_states

NEWS = timedelta(hours=48)
NEWS_ENTRIES = 1000
"""Google reads no more of a news sitemap."""


class _Section(Sitemap[Any]):
    """Addresses of one kind; many make several pages."""

    limit = 10_000

    def get_latest_lastmod(self) -> datetime | None:
        """Say nothing of the whole section: it would read every row of it."""
        return None


class Pages(_Section):
    """The pages there is one of each."""

    def items(self) -> list[str]:
        lists = [
            "articles:articles",
            "assertions:assertions",
            "actors:actors",
            "articles:topics",
            "assertions:timeline",
            "assertions:relationships",
            "assertions:questions",
            "assertions:figures",
            "assertions:network",
        ]
        return ["home", "about", "corrections", *lists]

    def location(self, item: str) -> str:
        return reverse(item)


class Articles(_Section):
    """Articles, with when they last changed."""

    def items(self) -> QuerySet[Article]:
        now = timezone.now()
        told = Correction.objects.made(now).filter(article=OuterRef("pk")).with_day().order_by("-shown_from")
        articles = Article.objects.public(now).filter(revisions__in=Revision.objects.public(now))
        return articles.annotate(
            live_since=F("revisions__live__startswith"), corrected=Subquery(told.values("shown_from")[:1])
        ).order_by("pk")

    def lastmod(self, item: Any) -> datetime:
        instants: list[datetime] = [instant for instant in (item.live_since, item.corrected) if instant]
        return max(instants)


class Actors(_Section):
    """Actors."""

    def items(self) -> QuerySet[Actor]:
        return Actor.objects.public().order_by("pk")


class Assertions(_Section):
    """Assertions, with when they were accepted."""

    def items(self) -> QuerySet[Assertion]:
        return Assertion.objects.public().annotate(decided=Max("reviews__decided_at")).order_by("pk")

    def lastmod(self, item: Any) -> datetime:
        decided: datetime = item.decided
        return decided


class Topics(_Section):
    """Topics."""

    def items(self) -> QuerySet[Topic]:
        return Topic.objects.public().order_by("pk")


class Questions(_Section):
    """Questions."""

    def items(self) -> QuerySet[Question]:
        return Question.objects.public().order_by("pk")


class Measures(_Section):
    """Measures."""

    def items(self) -> QuerySet[Measure]:
        return Measure.objects.public().order_by("pk")


class Relationships(_Section):
    """Relationships with common coverage: pairs of states, and the default one, whatever its sides are."""

    def items(self) -> list[Pair | Relationship]:
        return self._pairs

    @cached_property
    def _pairs(self) -> list[Pair | Relationship]:
        # Django asks for the items several times in one answer.
        pairs: list[Pair | Relationship] = [*pairs_of_states()]
        default = followed()
        listed = {pair.get_absolute_url() for pair in pairs}
        if default and default.get_absolute_url() not in listed and default.has_common_coverage:
            pairs.append(default)
        return pairs


SECTIONS: dict[str, type[_Section]] = {
    "pages": Pages,
    "articles": Articles,
    "assertions": Assertions,
    "actors": Actors,
    "topics": Topics,
    "questions": Questions,
    "figures": Measures,
    "relationships": Relationships,
}


@require_safe
@conditional_page
def whole(request: HttpRequest) -> HttpResponse:
    """Answer with all addresses, or with an index of sections where they are too many for one file."""
    sections = {name: section() for name, section in SECTIONS.items()}
    if sum(section.paginator.count for section in sections.values()) > _Section.limit:
        return index(request, sitemaps=dict(sections), sitemap_url_name="sitemap-section")
    return sitemap(request, sitemaps=dict(sections))


@require_safe
@conditional_page
def section(request: HttpRequest, section: str) -> HttpResponse:
    """Answer with the addresses of one section; ``?p=`` is the page of it."""
    return sitemap(request, sitemaps=dict(SECTIONS), section=section)


@require_safe
@conditional_page
def news(request: HttpRequest) -> HttpResponse:
    """Answer with the articles first published in the last two days."""
    now = timezone.now()
    recent = Revision.objects.public(now).filter(article__published_at__gte=now - NEWS)
    revisions = recent.select_related("article").order_by("-article__published_at", "-pk")[:NEWS_ENTRIES]
    return render(
        request,
        "cms/news-sitemap.xml",
        {"revisions": revisions, "site": request.build_absolute_uri("/").rstrip("/")},
        content_type="application/xml",
    )


urlpatterns = [
    path("sitemap.xml", whole, name="sitemap"),
    path("sitemap-<slug:section>.xml", section, name="sitemap-section"),
    path("news-sitemap.xml", news, name="news-sitemap"),
]
