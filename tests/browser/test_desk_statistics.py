"""The desk's statistics and its questions in a browser: by the keyboard alone, and read by axe."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from assertions import actions
from assertions.models import Answer, Question
from tests.assertions.desk_cast import ACCEPT, REJECT, decide, make_double, make_waiting
from tests.browser.test_every_kind_of_page import AXE, RULES, seen_by_axe
from tests.browser.test_newsroom import sign_in
from tests.factories import make_assertion, make_question, make_state, make_topic
from tests.staff import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATISTICS = "admin:desk_statistics"


@pytest.fixture
def question(settings: Any) -> Question:
    """A question with a position that readers do not see, and a claim that waits for it."""
    settings.RELATIONSHIP = ("ostria", "vesta")
    ostria, vesta, ports = make_state("Ostria"), make_state("Vesta"), make_topic("Ports")
    asked = make_question("Did ships leave?")
    for by, act, stance, said, accepted in (
        (ostria, "denies", "denies", "2024-10-10", True),
        (vesta, "states", "affirms", "2024-10-20", False),
    ):
        found = make_assertion("Ships left.", by, act=act, said=said, accepted=accepted)
        found.topics.add(ports)
        actions.answer(asked, found, None, stance=stance)
    waiting = make_assertion("Ships did leave.", ostria, act="confirms", said="2025-04-26")
    waiting.topics.add(ports)
    return asked


def press_on(page: Page, control: Any) -> None:
    """Go with the tab key until a control has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if control.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("The tab key does not reach it.")


def test_a_claim_is_put_on_a_question_by_the_keyboard_alone(page: Page, question: Question) -> None:
    make_staff("editor")
    sign_in(page, "editor")
    page.goto(reverse("admin:desk_question", args=[question.slug]))
    press_on(page, page.get_by_label("Ships did leave.", exact=True))
    page.keyboard.press("Space")
    press_on(page, page.get_by_role("button", name="Preview …"))
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="Put 1 claim on the question?")
    expect(heading).to_be_focused()
    expect(page.locator("section", has=heading)).to_contain_text(
        "Ostria denied it on 10 October 2024 and confirmed it on 26 April 2025"
    )
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Put it on the question")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("One claim was put on the question")).to_be_visible()
    assert list(Answer.objects.values_list("stance", flat=True)) == ["denies", "affirms", "confirms"]


def test_axe_finds_nothing_in_statistics_and_questions(page: Page, question: Question) -> None:
    anna, ben = make_staff("reviewer", "anna"), make_staff("reviewer", "ben")
    double = make_double()
    for number, decision in enumerate([ACCEPT, REJECT, ACCEPT]):
        pair = make_waiting(f"Ships left, {number}.")
        pair.topics.add(double)
        decide(pair, anna, **ACCEPT)
        decide(pair, ben, **decision)
        decide(make_waiting(f"Ships came, {number}."), anna, **decision)
    make_waiting("A ship waits.").topics.add(double)
    sign_in(page, "anna")
    address = reverse("admin:desk_question", args=[question.slug])
    found: dict[str, Any] = {}

    def look(name: str) -> None:
        page.evaluate(AXE)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found[f"{name} at {width}"] = ["scrolls sideways"]
            for light, what in RULES.items():
                page.emulate_media(color_scheme=light)
                if violations := seen_by_axe(page, what):
                    found[f"{name} at {width}, {light}"] = violations

    for each in (
        reverse(STATISTICS),
        f"{reverse(STATISTICS)}?since=soon&month=3",
        reverse("admin:desk_questions"),
        f"{address}?which=any",
        f"{address}?tag=nowhere",
    ):
        page.goto(each)
        for details in page.locator("main details").all():
            details.evaluate("element => { element.open = true }")
        look(each)
    page.goto(address)
    page.get_by_label("Ships did leave.", exact=True).check()
    page.get_by_label("Stance of: Ships did leave.").select_option("")
    page.get_by_role("button", name="Preview …").click()
    expect(page.get_by_text("Choose the stance that it takes.")).to_be_visible()
    look("what is refused")
    page.get_by_label("Stance of: Ships did leave.").select_option("confirms")
    page.get_by_role("button", name="Preview …").click()
    expect(page.get_by_role("heading", name="Put 1 claim on the question?")).to_be_visible()
    look("the preview")
    assert found == {}


@pytest.mark.parametrize("width", [1280, 390])
def test_each_drawing_is_shown_once_and_its_letters_can_be_read(page: Page, width: int) -> None:
    anna = make_staff("reviewer", "anna")
    decide(make_waiting("Ships left."), anna)
    make_waiting("Ships came.").topics.add(
        make_topic("Ports of a rather long name, and of the towns behind them")
    )
    sign_in(page, "anna")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(reverse(STATISTICS))
    shown = page.locator("main svg[role=img]:visible")
    assert shown.count() == 3
    for drawing in shown.all():
        scale = drawing.evaluate("svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width")
        assert 13 * scale >= 12
        assert drawing.evaluate(
            "svg => [...svg.querySelectorAll('text')].every((text) => { const box = text.getBBox();"
            " return box.x >= -1 && box.x + box.width <= svg.viewBox.baseVal.width + 1 })"
        )
