"""Figures: what is counted (the measure) and each count that somebody gave of it (the quantity)."""

from decimal import Decimal

import pghistory
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, GeneratedField, Q
from django.urls import reverse

from actors.models import Actor, names_nobody_merged
from assertions.models.assertion import Assertion, part_of_the_claim
from assertions.querysets import MeasureQuerySet, QuantityQuerySet
from assertions.vocabulary import QuantityKind
from cms.dates import EdtfField, EdtfRange
from cms.periods import LivePeriod, past_is_past, whole_period


@pghistory.track()
class Measure(LivePeriod):
    """What is counted, and what the count includes: killed is another measure than killed and wounded."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    counts = models.CharField("what is counted", max_length=300)
    inclusions = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    unit = models.CharField(max_length=50)
    description = models.TextField(blank=True, default="")

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        triggers = [past_is_past()]
        constraints = [
            whole_period(),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                name="measure_slug_is_plain",
                violation_error_message="Small letters, digits and single hyphens only: some-words.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("assertions:figure", args=[self.slug])


@pghistory.track(exclude=["as_of_range"])
class Quantity(models.Model):
    """One count within an assertion. A missing bound is open; nothing is averaged; an old count is superseded."""

    assertion = models.ForeignKey(Assertion, on_delete=models.CASCADE, related_name="quantities")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="quantities")
    kind = models.CharField(max_length=16, choices=QuantityKind.choices, default=QuantityKind.TOTAL)
    low = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    low_open = models.BooleanField("more than", default=False, help_text="The low bound itself is excluded.")
    high_open = models.BooleanField(
        "less than", default=False, help_text="The high bound itself is excluded."
    )
    is_approximate = models.BooleanField("about", default=False)
    unit = models.CharField(max_length=50, blank=True, default="", help_text="If it is not the measure's.")
    as_of = EdtfField()
    as_of_range = GeneratedField(
        expression=EdtfRange("as_of"), output_field=DateRangeField(), db_persist=True
    )
    counted_by = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="counts"
    )
    counted_by_description = models.CharField(max_length=200, blank=True, default="")
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    alternative_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="alternatives"
    )
    note = models.CharField(max_length=300, blank=True, default="")

    objects = QuantityQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "as_of", "id"]
        verbose_name_plural = "quantities"
        constraints = [
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(high__isnull=False),
                name="quantity_has_a_bound",
                violation_error_message="Give a low bound, a high bound or both.",
            ),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(low__lte=F("high")),
                name="quantity_low_not_above_high",
                violation_error_message="The low bound is above the high one.",
            ),
            models.CheckConstraint(
                condition=(Q(low_open=False) | Q(low__isnull=False))
                & (Q(high_open=False) | Q(high__isnull=False))
                & (Q(low=None) | Q(high=None) | Q(low__lt=F("high")) | Q(low_open=False, high_open=False)),
                name="quantity_open_bounds_hold_something",
                violation_error_message="“More than” needs a low bound, “less than” a high one, and room between.",
            ),
            models.CheckConstraint(condition=Q(kind__in=QuantityKind.values), name="quantity_kind_known"),
            models.CheckConstraint(
                condition=Q(counted_by=None) | Q(counted_by_description=""),
                name="quantity_counted_by_one",
                violation_error_message="Choose who counted, or describe them: one of the two.",
            ),
            models.CheckConstraint(
                condition=~Q(supersedes=F("id")) & ~Q(part_of=F("id")) & ~Q(alternative_to=F("id")),
                name="quantity_not_of_itself",
                violation_error_message="A count cannot supersede itself or be a part of itself.",
            ),
        ]
        triggers = [part_of_the_claim(), names_nobody_merged("counted_by_id")]

    def __str__(self) -> str:
        unit = self.unit or self.measure.unit
        # “3,000 152 mm rounds” would be read as one number.
        return f"{self.in_words()} × {unit}" if unit[:1].isdigit() else f"{self.in_words()} {unit}"

    def in_words(self) -> str:
        """Return the count as one would say it: "about 3,000", "more than 20,000", "11,000 to 12,000"."""
        low, high = (_figure(bound, whole=self.is_approximate) for bound in (self.low, self.high))
        if low == high:
            words = low
        elif not high:
            words = f"{'more than' if self.low_open else 'at least'} {low}"
        elif not low:
            words = f"{'fewer than' if self.high_open else 'up to'} {high}"
        else:
            words = (
                f"{'more than ' if self.low_open else ''}{low} to {'under ' if self.high_open else ''}{high}"
            )
        return f"about {words}" if self.is_approximate else words


def _figure(number: Decimal | None, *, whole: bool) -> str:
    if number is None:
        return ""
    if whole and abs(number) >= 10:
        # Decimals would make of "about two thirds" a number that nobody measured.
        number = Decimal(round(number))
    return f"{number:,f}".rstrip("0").rstrip(".") if "." in str(number) else f"{number:,}"
