"""Versions of an article and what changed between them, on every screen, in any light, by the keyboard."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.actions import Content, Told, publish, save_revision
from articles.models import Article
from tests.articles.versions import seen_in_turn
from tests.browser.nu import complaints
from tests.browser.test_every_kind_of_page import AXE, RULES, seen_by_axe
from tests.factories import make_actor, make_topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "The harbour master said that nothing had been seen of it."
MOVED = "A paragraph that stands elsewhere in the later version."


@pytest.fixture
def article(live_server: Any) -> Article:
    make_actor("Ada Vale")
    article = seen_in_turn(
        "The harbour",
        (f"{MOVED}\n\nAda Vale said that one ship left.\n\n{KEPT}\n\n{KEPT} Twice.", 9, 5),
        (f"Ada Vale said that two ships left.\n\n{KEPT}\n\n{KEPT} Twice.\n\n{MOVED}", 4, None),
    )
    content = Content(
        headline="The harbour is shut",
        standfirst="A very-long-word-without-any-place-to-break-" * 3,
        body=f"<p>Ada Vale said that <em>three</em> ships left.</p><p>{KEPT}</p><p>{'ship' * 60}</p>",
        topics=[make_topic("Ships")],
    )
    save_revision(article, content, None)
    publish(article, None, correction=Told("correction", "There were three."))
    return article


def pages(article: Article) -> list[str]:
    changes = reverse("articles:changes", args=[article.slug, 3])
    return [
        reverse("articles:versions", args=[article.slug]),
        *(reverse("articles:version", args=[article.slug, number]) for number in (1, 3)),
        reverse("articles:changes", args=[article.slug, 2]),
        f"{changes}?since=1",
    ]


def test_pages_of_versions_are_valid_accessible_and_fit_every_screen(
    page: Page, article: Article, client: Any, tmp_path: Path
) -> None:
    found: dict[str, list[str]] = {}
    for address in pages(article):
        page.goto(address)
        page.evaluate(AXE)
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.setdefault(f"{address} at {width}", []).append("scrolls sideways")
            for light, what in RULES.items():
                page.emulate_media(color_scheme=light)
                if violations := seen_by_axe(page, what):
                    found.setdefault(f"{address} at {width}, {light}", []).extend(violations)
    assert found == {}
    refused = [f"{reverse('articles:changes', args=[article.slug, 3])}?since=9"]
    asked = [*pages(article), *refused, f"{article.get_absolute_url()}?as_of=2001-01-01"]
    assert complaints({address: client.get(address).content for address in asked}, tmp_path) == {}


def test_a_reader_goes_from_the_article_to_what_changed_by_the_keyboard(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    page.get_by_role("link", name="3 versions").press("Enter")
    page.get_by_label("From version").select_option("1")
    page.get_by_label("to version").select_option("2")
    page.get_by_role("button", name="Compare").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("From version 1 to version 2")
    expect(page.locator("ins")).to_contain_text(["two ships"])
    expect(page.get_by_text("A paragraph that stood here was moved.")).to_be_visible()
    page.get_by_text("2 paragraphs unchanged").press("Enter")
    expect(page.get_by_text(f"{KEPT} Twice.")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Version 1", exact=True).press("Enter")
    expect(page.get_by_label("About this version")).to_contain_text("Correction since")


def test_a_date_leads_to_the_page_as_it_was(page: Page, article: Article) -> None:
    page.goto(article.get_absolute_url())
    day = page.get_by_label("See this page as of a date")
    latest = day.get_attribute("max")
    assert latest
    day.fill(latest)
    page.get_by_role("button", name="Show").press("Enter")
    expect(page.get_by_label("An earlier day")).to_contain_text("so far")
    page.get_by_role("link", name="This page today").press("Enter")
    expect(page.get_by_label("An earlier day")).to_have_count(0)
