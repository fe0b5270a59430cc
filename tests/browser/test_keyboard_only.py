"""An article from the first word to its correction without a mouse: keys, and addresses typed into the browser.

Each way is walked by Tab, from one control to the next, and may be so many stops long and no longer. At every stop the
focus is seen: it has a ring, it is on the screen, and nothing covers it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image as Picture
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from articles.models import Article
from tests.factories import make_topic
from tests.staff import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATIENCE = 30_000
"""Milliseconds in which the next page comes, on a busy machine too."""

SEEN = """() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return "the focus is lost";
    // A list that searches shows the focus of its field; the field itself is a pixel wide.
    const shown = focused.closest(".select2-container--focus, .select2-container--open") || focused;
    const style = getComputedStyle(shown.querySelector(".select2-selection") || shown);
    // Of a time the browser rings the calendar's sign, inside of the control.
    const rings = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    if (!rings && focused.type !== "datetime-local") return "no ring around it";
    const box = shown.getBoundingClientRect();
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (right - left < 1 || bottom - top < 1) return "it is not on the screen";
    for (const across of [.1, .5, .9]) for (const down of [.1, .5, .9]) {
        const there = document.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
        if (there && (shown.contains(there) || there.contains(shown))) return "";
    }
    return "something covers it";
}"""
"""Says what keeps somebody from seeing where the focus is; nothing if they see it."""

NAME = """() => {
    const focused = document.activeElement;
    const label = focused.labels && focused.labels[0];
    const words = focused.getAttribute("aria-label") || (label || focused).textContent || focused.value || "";
    return `${focused.localName} “${words.trim().replace(/\\s+/g, " ").slice(0, 50)}”`;
}"""


class Hands:
    """Two hands on the keyboard of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.press = page.keyboard.press
        self.type = page.keyboard.type

    def tab_to(self, control: Locator, within: int) -> None:
        """Press Tab until a control has the focus; fail after so many times, or where the focus cannot be seen."""
        way: list[str] = []
        while len(way) < within:
            self.press("Tab")
            self.see_focus()
            way.append(self.page.evaluate(NAME))
            if self.has_focus(control):
                return
        pytest.fail(f"{within} times Tab did not lead to it: {', '.join(way)}")

    def has_focus(self, control: Locator) -> bool:
        return bool(control.evaluate_all("found => found.includes(document.activeElement)"))

    def see_focus(self) -> None:
        trouble = self.page.evaluate(SEEN)
        assert trouble == "", f"{self.page.url}, {self.page.evaluate(NAME)}: {trouble}"

    def skip_to_content(self) -> None:
        """From the top of a page of the newsroom to its own part."""
        self.tab_to(self.page.get_by_role("link", name="Skip to main content"), within=1)
        self.press("Enter")

    def sign_in(self, name: str) -> None:
        self.page.goto("/admin/login/")
        expect(self.page.get_by_label("Username")).to_be_focused()
        self.type(name)
        self.tab_to(self.page.get_by_label("Password"), within=1)
        self.type(name)
        self.press("Enter")
        self.arrive("What waits for you")

    def arrive(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", name=heading)).to_be_visible(timeout=PATIENCE)
        self.settle()

    def settle(self) -> None:
        """Wait for the scripts of a page, and until it is painted: before, the browser drops keys."""
        self.page.wait_for_load_state()
        self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def go(self, keys: str, heading: str) -> None:
        """Go to a page by its two keys in a row."""
        for key in keys:
            self.press(key)
        self.arrive(heading)

    def step_beside(self, words: str, within: int) -> None:
        """Take a step of the workflow: the group before the first one is the column beside the form."""
        self.press("k")
        self.see_focus()
        beside = self.page.get_by_label("How it stands")
        self.tab_to(beside.get_by_role("button", name=words, exact=True), within)
        self.press("Enter")

    def told(self, words: str | re.Pattern[str]) -> None:
        """Wait for the page that says what was done."""
        expect(self.page.locator(".messagelist")).to_contain_text(words, timeout=PATIENCE)
        self.settle()


@pytest.fixture
def sit_down(browser: Browser, live_server: Any) -> Iterator[Any]:
    """Return how somebody of the newsroom, of a new account, sits down at a browser of their own and signs in."""
    contexts: list[BrowserContext] = []

    def seat(name: str, group: str) -> Hands:
        make_staff(group, name)
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
        contexts.append(context)
        hands = Hands(context.new_page())
        hands.sign_in(name)
        return hands

    yield seat
    for context in contexts:
        context.close()


def illustrate(hands: Hands, file: Path) -> None:
    """Add an image to the form of an article: a new one, by the window that opens for it."""
    page = hands.page
    hands.tab_to(page.get_by_role("button", name="Add an image"), within=12)
    hands.press("Enter")
    row = page.locator("#images-0")
    expect(row.get_by_role("combobox", name="Image")).to_be_focused()
    hands.see_focus()
    hands.tab_to(row.get_by_role("link", name="Add another image"), within=2)
    with page.expect_popup() as opened:
        hands.press("Enter")
    popup = Hands(opened.value)
    # Chromium is asked for choosers from here on: asked together with the key, it may open one that nobody hears of.
    popup.page.on("filechooser", lambda chooser: None)
    popup.settle()
    expect(popup.page.get_by_label("Picture:")).to_be_focused()
    with popup.page.expect_file_chooser() as chooser:
        popup.press("Enter")
    chooser.value.set_files(file)
    popup.tab_to(popup.page.get_by_label("Alternative text:"), within=1)
    popup.type("A harbour at dusk")
    popup.tab_to(popup.page.get_by_label("Credit:"), within=1)
    popup.type("Ada Vale")
    point = popup.page.get_by_role("button", name="Focal point")
    popup.tab_to(point, within=3)
    for _ in range(5):
        popup.press("ArrowLeft")
    expect(point).to_have_accessible_name("Focal point: 45 per cent from the left, 50 from the top")
    popup.tab_to(popup.page.get_by_role("button", name="Save", exact=True), within=1)
    with popup.page.expect_event("close"):
        popup.press("Enter")
    expect(row.locator(".chosen .alt")).to_have_text("A harbour at dusk")
    hands.see_focus()
    hands.tab_to(row.get_by_label("Caption"), within=2)
    hands.type("In May")


def write(hands: Hands, headline: str, text: str) -> None:
    """Write a new article, from the list of articles on."""
    page = hands.page
    hands.go("ga", "Articles")
    hands.skip_to_content()
    hands.tab_to(page.get_by_role("link", name="Add article"), within=3)
    hands.press("Enter")
    expect(page.locator(".field-body .tiptap")).to_be_visible()
    expect(page.get_by_label("Headline:")).to_be_focused()
    hands.type(headline)
    hands.tab_to(page.get_by_label("Standfirst:"), within=1)
    hands.type("It opens in May.")
    hands.tab_to(page.get_by_role("toolbar", name="Formatting").get_by_role("button").first, within=1)
    hands.press("ArrowRight")
    hands.see_focus()
    assert hands.has_focus(page.get_by_role("button", name="unordered list"))
    hands.tab_to(page.get_by_role("textbox", name="Body"), within=1)
    hands.type(text)


def choose_topic(hands: Hands, words: str) -> None:
    page = hands.page
    hands.tab_to(page.locator(".field-topics .select2-search__field"), within=8)
    hands.type(words)
    expect(page.locator(".select2-results__option--highlighted")).to_have_text(words)
    hands.press("Enter")
    hands.see_focus()


def open_card(hands: Hands, headline: str) -> None:
    """Open the one card that lies on the board."""
    hands.go("gb", "Board")
    hands.press("j")
    hands.see_focus()
    hands.press("Enter")
    hands.arrive(headline)


def publish_page(hands: Hands, words: str, within: int) -> None:
    hands.press("k")
    beside = hands.page.get_by_label("How it stands")
    hands.tab_to(beside.get_by_role("link", name=words, exact=True), within)
    hands.press("Enter")
    hands.arrive("Publish “")
    hands.skip_to_content()


def type_moment(hands: Hands, control: Locator, year: int) -> None:
    """Type eleven past eleven on 12 December, which is the same keys whether the day or the month comes first."""
    hands.tab_to(control, within=2)
    hands.type(f"1212{year}")
    hands.press("ArrowRight")
    hands.type("1111A")
    expect(control).to_have_value(f"{year}-12-12T11:11")


def empty_moment(hands: Hands, control: Locator) -> None:
    hands.tab_to(control, within=2)
    for _ in range(6):
        hands.press("Delete")
        hands.press("ArrowRight")
    expect(control).to_have_value("")


def test_an_editor_writes_illustrates_submits_approves_schedules_and_corrects_an_article_with_the_keyboard_alone(
    sit_down: Any, settings: Any, tmp_path: Path, page: Page
) -> None:
    settings.FOUR_EYES = True
    settings.MEDIA_ROOT = tmp_path / "media"
    Picture.linear_gradient("L").resize((900, 600)).save(tmp_path / "harbour.png")
    make_topic("Harbours")

    # A reporter writes, illustrates and submits.
    ada = sit_down("ada", "reporter")
    write(ada, "The harbour opens", "Three ships are expected.")
    choose_topic(ada, "Harbours")
    illustrate(ada, tmp_path / "harbour.png")
    ada.press("Control+s")
    ada.told("was added successfully")
    ada.step_beside("Submit for review", within=2)
    ada.told("Revision 1 is in review now.")
    article = Article.objects.get()

    # An editor approves it, schedules it ahead, and then publishes it at once after all.
    boris = sit_down("boris", "editor")
    open_card(boris, "The harbour opens")
    boris.step_beside("Approve", within=2)
    boris.told("Revision 1 is approved.")
    publish_page(boris, "Publish …", within=2)
    type_moment(boris, boris.page.get_by_label("From:"), timezone.now().year + 1)
    boris.press("Enter")
    boris.told("scheduled")
    assert not Article.objects.public().exists()
    publish_page(boris, "Publish or schedule …", within=12)
    empty_moment(boris, boris.page.get_by_label("From:"))
    boris.tab_to(boris.page.get_by_role("button", name="Publish"), within=12)
    boris.press("Enter")
    boris.told("Revision 1: public since")

    # The editor corrects it; another one has to approve that, and tells readers.
    boris.press("j")
    boris.tab_to(boris.page.get_by_role("textbox", name="Body"), within=3)
    boris.press("Control+Home")
    for _ in range(len("Three")):
        boris.press("Shift+ArrowRight")
    boris.type("Two")
    boris.press("Control+s")
    boris.told("was changed successfully")
    boris.step_beside("Submit for review", within=2)
    boris.told("Revision 2 is in review now.")
    clara = sit_down("clara", "editor")
    open_card(clara, "The harbour opens")
    clara.step_beside("Approve", within=2)
    clara.told("Revision 2 is approved.")
    publish_page(clara, "Publish …", within=2)
    clara.tab_to(clara.page.get_by_label("A correction:"), within=18)
    clara.type("Corr")
    clara.tab_to(clara.page.get_by_label("What readers will be told:"), within=1)
    clara.type("Two ships are expected, not three.")
    clara.tab_to(clara.page.get_by_role("button", name="Publish"), within=1)
    clara.press("Enter")
    clara.told("Revision 2: public since")

    for hands in (ada, boris, clara):
        hands.go("gw", "What waits for you")

    # Readers see all of it.
    page.goto(article.get_absolute_url())
    shown = page.locator("main")
    expect(shown).to_contain_text("Two ships are expected.")
    expect(shown).to_contain_text("Two ships are expected, not three.")
    expect(shown.get_by_role("img", name="A harbour at dusk")).to_be_visible()
    expect(shown.get_by_role("link", name="Harbours").first).to_be_visible()
    revisions = article.revisions.order_by("number")
    assert [(revision.number, str(revision.created_by)) for revision in revisions] == [
        (1, "ada"),
        (2, "boris"),
    ]
