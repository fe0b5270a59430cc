"""Counts over time as a drawing: whatever the counts are, no text meets another or leaves the drawing."""

from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assertions.charts.axes import number_ticks
from assertions.charts.range_chart import Chart, Count, around, draw
from assertions.charts.text import Box, Line, meet, shortened, text_width

SIZES = [(280, 380), (580, 400), (980, 420)]
NAMES = [
    "NW",
    "The Northern Wire",
    "Ministry of Defence and of the Merchant Marine of Ostria",
    "오스트리아 국방부 대변인실",
    "Министерство обороны",
    "WWWWWWWW MMMMMMMM @@@@",
    "",
    "e\u0301\u0301\u0301 ﷽ 𒐫",
]
bounds = st.one_of(
    st.integers(0, 20_000).map(Decimal),
    st.integers(0, 10**13).map(Decimal),
    st.decimals(Decimal("-500"), Decimal("9999999999999999"), places=4),
)
days = st.one_of(st.dates(date(2022, 1, 1), date(2026, 1, 1)), st.dates())


@st.composite
def counts(draw_from: Any, key: int) -> Count:
    first, last = draw_from(st.none() | days), draw_from(st.none() | days)
    if draw_from(st.booleans()) and first:
        last = first
    if first and last and first > last:
        first, last = last, first
    low, high = draw_from(st.none() | bounds), draw_from(st.none() | bounds)
    if draw_from(st.booleans()) and low is not None:
        high = low
    if low is None and high is None:
        low = Decimal(1)
    if low is not None and high is not None and low > high:
        low, high = high, low
    flags = {name: draw_from(st.booleans()) for name in ("approximate", "forecast", "superseded")}
    return Count(
        key,
        draw_from(st.sampled_from(NAMES) | st.text(max_size=40)),
        draw_from(st.sampled_from(["about 3,000", "more than 10,000 to under 12,000", "1"])),
        first,
        last,
        low,
        high,
        side=draw_from(st.sampled_from(["", "a", "b"])),
        alternative_to=draw_from(st.none() | st.integers(1, 8)),
        **flags,
    )


@st.composite
def groups(draw_from: Any) -> list[Count]:
    return [draw_from(counts(key)) for key in range(1, 1 + draw_from(st.integers(0, 14)))]


def count(key: int, day: str, low: int | None, high: int | None, who: str = "NW", **fields: Any) -> Count:
    first = last = date.fromisoformat(day)
    least, most = (None if bound is None else Decimal(bound) for bound in (low, high))
    return Count(key, who, f"about {low or high:,}", first, last, least, most, **fields)


def texts(chart: Chart) -> list[Box]:
    ticks = [*chart.numbers, *chart.dates]
    joins = [join.text for join in chart.joins if join.text]
    return [
        text.box for text in [*(tick.text for tick in ticks), *(lab.text for lab in chart.labels), *joins]
    ]


def enters(line: Line, box: Box) -> bool:
    """Walk along a line and tell whether it comes into a box."""
    steps = 200
    return any(
        box.left + 0.2 < line.x1 + (line.x2 - line.x1) * step / steps < box.right - 0.2
        and box.top + 0.2 < line.y1 + (line.y2 - line.y1) * step / steps < box.bottom - 0.2
        for step in range(steps + 1)
    )


def holds_together(chart: Chart) -> None:
    """Fail if a text meets another or a mark, a line runs through a text, or anything leaves the drawing."""
    frame = Box(0, 0, chart.width, chart.height)
    boxes = texts(chart)
    assert all(box.within(frame) for box in boxes)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]
    assert all(mark.reach.within(around(chart.plot)) for mark in chart.marks)
    bars = [mark.reach for mark in chart.marks if not mark.is_span]
    labels = [label.text.box for label in chart.labels]
    assert not [1 for label in labels for bar in bars if label.meets(bar)]
    assert all(label.bottom < chart.plot.bottom and label.left > chart.plot.left for label in labels)
    leaders = [label.leader for label in chart.labels if label.leader]
    assert not [1 for one, other in combinations(leaders, 2) if meet(one, other)]
    for label in chart.labels:
        if label.leader:
            assert not [box for box in boxes if box != label.text.box and enters(label.leader, box)]


@given(groups(), st.sampled_from(SIZES), st.booleans())
@settings(max_examples=150)
def test_no_text_meets_another_whatever_is_counted(
    rows: list[Count], size: tuple[int, int], share: bool
) -> None:
    chart = draw(rows, *size, share=share)
    dated = {row.key for row in rows if row.first or row.last}
    if chart is None:
        assert not dated
        return
    assert sorted(mark.count.key for mark in chart.marks) == sorted(dated)
    holds_together(chart)
    assert draw(reversed(rows), *size, share=share) == chart


@pytest.mark.parametrize("size", SIZES)
def test_no_text_meets_another_in_a_crowd_of_counts_of_one_day(size: tuple[int, int]) -> None:
    rows = [
        count(key, f"2024-05-{1 + key % 2:02}", 1000 + key % 3, 1000 + key % 3, "Ostria")
        for key in range(1, 101)
    ]
    chart = draw(rows, *size)
    assert chart and len(chart.marks) == 100 and chart.is_numbered
    holds_together(chart)


