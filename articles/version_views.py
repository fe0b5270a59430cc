"""Pages of the versions of an article: which there were, how each read, and what changed between two."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import memento, mementos, withdrawn
from articles.models import Article, Correction, Revision, Withdrawal
from articles.reading import reading, with_contents
from articles.versions import Version, absences, changes, corrections_by_version, versions, with_parts
from cms.differences import WORD_BY_WORD
from cms.paging import page_of

SHOWN = 20
"""Versions on a page of their list; each is compared with the one before."""


def of_an_article(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the article of its address and the versions of it that may be read.

    If there are none, the answer is that of the article's own address: withdrawn (410) or not there (404).
    """

    @wraps(view)
    def answer(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        article = Article.objects.filter(slug=slug).first()
        seen = versions(article) if article else []
        if article is not None and seen:
            return view(request, article, seen, **kwargs)
        gone = withdrawn.answer(request, slug)
        if gone is None:
            raise Http404("There is no such article.")
        return gone

    return answer


@require_safe
@of_an_article
def listing(request: HttpRequest, article: Article, seen: list[Version]) -> HttpResponse:
    """List what readers have seen of an article and when, the newest first, and what changed from one to the next."""
    page = page_of(
        with_parts().readable().filter(article=article).annotate(begins=F("live__startswith")),
        request.GET,
        ["-begins"],
        size=SHOWN,
    )
    places = {version.key: place for place, version in enumerate(seen)}
    shown = [(revision, places[revision.pk]) for revision in page.rows if revision.pk in places]
    revisions = {revision.pk: revision for revision in page.rows}
    before = {seen[place - 1].key for _, place in shown if place}
    revisions |= with_parts().in_bulk(before - set(revisions))
    corrections = corrections_by_version(article, seen)
    away = absences(article)
    rows = [
        {
            "version": seen[place],
            "revision": revision,
            "before": seen[place - 1] if place else None,
            "changes": changes(revisions[seen[place - 1].key], revision, WORD_BY_WORD) if place else None,
            "corrections": corrections.get(seen[place].number, []),
            "absences": [
                absence
                for absence in reversed(away)
                if absence.begins < seen[place].begins
                and not (place and absence.begins < seen[place - 1].begins)
            ],
        }
        for revision, place in shown
    ]
    newest = Revision.objects.only("headline", "language").get(pk=seen[-1].key)
    context = _about(article, seen) | {"rows": rows, "page": page, "headline": newest.headline}
    return render(request, "articles/versions.html", context)


@require_safe
@of_an_article
def version(request: HttpRequest, article: Article, seen: list[Version], number: int) -> HttpResponse:
    """Show a version as the page of the article looked at the end of its period, or looks now if it is the article.

    A number that readers may not read, or that is none, is not found: nothing tells one from the other.
    """
    shown = _numbered(seen, number)
    # The end of a period belongs to what follows.
    at = shown.ends - timedelta(microseconds=1) if shown.ends else timezone.now()
    later = Correction.objects.made().filter(article=article).with_day().filter(shown_from__gt=at)
    context = reading(with_contents().get(pk=shown.key), at) | _about(article, seen)
    context |= {"version": shown, "before": _before(seen, shown), "later_corrections": later}
    response = render(request, "articles/version.html", context)
    if context["noindex"] or shown.ends:
        response["X-Robots-Tag"] = "noindex"
    return mementos.describe_version(request, response, article, seen, shown)


@require_safe
@of_an_article
def comparison(request: HttpRequest, article: Article, seen: list[Version], number: int) -> HttpResponse:
    """Show what changed between two versions, from the earlier to the later: ``since`` is the other one's number.

    Without it that is the version before. ``version`` leads to the comparison of another one.
    """
    if re.fullmatch("[0-9]{1,9}", wanted := request.GET.get("version", "")):
        address = reverse("articles:changes", args=[article.slug, int(wanted)])
        return redirect(f"{address}?{urlencode({'since': request.GET.get('since', '')})}")
    after, before, wrong = _numbered(seen, number), None, ""
    since = request.GET.get("since", "")
    if since:
        before = next((version for version in seen if str(version.number) == since), None)
        if before is None:
            wrong = f"“{since[:20]}” is no version of this article that can be read. Choose one below."
    else:
        before = _before(seen, after)
    context = _about(article, seen) | {"version": after, "before": before, "wrong": wrong}
    if before is not None:
        before, after = sorted([before, after], key=lambda version: version.begins)
        revisions = with_parts().in_bulk([before.key, after.key])
        context |= {
            "before": before,
            "version": after,
            "changes": changes(revisions[before.key], revisions[after.key]),
            "revision": revisions[after.key],
        }
    return render(request, "articles/changes.html", context, status=404 if wrong else 200)


@require_safe
@of_an_article
def timemap(request: HttpRequest, article: Article, seen: list[Version]) -> HttpResponse:
    """Answer with the list of the versions as a TimeMap (RFC 7089, section 5)."""
    text = memento.timemap(mementos.resource(request, article, seen))
    return HttpResponse(text, content_type=memento.LINK_FORMAT)


def _about(article: Article, seen: list[Version]) -> dict[str, Any]:
    """Return what every page of versions says: which one is the article now, or that none is, and why."""
    current = seen[-1] if seen[-1].ends is None else None
    return {
        "article": article,
        "versions": seen,
        "latest": seen[-1],
        "current": current,
        "withdrawal": Withdrawal.objects.of(article) if current is None else None,
        "noindex": current is None,
    }


def _numbered(seen: list[Version], number: int) -> Version:
    for version in seen:
        if version.number == number:
            return version
    raise Http404("There is no such version.")


def _before(seen: list[Version], version: Version) -> Version | None:
    place = seen.index(version)
    return seen[place - 1] if place else None
