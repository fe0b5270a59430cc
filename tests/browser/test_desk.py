"""The decision screen in a browser: cleared by the keyboard alone, read by axe, and working without any script."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from actors.models import Actor
from articles.models import Article
from assertions import actions
from assertions.models import Answer, Assertion, Lease, Link, ProposedLink, Review
from cms.models import User
from tests.browser.test_every_kind_of_page import AXE, EVERYTHING, RULES, seen_by_axe
from tests.browser.test_keyboard_only import PATIENCE, Hands
from tests.factories import make_actor, make_article, make_assertion, make_prepared, make_question, make_topic
from tests.staff import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SENTENCES = [f"On day {number} ship {number} left the harbour" for number in range(1, 21)]
HEADING = "#desk-heading"
UNDER_THE_BAR = """() => {
    const has = document.activeElement;
    if (!has || has === document.body) return "";
    const stays = [".decision-bar", ".verdict", ".decision-bar .submit-row"]
        .map((each) => document.querySelector(each))
        .find((each) => getComputedStyle(each).position === "sticky" && getComputedStyle(each).display !== "contents");
    if (!stays || stays.contains(has)) return "";
    const [bar, it] = [stays.getBoundingClientRect(), has.getBoundingClientRect()];
    const apart = it.bottom <= bar.top + 1 || it.top >= bar.bottom || it.right <= bar.left || it.left >= bar.right;
    return apart ? "" : `${has.tagName} ${has.id || has.name || has.textContent} at ${it.top} to ${it.bottom}`;
}"""
"""What has the focus, in words, if the bar with the decision covers a part of it; else nothing (WCAG 2.4.11)."""


@pytest.fixture
def ada() -> Actor:
    return make_actor("Ada Vale")


@pytest.fixture
def article(ada: Actor) -> Article:
    return make_article("Ships leave", *(f"{sentence}, Ada Vale said." for sentence in SENTENCES))


@pytest.fixture
def prepared(article: Article, ada: Actor) -> list[Assertion]:
    """Twenty suggestions, handed out in their order: what the rule is surest of comes first."""
    return [
        make_prepared(
            f"Ship {number} left the harbour.", ada, article=article, exact=sentence,
            confidence=round(0.99 - number / 100, 2), said="2024-10-21",
        )
        for number, sentence in enumerate(SENTENCES, 1)
    ]  # fmt: skip


@pytest.fixture
def reviewer() -> User:
    return make_staff("reviewer")


class Desk(Hands):
    """A reviewer's two hands on the keyboard, at the decision screen."""

    def at(self, claim: str) -> None:
        """Wait for the screen of a claim; the focus is on its heading."""
        expect(self.page.locator(HEADING)).to_contain_text(claim, timeout=PATIENCE)
        self.settle()
        expect(self.page.locator(HEADING)).to_be_focused()
        self.see_focus()

    def grade(self) -> None:
        """Say that the words carry it, and grade it B2."""
        for key in ("c", "Shift+B", "2"):
            self.press(key)

    def refused(self, words: str) -> None:
        """Wait for the screen that says what is wrong; the focus is there."""
        errors = self.page.locator("#desk-errors")
        expect(errors).to_contain_text(words, timeout=PATIENCE)
        self.settle()
        expect(errors).to_be_focused()


