"""Who takes which position on a question, and when: a read model over what is public at an instant, or over more.

A position is the stance of one assertion, ascribed to a *party*: whom its speaker speaks for, or else the speaker.
Somebody unnamed who speaks for nobody is a party of one saying, since two descriptions may mean two people; the
articles' own voice is a party of its own kind, whose changes are not followed.

Positions are ordered by the day they were taken or, where that is not known, published. Days that overlap, rival
dates included, are in no order, and of what is in no order no change is told.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Prefetch

from actors.models import Actor
from assertions.models import Answer, Assertion, Link, Question, Speaker
from assertions.querysets import AssertionQuerySet
from assertions.vocabulary import Certainty, DenialAspect, LinkType, Stance
from assertions.wording import ARTICLE_VOICE, Mark, capital, listed, mark, with_article
from cms.dates import describe

_YES = frozenset([Stance.AFFIRMS, Stance.CONFIRMS])
_DONE = {
    Stance.AFFIRMS: "affirmed it",
    Stance.CONFIRMS: "confirmed it",
    Stance.DENIES: "denied it",
    Stance.DECLINES: "declined to comment",
    Stance.EVADES: "evaded the question",
    Stance.DOES_NOT_KNOW: "could not say",
    Stance.CONDITIONAL: "spoke of it on a condition only",
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SPAN = re.compile(r"\d{4}(-\d\d)?|\d{3}X|\d\dXX")


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a position is ascribed to. ``side`` is "a" or "b" for the two sides that the site follows, else ""."""

    key: str
    name: str
    actor: Actor | None = None
    side: str = ""

    @property
    def in_sentence(self) -> str:
        """The name as in a sentence: "the United Isles"."""
        return with_article(self.name, self.actor)

    @property
    def is_article(self) -> bool:
        """Whether it is the articles' own voice."""
        return self.key == "article"


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it: a named actor, somebody described (and who that may be), or the articles' own voice."""

    key: str
    name: str
    actor: Actor | None = None
    possible_identity: Actor | None = None


@dataclass(frozen=True)
class Position:
    """What one voice of a party answers; ``first`` and ``last`` are the days it may be of, None if undated.

    Readers see it if ``is_public``; the newsroom's own tables hold others too.
    """

    party: Party
    voice: Voice
    answer: Answer
    assertion: Assertion
    first: date | None
    last: date | None
    is_public: bool = True

    @property
    def stance(self) -> Stance:
        return Stance(self.answer.stance)

    @property
    def mark(self) -> Mark:
        """Shape, word and colour of the stance."""
        return mark(self.answer)

    @property
    def date(self) -> str:
        """The EDTF text of the day it was said or, where that is not known, published; "" for neither."""
        return self.assertion.said or self.assertion.published

    @property
    def is_dated(self) -> bool:
        return self.first is not None and self.last is not None

    @property
    def is_tentative(self) -> bool:
        """Whether it is put forward as no more than possible: a fear, a guess. That affirms nothing."""
        return self.stance == Stance.AFFIRMS and self.assertion.certainty == Certainty.POSSIBLE

    @property
    def is_yes(self) -> bool:
        """Whether it affirms or confirms."""
        return self.stance in _YES and not self.is_tentative

    @property
    def is_no(self) -> bool:
        """Whether it denies."""
        return self.stance == Stance.DENIES

    @property
    def decides(self) -> bool:
        """Whether it answers yes or no."""
        return self.is_yes or self.is_no

    def is_before(self, other: "Position") -> bool:
        """Tell whether all its days come before those of another; False where either is undated."""
        return self.last is not None and other.first is not None and self.last < other.first

    def opposes(self, other: "Position") -> bool:
        """Tell whether one says yes and the other no."""
        return (self.is_yes and other.is_no) or (self.is_no and other.is_yes)

    @property
    def in_words(self) -> str:
        """What was done and when: "denied it on 10 October 2024 (Ada Vale)"; it reads on after the party's name."""
        done = "called it possible" if self.is_tentative else _DONE[self.stance]
        through = f" ({self.voice.name})" if self.voice.key != self.party.key else ""
        return f"{done} {self.when}".rstrip() + through

    @property
    def when(self) -> str:
        """The date as a sentence has it: "on 10 October 2024", "in October 2024", "(8–13 October 2024)"."""
        words = describe(self.date)
        if not words:
            return ""
        if not self.assertion.said:
            return f"as published {_dated(self.date, words)}"
        return _dated(self.date, words)

    @property
    def limits(self) -> str:
        """What it is aimed at or limited by, in a few words: "the proof", "if they go", "as possible"."""
        aspects = [
            DenialAspect(link.aspect).label
            for link in self.assertion.links.all()
            if link.type == LinkType.DENIES and link.aspect != DenialAspect.FACT
        ]
        words = [listed(list(dict.fromkeys(aspects)))] if aspects and self.is_no else []
        if self.assertion.condition:
            words.append(_short(self.assertion.condition))
        if self.assertion.hedge:
            words.append(_short(self.assertion.hedge))
        elif self.assertion.certainty in (Certainty.POSSIBLE, Certainty.PROBABLE) and self.stance in _YES:
            words.append(f"as {self.assertion.get_certainty_display()}")
        return ", ".join(words)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a party's position: a reversal (no to yes, or yes to no), or an answer after none was given."""

    party: Party
    before: Position
    after: Position
    is_reversal: bool

    @property
    def sentence(self) -> str:
        """The change in words; what was said first stays on record."""
        who = capital(self.party.in_sentence)
        return f"{who} {self.before.in_words} and {self.after.in_words}{self.tail}."

    @property
    def tail(self) -> str:
        """What a reversal leaves: "; the denial stays on record"; "" for an answer at last."""
        if not self.is_reversal:
            return ""
        return f"; the {'denial' if self.before.is_no else 'affirmation'} stays on record"


