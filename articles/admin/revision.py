"""Revisions in the admin, to read."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse

from articles import staff
from articles.body import annotate
from articles.models import Article, Revision
from articles.permissions import REMOVE
from cms.workplace.base import (
    NewsroomAdmin,
    editor_of,
)
from cms.workplace.periods import Standing, standing_of_version


@admin.register(Revision)
class RevisionAdmin(NewsroomAdmin):
    """Revisions, to read: what was saved never changes."""

    list_display = ("headline", "number", "state", "created_by", "created_at", "reason")
    list_select_related = ("created_by",)
    search_fields = ("headline", "article__slug")
    search_help_text = "Headline or address."
    fields = ()
    beside_template = "admin/articles/revision/beside.html"
    actions = None  # they go with their article only

    def autocomplete_label(self, row: Revision) -> str:
        return f"{row.headline} (revision {row.number}, {standing_of_version(row.live).words})"

    def title_of(self, row: Revision) -> str:
        return f"Revision {row.number}"

    @admin.display(description="state", ordering="live")
    def state(self, revision: Revision) -> Standing:
        return standing_of_version(revision.live)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        seen = staff.visible_to(editor_of(request), Article.objects.all())
        # The article comes with its headline, by which it is called.
        named = Prefetch("article", staff.with_latest(Article.objects.all()))
        revisions = super().get_queryset(request).filter(article__in=seen).prefetch_related(named)
        return revisions if request.user.has_perm(REMOVE) else revisions.filter(removal=None)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        raise PermissionDenied("A revision goes only with its article.")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Asked as the draft they belong to is deleted; the database keeps what was public.
        return request.user.has_perm("articles.delete_article") and (obj is None or obj.live is None)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.article.get_absolute_url() if obj is not None and obj.is_public() else None

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context |= {
            "show_delete": False,
            "state": standing_of_version(obj.live),
            "body": annotate(obj.body, ()),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)
