"""Instants on the newsroom's clocks, with UTC beside."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.timesince import timesince

from cms import timezones

register = template.Library()


@register.filter
def told(moment: datetime) -> str:
    """Return an instant with its day, in the newsroom's zone and in UTC."""
    return timezones.told(moment)


@register.filter
def on_the_clock(moment: datetime) -> str:
    """Return the time of an instant in the newsroom's zone, to the minute."""
    return timezones.on_the_clock(moment)


@register.filter
def in_utc(moment: datetime) -> str:
    """Return the time of an instant in UTC."""
    return timezones.in_utc(moment)


@register.filter
def for_how_long(moment: datetime) -> str:
    """Return how long ago an instant was, to the unit that matters: "3 days"."""
    passed = timezone.now() - moment
    return timesince(moment, depth=1) if passed >= timedelta(minutes=1) else "less than a minute"
