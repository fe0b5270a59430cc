"""Times on the newsroom's clocks: what they mean, how they are told, and which cannot be."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from cms import timezones
from cms.workplace.moments import Moment

BERLIN = ZoneInfo("Europe/Berlin")


class When(forms.Form):
    at = Moment(label="At")


@pytest.fixture(autouse=True)
def newsroom(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Berlin"


def sent(at: str, place: str = "") -> When:
    return When({"at": at, "at-place": place})


def refused(at: str, place: str = "") -> str:
    return str(sent(at, place).errors["at"][0])


def test_an_instant_is_told_on_the_newsrooms_clocks_with_utc_beside() -> None:
    assert timezones.told(datetime(2024, 5, 3, 8, tzinfo=UTC)) == "3 May 2024, 10:00 (08:00 UTC)"
    assert timezones.told(datetime(2024, 5, 2, 23, 30, tzinfo=UTC)) == "3 May 2024, 01:30 (2 May, 23:30 UTC)"


def test_a_day_and_a_time_alone_are_those_of_the_newsroom() -> None:
    moment = datetime(2024, 5, 2, 23, 30, 5, tzinfo=UTC)
    assert timezones.in_short(moment) == "3 May 2024"
    assert timezones.on_the_clock(moment) == "01:30"
    assert timezones.on_the_clock(moment, "seconds") == "01:30:05"


def test_a_newsroom_in_utc_reads_one_time(settings: Any) -> None:
    settings.TIME_ZONE = "UTC"
    assert timezones.told(datetime(2024, 5, 3, 8, tzinfo=UTC)) == "3 May 2024, 08:00 UTC"


def test_what_is_typed_is_a_time_of_the_newsroom() -> None:
    form = sent("2024-05-03T10:00")
    assert form.is_valid()
    assert form.cleaned_data["at"] == datetime(2024, 5, 3, 8, tzinfo=UTC)
    page = str(form["at"])
    assert "Europe/Berlin" in page
    assert "= 08:00 UTC" in page


def test_an_hour_that_the_clocks_jump_over_is_refused_with_what_there_is() -> None:
    assert refused("2024-03-31T02:30") == (
        "There is no 02:30 on that day: on 31 March 2024 the clocks of Europe/Berlin go from 02:00 to 03:00. "
        "Choose a time before 02:00, or from 03:00 on."
    )


def test_an_hour_that_comes_twice_is_asked_about_and_can_be_told() -> None:
    assert refused("2024-10-27T02:30") == (
        "02:30 comes twice on that day, as the clocks of Europe/Berlin are put back: at 00:30 UTC and at 01:30 UTC. "
        "Choose which one is meant."
    )
    page = str(sent("2024-10-27T02:30")["at"])
    assert 'value="2024-10-27T02:30"' in page
    assert '<option value="">which one?</option>' in page
    assert "selected" not in page
    assert "the first 02:30 (00:30 UTC)" in page
    assert "the second 02:30 (01:30 UTC)" in page
    for place, hour in (("first", 0), ("second", 1)):
        form = sent("2024-10-27T02:30", place)
        assert form.is_valid()
        assert form.cleaned_data["at"] == datetime(2024, 10, 27, hour, 30, tzinfo=UTC)
        assert f'value="{place}" selected' in str(form["at"])


def test_a_choice_that_was_made_for_another_time_is_no_matter() -> None:
    assert sent("2024-05-03T10:00", "second").is_valid()


@pytest.mark.parametrize("hour", [0, 1])
def test_a_time_of_an_hour_that_comes_twice_is_shown_as_it_is_kept(hour: int) -> None:
    kept = datetime(2024, 10, 27, hour, 30, tzinfo=UTC)
    page = str(When(initial={"at": kept})["at"])
    assert 'value="2024-10-27T02:30"' in page
    assert f'value="{("first", "second")[hour]}" selected' in page


@pytest.mark.parametrize(
    "typed", ["tomorrow", "2024-02-30T10:00", "2024-05-03T25:00", "'\"><b>", "\x00", "٣"]
)
def test_what_is_no_time_is_refused_and_kept_in_the_form(typed: str) -> None:
    assert refused(typed) == "Write a day and a time, as in 2024-05-03T10:00."
    assert escape(typed) in str(sent(typed)["at"])


@pytest.mark.parametrize(
    "typed",
    [
        *("0001-01-01T00:00", "0001-01-01T00:10", "0001-01-01T00:00+14:00", "1899-12-31T23:59"),
        *("9001-01-01T00:00", "9999-12-31T23:59", "9999-12-31T23:30Z", "9999-12-31T23:30-05:00"),
    ],
)
def test_a_year_at_the_edge_of_the_calendar_is_refused_with_a_sentence(typed: str) -> None:
    assert refused(typed) == "Choose a year from 1900 to 9000."
    assert escape(typed) in str(sent(typed)["at"])


def test_what_is_kept_from_the_edge_of_the_calendar_is_told_and_shown_in_the_form() -> None:
    kept = datetime(9999, 12, 31, 23, 30, tzinfo=UTC)
    assert timezones.told(kept) == "31 December 9999, 23:30 (23:30 UTC)"
    assert 'value="9999-12-31T23:30"' in str(When(initial={"at": kept})["at"])


def test_nothing_typed_is_no_time() -> None:
    form = sent("")
    assert form.is_valid()
    assert form.cleaned_data["at"] is None


@given(st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)))
def test_each_reading_is_that_time_on_the_clocks_and_a_gap_has_none(local: datetime) -> None:
    found = timezones.readings(local)
    assert all(moment.astimezone(BERLIN).replace(tzinfo=None, fold=0) == local for moment in found)
    if not found:
        last, first = timezones.skipped(local)
        assert last <= local < first
        assert timezones.readings(last - timedelta(minutes=1))
        assert timezones.readings(first)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))
def test_every_instant_is_among_the_readings_of_its_own_time(moment: datetime) -> None:
    local = moment.astimezone(BERLIN).replace(tzinfo=None, fold=0)
    assert moment in timezones.readings(local)


def test_an_edge_raises_no_fault() -> None:
    with pytest.raises(ValidationError):
        Moment().clean("0001-01-01T00:00")
