"""The board, the schedule and the steps of an article in a browser: by keyboard, accessible, and on a phone."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.actions import Content, approve, assign, create_article, publish, submit
from articles.models import Article
from cms.models import User
from tests.browser.test_every_kind_of_page import AXE, RULES, seen_by_axe
from tests.browser.test_newsroom import sign_in
from tests.staff import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def write(headline: str, by: User) -> Article:
    return create_article(by, Content(headline=headline, body=f"<p>{headline}.</p>"))


@pytest.fixture
def newsroom() -> None:
    editor, reporter = make_staff("editor"), make_staff("reporter")
    write("One draft", editor)
    write("Another draft", editor)
    read = write("To read", reporter)
    submit(read, reporter, "Please.")
    assign(read, editor, to=editor, due=timezone.now() + timedelta(days=1))
    good = write("Good", reporter)
    submit(good, reporter)
    approve(good, editor)
    publish(write("Soon", reporter), editor, at=timezone.now() + timedelta(days=1))


def assert_accessible(page: Page, address: str) -> None:
    for light, what in RULES.items():
        page.emulate_media(color_scheme=light)
        assert seen_by_axe(page, what) == [], (address, page.viewport_size, light)


def focused(page: Page) -> Any:
    return page.evaluate("document.activeElement.textContent")


def test_the_board_is_read_and_opened_with_the_keyboard_alone(page: Page, newsroom: None) -> None:
    sign_in(page, "editor")
    page.keyboard.press("g")
    page.keyboard.press("b")
    expect(page.get_by_role("heading", name="Board", exact=True)).to_be_visible()
    page.keyboard.press("j")
    assert focused(page) == "Another draft"
    page.keyboard.press("j")
    assert focused(page) == "One draft"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "To read"
    page.keyboard.press("k")
    assert focused(page) == "One draft"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "To read"
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Next card")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.get_by_label("Words").input_value() == "jk"
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing on the board fits this filter.")).to_be_visible()
    page.get_by_role("link", name="Assigned to me").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="To read")).to_be_visible()


def test_an_article_goes_from_draft_to_its_publication_by_the_next_step_beside_it(
    page: Page, newsroom: None
) -> None:
    sign_in(page, "editor")
    page.goto(reverse("admin:articles_article_change", args=[Article.objects.get(slug="one-draft").pk]))
    beside = page.get_by_label("How it stands")
    beside.get_by_label("Note").fill("Two sources.")
    beside.get_by_role("button", name="Submit for review").press("Enter")
    expect(page.get_by_text("Revision 1 is in review now.")).to_be_visible()
    expect(beside).to_contain_text("Two sources.")
    beside.get_by_role("button", name="Approve").press("Enter")
    expect(page.get_by_text("Revision 1 is approved.")).to_be_visible()
    beside.get_by_role("link", name="Publish …", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Publish “One draft”")).to_be_visible()


def test_steps_and_assignment_work_without_javascript(page: Page, newsroom: None) -> None:
    sign_in(page, "editor")
    article = Article.objects.get(slug="one-draft")
    context = page.context.browser.new_context(  # type: ignore[union-attr]
        base_url=page.url.partition("/admin/")[0], java_script_enabled=False,
        storage_state=page.context.storage_state(),
    )  # fmt: skip
    plain = context.new_page()
    plain.goto(reverse("admin:articles_article_change", args=[article.pk]))
    plain.get_by_role("button", name="Submit for review").click()
    expect(plain.get_by_text("Revision 1 is in review now.")).to_be_visible()
    plain.get_by_role("button", name="Take back").click()
    expect(plain.get_by_text("Revision 1 is a draft again.")).to_be_visible()
    plain.get_by_label("Assigned to").select_option("editor")
    plain.get_by_role("button", name="Assign").click()
    expect(plain.get_by_text("Assigned to editor.")).to_be_visible()
    plain.goto("/admin/board/?assignee=me")
    expect(plain.get_by_role("heading", name="One draft")).to_be_visible()
    context.close()


def test_the_pages_of_the_newsroom_are_accessible_in_any_light_on_any_screen(
    page: Page, newsroom: None
) -> None:
    sign_in(page, "editor")
    for address in ("/admin/board/", "/admin/board/?q=nothing&stage=bad", "/admin/schedule/", "/admin/"):
        page.goto(address)
        page.evaluate(AXE)
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (address, width)
            assert_accessible(page, address)


def test_the_lists_of_the_newsroom_are_accessible_when_sorted_too(page: Page, newsroom: None) -> None:
    sign_in(page, "editor")
    for address in (
        "/admin/articles/article/?o=3",
        "/admin/articles/correction/?o=2",
        "/admin/articles/topic/?o=1",
        "/admin/actors/actor/?o=-1",
    ):
        page.goto(address)
        page.evaluate(AXE)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert_accessible(page, address)


def test_the_steps_beside_an_article_are_accessible(page: Page, newsroom: None) -> None:
    sign_in(page, "editor")
    # A page of its own: axe itself sets a style beside the editor, which the policy refuses, and the console says so.
    form = page.context.new_page()
    for slug in ("one-draft", "to-read", "good", "soon"):
        form.goto(reverse("admin:articles_article_change", args=[Article.objects.get(slug=slug).pk]))
        form.evaluate(AXE)
        found = form.evaluate("axe.run('.workflow', {resultTypes: ['violations']})")["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], slug
