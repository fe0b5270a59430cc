"""Jobs: queued with what they are about, done once, and not lost with their worker."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from actors.models import Actor
from articles import actions as writing
from articles.models import Article
from assertions import actions
from assertions.models import Assertion, Suggestion
from cms.jobs import ATTEMPTS, Progress, queue_once
from cms.models import User
from tests.assertions.worker import BEAT, give_back_now, jobs, wait_until, work, worker_process
from tests.factories import make_article
from tests.staff import make_staff
from tests.threads import at_once

ROOT = Path(__file__).parents[2]
SAID = "Ada Vale said that ships had left."
commits = pytest.mark.django_db(transaction=True)


def save(article: Article, *paragraphs: str, by: User | None = None) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    writing.save_revision(article, writing.Content(headline="Ships", body=body), by)


@pytest.mark.django_db
def test_ten_saves_queue_one_reading(ada: Actor) -> None:
    article = make_article("Ships", SAID)
    for number in range(10):
        save(article, SAID, f"Version {number}.")
    (job,) = jobs()
    assert job.args == {"article": article.pk}
    assert actions.reading_progress(article) == Progress.UNDER_WAY


@pytest.mark.django_db
def test_a_save_without_a_change_queues_nothing(ada: Actor) -> None:
    article = make_article("Ships", SAID)
    before = len(jobs())
    save(article, SAID)
    assert len(jobs()) == before == 1


@commits
def test_what_is_rolled_back_leaves_no_job() -> None:
    with transaction.atomic():
        make_article("Ships", SAID)
        assert len(jobs()) == 1
        transaction.set_rollback(True)
    assert jobs() == []


@pytest.mark.django_db
def test_what_somebody_saves_is_read_before_an_import(ada: Actor) -> None:
    make_article("Imported", SAID)
    editor = make_staff("editor")
    writing.create_article(editor, writing.Content(headline="Written", body=f"<p>{SAID}</p>"))
    imported, written = jobs()
    assert written.priority > imported.priority


@commits
def test_a_worker_stores_the_suggestions_of_the_newest_text(ada: Actor) -> None:
    article = make_article("Ships", "Nothing.")
    save(article, SAID)
    work()
    assert Suggestion.objects.get().article == article
    assert jobs() == []
    assert actions.reading_progress(article) == Progress.DONE


@commits
def test_a_job_for_an_article_that_was_deleted_ends_quietly(ada: Actor) -> None:
    article = make_article("Ships", SAID, public=False)
    writing.delete_draft(article, None)
    work()
    assert jobs() == []


@commits
def test_a_worker_that_is_killed_in_the_middle_of_a_job_loses_nothing(ada: Actor) -> None:
    article = make_article("Ships", SAID)
    # The lock holds the worker in the middle of its job.
    with worker_process() as worker, transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        wait_until(lambda: bool(jobs("doing")))
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    assert [job.status for job in jobs()] == ["doing"]
    assert not Suggestion.objects.exists()

    assert give_back_now() == 1
    work()
    assert Suggestion.objects.count() == 1
    assert jobs() == []


@commits
def test_a_lost_job_is_queued_again_while_every_worker_is_busy_with_a_long_one(ada: Actor) -> None:
    texts = [make_article("Ships", SAID).pk, make_article("Goods", SAID).pk]
    running = ProcrastinateJob.objects.filter(status="doing")
    with transaction.atomic(), worker_process() as killed:
        # The lock holds each worker in the middle of its job.
        list(Article.objects.select_for_update().filter(pk__in=texts))
        wait_until(lambda: running.count() == 1)
        (lost,) = running.values_list("pk", flat=True)
        with worker_process():
            wait_until(lambda: running.count() == 2)
            os.kill(killed.pid, signal.SIGKILL)
            wait_until(lambda: not running.filter(pk=lost).exists())
            assert ProcrastinateJob.objects.get(pk=lost).status == "todo"
            assert running.count() == 1


@commits
def test_a_worker_does_not_take_its_own_job_for_lost(ada: Actor) -> None:
    article = make_article("Ships", SAID)
    with worker_process(), transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        wait_until(lambda: bool(jobs("doing")))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
        time.sleep(4 * BEAT)
        assert [(job.status, job.attempts) for job in jobs()] == [("doing", 0)]


@commits
def test_a_killed_job_whose_work_waits_anew_is_dropped(ada: Actor) -> None:
    article = make_article("Ships", SAID)
    lose_the_worker()
    save(article, SAID, "And more.")
    assert [job.status for job in jobs()] == ["doing", "todo"]
    assert give_back_now() == 0
    assert [job.status for job in jobs()] == ["todo"]
    work()
    assert Suggestion.objects.count() == 1


@commits
def test_a_job_that_ends_its_worker_each_time_is_given_up(ada: Actor) -> None:
    article = make_article("Ships", SAID)
    for _ in range(ATTEMPTS):
        lose_the_worker()
        assert actions.reading_progress(article) == Progress.UNDER_WAY
        assert give_back_now() == 1
    lose_the_worker()
    assert give_back_now() == 0
    assert [job.status for job in jobs()] == ["failed"]
    assert give_back_now() == 0
    assert actions.reading_progress(article) == Progress.GIVEN_UP
    save(article, SAID, "Written anew.")
    assert actions.reading_progress(article) == Progress.UNDER_WAY


@commits
def test_a_job_that_failed_is_tried_again(ada: Actor) -> None:
    make_article("Ships", SAID)
    set_status("failed")
    assert give_back_now() == 1
    work()
    assert Suggestion.objects.count() == 1


@commits
def test_a_text_that_is_being_saved_while_its_job_begins_is_the_one_that_is_read(ada: Actor) -> None:
    article = make_article("Ships", "Nothing.")

    def save_slowly() -> None:
        with transaction.atomic():
            save(article, SAID)
            wait_until(lambda: bool(jobs("doing")))

    assert at_once(save_slowly, work) == [None, None]
    work()
    assert Suggestion.objects.count() == 1


@commits
def test_two_readings_at_once_store_each_passage_once(ada: Actor) -> None:
    article = make_article("Ships", SAID, "Ada Vale denied that goods had been sent.")
    stored = at_once(*[lambda: actions.store_suggestions(article.pk)] * 3)
    assert sorted(stored) == [(0, 0), (0, 0), (2, 0)]  # type: ignore[type-var]
    assert Assertion.objects.count() == 2


@commits
def test_two_who_queue_the_same_at_once_queue_it_once() -> None:
    queued = at_once(*[lambda: queue_once("assertions.suggest", "the same", article=0)] * 4)
    assert sorted(map(bool, queued)) == [False, False, False, True]
    assert len(jobs()) == 1


def test_the_site_loads_no_language_model() -> None:
    program = (
        "import sys, django; django.setup(); import cms.wsgi, cms.urls, assertions.suggestions.statements;"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "assert not [name for name in sys.modules if name.partition('.')[0] in ('spacy', 'thinc')]"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, check=True)


def lose_the_worker() -> None:
    """Leave the job that waits as a worker leaves it that is killed."""
    set_status("doing")


def set_status(status: str) -> None:
    with connection.cursor() as cursor:
        # Through "doing" as the queue itself does, whatever comes after.
        for step in dict.fromkeys(["doing", status]):
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status"
                " WHERE status IN ('todo', 'doing') AND task_name = 'assertions.suggest'",
                [step],
            )
