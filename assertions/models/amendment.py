"""Who gave a suggestion another meaning: under four eyes, one of those who propose it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from assertions.models.assertion import Assertion


class Meaning(models.TextChoices):
    """The parts of a claim that say who says what; the label is how a sentence names them."""

    SPEAKERS = "speakers", "who says it"
    ACT = "act", "the speech act"
    NEGATED = "negated", "the negation"
    CLAIM = "claim", "the statement"


class Amendment(models.Model):
    """A part of a suggestion's meaning that is no more as the rule proposed it, and who made it what it is.

    There is none for a part that is as proposed. ``value`` is JSON, as ``assertions.reviewing.four_eyes.meaning``
    gives it; without an account it was the operator.
    """

    assertion = models.ForeignKey(Assertion, on_delete=models.CASCADE, related_name="amendments")
    part = models.CharField(max_length=16, choices=Meaning.choices)
    value = models.JSONField()
    amended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    amended_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["assertion", "part"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=Meaning.values), name="amendment_part_known"),
            models.UniqueConstraint(fields=["assertion", "part"], name="amendment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.assertion}"
