"""Addresses of actors that were merged into another: they lead on to where the same is told now."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from actors.models import Actor

View = Callable[..., HttpResponse]


def follows_merges(*names: str) -> Callable[[View], View]:
    """Have a page answer for a merged actor with 301 to the page of the one that was kept.

    ``names`` are the parts of the address that are slugs of actors. The rest of it and the query stay. A page of two
    actors that are one now leads to the page of that one.
    """

    def decorated(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, **given: Any) -> HttpResponse:
            try:
                return view(request, **given)
            except Http404:
                kept = _kept([given[name] for name in names])
                if not kept:
                    raise
                slugs = sorted(kept.get(given[name], given[name]) for name in names)
                return _sent_on(request, given | dict(zip(names, slugs, strict=True)), slugs)

        return answered

    return decorated


def follows_merges_in_query(*parameters: str) -> Callable[[View], View]:
    """Have a list that is asked for a merged actor answer with 301 to the same list, asked for the kept one."""

    def decorated(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, **given: Any) -> HttpResponse:
            kept = _kept([request.GET.get(name, "") for name in parameters])
            if not kept:
                return view(request, **given)
            query = request.GET.copy()
            for name in parameters:
                if (slug := query.get(name, "")) in kept:
                    query[name] = kept[slug]
            return _permanent(f"{request.path}?{query.urlencode()}")

        return answered

    return decorated


def _kept(slugs: list[str]) -> dict[str, str]:
    """Return the slugs of actors that were merged, each with that of the public one that it leads to."""
    asked = {slug for slug in slugs if slug and "\0" not in slug}
    if not asked:
        return {}
    gone = Actor.objects.filter(slug__in=asked, merged_into__isnull=False).values_list("slug", flat=True)
    found = {slug: Actor.objects.successor_of(slug) for slug in gone}
    return {slug: actor.slug for slug, actor in found.items() if actor is not None}


def _sent_on(request: HttpRequest, given: dict[str, Any], slugs: list[str]) -> HttpResponse:
    match = request.resolver_match
    assert match is not None
    if len(set(slugs)) < len(slugs):
        return _permanent(reverse("actors:actor", args=[slugs[0]]))
    query = request.META.get("QUERY_STRING", "")
    address = reverse(match.view_name, kwargs=given)
    return _permanent(f"{address}?{query}" if query else address)


def _permanent(address: str) -> HttpResponse:
    answer = HttpResponsePermanentRedirect(address)
    # The two may be taken apart again, so that browsers have to ask again.
    answer["Cache-Control"] = "no-cache"
    return answer
