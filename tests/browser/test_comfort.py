"""What makes writing easier, by the keyboard: hints, pickers, shortcuts, the check of links, merging topics."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models import Article, Revision, Topic
from tests.browser.test_every_kind_of_page import AT_REST, AXE, RULES
from tests.browser.test_newsroom import sign_in
from tests.factories import make_actor, make_article, make_assertion, make_topic
from tests.staff import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_form(page: Page, article: Article) -> Locator:
    """Open the form of an article and return its text under work."""
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor = page.locator(".field-body .tiptap")
    expect(editor).to_be_visible()
    return editor


def seen_by_axe(page: Page, part: str) -> list[str]:
    """Return what axe-core has against a part of the page as it stands now, in either light."""
    found: list[str] = []
    for light, what in RULES.items():
        page.emulate_media(color_scheme=light)
        page.evaluate(AT_REST)
        asked = {"runOnly": what, "resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
        answer: dict[str, Any] = page.evaluate("asked => axe.run(asked[0], asked[1])", [part, asked])
        found += [
            f"{light}, {rule['id']}: {node['failureSummary']} {node['html'][:160]}"
            for rule in answer["violations"]
            for node in rule["nodes"]
        ]
    return found


def to_the_beginning(page: Page) -> None:
    _go(page, "Control+Home", "selection.from === 1")


def to_the_end(page: Page) -> None:
    _go(page, "Control+End", "selection.from === doc.content.size - 1")


def _go(page: Page, key: str, reached: str) -> None:
    """Press a key until the editor knows where the cursor is: it learns that, and takes the focus, a moment later."""
    expect(page.locator(".tiptap")).to_be_focused()
    there = f"(({{ doc, selection }}) => {reached})(document.querySelector('.tiptap').editor.state)"
    for _ in range(40):
        page.keyboard.press(key)
        page.wait_for_timeout(50)
        if page.evaluate(there):
            return
    raise AssertionError(f"{key} leads nowhere")


def body_of(page: Page) -> str:
    return page.locator("#id_body").input_value()


def test_length_and_hints_follow_what_is_typed_and_a_hint_leads_to_its_words(page: Page) -> None:
    article = make_article(
        "The bridge", "It is closed.", "<a href='/about/'>Click here</a> for more.", public=False
    )
    make_staff("editor")
    sign_in(page, "editor")
    editor = open_form(page, article)
    length, hints = page.locator("#comfort-length"), page.get_by_label("Hints on the text")
    expect(length).to_have_text("7 words, 1 minute to read")
    expect(hints).to_contain_text("The words of this link do not say where it leads. Click here")
    editor.click()
    to_the_beginning(page)
    page.keyboard.type("NOBODY KNOWS WHY THE BRIDGE IS CLOSED ")
    expect(length).to_have_text("14 words, 1 minute to read")
    page.keyboard.press("Enter")
    expect(hints.get_by_role("listitem")).to_have_count(2)
    expect(page.locator("#comfort-said")).to_have_text("2 hints on the text.")
    hints.get_by_role("button", name="Click here").press("Enter")
    page.wait_for_function("String(getSelection()) === 'Click here'")


def test_an_actor_is_put_into_the_text_by_the_keyboard_alone(page: Page) -> None:
    make_actor("Ada Vale", names=[{"text": "Ада Вейл", "language": "ru", "script": "Cyrl"}])
    article = make_article("The bridge", "It is closed.", public=False)
    make_staff("editor")
    sign_in(page, "editor")
    open_form(page, article).click()
    to_the_end(page)
    page.keyboard.type(" So says ")
    page.keyboard.press("Alt+Shift+A")
    dialog = page.get_by_role("dialog", name="Insert an actor")
    search = dialog.get_by_role("combobox", name="Name, in any spelling")
    expect(search).to_be_focused()
    page.keyboard.type("Вейл")
    option = dialog.get_by_role("option", name="Ada Vale")
    expect(option).to_have_attribute("aria-selected", "true")
    assert search.get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Enter")
    expect(dialog.get_by_label("Words in the text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    page.keyboard.type(", again.")
    assert 'So says <a href="/actors/ada-vale/">Ada Vale</a>, again.' in body_of(page)
    page.keyboard.press("Control+s")
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    latest = Revision.objects.get(number=2)
    assert latest.body == (
        '<p>It is closed. So says <a href="/actors/ada-vale/" rel="noopener">Ada Vale</a>, again.</p>'
    )


def test_words_that_are_marked_become_the_link_and_escape_changes_nothing(page: Page) -> None:
    make_actor("Ada Vale")
    make_actor("Vera Hale", public=False)
    article = make_article("The bridge", "The spokeswoman denies it.", public=False)
    make_staff("editor")
    sign_in(page, "editor")
    editor = open_form(page, article)
    editor.evaluate("node => node.editor.chain().setTextSelection({from: 1, to: 16}).focus().run()")
    page.keyboard.press("Alt+Shift+A")
    page.get_by_role("combobox", name="Name, in any spelling").fill("vale")
    expect(page.get_by_role("option", name="Ada Vale")).to_be_visible()
    page.keyboard.press("Escape")
    expect(editor).to_be_focused()
    assert body_of(page) == "<p>The spokeswoman denies it.</p>"
    page.get_by_role("button", name="Insert an actor").press("Enter")
    page.get_by_role("combobox", name="Name, in any spelling").fill("vale")
    page.get_by_role("option", name="Ada Vale").click()
    page.keyboard.press("Enter")
    assert body_of(page) == '<p><a href="/actors/ada-vale/">The spokeswoman</a> denies it.</p>'
    # One whom readers do not see is put in without a link.
    to_the_end(page)
    page.keyboard.press("Alt+Shift+A")
    page.get_by_role("combobox", name="Name, in any spelling").fill("hale")
    page.get_by_role("option", name="Vera Hale").click()
    expect(page.get_by_text("Readers do not see it")).to_be_visible()
    page.keyboard.press("Enter")
    assert body_of(page).endswith("denies it.Vera Hale</p>")


def test_an_assertion_is_put_in_with_who_says_it_and_its_words_can_be_changed(page: Page) -> None:
    ada = make_actor("Ada Vale")
    claim = make_assertion("The bridge is closed.", ada, act="denies")
    article = make_article("The bridge", "So it is.", public=False)
    make_staff("editor")
    sign_in(page, "editor")
    open_form(page, article).click()
    to_the_beginning(page)
    page.keyboard.press("Alt+Shift+C")
    page.get_by_role("combobox", name="Claim or speaker").fill("bridge")
    page.locator("#picker-found").get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    words = page.get_by_label("Words in the text")
    expect(words).to_have_value("Ada Vale denies that the bridge is closed")
    words.fill("She denies it")
    page.keyboard.press("Enter")
    assert body_of(page) == f'<p><a href="{claim.get_absolute_url()}">She denies it</a>So it is.</p>'


def test_a_question_mark_shows_the_shortcuts_of_the_page_and_single_keys_can_be_turned_off(
    page: Page,
) -> None:
    article = make_article("The bridge", public=False)
    make_staff("editor")
    sign_in(page, "editor")
    editor = open_form(page, article)
    editor.click()
    page.keyboard.type("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_hidden()  # who types a question mark writes one
    page.keyboard.press("Control+s")
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    button = page.get_by_role("button", name="Check the links")
    button.focus()
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    for words in ("Save, and go on", "Insert an actor", "Next group of fields", "Go to the board"):
        expect(dialog).to_contain_text(words)
    expect(dialog).not_to_contain_text("Search this list")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    page.keyboard.press("?")
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    page.reload()
    page.get_by_role("button", name="Keyboard shortcuts").press("Enter")
    dialog.get_by_role("checkbox").check()
    dialog.get_by_role("button", name="Close").press("Enter")
    page.keyboard.press("g")
    page.keyboard.press("a")
    expect(page).to_have_url(re.compile("/admin/articles/article/$"))
    page.wait_for_load_state()
    page.keyboard.press("/")
    expect(page.locator("#searchbar")).to_be_focused()


def test_the_next_group_of_fields_is_a_key_away_and_other_layouts_have_the_same_keys(page: Page) -> None:
    make_article("The bridge", public=False)
    make_staff("editor")
    sign_in(page, "editor")
    open_form(page, Article.objects.get())
    page.get_by_role("button", name="Check the links").focus()
    page.keyboard.press("j")
    expect(page.locator("#id_headline")).to_be_focused()
    page.get_by_role("button", name="Check the links").focus()
    # The key of "j" on a Russian keyboard.
    page.evaluate(
        """document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", {key: "о", code: "KeyJ", bubbles: true, cancelable: true}))"""
    )
    expect(page.locator("#id_headline")).to_be_focused()


