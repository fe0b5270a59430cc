"""Time-based access to earlier states of a page: Memento, RFC 7089. Pure.

The original resource is its own TimeGate (pattern 1.1 of section 4.1): asked with ``Accept-Datetime`` it redirects to
the memento of then. A memento is dated by the second in which its period began, since an HTTP date knows no finer one.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

LINK_FORMAT = "application/link-format"
_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DATE = re.compile(
    rf"(?:{'|'.join(_DAYS)}), ([0-9]{{2}}) ({'|'.join(_MONTHS)}) ([0-9]{{4}}) "
    r"([0-9]{2}):([0-9]{2}):([0-5][0-9]|60) GMT"
)
_EXAMPLE = datetime(2024, 6, 19, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Memento:
    """The address of an earlier state, and the instant from which it was the resource."""

    address: str
    begins: datetime

    @property
    def date(self) -> str:
        """The instant as an HTTP date."""
        return http_date(self.begins)


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource with its mementos, the earliest first, and the addresses of it and of its TimeMap."""

    original: str
    timemap: str
    mementos: Sequence[Memento]


def http_date(instant: datetime) -> str:
    """Return an instant as an HTTP date, to the second: "Wed, 19 Jun 2024 12:00:00 GMT"."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)


def accepted(text: str) -> datetime:
    """Return the instant of an ``Accept-Datetime`` (section 2.1.1). Raises ValueError for any other form."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"Accept-Datetime has to be an HTTP date, such as {http_date(_EXAMPLE)}.")
    day, month, year, hour, minute, second = found.groups()
    try:
        # A leap second is the last one of its minute.
        return datetime(
            int(year),
            _MONTHS.index(month) + 1,
            int(day),
            int(hour),
            int(minute),
            min(int(second), 59),
            tzinfo=UTC,
        )
    except ValueError as error:
        raise ValueError(
            f"Accept-Datetime names no day or time that there is: {text.strip()[:40]}."
        ) from error


def negotiated(mementos: Sequence[Memento], at: datetime) -> Memento:
    """Return the memento that was the resource at an instant: the last that had begun, or else the first of all.

    In a gap, as while an article was withdrawn, that is the one before the gap. ``mementos`` is not empty.
    """
    begun = [memento for memento in mementos if memento.begins.replace(microsecond=0) <= at]
    return begun[-1] if begun else mementos[0]


def links(resource: Resource, shown: Memento | None = None) -> str:
    """Return the ``Link`` header of an original resource, of its TimeGate, or of the memento that is shown."""
    relations: defaultdict[Memento, list[str]] = defaultdict(list)
    mementos = resource.mementos
    if mementos:
        relations[mementos[0]].append("first")
        if shown is not None and shown in mementos:
            place = mementos.index(shown)
            if place:
                relations[mementos[place - 1]].append("prev")
            relations[shown] += []
            if place + 1 < len(mementos):
                relations[mementos[place + 1]].append("next")
        relations[mementos[-1]].append("last")
    return ", ".join(
        [f'<{resource.original}>; rel="original timegate"', _timemap(resource, "timemap")]
        + [
            _link(memento, names)
            for memento, names in sorted(relations.items(), key=lambda item: item[0].begins)
        ]
    )


def timemap(resource: Resource) -> str:
    """Return the TimeMap of a resource: all its mementos, in the link format (section 5)."""
    last = len(resource.mementos) - 1
    lines = [f'<{resource.original}>; rel="original timegate"', _timemap(resource, "self")]
    for place, memento in enumerate(resource.mementos):
        lines.append(_link(memento, [*["first"] * (place == 0), *["last"] * (place == last)]))
    return ",\n".join(lines) + "\n"


def _timemap(resource: Resource, relation: str) -> str:
    interval = ""
    if resource.mementos:
        interval = f'; from="{resource.mementos[0].date}"; until="{resource.mementos[-1].date}"'
    return f'<{resource.timemap}>; rel="{relation}"; type="{LINK_FORMAT}"{interval}'


def _link(memento: Memento, names: list[str]) -> str:
    return f'<{memento.address}>; rel="{" ".join([*names, "memento"])}"; datetime="{memento.date}"'
