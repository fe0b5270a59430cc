"""The fields of an item in front matter and in JSON: their names, and what may stand in them. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime

from articles.body import require_text
from articles.importers.item import SourceFields
from cms.dates import parse

HEADLINE = ("headline", "title", "name")
STANDFIRST = ("standfirst", "summary", "description", "lede", "abstract")
LANGUAGE = ("language", "lang")
BYLINE = ("byline", "author", "authors", "creator")
DATED = ("date", "dated", "published", "published_at", "date_published")
ADDRESS = ("link", "url", "address", "canonical_url")
PUBLISHER = ("publisher", "site_name")
IDENTITY = ("id", "guid", "uuid", "external_id")
TOPICS = ("topics", "tags", "keywords")

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


class Fields:
    """Fields by name, whatever its case; each getter takes the first of several names that is filled.

    Every getter raises ValueError that names the field and what would be right in it.
    """

    def __init__(self, fields: Mapping[str, object]) -> None:
        self._fields = {str(name).lower(): value for name, value in fields.items()}

    def line(self, *names: str) -> str:
        """Return a text of one line; white space in it becomes one space."""
        return " ".join(self.text(*names).split())

    def text(self, *names: str) -> str:
        """Return a text as it is, "" if there is none; a number counts as text."""
        name, value = self._first(names)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            raise ValueError(f"“{name}” has to be text, not {_kind(value)}")
        return _checked(name, value)

    def names(self, *names: str) -> tuple[str, ...]:
        """Return a list of names, from a list or a text with commas; case does not make a second name."""
        name, value = self._first(names)
        listed = value.split(",") if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            raise ValueError(f"“{name}” has to be a list of names")
        lines = (" ".join(_checked(name, each).split()) for each in listed)
        return tuple({line.lower(): line for line in lines if line}.values())

    def byline(self) -> str:
        """Return the authors: a text, a list of texts, or objects with a name, as JSON Feed has them."""
        name, value = self._first(BYLINE)
        authors = value if isinstance(value, list) else [value]
        found = [author.get("name") if isinstance(author, dict) else author for author in authors]
        if not all(isinstance(author, str) for author in found):
            raise ValueError(f"“{name}” has to be a name or a list of names")
        return ", ".join(filter(None, (" ".join(_checked(name, str(author)).split()) for author in found)))

    def date(self, *names: str) -> str:
        """Return a date as EDTF; of an ISO 8601 time its day, as it is written there."""
        name, _ = self._first(names)
        written = self.line(*names)
        try:
            if _TIME.match(written):
                written = datetime.fromisoformat(written).date().isoformat()
            if written:
                parse(written)
        except ValueError as error:
            raise ValueError(f"“{name}”: {error}") from error
        return written

    def language(self) -> str:
        """Return a BCP 47 tag, "en" if there is none."""
        tag = self.line(*LANGUAGE).replace("_", "-") or "en"
        if not _LANGUAGE_TAG.fullmatch(tag):
            raise ValueError(f"“language” has to be a BCP 47 tag such as en or ko, not “{tag}”")
        return tag

    def slug(self) -> str:
        """Return the last part of the address that is proposed, or ""."""
        slug = self.line("slug")
        if slug and not _SLUG.fullmatch(slug):
            raise ValueError(
                f"“slug” has to be of lower-case letters, digits and single hyphens, not “{slug}”"
            )
        return slug

    def address(self, *names: str) -> str:
        """Return a web address, or ""."""
        name, _ = self._first(names)
        address = self.text(*names).strip()
        if address and not _WEB_ADDRESS.fullmatch(address):
            raise ValueError(
                f"“{name}” has to be an address that begins with http:// or https://, not “{address}”"
            )
        return address

    def source(self) -> SourceFields:
        """Return a source: publisher, title, address, published, note, relation, or unknown."""
        unknown = str(self._first(("is_unknown", "unknown"))[1]).lower()
        if unknown not in ("true", "false", ""):
            raise ValueError(f"“unknown” has to be true or false, not “{unknown}”")
        source: SourceFields = {"is_unknown": unknown == "true"}
        if publisher := self.line("publisher"):
            source["publisher"] = publisher
        if title := self.line(*HEADLINE):
            source["title"] = title
        if address := self.address(*ADDRESS):
            source["address"] = address
        if published := self.date(*DATED):
            source["published"] = published
        if note := self.line("note"):
            source["note"] = note
        if relation := self.line("relation"):
            source["relation"] = relation
        named = publisher or title or address
        if source["is_unknown"] == bool(named):
            raise ValueError(
                "has to have a publisher, a title or an address; or “unknown: true” and none of them"
            )
        return source

    def sources(self) -> tuple[SourceFields, ...]:
        """Return the list of sources under “sources”."""
        _, value = self._first(("sources",))
        if not value:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise ValueError(
                "“sources” has to be a list of sources, each with publisher, title, address, published"
            )
        found = []
        for number, fields in enumerate(value, 1):
            try:
                found.append(Fields(fields).source())
            except ValueError as error:
                raise ValueError(f"source {number}: {error}") from error
        return tuple(found)

    def _first(self, names: tuple[str, ...]) -> tuple[str, object]:
        for name in names:
            if (value := self._fields.get(name)) not in (None, "", []):
                return name, value
        return names[0], ""


def _checked(name: str, value: str) -> str:
    try:
        return require_text(value)
    except ValueError as error:
        raise ValueError(f"“{name}” has a {error}") from error


def _kind(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    return "an object" if isinstance(value, dict) else "true or false"
