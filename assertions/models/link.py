"""Typed links between assertions: a later one never erases an earlier one, it bears on it."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from assertions.models.assertion import Assertion
from assertions.vocabulary import DenialAspect, LinkType


@pghistory.track()
class Link(models.Model):
    """``source`` contradicts, denies, corroborates, repeats, updates or derives from ``target``."""

    source = models.ForeignKey(Assertion, on_delete=models.CASCADE, related_name="links")
    target = models.ForeignKey(Assertion, on_delete=models.PROTECT, related_name="linked_from")
    type = models.CharField(max_length=16, choices=LinkType.choices)
    aspect = models.CharField(
        "aimed at",
        max_length=16,
        choices=DenialAspect.choices,
        blank=True,
        default="",
        help_text="What a denial denies.",
    )
    note = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["source", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="link_not_to_itself",
                violation_error_message="An assertion does not bear on itself.",
            ),
            models.CheckConstraint(condition=Q(type__in=LinkType.values), name="link_type_known"),
            models.CheckConstraint(
                condition=Q(type=LinkType.DENIES, aspect__in=DenialAspect.values)
                | ~Q(type=LinkType.DENIES) & Q(aspect=""),
                name="link_aspect_of_denials_only",
                violation_error_message="A denial says what it is aimed at; no other link does.",
            ),
            models.UniqueConstraint(fields=["source", "target", "type", "aspect"], name="link_once"),
            models.UniqueConstraint(
                Least("source", "target"),
                Greatest("source", "target"),
                condition=Q(type=LinkType.CONTRADICTS),
                name="link_contradiction_once",
                violation_error_message="That these two contradict each other is recorded already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_type_display()} {self.target}"
