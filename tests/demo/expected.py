"""What an expectation of one record says, and how the loaded coverage is read to be compared with it."""

from dataclasses import dataclass
from decimal import Decimal

from assertions.models import Assertion, Participant, Relay, Speaker

Party = tuple[str, str]
"""An actor's slug or a description; then, for a speaker, whom it speaks for."""

Link = tuple[str, str, str]
"""Type, aspect, record linked to."""


@dataclass(frozen=True)
class Count:
    """A quantity as it should be; "more than 20,000" has an open low bound and no high one."""

    measure: str
    low: str | None = None
    high: str | None = None
    low_open: bool = False
    high_open: bool = False
    approximate: bool = False
    kind: str = "total"
    unit: str = ""
    alternatives: int = 0
    supersedes: str | None = None


@dataclass(frozen=True)
class Expected:
    about: str
    act: str
    polarity: str
    speakers: tuple[Party, ...]
    subjects: tuple[str, ...]
    objects: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()
    certainty: str = "certain"
    hedge: str = ""
    condition: str = ""
    said: str = ""
    happened: str = ""
    published: str = ""
    rivals: tuple[tuple[str, str], ...] = ()
    counts: tuple[Count, ...] = ()
    links: tuple[Link, ...] = ()


def name_of(party: Speaker | Participant | Relay) -> str:
    return party.actor.slug if party.actor else party.description


def parties(assertion: Assertion, role: str) -> tuple[str, ...]:
    return tuple(name_of(row) for row in assertion.participants.filter(role=role).order_by("position"))


def counts(assertion: Assertion) -> set[Count]:
    return {
        Count(
            measure=row.measure.slug,
            low=None if row.low is None else plain_number(row.low),
            high=None if row.high is None else plain_number(row.high),
            low_open=row.low_open,
            high_open=row.high_open,
            approximate=row.is_approximate,
            kind=row.kind,
            unit=row.unit,
            alternatives=row.alternatives.count() + (row.alternative_to is not None),
            supersedes=row.supersedes.assertion.record_id if row.supersedes else None,
        )
        for row in assertion.quantities.all()
    }


def plain_number(number: Decimal) -> str:
    return format(number.normalize(), "f")


def matching(record: str, expected: Expected) -> Assertion:
    return Assertion.objects.get(record_id=record, act=expected.act, claim__contains=expected.about)
