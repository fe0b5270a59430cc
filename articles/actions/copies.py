"""Working copies: what a writer has not saved, kept apart from every revision."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from articles import permissions
from articles.models import Article, WorkingCopy
from articles.typed import require_typed
from articles.working_copies import GONE_AFTER, KEPT_FOR, Held, gone, is_readable, unsaved
from cms.models import User
from cms.periods import clock
from cms.permissions import require


def new_tab() -> UUID:
    """Return a number for a form that is opened now: a UUID of version 7, which carries the time (RFC 9562, 5.7)."""
    milliseconds = int(clock().timestamp() * 1000)
    random = secrets.randbits(74)
    return UUID(
        int=milliseconds << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & ((1 << 62) - 1)
    )


@transaction.atomic
def keep_copy(
    user: User, article: Article | None, *, tab: UUID, base: int, content: Mapping[str, Any]
) -> WorkingCopy:
    """Keep what a form holds that is not saved, in place of what was kept of it before, and return the copy.

    ``base`` is the number of the revision that the form was opened on, 0 for none; ``content`` the controls by name,
    each a list of what it would send. Whoever may see the article may keep what they typed: that changes nothing of it.
    Raises PermissionDenied, and ValidationError for what is no form or cannot be kept.
    """
    _require_seeing(user, article)
    try:
        require_typed(content)
    except ValueError as error:
        raise ValidationError(str(error)) from error
    now = clock()
    copy, _ = WorkingCopy.objects.update_or_create(
        user=user, article=article, tab=tab,
        defaults={"base": base, "content": dict(content), "changed_at": now, "seen_at": now},
    )  # fmt: skip
    return copy


@transaction.atomic
def see(user: User, article: Article | None, *, tab: UUID, base: int, left: bool = False) -> bool:
    """Note that a form is open now, or that it was ``left``; tell whether it is new. Raises PermissionDenied.

    When a form is opened, what is too old goes: forms that were closed and held nothing, and copies 30 days after
    their last change.
    """
    _require_seeing(user, article)
    now = clock()
    seen_at = now - GONE_AFTER if left else now
    own = WorkingCopy.objects.filter(user=user, article=article, tab=tab)
    if left:
        own.filter(content__isnull=True).delete()
        own.update(seen_at=seen_at)
        return False
    if own.update(seen_at=seen_at):
        return False
    WorkingCopy.objects.filter(
        Q(content__isnull=True, seen_at__lt=now - timedelta(minutes=1)) | Q(changed_at__lt=now - KEPT_FOR)
    ).delete()
    WorkingCopy.objects.bulk_create(
        [WorkingCopy(user=user, article=article, tab=tab, base=base, seen_at=seen_at)], ignore_conflicts=True
    )
    return True


def discard_copy(user: User, article: Article | None, *, tab: UUID) -> None:
    """Forget what was kept of a form: it was saved, or its writer took everything back."""
    WorkingCopy.objects.filter(user=user, article=article, tab=tab).delete()


def forget_saved(user: User, article: Article | None) -> list[Held]:
    """Forget the user's copies of forms no longer open that hold nothing but what was saved meanwhile.

    Returns those that stay, each with its parts.
    """
    copies = gone(user, article)
    stay = unsaved(copies)
    saved = {copy.pk for copy in copies} - {copy.pk for copy, _ in stay}
    # One that was taken into a form since it was read is open again, and stays.
    WorkingCopy.objects.filter(pk__in=saved, seen_at__lte=clock() - GONE_AFTER).delete()
    return stay


@transaction.atomic
def take_copy(user: User, article: Article | None, pk: int) -> WorkingCopy | None:
    """Give a copy that was offered to the form that is opened with it now, and return it.

    None if it is gone or cannot be read. It gets a new tab, so that of two forms that ask for it at once only one goes
    on with it. Raises PermissionDenied.
    """
    _require_writing(user, article)
    # Locked so that it is given once; the other one finds it open.
    offered = WorkingCopy.objects.select_for_update().filter(user=user, article=article, pk=pk)
    copy = offered.filter(seen_at__lte=clock() - GONE_AFTER).filter(content__isnull=False).first()
    if copy is None or not is_readable(copy):
        return None
    copy.tab, copy.seen_at = new_tab(), clock()
    copy.save(update_fields=["tab", "seen_at"])
    return copy


def drop_copy(user: User, article: Article | None, pk: int) -> bool:
    """Forget a copy that was offered, as its writer asks; tell whether it was there."""
    return WorkingCopy.objects.filter(user=user, article=article, pk=pk).delete()[0] > 0


def _require_seeing(user: User, article: Article | None) -> None:
    if article is None:
        require(user, permissions.ADD)
    elif not permissions.may_see(user, article):
        raise PermissionDenied("You may not see this article.")


def _require_writing(user: User, article: Article | None) -> None:
    if article is None:
        require(user, permissions.ADD)
    elif not permissions.may_edit(user, article):
        raise PermissionDenied("You may not write in this article.")
