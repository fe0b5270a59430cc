"""The list of claims: public ones only, and a denial never among what is affirmed."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.models import Actor
from tests.factories import accept, make_actor, make_article, make_assertion, make_state, make_topic, quote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def claims() -> Actor:
    ada, boris = make_actor("Ada Vale"), make_actor("Boris Klint")
    ostria, vesta = make_state("Ostria"), make_state("Vesta")
    wire = make_actor("The Northern Wire", "media")
    make_assertion(
        "Ships left.", act="denies", said="2024-05-06", about=[ostria], topics=[make_topic("Ships")],
        speakers=[{"actor": ada, "speaks_for": ostria}], event_class="mobilize",
    )  # fmt: skip
    make_assertion(
        "Ships left.", boris, act="alleges", said="2024-05", about=[ostria], relays=[{"actor": wire}]
    )
    make_assertion("Ships came.", vesta, negated=True, said="2024-06-01")
    make_assertion(
        "Ships wait.", act="declines", speakers=[{"description": "a sailor", "possible_identity": boris}]
    )
    make_assertion("Ships sink.", ada, accepted=False)
    make_assertion("Ships burn.", make_actor("Dora Hide", public=False))
    return ada


def found(client: Client, **asked: str) -> list[tuple[str, str]]:
    response = client.get("/assertions/", asked)
    assert response.status_code == 200
    return [(claim.act, claim.claim) for claim in response.context["page"].rows]


DENIAL, REPORT, NEGATION, SILENCE = (
    ("denies", "Ships left."),
    ("alleges", "Ships left."),
    ("states", "Ships came."),
    ("declines", "Ships wait."),
)


def test_it_lists_what_is_public_by_the_day_it_was_said(client: Client) -> None:
    assert found(client) == [NEGATION, DENIAL, REPORT, SILENCE]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"polarity": "affirmative"}, [REPORT]),
        ({"polarity": "negative"}, [NEGATION, DENIAL]),
        ({"polarity": "open"}, [SILENCE]),
        ({"act": "denies"}, [DENIAL]),
        ({"speaker": "ada-vale"}, [DENIAL]),
        ({"speaks_for": "ostria"}, [DENIAL]),
        ({"about": "Ostria"}, [DENIAL, REPORT]),
        ({"relay": "the-northern-wire"}, [REPORT]),
        ({"possibly": "boris-klint"}, [SILENCE]),
        ({"speaker": "boris-klint"}, [REPORT]),
        ({"topic": "ships"}, [DENIAL]),
        ({"event_class": "mobilize"}, [DENIAL]),
        ({"said_from": "2024-05-07"}, [NEGATION, REPORT]),
        ({"said_to": "2024-05-05"}, [REPORT]),
        ({"q": "LEFT ships"}, [DENIAL, REPORT]),
    ],
)
def test_it_filters(client: Client, asked: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert found(client, **asked) == expected


@pytest.mark.parametrize(
    "asked",
    [
        {"act": "sings"},
        {"polarity": "true"},
        {"speaker": "dora-hide"},
        {"topic": "x"},
        {"said_from": "May"},
        {"event_class": "x"},
    ],
)
def test_an_unknown_value_is_told_at_its_field(client: Client, asked: dict[str, str]) -> None:
    response = client.get("/assertions/", asked)
    assert response.status_code == 200
    assert response.context["filter"].form.errors.keys() == asked.keys()


def test_a_row_shows_the_mark_the_chain_and_where_it_stands(client: Client, claims: Actor) -> None:
    article = make_article("Harbour notes", "Ada Vale spoke of boats.")
    make_assertion(
        "Boats left.", claims, article=article, exact="spoke of boats", relays=[{"description": "a radio"}]
    )
    text = client.get("/assertions/?q=boats").content.decode()
    row = text[text.index("Boats left.") : text.index("</li>", text.index("Boats left."))]
    for words in ("●", "states", "Ada Vale", "→", "a radio", "grade F6", "Harbour notes"):
        assert words in row


def test_an_article_that_holds_two_passages_of_a_claim_is_named_once(client: Client, claims: Actor) -> None:
    article = make_article("Harbour notes", "Ada Vale spoke of boats. They left, she said.")
    claim = make_assertion("Boats left.", claims, article=article, exact="spoke of boats")
    quote(claim, article, "They left")
    accept(claim)
    assert client.get("/assertions/?q=boats").content.decode().count("Harbour notes") == 1


def test_the_number_of_queries_does_not_grow_with_the_list(
    client: Client, claims: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        article = make_article(f"Article {number}", "Ada Vale spoke.")
        make_assertion(
            "Boats left.",
            claims,
            article=article,
            exact="spoke",
            relays=[{"actor": make_actor(f"Relay {number}")}],
        )
    with django_assert_max_num_queries(16):
        client.get("/assertions/")
