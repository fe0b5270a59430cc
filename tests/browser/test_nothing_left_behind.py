"""What a browser warns of before it is left behind: unsaved words beside a step, and a picture that was chosen."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.actions import Content, create_article
from articles.models import Image
from tests.browser.test_newsroom import sign_in
from tests.hidden_rows import picture
from tests.staff import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_steps_say_that_unsaved_words_are_not_part_of_them(page: Page) -> None:
    editor = make_staff("editor")
    article = create_article(editor, Content(headline="The bridge", body="<p>One.</p>"))
    sign_in(page, "editor")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    warning = page.get_by_text("Your unsaved words are not part of revision 1")
    expect(page.get_by_role("button", name="Submit for review")).to_be_visible()
    expect(warning).to_have_count(0)
    page.get_by_label("Headline:").fill("The new bridge")
    expect(warning).to_be_visible()
    page.get_by_label("Headline:").fill("The bridge")
    expect(warning).to_have_count(0)


def test_a_chosen_picture_is_kept_while_its_words_are_asked_for(
    page: Page, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    file = tmp_path / "harbour.png"
    file.write_bytes(picture("harbour").read())
    make_staff("editor")
    sign_in(page, "editor")
    page.goto("/admin/articles/image/add/")
    page.get_by_label("Picture:").set_input_files(file)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Say in words what the picture shows")).to_be_visible()
    expect(page.get_by_text("Name whose picture it is")).to_be_visible()
    expect(page.get_by_label("Alternative text:")).to_be_focused()
    page.get_by_label("Alternative text:").fill("A harbour")
    page.get_by_label("Credit:").fill("Ada Vale")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("in no article")).to_be_visible()
    assert Image.objects.get().alt == "A harbour"
