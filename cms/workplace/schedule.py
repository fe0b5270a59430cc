"""What begins and ends to be public next, and what should be public and is not. Queries only; nothing is stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from articles import staff
from articles.models import Article, Revision, Topic, Withdrawal
from assertions.models import Measure, Question
from cms.history import latest_of_each
from cms.models import User
from cms.periods import clock
from cms.timezones import here

LISTED = 500
"""Entries of one kind on the page, the nearest first."""

SKEW = 2.0
"""Seconds by which the clocks of the site and of the database may differ without a word."""

OTHERS = (Actor, Topic, Question, Measure)
ALL = (Revision, *OTHERS)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happens at an instant ahead: ``what`` as in "begins", ``kind`` of thing, ``note`` on it.

    ``warning`` says in a sentence what is probably not meant.
    """

    at: datetime
    what: str
    kind: str
    title: str
    address: str
    note: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of a day of the newsroom."""

    day: date
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Late:
    """Something that was appointed to be public now and is not."""

    kind: str
    title: str
    address: str
    since: datetime


def days(user: User) -> list[Day]:
    """Return what happens next to what an account may see, by days of the newsroom's time zone."""
    entries = sorted(_entries(user, timezone.now()), key=lambda entry: (entry.at, entry.title))
    return [Day(day, list(those)) for day, those in groupby(entries, lambda entry: here(entry.at).date())]


def late(user: User) -> list[Late]:
    """Return what was appointed to be public now and is not: always nothing, unless something is broken.

    Two records are asked, and what holds the present moment in either has to be found by ``public()``: the periods as
    they stand, and the periods as they were last appointed in the history that triggers keep.
    """
    now = timezone.now()
    found = [each for model in ALL if _may_view(user, model) for each in _late(model, now)]
    return sorted(found, key=lambda each: each.since)


def _late(model: type[Any], now: datetime) -> Iterator[Late]:
    public = model.objects.public(now)
    missing = model.objects.filter(live__contains=now).exclude(pk__in=public.values("pk"))
    is_public = Exists(public.filter(pk=OuterRef("pgh_obj_id")))
    lost = latest_of_each(model).filter(~is_public, live__contains=now)
    since = {event.pgh_obj_id: event.live.lower for event in lost} | {
        row.pk: row.live.lower for row in missing
    }
    rows = model.objects.in_bulk(since)
    kind = _kind(model)
    for key, instant in since.items():
        if key in rows:
            yield Late(kind, str(rows[key]), _address(rows[key]), instant)
        else:
            yield Late(kind, f"{kind} {key}, which is gone", "", instant)


def skew() -> float:
    """Return by how many seconds the site's clock is ahead of the database's; 0 for less than matters."""
    seconds = (timezone.now() - clock()).total_seconds()
    return seconds if abs(seconds) > SKEW else 0


def _may_view(user: User, model: type[Any]) -> bool:
    return user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")


def _kind(model: type[Any]) -> str:
    return "article" if model is Revision else str(model._meta.verbose_name)


def _entries(user: User, now: datetime) -> Iterator[Entry]:
    if _may_view(user, Article):
        articles = staff.visible_to(user, Article.objects.all())
        yield from _beginnings(articles, now)
        yield from _ends(articles, now)
        for article in staff.with_latest(articles).filter(embargo__gt=now).order_by("embargo")[:LISTED]:
            title = article.headline or article.slug
            yield Entry(article.embargo, "embargo ends", "article", title, _address(article))
    for model in OTHERS:
        if _may_view(user, model):
            yield from _of_others(model, now)


def _revisions(articles: QuerySet[Article]) -> QuerySet[Any]:
    return (
        Revision.objects.filter(article__in=articles)
        .select_related("article", "created_by")
        .defer("body", "text")
    )


def _beginnings(articles: QuerySet[Article], now: datetime) -> Iterator[Entry]:
    before = Revision.objects.filter(article=OuterRef("article"), live__endswith=OuterRef("live__startswith"))
    ahead = _revisions(articles).filter(live__startswith__gt=now).order_by("live")
    for revision in ahead.annotate(replaces=Subquery(before.values("number")[:1]))[:LISTED]:
        what = "replaces what is public" if revision.replaces else "begins"
        note = f"revision {revision.number}, {revision.created_by or 'import'}"
        is_older = bool(revision.replaces) and revision.number < revision.replaces
        warning = f"It is older than revision {revision.replaces}, which it replaces." if is_older else ""
        yield _entry(revision.live.lower, what, revision, note, warning)


def _ends(articles: QuerySet[Article], now: datetime) -> Iterator[Entry]:
    follower = Revision.objects.filter(
        article=OuterRef("article"), live__startswith=OuterRef("live__endswith")
    )
    notices = Withdrawal.objects.filter(article__in=articles, at__gt=now)
    reasons = {(notice.article_id, notice.at): notice.reason for notice in notices}
    ending = _revisions(articles).filter(~Exists(follower), live__endswith__gt=now).order_by("live__endswith")
    for revision in ending[:LISTED]:
        reason = reasons.get((revision.article_id, revision.live.upper))
        what = "ends" if reason is None else "is withdrawn"
        yield _entry(revision.live.upper, what, revision, reason or f"revision {revision.number}")


def _of_others(model: type[Any], now: datetime) -> Iterator[Entry]:
    for row in model.objects.filter(live__startswith__gt=now).order_by("live")[:LISTED]:
        yield _entry(row.live.lower, "begins", row)
    for row in model.objects.filter(live__endswith__gt=now).order_by("live__endswith")[:LISTED]:
        yield _entry(row.live.upper, "ends", row)


def _entry(at: datetime, what: str, row: Any, note: str = "", warning: str = "") -> Entry:
    return Entry(at, what, _kind(type(row)), str(row), _address(row), note, warning)


def _address(row: Model) -> str:
    row = row.article if isinstance(row, Revision) else row
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
