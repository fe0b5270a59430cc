"""The newsroom's time zone (settings.TIME_ZONE): how an instant is told in it, and what a time on its clocks means."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

YEARS = range(1900, 9001)
"""The years in which something can be appointed: far enough from the edges of the calendar for every zone."""


def require_year(moment: datetime) -> None:
    """Raise ValueError, with a sentence, for a moment outside ``YEARS``."""
    if moment.year not in YEARS:
        raise ValueError(f"Choose a year from {YEARS[0]} to {YEARS[-1]}.")


def here(moment: datetime) -> datetime:
    """Return an instant on the newsroom's clocks; as it is at the edge of the calendar, where they have no day."""
    try:
        return moment.astimezone(timezone.get_default_timezone())
    except (OverflowError, ValueError):
        return moment


def zone_name() -> str:
    """Return the IANA name of the newsroom's zone."""
    return timezone.get_default_timezone_name()


def told(moment: datetime) -> str:
    """Return an instant as the newsroom says it, with UTC beside: "3 May 2024, 10:00 (08:00 UTC)".

    The day of UTC is given where it is another one. A newsroom in UTC reads "3 May 2024, 10:00 UTC".
    """
    local = here(moment)
    words = f"{local.day} {local:%B} {local.year}, {local:%H:%M}"
    return f"{words} UTC" if zone_name() == "UTC" else f"{words} ({in_utc(moment)})"


def on_the_clock(moment: datetime, timespec: str = "minutes") -> str:
    """Return the newsroom's time of an instant: "10:00"; ``timespec`` as of `datetime.time.isoformat`."""
    return here(moment).time().isoformat(timespec)


def in_short(moment: datetime) -> str:
    """Return the newsroom's day of an instant: "3 May 2024", with the month in three letters."""
    local = here(moment)
    return f"{local.day} {local:%b %Y}"


def in_utc(moment: datetime) -> str:
    """Return an instant in UTC, to stand beside the newsroom's time: "08:00 UTC", with the day where it is another."""
    local, there = here(moment), moment.astimezone(UTC)
    day = "" if local.date() == there.date() else f"{there.day} {there:%B}, "
    return f"{day}{there:%H:%M} UTC"


def readings(local: datetime) -> list[datetime]:
    """Return the instants, in their order, at which the newsroom's clocks show a naive local time.

    There is one; none where the clocks are put forward over it, two where they are put back (PEP 495). Raises
    OverflowError for a time at the very edge of the calendar.
    """
    zone = timezone.get_default_timezone()
    found = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    there = {moment.astimezone(UTC) for moment in found}
    return sorted(moment for moment in there if moment.astimezone(zone).replace(tzinfo=None, fold=0) == local)


def skipped(local: datetime) -> tuple[datetime, datetime]:
    """Return the naive local times between which the clocks jump over a time that they never show.

    The first is when they are put forward, the second what they show then. Raises OverflowError as ``readings``.
    """
    zone = timezone.get_default_timezone()
    before, after = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    assert before is not None and after is not None
    # The offset before the jump holds up to one instant, which lies within a day: it is searched to the second.
    low = (local - after - timedelta(days=1)).replace(tzinfo=UTC)
    high = low + timedelta(days=2)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    jump = high.replace(microsecond=0)
    return (jump + before).replace(tzinfo=None), (jump + after).replace(tzinfo=None)
