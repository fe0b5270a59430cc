"""Deleting a draft: with all its revisions, and never with what somebody else has not saved of it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from articles import permissions
from articles.models import Article
from articles.working_copies import holders
from cms.models import User
from cms.permissions import require


@transaction.atomic
def delete_draft(article: Article, by: User | None) -> None:
    """Delete an article that never was public; the database refuses any other.

    Raises PermissionDenied, and ValidationError that names who else has unsaved text in it.
    """
    require(by, permissions.DELETE)
    # Locked so that no copy comes between: a row that refers to the article waits for its end, and is refused.
    Article.objects.select_for_update().get(pk=article.pk)
    if refusal := why_not_delete(article, by):
        raise ValidationError(refusal)
    article.delete()


def why_not_delete(article: Article, by: User | None) -> str | None:
    """Return in a sentence who else has text in an article that is not saved, or None if nobody has."""
    names = [someone.get_full_name() or someone.get_username() for someone in holders(article, by)]
    if not names:
        return None
    have = "has" if len(names) == 1 else "have"
    return (
        f"There is text in this article that {', '.join(names)} {have} not saved, and it would be deleted too. "
        "The article can be deleted once that text is saved or discarded."
    )
