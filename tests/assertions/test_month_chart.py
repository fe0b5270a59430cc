"""Counts by month as a drawing: names and numbers keep apart, however few or many months there are."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assertions.charts.month_chart import draw
from assertions.charts.text import text_width

months = st.dates().map(lambda day: day.replace(day=1))
recent = st.dates(date(2022, 1, 1), date(2026, 1, 1)).map(lambda day: day.replace(day=1))
counts = st.dictionaries(months | recent, st.integers(1, 5000), max_size=8)


@given(counts, counts)
def test_names_never_meet_and_stay_within_the_drawing(above: dict[date, int], below: dict[date, int]) -> None:
    chart = draw(above, below)
    if chart is None:
        assert not above and not below
        return
    ends = [(month.x, month.x + text_width(month.label)) for month in chart.months if month.label]
    assert ends and ends[0][0] == chart.months[0].x
    assert all(one[1] < other[0] for one, other in pairwise(ends))
    assert ends[-1][1] <= chart.width
    for month in chart.months:
        assert month.above.y >= 0 and month.above.y + month.above.height <= chart.axis
        assert month.below.y + month.below.height < chart.label - 12 < chart.height
    assert sum(month.above.count for month in chart.months) == sum(above.values())
    assert sum(month.below.count for month in chart.months) == sum(below.values())


@given(counts)
def test_numbers_stand_on_bars_only_where_each_has_the_room_of_its_month(above: dict[date, int]) -> None:
    chart = draw(above, {})
    if chart and chart.has_numbers and len(chart.months) > 1:
        step = chart.months[1].x - chart.months[0].x
        assert all(text_width(str(month.above.count)) <= step for month in chart.months)


def test_two_months_beside_a_quarter_are_named_once() -> None:
    chart = draw({date(2023, 12, 1): 1, date(2024, 1, 1): 1}, {})
    assert chart and [month.label for month in chart.months] == ["Dec 2023", ""]


def test_more_than_ten_years_are_drawn_by_year() -> None:
    chart = draw({date(1953, 7, 1): 1, date(2024, 3, 1): 2, date(2024, 5, 1): 3}, {})
    assert chart and chart.unit == "year" and len(chart.months) == 72
    assert chart.months[-1].above.count == 5 and chart.months[0].label == "1953"
