"""A save on top of somebody else's change of the same row: noticed, told, and brought together field by field.

A form carries which events of the history (django-pghistory) it was opened after: the last one of its row, and the last
one of the rows below it, by table. Whatever came later and touches a field of the form is somebody else's change.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst

from cms.history import as_of, events_of, is_kept, last_event, latest_hand
from cms.numbers import number_of
from cms.timezones import told

CONTROL = "opened_after"
"""The hidden control that carries it."""
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one field: whose row it is ("" for the main one), before, now, and whether the form changed it."""

    row: str
    label: str
    before: str
    now: str
    overlaps: bool

    def __str__(self) -> str:
        where = f"{self.row}, {self.label}" if self.row else self.label
        if not self.label:
            return f"{self.row}: {self.now}."
        words = f"{where}: “{_short(self.before)}” became “{_short(self.now)}”"
        return (
            f"{words}; you changed it too, and yours is in the form."
            if self.overlaps
            else f"{words}, taken over."
        )


@dataclass(slots=True)
class StaleRow(Exception):
    """Somebody changed the row since the form was opened: what, and the form with it, to be shown again."""

    changes: list[Change]
    who: str
    at: datetime | None
    form: QueryDict = field(repr=False)

    def as_error(self) -> ValidationError:
        when = f" on {told(self.at)}" if self.at else ""
        first = (
            f"{self.who} changed this{when}, while you had it open. Yours is not saved yet, and nothing is lost: "
            "look through it, and save again."
        )
        return ValidationError([first, *map(str, self.changes)])


def version_of(row: Model, below: Mapping[type[Model], str]) -> str:
    """Return which events a form of ``row`` is opened after, as JSON; ``below`` has the foreign keys of its inlines."""
    seen = {row._meta.label_lower: last_event(type(row), pgh_obj_id=row.pk)}
    for model, key in below.items():
        seen[model._meta.label_lower] = last_event(model, **{f"{key}_id": row.pk})
    return json.dumps(seen, separators=(",", ":"))


def rows_below(admin: ModelAdmin[Any], request: HttpRequest, row: Model) -> dict[type[Model], str]:
    """Return the tables of the inlines of a form, each with the name of its foreign key to the row."""
    found: dict[type[Model], str] = {}
    for formset, inline in admin.get_formsets_with_inlines(request, row):
        if issubclass(formset, BaseInlineFormSet) and is_kept(inline.model):
            found[inline.model] = key_of(formset)
    return found


def key_of(formset: type[BaseInlineFormSet[Any, Any, Any]]) -> str:
    """Return the name of the foreign key by which the rows of an inline belong to theirs."""
    key: Any = formset.fk  # on the class a field, which the stubs take for its descriptor
    return str(key.name)


def require_fresh(admin: ModelAdmin[Any], request: HttpRequest, form: forms.ModelForm[Any]) -> None:
    """Raise StaleRow if the row, or one below it, was changed since the form was opened, in what the form holds.

    To be called within the transaction that saves: the row is locked, so that of two saves the later one sees what the
    earlier one did.
    """
    try:
        seen = json.loads(request.POST.get(CONTROL) or "null")
    except ValueError:
        seen = None
    row = form.instance
    if not isinstance(seen, dict) or not is_kept(type(row)):
        return
    now = type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
    sent = request.POST.copy()
    changes: list[Change] = []
    before = as_of(type(row), row.pk, seen.get(row._meta.label_lower))
    if before is not None:
        changes += _of_fields("", form, before, now, sent)
    for formset, inline in admin.get_formsets_with_inlines(request, now):
        last = seen.get(inline.model._meta.label_lower)
        if issubclass(formset, BaseInlineFormSet) and isinstance(last, int):
            changes += _of_rows(formset, now, last, sent)
    if not changes:
        return
    below = rows_below(admin, request, now)
    sent[CONTROL] = version_of(now, below)
    who, at = latest_hand(now, below, seen)
    raise StaleRow(changes, who, at, sent)


def _of_fields(
    called: str, form: forms.ModelForm[Any], before: Model, now: Model, sent: QueryDict
) -> Iterator[Change]:
    """Return what became of the fields of one form, and put it into what was sent where that says nothing else."""
    old, new = (type(form)(instance=row, prefix=form.prefix) for row in (_plain(before, now), now))
    columns = {column.name for column in now._meta.concrete_fields}
    for name, control in form.fields.items():
        if name not in columns or name not in old.fields or name not in new.fields:
            continue
        was, is_now = old[name].initial, new[name].initial
        if not control.has_changed(was, _as_sent(control, is_now)):
            continue
        html_name = form.add_prefix(name)
        typed = control.widget.value_from_datadict(sent, {}, html_name)
        if not control.has_changed(is_now, typed):
            continue
        overlaps = control.has_changed(was, typed)
        if not overlaps:
            _put(sent, html_name, control, is_now)
        label = capfirst(str(control.label or name))
        yield Change(called, label, _words(control, was), _words(control, is_now), overlaps)


