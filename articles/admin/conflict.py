"""A save on top of a newer revision: both texts side by side, and nothing lost."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from articles import actions
from articles.admin.numbers import number_of
from articles.models import Revision
from articles.workplace import three_versions
from cms.workplace.base import NewsroomAdmin
from cms.workplace.periods import told


class ConflictPages(NewsroomAdmin):
    """The answer to a save on top of a newer revision."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except actions.StaleRevision as stale:
            return self.show_both(request, object_id, form_url, extra_context, stale.latest)

    def show_both(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any, latest: Revision
    ) -> HttpResponse:
        """Show what was sent, unsaved, with the revision that was saved meanwhile beside it: 409."""
        opened = latest.article.revisions.filter(number=number_of(request.POST.get("base"))).first()
        conflict = three_versions(opened, latest, request.POST)
        who = latest.created_by or "An import"
        error = ValidationError(
            f"{who} saved revision {latest.number} on {told(latest.created_at)}, while you were writing. "
            "Nothing of yours is lost: it stands in the form, unsaved. Compare the texts, take over what you "
            f"need, then save: yours becomes revision {latest.number + 1}."
        )
        sent = request.POST.copy()
        sent["base"] = str(latest.number)
        request.POST = sent  # type: ignore[assignment]
        context = {"conflict": conflict, **(extra_context or {})}
        response = self.show_again(request, object_id, form_url, context, error)
        response.status_code = 409
        return response
