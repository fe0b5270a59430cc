"""The history of a row of any kind, with the rows that belong to it: who, when, and what changed, in words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import CASCADE, Field, ForeignKey, Model
from django.utils.text import capfirst

from cms.dates import EdtfField, describe
from cms.differences import Kind, Piece, words
from cms.history import author_of, authors, events_of, is_kept, with_former
from cms.timezones import told

PAGE = 50
"""Entries on a page: what was done at once is one entry."""
SHORT = 30
"""Characters of a value up to which it is shown before and after; of a longer one the words that changed."""
_UNTOLD = {"id", "claim_version", "created_at"}


@dataclass(frozen=True, slots=True)
class Change:
    """A field by its name, and what became of its value."""

    name: str
    pieces: list[Piece]

    @property
    def is_replaced(self) -> bool:
        """Whether the whole value went and another came."""
        return [piece.kind for piece in self.pieces] == ["removed", "added"]


@dataclass(frozen=True, slots=True)
class Line:
    """What happened to one row, in a sentence, with its fields that changed (``is_change``), or all that it held."""

    words: str
    changes: list[Change]
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody ("" for the site or a command) did at once."""

    at: datetime
    by: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class History:
    """Entries, the latest first; ``earlier`` is the instant before which the next page begins, None on the last."""

    entries: list[Entry]
    earlier: datetime | None


@dataclass(frozen=True, slots=True)
class _Kept:
    """A model whose history belongs to a row: the row's own, or one whose rows are parts of it by a foreign key."""

    model: type[Model]
    key: str


@cache
def _kept_of(model: type[Model]) -> tuple[_Kept, ...]:
    parts = [
        _Kept(each, key.attname)
        for each in apps.get_models()
        if is_kept(each) and each is not model
        for key in each._meta.concrete_fields
        if isinstance(key, ForeignKey)
        and key.related_model is model
        and key.remote_field.on_delete is CASCADE
    ]
    own = [_Kept(model, "pgh_obj_id")] if is_kept(model) else []
    return (*own, *parts)


