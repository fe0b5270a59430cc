"""The page of an article: its words, the notes beside them, and nothing that is not public."""

import json
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.actions import withdraw_actor
from actors.models import Actor
from articles.actions import Content, correct, publish, save_revision, withdraw
from articles.models import Article, Topic
from assertions.actions import link
from tests.factories import days_ago, make_actor, make_article, make_assertion, make_state, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Actor:
    return make_actor("Ada Vale")


@pytest.fixture
def ostria() -> Actor:
    return make_state("Ostria", names=[{"text": "Ostrian", "kind": "demonym"}])


@pytest.fixture
def article(ada: Actor, ostria: Actor) -> Article:
    return make_article(
        "Ada Vale denies that ships left",
        "“No ship has left,” Ada Vale said on Monday. She spoke for Ostria.",
        "The harbour is shut, the <em>Ostrian</em> ministry added.",
        published=days_ago(3),
        standfirst="The harbour had reported two.",
        byline="The desk",
        dated="2024-05",
    )


def page(client: Client, article: Article) -> str:
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_it_shows_all_that_a_reader_needs(client: Client, article: Article) -> None:
    text = page(client, article)
    assert "<h1>Ada Vale denies that ships left</h1>" in text
    for words in (
        "The harbour had reported two.",
        "By The desk",
        "1 min",
        "text dated May 2024",
        "The harbour is shut",
    ):
        assert words in text


def test_names_in_the_text_link_to_public_actors(client: Client, article: Article, ada: Actor) -> None:
    link_to_ada = f'<a class="actor" href="{ada.get_absolute_url()}">Ada Vale</a> said'
    assert link_to_ada in page(client, article)
    withdraw_actor(ada, None)
    text = page(client, article)
    assert ada.get_absolute_url() not in text
    assert "Ada Vale said" in text


def test_a_demonym_is_a_link_only_where_nothing_else_names_its_state(
    client: Client, article: Article, ostria: Actor
) -> None:
    assert "<em>Ostrian</em>" in page(client, article)
    only = make_article("Ostrian harbour shut", "An Ostrian ministry said so.")
    assert f'<a class="actor" href="{ostria.get_absolute_url()}">Ostrian</a>' in page(client, only)


def test_an_actor_is_linked_once_a_paragraph(client: Client, ada: Actor) -> None:
    article = make_article("Ada Vale", "Ada Vale came. Ada Vale left.", "Ada Vale is away.")
    text = page(client, article)
    address = f'<a class="actor" href="{ada.get_absolute_url()}">'
    assert f"{address}Ada Vale</a> came. Ada Vale left." in text
    assert f"{address}Ada Vale</a> is away." in text


def test_a_passage_is_marked_and_its_note_stands_after_its_paragraph(
    client: Client, article: Article, ada: Actor
) -> None:
    claim = make_assertion(
        "A ship has left.", ada, act="denies", article=article, exact="“No ship has left,” Ada Vale said",
        said="2024-05-06", relays=[{"description": "a radio"}], hedge="on Monday", grade="B2",
    )  # fmt: skip
    text = page(client, article)
    assert '<mark id="p1">“No ship has left,”' in text
    assert '<a class="ref" href="#n1">1</a>' in text
    note = text[text.index('id="n1"') : text.index("The harbour is shut")]
    for words in (
        "Ada Vale",
        "✕",
        "denies",
        f'<a href="{claim.get_absolute_url()}">Denies that a ship has left.</a>',
        "6 May 2024",
        "by way of a radio",
    ):
        assert words in note
    assert "hedge: on Monday" in note
    assert "grade B2" in note


def test_a_note_says_what_contradicts_its_claim(client: Client, article: Article, ada: Actor) -> None:
    boris = make_actor("Boris Klint")
    denial = make_assertion("A ship has left.", ada, act="denies", article=article, exact="No ship has left")
    report = make_assertion("Two ships have left.", boris, said="2024-05-04")
    hidden = make_assertion("Three ships have left.", boris, accepted=False)
    link(denial, report, None, type="denies", aspect="fact")
    link(hidden, denial, None, type="contradicts")
    text = page(client, article)
    assert f'Denies <a href="{report.get_absolute_url()}">Boris Klint, 4 May 2024</a>' in text
    assert hidden.get_absolute_url() not in text


def test_a_note_names_a_speaker_once_for_claims_of_one_day(
    client: Client, article: Article, ada: Actor
) -> None:
    boris = make_actor("Boris Klint")
    denial = make_assertion("A ship has left.", ada, act="denies", article=article, exact="No ship has left")
    for count in ("Two", "Three"):
        report = make_assertion(f"{count} ships have left.", boris, said="2024-05-04")
        link(denial, report, None, type="denies", aspect="fact")
    text = page(client, article)
    assert text.count("Boris Klint, 4 May 2024") == 1
    assert "another of the same day</a>" in text


def test_claims_on_the_same_words_share_a_note(client: Client, article: Article, ada: Actor) -> None:
    for claim in ("A ship has left.", "A boat has left."):
        make_assertion(claim, ada, act="denies", article=article, exact="No ship has left")
    text = page(client, article)
    assert text.count('<aside class="note"') == 1
    assert "Denies that a boat has left." in text


