"""A reader without scripts finds who first confirmed what, in which words, and who had denied it: in four clicks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def page(browser: Browser, coverage: str) -> Iterator[Page]:
    """A page of a visitor whose browser runs no scripts."""
    context = browser.new_context(base_url=coverage, java_script_enabled=False)
    yield context.new_page()
    context.close()


def click(link: Locator) -> None:
    expect(link).to_be_visible()
    link.click()


@pytest.mark.parametrize("width", [1280, 390])
def test_from_home_to_the_words_of_the_first_confirmation_and_to_who_had_denied_it(
    page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/")
    click(page.get_by_role("navigation", name="Site").get_by_role("link", name="Questions"))
    click(page.get_by_role("link", name="Has North Korea sent troops to Russia?"))
    change = page.get_by_role("listitem").filter(has_text="North Korea declined to comment")
    click(change.get_by_role("link", name="confirmed it on 28 April 2025"))

    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "confirms that North Korea sent combat troops"
    )
    words = page.locator("blockquote mark").first
    expect(words).to_be_visible()
    expect(words).to_contain_text("confirmed for the first time that it had sent combat troops")

    deniers = page.locator("section, div").filter(
        has=page.get_by_role("heading", name="Who had denied it before")
    )
    click(
        deniers.last.get_by_role("link", name="Denies that North Korean soldiers have been sent to Russia.")
    )
    expect(page.get_by_role("heading", level=1)).to_contain_text("Maria Zakharova denies")
    expect(page.locator("main")).to_contain_text("23 October 2024")
