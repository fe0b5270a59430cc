"""Revisions in the admin, to read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from articles import staff
from articles.body import annotate
from articles.models import Article, Revision
from cms.workplace.base import (
    NewsroomAdmin,
    editor_of,
)
from cms.workplace.periods import Standing, standing


@admin.register(Revision)
class RevisionAdmin(NewsroomAdmin):
    """Revisions, to read: what was saved never changes."""

    list_display = ("headline", "number", "state", "created_by", "created_at", "reason")
    list_select_related = ("article", "created_by")
    search_fields = ("headline", "article__slug")
    search_help_text = "Headline or address."
    fields = ()
    beside_template = "admin/articles/revision/beside.html"

    def autocomplete_label(self, row: Revision) -> str:
        return f"{row.headline} (revision {row.number}, {standing([row.live]).state})"

    def title_of(self, row: Revision) -> str:
        return f"Revision {row.number}"

    @admin.display(description="state", ordering="live")
    def state(self, revision: Revision) -> Standing:
        return standing([revision.live])

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        seen = staff.visible_to(editor_of(request), Article.objects.all())
        return super().get_queryset(request).filter(article__in=seen)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # They go with the draft they belong to; the database keeps what was public.
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
            "state": standing([obj.live]),
            "body": annotate(obj.body, ()),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)
