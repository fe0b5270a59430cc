"""What reviewers have at the desk: the item in hand, their saved filters, and decisions that nobody sees yet."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from assertions.models.assertion import Assertion
from assertions.models.review import Review, of_the_claim_as_it_is
from assertions.vocabulary import Attribution, InformationCredibility, SourceReliability, Verdict


class Lease(models.Model):
    """An assertion that a reviewer has in hand; after ``until`` it is anybody's again."""

    assertion = models.OneToOneField(Assertion, on_delete=models.CASCADE, related_name="lease")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leases")
    taken_at = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["reviewer", "until"])]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.assertion}"


class Opinion(models.Model):
    """One of two decisions made without sight of the other, where a topic asks for it; append-only.

    It changes nothing by itself: two that agree, or a third reviewer, write the Review that does.
    """

    assertion = models.ForeignKey(Assertion, on_delete=models.PROTECT, related_name="opinions")
    claim_version = models.PositiveIntegerField(default=0, editable=False)
    verdict = models.CharField(
        max_length=16,
        choices=[(v, v.label) for v in (Verdict.ACCEPT, Verdict.DISPUTE, Verdict.REJECT)],
    )
    attribution = models.CharField(max_length=16, choices=Attribution.choices, blank=True, default="")
    source_reliability = models.CharField(
        "source (Admiralty)", max_length=1, choices=SourceReliability.choices, blank=True, default=""
    )
    information_credibility = models.CharField(
        "information (Admiralty)",
        max_length=1,
        choices=InformationCredibility.choices,
        blank=True,
        default="",
    )
    reason = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="opinions"
    )
    decided_at = models.DateTimeField(db_default=Now())
    review = models.ForeignKey(
        Review,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions",
        help_text="The decision that came of it.",
    )

    class Meta:
        ordering = ["assertion", "decided_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=[Verdict.ACCEPT, Verdict.DISPUTE, Verdict.REJECT]),
                name="opinion_verdict_known",
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.ACCEPT)
                | Q(attribution__in=[Attribution.CARRIED, Attribution.PARTLY])
                & Q(source_reliability__in=SourceReliability.values)
                & Q(information_credibility__in=InformationCredibility.values),
                name="opinion_acceptance_is_graded",
                violation_error_message="To accept, say that the evidence carries it and grade source and information.",
            ),
            models.UniqueConstraint(
                fields=["assertion", "claim_version", "decided_by"],
                condition=Q(review=None),
                name="opinion_once",
                violation_error_message="You have given your opinion on this claim.",
            ),
        ]
        triggers = [
            of_the_claim_as_it_is("opinion_of_the_claim_as_it_is"),
            pgtrigger.Protect(name="opinion_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="opinion_is_immutable", exclude=["review"]),
        ]

    def __str__(self) -> str:
        # Without its verdict: whatever lists what rests on an assertion shows this to everybody.
        return f"an opinion on: {self.assertion}"

    @property
    def grade(self) -> str:
        """The Admiralty code, such as "B2"; "" if none was given."""
        return self.source_reliability + self.information_credibility


class SavedFilter(models.Model):
    """A view of the queue that a reviewer comes back to."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters"
    )
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, help_text="The parameters of the queue: tag=…&act=…")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(name__regex=r"^\S(.*\S)?$"), name="saved_filter_name_not_blank"
            ),
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_filter_once",
                violation_error_message="You have a filter of this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
