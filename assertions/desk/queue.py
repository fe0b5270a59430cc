"""The queue as a list: narrowed, counted, chosen from; and the filters that reviewers keep."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles.workplace import review_state
from assertions import actions, permissions
from assertions.desk.bulk import BULK, BulkForm
from assertions.desk.pages import desk_page, let_in, reviewer_of
from assertions.desk.queue_filter import QueueFilter
from assertions.models import Assertion, SavedFilter
from assertions.reviewing.queue import ORDER, in_order, waiting, with_marks
from cms.models import User
from cms.paging import Page, page_of
from cms.workplace.deciding import ask
from cms.workplace.periods import Standing

ROWS = 50
"""Assertions on one page of the list."""


@dataclass(frozen=True, slots=True)
class Row:
    """One assertion of the list, from ``with_marks``: how it stands, and whether the reader proposed it."""

    assertion: Any
    state: Standing
    is_own: bool
    is_held_by_reader: bool


def queue_list(request: HttpRequest) -> HttpResponse:
    """List the assertions that the parameters of ``QueueFilter`` ask for, in the order of the queue."""
    user = let_in(request)
    asked = QueueFilter(request.GET, queryset=Assertion.objects.all(), request=request)
    found = asked.qs
    page: Page[Any] = page_of(with_all(in_order(found)), request.GET, ORDER, size=ROWS)
    count = found.count()
    may_decide = user.has_perm(permissions.DECIDE)
    context = {
        "filter": asked,
        "in_words": in_words(asked.next_query),
        "rows": rows_of(page.rows, user),
        "page": page,
        "count": count,
        "for_you": QueueFilter(request.GET, queryset=waiting(user), request=request).qs.count()
        if may_decide and asked.is_of_what_waits
        else 0,
        "may_decide": may_decide,
        "four_eyes": settings.REVIEW_FOUR_EYES,
        "saved": user.saved_filters.all() if may_decide else [],
        "bulk_form": BulkForm(prefix="bulk") if may_decide else None,
        "bulk_limit": BULK,
        "all_count": min(count, BULK),
    }
    return desk_page(request, "queue", "Queue", context)


def with_all(assertions: QuerySet[Any]) -> QuerySet[Any]:
    """Add to assertions all that a row of the list shows."""
    return (
        with_marks(assertions)
        .select_related("proposed_by")
        .prefetch_related("speakers__actor", "topics", "reviews")
        .defer("search")
    )


def rows_of(assertions: list[Any], user: User) -> list[Row]:
    """Return the rows of assertions from ``with_all`` as an account sees them."""
    return [
        Row(
            assertion,
            review_state(assertion),
            assertion.proposed_by_id == user.pk,
            assertion.held_by == user.get_username(),
        )
        for assertion in assertions
    ]


class NameForm(forms.Form):
    """The name of a filter."""

    name = forms.CharField(label="Name of the filter", max_length=60)


def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the queue that the address asks for under a name."""
    user = reviewer_of(request)
    asked = QueueFilter(request.GET, queryset=Assertion.objects.none(), request=request)
    back = _queue(asked.next_query)

    def act(cleaned: dict[str, Any]) -> str:
        if asked.problems:
            raise ValidationError(
                [f"{label}: {words}" if label else words for label, words in asked.problems]
            )
        saved = actions.save_filter(user, name=cleaned["name"], query=asked.next_query)
        return f"The filter “{saved}” is kept: it is on the desk."

    return ask(
        request, NameForm(request.POST or None), act,
        title="Keep this filter", button="Keep", back=back, trail=_trail(),
        sentences=[f"It asks for: {in_words(asked.next_query)}."],
    )  # fmt: skip


def rename_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a filter of the one who is signed in another name."""
    user = reviewer_of(request)
    saved = get_object_or_404(SavedFilter, pk=pk, owner=user)

    def act(cleaned: dict[str, Any]) -> str:
        actions.rename_filter(saved, user, name=cleaned["name"])
        return f"The filter is called “{saved}” now."

    return ask(
        request, NameForm(request.POST or None, initial={"name": saved.name}), act,
        title=f"Rename the filter “{saved}”", button="Rename", back=reverse("admin:desk"), trail=_trail(),
        sentences=[f"It asks for: {in_words(saved.query)}."],
    )  # fmt: skip


def delete_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a filter of the one who is signed in."""
    user = reviewer_of(request)
    saved = get_object_or_404(SavedFilter, pk=pk, owner=user)

    def act(cleaned: dict[str, Any]) -> str:
        actions.delete_filter(saved, user)
        return f"The filter “{saved.name}” is deleted."

    return ask(
        request, forms.Form(request.POST if request.method == "POST" else None), act,
        title=f"Delete the filter “{saved}”?", button="Delete", back=reverse("admin:desk"), trail=_trail(),
        sentences=[f"It asks for: {in_words(saved.query)}. The assertions stay as they are."], dangerous=True,
    )  # fmt: skip


def release(request: HttpRequest, identifier: str) -> HttpResponse:
    """Give an assertion that the one who is signed in has in hand back to the queue."""
    user = reviewer_of(request)
    if request.method == "POST":
        actions.release(get_object_or_404(Assertion, identifier=identifier), user)
    return HttpResponseRedirect(reverse("admin:desk"))


def in_words(query: str) -> str:
    """Return the parameters of the queue as a list of labels and values: "Speech act: denies"."""
    sent = QueryDict(query)
    filters = QueueFilter.base_filters
    words = []
    for name, value in sent.items():
        known = filters[name].extra.get("choices", []) if name in filters else []
        label = filters[name].label if name in filters else name
        told = dict(known() if callable(known) else known).get(value, value)
        words.append(f"{label}: {told}")
    return ", ".join(words) or "all that waits for a decision"


def _queue(query: str) -> str:
    return reverse("admin:desk_queue") + (f"?{query}" if query else "")


def _trail() -> list[tuple[str, str]]:
    return [("Desk", reverse("admin:desk")), ("Queue", reverse("admin:desk_queue"))]
