"""What an importer makes of a file: items and sentences about what could not be read. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired, TypedDict

from articles.importers.decoding import read_text


class SourceFields(TypedDict):
    """A source of an item, under the names of the fields of `articles.models.Source`; `published` is EDTF."""

    publisher: NotRequired[str]
    title: NotRequired[str]
    address: NotRequired[str]
    published: NotRequired[str]
    note: NotRequired[str]
    relation: NotRequired[str]
    is_unknown: NotRequired[bool]


@dataclass(frozen=True, slots=True)
class Item:
    """An article as it was found, not yet stored.

    `body_html` is clean; `dated` is EDTF or ""; `slug` is "" unless the file proposes one; `external_id`
    stays the same as long as the item is the same; `origin` is the file, with the line if it holds many.
    """

    headline: str
    body_html: str
    external_id: str
    origin: str
    standfirst: str = ""
    language: str = "en"
    byline: str = ""
    dated: str = ""
    slug: str = ""
    topics: tuple[str, ...] = ()
    sources: tuple[SourceFields, ...] = ()


@dataclass(frozen=True, slots=True)
class BadItem:
    """Something that is no item: where it stands, and what is wrong and would be right."""

    origin: str
    reason: str


def whole_file(path: Path, make: Callable[[str, str], Item]) -> Iterator[Item | BadItem]:
    """Yield the one item of a file: ``make(text, origin)``, which raises ValueError with a sentence."""
    try:
        yield make(read_text(path), str(path))
    except ValueError as error:
        yield BadItem(str(path), str(error))
    except OSError as error:
        yield BadItem(str(path), f"cannot be read: {error.strerror}")
