"""What is typed and not saved is kept by user, article and tab, and offered again; who else writes is told."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from articles.actions import (
    Content,
    drop_copy,
    keep_copy,
    new_tab,
    save_revision,
    see,
    take_copy,
)
from articles.body.limits import LONGEST
from articles.models import Article, Revision, WorkingCopy
from articles.working_copies import offered_to, opened_at, typed_in, writers
from cms.models import User
from cms.periods import clock
from tests.factories import make_article
from tests.staff import errors, make_staff, sent, signed_in

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
NEW = "/admin/articles/article/autosave/"


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


@pytest.fixture
def article() -> Article:
    return make_article("The bridge is closed", "One day.", public=False)


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def autosave(article: Article) -> str:
    return reverse("admin:articles_article_autosave", args=[article.pk])


def tell(client: Client, address: str, user: User, **data: Any) -> Any:
    """Send what a browser sends of a form every few seconds."""
    sent_data = {"user": user.pk, "tab": str(uuid4()), "base": 1} | data
    return client.post(address, json.dumps(sent_data), content_type="application/json")


def typed(**values: str) -> dict[str, list[str]]:
    return {name: [value] for name, value in ({"language": "en"} | values).items()}


def left_behind(user: User, article: Article | None, base: int = 1, /, **values: str) -> WorkingCopy:
    """Return a copy whose tab was closed."""
    copy = keep_copy(user, article, tab=new_tab(), base=base, content=typed(**values))
    WorkingCopy.objects.filter(pk=copy.pk).update(seen_at=clock() - timedelta(seconds=20))
    return copy


# Keeping


def test_a_copy_is_kept_once_a_user_article_and_tab_and_is_no_revision(
    editor: User, article: Article
) -> None:
    client, tab = signed_in(editor), str(uuid4())
    for words in ("First", "Second"):
        response = tell(client, autosave(article), editor, tab=tab, content=typed(headline=words))
        assert response.status_code == 200
        assert response.json()["kept"].count(":") == 2
    tell(client, autosave(article), editor, content=typed(headline="In another tab"))
    assert [typed_in(copy)["headline"] for copy in WorkingCopy.objects.order_by("pk")] == [
        ["Second"],
        ["In another tab"],
    ]
    assert article.revisions.count() == 1


def test_a_new_article_has_copies_too(editor: User) -> None:
    response = tell(signed_in(editor), NEW, editor, base=0, content=typed(headline="Not yet there"))
    assert response.status_code == 200
    copy = WorkingCopy.objects.get()
    assert (copy.article, typed_in(copy)["headline"]) == (None, ["Not yet there"])
    assert not Article.objects.exists()


def test_saving_discards_the_copy_of_its_tab_only(editor: User, article: Article) -> None:
    client = signed_in(editor)
    page = client.get(change(article))
    tab = str(page.context["adminform"].form["tab"].value())
    for each in (tab, str(uuid4())):
        tell(client, autosave(article), editor, tab=each, content=typed(headline="Kept"))
    assert client.post(change(article), sent(page, headline="Saved")).status_code == 302
    assert [str(copy.tab) for copy in WorkingCopy.objects.all()] != [tab]
    assert WorkingCopy.objects.count() == 1
    page = client.get(ADD)
    tell(
        client,
        NEW,
        editor,
        base=0,
        tab=str(page.context["adminform"].form["tab"].value()),
        content=typed(headline="N"),
    )
    assert client.post(ADD, sent(page, headline="New", body="<p>x</p>")).status_code == 302
    assert not WorkingCopy.objects.filter(article=None).exists()


def test_what_is_taken_back_is_no_copy_any_more(editor: User, article: Article) -> None:
    client, tab = signed_in(editor), str(uuid4())
    tell(client, autosave(article), editor, tab=tab, content=typed(headline="Changed"))
    tell(client, autosave(article), editor, tab=tab, content=None)
    copy = WorkingCopy.objects.get()
    assert (copy.content, copy.changed_at) == (None, None)


def test_every_form_has_a_tab_of_its_own_that_tells_when_it_was_opened(
    editor: User, article: Article
) -> None:
    client = signed_in(editor)
    tabs = {client.get(change(article)).context["adminform"].form["tab"].value() for _ in range(3)}
    assert len(tabs) == 3
    assert all(abs(opened_at(UUID(tab)) - clock()) < timedelta(minutes=1) for tab in tabs)  # type: ignore[operator]
    assert opened_at(uuid4()) is None


# Refusing


def test_who_is_signed_out_gets_a_sentence_and_no_page(editor: User, article: Article) -> None:
    response = tell(Client(), autosave(article), editor, content=typed(headline="X"))
    assert response.status_code == 403
    assert "You are signed out" in response.json()["sentence"]
    assert response.json()["sign_in"] == "/admin/login/"
    assert not WorkingCopy.objects.exists()


def test_a_form_of_another_account_is_not_kept_under_this_one(editor: User, article: Article) -> None:
    response = tell(signed_in(make_staff("admin")), autosave(article), editor, content=typed(headline="X"))
    assert response.status_code == 403
    assert "You are signed in as admin now" in response.json()["sentence"]
    assert not WorkingCopy.objects.exists()


def test_what_is_typed_is_kept_for_whoever_may_see_the_article_and_of_new_ones_for_whoever_may_write(
    editor: User, article: Article
) -> None:
    reporter, reviewer = make_staff("reporter"), make_staff("reviewer")
    assert tell(signed_in(reporter), autosave(article), reporter).status_code == 404
    kept = tell(signed_in(reviewer), autosave(article), reviewer, content=typed(headline="Mine"))
    assert kept.status_code == 200
    assert tell(signed_in(reviewer), NEW, reviewer).status_code == 403
    with pytest.raises(PermissionDenied):
        keep_copy(reporter, article, tab=uuid4(), base=1, content={})
    own = tell(signed_in(reporter), NEW, reporter, base=0, content=typed(headline="Mine"))
    assert own.status_code == 200


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"tab": "one"}, "tab"),
        ({"base": "x"}, "base"),
        ({"base": -1}, "base"),
        ({"content": ["x"]}, "content"),
        ({"content": {"headline": "x"}}, "list of texts"),
        ({"content": {"headline": ["a\x00b"]}}, "headline: NUL"),
        ({"content": {"body": ["\ud800"]}}, "body: half of a surrogate pair"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(
    editor: User, article: Article, data: dict[str, Any], words: str
) -> None:
    response = tell(signed_in(editor), autosave(article), editor, **data)
    assert response.status_code == 400
    assert words in response.json()["sentence"]
    assert not WorkingCopy.objects.filter(content__isnull=False).exists()


def test_what_is_no_json_or_no_post_or_no_article_gets_a_sentence(editor: User, article: Article) -> None:
    client = signed_in(editor)
    for body in (b"no", b"[]", b"\xff"):
        response = client.post(autosave(article), body, content_type="application/json")
        assert (response.status_code, "JSON" in response.json()["sentence"]) == (400, True)
    assert client.get(autosave(article)).status_code == 405
    article.delete()
    assert tell(client, reverse("admin:articles_article_autosave", args=[987654]), editor).status_code == 404


def test_a_body_of_two_megabytes_is_kept(editor: User, article: Article) -> None:
    body = "<p>북한</p>" * 220_000
    assert len(body.encode()) > 2_000_000
    response = tell(signed_in(editor), autosave(article), editor, content=typed(headline="Long", body=body))
    assert response.status_code == 200
    assert typed_in(WorkingCopy.objects.get())["body"] == [body]


# Who else writes


def test_others_in_the_article_are_named_with_since_when_and_whether_they_changed_it(
    editor: User, article: Article
) -> None:
    ada = make_staff("editor", "ada")
    see(ada, article, tab=new_tab(), base=1)
    client = signed_in(editor)
    [sentence] = tell(client, autosave(article), editor).json()["others"]
    assert sentence.startswith("ada has had this open since ")
    assert "not saved" not in sentence
    WorkingCopy.objects.filter(user=ada).delete()
    keep_copy(ada, article, tab=uuid4(), base=1, content=typed(headline="X"))
    WorkingCopy.objects.filter(user=editor).delete()
    assert tell(client, autosave(article), editor).json()["others"] == [
        "ada is also writing here, with changes that are not saved."
    ]


def test_two_tabs_of_one_user_are_two_writers(editor: User, article: Article) -> None:
    client = signed_in(editor)
    tell(client, autosave(article), editor, tab=str(new_tab()))
    [sentence] = tell(client, autosave(article), editor).json()["others"]
    assert sentence.startswith("You have had this open in another tab since ")


def test_a_tab_not_heard_of_for_fifteen_seconds_or_left_is_gone(editor: User, article: Article) -> None:
    ada, tab = make_staff("editor", "ada"), new_tab()
    see(ada, article, tab=tab, base=1)
    assert [writer.user for writer in writers(article, editor, uuid4())] == [ada]
    WorkingCopy.objects.update(seen_at=clock() - timedelta(seconds=16))
    assert writers(article, editor, uuid4()) == []
    keep_copy(ada, article, tab=tab, base=1, content=typed(headline="X"))
    assert tell(signed_in(ada), autosave(article), ada, tab=str(tab), left=True).status_code == 200
    assert writers(article, editor, uuid4()) == []
    assert typed_in(WorkingCopy.objects.get())["headline"] == ["X"]


def test_who_saved_meanwhile_is_told(editor: User, article: Article) -> None:
    save_revision(article, Content(headline="Theirs"), make_staff("editor", "boris"), base=1)
    answer = tell(signed_in(editor), autosave(article), editor).json()
    assert answer["newer"].startswith("boris saved revision 2 at ")
    assert "newer" not in tell(signed_in(editor), autosave(article), editor, base=2).json()


def test_closed_forms_without_content_are_forgotten_and_copies_after_thirty_days(
    editor: User, article: Article
) -> None:
    see(editor, article, tab=uuid4(), base=1)
    old, new = (left_behind(editor, article, headline=words) for words in ("Old", "New"))
    WorkingCopy.objects.update(seen_at=clock() - timedelta(minutes=2))
    WorkingCopy.objects.filter(pk=old.pk).update(changed_at=clock() - timedelta(days=31))
    see(editor, article, tab=uuid4(), base=1)
    assert list(WorkingCopy.objects.filter(content__isnull=False)) == [new]
    assert WorkingCopy.objects.count() == 2


# Offering


def test_a_copy_of_a_closed_tab_is_offered_with_what_differs(editor: User, article: Article) -> None:
    left_behind(editor, article, headline="The old bridge is closed", body="<p>One day.</p>")
    [offer] = offered_to(editor, article)
    assert offer.headline == "The old bridge is closed"
    assert ("Headline", 0, 1) in offer.parts
    assert offered_to(make_staff("editor", "ada"), article) == []
    shown = signed_in(editor).get(change(article)).content.decode()
    assert "Written here, and not saved" in shown
    assert "Headline: 1 word added<" in shown
    keep_copy(editor, article, tab=uuid4(), base=1, content=typed(headline="In an open tab"))
    assert len(offered_to(editor, article)) == 1


def test_a_copy_that_was_saved_is_not_offered_and_vanishes(editor: User, article: Article) -> None:
    left_behind(editor, article, headline="Saved ", body="<p>Saved.</p>", slug=article.slug)
    save_revision(article, Content(headline="Saved", body="<p>Saved.</p>"), editor, base=1)
    save_revision(article, Content(headline="Later", body="<p>Later.</p>"), editor, base=2)
    assert offered_to(editor, article) == []
    answer = tell(signed_in(editor), autosave(article), editor).json()
    assert "not saved" not in answer["offers"]
    assert not WorkingCopy.objects.filter(content__isnull=False).exists()


def test_a_copy_with_another_source_or_address_than_was_saved_is_offered(
    editor: User, article: Article
) -> None:
    same = {"headline": "The bridge is closed", "body": "<p>One day.</p>"}
    left_behind(editor, article, **same)
    assert offered_to(editor, article) == []
    left_behind(editor, article, **same, slug="another-address")
    left_behind(editor, article, **same, **{"sources-TOTAL_FORMS": "1", "sources-0-publisher": "The Gazette"})
    assert len(offered_to(editor, article)) == 2


def test_a_copy_of_a_new_article_is_offered_until_it_is_created(editor: User) -> None:
    client = signed_in(editor)
    left_behind(editor, None, 0, headline="Begun", body="<p>x</p>")
    assert "Begun" in client.get(ADD).content.decode()
    client.post(ADD, sent(client.get(ADD), headline="Begun", body="<p>x</p>"))
    assert offered_to(editor, None) == []


def test_taking_a_copy_puts_it_into_the_form_on_its_own_base(editor: User, article: Article) -> None:
    copy = left_behind(editor, article, headline="Left behind", body="<p>Mine.</p>", slug=article.slug)
    save_revision(
        article, Content(headline="Theirs", body="<p>One day.</p>"), make_staff("editor", "boris"), base=1
    )
    client = signed_in(editor)
    data = sent(client.get(change(article)), _take=copy.pk)
    response = client.post(change(article), data)
    form = response.context["adminform"].form
    assert response.status_code == 200
    assert "It is not saved yet" in errors(response)
    assert [form[name].value() for name in ("headline", "body", "base")] == [
        "Left behind",
        "<p>Mine.</p>",
        "1",
    ]
    assert article.revisions.count() == 2
    # Saving it over the newer revision gives the three-way view.
    assert client.post(change(article), sent(response)).status_code == 409
    # It is in this tab now, and in no other.
    assert offered_to(editor, article) == []
    assert take_copy(editor, article, copy.pk) is None


def test_what_stood_in_the_form_before_a_copy_is_taken_is_kept_too(editor: User, article: Article) -> None:
    copy = left_behind(editor, article, headline="Left behind")
    client = signed_in(editor)
    data = sent(client.get(change(article)), headline="Just typed", _take=copy.pk, _unsaved="1")
    client.post(change(article), data)
    assert [offer.headline for offer in offered_to(editor, article)] == ["Just typed"]


def test_a_copy_is_taken_and_discarded_by_its_writer_only(editor: User, article: Article) -> None:
    copy = left_behind(editor, article, headline="Left behind")
    other = make_staff("editor", "boris")
    assert take_copy(other, article, copy.pk) is None
    assert not drop_copy(other, article, copy.pk)
    client = signed_in(editor)
    response = client.post(
        change(article), sent(client.get(change(article)), headline="Typed", _drop=copy.pk)
    )
    assert response.context["adminform"].form["headline"].value() == "Typed"
    assert not WorkingCopy.objects.filter(pk=copy.pk).exists()
    assert article.revisions.count() == 1


# Bounds


def test_a_text_of_two_megabytes_is_saved_and_one_that_is_too_long_stays_in_the_form(
    editor: User, article: Article
) -> None:
    client = signed_in(editor)
    words = "<p>" + "북한 " * 2000 + "</p>"
    body = words * 200
    assert len(body.encode()) > 2_000_000
    assert client.post(change(article), sent(client.get(change(article)), body=body)).status_code == 302
    assert len(article.revisions.latest("number").text) > 1_000_000
    too_long = "<p>" + "x" * LONGEST + "</p>"
    response = client.post(change(article), sent(client.get(change(article)), body=too_long))
    assert response.status_code == 200
    assert f"may have {LONGEST:,}" in errors(response)
    assert response.context["adminform"].form["body"].value() == too_long
    assert article.revisions.count() == 2


def test_elements_that_stand_thousands_deep_are_refused_before_they_are_read(
    editor: User, article: Article
) -> None:
    client = signed_in(editor)
    response = client.post(change(article), sent(client.get(change(article)), body="<div><b>" * 100_000))
    assert "deep within each other" in errors(response)
    with pytest.raises(ValidationError, match="deep within each other"):
        save_revision(article, Content(headline="X", body="<div>" * 100_000), editor, base=1)


def test_word_markup_is_cleaned_and_its_words_and_quotation_marks_stay(
    editor: User, article: Article
) -> None:
    body = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style></head>'
        "<body><!--[if gte mso 9]><xml><o:p>secret</o:p></xml><![endif]-->"
        '<p class="MsoNormal" style="mso-margin-top-alt:auto">'
        '<font face="Calibri"><span lang="EN-GB" style="mso-fareast-language:EN-US">“Smart” quotes, it’s <b>bold</b>.'
        "<o:p></o:p></span></font></p><p class=MsoListParagraph><![if !supportLists]>·  <![endif]>First</p>"
        "<script>alert(1)</script></body></html>"
    )
    client = signed_in(editor)
    assert client.post(change(article), sent(client.get(change(article)), body=body)).status_code == 302
    revision = article.revisions.latest("number")
    assert revision.body == "<p>“Smart” quotes, it’s <strong>bold</strong>.</p><p>First</p>"


def test_a_script_in_any_field_is_inert_in_the_form_the_copy_and_the_conflict(
    editor: User, article: Article
) -> None:
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    ordinary = "</script><b>x</b>"
    fields = {
        "headline": f"X {script}", "standfirst": script, "byline": ordinary, "body": f"<p>X</p>{script}",
        "reason": script,
    }  # fmt: skip
    client = signed_in(editor)
    left_behind(editor, article, **fields)
    data = sent(client.get(change(article)), **fields)
    save_revision(
        article, Content(headline=f"Y {script}", byline=script), make_staff("editor", "boris"), base=1
    )
    for response in (client.get(change(article)), client.post(change(article), data)):
        assert "<script>alert" not in response.content.decode()
        assert "<img src=x" not in response.content.decode()
    assert client.post(change(article), sent(client.get(change(article)), **fields)).status_code == 302
    assert Revision.objects.filter(article=article).latest("number").body == "<p>X</p>"
