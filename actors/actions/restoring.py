"""Putting back what a merge moved, changed or set aside, row by row where somebody wrote since."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey, Model

from actors.models import Merge

ROWS = 5000
"""Rows that one statement moves."""
NAMED = 3
"""Rows that a sentence names of those that stay."""


def restore(merge: Merge) -> list[str]:
    """Put back the rows of a merge that are as it left them, and return sentences on those that are not."""
    return [*_moved(merge), *_changed(merge), *_set_aside(merge)]


def _moved(merge: Merge) -> Iterator[str]:
    for move in merge.moved["moves"]:
        field = move["field"]
        yield from _put_back(move, {f"{field}_id": merge.kept_id}, {f"{field}_id": merge.merged_id})


def _changed(merge: Merge) -> Iterator[str]:
    for change in merge.moved["changes"]:
        yield from _put_back(change, change["after"], change["before"])


def _put_back(rows: dict[str, Any], now: dict[str, Any], then: dict[str, Any]) -> Iterator[str]:
    """Give the rows that have the values ``now`` the values ``then``; yield a sentence on those that do not."""
    model = apps.get_model(rows["model"])
    stay: list[int] = []
    for first in range(0, len(rows["keys"]), ROWS):
        portion = rows["keys"][first : first + ROWS]
        unchanged = model._base_manager.filter(pk__in=portion, **now)
        here = set(unchanged.values_list("pk", flat=True))
        unchanged.update(**then)
        stay += [key for key in portion if key not in here]
    if stay:
        yield _left(model, stay)


def _left(model: type[Model], keys: list[int]) -> str:
    """Return the sentence on rows that were changed or deleted since the merge."""
    there = [str(row) for row in model._base_manager.filter(pk__in=keys[:ROWS]).order_by("pk")[:NAMED]]
    words = f"{len(keys)} {_kind(model, len(keys))}"
    named = f": {', '.join(f'“{row}”' for row in there)}" if there else ""
    more = ", and others" if there and len(keys) > len(there) else ""
    return f"Changed or deleted since the merge, and left so: {words}{named}{more}."


def _set_aside(merge: Merge) -> Iterator[str]:
    for aside in merge.moved["set_aside"]:
        row: Any = next(iter(serializers.deserialize("python", [aside["row"]]))).object
        if why := _refused(row):
            yield f"The {_kind(type(row), 1)} “{_named(row)}” was set aside by the merge, and cannot come back: {why}"


def _refused(row: Model) -> str:
    """Write a row that was set aside under its former key; return why that cannot be, "" if it was done."""
    for column in row._meta.concrete_fields:
        if isinstance(column, ForeignKey) and (key := getattr(row, column.attname)) is not None:
            other = column.remote_field.model
            if not other._base_manager.filter(pk=key).exists():
                return f"its {other._meta.verbose_name} was deleted."
    try:
        with transaction.atomic():
            row.save_base(raw=True, force_insert=True)
            # Rules that wait for the commit speak while the row can still be left out.
            connection.check_constraints()
    except IntegrityError:
        return "something else has its place."
    return ""


def _kind(model: type[Model], number: int) -> str:
    return str(model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural)


def _named(row: Model) -> str:
    try:
        return str(row)
    except ObjectDoesNotExist:
        return str(row.pk)
