"""Reprints and names that nobody bears, by the keyboard, and looked at by axe at two widths."""

import pytest
from playwright.sync_api import Page, expect

from articles.actions import find_reprints, note_unknown_names
from articles.models import PassedName, Reprint
from tests.articles.test_reprints import ITEM
from tests.browser.test_every_kind_of_page import AXE, EVERYTHING, seen_by_axe
from tests.browser.test_newsroom import sign_in
from tests.factories import days_ago, make_actor, make_article
from tests.staff import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page: Page) -> Page:
    make_staff("editor")
    for name, paragraphs in (("Item", ITEM), ("Copy", ITEM[:4]), ("Other copy", ITEM[::-1])):
        article = make_article(name, *paragraphs, published=days_ago(len(name)))
        find_reprints(article)
        note_unknown_names(article)
    make_actor("Ada Veil")
    sign_in(page, "editor")
    return page


def press(page: Page, key: str) -> None:
    """Press a key once the page's script listens."""
    page.wait_for_load_state("load")
    page.keyboard.press(key)


def test_pairs_are_settled_by_keys(desk: Page) -> None:
    desk.goto("/admin/desk/reprints/")
    desk.locator(".waiting h2 a").first.click()
    expect(desk.get_by_role("button", name="It is a reprint")).to_be_visible()
    press(desk, "x")
    expect(desk.get_by_text("The two changed places.")).to_be_visible()
    press(desk, "c")
    expect(desk.get_by_text("is a reprint.")).to_be_visible()
    press(desk, "r")
    expect(desk.get_by_text("is no reprint.")).to_be_visible()
    assert set(Reprint.objects.values_list("state", flat=True)) >= {"confirmed", "refused"}


def test_a_name_is_passed_over_by_keys_and_focus_goes_to_the_next(desk: Page) -> None:
    desk.goto("/admin/desk/names/")
    names = desk.locator("fieldset.name")
    following = names.nth(1).locator("legend").inner_text()
    names.first.get_by_label("No actor, because it is").focus()
    desk.keyboard.type("a place")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("is passed over.")).to_be_visible()
    assert PassedName.objects.get().reason == "a place"
    desk.keyboard.press("Tab")
    around = "document.activeElement.closest('fieldset').querySelector('legend').innerText"
    assert desk.evaluate(around) == following


def test_the_pages_have_no_finding_of_axe(desk: Page) -> None:
    pair = Reprint.objects.order_by("pk")[0].pk
    for width in (1280, 390):
        desk.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            desk.emulate_media(color_scheme=scheme)
            for address in (
                "reprints/",
                f"reprints/{pair}/",
                "names/",
                "names/?kind=places",
                "names/passed/",
            ):
                desk.goto(f"/admin/desk/{address}")
                desk.evaluate(AXE)
                assert seen_by_axe(desk, EVERYTHING) == [], (width, scheme, address)
                assert not desk.evaluate("document.documentElement.scrollWidth > innerWidth"), (
                    width,
                    address,
                )