def test_a_reviewer_clears_twenty_suggestions_with_the_keyboard_alone(
    page: Page, prepared: list[Assertion], reviewer: User
) -> None:
    topic, question = make_topic("Ships"), make_question("Did ships leave")
    other = make_assertion("Ship 5 left in the night.")
    proposed = ProposedLink.objects.create(source=prepared[4], target=other, type="repeats", similarity=0.6)
    desk = Desk(page)
    desk.sign_in("reviewer")
    page.goto(reverse("admin:desk_next"))

    # 1: accepted; an acceptance that lacks its grades says so first, and the focus is there.
    desk.at("Ship 1 left")
    expect(page.locator("mark.passage")).to_be_in_viewport()
    desk.press("a")
    desk.refused("grade the source")
    desk.grade()
    desk.press("a")
    expect(page.locator(".messagelist")).to_contain_text("Accepted B2", timeout=PATIENCE)
    expect(page.locator("#desk-said")).to_contain_text("Accepted B2")

    # 2: edited, which asks for a reason.
    desk.at("Ship 2 left")
    desk.press("e")
    expect(page.locator("#id_claim")).to_be_focused()
    desk.press("Control+End")
    desk.press("Backspace")
    desk.type(" at night.")
    desk.press("Escape")
    expect(page.locator("#desk-changed")).to_contain_text("Changed, not saved: statement")
    desk.grade()
    desk.press("a")
    desk.refused("changed since a rule suggested it")
    desk.press("w")
    expect(page.locator("#id_reason")).to_be_focused()
    desk.type("The text says so.")
    desk.press("Escape")
    desk.press("a")

    # 3: disputed.
    desk.at("Ship 3 left")
    desk.press("w")
    desk.type("Another ship did.")
    desk.press("Escape")
    desk.press("d")

    # 4: rejected, taken back, and rejected again.
    desk.at("Ship 4 left")
    desk.press("w")
    desk.type("Not in the words.")
    desk.press("Escape")
    desk.press("r")
    desk.at("Ship 5 left")
    desk.press("u")
    desk.at("Ship 4 left")
    expect(page.locator(".messagelist")).to_contain_text("Taken back")
    desk.press("w")
    desk.type("Not in the words.")
    desk.press("Escape")
    desk.press("r")

    # 5: the links are reached, and the proposed one is taken; then it is tagged, put on a question, and accepted.
    desk.at("Ship 5 left")
    desk.press("l")
    expect(page.locator("#id_link_type")).to_be_focused()
    desk.press("Escape")
    desk.press("y")
    expect(page.locator(".messagelist")).to_contain_text("Linked", timeout=PATIENCE)
    desk.at("Ship 5 left")
    desk.press("t")
    desk.type("Ships")
    expect(page.locator(".select2-results__option", has_text="Ships")).to_be_visible(timeout=PATIENCE)
    desk.press("Enter")
    desk.press("Escape")
    expect(page.locator("#desk-changed")).to_contain_text("topics")
    desk.press("q")
    expect(page.locator("#id_stance")).to_be_focused()
    desk.tab_to(page.locator("#id_question + .select2-container .select2-selection"), within=1)
    desk.press("Enter")
    desk.type("Did ships")
    expect(page.locator(".select2-results__option", has_text="Did ships leave")).to_be_visible(
        timeout=PATIENCE
    )
    desk.press("Enter")
    desk.tab_to(page.get_by_role("button", name="Put it on this question"), within=2)
    desk.press("Enter")
    expect(page.locator("#desk-told")).to_contain_text("affirms", timeout=PATIENCE)
    desk.settle()
    desk.grade()
    desk.press("a")

    # 6: skipped; it comes again at the end.
    desk.at("Ship 6 left")
    desk.press("s")

    # The rest.
    for number in range(7, 21):
        desk.at(f"Ship {number} left")
        desk.grade()
        desk.press("a")
    desk.at("Nothing waits for you")
    desk.tab_to(page.get_by_role("link", name="Begin with them again"), within=3)
    desk.press("Enter")
    desk.at("Ship 6 left")
    desk.grade()
    desk.press("a")
    desk.at("Nothing waits for you")

    verdicts = [claim.reviews.order_by("id").values_list("verdict", flat=True) for claim in prepared]
    assert [list(found) for found in verdicts[1:5]] == [
        ["accept"], ["dispute"], ["reject", "reopen", "reject"], ["accept"]
    ]  # fmt: skip
    assert not Assertion.objects.undecided().exists()
    assert Assertion.objects.accepted().filter(pk__in=[claim.pk for claim in prepared]).count() == 18
    prepared[1].refresh_from_db()
    assert prepared[1].claim == "Ship 2 left the harbour at night."
    proposed.refresh_from_db()
    assert (proposed.state, Link.objects.get(source=prepared[4]).target) == ("taken", other)
    assert list(prepared[4].topics.all()) == [topic]
    assert Answer.objects.get(assertion=prepared[4]).question == question


