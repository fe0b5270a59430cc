"""Topics in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from articles import actions, permissions
from articles.models import Topic
from cms.models import User
from cms.workplace.base import (
    PublishingAdmin,
)


@admin.register(Topic)
class TopicAdmin(PublishingAdmin):
    """The newsroom's own tags."""

    publish_permission = permissions.TOPICS
    list_display = ("name", "state", "articles", "medtop")
    ordering = ("name",)
    search_fields = ("name", "slug", "medtop")
    prepopulated_fields = {"slug": ("name",)}
    fields = (("name", "slug"), "description", "medtop")

    @admin.display(description="articles", ordering="articles_count")
    def articles(self, topic: Any) -> int:
        return int(topic.articles_count)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        count = Count("tagged_revisions__content_object__article", distinct=True)
        topics: QuerySet[Topic] = super().get_queryset(request)
        return topics.annotate(articles_count=count)

    def publish(self, row: Topic, by: User, at: Any = None) -> None:
        actions.publish_topic(row, by, at)

    def withdraw(self, row: Topic, by: User, at: Any = None) -> None:
        actions.withdraw_topic(row, by, at)
