"""What an export holds: the kinds, and a line of JSON for each row.

The kinds and their columns come from the models, so that a later one is not forgotten. A row is named by what people
name it by (KEYS), never by a key of the database; rows that have no such name are numbered within what they belong to.
Rows that are nothing by themselves stand inside their parent (WITHIN).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.backends.postgresql.psycopg_any import Range
from django.db.models import (
    Count,
    Field,
    ForeignKey,
    Model,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
)
from django.db.models.fields.files import FieldFile
from pghistory.models import Event

from actors.models import Actor, IdentityJudgement, Merge
from articles.models import (
    Article,
    ErrorReport,
    FormerAddress,
    Image,
    Revision,
    RevisionImage,
    TaggedRevision,
    Topic,
    WorkingCopy,
)
from assertions.models import (
    Assertion,
    Evidence,
    Lease,
    Measure,
    Participant,
    Quantity,
    Question,
    Relay,
    Review,
    RivalDate,
    SavedFilter,
    Speaker,
    TaggedAssertion,
)
from cms.models import User

APPS = ("actors", "articles", "assertions")
KEYS: dict[type[Model], tuple[str, ...]] = {
    Actor: ("slug",),
    Article: ("slug",),
    Assertion: ("identifier",),
    Image: ("file",),
    Measure: ("slug",),
    Question: ("slug",),
    Revision: ("article", "number"),
    Topic: ("slug",),
    User: ("username",),
}
"""What a row is referred to by, where another one refers to it."""
NUMBERED: dict[type[Model], str] = {Evidence: "assertion", Quantity: "assertion", Review: "assertion"}
"""Kinds whose rows are numbered from 1, in the order in which they were written, within what they belong to."""
WITHIN: dict[type[Model], tuple[type[Model], str, str]] = {
    FormerAddress: (Article, "former_addresses", "former_addresses"),
    TaggedRevision: (Revision, "tagged", "topics"),
    RevisionImage: (Revision, "images", "images"),
    Speaker: (Assertion, "speakers", "speakers"),
    Participant: (Assertion, "participants", "participants"),
    Relay: (Assertion, "relays", "relays"),
    RivalDate: (Assertion, "rival_dates", "rival_dates"),
    TaggedAssertion: (Assertion, "tagged", "topics"),
}
"""Kinds that stand in the lines of another one: that one, the way to them, and the name of their list there."""
LEFT_OUT: tuple[type[Model], ...] = (WorkingCopy, Lease, SavedFilter)
"""What somebody has open, in hand, or set up for oneself: it is nothing that the newsroom has written."""
PRIVATE: dict[type[Model], tuple[str, ...]] = {
    ErrorReport: ("email",),
    # It holds keys of the database, and what it tells of a merge that stands is told by the rows themselves.
    Merge: ("moved", "undone_by", "undone_at"),
    IdentityJudgement: ("revoked_at",),
}
"""Columns that are not exported."""
STANDING: dict[type[Model], dict[str, Any]] = {
    IdentityJudgement: {"revoked_at": None},
    Merge: {"undone_at": None},
}
"""Kinds of which only the rows that hold today are exported."""
ROWS = 200
"""Rows that are in memory at once."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One file of an export: its name without the ending, and the model of its rows."""

    name: str
    model: type[Model]

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.name}.jsonl"


def kinds() -> list[Kind]:
    """Return the kinds of an export by the names of their files."""
    models = [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        if not issubclass(model, Event) and model not in WITHIN and model not in LEFT_OUT
    ]
    named = [Kind(str(model._meta.verbose_name_plural).replace(" ", "_"), model) for model in models]
    return sorted(named, key=lambda kind: kind.name)


def lines(kind: Kind) -> Iterator[bytes]:
    """Yield the lines of a kind, in no order: UTF-8, each a JSON object with sorted keys and a newline."""
    for row in _rows(kind.model).iterator(chunk_size=ROWS):
        yield (_text(_object(row)) + "\n").encode()


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _rows(model: type[Model], *, but: str = "") -> QuerySet[Any]:
    """Return the rows of a model with all that their lines need; ``but`` is a column that is not needed."""
    columns = [column for column in _columns(model) if column.name != but]
    rows = model._base_manager.filter(**STANDING.get(model, {})).order_by("pk")
    if joined := [path for column in columns for path in _paths(column)]:
        rows = rows.select_related(*joined)
    # A mention is named by its revision, whose text has no place beside each of them in memory.
    rows = rows.only(*([but] if but else []), *(name for column in columns for name in _names(column)))
    if model in NUMBERED:
        rows = rows.annotate(number_there=_number(model, "pk", NUMBERED[model]))
    for column in columns:
        if isinstance(column, ForeignKey) and column.remote_field.model in NUMBERED:
            other = column.remote_field.model
            number = _number(other, f"{column.name}_id", f"{column.name}__{NUMBERED[other]}")
            rows = rows.annotate(**{f"{column.name}_number": number})
    inside = [
        Prefetch(way, _rows(child, but=_parent_column(child, model)))
        for child, (parent, way, _) in WITHIN.items()
        if parent is model
    ]
    return rows.prefetch_related(*inside)


