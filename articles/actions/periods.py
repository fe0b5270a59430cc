"""Being public: publishing, scheduling and withdrawing, all of it by writing periods."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from articles import permissions
from articles.actions.writing import content_of, write_revision
from articles.models import Article, Revision
from assertions.actions import carry_evidence
from cms.models import User
from cms.periods import clock, close_period
from cms.permissions import require


@transaction.atomic
def publish(
    article: Article,
    by: User | None,
    *,
    revision: Revision | None = None,
    at: datetime | None = None,
    until: datetime | None = None,
) -> Revision:
    """Make a revision, the latest by default, the one that readers see from an instant on; return it.

    It ends when the next scheduled revision begins, or at ``until``. What was live ends at that instant. A revision
    that was public once is published again as a new revision, since a past period stays as it was.
    Raises PermissionDenied, and ValidationError for a time in the past or an end before the beginning.
    """
    require(by, permissions.PUBLISH)
    # The article is locked so that its periods are written one after the other.
    Article.objects.select_for_update().get(pk=article.pk)
    now = clock()
    if at is not None and at < now:
        raise ValidationError({"at": "That time is past. Leave it empty to publish now."})
    begin = at or now
    if until is not None and until <= begin:
        raise ValidationError({"until": "It would end before it begins."})
    revision = revision or article.revisions.order_by("number").last()
    if revision is None or revision.article_id != article.pk:
        raise ValidationError("There is no such revision of this article.")
    revision.refresh_from_db(fields=["live"])
    if revision.live is not None and revision.live.lower <= now:
        if revision.live.upper is None and until is None and at is None:
            return revision
        revision = write_revision(
            article, content_of(revision), by, reason=f"Revision {revision.number} again"
        )
    elif revision.live is not None:
        _unschedule(revision)
    following = article.revisions.filter(live__startswith__gt=begin).exclude(pk=revision.pk)
    ends = [when for when in (until, *(other.live.lower for other in following)) if when is not None]
    for other in article.revisions.filter(live__contains=begin).exclude(pk=revision.pk):
        close_period(other, begin)
    revision.live = DateTimeTZRange(begin, min(ends, default=None))
    revision.save(update_fields=["live"])
    carry_evidence(revision)
    article.refresh_from_db(fields=["published_at"])
    return revision


def _unschedule(revision: Revision) -> None:
    """Take back a period that has not begun: the revision that it would have followed goes on in its stead."""
    assert revision.live is not None
    planned, revision.live = revision.live, None
    revision.save(update_fields=["live"])
    for other in revision.article.revisions.filter(live__endswith=planned.lower).exclude(pk=revision.pk):
        assert other.live is not None
        other.live = DateTimeTZRange(other.live.lower, planned.upper)
        other.save(update_fields=["live"])


@transaction.atomic
def withdraw(article: Article, by: User | None, *, at: datetime | None = None) -> None:
    """End an article's being public at an instant, now by default, and cancel what is scheduled after it.

    Raises PermissionDenied, and ValidationError for a time in the past.
    """
    require(by, permissions.PUBLISH)
    # As in publish.
    Article.objects.select_for_update().get(pk=article.pk)
    now = clock()
    if at is not None and at < now:
        raise ValidationError({"at": "That time is past. Leave it empty to withdraw now."})
    for revision in article.revisions.filter(live__isnull=False):
        close_period(revision, at or now)
    article.refresh_from_db(fields=["published_at"])
