"""``import_articles``: files become drafts once, and what cannot be read is named, skipped and counted."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from actors.actions import create_actor
from articles.importers.decoding import LIMIT
from articles.models import Article, Mention, Revision, Source, TaggedRevision, Topic

pytestmark = pytest.mark.django_db

Write = Callable[[str, str | bytes], Path]


@dataclass(frozen=True)
class Run:
    """What a command printed, and its exit status."""

    out: str
    err: str
    status: int

    @property
    def last_line(self) -> str:
        return self.out.strip().splitlines()[-1]


def import_articles(*paths: Path, **options: object) -> Run:
    out, err = StringIO(), StringIO()
    status = 0
    try:
        call_command("import_articles", *map(str, paths), stdout=out, stderr=err, **options)
    except SystemExit as stop:
        status = int(stop.code or 0)
    return Run(out.getvalue(), err.getvalue(), status)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def nothing_is_stored() -> bool:
    return not any(
        model.objects.exists() for model in (Article, Revision, Source, Mention, TaggedRevision, Topic)
    )


def test_a_text_becomes_a_draft_with_the_date_it_bears(write: Write) -> None:
    run = import_articles(write("a.txt", " date 2023-11-07 Two envoys met in the harbour. Nobody said why."))
    revision = Revision.objects.get()
    assert (revision.dated, revision.headline) == ("2023-11-07", "Two envoys met in the harbour")
    assert revision.text == "Two envoys met in the harbour. Nobody said why."
    assert not Article.objects.public().exists()
    assert (run.status, run.last_line) == (0, "1 imported, 0 imported before, 0 skipped.")


def test_a_text_without_a_date_has_none(write: Write) -> None:
    import_articles(write("a.txt", "The date is not known. Nobody said why."))
    assert Revision.objects.get().dated == ""


def test_the_actors_of_a_text_are_found_when_it_is_imported(write: Write) -> None:
    create_actor(None, slug="mara-quill", name="Mara Quill", kind="person")
    import_articles(write("a.txt", "Mara Quill left. Then Quill's ship sailed."))
    found = Mention.objects.values_list("text", "actor__slug")
    assert list(found) == [("Mara Quill", "mara-quill"), ("Quill", "mara-quill")]


def test_the_same_item_twice_changes_nothing(write: Write) -> None:
    paths = (
        write("a.txt", "One text."),
        write("b.jsonl", '{"id": "7", "headline": "Two", "text": "Another."}\n'),
    )
    import_articles(*paths)
    before = list(Revision.objects.values_list("pk", "text"))
    run = import_articles(*paths)
    assert list(Revision.objects.values_list("pk", "text")) == before
    assert (run.status, run.last_line) == (0, "0 imported, 2 imported before, 0 skipped.")


def test_a_duplicate_within_one_run_is_imported_once(write: Write) -> None:
    run = import_articles(write("a.txt", "One text."), write("copy.txt", "One text."))
    assert run.last_line == "1 imported, 1 imported before, 0 skipped."
    assert "copy.txt: imported before" in run.out


def test_published_imports_are_public_from_the_day_that_they_bear(write: Write) -> None:
    import_articles(write("a.txt", "date 2023-11-07 Two envoys met."), publish=True)
    assert Article.objects.get().published_at == datetime(2023, 11, 7, tzinfo=UTC)
    assert Article.objects.public(datetime(2023, 11, 8, tzinfo=UTC)).exists()
    assert not Article.objects.public(datetime(2023, 11, 6, 23, tzinfo=UTC)).exists()


@pytest.mark.parametrize("text", ["No date here.", "date 2999-01-01 A day to come."])
def test_a_published_import_without_a_day_or_of_a_day_to_come_is_public_from_now_on(
    write: Write, text: str
) -> None:
    before = datetime.now(UTC)
    import_articles(write("a.txt", text), publish=True)
    published = Article.objects.get().published_at
    assert published is not None
    assert before <= published <= datetime.now(UTC)


def test_a_month_begins_on_its_first_day(write: Write) -> None:
    import_articles(write("a.txt", "date 2024-02 Something happened that month."), publish=True)
    assert Article.objects.get().published_at == datetime(2024, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize("day", ["0001-01-01", "0000", "-0044-03-15"])
def test_a_day_before_the_calendar_of_the_database_begins_is_imported_or_named(
    write: Write, day: str
) -> None:
    run = import_articles(write("old.txt", f"date {day} The oldest of all texts."), publish=True)
    assert run.status == 0 or "old.txt: " in run.err
    assert run.last_line in (
        "1 imported, 0 imported before, 0 skipped.",
        "0 imported, 0 imported before, 1 skipped.",
    )


BAD_FILES: dict[str, tuple[str | bytes, str]] = {
    "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", "not a text"),
    "empty.txt": ("", "empty"),
    "blank.md": (" \n\n ", "empty"),
    "latin.txt": ("One line.\nThe café shut.".encode("latin-1"), "byte E9 in line 2 is not UTF-8"),
    "month13.txt": ("date 2023-13-40 The text.", "2023-13-40"),
    "front.md": ("---\ndate: 2023-02-30\n---\nThe text.", "“date”"),
    "yaml.md": ("---\nheadline: [open\n---\nThe text.", "not YAML"),
    "headline.md": (f"---\nheadline: {'long ' * 80}\n---\nThe text.", "300"),
    "slug.md": ("---\nslug: Not A Slug\n---\nThe text.", "“slug”"),
    "topic.md": (f"---\ntopics: [{'t' * 300}]\n---\nThe text.", "100"),
    "control.txt": ("A bell \x07 rings.", "U+0007"),
    "page.pdf": ("%PDF-1.7", "files of this kind"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_article_is_named_and_counted_and_stores_nothing(write: Write, name: str) -> None:
    content, reason = BAD_FILES[name]
    run = import_articles(write(name, content))
    assert f"{name}: " in run.err
    assert reason in run.err
    assert (run.status, run.last_line) == (1, "0 imported, 0 imported before, 1 skipped.")
    assert nothing_is_stored()


def test_a_file_of_50_mb_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    run = import_articles(path)
    assert "huge.txt: has 50.0 MB" in run.err
    assert run.status == 1


def test_a_line_that_is_too_long_spoils_no_other_line(write: Write) -> None:
    lines = ['{"text": "The first."}', json.dumps({"text": "x" * (LIMIT + 1)}), '{"text": "The third."}']
    run = import_articles(write("many.jsonl", "\n".join(lines)))
    assert "many.jsonl:2: " in run.err
    assert (run.status, run.last_line) == (1, "2 imported, 0 imported before, 1 skipped.")


def test_a_bad_line_is_named_by_its_number_and_the_others_are_imported(write: Write) -> None:
    lines = [
        '{"id": 1, "text": "The first."}',
        "not json",
        '{"id": 3, "text": "The third.", "date": "2024-02-31"}',
        '{"id": 4, "text": "A lone surrogate \\ud800 here."}',
        '{"id": 1, "text": "The first again."}',
        '{"id": 6, "text": "The sixth.", "topics": ["Trade"]}',
    ]
    run = import_articles(write("many.jsonl", "\n".join(lines)))
    assert [f"many.jsonl:{number}: " in run.err for number in (2, 3, 4)] == [True] * 3
    assert (run.status, run.last_line) == (1, "2 imported, 1 imported before, 3 skipped.")


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere", "x" * 300 + ".txt", "dangling.txt", "pipe.txt"])
def test_a_path_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    run = import_articles(tmp_path / name)
    assert f"{name}: " in run.err
    assert run.status == 1


def test_a_folder_is_read_in_the_order_of_its_names_and_what_is_passed_over_is_counted(
    write: Write, tmp_path: Path
) -> None:
    (tmp_path / "b").mkdir()
    write("b/two.md", "The second text.")
    write("a.txt", "The first text.")
    write("c.jsonl", '{"text": "The third text."}')
    write("notes.docx", "no importer")
    write(".hidden.txt", "Not looked at.")
    run = import_articles(tmp_path)
    texts = Revision.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["The first text.", "The third text.", "The second text."]
    assert run.status == 0
    assert run.last_line == "3 imported, 0 imported before, 0 skipped; 1 file of other kinds passed over."


def test_a_folder_with_nothing_to_import_is_named(tmp_path: Path) -> None:
    run = import_articles(tmp_path)
    assert str(tmp_path) in run.err
    assert run.status == 1


def test_an_item_that_fails_midway_leaves_no_row(write: Write) -> None:
    front = "sources:\n  - publisher: A paper\n    relation: guesses\ntopics: [Trade]"
    run = import_articles(write("a.md", f"---\n{front}\n---\nThe text."))
    assert "a.md: " in run.err
    assert run.status == 1
    assert nothing_is_stored()


def test_an_item_that_the_database_refuses_leaves_no_row_and_the_next_is_imported(write: Write) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_mention ADD CONSTRAINT no_quill CHECK (text <> 'Mara Quill')")
    create_actor(None, slug="mara-quill", name="Mara Quill", kind="person")
    run = import_articles(write("a.txt", "Mara Quill left."), write("b.txt", "Nobody left."))
    assert "a.txt: " in run.err
    assert (run.status, run.last_line) == (1, "1 imported, 0 imported before, 1 skipped.")
    assert Revision.objects.get().text == "Nobody left."


def test_a_slug_that_is_taken_is_named_and_changes_nothing(write: Write) -> None:
    run = import_articles(
        write("a.md", "---\nslug: one\n---\nA text."), write("b.md", "---\nslug: one\n---\nAnother.")
    )
    assert "b.md: " in run.err
    assert "lug" in run.err
    assert Revision.objects.get().text == "A text."


def test_what_a_file_says_of_its_source_is_kept(write: Write) -> None:
    front = "sources:\n  - unknown: true\n    relation: rewrites\n  - publisher: A paper\n    date: 2024-05"
    import_articles(write("a.md", f"---\n{front}\n---\nThe text."))
    assert list(Source.objects.values_list("is_unknown", "relation", "publisher", "published")) == [
        (True, "rewrites", "", ""),
        (False, "cites", "A paper", "2024-05"),
    ]


def test_markup_in_a_text_is_text_and_scripts_in_html_are_gone(write: Write) -> None:
    html = '<p onclick="x()">One.</p><script>x()</script><p><a href="javascript:x()">Two</a></p>'
    import_articles(
        write("a.txt", "A <b>bold</b> text."), write("b.jsonl", json.dumps({"headline": "H", "html": html}))
    )
    assert Revision.objects.get(headline__startswith="A <b>").body == "<p>A &lt;b&gt;bold&lt;/b&gt; text.</p>"
    assert Revision.objects.get(headline="H").body == "<p>One.</p><p>Two</p>"


@pytest.mark.django_db(transaction=True)
def test_a_file_whose_name_is_no_text_is_named_all_the_same(tmp_path: Path) -> None:
    path = bytes(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text("A text.")
    finished = subprocess.run(
        [sys.executable, "manage.py", "import_articles", path],
        cwd=settings.BASE_DIR,
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"} | _same_database(),
        capture_output=True,
    )
    assert (finished.returncode, finished.stderr) == (0, b"")
    assert b"caf\\udce9.txt: a-text" in finished.stdout


def _same_database() -> dict[str, str]:
    """The environment of a command in a process of its own that is to see the tests' database."""
    connection.ensure_connection()
    at = connection.connection.info
    return {
        "DJANGO_SETTINGS_MODULE": "cms.settings",
        "DATABASE_URL": f"postgresql://{at.user}:{at.password}@/{at.dbname}?host={at.host}&port={at.port}",
    }
