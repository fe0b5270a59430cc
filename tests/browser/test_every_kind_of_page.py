"""Every kind of public page, over the loaded coverage: valid, accessible, within its screen, without a dead link.

A kind is the name of a URL pattern. Of a kind with many pages the fullest and the emptiest are looked at; lists also as
they are asked for something, right and wrong.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urldefrag, urljoin, urlsplit

import axe_playwright_python
import pytest
from django.db.models import Count, QuerySet
from django.template import loader
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from actors.models import Actor
from articles.models import Article, Topic
from articles.previews import token_for
from articles.versions import versions
from assertions.models import Assertion, Measure, Question
from assertions.relationships import pairs_of_states
from cms.models import User
from tests.browser.nu import complaints
from tests.staff import make_staff
from tests.test_public_addresses import patterns

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SITE = "http://testserver"
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
EVERYTHING = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""All that the dark scheme can change: the stylesheets ask for it nowhere but in the values of colours."""
RULES: dict[Literal["light", "dark"], dict[str, Any]] = {"light": EVERYTHING, "dark": COLOURS}

AT_REST = """() => Promise.allSettled(
    document.getAnimations().filter(each => each instanceof CSSTransition).map(each => each.finished))"""
"""Waits for colours that are on their way to those of the other scheme: meanwhile they are neither."""
UNFOLD = "open => document.querySelectorAll('details').forEach(details => { details.open = open })"

NO_PAGES = re.compile(
    r".*feed-(atom|json)|sitemap|news-sitemap|sitemap-section|robots|security|healthz|readyz|articles:image|articles:timemap"
)
"""The names of addresses that answer with something else than a page: feeds, sitemaps, files."""

ASKED = {
    "actors:actor": ["?as_of=2024-12-31", "?as_of=1999-12-31"],
    "actors:actors": ["?kind=person&country=north-korea", "?kind=nothing"],
    "articles:article": ["?as_of=2025-12-31", "?as_of=soon"],
    "articles:articles": ["?actor=russia", "?published_from=yesterday", "?after=nowhere"],
    "assertions:assertions": ["?polarity=negative", "?q=qqqqqq"],
    "assertions:network": ["?by=state&sort=name", "?kind=vessel"],
    "assertions:question": ["?as_of=2024-12-31"],
    "assertions:relationship": [
        "?as_of=2024-12-31",
        "?part=left&as_of=2024-12-31",
        "?part=left",
        "?part=contradictions",
        "?part=articles",
    ],
    "search": ["?q=troops", "?q=troops&kind=claims", "?q=qqqqqq"],
}
"""What pages are asked beside; what cannot be read, and what is not there, are answered with a page too."""


def extremes(rows: QuerySet[Any], relation: str) -> list[str]:
    """Return the addresses of the row with the most others that belong to it, and of the row with the fewest."""
    found = rows.alias(number=Count(relation, distinct=True)).order_by("number", "pk")
    return [row.get_absolute_url() for row in (found.last(), found.first()) if row]


def relationships() -> list[str]:
    """Return the addresses of the relationship with the most in common, and of that with the least."""
    found = pairs_of_states()
    return [pair.get_absolute_url() for pair in (found[0], found[-1])]


def most_seen() -> Article:
    """Return the article that readers have seen in the most versions."""
    return (
        Article.objects.public().annotate(seen=Count("revisions__live")).order_by("seen", "pk").reverse()[0]
    )


def of_versions(name: str) -> list[str]:
    """Return the addresses of a page of the latest and of the first version of that article."""
    article = most_seen()
    latest = versions(article)[-1].number
    return list(dict.fromkeys(reverse(name, args=[article.slug, number]) for number in (latest, 1)))


def preview() -> str:
    """Return the address of a link to a preview of that article's latest revision."""
    maker = User.objects.filter(is_superuser=True).first() or make_staff("admin")
    revision = most_seen().revisions.latest("number")
    return reverse("articles:preview", args=[token_for(revision, maker, timezone.now(), timedelta(days=1))])


OF_MANY: dict[str, Callable[[], list[str]]] = {
    "actors:actor": lambda: extremes(Actor.objects.public(), "mentions"),
    "articles:article": lambda: extremes(Article.objects.public(), "revisions__anchors"),
    "articles:changes": lambda: of_versions("articles:changes"),
    "articles:preview": lambda: [preview()],
    "articles:topic": lambda: extremes(Topic.objects.public(), "tagged_assertions"),
    "articles:version": lambda: of_versions("articles:version"),
    "articles:versions": lambda: [reverse("articles:versions", args=[most_seen().slug])],
    "assertions:assertion": lambda: extremes(Assertion.objects.public(), "linked_from"),
    "assertions:figure": lambda: extremes(Measure.objects.public(), "quantities"),
    "assertions:question": lambda: extremes(Question.objects.public(), "answers"),
    "assertions:relationship": relationships,
}
"""Of kinds with many pages, those to look at. A new kind has to be added here."""


