"""What search engines are told of."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.actions import withdraw
from cms import sitemaps
from tests.factories import days_ago, make_actor, make_article, make_assertion, make_state, make_topic

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def addresses(client: Client, path: str = "/sitemap.xml") -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    tree = ElementTree.fromstring(response.content)  # noqa: S314
    return [(found.text or "").removeprefix("http://testserver") for found in tree.iter(f"{SITEMAP}loc")]


def test_it_names_every_public_page_and_each_answers(client: Client) -> None:
    ostria, vesta = make_state("Ostria"), make_state("Vesta")
    article = make_article(
        "Both meet", "Ostria met Vesta, said Ostria and Vesta.", topics=[make_topic("Bridges")]
    )
    claim = make_assertion("Vesta closed a road.", ostria, article=article, about=[vesta])
    listed = addresses(client)
    for path in (
        "/", "/articles/", "/articles/both-meet/", "/actors/ostria/", "/topics/bridges/",
        claim.get_absolute_url(), "/relationships/ostria/vesta/",
    ):  # fmt: skip
        assert path in listed
    assert len(listed) == len(set(listed))
    for path in listed:
        assert client.get(path).status_code == 200, path


def test_it_names_nothing_that_is_not_public(client: Client) -> None:
    make_actor("Hidden Hand", public=False)
    make_topic("Secrets", public=False)
    make_article("A draft", public=False)
    withdraw(make_article("Withdrawn"), None, reason="The letter was forged.")
    claim = make_assertion("A tunnel was dug.", accepted=False)
    text = client.get("/sitemap.xml").content.decode()
    for words in ("hidden-hand", "secrets", "a-draft", "withdrawn", claim.identifier):
        assert words not in text


def test_too_many_addresses_make_an_index_of_sections(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        make_actor(f"Clerk {number}")
    monkeypatch.setattr(sitemaps._Section, "limit", 3)
    parts = addresses(client)
    assert "/sitemap-actors.xml" in parts
    assert "/sitemap-actors.xml?p=3" in parts
    actors = [path for part in parts if "actors" in part for path in addresses(client, part)]
    assert sorted(actors) == [f"/actors/clerk-{number}/" for number in range(7)]


def test_a_section_that_there_is_not_is_not_found(client: Client) -> None:
    assert client.get("/sitemap-secrets.xml").status_code == 404
    assert client.get("/sitemap-actors.xml?p=99").status_code == 404


def test_the_news_are_the_live_articles_of_two_days(client: Client) -> None:
    make_article("Fresh & new", published=days_ago(1))
    make_article("Old", published=days_ago(3))
    make_article("Not yet", published=days_ago(-1))
    make_article("A draft", public=False)
    response = client.get("/news-sitemap.xml")
    assert response["Content-Type"].startswith("application/xml")
    tree = ElementTree.fromstring(response.content)  # noqa: S314
    assert [found.text for found in tree.iter(f"{NEWS}title")] == ["Fresh & new"]
    assert [found.text for found in tree.iter(f"{NEWS}language")] == ["en"]


def test_more_articles_cost_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10):
        make_article(f"Bridge {number}")
    with django_assert_max_num_queries(22):
        client.get("/sitemap.xml")
    with django_assert_max_num_queries(1):
        client.get("/news-sitemap.xml")
