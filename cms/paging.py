"""Pages of a list by cursor: a page begins after a row, not after a number of rows.

So no row is missed or shown twice while others come and go, and page 500 costs what page 1 costs. The cursor
holds the ordering values of the row at the page's edge. It is not signed, so that an address stays good when
the secret key changes: it selects within the public queryset that it is applied to, and every value is read
as the type of its column.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldError, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.http import Http404
from django.utils.timezone import is_naive

PAGE_SIZE = 30

M = TypeVar("M", bound=models.Model)


class BadCursor(Http404):
    """The page that an address names does not exist: its cursor was cut or changed."""


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows of a list, and the cursors of the next (``after``) and the previous page; "" if there is none."""

    rows: list[M]
    after: str
    before: str


def page_of(
    queryset: models.QuerySet[M],
    parameters: Mapping[str, str],
    ordering: Sequence[str],
    *,
    nulls: Collection[str] = (),
    size: int = PAGE_SIZE,
) -> Page[M]:
    """Return the page of a queryset that the parameter ``after`` or ``before`` asks for, or else the first.

    ``ordering`` names columns or annotations, with "-" for descending, and ends with a unique one. Those that
    may be null are named in ``nulls`` and come last; the others keep the order of their index.
    Raises BadCursor (a 404) for a cursor that is none of this list.
    """
    backwards = "before" in parameters and "after" not in parameters
    cursor = parameters.get("before" if backwards else "after", "")
    if cursor:
        queryset = queryset.filter(_beyond(_read(queryset, cursor, ordering), ordering, nulls, backwards))
    rows = list(queryset.order_by(*_sort(ordering, nulls, backwards))[: size + 1])
    there_is_more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    forth = there_is_more if not backwards else bool(cursor)
    back = there_is_more if backwards else bool(cursor)
    return Page(
        rows,
        after=_write(rows[-1], ordering) if rows and forth else "",
        before=_write(rows[0], ordering) if rows and back else "",
    )


def page_of_several(
    querysets: Sequence[models.QuerySet[Any]],
    parameters: Mapping[str, str],
    ordering: Sequence[str],
    *,
    size: int = PAGE_SIZE,
) -> Page[Any]:
    """Return the page of rows of several models as one list; as ``page_of``, whose exceptions it raises.

    All have the columns or annotations of ``ordering``, which all go up or all go down; together they tell any two
    rows apart.
    """
    pages = [page_of(queryset, parameters, ordering, size=size) for queryset in querysets]
    names = [name.lstrip("-") for name in ordering]
    rows = sorted(
        (row for page in pages for row in page.rows),
        key=lambda row: tuple(getattr(row, name) for name in names),
        reverse=ordering[0].startswith("-"),
    )
    backwards = "before" in parameters and "after" not in parameters
    asked = bool(parameters.get("before" if backwards else "after", ""))
    there_is_more = len(rows) > size or any(page.before if backwards else page.after for page in pages)
    rows = rows[-size:] if backwards else rows[:size]
    forth, back = (asked, there_is_more) if backwards else (there_is_more, asked)
    return Page(
        rows,
        after=_write(rows[-1], ordering) if rows and forth else "",
        before=_write(rows[0], ordering) if rows and back else "",
    )


def _sort(ordering: Sequence[str], nulls: Collection[str], backwards: bool) -> list[Combinable]:
    keys: list[Any] = []
    for name in ordering:
        column, descending = F(name.lstrip("-")), name.startswith("-") != backwards
        place = {"nulls_first" if backwards else "nulls_last": True} if name.lstrip("-") in nulls else {}
        keys.append(column.desc(**place) if descending else column.asc(**place))
    return keys


def _beyond(values: Sequence[Any], ordering: Sequence[str], nulls: Collection[str], backwards: bool) -> Q:
    """Return the condition of coming after a row: equal in the first columns, beyond it in the next."""
    condition, equal = Q(pk__in=()), Q()
    for name, value in zip(ordering, values, strict=True):
        column = name.lstrip("-")
        if value is None:
            # Nulls are last: forwards nothing is beyond one, backwards everything else is.
            if backwards:
                condition |= equal & Q(**{f"{column}__isnull": False})
            equal &= Q(**{f"{column}__isnull": True})
            continue
        descending = name.startswith("-") != backwards
        beyond = Q(**{f"{column}__{'lt' if descending else 'gt'}": value})
        if column in nulls and not backwards:
            beyond |= Q(**{f"{column}__isnull": True})
        condition |= equal & beyond
        equal &= Q(**{column: value})
    return condition


def _write(row: models.Model, ordering: Sequence[str]) -> str:
    values = [getattr(row, name.lstrip("-")) for name in ordering]
    text = json.dumps(values, cls=_Exactly, separators=(",", ":"), ensure_ascii=False)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


class _Exactly(DjangoJSONEncoder):
    """Django's encoder cuts microseconds off, which a place between two rows needs."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _read(queryset: models.QuerySet[Any], cursor: str, ordering: Sequence[str]) -> list[Any]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        values = json.loads(urlsafe_b64decode(padded).decode())
        if not isinstance(values, list) or len(values) != len(ordering):
            raise ValueError(cursor)
        return [
            _typed(queryset, name.lstrip("-"), value) for name, value in zip(ordering, values, strict=True)
        ]
    except (ValueError, TypeError, RecursionError, OverflowError, ValidationError) as error:
        raise BadCursor(
            "This list has no such page; the address may have been cut. Begin at its first page."
        ) from error


def _typed(queryset: models.QuerySet[Any], name: str, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float) or "\x00" in str(value):
        raise ValueError(value)
    typed = _column(queryset, name).clean(value, None)
    if isinstance(typed, datetime) and is_naive(typed):
        raise ValueError(value)
    return typed


def _column(queryset: models.QuerySet[Any], name: str) -> models.Field[Any, Any]:
    annotation = queryset.query.annotations.get(name)
    if annotation is not None:
        field: models.Field[Any, Any] = annotation.output_field
        return field
    found = queryset.model._meta.get_field(name)
    if not isinstance(found, models.Field):
        raise FieldError(f"{name} is no column to order by")
    return found
