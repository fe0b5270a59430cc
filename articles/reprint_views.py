"""The pages of the desk on reprints: the pairs that wait, and one pair side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from articles import actions
from articles.models import Reprint, Revision
from articles.permissions import REPRINTS
from articles.reprints import latest, open_proposals
from articles.versions import changes, with_parts
from assertions.desk.pages import desk_page, let_in
from cms.paging import Page, page_of
from cms.workplace.base import editor_of

ORDER = ["-similarity", "id"]
LONGEST = 400_000
"""Characters of two texts together that are compared word by word while somebody waits."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair with the newest revisions of both articles."""

    row: Reprint
    reprint: Revision
    original: Revision

    @property
    def percent(self) -> int:
        """How alike the two texts are, in percent."""
        return round(100 * self.row.similarity)


@require_safe
def reprint_list(request: HttpRequest) -> HttpResponse:
    """List the pairs that wait, the likest first; ``state`` asks for those that were confirmed or refused."""
    let_in(request)
    chosen = request.GET.get("state", "")
    state = chosen if chosen in Reprint.State.values else Reprint.State.PROPOSED
    found = Reprint.objects.filter(state=state)
    page: Page[Reprint] = page_of(found.select_related("decided_by"), request.GET, ORDER)
    context = {
        "pairs": _pairs(page.rows),
        "page": page,
        "count": found.count(),
        "state": state,
        "states": Reprint.State.choices,
    }
    return desk_page(request, "reprints", "Reprints", context)


@require_safe
def reprint_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Show two articles side by side, with what differs, and ask whether the one is the other printed again."""
    user = let_in(request)
    row = get_object_or_404(Reprint.objects.select_related("article", "original", "decided_by"), pk=pk)
    pair = _pairs([row])[0]
    differing = changes(pair.original, pair.reprint, LONGEST)
    context = {
        "pair": pair,
        "sides": [("Original", pair.original), ("Reprint", pair.reprint)],
        "changes": differing,
        "waiting": open_proposals().exclude(pk=pk).count(),
        "may_settle": user.has_perm(REPRINTS),
    }
    return desk_page(request, "reprint", f"Reprint or not: {pair.reprint.headline}", context)


@require_POST
def settle_reprint(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or refuse a pair (``state``), or exchange the two (``swap``); then show the next one that waits."""
    user = editor_of(request)
    row = get_object_or_404(Reprint, pk=pk)
    here = reverse("admin:desk_reprint", args=[pk])
    seen = request.POST.get("seen", "")
    try:
        if "swap" in request.POST:
            actions.swap_original(row, user, seen=seen)
            messages.success(request, "The two changed places.")
            return HttpResponseRedirect(here)
        settled = actions.settle_reprint(row, user, request.POST.get("state", ""), seen=seen)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(here if Reprint.objects.filter(pk=pk).exists() else _list())
    copy = _pairs([settled])[0].reprint.headline
    confirmed = settled.state == Reprint.State.CONFIRMED
    messages.success(request, f"“{copy}” {'is a reprint' if confirmed else 'is no reprint'}.")
    following = open_proposals().order_by(*ORDER).first()
    return HttpResponseRedirect(reverse("admin:desk_reprint", args=[following.pk]) if following else _list())


def _list() -> str:
    return reverse("admin:desk_reprints")


def _pairs(rows: Iterable[Reprint]) -> list[Pair]:
    pairs = list(rows)
    keys = {key for row in pairs for key in (row.article_id, row.original_id)}
    newest = {
        revision.article_id: revision
        for revision in with_parts().filter(pk__in=latest(keys).values("pk")).select_related("article")
    }
    return [Pair(row, newest[row.article_id], newest[row.original_id]) for row in pairs]
