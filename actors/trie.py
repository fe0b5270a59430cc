"""The trie of all names: built from the rows of the name table, walked along the words of a text."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import compress

from actors import contexts
from actors.inflection import inflected, is_hangul, is_particle, plural_demonym
from actors.tokens import (
    HYPHEN,
    LINE,
    LONGEST_WORD,
    LOOSE,
    Line,
    Text,
    fold,
    fold_other,
    split_words,
    tokens,
)


class NameKind(StrEnum):
    """What sort of name a row of the name table is; the values are those of the model."""

    NAME = "name"
    SPELLING = "spelling"
    OFFICIAL = "official"
    ABBREVIATION = "abbreviation"
    TITLE = "title"
    METONYM = "metonym"
    DEMONYM = "demonym"
    EPITHET = "epithet"
    FORMER = "former"
    ERROR = "error"


RIGHT_NAMES = frozenset(
    {
        NameKind.NAME,
        NameKind.SPELLING,
        NameKind.OFFICIAL,
        NameKind.FORMER,
        NameKind.ABBREVIATION,
    }
)
FULL_NAMES = RIGHT_NAMES - {NameKind.ABBREVIATION}


_SMALL, _CAPITAL, _CAPITALS, _MIXED = range(4)
_RANKS = {kind: rank for rank, kind in enumerate(NameKind)}
_LONGEST_PARTICLES = 9
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_KEPT_BEGINNINGS = 200_000
_PUNCTUATION = re.compile(r"^[\W_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """One row of the name table.

    `actor` is an opaque key (a slug, an id); `kind` one of `NameKind`; `language` a BCP 47 tag (Russian and
    Ukrainian names are declined); `is_ambiguous`: it names others too and never resolves by itself;
    `actor_kind`: "person" and "state" have rules of their own; `family_first`: the person's family name
    stands first; `belongs_to`: the key of the country (or parent) the actor belongs to, which tells two
    bodies of one name apart ("X's Security Council").
    """

    text: str
    actor: str
    kind: str
    language: str = "en"
    is_ambiguous: bool = False
    actor_kind: str = ""
    family_first: bool = False
    belongs_to: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One name at the node where it ends."""

    actor: str
    kind: NameKind
    case: tuple[int, ...]
    words: tuple[str, ...]
    family: str  # the family name in it, folded, in the nominative; "" if there is none
    is_ambiguous: bool
    is_person: bool
    is_state: bool
    is_short: bool  # a family name, alone or after an honorific
    is_derived: bool  # not a row of its own: the family name within a full name
    is_full: bool  # a person's name with the family name and no title
    family_first: bool
    belongs_to: str

    @property
    def is_given(self) -> bool:
        """Whether it is a person's name without the family name."""
        if not self.is_person or self.is_short or self.kind not in FULL_NAMES | {NameKind.ERROR}:
            return False
        return not self.family or (self.kind == NameKind.ERROR and len(self.words) == 1)

    @property
    def is_small(self) -> bool:
        """Whether it is written in small letters only."""
        return not any(self.case)

    def fits(self, written: Sequence[str], gaps: Sequence[str]) -> bool:
        """Whether the words, with what stands before each of them, stand in the case that the name asks for.

        Capitals ask for capitals, a capital for a capital, small letters for nothing. After a hyphen the case
        is free, and so it is in the later words of a name of three or more.
        """
        if written == self.words:
            return True
        for place, (case, word) in enumerate(zip(self.case, self.words, strict=True)):
            if case == _SMALL:
                continue
            text = written[place]
            if text == word or (case == _CAPITAL and text[0].isupper()):
                continue
            if "." in text:
                text = _bare(text)
            if text.isupper() and len(text) > 1:
                continue
            if case == _CAPITALS:
                return False
            free = place > 0 and (len(self.words) > 2 or HYPHEN.search(gaps[place]) is not None)
            if not free and (case == _CAPITAL or (len(word) < 5 or not text[0].isupper())):
                return False
        return True


