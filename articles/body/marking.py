"""Writing the document of a body as HTML, with marks at spans of its plain text. Pure."""

import html as markup
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from articles.body.document import Group, Leaf, Node, Run, element, end_of
from articles.body.reading import safe_address


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an actor, and the address of that actor's page."""

    start: int
    end: int
    href: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that carry a numbered note: the page's ``#p<number>`` is the passage, ``#n<number>`` its note."""

    start: int
    end: int
    number: int


Span = Mention | Passage


def placed(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return `spans` without white space at their ends, outermost first; see `blocks` for what is refused."""
    numbers: set[int] = set()
    trimmed: list[Span] = []
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError(f"{span} does not stand in a text of {len(text)} characters")
        words = text[span.start : span.end]
        start = span.start + len(words) - len(words.lstrip(" \n"))
        end = span.start + len(words.rstrip(" \n"))
        if start >= end:
            raise ValueError(f"{span} has no words")
        if isinstance(span, Mention):
            if not (href := safe_address(span.href)):
                raise ValueError(f"{span.href!r} is no address that a page may link to")
            trimmed.append(Mention(start, end, href))
            continue
        if span.number in numbers:
            raise ValueError(f"two passages have the number {span.number}")
        numbers.add(span.number)
        trimmed.append(Passage(start, end, span.number))
    return sorted(trimmed, key=lambda span: (span.start, -span.end, getattr(span, "number", 0)))


def shared_out(nodes: Iterable[Node], spans: Sequence[Span]) -> Iterator[tuple[Node, list[Span]]]:
    """Yield placed nodes that follow one another, each with the spans, in the order of `placed`, that touch its words.

    Spans and nodes are gone through once: a text may have ten thousands of both.
    """
    if not spans:
        yield from ((node, []) for node in nodes)
        return
    within: list[Span] = []
    ahead = iter(spans)
    coming = next(ahead, None)
    for node in nodes:
        within = [span for span in within if span.end > node.start]
        end = end_of(node)
        while coming is not None and coming.start < end:
            if coming.end > node.start:
                within.append(coming)
            coming = next(ahead, None)
        yield node, within


def written(node: Node, spans: Sequence[Span], anchored: set[int] | None = None) -> str:
    """Return one node as HTML; `anchored` holds the passages whose first piece has been written."""
    if node.tag == "hr":
        return "<hr>"
    if isinstance(node, Group):
        inner = "".join(written(child, own, anchored) for child, own in shared_out(node.children, spans))
    else:
        inner = _Writer(node, spans, set() if anchored is None else anchored).write()
    return f"<{node.tag}>{inner}</{node.tag}>"


class _Writer:
    """Writes the runs of one block: passages outermost, then links, then the other marks.

    The order keeps the reference of a passage out of other links, and lets links be split rather than nested.
    """

    def __init__(self, leaf: Leaf, spans: Sequence[Span], anchored: set[int]) -> None:
        self._leaf = leaf
        self._end = leaf.start + len(leaf.text)
        passages = [span for span in spans if isinstance(span, Passage)]
        mentions = self._linkable([span for span in spans if isinstance(span, Mention)])
        kept: list[Span] = [*passages, *mentions]
        self._borders = sorted({border for span in kept for border in (span.start, span.end)})
        self._ahead: list[deque[Span]] = [deque(passages), deque(mentions)]
        self._open: list[list[Span]] = [[], []]
        self._anchored = anchored
        self._out: list[str] = []
        self._stack: list[str | Span] = []

    def write(self) -> str:
        at = self._leaf.start
        for run in self._leaf.runs:
            begin = at
            for cut in self._cuts(at, at + len(run.text)):
                self._switch(self._marks(at, run), at)
                self._out.append(
                    markup.escape(run.text[at - begin : cut - begin], quote=False).replace("\n", "<br>")
                )
                at = cut
        self._switch([], self._end)
        return "".join(self._out)

    def _linkable(self, mentions: list[Mention]) -> list[Mention]:
        at, linked = self._leaf.start, deque[tuple[int, int]]()
        for run in self._leaf.runs:
            if run.marks and element(run.marks[0]) == "a":
                linked.append((at, at + len(run.text)))
            at += len(run.text)
        kept: list[Mention] = []
        for mention in mentions:
            while linked and linked[0][1] <= mention.start:
                linked.popleft()
            inside_link = bool(linked) and linked[0][0] < mention.end
            if not inside_link and not (kept and mention.start < kept[-1].end):
                kept.append(mention)
        return kept

    def _cuts(self, start: int, end: int) -> list[int]:
        """Return where spans begin or end within a run, and its end."""
        return [*self._borders[bisect_right(self._borders, start) : bisect_left(self._borders, end)], end]

    def _marks(self, at: int, run: Run) -> list[str | Span]:
        """Return what is open at a place; asked from the first to the last."""
        for ahead, open_spans in zip(self._ahead, self._open, strict=True):
            open_spans[:] = [span for span in open_spans if at < span.end]
            while ahead and ahead[0].start <= at:
                span = ahead.popleft()
                if at < span.end:
                    open_spans.append(span)
        return [*self._open[0], *self._open[1], *run.marks]

    def _switch(self, marks: list[str | Span], at: int) -> None:
        """Close the elements that end at `at` and open those of `marks` that are not open."""
        pairs = zip(self._stack, marks, strict=False)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        # Spans keep their order from one piece to the next, so the outermost that closes is one that ends
        # here.
        ending = sorted(span.number for span in self._stack if isinstance(span, Passage) and span.end == at)
        while len(self._stack) > shared:
            mark = self._stack.pop()
            if len(self._stack) == shared:
                self._out += (f'<a class="ref" href="#n{number}">{number}</a>' for number in ending)
            self._out.append(f"</{_element(mark)}>")
        for mark in marks[shared:]:
            self._stack.append(mark)
            self._out.append(self._opening(mark))

    def _opening(self, mark: str | Span) -> str:
        if isinstance(mark, Mention):
            return f'<a class="actor" href="{markup.escape(mark.href)}">'
        if isinstance(mark, str):
            return mark
        if mark.number in self._anchored:
            return "<mark>"
        self._anchored.add(mark.number)
        return f'<mark id="p{mark.number}">'


def _element(mark: str | Span) -> str:
    if isinstance(mark, Passage):
        return "mark"
    return "a" if isinstance(mark, Mention) else element(mark)
