"""Reviews in the admin: decisions, to read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from assertions.models import (
    Review,
)
from cms.workplace.base import (
    NewsroomAdmin,
)


@admin.register(Review)
class ReviewAdmin(NewsroomAdmin):
    """Decisions, to read: each is kept for ever."""

    list_display = ("assertion", "verdict", "grade", "attribution", "decided_by", "decided_at")
    list_filter = ("verdict", "attribution", "source_reliability", "information_credibility", "decided_by")
    list_select_related = ("assertion", "decided_by")
    search_fields = ("assertion__claim", "reason")
    date_hierarchy = "decided_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
