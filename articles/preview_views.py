"""A revision as a reader would see it, before it is public: for staff in the admin, and by a link for others."""

from datetime import datetime
from typing import Any

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import previews
from articles.models import Correction, Revision
from articles.reading import reading, with_contents


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show the revision that a link leads to; 410 with a sentence for a link that is over, 404 for one that is none."""
    try:
        link = previews.opened(token)
    except BadSignature:
        raise Http404("There is no such preview.") from None
    except previews.LinkEnded as ended:
        return _unseen(render(request, "articles/preview_ended.html", {"sentence": str(ended)}, status=410))
    revision = with_contents().get(pk=link.revision)
    return shown(request, revision, ends=link.ends, image_query=f"?preview={token}")


def shown(
    request: HttpRequest, revision: Revision, *, ends: datetime | None = None, image_query: str = ""
) -> HttpResponse:
    """Return the page of a revision of ``with_contents`` as readers would see it if it were published now.

    Claims, actors and topics are those that would be public with it (see ``passages_if_live``), corrections those that
    readers know, and those that come with this revision. ``ends`` is when the link to it ends, for outsiders;
    ``image_query`` lets them see its images. No cache keeps the page, and no search engine takes it up.
    """
    at = timezone.now()
    article = revision.article
    known = Correction.objects.made(at).filter(article=article)
    told: list[Any] = list(
        (known | Correction.objects.filter(article=article, revision=revision))
        .with_day()
        .order_by("shown_from", "pk")
    )
    for number, correction in enumerate(told, 1):
        correction.number = number
    # An unpublished one is dated as if it were published now; the row is not saved.
    article.published_at = article.published_at or at
    context = reading(revision, at, if_live=True) | {
        "corrections": told[::-1],
        "ends": ends,
        "is_live": revision.is_public(at),
        "image_query": image_query,
    }
    return _unseen(render(request, "articles/preview.html", context))


def _unseen(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
