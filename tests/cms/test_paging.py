"""Pages of a list by cursor."""

from base64 import urlsafe_b64encode

import pytest
from django.http import Http404

from actors.models import Actor
from articles.models import Revision
from assertions.models import Assertion
from cms.paging import BadCursor, Page, page_of
from tests.factories import days_ago, make_actor, make_article, make_assertion

pytestmark = pytest.mark.django_db
ORDER = ["-said_day", "-id"]


@pytest.fixture
def claims() -> list[int]:
    """Return the keys of five claims in the list's order: two of one day, one earlier, two without a day."""
    days = ["", "2024-05-02", "2023-01-01", "", "2024-05-02"]
    made = [make_assertion(f"Claim {number}.", said=day).pk for number, day in enumerate(days)]
    return [made[4], made[1], made[2], made[3], made[0]]


def page(**parameters: str) -> Page[Assertion]:
    return page_of(Assertion.objects.for_ledger(), parameters, ORDER, nulls=["said_day"], size=2)


def keys(of: Page[Assertion]) -> list[int]:
    return [row.pk for row in of.rows]


def test_pages_forwards_show_every_row_once_through_ties_and_nulls(claims: list[int]) -> None:
    first = page()
    second = page(after=first.after)
    third = page(after=second.after)
    assert [keys(first), keys(second), keys(third)] == [claims[:2], claims[2:4], claims[4:]]
    assert (first.before, third.after) == ("", "")


def test_pages_backwards_are_the_same_pages(claims: list[int]) -> None:
    second = page(after=page().after)
    last = page(after=second.after)
    back = page(before=last.before)
    assert keys(back) == keys(second)
    assert keys(page(before=back.before)) == claims[:2]
    assert page(before=back.before).before == ""
    assert page(after=back.after).rows == last.rows


def test_a_row_that_comes_later_moves_no_page(claims: list[int]) -> None:
    second = page().after
    make_assertion("A newer claim.", said="2025-01-01")
    assert keys(page(after=second)) == claims[2:4]


def test_an_instant_keeps_its_microseconds() -> None:
    for number in range(3):
        make_article(f"Article {number}", published=days_ago(1).replace(microsecond=900_000 + number))
    live = Revision.objects.public().order_by("pk")
    found = page_of(live.filter(created_at__isnull=False), {}, ["-created_at", "-id"], size=1)
    seen = [found.rows[0].pk]
    while found.after:
        found = page_of(live, {"after": found.after}, ["-created_at", "-id"], size=1)
        seen.append(found.rows[0].pk)
    assert len(seen) == len(set(seen)) == 3


def test_names_are_pages_too() -> None:
    for name in ("Cora Lind", "Ada Vale", "Boris Klint"):
        make_actor(name)
    first = page_of(Actor.objects.public(), {}, ["name", "id"], size=2)
    second = page_of(Actor.objects.public(), {"after": first.after}, ["name", "id"], size=2)
    assert [actor.name for actor in (*first.rows, *second.rows)] == ["Ada Vale", "Boris Klint", "Cora Lind"]


def cursor(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "bad",
    [
        "x",
        "é",
        "%%%",
        "A" * 5000,
        cursor("[]"),
        cursor("{}"),
        cursor('["2024-01-01"]'),
        cursor('["2024-13-45",1]'),
        cursor('["2024-01-01","x"]'),
        cursor('["2024-01-01",99999999999999999999999]'),
        cursor('["2024-01-01",1e400]'),
        cursor('["2024-01-01",[1]]'),
        cursor('["2024-01-01\\u0000",1]'),
        cursor('["2024-01-01",NaN]'),
        cursor('["2024-01-01",true]'),
        cursor("[" * 100_000),
    ],
)
def test_a_cursor_that_was_cut_or_changed_is_not_found(claims: list[int], bad: str) -> None:
    with pytest.raises(BadCursor):
        page(after=bad)
    assert issubclass(BadCursor, Http404)


def test_an_empty_cursor_is_the_first_page(claims: list[int]) -> None:
    assert keys(page(after="")) == claims[:2]
