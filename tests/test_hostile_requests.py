"""Whatever an address, a form or an imported file holds, the site answers, and nothing in it comes to life."""

import json
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.factories import days_ago, make_actor, make_article, make_assertion, make_state, make_topic
from tests.hostile_text import import_hostile_article

pytestmark = pytest.mark.django_db

LISTS = ["articles:articles", "actors:actors", "assertions:assertions", "articles:topics", "search"]
PAGES = [*LISTS, "assertions:relationships", "corrections", "home", "about", "report", "sitemap"]
PARAMETERS = [
    *("q", "kind", "page", "p", "after", "before", "part"),
    *("topic", "actor", "language", "published_from", "published_to"),
    *("country", "letter"),
    *(
        "act",
        "polarity",
        "speaker",
        "speaks_for",
        "about",
        "relay",
        "possibly",
        "event_class",
        "said_from",
        "said_to",
    ),
]


def cursor(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


VALUES = {
    "NUL": "a\0b",
    "only NUL": "\0",
    "10 kB": "x" * 10_000,
    "10 kB of words": "a " * 5_000,
    "percent": "%",
    "per cent s": "%s %(x)s %00",
    "quotes": "' \" ; -- ` ´",
    "query operators": "a & | ! ( : * <-> b:*A",
    "like operators": r"_%\_%\\",
    "object": '{"a": [1]}',
    "large": "9" * 40,
    "not a number": "NaN",
    "no day": "2023-02-31",
    "surrogate": "\ud800",
    "right to left": "\u202etxt.exe",
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7 }}{% debug %}",
    "line breaks": "a\r\nSet-Cookie: x=1",
    "cursor of nothing": cursor([]),
    "cursor of nulls": cursor([None, None]),
    "cursor of too many": cursor([1, 2, 3]),
    "cursor of lists": cursor([[1], {}]),
    "cursor of large numbers": cursor(["2024-01-01T00:00:00+00:00", 10**30]),
    "cursor of an infinite number": cursor(["2024-01-01", float("inf")]),
    "cursor of no time": cursor(["99999-01-01", 1]),
    "cursor with NUL": cursor(["a\0b", 1]),
    "cursor of truths": cursor([True, False]),
    "cursor of a far day": cursor(["9999-12-31", 1]),
    "cursor nested deeply": urlsafe_b64encode(b"[" * 9_000).decode(),
}


@pytest.fixture
def coverage(settings: Any) -> Article:
    settings.RELATIONSHIP = ("ostria", "vesta")
    ostria, vesta = make_state("Ostria"), make_state("Vesta")
    ada = make_actor("Ada Vale", country=ostria)
    trade = make_topic("Trade")
    article = make_article(
        "Ada Vale denies it", "Ada Vale of Ostria spoke of Vesta.", topics=[trade], published=days_ago(3)
    )
    make_assertion(
        "Ships left.", ada, act="denies", article=article, about=[vesta], topics=[trade], said="2024-05-06"
    )
    return article


def answered(client: Client, path: str, query: dict[str, Any]) -> int:
    encoded = {name: _encoded(value) for name, value in query.items()}
    status: int = client.get(path, encoded).status_code
    return status


def _encoded(value: Any) -> Any:
    return value.encode(errors="surrogatepass") if isinstance(value, str) else value


@pytest.mark.parametrize("page", PAGES)
def test_no_value_of_any_parameter_breaks_a_page(client: Client, coverage: Article, page: str) -> None:
    filters = [name for name in PARAMETERS if name not in ("after", "before")]
    for what, value in VALUES.items():
        # A filter that refuses its value, or a bad cursor, hides what the others would do with it.
        alone = ({"q": value}, {"after": value}, {"before": value}) if page in LISTS else ()
        for query in (dict.fromkeys(filters, value), *alone):
            assert answered(client, reverse(page), query) in (200, 404), (what, list(query))


