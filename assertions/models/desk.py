"""What reviewers have at the desk: the item in hand, their saved filters, and decisions that nobody sees yet."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from assertions.models.assertion import Assertion
from assertions.models.review import Decision, Review, of_the_claim_as_it_is
from assertions.vocabulary import Verdict


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


class Opinion(Decision):
    """One of two decisions made without sight of the other, where a topic asks for it; append-only.

    It changes nothing by itself: two that agree, or a third reviewer, write the Review that does.
    """

    assertion = models.ForeignKey(Assertion, on_delete=models.PROTECT, related_name="opinions")
    verdict = models.CharField(
        max_length=16,
        choices=[(v, v.label) for v in (Verdict.ACCEPT, Verdict.DISPUTE, Verdict.REJECT)],
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="opinions"
    )
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
            *Decision.Meta.constraints,
            models.CheckConstraint(
                condition=Q(verdict__in=[Verdict.ACCEPT, Verdict.DISPUTE, Verdict.REJECT]),
                name="opinion_verdict_known",
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
            pgtrigger.Trigger(
                # It runs after the trigger above, by its name, and so with the assertion locked.
                name="opinion_one_of_two",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF (SELECT count(*) FROM assertions_opinion
                         WHERE assertion_id = NEW.assertion_id AND claim_version = NEW.claim_version
                           AND review_id IS NULL) >= 2 THEN
                        RAISE check_violation USING MESSAGE =
                            'two opinions on this claim are open: a third reviewer settles it';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="opinion_came_to_a_review_of_its_claim",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("review_id"),
                when=pgtrigger.Before,
                func="""
                    IF TG_OP = 'UPDATE' AND NEW.review_id IS DISTINCT FROM OLD.review_id
                       AND OLD.review_id IS NOT NULL THEN
                        RAISE check_violation USING MESSAGE = format(
                            'opinion %s came to review %s: that stays', OLD.id, OLD.review_id);
                    END IF;
                    IF NEW.review_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM assertions_review WHERE id = NEW.review_id
                           AND assertion_id = NEW.assertion_id AND claim_version = NEW.claim_version) THEN
                        RAISE check_violation USING MESSAGE = format(
                            'review %s is of another claim, or of another version of it', NEW.review_id);
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="opinion_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="opinion_is_immutable", exclude=["review"]),
        ]

    def __str__(self) -> str:
        # Without its verdict: whatever lists what rests on an assertion shows this to everybody.
        return f"an opinion on: {self.assertion}"


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
