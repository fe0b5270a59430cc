"""Who takes which position on a question, and when: a read model over what is public at an instant.

A position is the stance of one assertion, ascribed to a *party*: whom its speaker speaks for, or else the speaker.
Somebody unnamed who speaks for nobody is a party of one saying, since two descriptions may mean two people; the
articles' own voice is a party of its own kind, whose changes are not followed.

Positions are ordered by the day they were taken or, where that is not known, published. Days that overlap, rival
dates included, are in no order, and of what is in no order no change is told.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Prefetch

from actors.models import Actor
from assertions.models import Answer, Assertion, Link, Question, Speaker
from assertions.position_table import Matrix, tabulate
from assertions.sources import Sources, sources_of_each
from assertions.vocabulary import Certainty, DenialAspect, LinkType, Stance
from assertions.wording import ARTICLE_VOICE, Mark, capital, listed, mark, with_article
from cms.dates import describe

NAMED = 4
"""How many parties a sentence names before it counts the rest."""

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
    """What one voice of a party answers; ``first`` and ``last`` are the days it may be of, None if undated."""

    party: Party
    voice: Voice
    answer: Answer
    assertion: Assertion
    first: date | None
    last: date | None

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
            hedge = _short(self.assertion.hedge)
            words.append(hedge if "“" in hedge else f"“{hedge}”")
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


@dataclass(frozen=True, slots=True)
class Side:
    """Where one of the two sides stands on a question: what it said last, one of several that are in no order first."""

    party: Party
    latest: tuple[Position, ...]

    @property
    def actor(self) -> Actor | None:
        return self.party.actor

    @property
    def position(self) -> Position | None:
        """The latest position; None if there is none on record."""
        return self.latest[0] if self.latest else None

    @property
    def stance(self) -> Stance | None:
        """The latest stance; None if there is none on record."""
        return self.latest[0].stance if self.latest else None

    @property
    def when(self) -> str:
        """The date of the latest position in words; "" if it has none."""
        return describe(self.latest[0].date) if self.latest else ""


@dataclass(frozen=True)
class QuestionStanding:
    """Where a question stands at an instant."""

    question: Question
    positions: tuple[Position, ...]
    sides: tuple[Side, ...]
    sources_for: Sources
    """The independent sources of those who affirm it; ``sources_against`` of those who deny it."""
    sources_against: Sources

    @cached_property
    def assertions(self) -> list[Assertion]:
        """The public claims on it, each once."""
        return list({position.assertion.pk: position.assertion for position in self.positions}.values())

    @property
    def claims(self) -> int:
        """How many public claims answer it."""
        return len(self.assertions)

    @property
    def since(self) -> str:
        """Since when it is open, as EDTF: as the newsroom says, else the earliest date of a claim on it."""
        dated = [position for position in self.positions if position.first]
        earliest = min(dated, key=_in_time).date if dated else ""
        return self.question.opened or earliest

    @property
    def last_day(self) -> date:
        """The latest day on which a claim on it may have been made first; the first day of all for none."""
        return max((position.first for position in self.positions if position.first), default=date.min)

    @cached_property
    def affirming(self) -> list[Party]:
        """The parties whose latest yes or no is a yes."""
        return [party for party, said in self._decided if any(position.is_yes for position in said)]

    @cached_property
    def denying(self) -> list[Party]:
        """The parties whose latest yes or no is a no. Where two stand in no order a party may be in both lists."""
        return [party for party, said in self._decided if any(position.is_no for position in said)]

    @cached_property
    def unanswering(self) -> list[Party]:
        """The parties that spoke on it and said neither yes nor no."""
        decided = {party.key for party, _ in self._decided}
        return [
            party for party in _parties(self.positions) if party.key not in decided and not party.is_article
        ]

    @property
    def silent(self) -> list[Party]:
        """Those of the two sides that nothing is on record of."""
        return [side.party for side in self.sides if not side.latest]

    @property
    def in_dispute(self) -> bool:
        """Whether a party affirms what a party denies."""
        return bool(self.affirming and self.denying)

    @cached_property
    def changes(self) -> list[Change]:
        """All changes of position, in the order of time."""
        return changes_in(self.positions)

    @property
    def last_change(self) -> Change | None:
        """The latest change of position, of whichever party."""
        return self.changes[-1] if self.changes else None

    @property
    def telling_changes(self) -> list[Change]:
        """The changes that a line on it tells: the latest reversal, and what one of the two sides changed last."""
        reversals = [change for change in self.changes if change.is_reversal][-1:]
        by_sides = [change for change in self.changes if change.party.side][-1:]
        return [change for change in self.changes if change in (*reversals, *by_sides)]

    @property
    def group(self) -> str:
        """Where a list of questions has it: "disputed", "unanswered" (by a side or both), "agreed" or "empty"."""
        if not self.positions:
            return "empty"
        if self.in_dispute:
            return "disputed"
        answered = {party.key for party, _ in self._decided}
        both = bool(self.sides) and all(side.party.key in answered for side in self.sides)
        return "agreed" if both else "unanswered"

    @cached_property
    def answers_in_words(self) -> str:
        """Who affirms, who denies and who does neither, as a sentence."""
        if not self.positions:
            return "No public claim answers it yet."
        clauses = [
            _clause(self._affirming_by(Stance.CONFIRMS), "confirms it", "confirm it"),
            _clause(self._affirming_by(Stance.AFFIRMS), "affirms it", "affirm it"),
            _clause(self.denying, "denies it", "deny it"),
            _clause(self.unanswering, "neither affirms nor denies it", "neither affirm nor deny it"),
        ]
        text = "; ".join(filter(None, clauses)) or "only the coverage itself speaks on it"
        return f"{capital(text)}."

    @cached_property
    def summary(self) -> str:
        """Who affirms, who denies, which of the two sides is silent, and whose position changed."""
        sentences = [self.answers_in_words]
        if self.positions and self.silent:
            sentences.append(f"{capital(_clause(self.silent, 'has', 'have'))} not answered in this coverage.")
        reversed_by = [change.party for change in self.changes if change.is_reversal]
        answered_by = [change.party for change in self.changes if not change.is_reversal]
        changed = [
            _clause(_once(reversed_by), "reversed its position", "reversed their positions"),
            _clause(_once(answered_by), "had given no answer at first", "had given no answer at first"),
        ]
        if told := "; ".join(filter(None, changed)):
            sentences.append(f"{capital(told)}.")
        return " ".join(sentences)

    def _affirming_by(self, stance: Stance) -> list[Party]:
        """Return the affirming parties that confirm it, in whichever of their answers, or those that only affirm."""
        confirming = {one.party.key for one in self.positions if one.stance == Stance.CONFIRMS}
        return [party for party in self.affirming if (party.key in confirming) == (stance == Stance.CONFIRMS)]

    @cached_property
    def _decided(self) -> list[tuple[Party, list[Position]]]:
        found = []
        for party in _parties(self.positions):
            said = [position for position in self.positions if position.party.key == party.key]
            latest = _latest([position for position in said if position.decides])
            if latest and not party.is_article:
                found.append((party, latest))
        return found


def standing(
    questions: Iterable[Question], at: datetime, sides: Sequence[Actor] | None = None
) -> list[QuestionStanding]:
    """Return where each of some public questions stands, in their order; a fixed number of queries for all.

    ``sides`` are two public actors whose standing is told apart, by default those that the site follows.
    """
    asked = list(questions)
    parties = sides_at(at) if sides is None else sides_of(sides)
    positions = read(asked, at, parties)
    sources = sources_of_each(
        {
            (key, answer): [position.assertion for position in said if _answers(position, answer)]
            for key, said in positions.items()
            for answer in ("yes", "no")
        },
        at,
    )
    return [
        QuestionStanding(
            question,
            tuple(positions[question.pk]),
            tuple(_side(party, positions[question.pk]) for party in parties),
            sources[question.pk, "yes"],
            sources[question.pk, "no"],
        )
        for question in asked
    ]


def _answers(position: Position, answer: str) -> bool:
    return position.is_yes if answer == "yes" else position.is_no


def _side(party: Party, positions: Iterable[Position]) -> Side:
    return Side(party, tuple(_latest([said for said in positions if said.party.key == party.key])))


def by_urgency(found: Iterable[QuestionStanding]) -> list[QuestionStanding]:
    """Sort: what is in dispute first, then what was answered last, then what has the most claims."""
    return sorted(found, key=lambda one: (one.in_dispute, one.last_day, one.claims), reverse=True)


def matrix(question: Question, at: datetime) -> Matrix:
    """Return the positions on a question as a table of parties and periods."""
    sides = sides_at(at)
    return tabulate(read([question], at, sides)[question.pk], sides)


def changes(question: Question, at: datetime) -> list[Change]:
    """Return the changes of position on a question, in the order of time."""
    return changes_in(read([question], at, sides_at(at))[question.pk])


def sides_at(at: datetime) -> list[Party]:
    """Return the two sides that the site follows; none where one of them is not public."""
    found = Actor.objects.public(at).in_bulk(list(settings.RELATIONSHIP), field_name="slug")
    return sides_of([found[slug] for slug in settings.RELATIONSHIP]) if len(found) == 2 else []


def sides_of(actors: Sequence[Actor]) -> list[Party]:
    """Return two actors as the two sides, in their order."""
    return [_party_of(actor, side) for actor, side in zip(actors, "ab", strict=True)]


def read(questions: Sequence[Question], at: datetime, sides: Sequence[Party]) -> dict[int, list[Position]]:
    """Return the positions on each question by its key, in the order of time, undated ones last.

    Speakers, rival dates and the denials of public claims are prefetched with each assertion.
    """
    public = Assertion.objects.public(at)
    denials = Link.objects.filter(type=LinkType.DENIES, target__in=public.values("pk"))
    speakers = Speaker.objects.select_related("actor", "speaks_for", "possible_identity")
    assertions = Assertion.objects.defer("search", "note").prefetch_related(
        Prefetch("speakers", speakers), "rival_dates", Prefetch("links", denials)
    )
    answers = (
        Answer.objects.filter(question__in=questions, assertion__in=public.values("pk"))
        .order_by("pk")
        .prefetch_related(Prefetch("assertion", assertions))
    )
    by_side = {side.key: side for side in sides}
    found: dict[int, list[Position]] = {question.pk: [] for question in questions}
    for answer in answers:
        found[answer.question_id] += _positions_of(answer, by_side)
    for positions in found.values():
        positions.sort(key=_in_time)
    return found


def changes_in(positions: Iterable[Position]) -> list[Change]:
    """Return the changes of position of every party, in the order of time."""
    said = sorted((one for one in positions if not one.party.is_article), key=_in_time)
    found = []
    for party in _parties(said):
        own = [position for position in said if position.party.key == party.key]
        found += [*_reversals(party, own), *_answers_at_last(party, own)]
    return sorted(found, key=lambda change: _in_time(change.after))


def _reversals(party: Party, said: list[Position]) -> list[Change]:
    """Return each yes or no that follows on nothing but its opposite.

    What a party said last before it must be the opposite only, and nothing opposite may be said in days that overlap.
    """
    deciding = [position for position in said if position.decides and position.is_dated]
    found: dict[frozenset[int], Change] = {}
    for after in deciding:
        if _is_disputed(after, deciding):
            continue
        before = _latest([position for position in deciding if position.is_before(after)])
        if before and all(position.opposes(after) for position in before):
            turned_from = frozenset(position.assertion.pk for position in before)
            found.setdefault(turned_from, Change(party, before[0], after, is_reversal=True))
    return list(found.values())


def _answers_at_last(party: Party, said: list[Position]) -> list[Change]:
    """Return the first yes or no of a party that had answered neither before; none if its order is not certain."""
    deciding = [position for position in said if position.decides]
    if not deciding or not all(position.is_dated for position in deciding):
        return []
    first = min(deciding, key=_in_time)
    if _is_disputed(first, deciding):
        return []
    silence = [position for position in said if not position.decides and not position.is_tentative]
    before = [position for position in silence if position.is_before(first)]
    return [Change(party, _latest(before)[0], first, is_reversal=False)] if before else []


def _is_disputed(position: Position, others: list[Position]) -> bool:
    """Tell whether the opposite is said in days that overlap: then which came first is not known."""
    return any(
        other.opposes(position) and not other.is_before(position) and not position.is_before(other)
        for other in others
    )


def _latest(positions: list[Position]) -> list[Position]:
    """Return those that no other one surely follows, one a stance; an answer first, then the latest.

    Undated ones count only where all are.
    """
    dated = [position for position in positions if position.is_dated] or positions
    # What surely follows an earlier one follows it with the latest beginning.
    begins = max((position.first for position in dated if position.first), default=None)
    last = [
        position for position in dated if begins is None or position.last is None or position.last >= begins
    ]
    last.sort(key=_in_time, reverse=True)
    last.sort(key=lambda position: not position.decides)
    return list({position.stance: position for position in reversed(last)}.values())[::-1]


def _positions_of(answer: Answer, sides: dict[str, Party]) -> list[Position]:
    assertion = answer.assertion
    first, last = _days(assertion)
    speakers = list(assertion.speakers.all())
    if not speakers:
        own = ARTICLE_VOICE[0].upper() + ARTICLE_VOICE[1:]
        party, voice = Party("article", own), Voice("article", own)
        return [Position(party, voice, answer, assertion, first, last)]
    found = []
    for speaker in speakers:
        voice = _voice_of(speaker)
        actor = speaker.speaks_for or speaker.actor
        party = _party_of(actor) if actor else Party(voice.key, voice.name)
        found.append(Position(sides.get(party.key, party), voice, answer, assertion, first, last))
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


def _in_time(position: Position) -> tuple[date, date, int]:
    return position.first or date.max, position.last or date.max, position.assertion.pk


def _parties(positions: Iterable[Position]) -> list[Party]:
    """Return the parties, each once, the two sides first."""
    return _once(position.party for position in positions)


def _once(parties: Iterable[Party]) -> list[Party]:
    found = {party.key: party for party in parties}
    return sorted(found.values(), key=lambda party: party.side or "z")


def _clause(parties: list[Party], one: str, several: str) -> str:
    if not parties:
        return ""
    names = [party.in_sentence for party in sorted(parties, key=lambda party: party.actor is None)]
    if len(names) > NAMED + 1:
        names = [*names[:NAMED], f"{len(names) - NAMED} others"]
    return f"{listed(names)} {one if len(parties) == 1 else several}"


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
