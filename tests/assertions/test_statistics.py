"""What the desk's statistics count: decisions, what waits and how long, and how far blind reviewers agree."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from assertions import actions
from assertions.charts.bar_chart import columns, rows
from assertions.models import Assertion, Review
from assertions.reviewing.blind_pairs import double_review
from assertions.reviewing.kappa import FEW, agreement
from assertions.reviewing.statistics import (
    KINDS,
    LONGEST,
    Period,
    backlog,
    latest_weeks,
    throughput,
    wait_for_the_first_decision,
)
from cms.models import User
from tests.assertions.desk_cast import ACCEPT, REJECT, decide, make_double, make_waiting
from tests.factories import days_ago, make_topic
from tests.staff import make_staff, signed_in

PAGE = "admin:desk_statistics"


@pytest.fixture
def anna(db: None) -> User:
    return make_staff("reviewer", "anna")


@pytest.fixture
def ben(db: None) -> User:
    return make_staff("reviewer", "ben")


@pytest.fixture
def carla(db: None) -> User:
    return make_staff("reviewer", "carla")


def weeks() -> Period:
    return latest_weeks(timezone.localdate())


def decided(
    by: User | None, at: datetime | None = None, claim: str = "Ships left.", **decision: Any
) -> Review:
    """Write a review as of an instant, past the desk: reviewers themselves decide now."""
    return Review.objects.create(
        assertion=make_waiting(claim),
        decided_by=by,
        decided_at=at or timezone.now(),
        **(decision or ACCEPT),
    )


def both(assertion: Assertion, first: User, second: User, *verdicts: str) -> None:
    """Give the two blind opinions on an assertion."""
    for by, verdict in zip((first, second), verdicts, strict=True):
        decide(assertion, by, **(ACCEPT if verdict == "accept" else {"verdict": verdict, "reason": "So."}))


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# Kappa


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # (50 x 35 - 25 x 30 - 25 x 20) / (50 x 50 - 25 x 30 - 25 x 20) = 500 / 1250
        ({("a", "a"): 20, ("a", "r"): 5, ("r", "a"): 10, ("r", "r"): 15}, 0.4),
        # (100 x 60 - 70 x 60 - 30 x 40) / (100 x 100 - 70 x 60 - 30 x 40) = 600 / 4600
        ({("a", "a"): 45, ("a", "r"): 25, ("r", "a"): 15, ("r", "r"): 15}, 600 / 4600),
        # (100 x 60 - 30 x 60 - 70 x 40) / (100 x 100 - 30 x 60 - 70 x 40) = 1400 / 5400
        ({("a", "a"): 25, ("a", "r"): 5, ("r", "a"): 35, ("r", "r"): 35}, 1400 / 5400),
        # Three verdicts: (10 x 7 - 5 x 4 - 3 x 4 - 2 x 2) / (10 x 10 - 5 x 4 - 3 x 4 - 2 x 2) = 34 / 64
        (
            {("a", "a"): 4, ("d", "d"): 2, ("r", "r"): 1, ("a", "d"): 1, ("d", "r"): 1, ("r", "d"): 1},
            34 / 64,
        ),
        ({("a", "r"): 5, ("r", "a"): 5}, -1.0),
    ],
)
def test_kappa_is_what_one_works_out_by_hand(table: dict[tuple[str, str], int], kappa: float | None) -> None:
    pairs = [pair for pair, number in table.items() for _ in range(number)]
    assert agreement(pairs).kappa == pytest.approx(kappa)


def test_kappa_is_undefined_where_both_always_said_the_same_and_without_a_pair() -> None:
    always = agreement([("accept", "accept")] * 30)
    assert (always.kappa, always.share, always.by_chance, always.is_one_sided) == (None, 1, 1, True)
    nothing = agreement([])
    assert (nothing.kappa, nothing.share, nothing.is_one_sided, nothing.is_of_few) == (
        None,
        None,
        False,
        False,
    )


def test_fewer_pairs_than_twenty_are_few() -> None:
    assert FEW == 20
    assert agreement([("a", "r")] * 19).is_of_few
    assert not agreement([("a", "r")] * 20).is_of_few


verdicts = st.sampled_from(["accept", "dispute", "reject"])
some_pairs = st.lists(st.tuples(verdicts, verdicts), max_size=60)


@given(some_pairs)
def test_kappa_lies_between_minus_one_and_one_and_is_the_same_for_either_rater_first(
    pairs: list[tuple[str, str]],
) -> None:
    found = agreement(pairs)
    assert found.kappa is None or -1 <= found.kappa <= 1
    assert agreement([(second, first) for first, second in pairs]) == found


@given(some_pairs)
def test_kappa_is_the_formula_of_its_source(pairs: list[tuple[str, str]]) -> None:
    found, number = agreement(pairs), len(pairs)
    if found.kappa is None:
        assert len({said for pair in pairs for said in pair}) <= 1
        return
    observed = sum(one == other for one, other in pairs) / number
    expected = sum(
        (sum(one == verdict for one, _ in pairs) / number)
        * (sum(other == verdict for _, other in pairs) / number)
        for verdict in ("accept", "dispute", "reject")
    )
    assert found.kappa == pytest.approx((observed - expected) / (1 - expected))


@given(st.lists(verdicts, min_size=2, max_size=40).filter(lambda said: len(set(said)) > 1))
def test_full_agreement_on_more_than_one_verdict_is_a_kappa_of_one(said: list[str]) -> None:
    assert agreement([(verdict, verdict) for verdict in said]).kappa == 1


# Decisions


def test_decisions_are_counted_by_the_newsrooms_day_and_by_verdict(anna: User, settings: Any) -> None:
    settings.TIME_ZONE = "Asia/Seoul"
    late = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
    decided(anna, late)
    decided(anna, late, **REJECT)
    decided(anna, late - timedelta(hours=8))
    found = throughput(Period(date(2026, 3, 1), date(2026, 3, 2)))
    assert {day: dict(counts) for day, counts in found.counts.items()} == {
        date(2026, 3, 1): {"accept": 1},
        date(2026, 3, 2): {"accept": 1, "reject": 1},
    }


def test_the_first_and_the_last_day_of_a_period_count_and_what_is_beside_them_does_not(anna: User) -> None:
    for day in range(1, 6):
        decided(anna, datetime(2026, 3, day, 12, tzinfo=UTC))
    found = throughput(Period(date(2026, 3, 2), date(2026, 3, 4)))
    assert sorted(found.counts) == [date(2026, 3, day) for day in (2, 3, 4)]


def test_a_long_period_is_counted_by_whole_weeks(anna: User) -> None:
    decided(anna, datetime(2026, 3, 4, tzinfo=UTC))
    decided(anna, datetime(2026, 3, 8, 23, tzinfo=UTC))
    found = throughput(Period(date(2026, 1, 1), date(2026, 4, 1)))
    assert found.days == 7
    assert {day: counts.total() for day, counts in found.counts.items()} == {date(2026, 3, 2): 2}
    assert (found.first.weekday(), found.last.weekday()) == (0, 6)


def test_a_decision_that_was_taken_back_counts_and_so_does_taking_it_back(anna: User) -> None:
    assertion = make_waiting("Ships left.")
    review = decide(assertion, anna)
    assert isinstance(review, Review)
    actions.undo(review, anna)
    [reviewer] = throughput(weeks()).reviewers
    assert reviewer.by_kind == [{"accept": 1, "taken_back": 1}.get(kind, 0) for kind in KINDS]


def test_reviewers_are_listed_by_how_much_they_decided(anna: User, ben: User) -> None:
    for by in (ben, ben, ben, anna):
        decided(by)
    found = throughput(weeks())
    assert [(each.name, each.total) for each in found.reviewers] == [("ben", 3), ("anna", 1)]


def test_what_an_import_or_the_operator_decided_is_nobodys_work_and_told_apart(anna: User) -> None:
    for by in (None, None, anna):
        decided(by)
    found = throughput(weeks())
    assert (found.total, found.imported) == (1, 2)
    assert "2 more came decided with an import" in text_of(signed_in(anna).get(reverse(PAGE)))


def test_the_wait_for_the_first_decision_is_the_median_and_leaves_imports_out(anna: User) -> None:
    for days in (1, 2, 9):
        review = decided(anna)
        Assertion.objects.filter(pk=review.assertion_id).update(created_at=days_ago(days))
    decided(None)
    found = wait_for_the_first_decision(weeks())
    assert found.decisions == 3
    assert found.median is not None and round(found.median / timedelta(days=1), 2) == 2


# The queue


def test_what_waits_is_classed_by_age_each_class_with_its_lower_bound(db: None) -> None:
    now = timezone.now()
    for days in (0, 0.99, 1, 3, 6.9, 7, 14, 28, 83, 84, 400):
        assertion = make_waiting("Ships left.")
        Assertion.objects.filter(pk=assertion.pk).update(created_at=now - timedelta(days=days))
    found = backlog(now)
    assert [count for _, count in found.ages] == [2, 1, 2, 1, 1, 2, 2]
    assert found.total == sum(count for _, count in found.ages) == 11
    assert found.median == timedelta(days=7)


def test_what_was_reopened_or_changed_waits_since_then_and_not_since_it_was_made(anna: User) -> None:
    reopened, changed = make_waiting("Reopened."), make_waiting("Changed.")
    for assertion in (reopened, changed):
        decide(assertion, anna)
        Assertion.objects.filter(pk=assertion.pk).update(created_at=days_ago(300))
    assert backlog(timezone.now()).total == 0
    decide(reopened, anna, verdict="reopen")
    Assertion.objects.filter(pk=changed.pk).update(hedge="perhaps")
    found = backlog(timezone.now())
    assert {str(each) for each in found.oldest} == {"Reopened.", "Changed."}
    assert dict(found.ages)["under a day"] == 2


def test_the_backlog_counts_an_assertion_under_each_of_its_topics(db: None) -> None:
    ports, ships = make_topic("Ports"), make_topic("Ships")
    make_waiting("Both.").topics.add(ports, ships)
    make_waiting("One.").topics.add(ships)
    make_waiting("None.")
    decide(decided_one := make_waiting("Decided."), None)
    decided_one.topics.add(ports)
    found = backlog(timezone.now())
    assert [(topic.name, number) for topic, number in found.topics] == [("Ships", 2), ("Ports", 1)]
    assert (found.untagged, found.more) == (1, 0)


# Blind double review


def test_pairs_of_opinions_are_counted_by_topic_whether_they_are_settled_or_not(
    anna: User, ben: User, carla: User
) -> None:
    sanctions, ports = make_double("Sanctions"), make_double("Ports")
    for given_verdicts, topics in [
        (("accept", "accept"), [sanctions]),
        (("reject", "reject"), [sanctions, ports]),
        (("accept", "reject"), [sanctions]),
        (("accept", "reject"), [ports]),
    ]:
        assertion = make_waiting("Ships left.")
        assertion.topics.add(*topics)
        both(assertion, anna, ben, *given_verdicts)
    decide(assertion, carla)
    found = double_review(weeks())
    assert {
        (each.topic.name if each.topic else ""): (each.agreement.pairs, each.agreement.same)
        for each in found.found
    } == {"": (4, 2), "Sanctions": (3, 2), "Ports": (2, 1)}
    assert (found.for_a_second, found.for_a_third) == (0, 1)


def test_a_reopened_claim_that_two_judge_anew_is_another_pair(anna: User, ben: User) -> None:
    assertion = make_waiting("Ships left.")
    assertion.topics.add(make_double())
    both(assertion, anna, ben, "accept", "accept")
    decide(assertion, anna, verdict="reopen")
    both(assertion, anna, ben, "reject", "reject")
    assert double_review(weeks()).found[0].agreement.pairs == 2


def test_a_pair_is_of_the_day_of_its_second_opinion(anna: User, ben: User) -> None:
    assertion = make_waiting("Ships left.")
    assertion.topics.add(make_double())
    both(assertion, anna, ben, "accept", "reject")
    today = timezone.localdate()
    assert double_review(Period(today, today)).found[0].agreement.pairs == 1
    yesterday = today - timedelta(days=1)
    assert double_review(Period(yesterday, yesterday)).found[0].agreement.pairs == 0


def test_one_opinion_alone_is_no_pair_and_is_counted_for_nobody(anna: User, ben: User) -> None:
    assertion = make_waiting("Ships left.")
    assertion.topics.add(make_double())
    decide(assertion, anna, **REJECT)
    assert throughput(weeks()).reviewers == []
    found = double_review(weeks())
    assert found.found[0].agreement.pairs == 0
    assert (found.for_a_second, found.for_a_third) == (1, 0)
    decide(assertion, ben, **REJECT)
    assert {each.name: each.opinions for each in throughput(weeks()).reviewers} == {"anna": 1, "ben": 1}


def test_who_gave_an_opinion_that_is_not_settled_is_nowhere_on_the_page(
    anna: User, ben: User, carla: User
) -> None:
    assertion = make_waiting("Ships left.")
    assertion.topics.add(make_double())
    both(assertion, anna, ben, "accept", "reject")
    text = text_of(signed_in(carla).get(reverse(PAGE)))
    assert "for a third reviewer to settle it" in text
    assert "anna" not in text
    assert "ben" not in text


# The page


def test_the_page_shows_each_drawing_with_its_table(anna: User, ben: User) -> None:
    topic = make_double()
    assertion = make_waiting("Ships left.")
    assertion.topics.add(topic)
    both(assertion, anna, ben, "accept", "accept")
    make_waiting("Ships came.").topics.add(topic)
    text = text_of(signed_in(anna).get(reverse(PAGE)))
    assert text.count('<svg class="bars') == 4
    assert "1 decision." in text
    assert f"{reverse('admin:desk_queue')}?tag={topic.slug}" in text
    assert "Undefined: both always gave the same verdict" in text
    assert "Fewer than 20 pairs" in text


def test_an_empty_desk_says_so(anna: User) -> None:
    text = text_of(signed_in(anna).get(reverse(PAGE)))
    assert "Nobody decided anything in these days." in text
    assert text.count("Nothing waits for a decision.") == 2
    assert "No topic asks for two reviewers now." in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("since=soon", "Write the day as year, month and day: 2026-03-31."),
        ("until=2026-02-30", "Write the day as year, month and day: 2026-03-31."),
        ("since=03/04/2026", "Write the day as year, month and day: 2026-03-31."),
        ("until=9999-12-31", "Choose a year from 1900 to 9000."),
        ("since=0001-01-01&until=0001-01-02", "Choose a year from 1900 to 9000."),
        ("until=2999-01-01", "That day is still to come"),
        ("since=2026-03-02&until=2026-03-01", "The first day is after the last one"),
        ("since=2020-01-01&until=2026-01-01", "Two years are shown at most"),
        ("month=3", "There is no filter “month”"),
        ("since=2026-03-01&since=2026-03-02", "This is asked for more than once"),
    ],
)
def test_a_period_that_makes_no_sense_gets_a_sentence_and_stays_as_it_was_typed(
    anna: User, query: str, sentence: str
) -> None:
    text = text_of(signed_in(anna).get(f"{reverse(PAGE)}?{query}"))
    assert sentence in text
    assert "these are the last eight weeks" in text
    name, _, typed = query.split("&")[-1].partition("=")
    assert name == "month" or f'value="{typed}"' in text


def test_the_longest_period_is_two_years(anna: User) -> None:
    last = timezone.localdate()
    for days, fits in ((LONGEST - 1, True), (LONGEST, False)):
        first = last - timedelta(days=days)
        text = text_of(signed_in(anna).get(reverse(PAGE), {"since": str(first), "until": str(last)}))
        assert ("Two years are shown at most" in text) is not fits


def test_a_first_day_alone_ends_today_and_a_last_day_alone_has_eight_weeks(anna: User) -> None:
    today = timezone.localdate()
    client = signed_in(anna)
    found = client.get(reverse(PAGE), {"since": str(today - timedelta(days=3))}).context["period"]
    assert found == Period(today - timedelta(days=3), today)
    found = client.get(reverse(PAGE), {"until": "2026-03-31"}).context["period"]
    assert (found.last, found.days) == (date(2026, 3, 31), 56)


def test_the_number_of_queries_does_not_grow_with_what_is_counted(
    anna: User, ben: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        topic = make_double(f"Topic {number}")
        assertion = make_waiting(f"Ships left {number}.")
        assertion.topics.add(topic)
        both(assertion, anna, ben, "accept", "accept")
        make_waiting(f"Ships came {number}.").topics.add(topic)
    client = signed_in(anna)
    with django_assert_max_num_queries(30):
        client.get(reverse(PAGE))


def test_the_statistics_are_for_those_who_read_the_desk(client: Client, db: None) -> None:
    assert client.get(reverse(PAGE)).status_code == 302
    assert signed_in(make_staff("reporter")).get(reverse(PAGE)).status_code == 403
    for group in ("editor", "reviewer", "admin"):
        assert signed_in(make_staff(group)).get(reverse(PAGE)).status_code == 200


# Drawings


counts_by_day = st.dictionaries(
    st.dates(date(2026, 1, 1), date(2026, 2, 25)),
    st.dictionaries(st.sampled_from(list(KINDS)), st.integers(0, 5000), max_size=5),
    max_size=20,
)


@given(counts_by_day, st.sampled_from([336, 960]))
def test_every_bar_lies_in_the_plot_and_kinds_stand_upon_each_other(
    counts: dict[date, dict[str, int]], width: int
) -> None:
    chart = columns(counts, list(KINDS), first=date(2026, 1, 1), last=date(2026, 2, 25), days=1, width=width)
    assert sum(bar.count for bar in chart.bars) == sum(
        count for each in counts.values() for count in each.values()
    )
    for bar in chart.bars:
        assert chart.plot.left - 0.1 <= bar.x and bar.x + bar.width <= chart.plot.right + 0.1
        assert chart.plot.top - 1.6 <= bar.y and bar.y + bar.height <= chart.plot.bottom + 1.6
    boxes = [tick.text.box for tick in chart.dates]
    assert all(not one.meets(other) for one, other in pairwise(boxes))
    assert all(box.left >= 0 and box.right <= width for box in boxes)


@given(st.integers(0, 730))
def test_days_are_named_within_the_period_however_long_it_is(days: int) -> None:
    first = date(2025, 1, 6)
    chart = columns({}, [], first=first, last=first + timedelta(days=days), days=1, width=336)
    assert chart.dates
    assert [tick.text.lines[0][1] for tick in chart.numbers] == ["0", "1"]


@given(st.lists(st.tuples(st.text("abcWM 한", max_size=80), st.integers(0, 10**7)), max_size=8))
def test_names_and_numbers_of_level_bars_do_not_meet(counts: list[tuple[str, int]]) -> None:
    chart = rows(counts, width=336)
    for row in chart.rows:
        assert not row.name.box.meets(row.number.box)
        assert row.number.box.right <= 337
        assert row.bar is None or row.bar.width <= 336
