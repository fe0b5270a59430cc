"""Writing a claim: its words, its parties, its counts."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from articles.models import Topic
from assertions import permissions
from assertions.actions.amending import amended_by
from assertions.actions.leasing import locked
from assertions.actions.proposing_links import queue_proposing
from assertions.actions.saving import save_checked
from assertions.models import (
    Assertion,
    Participant,
    Quantity,
    Relay,
    RivalDate,
    Speaker,
    TaggedAssertion,
)
from cms.models import User
from cms.permissions import require

Rows = Iterable[Mapping[str, Any]]


@transaction.atomic
def create_assertion(
    by: User | None,
    *,
    speakers: Rows = (),
    participants: Rows = (),
    relays: Rows = (),
    rival_dates: Rows = (),
    quantities: Rows = (),
    topics: Iterable[Topic] = (),
    **fields: Any,
) -> Assertion:
    """Write a suggestion, an assertion without a review, and return it; evidence is added by ``quote`` or ``cite``.

    ``fields`` are those of Assertion; the rows are fields of Speaker, Participant, Relay, RivalDate and Quantity, in
    their order. Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.ADD)
    assertion = Assertion(proposed_by=by, **fields)
    save_checked(assertion)
    for model, rows in ((Speaker, speakers), (Participant, participants), (Relay, relays)):
        for position, row in enumerate(rows, 1):
            save_checked(model(assertion=assertion, **({"position": position} | dict(row))))
    for row in rival_dates:
        save_checked(RivalDate(assertion=assertion, **row))
    for row in quantities:
        save_checked(Quantity(assertion=assertion, **row))
    TaggedAssertion.objects.bulk_create(
        TaggedAssertion(content_object=assertion, tag=topic) for topic in topics
    )
    assertion.refresh_from_db()
    queue_proposing([assertion.pk], soon=by is not None)
    return assertion


@transaction.atomic
def save_assertion(assertion: Assertion, by: User | None) -> None:
    """Save an assertion as it was filled in; a changed claim returns to review.

    Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.CHANGE if assertion.pk else permissions.ADD)
    if assertion.pk:
        # Locked so that nobody else changes what it says between the look at it before and the one after.
        with amended_by(locked(assertion), by):
            save_checked(assertion)
    else:
        assertion.proposed_by = by
        save_checked(assertion)
    queue_proposing([assertion.pk])


@transaction.atomic
def add_quantity(assertion: Assertion, by: User | None, **fields: Any) -> Quantity:
    """Add a count to an assertion and return it; it may refer to other counts.

    Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.CHANGE)
    quantity = Quantity(assertion=assertion, **fields)
    save_checked(quantity)
    return quantity
