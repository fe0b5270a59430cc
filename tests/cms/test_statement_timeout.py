"""A statement of a request has a time in which it must end; jobs and commands have none."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.models import Article
from cms.postgres import SUPERUSER
from tests.factories import make_article
from tests.staff import make_staff, signed_in

ROOT = Path(__file__).parents[2]
SHOW = (
    "from django.db import connection; cursor = connection.cursor(); cursor.execute('SHOW statement_timeout');"
    " print(cursor.fetchone()[0])"
)
with_others = pytest.mark.django_db(transaction=True)


@contextmanager
def slow(words: str) -> Iterator[None]:
    """Have statements with some words take longer than the database allows."""

    def late(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if words in sql:
            return execute("SELECT pg_sleep(60)", None, False, context)
        return execute(sql, params, many, context)

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 50")
        try:
            with connection.execute_wrapper(late):
                yield
        finally:
            cursor.execute("RESET statement_timeout")


@with_others
def test_a_reader_is_told_to_try_again() -> None:
    make_article("The bridge")
    with slow("articles_revision"):
        answer = Client().get("/articles/")
    assert answer.status_code == 503
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("30", "no-store")
    assert "This takes too long just now" in answer.content.decode()
    assert Client().get("/articles/").status_code == 200


@with_others
def test_an_editor_is_told_in_the_dress_of_the_admin_and_nothing_is_half_saved() -> None:
    article = make_article("The bridge", public=False)
    editor = signed_in(make_staff("editor"))
    address = reverse("admin:articles_article_withdraw", args=[article.pk])
    with slow("articles_revision"):
        asked = editor.get(reverse("admin:articles_article_changelist"))
        sent = editor.post(address, {"reason": "Too early."})
    for answer in (asked, sent):
        assert answer.status_code == 503 and 'id="user-tools"' in answer.content.decode()
    assert "ask for less, as by a narrower filter" in asked.content.decode()
    assert "Your browser still has what you typed" in sent.content.decode()
    assert not Article.objects.get().withdrawals.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "environment", "limit"),
    [
        (f"import cms.wsgi; {SHOW}", {}, "30s"),
        (f"import cms.wsgi; {SHOW}", {"STATEMENT_TIMEOUT": "7", "DATABASE_POOL": "2"}, "7s"),
        (f"import cms.wsgi; {SHOW}", {"STATEMENT_TIMEOUT": "0"}, "0"),
        (f"import django; django.setup(); {SHOW}", {"STATEMENT_TIMEOUT": "7"}, "0"),
    ],
)
def test_only_what_answers_requests_has_the_limit(
    tmp_path: Path, code: str, environment: dict[str, str], limit: str
) -> None:
    server = settings.EMBEDDED_POSTGRES
    address = (
        f"postgresql://{SUPERUSER}@{quote(str(server.sockets), safe='')}/{connection.settings_dict['NAME']}"
        if server
        else os.environ["DATABASE_URL"]
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "cms.settings",
            **environment,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == limit
