"""Dates and languages in words."""

import calendar
import re
from datetime import datetime
from urllib.parse import urlsplit

from django import template
from django.utils.dateformat import format as date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from cms.dates import describe
from cms.languages import name_of

register = template.Library()
_MONTH = re.compile(rf"\b({'|'.join(calendar.month_name[1:])})\b")


@register.filter
def edtf(text: str) -> str:
    """Return an EDTF date in words, "" for none."""
    return describe(text)


@register.filter
def edtf_short(text: str) -> str:
    """Return an EDTF date in words that fit into a column: "23 Oct 2024"."""
    return _MONTH.sub(lambda month: month[0][:3], describe(text))


@register.filter
def host(address: str) -> str:
    """Return the host of a web address, as a short name for a page without a title."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


@register.filter
def instant(moment: datetime) -> str:
    """Return an instant as a ``time`` element holds it, to the second."""
    return moment.isoformat(timespec="seconds")


@register.simple_tag
def period(begins: datetime, ends: datetime | None) -> SafeString:
    """Return a period in words, the day once: "3 May 2024, 10:00 to 11:30 UTC", or "since …" while it goes on."""
    first = localtime(begins)
    if ends is None:
        return format_html("since {}", _time(begins, date(first, "j F Y, H:i T")))
    last = localtime(ends)
    same_day = first.date() == last.date()
    return format_html(
        "{} to {}",
        _time(begins, date(first, "j F Y, H:i")),
        _time(ends, date(last, "H:i T" if same_day else "j F Y, H:i T")),
    )


def _time(moment: datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', instant(moment), words)


@register.filter
def language_name(tag: str) -> str:
    """Return the English name of a language."""
    return name_of(tag)
