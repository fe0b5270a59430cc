"""Draw the pictures of docs/tour/, and write the page that names them.

    .venv/bin/python demo/pictures.py [http://127.0.0.1:8000]

From the site at that address, which has to hold the demonstration coverage; without one, from a site of its own, with
that coverage in a folder that is gone afterwards. Needs the packages of requirements-dev.txt, and Chromium on the PATH.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TOUR = ROOT / "docs" / "tour"
QUESTION = "/questions/north-korean-troops-sent-to-russia/"
CONFIRMED = "confirmed it on 28 April 2025"

COLOURS = 255
"""Of the palette of a picture: as many as the eye asks for, in half of the bytes."""
LARGEST, LARGEST_OF_ALL = 250_000, 3_000_000
"""Bytes that a reader should have to wait for at most."""
PATIENCE = 900
"""Seconds that a new site may take to load the coverage."""


@dataclass(frozen=True)
class Site:
    """A running site with the demonstration coverage: its address, and the accounts' passwords by name."""

    address: str
    passwords: dict[str, str]


@dataclass(frozen=True)
class Picture:
    """A picture of the upper part of a page; ``follow`` is a link on it to the page that is meant."""

    name: str
    path: str
    says: str
    follow: str = ""
    width: int = 1280
    height: int = 1280
    light: Literal["light", "dark"] = "light"


PICTURES = [
    Picture(
        "home",
        "/",
        "Home: where the relationship stands in a sentence, what changed last, what is in dispute.",
    ),
    Picture(
        "relationship",
        "/relationships/north-korea/russia/",
        "A relationship: who says what about whom, by month, and the questions between the two.",
        height=1400,
    ),
    Picture(
        "question", QUESTION, "A question: positions over time, and which party changed its own.", height=1400
    ),
    Picture(
        "figure",
        "/figures/troops-sent/",
        "A figure: each count as a range on the day it is for, with whose count it is; nothing is averaged.",
    ),
    Picture(
        "assertion",
        QUESTION,
        "A claim: the words it rests on, how it came to us, and what was said before and after.",
        follow=CONFIRMED,
        height=1500,
    ),
    Picture(
        "article",
        "/articles/gerasimov-kursk/",
        "An article: the passages that carry claims are marked, and a note stands beside each.",
        height=1120,
    ),
    Picture(
        "actor",
        "/actors/vladimir-putin/",
        "An actor: what was said by, for and of somebody, under every name.",
    ),
    Picture("timeline", "/timeline/", "The timeline: claims by the day they were made, the two sides apart."),
    Picture(
        "network",
        "/network/",
        "The network: who speaks about whom, as a table and then as arcs.",
        height=1400,
    ),
    Picture("topic", "/topics/troops/", "A topic: its questions, figures, claims and articles."),
    Picture("home-phone", "/", "Home on a phone.", width=390, height=1200),
    Picture(
        "question-phone", QUESTION, "A question on a phone: the table becomes a list.", width=390, height=1500
    ),
    Picture("article-phone", "/articles/gerasimov-kursk/", "An article on a phone.", width=390, height=1200),
    Picture(
        "question-dark",
        QUESTION,
        "A question in the dark: shape and word tell each stance, colour only helps.",
        light="dark",
        height=1400,
    ),
    Picture(
        "assertion-phone-dark",
        QUESTION,
        "A claim on a phone, in the dark.",
        follow=CONFIRMED,
        width=390,
        height=1400,
        light="dark",
    ),
]


def draw(site: str) -> None:
    """Draw all pictures from the site at an address; exits with a sentence where one cannot be drawn."""
    TOUR.mkdir(exist_ok=True)
    with browsing() as browser:
        for picture in PICTURES:
            _draw(browser, site.rstrip("/"), picture)
    require_light(TOUR)
    lines = [f"![{picture.name}]({picture.name}.png)\n\n{picture.says}\n" for picture in PICTURES]
    head = "# The pages, one picture each\n\nDrawn by `make tour` from the demonstration coverage.\n"
    (TOUR / "README.md").write_text("\n".join([head, *lines]), encoding="utf-8")


@contextmanager
def browsing() -> Iterator[Browser]:
    """Run Chromium; exits with a sentence where there is none."""
    chromium = shutil.which("chromium") or sys.exit("There is no Chromium on the PATH.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def keep(page: Page, target: Path) -> None:
    """Write what a page shows now as a PNG, with its size told; exits with a sentence if it is too large."""
    page.evaluate("document.fonts.ready")
    drawn = Image.open(BytesIO(page.screenshot())).convert("RGB")
    drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    size = target.stat().st_size
    sys.stdout.write(f"{target.stem:22} {size:9,} bytes\n")
    if size > LARGEST:
        sys.exit(f"{target} has {size:,} bytes, more than {LARGEST:,}.")


def require_light(folder: Path) -> None:
    """Exit with a sentence if all pictures of a folder together are too large."""
    total = sum(picture.stat().st_size for picture in folder.glob("*.png"))
    if total > LARGEST_OF_ALL:
        sys.exit(f"{folder} has {total:,} bytes, more than {LARGEST_OF_ALL:,}.")


def _draw(browser: Browser, site: str, picture: Picture) -> None:
    screen = {"width": picture.width, "height": picture.height}
    page = browser.new_page(viewport=screen, color_scheme=picture.light)  # type: ignore[arg-type]
    _open(page, site + picture.path)
    if picture.follow:
        link = page.get_by_role("link", name=picture.follow).first.get_attribute("href")
        _open(page, site + (link or ""))
    keep(page, TOUR / f"{picture.name}.png")
    page.close()


def _open(page: Page, address: str) -> None:
    try:
        response = page.goto(address)
    except Error as error:
        sys.exit(f"{address} does not answer: {error.message.splitlines()[0]}")
    if not response or not response.ok:
        sys.exit(f"{address} answers {response.status if response else 'nothing'}: is it the demonstration?")


@contextmanager
def own_site(**environment: str) -> Iterator[Site]:
    """Run a site with the demonstration coverage in a folder that is gone afterwards; ``environment`` adds settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        # As root the database runs as an ordinary account, which has to get through.
        Path(folder).chmod(0o755)
        settings = {**os.environ, "DATA_DIR": f"{folder}/site", "PORT": str(port), "DEMO": "1"} | environment
        settings.pop("DATABASE_URL", None)
        site = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=settings, stdout=subprocess.DEVNULL
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, site)
            yield Site(address, json.loads(Path(folder, "site", "credentials.json").read_text()))
        finally:
            site.terminate()
            site.wait()


def _wait_for(address: str, site: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while site.poll() is None and time.monotonic() < until:
        try:
            with urlopen(f"{address}/readyz"):  # noqa: S310 - the site that was started here
                return
        except URLError:
            time.sleep(0.5)
    sys.exit("The site did not start: what it wrote above says why.")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        draw(sys.argv[1])
    else:
        with own_site() as site:
            draw(site.address)
