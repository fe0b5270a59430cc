import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body import clean, plain
from articles.importers import BadItem, Item, find, read
from articles.importers.decoding import LIMIT
from articles.importers.headlines import LONGEST, propose_headline

TEXT = "The harbour reopened on Monday. Ships had waited for a week.\n\nNobody said why.\n"


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def item(path: Path) -> Item:
    (found,) = read(path)
    assert isinstance(found, Item), found
    return found


def bad(path: Path) -> BadItem:
    (found,) = read(path)
    assert isinstance(found, BadItem), found
    return found


def line(**fields: object) -> str:
    return json.dumps({"headline": "Harbour reopens", "text": TEXT} | fields) + "\n"


def json_item(tmp_path: Path, **fields: object) -> Item:
    return item(write(tmp_path / "feed.jsonl", line(**fields)))


def json_bad(tmp_path: Path, **fields: object) -> str:
    return bad(write(tmp_path / "feed.jsonl", line(**fields))).reason


# Plain text


def test_the_first_sentence_of_a_text_without_headline_proposes_one(tmp_path: Path) -> None:
    found = item(write(tmp_path / "a.txt", TEXT))
    assert found.headline == "The harbour reopened on Monday"
    assert plain(found.body_html) == TEXT.strip()
    assert (found.dated, found.slug, found.language) == ("", "", "en")
    assert found.origin == str(tmp_path / "a.txt")


def test_a_short_first_line_before_an_empty_line_is_the_headline(tmp_path: Path) -> None:
    found = item(write(tmp_path / "a.txt", f"Harbour reopens after a week\r\n\r\n{TEXT}"))
    assert found.headline == "Harbour reopens after a week"
    assert plain(found.body_html) == TEXT.strip()


@pytest.mark.parametrize("first", ["It reopened.", "word " * 40, "Two\nlines"])
def test_other_first_lines_belong_to_the_text(tmp_path: Path, first: str) -> None:
    found = item(write(tmp_path / "a.txt", f"{first}\n\n{TEXT}"))
    assert plain(found.body_html).startswith(first.strip())


@pytest.mark.parametrize(
    "start",
    [
        " date 2024-05-06 ",
        "date 2024-05-06\n",
        "\n  DATE:  2024-05-06, ",
        "date\t2024-05-06\n\n",
        "Monday, May 6, 2024\n",
        "6 May 2024 \n\n",
        "2024-05-06\n",
    ],
)
def test_a_leading_date_is_the_date_and_no_part_of_the_text(tmp_path: Path, start: str) -> None:
    found = item(write(tmp_path / "a.txt", start + TEXT))
    assert found.dated == "2024-05-06"
    assert plain(found.body_html) == TEXT.strip()


def test_a_headline_may_follow_the_date(tmp_path: Path) -> None:
    found = item(write(tmp_path / "a.txt", f"date 2024-05\nHarbour reopens\n\n{TEXT}"))
    assert (found.dated, found.headline) == ("2024-05", "Harbour reopens")


@pytest.mark.parametrize(
    "start", ["Date palms were late. ", "Date 5 is ripe. ", "Dated 2024-05-06, it says. "]
)
def test_a_text_that_only_begins_with_such_a_word_bears_no_date(tmp_path: Path, start: str) -> None:
    found = item(write(tmp_path / "a.txt", start + TEXT))
    assert found.dated == ""
    assert plain(found.body_html).startswith(start.strip())


@pytest.mark.parametrize("date", ["2023-13-40", "2023-02-30", "6.5.2024", "24-05-06", "2024-05-06T10:00"])
def test_a_broken_date_is_named(tmp_path: Path, date: str) -> None:
    reason = bad(write(tmp_path / "a.txt", f" date {date} {TEXT}")).reason
    assert date in reason
    assert "2024-10-23" in reason


