"""How long reviewers have a claim in hand before they decide on it: a read model, counted when it is asked for."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db.models import F, Q

from assertions.models import Opinion, Review
from assertions.reviewing.statistics import Period


@dataclass(frozen=True, slots=True)
class TimeInHand:
    """The median from taking a claim in hand to deciding on it, of how many decisions; ``name`` is the reviewer's."""

    name: str
    median: timedelta
    decisions: int


def times_in_hand(period: Period) -> list[TimeInHand]:
    """Return the times of the decisions of a period: first those of all together, then of each reviewer by name.

    None if nobody decided on what he or she had in hand. Opinions count once their claim is settled; of two that agree
    the second became the review, and counts with it.
    """
    decided = Q(period.holds("decided_at"), taken_at__isnull=False, decided_by__isnull=False)
    columns = ("decided_by__username", "taken_at", "decided_at")
    rows = list(Review.objects.filter(decided).order_by().values_list(*columns))
    opinions = Opinion.objects.filter(decided, review__isnull=False)
    rows += opinions.exclude(review__decided_by=F("decided_by")).order_by().values_list(*columns)
    by_name: defaultdict[str, list[timedelta]] = defaultdict(list)
    for name, taken, made in rows:
        by_name[str(name)].append(made - taken)
    if not rows:
        return []
    every = [time for times in by_name.values() for time in times]
    return [_time("", every), *(_time(name, times) for name, times in sorted(by_name.items()))]


def _time(name: str, times: list[timedelta]) -> TimeInHand:
    middle = median(time.total_seconds() for time in times)
    return TimeInHand(name, timedelta(seconds=middle), len(times))
