"""A site of which every process is stopped over the appointed minute, the database too."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cms.test_serve import PATIENCE, ROOT, Site

SCHEDULE = """
from datetime import timedelta
from articles.actions import Content, create_article, publish
from cms.periods import clock
article = create_article(None, Content(headline="The bridge opens", body="<p>It opened.</p>"), slug={slug!r})
print(publish(article, None, at=clock() + timedelta(seconds={seconds})).live.lower.timestamp())
"""


@pytest.fixture
def site() -> Iterator[Site]:
    home = Path(tempfile.mkdtemp(prefix="dyad-test-"))
    site = Site(home)
    site.serve()
    yield site
    site.main.terminate()
    for process in site.processes:
        process.communicate(timeout=PATIENCE)
    shutil.rmtree(home)


def schedule(site: Site, slug: str, seconds: int) -> datetime:
    """Schedule an article by the action that editors use, and return its instant."""
    said = subprocess.run(
        [
            sys.executable,
            "manage.py",
            "shell",
            "--no-imports",
            "-c",
            SCHEDULE.format(slug=slug, seconds=seconds),
        ],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "DATA_DIR": str(site.home), "DEMO": "0"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return datetime.fromtimestamp(float(said.split()[-1]), UTC)


def test_an_article_whose_minute_passed_while_everything_was_stopped_is_live_at_the_first_request(
    site: Site,
) -> None:
    for seconds in (8, 60):  # a busy machine may need longer than the first to stop
        page = f"/articles/bridge-{seconds}/"
        instant = schedule(site, f"bridge-{seconds}", seconds)
        before = site.get(page)[0]
        asked = datetime.now(UTC)
        site.main.terminate()
        site.main.communicate(timeout=PATIENCE)
        assert site.living() == []
        stopped_in_time = datetime.now(UTC) < instant
        assert before == 404 or asked > instant
        while datetime.now(UTC) <= instant:
            time.sleep(0.1)
        assert site.living() == []
        site.serve()
        if stopped_in_time:
            break
    assert stopped_in_time
    status, text = site.get(page)
    assert status == 200
    assert "The bridge opens" in text