def test_a_few_counts_are_named_with_their_words() -> None:
    rows = [count(key, f"2024-{key:02}-05", 1000 * key, 1500 * key, f"Source {key}") for key in range(1, 9)]
    chart = draw(rows, 980, 420)
    assert chart and not chart.is_numbered
    assert [line for _, line in chart.labels[0].text.lines] == [
        "Source 1",
        "about 1,000",
    ]


def test_a_count_stands_at_its_day_and_number_and_the_axis_of_numbers_begins_at_zero() -> None:
    chart = draw([count(1, "2024-01-01", 0, 0), count(2, "2024-07-01", 5000, 10000)], 980, 420)
    assert chart
    assert [line for tick in chart.numbers for _, line in tick.text.lines][::5] == ["0", "10,000"]
    last = chart.marks[1].box
    assert (
        last.top == chart.numbers[-1].at and last.bottom == (chart.numbers[0].at + chart.numbers[-1].at) / 2
    )
    july = next(tick for tick in chart.dates if tick.text.lines[0][1].startswith("Jul"))
    assert (last.left + last.right) / 2 == july.at


def test_an_open_bound_is_an_arrow_and_one_number_a_short_bar() -> None:
    rows = [
        count(1, "2024-01-01", 500, None),
        count(2, "2024-02-01", None, 500),
        count(3, "2024-03-01", 500, 500),
    ]
    chart = draw(rows, 980, 420)
    assert chart
    more, fewer, exactly = chart.marks
    assert more.reach.top < more.box.top and more.reach.bottom == more.box.bottom
    assert fewer.reach.bottom > fewer.box.bottom and fewer.reach.top == fewer.box.top
    assert exactly.arrow == "" and exactly.height == 6


def test_a_count_of_a_year_is_a_band_as_wide_as_the_year_and_an_open_end_runs_on() -> None:
    year = Count(1, "NW", "up to 9", date(2024, 1, 1), date(2024, 12, 31), None, Decimal(9))
    since = Count(2, "NW", "7", date(2024, 3, 1), None, Decimal(7), Decimal(7))
    chart = draw([year, since, count(3, "2023-06-01", 3, 3)], 980, 420)
    assert chart
    bands = {mark.count.key: mark for mark in chart.marks}
    assert bands[1].is_span and bands[2].is_span and not bands[3].is_span
    assert bands[2].box.right > bands[1].box.right
    assert draw([year, since], 980, 420) != draw([year], 980, 420)


def test_two_lines_that_cross_meet_and_two_beside_each_other_do_not() -> None:
    assert meet(Line(0, 0, 10, 10), Line(0, 10, 10, 0))
    assert not meet(Line(0, 0, 10, 10), Line(0, 1, 10, 11))
    assert not meet(Line(0, 0, 4, 4), Line(0, 10, 10, 0))


def test_two_that_are_meant_one_or_the_other_are_joined_by_an_or() -> None:
    rows = [count(1, "2024-01-01", 3000, 3000), count(2, "2024-01-01", 500, 500, alternative_to=1)]
    chart = draw(rows, 580, 400)
    assert chart and len(chart.joins) == 1
    assert chart.joins[0].text and chart.joins[0].text.lines[0][1] == "or"


def test_what_replaced_an_earlier_count_is_named_before_it() -> None:
    old = [count(key, "2024-01-01", 1000, 1000, superseded=True) for key in range(1, 40)]
    chart = draw([*old, count(40, "2024-01-01", 1000, 1000, "The latest")], 280, 380)
    assert chart
    assert next(label for label in chart.labels if label.count.key == 40).text.lines[0][1] == "The latest"


@given(bounds, bounds, st.integers(2, 12))
def test_ticks_are_round_regular_and_hold_zero_and_all_numbers(
    one: Decimal, other: Decimal, most: int
) -> None:
    ticks = number_ticks(min(one, other), max(one, other), most=most)
    steps = {later - earlier for earlier, later in pairwise(ticks)}
    assert len(steps) == 1 and 0 in ticks and 2 <= len(ticks) <= most + 3
    assert steps.pop().normalize().as_tuple().digits in [(1,), (2,), (5,)]
    assert ticks[0] <= min(one, other) and max(one, other) <= ticks[-1]


def test_a_share_shows_the_whole_and_great_numbers_are_written_with_their_word() -> None:
    chart = draw([count(1, "2024-01-01", 60, 60), count(2, "2024-03-01", 66, 66)], 580, 400, share=True)
    assert chart and chart.numbers[-1].text.lines[0][1] == "100"
    chart = draw([count(1, "2024-01-01", 1500, 1500), count(2, "2024-03-01", 9_000_000, 9_000_000)], 580, 400)
    assert chart
    written = [tick.text.lines[0][1] for tick in chart.numbers]
    assert written[0] == "0" and written[-1] == "10 million"


@given(st.sampled_from(NAMES) | st.text(max_size=60), st.integers(40, 200))
def test_a_long_name_is_cut_to_the_width_it_has(text: str, width: int) -> None:
    cut = shortened(text, width)
    assert text_width(cut) <= width
    assert cut == text or cut.endswith("…")


def test_nothing_dated_is_no_drawing() -> None:
    assert draw([], 580, 400) is None
    assert draw([Count(1, "NW", "3", None, None, Decimal(3), None)], 580, 400) is None
