"""The pages of topics."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.actions import withdraw, withdraw_topic
from articles.models import Topic
from assertions.actions import answer
from tests.factories import (
    make_actor,
    make_article,
    make_assertion,
    make_measure,
    make_question,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridges() -> Topic:
    return make_topic("Bridges")


def test_the_list_counts_public_articles_and_claims_only(client: Client, bridges: Topic) -> None:
    make_topic("Secrets", public=False)
    make_article("A bridge opens", topics=[bridges])
    make_article("A bridge draft", topics=[bridges], public=False)
    make_assertion("A bridge was built.", topics=[bridges])
    make_assertion("A bridge fell.", topics=[bridges], accepted=False)
    rows = client.get("/topics/").context["page"].rows
    assert [(topic.name, topic.articles, topic.claims) for topic in rows] == [("Bridges", 1, 1)]


def test_it_shows_its_articles_its_claims_and_who_is_in_it(client: Client, bridges: Topic) -> None:
    make_actor("Ada Vale")
    make_actor("Hidden Hand", public=False)
    make_article("A bridge opens", "Ada Vale and Hidden Hand opened it.", topics=[bridges])
    make_article("Something else", "Boris Klint slept.")
    make_assertion("A bridge was built.", topics=[bridges])
    html = client.get(bridges.get_absolute_url()).content.decode()
    for words in ("A bridge opens", "Says that a bridge was built.", "Ada Vale"):
        assert words in html
    for words in ("Something else", "Hidden Hand"):
        assert words not in html


def test_it_shows_the_public_questions_and_figures_of_its_claims_and_who_makes_them(
    client: Client, bridges: Topic
) -> None:
    ada = make_actor("Ada Vale")
    asked, hidden = make_question("Did it fall?"), make_question("Was it secret?", public=False)
    span, width = make_measure("Span"), make_measure("Secret width", public=False)
    other = make_question("Did ships leave?")
    claim = make_assertion(
        "A bridge fell.", ada, topics=[bridges], quantities=[{"measure": span, "low": 7, "high": 7}]
    )
    make_assertion("A wall is wide.", quantities=[{"measure": width, "low": 3}])
    away = make_assertion("A ship left.", make_actor("Boris Klint"))
    for question, answering in ((asked, claim), (hidden, claim), (other, away)):
        answer(question, answering, None, stance="affirms")
    html = client.get(bridges.get_absolute_url()).content.decode()
    for words in ("Did it fall?", "/figures/span/", "/assertions/?speaker=ada-vale&amp;topic=bridges"):
        assert words in html
    for words in ("Was it secret?", "Secret width", "Did ships leave?", "Boris Klint"):
        assert words not in html


def test_what_is_withdrawn_leaves_it_and_a_withdrawn_topic_has_no_page(
    client: Client, bridges: Topic
) -> None:
    article = make_article("A bridge opens", topics=[bridges])
    withdraw(article, None, reason="The letter was forged.")
    assert "A bridge opens" not in client.get(bridges.get_absolute_url()).content.decode()
    withdraw_topic(bridges, None)
    assert client.get(bridges.get_absolute_url()).status_code == 404
    assert client.get(bridges.get_absolute_url() + "feed.atom").status_code == 404


def test_more_topics_cost_no_more_queries(
    client: Client,
    bridges: Topic,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(10):
        topic = make_topic(f"Topic {number}")
        make_article(f"Article {number}", topics=[topic, bridges])
        make_assertion(f"Bridge {number} was built.", topics=[topic, bridges])
    with django_assert_max_num_queries(6):
        client.get("/topics/")
    with django_assert_max_num_queries(45):
        client.get(bridges.get_absolute_url())
