"""The newsroom's own tags."""

from datetime import datetime

from django.db import transaction

from articles import permissions
from articles.models import Topic
from cms.models import User
from cms.periods import close_period, open_period
from cms.permissions import require


@transaction.atomic
def publish_topic(topic: Topic, by: User | None, at: datetime | None = None) -> None:
    """Make a topic public from an instant on, now by default. Raises PermissionDenied."""
    require(by, permissions.TOPICS)
    # The row is locked so that two editors' periods follow each other.
    open_period(Topic.objects.select_for_update().get(pk=topic.pk), at)


@transaction.atomic
def withdraw_topic(topic: Topic, by: User | None, at: datetime | None = None) -> None:
    """End a topic's being public at an instant, now by default. Raises PermissionDenied."""
    require(by, permissions.TOPICS)
    # As in publish_topic.
    close_period(Topic.objects.select_for_update().get(pk=topic.pk), at)
