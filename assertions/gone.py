"""What stands in the place of a claim that readers have seen, and that nothing supports any more: 410."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.models import Revision
from assertions.support import once_public, why_unsupported


def answer(request: HttpRequest, identifier: str) -> HttpResponse | None:
    """Return the page that says so, with why; None for a claim that readers have not seen, or that was decided anew.

    It tells none of the claim's words: they stood here only because of what they rested on. Whoever kept the address
    learns that it was right, and that nothing is hidden by a mistake; identifiers are random, so nobody else has it.
    """
    now = timezone.now()
    claim = once_public(now).filter(identifier=identifier).first()
    if claim is None:
        return None
    seen = Revision.objects.filter(
        anchors__evidence__assertion=claim, live__startswith__lte=now, removal=None
    ).values_list("article", flat=True)
    reasons = [reason for reason in why_unsupported([claim], now)[claim.pk] if reason.article.pk in set(seen)]
    context = {"reasons": {(reason.article, reason.cause): reason for reason in reasons}.values()}
    response = render(request, "assertions/gone.html", context, status=410)
    # It may be supported again, and a 410 may be kept by caches for as long as they like.
    response["Cache-Control"] = "no-cache"
    return response
