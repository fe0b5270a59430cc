"""The newsroom's work from an empty site to what a reader sees, by hand in a browser."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.staff import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, name: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(name)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="What waits for you")).to_be_visible()


def choose(page: Page, control: str, words: str) -> None:
    """Choose a row in a field that searches, by the id of its control."""
    page.locator(f"#{control} + .select2-container .select2-selection").click()
    page.locator(".select2-search--dropdown .select2-search__field").fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def add_row(page: Page, prefix: str) -> None:
    page.locator(f"#{prefix}-group .add-row a").click()


def create_actor(page: Page, name: str, kind: str) -> None:
    page.goto("/admin/actors/actor/add/")
    page.get_by_label("Name:", exact=True).press_sequentially(name)
    page.get_by_label("Kind:").select_option(kind)
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text(f"Saved and public now: {name}")).to_be_visible()


def paste(page: Page, editor: Locator, text: str) -> None:
    """Put a plain text into the editor as the clipboard would."""
    editor.click()
    editor.evaluate(
        """(node, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const options = {clipboardData: data, bubbles: true, cancelable: true};
            node.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def publish_question(page: Page, wording: str) -> None:
    page.goto("/admin/assertions/question/add/")
    page.get_by_label("Wording:").press_sequentially(wording)
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Saved and public now")).to_be_visible()


def publish_measure(page: Page, name: str) -> None:
    page.goto("/admin/assertions/measure/add/")
    page.get_by_label("Name:", exact=True).press_sequentially(name)
    page.get_by_label("What is counted:").fill("soldiers who left")
    page.get_by_label("Unit:").fill("soldiers")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Saved and public now")).to_be_visible()


def test_an_editor_builds_an_article_and_an_assertion_by_hand_and_a_reader_sees_all_of_it(page: Page) -> None:
    make_staff("admin")
    sign_in(page, "admin")
    create_actor(page, "Ostria", "state")
    create_actor(page, "Ada Vale", "person")
    create_actor(page, "Boris Klint", "person")
    create_actor(page, "Northern Wire", "media")
    publish_question(page, "Did soldiers leave Vesta")
    publish_measure(page, "Soldiers who left Vesta")

    # The article is pasted, and published from its page.
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Headline:").fill("Soldiers leave Vesta")
    paste(
        page,
        page.locator(".tiptap"),
        "Some 3,000 soldiers left Vesta, Ada Vale and Boris Klint said.\n\nOstria was silent.",
    )
    page.get_by_role("button", name="Save and publish …").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Revision 1: public since")).to_be_visible()
    expect(page.get_by_label("How it stands").get_by_role("link", name="Ada Vale")).to_be_visible()

    # The assertion is built from the article.
    page.get_by_role("link", name="Add an assertion").click()
    page.get_by_label("Proposition:").fill("Some 3,000 soldiers left Vesta.")
    page.get_by_label("Said:").fill("2024-10-23")
    for prefix, rows in {"speakers": 2, "relays": 2, "quantities": 1, "answers": 1}.items():
        for _ in range(rows):
            add_row(page, prefix)
    choose(page, "id_speakers-0-actor", "Ada Vale")
    page.locator("#id_speakers-0-office").fill("spokeswoman")
    choose(page, "id_speakers-0-speaks_for", "Ostria")
    choose(page, "id_speakers-1-actor", "Boris Klint")
    page.locator("#id_relays-0-description").fill("an intelligence service")
    choose(page, "id_relays-1-actor", "Northern Wire")
    page.locator("#id_evidence-0-exact").fill("Some 3,000 soldiers left Vesta")
    choose(page, "id_quantities-0-measure", "Soldiers who left")
    page.locator("#id_quantities-0-low").fill("3000")
    page.locator("#id_quantities-0-high").fill("3000")
    page.locator("#id_quantities-0-is_approximate").check()
    choose(page, "id_answers-0-question", "Did soldiers leave")
    page.locator("#id_answers-0-stance").select_option("affirms")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("Nobody has decided on it.")).to_be_visible()

    # Somebody else decides on it, beside its form.
    written = page.url
    page.get_by_role("button", name="Log out").click()
    make_staff("reviewer")
    sign_in(page, "reviewer")
    page.goto(written)
    decision = page.locator("form.decide")
    decision.get_by_label("Attribution:").select_option("carried")
    decision.get_by_label("Source (Admiralty):").select_option("B")
    decision.get_by_label("Information (Admiralty):").select_option("3")
    decision.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("It is public now.")).to_be_visible()

    # A reader sees all of it.
    page.get_by_role("button", name="Log out").click()
    page.goto("/articles/")
    page.get_by_role("link", name="Soldiers leave Vesta").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Soldiers leave Vesta")
    expect(page.locator("mark").first).to_contain_text("Some 3,000 soldiers left Vesta")
    page.locator(".note a[href*='/assertions/']").first.click()
    shown = page.locator("main")
    expect(shown).to_contain_text("Some 3,000 soldiers left Vesta")
    for words in ("Ada Vale", "spokeswoman", "Boris Klint", "an intelligence service", "Northern Wire"):
        expect(shown).to_contain_text(words)
    expect(shown).to_contain_text(re.compile("about 3,000"))
    expect(shown).to_contain_text("Did soldiers leave Vesta")
    expect(shown).to_contain_text("23 October 2024")
    for slug, name in (("ada-vale", "Ada Vale"), ("boris-klint", "Boris Klint")):
        page.goto(f"/actors/{slug}/")
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        expect(page.locator("main")).to_contain_text("soldiers left Vesta")
