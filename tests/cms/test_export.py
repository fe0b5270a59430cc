"""``manage.py export``: every kind as sorted JSON Lines, the same from the same database, and nothing private."""

import json
import os
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import ForeignKey
from hypothesis import given
from hypothesis import strategies as st
from pghistory.models import Event

from actors import actions as actors_actions
from articles.models import Correction, ErrorReport, WorkingCopy
from assertions import actions
from assertions.models import Evidence, Quantity
from cms import export_rows, exporting
from cms.export_rows import KEYS, LEFT_OUT, NUMBERED, WITHIN, kinds, lines
from cms.models import User
from tests.factories import (
    days_ago,
    make_actor,
    make_article,
    make_assertion,
    make_measure,
    make_question,
    make_state,
    make_topic,
)
from tests.staff import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def coverage() -> User:
    """Some of every kind; return the editor."""
    editor = make_staff("editor")
    editor.email = "secret@example.org"
    editor.save()
    ostria = make_state("Ostria")
    ada = make_actor("Ada Vale", country=ostria, names=[{"text": "에이다", "language": "ko"}])
    wale = make_actor("Ada Wale")
    actors_actions.judge_identity(ada, make_actor("Ada Veil"), editor, verdict="different")
    actors_actions.merge(ada, wale, editor, "a misspelling")
    trade = make_topic("Trade")
    article = make_article("On a talk", "Ada Vale “met” nobody.", topics=[trade])
    make_article("A draft", "Ada Vale slept.", public=False)
    Correction.objects.create(article=article, text="Wrong\u2028name.", created_by=editor)
    ErrorReport.objects.create(path="/", text="A mistake", email="reader@example.org")
    ships = make_measure("Ships")
    claim = make_assertion(
        "Nobody was met.", ada, article=article, exact="nobody", about=[ostria], topics=[trade],
        relays=[{"description": "a sailor"}], rival_dates=[{"of": "said", "date": "2024", "given_by": "him"}],
        quantities=[{"measure": ships, "low": 3}],
    )  # fmt: skip
    first = claim.quantities.get()
    other = make_assertion("Ships sailed.", quantities=[{"measure": ships, "low": 4, "supersedes": first}])
    actions.link(other, claim, None, type="updates")
    actions.answer(make_question("Was anybody met?"), claim, None, stance="denies")
    WorkingCopy.objects.create(user=editor, article=article, tab="0" * 32, seen_at=days_ago(0))
    return editor


def rows(name: str) -> list[dict[str, Any]]:
    (kind,) = [kind for kind in kinds() if kind.name == name]
    return [json.loads(line) for line in lines(kind)]


# What is in it


def test_every_kind_of_row_is_exported_stands_within_another_or_is_left_out_for_a_reason() -> None:
    models = {
        model
        for label in ("actors", "articles", "assertions")
        for model in apps.get_app_config(label).get_models()
        if not issubclass(model, Event)
    }
    assert {kind.model for kind in kinds()} | set(WITHIN) | set(LEFT_OUT) == models
    assert len({kind.name for kind in kinds()}) == len(kinds())


def test_every_row_that_another_refers_to_has_a_name() -> None:
    for model in [*(kind.model for kind in kinds()), *WITHIN]:
        for column in export_rows._columns(model):
            if isinstance(column, ForeignKey):
                named = column.remote_field.model
                assert named in KEYS or named in NUMBERED, column


def test_a_row_is_told_by_names_and_holds_what_is_nothing_without_it(coverage: User) -> None:
    (merged,) = [row for row in rows("actors") if row["merged_into"]]
    assert (merged["slug"], merged["merged_into"]) == ("ada-wale", "ada-vale")
    (merge,) = rows("merges")
    assert (merge["kept"], merge["merged"], merge["merged_by"]) == ("ada-vale", "ada-wale", "editor")
    assert set(merge) == {"kept", "merged", "merged_at", "merged_by", "reason"}
    (claim,) = [row for row in rows("assertions") if row["claim"] == "Nobody was met."]
    assert claim["topics"] == ["trade"]
    assert [speaker["actor"] for speaker in claim["speakers"]] == ["ada-vale"]
    assert claim["relays"][0]["description"] == "a sailor"
    assert claim["rival_dates"] == [{"date": "2024", "given_by": "him", "of": "said"}]
    (quoted,) = [row for row in rows("evidence") if row["exact"]]
    assert quoted["revision"] == {"article": "on-a-talk", "number": 1}
    assert (quoted["assertion"], quoted["number"]) == (claim["identifier"], 1)
    later = next(row for row in rows("quantities") if row["supersedes"])
    assert later["supersedes"] == {"assertion": claim["identifier"], "number": 1}
    (live,) = [row for row in rows("revisions") if row["live"]]
    assert (live["article"], live["number"], live["topics"]) == ("on-a-talk", 1, ["trade"])
    assert live["live"]["to"] is None
    assert {row["article"] for row in rows("revisions")} == {"on-a-talk", "a-draft"}
    assert rows("anchors")[0]["evidence"] == {"assertion": claim["identifier"], "number": 1}


