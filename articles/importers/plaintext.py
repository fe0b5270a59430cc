"""Plain text: an optional date, an optional headline, paragraphs.

    date 2024-05-06 The text may follow on the same line, or below.

A first short line before an empty line is the headline; with none the first sentence proposes one.
"""

from collections.abc import Iterator
from pathlib import Path

from articles.body import from_plain, require_text
from articles.importers.date_lines import split_date_line, split_marked_date
from articles.importers.decoding import digest
from articles.importers.headlines import propose_headline, split_headline
from articles.importers.item import BadItem, Item, whole_file

SUFFIXES = (".txt",)


def read(path: Path) -> Iterator[Item | BadItem]:
    """Yield the item of a plain-text file."""
    return whole_file(path, _item)


def _item(text: str, origin: str) -> Item:
    dated, rest = split_marked_date(require_text(text))
    if not dated:
        dated, rest = split_date_line(text)
    headline, body = split_headline(rest)
    html = from_plain(body)
    if not html:
        raise ValueError("has a date and no text")
    return Item(
        headline=headline or propose_headline(body),
        body_html=html,
        external_id=digest(text),
        origin=origin,
        dated=dated,
    )
