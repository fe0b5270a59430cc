"""The page of an actor: its names and positions, and what is said by, for, of and beside it."""

import json
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.actions import add_name, relate, withdraw_actor
from actors.models import Actor
from articles.actions import withdraw
from tests.factories import make_actor, make_article, make_assertion, make_measure, make_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def ostria() -> Actor:
    return make_state("Ostria", iso3166_1_alpha2="OS", wikidata="Q1234")


@pytest.fixture
def ada(ostria: Actor) -> Actor:
    return make_actor("Ada Vale", country=ostria, description="Speaks for Ostria.")


@pytest.fixture
def boris() -> Actor:
    return make_actor("Boris Klint", country=make_state("Vesta"))


def page(client: Client, actor: Actor) -> str:
    response = client.get(actor.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def section(html: str, anchor: str) -> str:
    found = re.search(rf'<section class="joined" id="{anchor}">.*?</section>', html, re.DOTALL)
    return found.group() if found else ""


def test_an_actor_who_is_not_public_has_no_page(client: Client, ada: Actor) -> None:
    withdraw_actor(ada, None)
    assert client.get(ada.get_absolute_url()).status_code == 404


def test_names_stand_by_kind_with_their_language(client: Client, ada: Actor) -> None:
    add_name(ada, None, text="Ада Вейл", language="ru", kind="name")
    names = section(page(client, ada), "names")
    assert '<span lang="ru">Ада Вейл</span> <small>Russian</small>' in names


def test_an_error_seen_in_coverage_is_said_to_be_one(client: Client, ada: Actor) -> None:
    add_name(ada, None, text="Ada Veil", kind="error")
    names = section(page(client, ada), "names")
    assert names.index("Errors seen in coverage") < names.index("Ada Veil")


def test_what_it_said_and_what_was_said_for_it_stand_apart(client: Client, ada: Actor, ostria: Actor) -> None:
    make_assertion("A bridge was built.", speakers=[{"actor": ada, "speaks_for": ostria}])
    make_assertion("A road was built.", ostria)
    html = page(client, ostria)
    assert "that a road was built." in section(html, "said")
    assert "that a bridge was built." not in section(html, "said")
    assert "that a bridge was built." in section(html, "said-for")
    assert "that a bridge was built." in section(page(client, ada), "said")


def test_an_epithet_is_not_listed_as_a_name(client: Client, ada: Actor) -> None:
    add_name(ada, None, text="the iron harbourmaster", language="en", kind="epithet")
    assert "iron harbourmaster" not in page(client, ada)


def test_an_unnamed_speaker_who_may_be_it_stands_apart_as_possible(client: Client, ada: Actor) -> None:
    unnamed = {"description": "a minister", "possible_identity": ada}
    make_assertion("A bridge was built.", speakers=[unnamed])
    html = page(client, ada)
    assert section(html, "said") == ""
    assert "that a bridge was built." in section(html, "possibly-said")
    assert "possible, not established" in section(html, "possibly-said")


def test_what_is_said_of_it_and_what_it_passed_on_have_their_places(
    client: Client, ada: Actor, boris: Actor
) -> None:
    wire = make_actor("The Northern Wire", "media")
    make_assertion("Ada Vale crossed a bridge.", boris, about=[ada], relays=[{"actor": wire}])
    assert "crossed a bridge" in section(page(client, ada), "about")
    assert "crossed a bridge" in section(page(client, wire), "relayed")
    assert section(page(client, wire), "said") == ""


def test_a_long_role_is_cut_with_a_link_to_the_filtered_list(client: Client, ada: Actor) -> None:
    for number in range(7):
        make_assertion(f"Bridge {number} was built.", ada, said=f"2024-01-0{number + 1}")
    said = section(page(client, ada), "said")
    assert said.count("<li>") == 5
    assert '<a href="/assertions/?speaker=ada-vale">All 7 claims</a>' in said
    assert len(client.get("/assertions/?speaker=ada-vale").context["page"].rows) == 7


def test_it_appears_with_the_public_actors_of_the_same_live_articles(
    client: Client, ada: Actor, boris: Actor
) -> None:
    hidden = make_actor("Hidden Hand", public=False)
    make_article("One", "Ada Vale met Boris Klint and Hidden Hand.")
    make_article("Two", "Ada Vale met Boris Klint.")
    make_article("Three", "Ada Vale met Boris Klint.", public=False)
    html = page(client, ada)
    assert re.search(r"Boris Klint</a>\s*<small>2 articles", section(html, "companions"))
    assert hidden.name not in html


def test_a_withdrawn_article_leaves_its_page(client: Client, ada: Actor) -> None:
    article = make_article("Ada Vale speaks", "Ada Vale spoke.")
    assert "Ada Vale speaks" in section(page(client, ada), "articles")
    withdraw(article, None, reason="The letter was forged.")
    assert section(page(client, ada), "articles") == ""


def test_positions_carry_dates_source_and_only_a_public_organisation(client: Client, ada: Actor) -> None:
    ministry = make_actor("Ministry of Bridges", "public_body")
    league = make_actor("Secret League", "organisation", public=False)
    relate(ada, None, position="spokeswoman", organisation=ministry, started="2020-05", source="its site")
    relate(ada, None, position="member", organisation=league)
    positions = section(page(client, ada), "positions")
    assert "Spokeswoman, " in positions
    assert "from May 2020" in positions
    assert "its site" in positions
    assert "Member" in positions
    assert "Secret League" not in positions
    assert "Ada Vale" in section(page(client, ministry), "people")


def test_a_state_shows_its_public_people_and_bodies(client: Client, ada: Actor, ostria: Actor) -> None:
    make_actor("Silent Clerk", country=ostria, public=False)
    belonging = section(page(client, ostria), "belonging")
    assert "Ada Vale" in belonging
    assert "Silent Clerk" not in belonging


def test_it_shows_what_it_counted_of_public_measures(client: Client, ada: Actor) -> None:
    counts = [
        {"measure": make_measure("Bridges built"), "low": 12, "high": 12, "counted_by": ada},
        {"measure": make_measure("Secrets kept", public=False), "low": 3, "high": 3, "counted_by": ada},
    ]
    make_assertion("Twelve bridges were built.", ada, quantities=counts)
    counted = section(page(client, ada), "counts")
    assert "12 pieces" in counted
    assert "Secrets kept" not in counted


def test_undecided_claims_leave_no_trace(client: Client, ada: Actor) -> None:
    make_assertion("A tunnel was dug.", ada, accepted=False)
    html = page(client, ada)
    assert "tunnel" not in html
    assert section(html, "said") == ""


def test_structured_data_names_it_and_its_identifiers(client: Client, ada: Actor, ostria: Actor) -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(client, ostria), re.DOTALL)
    assert found
    data = json.loads(found.group(1))
    assert data["@type"] == "Country"
    assert data["sameAs"] == "https://www.wikidata.org/wiki/Q1234"
    assert '"@type": "Person"' in page(client, ada)


def test_more_claims_and_articles_cost_no_more_queries(
    client: Client,
    ada: Actor,
    boris: Actor,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(8):
        article = make_article(f"Bridge {number}", f"Ada Vale and Boris Klint opened bridge {number}.")
        make_assertion(f"Bridge {number} was built.", ada, article=article, about=[boris])
    with django_assert_max_num_queries(36):
        page(client, ada)