class Reading:
    """What the names that end at one node say together: right names, or wrong ones where there are no others.

    `actors` are the bearers, first in the table first; `kind` is the first of the names' kinds; `meant` is
    kept here by the trie (`Trie.meant_by`).
    """

    __slots__ = (
        "actors",
        "article",
        "belongs",
        "entries",
        "families",
        "has_metonym",
        "is_common",
        "is_demonym",
        "is_derived",
        "is_description",
        "is_full",
        "is_given",
        "is_listed",
        "is_metonym",
        "is_person",
        "is_right",
        "is_short",
        "is_small",
        "is_state",
        "is_state_in_full",
        "is_sure",
        "is_title",
        "is_wrong",
        "kind",
        "meant",
        "stands_first",
    )

    def __init__(self, fitting: Sequence[Entry]) -> None:
        entries = [entry for entry in fitting if entry.kind != NameKind.ERROR] or list(fitting)
        kinds = {entry.kind for entry in entries}
        self.entries = entries
        self.actors = tuple(dict.fromkeys(entry.actor for entry in entries))
        self.kind = min(kinds, key=_RANKS.__getitem__)
        self.is_wrong = self.kind == NameKind.ERROR
        self.is_title = self.kind == NameKind.TITLE
        self.is_description = self.kind in {NameKind.EPITHET, NameKind.TITLE}
        self.is_demonym = self.kind == NameKind.DEMONYM
        self.is_right = self.kind in RIGHT_NAMES
        self.has_metonym = NameKind.METONYM in kinds
        self.is_metonym = kinds == {NameKind.METONYM}
        self.is_common = len(entries[0].words) == 1 and fold(entries[0].words[0]) in contexts.COMMON_WORDS
        self.is_small = all(entry.is_small for entry in entries)
        first = entries[0].words[0].lower()
        self.article = first if first in contexts.ARTICLES and len(entries[0].words) > 1 else None
        self.is_sure = any(not entry.is_ambiguous for entry in entries)
        self.is_person = any(entry.is_person for entry in entries)
        self.is_short = any(entry.is_short for entry in entries)
        self.is_derived = all(entry.is_derived for entry in entries)
        self.is_listed = any(not (entry.is_derived or entry.is_ambiguous) for entry in entries)
        self.stands_first = any(entry.family_first and len(entry.words) < 3 for entry in entries)
        self.is_full = any(entry.is_full or not entry.is_person for entry in entries)
        self.is_given = all(entry.is_given for entry in entries)
        self.is_state = any(entry.is_state for entry in entries)
        self.is_state_in_full = any(entry.is_state and entry.kind in FULL_NAMES for entry in entries)
        self.belongs = any(entry.belongs_to for entry in entries)
        self.families = frozenset(entry.family for entry in entries)
        self.meant: list[Node] | None = None


@dataclass(slots=True, eq=False)
class Node:
    children: dict[str, "Node"] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    sole: Reading | None = None  # what its one entry says
    readings: dict[tuple[int, ...], Reading] | None = None  # by the places of their entries

    def read(self, written: tuple[str, ...], gaps: Sequence[str]) -> Reading | None:
        """What the names that end here say, those that stand in the case they ask for."""
        entries = self.entries
        if len(entries) > 1:
            return self.reading(
                tuple([place for place, entry in enumerate(entries) if entry.fits(written, gaps)])
            )
        if written != entries[0].words and not entries[0].fits(written, gaps):
            return None
        if self.sole is None:
            self.sole = Reading(entries)
        return self.sole

    def reading(self, places: tuple[int, ...]) -> Reading | None:
        """What the names at these places of `entries` say together, worked out once."""
        if not places:
            return None
        if self.readings is None:
            self.readings = {}
        if places not in self.readings:
            self.readings[places] = Reading([self.entries[place] for place in places])
        return self.readings[places]


