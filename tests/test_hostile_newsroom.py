"""Whatever the newsroom types into whichever field, no page of its own or of the readers' brings it to life."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from articles import actions
from articles.actions import Content, Told, new_tab
from articles.models import Article, Topic
from assertions.models import Assertion
from cms.models import User
from cms.periods import clock
from tests.factories import make_actor, make_assertion, make_state
from tests.hidden_rows import picture
from tests.staff import errors, make_staff, sent, signed_in

pytestmark = pytest.mark.django_db

WORDS = "\"'></textarea></title></script><script>alert(1)</script><img src=x onerror=alert(1)>"
BODY = f"<p>Ada Vale spoke.</p><p>{WORDS.replace('<', '&lt;')}</p>{WORDS}"
STAFF_PAGES = {
    "/admin/", "/admin/board/", "/admin/schedule/", "/admin/articles/article/", "/admin/articles/topic/",
    "/admin/articles/image/", "/admin/articles/correction/", "/admin/articles/errorreport/",
    "/admin/articles/topic/duplicates/",
}  # fmt: skip
ROUTES = (
    "change", "history", "compare", "preview", "preview-link", "publish", "withdraw", "embargo", "access", "assign",
    "restore",
)  # fmt: skip
READERS_PAGES = {
    "/", "/articles/", "/corrections/", "/topics/", "/search/?q=Vale", "/feed.atom", "/feed.json",
    "/assertions/", "/actors/", "/sitemap.xml",
}  # fmt: skip


class Alive(HTMLParser):
    """Finds what a browser would run of a page: scripts, handlers, and pictures that fail on purpose."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str] = []
        self._script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "script":
            self._script = values.get("type", "text/javascript")
        if tag == "a":
            self.links.append(values.get("href", ""))
        if any(name.startswith("on") for name in values) or values.get("src") == "x":
            self.found.append(self.get_starttag_text() or tag)
        self.found += [
            value
            for value in values.values()
            if value.strip().lower().startswith(("javascript:", "data:text"))
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = ""

    def handle_data(self, data: str) -> None:
        if self._script and "json" not in self._script and "alert(1)" in data:
            self.found.append(data)


def alive(html: str) -> Alive:
    reader = Alive()
    reader.feed(html)
    reader.close()
    return reader


def texts(value: Any) -> Iterator[str]:
    """Yield the texts of a JSON value that stand for HTML."""
    if isinstance(value, dict):
        for name, each in value.items():
            if isinstance(each, str) and name in ("content_html", "offers", "html"):
                yield each
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def require_inert(response: Any, address: str) -> list[str]:
    """Fail if an answer runs anything; return the addresses that it leads to."""
    kind = response.get("Content-Type", "")
    if response.streaming or kind.startswith("image/"):
        return []
    text = response.content.decode()
    if kind.startswith("text/html"):
        page = alive(text)
        assert page.found == [], address
        return [urldefrag(urljoin(address, link)).url for link in page.links]
    if "json" in kind:
        for html in texts(json.loads(text)):
            assert alive(html).found == [], address
    elif "xml" in kind:
        for element in ElementTree.fromstring(text).iter():  # noqa: S314
            if element.get("type") == "html":
                assert alive(element.text or "").found == [], address
    return []


def walk(client: Client, addresses: set[str], most: int) -> set[str]:
    """Read pages and what they lead to on this site, up to a number of pages, and return those that were read."""
    waiting, read = sorted(addresses), set[str]()
    while waiting and len(read) < most:
        address = waiting.pop(0)
        if (
            address in read
            or not address.startswith("/")
            or address.startswith(("/static/", "/admin/logout"))
        ):
            continue
        read.add(address)
        response = client.get(address)
        assert response.status_code < 500, address
        for link in require_inert(response, address):
            # One page of each list and its filters is enough.
            if link.partition("?")[0] not in {each.partition("?")[0] for each in (*read, *waiting)}:
                waiting.append(link)
    return read


@pytest.fixture
def editor() -> User:
    account = make_staff("editor")
    account.first_name, account.last_name = WORDS[:150], WORDS[:150]
    account.save()
    return account


@pytest.fixture
def claim(settings: Any, tmp_path: Path, editor: User) -> Assertion:
    """Articles in every state, whatever is typed beside them, and a claim that rests on one: all of it hostile."""
    settings.RELATIONSHIP, settings.MEDIA_ROOT = ("ostria", "vesta"), tmp_path
    ostria, _ = make_state("Ostria"), make_state("Vesta")
    ada = make_actor("Ada Vale", country=ostria)
    topic = Topic.objects.create(name=f"Trade {WORDS}", slug="trade", description=WORDS)
    actions.publish_topic(topic, editor)
    Topic.objects.create(name=f"Trade. {WORDS}", slug="trade-2", description=WORDS)
    image = actions.add_image(picture("harbour"), editor, alt=WORDS, credit=WORDS)
    source = {
        "publisher": WORDS, "title": WORDS, "note": WORDS, "address": "https://example.org/?'\"onclick=alert(1)",
    }  # fmt: skip

    def made(headline: str, **options: Any) -> Article:
        content = Content(
            headline=f"{headline} {WORDS}", standfirst=WORDS, body=BODY, byline=WORDS, topics=[topic],
            images=[(image, WORDS)],
        )  # fmt: skip
        return actions.create_article(editor, content, sources=[source], **options)

    def edited(article: Article, words: str) -> Any:
        content = actions.content_of(article.revisions.latest("number"))
        content = replace(content, headline=f"{words} {WORDS}", body=f"{content.body}<p>{words}</p>")
        return actions.save_revision(article, content, editor, reason=WORDS)

    # In the works, with every kind of note.
    draft = made("Draft")
    actions.submit(draft, editor, WORDS)
    actions.add_note(draft, editor, WORDS)
    actions.send_back(draft, editor, WORDS)
    actions.assign(draft, editor, to=editor, due=clock() + timedelta(days=1))
    edited(draft, "Approved")
    actions.submit(draft, editor, WORDS)
    actions.approve(draft, editor, WORDS)
    # Public, corrected, edited further; and with a copy that is not saved.
    public = made("Public")
    actions.publish(public, editor)
    claim = make_assertion(
        f"Ships left. {WORDS}", ada, article=public, exact="Ada Vale spoke.", topics=[topic]
    )
    second = edited(public, "Corrected")
    actions.publish(public, editor, revision=second, correction=Told("correction", WORDS))
    edited(public, "Further")
    for article in (public, None):
        names = ("headline", "standfirst", "byline", "body", "slug", "dated", "reason")
        typed = {name: [WORDS] for name in names}
        rows = {"sources-TOTAL_FORMS": ["1"], "sources-0-note": [WORDS], "images-TOTAL_FORMS": ["1"]}
        rows |= {"images-0-image": [WORDS], "images-0-caption": [WORDS], "topics": [WORDS]}
        copy = actions.keep_copy(editor, article, tab=new_tab(), base=1, content=typed | rows)
        copy.seen_at = clock() - timedelta(minutes=1)
        copy.save()
    # Withdrawn in both ways, scheduled, under embargo, removed in part.
    for kept in (True, False):
        withdrawn = made(f"Withdrawn {kept}")
        actions.publish(withdrawn, editor)
        actions.withdraw(withdrawn, editor, reason=WORDS, keeps_versions=kept)
    actions.publish(made("Scheduled"), editor, at=clock() + timedelta(days=1))
    actions.set_embargo(made("Embargo"), editor, clock() + timedelta(days=1))
    partly = made("Removed")
    actions.publish(partly, editor)
    actions.publish(partly, editor, revision=edited(partly, "Later"))
    actions.remove_version(partly.revisions.get(number=1), None, WORDS)
    actions.report_error(f"/articles/{public.slug}/", WORDS)
    return claim


def test_nothing_that_is_typed_into_any_field_runs_on_a_page_for_readers(claim: Assertion) -> None:
    addresses = {f"/articles/{slug}/{page}" for slug in Article.objects.values_list("slug", flat=True)
                 for page in ("", "versions/", "versions/1/", "versions/2/changes/", "timemap/")}  # fmt: skip
    read = walk(Client(), READERS_PAGES | addresses, most=120)
    assert read >= READERS_PAGES | addresses
    assert f"/assertions/{claim.identifier}/" in read


@pytest.mark.parametrize("group", ["editor", "admin"])
def test_nothing_that_is_typed_into_any_field_runs_on_a_page_of_the_newsroom(
    claim: Assertion, editor: User, group: str
) -> None:
    client = signed_in(editor if group == "editor" else make_staff("admin"))
    pages = STAFF_PAGES | {
        f"/admin/articles/article/{article.pk}/{route}/"
        for article in Article.objects.all()
        for route in ROUTES
    }
    desk = {
        link for link in alive(client.get("/admin/").content.decode()).links if link.startswith("/admin/desk")
    }
    pages |= desk | {"/admin/articles/article/add/", f"/admin/assertions/assertion/{claim.pk}/change/"}
    assert walk(client, pages, most=len(pages) + 40) >= pages
    assert desk


def test_what_is_refused_in_a_field_comes_back_as_text_only(claim: Assertion, editor: User) -> None:
    client, article = signed_in(editor), Article.objects.get(slug__startswith="draft")
    change = reverse("admin:articles_article_change", args=[article.pk])
    for field in ("slug", "language", "dated", "base", "tab", "topics"):
        response = client.post(change, sent(client.get(change), **{field: WORDS}))
        assert response.status_code in (200, 409), field
        require_inert(response, field)
    assert errors(client.post(change, sent(client.get(change), slug=WORDS)))
    # A save on top of a newer revision shows both.
    response = client.post(
        change, sent(client.get(change), base=1, headline=f"Mine {WORDS}", byline=f"{WORDS} x")
    )
    assert response.status_code == 409
    require_inert(response, "conflict")
    names = (
        "at",
        "until",
        "due",
        "to",
        "number",
        "text",
        "kind",
        "reason",
        "note",
        "revision",
        "step",
        "embargo",
    )
    for route in (
        "publish",
        "withdraw",
        "embargo",
        "assign",
        "step",
        "restore",
        "preview-link",
        "access",
        "links",
    ):
        page = f"/admin/articles/article/{article.pk}/{route}/"
        data = dict.fromkeys((*names, "at_0", "at_1", "due_0", "due_1", "life", "body"), WORDS)
        response = client.post(page, data, follow=True)
        assert response.status_code < 500, route
        require_inert(response, page)


def test_what_is_told_to_scripts_is_no_more_alive(claim: Assertion, editor: User) -> None:
    client, article = signed_in(editor), Article.objects.get(slug__startswith="public")
    address = reverse("admin:articles_article_autosave", args=[article.pk])
    data = {"user": editor.pk, "tab": str(new_tab()), "base": 1}
    response = client.post(address, data, content_type="application/json")
    assert "script" in response.json()["offers"]
    require_inert(response, address)
    for route, sent_data in (("hints", {"body": BODY, "headline": WORDS, "language": WORDS}),):
        response = client.post(f"/admin/articles/article/{route}/", sent_data)
        assert response.status_code == 200
        require_inert(response, route)
    require_inert(client.get("/admin/articles/article/pick/actors/", {"q": WORDS}), "pick")
    assert "json" in client.get("/admin/articles/article/pick/actors/", {"q": WORDS})["Content-Type"]
