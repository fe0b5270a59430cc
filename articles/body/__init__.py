"""The rich text of a revision: safe HTML, its plain text, and marks at positions of that text. Pure.

A body is a small document: blocks (``p``, ``h2``, ``h3``, ``hr``) and groups of blocks (``ul``, ``ol``,
``li``, ``blockquote``). Words stand only in ``p``, ``h2`` and ``h3``, as runs of text with inline marks
(``a``, ``strong``, ``em``, ``code``, ``sub``, ``sup``); a line feed in a run is a ``br``. This is the model
of the editor (ProseMirror), so a list item holds paragraphs, and the same text has one HTML only: cleaning
twice changes nothing. Every function here reads HTML through nh3 (html5ever) first, so each of them is safe
on any input. All positions are Unicode code points of `plain`, ``end`` exclusive.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import nh3
from django.utils.safestring import SafeString, mark_safe

from articles.body.characters import require_text
from articles.body.document import LINE_END, RANK, SPACE_IN_LINE, Run, end_of, leaves, place, text_of
from articles.body.length import reading_minutes, word_count
from articles.body.limits import require_length
from articles.body.marking import Mention, Passage, Span, placed, shared_out, written
from articles.body.reading import GROUPS, SCHEMES, read

__all__ = [
    "Block",
    "Mention",
    "Passage",
    "Span",
    "annotate",
    "blocks",
    "clean",
    "from_plain",
    "plain",
    "reading_minutes",
    "require_text",
    "word_count",
]

_WRITE = nh3.Cleaner(
    tags={"p", "h2", "h3", "hr", "br"} | GROUPS | set(RANK),
    attributes={"a": {"href"}},
    url_schemes=SCHEMES,
    link_rel="noopener",
)


@dataclass(frozen=True, slots=True)
class Block:
    """One top-level block of a page, and the numbers of the passages that end in it, in their order there."""

    html: SafeString
    notes: tuple[int, ...]


def clean(html: str) -> str:
    """Return `html` as editorial text in its one canonical form; ``clean(clean(x)) == clean(x)``.

    Kept are p, h2, h3, ul, ol, li, blockquote, hr, br, strong, em, code, sub, sup and links to http, https,
    mailto and paths of this site; everything else leaves only its words. White space collapses as browsers
    show it, a no-break space becomes a space, two line breaks end a paragraph, empty blocks go, an h3
    stands below an h2, and headings stand only at the top level.

    Raises ValueError that names the character and its place for control characters and lone surrogates, and one that
    names the limit for a text of more than 2,500,000 characters or with elements more than 5,000 deep.
    """
    document = read(require_length(html))
    return require_length(_WRITE.clean("".join(written(node, ()) for node in document)))


def plain(html: str) -> str:
    """Return the plain text of a body: the text that positions of mentions and evidence refer to.

    Blocks are parted by an empty line, blocks of one list by a line feed, ``br`` is a line feed; entities
    are decoded, characters are not normalised. ``plain(x) == plain(clean(x))``. Raises ValueError as
    `clean` does.
    """
    return text_of(read(html), "\n\n")


def from_plain(text: str) -> str:
    """Return a plain text as clean HTML: an empty line parts paragraphs, a single line feed is a ``br``.

    A line feed is kept, since nothing tells a wrapped line from a line that is meant; `plain` of the result
    is `text` with line ends as line feeds, runs of spaces, tabs and no-break spaces as one space, none of
    them at the ends of lines, and one empty line between paragraphs. Raises ValueError as `clean` does.
    """
    lines = SPACE_IN_LINE.sub(" ", LINE_END.sub("\n", require_text(text)))
    return "".join(written(leaf, ()) for leaf in leaves("p", [Run(lines, ())]))


def annotate(html: str, spans: Sequence[Span]) -> SafeString:
    """Return the clean body with its mentions linked and its passages marked; see `blocks`."""
    return mark_safe("".join(block.html for block in blocks(html, spans)))  # noqa: S308


def blocks(html: str, spans: Sequence[Span]) -> list[Block]:
    """Return the top-level blocks of the clean body, marked at `spans`, positions of ``plain(html)``.

    A mention becomes ``<a class="actor" href>``; one that touches a link of the text, or a mention before
    it, stays as it is, since links do not nest. A passage becomes ``<mark>``, with ``id="p<number>"`` on
    its first piece and ``<a class="ref" href="#n<number>">`` at its end. Spans may nest and overlap; where
    one crosses the border of a block or of another span it becomes several elements. White space at the
    ends of a span is not marked.

    Raises ValueError for a span outside the text or without words, for two passages with one number, and
    for an address that `clean` would not keep.
    """
    document = read(html)
    marks = placed(text_of(document, "\n\n"), spans)
    place(document, "\n\n", 0)
    result = []
    anchored: set[int] = set()
    for node, within in shared_out(document, marks):
        end = end_of(node)
        ending = [span for span in within if isinstance(span, Passage) and span.end <= end]
        notes = tuple(span.number for span in sorted(ending, key=lambda span: (span.end, span.number)))
        result.append(Block(mark_safe(written(node, within, anchored)), notes))  # noqa: S308
    return result