@dataclass(slots=True, eq=False)
class Match:
    """A name in a line, before it is known who is meant."""

    start: int
    end: int
    first: int  # word indices within the line, last exclusive
    last: int
    node: Node
    reading: Reading
    line: Line
    particle: str = ""
    lead: int = 0  # the word whose left side tells whether a metonym is a place

    @property
    def written(self) -> str:
        """The name as it stands in the text."""
        return self.line.text[self.start : self.end]

    @property
    def starts_inside(self) -> bool:
        """Whether it begins within a word, as names glued by bad markup do."""
        return self.start != self.line.starts[self.first]

    @property
    def is_possessive(self) -> bool:
        words = self.line.tokens
        if self.last >= len(words) or words[self.last] not in {"s", "S"}:
            return False
        return self.line.gap(self.last) in {"'", "’", "ʼ", "‘", "`", "´"}

    @property
    def hyphened(self) -> str:
        """The word joined to its end by a hyphen, in small letters, or ""."""
        if self.last >= len(self.line.tokens) or not HYPHEN.fullmatch(self.line.gap(self.last)):
            return ""
        return self.line.tokens[self.last].lower()

    @property
    def is_bare_title(self) -> bool:
        return self.reading.is_title and self.last == self.first + 1 and not self.particle

    @property
    def has_honorific(self) -> bool:
        if self.first == 0 or self.line.gap(self.first).strip() not in {"", "."}:
            return False
        before = self.line.tokens[self.first - 1]
        return before[0].isupper() and before.lower() in contexts.TITLES


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What a word as written can begin."""

    node: Node | None
    is_article: bool
    is_whole: bool  # nothing but the whole word can begin a name
    seconds: (
        frozenset[str] | None
    )  # the words one of which must follow; None: the word may be a name by itself


class _Beginnings(dict[str, _Beginning | None]):
    """What each word as written can begin (None: nothing), worked out once."""

    def __init__(self, begin: dict[str, Node], begin_small: dict[str, Node]) -> None:
        super().__init__()
        self._begin, self._begin_small = begin, begin_small

    def __missing__(self, token: str) -> _Beginning | None:
        key = token.lower() if token.isascii() else fold_other(token)
        node = (self._begin_small if token.islower() else self._begin).get(key)
        is_whole = token.islower() or key[1:] == token[1:] or (token.isupper() and "." not in token)
        if is_whole and not token.isascii():
            is_whole = not _is_unspaced(token)
        value = None
        if node is not None or not is_whole:
            seconds = None
            if node is not None and is_whole and not node.entries:
                seconds = frozenset(_PUNCTUATION.sub("", child) for child in node.children)
            value = _Beginning(node, key in contexts.ARTICLES, is_whole, seconds)
        if len(self) < _KEPT_BEGINNINGS and len(token) <= LONGEST_WORD:
            self[token] = value
        return value


class Trie:
    """All names, by their folded words."""

    def __init__(self, names: Iterable[Name]) -> None:
        rows = list(names)
        for number, row in enumerate(rows, 1):
            _check(row, number)
        self._root = Node()
        self._begin_small: dict[str, Node] = {}  # the part of the root whose names may begin in small letters
        self._beginnings = _Beginnings(self._root.children, self._begin_small)
        # By actor: where its short, shared and ambiguous names end, and which family names (none: any full
        # name of the actor) a full name must carry for them to mean the actor from then on.
        self._shared: dict[str, list[tuple[Node, frozenset[str]]]] = {}
        # By actor: the country (or parent) it belongs to, the states that share a name with it (itself too),
        # the words of each of its names, and the given names of a person.
        self.homes = {row.actor: row.belongs_to for row in rows if row.belongs_to}
        self.kin: dict[str, set[str]] = {}
        self.wordings: dict[str, list[frozenset[str]]] = {}
        self.given: dict[str, set[str]] = {}
        families: dict[str, set[str]] = {}
        lengths: dict[str, int] = {}
        for row in rows:
            if row.kind == NameKind.NAME and row.actor_kind == "person":
                words = _full_name(row.text)
                families.setdefault(row.actor, set()).add(fold(_family(row, words)))
                if len(words) > 1:  # a name without spaces tells no length
                    lengths[row.actor] = min(len(words), lengths.get(row.actor, len(words)))
        self._lands = _lands(rows)
        seen: set[tuple[int, Entry]] = set()
        for row in rows:
            self._add(row, families.get(row.actor, set()), lengths.get(row.actor, 2), seen)
        self._index_shared()

    def _add(self, row: Name, families: set[str], length: int, seen: set[tuple[int, Entry]]) -> None:
        """Insert a row's forms and, of a person's full name, the family name.

        A full name begins (or ends) with one of the `families` of the person's names, or has at least their
        `length`.
        """
        words = _full_name(row.text)
        family = ""
        if row.actor_kind == "person" and row.kind in FULL_NAMES | {NameKind.ERROR} and len(words) > 1:
            family = _family(row, words)
            if fold(family) not in families and (len(words) < length or _has_title(words)):
                family = ""
        if row.actor_kind == "person" and len(words) == 1:
            family = words[0]
        folded = [fold(word) for word in words]
        self.wordings.setdefault(row.actor, []).append(frozenset(folded))
        if family and len(words) > 1:
            self.given.setdefault(row.actor, set()).update(set(folded) - {fold(family)})
        for text in _forms(row) | _with_other_names(row, self._lands.get(row.belongs_to, [])):
            self._insert(row, text, fold(family), seen, is_derived=False)
        if len(words) < 2 or len(family) < 2 or _has_title(words) or row.kind == NameKind.ERROR:
            return
        if not _is_unspaced(family):
            for (form,) in inflected([family], row.language, person=True):
                self._insert(row, form, fold(family), seen, is_derived=True)

    def _insert(
        self, row: Name, text: str, family: str, seen: set[tuple[int, Entry]], *, is_derived: bool
    ) -> None:
        words = tuple(_bare(token) for token in tokens(text))
        kind = NameKind.SPELLING if is_derived else NameKind(row.kind)
        is_person = row.actor_kind == "person"
        entry = Entry(
            actor=row.actor,
            kind=kind,
            case=tuple(_case(word) for word in words),
            words=words,
            family=family,
            is_ambiguous=row.is_ambiguous and not is_derived,
            is_person=is_person,
            is_state=row.actor_kind == "state",
            is_short=is_derived or (is_person and kind in RIGHT_NAMES and _is_short(words)),
            is_derived=is_derived,
            is_full=is_person and len(words) > 1 and bool(family) and not _has_title(words),
            family_first=is_person and row.family_first,
            belongs_to=row.belongs_to,
        )
        for path in _paths(text):
            node = self._root
            for key in path:
                node = node.children.setdefault(key, Node())
            if entry.case[0] == _SMALL:
                self._begin_small[path[0]] = self._root.children[path[0]]
            if (id(node), entry) not in seen:
                seen.add((id(node), entry))
                node.entries.append(entry)

    def _index_shared(self) -> None:
        nodes = [self._root]
        while nodes:
            node = nodes.pop()
            nodes.extend(node.children.values())
            entries = [entry for entry in node.entries if entry.kind != NameKind.ERROR]
            if not entries:
                entries = [entry for entry in node.entries if entry.is_person and entry.is_ambiguous]
            states = {entry.actor for entry in entries if entry.is_state and entry.kind in RIGHT_NAMES}
            for state in states:
                self.kin.setdefault(state, set()).update(states)
            if len({entry.actor for entry in entries}) < 2 and not any(
                entry.is_short or entry.is_ambiguous for entry in entries
            ):
                continue
            bearers: dict[str, set[str]] = {}
            for entry in entries:
                bearers.setdefault(entry.actor, set()).add(entry.family if entry.is_derived else "")
            for actor, names in bearers.items():
                self._shared.setdefault(actor, []).append(
                    (node, frozenset() if "" in names else frozenset(names))
                )

    def meant_by(self, reading: Reading) -> list[Node]:
        """Where the short, shared and ambiguous names end that mean the bearer of a full name from then on."""
        if reading.meant is None:
            reading.meant = [
                node
                for node, families in self._shared.get(reading.actors[0], ())
                if not families or families & reading.families
            ]
        return reading.meant

    def shared_by(self, actor: str) -> list[Node]:
        """Where the shared and ambiguous names end that mean an actor once it was named by any of them."""
        return [node for node, families in self._shared.get(actor, ()) if not families]

    def alike(self, node: Node, reading: Reading) -> list[Node]:
        """Where the names end that share the family name of a reading at a node."""
        return [
            other
            for actor in reading.actors
            for other, families in self._shared.get(actor, ())
            if other is node or families & reading.families
        ]

    def without_honorific(self, node: Node) -> Node | None:
        """Where the family name alone ends, of a node where an honorific and a family name end."""
        for entry in node.entries:
            if entry.is_short and len(entry.words) == 2:
                return self._root.children.get(fold(entry.words[1]))
        return None

    # Finding

    def matches(self, text: str) -> list[Match]:
        """The longest names from the left, in each line."""
        whole = Text(text)
        words = whole.tokens
        begun = list(map(self._beginnings.__getitem__, words))
        last = len(words) - 1
        found: list[Match] = []
        line, first, beyond, free = None, 0, 0, 0  # the line at hand, its first word and the first after it
        for index in compress(range(last + 1), begun):
            beginning = begun[index]
            if index < free or beginning is None:
                continue
            if beginning.seconds is not None and index < last:
                following = words[index + 1].lower()
                if following not in beginning.seconds and following.isascii() and "." not in following:
                    continue
            if line is None or index >= beyond:
                line, first, beyond = whole.line_at(index)
            match = self._match(line, index - first, beginning)
            if match is not None:
                free = first + match.last
                found.append(match)
        return found

    def _match(self, line: Line, index: int, beginning: _Beginning) -> Match | None:
        token = line.tokens[index]
        match = None
        if beginning.node is not None:
            match = self._longest(line, index, line.starts[index], token, beginning.node)
            if match is not None and beginning.is_article and index + 1 < len(line.tokens):
                match = self._beyond_article(line, index + 1, match)
        if match is None and not beginning.is_whole:
            match = self._within(line, index, token)
        return match

    def _beyond_article(self, line: Line, index: int, match: Match) -> Match:
        """The match, or the name from its second word on, if that reaches further."""
        node = self._root.children.get(fold(line.tokens[index]))
        other = self._longest(line, index, line.starts[index], line.tokens[index], node) if node else None
        return other if other is not None and other.last > match.last else match

    def _within(self, line: Line, index: int, token: str) -> Match | None:
        """A name that begins within a word: dotted letters, Hangul before a particle, a glued name."""
        if len(token) > LONGEST_WORD:
            return None
        if "." in token:
            node = self._root.children.get(fold(token))
            return self._longest(line, index, line.starts[index], token, node) if node else None
        if not token.isascii():
            match = self._before_particle(self._root, line, index, index, token)
            if match is not None:
                return match
        for cut in range(2, len(token) - 1):
            if token[cut].isupper() and token[cut - 1].islower() and token[:cut] not in {"Mac", "Mc"}:
                node = self._root.children.get(fold(token[cut:]))
                if node is None:
                    continue
                match = self._longest(line, index, line.starts[index] + cut, token[cut:], node)
                if match is not None and match.last > index + 1:
                    return match
        return None

    def _longest(self, line: Line, first: int, start: int, token: str, node: Node) -> Match | None:
        """The longest name from word `first` on, whose first word (or the end of it) has led to `node`."""
        words, gaps, begun = line.tokens, line.gaps, [node]
        for index in range(first + 1, len(words)):
            if not node.children:
                break
            gap, following = gaps[index], words[index]
            key = following.lower() if following.isascii() and "." not in following else fold(following)
            child = node.children.get(key if gap == " " else LOOSE.sub("", gap) + key)
            if child is None:
                if following.isascii() and (
                    following.islower() or (index == first + 1 and start == line.starts[first])
                ):
                    break
                whole = (token, *words[first + 1 : index])
                cut = self._cut_short(line, first, start, index, node, whole)
                if cut is not None:
                    return cut
                break
            node = child
            begun.append(child)
        shortest = None
        for length in range(len(begun), 0, -1):
            node, last = begun[length - 1], first + length
            if not node.entries:
                continue
            reading = node.read((token, *words[first + 1 : last]), gaps[first:last])
            if reading is not None:
                match = Match(start, line.token_end(last - 1), first, last, node, reading, line)
                # A wrong name of a body never swallows a right name that it begins with.
                if reading.is_person or not reading.is_wrong:
                    return match
                shortest = match
        return shortest

    def _cut_short(
        self, line: Line, first: int, start: int, index: int, node: Node, written: tuple[str, ...]
    ) -> Match | None:
        """A name whose last word goes on: before a particle, or a person's name with the next word glued to
        it.
        """
        token = line.tokens[index]
        if len(token) > LONGEST_WORD or LOOSE.sub("", line.gap(index)):
            return None
        if not token.isascii():
            match = self._before_particle(node, line, first, index, token)
            return replace(match, start=start) if match else None
        glued = start != line.starts[first]
        if not token[0].isupper() or not (glued or len(written) > 1):
            return None
        for cut in range(len(token) - 2, 1, -1):
            child = node.children.get(token[:cut].lower())
            if child is None or not token[cut:].isalpha() or token.isupper():
                continue
            whole, gaps = (*written, token[:cut]), line.gaps[first : index + 1]
            reading = child.reading(
                tuple(
                    place
                    for place, entry in enumerate(child.entries)
                    if entry.is_person and entry.fits(whole, gaps)
                )
            )
            if reading is not None:
                return Match(start, line.starts[index] + cut, first, index + 1, child, reading, line)
        return None

    def _before_particle(self, node: Node, line: Line, first: int, index: int, token: str) -> Match | None:
        composed = unicodedata.normalize("NFC", token)
        if not is_hangul(composed[0]):
            return None
        for cut in range(len(composed) - 1, max(1, len(composed) - _LONGEST_PARTICLES), -1):
            child = node.children.get(fold_other(composed[:cut]))
            reading = child.reading(tuple(range(len(child.entries)))) if child is not None else None
            if child is None or reading is None or not is_particle(composed[cut:]):
                continue
            start, end = line.starts[first], line.starts[index] + _length(token, composed[:cut])
            return Match(start, end, first, index + 1, child, reading, line, composed[cut:])
        return None


def _check(row: Name, number: int) -> None:
    where = f"name {number} ({row.text!r} of actor {row.actor!r})"
    if not row.actor:
        raise ValueError(f"{where}: an actor's key is missing")
    if row.kind not in set(NameKind):
        raise ValueError(f"{where}: unknown kind {row.kind!r}; use one of {', '.join(NameKind)}")
    if not tokens(row.text):
        raise ValueError(f"{where}: there is no letter or digit in it, so it could never be found")
    if not LINE.fullmatch(row.text):
        raise ValueError(f"{where}: a name stands on one line; take the line break out")


def _forms(row: Name) -> set[str]:
    """A row's text in every form it takes in running text."""
    person, demonym = row.actor_kind == "person", row.kind == NameKind.DEMONYM
    forms = {
        " ".join(form)
        for form in inflected(row.text.split(), row.language, person=person, all_genders=demonym)
    }
    if demonym and row.language.partition("-")[0] == "en":
        plural = plural_demonym(row.text)
        if plural:
            forms.add(plural)
    return forms


