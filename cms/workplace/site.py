"""The admin as a workplace: its index is what waits for the one who is signed in."""

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from assertions.desk.urls import urls as desk_urls
from cms.workplace import newsroom_pages
from cms.workplace.base import editor_of, label_of
from cms.workplace.navigation import navigation
from cms.workplace.worklists import worklists


class LabelledAutocomplete(AutocompleteJsonView):
    """Rows found by a search, named as the forms name them."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        return super().serialize_result(obj, to_field_name) | {"text": label_of(obj)}


class NewsroomSite(AdminSite):
    """The admin of the newsroom."""

    site_header = "Dyad newsroom"
    site_title = "Dyad newsroom"
    index_title = "What waits for you"
    enable_nav_sidebar = False

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        lists = worklists(editor_of(request))
        return super().index(request, {"worklists": lists, **(extra_context or {})})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        return context | {"navigation": navigation(request, context["available_apps"])}

    def get_urls(self) -> list[Any]:
        return [*newsroom_pages.urls(self.admin_view), *desk_urls(self.admin_view), *super().get_urls()]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, LabelledAutocomplete.as_view(admin_site=self)(request))
