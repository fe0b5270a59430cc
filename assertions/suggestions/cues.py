"""The words that ascribe a content to a source, with the constructions in which they do, and the act they are.

A row of ``verbs.txt`` is a lemma (its irregular past forms after slashes), its act, how loosely a subject may be
taken, and its frames:

- ``c`` a finite clause ("said that …"), ``x`` an infinitive of the subject ("vowed to …"), ``i`` an object with
  an infinitive ("urged them to …"), ``o`` an object ("confirmed the losses"), ``s`` an object with a complement
  ("called it a lie"), ``a`` an object with its grounds ("accused them of …"), ``g`` a number or a detail that is given
  ("gave the cause"), ``q`` quoted words ("…," she added);
- prepositions, after a colon, that lead to the content ("called for …").

``S`` is speech: whatever speaks may be its subject. ``W`` asks for a person, a body, a document or a pronoun, since
things and circumstances can be its subject too ("the cooperation threatens stability").
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("verbs.txt")
_E_IS_KEPT = ("ee", "oe", "ye")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")


@dataclass(frozen=True, slots=True)
class Cue:
    """One verb of the table."""

    lemma: str
    act: str
    is_speech: bool
    frames: frozenset[str]
    prepositions: frozenset[str]
    past: str = ""


@cache
def verbs() -> dict[str, Cue]:
    """Return the verbs of the table by each of their forms, in small letters."""
    table: dict[str, Cue] = {}
    for row in rows_of(_TABLE):
        words, act, strength, *rest = row.split()
        lemma, *irregular = words.split("/")
        frames, _, first = (rest[0] if rest else "").partition(":")
        cue = Cue(
            lemma,
            act,
            strength == "S",
            frozenset(frames),
            frozenset([first, *rest[1:]]) - {""},
            past_of(lemma, irregular),
        )
        for form in forms(lemma, irregular):
            table[form] = cue
    return table


def rows_of(path: Path) -> list[str]:
    """Return the rows of a table in a file, without the comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def forms(lemma: str, irregular: list[str]) -> set[str]:
    past = irregular or [_with_ed(lemma)]
    return {lemma, _with_s(lemma), *past, _with_ing(lemma, doubled=_is_doubled(past[0], lemma))}


def past_of(lemma: str, irregular: list[str]) -> str:
    return irregular[0] if irregular else _with_ed(lemma)


def _with_s(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x", "z")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] in _CONSONANTS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _with_ed(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] in _CONSONANTS:
        return lemma[:-1] + "ied"
    return lemma + "ed"


def _with_ing(lemma: str, *, doubled: bool) -> str:
    if doubled or lemma in {"forget", "beg"}:
        return lemma + lemma[-1] + "ing"
    if lemma.endswith("e") and not lemma.endswith(_E_IS_KEPT):
        return lemma[:-1] + "ing"
    return lemma + "ing"


def _is_doubled(past: str, lemma: str) -> bool:
    return past == lemma + lemma[-1] + "ed"
