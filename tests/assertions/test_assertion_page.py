"""The page of a claim: who says what, in which words, and what bears on it; nothing that is not public."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.actions import withdraw_actor
from actors.models import Actor
from articles.actions import Content, publish, save_revision, withdraw
from articles.models import Article
from assertions import actions
from assertions.models import Assertion
from tests.factories import (
    accept,
    days_ago,
    make_actor,
    make_article,
    make_assertion,
    make_measure,
    make_question,
    make_state,
    make_topic,
    quote,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Actor:
    return make_actor("Ada Vale")


@pytest.fixture
def boris() -> Actor:
    return make_actor("Boris Klint")


@pytest.fixture
def article() -> Article:
    return make_article(
        "Ada Vale on ships",
        "The harbour is shut.",
        "On Monday “no ship has left,” Ada Vale said. She went.",
        published=days_ago(2),
    )


def page(client: Client, claim: Assertion) -> str:
    response = client.get(claim.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_heading_says_who_does_what(client: Client, ada: Actor) -> None:
    text = page(client, make_assertion("A ship has left.", ada, act="denies"))
    assert '<h1 class="claim">Ada Vale denies that a ship has left.</h1>' in text
    assert "<title>Ada Vale denies that a ship has left. – Dyad</title>" in text
    assert '<span class="st denies"><span class="shape" aria-hidden="true">✕</span>denies</span>' in text


def test_what_is_denied_or_left_open_is_named_so(client: Client, ada: Actor) -> None:
    for act, words in (
        ("denies", "What is denied"),
        ("declines", "What is left open"),
        ("states", "The proposition"),
    ):
        assert f"<dt>{words}</dt><dd>A ship has left." in page(
            client, make_assertion("A ship has left.", ada, act=act)
        )


def test_it_says_all_that_belongs_to_the_saying(client: Client, ada: Actor, boris: Actor) -> None:
    ostria, vesta = make_state("Ostria"), make_state("Vesta")
    wire = make_actor("The Northern Wire", "media")
    claim = make_assertion(
        "A ship has left.",
        act="alleges",
        certainty="probable",
        hedge="“it seems”",
        condition="if the ice melted",
        said="2024-05-06",
        happened="2024-05~",
        published="2024-05-08",
        place="Port Vale",
        event_class="mobilize",
        speakers=[{"actor": ada, "office": "harbour minister", "speaks_for": ostria}],
        participants=[
            {"role": "subject", "actor": ostria},
            {"role": "object", "actor": vesta},
            {"role": "addressee", "actor": boris},
        ],
        relays=[{"description": "a lawmaker"}, {"actor": wire}],
        rival_dates=[{"of": "happened", "date": "2024-04-30", "given_by": "The Northern Wire"}],
        topics=[make_topic("Ships")],
    )
    text = page(client, claim)
    for words in (
        "harbour minister",
        "Speaks for",
        "“it seems”",
        "on the condition: if the ice melted",
        "6 May 2024, Port Vale",
        "about May 2024<small>30 April 2024 according to The Northern Wire</small>",
        "8 May 2024",
        "mobilize",
        "/topics/ships/",
    ):
        assert words in text
    for actor in (ada, boris, ostria, vesta, wire):
        assert actor.get_absolute_url() in text
    assert text.index("a lawmaker") < text.index("The Northern Wire</a><small>In this order")


def test_an_unnamed_speaker_is_not_identified(client: Client, boris: Actor) -> None:
    text = page(
        client,
        make_assertion(
            "A ship has left.", speakers=[{"description": "a captain", "possible_identity": boris}]
        ),
    )
    assert '<h1 class="claim">A captain states that a ship has left.</h1>' in text
    assert "As the coverage describes the speaker." in text
    assert "that is a possibility, not an identification" in text


def test_without_a_speaker_the_article_speaks(client: Client) -> None:
    assert "The article’s own voice" in page(client, make_assertion("A ship has left."))


def test_a_quotation_stands_in_its_paragraph_and_leads_to_its_place(
    client: Client, ada: Actor, article: Article
) -> None:
    make_assertion("The harbour is shut.", article=article, exact="The harbour is shut")
    claim = make_assertion(
        "A ship has left.", ada, act="denies", article=article, exact="“no ship has left,” Ada Vale said"
    )
    text = page(client, claim)
    assert "On Monday <mark>“no ship has left,” Ada Vale said</mark>. She went.</blockquote>" in text
    assert f'href="{article.get_absolute_url()}#p2">Ada Vale on ships</a>' in text
    assert 'id="p2"' in client.get(article.get_absolute_url()).content.decode()


def test_how_the_words_depart_from_the_claim_is_said(client: Client, ada: Actor, article: Article) -> None:
    claim = make_assertion("A ship has left.", ada, act="denies", accepted=False)
    quote(
        claim, article, "no ship has left", language="ru", translator="The Northern Wire",
        departures=["hedge", "number"], departure_note="one ship, not ships",
    )  # fmt: skip
    accept(claim)
    text = page(client, claim)
    assert "in Russian · translated by The Northern Wire" in text
    assert "hedge dropped or added, another number (one ship, not ships)" in text


def test_an_outside_source_says_what_could_not_be_verified(client: Client, ada: Actor) -> None:
    claim = make_assertion("A ship has left.", ada, accepted=False)
    actions.cite(
        claim, None, publisher="The Northern Wire", title="Two ships", address="https://wire.example/2",
        published="2024-05-04", unverified="the exact words",
    )  # fmt: skip
    accept(claim)
    text = page(client, claim)
    assert '<a href="https://wire.example/2" rel="noopener nofollow">Two ships</a>' in text
    assert "Could not be verified: the exact words" in text


def test_words_of_a_revision_that_is_not_live_are_not_shown(
    client: Client, ada: Actor, article: Article
) -> None:
    claim = make_assertion("A ship has left.", ada, article=article, exact="no ship has left", accepted=False)
    actions.cite(claim, None, publisher="The Northern Wire")
    accept(claim)
    save_revision(article, Content(headline="Rewritten", body="<p>Nothing was said.</p>"), None)
    publish(article, None)
    text = page(client, claim)
    assert "no ship has left" not in text
    assert "Rewritten" not in text


def test_links_show_both_ways_and_only_to_what_is_public(client: Client, ada: Actor, boris: Actor) -> None:
    claim = make_assertion("A ship has left.", ada, act="denies")
    earlier = make_assertion("Two ships left.", boris, said="2024-05-01")
    later = make_assertion("Three ships left.", boris)
    hidden = make_assertion("Four ships left.", boris, accepted=False)
    actions.link(claim, earlier, None, type="denies", aspect="proof")
    actions.link(later, claim, None, type="contradicts", note="by the log")
    actions.link(hidden, claim, None, type="corroborates")
    text = page(client, claim)
    assert text.index("Denies the proof of") < text.index("States that two ships left.")
    assert text.index("Contradicts") < text.index("States that three ships left.")
    assert "by the log" in text
    assert "our ships left." not in text
    assert "Its proof is denied by" in page(client, earlier)


def test_questions_show_the_stance_and_only_public_ones(client: Client, ada: Actor) -> None:
    claim = make_assertion("A ship has left.", ada)
    actions.answer(make_question("Did ships leave?"), claim, None, stance="evades")
    actions.answer(make_question("Who hid?", public=False), claim, None, stance="affirms")
    text = page(client, claim)
    assert "≈</span>evades</span> <span>Did ships leave?</span>" in text
    assert "Who hid?" not in text


def test_counts_are_told_in_words_and_only_of_public_measures(client: Client, ada: Actor) -> None:
    claim = make_assertion(
        "Ships left.", ada,
        quantities=[
            {
                "measure": make_measure("ships", unit="ships"),
                "low": 20,
                "low_open": True,
                "as_of": "2024-05",
                "counted_by": ada,
            },
            {"measure": make_measure("boats", unit="boats", public=False), "low": 3, "high": 3},
        ],
    )  # fmt: skip
    text = page(client, claim)
    assert "more than 20 ships" in text
    assert "as of May 2024, counted by" in text
    assert "boats" not in text


def test_the_latest_review_is_told_in_words(client: Client, ada: Actor) -> None:
    claim = make_assertion("A ship has left.", ada, grade="F6")
    accept(claim, "B2")
    text = page(client, claim)
    assert "The evidence carries it." in text
    assert "B2<small>The source: usually reliable. The information: probably true." in text


def test_what_else_the_speaker_said_is_listed(client: Client, ada: Actor) -> None:
    claim = make_assertion("A ship has left.", ada)
    make_assertion("Another ship has left.", ada)
    make_assertion("No ship is there.", ada, accepted=False)
    text = page(client, claim)
    assert "What else Ada Vale said" in text
    assert "States that another ship has left." in text
    assert "o ship is there." not in text


def test_what_is_not_public_is_not_found(client: Client, ada: Actor, article: Article) -> None:
    undecided = make_assertion("A ship has left.", ada, accepted=False)
    supported = make_assertion("A ship has left.", ada, article=article, exact="no ship")
    other = make_assertion("A ship has left.", make_actor("Dora Hide"))
    assert client.get(undecided.get_absolute_url()).status_code == 404
    withdraw(article, None)
    assert client.get(supported.get_absolute_url()).status_code == 404
    withdraw_actor(Actor.objects.get(slug="dora-hide"), None)
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get("/assertions/nothing000/").status_code == 404


def test_a_claim_cannot_inject_markup(client: Client, ada: Actor) -> None:
    text = page(client, make_assertion("A <script>alert(1)</script> ship & “boat” has left.", ada))
    assert "<script>alert" not in text


def test_the_number_of_queries_does_not_grow(
    client: Client,
    ada: Actor,
    boris: Actor,
    article: Article,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    claim = make_assertion("A ship has left.", ada, article=article, exact="no ship")
    for number in range(8):
        other = make_assertion(f"{number} ships left.", ada, boris)
        actions.link(other, claim, None, type="corroborates")
    with django_assert_max_num_queries(45):
        page(client, claim)
