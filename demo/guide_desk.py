"""The scenes of docs/editor-guide/ that play at the desk: reviewers decide, editors merge, confirm and ask."""

import sys
import time

from playwright.sync_api import Locator, expect

from demo.newsroom import Desk

READ = 300
"""Seconds in which the worker reads the coverage, or one text, and stores what it finds."""
ENOUGH = 60
"""Suggestions with which the queue looks like one."""
GRADE = {"Attribution": "carried", "Source (Admiralty)": "B", "Information (Admiralty)": "2"}
SELECT = """paragraph => {
    let left = paragraph.textContent.search(/[.]/);
    const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walk.nextNode() && walk.currentNode.length < left) left -= walk.currentNode.length;
    getSelection().setBaseAndExtent(paragraph, 0, walk.currentNode, left);
}"""
"""Selects the words of a paragraph up to its first full stop."""
LEAD = "<p>This newsroom prints the following as it was received.</p>"


def at_the_desk(reporter: Desk, editor: Desk, reviewer: Desk) -> None:
    """Stage the scenes of the desk one after the other, and draw them."""
    the_queue(reviewer)
    words_selected(reviewer)
    two_names(reporter, editor)
    printed_again(reporter, editor)
    on_a_question(editor)
    reviewer.keep("statistics", "/admin/desk/statistics/", height=1240)


def the_queue(reviewer: Desk) -> None:
    """What waits, one decision, and one on several."""
    waits = _until(reviewer, "/admin/desk/queue/", f".list tbody tr:nth-child({min(ENOUGH, 50)})")
    expect(waits).to_be_attached()
    reviewer.keep("queue", height=720)
    reviewer.page.goto("/admin/desk/queue/?rule=ccomp&confidence=90")
    reviewer.page.locator(".list tbody th a").first.click()
    expect(reviewer.page.locator("#desk-heading")).to_be_visible()
    reviewer.keep("decide", height=900)
    _decide(reviewer, 8, verdict="accept", **GRADE)
    _decide(reviewer, 2, verdict="reject", Reason="The passage does not say it.")
    _decide(reviewer, 6, name="bulk", verdict="accept", **GRADE)


def _decide(reviewer: Desk, rows: int, *, verdict: str, name: str = "", **decision: str) -> None:
    """Decide on the first rows of the queue at once; ``name`` is that of a picture of what is shown first."""
    page = reviewer.page
    page.goto("/admin/desk/queue/?proposed=rule")
    for number in range(rows):
        page.locator(".list input[name=row]").nth(number).check()
    page.get_by_label("Verdict").select_option(verdict)
    for label, value in decision.items():
        field = page.get_by_label(label)
        field.fill(value) if label == "Reason" else field.select_option(value)
    page.get_by_role("button", name="Show what will happen").click()
    if name:
        reviewer.keep(name, height=720)
    page.get_by_role("button", name="Decide on").click()
    expect(page.get_by_role("status")).to_contain_text(str(rows))


def words_selected(reviewer: Desk) -> None:
    """Words of an article, selected for a new assertion."""
    page = reviewer.page
    page.set_viewport_size({"width": 1280, "height": 640})
    page.goto("/admin/desk/articles/rutte-can-confirm/")
    page.locator(".words p").nth(2).evaluate(SELECT)
    expect(page.locator("#select-said")).to_contain_text("Selected")
    reviewer.keep("words", height=640)


def two_names(reporter: Desk, editor: Desk) -> None:
    """Two actors who are one: what a merge of them moves."""
    page = editor.page
    page.goto("/admin/actors/actor/add/")
    page.get_by_label("Name:", exact=True).first.fill("Valeri Gerasimov")
    page.get_by_label("Kind:").first.select_option("person")
    editor.press("Save", "was added")
    reporter.write(
        "Who spoke in April", "A general.", "<p>It was Valeri Gerasimov who spoke of it first.</p>"
    )
    page.goto("/admin/actors/actor/duplicates/?q=Gerasimov")
    page.get_by_role("link", name="Merge Valeri Gerasimov into Valery Gerasimov …").click()
    expect(page.get_by_role("heading", name="Merge Valeri Gerasimov into Valery Gerasimov?")).to_be_visible()
    editor.keep("merge", height=640)


def printed_again(reporter: Desk, editor: Desk) -> None:
    """An article that is another one printed again, found by likeness."""
    editor.open(editor.find("shoigu-announces-sappers"))
    body = editor.page.locator("#id_body").input_value()
    reporter.write(
        "Sappers for Kursk, an agency says",
        "As received.",
        LEAD + body.replace("Kursk region", "border region", 1),
    )
    _until(editor, "/admin/desk/reprints/", ".waiting h2 a").first.click()
    expect(editor.page.get_by_role("button", name="It is a reprint")).to_be_visible()
    editor.keep("reprint", height=600)


def on_a_question(editor: Desk) -> None:
    """A claim that is put on a question, and what the question would tell then."""
    page = editor.page
    page.goto("/admin/desk/questions/treaty-obliges-to-fight/?which=unplaced&q=Article+4")
    page.locator(".candidates-list input[type=checkbox]").first.check()
    page.get_by_role("button", name="Preview …").click()
    expect(page.locator("#preview")).to_be_visible()
    editor.keep("question", height=760)


def _until(desk: Desk, address: str, selector: str) -> Locator:
    """Return what a selector finds on a page once the worker has made it; exits with a sentence if it does not."""
    end = time.monotonic() + READ
    found = desk.page.locator(selector)
    while time.monotonic() < end:
        desk.page.goto(address)
        if found.count():
            return found
        time.sleep(2)
    sys.exit(f"{address} has not what the worker was to find, after {READ} seconds.")
