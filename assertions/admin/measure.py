"""Measures in the admin, and the counts of them to read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from assertions import actions, permissions
from assertions.models import (
    Measure,
    Quantity,
)
from cms.models import User
from cms.workplace.base import (
    NewsroomAdmin,
    NewsroomInline,
    PublishingAdmin,
)
from cms.workplace.periods import StateFilter


@admin.register(Quantity)
class QuantityAdmin(NewsroomAdmin):
    """Counts, to be found by others that supersede them; they are written with their assertion."""

    list_display = ("in_words", "measure", "as_of", "assertion")
    list_select_related = ("measure", "assertion")
    search_fields = ("measure__name", "assertion__claim", "note")

    def autocomplete_label(self, row: Quantity) -> str:
        when = f", {row.as_of}" if row.as_of else ""
        return f"{row.measure}: {row.in_words()}{when} ({row.assertion.claim[:60]})"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quantity]:
        return super().get_queryset(request).select_related("measure", "assertion")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CountsInline(NewsroomInline):
    """The counts of a measure, to read."""

    model = Quantity
    verbose_name_plural = "counts given"
    fields = ("in_words", "as_of", "counted_by", "assertion")
    readonly_fields = fields
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Measure)
class MeasureAdmin(PublishingAdmin):
    """What is counted, and what the count includes."""

    publish_permission = permissions.MEASURES
    list_display = ("name", "state", "counts", "unit")
    list_filter = (StateFilter, "unit")
    search_fields = ("name", "slug", "counts")
    prepopulated_fields = {"slug": ("name",)}
    fields = (("name", "slug"), "counts", ("inclusions", "unit"), "description")
    inlines = (CountsInline,)

    def is_on_site(self, row: Measure) -> bool:
        return False

    def publish(self, row: Measure, by: User, at: Any = None) -> None:
        actions.publish_measure(row, by, at)

    def withdraw(self, row: Measure, by: User, at: Any = None) -> None:
        actions.withdraw_measure(row, by, at)
