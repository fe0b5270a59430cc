"""Two editors in one article, closed tabs, ended sessions and lost connections: nothing that was typed is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from articles.models import Article, WorkingCopy
from articles.working_copies import typed_in
from tests.factories import make_article
from tests.staff import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEARD = 12_000
"""Milliseconds in which one writer is told of another: a form is heard of every five seconds."""


@pytest.fixture
def article() -> Article:
    return make_article("The bridge is closed", "One day.", "Ostria was silent.", public=False)


@pytest.fixture
def newsroom(browser: Browser, live_server: Any) -> Iterator[Any]:
    """Return how a further editor, of a new account, sits down at a browser of her own."""
    contexts: list[BrowserContext] = []

    def sit_down(name: str) -> Page:
        make_staff("editor", name)
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
        contexts.append(context)
        page = context.new_page()
        sign_in(page, name)
        return page

    yield sit_down
    for context in contexts:
        context.close()


def sign_in(page: Page, name: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(name)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="What waits for you")).to_be_visible()


def open_form(page: Page, article: Article) -> None:
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    expect(page.locator(".tiptap")).to_be_visible()


def type_at_the_end(page: Page, paragraph: int, words: str) -> None:
    page.locator(".tiptap p").nth(paragraph).click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def kept(page: Page) -> None:
    """Wait until what was typed is kept on the server."""
    expect(page.locator("#writing-state")).to_contain_text("not saved", timeout=HEARD)
    expect(page.locator("#writing-state")).to_contain_text("Kept")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue editing").click()


def test_two_editors_see_each_other_and_the_second_save_merges_both_texts(
    newsroom: Any, article: Article
) -> None:
    ada, boris = newsroom("ada"), newsroom("boris")
    open_form(ada, article)
    open_form(boris, article)
    expect(ada.locator("#writing-others")).to_contain_text("boris has had this open since", timeout=HEARD)
    expect(boris.locator("#writing-others")).to_contain_text("ada has had this open since", timeout=HEARD)

    # Both write: in different paragraphs, and in the same words of the headline.
    type_at_the_end(ada, 0, " Or two.")
    ada.get_by_label("Headline:").fill("The bridge is open")
    kept(ada)
    type_at_the_end(boris, 1, " Vesta was not.")
    boris.get_by_label("Headline:").fill("The bridge is gone")
    expect(boris.locator("#writing-others")).to_contain_text("changes that are not saved", timeout=HEARD)

    save(ada)
    expect(ada.get_by_text("was changed successfully")).to_be_visible()
    expect(boris.locator("#writing-newer")).to_contain_text("ada saved revision 2", timeout=HEARD)

    with boris.expect_response(
        lambda answer: answer.url.endswith("/change/") and answer.request.method == "POST"
    ) as answer:
        save(boris)
    assert answer.value.status == 409
    conflict = boris.locator("#conflict")
    expect(conflict.locator(".overlap")).to_have_text("Both changed closed: ada to open, you to gone.")
    expect(conflict.locator(".theirs").first).to_contain_text("open")
    expect(conflict.locator(".yours").first).to_contain_text("gone")
    expect(boris.locator(".tiptap")).to_contain_text("Or two.")
    expect(boris.locator(".tiptap")).to_contain_text("Vesta was not.")
    expect(boris.get_by_label("Headline:")).to_have_value("The bridge is gone")

    # By the keyboard: theirs, and mine again, and the merge is saved.
    theirs = boris.get_by_role("group", name="of it: Headline").get_by_role("button", name="Take theirs")
    theirs.focus()
    boris.keyboard.press("Enter")
    expect(boris.get_by_label("Headline:")).to_have_value("The bridge is open")
    expect(boris.locator("#conflict-told")).to_contain_text("Headline: theirs is in the form")
    body = boris.get_by_role("group", name="of it: Text")
    body.get_by_role("button", name="Take mine").click()
    expect(boris.locator(".tiptap")).not_to_contain_text("Or two.")
    body.get_by_role("button", name="Take the merge").click()
    expect(boris.locator(".tiptap")).to_contain_text("Or two.")
    boris.get_by_role("button", name="Save the merge").click()
    expect(boris.get_by_text("was changed successfully")).to_be_visible()
    latest = article.revisions.latest("number")
    assert (latest.number, latest.headline) == (3, "The bridge is open")
    assert latest.text == "One day. Or two.\n\nOstria was silent. Vesta was not."
    assert article.revisions.get(number=2).text == "One day. Or two.\n\nOstria was silent."


def test_what_was_typed_in_a_tab_that_was_closed_is_offered_and_taken(
    newsroom: Any, article: Article
) -> None:
    ada = newsroom("ada")
    open_form(ada, article)
    type_at_the_end(ada, 0, " Or two.")
    # Closed before the pause after which it would be sent.
    ada.close(run_before_unload=False)
    again = ada.context.new_page()
    open_form(again, article)
    again.get_by_role("button", name="Take the text").click()
    expect(again.locator(".told")).to_contain_text("It is not saved yet")
    expect(again.locator(".tiptap")).to_contain_text("One day. Or two.")
    save(again)
    expect(again.get_by_text("was changed successfully")).to_be_visible()
    assert article.revisions.latest("number").text.startswith("One day. Or two.")
    open_form(again, article)
    again.wait_for_function(
        "document.getElementById('writing').dataset.user && !document.querySelector('.offers')"
    )
    assert not WorkingCopy.objects.filter(content__isnull=False).exists()


def test_a_new_article_that_was_never_saved_is_offered(newsroom: Any) -> None:
    ada = newsroom("ada")
    ada.goto("/admin/articles/article/add/")
    ada.get_by_label("Headline:").fill("Only begun")
    kept(ada)
    ada.close()
    again = ada.context.new_page()
    again.goto("/admin/articles/article/add/")
    expect(again.locator(".offers")).to_contain_text("Only begun", timeout=HEARD)
    again.get_by_role("button", name="Take the text").click()
    expect(again.get_by_label("Headline:")).to_have_value("Only begun")


def test_after_the_session_ended_the_text_is_safe_and_saved_once_signed_in_again(
    newsroom: Any, article: Article
) -> None:
    ada = newsroom("ada")
    open_form(ada, article)
    Session.objects.all().delete()
    type_at_the_end(ada, 0, " Or two.")
    expect(ada.locator("#writing-state")).to_contain_text("You are signed out", timeout=HEARD)
    other = ada.context.new_page()
    sign_in(other, "ada")
    kept(ada)
    save(ada)
    expect(ada.get_by_text("was changed successfully")).to_be_visible()
    assert article.revisions.latest("number").text.startswith("One day. Or two.")


def test_a_save_that_only_met_the_page_to_sign_in_is_offered_after_it(
    newsroom: Any, article: Article
) -> None:
    ada = newsroom("ada")
    open_form(ada, article)
    Session.objects.all().delete()
    type_at_the_end(ada, 0, " Or two.")
    save(ada)
    expect(ada.get_by_label("Username")).to_be_visible()
    sign_in(ada, "ada")
    open_form(ada, article)
    expect(ada.locator(".offers")).to_be_visible(timeout=HEARD)
    ada.get_by_role("button", name="Take the text").click()
    expect(ada.locator(".tiptap")).to_contain_text("One day. Or two.")


def test_without_a_connection_the_browser_keeps_the_text_and_sends_it_later(
    newsroom: Any, article: Article
) -> None:
    ada = newsroom("ada")
    open_form(ada, article)
    ada.context.set_offline(True)
    type_at_the_end(ada, 0, " Or two.")
    expect(ada.locator("#writing-state")).to_contain_text("Offline: kept in this browser", timeout=HEARD)
    assert not WorkingCopy.objects.filter(content__isnull=False).exists()
    ada.context.set_offline(False)
    kept(ada)
    copy = WorkingCopy.objects.get(content__isnull=False)
    assert "One day. Or two." in typed_in(copy)["body"][0]


def test_a_save_that_never_reached_the_server_is_offered_again(newsroom: Any, article: Article) -> None:
    ada = newsroom("ada")
    open_form(ada, article)
    ada.context.set_offline(True)
    type_at_the_end(ada, 0, " Or two.")
    save(ada)
    ada.wait_for_timeout(500)
    ada.close()
    ada.context.set_offline(False)
    again = ada.context.new_page()
    open_form(again, article)
    expect(again.locator(".offers")).to_be_visible(timeout=HEARD)
    again.get_by_role("button", name="Take the text").click()
    expect(again.locator(".tiptap")).to_contain_text("One day. Or two.")
    assert article.revisions.count() == 1
