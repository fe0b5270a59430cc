"""Read model: public claims in the order of their days, under years and months, with the articles of those days.

A claim stands on the day it was made or, where that is not known, published; or, if one asks for that, on the day of
the event. A date that lies in no one month (a year, a season, an interval) stands under its year, before the months,
since nobody knows better; a claim without a date stands at the end.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Case, Count, DateField, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncMonth

from articles.models import Revision
from assertions.models import Assertion
from assertions.querysets import AssertionQuerySet
from assertions.relationships import Relationship

OLDEST_FIRST = ["stands_on", "-is_vague", "said_day", "id"]
NEWEST_FIRST = ["-stands_on", "is_vague", "-said_day", "-id"]
UNDATED = ["stands_on", "said_day"]
"""The columns of these orders that can be null; such rows come last."""
ARTICLES = 60
"""Articles between the claims of one page; the list of articles has them all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: a claim with the sides for which it is said ("a", "b", "ab" or ""), or else an article."""

    claim: Assertion | None = None
    side: str = ""
    article: Revision | None = None


@dataclass(slots=True)
class Month:
    """The rows of a month; ``month`` is None for those of the year that lie in no one month."""

    year: int
    month: int | None
    entries: list[Entry] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """The name of its place in the page, and what leads to it: "2024-10", "2024"."""
        return f"{self.year}-{self.month:02}" if self.month else f"{self.year}"

    @property
    def day(self) -> date:
        """Its first day."""
        return date(self.year, self.month or 1, 1)


@dataclass(slots=True)
class Year:
    """The months of a year that have rows."""

    year: int
    months: list[Month] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Span:
    """Days: those later than ``after``, up to ``until``; None is no bound."""

    after: date | None = None
    until: date | None = None


def placed(claims: AssertionQuerySet, *, by_event: bool) -> AssertionQuerySet:
    """Add the place of claims in time: ``stands_on``, the day they stand at, and ``is_vague``, 1 if in no one month.

    ``stands_on`` is the first day, of a vague date the first of its year; null without a date. ``said_day``, the
    first day on which it may have been said, orders those that stand on one day.
    """
    days = F("happened_range") if by_event else Coalesce("said_range", "published_range")
    first = Func(days, function="lower", output_field=DateField(null=True))
    last = Func(days, template="(upper(%(expressions)s) - 1)", output_field=DateField(null=True))
    return (
        claims.alias(first_day=first, last_day=last)
        .alias(start_day=Coalesce("first_day", "last_day"))
        .annotate(
            said_day=Func("said_range", function="lower", output_field=DateField(null=True)),
            is_vague=Case(
                When(start_day=None, then=Value(0)),
                When(first_day=None, then=Value(1)),
                When(last_day=None, then=Value(1)),
                When(~Q(last_day__lt=_next_month()), then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            ),
        )
        .annotate(
            stands_on=Case(
                When(is_vague=1, then=_year()),
                default=F("start_day"),
                output_field=DateField(null=True),
            )
        )
    )


def _next_month() -> Func:
    month = "date_trunc('month', %(expressions)s::timestamp)"
    return Func("first_day", template=f"({month} + interval '1 month')::date", output_field=DateField())


def _year() -> Func:
    # TruncYear makes an instant of it, in some time zone.
    return Func(
        "start_day", template="date_trunc('year', %(expressions)s::timestamp)::date", output_field=DateField()
    )


def begin_at(claims: AssertionQuerySet, month: date, *, oldest_first: bool) -> AssertionQuerySet:
    """Keep placed claims from a month (its first day) on, in the direction of reading; and those without a date."""
    if oldest_first:
        return claims.filter(Q(stands_on__gte=month) | Q(stands_on=None))
    return claims.filter(Q(stands_on__lt=next_month(month)) | Q(stands_on=None))


def next_month(month: date) -> date:
    """Return the first day of the month after one that is given by its first day; of the last one itself."""
    return month if month >= date(9999, 12, 1) else (month + timedelta(days=31)).replace(day=1)


def day_before(day: date | None) -> date | None:
    """Return the day before one, None before none."""
    return None if day is None or day == date.min else day - timedelta(days=1)


def months_of(claims: AssertionQuerySet) -> list[tuple[int, int, list[tuple[date, int]]]]:
    """Return for each year of placed claims how many there are, and the months of it with how many each has."""
    rows = (
        claims.filter(Q(stands_on__isnull=False))
        .order_by()
        .annotate(month=TruncMonth("stands_on"))
        .values_list("month", "is_vague")
        .annotate(number=Count("pk"))
    )
    years: Counter[int] = Counter()
    months: Counter[date] = Counter()
    for month, is_vague, number in rows:
        years[month.year] += number
        if not is_vague:
            months[month] += number
    return [
        (year, number, [(month, months[month]) for month in sorted(months) if month.year == year])
        for year, number in sorted(years.items())
    ]


def side_of(claim: Assertion, sides: Relationship | None) -> str:
    """Return for which sides a claim is said: "a", "b", "ab", or "" for neither."""
    if sides is None:
        return ""
    voices = {key for speaker in claim.speakers.all() for key in (speaker.actor_id, speaker.speaks_for_id)}
    found = (("a", sides.left), ("b", sides.right))
    return "".join(letter for letter, side in found if voices & side.members)


def articles_in(revisions: QuerySet[Revision], span: Span) -> list[Revision]:
    """Return those live revisions whose articles were first published within some days, newest first.

    At most ``ARTICLES`` and one more, which tells that there are others.
    """
    if span.after:
        revisions = revisions.filter(article__published_at__date__gt=span.after)
    if span.until:
        revisions = revisions.filter(article__published_at__date__lte=span.until)
    rows = revisions.select_related("article").defer("body", "text", "search")
    return list(rows.order_by("-article__published_at", "-article_id")[: ARTICLES + 1])


def grouped(
    claims: Sequence[Assertion],
    articles: Iterable[Revision],
    sides: Relationship | None,
    *,
    oldest_first: bool,
) -> tuple[list[Year], list[Entry]]:
    """Return placed claims and articles under their years and months, and apart from them those without a date.

    The claims keep their order; on a day the articles come after them.
    """
    keyed: list[tuple[tuple[date, int, int], Entry]] = []
    undated: list[Entry] = []
    for claim in claims:
        entry = Entry(claim, side_of(claim, sides))
        place: date | None = getattr(claim, "stands_on")  # noqa: B009 – annotated by placed()
        if place is None:
            undated.append(entry)
        else:
            vague: int = getattr(claim, "is_vague")  # noqa: B009
            keyed.append(((place, -vague, 0), entry))
    for revision in articles:
        published = revision.article.published_at
        if published is not None:
            keyed.append(((published.date(), 0, 1 if oldest_first else -1), Entry(article=revision)))
    # Sorting is stable: rows of a day stay as they came.
    keyed.sort(key=lambda row: row[0], reverse=not oldest_first)
    years: list[Year] = []
    for (place, vague, _), entry in keyed:
        month = None if vague else place.month
        if not years or years[-1].year != place.year:
            years.append(Year(place.year))
        months = years[-1].months
        if not months or months[-1].month != month:
            months.append(Month(place.year, month))
        months[-1].entries.append(entry)
    return years, undated