def test_single_keys_do_nothing_where_somebody_types_and_can_be_turned_off(
    page: Page, prepared: list[Assertion], reviewer: User
) -> None:
    desk = Desk(page)
    desk.sign_in("reviewer")
    page.goto(reverse("admin:desk_next"))
    desk.at("Ship 1 left")
    desk.press("e")
    desk.type("sardu")
    expect(page.locator("#id_claim")).to_have_value("sarduShip 1 left the harbour.")
    desk.press("Escape")
    desk.press("?")
    dialog = page.get_by_role("dialog")
    for words in ("Accept", "Dispute", "Reject", "Skip", "Tag: add a topic", "Take your last decision back"):
        expect(dialog).to_contain_text(words)
    dialog.get_by_role("checkbox").uncheck()
    desk.press("Escape")
    desk.press("r")
    expect(page.locator(HEADING)).to_contain_text("Ship 1 left")
    assert not Review.objects.exists()


def test_the_decision_stays_in_sight_and_covers_nothing_that_has_the_focus(
    page: Page, prepared: list[Assertion], reviewer: User
) -> None:
    desk = Desk(page)
    desk.sign_in("reviewer")
    covered: list[Any] = []
    # A desk, a telephone, and the desk at 200 % and at 400 %.
    for width, height in ((1280, 900), (390, 844), (640, 450), (320, 280)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(reverse("admin:desk_next"))
        desk.at("Ship 1 left")
        if height < 400:
            # At 400 % the head of the page fills the window.
            page.locator(".text").first.evaluate("text => text.scrollIntoView()")
        for name in ("Accept", "Dispute", "Reject", "Skip", "Undo"):
            expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
        if height > 500:
            expect(page.get_by_label("B: usually reliable")).to_be_in_viewport(ratio=1)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        for key in ["Tab"] * 60 + ["Shift+Tab"] * 60:
            page.keyboard.press(key)
            if under := page.evaluate(UNDER_THE_BAR):
                covered.append((width, key, under))
    assert covered == []


def test_to_grade_and_to_say_why_leaves_the_text_where_it_is(
    page: Page, prepared: list[Assertion], reviewer: User
) -> None:
    desk = Desk(page)
    desk.sign_in("reviewer")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(reverse("admin:desk_next"))
    desk.at("Ship 1 left")
    desk.grade()
    desk.press("w")
    desk.type("The words say so. " * 12)
    desk.press("Escape")
    expect(page.locator("#desk-chosen")).to_have_text(
        "the evidence carries it · B: usually reliable · 2: probably true"
    )
    assert page.evaluate("scrollY") == 0
    expect(page.locator("mark.passage")).to_be_in_viewport()


def test_to_read_takes_nothing_from_others_and_to_begin_takes_it_in_hand(
    page: Page, prepared: list[Assertion], reviewer: User
) -> None:
    desk = Desk(page)
    desk.sign_in("reviewer")
    page.goto(reverse("admin:desk_decide", args=[prepared[2].identifier]))
    desk.at("Ship 3 left")
    expect(page.locator("#desk-hand")).to_have_text("In nobody’s hands: it is in yours once you begin.")
    assert not Lease.objects.exists()
    desk.press("c")
    expect(page.locator("#desk-hand")).to_contain_text("In your hands until", timeout=PATIENCE)
    assert Lease.objects.get().assertion == prepared[2]
    desk.press("e")
    desk.press("Tab")
    desk.press("ArrowDown")
    expect(page.locator("#desk-changed")).to_contain_text("speech act. Somebody else accepts it then")


def test_words_that_are_selected_become_a_new_assertion(
    page: Page, article: Article, ada: Actor, reviewer: User
) -> None:
    desk = Desk(page)
    desk.sign_in("reviewer")
    page.goto(reverse("admin:desk_article", args=[article.slug]))
    page.locator(".words p").nth(2).evaluate(
        """(paragraph, end) => {
            const range = document.createRange();
            range.setStart(paragraph.firstChild, 9);
            range.setEnd(paragraph.firstChild, end);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        len(SENTENCES[2]),
    )
    expect(page.locator("#select-said")).to_contain_text("Press N")
    assert page.locator("[name=exact]").input_value() == SENTENCES[2][9:]
    with page.context.expect_page() as opened:
        desk.press("n")
    form = opened.value
    expect(form.locator("#id_evidence-0-exact")).to_have_value(SENTENCES[2][9:])
    expect(form.locator("#id_speakers-0-actor")).to_have_value(str(ada.pk))
    expect(form.locator("#id_evidence-0-prefix")).to_have_value("")
    form.get_by_label("Proposition:").fill("Ship 3 left the harbour.")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.locator(".messagelist")).to_contain_text("was added successfully", timeout=PATIENCE)
    made = Assertion.objects.get(claim="Ship 3 left the harbour.")
    assert [speaker.actor for speaker in made.speakers.all()] == [ada]
    assert made.evidence.get().exact == SENTENCES[2][9:]


def test_every_screen_is_accessible_in_any_light_on_any_screen(
    page: Page, article: Article, prepared: list[Assertion], ada: Actor, reviewer: User
) -> None:
    rich = prepared[0]
    question, other = make_question("Did ships leave"), make_assertion("No ship left.", ada, act="denies")
    for assertion, stance in ((rich, "affirms"), (other, "denies")):
        actions.answer(question, assertion, None, stance=stance)
    ProposedLink.objects.create(source=rich, target=other, type="contradicts", similarity=0.6)
    vague = make_prepared(
        "Une flotte est partie.", article=article, exact=SENTENCES[1], speakers=[{"description": "المتحدث"}]
    )
    bare = actions.create_assertion(None, claim="Nothing supports it.", speakers=[{"actor": ada}])
    Desk(page).sign_in("reviewer")
    screens = [
        *(reverse("admin:desk_decide", args=[each.identifier]) for each in (rich, vague, bare, other)),
        reverse("admin:desk_article", args=[article.slug]),
        reverse("admin:desk_next") + "?q=nothing+at+all",
    ]
    found: dict[str, Any] = {}
    for address in screens:
        page.goto(address)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found[f"{address} at {width}"] = "scrolls sideways"
            # At its end, where the bar rests: higher up it crosses a target, which the rule of their size counts.
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
            page.evaluate(AXE)
            for light, what in RULES.items():
                page.emulate_media(color_scheme=light)
                if violations := seen_by_axe(page, what):
                    found[f"{address} at {width}, {light}"] = violations
    # A screen that refuses something, with its errors.
    page.goto(screens[0])
    page.keyboard.press("a")
    expect(page.locator("#desk-errors")).to_be_focused(timeout=PATIENCE)
    page.evaluate(AXE)
    if violations := seen_by_axe(page, EVERYTHING):
        found["refused"] = violations
    assert found == {}


def test_all_of_it_works_without_a_script(
    browser: Browser, live_server: Any, prepared: list[Assertion], article: Article, reviewer: User
) -> None:
    topic = make_topic("Ships")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("reviewer")
    page.get_by_label("Password").fill("reviewer")
    page.get_by_role("button", name="Log in").click()
    page.goto(reverse("admin:desk_next"))
    expect(page.locator(HEADING)).to_contain_text("Ship 1 left")
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("#desk-errors")).to_contain_text("grade the source")
    page.get_by_label("the evidence carries it", exact=True).check()
    page.get_by_label("B: usually reliable").check()
    page.get_by_label("2: probably true").check()
    page.get_by_label("Further topics").fill("ships")
    page.get_by_role("button", name="Accept").click()
    expect(page.locator(".messagelist")).to_contain_text("Accepted B2")
    page.get_by_role("button", name="Skip").click()
    expect(page.locator(".messagelist")).to_contain_text("Skipped")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(HEADING)).to_contain_text("Ship 1 left")
    page.get_by_label("New assertion from words of this text").fill("ship 3 left the harbour")
    with context.expect_page() as opened:
        page.get_by_role("button", name="New assertion").click()
    expect(opened.value.locator("#id_evidence-0-exact")).to_have_value("ship 3 left the harbour")
    context.close()
    assert list(prepared[0].topics.all()) == [topic]
    assert [review.verdict for review in prepared[0].reviews.order_by("id")] == ["accept", "reopen"]
