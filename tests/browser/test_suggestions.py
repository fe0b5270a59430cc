"""Suggestions come to the form of an article while somebody looks at it, and what rules earn can be read by all."""

import pytest
from playwright.sync_api import Page, expect

from assertions import actions
from assertions.models import Assertion
from tests.assertions.worker import worker_process
from tests.browser.test_comfort import open_form, seen_by_axe
from tests.browser.test_every_kind_of_page import AXE
from tests.browser.test_newsroom import sign_in
from tests.factories import accept, make_actor, make_article
from tests.staff import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_is_found_in_a_text_comes_to_its_form_without_a_new_load(page: Page) -> None:
    make_actor("Ada Vale")
    article = make_article("Ships", "Ada Vale said that ships had left.", public=False)
    make_staff("admin")
    sign_in(page, "admin")
    open_form(page, article)
    part = page.locator("#suggestions")
    expect(part.get_by_role("status")).to_have_text("Reading the text …")
    page.evaluate("window.sameLoad = true")
    with worker_process():
        expect(part.get_by_role("status")).to_have_text("1 suggestion to decide.", timeout=60_000)
    link = part.get_by_role("link", name="Ships had left.")
    expect(link).to_be_visible()
    assert page.evaluate("window.sameLoad")
    # The checker itself writes styles into its page, which is told there as a breach of the policy.
    other = page.context.new_page()
    open_form(other, article)
    other.evaluate(AXE)
    assert seen_by_axe(other, "#suggestions") == []
    other.close()
    link.press("Enter")
    expect(page).to_have_url(f"/admin/desk/assertions/{Assertion.objects.get().identifier}/")


@pytest.mark.parametrize("width", [1280, 390])
def test_what_rules_earn_is_a_page_that_axe_passes(page: Page, width: int) -> None:
    make_actor("Ada Vale")
    article = make_article(
        "Ships", "Ada Vale said that ships had left. Ada Vale denied that goods were sent."
    )
    actions.store_suggestions(article.pk)
    edited = Assertion.objects.earliest("pk")
    Assertion.objects.filter(pk=edited.pk).update(claim="Two ships had left.")
    accept(edited)
    make_staff("reviewer")
    sign_in(page, "reviewer")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/desk/rules/")
    expect(page.get_by_role("row", name="Proposition")).to_be_visible()
    page.evaluate(AXE)
    assert seen_by_axe(page, "body") == []
