"""The queue of the desk: what waits for a reviewer, in which order, and who has it in hand.

Nothing here is stored: what waits follows from reviews, opinions, leases and links.
"""

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Now

from assertions.likeness.alike import open_proposals
from assertions.models import Assertion, Lease, Link, Speaker
from assertions.reviewing.double_review import asks_for_two, given_by
from assertions.reviewing.four_eyes import left_to_others
from assertions.support import open_anchors
from assertions.vocabulary import LinkType, Verdict
from cms.models import User

ORDER = ["rank", "-assurance", "created_at", "id"]
"""The order of the queue, by the annotations of ``in_order``."""


def waiting(user: User) -> QuerySet[Assertion]:
    """Return what a reviewer may be given: undecided, in nobody else's hands, and not theirs to leave to others.

    Left to others is, where four eyes are asked for, what they proposed or gave another meaning, and what they have
    given their opinion on.
    """
    return Assertion.objects.undecided().exclude(held_by_others(user)).exclude(for_others(user))


def for_others(user: User) -> Q:
    """Return the condition that somebody else than a user is to decide on an assertion."""
    return left_to_others(user) | given_by(user) & Q(asks_for_two())


def held_by_others(user: User) -> Q:
    """Return the condition that another reviewer has an assertion in hand at this moment."""
    return Q(Exists(held().exclude(reviewer=user).filter(assertion=OuterRef("pk"))))


def held(user: User | None = None) -> QuerySet[Lease]:
    """Return the leases that run, of one reviewer or of all."""
    running = Lease.objects.filter(until__gt=Now())
    return running if user is None else running.filter(reviewer=user)


def contradicting() -> Q:
    """Return the condition that an assertion contradicts or denies another, or is contradicted or denied.

    The other is one that is not rejected. Of a likeness that nobody has confirmed, ``may_contradict`` tells.
    """
    return _joined_by(Link.objects.filter(type__in=[LinkType.CONTRADICTS, LinkType.DENIES]))


def may_contradict() -> Q:
    """Return the condition that likeness proposes that an assertion contradicts another, or the other way round.

    It counts until somebody refuses it, or links the two, or rejects the other.
    """
    return _joined_by(open_proposals().filter(type=LinkType.CONTRADICTS))


def _joined_by(rows: QuerySet[Any]) -> Q:
    """Return the condition that one of some links joins an assertion with one that is not rejected."""
    rejected = Assertion.objects.decided(Verdict.REJECT).values("pk")
    return Q(pk__in=rows.exclude(target__in=rejected).values("source")) | Q(
        pk__in=rows.exclude(source__in=rejected).values("target")
    )


def with_lost_anchors() -> Q:
    """Return the condition that a quotation of an assertion is lost or ambiguous where it is or will be public."""
    return Q(pk__in=open_anchors().order_by().values("evidence__assertion"))


def without_public_evidence() -> Q:
    """Return the condition that no evidence of an assertion stands in public now."""
    return ~Q(pk__in=Assertion.objects.supported().values("pk"))


def without_known_speaker() -> Q:
    """Return the condition that a rule proposes an assertion, and none of its speakers is an actor."""
    known = Speaker.objects.filter(assertion=OuterRef("pk"), actor__isnull=False)
    return Q(confidence__isnull=False) & ~Q(Exists(known))


def in_order(assertions: QuerySet[Assertion]) -> QuerySet[Any]:
    """Sort assertions as the queue hands them out; adds ``rank`` and ``assurance``.

    First what contradicts something or may, then what lost a quotation, then the rest, and last what rules propose of
    speakers whom the table of actors does not know; within each, what the rules are surest of, before which comes what
    a person proposed; of equals the oldest.
    """
    rank = Case(
        When(contradicting() | may_contradict(), then=Value(0)),
        When(with_lost_anchors(), then=Value(1)),
        When(without_known_speaker(), then=Value(3)),
        default=Value(2),
        output_field=IntegerField(),
    )
    assurance = Coalesce(F("confidence"), Value(1.0), output_field=FloatField())
    return assertions.annotate(rank=rank, assurance=assurance).order_by(
        *(F(name[1:]).desc() if name.startswith("-") else F(name) for name in ORDER)
    )


def with_marks(assertions: QuerySet[Assertion]) -> QuerySet[Any]:
    """Add what a row of the queue tells: ``contradicts``, ``may_contradict``, ``anchors_lost``, ``is_double``,
    ``held_by``.

    ``held_by`` is the name of the reviewer who has it in hand, or None.
    """
    holder = held().filter(assertion=OuterRef("pk")).values("reviewer__username")
    return assertions.annotate(
        contradicts=ExpressionWrapper(contradicting(), output_field=BooleanField()),
        may_contradict=ExpressionWrapper(may_contradict(), output_field=BooleanField()),
        anchors_lost=ExpressionWrapper(with_lost_anchors(), output_field=BooleanField()),
        is_double=asks_for_two(),
        held_by=Subquery(holder[:1]),
    )
