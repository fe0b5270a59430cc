"""Feeds: what is in them, in what form, and that a client need not read twice what did not change."""

import json
import re
from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actors.models import Actor
from articles.actions import (
    change_slug,
    content_of,
    correct,
    publish,
    remove_version,
    save_revision,
    withdraw,
)
from articles.models import Article
from tests.factories import days_ago, make_actor, make_article, make_state, make_topic

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def ada() -> Actor:
    return make_actor("Ada Vale", country=make_state("Ostria"))


@pytest.fixture
def article(ada: Actor) -> Article:
    make_actor("Boris Klint", country=make_state("Vesta"))
    return make_article(
        "Both meet", "Ada Vale met Boris Klint.", published=days_ago(5), standfirst="At last.",
        byline="The desk", topics=[make_topic("Bridges"), make_topic("Secrets", public=False)],
    )  # fmt: skip


def items(client: Client, path: str = "/feed.json") -> list[dict[str, object]]:
    response = client.get(path)
    assert response.status_code == 200
    feed: list[dict[str, object]] = json.loads(response.content)["items"]
    return feed


def change(article: Article, headline: str) -> None:
    content = replace(content_of(article.revisions.latest("number")), headline=headline)
    publish(article, None, revision=save_revision(article, content, None))


def test_json_feed_1_1_holds_the_article_with_its_words(client: Client, article: Article) -> None:
    response = client.get("/feed.json")
    feed = json.loads(response.content)
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://testserver/feed.json"
    assert feed["home_page_url"] == "http://testserver/"
    (item,) = feed["items"]
    assert item["url"] == "http://testserver" + article.get_absolute_url()
    assert item["title"] == "Both meet"
    assert item["summary"] == "At last."
    assert item["content_html"] == "<p>Ada Vale met Boris Klint.</p>"
    assert item["authors"] == [{"name": "The desk"}]
    assert item["tags"] == ["Bridges"], "a topic that is not public is no tag"
    assert datetime.fromisoformat(item["date_published"]) == article.published_at


def test_atom_holds_the_same_entries_under_the_same_ids(client: Client, article: Article) -> None:
    response = client.get("/feed.atom")
    feed = ElementTree.fromstring(response.content)  # noqa: S314
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [link.get("href") for link in feed.iter(f"{ATOM}link") if link.get("rel") == "self"] == [
        "http://testserver/feed.atom"
    ]
    (entry,) = feed.findall(f"{ATOM}entry")
    (item,) = items(client)
    assert entry.findtext(f"{ATOM}id") == item["id"]
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "The desk"
    assert [category.get("term") for category in entry.findall(f"{ATOM}category")] == ["Bridges"]


def test_a_new_revision_and_a_correction_move_the_date_and_keep_the_id(
    client: Client, article: Article
) -> None:
    (first,) = items(client)
    change(article, "Both met")
    (second,) = items(client)
    correct(article, None, kind="correction", text="They met.")
    (third,) = items(client)
    assert first["id"] == second["id"] == third["id"]
    assert first["date_published"] == second["date_published"] == third["date_published"]
    assert str(first["date_modified"]) < str(second["date_modified"]) < str(third["date_modified"])
    assert second["title"] == "Both met"


def test_an_id_stays_whatever_the_address_and_the_first_day_and_tells_no_number(
    client: Client, article: Article
) -> None:
    (first,) = items(client)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", str(first["id"]))
    change_slug(article, None, "they-met")
    change(article, "Both met")
    remove_version(article.revisions.earliest("number"), None, "The order of a court.")
    (second,) = items(client)
    (elsewhere,) = json.loads(client.get("/feed.json", headers={"host": "localhost"}).content)["items"]
    assert first["url"] != second["url"]
    assert first["date_published"] != second["date_published"]
    assert first["id"] == second["id"] == elsewhere["id"]
    make_article("Another")
    assert len({str(item["id"]) for item in items(client)}) == 2


@pytest.mark.parametrize(
    "folder", ["/", "/actors/ada-vale/", "/topics/bridges/", "/relationships/ostria/vesta/"]
)
def test_each_page_has_its_feeds_and_names_them(client: Client, article: Article, folder: str) -> None:
    make_article("Something else", "Nobody was there.")
    page = client.get(folder).content.decode()
    for name in ("feed.atom", "feed.json"):
        assert f'href="{folder}{name}"' in page
        assert client.get(folder + name).status_code == 200
    titles = [item["title"] for item in items(client, folder + "feed.json")]
    assert titles == (["Something else", "Both meet"] if folder == "/" else ["Both meet"])


def test_the_other_order_of_a_relationship_leads_to_its_feed(client: Client, article: Article) -> None:
    response = client.get("/relationships/vesta/ostria/feed.json")
    assert (response.status_code, response["Location"]) == (301, "/relationships/ostria/vesta/feed.json")


@pytest.mark.parametrize(
    "path", ["actors/hidden-hand/", "actors/nobody/", "topics/none/", "relationships/ostria/ostria/"]
)
def test_what_is_not_public_has_no_feed(client: Client, ada: Actor, path: str) -> None:
    make_actor("Hidden Hand", public=False)
    assert client.get(f"/{path}feed.atom").status_code == 404


def test_drafts_and_withdrawn_articles_are_in_no_feed(client: Client, article: Article) -> None:
    make_article("A draft", "Ada Vale.", public=False)
    make_article("Not yet", "Ada Vale.", published=days_ago(-1))
    withdraw(article, None, reason="The letter was forged.")
    assert items(client) == items(client, "/actors/ada-vale/feed.json") == []


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.json"])
def test_an_unchanged_feed_is_not_sent_again(client: Client, article: Article, path: str) -> None:
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(path, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.json"])
def test_an_empty_feed_is_valid_and_stays_the_same(client: Client, path: str) -> None:
    first = client.get(path)
    assert first.status_code == 200
    assert client.get(path).content == first.content


def test_a_withdrawal_is_a_change_to_a_client_that_knows_only_dates(client: Client, article: Article) -> None:
    before = client.get("/feed.json")["Last-Modified"]
    withdraw(article, None, reason="The letter was forged.")
    answer = client.get("/feed.json", headers={"If-Modified-Since": before})
    assert answer.status_code == 200
    assert json.loads(answer.content)["items"] == []


def test_more_articles_cost_no_more_queries(
    client: Client,
    ada: Actor,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    topic = make_topic("Bridges")
    for number in range(10):
        make_article(f"Bridge {number}", f"Ada Vale opened bridge {number}.", topics=[topic])
    with django_assert_max_num_queries(8):
        client.get("/actors/ada-vale/feed.json")
