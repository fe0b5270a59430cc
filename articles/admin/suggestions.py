"""The suggestions beside an article's form, for the script that asks for them while the text is read."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.views.decorators.http import require_GET

from articles.suggested import reading_of
from cms.workplace.base import NewsroomAdmin, editor_of


class SuggestionPages(NewsroomAdmin):
    """How the reading of a text stands. Nothing is written."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page("suggestions", require_GET(self.suggestions_view), "suggestions"),
            *super().get_urls(),
        ]

    def suggestions_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Answer with `articles.suggested.Reading` as JSON."""
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        answer = JsonResponse(reading_of(article, editor_of(request)).as_json())
        answer["Cache-Control"] = "no-store"
        return answer