@pytest.mark.parametrize("page", LISTS)
def test_parameters_given_twice_or_as_arrays_break_no_page(
    client: Client, coverage: Article, page: str
) -> None:
    for form in ("{}", "{}[]", "{}[$ne]"):
        assert answered(client, reverse(page), {form.format(name): ["a", "b"] for name in PARAMETERS}) in (
            200,
            404,
        )


def test_no_value_breaks_a_part_of_a_relationship(client: Client, coverage: Article) -> None:
    page = reverse("assertions:relationship", args=["ostria", "vesta"])
    for what, value in VALUES.items():
        for query in (
            {"part": value},
            {"part": "articles", "after": value},
            {"part": "left", "before": value},
        ):
            assert answered(client, page, query) in (200, 404), (what, query)


@pytest.mark.parametrize(
    "path",
    [
        "/articles/%00/",
        "/articles/%ff%fe/",
        "/actors/%27%22%3B--/",
        "/assertions/' OR 1=1/",
        "/articles/" + "x" * 5_000 + "/",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/topics/<script>alert(1)</script>/",
        "/relationships/ostria/ostria/",
        "/relationships/ostria/%00/",
        "/sitemap-nothing.xml",
        "/%F0%9F%92%A5/",
        "/articles/%25s/",
    ],
)
def test_an_address_that_is_none_is_a_404(client: Client, coverage: Article, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "value", ["<script>alert(1)</script>", '" onfocus="alert(1)" autofocus="', "{{ 7 }}"]
)
def test_what_is_asked_for_is_repeated_as_text_only(client: Client, coverage: Article, value: str) -> None:
    for name in PAGES:
        text = client.get(reverse(name), dict.fromkeys(PARAMETERS, value)).content.decode()
        assert "<script>alert" not in text
        assert 'onfocus="' not in text


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_that_are_only_read_take_no_other_method(
    client: Client, coverage: Article, method: str
) -> None:
    for name in PAGES:
        if name != "report":
            assert getattr(client, method)(reverse(name)).status_code == 405, name


def test_a_report_of_an_error_takes_anything_or_says_what_is_wrong(client: Client) -> None:
    for what, value in VALUES.items():
        form = urlencode({"path": _encoded(value), "text": _encoded(value)})
        response = client.post(reverse("report"), form, content_type="application/x-www-form-urlencoded")
        assert response.status_code in (302, 422), what


@pytest.fixture
def hostile(coverage: Article, tmp_path: Path) -> Article:
    """An imported article every field of which tries to run something; it is published."""
    return import_hostile_article(tmp_path)


ACTIVE = ("<script>alert", "onerror=alert(1)>", "<iframe", "<svg", "<form action=\"https://evil", "<base", "http-equiv",
          "javascript:", "data:text", "evil.example", "onclick=\"", "mso", "<o:p", "<xml")  # fmt: skip


def test_nothing_active_in_an_imported_text_reaches_a_page(client: Client, hostile: Article) -> None:
    for address in [
        hostile.get_absolute_url(),
        "/",
        "/articles/",
        "/articles/?q=Headline",
        "/search/?q=Headline",
    ]:
        text = client.get(address).content.decode()
        assert "Headline" in text
        assert [mark for mark in ACTIVE if mark in text.lower()] == [], address


@pytest.mark.parametrize("name", ["feed-atom", "feed-json", "news-sitemap", "sitemap"])
def test_feeds_and_sitemaps_of_an_imported_text_are_well_formed_and_as_clean(
    client: Client, hostile: Article, name: str
) -> None:
    text = client.get(reverse(name)).content.decode()
    assert "hostile" in text
    if name == "feed-json":
        contents = [item["content_html"] for item in json.loads(text)["items"]]
    else:
        root = ElementTree.fromstring(text)  # noqa: S314
        contents = [element.text or "" for element in root.iter("{http://www.w3.org/2005/Atom}content")]
    assert not any(mark in content.lower() for content in contents for mark in ACTIVE)