def _lands(rows: Iterable[Name]) -> dict[str, list[str]]:
    """The names by which a state is called within the names of its bodies, in English and capitalised."""
    lands: dict[str, list[str]] = {}
    for row in rows:
        is_name = row.kind in RIGHT_NAMES and row.actor_kind == "state" and not row.is_ambiguous
        if is_name and row.language.partition("-")[0] == "en" and row.text[:1].isupper():
            lands.setdefault(row.actor, []).append(row.text)
    return lands


def _with_other_names(row: Name, lands: Sequence[str]) -> set[str]:
    """A body's name with the other names of its country in the place of the one that stands in it."""
    if not lands or row.actor_kind in {"person", "state"} or row.kind not in RIGHT_NAMES | {NameKind.EPITHET}:
        return set()
    texts: set[str] = set()
    for land in sorted(lands, key=len, reverse=True):
        before, found, after = row.text.partition(land)
        whole = not (before[-1:].isalnum() or before[-1:] == "-" or after[:1].isalnum() or after[:1] == "-")
        if not found or not whole:
            continue
        texts.update(f"{before}{other}{after}" for other in lands)
        if before.endswith("of "):
            texts.update(f"{before}the {other}{after}" for other in lands)
        break
    return texts


def _full_name(text: str) -> list[str]:
    return [token for token in tokens(text) if fold(token) not in _GENERATIONS]


