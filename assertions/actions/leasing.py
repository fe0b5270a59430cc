"""Who has which assertion in hand: taking the next one, taking a certain one, giving it back."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet

from assertions import permissions
from assertions.models import Assertion, Lease
from assertions.reviewing.queue import for_others, held, in_order
from cms.models import User
from cms.permissions import require
from cms.timezones import told

IN_HAND = "in hand"
"""The code of the ValidationError that says that another reviewer has the assertion in hand."""
NOT_THEIRS = "not theirs"
"""The code of the ValidationError that says that somebody else is to decide on the assertion."""
GONE = "gone"
"""The code of the ValidationError that says that the assertion was deleted."""


@transaction.atomic
def take_next(by: User, queue: QuerySet[Assertion], exclude: Iterable[str] = ()) -> Assertion | None:
    """Give a reviewer the first assertion of a queue that nobody else is given, and return it; None if there is none.

    ``queue`` narrows ``assertions.reviewing.queue.waiting(by)`` by conditions that keep one row an assertion;
    ``exclude`` are identifiers to pass over. What the reviewer has in hand comes first. Raises PermissionDenied.
    """
    require(by, permissions.DECIDE)
    queue = in_order(queue.exclude(identifier__in=list(exclude)))
    passed: list[int] = []
    for source in (queue.filter(pk__in=held(by).values("assertion")), queue):
        while found := _first_unlocked(source.exclude(pk__in=passed)):
            passed.append(found.pk)
            # Asked again, now that it is locked: the look that found it may be older than a decision, or a lease,
            # that was committed just before the lock was had.
            if queue.filter(pk=found.pk).exists() and _lease(found, by):
                return found
    return None


def _first_unlocked(queue: QuerySet[Assertion]) -> Assertion | None:
    # The row is locked so that of reviewers who ask at the same instant, and so see the same first row, one gets it;
    # the others skip it, as waiting for it would give them a row that is taken. Until the commit nobody decides on
    # it either. Rows that refer to it need not wait.
    return queue.select_for_update(skip_locked=True, of=("self",), no_key=True).first()


@transaction.atomic
def take(assertion: Assertion, by: User) -> Lease:
    """Give a reviewer a certain assertion, or more time for the one in hand, and return the lease.

    Raises PermissionDenied, and ValidationError while another reviewer has it in hand (code ``IN_HAND``), or if it is
    for others to decide on (code ``NOT_THEIRS``): in the hands of who may not accept it, nobody else would be given it.
    """
    require(by, permissions.DECIDE)
    # Locked, as ``take_next`` does, so that it is not handed out in between.
    locked(assertion)
    require_free(assertion, by)
    if Assertion.objects.filter(for_others(by), pk=assertion.pk).exists():
        raise ValidationError("Somebody else is to decide on it.", code=NOT_THEIRS)
    if not _lease(assertion, by):
        raise ValidationError("Another reviewer has just taken it in hand.", code=IN_HAND)
    return Lease.objects.get(assertion=assertion)


@transaction.atomic
def release(assertion: Assertion, by: User) -> None:
    """Give an assertion back to the queue, if the reviewer has it in hand. Raises PermissionDenied."""
    require(by, permissions.DECIDE)
    Lease.objects.filter(assertion=assertion, reviewer=by).delete()


def locked(assertion: Assertion) -> Assertion:
    """Return an assertion as it stands, locked until the commit.

    Raises ValidationError if it was deleted (code ``GONE``).
    """
    # As hard as the trigger of reviews locks it: a weaker lock that is raised later would wait for those who refer to
    # the row, while they wait for this one.
    try:
        return Assertion.objects.select_for_update().get(pk=assertion.pk)
    except Assertion.DoesNotExist as error:
        raise ValidationError("This assertion was deleted meanwhile.", code=GONE) from error


def require_free(assertion: Assertion, by: User | None) -> None:
    """Raise ValidationError while another reviewer has the assertion in hand; no user is the operator, who may."""
    if by is None:
        return
    lease = held().exclude(reviewer=by).filter(assertion=assertion).select_related("reviewer").first()
    if lease is not None:
        raise in_other_hands(lease)


def in_other_hands(lease: Lease) -> ValidationError:
    """Return the error that says who has an assertion in hand, and until when."""
    return ValidationError(
        f"{lease.reviewer} has it in hand until {told(lease.until)}. Nothing was decided.", code=IN_HAND
    )


def _lease(assertion: Assertion, by: User) -> bool:
    """Write the lease of a reviewer, or renew it; tell whether it is theirs now.

    Another's lease is replaced only once it has run out: the database itself keeps to that, whoever asks and however
    old their look at it is.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO assertions_lease AS lease (assertion_id, reviewer_id, taken_at, until)
            VALUES (%s, %s, statement_timestamp(), statement_timestamp() + make_interval(mins => %s))
            ON CONFLICT (assertion_id) DO UPDATE
               SET reviewer_id = EXCLUDED.reviewer_id,
                   until = EXCLUDED.until,
                   taken_at = CASE WHEN lease.reviewer_id = EXCLUDED.reviewer_id
                                    AND lease.until > EXCLUDED.taken_at
                                   THEN lease.taken_at ELSE EXCLUDED.taken_at END
             WHERE lease.reviewer_id = EXCLUDED.reviewer_id OR lease.until <= EXCLUDED.taken_at
            RETURNING id
            """,
            [assertion.pk, by.pk, settings.LEASE_MINUTES],
        )
        return cursor.fetchone() is not None
