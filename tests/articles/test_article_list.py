"""The list of articles: what is public, newest first, filtered as a reader asks."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.models import Actor
from tests.factories import days_ago, make_actor, make_article, make_assertion, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def coverage() -> Actor:
    ada = make_actor("Ada Vale")
    ships = make_topic("Ships")
    first = make_article("Ships leave", "Ada Vale saw them.", published=days_ago(40), topics=[ships])
    make_article("Harbour shut", "Nobody saw it.", published=days_ago(2), language="ko")
    make_article("A draft on ships", "Ada Vale saw nothing.", public=False, topics=[ships], language="fr")
    make_assertion("Ships left.", ada, article=first, exact="saw them")
    make_assertion("Boats left.", ada, article=first, exact="Ada Vale", accepted=False)
    return ada


def headlines(client: Client, **asked: str) -> list[str]:
    response = client.get("/articles/", asked)
    assert response.status_code == 200
    return [row.revision.headline for row in response.context["coverage"]]


def test_it_lists_what_is_public_newest_first(client: Client) -> None:
    assert headlines(client) == ["Harbour shut", "Ships leave"]


def test_a_row_counts_public_claims_and_names_public_actors(client: Client) -> None:
    row = client.get("/articles/").context["coverage"][1]
    assert (row.claims, [actor.name for actor in row.actors]) == (1, ["Ada Vale"])


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "ships"}, ["Ships leave"]),
        ({"q": "nobody SAW"}, ["Harbour shut"]),
        ({"q": "100%_"}, []),
        ({"topic": "ships"}, ["Ships leave"]),
        ({"actor": "ada-vale"}, ["Ships leave"]),
        ({"actor": "Ada Vale"}, ["Ships leave"]),
        ({"language": "ko"}, ["Harbour shut"]),
        ({"published_from": days_ago(9).date().isoformat()}, ["Harbour shut"]),
        ({"published_to": days_ago(9).date().isoformat()}, ["Ships leave"]),
        ({"topic": "ships", "language": "ko"}, []),
    ],
)
def test_it_filters(client: Client, asked: dict[str, str], found: list[str]) -> None:
    assert headlines(client, **asked) == found


@pytest.mark.parametrize(
    "asked",
    [
        {"topic": "secrets"},
        {"actor": "nobody"},
        {"actor": "a\x00b"},
        {"language": "fr"},
        {"published_from": "yesterday"},
        {"q": "x" * 201},
        {"q": "a\x00b"},
    ],
)
def test_an_unknown_value_is_told_at_its_field(client: Client, asked: dict[str, str]) -> None:
    response = client.get("/articles/", asked)
    assert response.status_code == 200
    assert response.context["filter"].form.errors.keys() == asked.keys()
    assert "errorlist" in response.content.decode()


def test_what_is_not_public_cannot_be_chosen(client: Client) -> None:
    make_topic("Secrets", public=False)
    text = client.get("/articles/").content.decode()
    assert "Secrets" not in text
    assert "French" not in text


def test_filters_can_be_removed(client: Client) -> None:
    assert '<a href="/articles/">Remove filters</a>' in client.get("/articles/?topic=ships").content.decode()
    assert "Remove filters" not in client.get("/articles/").content.decode()


def test_pages_keep_the_filters(client: Client) -> None:
    for number in range(35):
        make_article(f"Article {number}", published=days_ago(100 + number))
    first = client.get("/articles/?q=article")
    text = first.content.decode()
    assert f"?q=article&amp;after={first.context['page'].after}" in text
    second = client.get("/articles/", {"q": "article", "after": first.context["page"].after})
    assert len(second.context["coverage"]) == 5


def test_a_cut_cursor_is_not_found_and_says_so(client: Client) -> None:
    response = client.get("/articles/?after=xyz")
    assert response.status_code == 404
    assert "no such page" in response.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_list(
    client: Client, coverage: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        article = make_article(f"Article {number}", "Ada Vale spoke.")
        make_assertion("Ships left.", coverage, article=article, exact="spoke")
    with django_assert_max_num_queries(10):
        client.get("/articles/")


def test_what_is_applied_is_said_and_what_is_wrong_is_not_called_applied(client: Client) -> None:
    text = " ".join(client.get("/articles/?q=ships&published_from=xx").content.decode().split())
    assert "What is marked above is not applied." in text
    assert "<span>words in the article “ships”</span> <a" in text
    assert 'value="xx"' not in text
