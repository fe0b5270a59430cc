"""Whether one of two assertions in like words seems to repeat, update or contradict the other.

Trigrams do not tell "is" from "is not", nor who does what to whom: so the derived polarity, the parties, the dates, the
numbers and the stances decide what is proposed, and mostly that nothing is.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from assertions.vocabulary import LinkType, Polarity, SpeechAct, Stance

ENOUGH = {LinkType.CONTRADICTS: 0.6, LinkType.UPDATES: 0.65, LinkType.REPEATS: 0.75}
"""Trigram similarity of the claims, raised by what the two have in common besides, from which on a link is proposed.

In the demonstration coverage the claims that editors linked as repeating have 0.86 and more; those that update or
contradict one another in like words 0.5 to 0.85, though most do so in other words, and are not found. Of what has a
speaker in common and is less alike, next to nothing repeats.
"""
SAME_SPEAKER = 0.1
"""What a common speaker adds; not to a repetition, which has one anyway."""
SAME_QUESTION = 0.1
SAME_TOPIC = 0.05

_FACT = frozenset({SpeechAct.STATES, SpeechAct.ALLEGES, SpeechAct.DENIES, SpeechAct.CONFIRMS})
_OPEN = frozenset({SpeechAct.DECLINES, SpeechAct.EVADES, SpeechAct.DOES_NOT_KNOW})
_YES = frozenset({Stance.AFFIRMS, Stance.CONFIRMS})

Days = tuple[date, date]
"""A first day, and the one after the last."""


class Count(NamedTuple):
    """A quantity: what is counted, its bounds, and the days it holds for, None where that is not known."""

    measure: int
    kind: str
    low: Decimal | None
    high: Decimal | None
    days: Days | None


@dataclass(frozen=True, slots=True)
class Saying:
    """What of an assertion tells how it bears on one like it. Who is somebody is told by keys, whatever they are."""

    key: int
    act: str
    polarity: str
    certainty: str = ""
    said: Days | None = None
    happened: Days | None = None
    speakers: frozenset[str] = frozenset()
    """Who says it; where nobody is named, the first through whom it came, or the texts it stands in."""
    relays: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    """The speakers and whom they speak for."""
    subjects: frozenset[int] = frozenset()
    topics: frozenset[int] = frozenset()
    stances: tuple[tuple[int, str], ...] = ()
    """Questions that it answers, and how."""
    numbers: frozenset[str] = frozenset()
    counts: tuple[Count, ...] = ()


class Proposal(NamedTuple):
    """A link to be proposed, by the keys of its assertions, and how alike they are."""

    source: int
    target: int
    type: LinkType
    similarity: float


def proposal(one: Saying, other: Saying, similarity: float) -> Proposal | None:
    """Return what may be between two assertions whose claims are so similar (0 to 1), or None.

    The one said later is the source; of two of which nobody knows, the one written later. A denial is the source
    against what it denies.
    """
    if _apart(one, other):
        return None
    later, earlier = (one, other) if _comes_after(one, other) else (other, one)
    found = _bearing(later, earlier, in_order=_is_after(later.said, earlier.said))
    if found is None or similarity + _in_common(one, other, found) < ENOUGH[found]:
        return None
    if found == LinkType.CONTRADICTS and earlier.act == SpeechAct.DENIES != later.act:
        later, earlier = earlier, later
    return Proposal(later.key, earlier.key, found, similarity)


def _in_common(one: Saying, other: Saying, kind: LinkType) -> float:
    """Return what is added to the similarity of two claims for what they have in common besides their words."""
    common = SAME_SPEAKER if kind != LinkType.REPEATS and one.parties & other.parties else 0.0
    if {question for question, _ in one.stances} & {question for question, _ in other.stances}:
        return common + SAME_QUESTION
    return common + (SAME_TOPIC if one.topics & other.topics else 0.0)


def _apart(one: Saying, other: Saying) -> bool:
    """Tell whether the two surely are about different things: other days, other doers, or counts of something else."""
    on_other_days = _is_after(one.happened, other.happened) or _is_after(other.happened, one.happened)
    of_others = one.subjects and other.subjects and not one.subjects & other.subjects
    other_counts = one.counts and other.counts and not _same_measure(one, other)
    return bool(on_other_days or of_others or other_counts)


def _bearing(later: Saying, earlier: Saying, *, in_order: bool) -> LinkType | None:
    """Return how a saying bears on an earlier one; ``in_order``: it surely was said later."""
    is_same_voice = bool(later.speakers & earlier.speakers)
    if _stances_oppose(later, earlier):
        return LinkType.CONTRADICTS
    if later.act != earlier.act and not {later.act, earlier.act} <= _FACT:
        # Who first declined to say, and then says it, or the other way round.
        answered = {later.act in _OPEN, earlier.act in _OPEN} == {True, False} and {
            later.act,
            earlier.act,
        } & _FACT
        return LinkType.UPDATES if answered and is_same_voice and in_order else None
    if {later.polarity, earlier.polarity} == {Polarity.AFFIRMATIVE, Polarity.NEGATIVE}:
        return LinkType.CONTRADICTS if not _counts_differ(later, earlier) else None
    if later.polarity != earlier.polarity:
        return None
    if _counts_differ(later, earlier):
        if is_same_voice and in_order:
            return LinkType.UPDATES
        return LinkType.CONTRADICTS if not is_same_voice and _cannot_both_hold(later, earlier) else None
    if is_same_voice and in_order and later.certainty != earlier.certainty:
        return LinkType.UPDATES
    return LinkType.REPEATS if is_same_voice or _is_relayed(later, earlier) else None


def _stances_oppose(one: Saying, other: Saying) -> bool:
    taken = dict(other.stances)
    return any(
        (stance in _YES and taken.get(question) == Stance.DENIES)
        or (stance == Stance.DENIES and taken.get(question) in _YES)
        for question, stance in one.stances
    )


def _is_relayed(one: Saying, other: Saying) -> bool:
    return bool(one.relays & other.speakers or other.relays & one.speakers)


def _counts_differ(one: Saying, other: Saying) -> bool:
    """Tell whether the two give different numbers: of what both count, or where neither says what, in their words."""
    if one.counts and other.counts:
        return any(_is_disjoint(mine, theirs) for mine, theirs in _same_measure(one, other))
    return one.numbers != other.numbers


def _cannot_both_hold(one: Saying, other: Saying) -> bool:
    """Tell whether both count the same for the same days, and their bounds have nothing in common."""
    return any(
        _is_disjoint(mine, theirs)
        and mine.days is not None
        and theirs.days is not None
        and not _is_after(mine.days, theirs.days)
        and not _is_after(theirs.days, mine.days)
        for mine, theirs in _same_measure(one, other)
    )


def _same_measure(one: Saying, other: Saying) -> list[tuple[Count, Count]]:
    return [
        (mine, theirs)
        for mine in one.counts
        for theirs in other.counts
        if (mine.measure, mine.kind) == (theirs.measure, theirs.kind)
    ]


def _is_disjoint(one: Count, other: Count) -> bool:
    return _is_below(one, other) or _is_below(other, one)


def _is_below(one: Count, other: Count) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def _is_after(one: Days | None, other: Days | None) -> bool:
    """Tell whether some days surely come after others."""
    return one is not None and other is not None and one[0] >= other[1]


def _comes_after(one: Saying, other: Saying) -> bool:
    if _is_after(one.said, other.said) or _is_after(other.said, one.said):
        return _is_after(one.said, other.said)
    return one.key > other.key
