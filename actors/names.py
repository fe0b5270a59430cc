"""Names in running text: which words name which actor, and where.

One trie over word tokens holds every name of every actor. Tokens are folded one by one (case, accents,
compatibility forms), so positions stay those of the text as given; hyphens, spaces and apostrophes between
tokens count alike, and no name reaches across a line break. The longest match from the left wins. What a
match means is decided afterwards, in the order of the text:

- A full name, or a name that only one actor bears, is that actor. A name that several bear, or that the table
  marks as ambiguous, is the actor to whom a country named right beside it belongs ("… of X", "its …", the
  country of the person who heads it), else the one of its bearers whose full name stands nearest before it,
  where no other owner is told; else nobody, with all bearers as candidates.
- An ambiguous metonym of a state (a point of the compass) is the state where it, one that shares a name with
  it, or somebody of theirs is named nearby.
- The family name of a person alone is the person of that family name named in full nearest before it; else
  its one bearer, if the table lists it as that person's name; else the one bearer named in full later; else
  the only bearer in the table, where a capital within a sentence or a second mention tells it from a word,
  no unknown person of that name was met before, and it does not stand first (family names that stand first
  are borne by too many); else nobody.
- A country or capital within the name of a body that the table does not know ("X Foundation", "Bank of X",
  "ABC-X said") is not meant; beside an office, or joined to another country, it is.
- A metonym in a place line, after a preposition of place or before a noun of place is a place (`contexts`).
- A name of kind error never beats one who rightly bears it, nor a right name that it begins with. Of a
  person and of two words or more it counts by itself; else only near a right name of the actor, and never
  in small letters.
- An abbreviation that the text spells out as the name of another body is not meant from then on.
- In a headline capitals tell nothing about the words beside a name; an abbreviation that is also a word
  ("US") counts in a line of capitals only where its place in the line tells.

No Django here: the caller reads the name table and hands its rows over.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from actors import beside, contexts
from actors.tokens import HYPHEN, fold
from actors.trie import Match, Name, NameKind, Node, Reading, Trie

__all__ = ["PLACE", "Found", "Name", "NameKind", "NameTrie", "fold"]

PLACE = "place"
# How far from a right name of the actor a wrong one may stand, in characters: about a paragraph.
_NEARBY = 1_000
# How many words may stand in one sentence between a body and "its".
_SENTENCE = 60


class Found(NamedTuple):
    """One mention: `text` stands at `start`:`end` (Unicode code points, end exclusive) of the text that was
    searched.

    `actor` is None where nobody is meant for sure; `candidates` are then those who may be, first in the table
    first (of a resolved mention: those who bear the name). `kind` is the kind of the name that matched (a
    family name alone is a spelling), or "place" where a metonym stands for the place: then there are no
    candidates.
    """

    start: int
    end: int
    text: str
    actor: str | None
    candidates: tuple[str, ...]
    kind: str

    @property
    def is_place(self) -> bool:
        """Whether a place is meant, and no actor: callers that want actors drop it."""
        return self.kind == PLACE


class NameTrie:
    """Every name of every actor, ready to be found in texts."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Build the trie; ValueError names the row that has no word, no actor, a line break or an unknown
        kind.
        """
        self._trie = Trie(names)

    def find(self, text: str) -> list[Found]:
        """Every mention in `text`, in order, none overlapping another; time grows in step with the text."""
        return _Resolution(self._trie.matches(text), self._trie).mentions()


@dataclass(slots=True)
class _Draft:
    """A mention that may still change when the whole text has been read."""

    match: Match
    kind: str
    actor: str | None
    candidates: tuple[str, ...]
    may_be_named_later: bool = False
    drop_unresolved: bool = False

    @property
    def is_place(self) -> bool:
        return self.kind == PLACE


class _Resolution:
    """Who is meant, for all matches of one text in their order."""

    def __init__(self, matches: list[Match], trie: Trie) -> None:
        self._matches = matches
        self._trie = trie
        # By the node of a short or shared name: the bearer last named in full (None: one not in the table), and
        # how often it stands where nobody was named before it.
        self._nearest: dict[Node, str | None] = {}
        self._alone: dict[Node, int] = {}
        self._in_full: list[Reading] = []
        self._drafts: list[_Draft] = []
        self._last_body: _Draft | None = None
        # Where abbreviations end that the text spells out as the name of another body.
        self._elsewhere: set[Node] = set()

    def mentions(self) -> list[Found]:
        # An office of one word is nobody's by itself.
        matches, drafts = [match for match in self._matches if not match.is_bare_title], self._drafts
        previous: _Draft | None = None
        for match, after in zip_longest(matches, matches[1:]):
            following = after if after is not None and after.line is match.line else None
            if previous is not None and previous.match.line is not match.line:
                previous = None
            draft = self._draft(match, previous, following)
            if draft is not None:
                drafts.append(draft)
                previous = draft
                if draft.actor is not None and not match.reading.is_person:
                    self._last_body = draft
        found = (self._finished(draft, after) for draft, after in zip_longest(drafts, drafts[1:]))
        return [mention for mention in found if mention is not None]

    @cached_property
    def _anywhere(self) -> dict[Node, set[str]]:
        """By the node of a short or shared name: the bearers named in full."""
        named: dict[Node, set[str]] = {}
        for reading in self._in_full:
            for node in self._trie.meant_by(reading) if reading.is_full else ():
                named.setdefault(node, set()).add(reading.actors[0])
        return named

    @cached_property
    def _named(self) -> dict[str, list[int]]:
        """Where each actor is rightly named."""
        places: dict[str, list[int]] = {}
        for draft in self._drafts:
            if draft.actor is not None and draft.match.reading.is_right:
                places.setdefault(draft.actor, []).append(draft.match.start)
        return places

    @cached_property
    def _spoken_of(self) -> dict[str, list[int]]:
        """Where each state or one that shares a name with it, or somebody of theirs, is named."""
        homes, kin = self._trie.homes, self._trie.kin
        places: dict[str, list[int]] = {}
        for draft in self._drafts:
            reading = draft.match.reading
            if reading.is_metonym and reading.is_state and not reading.is_sure:
                continue
            named = reading.actors if draft.actor is None else (draft.actor,)
            states = {homes.get(actor, actor) for actor in named}
            for state in states.union(*(kin.get(state, ()) for state in states)):
                places.setdefault(state, []).append(draft.match.start)
        return places

    def _draft(self, match: Match, previous: _Draft | None, following: Match | None) -> _Draft | None:
        reading = match.reading
        before = previous.match if previous is not None else None
        if reading.kind == NameKind.ABBREVIATION and self._is_spelt_out_otherwise(match, before):
            return None
        if reading.is_common and not match.has_honorific:
            if reading.is_wrong or not match.written.isupper() or len(match.written) < 2:
                return None
            if match.line.is_capitals and not beside.is_no_word(match, before, following):
                return _Draft(match, reading.kind, None, reading.actors)
        if reading.is_wrong and reading.is_small:
            return None
        if (reading.is_short or reading.stands_first) and not reading.is_title:
            if self._is_somebody_else(match, before, following):
                return None
            if reading.is_short:
                return self._short(match)
        if reading.is_state:
            if beside.is_another_land(match, before) or beside.is_another_region(match):
                return None
            if not reading.is_demonym and beside.is_in_longer_name(match, before, following):
                return _Draft(match, PLACE, None, ()) if reading.is_metonym else None
        if (reading.is_state or reading.is_metonym) and beside.stands_for_place(match, before, following):
            return _Draft(match, PLACE, None, ())
        return self._long(match, previous, following)

    def _is_spelt_out_otherwise(self, match: Match, before: Match | None) -> bool:
        """Whether the text says that an abbreviation is another body's, here or further up."""
        bearers = match.reading.actors
        if before is not None and beside.follows(match, before) and set(before.reading.actors) & {*bearers}:
            self._elsewhere.discard(match.node)
        if match.node in self._elsewhere:
            return True
        words = {fold(word) for word in beside.spelt_out(match)} - contexts.LINKING
        if not words:
            return False
        # A spelling that the table does not list shares most of its words with one that it does.
        if any(2 * len(words & own) > len(words) for actor in bearers for own in self._trie.wordings[actor]):
            return False
        self._elsewhere.add(match.node)
        return True

    def _is_somebody_else(self, match: Match, before: Match | None, following: Match | None) -> bool:
        """Whether the words beside a person's name make it the name of a person who is not in the table."""
        line, reading = match.line, match.reading
        if reading.is_short or reading.is_given:
            doubtful = reading.is_given or (reading.is_derived and match.node not in self._nearest)
            if beside.has_another_given_name(match, before, doubtful=doubtful):
                if reading.is_derived:
                    self._nearest[match.node] = None
                return True
            if self._has_other_initials(match):
                return True
        if reading.is_short and reading.is_derived and beside.is_reached(match, following):
            return True
        if not reading.stands_first:
            return reading.is_derived and beside.goes_on_as_another(match, following)
        if match.is_possessive or (following is not None and following.first == match.last):
            return False
        right = line.right(match.last)
        if line.is_title_case or line.is_capitals:
            hyphen = len(right) > 1 and HYPHEN.fullmatch(line.gap(match.last + 1) or " ") is not None
            if not (hyphen or reading.is_wrong or match.hyphened):
                return False
        if not contexts.continues_as_another(right, match.hyphened):
            return False
        if not any(word.lower() in contexts.PLACE_NOUNS for word in contexts.capitalised_run(right)):
            self._nearest.update(dict.fromkeys(self._trie.alike(match.node, reading)))
        return True

    def _has_other_initials(self, match: Match) -> bool:
        """Whether the initials before a family name are not those of a bearer, nor follow his given name."""
        initials = [fold(word) for word in beside.initials_before(match)]
        if not initials:
            return False
        given = {name for actor in match.reading.actors for name in self._trie.given.get(actor, ())}
        if not given:
            return False
        return initials[-1] not in given and not any(
            name[0] == initial for name in given for initial in initials if len(initial) == 1
        )

    def _short(self, match: Match) -> _Draft:
        """A family name: who was named in full before it, else its one bearer, else who is named later."""
        reading = match.reading
        candidates = reading.actors
        bare = self._trie.without_honorific(match.node)
        if bare is not None:
            match = replace(match, node=bare)
            candidates = tuple(dict.fromkeys([*candidates, *(entry.actor for entry in bare.entries)]))
        if match.node in self._nearest:
            return _Draft(match, reading.kind, self._nearest[match.node], candidates)
        if len(reading.actors) == 1 and reading.is_listed:
            return _Draft(match, reading.kind, candidates[0], candidates)
        self._alone[match.node] = self._alone.get(match.node, 0) + 1
        right = [] if match.is_possessive or match.line.is_title_case else match.line.right(match.last)
        other = contexts.continues_as_another(right, "") and reading.is_derived
        draft = _Draft(match, reading.kind, None, candidates, may_be_named_later=True, drop_unresolved=other)
        return draft

    def _long(self, match: Match, previous: _Draft | None, following: Match | None) -> _Draft:
        """A name in full, an abbreviation, a demonym …: its one bearer, or the one that the text tells."""
        reading = match.reading
        candidates = reading.actors
        if len(candidates) == 1 and reading.is_sure:
            if reading.is_right or (reading.is_wrong and reading.is_person and reading.is_full):
                self._note(reading)
            return _Draft(match, reading.kind, candidates[0], candidates)
        owners = self._owners(match, previous, following)
        if owners is not None:
            actor = owners[0] if len(owners) == 1 else None
            if actor is not None:
                self._nearest[match.node] = actor
                self._nearest.update(dict.fromkeys(self._trie.shared_by(actor), actor))
            return _Draft(match, reading.kind, actor, candidates)
        if not reading.is_person and self._is_another_body(match, previous, following):
            return _Draft(match, reading.kind, None, candidates)
        return _Draft(match, reading.kind, self._nearest.get(match.node), candidates)

    def _note(self, reading: Reading) -> None:
        """Remember who was named in full, for the short and shared names that follow (or stand before)."""
        for node in self._trie.meant_by(reading):
            self._nearest[node] = reading.actors[0]
        self._in_full.append(reading)

    def _is_another_body(self, match: Match, previous: _Draft | None, following: Match | None) -> bool:
        own = {
            word for actor in match.reading.actors for words in self._trie.wordings[actor] for word in words
        }
        before = previous.match if previous is not None else None
        return beside.is_another_body(match, before, following, own)

    def _owners(self, match: Match, previous: _Draft | None, following: Match | None) -> list[str] | None:
        """The bearers that belong to the country or parent named right beside the name; None: none is named
        there.
        """
        reading = match.reading
        if not reading.belongs:
            return None
        owner, is_state = self._beside(match, previous, following)
        if owner is None and not reading.is_person:
            owner, is_state = self._home(match, previous, following), True
        free = [entry.actor for entry in reading.entries if not entry.belongs_to]
        if owner is None:
            left, right = match.line.left(match.first), match.line.right(match.last, 1)
            return list(dict.fromkeys(free)) if free and contexts.is_council_of_states(left, right) else None
        owners = [entry.actor for entry in reading.entries if entry.belongs_to == owner]
        return list(dict.fromkeys(owners if owners or is_state else free))

    def _beside(
        self, match: Match, previous: _Draft | None, following: Match | None
    ) -> tuple[str | None, bool]:
        line = match.line
        if previous is not None and previous.actor is not None:
            own = previous.match.last == match.first and not line.gap(match.first).strip()
            possessive = previous.match.is_possessive and previous.match.last + 1 == match.first
            if own or possessive:
                return previous.actor, previous.match.reading.is_state
        words = [word.lower() for word in line.right(match.last, 2)]
        if following is not None and words and words[0] == "of":
            first = match.last + (2 if words[1:] == ["the"] else 1)
            bearers = following.reading.actors
            if following.first in (first, first - 1) and following.first > match.last and len(bearers) == 1:
                return bearers[0], following.reading.is_state
        return None, False

    def _home(self, match: Match, previous: _Draft | None, following: Match | None) -> str | None:
        """The country of whom "its" before a body's name means, or of the person who heads the body there."""
        line, homes = match.line, self._trie.homes
        last = self._last_body
        if match.first and line.tokens[match.first - 1].lower() == "its" and last is not None:
            between = range(last.match.last, match.first)
            if (
                last.match.line is line
                and len(between) <= _SENTENCE
                and not any(line.starts_sentence(place) for place in between)
            ):
                return homes.get(last.actor or "", last.actor)
        heads: tuple[str, ...] = ()
        if previous is not None and beside.is_headed_before(match, previous.match):
            heads = previous.candidates if previous.actor is None else (previous.actor,)
        elif following is not None and beside.is_headed_after(match, following):
            heads = following.reading.actors
        countries = {homes.get(actor) for actor in heads}
        return countries.pop() if len(countries) == 1 else None

    def _finished(self, draft: _Draft, following: _Draft | None) -> Found | None:
        match = draft.match
        if match.reading.is_wrong and not self._is_credible(match):
            return None
        if draft.may_be_named_later:
            named = self._anywhere.get(match.node, ())
            if len(named) == 1:
                (draft.actor,) = named
            elif draft.drop_unresolved and not named:
                return None
            elif not named and self._is_evident(match):
                (draft.actor,) = draft.candidates
        reading = match.reading
        if draft.actor is None and reading.is_state and reading.is_metonym and not reading.is_sure:
            near = [actor for actor in draft.candidates if self._is_near(self._spoken_of, actor, match)]
            draft.actor = near[0] if len(near) == 1 else None
        if match.reading.is_description and self._is_indefinite(match):
            draft.actor = None
        elif match.reading.is_title:
            self._settle_title(draft, following)
        text = match.line.text[match.start : match.end]
        return Found(match.start, match.end, text, draft.actor, draft.candidates, draft.kind)

    def _is_evident(self, match: Match) -> bool:
        """Whether a family name that no full name explains is its one bearer's: a capital tells it from a
        word, and it is of the kind that few people bear.
        """
        reading, line = match.reading, match.line
        if not reading.is_derived or reading.stands_first or len({e.actor for e in match.node.entries}) > 1:
            return False
        if match.first and contexts.is_in_a_place(line.tokens[match.first - 1]):
            return False
        if self._alone[match.node] > 1:
            return True
        starts = line.starts_sentence(match.first) and ";" not in line.gap(match.first)
        return not (starts or line.is_title_case or line.is_capitals)

    def _is_credible(self, match: Match) -> bool:
        """Whether a wrong name may be believed: by itself for a person's of two words, else near a right
        name.
        """
        if any(entry.is_person and len(entry.words) > 1 for entry in match.reading.entries):
            return True
        return any(self._is_near(self._named, actor, match) for actor in match.reading.actors)

    @staticmethod
    def _is_near(named: dict[str, list[int]], actor: str, match: Match) -> bool:
        places = named.get(actor, [])
        nearest = bisect_left(places, match.start)
        return any(abs(place - match.start) <= _NEARBY for place in places[max(0, nearest - 1) : nearest + 1])

    @staticmethod
    def _is_indefinite(match: Match) -> bool:
        return match.line.tokens[match.first].lower() in {"a", "an"}

    def _settle_title(self, draft: _Draft, following: _Draft | None) -> None:
        """A title right before a name belongs to whoever bears the name."""
        match = draft.match
        right = match.line.right(match.last, 1)
        if not right:
            return
        next_to_it = (
            following is not None
            and following.match.line is match.line
            and following.match.first == match.last
        )
        if next_to_it and following is not None and following.match.reading.is_person:
            draft.actor = following.actor if following.actor in draft.candidates else None
        elif not (next_to_it or match.line.is_title_case) and contexts.continues_as_another(right, ""):
            draft.actor = None
