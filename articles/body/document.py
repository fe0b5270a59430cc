"""The document of a body: blocks of words with inline marks, in groups. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

RANK = ("a", "strong", "em", "code", "sub", "sup")
SPACE_IN_LINE = re.compile("[ \t\f\xa0]+")
LINE_END = re.compile("\r\n?")
_GAP = re.compile(r"( *\n[ \n]*| {2,}|\A +| +\Z)")
_INVISIBLE = " \n\u200b\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class Run:
    """Words with the same marks; a mark is its opening tag, and they are in the order of nesting."""

    text: str
    marks: tuple[str, ...]


@dataclass(slots=True)
class Leaf:
    tag: str
    runs: list[Run]
    start: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Group:
    tag: str
    depth: int
    children: "list[Node]" = field(default_factory=list)
    start: int = 0


Node = Leaf | Group


def element(mark: str) -> str:
    """Return the name of the element that a mark opens."""
    return mark.strip("<>").partition(" ")[0]


def in_order(marks: Iterable[str]) -> tuple[str, ...]:
    """Return marks in the order in which they nest."""
    return tuple(sorted(marks, key=lambda mark: RANK.index(element(mark))))


def leaves(tag: str, runs: Iterable[Run]) -> list[Leaf]:
    """Return `runs` as blocks of one kind, without needless white space; two line feeds part paragraphs."""
    paragraphs: list[list[Run]] = [[]]
    gap = ""
    for run in runs:
        for piece in _GAP.split(run.text):
            if not piece.strip(" \n"):
                gap += piece
                continue
            current = paragraphs[-1]
            if current and gap:
                if tag == "p" and gap.count("\n") > 1:
                    current = []
                    paragraphs.append(current)
                else:
                    # The white space between two words has the marks that both have, whoever typed it where.
                    shared = tuple(mark for mark in current[-1].marks if mark in run.marks)
                    current.append(Run("\n" if tag == "p" and "\n" in gap else " ", shared))
            gap = ""
            current.append(Run(piece, run.marks))
    merged = (
        Leaf(
            tag,
            [
                Run("".join(run.text for run in same), marks)
                for marks, same in groupby(paragraph, attrgetter("marks"))
            ],
        )
        for paragraph in paragraphs
    )
    return [leaf for leaf in merged if leaf.text.strip(_INVISIBLE)]


def _separator(tag: str) -> str:
    return "\n\n" if tag == "blockquote" else "\n"


def text_of(nodes: Iterable[Node], separator: str) -> str:
    """Return the words of `nodes`, parted by `separator`; a ``br`` is a line feed."""
    texts = (
        node.text if isinstance(node, Leaf) else text_of(node.children, _separator(node.tag))
        for node in nodes
    )
    return separator.join(text for text in texts if text)


def place(nodes: Iterable[Node], separator: str, start: int) -> int:
    """Note for every node where its words begin in `text_of`, and return where the last of them end."""
    at, end = start, start
    for node in nodes:
        node.start = at
        if isinstance(node, Group):
            end = place(node.children, _separator(node.tag), at)
        elif node.runs:
            end = at + len(node.text)
        else:
            continue
        at = end + len(separator)
    return end


def end_of(node: Node) -> int:
    """Return where the words of a placed node end."""
    while isinstance(node, Group):
        node = node.children[-1]
    return node.start + len(node.text)
