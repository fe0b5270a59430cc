"""Deciding on claims."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from assertions import permissions
from assertions.actions.saving import save_checked
from assertions.models import Assertion, Review
from cms.models import User
from cms.permissions import require


@transaction.atomic
def review(
    assertion: Assertion,
    by: User | None,
    *,
    verdict: str,
    attribution: str = "",
    source_reliability: str = "",
    information_credibility: str = "",
    reason: str = "",
    claim_version: int | None = None,
    decided_at: datetime | None = None,
) -> Review:
    """Decide on an assertion as it stands and return the review.

    ``claim_version`` is the version that the reviewer saw. Raises PermissionDenied, and ValidationError if the claim
    changed since or the decision is incomplete.
    """
    require(by, permissions.DECIDE)
    # The assertion is locked so that the claim does not change between the look and the decision.
    current = Assertion.objects.select_for_update().get(pk=assertion.pk)
    if claim_version is not None and claim_version != current.claim_version:
        raise ValidationError("The claim was changed while you looked at it. Read it again, then decide.")
    decision = Review(
        assertion=assertion,
        verdict=verdict,
        attribution=attribution,
        source_reliability=source_reliability,
        information_credibility=information_credibility,
        reason=reason,
        decided_by=by,
    )
    if decided_at is not None:
        decision.decided_at = decided_at
    save_checked(decision)
    return decision
