"""Being public as a period of time: ``live`` is a tstzrange, and "public" means that it holds the instant."""

from datetime import datetime
from typing import Self, TypeVar

import pgtrigger
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils import timezone

M = TypeVar("M", bound=models.Model, covariant=True)


class LiveQuerySet(models.QuerySet[M]):
    """Rows with a ``live`` period."""

    def public(self, at: datetime | None = None) -> Self:
        """Keep what is public at an instant, now by default."""
        return self.filter(live__contains=at or timezone.now())


class LivePeriod(models.Model):
    """A row that readers see during one period; no period means a draft."""

    live = DateTimeRangeField("public", null=True, blank=True, default=None)

    class Meta:
        abstract = True

    def is_public(self, at: datetime | None = None) -> bool:
        """Tell whether the row is public at an instant, now by default."""
        return self.live is not None and (at or timezone.now()) in self.live


def whole_period() -> models.CheckConstraint:
    """Return the constraint that a period begins, includes its beginning, excludes its end and is not empty."""
    whole = Q(live__isempty=False, live__lower_inf=False, live__lower_inc=True, live__upper_inc=False)
    return models.CheckConstraint(
        condition=Q(live__isnull=True) | whole, name="%(app_label)s_%(class)s_whole_period"
    )


def past_is_past() -> pgtrigger.Trigger:
    """Return a trigger that keeps the past part of a period; one that has ended may be followed by a new one.

    The ended period then stands in the row's history only, since a row has room for one. A draft may begin in the
    past, as an import does.
    """
    return pgtrigger.Trigger(
        name="past_is_past",
        operation=pgtrigger.UpdateOf("live"),
        when=pgtrigger.Before,
        declare=[("past", "tstzrange = tstzrange(NULL, now())")],
        func="""
            IF COALESCE(NEW.live, 'empty') * past <> OLD.live * past
               AND NOT COALESCE(upper(OLD.live) <= clock_timestamp() AND lower(NEW.live) >= upper(OLD.live), FALSE) THEN
                RAISE check_violation USING MESSAGE = format(
                    'it was public in %s: what is past cannot change', OLD.live * past);
            END IF;
            RETURN NEW;
        """,
    )


def clock() -> datetime:
    """Return the database's time of day, not the transaction's start: a lock may have been waited for in between."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        instant: datetime = cursor.fetchone()[0]
    return instant


def open_period(row: LivePeriod, at: datetime | None = None) -> None:
    """Make a row public from an instant on, now by default. A period that is open already stays as it is."""
    at = at or clock()
    if row.live is not None and (row.live.upper is None or row.live.upper > at) and row.live.lower <= at:
        return
    row.live = DateTimeTZRange(at, None)
    row.save(update_fields=["live"])


def close_period(row: LivePeriod, at: datetime | None = None) -> None:
    """End the period of a row at an instant, now by default; a period that has not begun by then is removed."""
    at = at or clock()
    if row.live is None or (row.live.upper is not None and row.live.upper <= at):
        return
    row.live = DateTimeTZRange(row.live.lower, at) if row.live.lower < at else None
    row.save(update_fields=["live"])
