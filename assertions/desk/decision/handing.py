"""Who has which assertion in hand, as a reviewer goes from one to the next: the next, the last one back, this one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from assertions import actions
from assertions.desk.decision.context import in_hand_until, passed_over, query_of
from assertions.desk.pages import desk_page, reviewer_of
from assertions.desk.queue_filter import QueueFilter
from assertions.models import Assertion, Opinion, Review
from assertions.reviewing.queue import waiting
from cms.models import User
from cms.timezones import here


def next_item(request: HttpRequest) -> HttpResponse:
    """Take the next assertion of the queue as it is filtered and go to it; if nothing waits, say so."""
    user = reviewer_of(request)
    passed = passed_over(request.GET)
    asked = QueueFilter(request.GET, queryset=waiting(user), request=request)
    found = actions.take_next(user, asked.qs, passed)
    if found is not None:
        return HttpResponseRedirect(_screen_of(found, query_of(request.GET)))
    midnight = here(timezone.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Review.objects.filter(decided_by=user, decided_at__gte=midnight, undoes=None, undone_by=None)
    context = {
        "filter": asked,
        "passed": len(passed),
        "again": f"{reverse('admin:desk_next')}?{asked.next_query}",
        "elsewhere": Assertion.objects.undecided().exclude(pk__in=waiting(user).values("pk")).count(),
        "decided": _counted(today),
        "opinions": Opinion.objects.filter(decided_by=user, decided_at__gte=midnight).count(),
        "may_undo": _last_decision(user) is not None,
    }
    return desk_page(request, "nothing_waits", "Nothing waits for you", context)


def undo(request: HttpRequest) -> HttpResponse:
    """Take the last decision of the one who is signed in back, and go to what it was on."""
    user = reviewer_of(request)
    queue = query_of(request.GET)
    last = _last_decision(user)
    if request.method != "POST" or last is None:
        messages.info(request, "You have no decision to take back.")
        return HttpResponseRedirect(address_of_next(queue))
    opinion = Opinion.objects.filter(decided_by=user).order_by("-decided_at", "-id").first()
    if opinion is not None and opinion.review_id is None and opinion.decided_at > last.decided_at:
        messages.info(request, "Your last decision is one of two opinions: those stay, until they decide.")
        return HttpResponseRedirect(address_of_next(queue))
    try:
        back = actions.undo(last, user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        now = "open again" if back.verdict == "reopen" else f"{back.get_verdict_display()} again, as before"
        messages.success(
            request, f"Taken back: you had {last.get_verdict_display()} it. It is {now}. Both stay on record."
        )
        hold(last.assertion, user)
    return HttpResponseRedirect(_screen_of(last.assertion, queue))


@require_POST
def take(request: HttpRequest, identifier: str) -> HttpResponse:
    """Take an assertion in hand, or for longer, since its reader has begun with it; answers ``told``, a sentence.

    The status is 409 if somebody else has it in hand, or is to decide on it.
    """
    user = reviewer_of(request)
    assertion = get_object_or_404(Assertion, identifier=identifier)
    try:
        return JsonResponse({"told": hold(assertion, user, raising=True)})
    except ValidationError as error:
        return JsonResponse({"told": " ".join(error.messages)}, status=409)


def hold(assertion: Assertion, user: User, *, raising: bool = False) -> str:
    """Take an assertion that waits for a decision in hand, and return until when in a sentence; "" if it is not theirs.

    ``raising`` lets the ValidationError of ``actions.take`` through.
    """
    if not Assertion.objects.undecided().filter(pk=assertion.pk).exists():
        return ""
    try:
        return in_hand_until(actions.take(assertion, user).until)
    except ValidationError:
        if raising:
            raise
        return ""


def address_of_next(queue: Mapping[str, str]) -> str:
    """Return the address that hands out the next assertion, with the parameters of the queue."""
    return f"{reverse('admin:desk_next')}?{urlencode(queue)}" if queue else reverse("admin:desk_next")


def _screen_of(assertion: Assertion, queue: Mapping[str, str]) -> str:
    address = reverse("admin:desk_decide", args=[assertion.identifier])
    return f"{address}?{urlencode(queue)}" if queue else address


def _counted(reviews: Any) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for review in reviews.only("verdict"):
        words = review.get_verdict_display()
        found[words] = found.get(words, 0) + 1
    return sorted(found.items())


def _last_decision(user: User) -> Review | None:
    """Return the latest decision of a reviewer that stands: neither taken back nor itself taking one back."""
    own = Review.objects.filter(decided_by=user, undoes=None, undone_by=None)
    return own.select_related("assertion").order_by("-decided_at", "-id").first()
