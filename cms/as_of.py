"""Pages as of an earlier instant: ``?as_of=2024-06-19``, the end of that day in the newsroom's time zone.

A page that is asked so shows what was public then, through ``public(at)`` alone. Its links to parts of itself keep the
instant. All others lead to today's pages: a list or a claim has no page as of then, and a reader who follows a link
should not be left in the past without a sign of it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format

from cms.periods import LivePeriod, LiveQuerySet

M = TypeVar("M", bound=LivePeriod)

PARAMETER = "as_of"
_DATE = "j F Y"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# A plus in an address arrives as a space where it was not escaped.
_INSTANT = re.compile(
    _DAY.pattern + r"[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?([Zz]|[+ -][0-9]{2}:[0-9]{2})"
)
RIGHT = "Write a day, such as 2024-06-19, or an instant with its offset from UTC, such as 2024-06-19T14:30Z."


class BadInstant(ValueError):
    """An instant that cannot be asked for; its text is a sentence for the reader."""


class NotPublicThen(Http404):
    """Of what is public now there is nothing to show as of then; its text is a sentence for the reader."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """The instant that a page is asked about: now, or an earlier one as ``asked`` in the address.

    ``in_words`` says it for readers, "" for now; ``is_whole_day`` is for the end of a day; ``today`` is the newsroom's.
    """

    at: datetime
    today: date
    asked: str = ""
    in_words: str = ""
    is_whole_day: bool = False

    @property
    def is_past(self) -> bool:
        """Whether an instant was asked for."""
        return bool(self.asked)

    @property
    def day(self) -> str:
        """The day of the instant in the newsroom's time zone, as a date field holds it; "" for now."""
        return timezone.localdate(self.at).isoformat() if self.asked else ""

    @property
    def query(self) -> str:
        """The parameter as it stands in an address that keeps the instant, "" for now."""
        return urlencode({PARAMETER: self.asked}) if self.asked else ""


def read(text: str, now: datetime) -> AsOf:
    """Return the instant that a text names: the end of a day, or an instant; now for none, and for today.

    Raises BadInstant for a text that is neither, and for what is still ahead.
    """
    today = timezone.localdate(now)
    text = text.strip()
    if not text:
        return AsOf(now, today)
    if _DAY.fullmatch(text):
        return _end_of(text, now, today)
    if _INSTANT.fullmatch(text):
        return _instant(text, now, today)
    raise BadInstant(f"“{text[:40]}” is neither a day nor an instant. {RIGHT}")


def _end_of(text: str, now: datetime, today: date) -> AsOf:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadInstant(f"There is no such day. {RIGHT}") from error
    _require_past(day > today, today)
    if day == today:
        return AsOf(now, today, text, f"{date_format(day, _DATE)}, so far")
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) - timedelta(microseconds=1)
    return AsOf(end, today, text, date_format(day, _DATE), is_whole_day=True)


def _instant(text: str, now: datetime, today: date) -> AsOf:
    try:
        at = datetime.fromisoformat(text.replace(" ", "+").upper()).astimezone(UTC)
        local = timezone.localtime(at)
    except (ValueError, OverflowError) as error:
        raise BadInstant(f"There is no such instant. {RIGHT}") from error
    _require_past(at > now, today)
    seconds = ":s" if local.second or local.microsecond else ""
    return AsOf(at, today, text, date_format(local, f"{_DATE}, H:i{seconds} T"))


def _require_past(is_ahead: bool, today: date) -> None:
    if is_ahead:
        raise BadInstant(
            f"That is still ahead. A page can be shown as of any day until today, {date_format(today, _DATE)}."
        )


def as_of_an_instant(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view ``as_of``, the instant that its address asks about, and answer what cannot be asked.

    The view puts ``as_of`` into its context, so that the page says what it shows. A text that names no instant, or one
    ahead, is answered with a page and the status 400; NotPublicThen with one and the status 404.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        asked = request.GET.get(PARAMETER, "")
        try:
            as_of = read(asked, now)
        except BadInstant as error:
            return explained(request, 400, "This page cannot be shown as of then", str(error), now)
        try:
            response = view(request, *args, as_of=as_of, **kwargs)
        except NotPublicThen as error:
            return explained(request, 404, "There is nothing to show as of then", str(error), now)
        if as_of.is_past:
            response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def public_then(rows: LiveQuerySet[M], as_of: AsOf, **lookup: Any) -> M:
    """Return the row that was public at the instant. Raises Http404, as NotPublicThen if it is public now."""
    found = rows.public(as_of.at).filter(**lookup).first()
    if found is not None:
        return found
    today = rows.public().filter(**lookup).first() if as_of.is_past else None
    if today is None or today.live is None:
        raise Http404("Nothing public has this address.")
    raise NotPublicThen(
        f"There is nothing of “{today}” to show as of {as_of.in_words}. "
        f"What there is to show begins on {in_words(today.live.lower)}, when it last became public."
    )


def in_words(instant: datetime) -> str:
    """Return the day of an instant in the newsroom's time zone, as a page says it."""
    return date_format(timezone.localtime(instant), _DATE)


def explained(request: HttpRequest, status: int, title: str, sentence: str, now: datetime) -> HttpResponse:
    """Return a page that says why there is nothing to show as of an instant, and asks for another one."""
    context = {"code": status, "title": title, "sentence": sentence, "as_of": read("", now)}
    return render(request, "cms/as_of.html", context, status=status)