def test_the_links_of_the_text_under_work_are_checked_beside_it(page: Page) -> None:
    make_actor("Ada Vale")
    body = '<a href="/actors/ada-vale/">Ada Vale</a>, <a href="/nowhere/">nowhere</a>'
    article = make_article(
        "The bridge", f'{body}, <a href="http://169.254.169.254/">inside</a>.', public=False
    )
    make_staff("editor")
    sign_in(page, "editor")
    open_form(page, article)
    page.get_by_role("button", name="Check the links").press("Enter")
    found = page.locator("#links-found").get_by_role("listitem")
    expect(found).to_have_count(3)
    for row, words in enumerate(("broken", "refused", "fine")):
        expect(found.nth(row)).to_contain_text(words)
    expect(found.nth(1)).to_contain_text("It leads into a private network: it is not asked.")


@pytest.mark.parametrize("width", [1280, 390])
def test_duplicate_topics_are_found_and_merged(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    bridges, bridge = make_topic("Bridges"), make_topic("Bridge")
    make_article("The bridge", topics=[bridge])
    make_staff("editor")
    sign_in(page, "editor")
    page.goto("/admin/articles/topic/")
    page.get_by_role("link", name="Likely duplicates").click()
    page.get_by_role("link", name="Merge").press("Enter")
    expect(page.get_by_role("table", name="What each of them holds")).to_be_visible()
    page.get_by_label("Bridges", exact=True).check()
    page.get_by_role("button", name="Merge").press("Enter")
    expect(page.get_by_text("Merged into Bridges: Bridge.")).to_be_visible()
    assert Topic.objects.get(pk=bridge.pk).merged_into == bridges


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_what_makes_writing_easier(page: Page, width: int) -> None:
    make_actor("Ada Vale")
    body = '<a href="/actors/ada-vale/">Click here</a>, <a href="/nowhere/">nowhere</a>.'
    article = make_article("The bridge", body, topics=[make_topic("Bridge"), make_topic("Bridges")])
    make_staff("editor")
    sign_in(page, "editor")
    # A page of its own: axe itself sets styles, which the policy refuses, and the console says so.
    other = page.context.new_page()
    other.set_viewport_size({"width": width, "height": 900})
    open_form(other, article)
    other.evaluate(AXE)
    expect(other.get_by_label("Hints on the text").get_by_role("listitem")).to_have_count(1)
    other.get_by_role("button", name="Check the links").press("Enter")
    expect(other.locator("#links-found").get_by_role("listitem")).to_have_count(2)
    found = {part: seen_by_axe(other, part) for part in ("#comfort", "#links-found", "#user-tools")}
    other.keyboard.press("?")
    found["shortcuts"] = seen_by_axe(other, "dialog.shortcuts")
    other.keyboard.press("Escape")
    other.get_by_role("button", name="Insert an actor").press("Enter")
    other.get_by_role("combobox", name="Name, in any spelling").fill("ada")
    expect(other.get_by_role("option", name="Ada Vale")).to_be_visible()
    found["picker"] = seen_by_axe(other, "dialog.picker")
    other.close()
    other = page.context.new_page()
    other.set_viewport_size({"width": width, "height": 900})
    for address in ("duplicates/", f"merge/?ids={','.join(str(topic.pk) for topic in Topic.objects.all())}"):
        other.goto(f"/admin/articles/topic/{address}")
        other.evaluate(AXE)
        found[address] = seen_by_axe(other, "#content")
        assert not other.evaluate("document.documentElement.scrollWidth > innerWidth"), address
    other.close()
    assert {part: said for part, said in found.items() if said} == {}
