"""What a writer is told of a text: its length, and what some readers stumble over."""

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from articles.body import plain, reading_minutes, word_count
from articles.hints import LONG_HEADLINE, LONG_PARAGRAPH, SHOWN, report
from tests.staff import make_staff, signed_in

ADDRESS = "/admin/articles/article/hints/"


def said(body: str, language: str = "en", **more: Any) -> list[tuple[str, str]]:
    """Return the hints on a body: each message with the words it is about."""
    return [(hint["message"], hint["text"]) for hint in report(body, language, **more)["hints"]]


def messages(body: str, language: str = "en", **more: Any) -> str:
    return " ".join(message for message, _ in said(body, language, **more))


def test_a_plain_text_has_a_length_and_no_hint() -> None:
    body = "<p>Ada Vale <strong>denies</strong> it.</p><h2>Why</h2><h3>At all</h3><p>Nobody knows.</p>"
    assert report(body, "en") == {"words": 9, "minutes": 1, "hints": []}


def test_the_words_are_counted_as_on_the_page_of_the_article() -> None:
    body = "<p>" + "word&nbsp;word<br>word " * 300 + "</p><ul><li><p>one</p></li></ul>"
    found = report(body, "en")
    assert found["words"] == word_count(plain(body)) == 901
    assert found["minutes"] == reading_minutes(plain(body)) == 4


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<h3>Why</h3>", "The first heading is of level 3; begin with level 2."),
        ("<h2>Why</h2><h4>How</h4>", "The headings jump from level 2 to level 4."),
        ("<h2> </h2>", "A heading without words."),
        ("<h2>A</h2><h3>B</h3><h2>C</h2><h3>D</h3>", ""),
    ],
)
def test_headings_that_jump_or_say_nothing_are_named(body: str, message: str) -> None:
    assert messages(body) == message


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("here", "en"),
        ("Click here!", "en-GB"),
        ("read more …", "de"),
        ("weiterlesen", "de"),
        ("здесь", "ru"),
        ("여기", "ko"),
    ],
)
def test_link_words_that_do_not_say_where_they_lead_are_named_in_the_language_of_the_text(
    words: str, language: str
) -> None:
    body = f'<p>The vote is <a href="/a/">{words}</a>.</p>'
    assert said(body, language) == [("The words of this link do not say where it leads.", words)]
    assert said('<p>The <a href="/a/">vote here in March</a>.</p>', language) == []


def test_a_bare_address_an_empty_link_and_one_name_for_two_places_are_named() -> None:
    assert "bare address" in messages('<p><a href="https://a.example/">https://a.example/</a></p>')
    assert "bare address" in messages('<p><a href="https://a.example/">www.a.example</a></p>')
    assert messages('<p>So <a href="/a/"> </a></p>') == "A link without words."
    two = '<p><a href="/a/">The vote</a> <a href="/b/">the vote</a></p>'
    assert said(two) == [("The same words lead to 2 different places.", "the vote")]
    assert said('<p><a href="/a/">The vote</a> <a href="/a">the vote</a></p>') == []


def test_capitals_and_long_paragraphs_are_named_with_their_first_words() -> None:
    assert "capital letters" in messages("<p>NOBODY KNOWS WHY THE BRIDGE IS CLOSED</p>")
    assert said("<p>NATO, UN</p><p>한국어 문장은 대문자가 없다 정말로 없다</p>") == []
    (hint,) = said(f"<p>{'word ' * (LONG_PARAGRAPH + 1)}</p>")
    assert hint[0] == "A paragraph of 151 words: two would be easier to read."
    assert hint[1].startswith("word word") and hint[1].endswith("…") and len(hint[1]) <= 80


def test_headline_and_images_are_looked_at_too() -> None:
    assert "111 characters" in messages("", headline="x" * (LONG_HEADLINE + 1))
    assert "name of a file" in messages("", images=[("IMG_2034.jpg", "")])
    assert "repeats" in messages("", images=[("A harbour", "A  harbour")])
    assert "no alternative text" in messages("", images=[("", "A harbour")])
    assert said("", headline="x" * LONG_HEADLINE, images=[("A harbour", "The port at night")]) == []


def test_a_text_that_cannot_be_kept_is_told_why() -> None:
    found = report("<p>one\x00two</p>", "en")
    assert [hint["kind"] for hint in found["hints"]] == ["characters"]
    assert "NUL" in found["hints"][0]["message"]


def test_hints_do_not_bury_the_text() -> None:
    assert len(report('<p><a href="/a/">here</a></p>' * 500, "en")["hints"]) == SHOWN


@given(st.text(max_size=300), st.text(max_size=8))
def test_any_text_gets_an_answer_that_json_can_hold(body: str, language: str) -> None:
    found = report(f"<h2>{body}</h2><p><a href='{body}'>{body}</a>", language, headline=body)
    assert found["minutes"] >= 1
    json.dumps(found)


@pytest.mark.django_db
def test_the_hints_of_the_form_are_for_writers_only(client: Client) -> None:
    sent = {
        "body": "<h3>Why</h3>",
        "language": "en",
        "headline": "Why",
        "image": ["", "x", "9" * 30],
        "caption": [""],
    }
    editor = signed_in(make_staff("editor"))
    assert editor.post(ADDRESS, sent).json()["hints"][0]["kind"] == "heading"
    assert editor.get(ADDRESS).status_code == 405
    assert signed_in(make_staff("reporter")).post(ADDRESS, sent).status_code == 200
    assert signed_in(make_staff("reviewer")).post(ADDRESS, sent).status_code == 403
    assert client.post(ADDRESS, sent).status_code == 302
