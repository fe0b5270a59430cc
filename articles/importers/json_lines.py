"""JSON Lines: one object a line, read as a stream, so that a file may be of any length.

    {"id": "1", "publisher": "Example Agency", "language": "en", "link": "https://example.org/1",
     "date": "2024-05-06", "headline": "Words of the headline", "text": "Plain text, or html for HTML."}

`fields` lists the other names that these may have.
"""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from articles.body import clean, from_plain, plain
from articles.importers.date_lines import split_date_line
from articles.importers.decoding import LIMIT, TOO_LONG, decode, digest, is_utf_16, read_text
from articles.importers.fields import (
    ADDRESS,
    DATED,
    HEADLINE,
    IDENTITY,
    PUBLISHER,
    STANDFIRST,
    TOPICS,
    Fields,
)
from articles.importers.headlines import propose_headline
from articles.importers.item import BadItem, Item, SourceFields

SUFFIXES = (".jsonl", ".ndjson")
_TEXT = ("text", "body", "content", "content_text", "article")
_HTML = ("html", "body_html", "content_html")


def read(path: Path) -> Iterator[Item | BadItem]:
    """Yield the items of a JSON Lines file, one a line; empty lines are passed over."""
    try:
        if not path.is_file():
            raise ValueError("is no file" if path.exists() else "there is no such file")
        with path.open("rb") as file:
            if is_utf_16(file.read(2)):
                # JSON Lines are UTF-8; what some programs save as UTF-16 is short enough to be read whole.
                yield from _items(BytesIO(read_text(path).encode()), path)
            else:
                file.seek(0)
                yield from _items(file, path)
    except ValueError as error:
        yield BadItem(str(path), str(error))
    except OSError as error:
        yield BadItem(str(path), f"cannot be read: {error.strerror}")


def _items(file: BinaryIO, path: Path) -> Iterator[Item | BadItem]:
    filled = False
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        filled = True
        origin = f"{path}:{number}"
        try:
            yield _item(line, number, origin)
        except ValueError as error:
            yield BadItem(origin, str(error))
    if not filled:
        raise ValueError("is empty")


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file; of one that is too long only so much as tells that it is."""
    while line := file.readline(LIMIT + 1):
        yield line
        while len(line) > LIMIT and not line.endswith(b"\n"):
            line = file.readline(LIMIT + 1)


def _item(line: bytes, number: int, origin: str) -> Item:
    if len(line) > LIMIT:
        raise ValueError(f"the line is too long; {TOO_LONG}")
    text = decode(line, number).strip()
    fields = _fields(text)
    headline, publisher, address = fields.line(*HEADLINE), fields.line(*PUBLISHER), fields.address(*ADDRESS)
    body, dated = _body(fields, fields.date(*DATED))
    return Item(
        headline=headline or propose_headline(plain(body)),
        body_html=body,
        external_id=_identity(fields.line(*IDENTITY), publisher) or address or digest(text),
        origin=origin,
        standfirst=fields.line(*STANDFIRST),
        language=fields.language(),
        byline=fields.byline(),
        dated=dated,
        slug=fields.slug(),
        topics=fields.names(*TOPICS),
        sources=fields.sources() or _own_source(publisher, address, headline, dated),
    )


def _fields(text: str) -> Fields:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON at column {error.colno}: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise ValueError(
            "is not JSON that can be read: a number is too long, or it nests too deeply"
        ) from error
    if not isinstance(value, dict):
        raise ValueError('has to be an object such as {"headline": "…", "text": "…"}')
    return Fields(value)


def _body(fields: Fields, dated: str) -> tuple[str, str]:
    """Return the HTML of the text, and its date: a first line that only says that is no part of the text."""
    if html := fields.text(*_HTML):
        try:
            body = clean(html)
        except ValueError as error:
            raise ValueError(f"“html” has a {error}") from error
    else:
        text = fields.text(*_TEXT)
        date_line, rest = split_date_line(text)
        if date_line and dated in ("", date_line):
            dated, text = date_line, rest
        body = from_plain(text)
    if not body:
        raise ValueError("has no text; give it in “text”, or as HTML in “html”")
    return body, dated


def _identity(name: str, publisher: str) -> str:
    """Return what the publisher calls the item; two publishers may both have an item 1."""
    return f"{publisher} {name}" if name and publisher else name


def _own_source(publisher: str, address: str, headline: str, dated: str) -> tuple[SourceFields, ...]:
    """Return the item itself as the source of its article, if it says where it was published."""
    if not (publisher or address):
        return ()
    return ({"publisher": publisher, "title": headline, "address": address, "published": dated},)
