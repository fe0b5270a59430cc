"""Closing versions to readers: those of a withdrawn article, and one that has to vanish for a legal reason."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q

from articles import permissions
from articles.actions.locking import locked
from articles.models import Article, Removal, Revision
from cms.models import User
from cms.periods import clock
from cms.permissions import require


@transaction.atomic
def close_versions(article: Article, by: User | None) -> int:
    """Close all versions of an article that is not public to readers, and return how many were open.

    Raises PermissionDenied, and ValidationError while the article is public.
    """
    require(by, permissions.PUBLISH)
    locked(article)
    _refuse_public(article)
    now = clock()
    still_open = Q(closed_at=None) | Q(closed_at__gt=now)
    return article.revisions.filter(still_open, live__endswith__lte=now).update(closed_at=now)


@transaction.atomic
def open_versions(article: Article, by: User | None) -> int:
    """Let readers see the versions of an article that is not public again, and return how many they are.

    Those that were removed stay closed; one that is still to be public is closed at its end, as planned. Raises
    PermissionDenied, and ValidationError while the article is public.
    """
    require(by, permissions.PUBLISH)
    locked(article)
    _refuse_public(article)
    closed = article.revisions.filter(closed_at__isnull=False, live__endswith__lte=clock(), removal=None)
    return article.revisions.filter(pk__in=closed.values("pk")).update(closed_at=None)


def _refuse_public(article: Article) -> None:
    if article.revisions.filter(live__contains=clock()).exists():
        raise ValidationError("The article is public: its versions are a part of it.")


@transaction.atomic
def remove_version(revision: Revision, by: User | None, reason: str) -> Removal:
    """Make a version that readers have seen vanish from the site for a legal reason, for good; return the record.

    If it is live, the article stops being public. No list, count or page tells readers of it, and none that it is
    gone. ``reason`` is for the newsroom's record. Raises PermissionDenied, and ValidationError for a revision that
    readers never saw, one that was removed already, and a missing reason.
    """
    require(by, permissions.REMOVE)
    locked(revision.article)
    revision.refresh_from_db(fields=["live", "closed_at"])
    now = clock()
    if revision.live is None or revision.live.lower > now:
        raise ValidationError(f"Readers never saw revision {revision.number}: there is no version to remove.")
    if Removal.objects.filter(revision=revision).exists():
        raise ValidationError(f"Revision {revision.number} was removed already.")
    if not reason.strip():
        raise ValidationError(
            {"reason": "Say for which reason it has to go: it is kept on the newsroom's record."}
        )
    if revision.live.upper is None or revision.live.upper > now:
        revision.live = DateTimeTZRange(revision.live.lower, now)
    if revision.closed_at is None or revision.closed_at > now:
        revision.closed_at = now
    revision.save(update_fields=["live", "closed_at"])
    removal = Removal(revision=revision, reason=reason.strip(), created_by=by)
    removal.full_clean()
    removal.save()
    return removal