def test_an_undecided_claim_leaves_no_trace(client: Client, article: Article, ada: Actor) -> None:
    make_assertion("A ship has left.", ada, article=article, exact="No ship has left", accepted=False)
    text = page(client, article)
    assert "<mark" not in text
    assert "ship has left." not in text


def test_sources_are_named_and_an_unknown_original_is_said(client: Client) -> None:
    article = make_article(
        "Rewritten",
        sources=[
            {"is_unknown": True, "relation": "rewrites"},
            {
                "publisher": "The Northern Wire",
                "title": "Two ships",
                "address": "https://wire.example/2",
                "published": "2024-05-04",
            },
        ],
    )  # fmt: skip
    text = page(client, article)
    assert "Rewrites an original that is not known." in text
    assert '<a href="https://wire.example/2" rel="noopener nofollow">Two ships</a>, 4 May 2024' in text


def test_the_byline_tells_what_is_rewritten_from_what_is_cited(client: Client) -> None:
    wire = {"publisher": "The Northern Wire", "address": "https://wire.example/1"}
    article = make_article(
        "Rewritten",
        sources=[
            {"is_unknown": True, "relation": "rewrites"},
            wire,
            wire | {"address": "https://wire.example:443/2"},
            {"publisher": "Harbour News, citing a radio"},
        ],
    )
    text = page(client, article)
    assert (
        "Rewrites an unknown original · Sources: The Northern Wire; Harbour News, citing a radio</p>" in text
    )
    assert ">wire.example</a>" in text
    assert ":443</a>" not in text


def test_a_correction_stands_above_the_text(client: Client, article: Article) -> None:
    correct(article, None, kind="correction", text="It was Monday, not Sunday.")
    text = page(client, article)
    assert text.index("It was Monday, not Sunday.") < text.index("No ship has left")


def test_only_public_topics_are_shown(client: Client) -> None:
    article = make_article("Filed", topics=[make_topic("Ships"), make_topic("Secrets", public=False)])
    text = page(client, article)
    assert "/topics/ships/" in text
    assert "Secrets" not in text


def test_related_articles_share_actors_and_are_public(client: Client, article: Article) -> None:
    make_article("Ada Vale returns", "Ada Vale came back.")
    make_article("Ada Vale resigns", "Ada Vale resigned.", public=False)
    make_article("Somebody else", "Nobody is named.")
    text = page(client, article)
    related = text[text.index("Related") :]
    assert "Ada Vale returns" in related
    assert "Ada Vale resigns" not in related
    assert "Somebody else" not in related


def test_the_nearest_related_article_shares_rare_actors_topics_and_days(client: Client) -> None:
    for name in ("Ada Vale", "Boris Klint"):
        make_actor(name)
    bridges = make_topic("Bridges")

    def told(headline: str, body: str, days: int, topics: Sequence[Topic] = ()) -> Article:
        return make_article(headline, body, published=days_ago(days), topics=topics)

    told("Elsewhere", "Nobody is named.", 5)
    for number in range(4):
        told(f"Often named {number}", "Ada Vale spoke.", 300)
    here = told("Here", "Ada Vale met Boris Klint.", 10, topics=[bridges])
    told("Long ago", "Boris Klint spoke of Ada Vale.", 150)
    told("Of the same days", "Boris Klint spoke of Ada Vale.", 12)
    told("Filed alike", "Boris Klint spoke of Ada Vale.", 12, topics=[bridges])
    text = page(client, here)
    related = text[text.index("<h2>Related</h2>") :]
    assert related.index("Filed alike") < related.index("Of the same days") < related.index("Long ago")
    assert "Often named" not in related


def test_readers_see_the_live_revision_only(client: Client, article: Article) -> None:
    save_revision(article, Content(headline="Another headline", body="<p>Other words.</p>"), None)
    assert "Another headline" not in page(client, article)
    publish(article, None)
    assert "Another headline" in page(client, article)


def test_a_draft_is_not_found_and_a_withdrawn_article_is_gone(client: Client, article: Article) -> None:
    draft = make_article("A draft", public=False)
    assert client.get(draft.get_absolute_url()).status_code == 404
    withdraw(article, None, reason="The letter was forged.")
    assert client.get(article.get_absolute_url()).status_code == 410


def test_structured_data_cannot_end_its_element(client: Client) -> None:
    article = make_article("The end: </script><b>")
    text = page(client, article)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "The end: </script><b>"


def test_what_is_shared_elsewhere_has_a_title_and_an_address(client: Client, article: Article) -> None:
    text = page(client, article)
    assert '<meta property="og:title" content="Ada Vale denies that ships left">' in text
    assert f'<link rel="canonical" href="http://testserver{article.get_absolute_url()}">' in text


def test_the_number_of_queries_does_not_grow_with_the_claims(
    client: Client, article: Article, ada: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    words = ("No ship", "has left", "Ada Vale", "said on Monday", "She spoke", "harbour is shut")
    claims = [make_assertion(f"Claim {exact}.", ada, article=article, exact=exact) for exact in words]
    for later, earlier in pairwise(claims):
        link(later, earlier, None, type="contradicts")
    page(client, article)
    with django_assert_max_num_queries(45):
        page(client, article)
