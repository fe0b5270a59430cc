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
from cms.models import User
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
    way = text[text.index('<ol class="way"') : text.index("</ol>")]
    assert [
        way.index(words) for words in ("Ada Vale", "for Ostria", "a lawmaker", "The Northern Wire")
    ] == sorted(way.index(words) for words in ("Ada Vale", "for Ostria", "a lawmaker", "The Northern Wire"))


def test_an_unnamed_speaker_is_not_identified(client: Client, boris: Actor) -> None:
    text = page(
        client,
        make_assertion(
            "A ship has left.", speakers=[{"description": "a captain", "possible_identity": boris}]
        ),
    )
    assert '<h1 class="claim">A captain says that a ship has left.</h1>' in text
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
    assert text.index("Denies the proof of") < text.index("Says that two ships left.")
    assert text.index("Contradicted by") < text.index("Says that three ships left.")
    assert "by the log" in text
    assert "our ships left." not in text
    assert "Its proof is denied by" in page(client, earlier)


def test_questions_show_the_stance_and_only_public_ones(client: Client, ada: Actor) -> None:
    claim = make_assertion("A ship has left.", ada)
    question = make_question("Did ships leave?")
    actions.answer(question, claim, None, stance="evades")
    actions.answer(make_question("Who hid?", public=False), claim, None, stance="affirms")
    text = page(client, claim)
    assert f'<a href="{question.get_absolute_url()}">Did ships leave?</a>' in text
    assert "≈</span>evades</span>" in text
    assert "Nothing else is on record here of what Ada Vale answered." in text
    assert "Who hid?" not in text


def test_what_the_same_party_said_before_and_after_stands_in_order(
    client: Client, ada: Actor, boris: Actor
) -> None:
    ostria, question = make_state("Ostria"), make_question("Did ships leave?")

    def answered(day: str, actor: Actor, stance: str, act: str, public: bool = True) -> Assertion:
        claim = make_assertion(
            f"A ship of {day} has left.", act=act, said=day, accepted=public,
            speakers=[{"actor": actor, "speaks_for": ostria if actor == ada else None}],
        )  # fmt: skip
        actions.answer(question, claim, None, stance=stance)
        return claim

    denial = answered("2024-05-01", ada, "denies", "denies")
    answered("2024-05-02", ada, "denies", "denies", public=False)
    foreign = answered("2024-05-03", boris, "denies", "denies")
    confirmation = answered("2024-06-01", ada, "confirms", "confirms")
    answered("2024-07-01", boris, "denies", "denies")
    later = answered("2024-08", ada, "confirms", "confirms")
    text = page(client, confirmation)
    assert (
        "Ostria denied it on 1 May 2024 (Ada Vale) and confirmed it on 1 June 2024 (Ada Vale); "
        "the denial stays on record." in text
    )
    course = text[text.index('<div class="course">') : text.index("Independent sources")]
    own = course[course.index("Ostria, before and after") : course.index("Who had denied it before")]
    assert (
        own.index(denial.get_absolute_url()) < own.index("This claim") < own.index(later.get_absolute_url())
    )
    before = course[course.index("Who had denied it before") :]
    assert foreign.get_absolute_url() in before
    assert "2024-07-01" not in before
    assert "2024-05-02" not in text
    assert "Who had affirmed it before" not in page(client, denial)
    assert "stays on record" in page(client, denial)


def test_independent_sources_are_a_range_with_its_reasons(client: Client, ada: Actor, boris: Actor) -> None:
    claim = make_assertion("A ship has left.", ada)
    echo = make_assertion("Ships have left.", boris)
    captain = make_assertion("One ship has left.", speakers=[{"description": "a captain"}])
    actions.link(echo, claim, None, type="derives_from")
    actions.link(captain, claim, None, type="corroborates")
    text = page(client, claim)
    assert "<b>1 to 2 independent sources</b>" in text
    assert "Ada Vale and one claim that goes back to it count as one." in text
    assert "Not identified: “a captain”; that may or may not be an independent source." in text
    assert text.count(echo.get_absolute_url()) == 2
    assert "This claim adds none" not in text
    assert "This claim adds none: it goes back to what Ada Vale said." in page(client, echo)


def test_decisions_are_told_without_who_made_them_and_why(client: Client, ada: Actor) -> None:
    clerk = User.objects.create_superuser("clerk", "clerk@example.org", first_name="Cleo")
    claim = make_assertion("A ship has left.", ada)
    for verdict in ("dispute", "reopen"):
        actions.review(claim, clerk, verdict=verdict, reason="The paper is known to us.")
    claim.hedge = "“it seems”"
    actions.save_assertion(claim, clerk)
    actions.review(
        claim, clerk, verdict="accept", attribution="partly",
        source_reliability="C", information_credibility="3", reason="Seen by Cleo.",
    )  # fmt: skip
    text = page(client, claim)
    assert "The evidence carries a part." in text
    earlier = text[text.index("Earlier decisions") :]
    assert [earlier.index(word) for word in ("Reopened", "Disputed", "Accepted, F6")] == sorted(
        earlier.index(word) for word in ("Reopened", "Disputed", "Accepted, F6")
    )
    assert earlier.count("An earlier version of the claim.") == 3
    for secret in ("clerk", "Cleo", "known to us", "Seen by"):
        assert secret not in text


def test_links_beyond_a_dozen_are_counted_and_lead_to_all_of_them(
    client: Client, ada: Actor, boris: Actor
) -> None:
    claim = make_assertion("A ship has left.", ada)
    for number in range(14):
        actions.link(make_assertion(f"{number} ships left.", boris), claim, None, type="corroborates")
    actions.link(make_assertion("Four boats left.", boris, accepted=False), claim, None, type="corroborates")
    text = page(client, claim)
    assert "12 of 14." in text
    every = f"/assertions/?linked={claim.identifier}"
    assert every in text
    listed = client.get(every).content.decode()
    assert listed.count('<span class="when">') == 14
    assert "our boats" not in listed


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
    assert "Says that another ship has left." in text
    assert "o ship is there." not in text


def test_what_is_not_public_is_not_found(client: Client, ada: Actor) -> None:
    undecided = make_assertion("A ship has left.", ada, accepted=False)
    other = make_assertion("A ship has left.", make_actor("Dora Hide"))
    assert client.get(undecided.get_absolute_url()).status_code == 404
    withdraw_actor(Actor.objects.get(slug="dora-hide"), None)
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get("/assertions/nothing000/").status_code == 404


def test_what_lost_its_support_is_gone(client: Client, ada: Actor, article: Article) -> None:
    supported = make_assertion("A ship has left.", ada, article=article, exact="no ship")
    withdraw(article, None, reason="The letter was forged.")
    assert client.get(supported.get_absolute_url()).status_code == 410


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
    questions = [make_question(f"Did {number} ships leave?") for number in range(3)]
    for question in questions:
        actions.answer(question, claim, None, stance="affirms")
    for number in range(8):
        other = make_assertion(f"{number} ships left.", ada, boris)
        actions.link(other, claim, None, type="corroborates")
        for question in questions:
            actions.answer(question, other, None, stance="affirms")
    with django_assert_max_num_queries(64):
        page(client, claim)
