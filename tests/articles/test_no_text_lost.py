"""What was typed outlives the right to write, the article, and a form that does not say what it was opened on."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.actions import (
    Content,
    add_note,
    create_article,
    delete_draft,
    drop_copy,
    keep_copy,
    publish,
    save_revision,
    see,
    submit,
)
from articles.models import Article, WorkflowStep, WorkingCopy
from articles.working_copies import as_new, offered_to, texts, typed_in
from cms.models import User
from cms.periods import clock
from tests.factories import make_topic
from tests.staff import errors, make_staff, sent, signed_in

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
LIST = "/admin/articles/article/"


@pytest.fixture
def reporter() -> User:
    return make_staff("reporter")


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


@pytest.fixture
def draft(reporter: User) -> Article:
    return create_article(reporter, Content(headline="The bridge", body="<p>One.</p>"))


def page(name: str, article: Article | int) -> str:
    key = article if isinstance(article, int) else article.pk
    return reverse(f"admin:articles_article_{name}", args=[key])


def hold(user: User, article: Article | None, base: int = 1, /, **values: str) -> WorkingCopy:
    """Return a copy whose form was closed."""
    typed = {name: [value] for name, value in ({"language": "en"} | values).items()}
    copy = keep_copy(user, article, tab=uuid4(), base=base, content=typed)
    see(user, article, tab=copy.tab, base=base, left=True)
    return copy


def tell(user: User, article: int, **data: Any) -> Any:
    sent_data = {"user": user.pk, "tab": str(uuid4()), "base": 1} | data
    return signed_in(user).post(
        page("autosave", article), json.dumps(sent_data), content_type="application/json"
    )


# Who may no longer write


def test_a_save_by_somebody_who_may_no_longer_write_shows_and_keeps_the_text(
    draft: Article, reporter: User, editor: User
) -> None:
    client = signed_in(reporter)
    form = sent(client.get(page("change", draft)), headline="My bridge", body="<p>Two <b>words</b>.</p>")
    publish(draft, editor)
    response = client.post(page("change", draft), form)
    assert response.status_code == 403
    shown = response.content.decode()
    assert "My bridge" in shown
    assert "Two words." in shown
    assert "&lt;p&gt;Two &lt;b&gt;words&lt;/b&gt;.&lt;/p&gt;" in shown
    assert "Your text is kept" in shown
    assert draft.revisions.count() == 1
    [offer] = offered_to(reporter, draft)
    assert typed_in(offer.copy)["body"] == ["<p>Two <b>words</b>.</p>"]


def test_what_the_form_held_is_kept_by_itself_after_the_right_to_write_has_gone(
    draft: Article, reporter: User, editor: User
) -> None:
    publish(draft, editor)
    assert tell(reporter, draft.pk, content={"headline": ["Still mine"]}).status_code == 200
    assert typed_in(WorkingCopy.objects.get())["headline"] == ["Still mine"]


def test_a_form_that_is_read_only_offers_ones_own_copies_to_read_and_to_discard(
    draft: Article, reporter: User, editor: User
) -> None:
    copy = hold(reporter, draft, headline="Still mine", body="<p>Two.</p>")
    publish(draft, editor)
    client = signed_in(reporter)
    shown = client.get(page("change", draft)).content.decode()
    assert "Still mine" in shown
    assert "readonly" in shown
    assert 'name="_take"' not in shown
    response = client.post(page("change", draft), {"_take": copy.pk})
    assert response.status_code == 403
    assert client.post(page("change", draft), {"_drop": copy.pk}).status_code == 302
    assert not WorkingCopy.objects.filter(pk=copy.pk).exists()


def test_the_copies_of_others_are_not_shown_with_a_read_only_form(
    draft: Article, reporter: User, editor: User
) -> None:
    hold(editor, draft, headline="An editor’s words")
    publish(draft, editor)
    assert "An editor’s words" not in signed_in(reporter).get(page("change", draft)).content.decode()


def test_all_that_was_typed_can_be_read() -> None:
    typed = {
        "headline": ["H"], "body": ["<p>B</p>"], "reason": ["R"], "images-TOTAL_FORMS": ["1"],
        "images-0-caption": ["C"], "sources-TOTAL_FORMS": ["1"], "sources-0-note": ["N"],
    }  # fmt: skip
    assert texts(typed) == [
        ("Headline", "H"), ("Text", "B"), ("Text with its markup", "<p>B</p>"), ("Why this revision", "R"),
        ("Image 1, caption", "C"), ("Source 1, note", "N"),
    ]  # fmt: skip


# An article that is gone


def test_a_draft_is_not_deleted_while_somebody_else_holds_unsaved_text_of_it(
    draft: Article, reporter: User
) -> None:
    chief = make_staff("admin")
    copy = hold(reporter, draft, headline="My bridge")
    with pytest.raises(ValidationError, match="text in this article that reporter has not saved"):
        delete_draft(draft, chief)
    client = signed_in(chief)
    for response in (
        client.get(page("delete", draft), follow=True),
        client.post(page("delete", draft), {"post": "yes"}, follow=True),
        client.post(
            LIST,
            {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"},
            follow=True,
        ),
    ):
        assert "text in this article that reporter has not saved" in response.content.decode()
    assert Article.objects.filter(pk=draft.pk).exists()
    drop_copy(reporter, draft, copy.pk)
    assert client.post(page("delete", draft), {"post": "yes"}).status_code == 302
    assert not Article.objects.filter(pk=draft.pk).exists()


def test_ones_own_copies_and_those_that_are_saved_or_too_old_keep_no_draft(
    draft: Article, reporter: User
) -> None:
    chief = make_staff("admin")
    hold(chief, draft, headline="Mine")
    hold(reporter, draft, headline="The bridge", body="<p>One.</p>")
    old = hold(reporter, draft, headline="Long ago")
    WorkingCopy.objects.filter(pk=old.pk).update(changed_at=clock() - timedelta(days=31))
    delete_draft(draft, chief)
    assert not Article.objects.filter(pk=draft.pk).exists()


def test_who_may_not_delete_articles_deletes_none(draft: Article) -> None:
    with pytest.raises(PermissionDenied):
        delete_draft(draft, make_staff("reviewer"))


def test_a_save_to_an_article_that_is_gone_becomes_the_text_of_a_new_one(
    draft: Article, editor: User
) -> None:
    key = draft.pk
    draft.sources.create(relation="cites", publisher="The Gazette")
    client = signed_in(editor)
    form = sent(
        client.get(page("change", draft)), headline="My bridge", body="<p>Two.</p>",
        **{"sources-0-note": "Page 2."},
    )  # fmt: skip
    draft.delete()
    response = client.post(page("change", key), form, follow=True)
    assert response.redirect_chain == [(ADD, 302)]
    assert "The article is not there any more" in response.content.decode()
    [offer] = offered_to(editor, None)
    assert (offer.headline, offer.copy.base) == ("My bridge", 0)
    # And it can be saved as one, its sources included.
    taken = client.post(ADD, sent(response, _take=offer.copy.pk))
    data = sent(taken)
    assert client.post(ADD, data).status_code == 302, errors(taken)
    article = Article.objects.get()
    assert list(article.sources.values_list("publisher", "note")) == [("The Gazette", "Page 2.")]
    assert article.revisions.get().headline == "My bridge"


def test_a_backup_for_an_article_that_is_gone_is_kept_as_the_text_of_a_new_one_once(
    draft: Article, editor: User, reporter: User
) -> None:
    key, tab = draft.pk, str(uuid4())
    draft.delete()
    for _ in range(2):
        response = tell(editor, key, tab=tab, left=True, content={"headline": ["My bridge"]})
        assert (response.status_code, bool(response.json()["kept"])) == (404, True)
    assert [offer.headline for offer in offered_to(editor, None)] == ["My bridge"]
    # Who may not see an article is told the same as if it were not there.
    others = create_article(editor, Content(headline="Theirs"))
    assert tell(reporter, others.pk, content={"headline": ["X"]}).status_code == 404
    assert not WorkingCopy.objects.filter(article=others).exists()


def test_where_no_new_one_may_be_written_the_text_is_shown(draft: Article) -> None:
    reviewer = make_staff("reviewer")
    key = draft.pk
    draft.delete()
    response = signed_in(reviewer).post(page("change", key), {"headline": "My bridge"})
    assert response.status_code == 403
    assert "My bridge" in response.content.decode()
    assert "could not be kept" in response.content.decode()


def test_rows_of_an_article_that_is_gone_are_new_ones() -> None:
    typed = {
        "sources-INITIAL_FORMS": ["1"], "sources-0-id": ["7"], "sources-0-article": ["3"],
        "sources-0-note": ["N"], "initial-slug": ["x"], "opened_after": ["{}"], "slug": ["x"],
    }  # fmt: skip
    assert as_new(typed) == {"sources-INITIAL_FORMS": ["0"], "sources-0-note": ["N"], "slug": ["x"]}


# A form that does not say what it was opened on


@pytest.mark.parametrize("base", [None, "", "x", "99999999999", "9" * 5000])
def test_a_form_without_its_base_overwrites_nothing(draft: Article, editor: User, base: str | None) -> None:
    client = signed_in(editor)
    form = sent(client.get(page("change", draft)), headline="My bridge", base=base)
    if base is None:
        del form["base"]
    response = client.post(page("change", draft), form)
    assert response.status_code == (409 if base in (None, "", "99999999999") else 200)
    assert draft.revisions.count() == 1
    assert "My bridge" in response.content.decode()
    if response.status_code == 409:
        assert typed_in(WorkingCopy.objects.get())["headline"] == ["My bridge"]


# What is offered


def test_more_copies_and_revisions_cost_no_more_queries(draft: Article, editor: User) -> None:
    trade = make_topic("Trade")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            offered_to(editor, draft)
        return len(found)

    def write(times: int) -> None:
        for number in range(times):
            base = draft.revisions.latest("number").number
            text = f"<p>{times}, {number}.</p>"
            save_revision(draft, Content(headline="The bridge", body=text, topics=[trade]), editor)
            hold(editor, draft, base, headline="The bridge", body=text)  # saved, but for its topic
            hold(editor, draft, base, headline="Mine", body=text)

    write(1)
    before, offered = queries(), len(offered_to(editor, draft))
    write(6)
    assert len(offered_to(editor, draft)) == offered + 12
    assert queries() == before


# Steps


def test_a_note_to_a_revision_that_is_not_there_is_refused(draft: Article, editor: User) -> None:
    with pytest.raises(ValidationError, match="There is no revision 77"):
        add_note(draft, editor, "Look.", revision=77)
    assert not WorkflowStep.objects.exists()


def test_a_step_asks_who_may_write_of_the_article_as_it_stands(
    draft: Article, reporter: User, editor: User
) -> None:
    before = Article.objects.get(pk=draft.pk)
    publish(draft, editor)
    save_revision(draft, Content(headline="The bridge", body="<p>Two.</p>"), editor)
    assert before.published_at is None
    for step in (submit, add_note):
        with pytest.raises(PermissionDenied):
            step(before, reporter, "Mine.")
