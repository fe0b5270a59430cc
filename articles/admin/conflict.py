"""A save on top of a newer revision: both texts side by side, and nothing lost."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict

from articles import actions
from articles.conflicts import Part, three_ways
from articles.models import Article, Image, Revision, Topic, WorkingCopy
from articles.typed import Typed
from articles.working_copies import Fields, as_new, saved_fields, typed_fields
from cms.numbers import number_of
from cms.timezones import told
from cms.workplace.base import NewsroomAdmin, editor_of, label_of


class ConflictPages(NewsroomAdmin):
    """The answer to a save on top of a newer revision."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        if request.method == "POST" and "_compare" in request.POST and object_id:
            latest = Revision.objects.filter(article=number_of(object_id)).order_by("-number").first()
            if latest is not None and latest.number != number_of(request.POST.get("base")):
                return self.show_both(request, object_id, form_url, extra_context, latest)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except actions.StaleRevision as stale:
            return self.show_both(request, object_id, form_url, extra_context, stale.latest)

    def show_both(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any, latest: Revision
    ) -> HttpResponse:
        """Show the merge of what was sent, unsaved, and the revision that was saved meanwhile: 409.

        What was sent is kept as it was, too, as the working copy of its form.
        """
        keep_what_was_sent(request, latest.article)
        opened = latest.article.revisions.filter(number=number_of(request.POST.get("base"))).first()
        base, theirs, mine = (
            saved_fields(opened),
            saved_fields(latest),
            typed_fields(dict(request.POST.lists())),
        )
        names = _names(base, theirs, mine)
        merged, parts = three_ways(base, theirs, mine, names)
        who = latest.created_by or "An import"
        error = ValidationError(
            f"{who} saved revision {latest.number} on {told(latest.created_at)}, while you were writing. "
            "Both texts are kept, and yours is not saved yet."
        )
        request.POST = _filled(request.POST, merged, mine, latest.number)  # type: ignore[assignment]
        request.META["articles.unsaved"] = True
        context = {
            "conflict": parts,
            "conflict_latest": latest,
            "conflict_next": latest.number + 1,
            "conflict_values": _values(parts, names),
            "overlapping": any(part.overlaps or part.is_too_long for part in parts),
            **(extra_context or {}),
        }
        response = self.show_again(request, object_id, form_url, context, error)
        response.status_code = 409
        return response


def keep_what_was_sent(request: HttpRequest, article: Article | None) -> WorkingCopy | None:
    """Keep a form as it was sent as its working copy, under a new tab if it named none, and return it.

    Returns None for what cannot be stored. Raises PermissionDenied.
    """
    tab = tab_of(request.POST.get("tab")) or actions.new_tab()
    typed: Typed = {
        name: values
        for name, values in request.POST.lists()
        if not name.startswith("_") and name not in ("csrfmiddlewaretoken", "base", "tab")
    }
    base = number_of(request.POST.get("base"))
    if article is None:
        base, typed = 0, as_new(typed)
    with suppress(ValidationError):  # it holds what cannot be stored, and the page says so
        return actions.keep_copy(editor_of(request), article, tab=tab, base=base, content=typed)
    return None


def tab_of(words: str | None) -> UUID | None:
    """Return the tab that was sent as words; None if it is none."""
    with suppress(ValueError):
        return UUID(words or "")
    return None


def _names(*sides: Fields) -> dict[str, dict[str, str]]:
    def named(rows: Iterable[Any]) -> dict[str, str]:
        return {str(row.pk): label_of(row) for row in rows}

    topics = {number_of(key) for side in sides for key in side.topics}
    images = {number_of(key) for side in sides for key, _ in side.images}
    return {
        "topics": named(Topic.objects.filter(pk__in=topics)),
        "images": named(Image.objects.filter(pk__in=images)),
    }


def _filled(sent: QueryDict, merged: Fields, mine: Fields, base: int) -> QueryDict:
    """Return the form with the merge in place of what the other side changed; the rest stays as it was sent."""
    form = sent.copy()
    form["base"] = str(base)
    for name in ("headline", "standfirst", "body", "byline", "language", "dated"):
        if getattr(merged, name) != getattr(mine, name):
            form[name] = getattr(merged, name)
    if merged.topics != mine.topics:
        form.setlist("topics", list(merged.topics))
    if merged.images != mine.images:
        for name in [name for name in form if name.startswith("images-")]:
            del form[name]
        for number, (image, caption) in enumerate(merged.images):
            form[f"images-{number}-image"] = image
            form[f"images-{number}-caption"] = caption
            form[f"images-{number}-ORDER"] = str(number + 1)
    # Every row counts as one that was there: a further row that is like the revision's would be taken for an empty one.
    rows = len(merged.images) if merged.images != mine.images else number_of(form.get("images-TOTAL_FORMS"))
    form["images-TOTAL_FORMS"] = form["images-INITIAL_FORMS"] = str(rows)
    return form


def _values(parts: list[Part], names: dict[str, dict[str, str]]) -> dict[str, dict[str, Any]]:
    """Return for each part what the form holds if one side, or the merge, is taken; rows with their names."""

    def value_of(part: Part, side: str) -> Any:
        value, called = getattr(part, side), names.get(part.name, {})
        if part.name == "topics":
            return [[key, called.get(key, key)] for key in value]
        if part.name == "images":
            return [[key, called.get(key, key), caption] for key, caption in value]
        return value

    return {part.name: {side: value_of(part, side) for side in ("theirs", "mine", "merge")} for part in parts}
