"""The editor's guide and its pictures."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
GUIDE = (DOCS / "editor-guide.md").read_text(encoding="utf-8")
LARGEST = 250_000


def test_every_picture_that_the_guide_shows_is_there_and_every_picture_that_is_there_is_shown() -> None:
    shown = re.findall(r"!\[[^]]+\]\(editor-guide/([\w-]+\.png)\)", GUIDE)
    assert sorted(shown) == sorted(picture.name for picture in (DOCS / "editor-guide").iterdir())


def test_every_picture_is_light_enough_to_be_waited_for() -> None:
    sizes = {picture.name: picture.stat().st_size for picture in (DOCS / "editor-guide").iterdir()}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


def test_every_picture_has_words_for_those_who_cannot_see_it() -> None:
    assert "![](" not in GUIDE


def test_every_page_that_the_guide_leads_to_is_there() -> None:
    pages = re.findall(r"(?<!!)\[[^]]+\]\(([^)#:]+)\)", GUIDE)
    assert pages and all((DOCS / page).is_file() for page in pages)
