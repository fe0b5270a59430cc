"""The page of search."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assertions.models import Assertion
from cms import fulltext
from cms import search as searching

KINDS = {"actors": "Actors", "articles": "Articles", "claims": "Claims"}
PREVIEW = 5
PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer a reader's query: the best of each kind, or with ``kind`` all of one, by pages."""
    now = timezone.now()
    query = fulltext.tidy(request.GET.get("q", ""))
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in KINDS else ""
    context: dict[str, Any] = {"query": query, "kind": kind, "kinds": KINDS, "limit": searching.RANKED}
    if query:
        found: dict[str, Any] = {
            "actors": searching.find_actors(query, now),
            "articles": searching.find_articles(query, now),
            "claims": searching.find_claims(query, now),
        }
        pages = {
            name: Paginator(rows, PAGE).get_page(request.GET.get("page"))
            if name == kind
            else Paginator(rows, PREVIEW).get_page(1)
            for name, rows in found.items()
        }
        totals = {name: page.paginator.count for name, page in pages.items()}
        context |= {"totals": totals, "total": sum(totals.values()), "page": pages.get(kind)}
        context["actors"] = list(pages["actors"]) if kind in ("", "actors") else []
        if kind in ("", "articles"):
            context["articles"] = _articles(list(pages["articles"]), query)
        if kind in ("", "claims"):
            context["claims"] = _claims(list(pages["claims"]), query)
        if not sum(totals.values()):
            context["similar"] = searching.similar_headlines(query, now)
    return render(request, "cms/search.html", context)


def _articles(revisions: list[Any], query: str) -> list[dict[str, Any]]:
    words = searching.words_of_articles(revisions, query)
    return [{"revision": revision, "words": words[revision.pk]} for revision in revisions]


def _claims(assertions: list[Any], query: str) -> list[dict[str, Any]]:
    ledger = Assertion.objects.for_ledger().in_bulk([assertion.pk for assertion in assertions])
    words = searching.words_of_claims(list(ledger.values()), query)
    return [{"claim": ledger[assertion.pk], "words": words[assertion.pk]} for assertion in assertions]
