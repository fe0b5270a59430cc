"""Previews of a revision: for staff, and by a link that ends."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import actions, previews
from articles.actions import Content, end_preview_links, make_preview_link, save_revision
from articles.models import Article, Image
from cms.models import User
from tests.factories import make_actor, make_article, make_assertion
from tests.hidden_rows import picture
from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


def link(article: Article, by: User, life: timedelta = DAY) -> str:
    """Return the address of a link to the latest revision."""
    token = make_preview_link(article.revisions.latest("number"), by, life)
    return reverse("articles:preview", args=[token])


def staff_preview(article: Article, number: int | None = None) -> str:
    address = reverse("admin:articles_article_preview", args=[article.pk])
    return f"{address}?revision={number}" if number else address


# What it shows


def test_staff_sees_any_revision_as_readers_would_see_it(editor: User) -> None:
    article = make_article("First", "One.", public=False)
    save_revision(article, Content(headline="Second", body="<p>Two.</p>"), editor)
    client = signed_in(editor)
    latest, first = (client.get(staff_preview(article, number)).content.decode() for number in (None, 1))
    assert "Preview of revision 2" in latest
    assert "<h1>Second</h1>" in latest
    assert "<h1>First</h1>" in first
    assert "not public" in first
    assert client.get(staff_preview(article, 7)).status_code == 404


def test_a_preview_shows_the_claims_that_would_be_public_with_it(editor: User) -> None:
    ada = make_actor("Ada Vale")
    article = make_article("Denied", "“No ship left,” said Ada Vale.", public=False)
    accepted = make_assertion("Ships left.", ada, act="denies", article=article, exact="No ship left")
    make_assertion("Undecided claim.", ada, article=article, exact="said Ada Vale", accepted=False)
    save_revision(
        article, Content(headline="Denied", body="<p>New. “No ship left,” said Ada Vale.</p>"), editor
    )
    text = signed_in(editor).get(staff_preview(article)).content.decode()
    assert 'id="p1"' in text
    assert accepted.identifier in text
    assert "Undecided claim" not in text


def test_a_preview_stores_nothing(editor: User) -> None:
    ada = make_actor("Ada Vale")
    article = make_article("Denied", "“No ship left,” said Ada Vale.", public=False)
    claim = make_assertion("Ships left.", ada, act="denies", article=article, exact="No ship left")
    save_revision(article, Content(headline="Denied", body="<p>No ship left</p>"), editor)
    anchors = claim.evidence.get().anchors.count()
    assert signed_in(editor).get(staff_preview(article)).status_code == 200
    assert claim.evidence.get().anchors.count() == anchors
    article.refresh_from_db()
    assert article.published_at is None


def test_an_outsider_reads_the_revision_of_the_link_and_no_later_one(editor: User, client: Client) -> None:
    article = make_article("First", "One.", public=False)
    address = link(article, editor)
    save_revision(article, Content(headline="Second", body="<p>Two.</p>"), editor)
    response = client.get(address)
    text = response.content.decode()
    assert response.status_code == 200
    assert "<h1>First</h1>" in text
    assert "This link ends on" in text
    assert "Second" not in text


def test_a_preview_is_not_cached_not_indexed_and_tells_nobody_where_it_is(
    editor: User, client: Client
) -> None:
    article = make_article("First", public=False)
    for response in (client.get(link(article, editor)), signed_in(editor).get(staff_preview(article))):
        assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "no-referrer"
        text = response.content.decode()
        for part in ('rel="canonical"', "og:", "application/ld+json", "Memento"):
            assert part not in text, part
        assert "Link" not in response
    assert "Disallow: /preview/" in client.get("/robots.txt").content.decode()


def test_the_images_of_a_preview_are_seen_by_its_link_and_by_no_other(editor: User, client: Client) -> None:
    image = Image.objects.create(file=picture("draft"), width=4, height=3, alt="A quay", credit="A. Writer")
    article = make_article("Illustrated", public=False, images=[(image, "")])
    other = make_article("Another", public=False)
    text = client.get(link(article, editor)).content.decode()
    source = re.search(r'<img src="([^"]+)"', text)
    assert source is not None
    address = source[1].replace("&amp;", "&")
    assert "?preview=" in address
    response = client.get(address)
    assert b"".join(response)
    assert "no-store" in response["Cache-Control"]
    plain = address.partition("?")[0]
    assert client.get(plain).status_code == 404
    foreign = link(other, editor).rstrip("/").rpartition("/")[2]
    assert client.get(f"{plain}?preview={foreign}").status_code == 404
    assert client.get(f"{plain}?preview=nonsense").status_code == 404
    end_preview_links(article, editor)
    assert client.get(address).status_code == 404


# When it ends


@pytest.mark.parametrize("life", previews.LIVES.values(), ids=previews.LIVES)
def test_a_link_ends_at_its_time(editor: User, client: Client, life: timedelta) -> None:
    article = make_article("First", public=False)
    address = link(article, editor, life)
    now = timezone.now()
    with time_machine.travel(now + life - timedelta(minutes=1), tick=False):
        assert client.get(address).status_code == 200
    with time_machine.travel(now + life + timedelta(seconds=1), tick=False):
        response = client.get(address)
    assert response.status_code == 410
    assert "no-store" in response["Cache-Control"]
    assert "a time that ended on" in response.content.decode()
    assert "First" not in response.content.decode()


def test_what_was_not_made_here_is_not_found(editor: User, client: Client) -> None:
    article = make_article("First", public=False)
    address = link(article, editor)
    foreign = signing.dumps([article.revisions.get().pk, editor.pk, 0, 9999999999999], salt="another")
    for wrong in (
        address[:-2] + "x/",
        address.replace("preview/", "preview/x"),
        f"/preview/{foreign}/",
        "/preview/x/",
    ):
        assert client.get(wrong).status_code == 404, wrong


def test_ending_the_links_of_an_article_ends_those_made_before_and_no_others(
    editor: User, client: Client
) -> None:
    article, other = make_article("First", public=False), make_article("Second", public=False)
    old, foreign = link(article, editor), link(other, editor)
    end_preview_links(article, editor)
    with time_machine.travel(timezone.now() + timedelta(seconds=1)):
        new = link(article, editor)
        assert client.get(old).status_code == 410
        assert client.get(new).status_code == 200
        assert client.get(foreign).status_code == 200


def test_a_link_ends_with_the_rights_of_whoever_made_it(client: Client) -> None:
    reporter = make_staff("reporter")
    article = make_article("First", public=False)
    Article.objects.filter(pk=article.pk).update(created_by=reporter)
    article.refresh_from_db()
    address = link(article, reporter)
    assert client.get(address).status_code == 200
    reporter.is_active = False
    reporter.save()
    assert client.get(address).status_code == 410


def test_a_link_ends_when_its_revision_is_closed_to_readers_or_its_draft_is_deleted(
    editor: User, client: Client
) -> None:
    article, draft = make_article("First"), make_article("Draft", public=False)
    addresses = [link(article, editor), link(draft, editor)]
    actions.withdraw(article, editor, reason="It was wrong.")
    draft.delete()
    assert [client.get(address).status_code for address in addresses] == [410, 410]
    with pytest.raises(ValidationError, match="closed to readers"):
        link(article, editor)


# Who may make one


def test_only_those_who_may_change_an_article_make_and_end_links_to_it() -> None:
    article = make_article("First", public=False)
    for group in ("reporter", "reviewer"):
        with pytest.raises(PermissionDenied):
            link(article, make_staff(group))
        with pytest.raises(PermissionDenied):
            end_preview_links(article, User.objects.get(username=group))


def test_an_editor_makes_a_link_and_the_history_tells_of_it(editor: User, client: Client) -> None:
    article = make_article("First", public=False)
    page = reverse("admin:articles_article_preview_link", args=[article.pk])
    staff = signed_in(editor)
    assert staff.get(page).status_code == 200
    response = staff.post(page, {"life": "7 days"})
    assert "no-store" in response["Cache-Control"]
    made = response.context["link"]
    assert client.get(made.partition("testserver")[2]).status_code == 200
    history = staff.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert "Link to a preview of revision 1 made" in history
    ask = reverse("admin:articles_article_end_previews", args=[article.pk])
    assert staff.get(ask).status_code == 200
    assert staff.post(ask, {"sent": "1"}).status_code == 302
    assert client.get(made.partition("testserver")[2]).status_code == 410
    assert (
        "previews ended"
        in staff.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    )


def test_no_public_page_leads_to_a_preview(editor: User, client: Client) -> None:
    article = make_article("First")
    link(article, editor)
    for address in ("/", "/articles/", article.get_absolute_url(), "/sitemap.xml", "/feed.atom"):
        assert "/preview/" not in client.get(address).content.decode(), address
