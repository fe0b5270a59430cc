"""The site's own pages, its files for robots, and what is shown when something goes wrong."""

from datetime import datetime

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.actions import correct, withdraw
from cms import views
from tests.factories import make_actor, make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/", "/about/", "/corrections/", "/report/", "/report/thanks/", "/articles/", "/assertions/"]
)
def test_every_page_has_what_a_page_needs(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    text = response.content.decode()
    assert text.count("<h1") == 1
    for words in (
        '<html lang="en">',
        '<a class="skip" href="#main">',
        '<main id="main"',
        f'<link rel="canonical" href="http://testserver{path}">',
        '<meta name="description" content="',
        f'href="/report/?path={path}"',
    ):
        assert words in text
    assert " style=" not in text
    assert "<style" not in text


def test_pages_forbid_whatever_is_not_ours(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_header_marks_where_the_reader_is(client: Client) -> None:
    assert '<a href="/articles/" aria-current="true">' in client.get("/articles/").content.decode()


def test_corrections_of_public_articles_are_listed(client: Client) -> None:
    article, gone = make_article("Ships leave"), make_article("Gone")
    correct(article, None, kind="clarification", text="Two ships, not three.")
    correct(gone, None, kind="retraction", text="None of it was so.")
    withdraw(gone, None, reason="The letter was forged.")
    text = client.get("/corrections/").content.decode()
    assert "Two ships, not three." in text
    assert "clarification" in text
    assert "None of it was so." not in text


def test_robots_are_kept_from_the_admin_and_shown_the_sitemap(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert b"Disallow: /admin/\n" in response.content
    assert b"Sitemap: http://testserver/sitemap.xml\n" in response.content


def test_the_contact_for_weaknesses_has_not_expired(client: Client) -> None:
    fields = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert fields["Contact"] == "http://testserver/report/"
    assert datetime.fromisoformat(fields["Expires"]) > timezone.now()


def test_not_found_offers_what_is_near_and_public(client: Client) -> None:
    make_article("Ada Vale denies that ships left", slug="ada-vale-denies")
    make_article("Ada Vale denied it in a draft", slug="ada-vale-denied", public=False)
    make_actor("Ada Vale")
    make_actor("Ada Vail", public=False)
    response = client.get("/articles/ada-vale-denie/")
    assert response.status_code == 404
    text = response.content.decode()
    assert '<a href="/articles/ada-vale-denies/">' in text
    assert '<a href="/actors/ada-vale/">' in text
    assert 'value="ada vale denie"' in text
    assert "draft" not in text
    assert "Vail" not in text


@pytest.mark.parametrize(
    "path", ["/%00/", "/%F0%9F%92%A9/", "/" + "a" * 3000 + "/", "/%25_%25/", "/'\"<b>/", "/x/\ud83d/"]
)
def test_not_found_takes_any_address(client: Client, path: str) -> None:
    response = client.get(path.encode("utf-8", "surrogatepass").decode("latin-1"))
    assert response.status_code == 404
    assert "<b>/" not in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/articles/none/", "/articles/?before=none", "/actors/none/?as_of=2", "/articles/none/versions/"],
)
def test_a_page_of_an_error_is_no_page_to_be_found(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code in (400, 404)
    text = response.content.decode()
    assert '<meta name="robots" content="noindex">' in text
    assert 'rel="canonical"' not in text


def test_what_broke_is_said_without_the_database(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        broken = views.server_error(rf.get("/"))
        damaged = views.bad_request(rf.get("/"), ValueError())
    assert (broken.status_code, damaged.status_code) == (500, 400)
    assert b"<h1>Something broke here</h1>" in broken.content


def test_what_is_not_for_an_account_is_said(rf: RequestFactory) -> None:
    response = views.forbidden(rf.get("/"), PermissionError())
    assert response.status_code == 403
    assert b"<h1>" in response.content


@pytest.mark.parametrize("path", ["/", "/about/", "/articles/", "/assertions/", "/corrections/"])
def test_pages_are_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200
