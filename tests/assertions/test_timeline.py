"""The timeline: each claim on its day, under the year and the month of which something is known."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.models import Actor
from assertions import actions
from tests.factories import (
    days_ago,
    make_actor,
    make_article,
    make_assertion,
    make_question,
    make_state,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def relationship(settings: Any) -> None:
    settings.RELATIONSHIP = ("ostria", "vesta")


@pytest.fixture
def sides() -> tuple[Actor, Actor]:
    return make_state("Ostria"), make_state("Vesta")


@pytest.fixture
def ada(sides: tuple[Actor, Actor]) -> Actor:
    return make_actor("Ada Vale", country=sides[0])


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/timeline/{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def order(text: str, *words: str) -> bool:
    places = [text.index(word) for word in words]
    return places == sorted(places)


def test_an_empty_newsroom_has_an_empty_timeline(client: Client) -> None:
    text = page(client)
    assert "No claim is public yet." in text
    assert '<h2 class="year"' not in text


def test_claims_stand_under_their_year_and_month_newest_first(client: Client, ada: Actor) -> None:
    for day in ("2023-12-30", "2024-05-01", "2024-05-20"):
        make_assertion(f"A ship of {day} left.", ada, said=day)
    text = page(client)
    assert order(
        text,
        ">2024</h2>",
        ">May 2024</h3>",
        "of 2024-05-20",
        "of 2024-05-01",
        ">2023</h2>",
        ">December 2023</h3>",
    )
    assert text.count(">May 2024</h3>") == 1
    assert order(page(client, "?order=oldest"), ">December 2023</h3>", "of 2024-05-01", "of 2024-05-20")


def test_what_is_of_no_one_month_stands_apart_under_its_year(client: Client, ada: Actor) -> None:
    for number, said in enumerate(
        ("2024", "2024-01-01", "2024-22", "2024-01-30/2024-02-02", "2024-01", "../2024-03-01")
    ):
        make_assertion(f"Ship {number} left.", ada, said=said)
    for query, first, then in (
        ("?order=oldest", ">2024, in no one month</h3>", ">January 2024</h3>"),
        ("", ">January 2024</h3>", ">2024, in no one month</h3>"),
    ):
        text = page(client, query)
        assert order(text, first, then)
        assert text.count("</h3>") == 2
        vague = text[text.index(">2024, in no one month") :]
        assert (">summer 2024<" in vague, ">until 1 Mar 2024<" in vague) == (True, True)
    january = text[text.index(">January 2024") : text.index(">2024, in no one month")]
    assert [f"hip {number} left" in january for number in range(6)] == [
        False,
        True,
        False,
        False,
        True,
        False,
    ]


def test_without_a_date_a_claim_stands_at_the_end(client: Client, ada: Actor) -> None:
    make_assertion("An undated ship left.", ada)
    make_assertion("A dated ship left.", ada, said="2024-05-01")
    for query in ("", "?order=oldest"):
        assert order(page(client, query), "dated ship left", ">Without a date</h2>", "undated ship left")


def test_where_no_day_of_saying_is_known_the_day_of_printing_stands_and_is_called_so(
    client: Client, ada: Actor
) -> None:
    make_assertion("A ship left.", ada, published="2024-05-03")
    assert '<span class="quietly">published</span> 3 May 2024' in page(client)


def test_the_day_of_the_report_is_not_the_day_of_the_event(client: Client, ada: Actor) -> None:
    make_assertion("A ship left.", ada, said="2024-05-20", happened="2024-03-02")
    make_assertion("A boat left.", ada, said="2024-05-21")
    said = page(client)
    assert ">May 2024</h3>" in said
    assert "March 2024" not in said.partition('<h2 class="year"')[2]
    assert "of an event of 2 Mar 2024" in said
    event = page(client, "?by=event")
    assert order(
        event, ">March 2024</h3>", "said 20 May 2024", ">The day of the event is not known</h2>", "boat left"
    )
    assert ">May 2024</h3>" not in event


def test_for_whom_a_claim_is_said_decides_its_lane(
    client: Client, ada: Actor, sides: tuple[Actor, Actor]
) -> None:
    finn = make_actor("Finn Orr")
    make_assertion("Ada’s ship left.", ada, said="2024-05-01")
    make_assertion("Finn’s ship left.", said="2024-05-02", speakers=[{"actor": finn, "speaks_for": sides[1]}])
    make_assertion("A joint ship left.", *sides, said="2024-05-03")
    make_assertion("A foreign ship left.", finn, said="2024-05-04")
    text = page(client)
    rows = [re.search(r'class="(by-\w+)"', row) for row in text.split("<li")[1:] if 'class="lane"' in row]
    assert [found[1] if found else "" for found in rows] == ["", "by-ab", "by-b", "by-a"]
    assert [word in page(client, "?side=ostria") for word in ("Ada’s", "joint", "Finn’s")] == [
        True,
        True,
        False,
    ]
    assert [word in page(client, "?side=others") for word in ("foreign", "joint")] == [True, False]


def test_without_public_sides_there_are_no_lanes(client: Client) -> None:
    make_assertion("A ship left.", make_actor("Finn Orr"), said="2024-05-04")
    text = page(client, "?side=ostria")
    assert "sided" not in text
    assert "hip left" in text


def test_filters_keep_what_is_asked_for(client: Client, ada: Actor) -> None:
    topic, question = make_topic("Ships"), make_question("Did ships leave?")
    vesta_ship = make_assertion("A ship left.", ada, act="denies", said="2024-05-01", topics=[topic])
    boat = make_assertion("A boat left.", make_actor("Finn Orr"), said="2024-05-02", about=[ada])
    actions.answer(question, vesta_ship, None, stance="denies")
    actions.answer(question, boat, None, stance="affirms")
    actions.answer(make_question("Did boats leave?"), vesta_ship, None, stance="evades")
    for query, ship, other in (
        ("?topic=ships", True, False),
        ("?actor=ada-vale", True, True),
        ("?actor=finn-orr", False, True),
        ("?polarity=negative", True, False),
        ("?polarity=affirmative", False, True),
        ("?question=did-boats-leave", True, False),
        ("?question=did-ships-leave&stance=affirms", False, True),
        ("?question=did-ships-leave&stance=evades", False, False),
        ("?stance=evades", True, False),
    ):
        text = page(client, query)
        assert ("hip left" in text, "oat left" in text) == (ship, other), query


def test_a_month_to_begin_at_leaves_what_comes_before_it(client: Client, ada: Actor) -> None:
    for month in ("2024-03", "2024-04", "2024-05"):
        make_assertion(f"A ship of {month} left.", ada, said=month)
    assert 'href="?month=2024-04#m2024-04"' in page(client)
    text = page(client, "?month=2024-04")
    assert [f"of {month} left" in text for month in ("2024-03", "2024-04", "2024-05")] == [True, True, False]
    text = page(client, "?month=2024-04&order=oldest")
    assert [f"of {month} left" in text for month in ("2024-03", "2024-04", "2024-05")] == [False, True, True]


@pytest.mark.parametrize("direction", ["", "&order=oldest"])
def test_pages_by_cursor_hold_every_claim_and_every_article_once(
    client: Client, ada: Actor, direction: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assertions.timeline_views.SIZE", 3)
    for number in range(7):
        make_assertion(f"Ship {number}.", ada, said=days_ago(10 - number).strftime("%Y-%m-%d"))
    make_assertion("Ship 7.", ada)
    make_assertion("Ship 8.", ada, said=days_ago(10).strftime("%Y"))
    for number, days in enumerate((20, 10, 9, 8, 7, 6, 5, 4, 1)):
        make_article(f"Headline {number}.", published=days_ago(days), slug=f"headline-{number}")
    found: list[str] = []
    seen_back: list[str] = []
    query = f"?by={direction}"
    while query:
        text = page(client, query)
        found += re.findall(r"(Ship \d|Headline \d)\.", text)
        back = re.search(r'<a href="([^"]+)" rel="prev">', text)
        if back:
            seen_back.append(page(client, back[1].replace("&amp;", "&")))
        forth = re.search(r'<a href="([^"]+)" rel="next">', text)
        query = forth[1].replace("&amp;", "&") if forth else ""
    expected = [f"Ship {number}" for number in range(9)] + [f"Headline {number}" for number in range(9)]
    assert sorted(found) == sorted(expected)
    assert len(seen_back) == 2


def test_articles_stand_between_the_claims_where_the_filters_are_theirs_too(
    client: Client, ada: Actor
) -> None:
    make_assertion("A ship left.", ada, said="2024-05-01")
    make_article("Ada Vale on ships", "Ada Vale spoke.")
    assert "Ada Vale on ships" in page(client)
    for query in ("?by=event", "?polarity=affirmative", "?side=ostria", "?stance=denies", "?actor=vesta"):
        assert "Ada Vale on ships" not in page(client, query)


def test_what_is_not_public_is_not_there(client: Client, ada: Actor) -> None:
    make_assertion("A secret ship left.", ada, said="2024-05-01", accepted=False)
    make_article("A draft", public=False)
    text = page(client)
    assert "secret" not in text
    assert "A draft" not in text
    assert "May 2024" not in text


@pytest.mark.parametrize(
    "query",
    [
        "?month=2024-13", "?month=0000-00", "?month=0001-01", "?month=9999-12", "?month=9999-12&order=oldest",
        "?month=%00", "?by=%00", "?order=up", "?side=%00", "?actor=nobody", "?topic=none", "?question=none",
        "?stance=maybe", "?polarity=" + "x" * 5000,
    ],
)  # fmt: skip
def test_hostile_parameters_are_answered(client: Client, ada: Actor, query: str) -> None:
    make_assertion("A ship left.", ada, said="0001-01-01")
    make_assertion("A boat left.", ada, said="9999-11-30")
    page(client, query)


def test_the_number_of_queries_does_not_grow(
    client: Client, ada: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        make_assertion(f"Ship {number}.", ada, said=f"2024-{number + 1:02}-01")
        make_article(f"Headline {number}", slug=f"headline-{number}")
    with django_assert_max_num_queries(32):
        page(client)
