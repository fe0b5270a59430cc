"""The network: who speaks about whom and who is named with whom, and its page."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from actors.models import Actor
from assertions.network import Network
from tests.factories import make_actor, make_article, make_assertion, make_state

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def relationship(settings: Settings) -> None:
    settings.RELATIONSHIP = ("vesta", "ostria")


@pytest.fixture
def cast() -> dict[str, Actor]:
    """Two states, whose people speak; a wire that belongs to nobody."""
    ostria, vesta = make_state("Ostria"), make_state("Vesta")
    ada, boris = make_actor("Ada Vale", country=ostria), make_actor("Boris Klint", country=vesta)
    wire = make_actor("Northern Wire", "media")
    make_assertion("Ships left.", speakers=[{"actor": ada, "speaks_for": ostria}], about=[vesta])
    make_assertion("Ships came.", speakers=[{"actor": ada, "speaks_for": ostria}], about=[vesta, boris])
    make_assertion("No ship came.", boris, act="denies", about=[ostria, vesta])
    make_assertion("A ship sank.", about=[vesta])
    make_article("One", "Ada Vale met Boris Klint.")
    make_article("Two", "Ada Vale met Boris Klint in Vesta.")
    make_article("Three", "The Northern Wire heard of Ada Vale.")
    return {actor.slug: actor for actor in (ostria, vesta, ada, boris, wire)}


def presences(**options: bool) -> dict[str, tuple[int, int, int]]:
    found = Network(timezone.now(), **options).presences()
    return {row.actor.slug: (row.said, row.about, row.articles) for row in found}


def speaking(*actors: Actor, **options: bool) -> list[tuple[str, str, int]]:
    ties = Network(timezone.now(), **options).speaking(actors)
    return [(tie.one.slug, tie.other.slug, tie.number) for tie in ties]


def together(*actors: Actor, **options: bool) -> list[tuple[str, str, int]]:
    ties = Network(timezone.now(), **options).together(actors)
    return [(tie.one.slug, tie.other.slug, tie.number) for tie in ties]


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/network/{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_each_actor_is_counted_as_speaker_as_spoken_of_and_as_named(cast: dict[str, Actor]) -> None:
    assert presences() == {
        "vesta": (0, 4, 1),
        "ada-vale": (2, 0, 3),
        "boris-klint": (1, 1, 2),
        "ostria": (0, 1, 0),
        "northern-wire": (0, 0, 1),
    }


def test_by_states_people_count_for_theirs_and_a_claim_for_whom_it_is_made(cast: dict[str, Actor]) -> None:
    envoy = {"description": "an envoy", "speaks_for": cast["ostria"]}
    make_assertion("A ship is new.", speakers=[envoy], about=[cast["boris-klint"]])
    assert presences(by_state=True) == {
        "ostria": (3, 1, 3),
        "vesta": (1, 5, 2),
        "northern-wire": (0, 0, 1),
    }
    assert speaking(cast["ostria"], cast["vesta"], by_state=True) == [
        ("ostria", "vesta", 3),
        ("vesta", "ostria", 1),
    ]


def test_who_speaks_about_whom_has_a_direction(cast: dict[str, Actor]) -> None:
    assert speaking(cast["ada-vale"]) == [("ada-vale", "vesta", 2), ("ada-vale", "boris-klint", 1)]
    assert speaking(cast["boris-klint"]) == [("boris-klint", "ostria", 1), ("boris-klint", "vesta", 1)]
    assert speaking(cast["ostria"]) == []


def test_who_is_named_together_is_counted_by_article(cast: dict[str, Actor]) -> None:
    make_article("Four", "Ada Vale and Boris Klint; Boris Klint and Ada Vale.")
    make_article("Five", "Ada Vale met Boris Klint.", public=False)
    assert together(cast["ada-vale"]) == [
        ("ada-vale", "boris-klint", 3),
        ("ada-vale", "northern-wire", 1),
        ("ada-vale", "vesta", 1),
    ]


def test_an_article_that_names_two_a_hundred_times_each_joins_them_once(cast: dict[str, Actor]) -> None:
    make_article("Four", "\n\n".join(["Ada Vale met Boris Klint."] * 100))
    named = Network(timezone.now())._named().filter(revision__article__slug="four")
    assert named.count() == 2
    assert together(cast["boris-klint"]) == [
        ("boris-klint", "ada-vale", 3),
        ("boris-klint", "vesta", 1),
    ]


def test_a_state_that_is_not_public_takes_nobody_in(cast: dict[str, Actor]) -> None:
    hidden = make_state("Hidden Land", public=False)
    Actor.objects.filter(slug="northern-wire").update(country=hidden)
    assert "northern-wire" in presences(by_state=True)
    assert "hidden-land" not in presences(by_state=True)


def test_the_page_has_a_table_and_then_the_drawings(client: Client, cast: dict[str, Actor]) -> None:
    text = page(client)
    assert text.index("<table") < text.index("<svg")
    assert 'href="/assertions/?speaker=ada-vale&amp;about=vesta"' in text
    assert "Ada Vale about Vesta: 2 claims" in text
    assert "Ada Vale and Boris Klint: 2 articles" in text
    assert rows(text) == ["Vesta", "Ada Vale", "Boris Klint", "Ostria", "Northern Wire"]


def rows(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*>(.*?)</a>', text)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?sort=name", ["Ada Vale", "Boris Klint", "Northern Wire", "Ostria", "Vesta"]),
        ("?sort=articles", ["Ada Vale", "Boris Klint", "Vesta", "Northern Wire", "Ostria"]),
        ("?sort=claims", ["Ada Vale", "Boris Klint", "Vesta", "Ostria", "Northern Wire"]),
        ("?sort=about&kind=state", ["Vesta", "Ostria"]),
        ("?side=ostria", ["Ada Vale", "Ostria"]),
        ("?side=others", ["Northern Wire"]),
        ("?by=state", ["Vesta", "Ostria", "Northern Wire"]),
        ("?kind=vessel", []),
    ],
)
def test_the_table_is_sorted_and_filtered_by_what_is_asked(
    client: Client, cast: dict[str, Actor], query: str, names: list[str]
) -> None:
    assert rows(page(client, query)) == names


@pytest.mark.parametrize(
    "query",
    [
        "?kind=nothing",
        "?side=nowhere",
        "?by=moon",
        "?sort=%00",
        "?side=%00",
        "?page=x",
        "?kind=" + "x" * 5000,
    ],
)
def test_what_cannot_be_asked_is_answered_with_the_whole(
    client: Client, cast: dict[str, Actor], query: str
) -> None:
    assert len(rows(page(client, query))) == 5


def test_without_a_public_side_there_is_no_side_to_ask_for(client: Client) -> None:
    make_actor("Ada Vale")
    make_article("One", "Ada Vale sat.")
    make_state("Ostria", public=False)
    text = page(client)
    assert 'name="side"' not in text
    assert rows(text) == ["Ada Vale"]
    assert "Ostria" not in text


def test_an_empty_site_has_a_network_of_nobody(client: Client) -> None:
    assert "Nobody speaks or is named in the coverage yet." in page(client)


def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    actors = [make_actor(f"Speaker {chr(65 + number)}") for number in range(12)]
    for actor, other in zip(actors, actors[1:] + actors[:1], strict=True):
        make_assertion(f"{other} sat.", actor, about=[other])
        make_article(f"Of {actor}", f"{actor} met {other}.")
    with django_assert_max_num_queries(20):
        page(client)
