"""Corrections and readers’ reports in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import actions
from articles.models import Correction, ErrorReport
from cms.workplace.base import (
    NewsroomAdmin,
    editor_of,
)
from cms.workplace.periods import Standing


@admin.register(Correction)
class CorrectionAdmin(NewsroomAdmin):
    """Corrections: each is added, none is changed or taken away."""

    list_display = ("article", "kind", "text", "created_by", "created_at")
    list_filter = ("kind",)
    list_select_related = ("article", "created_by")
    search_fields = ("text", "article__slug")
    autocomplete_fields = ("article",)
    fields = ("article", "kind", "text")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        kept = actions.correct(obj.article, editor_of(request), kind=obj.kind, text=obj.text)
        obj.pk, obj._state.adding = kept.pk, False
        obj.refresh_from_db()


class OpenFirstFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "open"), ("handled", "handled")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> QuerySet[ErrorReport]:
        if self.value() not in ("open", "handled"):
            return queryset
        return queryset.filter(handled_at__isnull=self.value() == "open")


@admin.register(ErrorReport)
class ErrorReportAdmin(NewsroomAdmin):
    """Readers' reports: open ones first, the oldest of them on top."""

    list_display = ("text", "page_reported", "created_at", "state", "handled_by")
    list_filter = (OpenFirstFilter,)
    search_fields = ("text", "path", "email", "answer")
    ordering = ("-handled_at", "created_at")  # PostgreSQL puts the open ones, without a time, first
    fields = ("text", "page_reported", "email", "created_at", "answer", "handled_by", "handled_at")
    readonly_fields = ("text", "page_reported", "email", "created_at", "handled_by", "handled_at")

    @admin.display(description="page", ordering="path")
    def page_reported(self, report: ErrorReport) -> SafeString | str:
        # A reader may send any words as the path: only an address of this site becomes a link.
        if not report.path.startswith("/") or report.path.startswith(("//", "/\\")):
            return report.path
        return format_html('<a href="{}">{}</a>', report.path, report.path)

    @admin.display(description="state", ordering="handled_at")
    def state(self, report: ErrorReport) -> Standing:
        return Standing("withdrawn", "handled") if report.handled_at else Standing("scheduled", "open")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "answer" in form.base_fields:
            form.base_fields["answer"].required = True
        return form

    def save_model(self, request: HttpRequest, obj: ErrorReport, form: Any, change: bool) -> None:
        actions.handle_report(obj, editor_of(request), obj.answer)
