"""The versions of an article as mementos (RFC 7089): the headers of its pages, its TimeGate and its TimeMap."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from articles import memento
from articles.models import Article
from articles.versions import Version
from cms.as_of import explained

ACCEPT_DATETIME = "Accept-Datetime"


def resource(request: HttpRequest, article: Article, seen: Sequence[Version]) -> memento.Resource:
    """Return an article as a resource with its versions, the earliest first, as mementos."""
    return memento.Resource(
        original=request.build_absolute_uri(article.get_absolute_url()),
        timemap=request.build_absolute_uri(reverse("articles:timemap", args=[article.slug])),
        mementos=[_memento(request, article, version) for version in seen],
    )


def to_version(request: HttpRequest, article: Article, seen: Sequence[Version]) -> HttpResponse:
    """Answer as the TimeGate of an article: lead to the version of the instant that is asked for.

    A text that is no HTTP date is answered with the status 400, as section 4.5.3 of the RFC has it.
    """
    found = resource(request, article, seen)
    try:
        at = memento.accepted(request.headers[ACCEPT_DATETIME])
    except ValueError as error:
        response = explained(request, 400, "This page cannot be shown as of then", str(error), timezone.now())
    else:
        response = redirect(memento.negotiated(found.mementos, at).address)
    return _as_timegate(response, found)


def describe_original(
    request: HttpRequest, response: HttpResponse, article: Article, seen: Sequence[Version]
) -> HttpResponse:
    """Add to the answer of an article's own address what leads to its versions, and return it."""
    return _as_timegate(response, resource(request, article, seen))


def describe_version(
    request: HttpRequest, response: HttpResponse, article: Article, seen: Sequence[Version], shown: Version
) -> HttpResponse:
    """Add to the page of a version that it is a memento, of when, and which are beside it, and return it."""
    found = resource(request, article, seen)
    own = _memento(request, article, shown)
    response["Memento-Datetime"] = own.date
    response["Link"] = memento.links(found, own)
    return response


def _as_timegate(response: HttpResponse, found: memento.Resource) -> HttpResponse:
    patch_vary_headers(response, [ACCEPT_DATETIME])
    response["Link"] = memento.links(found)
    return response


def _memento(request: HttpRequest, article: Article, version: Version) -> memento.Memento:
    address = reverse("articles:version", args=[article.slug, version.number])
    return memento.Memento(request.build_absolute_uri(address), version.begins)