def test_the_same_text_has_the_same_identity_in_any_file_and_encoding(tmp_path: Path) -> None:
    contents = [TEXT.encode(), TEXT.replace("\n", "\r\n").encode("utf-8-sig"), TEXT.encode("utf-16")]
    found = [item(write(tmp_path / f"{number}.txt", content)) for number, content in enumerate(contents)]
    assert len({each.external_id for each in found}) == 1
    assert item(write(tmp_path / "other.txt", TEXT + "More.")).external_id != found[0].external_id


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_texts_are_read(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith(("le", "be")) else ""
    found = item(
        write(tmp_path / "a.txt", f"{mark}항구가 월요일에 다시 열렸다. Порт открылся.".encode(encoding))
    )
    assert found.headline == "항구가 월요일에 다시 열렸다"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"date 2024-05-06\n\n", "has a date and no text"),
        (b"one\ntwo caf\xe9\n", "the byte E9 in line 2 is not UTF-8; save the text as UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not a text"),
        (b"text\0text", "is not a text: it has NUL characters"),
        (b"\xff\xfea\0b\0\x00", "begins as UTF-16 but does not go on so"),
        (b"one\ntwo\x1b[0m", "control character U+001B at line 2, column 4"),
    ],
)
def test_a_file_that_is_no_text_is_named_with_what_is_wrong(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    found = bad(write(tmp_path / "a.txt", content))
    assert found.origin == str(tmp_path / "a.txt")
    assert found.reason.startswith(reason)


def test_random_bytes_are_not_a_text(tmp_path: Path) -> None:
    bad(write(tmp_path / "a.txt", random.Random(4).randbytes(10_000)))


def test_a_file_of_fifty_megabytes_is_refused(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md"):
        path = tmp_path / name
        with path.open("wb") as file:
            file.truncate(50_000_000)
        assert bad(path).reason.startswith("has 50.0 MB; a text may have 5 MB at most")


@given(st.text(max_size=400))
def test_a_proposed_headline_is_one_line_of_bounded_length(text: str) -> None:
    headline = propose_headline(text)
    assert len(headline) <= LONGEST
    assert headline == " ".join(headline.split())


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (
            "Gen. A. B. Smith of the U.S. Navy spoke. Others did not.",
            "Gen. A. B. Smith of the U.S. Navy spoke",
        ),
        ("“It is over.” That was all.", "“It is over.”"),
        ("Is it over? Nobody knows.", "Is it over?"),
        ("Prices rose 2.5 percent. Then they fell.", "Prices rose 2.5 percent"),
        ("“Never!” he said. She agreed.", "“Never!” he said"),
        ("港は月曜日に再開した。船は待っていた。", "港は月曜日に再開した"),
        ("One\nline goes on. Two.", "One line goes on"),
        ("No full stop\n\nNext paragraph.", "No full stop"),
    ],
)
def test_a_sentence_ends_where_readers_see_it_end(text: str, headline: str) -> None:
    assert propose_headline(text) == headline


def test_a_long_sentence_is_cut_at_a_word() -> None:
    sentence = (
        "The harbour, which had been closed since the storm of the week before, reopened on Monday, " * 3
    )
    headline = propose_headline(sentence)
    assert headline.endswith("…")
    assert sentence.startswith(headline[:-1])
    assert not sentence[len(headline) - 1].isalpha()


# JSON Lines


def test_json_lines_give_an_item_a_line_with_its_fields(tmp_path: Path) -> None:
    fields = {
        "id": "42",
        "publisher": "Harbour News",
        "language": "en_GB",
        "link": "https://news.example.org/42",
        "date": "2024-05-06",
        "standfirst": "A week\nlate",
        "byline": "A. Writer",
        "slug": "harbour-reopens",
        "topics": ["Trade", "trade", " Ports "],
    }
    path = write(tmp_path / "feed.jsonl", "\n" + line(**fields) + "\n" + line(id="43"))
    first, second = read(path)
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert first == Item(
        headline="Harbour reopens",
        body_html=first.body_html,
        external_id="Harbour News 42",
        origin=f"{path}:2",
        standfirst="A week late",
        language="en-GB",
        byline="A. Writer",
        dated="2024-05-06",
        slug="harbour-reopens",
        topics=("trade", "Ports"),
        sources=(
            {
                "publisher": "Harbour News",
                "title": "Harbour reopens",
                "address": "https://news.example.org/42",
                "published": "2024-05-06",
            },
        ),
    )
    assert plain(first.body_html) == TEXT.strip()
    assert (second.external_id, second.origin, second.sources) == ("43", f"{path}:4", ())


