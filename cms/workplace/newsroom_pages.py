"""The newsroom's pages over all articles: the board, and the schedule."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from articles import board, staff
from articles.board_filter import BoardFilter
from articles.models import Article
from articles.permissions import ADD
from cms.timezones import zone_name
from cms.workplace import schedule
from cms.workplace.base import editor_of


def urls(wrap: Callable[..., Any]) -> list[URLPattern]:
    """Return the addresses of these pages; ``wrap`` lets staff in only."""
    pages = [("board/", show_board, "board"), ("schedule/", show_schedule, "schedule")]
    return [path(route, wrap(view), name=name) for route, view, name in pages]


def show_board(request: HttpRequest) -> HttpResponse:
    """Show what waits for whom, filtered by the parameters of ``articles.board_filter.BoardFilter``."""
    user = editor_of(request)
    articles = staff.visible_to(user, staff.with_state(Article.objects.all()))
    asked = BoardFilter(request.GET, queryset=articles, request=request)
    columns = board.columns(asked.qs, user)
    kept = {name: str(value) for name, value in request.GET.items() if name in asked.filters and value}
    context = {
        **admin.site.each_context(request),
        "title": "Board",
        "filter": asked,
        "columns": [(column, list_of(column.section.key, kept)) for column in columns],
        "is_filtered": bool(kept),
        "is_empty": not any(column.count for column in columns),
        "may_write": user.has_perm(ADD),
        "stale_days": settings.STALE_DAYS,
    }
    return TemplateResponse(request, "admin/board.html", context)


def list_of(key: str, kept: dict[str, str] | None = None) -> str:
    """Return the address of the list of articles that shows a list of the board in full."""
    return f"{reverse('admin:articles_article_changelist')}?{urlencode({'list': key, **(kept or {})})}"


def show_schedule(request: HttpRequest) -> HttpResponse:
    """Show what begins and ends to be public next, what is late (nothing), and which assignments are overdue."""
    user = editor_of(request)
    articles = staff.visible_to(user, staff.with_state(Article.objects.all()))
    context = {
        **admin.site.each_context(request),
        "title": "Schedule",
        "days": schedule.days(user),
        "late": schedule.late(user),
        "skew": schedule.skew(),
        "overdue": board.columns(articles, user, keys=["overdue"])[0],
        "overdue_list": list_of("overdue"),
        "zone": zone_name(),
    }
    return TemplateResponse(request, "admin/schedule.html", context)
