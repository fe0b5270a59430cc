"""When questions and measures are public."""

from datetime import datetime

from django.db import transaction

from assertions import permissions
from assertions.models import Measure, Question
from cms.models import User
from cms.periods import close_period, open_period
from cms.permissions import require


@transaction.atomic
def publish_question(question: Question, by: User | None, at: datetime | None = None) -> None:
    """Make a question public from an instant on, now by default. Raises PermissionDenied."""
    require(by, permissions.QUESTIONS)
    # The row is locked so that two writers' periods follow each other.
    open_period(Question.objects.select_for_update().get(pk=question.pk), at)


@transaction.atomic
def withdraw_question(question: Question, by: User | None, at: datetime | None = None) -> None:
    """End a question's being public at an instant, now by default. Raises PermissionDenied."""
    require(by, permissions.QUESTIONS)
    # As in publish_question.
    close_period(Question.objects.select_for_update().get(pk=question.pk), at)


@transaction.atomic
def publish_measure(measure: Measure, by: User | None, at: datetime | None = None) -> None:
    """Make a measure public from an instant on, now by default. Raises PermissionDenied."""
    require(by, permissions.MEASURES)
    # As in publish_question.
    open_period(Measure.objects.select_for_update().get(pk=measure.pk), at)


@transaction.atomic
def withdraw_measure(measure: Measure, by: User | None, at: datetime | None = None) -> None:
    """End a measure's being public at an instant, now by default. Raises PermissionDenied."""
    require(by, permissions.MEASURES)
    # As in publish_question.
    close_period(Measure.objects.select_for_update().get(pk=measure.pk), at)
