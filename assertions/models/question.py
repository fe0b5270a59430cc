"""Questions: a neutral wording, and the answers that assertions give to it."""

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import GeneratedField, Q
from django.urls import reverse

from assertions.models.assertion import Assertion
from assertions.querysets import QuestionQuerySet
from assertions.vocabulary import Stance
from cms.dates import EdtfField, EdtfRange
from cms.periods import LivePeriod, past_is_past, whole_period


@pghistory.track(exclude=["opened_range"])
class Question(LivePeriod):
    """What is in dispute, in words that take no side."""

    slug = models.SlugField(max_length=100, unique=True)
    wording = models.CharField(max_length=300, unique=True)
    description = models.TextField(blank=True, default="")
    opened = EdtfField()
    opened_range = GeneratedField(
        expression=EdtfRange("opened"), output_field=DateRangeField(), db_persist=True
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["wording"]
        triggers = [past_is_past()]
        constraints = [
            whole_period(),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                name="question_slug_is_plain",
                violation_error_message="Small letters, digits and single hyphens only: some-words.",
            ),
            models.CheckConstraint(condition=Q(wording__regex=r"\S"), name="question_wording_not_blank"),
        ]

    def __str__(self) -> str:
        return self.wording

    def get_absolute_url(self) -> str:
        return reverse("assertions:question", args=[self.slug])


@pghistory.track()
class Answer(models.Model):
    """The stance that an assertion takes on a question."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    assertion = models.ForeignKey(Assertion, on_delete=models.CASCADE, related_name="answers")
    stance = models.CharField(max_length=16, choices=Stance.choices)

    class Meta:
        ordering = ["question", "id"]
        constraints = [
            models.UniqueConstraint(fields=["question", "assertion"], name="answer_once"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="answer_stance_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.question}"
