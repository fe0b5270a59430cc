"""Pictures by keyboard and by pointer: upload, focal point, and the rows of an article's form."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from playwright.sync_api import Page, expect

from articles.actions import add_image
from articles.models import Article, Image
from tests.browser.nu import complaints
from tests.browser.test_every_kind_of_page import AT_REST, AXE, RULES
from tests.browser.test_newsroom import add_row, choose, paste, sign_in
from tests.factories import make_article
from tests.hidden_rows import picture
from tests.staff import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    data = BytesIO()
    Picture.linear_gradient("L").resize((900, 600)).save(data, "PNG")
    path = tmp_path / "harbour.png"
    path.write_bytes(data.getvalue())
    return path


def test_a_picture_is_seen_before_it_is_saved_and_its_focal_point_set_by_keys_and_by_pointer(
    page: Page, file: Path
) -> None:
    make_staff("editor")
    sign_in(page, "editor")
    page.goto("/admin/articles/image/add/")
    expect(page.locator(".focusing")).to_be_hidden()
    page.get_by_label("Picture:").set_input_files(file)
    point = page.get_by_role("button", name="Focal point: 50 per cent from the left, 50 from the top")
    point.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Focal point, across:")).to_have_value("49")
    expect(page.get_by_label("Focal point, down:")).to_have_value("60")
    expect(page.locator(".focusing [role=status]")).to_have_text(
        "49 per cent from the left, 60 from the top."
    )
    box = page.locator(".focusing .seen").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75)
    expect(page.get_by_label("Focal point, across:")).to_have_value("25")
    page.get_by_label("Focal point, down:").fill("10")
    expect(page.get_by_role("button", name="25 per cent from the left, 10 from the top")).to_be_visible()
    page.get_by_label("Alternative text:").fill("A harbour")
    page.get_by_role("button", name="Save", exact=True).click()
    # The server refuses it: nothing says whose it is. What was typed stays, and only the file is chosen again.
    expect(page.get_by_text("Name whose picture it is")).to_be_visible()
    expect(page.get_by_label("Alternative text:")).to_have_value("A harbour")
    expect(page.get_by_label("Focal point, across:")).to_have_value("25")
    page.get_by_label("Credit:").fill("Ada Vale")
    page.get_by_label("Picture:").set_input_files(file)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("in no article")).to_be_visible()
    image = Image.objects.get()
    assert (image.width, image.focus_x, image.focus_y) == (900, 25, 10)
    page.get_by_role("link", name="A harbour").last.click()
    expect(page.get_by_role("button", name="25 per cent from the left, 10 from the top")).to_be_visible()


def test_the_rows_of_an_article_show_what_is_chosen_and_are_ordered_by_keys(page: Page, file: Path) -> None:
    make_staff("editor")
    for name in ("harbour", "the quay"):
        add_image(picture(name), None, alt=f"A picture of {name}", credit="Ada Vale")
    sign_in(page, "editor")
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Headline:").fill("The harbour")
    paste(page, page.locator(".tiptap"), "The harbour is open.")
    for number, name in enumerate(("harbour", "the quay")):
        add_row(page, "images")
        choose(page, f"id_images-{number}-image", name)
        row = page.locator(f"#images-{number}")
        expect(row.locator(".chosen .credit")).to_have_text("Ada Vale")
        expect(row.locator(".chosen img")).to_have_attribute("src", "/media/" + _thumbnail(name))
    warning = page.locator("#images-0").get_by_text("The caption repeats the alternative text")
    expect(warning).to_be_hidden()
    page.locator("#id_images-0-caption").fill("a picture of  harbour")
    expect(warning).to_be_visible()
    page.locator("#id_images-0-caption").fill("In May")
    expect(warning).to_be_hidden()
    # The third comes in by the pop-up.
    add_row(page, "images")
    with page.expect_popup() as opened:
        page.locator("#images-2 .add-related").click()
    popup = opened.value
    popup.get_by_label("Picture:").set_input_files(file)
    popup.get_by_label("Alternative text:").fill("A crane")
    popup.get_by_label("Credit:").fill("Boris Klint")
    popup.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#images-2 .chosen .alt")).to_have_text("A crane")
    up = page.locator("#images-2").get_by_role("button", name="Move up")
    up.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    expect(page.locator("#images-group [role=status]")).to_have_text("Moved to place 1 of 3.")
    page.keyboard.press("Enter")
    expect(page.locator("#images-group [role=status]")).to_have_text("It is the first already.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    shown = Article.objects.get().revisions.get().images.all()
    assert [use.image.alt for use in shown] == ["A crane", "A picture of harbour", "A picture of the quay"]
    assert [use.caption for use in shown] == ["", "In May", ""]


def test_pictures_in_the_admin_are_accessible_on_every_screen_in_any_light(page: Page, file: Path) -> None:
    make_staff("editor")
    image = add_image(picture("harbour"), None, alt="A picture of harbour", credit="Ada Vale")
    article = make_article("The harbour", images=[(image, "a picture of harbour")], public=False)
    sign_in(page, "editor")
    # A page of its own: axe itself sets styles, which the policy refuses, and the console says so.
    other = page.context.new_page()
    sheet = "/admin/articles/image/"
    for address, part in {
        f"{sheet}add/": ".picturing",
        f"{sheet}{image.pk}/change/": ".picturing",
        sheet: ".contact-sheet",
        f"/admin/articles/article/{article.pk}/change/": "#images-group",
    }.items():
        other.goto(address)
        if address.endswith("/image/add/"):
            other.get_by_label("Picture:").set_input_files(file)
            expect(other.locator(".focusing")).to_be_visible()
        other.evaluate(AXE)
        for width in (1280, 390):
            other.set_viewport_size({"width": width, "height": 900})
            for light, what in RULES.items():
                other.emulate_media(color_scheme=light)
                other.evaluate(AT_REST)
                asked = {
                    "runOnly": what,
                    "resultTypes": ["violations"],
                    "rules": {"target-size": {"enabled": True}},
                }
                found = other.evaluate("asked => axe.run(asked[0], asked[1])", [part, asked])["violations"]
                told = [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
                assert told == [], (address, width, light)
            assert other.evaluate("document.documentElement.scrollWidth <= innerWidth"), (address, width)


def test_a_page_with_pictures_is_valid_and_runs_over_no_screen(page: Page, tmp_path: Path) -> None:
    clear = BytesIO()
    Picture.new("RGBA", (900, 300)).save(clear, "PNG")
    images = [
        (add_image(upload, None, alt=f"Picture {number}", credit="Ada Vale"), "In May")
        for number, upload in enumerate(
            (picture("harbour"), SimpleUploadedFile("clear.png", clear.getvalue()))
        )
    ]
    article = make_article("The harbour", images=images)
    answer = page.goto(article.get_absolute_url())
    assert answer
    (tmp_path / "pages").mkdir()
    assert complaints({"the article": answer.body()}, tmp_path / "pages") == {}
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown = page.locator("picture img").last
    shown.scroll_into_view_if_needed()
    page.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth)")
    assert shown.evaluate("image => image.currentSrc").endswith(".avif")


def _thumbnail(name: str) -> str:
    return f"renditions/{Image.objects.get(alt__endswith=name).file.name}/4.webp"