@pytest.mark.parametrize("name", ["text", "body", "content", "Content_Text"])
def test_the_text_has_several_names(tmp_path: Path, name: str) -> None:
    found = item(write(tmp_path / "feed.jsonl", json.dumps({"title": "Reopened", name: "One <b>.\n\nTwo."})))
    assert (found.headline, plain(found.body_html)) == ("Reopened", "One <b>.\n\nTwo.")


def test_html_is_cleaned(tmp_path: Path) -> None:
    found = json_item(tmp_path, html="<p onclick=x>One <b>two</b><script>x</script>")
    assert found.body_html == "<p>One <strong>two</strong></p>"


@pytest.mark.parametrize("name", ["date", "published", "date_published", "dated", "published_at"])
@pytest.mark.parametrize(
    "value", ["2024-05-06", "2024-05-06T23:30:00+09:00", "2024-05-06T10:00:00.123Z", " 2024-05-06 10:00 "]
)
def test_of_a_time_the_day_is_kept_as_it_is_written(tmp_path: Path, name: str, value: str) -> None:
    assert json_item(tmp_path, **{name: value}).dated == "2024-05-06"


@pytest.mark.parametrize("value", ["2024-05", "2024~", "2024-10-08/2024-10-13", "2024-21", 2024])
def test_dates_are_edtf(tmp_path: Path, value: object) -> None:
    assert json_item(tmp_path, date=value).dated == str(value)


@pytest.mark.parametrize("value", [None, ""])
def test_an_empty_date_is_none(tmp_path: Path, value: object) -> None:
    assert json_item(tmp_path, date=value).dated == ""


def test_a_first_line_that_says_the_date_again_is_no_part_of_the_text(tmp_path: Path) -> None:
    text = f"\n\nMonday, May 6, 2024\xa0\n\n\n{TEXT}"
    assert plain(json_item(tmp_path, text=text, date="2024-05-06").body_html) == TEXT.strip()
    assert json_item(tmp_path, text=text).dated == "2024-05-06"
    other = json_item(tmp_path, text=text, date="2024-05-07")
    assert other.dated == "2024-05-07"
    assert plain(other.body_html).startswith("Monday, May 6, 2024\n\n")


def test_without_an_id_the_address_identifies_an_item_and_without_both_its_content(tmp_path: Path) -> None:
    assert json_item(tmp_path, url="https://example.org/1").external_id == "https://example.org/1"
    found = json_item(tmp_path)
    assert found.external_id.startswith("sha256:")
    assert found.external_id != json_item(tmp_path, headline="Other").external_id


def test_authors_may_be_objects(tmp_path: Path) -> None:
    assert json_item(tmp_path, authors=[{"name": "A. One"}, "B. Two"]).byline == "A. One, B. Two"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": ""}, "has no text"),
        ({"text": "Monday, May 6, 2024"}, "has no text"),
        ({"html": "<p> </p>", "text": None}, "has no text"),
        ({"text": ["a"]}, "“text” has to be text, not a list"),
        ({"headline": {}}, "“headline” has to be text, not an object"),
        ({"headline": True}, "“headline” has to be text, not true or false"),
        ({"text": "a\x00"}, "“text” has a NUL U+0000 at line 1, column 2"),
        ({"text": "a\ud800"}, "“text” has a half of a surrogate pair"),
        ({"headline": "a\x07"}, "“headline” has a control character"),
        ({"html": "a&#0;"}, "“html” has a NUL U+0000"),
        ({"date": "2023-13-40"}, "“date”: “2023-13-40” is no date"),
        ({"date": "2023-02-30T10:00:00"}, "“date”: "),
        ({"published": "yesterday"}, "“published”: “yesterday” is no date"),
        ({"date": [2024]}, "“date” has to be text"),
        ({"language": "English, mostly"}, "“language” has to be a BCP 47 tag"),
        ({"link": "javascript:alert(1)"}, "“link” has to be an address that begins with http"),
        ({"slug": "Not a slug"}, "“slug” has to be of lower-case letters"),
        ({"topics": [1]}, "“topics” has to be a list of names"),
        ({"authors": [{"no": "name"}]}, "“authors” has to be a name"),
        ({"sources": "some agency"}, "“sources” has to be a list of sources"),
        ({"sources": [{"publisher": "A"}, {"published": "2024"}]}, "source 2: has to have a publisher"),
    ],
)
def test_a_field_that_cannot_be_read_is_named_with_what_would_be_right(
    tmp_path: Path, fields: dict[str, object], reason: str
) -> None:
    assert json_bad(tmp_path, **fields).startswith(reason)


