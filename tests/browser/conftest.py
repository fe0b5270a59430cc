"""A real browser on a real server: Chromium, by Playwright."""

import os
import shutil
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
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


PATIENCE = 10
"""Seconds to wait at most for a site to have answered everything."""
QUIET_LOOKS = 3
"""How often in a row nobody has to be seen at work, for a site to count as quiet."""


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
def live_server(live_server: LiveServer) -> Iterator[LiveServer]:
    """A site for one test, left alone before its tables are emptied: what a closed page still sent is answered."""
    yield live_server
    until, quiet = time.monotonic() + PATIENCE, 0
    while quiet < QUIET_LOOKS and time.monotonic() < until:
        time.sleep(0.05)
        quiet = quiet + 1 if _nobody_asks() else 0


def _nobody_asks() -> bool:
    """Tell whether no other connection is at work in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle')"
        )
        return bool(cursor.fetchone()[0])


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
def coverage(browser: Browser, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Load the demonstration coverage for the tests of a module; the address of a site that shows it.

    Those tests may read the database, and write nothing: it is the same for all of them.
    """
    with django_db_blocker.unblock(), loaded_coverage():
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