@dataclass
class Reader(HTMLParser):
    """What a page holds: its headings of the first level, description, places to go to, and links."""

    text: str
    headings: int = 0
    descriptions: list[str] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.headings += tag == "h1"
        if tag == "meta" and given.get("name") == "description":
            self.descriptions.append(given.get("content", ""))
        if "id" in given:
            self.places.add(given["id"])
        if "href" in given and tag in ("a", "link"):
            self.links.append(given["href"])


@pytest.fixture(scope="module")
def pages(coverage: str) -> dict[str, bytes]:
    """The pages to look at by their addresses, as the server sends them."""
    client = Client()
    addresses = ["/nowhere/"]
    for name, parameters in patterns(get_resolver()):
        if not NO_PAGES.fullmatch(name):
            assert not parameters or name in OF_MANY, f"Say in OF_MANY which pages of “{name}” to look at."
            found = OF_MANY[name]() if parameters else [reverse(name)]
            addresses += [*found, *(found[0] + query for query in ASKED.get(name, []))]
    return {address: client.get(address).content for address in dict.fromkeys(addresses)}


@pytest.fixture(scope="module")
def listed(coverage: str) -> set[str]:
    """All addresses that the sitemap names."""
    sitemap = Client().get("/sitemap.xml").content.decode()
    return {urlsplit(address).path for address in re.findall("<loc>(.*?)</loc>", sitemap)}


def test_the_html_checker_has_nothing_against_any_page(pages: dict[str, bytes], tmp_path: Path) -> None:
    broken = {
        name: loader.get_template(name).render().encode() for name in ("400.html", "500.html", "503.html")
    }
    refused = {"a report without words": Client().post("/report/", {}).content}
    found = complaints({**pages, **broken, **refused}, tmp_path)
    assert found == {}


def test_every_page_has_one_heading_of_the_first_level_and_a_description(pages: dict[str, bytes]) -> None:
    for address, content in pages.items():
        page = Reader(content.decode())
        assert page.headings == 1, address
        assert [text.strip() != "" for text in page.descriptions] == [True], address


def test_no_link_is_dead(pages: dict[str, bytes], listed: set[str]) -> None:
    """What the sitemap names is there; everything else that is linked is asked for."""
    client = Client()
    known = {address: Reader(content.decode()) for address, content in pages.items()}
    dead = {}
    for address, page in known.copy().items():
        for link in page.links:
            target, place = urldefrag(urljoin(SITE + address, link))
            target = target.removeprefix(SITE)
            if not target.startswith("/") or target.startswith("/static/"):
                continue
            if target not in known and (place or target not in listed):
                answer = client.get(target)
                is_page = "html" in answer.get("Content-Type", "")
                known[target] = Reader(b"".join(answer).decode() if is_page else "")
                if answer.status_code != 200 and not target.startswith("/admin/"):
                    dead[target] = f"{answer.status_code}, on {address}"
            if place and place not in known[target].places:
                dead[f"{target}#{place}"] = f"no such place, on {address}"
    assert dead == {}


@pytest.fixture(scope="module")
def page(browser: Browser, coverage: str) -> Iterator[Page]:
    """A visitor's page on the loaded coverage."""
    context = browser.new_context(base_url=coverage)
    yield context.new_page()
    context.close()


def test_axe_finds_nothing_and_nothing_scrolls_sideways_in_any_light_on_any_screen(
    page: Page, pages: dict[str, bytes]
) -> None:
    found: dict[str, list[str]] = {}
    for address in pages:
        page.goto(address)
        page.evaluate(AXE)
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            for unfolded in (False, True):
                page.evaluate(UNFOLD, unfolded)
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.setdefault(f"{address} at {width}", []).append("scrolls sideways")
            for light, what in RULES.items():
                page.emulate_media(color_scheme=light)
                if violations := seen_by_axe(page, what):
                    found.setdefault(f"{address} at {width}, {light}", []).extend(violations)
    assert found == {}, "\n".join(f"{address}: {words}" for address, said in found.items() for words in said)


def seen_by_axe(page: Page, what: dict[str, Any]) -> list[str]:
    """What axe-core has against the page as it stands now: the rule, what it is about, and where."""
    page.evaluate(AT_REST)
    options = {"runOnly": what, "resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    answer: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {node['failureSummary']} {node['html'][:160]}"
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]
