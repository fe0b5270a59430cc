"""What the desk gets done, and what waits in its queue and how long.

A read model: every number is counted from reviews, opinions and assertions when it is asked for. Of opinions only
those whose claim is settled are counted for somebody.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.apps import apps
from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from articles.models import Topic
from assertions.models import Assertion, Opinion, Review, TaggedAssertion
from assertions.vocabulary import Verdict

WEEKS = 8
"""Weeks that are shown unless others are asked for, today included."""
LONGEST = 731
"""Days of the longest period that can be asked for: two years."""
DAILY = 62
"""Over more days than that decisions are counted by week."""
TAGS = 15
"""Topics whose backlog is shown, the fullest first."""
OLDEST = 5
"""How many of those that wait longest are named."""
TAKEN_BACK = "taken_back"
"""The kind of a review that takes another back, whatever verdict it restores."""
KINDS = {
    Verdict.ACCEPT.value: "accepted",
    Verdict.DISPUTE.value: "disputed",
    Verdict.REJECT.value: "rejected",
    Verdict.REOPEN.value: "reopened",
    TAKEN_BACK: "taken back",
}
"""Kinds of decisions, in the order in which they are stacked and listed."""
AGES = [
    ("under a day", timedelta(0)),
    ("1 to 3 days", timedelta(days=1)),
    ("3 to 7 days", timedelta(days=3)),
    ("1 to 2 weeks", timedelta(weeks=1)),
    ("2 to 4 weeks", timedelta(weeks=2)),
    ("4 to 12 weeks", timedelta(weeks=4)),
    ("over 12 weeks", timedelta(weeks=12)),
]
"""Classes of how long something has waited, each with its lower bound, which it includes."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days on the newsroom's clocks, the first and the last included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def begin(self) -> datetime:
        """The instant at which the first day begins."""
        return _midnight(self.first)

    def holds(self, column: str) -> Q:
        """Return the condition that the instant in a column is in it."""
        return Q(**{f"{column}__gte": self.begin}) & self.is_over(column)

    def is_over(self, column: str) -> Q:
        """Return the condition that the instant in a column is in it or before it."""
        return Q(**{f"{column}__lt": _midnight(self.last + timedelta(days=1))})


def latest_weeks(today: date) -> Period:
    """Return the period that is shown unless another one is asked for."""
    return Period(today - timedelta(weeks=WEEKS) + timedelta(days=1), today)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())


