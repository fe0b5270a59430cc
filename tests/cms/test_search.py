"""Search: what is found, in what order, how it is shown, and that no query breaks it."""

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from actors.actions import add_name
from actors.models import Actor
from articles.actions import withdraw
from cms import fulltext, search
from tests.factories import make_actor, make_article, make_assertion

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Actor:
    ada = make_actor("Ada Vale-Moor")
    add_name(ada, None, text="아다 베일", language="ko", kind="name")
    add_name(ada, None, text="Ада Вейл", language="ru", kind="name")
    add_name(ada, None, text="Ada Veil", kind="error")
    return ada


def found(client: Client, query: str, **more: str) -> dict[str, list[str]]:
    response = client.get("/search/", {"q": query, **more})
    assert response.status_code == 200
    context = response.context
    return {
        "actors": [hit.actor.name for hit in context.get("actors") or []],
        "articles": [hit["revision"].headline for hit in context.get("articles") or []],
        "claims": [hit["claim"].claim for hit in context.get("claims") or []],
    }


@pytest.mark.parametrize(
    "name",
    ["Ada Vale-Moor", "ada vale moor", "아다 베일", "아다", "Ада Вейл", "вейл", "Ада Вейлу", "Ada Veil"],
)
def test_an_actor_is_found_by_any_of_its_names(client: Client, ada: Actor, name: str) -> None:
    make_actor("Boris Klint")
    assert found(client, name)["actors"] == ["Ada Vale-Moor"]


def test_the_actor_whose_name_it_is_stands_before_those_whose_names_hold_it(client: Client) -> None:
    make_actor("Ada Vale Foundation", "organisation")
    make_actor("Ada Vale")
    assert found(client, "ada vale")["actors"] == ["Ada Vale", "Ada Vale Foundation"]


def test_who_bears_a_name_stands_before_whom_coverage_mistook_for_them(client: Client) -> None:
    make_actor("Abel Crane", names=[{"text": "Ada Vale", "kind": "error"}])
    make_actor("Ada Vale")
    assert found(client, "ada vale")["actors"] == ["Ada Vale", "Abel Crane"]


def test_a_name_that_is_only_similar_is_found_where_none_holds_the_query(client: Client, ada: Actor) -> None:
    assert found(client, "Ada Valle-Moor")["actors"] == ["Ada Vale-Moor"]


def test_articles_are_found_by_the_stems_of_their_words_with_headlines_first(client: Client) -> None:
    make_article("Quiet days", "Nothing but a bridge was seen.")
    make_article("Bridges open", "A ceremony was held.")
    assert found(client, "bridge")["articles"] == ["Bridges open", "Quiet days"]
    assert found(client, '"ceremony was held"')["articles"] == ["Bridges open"]
    assert found(client, "bridge -ceremony")["articles"] == ["Quiet days"]
    assert found(client, "ceremony or seen")["articles"] == ["Bridges open", "Quiet days"]


def test_words_of_other_writings_are_found_before_their_particles(client: Client) -> None:
    make_article("다리가 열렸다", "북쪽의 다리는 어제 열렸다.")
    make_article("Мост открыт", "Мост через реку открыт.")
    assert found(client, "북쪽 다리")["articles"] == ["다리가 열렸다"]
    assert found(client, "мост")["articles"] == ["Мост открыт"]


def test_claims_are_found_by_their_words(client: Client) -> None:
    make_assertion("A bridge was built.")
    make_assertion("A road was built.")
    assert found(client, "bridges")["claims"] == ["A bridge was built."]


def test_a_denial_is_not_found_as_what_it_denies(client: Client) -> None:
    make_assertion("A bridge was built.", act="denies")
    assert (
        ">Denies that a <mark>bridge</mark> was built.</a>"
        in client.get("/search/?q=bridge").content.decode()
    )


def test_only_what_is_public_is_found(client: Client) -> None:
    make_actor("Hidden Bridge", public=False)
    make_article("Bridge draft", public=False)
    withdrawn = make_article("Bridge withdrawn")
    make_assertion("A bridge was built.", accepted=False)
    make_assertion("A bridge fell.", article=withdrawn)
    withdraw(withdrawn, None, reason="The letter was forged.")
    response = client.get("/search/?q=bridge")
    assert response.context["total"] == 0
    assert b"Hidden" not in response.content


def test_what_is_found_is_marked_and_everything_else_escaped(client: Client) -> None:
    make_article("Bridge <b>opens", "A bridge &amp; a &lt;b&gt;road&lt;/b&gt; were seen.")
    html = client.get("/search/?q=bridge").content.decode()
    assert "<mark>Bridge</mark> &lt;b&gt;opens" in html
    assert "<mark>bridge</mark> &amp; a" in html
    assert "<b>road" not in html


def test_one_kind_is_shown_by_pages(client: Client) -> None:
    for number in range(25):
        make_article(f"Bridge {number}")
    first = client.get("/search/?q=bridge&kind=articles").context
    second = client.get("/search/?q=bridge&kind=articles&page=2").context
    assert (len(first["articles"]), len(second["articles"])) == (20, 5)
    assert client.get("/search/?q=bridge&kind=articles&page=99").context["page"].number == 2
    assert "claims" not in first


def test_an_empty_query_says_how_to_search_and_no_result_says_what_would_help(client: Client) -> None:
    make_article("The bridge of Ostria opens")
    assert b"Give a name" in client.get("/search/").content
    nothing = client.get("/search/?q=brige+Ostria").content.decode()
    assert "fewer words" in nothing
    assert "The bridge of Ostria opens" in nothing


@pytest.mark.parametrize(
    "query",
    [
        "\x00", "a\x00b", "'",
        '"', "\\", "%", "_", "%_%", "&|!():*<->", "a & | b", "'; DROP TABLE x; --", "(((",
        "-", "- -", ":*", "x" * 10_000, "다" * 5_000,
        "\x02\x03", "\u202eabc", "👩‍👩‍👧", "the", "or", '"unclosed', "a:b:c",
        "\ud800",
    ],
)  # fmt: skip
def test_no_query_breaks_it(client: Client, ada: Actor, query: str) -> None:
    for kind in ("", "actors", "articles", "claims", "\x00", "nonsense"):
        response = client.get(
            "/search/",
            {"q": query.encode(errors="replace"), "kind": kind, "page": query[:50].encode(errors="replace")},
        )
        assert response.status_code == 200


@given(st.text(max_size=300))
def test_a_tidy_query_is_one_line_that_postgresql_takes(query: str) -> None:
    tidy = fulltext.tidy(query)
    assert len(tidy) <= fulltext.LONGEST_QUERY
    assert tidy == tidy.strip()
    assert "\x00" not in tidy
    assert fulltext.tidy(tidy) == tidy
    tidy.encode()


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=60))
def test_any_text_can_be_searched_for(query: str) -> None:
    tidy, now = fulltext.tidy(query), timezone.now()
    assert search.find_actors(tidy, now) == []
    assert list(search.find_articles(tidy, now)) == []
    assert list(search.find_claims(tidy, now)) == []


def test_a_text_too_long_for_a_tsvector_can_be_saved_and_found_by_its_beginning(client: Client) -> None:
    words = " ".join(f"word{number}" for number in range(200_000))
    make_article("A long one", f"Bridge {words}")
    assert found(client, "bridge")["articles"] == ["A long one"]


def test_more_results_cost_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        make_actor(f"Bridge Company {number}", "company")
        article = make_article(f"Bridge {number}", f"Bridge {number} was built.")
        make_assertion(f"Bridge {number} was built.", article=article)
    with django_assert_max_num_queries(20):
        client.get("/search/?q=bridge")
