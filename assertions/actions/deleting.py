"""Deleting assertions by hand; what a rule had proposed is remembered, so that it does not come back."""

from collections.abc import Iterable

from django.db import transaction

from assertions import permissions
from assertions.models import Assertion, DeletedPassage, Suggestion
from cms.models import User
from cms.permissions import require


@transaction.atomic
def delete_assertions(assertions: Iterable[Assertion], by: User | None) -> None:
    """Delete assertions with all that is theirs; a suggestion's passage is not proposed again for its article.

    Raises PermissionDenied, and ProtectedError where something else rests on one, as a count that supersedes its own.
    """
    require(by, permissions.DELETE)
    # Locked in one order, as reviewers lock what they decide on: who comes later finds them gone.
    rows = Assertion.objects.select_for_update().filter(pk__in=[row.pk for row in assertions]).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    suggestions = Suggestion.objects.filter(assertion__in=keys)
    DeletedPassage.objects.bulk_create(
        DeletedPassage(article_id=row.article_id, key=row.key, found=row.proposed["found"], deleted_by=by)
        for row in suggestions
    )
    Assertion.objects.filter(pk__in=keys).delete()
