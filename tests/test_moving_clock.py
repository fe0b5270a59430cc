"""What is planned happens at its instant, on every public address at once, and nobody is needed for it.

The periods are written ahead by the actions that editors use; then only the clock moves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.actions import Content, add_image, create_article, publish, save_revision, set_embargo, withdraw
from articles.models import Article, Topic
from tests.factories import make_assertion
from tests.hidden_rows import TELLTALE, TELLTALE_SLUG, Shown, make_shown, picture
from tests.test_public_addresses import addresses, answers

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
SEARCH = f"/search/?q={TELLTALE}"
FILTERED = f"/articles/?q={TELLTALE}"


@pytest.fixture(autouse=True)
def relationship(settings: Any, tmp_path: Path) -> None:
    settings.RELATIONSHIP = ("ostria", "vesta")
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def shown() -> Shown:
    return make_shown()


@pytest.fixture
def instant() -> datetime:
    """The appointed one."""
    return (timezone.now() + DAY).replace(microsecond=0)


@contextmanager
def unnoticed_until(instant: datetime, client: Client, shown: Shown) -> Iterator[None]:
    """Hold that what is done meanwhile changes no answer of any public address a second before the instant."""
    with time_machine.travel(instant - SECOND, tick=False):
        wanted = [*addresses(shown), SEARCH, FILTERED]
        before = answers(client, wanted)
    yield
    with time_machine.travel(instant - SECOND, tick=False):
        for address, text in answers(client, wanted).items():
            assert text.splitlines() == before[address].splitlines(), address


def content(topics: list[Topic], **changes: Any) -> Content:
    body = f"<p>“{TELLTALE} has left,” Ada Vale of Ostria said of Vesta.</p>"
    whole = {"headline": f"{TELLTALE} leaves", "standfirst": TELLTALE, "body": body, "byline": TELLTALE}
    return Content(**(whole | {"topics": topics} | changes))


def pages_of(article: Article) -> list[str]:
    page = article.get_absolute_url()
    return [page, f"{page}versions/", f"{page}versions/1/", f"{page}versions/1/changes/", f"{page}timemap/"]


def status(client: Client, page: str) -> int:
    response = client.get(page)
    b"".join(response)  # a picture is an open file until it is read
    return response.status_code


@pytest.mark.parametrize("embargoed", [False, True], ids=["scheduled", "under embargo"])
def test_before_its_instant_an_article_is_nowhere_and_then_everywhere_at_the_first_request(
    client: Client, shown: Shown, instant: datetime, embargoed: bool
) -> None:
    with unnoticed_until(instant, client, shown):
        image = add_image(picture(TELLTALE_SLUG), None, alt=TELLTALE, credit=TELLTALE)
        article = create_article(
            None, content([shown.trade], images=[(image, TELLTALE)]), slug=f"{TELLTALE_SLUG}-leaves"
        )
        if embargoed:
            set_embargo(article, None, instant)
        publish(article, None, at=instant)
        claim = make_assertion(
            f"{TELLTALE} left.",
            shown.ada,
            article=article,
            exact=f"{TELLTALE} has left",
            about=[shown.vesta],
            topics=[shown.trade],
        )
    own = [*pages_of(article), claim.get_absolute_url(), image.file.url]
    with time_machine.travel(instant - SECOND, tick=False):
        assert {status(client, page) for page in own} == {404}
        # As of an instant that is still ahead nothing is told either.
        assert (
            TELLTALE
            not in client.get(f"/actors/ada-vale/?as_of={instant:%Y-%m-%dT%H:%M:%SZ}").content.decode()
        )
    with time_machine.travel(instant, tick=False):
        assert [page for page in own if status(client, page) != 200] == []
        telling = [
            *("/", "/articles/", "/feed.atom", "/feed.json", "/sitemap.xml", "/sitemap-articles.xml"),
            *("/news-sitemap.xml", "/actors/ada-vale/", "/actors/ada-vale/feed.atom", "/topics/trade/"),
            *("/topics/trade/feed.json", "/relationships/ostria/vesta/", "/assertions/", "/timeline/"),
            *("/relationships/ostria/vesta/feed.atom", SEARCH, FILTERED),
        ]
        silent = [page for page in telling if TELLTALE_SLUG not in client.get(page).content.decode().lower()]
        assert silent == []
        assert client.get("/").context["state"]["articles"] == 3


def test_a_replacement_takes_the_place_of_the_live_wording_at_its_instant(
    client: Client, shown: Shown, instant: datetime
) -> None:
    live = shown.answer.revisions.public().get()
    with unnoticed_until(instant, client, shown):
        save_revision(shown.answer, content([shown.trade]), None)
        publish(shown.answer, None, at=instant)
    page = shown.answer.get_absolute_url()
    with time_machine.travel(instant - SECOND, tick=False):
        assert client.get(f"{page}versions/2/").status_code == 404
    with time_machine.travel(instant, tick=False):
        now = client.get(page).content.decode()
        assert TELLTALE in now
        assert live.headline not in now
        assert live.headline in client.get(f"{page}versions/1/").content.decode()
        assert TELLTALE in client.get(f"{page}versions/2/").content.decode()
        assert live.headline not in client.get("/feed.json").content.decode()
        assert TELLTALE in client.get("/feed.json").content.decode()


@pytest.mark.parametrize("way", ["withdrawn", "until"])
def test_a_planned_end_takes_an_article_and_what_rests_on_it_alone_from_every_address_at_its_instant(
    client: Client, shown: Shown, instant: datetime, way: str
) -> None:
    article = create_article(None, content([shown.trade]), slug=f"{TELLTALE_SLUG}-leaves")
    publish(article, None)
    claim = make_assertion(
        f"{TELLTALE} left.", shown.ada, article=article, exact=f"{TELLTALE} has left", about=[shown.vesta]
    )
    with unnoticed_until(instant, client, shown):
        if way == "until":
            publish(article, None, until=instant)
        else:
            withdraw(article, None, reason="It was forged.", at=instant)
    with time_machine.travel(instant - SECOND, tick=False):
        assert {client.get(page).status_code for page in pages_of(article)[:3]} == {200}
        assert client.get(claim.get_absolute_url()).status_code == 200
    with time_machine.travel(instant, tick=False):
        assert client.get(article.get_absolute_url()).status_code == 410
        versions = {client.get(page).status_code for page in pages_of(article)[1:3]}
        assert versions == ({200} if way == "until" else {410})
        assert client.get(claim.get_absolute_url()).status_code in (404, 410)
        asked = [address for address in addresses(shown) if not address.startswith("/corrections/")]
        found = [address for address, text in answers(client, asked).items() if TELLTALE in text]
        assert found == []
        assert client.get("/").context["state"]["articles"] == 2