def test_rows_without_a_name_are_numbered_within_what_they_belong_to(coverage: User) -> None:
    claim = Evidence.objects.filter(revision__isnull=False).get().assertion
    for publisher in ("One", "Two"):
        actions.cite(claim, None, publisher=publisher)
    of_claim = [row for row in rows("evidence") if row["assertion"] == claim.identifier]
    assert [(row["number"], row["publisher"]) for row in of_claim] == [(1, ""), (2, "One"), (3, "Two")]
    assert Quantity.objects.count() == 2
    assert [row["number"] for row in rows("quantities")] == [1, 1]


def test_no_key_of_the_database_no_password_and_no_address_is_in_it(coverage: User) -> None:
    text = b"".join(line for kind in kinds() for line in lines(kind)).decode()
    assert set(re.findall(r'"(id|pk|\w+_id)":', text)) == {"record_id"}
    for word in ("password", "secret@example.org", "reader@example.org", "@example"):
        assert word not in text


def test_only_what_is_judged_today_is_exported(coverage: User) -> None:
    assert {(row["left"], row["right"], row["verdict"]) for row in rows("identity_judgements")} == {
        ("ada-vale", "ada-veil", "different"),
        ("ada-vale", "ada-wale", "same"),
    }


def test_a_line_is_an_object_with_sorted_keys_in_utf_8_and_one_line_whatever_is_in_it(coverage: User) -> None:
    for kind in kinds():
        for line in lines(kind):
            assert line.endswith(b"\n")
            assert line.count(b"\n") == 1
            found = json.loads(line)
            assert list(found) == sorted(found)
    assert "에이다".encode() in b"".join(lines(next(kind for kind in kinds() if kind.name == "actor_names")))


def test_reading_the_rows_takes_as_many_queries_for_many_as_for_few(
    coverage: User, django_assert_num_queries: Any
) -> None:
    (kind,) = [kind for kind in kinds() if kind.name == "assertions"]
    with django_assert_num_queries(6):
        list(lines(kind))
    for number in range(5):
        make_assertion(f"Claim {number}.", make_actor(f"Speaker {number}"))
    with django_assert_num_queries(6):
        list(lines(kind))


# Its files


@pytest.mark.django_db(transaction=True)
def test_two_exports_of_one_database_are_the_same_byte_by_byte(coverage: User, tmp_path: Path) -> None:
    out = StringIO()
    for name in ("one", "two"):
        call_command("export", tmp_path / name, verbosity=0, stdout=out)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == sorted(kind.file for kind in kinds())
    for file in files:
        one, two = (tmp_path / name / file for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
        assert one.read_bytes().splitlines(keepends=True) == sorted(
            one.read_bytes().splitlines(keepends=True)
        )
    total = sum((tmp_path / "one" / file).read_bytes().count(b"\n") for file in files)
    assert out.getvalue().startswith(f"{total} lines in {len(files)} files written to ")


def test_a_later_export_replaces_an_earlier_one(coverage: User, tmp_path: Path) -> None:
    list(exporting.write(tmp_path))
    before = (tmp_path / "actors.jsonl").read_bytes()
    make_actor("Boris Klint")
    list(exporting.write(tmp_path))
    assert (tmp_path / "actors.jsonl").read_bytes() != before


def test_a_run_that_breaks_off_leaves_the_files_of_the_earlier_one(coverage: User, tmp_path: Path) -> None:
    list(exporting.write(tmp_path))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    make_actor("Boris Klint")
    run = exporting.write(tmp_path)
    for _ in range(5):
        next(run)
    del run  # which ends it, as a signal would
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_a_killed_run_left_is_cleared_away(coverage: User, tmp_path: Path) -> None:
    left = tmp_path / f"{exporting.TEMPORARY}abc"
    left.mkdir()
    (left / "actors.jsonl").write_text("{}\n")
    list(exporting.write(tmp_path))
    assert not left.exists()


def test_a_folder_with_other_files_is_refused_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(exporting.BadFolder, match=r"holds what is not of an export: letter\.txt"):
        list(exporting.write(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(exporting.BadFolder, match="is a file, or lies in one"):
            list(exporting.write(folder))


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to the root account")
def test_a_folder_that_is_closed_is_refused_in_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(exporting.BadFolder, match="Permission denied"):
        list(exporting.write(tmp_path))


@pytest.mark.django_db(transaction=True)
def test_the_command_says_what_was_wrong_with_the_folder(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(CommandError, match="Name an empty folder"):
        call_command("export", tmp_path)


@given(st.lists(st.binary(max_size=20).map(lambda line: line.replace(b"\n", b"") + b"\n"), max_size=60))
def test_lines_are_sorted_in_runs_as_they_would_be_at_once(unsorted: list[bytes]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting, "RUN", 40)
        assert list(exporting.sorted_lines(unsorted)) == sorted(unsorted)
