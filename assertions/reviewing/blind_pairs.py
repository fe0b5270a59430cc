"""How far two blind reviewers agree on a verdict: on each topic that asks for two, and on all.

Pairs are counted, and never who said what: opinions on a claim that is not settled stay blind.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from articles.models import Topic
from assertions.models import Assertion, Opinion, TaggedAssertion
from assertions.reviewing.double_review import OPINIONS, open_opinions
from assertions.reviewing.kappa import Agreement, agreement
from assertions.reviewing.statistics import Period


@dataclass(frozen=True, slots=True)
class DoubleReview:
    """How far two blind reviewers agree on the verdict: on one topic, or on all (``topic`` is None)."""

    topic: Topic | None
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Doubles:
    """Blind double review: all pairs of a period first, then by topic; and what waits now.

    ``for_a_second`` assertions have one opinion, ``for_a_third`` two that differ.
    """

    found: list[DoubleReview]
    for_a_second: int
    for_a_third: int


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two opinions on one version of a claim: the verdicts in the order in which they were given."""

    assertion: int
    verdicts: tuple[str, str]


def double_review(period: Period) -> Doubles:
    """Return how far two blind reviewers agreed in a period, by the topics that ask for two now.

    A pair is of the day of its second opinion. It counts whether it is settled or not: if only the settled ones
    counted, those that differ would be missing until a third reviewer comes to them.
    """
    pairs = list(_pairs(period))
    topics = {topic.pk: topic for topic in Topic.objects.filter(needs_double_review=True, merged_into=None)}
    of_topic: defaultdict[int, set[int]] = defaultdict(set)
    tagged = TaggedAssertion.objects.filter(
        tag__in=topics, content_object__in={pair.assertion for pair in pairs}
    )
    for topic, assertion in tagged.values_list("tag", "content_object"):
        of_topic[topic].add(assertion)
    by_topic = [
        DoubleReview(
            topic, agreement([pair.verdicts for pair in pairs if pair.assertion in of_topic[topic.pk]])
        )
        for topic in topics.values()
    ]
    everything = DoubleReview(None, agreement([pair.verdicts for pair in pairs]))
    waiting = open_opinions().filter(assertion__in=Assertion.objects.undecided().values("pk"))
    given = Counter(waiting.values_list("assertion", flat=True))
    return Doubles(
        [everything, *by_topic],
        for_a_second=sum(number < OPINIONS for number in given.values()),
        for_a_third=sum(number >= OPINIONS for number in given.values()),
    )


def _pairs(period: Period) -> Iterator[_Pair]:
    """Yield the first two opinions of each round of a claim whose second one was given in the period.

    A round is ended by its review; a claim that is changed or reopened begins another.
    """
    touched = Opinion.objects.filter(period.holds("decided_at")).values("assertion")
    opinions = Opinion.objects.filter(period.is_over("decided_at"), assertion__in=touched).order_by(
        "assertion", "claim_version", "review", "decided_at", "id"
    )
    rows = opinions.values_list("assertion", "claim_version", "review", "verdict", "decided_at")
    begin = period.begin
    for (assertion, _, _), together in groupby(rows, key=lambda row: row[:3]):
        verdicts = [(verdict, at) for *_, verdict, at in together][:OPINIONS]
        if len(verdicts) == OPINIONS and verdicts[-1][1] >= begin:
            yield _Pair(assertion, (verdicts[0][0], verdicts[1][0]))
