"""Questions in the admin, with the answers to them."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from assertions import actions, permissions
from assertions.models import (
    Answer,
    Question,
)
from cms.models import User
from cms.workplace.base import (
    NewsroomInline,
    PublishingAdmin,
)


class AnswerOfQuestionInline(NewsroomInline):
    model = Answer
    fields = ("assertion", "stance")
    autocomplete_fields = ("assertion",)


@admin.register(Question)
class QuestionAdmin(PublishingAdmin):
    """What is in dispute, in words that take no side, and the answers to it."""

    publish_permission = permissions.QUESTIONS
    list_display = ("wording", "state", "opened", "answers_kept")
    ordering = ("wording",)
    search_fields = ("wording", "slug")
    prepopulated_fields = {"slug": ("wording",)}
    fields = ("wording", "slug", "description", "opened")
    inlines = (AnswerOfQuestionInline,)

    def is_on_site(self, row: Question) -> bool:
        return False

    @admin.display(description="answers", ordering="answers_count")
    def answers_kept(self, question: Any) -> int:
        return int(question.answers_count)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        questions: QuerySet[Question] = super().get_queryset(request)
        return questions.annotate(answers_count=Count("answers"))

    def publish(self, row: Question, by: User, at: Any = None) -> None:
        actions.publish_question(row, by, at)

    def withdraw(self, row: Question, by: User, at: Any = None) -> None:
        actions.withdraw_question(row, by, at)
