"""Draw the pictures of docs/editor-guide/ from a newsroom at work.

    .venv/bin/python -m demo.guide

A site of its own, with the demonstration coverage in a folder that is gone afterwards; reporter, editor and reviewer
sit at browsers of their own and do what the guide tells of. Needs the packages of requirements-dev.txt, and Chromium on
the PATH.
"""

from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, expect

from demo.guide_desk import at_the_desk
from demo.newsroom import GUIDE, ZONE, Desk, ahead
from demo.pictures import Site, browsing, own_site, require_light

HEARD = 15_000
"""Milliseconds in which one writer is told of another: a form is heard of every five seconds."""

COUNTING = """<p>We give each count as a range, with its day and with whose count it is. Nothing is averaged, and an
older count is superseded, not replaced.</p><p>Valery Gerasimov spoke of help, not of numbers; Volodymyr Zelensky of
numbers, not of a day. How we chose is told <a href="/about/">here</a>.</p>""".replace("\n", " ")
SOURCES = """<p>Five reprints of one agency item count as one source. Where a root is unknown, only the upper bound
rises.</p>""".replace("\n", " ")
DENIALS = """<p>Who denies the proof does not deny the fact. We write down which of the two was denied.</p>"""
YEAR = """<p>A look back: which questions were open a year ago, which are answered, and who changed position.</p>"""


def draw(browser: Browser, site: Site) -> None:
    """Stage the scenes one after the other, and draw them."""
    reporter, editor, reviewer = (Desk(browser, site, name) for name in ("reporter", "editor", "reviewer"))
    counting = the_board(reporter, editor)
    two_at_once(reporter, editor, counting)
    corrected(editor, reviewer)
    withdrawn(editor)
    an_image(editor)
    at_the_desk(reporter, editor, reviewer)


def the_board(reporter: Desk, editor: Desk) -> str:
    """Texts in every stage; return the article that waits for review."""
    editor.write("How we count sources", "Reprints are one source.", SOURCES)
    denials = reporter.write("What a denial denies", "The fact, the proof, the source.", DENIALS)
    reporter.step(denials, "Submit for review", "in review")
    editor.step(denials, "Approve", "approved")
    year = reporter.write("A year in claims", "What is answered, and what is not.", YEAR)
    reporter.step(year, "Submit for review", "in review")
    editor.step(year, "Approve", "approved")
    editor.publish(year, days=3)
    changed = editor.find("treaty-in-force")
    editor.open(changed)
    editor.change("</p>", " The text of it was published before.</p>")
    editor.save("Say when the text came out")
    counting = reporter.write(
        "Who counts the troops, and how", "Ranges, days, and whose count it is.", COUNTING
    )
    reporter.step(counting, "Submit for review", "in review", "Two figures have no day yet.")
    editor.open(counting)
    editor.page.get_by_label("Assigned to").select_option(label="editor")
    editor.page.get_by_label("Due").fill(ahead(1))
    editor.press("Assign", "Assigned to editor")
    editor.keep("board", "/admin/board/", height=640)
    editor.keep("schedule", "/admin/schedule/", height=520)
    editor.keep("preview", f"{denials}preview/", height=640)
    return counting


def two_at_once(reporter: Desk, editor: Desk, article: str) -> None:
    """Two people in one text: each is told of the other, and the second save merges."""
    reporter.open(article)
    editor.open(article)
    expect(editor.page.locator("#writing-others")).to_contain_text("has had this open since", timeout=HEARD)
    expect(editor.page.locator("#comfort-hints li").first).to_be_visible()
    editor.keep("form", height=1100)
    reporter.change("superseded, not replaced", "superseded by the later one, not replaced")
    reporter.page.get_by_label("Headline:").fill("Who counts soldiers, and how")
    reporter.save("Say soldiers")
    editor.change("We give each count", "Dyad gives each count")
    editor.page.get_by_label("Headline:").fill("Who counts the troops, how, and when")
    editor.save()
    expect(editor.page.locator("#conflict")).to_be_visible()
    editor.keep("conflict", height=1200)
    editor.press("Save the merge", "was changed")


def corrected(editor: Desk, reviewer: Desk) -> None:
    """An article with three versions: of one a quotation is lost."""
    article = editor.find("gerasimov-kursk")
    editor.open(article)
    editor.change("said on Saturday in a video conference", "said in a video conference on 26 April")
    editor.save("The day instead of the weekday")
    editor.publish(article)
    editor.open(article)
    editor.change("In October the Kremlin spokesman", "In October 2024 the Kremlin spokesman")
    editor.page.get_by_label("Standfirst:").fill(
        "It is the first word of it from Moscow. Kyiv rejects one half of the report."
    )
    editor.save("Name the year")
    correction = "An earlier version did not say that the denial was of October 2024."
    editor.page.goto(f"{article}publish/")
    editor.fill_correction(correction)
    editor.page.get_by_label("From:").fill(ahead(2))
    expect(editor.page.locator("output.utc").first).to_contain_text("UTC")
    editor.keep("publish", height=600)
    editor.publish(article, correction=correction)
    editor.keep("history", f"{article}history/", height=1100)
    editor.keep("compare", f"{article}compare/", height=700)
    editor.keep("versions", "/articles/gerasimov-kursk/versions/", height=900)
    editor.keep("changes", "/articles/gerasimov-kursk/versions/3/changes/", height=900)
    reviewer.keep("anchors", "/admin/desk/anchors/", height=730)


def withdrawn(editor: Desk) -> None:
    """An article that was withdrawn, as readers find it."""
    article = editor.find("letters-at-the-new-year")
    editor.page.goto(f"{article}withdraw/")
    editor.page.get_by_label("Why it is withdrawn:").fill(
        "One of the letters is of another year. We check all of them, and publish the article again then."
    )
    editor.page.get_by_label("Its versions stay readable").check()
    editor.press("Withdraw", "Withdrawn")
    editor.keep("withdrawn", "/articles/letters-at-the-new-year/", height=760)


def an_image(editor: Desk) -> None:
    """The form of an image, with the point that crops keep."""
    editor.page.goto("/admin/articles/image/add/")
    drawn = {"name": "hills.png", "mimeType": "image/png", "buffer": hills()}
    editor.page.get_by_label("Picture:").set_input_files(drawn)  # type: ignore[arg-type]
    editor.page.get_by_label("Alternative text:").fill("The sun stands low over two hills")
    editor.page.get_by_label("Credit:").fill("Dyad")
    editor.page.get_by_label("Focal point, across:").fill("72")
    editor.page.get_by_label("Focal point, down:").fill("38")
    editor.keep("image", height=780)


def hills() -> bytes:
    """Return a drawing of two hills and a sun as a PNG."""
    picture = Image.new("RGB", (1200, 800), "#f2dfc0")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((790, 230, 940, 380), fill="#c8502d")
    pen.ellipse((-300, 450, 900, 1500), fill="#5d7a6a")
    pen.ellipse((500, 540, 1700, 1500), fill="#3c574e")
    data = BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


if __name__ == "__main__":
    GUIDE.mkdir(exist_ok=True)
    with own_site(TIME_ZONE=ZONE) as site, browsing() as browser:
        draw(browser, site)
    require_light(GUIDE)
