"""The first page: where the relationship stands, computed from what is public."""

import re
from itertools import pairwise

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from actors.models import Actor
from assertions.actions import answer, link
from assertions.models import Question
from tests.factories import (
    make_actor,
    make_article,
    make_assertion,
    make_measure,
    make_question,
    make_state,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def relationship(settings: Settings) -> None:
    settings.RELATIONSHIP = ("vesta", "ostria")


@pytest.fixture
def sides() -> tuple[Actor, Actor]:
    return make_state("Vesta"), make_state("Ostria")


def page(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_an_empty_site_has_a_first_page_that_says_so_and_how_it_fills(client: Client) -> None:
    text = page(client)
    assert "The newsroom is empty" in text
    assert "Nothing has been published" in text
    assert 'href="/admin/"' in text


def test_what_is_published_before_the_sides_are_stands_on_it(client: Client) -> None:
    make_article("Ships leave")
    text = page(client)
    assert "Ships leave" in text
    assert "The newsroom is empty" not in text


def test_the_state_is_a_sentence_about_the_questions_between_the_sides(
    client: Client, sides: tuple[Actor, Actor]
) -> None:
    vesta, ostria = sides
    left = make_question("Did ships leave?")
    take_position(left, ostria, "denies", "2024-05-06")
    take_position(left, ostria, "confirms", "2024-06-07")
    take_position(left, vesta, "affirms", "2024-05-05")
    sunk = make_question("Did a ship sink?")
    take_position(sunk, ostria, "denies", "2024-05-08")
    take_position(sunk, make_state("Norden"), "affirms", "2024-05-07")
    hidden = make_question("Was it secret?", public=False)
    take_position(hidden, ostria, "affirms", "2024-08-08")
    text = page(client)
    assert (
        "Vesta and Ostria both say yes to 1 of 2 questions: “Did ships leave?”; Ostria says no to 1." in text
    )
    assert "<b>7 June 2024</b>" in text
    assert "Ostria denied it on 6 May 2024 and confirmed it on 7 June 2024" in text
    assert "Was it secret?" not in text
    disputed = text[text.index("Questions in dispute") :]
    assert "Did a ship sink?" in disputed
    assert "Did ships leave?" not in disputed


def take_position(question: Question, state: Actor, stance: str, day: str) -> None:
    """Have a state answer a question."""
    act = {"affirms": "states"}.get(stance, stance)
    answer(
        question, make_assertion(f"{question.wording[:-1]}.", state, act=act, said=day), None, stance=stance
    )


def test_the_figures_counted_most_often_stand_on_it(client: Client) -> None:
    ships, crates = make_measure("Ships"), make_measure("Secret crates", public=False)
    for measure in (ships, crates):
        make_assertion("It was counted.", quantities=[{"measure": measure, "low": 40, "high": 40}])
    text = page(client)
    assert 'href="/figures/ships/"' in text
    assert "Secret crates" not in text


def test_a_side_that_is_not_public_is_not_named(client: Client) -> None:
    make_state("Vesta")
    make_state("Ostria", public=False)
    text = page(client)
    assert "Ostria" not in text
    assert "/relationships/ostria/" not in text


def test_the_sides_stand_in_the_order_of_the_settings(client: Client, sides: tuple[Actor, Actor]) -> None:
    make_article("Vesta and Ostria sign", "Vesta signed it with Ostria.")
    text = page(client)
    assert text.index('<a class="side a" href="/actors/vesta/">') < text.index(
        '<a class="side b" href="/actors/ostria/">'
    )
    assert 'href="/relationships/ostria/vesta/"' in text


def test_the_state_counts_public_claims_by_polarity(client: Client, sides: tuple[Actor, Actor]) -> None:
    ada = make_actor("Ada Vale")
    make_assertion("A ship has left.", ada, said="2024-05-06")
    make_assertion("A boat has left.", ada, act="denies", said="2024-04")
    make_assertion("A raft has left.", ada, act="declines")
    make_assertion("A canoe has left.", ada, accepted=False, said="2025-01-01")
    text = page(client)
    assert "<b>3 claims</b>" in text
    words = " ".join(re.sub("<[^>]+>", "", text).split())
    assert (
        "1 puts something forward, 1 denies it, 1 leaves it open; the latest was made on 6 May 2024" in words
    )
    assert 'href="/assertions/?polarity=negative"' in text
    assert "canoe" not in text


def test_the_last_change_is_a_link_between_public_claims(client: Client, sides: tuple[Actor, Actor]) -> None:
    ada, boris = make_actor("Ada Vale"), make_actor("Boris Klint")
    earlier = make_assertion("A ship has left.", ada, said="2024-05-06")
    later = make_assertion("Two ships have left.", boris, said="2024-06-01")
    hidden = make_assertion("Three ships have left.", boris, said="2024-07-01", accepted=False)
    link(later, earlier, None, type="updates")
    link(hidden, earlier, None, type="updates")
    text = page(client)
    assert "What changed last" in text
    assert text.index("two ships have left") < text.index("Updates: <a href=")
    assert "Three ships" not in text


def test_latest_coverage_claims_and_topics_are_public(client: Client, sides: tuple[Actor, Actor]) -> None:
    make_article("Ships leave", topics=[make_topic("Ships")])
    make_article("A draft", public=False)
    make_topic("Secrets", public=False)
    text = page(client)
    assert "Ships leave" in text
    assert "/topics/ships/" in text
    assert "A draft" not in text
    assert "Secrets" not in text


def test_the_footer_names_demonstration_coverage_only_where_it_is_loaded(
    client: Client, settings: Settings
) -> None:
    settings.DEMO = True
    assert "Demonstration coverage" in page(client)
    settings.DEMO = False
    assert "Demonstration coverage" not in page(client)


def test_the_number_of_queries_does_not_grow(
    client: Client, sides: tuple[Actor, Actor], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    speakers = [make_actor(f"Speaker {number}") for number in range(6)]
    claims = [
        make_assertion(f"{number} ships have left.", speaker, said="2024-05-06")
        for number, speaker in enumerate(speakers)
    ]
    for later, earlier in pairwise(claims):
        link(later, earlier, None, type="updates")
    for number, speaker in enumerate(speakers):
        question = make_question(f"Did {number} leave?")
        take_position(question, sides[0], "denies", "2024-05-06")
        take_position(question, sides[0], "confirms", "2024-05-07")
        take_position(question, speaker, "denies", "2024-05-08")
        counted = {"measure": make_measure(f"Ships {number}"), "low": number}
        make_assertion("Ships were counted.", speaker, quantities=[counted])
    with django_assert_max_num_queries(60):
        page(client)