def _columns(model: type[Model]) -> list[Field[Any, Any]]:
    return [
        column
        for column in model._meta.concrete_fields
        if not column.primary_key
        and not getattr(column, "generated", False)
        and column.name not in PRIVATE.get(model, ())
    ]


def _column(model: type[Model], name: str) -> Field[Any, Any]:
    return next(column for column in model._meta.concrete_fields if column.name == name)


def _paths(column: Field[Any, Any]) -> list[str]:
    """Return the ways to the rows that name what a column refers to."""
    if not isinstance(column, ForeignKey):
        return []
    other = column.remote_field.model
    beyond = [path for name in _key(other) for path in _paths(_column(other, name))]
    return [column.name, *(f"{column.name}__{path}" for path in beyond)]


def _names(column: Field[Any, Any]) -> list[str]:
    """Return what is read of a column: itself, or all that names what it refers to."""
    if not isinstance(column, ForeignKey):
        return [column.name]
    other = column.remote_field.model
    return [f"{column.name}__{name}" for key in _key(other) for name in _names(_column(other, key))]


def _key(model: type[Model]) -> tuple[str, ...]:
    """Return the columns that name a row, for a numbered one those of what it belongs to."""
    return (NUMBERED[model],) if model in NUMBERED else KEYS.get(model, ())


def _number(model: type[Model], key: str, parent: str) -> Subquery:
    """Return the number of a row among those of what it belongs to; both are told as the outer query has them."""
    before = model._base_manager.filter(**{NUMBERED[model]: OuterRef(parent)}, pk__lte=OuterRef(key))
    counted = before.order_by().values(NUMBERED[model]).annotate(number=Count("pk"))
    return Subquery(counted.values("number"))


def _parent_column(child: type[Model], parent: type[Model]) -> str:
    return next(
        column.name
        for column in child._meta.concrete_fields
        if isinstance(column, ForeignKey) and column.remote_field.model is parent
    )


def _object(row: Any, *, but: str = "") -> dict[str, Any]:
    model = type(row)
    found = {column.name: _value(row, column) for column in _columns(model) if column.name != but}
    if model in NUMBERED:
        found["number"] = row.number_there
    for child, (parent, way, name) in WITHIN.items():
        if parent is model:
            column = _parent_column(child, model)
            inside = [_object(each, but=column) for each in getattr(row, way).all()]
            plain = [next(iter(each.values())) if len(each) == 1 else each for each in inside]
            found[name] = sorted(plain, key=_in_order)
    return found


def _in_order(each: Any) -> tuple[int, str]:
    return (each.get("position", 0) if isinstance(each, dict) else 0, _text(each))


def _value(row: Any, column: Field[Any, Any]) -> Any:
    if not isinstance(column, ForeignKey):
        return _plain(getattr(row, column.attname))
    other = getattr(row, column.name)
    if other is None:
        return None
    if type(other) in NUMBERED:
        whole = _column(type(other), NUMBERED[type(other)])
        return {whole.name: _value(other, whole), "number": getattr(row, f"{column.name}_number")}
    return _named(other)


def _named(row: Model) -> Any:
    """Return what names a row: one value, or several by their columns. Raises FieldDoesNotExist if nothing does."""
    names = KEYS.get(type(row))
    if names is None:
        raise FieldDoesNotExist(f"Say in KEYS or NUMBERED what names a row of {row._meta.label}.")
    found = {name: _value(row, _column(type(row), name)) for name in names}
    return found if len(found) > 1 else next(iter(found.values()))


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: instants in UTC, periods as their two ends, decimals as they are written."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Range):
        return {"from": _plain(value.lower), "to": _plain(value.upper)}
    if isinstance(value, FieldFile):
        return value.name
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value