def sides_at(at: datetime) -> list[Party]:
    """Return the two sides that the site follows; none where one of them is not public."""
    found = Actor.objects.reached(settings.RELATIONSHIP, at)
    return sides_of(found) if len(found) == 2 else []


def sides_of(actors: Sequence[Actor]) -> list[Party]:
    """Return two actors as the two sides, in their order."""
    return [_party_of(actor, side) for actor, side in zip(actors, "ab", strict=True)]


def read(
    questions: Sequence[Question],
    at: datetime,
    sides: Sequence[Party],
    among: AssertionQuerySet | None = None,
) -> dict[int, list[Position]]:
    """Return the positions on each question by its key, in the order of time, undated ones last.

    They are those of public claims or, for the newsroom, of the claims in ``among``. Speakers, rival dates and the
    denials of such claims are prefetched with each assertion.
    """
    public = Assertion.objects.public(at)
    counted = public if among is None else among
    answers = (
        Answer.objects.filter(question__in=questions, assertion__in=counted.values("pk"))
        .order_by("pk")
        .prefetch_related(Prefetch("assertion", with_positions(counted)))
    )
    by_side = {side.key: side for side in sides}
    seen: set[int] | None = None
    if among is not None:
        seen = set(public.filter(answers__question__in=questions).values_list("pk", flat=True))
    found: dict[int, list[Position]] = {question.pk: [] for question in questions}
    for answer in answers:
        is_public = seen is None or answer.assertion_id in seen
        found[answer.question_id] += positions_of(answer, by_side, is_public=is_public)
    for positions in found.values():
        positions.sort(key=in_time)
    return found


def with_positions(counted: AssertionQuerySet) -> AssertionQuerySet:
    """Return assertions with what ``positions_of`` reads; denials are those of the claims in ``counted``."""
    denials = Link.objects.filter(type=LinkType.DENIES, target__in=counted.values("pk"))
    speakers = Speaker.objects.select_related("actor", "speaks_for", "possible_identity")
    found: AssertionQuerySet = Assertion.objects.defer("search", "note").prefetch_related(
        Prefetch("speakers", speakers), "rival_dates", Prefetch("links", denials)
    )
    return found


def changes_in(positions: Iterable[Position]) -> list[Change]:
    """Return the changes of position of every party, in the order of time."""
    said = sorted((one for one in positions if not one.party.is_article), key=in_time)
    found = []
    for party in each_once(position.party for position in said):
        own = [position for position in said if position.party.key == party.key]
        found += [*_reversals(party, own), *_answers_at_last(party, own)]
    return sorted(found, key=lambda change: in_time(change.after))


def _reversals(party: Party, said: list[Position]) -> list[Change]:
    """Return each yes or no that follows on nothing but its opposite.

    What a party said last before it must be the opposite only, and nothing opposite may be said in days that overlap.
    """
    deciding = [position for position in said if position.decides and position.is_dated]
    found: dict[frozenset[int], Change] = {}
    for after in deciding:
        if _is_disputed(after, deciding):
            continue
        before = latest([position for position in deciding if position.is_before(after)])
        if before and all(position.opposes(after) for position in before):
            turned_from = frozenset(position.assertion.pk for position in before)
            found.setdefault(turned_from, Change(party, before[0], after, is_reversal=True))
    return list(found.values())


