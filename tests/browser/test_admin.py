"""The admin in a browser: no page breaks the policy, the keyboard works, no click loses what was typed."""

import pytest
from django.contrib import admin
from django.urls import reverse
from playwright.sync_api import Dialog, Page, expect

from articles.models import Article
from assertions.models import Assertion
from tests.browser.test_newsroom import sign_in
from tests.factories import make_actor, make_article, make_assertion, make_question
from tests.staff import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def change(row: Article | Assertion) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_no_page_of_the_admin_breaks_the_policy_or_runs_over_a_phone(page: Page) -> None:
    make_staff("admin")
    article = make_article("News", "Ada Vale met Lind.")
    ada = make_actor("Ada Vale")
    assertion = make_assertion("They met.", ada, article=article, accepted=False)
    make_question("Did they meet?")
    sign_in(page, "admin")
    addresses = ["/admin/", "/admin/articles/", "/admin/password_change/", change(article), change(assertion)]
    addresses += [
        reverse(f"admin:articles_article_{name}", args=[article.pk])
        for name in ("publish", "withdraw", "history")
    ]
    addresses += [reverse("admin:actors_actor_delete", args=[ada.pk]), reverse("admin:articles_article_add")]
    addresses += [reverse("admin:assertions_assertion_add"), reverse("admin:actors_actor_add")]
    for model in admin.site._registry:
        addresses.append(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
    page.set_viewport_size({"width": 390, "height": 800})
    for address in addresses:
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    # The page fixture asserts that the console stayed silent.


def test_a_click_away_asks_before_what_was_typed_is_lost_and_the_keyboard_saves(page: Page) -> None:
    make_staff("admin")
    article = make_article("News", "One.", public=False)
    sign_in(page, "admin")
    page.goto(change(article))
    page.locator(".tiptap").click()
    page.keyboard.type("Typed with  spaces. ")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("link", name="Topics", exact=True).click()
    assert asked == ["beforeunload"]
    expect(page.locator(".tiptap")).to_contain_text("Typed with")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert "Typed with spaces." in article.revisions.latest("number").text


def test_two_who_write_at_once_both_keep_their_text(page: Page) -> None:
    make_staff("admin")
    article = make_article("News", "One.", public=False)
    sign_in(page, "admin")
    page.goto(change(article))
    other = page.context.new_page()
    other.goto(change(article))
    other.get_by_label("Headline:").fill("Theirs")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_text("was changed successfully")).to_be_visible()
    page.get_by_label("Headline:").fill("Mine")
    saved = page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url.endswith("/change/")
    )
    with saved as answer:
        page.get_by_role("button", name="Save", exact=True).click()
    assert answer.value.status == 409
    expect(page.get_by_role("heading", name="Two changes to the same text")).to_be_visible()
    expect(page.locator(".text.theirs")).to_contain_text("Theirs")
    expect(page.get_by_label("Headline:")).to_have_value("Mine")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert list(article.revisions.values_list("headline", flat=True)) == ["Mine", "Theirs", "News"]
