"""The desk's statistics: what it gets done, what waits, and how far blind reviewers agree."""

from datetime import date, datetime, timedelta
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assertions import permissions
from assertions.charts.bar_chart import columns, rows
from assertions.desk.claim_filter import AskingForm
from assertions.desk.pages import desk_page, let_in
from assertions.models import Review
from assertions.reviewing.blind_pairs import double_review
from assertions.reviewing.statistics import (
    DAILY,
    KINDS,
    LONGEST,
    Period,
    backlog,
    latest_weeks,
    throughput,
    wait_for_the_first_decision,
)
from assertions.reviewing.time_in_hand import times_in_hand
from cms.timezones import here, require_year

WIDE, NARROW = 960, 336
"""Widths of the two drawings of one chart, in pixels: the second is for a phone."""


class PeriodForm(AskingForm):
    """The form of a period. ``period`` holds what was asked for once it is valid."""

    period: Period

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        today = here(timezone.now()).date()
        since, until = cleaned.get("since"), cleaned.get("until")
        if self.errors:
            return cleaned
        last = until or today
        first = since or latest_weeks(last).first
        if last > today:
            self.add_error("until", "That day is still to come: choose today or a day before.")
        elif first > last:
            name = "since" if since else "until"
            self.add_error(name, "The first day is after the last one: exchange the two.")
        elif (last - first).days >= LONGEST:
            self.add_error("since", "Two years are shown at most: choose days that are nearer to each other.")
        else:
            self.period = Period(first, last)
        return cleaned


def _possible(day: date) -> None:
    try:
        require_year(datetime(day.year, day.month, day.day))
    except ValueError as error:
        raise ValidationError(str(error)) from error


def _day(label: str) -> django_filters.DateFilter:
    return django_filters.DateFilter(
        label=label,
        input_formats=["%Y-%m-%d"],
        validators=[_possible],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Write the day as year, month and day: 2026-03-31."},
    )


class PeriodFilter(django_filters.FilterSet):
    """Asks for a period of days; what is not asked for ends today, or is eight weeks long."""

    since = _day("From")
    until = _day("To, included")

    class Meta:
        model = Review
        fields: list[str] = []
        form = PeriodForm

    @property
    def period(self) -> Period:
        """The period that is asked for; the latest weeks while what was typed makes no sense."""
        form = self.form
        if self.is_valid() and isinstance(form, PeriodForm):
            return form.period if form.is_bound else latest_weeks(here(timezone.now()).date())
        for name in form.errors:
            if name in form.fields:
                # A control for days shows nothing at all for words that are no day.
                form.fields[name].widget.input_type = "text"
        return latest_weeks(here(timezone.now()).date())


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Show the decisions of a period, the queue as it stands now, and how far blind reviewers agreed."""
    user = let_in(request)
    now = timezone.now()
    asked = PeriodFilter(request.GET, Review.objects.none(), request=request)
    period = asked.period
    done = throughput(period)
    queue = backlog(now)
    drawings = {
        size: columns(done.counts, list(KINDS), first=done.first, last=done.last, days=done.days, width=width)
        for size, width in (("large", WIDE), ("small", NARROW))
    }
    tags = [(topic.name, number) for topic, number in queue.topics]
    if queue.untagged:
        tags.append(("No topic", queue.untagged))
    context = {
        "filter": asked,
        "is_filtered": asked.is_valid() and any(asked.form.cleaned_data.values()),
        "period": period,
        "daily": DAILY,
        "done": done,
        "kinds": list(KINDS.items()),
        "drawings": drawings,
        "queue": queue,
        "oldest": [(each, _in_words(now - each.since)) for each in queue.oldest],  # type: ignore[attr-defined]
        "waits": _in_words(queue.median) if queue.median is not None else "",
        "ages_drawing": rows(queue.ages, width=NARROW),
        "tags_drawing": rows(tags, width=NARROW),
        "doubles": double_review(period),
        "delay": (delay := wait_for_the_first_decision(period)),
        "delay_words": _in_words(delay.median) if delay.median is not None else "",
        "in_hand": [(each, _in_seconds(each.median)) for each in times_in_hand(period)],
        "may_decide": user.has_perm(permissions.DECIDE),
    }
    return desk_page(request, "statistics", "Statistics of the desk", context)


def _in_words(time: timedelta) -> str:
    """Return a length of time in the unit that matters: "3 days", "40 minutes"."""
    seconds = max(0, round(time.total_seconds()))
    for name, length in (("week", 7 * 86400), ("day", 86400), ("hour", 3600), ("minute", 60)):
        # Two of a unit at least: "36 hours" tells more than "2 days".
        if seconds >= 2 * length or (length == 60 and seconds >= 60):
            number = round(seconds / length)
            return f"{number} {name}" if number == 1 else f"{number} {name}s"
    return "under a minute"


def _in_seconds(time: timedelta) -> str:
    """Return a length of time as ``_in_words`` does, but in seconds if it is short."""
    seconds = round(time.total_seconds())
    return _in_words(time) if seconds >= 120 else f"{seconds} second{'' if seconds == 1 else 's'}"
