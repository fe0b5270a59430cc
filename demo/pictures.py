"""Draw the pictures of README.md from a running site that holds the demonstration coverage.

    .venv/bin/python demo/pictures.py [http://127.0.0.1:8000]

Writes docs/article.png and docs/relationship.png: the upper part of both pages, 1280 pixels wide, in the light
colours. Needs the packages of requirements-dev.txt, and Chromium on the PATH.
"""

import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, sync_playwright

DOCS = Path(__file__).resolve().parent.parent / "docs"
PICTURES = {"article": "/articles/gerasimov-kursk/", "relationship": "/relationships/north-korea/russia/"}
WIDTH, HEIGHT = 1280, 1120
LARGEST = 300_000
"""Bytes of a picture that a reader of README.md should have to wait for at most."""


def draw(site: str) -> None:
    """Write the pictures of the site at an address; exits with a sentence where one cannot be drawn."""
    chromium = shutil.which("chromium") or sys.exit("There is no Chromium on the PATH.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        for name, path in PICTURES.items():
            _draw(page, site.rstrip("/") + path, DOCS / f"{name}.png")
        browser.close()


def _draw(page: Any, address: str, target: Path) -> None:
    try:
        response = page.goto(address)
    except Error as error:
        sys.exit(f"{address} does not answer: {error.message.splitlines()[0]}")
    if not response or not response.ok:
        sys.exit(f"{address} answers {response.status if response else 'nothing'}: is it the demonstration?")
    page.evaluate("document.fonts.ready")
    size = len(page.screenshot(path=target))
    if size > LARGEST:
        sys.exit(f"{target} has {size:,} bytes, more than {LARGEST:,}.")
    sys.stdout.write(f"{target.relative_to(DOCS.parent)}  {size:,} bytes\n")


if __name__ == "__main__":
    draw(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
