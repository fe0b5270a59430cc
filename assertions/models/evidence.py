"""Evidence: the words in which an assertion stands, and where they stand in later revisions."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, GeneratedField, Q
from django.db.models.functions import Now

from articles.models import Revision
from articles.spans import SPAN_HELP, holds_its_words
from assertions.models.assertion import Assertion, part_of_the_claim
from assertions.vocabulary import AnchorStatus, Departure
from cms.dates import EdtfField, EdtfRange


@pghistory.track(exclude=["published_range"])
class Evidence(models.Model):
    """A quotation of an article's revision (W3C Web Annotation, TextQuoteSelector), or an outside source."""

    assertion = models.ForeignKey(Assertion, on_delete=models.CASCADE, related_name="evidence")
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    start = models.PositiveIntegerField(null=True, blank=True, help_text=SPAN_HELP)
    end = models.PositiveIntegerField(null=True, blank=True, help_text=SPAN_HELP + ", exclusive")
    exact = models.TextField("exact words", blank=True, default="")
    prefix = models.CharField(max_length=200, blank=True, default="")
    suffix = models.CharField(max_length=200, blank=True, default="")

    publisher = models.CharField(max_length=200, blank=True, default="")
    title = models.CharField(max_length=500, blank=True, default="")
    address = models.URLField(max_length=2000, blank=True, default="")
    published = EdtfField()
    published_range = GeneratedField(
        expression=EdtfRange("published"), output_field=DateRangeField(), db_persist=True
    )
    unverified = models.CharField("what could not be verified", max_length=500, blank=True, default="")

    language = models.CharField(
        "language of the words", max_length=35, blank=True, default="", help_text="BCP 47"
    )
    translator = models.CharField(max_length=200, blank=True, default="")
    departures = ArrayField(
        models.CharField(max_length=16, choices=Departure.choices),
        default=list,
        blank=True,
        verbose_name="departs from the claim in",
    )
    departure_note = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["assertion", "id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(
                        revision__isnull=False,
                        start__isnull=False,
                        end__gt=F("start"),
                        publisher="",
                        title="",
                        address="",
                    )
                    & ~Q(exact="")
                )
                | (
                    Q(revision=None, start=None, end=None, exact="", prefix="", suffix="")
                    & ~Q(publisher="", title="", address="")
                ),
                name="evidence_passage_or_source",
                violation_error_message="Evidence is a passage of a revision, or an outside source: one of the two.",
            ),
            models.CheckConstraint(
                condition=Q(address="") | Q(address__regex=r"^https?://"),
                name="evidence_address_is_web",
                violation_error_message="Write the address with http:// or https://.",
            ),
            models.CheckConstraint(
                condition=Q(departures__contained_by=Departure.values), name="evidence_departures_known"
            ),
        ]
        indexes = [models.Index(fields=["revision", "start"])]
        triggers = [
            part_of_the_claim(),
            *holds_its_words("evidence_holds_its_words", "n.exact", when="n.revision_id IS NOT NULL"),
            pgtrigger.ReadOnly(
                name="quotation_is_immutable",
                fields=["assertion", "revision", "start", "end", "exact", "prefix", "suffix"],
            ),
            pgtrigger.Trigger(
                name="stands_in_its_revision",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="written"),
                func="""
                    INSERT INTO assertions_anchor (evidence_id, revision_id, status, start, "end")
                    SELECT id, revision_id, 'exact', start, "end" FROM written
                     WHERE revision_id IS NOT NULL ORDER BY id;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.exact}”" if self.revision_id else self.publisher or self.title or self.address


class Anchor(models.Model):
    """What became of a quotation in one revision of its article; none is ever moved to words like it."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="anchors")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="anchors")
    status = models.CharField(max_length=16, choices=AnchorStatus.choices)
    start = models.PositiveIntegerField(null=True, help_text=SPAN_HELP)
    end = models.PositiveIntegerField(null=True, help_text=SPAN_HELP + ", exclusive")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who said where an ambiguous quotation stands, or that a lost one stays lost.",
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["revision", "start"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "revision"], name="anchor_once"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[AnchorStatus.EXACT, AnchorStatus.MOVED],
                    start__isnull=False,
                    end__gt=F("start"),
                )
                | Q(status__in=[AnchorStatus.AMBIGUOUS, AnchorStatus.LOST], start=None, end=None),
                name="anchor_has_a_place_or_none",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None, settled_at=None)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="anchor_settled_by_somebody",
            ),
        ]
        triggers = holds_its_words(
            "anchor_holds_the_quotation",
            "e.exact",
            joined="LEFT JOIN assertions_evidence e ON e.id = n.evidence_id",
            when="n.start IS NOT NULL",
        )

    def __str__(self) -> str:
        return f"{self.evidence}: {self.status}"
