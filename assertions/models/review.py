"""Reviews: each decision on an assertion, kept for ever."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from assertions.models.assertion import Assertion
from assertions.vocabulary import Attribution, InformationCredibility, SourceReliability, Verdict


def of_the_claim_as_it_is(name: str) -> pgtrigger.Trigger:
    """Return a trigger that gives a decision the version of the claim that stands now, and refuses the future."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func="""
            IF NEW.decided_at > clock_timestamp() THEN
                RAISE check_violation USING MESSAGE = 'a review cannot be decided in the future';
            END IF;
            SELECT claim_version INTO NEW.claim_version FROM assertions_assertion
             WHERE id = NEW.assertion_id FOR UPDATE;
            RETURN NEW;
        """,
    )


class Decision(models.Model):
    """What a reviewer decided on one version of a claim, and why; a subclass says what follows from it."""

    claim_version = models.PositiveIntegerField(default=0, editable=False)
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
    taken_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When the reviewer took the claim in hand; none for who did not.",
    )
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.ACCEPT)
                | Q(attribution__in=[Attribution.CARRIED, Attribution.PARTLY])
                & Q(source_reliability__in=SourceReliability.values)
                & Q(information_credibility__in=InformationCredibility.values),
                name="%(class)s_acceptance_is_graded",
                violation_error_message="To accept, say that the evidence carries it and grade source and information.",
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None) | Q(taken_at__lte=F("decided_at")), name="%(class)s_taken_first"
            ),
        ]

    @property
    def grade(self) -> str:
        """The Admiralty code, such as "B2"; "" if none was given."""
        return self.source_reliability + self.information_credibility


class Review(Decision):
    """A decision on one version of a claim; append-only. The latest one holds, while the claim is what it saw."""

    assertion = models.ForeignKey(Assertion, on_delete=models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    undoes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        help_text="The decision that this one takes back.",
    )

    class Meta:
        ordering = ["assertion", "-decided_at", "-id"]
        constraints = [
            *Decision.Meta.constraints,
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="review_verdict_known"),
            models.CheckConstraint(condition=~Q(undoes=F("id")), name="review_not_undoing_itself"),
        ]
        indexes = [models.Index(fields=["assertion", "-decided_at", "-id"], name="review_latest")]
        triggers = [
            pgtrigger.Protect(name="review_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            of_the_claim_as_it_is("review_of_the_claim_as_it_is"),
            pgtrigger.Trigger(
                name="review_undoes_one_of_its_claim",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__undoes__isnull=False),
                func="""
                    IF NOT EXISTS (SELECT FROM assertions_review
                                    WHERE id = NEW.undoes_id AND assertion_id = NEW.assertion_id) THEN
                        RAISE check_violation USING MESSAGE = format(
                            'review %s is of another assertion: it cannot be undone here', NEW.undoes_id);
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.assertion}"
