"""The control that takes a day and a time in the newsroom's zone, with UTC beside."""

import re
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.template import loader
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString, mark_safe

from cms.timezones import in_utc, readings, require_year, skipped, zone_name

PLACES = ("first", "second")
"""Which one of an hour that comes twice, in the order of PEP 495's fold."""

_TYPED = re.compile(rf"(.*?)(?: ({'|'.join(PLACES)}))?", re.DOTALL)


class MomentInput(forms.DateTimeInput):
    """A native control for day and time, the zone's name, the time in UTC, and a choice where an hour comes twice.

    The choice is a control of its own, with "-place" after the name; what is chosen is appended to the time, so that
    the value is "2024-10-27T02:30 second".
    """

    template_name = "admin/moment.html"

    class Media:
        js: ClassVar = ["js/moment.js"]

    def __init__(self, attrs: Any = None) -> None:
        super().__init__({"type": "datetime-local"} | (attrs or {}), format="%Y-%m-%dT%H:%M")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed, place = data.get(name), data.get(f"{name}-place")
        return f"{typed} {place}" if typed and place in PLACES else typed

    def format_value(self, value: Any) -> str | None:
        text = value if isinstance(value, str) else super().format_value(value)
        return _parts(text)[0] if text else text

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = value if isinstance(value, str) else ""
        local = value if isinstance(value, datetime) else _local(_parts(typed)[0])
        found = _readings(local)
        chosen = PLACES[local.fold] if local and not typed else _parts(typed)[1]
        context["widget"] |= {"zone": zone_name(), "utc": "", "choices": []}
        if local and len(found) == 1:
            context["widget"]["utc"] = in_utc(found[0])
        elif local:
            context["widget"]["choices"] = [
                {"value": place, "words": f"the {place} {local:%H:%M} ({in_utc(moment)})", "is_chosen": place == chosen}
                for place, moment in zip(PLACES, found, strict=False)
            ]  # fmt: skip
        return context

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        # Django's own renderer of forms knows its own templates only, and the project's loader only the others.
        control = super()._render(forms.DateTimeInput.template_name, context, renderer)  # type: ignore[misc]
        return mark_safe(loader.render_to_string(template_name, context | {"control": control}))  # noqa: S308


class Moment(forms.DateTimeField):
    """A day and time on the newsroom's clocks; empty means now, or never. Returns an instant.

    A time that those clocks never show is refused, and of one that they show twice it is asked which is meant.
    """

    widget = MomentInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"required": False} | options))

    def prepare_value(self, value: Any) -> Any:
        try:
            return super().prepare_value(value)
        except (OverflowError, ValueError):  # stored at the edge of the calendar, where a zone has no day
            return value

    def to_python(self, value: Any) -> datetime | None:
        if not isinstance(value, str):
            return super().to_python(value)
        typed, place = _parts(value.strip())
        if not typed:
            return None
        local = _local(typed)
        if local is None:
            raise ValidationError("Write a day and a time, as in 2024-05-03T10:00.", code="invalid")
        try:
            require_year(local)
        except ValueError as error:
            raise ValidationError(str(error), code="year") from error
        if timezone.is_aware(local):
            return local
        found = _readings(local)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_none(local), code="nonexistent")
        if place is None:
            raise ValidationError(_twice(local, found), code="ambiguous")
        return found[PLACES.index(place)]


def _parts(typed: str) -> tuple[str, str | None]:
    match = _TYPED.fullmatch(typed)
    return (match[1], match[2]) if match else (typed, None)


def _local(typed: str) -> datetime | None:
    try:
        return parse_datetime(typed)
    except ValueError:
        return None


def _readings(local: datetime | None) -> list[datetime]:
    if local is None or timezone.is_aware(local):
        return []
    try:
        return readings(local.replace(fold=0))
    except OverflowError:
        return []


def _none(local: datetime) -> str:
    last, first = skipped(local)
    day = f"{last.day} {last:%B} {last.year}"
    return (
        f"There is no {local:%H:%M} on that day: on {day} the clocks of {zone_name()} go from {last:%H:%M} to "
        f"{first:%H:%M}. Choose a time before {last:%H:%M}, or from {first:%H:%M} on."
    )


def _twice(local: datetime, found: list[datetime]) -> str:
    first, second = found
    return (
        f"{local:%H:%M} comes twice on that day, as the clocks of {zone_name()} are put back: at {in_utc(first)} "
        f"and at {in_utc(second)}. Choose which one is meant."
    )
