"""Pages of articles."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.former import follows_merges_in_query
from actors.models import Actor
from articles import mementos, renditions, withdrawn
from articles.corrections import place_of
from articles.filters import ArticleFilter
from articles.models import Article, Revision, RevisionImage, Topic, Withdrawal
from articles.reading import reading, with_contents
from articles.related import related
from articles.versions import Version, versions
from assertions.coverage import Coverage, coverage_of
from cms.as_of import AsOf, NotPublicThen, as_of_an_instant, in_words
from cms.paging import page_of
from cms.structured_data import json_ld

RELATED = 5


@require_safe
@follows_merges_in_query("actor")
def articles(request: HttpRequest) -> HttpResponse:
    """List the public articles, newest first."""
    now = timezone.now()
    filtered = ArticleFilter(request.GET, live_revisions(now), request=request)
    page = page_of(filtered.qs, request.GET, ["-published_at", "-article_id"])
    return render(
        request,
        "articles/articles.html",
        {"filter": filtered, "page": page, "coverage": coverage_of(page.rows, now)},
    )


def live_revisions(at: datetime) -> Any:
    """Return the revisions live at an instant as lists of articles read them: with ``published_at``."""
    return (
        Revision.objects.public(at)
        .select_related("article")
        .defer("body", "text", "search")
        .annotate(published_at=F("article__published_at"))
    )


@require_safe
@as_of_an_instant
def article(request: HttpRequest, slug: str, *, as_of: AsOf) -> HttpResponse:
    """Show the revision of an article that is live, or was at an instant, with all that belongs to it.

    The address is its own TimeGate too: asked with Accept-Datetime, it leads to the version of then (RFC 7089).
    """
    found = Article.objects.filter(slug=slug).first()
    seen = versions(found) if found else []
    if not as_of.is_past and "Accept-Datetime" in request.headers and found and seen:
        return mementos.to_version(request, found, seen)
    revision = with_contents().public(as_of.at).filter(article__slug=slug).first()
    if revision is None:
        if gone := withdrawn.answer(request, slug):
            return mementos.describe_original(request, gone, found, seen) if found and seen else gone
        raise _absent(seen, as_of)
    context = reading(revision, as_of.at)
    context |= {
        "as_of": as_of,
        "versions": seen,
        "related": _related(revision, context["actors"], context["topics"], as_of.at),
    }
    if as_of.is_past:
        context["withdrawal"] = Withdrawal.objects.of(revision.article)
        # The address without the instant answers 410 then: it is nothing to lead search engines to.
        context["is_over"] = not revision.article.revisions.public().exists()
        return render(request, "articles/article.html", context)
    response = render(
        request, "articles/article.html", context | {"structured": _structured(request, context)}
    )
    mementos.describe_original(request, response, revision.article, seen)
    return response


def _absent(seen: list[Version], as_of: AsOf) -> Http404:
    """Return what to raise for an article of which there is nothing to show as of an instant.

    If it is public now, its text tells since when there is. It says the same of a day on which the article was not
    public and of one of a version that is closed to readers, so that nothing tells one from the other.
    """
    if not as_of.is_past or not seen or seen[-1].ends is not None:
        return Http404("There is no such article.")
    following = next((version for version in seen if version.begins > as_of.at), seen[-1])
    return NotPublicThen(
        f"There is nothing of this article to show as of {as_of.in_words}. "
        f"The next version that can be read begins on {in_words(following.begins)}."
    )


def _related(
    revision: Revision, actors: list[Actor], topics: Collection[Topic], at: datetime
) -> list[Coverage]:
    """Return the articles nearest to this one; their rows name the actors in common only."""
    keys = related(revision, actors, topics, at, RELATED)
    revisions = sorted(live_revisions(at).filter(pk__in=keys), key=lambda row: keys.index(row.pk))
    named = set(actors)
    return [
        Coverage(row.revision, row.claims, [actor for actor in row.actors if actor in named])
        for row in coverage_of(revisions, at)
    ]


def _structured(request: HttpRequest, context: dict[str, Any]) -> str:
    revision: Revision = context["revision"]
    address = request.build_absolute_uri(revision.article.get_absolute_url())
    corrections = context["corrections"]
    changes = [revision.live and revision.live.lower, *(correction.shown_from for correction in corrections)]
    return json_ld(
        {
            "@type": "NewsArticle",
            "headline": revision.headline,
            "description": revision.standfirst,
            "inLanguage": revision.language,
            "url": address,
            "mainEntityOfPage": address,
            "datePublished": revision.article.published_at,
            "dateModified": max(change for change in changes if change),
            "author": {"@type": "Organization", "name": revision.byline or "Dyad"},
            "publisher": {"@type": "Organization", "name": "Dyad"},
            "keywords": [topic.name for topic in context["topics"]],
            "about": [
                {
                    "@type": "Thing",
                    "name": actor.name,
                    "url": request.build_absolute_uri(actor.get_absolute_url()),
                }
                for actor in context["actors"]
            ],
            "image": [_picture(request, use) for use in revision.images.all()],
            "correction": [_comment(request, correction) for correction in corrections],
        }
    )


def _comment(request: HttpRequest, correction: Any) -> dict[str, Any]:
    """Return a correction for machines (schema.org/CorrectionComment)."""
    return {
        "@type": "CorrectionComment",
        "name": correction.get_kind_display().capitalize(),
        "text": correction.text,
        "datePublished": correction.shown_from,
        "url": request.build_absolute_uri(place_of(correction)),
    }


def _picture(request: HttpRequest, use: RevisionImage) -> dict[str, Any]:
    """Return an image of the article for machines, cut to its card (schema.org/ImageObject)."""
    card = renditions.card_of(use.image)
    return {
        "@type": "ImageObject",
        "url": request.build_absolute_uri(card.src),
        "width": card.width,
        "height": card.height,
        "caption": use.caption or use.image.alt,
        "creditText": use.image.credit,
    }
