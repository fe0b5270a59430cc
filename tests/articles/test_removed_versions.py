"""What was removed for a legal reason: nothing tells readers of it, nor those of the newsroom who need not know."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.actions import (
    Content,
    Told,
    change_slug,
    correct,
    publish,
    remove_version,
    save_revision,
    withdraw,
)
from articles.models import Article
from cms.models import User
from tests.articles.versions import seen_in_turn
from tests.factories import days_ago, make_article
from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db

TOLD = "It was the other harbour, said the neighbour."
REASON = "The order of a court."
DAY = timedelta(days=1)


@pytest.fixture
def article() -> Article:
    """An article of two versions, the first removed; a correction came with it."""
    article = seen_in_turn("The harbour", ("Ada spoke first.", 9, 5), ("Ada spoke again.", 5, None))
    first, live = article.revisions.filter(live__isnull=False).order_by("live")
    correct(article, None, kind="correction", text=TOLD, revision=first)
    correct(article, None, kind="update", text="The gate is open.", revision=live)
    remove_version(first, None, REASON)
    article.refresh_from_db()
    return article


def page(name: str, article: Article, query: str = "") -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk]) + query


def removed_number(article: Article) -> int:
    return article.revisions.get(removal__isnull=False).number


# What readers learn


def addresses(article: Article) -> list[str]:
    own = article.get_absolute_url()
    return [
        own,
        f"{own}versions/",
        f"{own}versions/2/",
        f"{own}timemap/",
        f"{own}?as_of={days_ago(3):%Y-%m-%d}",
        "/corrections/",
        "/feed.atom",
        "/feed.json",
        "/sitemap.xml",
        "/",
    ]


def test_the_correction_that_came_with_it_is_told_nowhere(client: Client, article: Article) -> None:
    pages = [client.get(address) for address in addresses(article)]
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [page for page in pages if TOLD in page.content.decode()] == []
    told = [page for page in pages if "The gate is open." in page.content.decode()]
    assert len(told) >= 5, "the other one is told"
    withdraw(article, None, reason="It was forged.")
    gone = client.get(article.get_absolute_url())
    assert gone.status_code == 410
    assert TOLD not in gone.content.decode()
    assert TOLD not in client.get("/corrections/").content.decode()


def test_what_came_with_it_moves_no_date(client: Client, article: Article) -> None:
    publish(article, None, revision=save_revision(article, Content(headline="New"), None),
            correction=Told("correction", TOLD))  # fmt: skip
    removed = article.revisions.public().get()
    publish(article, None, revision=save_revision(article, Content(headline="Newer"), None))
    live = article.revisions.public().get().live
    assert live is not None
    remove_version(removed, None, REASON)
    (item,) = json.loads(client.get("/feed.json").content)["items"]
    assert item["date_modified"] == live.lower.isoformat()
    assert f"<lastmod>{live.lower:%Y-%m-%d}" in client.get("/sitemap.xml").content.decode()


def test_it_is_dated_by_the_first_version_that_readers_may_know_of(client: Client, article: Article) -> None:
    known = article.revisions.public().get().live
    assert known is not None
    assert article.published_at == known.lower
    text = client.get(article.get_absolute_url()).content.decode()
    assert f"{days_ago(9):%Y-%m-%d}" not in text
    assert f'article:published_time" content="{known.lower:%Y-%m-%dT%H:%M:%S}' in text
    assert f'"datePublished": "{known.lower:%Y-%m-%d}' in text
    (item,) = json.loads(client.get("/feed.json").content)["items"]
    assert item["date_published"] == known.lower.isoformat()


def test_that_it_was_public_is_not_undone_where_all_was_removed(article: Article) -> None:
    remove_version(article.revisions.public().get(), None, REASON)
    article.refresh_from_db()
    assert article.was_public()
    reporter = make_staff("reporter")
    Article.objects.filter(pk=article.pk).update(created_by=reporter)
    assert signed_in(reporter).post(page("change", article), {"headline": "Mine"}).status_code == 403


def test_a_schedule_after_it_is_taken_back_without_a_notice(article: Article) -> None:
    remove_version(article.revisions.public().get(), None, REASON)
    later = save_revision(article, Content(headline="Later"), None)
    publish(article, None, revision=later, at=timezone.now() + DAY)
    article.refresh_from_db()
    assert not article.was_public(), "readers know of nothing yet"
    assert withdraw(article, None, reason="") is None
    later.refresh_from_db()
    assert later.live is None


def test_the_past_says_the_same_of_it_as_of_days_without_a_version(client: Client, article: Article) -> None:
    own = article.get_absolute_url()
    within, before = (client.get(f"{own}?as_of={days_ago(days):%Y-%m-%d}") for days in (7, 20))
    assert within.status_code == before.status_code == 404
    sentence = f"The next version that can be read begins on {days_ago(5):%-d %B %Y}"
    for answer, days in ((within, 7), (before, 20)):
        text = answer.content.decode()
        assert (
            f"There is nothing of this article to show as of {days_ago(days):%-d %B %Y}. {sentence}" in text
        )
        assert "was not public" not in text


def test_a_former_address_leads_to_nothing_that_is_not_there(client: Client) -> None:
    article = make_article("The bridge")
    change_slug(article, None, "the-long-bridge")
    assert client.get("/articles/the-bridge/").status_code == 301
    withdraw(article, None, reason="It was forged.", keeps_versions=True)
    assert client.get("/articles/the-bridge/").status_code == 301, "a notice stands there"
    remove_version(article.revisions.get(), None, REASON)
    for address in ("/articles/the-bridge/", "/articles/the-bridge/versions/", "/articles/the-long-bridge/"):
        assert client.get(address).status_code == 404


def test_a_former_address_waits_with_what_comes_after_it(client: Client) -> None:
    article = make_article("The bridge")
    change_slug(article, None, "the-long-bridge")
    remove_version(article.revisions.get(), None, REASON)
    later = save_revision(article, Content(headline="Later"), None)
    at = timezone.now() + DAY
    publish(article, None, revision=later, at=at)
    assert client.get("/articles/the-bridge/").status_code == 404
    with time_machine.travel(at + DAY):
        assert client.get("/articles/the-bridge/")["Location"] == "/articles/the-long-bridge/"


# What the newsroom learns


@pytest.mark.parametrize("group", ["reporter", "reviewer", "editor"])
def test_only_who_may_remove_reads_what_was_removed(article: Article, group: str) -> None:
    number = removed_number(article)
    somebody, chief = signed_in(make_staff(group)), signed_in(make_staff("admin", "chief"))
    revision = article.revisions.get(number=number)
    for address, words in (
        (page("preview", article, f"?revision={number}"), "Ada spoke first."),
        (page("compare", article, f"?from={number}&to={number + 1}"), f"From revision {number} to revision"),
    ):
        assert somebody.get(address).status_code == 403
        assert words in chief.get(address).content.decode()
    stored = reverse("admin:articles_revision_change", args=[revision.pk])
    assert "spoke first" not in somebody.get(stored, follow=True).content.decode()
    assert "spoke first" in chief.get(stored).content.decode()


@pytest.mark.parametrize(
    ("group", "knows", "knows_why"),
    [("reporter", False, False), ("reviewer", False, False), ("editor", True, False), ("admin", True, True)],
)
def test_the_history_tells_an_editor_that_it_was_removed_and_those_who_remove_why(
    article: Article, group: str, knows: bool, knows_why: bool
) -> None:
    client = signed_in(make_staff(group))
    text = client.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert ("removed from the site for a legal reason" in text) is knows
    assert ("Removed from the site" in text) is knows
    assert (REASON in text) is knows_why


def test_a_text_that_was_removed_is_not_read_beside_its_article() -> None:
    article = make_article("The bridge", "Ada spoke first.")
    remove_version(article.revisions.get(), None, REASON)
    reviewer: User = make_staff("reviewer")
    answer: Any = signed_in(reviewer).get(page("change", article))
    assert answer.status_code == 200
    assert "spoke first" not in answer.content.decode()
