"""Dates as EDTF: what they cover, in Python, in PostgreSQL and by a third implementation."""

from datetime import date, timedelta

import edtf
import pytest
from django.db import DataError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.dates import Days, describe, parse

pytestmark = pytest.mark.django_db


def days_in_postgresql(text: str) -> Days | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower(r), upper(r) FROM edtf_range(%s) r", [text])
        lower, upper = cursor.fetchone()
    if lower is None and upper is None:
        return None
    return Days(lower, upper - timedelta(days=1) if upper else None)


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2024-10-23", date(2024, 10, 23), date(2024, 10, 23), "23 October 2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "2023"),
        ("2024-23", date(2024, 9, 1), date(2024, 11, 30), "autumn 2024"),
        ("2024-24", date(2024, 12, 1), date(2025, 2, 28), "winter 2024"),
        ("2024-10~", date(2024, 10, 1), date(2024, 10, 31), "about October 2024"),
        ("2024-10-08?", date(2024, 10, 8), date(2024, 10, 8), "perhaps 8 October 2024"),
        ("2023-XX", date(2023, 1, 1), date(2023, 12, 31), "2023"),
        ("202X", date(2020, 1, 1), date(2029, 12, 31), "the 2020s"),
        ("2024-10-08/2024-10-13", date(2024, 10, 8), date(2024, 10, 13), "8–13 October 2024"),
        ("2023-09/2024-01", date(2023, 9, 1), date(2024, 1, 31), "September 2023 to January 2024"),
        ("../2024", None, date(2024, 12, 31), "until 2024"),
        ("2024-01/..", date(2024, 1, 1), None, "since January 2024"),
    ],
)
def test_a_date_covers_the_same_days_in_python_and_in_postgresql(
    text: str, first: date | None, last: date | None, words: str
) -> None:
    assert parse(text) == Days(first, last)
    assert days_in_postgresql(text) == Days(first, last)
    assert describe(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "2023-13-40",
        "23-10-2024",
        "October 2024",
        "../..",
        "/",
        "2024-2",
        "2024-02-30",
        "2024/2023",
        "2024-10-08/2024-10-13/2024",
        "2024-21-01",
        "202X-01",
        "2023-XX-05",
        "0000",
        "9999",
        "99XX",
        "9999-12-31",
        "2024/9999-12",
        "2024-10-23\n",
        " 2024",
        "２０２４",
    ],
)
def test_what_is_no_date_is_refused_by_python_and_by_postgresql(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|begins|calendar"):
        parse(text)
    with pytest.raises(DataError), transaction.atomic():
        days_in_postgresql(text)


def dates_written(*forms: str) -> st.SearchStrategy[str]:
    days = st.dates(date(1000, 1, 1), date(2999, 12, 31))
    return st.builds(lambda day, form: day.strftime(form), days, st.sampled_from(forms))


precise = dates_written("%Y-%m-%d", "%Y-%m", "%Y")
unspecified = dates_written("%Y-%m-XX", "%Y-XX")


@given(text=st.one_of(precise, unspecified, st.tuples(precise, precise).map("/".join)))
@settings(max_examples=60, deadline=None)
def test_a_date_covers_the_days_that_the_edtf_library_says(text: str) -> None:
    try:
        ours = parse(text)
    except ValueError:
        return
    theirs = edtf.parse_edtf(text)
    lower, upper = theirs.lower_strict(), theirs.upper_strict()
    assert ours == Days(date(*lower[:3]), date(*upper[:3])) == days_in_postgresql(text)
