"""Corrections: told with their kind and day on the article, in feeds, for machines, and on a page of their own."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.actions import Told, close_versions, content_of, correct, publish, save_revision, withdraw
from articles.models import Article, Correction, Revision
from cms.models import User
from tests.factories import days_ago, make_article
from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
WRONG = "It was Monday, not Sunday."


@pytest.fixture
def article() -> Article:
    return make_article("Ships leave", "Two ships left on Sunday.", published=days_ago(5))


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


@pytest.fixture
def at() -> datetime:
    return timezone.now() + timedelta(days=2)


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def structured(client: Client, article: Article) -> dict[str, Any]:
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', text_of(client, article.get_absolute_url())
    )
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def item(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get("/feed.json").content)["items"][0]
    return found


def revised(article: Article) -> Revision:
    content = content_of(article.revisions.latest("number"))
    return save_revision(article, replace(content, body="<p>Two ships left on Monday.</p>"), None)


def scheduled(article: Article, at: datetime) -> Revision:
    return publish(article, None, revision=revised(article), at=at, correction=Told("correction", WRONG))


# On the article


@pytest.mark.parametrize(
    ("kind", "above"),
    [("retraction", True), ("correction", True), ("clarification", False), ("update", False)],
)
def test_what_a_reader_has_to_know_first_stands_above_the_text_the_rest_below_it(
    client: Client, article: Article, kind: str, above: bool
) -> None:
    correct(article, None, kind=kind, text=WRONG)
    text = text_of(client, article.get_absolute_url()).partition("<article")[2]
    assert f"<strong>{kind.capitalize()}</strong>" in text
    assert (text.index("not Sunday") < text.index("Two ships")) == above


def test_its_day_is_when_readers_saw_it(client: Client, article: Article, at: datetime) -> None:
    scheduled(article, at)
    with time_machine.travel(at + timedelta(days=3), tick=False):
        for address in (article.get_absolute_url(), "/corrections/"):
            assert f'<time datetime="{at:%Y-%m-%d}' in re.sub(
                r"<time (class=\"when\" )?", "<time ", text_of(client, address)
            )


def test_text_that_looks_like_code_is_text(client: Client, article: Article) -> None:
    correct(article, None, kind="correction", text="<script>alert(1)</script>\nand </script> & more")
    for address in (article.get_absolute_url(), "/corrections/"):
        text = text_of(client, address)
        assert "<script>alert(1)" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>and" in text
    assert structured(client, article)["correction"][0]["text"].startswith("<script>")
    assert "<script>alert" not in item(client)["content_html"]


# Together with the version that puts it right


def test_a_correction_of_a_scheduled_version_is_nowhere_before_it_and_everywhere_from_then_on(
    client: Client, article: Article, at: datetime
) -> None:
    before = item(client)
    lastmod = text_of(client, "/sitemap.xml")
    scheduled(article, at)
    places = [article.get_absolute_url(), "/corrections/", "/feed.atom", "/feed.json"]
    for instant in (timezone.now(), at - timedelta(seconds=1)):
        with time_machine.travel(instant, tick=False):
            assert not [place for place in places if WRONG in text_of(client, place)]
            assert item(client) == before
            assert text_of(client, "/sitemap.xml") == lastmod
    with time_machine.travel(at, tick=False):
        assert [place for place in places if WRONG in text_of(client, place)] == places
        assert item(client)["date_modified"] == at.isoformat()
        assert f"<lastmod>{at:%Y-%m-%d}" in text_of(client, "/sitemap.xml")


def test_a_correction_without_a_version_is_seen_at_once(client: Client, article: Article) -> None:
    correct(article, None, kind="correction", text=WRONG)
    assert WRONG in text_of(client, "/corrections/")


def test_a_version_that_puts_it_right_is_one_of_that_article_and_has_a_period(article: Article) -> None:
    for revision in (revised(article), make_article("Other").revisions.get()):
        with pytest.raises(ValidationError, match="a version of this article that is or will be public"):
            correct(article, None, kind="correction", text=WRONG, revision=revision)


# In feeds and for machines


def test_feed_entries_tell_the_correction_and_move_their_date(client: Client, article: Article) -> None:
    plain = item(client)
    assert "_corrections" not in plain
    correction = correct(article, None, kind="correction", text=WRONG)
    told = item(client)
    assert told["id"] == plain["id"]
    assert told["date_modified"] > plain["date_modified"]
    assert told["content_html"].startswith("<p><strong>Correction</strong>")
    (extension,) = told["_corrections"]["items"]
    address = f"http://testserver{article.get_absolute_url()}#correction-1"
    assert extension == {
        "kind": "correction", "text": WRONG, "url": address,
        "date": json.loads(json.dumps(extension))["date"],
    }  # fmt: skip
    assert datetime.fromisoformat(extension["date"]).date() == correction.created_at.date()
    entry = ElementTree.fromstring(client.get("/feed.atom").content).find(f"{ATOM}entry")  # noqa: S314
    assert entry is not None
    assert WRONG in (entry.findtext(f"{ATOM}content") or "")
    updated = datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "")
    assert abs(updated - correction.created_at) < timedelta(seconds=1)


def test_a_feed_whose_article_was_corrected_is_sent_again(client: Client, article: Article) -> None:
    first = client.get("/feed.atom")
    correct(article, None, kind="update", text=WRONG)
    assert client.get("/feed.atom", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.json"])
def test_feeds_say_that_the_coverage_is_a_demonstration_where_it_is(
    client: Client, settings: Any, path: str
) -> None:
    for is_demo in (True, False):
        settings.DEMO = is_demo
        assert ("Demonstration coverage" in client.get(path).content.decode()) == is_demo


def test_machines_are_told_each_correction_as_a_comment(client: Client, article: Article) -> None:
    assert "correction" not in structured(client, article)
    correct(article, None, kind="clarification", text="Two, not three.")
    correct(article, None, kind="correction", text=WRONG)
    latest, first = (data := structured(client, article))["correction"]
    assert (latest["@type"], latest["name"], latest["text"]) == ("CorrectionComment", "Correction", WRONG)
    assert latest["url"] == f"http://testserver{article.get_absolute_url()}#correction-2"
    assert first["url"].endswith("#correction-1")
    assert data["dateModified"] == latest["datePublished"] > first["datePublished"] > data["datePublished"]


# The page of all of them


def test_a_correction_has_an_address_on_its_article_that_stays(client: Client, article: Article) -> None:
    correct(article, None, kind="correction", text="The first.")
    correct(article, None, kind="correction", text="The second.")
    listed = text_of(client, "/corrections/")
    for number, words in ((1, "The first."), (2, "The second.")):
        address = f"{article.get_absolute_url()}#correction-{number}"
        assert f'href="{address}"' in listed
        page = text_of(client, article.get_absolute_url())
        assert words in page.split(f'id="correction-{number}"')[1].split("</div>")[0]


def test_the_list_is_filtered_by_kind(client: Client, article: Article) -> None:
    correct(article, None, kind="correction", text=WRONG)
    correct(article, None, kind="update", text="A third one left.")
    withdraw(make_article("Forged"), None, reason="It was forged.")

    def shown(kind: str) -> list[str]:
        text = text_of(client, f"/corrections/?kind={kind}")
        return [words for words in (WRONG, "A third one left.", "It was forged.") if words in text]

    assert shown("") == [WRONG, "A third one left.", "It was forged."]
    assert shown("correction") == [WRONG]
    assert shown("update") == ["A third one left."]
    assert shown("withdrawal") == ["It was forged."]
    assert shown("retraction") == []
    assert "Nothing of that kind so far." in text_of(client, "/corrections/?kind=retraction")
    assert len(shown("<b>")) == 3, "what is no kind filters nothing, and is marked"


def test_pages_show_corrections_and_withdrawals_each_once_in_their_order(
    client: Client, article: Article
) -> None:
    for number in range(33):
        correct(article, None, kind="update", text=f"Change no. {number}.")
        if number % 4 == 0:
            withdraw(make_article(f"Forged {number}"), None, reason=f"Forgery no. {number}.")
    seen: list[str] = []
    forth = "/corrections/"
    while forth:
        response = client.get(forth)
        page = response.context["page"]
        seen += [told.words for told in page.rows]
        last, forth = forth, f"/corrections/?after={page.after}" if page.after else ""
    assert len(seen) == len(set(seen)) == 42
    expected = [
        words
        for number in reversed(range(33))
        for words in ([f"Forgery no. {number}."] if number % 4 == 0 else []) + [f"Change no. {number}."]
    ]
    assert seen == expected
    back = client.get(last).context["page"].before
    assert [
        told.words for told in client.get(f"/corrections/?before={back}").context["page"].rows
    ] == expected[:30]
    assert client.get("/corrections/?after=nonsense").status_code == 404


def test_a_withdrawn_article_is_listed_with_its_reason_and_by_its_headline_only_while_it_can_be_read(
    client: Client, at: datetime
) -> None:
    closed, kept, later = (
        make_article(f"{name} ships", slug=name.lower()) for name in ("Some", "Other", "More")
    )
    withdraw(closed, None, reason="It was forged.")
    withdraw(kept, None, reason="It was a joke.", keeps_versions=True)
    withdraw(later, None, reason="Later.", at=at)
    text = text_of(client, "/corrections/")
    day = date_format(timezone.localdate(closed.published_at), "j F Y")
    assert f'<a href="/articles/some/">An article of {day}</a>' in text
    assert '<a href="/articles/other/">Other ships</a>' in text
    assert "It was forged." in text and "It was a joke." in text
    assert "Some ships" not in text
    assert "More ships" not in text and "Later." not in text
    with time_machine.travel(at, tick=False):
        assert "Later." in text_of(client, "/corrections/")


def test_a_withdrawal_stays_listed_when_the_article_is_public_again(client: Client, article: Article) -> None:
    withdraw(article, None, reason="It was forged.")
    publish(article, None)
    text = text_of(client, "/corrections/")
    assert "It was forged." in text
    assert ">Ships leave</a>" in text
    assert "Public again since" in text
    withdraw(article, None, reason="It was a copy.")
    assert "Public again since" not in text_of(client, "/corrections/")


def test_corrections_of_a_withdrawn_article_stay_listed_while_its_versions_are_readable(
    client: Client, article: Article
) -> None:
    correct(article, None, kind="correction", text=WRONG)
    withdraw(article, None, reason="It was forged.", keeps_versions=True)
    assert WRONG in text_of(client, "/corrections/")
    close_versions(article, None)
    assert WRONG not in text_of(client, "/corrections/")


def test_staff_reads_of_which_article_by_its_headline_and_when_on_a_clock_of_24_hours(
    article: Article, editor: User
) -> None:
    correction = correct(article, editor, kind="correction", text=WRONG)
    client = signed_in(editor)
    for address in (
        reverse("admin:articles_correction_changelist"),
        reverse("admin:articles_correction_change", args=[correction.pk]),
    ):
        page = client.get(address).content.decode()
        assert "Ships leave" in page
        assert article.slug not in page
        assert "a.m." not in page and "p.m." not in page


# In the admin


def test_from_an_article_that_article_is_corrected(article: Article, editor: User) -> None:
    client = signed_in(editor)
    address = reverse("admin:articles_correction_add") + f"?article={article.pk}"
    form = client.get(address).context["adminform"].form
    assert list(form.fields) == ["kind", "text", "put_right_by"]
    live = article.revisions.get()
    assert form.initial.get("put_right_by", form.fields["put_right_by"].initial) == live
    response = client.post(address, {"kind": "correction", "text": f"  {WRONG}\n", "put_right_by": live.pk})
    assert response["Location"] == reverse("admin:articles_article_change", args=[article.pk])
    correction = Correction.objects.get()
    assert (correction.article, correction.text, correction.revision) == (article, WRONG, live)
    assert correction.created_by == editor


def test_only_versions_of_that_article_are_offered(article: Article, editor: User, at: datetime) -> None:
    other, draft = make_article("Other").revisions.get(), revised(article)
    client = signed_in(editor)
    address = reverse("admin:articles_correction_add") + f"?article={article.pk}"
    for revision in (other, draft):
        response = client.post(address, {"kind": "correction", "text": WRONG, "put_right_by": revision.pk})
        assert response.status_code == 200
        assert WRONG in response.content.decode(), "what was typed is still there"
    publish(article, None, revision=draft, at=at)
    client.post(address, {"kind": "correction", "text": WRONG, "put_right_by": draft.pk})
    assert Correction.objects.get().revision == draft


def test_a_correction_without_words_is_refused(article: Article, editor: User) -> None:
    address = reverse("admin:articles_correction_add") + f"?article={article.pk}"
    response = signed_in(editor).post(address, {"kind": "correction", "text": " \n "})
    assert response.status_code == 200
    assert "This field is required." in response.content.decode()
    assert not Correction.objects.exists()


@pytest.mark.parametrize("sign", ["\x0b", "\x1b", "\x85", "\ud800"])
def test_what_no_feed_could_hold_is_refused_at_its_field(article: Article, sign: str) -> None:
    with pytest.raises(ValidationError) as refused:
        correct(article, None, kind="correction", text=f"It was{sign} Monday.")
    assert "line 1, column 7: remove it" in refused.value.message_dict["text"][0]


def test_the_list_says_when_readers_see_it(article: Article, editor: User, at: datetime) -> None:
    scheduled(article, at)
    page = signed_in(editor).get(reverse("admin:articles_correction_changelist")).content.decode()
    assert f"from {timezone.localtime(at).day} {timezone.localtime(at):%B %Y}" in page
    correction = Correction.objects.get()
    shown = signed_in(editor).get(reverse("admin:articles_correction_change", args=[correction.pk]))
    assert shown.status_code == 200