def _of_rows(
    formset: type[BaseInlineFormSet[Any, Any, Any]], row: Model, last: int, sent: QueryDict
) -> Iterator[Change]:
    model: type[Model] | None = formset.model
    if model is None or not is_kept(model):
        return
    key, prefix = key_of(formset), formset.get_default_prefix()
    events = events_of(model).filter(**{f"{key}_id": row.pk}, pgh_id__gt=last)
    touched = set(events.values_list("pgh_obj_id", flat=True))
    if not touched:
        return
    pk_name = model._meta.pk.name
    # No more than Django reads of a set.
    total = min(number_of(sent.get(f"{prefix}-TOTAL_FORMS")), formset.absolute_max)
    places = {sent.get(f"{prefix}-{number}-{pk_name}"): number for number in range(total)}
    kind = capfirst(str(model._meta.verbose_name))
    for pk in sorted(touched):
        now, number = model._base_manager.filter(pk=pk).first(), places.get(str(pk))
        before = as_of(model, pk, last)
        if now is None and number is not None:
            _make_new(sent, prefix, number, pk_name)
            yield Change(
                kind,
                "",
                "",
                "was deleted; it stands in the form as a new one: remove it if it should go",
                True,
            )
        elif now is not None and before is None and number is None:
            yield Change(kind, "", "", f"“{_short(str(now))}” was added, and stays", False)
        elif now is not None and before is not None and number is not None:
            form = formset.form(instance=_copy(now), prefix=f"{prefix}-{number}")
            yield from _of_fields(f"{kind} “{_short(str(now))}”", form, before, now, sent)


def _make_new(sent: QueryDict, prefix: str, gone: int, pk_name: str) -> None:
    """Turn a row of a formset whose record was deleted into a further one: it changes places with the last known."""
    last = number_of(sent.get(f"{prefix}-INITIAL_FORMS")) - 1
    sent.pop(f"{prefix}-{gone}-{pk_name}", None)
    if not gone <= last:
        return
    here, there = f"{prefix}-{gone}-", f"{prefix}-{last}-"
    moved = {name: sent.pop(name) for name in list(sent) if name.startswith((here, there))}
    for name, values in moved.items():
        other = there + name[len(here) :] if name.startswith(here) else here + name[len(there) :]
        sent.setlist(other if gone != last else name, values)
    sent[f"{prefix}-INITIAL_FORMS"] = str(last)


def _plain(before: Model, now: Model) -> Model:
    """Return the row as an event has it; what an event leaves out is as it is now."""
    row = _copy(now)
    names = {column.attname for column in before._meta.concrete_fields}
    for column in row._meta.concrete_fields:
        if column.attname in names and not column.primary_key and not column.generated:
            setattr(row, column.attname, getattr(before, column.attname))
    return row


def _copy(row: Model) -> Model:
    values = {
        column.attname: getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if not column.generated
    }
    copied = type(row)(**values)
    copied._state.adding = False
    return copied


def _as_sent(control: forms.Field, value: Any) -> Any:
    """Return the value of a form as its control would send it."""
    value = control.prepare_value(value)
    if isinstance(control, forms.BooleanField):
        return bool(value)
    shown = control.widget.format_value(value) if hasattr(control.widget, "format_value") else value
    return shown[0] if isinstance(shown, list) and len(shown) == 1 else shown


def _put(sent: QueryDict, name: str, control: forms.Field, value: Any) -> None:
    shown = _as_sent(control, value)
    if shown in (None, "", False, []):
        sent.pop(name, None)
        if not isinstance(control, forms.BooleanField):
            sent[name] = ""
    elif isinstance(shown, list):
        sent.setlist(name, [str(each) for each in shown])
    else:
        sent[name] = "on" if shown is True else str(shown)


def _words(control: forms.Field, value: Any) -> str:
    """Return a value as its control names it."""
    if isinstance(control, forms.BooleanField):
        return "yes" if value else "no"
    if isinstance(control, forms.ModelChoiceField) and value is not None:
        row = (
            control.queryset.model._base_manager.filter(pk=value).first()
            if control.queryset is not None
            else None
        )
        return control.label_from_instance(row) if row is not None else str(value)
    value = control.prepare_value(value)
    if value in (None, "", []):
        return "nothing"
    if isinstance(control, forms.ChoiceField):
        return str(dict(_flat(control.choices)).get(str(value), value))
    return str(value)


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
