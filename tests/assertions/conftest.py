"""The cast of most tests of claims: two states, and who speaks for each. A module may have its own."""

import pytest

from actors.models import Actor
from tests.factories import make_actor, make_state


@pytest.fixture
def ostria() -> Actor:
    return make_state("Ostria")


@pytest.fixture
def vesta() -> Actor:
    return make_state("Vesta")


@pytest.fixture
def ada(ostria: Actor) -> Actor:
    return make_actor("Ada Vale", country=ostria)


@pytest.fixture
def boris(vesta: Actor) -> Actor:
    return make_actor("Boris Klint", country=vesta)
