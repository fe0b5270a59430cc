"""A real browser on a real server: Chromium, by Playwright."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import loaded_coverage

CHROMIUM = ["chromium", "chromium-browser", "google-chrome"]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Chromium as the system has it; without one the tests fail, since a skipped one proves nothing."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("There is no Chromium on the PATH: apt-get install chromium.")
    connections.close_all()
    with sync_playwright() as playwright:
        # Playwright runs an event loop in this thread; Django must not take it for an asynchronous view.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        # While the loop runs, this thread has other database connections than before and after.
        instance = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield instance
        instance.close()
        connections.close_all()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A page of a new visitor, whose console must stay without errors: a breach of the policy is one."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield page
    context.close()
    # That an answer was 409 is noted as a failed load; it is the answer that was meant.
    assert [text for text in heard if "409 (Conflict)" not in text] == []


@pytest.fixture(scope="module")
def coverage(
    browser: Browser, django_db_blocker: DjangoDbBlocker, pytestconfig: pytest.Config
) -> Iterator[str]:
    """Load the demonstration coverage for the tests of a module; the address of a site that shows it.

    Those tests may read the database, and write nothing: it is the same for all of them.
    """
    with django_db_blocker.unblock(), loaded_coverage(pytestconfig):
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
