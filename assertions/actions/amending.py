"""Noting who gave a suggestion another meaning."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.functions import Now

from assertions.models import Amendment, Assertion, Lease
from assertions.reviewing.four_eyes import amendments, meaning
from cms.models import User


@contextmanager
def amended_by(assertion: Assertion, by: User | None) -> Iterator[None]:
    """Note what becomes of a suggestion's meaning within the block as that of ``by``; part of a transaction that runs.

    The caller has locked the assertion, so that nobody else changes it in between. Whoever is to leave the acceptance
    to others now has it in hand no longer.
    """
    before = meaning(assertion)
    yield
    made, ended = amendments(assertion, before, meaning(assertion), by)
    Amendment.objects.filter(assertion=assertion, part__in=ended).delete()
    for row in made:
        Amendment.objects.update_or_create(
            assertion=assertion,
            part=row.part,
            defaults={"value": row.value, "amended_by": by, "amended_at": Now()},
        )
    if made:
        Lease.objects.filter(assertion=assertion, reviewer=by).delete()
