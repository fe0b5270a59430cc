"""``analyse``: the mentions in a text as JSON, in positions of the text as it was given; nothing is stored."""

import json
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from actors.actions import create_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast() -> None:
    create_actor(None, slug="mara-quill", name="Mara Quill", kind="person")
    create_actor(None, slug="ivo-tarn", name="Ivo Tarn", kind="person")
    create_actor(None, slug="ivo-tarn-junior", name="Ivo Tarn", kind="person")


def analyse(*paths: Path | str, as_json: bool = True) -> tuple[list[Any], str, int]:
    """Return the printed lines, JSON ones read; what was said of errors; and the exit status."""
    out, err = StringIO(), StringIO()
    status = 0
    try:
        call_command("analyse", *map(str, paths), as_json=as_json, stdout=out, stderr=err)
    except SystemExit as stop:
        status = int(stop.code or 0)
    lines = out.getvalue().splitlines()
    return [json.loads(line) for line in lines] if as_json else lines, err.getvalue(), status


def of_text(text: str, path: Path) -> list[dict[str, Any]]:
    path.write_bytes(text.encode())
    (found,), _, _ = analyse(path)
    mentions: list[dict[str, Any]] = found["mentions"]
    return mentions


def test_one_path_is_one_object_with_mentions_and_statements(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Then Mara Quill left.")
    (found,), err, status = analyse(path)
    assert found == {
        "mentions": [
            {
                "start": 5,
                "end": 15,
                "text": "Mara Quill",
                "actor": "mara-quill",
                "candidates": ["mara-quill"],
                "kind": "name",
            }
        ],
        "statements": [],
    }
    assert (err, status) == ("", 0)


def test_two_actors_with_one_name_are_null_with_both_as_candidates(tmp_path: Path) -> None:
    (mention,) = of_text("Then Ivo Tarn left.", tmp_path / "a.txt")
    assert mention["actor"] is None
    assert set(mention["candidates"]) == {"ivo-tarn", "ivo-tarn-junior"}


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffMara Quill left.",
        "One.\r\nTwo.\r\nMara Quill left.\r\n",
        "👩‍👩‍👧 🇨🇭 Mara Quill left.",
        "e\u0301tude: Mara Quill left.",
        "Mara\u00a0Quill left.",
        "A bell \x07, then Mara Quill.",
    ],
)
def test_positions_count_code_points_of_the_text_as_it_was_given(tmp_path: Path, text: str) -> None:
    (mention,) = of_text(text, tmp_path / "a.txt")
    assert mention["actor"] == "mara-quill"
    assert text[mention["start"] : mention["end"]] == mention["text"]
    assert mention["text"].split() == ["Mara", "Quill"]


def test_several_paths_are_one_object_a_line_with_its_path(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("Mara Quill left.")
    second.write_text("Nobody left.")
    found, _, _ = analyse(first, second)
    assert [(each["path"], len(each["mentions"])) for each in found] == [(str(first), 1), (str(second), 0)]


def test_a_hyphen_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"Mara Quill left."), encoding="ascii"))
    (found,), _, _ = analyse("-")
    assert [mention["actor"] for mention in found["mentions"]] == ["mara-quill"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("latin.txt", "caf\xe9".encode("latin-1"), "not UTF-8 text (byte 3)"),
        ("picture.txt", b"\x89PNG", "not UTF-8 text (byte 0)"),
        ("gone.txt", None, "No such file"),
        ("", None, "Is a directory"),
    ],
)
def test_what_is_no_text_is_named_and_the_others_are_read(
    tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / name
    good.write_text("Mara Quill left.")
    if content is not None:
        bad.write_bytes(content)
    found, err, status = analyse(bad, good)
    assert [each["path"] for each in found] == [str(good)]
    assert err.startswith(f"{bad}: {reason}")
    assert status == 1


def test_an_empty_text_has_no_mentions(tmp_path: Path) -> None:
    assert of_text("", tmp_path / "a.txt") == []


def test_without_json_each_mention_is_a_line_and_the_last_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Mara Quill and Ivo Tarn left.")
    lines, _, _ = analyse(path, as_json=False)
    assert "mara-quill" in lines[0]
    assert "? ivo-tarn, ivo-tarn-junior" in lines[1]
    assert lines[-1] == f"{path}: 2 mentions, 0 statements"


def test_a_statement_has_its_spans_its_speaker_its_act_and_whether_it_is_quoted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = "“The bridge is closed,” Mara Quill said. She denied that it was unsafe.\r\n"
    path.write_bytes(text.encode())
    (found,), err, status = analyse(path)
    first, second = found["statements"]
    for name in ("source", "cue", "content"):
        for statement in (first, second):
            span = statement[name]
            assert text[span["start"] : span["end"]] == span["text"]
    assert (first["source"]["text"], first["cue"]["text"]) == ("Mara Quill", "said")
    assert first["content"]["text"] == "“The bridge is closed,”"
    assert (first["speaker"], first["act"], first["quoted"]) == ("mara-quill", "states", True)
    assert (second["speaker"], second["act"], second["quoted"]) == ("mara-quill", "denies", False)
    assert 0 <= first["confidence"] <= 1
    assert (err, status) == ("", 0)


def test_a_source_that_is_not_said_is_null(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Soldiers are expected to arrive on Monday.")
    (found,), _, _ = analyse(path)
    (statement,) = found["statements"]
    assert (statement["source"], statement["speaker"], statement["act"]) == (None, None, "predicts")


@pytest.mark.parametrize(
    "content",
    [
        b"Mara Quill said \x00\x07\x1b that it was over.",
        "قالت Mara Quill said ‮it was over.".encode(),
        "“Mara Quill said it was over. “Nobody left".encode(),
        b"\r\n\r\nMara Quill said\r\nthat it was over.\r\n",
        b"",
        b"\n\n",
    ],
)
def test_what_is_odd_is_read_all_the_same(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    text = content.decode()
    (found,), err, status = analyse(path)
    assert all(text[m["start"] : m["end"]] == m["text"] for m in found["mentions"])
    assert all(
        text[s["content"]["start"] : s["content"]["end"]] == s["content"]["text"] for s in found["statements"]
    )
    assert (err, status) == ("", 0)


def test_a_lone_surrogate_is_no_utf8_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Mara Quill said \ud800 it.".encode("utf-8", "surrogatepass"))
    found, err, status = analyse(path)
    assert (found, status) == ([], 1)
    assert err.startswith(f"{path}: not UTF-8 text (byte 16)")


def test_nothing_is_stored(tmp_path: Path) -> None:
    before = {model: model._default_manager.count() for model in apps.get_models()}
    of_text("Mara Quill left.", tmp_path / "a.txt")
    assert {model: model._default_manager.count() for model in apps.get_models()} == before