@dataclass(slots=True)
class Reviewer:
    """What one reviewer decided, by kind; ``opinions`` are those of claims that are settled by now."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    opinions: int = 0

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def by_kind(self) -> list[int]:
        """The counts in the order of ``KINDS``."""
        return [self.counts[kind] for kind in KINDS]


@dataclass(frozen=True, slots=True)
class Throughput:
    """Decisions of a period by the first day of a span of ``days`` days, 1 or 7, and by reviewer.

    ``first`` and ``last`` are the days that the spans cover together: whole weeks where they are weeks. ``imported``
    came decided with an import, or from the operator: nobody at the desk did that.
    """

    days: int
    first: date
    last: date
    counts: dict[date, Counter[str]]
    reviewers: list[Reviewer]
    imported: int

    @property
    def total(self) -> int:
        return sum(counts.total() for counts in self.counts.values())

    @property
    def rows(self) -> list[tuple[date, list[int], int]]:
        """The spans with a decision: the first day, the counts in the order of ``KINDS``, and their sum."""
        return [
            (day, [counts[kind] for kind in KINDS], counts.total())
            for day, counts in sorted(self.counts.items())
        ]

    @property
    def by_kind(self) -> list[int]:
        """The sums in the order of ``KINDS``."""
        return [sum(counts[kind] for counts in self.counts.values()) for kind in KINDS]


def throughput(period: Period) -> Throughput:
    """Return the decisions of a period. One that was taken back counts, and so does its taking back."""
    kind = Case(
        When(undoes__isnull=False, then=Value(TAKEN_BACK)), default=F("verdict"), output_field=CharField()
    )
    day = TruncDate("decided_at", tzinfo=timezone.get_default_timezone())
    found = (
        Review.objects.filter(period.holds("decided_at"))
        .annotate(day=day, kind=kind)
        .order_by()
        .values_list("day", "kind", "decided_by__username")
        .annotate(number=Count("pk"))
    )
    days = 1 if period.days <= DAILY else 7
    first = period.first - timedelta(days=period.first.weekday() if days == 7 else 0)
    last = period.last + timedelta(days=6 - period.last.weekday() if days == 7 else 0)
    counts: defaultdict[date, Counter[str]] = defaultdict(Counter)
    reviewers: dict[str, Reviewer] = {}
    imported = 0
    for on, verdict, name, number in found:
        if name is None:
            imported += number
            continue
        counts[on - timedelta(days=(on - first).days % days)][verdict] += number
        reviewers.setdefault(name, Reviewer(name)).counts[verdict] += number
    settled = (
        Opinion.objects.filter(period.holds("decided_at"), review__isnull=False)
        .order_by()
        .values_list("decided_by__username")
        .annotate(number=Count("pk"))
    )
    for name, number in settled:
        reviewers.setdefault(name, Reviewer(name)).opinions += number
    in_order = sorted(reviewers.values(), key=lambda each: (-each.total, -each.opinions, each.name))
    return Throughput(days, first, last, dict(counts), in_order, imported)


def waiting_since(undecided: QuerySet[Assertion]) -> QuerySet[Any]:
    """Add ``since`` to assertions that wait for a decision: since when they wait.

    That is since they were made, reopened, or changed after the latest review.
    """
    reviews = Review.objects.filter(assertion=OuterRef("pk")).order_by("-decided_at", "-id")
    changes = (
        apps.get_model("assertions", "AssertionEvent")
        .objects.filter(pgh_obj=OuterRef("pk"), claim_version__gt=OuterRef("seen_version"))
        .order_by("pgh_created_at")
        .values("pgh_created_at")
    )
    return undecided.annotate(
        seen_version=Subquery(reviews.values("claim_version")[:1]),
        changed_at=Subquery(changes[:1]),
        reviewed_at=Subquery(reviews.values("decided_at")[:1]),
        since=Case(
            When(seen_version=None, then=F("created_at")),
            When(seen_version__lt=F("claim_version"), then=Coalesce("changed_at", "reviewed_at")),
            default=F("reviewed_at"),
            output_field=DateTimeField(),
        ),
    )


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits for a decision: how long by class of age, by topic and without one, and those that wait longest.

    ``oldest`` have ``since``. An assertion with several topics counts in each; ``more`` topics are not listed.
    """

    total: int
    median: timedelta | None
    ages: list[tuple[str, int]]
    oldest: list[Assertion]
    topics: list[tuple[Topic, int]]
    more: int
    untagged: int


def backlog(now: datetime) -> Backlog:
    """Return what waits for a decision at this instant, whoever may be given it."""
    undecided = Assertion.objects.undecided()
    aged = waiting_since(undecided)
    # What was made since ``now`` has waited for no time.
    ages = [max(now - since, timedelta(0)) for since in aged.order_by().values_list("since", flat=True)]
    lower = [bound for _, bound in AGES]
    by_class = Counter(bisect_right(lower, age) - 1 for age in ages)
    waits = TaggedAssertion.objects.filter(content_object__in=undecided.values("pk"))
    by_topic = waits.order_by().values_list("tag").annotate(number=Count("pk"))
    fullest = by_topic.order_by("-number", "tag__name")
    topics = Topic.objects.in_bulk([key for key, _ in fullest[:TAGS]])
    return Backlog(
        total=len(ages),
        median=_median(ages),
        ages=[(words, by_class[place]) for place, (words, _) in enumerate(AGES)],
        oldest=list(aged.order_by("since", "pk").prefetch_related("speakers__actor")[:OLDEST]),
        topics=[(topics[key], number) for key, number in fullest[:TAGS]],
        more=max(0, by_topic.count() - TAGS),
        untagged=undecided.filter(tagged=None).count(),
    )


@dataclass(frozen=True, slots=True)
class Delay:
    """How long it took: the median, None where there is nothing to measure, of how many decisions."""

    median: timedelta | None
    decisions: int


def wait_for_the_first_decision(period: Period) -> Delay:
    """Return how long claims had been there when a reviewer first decided on them, of decisions in a period.

    What an import or the operator decided is left out: that waited for nobody.
    """
    earlier = Review.objects.filter(assertion=OuterRef("assertion"), decided_at__lt=OuterRef("decided_at"))
    first = Review.objects.filter(period.holds("decided_at"), ~Exists(earlier), decided_by__isnull=False)
    moments = first.values_list("decided_at", "assertion__created_at")
    waited = [decided - made for decided, made in moments if decided >= made]
    return Delay(_median(waited), len(waited))


def _median(times: list[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(each.total_seconds() for each in times)) if times else None
