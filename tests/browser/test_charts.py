"""Charts as a browser draws them: what the drawing reckons with is no narrower than the letters are."""

from typing import Any

import pytest
from playwright.sync_api import Page

from assertions.charts.text import text_width
from tests.factories import make_actor, make_assertion, make_measure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = [
    "Northern Wire",
    "WWWMMM mmmwww @%—",
    "오스트리아 국방부 대변인",
    "Министерство обороны Щукин",
    "Ægir Œuvre Ŵ ǅ",
    "Ada Vale, Boris Klint",
]
# Text, its length in pixels of the drawing, and its box, of the drawings that are shown.
WRITTEN = """() => [...document.querySelectorAll("svg[role=img]")]
    .filter((svg) => getComputedStyle(svg).display !== "none")
    .flatMap((svg) => [...svg.querySelectorAll("text")].map((text) => {
        const box = text.getBBox();
        return [text.textContent, text.getComputedTextLength(), [box.x, box.y, box.width, box.height],
                svg.getBoundingClientRect().width / svg.viewBox.baseVal.width,
                [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height]];
    }))"""


def overlap(one: list[float], other: list[float]) -> bool:
    # A font's box is higher than its letters: two lines may share that space.
    spare = 2
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] + spare < other[1] + other[3] - spare
        and other[1] + spare < one[1] + one[3] - spare
    )


@pytest.mark.parametrize("width", [320, 800, 1280])
def test_letters_are_as_wide_as_the_drawing_reckons_and_never_meet(page: Page, width: int) -> None:
    measure = make_measure("Ships that left")
    for number, name in enumerate(NAMES, 1):
        make_assertion(
            f"Ships left in month {number}.",
            make_actor(name, slug=f"actor-{number}"),
            said=f"2024-0{number}-15",
            quantities=[{"measure": measure, "low": 1000 * number, "high": 1100 * number}],
        )
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(measure.get_absolute_url())
    written: list[Any] = page.evaluate(WRITTEN)
    assert len(written) > 12
    for text, length, (x, y, wide, high), scale, (widest, highest) in written:
        assert length <= text_width(text), text
        assert x >= 0 and y >= -2 and x + wide <= widest and y + high <= highest + 2, text
        assert 13 * scale >= 12, "too small to read"
    boxes = [box for _, _, box, _, _ in written]
    assert not [
        (one, other)
        for number, one in enumerate(boxes)
        for other in boxes[number + 1 :]
        if overlap(one, other)
    ]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
