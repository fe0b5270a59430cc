"""What every test shares: the database server, and in it what the migrations put there."""

import gc
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import Context, Template
from django.test import TransactionTestCase
from django.test.signals import template_rendered
from django.utils.safestring import SafeString
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.resetting import put_back, remember
from tests.template import copied, loaded_template, migrated_template

# A busy machine is slow now and then: that is no failure of the code under test.
hypothesis_settings.register_profile("without a clock", deadline=None)
hypothesis_settings.load_profile("without a clock")

LONGEST = ["test_every_kind_of_page", "test_interleavings"]
"""Files of tests, by their names, from the longest on."""
CONTROLS = ("django/forms/", "admin/widgets/")
"""Folders of the templates of controls."""


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
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Remember the rows that came with the migrations, and put them back after each test that commits.

    Django's own way empties every table, and (by `serialized_rollback`) fills some again before the next such test
    only, so that the others that come later in the same process would be without.
    """
    with django_db_blocker.unblock():
        remember()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: put_back())
        yield


@pytest.fixture(scope="session", autouse=True)
def noted_pages(django_test_environment: None) -> Iterator[None]:
    """Have the test client keep what each page was rendered with, and not each control of a form too.

    It copies the context of every template; of a page in the admin there are thousands, an option is one.
    """

    def render(template: Template, context: Context) -> SafeString:
        if not (template.name or "").startswith(CONTROLS):
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@contextmanager
def loaded_coverage() -> Iterator[None]:
    """Have Django use a database that holds the demonstration coverage, and nothing else that was written."""
    server = settings.EMBEDDED_POSTGRES
    if server is not None:
        with copied(server, loaded_template(server)):
            yield
        return
    call_command("load_demo", verbosity=0)
    yield
    put_back()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Begin with the files that take longest, so that in the end no process is left alone with one of them."""
    yield
    items.sort(key=lambda item: LONGEST.index(name) if (name := item.path.stem) in LONGEST else len(LONGEST))


def pytest_collection_finish() -> None:
    """Collect garbage seldom: what was imported until here stays, and a test leaves little."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
