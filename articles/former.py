"""Former addresses of articles, and addresses of merged topics: they lead on to where the page is now."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from articles.models import Article, FormerAddress, Topic

View = Callable[..., HttpResponse]


def leads_on(view: View) -> View:
    """Have a page of an article, by its ``slug``, answer under each former address of it with 301 to the present one.

    The rest of the address and the query stay. An article that never was public, or of which all that was public was
    removed, has no former address for readers: such a page is as unknown as any other.
    """

    @wraps(view)
    def answered(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
        try:
            return view(request, slug=slug, **rest)
        except Http404:
            known = FormerAddress.objects.filter(slug=slug, article__in=Article.objects.known())
            former = known.select_related("article").first()
            if former is None:
                raise
            return _sent_on(request, former.article.slug, rest)

    return answered


def leads_to_kept(view: View) -> View:
    """Have a page of a topic, by its ``slug``, answer for a merged topic with 301 to the one that was kept."""

    @wraps(view)
    def answered(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
        try:
            return view(request, slug=slug, **rest)
        except Http404:
            kept = Topic.objects.successor_of(slug)
            if kept is None:
                raise
            return _sent_on(request, kept.slug, rest)

    return answered


def _sent_on(request: HttpRequest, slug: str, rest: dict[str, Any]) -> HttpResponse:
    match = request.resolver_match
    assert match is not None
    address = reverse(match.view_name, kwargs={"slug": slug, **rest})
    query = request.META.get("QUERY_STRING", "")
    answer = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    # An article may take its former address back, so that browsers have to ask again.
    answer["Cache-Control"] = "no-cache"
    return answer
