"""A hostile text that was imported and published does nothing in a reader's browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from articles.actions import publish_topic
from articles.models import Topic
from tests.factories import make_actor
from tests.hostile_text import import_hostile_article

ACTIVE = "iframe, object, embed, base, [onerror], [onclick], [onload], script:not([src], [type='application/ld+json'])"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_imported_text_runs_nothing_on_any_page_that_shows_it(page: Page, tmp_path: Path) -> None:
    make_actor("Ada Vale")
    article = import_hostile_article(tmp_path)
    for topic in Topic.objects.all():
        publish_topic(topic, None)
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in (
        article.get_absolute_url(),
        "/",
        "/articles/?q=Headline",
        "/topics/",
        "/search/?q=Headline",
    ):
        page.goto(address)
        expect(page.locator("main")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.locator(ACTIVE)).to_have_count(0)
        expect(
            page.locator("a[href^='javascript' i], a[href^='data' i], a[href*='evil.example']")
        ).to_have_count(0)
    # Refused is not enough: that nothing was even tried shows that the policy of the pages was not what held.
    page.goto(article.get_absolute_url())
    expect(page.get_by_role("link", name="Ada Vale").first).to_be_visible()
    assert dialogs == []
    assert [url for url in asked if "evil.example" in url] == []
