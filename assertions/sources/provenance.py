"""How many independent sources stand behind claims, from who speaks and what goes back to what. Pure.

A claim that derives from another or repeats it is no source: what it goes back to is. Those that go back to nothing
are the roots; claims that go back to each other in a circle are one. Roots are then told apart by who speaks in them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a claim: the keys of its speakers, and of the parties they belong to or speak for.

    ``parties`` holds the speakers too, as far as they are named; without any, nobody in it is named.
    """

    speakers: frozenset[str]
    parties: frozenset[str] = frozenset()

    @property
    def is_named(self) -> bool:
        """Whether one who speaks is named."""
        return bool(self.parties)


@dataclass(frozen=True, slots=True)
class Root:
    """Where claims come from: the claim (or the circle of claims) itself, and all that go back to it, in order."""

    voice: Voice
    claims: tuple[int, ...]
    takers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """Independent sources: each group of roots that share a party is surely one and may be more."""

    groups: tuple[tuple[Root, ...], ...]
    unnamed: tuple[tuple[Root, ...], ...]

    @property
    def low(self) -> int:
        """How many there are at least: named ones of whom no two share a party."""
        return len(self.groups)

    @property
    def high(self) -> int:
        """How many there may be: every different set of speakers, and every one who is not named."""
        return sum(len(voices(group)) for group in self.groups) + len(self.unnamed)


def count(start: Iterable[int], targets: Mapping[int, Collection[int]], voices: Mapping[int, Voice]) -> Count:
    """Return the independent sources of some claims.

    ``targets`` has for a claim those from which it derives or which it repeats; ``voices`` has a voice for every
    claim that can be reached. The order of what is given does not matter.
    """
    named: list[Root] = []
    unnamed: dict[frozenset[str], list[Root]] = defaultdict(list)
    for root in _roots(start, targets, voices):
        if root.voice.is_named:
            named.append(root)
        else:
            unnamed[root.voice.speakers].append(root)
    return Count(_grouped(named), tuple(tuple(roots) for _, roots in sorted(unnamed.items(), key=_by_claim)))


def voices(group: Iterable[Root]) -> list[Voice]:
    """Return the voices of a group that differ in who speaks, each once, in the order of the group."""
    found: dict[frozenset[str], Voice] = {}
    for root in group:
        found.setdefault(root.voice.speakers, root.voice)
    return list(found.values())


def _grouped(named: list[Root]) -> tuple[tuple[Root, ...], ...]:
    """Put each root to the first group whose leader shares a party with it; else it leads a group of its own.

    Those with the fewest speakers lead, so that a joint statement takes nothing from what each says alone.
    """
    groups: list[list[Root]] = []
    for root in sorted(
        named, key=lambda root: (len(root.voice.speakers), len(root.voice.parties), root.claims)
    ):
        for group in groups:
            if group[0].voice.parties & root.voice.parties:
                group.append(root)
                break
        else:
            groups.append([root])
    return tuple(tuple(group) for group in sorted(groups, key=lambda group: group[0].claims))


def _by_claim(item: tuple[frozenset[str], list[Root]]) -> tuple[int, ...]:
    return item[1][0].claims


def _roots(
    start: Iterable[int], targets: Mapping[int, Collection[int]], voices: Mapping[int, Voice]
) -> list[Root]:
    claims = _reach(start, targets)
    takers: dict[int, list[int]] = defaultdict(list)
    for claim in claims:
        for target in targets.get(claim, ()):
            takers[target].append(claim)
    circles = [frozenset([claim]) for claim in claims if not targets.get(claim)]
    left = claims - _reach((claim for circle in circles for claim in circle), takers)
    while left:
        # What is left goes round: walk on until everything ahead leads back.
        claim = min(left)
        while elsewhere := _reach([claim], targets) - _reach([claim], takers):
            claim = min(elsewhere)
        circles.append(frozenset(_reach([claim], targets)))
        left -= _reach(circles[-1], takers)
    found = [
        Root(
            _together([voices[claim] for claim in sorted(circle)]),
            tuple(sorted(circle)),
            tuple(sorted(_reach(circle, takers) - circle)),
        )
        for circle in circles
    ]
    return sorted(found, key=lambda root: root.claims)


def _together(of: list[Voice]) -> Voice:
    """Return the one voice of a circle of claims: those who are named, or else all."""
    counted = [voice for voice in of if voice.is_named] or of
    return Voice(
        frozenset[str]().union(*(voice.speakers for voice in counted)),
        frozenset[str]().union(*(voice.parties for voice in counted)),
    )


def _reach(start: Iterable[int], steps: Mapping[int, Collection[int]]) -> set[int]:
    reached = set(start)
    ahead = list(reached)
    while ahead:
        new = set(steps.get(ahead.pop(), ())) - reached
        reached |= new
        ahead.extend(new)
    return reached
