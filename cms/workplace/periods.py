"""How a period of being public is told and filtered in the admin: shape, word, since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, html_safe

from cms.timezones import told

STATES = [("public", "public"), ("scheduled", "scheduled"), ("withdrawn", "withdrawn"), ("draft", "draft")]


@html_safe
@dataclass(frozen=True)
class Standing:
    """``state`` is public, scheduled, withdrawn or draft; ``words`` say it with its times. Shown as HTML."""

    state: str
    words: str

    def __str__(self) -> str:
        return format_html('<span class="state {}">{}</span>', self.state, self.words)


def standing(periods: Iterable[DateTimeTZRange | None], now: datetime | None = None) -> Standing:
    """Return how a thing with these periods stands at an instant, now by default."""
    now = now or timezone.now()
    begun = [period for period in periods if period is not None and period.lower <= now]
    ahead = sorted(period.lower for period in periods if period is not None and period.lower > now)
    then = f"; the next from {told(ahead[0])}" if ahead else ""
    for period in begun:
        if period.upper is None or period.upper > now:
            until = f" until {told(period.upper)}" if period.upper is not None and not ahead else ""
            return Standing("public", f"public since {told(period.lower)}{until}{then}")
    if ahead:
        return Standing("scheduled", f"scheduled for {told(ahead[0])}")
    if begun:
        return Standing("withdrawn", f"withdrawn on {told(max(period.upper for period in begun))}")
    return Standing("draft", "draft")


def standing_of_version(period: DateTimeTZRange | None, now: datetime | None = None) -> Standing:
    """Return how one revision stands at an instant, now by default: one that was replaced was not withdrawn."""
    shown = standing([period], now)
    if period is None or shown.state != "withdrawn":
        return shown
    return Standing("withdrawn", f"public from {told(period.lower)} to {told(period.upper)}")


class StateFilter(admin.SimpleListFilter):
    """Rows with a ``live`` period by their state."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        return STATES

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        now = timezone.now()
        chosen = {
            "public": Q(live__contains=now),
            "scheduled": Q(live__startswith__gt=now),
            "withdrawn": Q(live__endswith__lte=now),
            "draft": Q(live__isnull=True),
        }
        value = self.value()
        return queryset.filter(chosen[value]) if value in chosen else queryset
