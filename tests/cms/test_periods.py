"""The period of an actor, as of topics, questions and measures: what is past stays as it was."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from actors.actions import publish_actor, withdraw_actor
from actors.models import Actor
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "period", ["NULL", "tstzrange('2000-01-01', NULL)", "tstzrange(now() - interval '1 hour', NULL)"]
)
def test_the_past_of_an_actors_period_cannot_be_changed(period: str) -> None:
    make_actor("Ada Vale")
    with pytest.raises(DatabaseError, match="past cannot change"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE actors_actor SET live = {period}")


def test_an_actor_that_was_withdrawn_can_be_public_again_from_now_on() -> None:
    actor = make_actor("Ada Vale")
    withdraw_actor(actor, None)
    assert not Actor.objects.public().exists()
    publish_actor(actor, None)
    assert Actor.objects.public().get() == actor
    assert not Actor.objects.public(timezone.now() - timedelta(days=30)).exists()
