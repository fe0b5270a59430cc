"""Claims that an article's other claims hold already: of one saying that was found twice, one is proposed."""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

_WORD = re.compile(r"[^\W_]+")
_COVERED = 0.8
"""The share of a passage that lies within another, from which on both are of the same words."""
_SHARED = 0.7
"""The share of a claim's words that another claim has, from which on it says no more; names may be told in full."""


class Claimed(Protocol):
    """What is asked of a draft: its passage, its voice, its claim, and through whom it came."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def voice(self) -> str: ...
    @property
    def claim(self) -> str: ...
    @property
    def stance(self) -> tuple[str, bool]: ...
    @property
    def through(self) -> frozenset[str]: ...


T = TypeVar("T", bound=Claimed)


def without_echoes(drafts: Sequence[T]) -> list[T]:
    """Return the drafts in their order, without those that say only what another of the same words says better.

    - The same voice, once around the other ("she said that she backs it"): the one that says no more goes.
    - A report of what somebody else said, with the reporter in its relay: the report goes.
    """
    by_place = sorted(range(len(drafts)), key=lambda number: (drafts[number].start, -drafts[number].end))
    dropped: set[int] = set()
    for at, outer in enumerate(by_place):
        for inner in by_place[at + 1 :]:
            if drafts[inner].start >= drafts[outer].end:
                break
            if not dropped & {outer, inner} and (echo := _echo(drafts[outer], drafts[inner])) is not None:
                dropped.add(inner if echo is drafts[inner] else outer)
    return [draft for number, draft in enumerate(drafts) if number not in dropped]


def _echo(outer: T, inner: T) -> T | None:
    """Return the one of two that can go, if one can; the outer one begins first, or ends last."""
    if not _overlap(outer, inner):
        return None
    if outer.voice == inner.voice:
        is_plainer = inner.claim != outer.claim and outer.claim.casefold().endswith(inner.claim.casefold())
        if outer.stance == inner.stance and _says(inner.claim, outer.claim):
            return outer if is_plainer else inner
        return None
    if outer.voice in inner.through and _is_report(outer, inner):
        return outer
    return inner if inner.voice in outer.through and _is_report(inner, outer) else None


def _overlap(one: Claimed, other: Claimed) -> bool:
    common = min(one.end, other.end) - max(one.start, other.start)
    return common >= _COVERED * min(one.end - one.start, other.end - other.start)


def _says(inner: str, outer: str) -> bool:
    """Tell whether the words of one claim stand in another."""
    words = set(_WORD.findall(inner.casefold()))
    return len(words & set(_WORD.findall(outer.casefold()))) >= _SHARED * len(words)


def _is_report(report: Claimed, said: Claimed) -> bool:
    """Tell whether a report says no more than that something was said, or just that."""
    return _says(report.claim, said.claim) or (
        said.end - said.start >= _COVERED * (report.end - report.start) and _says(said.claim, report.claim)
    )
