"""The demonstration coverage, the same for all tests of this folder."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import loaded_coverage


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Have the tests use a database that ``load_demo`` filled."""
    with django_db_blocker.unblock(), loaded_coverage():
        yield
