"""The queue in a browser: filtered, kept and decided by the keyboard, accessible in any light on any screen."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from assertions import actions
from assertions.models import Assertion, Review
from tests.assertions.desk_cast import make_double, make_suggestion, make_waiting
from tests.browser.test_every_kind_of_page import AXE, EVERYTHING, seen_by_axe
from tests.browser.test_newsroom import sign_in
from tests.factories import make_assertion
from tests.staff import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUEUE = "/admin/desk/queue/"


@pytest.fixture
def desk() -> None:
    reviewer, other = make_staff("reviewer"), make_staff("reviewer", "other")
    make_waiting("Ships left.", act="denies")
    make_waiting("Proposed by the reader.", reviewer)
    make_waiting("Two decide.", topics=[make_double()])
    actions.take(make_waiting("In other hands."), other)
    actions.take(make_waiting("In the reader's hands."), reviewer)
    contradicting = make_suggestion("Goods were sent.")
    actions.link(contradicting, make_assertion("Accepted."), None, type="contradicts")
    actions.save_filter(reviewer, name="Denials", query="act=denies")
    actions.save_filter(reviewer, name="Gone", query="tag=gone")


def focused(page: Page) -> Any:
    return page.evaluate("document.activeElement.textContent")


def test_rows_are_chosen_and_decided_with_the_keyboard_alone(page: Page, desk: None) -> None:
    sign_in(page, "reviewer")
    page.goto(QUEUE)
    page.keyboard.press("j")
    assert focused(page) == "Goods were sent."
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    assert focused(page) == "Ships left."
    page.keyboard.press("x")
    page.get_by_label("Verdict").focus()
    page.keyboard.type("accept")
    page.get_by_role("button", name="Show what will happen").press("Enter")
    expect(page.get_by_text("2 assertions chosen.")).to_be_visible()
    expect(page.get_by_text("To accept, grade it.")).to_have_count(2)
    for label, letter in (("Attribution", "the evidence carries it"), ("Source", "B"), ("Information", "2")):
        page.get_by_label(label).focus()
        page.keyboard.type(letter)
    page.get_by_role("button", name="Show what will happen").press("Enter")
    expect(page.get_by_role("heading", name="2 of 2 will be: accepted B2")).to_be_visible()
    assert not Review.objects.exclude(decided_by=None).exists()
    page.get_by_role("button", name="Decide on 2").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 accepted B2.")
    page.get_by_role("link", name="Back to the queue").press("Enter")
    expect(page.get_by_role("link", name="Ships left.")).to_have_count(0)
    assert Review.objects.filter(decided_by__username="reviewer").count() == 2


def test_a_filter_is_asked_for_kept_and_found_on_the_desk(page: Page, desk: None) -> None:
    sign_in(page, "reviewer")
    page.goto(QUEUE)
    page.locator("summary", has_text="Filter").press("Enter")
    page.get_by_label("Contradicts something").select_option("yes")
    page.get_by_role("button", name="Filter", exact=True).press("Enter")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="Keep this filter …").press("Enter")
    page.get_by_label("Name of the filter").fill("In conflict")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The filter “In conflict” is kept")).to_be_visible()
    page.goto("/admin/desk/")
    page.get_by_role("link", name="In conflict", exact=True).press("Enter")
    expect(page.get_by_role("link", name="Goods were sent.")).to_be_visible()
    assert page.get_by_role("link", name="Begin").get_attribute("href") == (
        reverse("admin:desk_next") + "?contradicts=yes"
    )


def test_how_many_are_chosen_stays_in_sight_on_a_phone_with_the_way_to_decide(page: Page, desk: None) -> None:
    for number in range(12):
        make_waiting(f"Ship {number} left the harbour with goods that nobody had counted.")
    sign_in(page, "reviewer")
    page.set_viewport_size({"width": 390, "height": 600})
    page.goto(QUEUE)
    way = page.get_by_role("link", name="Decide on them …")
    expect(way).to_be_hidden()
    page.locator(".list input[name=row]").first.check()
    page.locator(".list input[name=row]").nth(1).check()
    expect(page.get_by_text("2 chosen")).to_be_in_viewport()
    way.press("Enter")
    expect(page.get_by_label("Verdict")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_lists_of_the_desk_are_accessible_in_any_light_on_any_screen(
    page: Page, desk: None, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    sign_in(page, "reviewer")
    for address in ("/admin/desk/", QUEUE, f"{QUEUE}?act=sings&age=old", f"{QUEUE}?q=nothing"):
        page.goto(address)
        assert_accessible(page, address)
    # A page of its own: axe looks for the stylesheets that those of a form import, and the console says so.
    form = page.context.new_page()
    form.goto(reverse("admin:desk_filter_save") + "?act=denies")
    assert_accessible(form, "keeping a filter")
    # The same page, since the console tells of the status of what is not there.
    form.goto(f"{QUEUE}?after=none")
    assert_accessible(form, "a page of the list that is not there")
    page.goto(QUEUE)
    page.set_viewport_size({"width": 390, "height": 900})
    row = page.get_by_role("link", name="Ships left.").locator("xpath=ancestor::tr").bounding_box()
    assert row is not None and row["width"] > 340 and row["height"] < 160
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_label("Choose all on this page").check()
    page.get_by_label("Verdict").select_option("dispute")
    page.get_by_label("Reason").fill("The evidence is thin.")
    page.get_by_role("button", name="Show what will happen").click()
    expect(page.get_by_text("other has it in hand")).to_be_visible()
    assert_accessible(page, "what will happen")
    Assertion.objects.filter(claim="Ships left.").update(hedge="perhaps")
    page.get_by_role("button", name="Decide on").click()
    expect(page.get_by_text("The claim was changed")).to_be_visible()
    assert_accessible(page, "what happened")


def assert_accessible(page: Page, name: str) -> None:
    page.evaluate(AXE)
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        assert seen_by_axe(page, EVERYTHING) == [], (name, width)
    page.set_viewport_size({"width": 1280, "height": 900})
