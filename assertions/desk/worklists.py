"""Worklists of the desk: accepted claims that nothing supports, and quotations that wait for their place."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from assertions import actions, permissions
from assertions.anchoring import candidates
from assertions.desk.pages import desk_page, let_in
from assertions.models import Anchor, Assertion
from assertions.passages import Excerpt, excerpt
from assertions.support import Reason, open_anchors, unsupported, why_unsupported
from assertions.vocabulary import AnchorStatus
from assertions.workplace import in_words
from cms.differences import Changed, paragraphs, shortened
from cms.numbers import number_of
from cms.paging import Page, page_of
from cms.workplace.base import editor_of

UNSUPPORTED_ORDER = ["-unsupported_since", "-id"]
ANCHOR_ORDER = ["begins", "id"]
ANCHORS = 10
"""Quotations on one page of their list: each shows two texts."""
CAME = ("added", "moved here")
ENDS = 400
"""Characters that are kept at either end of a long run of words that did not change."""


@dataclass(frozen=True, slots=True)
class Unsupported:
    """An assertion that nothing supports, and why: each reason with its sentence."""

    assertion: Any
    reasons: list[tuple[Reason, str]]


def unsupported_list(request: HttpRequest) -> HttpResponse:
    """List the accepted assertions that no evidence supports now, the latest to lose it first."""
    let_in(request)
    now = timezone.now()
    found = unsupported(now)
    page: Page[Assertion] = page_of(
        found.prefetch_related("speakers__actor"),
        request.GET,
        UNSUPPORTED_ORDER,
        nulls=["unsupported_since"],
    )
    why = why_unsupported(page.rows, now)
    rows = [
        Unsupported(row, [(reason, in_words(reason)) for reason in why.get(row.pk, [])]) for row in page.rows
    ]
    context = {"rows": rows, "page": page, "count": found.count()}
    return desk_page(request, "unsupported", "Assertions no longer supported", context)


@dataclass(frozen=True, slots=True)
class Choice:
    """A place at which the words of a quotation stand, with what stands around them."""

    start: int
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Waiting:
    """A quotation that waits: as it was quoted, what became of its paragraphs, and the places to choose from."""

    anchor: Anchor
    quoted: Excerpt
    changes: list[Changed]
    choices: list[Choice]


def anchor_list(request: HttpRequest) -> HttpResponse:
    """List the lost and ambiguous quotations with their old and new surroundings; the earliest version first.

    ``anchor`` asks for one of them.
    """
    let_in(request)
    waiting, chosen = open_anchors(), number_of(request.GET.get("anchor"))
    found = waiting.filter(pk=chosen) if chosen else waiting
    page: Page[Anchor] = page_of(
        found.select_related("revision__article", "evidence__revision", "evidence__assertion")
        .prefetch_related("evidence__assertion__speakers__actor")
        .defer(
            "revision__body", "revision__search", "evidence__revision__body", "evidence__revision__search"
        ),
        request.GET,
        ANCHOR_ORDER,
        size=ANCHORS,
    )
    # Quotations of one version share a comparison, which is the costly part of the page.
    compare = lru_cache(paragraphs)
    context = {
        "rows": [_waiting(anchor, compare) for anchor in page.rows],
        "page": page,
        "count": waiting.count(),
        "is_one": bool(chosen),
        "may_settle": request.user.has_perm(permissions.DECIDE),
    }
    return desk_page(request, "anchors", "Quotations to place", context)


def _waiting(anchor: Anchor, compare: Callable[[str, str], list[Changed]]) -> Waiting:
    evidence, text = anchor.evidence, anchor.revision.text
    assert evidence.revision is not None and evidence.start is not None and evidence.end is not None
    old, length = evidence.revision.text, evidence.end - evidence.start
    places = candidates(text, evidence.exact) if anchor.status == AnchorStatus.AMBIGUOUS else []
    return Waiting(
        anchor,
        excerpt(old, evidence.start, evidence.end),
        around(compare(old, text), evidence.start, evidence.end),
        [Choice(start, excerpt(text, start, start + length)) for start in places],
    )


def around(changes: list[Changed], start: int, end: int) -> list[Changed]:
    """Return what became of the paragraphs in which ``[start:end]`` of the old text stands, long runs cut.

    Beside a paragraph that went stand those that came in that place.
    """
    found: set[int] = set()
    at = 0
    for number, change in enumerate(changes):
        if change.kind in CAME:
            continue
        if at < end and start < at + len(change.before) + 1:
            found.add(number)
        at += len(change.before) + len("\n\n")
    for number in [number for number in found if changes[number].kind == "removed"]:
        for step in (-1, 1):
            beside = number + step
            while 0 <= beside < len(changes) and changes[beside].kind in (*CAME, "removed"):
                if changes[beside].kind in CAME:
                    found.add(beside)
                beside += step
    return [
        replace(change, pieces=tuple(shortened(piece, ENDS) for piece in change.pieces))
        for change in (changes[number] for number in sorted(found))
    ]


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle one quotation: ``start`` is the place that was chosen, "" means that it stays lost."""
    anchor = get_object_or_404(Anchor.objects.select_related("evidence__assertion"), pk=pk)
    chosen = request.POST.get("start", "")
    try:
        start = number_of(chosen)
        if chosen not in ("", str(start)):
            raise ValidationError("Choose one of the places that are shown.")
        settled = actions.settle_anchor(anchor, editor_of(request), start if chosen else None)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        claim = anchor.evidence.assertion.claim
        where = "stays lost in that version" if settled.start is None else "has its place again"
        messages.success(request, f"The quotation for “{claim}” {where}.")
    return HttpResponseRedirect(reverse("admin:desk_anchors"))
