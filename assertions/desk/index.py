"""The desk's index: what waits in each of its worklists, and what a reviewer has in hand and kept."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone

from articles import name_list, reprints
from assertions import permissions
from assertions.desk.pages import desk_page, let_in
from assertions.desk.queue_filter import QueueFilter
from assertions.models import Assertion, SavedFilter
from assertions.questions.answering import waiting_for_questions
from assertions.reviewing.queue import held, waiting
from assertions.support import open_anchors, unsupported
from cms.models import User

COUNTED = 20
"""Saved filters of which the index tells how many assertions they find: each is a query over all that waits."""


@dataclass(frozen=True, slots=True)
class Work:
    """One worklist of the desk: how many wait in it, and what has to be done there."""

    title: str
    count: int
    address: str
    task: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved filter, and how many assertions it finds: None where they are not counted.

    ``is_gone`` tells that something that it asks for makes no sense any more.
    """

    filter: SavedFilter
    count: int | None
    is_gone: bool


def index(request: HttpRequest) -> HttpResponse:
    """Show the worklists of the desk with how many wait in each, and what the reader has in hand and kept."""
    user = let_in(request)
    lists = [
        Work(
            "Assertions to decide",
            Assertion.objects.undecided().count(),
            reverse("admin:desk_queue"),
            "Suggested, changed since the last decision, or reopened.",
        ),
        Work(
            "No longer supported",
            unsupported().count(),
            reverse("admin:desk_unsupported"),
            "Accepted, and no article or outside source carries them now: readers do not see them.",
        ),
        Work(
            "Quotations to place",
            open_anchors().count(),
            reverse("admin:desk_anchors"),
            "Lost or ambiguous in a version that is or will be public.",
        ),
        Work(
            "Reprints",
            reprints.open_proposals().count(),
            reverse("admin:desk_reprints"),
            "Articles that seem to be another one printed again: confirmed, they count as one source.",
        ),
        Work(
            "Names nobody bears",
            name_list.unknown(places=False).count(),
            reverse("admin:desk_names"),
            "Found in the newest texts: an actor’s, a new one’s, or nobody’s. What reads as a place is left out.",
        ),
        Work(
            "Claims for a question",
            waiting_for_questions(timezone.now()),
            reverse("admin:desk_questions"),
            "Accepted, on no question, and like what answers one that is open.",
        ),
    ]
    may_decide = user.has_perm(permissions.DECIDE)
    context = {
        "lists": lists,
        "may_decide": may_decide,
        "for_you": waiting(user).count() if may_decide else 0,
        "in_hand": held(user).select_related("assertion").order_by("until"),
        "kept": [
            _kept(saved, user, is_counted=number < COUNTED)
            for number, saved in enumerate(user.saved_filters.all())
        ],
    }
    return desk_page(request, "index", "Desk", context)


def _kept(saved: SavedFilter, user: User, *, is_counted: bool) -> Kept:
    asked = QueueFilter(QueryDict(saved.query), queryset=Assertion.objects.all(), by=user)
    is_gone = bool(asked.problems)
    return Kept(saved, asked.qs.count() if is_counted and not is_gone else None, is_gone)