def _answers_at_last(party: Party, said: list[Position]) -> list[Change]:
    """Return the first yes or no of a party that had answered neither before; none if its order is not certain."""
    deciding = [position for position in said if position.decides]
    if not deciding or not all(position.is_dated for position in deciding):
        return []
    first = min(deciding, key=in_time)
    if _is_disputed(first, deciding):
        return []
    silence = [position for position in said if not position.decides and not position.is_tentative]
    before = [position for position in silence if position.is_before(first)]
    return [Change(party, latest(before)[0], first, is_reversal=False)] if before else []


def _is_disputed(position: Position, others: list[Position]) -> bool:
    """Tell whether the opposite is said in days that overlap: then which came first is not known."""
    return any(
        other.opposes(position) and not other.is_before(position) and not position.is_before(other)
        for other in others
    )


def latest(positions: list[Position]) -> list[Position]:
    """Return those that no other one surely follows, one a stance; an answer first, then the latest.

    Undated ones count only where all are.
    """
    dated = [position for position in positions if position.is_dated] or positions
    # What surely follows an earlier one follows it with the latest beginning.
    begins = max((position.first for position in dated if position.first), default=None)
    last = [
        position for position in dated if begins is None or position.last is None or position.last >= begins
    ]
    last.sort(key=in_time, reverse=True)
    last.sort(key=lambda position: not position.decides)
    return list({position.stance: position for position in reversed(last)}.values())[::-1]


def positions_of(answer: Answer, sides: Mapping[str, Party], *, is_public: bool = True) -> list[Position]:
    """Return the positions of all who speak in the claim of an answer; ``sides`` are the two sides by their keys."""
    assertion = answer.assertion
    first, last = _days(assertion)
    speakers = list(assertion.speakers.all())
    if not speakers:
        own = capital(ARTICLE_VOICE)
        party, voice = Party("article", own), Voice("article", own)
        return [Position(party, voice, answer, assertion, first, last, is_public)]
    found = []
    for speaker in speakers:
        voice = _voice_of(speaker)
        actor = speaker.speaks_for or speaker.actor
        party = _party_of(actor) if actor else Party(voice.key, voice.name)
        found.append(Position(sides.get(party.key, party), voice, answer, assertion, first, last, is_public))
    return found


def _party_of(actor: Actor, side: str = "") -> Party:
    return Party(f"actor-{actor.pk}", actor.name, actor, side)


def _voice_of(speaker: Speaker) -> Voice:
    if speaker.actor:
        return Voice(f"actor-{speaker.actor.pk}", speaker.actor.name, speaker.actor)
    return Voice(f"described-{speaker.pk}", speaker.description, possible_identity=speaker.possible_identity)


def _days(assertion: Assertion) -> tuple[date | None, date | None]:
    """Return the first and the last day that it may have been said on, after all who give a date."""
    if assertion.said_range is None:
        return _bounds([assertion.published_range] if assertion.published_range is not None else [])
    rivals = [rival.days for rival in assertion.rival_dates.all() if rival.of == "said" and rival.days]
    return _bounds([assertion.said_range, *rivals])


def _bounds(ranges: list[DateRange]) -> tuple[date | None, date | None]:
    if not ranges:
        return None, None
    first = min(days.lower or date.min for days in ranges)
    last = max(days.upper - timedelta(days=1) if days.upper else date.max for days in ranges)
    return first, last


def in_time(position: Position) -> tuple[date, date, int]:
    """Return what orders positions in time: the first day, the last day, then the assertion; undated ones last."""
    return position.first or date.max, position.last or date.max, position.assertion.pk


def each_once(parties: Iterable[Party]) -> list[Party]:
    """Return the parties, each once, the two sides first."""
    found = {party.key: party for party in parties}
    return sorted(found.values(), key=lambda party: party.side or "z")


def _dated(edtf: str, words: str) -> str:
    if _DAY.fullmatch(edtf):
        return f"on {words}"
    return f"in {words}" if _SPAN.fullmatch(edtf) else f"({words})"


def _short(words: str, limit: int = 48) -> str:
    """Return words cut at a word, with an ellipsis."""
    if len(words) <= limit:
        return words
    return (
        words[:limit].rpartition(" ")[0].rstrip(",;:") + " …" if " " in words[:limit] else words[:limit] + "…"
    )
