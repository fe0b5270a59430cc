"""What every test shares: the database server, and in it what the migrations put there."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from tests.template import copied, loaded_template, migrated_template

# A busy machine is slow now and then: that is no failure of the code under test.
hypothesis_settings.register_profile("without a clock", deadline=None)
hypothesis_settings.load_profile("without a clock")

MIGRATED = pytest.StashKey[str]()
FLUSHING = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Have the embedded server run while tests need a database; the last process of the run stops it."""
    server = settings.EMBEDDED_POSTGRES
    if server is None:
        yield
        return
    server.ensure_running()
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = migrated_template(server)
    yield
    server.release()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, pytestconfig: pytest.Config
) -> None:
    """Remember the rows that came with the migrations, such as the groups."""
    with django_db_blocker.unblock():
        pytestconfig.stash[MIGRATED] = connection.creation.serialize_db_to_string()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Put those rows back after a test that commits: Django empties all tables then.

    Django's own remedy (`serialized_rollback`) fills them again before such a test, and leaves the others that come
    later in the same process without.
    """
    yield
    if nextitem is not None and commits(item):
        with item.config.stash[blocking_manager_key].unblock():
            put_back(item.config)


@contextmanager
def loaded_coverage(config: pytest.Config) -> Iterator[None]:
    """Have Django use a database that holds the demonstration coverage, and nothing else that was written."""
    server = settings.EMBEDDED_POSTGRES
    if server is not None:
        with copied(server, loaded_template(server)):
            yield
        return
    call_command("load_demo", verbosity=0)
    yield
    put_back(config)


def put_back(config: pytest.Config) -> None:
    """Empty all tables, and fill those that the migrations fill."""
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    with connection.cursor() as cursor:
        # The queue's tables are not Django's to empty; a job left in it would be that of another article.
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE"
        )
    connection.creation.deserialize_db_from_string(config.stash[MIGRATED])


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", [])
    return bool(marker and marker.kwargs.get("transaction")) or not FLUSHING.isdisjoint(fixtures)