def test_a_bad_line_does_not_stop_the_others(tmp_path: Path) -> None:
    lines = [
        line(),
        "{broken\n",
        "[1]\n",
        line(text=""),
        '{"a": ' + "[" * 100_000 + "\n",
        "1" * 10_000 + "\n",
        line(),
    ]
    path = write(
        tmp_path / "feed.jsonl", "".join(lines).encode() + b'{"text": "caf\xe9"}\n' + line().encode()
    )
    found = list(read(path))
    assert [isinstance(each, Item) for each in found] == [
        True,
        False,
        False,
        False,
        False,
        False,
        True,
        False,
        True,
    ]
    assert [each.origin for each in found] == [f"{path}:{number}" for number in range(1, 10)]
    reasons = [each.reason for each in found if isinstance(each, BadItem)]
    assert reasons[0].startswith("is not JSON at column 2")
    assert reasons[1].startswith("has to be an object")
    assert reasons[5].startswith("the byte E9 in line 8 is not UTF-8")


def test_a_line_that_is_too_long_does_not_stop_the_others(tmp_path: Path) -> None:
    path = write(tmp_path / "feed.jsonl", line(text="x" * (2 * LIMIT + 5)) + line())
    too_long, good = read(path)
    assert isinstance(too_long, BadItem)
    assert too_long.reason.startswith("the line is too long; a text may have 5 MB at most")
    assert isinstance(good, Item)
    assert good.origin == f"{path}:2"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_json_lines_may_begin_with_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    content = (line(headline="항구") + line(headline="Порт\u2028")).replace("\n", "\r\n")
    found = list(read(write(tmp_path / "feed.jsonl", content.encode(encoding))))
    assert [each.headline for each in found if isinstance(each, Item)] == ["항구", "Порт"]


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_an_empty_json_lines_file_is_named(tmp_path: Path, content: bytes) -> None:
    assert bad(write(tmp_path / "feed.jsonl", content)).reason == "is empty"


# Markdown

MARKDOWN = """---
headline: "Harbour: reopened"
standfirst: A week late
date: 2024-05-06
language: en
byline: [A. One, B. Two]
slug: harbour
topics: [Trade, No]
id: 007
sources:
  - publisher: Harbour News
    title: Port opens
    address: https://news.example.org/42
    published: 2024~
    relation: rewrites
  - unknown: true
    note: the original is not named
---

It **reopened** on [Monday](https://example.org/).

- one
- two
"""


def test_front_matter_gives_the_fields_as_they_are_written(tmp_path: Path) -> None:
    found = item(write(tmp_path / "a.md", MARKDOWN))
    assert found == Item(
        headline="Harbour: reopened",
        body_html=found.body_html,
        external_id="007",
        origin=str(tmp_path / "a.md"),
        standfirst="A week late",
        byline="A. One, B. Two",
        dated="2024-05-06",
        slug="harbour",
        topics=("Trade", "No"),
        sources=(
            {
                "is_unknown": False,
                "publisher": "Harbour News",
                "title": "Port opens",
                "address": "https://news.example.org/42",
                "published": "2024~",
                "relation": "rewrites",
            },
            {"is_unknown": True, "note": "the original is not named"},
        ),
    )


def test_markdown_becomes_clean_html(tmp_path: Path) -> None:
    found = item(write(tmp_path / "a.md", MARKDOWN))
    assert found.body_html == clean(found.body_html)
    assert found.body_html == (
        '<p>It <strong>reopened</strong> on <a href="https://example.org/" rel="noopener">Monday</a>.</p>'
        "<ul><li><p>one</p></li><li><p>two</p></li></ul>"
    )