def _family(row: Name, words: Sequence[str]) -> str:
    if not words:
        return ""
    return words[0] if row.family_first else words[-1]


def _has_title(words: Sequence[str]) -> bool:
    return any(fold(word) in contexts.TITLES for word in words)


def _paths(text: str) -> set[tuple[str, ...]]:
    """The keys from the root to a name's end: each word folded, with the punctuation that stands before it.

    Dots after abbreviations and initials may be left out or added in the text.
    """
    words, between = split_words(text)
    keys = [fold(token) for token in words]
    gaps = ["", *(LOOSE.sub("", gap) for gap in between[1:-1])]
    bare = ["" if gap == "." else gap for gap in gaps]
    initials = [
        gap or ("." if place and len(keys[place - 1]) == 1 and keys[place - 1].isalpha() else "")
        for place, gap in enumerate(gaps)
    ]
    return {tuple(gap + key for gap, key in zip(row, keys, strict=True)) for row in (gaps, bare, initials)}


def _bare(token: str) -> str:
    return token.replace(".", "")


def _case(word: str) -> int:
    if word.islower() or word.lower() == word.upper():
        return _SMALL
    if word.isupper():
        return _CAPITALS if len(word) > 1 else _CAPITAL
    return _CAPITAL if word[0].isupper() and not any(letter.isupper() for letter in word[1:]) else _MIXED


def _is_unspaced(word: str) -> bool:
    return is_hangul(unicodedata.normalize("NFC", word)[0]) or "\u3400" <= word[0] <= "\u9fff"


def _is_short(words: tuple[str, ...]) -> bool:
    """Whether a person's name is a family name only: one word, or an honorific and one."""
    if _is_unspaced(words[0]):
        return False
    return len(words) == 1 or (len(words) == 2 and fold(words[0]) in contexts.HONORIFICS)


def _length(token: str, composed: str) -> int:
    """How many characters of a (perhaps decomposed) token make up its composed beginning."""
    if token.startswith(composed):
        return len(composed)
    length = len(token)
    while length and unicodedata.normalize("NFC", token[:length]) != composed:
        length -= 1
    return length
