"""The newsroom's own tags."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q

from articles import permissions
from articles.models import TaggedRevision, Topic
from assertions.models import TaggedAssertion
from cms.models import User
from cms.periods import clock, close_period, open_period
from cms.permissions import require


@transaction.atomic
def publish_topic(topic: Topic, by: User | None, at: datetime | None = None) -> None:
    """Make a topic public from an instant on, now by default. Raises PermissionDenied, ValidationError if merged."""
    require(by, permissions.TOPICS)
    # The row is locked so that two editors' periods follow each other.
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    if topic.merged_into is not None:
        raise ValidationError(f"“{topic}” was merged into “{topic.merged_into}” and leads there.")
    open_period(topic, at)


@transaction.atomic
def withdraw_topic(topic: Topic, by: User | None, at: datetime | None = None) -> None:
    """End a topic's being public at an instant, now by default. Raises PermissionDenied."""
    require(by, permissions.TOPICS)
    # As in publish_topic.
    close_period(Topic.objects.select_for_update().get(pk=topic.pk), at)


@transaction.atomic
def merge_topics(kept: Topic, others: Iterable[Topic], by: User | None) -> None:
    """Merge topics into the one that is kept: all that is filed under them is filed under it, for good.

    The others cease to be public, keep their names and addresses, and lead to it; so does what was merged into them
    before. If one of them asks for blind double review, the one that is kept does from then on. Raises
    PermissionDenied, and ValidationError at ``kept`` if nothing is left to merge, if one of them was merged before, or
    if readers would lose a public topic to one that is not.
    """
    require(by, permissions.TOPICS)
    keys = {topic.pk for topic in others} - {kept.pk}
    # All are locked, in one order, so that of two merges the second one knows of the first: no chain, no circle.
    involved = Topic.objects.filter(Q(pk__in=keys | {kept.pk}) | Q(merged_into__in=keys))
    locked = {topic.pk: topic for topic in involved.select_for_update().order_by("pk")}
    chosen = [locked[key] for key in sorted(keys | {kept.pk}) if key in locked]
    if len(chosen) < 2 or kept.pk not in locked:
        raise ValidationError({"kept": "Choose two topics or more that there are, and one of them to keep."})
    for topic in chosen:
        if topic.merged_into_id is not None:
            raise ValidationError({"kept": f"“{topic}” was merged already, into “{topic.merged_into}”."})
    stays = locked[kept.pk]
    gone = [topic for topic in locked.values() if topic.pk != stays.pk]
    now = clock()
    if not stays.is_public(now) and (lost := [topic.name for topic in gone if topic.is_public(now)]):
        names = " and ".join(f"“{name}”" for name in lost)
        raise ValidationError(
            {
                "kept": f"“{stays}” is not public, and {names} would go with it: publish it first, or keep another."
            }
        )
    if not stays.needs_double_review and any(topic.needs_double_review for topic in chosen):
        # Else claims that two were to decide on would be left to one of them.
        stays.needs_double_review = True
        stays.save(update_fields=["needs_double_review"])
    for topic in gone:
        if topic.live is not None and (topic.live.upper is None or topic.live.upper > now):
            topic.live = DateTimeTZRange(topic.live.lower, now) if topic.live.lower < now else None
        topic.merged_into = stays
        topic.save(update_fields=["live", "merged_into"])
    for tagged in (TaggedRevision, TaggedAssertion):
        rows = tagged.objects.filter(tag__in=gone)
        moving = rows.exclude(content_object__tagged__tag=stays)
        once = moving.order_by("content_object_id", "pk").distinct("content_object_id").values("pk")
        tagged.objects.filter(pk__in=list(once.values_list("pk", flat=True))).update(tag=stays)
        rows.delete()
