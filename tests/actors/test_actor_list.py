"""The list of actors: who stands in it, how it is asked, and what it counts."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.actions import add_name
from actors.models import Actor
from tests.factories import make_actor, make_article, make_assertion, make_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def ostria() -> Actor:
    return make_state("Ostria")


@pytest.fixture
def ada(ostria: Actor) -> Actor:
    ada = make_actor("Ada Vale", country=ostria)
    add_name(ada, None, text="아다 베일", language="ko", kind="name")
    add_name(ada, None, text="Ада Вейл", language="ru", kind="name")
    return ada


def names(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/actors/{query}")
    assert response.status_code == 200
    return [row["actor"].name for row in response.context["rows"]]


def test_it_lists_public_actors_only_by_name_whatever_their_case(client: Client, ada: Actor) -> None:
    make_actor("bureau of bridges", "public_body")
    make_actor("Hidden Hand", public=False)
    assert names(client) == ["Ada Vale", "bureau of bridges", "Ostria"]


@pytest.mark.parametrize("part", ["vale", "Ada-Vale", "아다", "вейл"])
def test_any_part_of_any_name_in_any_writing_finds_it(client: Client, ada: Actor, part: str) -> None:
    make_actor("Boris Klint")
    assert names(client, f"?q={part}") == ["Ada Vale"]


def test_it_filters_by_kind_country_and_first_letter(client: Client, ada: Actor, ostria: Actor) -> None:
    make_actor("Boris Klint", country=make_state("Vesta"))
    assert names(client, "?kind=person") == ["Ada Vale", "Boris Klint"]
    assert names(client, "?country=ostria") == ["Ada Vale", "Ostria"]
    assert names(client, "?letter=B") == ["Boris Klint"]


def test_an_unpublished_state_is_no_choice_and_not_named(client: Client) -> None:
    make_actor("Ada Vale", country=make_state("Nowhere", public=False))
    page = client.get("/actors/").content.decode()
    assert "Ada Vale" in page
    assert "Nowhere" not in page
    assert client.get("/actors/?country=nowhere").context["filter"].form.errors["country"]


@pytest.mark.parametrize("query", ["?kind=ghost", "?letter=%FF", "?country=x%00y", "?q=" + "x" * 5000])
def test_an_unknown_value_is_an_error_beside_its_field_and_no_failure(client: Client, query: str) -> None:
    response = client.get(f"/actors/{query}")
    assert response.status_code == 200
    assert response.context["filter"].form.errors


def test_it_counts_public_claims_and_articles_only(client: Client, ada: Actor, ostria: Actor) -> None:
    article = make_article("Bridges", "Ada Vale spoke of Ostria.")
    make_article("Draft", "Ada Vale again.", public=False)
    make_assertion("A bridge was built.", ada, article=article, about=[ostria])
    make_assertion("A second bridge was built.", ada, article=article, accepted=False, about=[ostria])
    rows = {row["actor"].name: row for row in client.get("/actors/").context["rows"]}
    assert (rows["Ada Vale"]["said"], rows["Ada Vale"]["about"], rows["Ada Vale"]["articles"]) == (1, 0, 1)
    assert (rows["Ostria"]["said"], rows["Ostria"]["about"], rows["Ostria"]["articles"]) == (0, 1, 1)


def test_more_actors_cost_no_more_queries(
    client: Client, ada: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        make_actor(f"Clerk {number}", country=ada.country)
    with django_assert_max_num_queries(12):
        client.get("/actors/")


def test_pages_follow_each_other_without_loss(client: Client) -> None:
    for number in range(55):
        make_actor(f"Clerk {number:02}")
    first = client.get("/actors/").context
    second = names(client, f"?after={first['page'].after}")
    assert len(first["rows"]) == 50
    assert second == ["Clerk 50", "Clerk 51", "Clerk 52", "Clerk 53", "Clerk 54"]
