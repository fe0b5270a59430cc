"""The views of the queue that reviewers come back to."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from assertions import permissions
from assertions.actions.saving import save_checked
from assertions.models import SavedFilter
from cms.models import User
from cms.permissions import require

MOST = 50
"""Filters that one account keeps, at most: more is no list that anybody finds something in."""


@transaction.atomic
def save_filter(by: User, *, name: str, query: str) -> SavedFilter:
    """Keep the parameters of the queue under a name and return them.

    Raises PermissionDenied, and ValidationError: nothing is asked for, the name is taken, too long or empty, what is
    asked for is too long, or the account keeps ``MOST`` filters.
    """
    require(by, permissions.DECIDE)
    if not query:
        raise ValidationError("This asks for all that waits, which needs no filter. Set one first.")
    # The account is locked, so that of two that are kept at once the second is counted with the first.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if by.saved_filters.count() >= MOST:
        raise ValidationError(f"You keep {MOST} filters, which is the limit. Delete one on the desk first.")
    if (most := SavedFilter._meta.get_field("query").max_length) and len(query) > most:
        raise ValidationError(f"What it asks for has {len(query):,} characters; at most {most:,} are kept.")
    saved = SavedFilter(owner=by, name=name.strip(), query=query)
    save_checked(saved)
    return saved


@transaction.atomic
def rename_filter(saved: SavedFilter, by: User, *, name: str) -> None:
    """Give a filter another name. Raises PermissionDenied if it is another's, and ValidationError."""
    _require_own(saved, by)
    saved.name = name.strip()
    save_checked(saved)


@transaction.atomic
def delete_filter(saved: SavedFilter, by: User) -> None:
    """Delete a filter. Raises PermissionDenied if it is another's."""
    _require_own(saved, by)
    saved.delete()


def _require_own(saved: SavedFilter, by: User) -> None:
    if saved.owner_id != by.pk:
        raise PermissionDenied("This filter belongs to somebody else.")
