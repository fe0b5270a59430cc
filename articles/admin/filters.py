"""Filters of the list of articles. They ask what the board asks, by the same names and in the same words."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles import board, staff
from articles.board_filter import DUE, by_due, by_person, on_topic
from articles.models import Article, Revision, Topic
from articles.stages import Stage
from cms.workplace.base import editor_of
from cms.workplace.periods import STATES


class KnownListFilter(admin.SimpleListFilter):
    """A filter that finds nothing for a value which is none of its choices."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        known = value in (key for key, _ in self.lookup_choices)
        return self.chosen(queryset, value) if known else queryset.none()

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Return what a choice keeps."""
        raise NotImplementedError


class BoardListFilter(admin.SimpleListFilter):
    """One list of the board, in full."""

    title = "board"
    parameter_name = "list"

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        self.user = editor_of(request)
        super().__init__(request, *args)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(section.key, section.title) for section in board.sections_for(editor_of(request))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        key = self.value()
        return queryset.filter(pk__in=board.members(queryset, self.user, key)) if key else queryset


class ArticleStateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return STATES

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        value = self.value()
        return staff.in_state(queryset, value) if value in dict(STATES) else queryset


class StageFilter(KnownListFilter):
    title = "stage"
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*Stage.choices, ("none", "nothing waits")]

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(stage="" if value == "none" else value)


class AuthorFilter(admin.SimpleListFilter):
    title = "author"
    parameter_name = "author"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("me", "me"), ("others", "others")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return by_person(queryset, "created_by", value, editor_of(request)) if value else queryset


class AssigneeFilter(admin.SimpleListFilter):
    title = "assigned to"
    parameter_name = "assignee"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("me", "me"), ("nobody", "nobody"), ("others", "others")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return by_person(queryset, "assigned_to", value, editor_of(request)) if value else queryset


class DueFilter(admin.SimpleListFilter):
    title = "due"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return DUE

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return by_due(queryset, self.value() or "")


class TopicFilter(KnownListFilter):
    title = "topic"
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(topic.slug, topic.name) for topic in Topic.objects.all()]

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return on_topic(queryset, value)


class LanguageFilter(KnownListFilter):
    title = "language"
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        tags = Revision.objects.order_by("language").values_list("language", flat=True).distinct()
        return [(tag, tag) for tag in tags]

    def chosen(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(language=value)