def test_raw_html_in_markdown_is_only_text(tmp_path: Path) -> None:
    found = item(write(tmp_path / "a.md", "<script>x</script>\n\n[y](javascript:x) <b>z</b>"))
    assert "<script>x</script>" in plain(found.body_html)
    assert "<a" not in found.body_html


def test_without_front_matter_a_first_heading_is_the_headline(tmp_path: Path) -> None:
    found = item(write(tmp_path / "a.md", "# Harbour *reopens* & more\n\nText.\n\n# Later\n\nMore."))
    assert found.headline == "Harbour reopens & more"
    assert found.body_html == "<p>Text.</p><h2>Later</h2><p>More.</p>"
    assert item(write(tmp_path / "b.md", "Words first. Then more.")).headline == "Words first"


def test_a_first_heading_that_repeats_the_headline_is_dropped_and_another_kept(tmp_path: Path) -> None:
    front = "---\ntitle: Harbour\n---\n"
    assert item(write(tmp_path / "a.md", f"{front}# Harbour\n\nText.")).body_html == "<p>Text.</p>"
    assert (
        item(write(tmp_path / "b.md", f"{front}# A & B\n\nText.")).body_html
        == "<h2>A &amp; B</h2><p>Text.</p>"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("---\ntitle: x\n", "the front matter after the line --- does not end"),
        ("---\ntitle: x\ntopics: [a\n---\ntext", "the front matter is not YAML in line"),
        ("---\njust words\n---\ntext", "the front matter has to be lines such as"),
        ("---\ntitle: x\n---\n\n", "has no text"),
        ("# Only a headline\n", "has no text"),
        ("---\ndate: 2023-13-40\n---\ntext", "“date”: “2023-13-40” is no date"),
        ("---\ntitle: [a]\n---\ntext", "“title” has to be text, not a list"),
        ("---\nsources: [{unknown: maybe}]\n---\ntext", "source 1: “unknown” has to be true or false"),
        ("---\nsources: [{unknown: true, publisher: A}]\n---\ntext", "source 1: has to have a publisher"),
        ("---\na: " + "[" * 5000 + "\n---\ntext", "the front matter is not YAML"),
        ("text \x07", "control character U+0007 at line 1, column 6"),
    ],
)
def test_markdown_that_cannot_be_read_is_named(tmp_path: Path, content: str, reason: str) -> None:
    assert bad(write(tmp_path / "a.md", content)).reason.startswith(reason)


# Folders and paths


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("c.TXT", "a.md", "b/z.txt", "notes.pdf", ".hidden.txt", ".git/x.txt"):
        write(tmp_path / name, TEXT)
    write(tmp_path / "d.jsonl", line() + line())
    origins = [each.origin.removeprefix(f"{tmp_path}{os.sep}") for each in read(tmp_path)]
    assert origins == ["a.md", "c.TXT", "d.jsonl:1", "d.jsonl:2", "b/z.txt"]
    assert find(tmp_path).others == 1


def test_a_folder_without_articles_is_named(tmp_path: Path) -> None:
    assert bad(tmp_path).reason.startswith("the folder has no file to import; known are .txt, .md")


def test_a_file_of_another_kind_is_named_when_it_is_asked_for(tmp_path: Path) -> None:
    assert bad(write(tmp_path / "a.pdf", b"%PDF")).reason.startswith("files of this kind cannot be imported")


@pytest.mark.parametrize("name", ["none", "none.txt", "none.md", "none.jsonl"])
def test_a_path_that_leads_nowhere_is_named(tmp_path: Path, name: str) -> None:
    assert bad(tmp_path / name).reason.startswith("there is no such file")


def test_what_is_not_a_file_is_not_waited_for(tmp_path: Path) -> None:
    for name in ("pipe.txt", "pipe.jsonl"):
        os.mkfifo(tmp_path / name)
        assert bad(tmp_path / name).reason == "is no file"


def test_a_link_to_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    bad(tmp_path / "loop.txt")


def test_a_name_with_another_suffix_in_capitals_is_known(tmp_path: Path) -> None:
    assert item(write(tmp_path / "A.MD", "Words.")).headline == "Words"
