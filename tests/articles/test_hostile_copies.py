"""Copies and forms that hold too much, or what no browser sends: a sentence for each, and the form goes on."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from articles.actions import Content, keep_copy, new_tab, save_revision, see, take_copy
from articles.body.limits import LONGEST
from articles.models import Article, WorkingCopy
from articles.typed import MOST, require_typed
from articles.working_copies import offered_to, opened_at, typed_in, writers
from cms.differences import WORD_BY_WORD
from cms.models import User
from cms.periods import clock
from tests.factories import make_article
from tests.staff import errors, make_staff, sent, signed_in

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
FAR = UUID("ffffffff-ffff-7fff-bfff-ffffffffffff")
DIGITS = "9" * 5_000


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


@pytest.fixture
def article() -> Article:
    return make_article("The bridge is closed", "One day.", public=False)


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def tell(client: Client, article: Article, user: User, **data: Any) -> Any:
    address = reverse("admin:articles_article_autosave", args=[article.pk])
    all_data = {"user": user.pk, "tab": str(uuid4()), "base": 1} | data
    return client.post(address, all_data, content_type="application/json")


def left_behind(user: User, article: Article, content: Any) -> WorkingCopy:
    """Return a copy whose tab was closed, whatever it holds."""
    long_ago = clock() - timedelta(seconds=20)
    return WorkingCopy.objects.create(
        user=user,
        article=article,
        tab=new_tab(),
        base=1,
        content=content,
        changed_at=long_ago,
        seen_at=long_ago,
    )


# When a form was opened


def test_a_tab_whose_time_is_none_or_ahead_tells_no_time(editor: User, article: Article) -> None:
    ada, ahead = make_staff("editor", "ada"), int((clock() + timedelta(hours=1)).timestamp() * 1000)
    assert opened_at(FAR) is None
    see(ada, article, tab=FAR, base=1)
    see(ada, article, tab=UUID(int=ahead << 80 | 0x7 << 76 | 0b10 << 62), base=1)
    assert [(writer.user, writer.since) for writer in writers(article, editor, uuid4())] == [(ada, None)]
    response = tell(signed_in(editor), article, editor)
    assert response.status_code == 200
    [sentence] = response.json()["others"]
    assert sentence.startswith("ada ")
    assert "since" not in sentence


# What is kept


@pytest.mark.parametrize(
    "content",
    [
        {"images-TOTAL_FORMS": [DIGITS]},
        {"images-TOTAL_FORMS": ["1"], f"images-{DIGITS[:100]}-image": ["1"]},
        {"images-TOTAL_FORMS": ["1"], "images-0-image": ["x"], "images-0-ORDER": [DIGITS]},
        {"sources-TOTAL_FORMS": [DIGITS], "topics": [DIGITS, "abc", ""]},
        {"images-TOTAL_FORMS": ["1"], "images-0-image": [DIGITS], "sources-TOTAL_FORMS": ["1"],
         "sources-INITIAL_FORMS": ["0"], "sources-0-publisher_actor": [DIGITS], "sources-0-id": ["x"]},
        {"base": [DIGITS], "tab": ["x"], "slug": ["\u202e"], "headline": ["x" * 100_000]},
    ],
)  # fmt: skip
def test_a_copy_of_anything_breaks_no_form_and_can_be_taken(
    editor: User, article: Article, content: dict[str, list[str]]
) -> None:
    client = signed_in(editor)
    assert tell(client, article, editor, content={"headline": ["Kept"]} | content).status_code == 200
    WorkingCopy.objects.update(seen_at=clock() - timedelta(seconds=20))
    page = client.get(change(article))
    assert page.status_code == 200
    [offer] = page.context["offers"]
    taken = client.post(change(article), sent(page, _take=offer.copy.pk))
    assert taken.status_code == 200
    saved = client.post(change(article), sent(page) | content)
    assert saved.status_code in (200, 302, 409)


@pytest.mark.parametrize(
    "content",
    [
        ["x"],
        "x",
        7,
        {"headline": "x"},
        {"headline": [["x"]]},
        {"headline": [None]},
        {f"row-{number}": ["x"] for number in range(MOST + 1)},
    ],
)
def test_a_copy_that_cannot_be_read_is_offered_to_be_discarded_only(
    editor: User, article: Article, content: Any
) -> None:
    copy = left_behind(editor, article, content)
    client = signed_in(editor)
    page = client.get(change(article))
    text = page.content.decode()
    assert "A copy that cannot be read" in text
    assert 'name="_drop"' in text
    assert 'name="_take"' not in text
    assert take_copy(editor, article, copy.pk) is None
    assert tell(client, article, editor).status_code == 200
    assert client.post(change(article), sent(page, _drop=copy.pk)).status_code == 200
    assert not WorkingCopy.objects.filter(pk=copy.pk).exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"topics": ["1"] * (MOST + 1)}, "1,001 values"),
        ({f"row-{number}": [] for number in range(MOST + 1)}, "1,001 values"),
        ({"x" * 300: ["1"]}, "the name of a control"),
        ({"body": ["x" * (LONGEST + 1)]}, f"may have {LONGEST:,}"),
        ({"standfirst": ["x" * (LONGEST + 1)]}, "standfirst: the text has 2,500,001 characters"),
    ],
)
def test_a_copy_that_holds_more_than_can_be_saved_is_refused_with_a_sentence(
    editor: User, article: Article, content: Any, words: str
) -> None:
    response = tell(signed_in(editor), article, editor, content=content)
    assert response.status_code == 400
    assert words in response.json()["sentence"]
    with pytest.raises(ValidationError):
        keep_copy(editor, article, tab=uuid4(), base=1, content=content)
    assert not WorkingCopy.objects.filter(content__isnull=False).exists()


def test_what_is_typed_is_any_text_up_to_the_length_of_a_body() -> None:
    content = {"body": ["북" * LONGEST], "topics": ["1"] * (MOST - 1)}
    assert require_typed(content) is content


def test_json_of_any_depth_gets_a_sentence(editor: User, article: Article) -> None:
    client, address = signed_in(editor), reverse("admin:articles_article_autosave", args=[article.pk])
    for body in ("[" * 200_000, '{"a":' * 100_000, '{"base":' + DIGITS * 2 + "}"):
        response = client.post(address, body, content_type="application/json")
        assert (response.status_code, "JSON" in response.json()["sentence"]) == (400, True)


# Forms that no browser sends


@pytest.mark.parametrize("key", ["abc", DIGITS, "9" * 19, "-1", "0", "\u0663", "1\x00"])
def test_a_row_that_is_none_is_an_error_at_its_field_and_the_form_is_drawn_without_it(
    editor: User, article: Article, key: str
) -> None:
    client = signed_in(editor)
    image = {"images-TOTAL_FORMS": "1", "images-0-image": key, "images-0-caption": "A bridge."}
    source = {
        "sources-TOTAL_FORMS": "1", "sources-INITIAL_FORMS": "0", "sources-0-relation": "rewrites",
        "sources-0-publisher": "The Gazette", "sources-0-publisher_actor": key,
    }  # fmt: skip
    for address in (change(article), ADD):
        data = sent(client.get(address), headline="As typed")
        for changes, field in (({"topics": [key]}, "topics"), (image, "image"), (source, "publisher_actor")):
            response = client.post(address, data | changes)
            assert response.status_code == 200, (address, field)
            form = response.context["adminform"].form
            assert form["headline"].value() == "As typed"
            told = errors(response) + str([row.errors for row in form.images])
            assert field in told
    assert article.revisions.count() == 1
    assert client.get(ADD, {"topics": key, "slug": key}).status_code == 200


# Much text


def test_what_differs_in_a_long_copy_is_told_without_counting(editor: User, article: Article) -> None:
    body = f"<p>{'word ' * (WORD_BY_WORD // 4)}</p>"
    left_behind(editor, article, {"headline": ["The bridge is open"], "language": ["en"], "body": [body]})
    [offer] = offered_to(editor, article)
    assert offer.parts == [("Headline", 1, 1), ("Text", None, None)]
    assert "Text +" not in signed_in(editor).get(change(article)).content.decode()


def test_of_two_texts_that_are_too_long_together_the_form_has_mine_and_says_so(
    editor: User, article: Article
) -> None:
    client = signed_in(editor)
    mine, theirs = (f"<p>{word * (LONGEST // 6)}</p>" for word in ("my ", "its "))
    data = sent(client.get(change(article)), body=f"<p>One day.</p>{mine}")
    save_revision(
        article,
        Content(headline="Closed", body=f"<p>One day.</p>{theirs}"),
        make_staff("editor", "boris"),
        base=1,
    )
    response = client.post(change(article), data)
    assert response.status_code == 409
    assert response.context["adminform"].form["body"].value() == f"<p>One day.</p>{mine}"
    assert response.context["adminform"].form["headline"].value() == "Closed"
    assert "together it is longer than a text may be: the form has yours" in response.content.decode()
    assert typed_in(WorkingCopy.objects.get(user=editor))["body"] == [f"<p>One day.</p>{mine}"]
    assert client.post(change(article), sent(response)).status_code == 302


def test_a_form_that_is_too_large_gets_a_page_that_says_how_much_is_too_much(
    editor: User, article: Article, settings: Any
) -> None:
    client = signed_in(editor)
    data = sent(client.get(change(article)))
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
    response = client.post(change(article), data | {"body": "x" * 2**21})
    assert response.status_code == 413
    assert "more than 1 megabytes" in response.content.decode()
    assert "Your browser still has what you typed" in response.content.decode()
    answer = tell(client, article, editor, content={"body": ["x" * 2**21]})
    assert answer.status_code == 413
    assert "more than 1 megabytes" in answer.json()["sentence"]
    many = client.post(change(article), data | {f"field-{number}": "x" for number in range(2_000)})
    assert many.status_code == 413
    assert "more than 1,000 values" in many.content.decode()
    assert article.revisions.count() == 1