def instant_of(text: str | None) -> datetime | None:
    """Return the instant that an address names, None if it names none."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def history_of(row: Model, before: datetime | None = None) -> History:
    """Return what was done with a row and its parts before an instant, from the latest on by default.

    Four queries for each kind of rows that belong to it, and one for each kind that they refer to.
    """
    pairs: list[tuple[_Kept, Any, Any]] = []
    more = False
    for kept in _kept_of(type(row)):
        events = events_of(kept.model).filter(**{kept.key: row.pk})
        if before is not None:
            events = events.filter(pgh_created_at__lt=before)
        found = with_former(events.order_by("-pgh_created_at", "-pgh_id"), PAGE * 4)
        more = more or len(found) == PAGE * 4
        pairs += [(kept, event, former) for event, former in found]
    # A page ends where the first of the kinds was cut off, so that none is missing in between.
    instants = sorted({event.pgh_created_at for _, event, _ in pairs}, reverse=True)
    floor = _floor(pairs) if more else None
    shown = [instant for instant in instants if floor is None or instant >= floor][:PAGE]
    rest = len(instants) > len(shown)
    last = shown[-1] if shown else None
    pairs = [each for each in pairs if last is not None and each[1].pgh_created_at >= last]
    return History(list(_entries(type(row), pairs)), last if rest else None)


def _floor(pairs: Sequence[tuple[_Kept, Any, Any]]) -> datetime | None:
    oldest: defaultdict[_Kept, list[datetime]] = defaultdict(list)
    for kept, event, _ in pairs:
        oldest[kept].append(event.pgh_created_at)
    cut = [min(instants) for instants in oldest.values() if len(instants) == PAGE * 4]
    return max(cut, default=None)


def _entries(model: type[Model], pairs: Sequence[tuple[_Kept, Any, Any]]) -> Iterator[Entry]:
    names = authors(event for _, event, _ in pairs)
    labels = _labels(pairs)
    found: dict[tuple[datetime, int | None], Entry] = {}
    # The latest first; what was done at once in the order of the kinds, and as it was done.
    ordered = sorted(pairs, key=lambda each: (each[0].model._meta.label, each[1].pgh_id))
    ordered.sort(key=lambda each: (each[1].pgh_created_at, each[0].model is model), reverse=True)
    for kept, event, former in ordered:
        if line := _line(model, kept, event, former, labels):
            author = author_of(event)
            entry = Entry(event.pgh_created_at, names.get(author, "") if author else "")
            found.setdefault((event.pgh_created_at, author), entry).lines.append(line)
    yield from found.values()


def _line(model: type[Model], kept: _Kept, event: Any, former: Any, labels: dict[Any, str]) -> Line | None:
    kind = (
        ""
        if kept.model is model and kept.key == "pgh_obj_id"
        else capfirst(str(kept.model._meta.verbose_name))
    )
    fields = [
        each for each in _fields(kept.model) if hasattr(event, each.attname) and each.attname != kept.key
    ]
    if event.pgh_label == "update":
        changed = [
            Change(_name(each), _pieces(_value(former, each, labels), _value(event, each, labels)))
            for each in fields
            if former is None or getattr(former, each.attname) != getattr(event, each.attname)
        ]
        return Line(f"{kind} changed" if kind else "Changed", changed, True) if changed else None
    if event.pgh_label == "insert":
        return Line(f"{kind} added" if kind else "Created", _held(event, fields, "same", labels))
    if event.pgh_label == "delete":
        return Line(f"{kind} deleted" if kind else "Deleted", _held(event, fields, "removed", labels))
    return Line(capfirst(event.pgh_label), [])


def _held(event: Any, fields: Iterable[Field[Any, Any]], kind: Kind, labels: dict[Any, str]) -> list[Change]:
    """Return the values that a row had when it came or went, those that were empty left out."""
    values = ((each, _value(event, each, labels)) for each in fields)
    return [Change(_name(each), [Piece(kind, value)]) for each, value in values if value and value != "no"]


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [each for each in model._meta.concrete_fields if each.name not in _UNTOLD and not each.primary_key]


def _name(each: Field[Any, Any]) -> str:
    return "public" if each.name == "live" else str(each.verbose_name)


def _labels(pairs: Iterable[tuple[_Kept, Any, Any]]) -> dict[Any, str]:
    """Return the words for the rows that events refer to, by their model and key; those deleted since are missing."""
    wanted: defaultdict[type[Model], set[Any]] = defaultdict(set)
    for kept, *events in pairs:
        for each in _fields(kept.model):
            if isinstance(each, ForeignKey):
                wanted[each.related_model] |= {
                    getattr(event, each.attname, None) for event in events if event
                }
    return {
        (model, key): str(row)
        for model, keys in wanted.items()
        for key, row in model._default_manager.in_bulk(keys - {None}).items()
    }


def _value(event: Any, each: Field[Any, Any], labels: dict[Any, str]) -> str:
    """Return a value in words, "" for none."""
    value = getattr(event, each.attname, None) if event is not None else None
    if value is None or value == "" or value == []:
        return ""
    if isinstance(each, ForeignKey):
        return labels.get(
            (each.related_model, value), f"{each.related_model._meta.verbose_name} {value}, deleted since"
        )
    if isinstance(value, DateTimeTZRange):
        return f"from {told(value.lower)}" + (f" until {told(value.upper)}" if value.upper else "")
    if isinstance(value, datetime):
        return told(value)
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(each, EdtfField):
        return describe(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if each.choices:
        return str(dict(each.flatchoices).get(value, value))
    return str(value)


def _pieces(before: str, after: str) -> list[Piece]:
    if max(len(before), len(after)) > SHORT and before and after:
        return words(before, after)
    return [Piece("removed", before)] * bool(before) + [Piece("added", after)] * bool(after)
