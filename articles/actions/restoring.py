"""Going back to an earlier revision, by writing it once more."""

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.actions.writing import content_of, save_revision
from articles.models import Article, Removal, Revision
from cms.models import User


@transaction.atomic
def restore(article: Article, number: int, by: User | None, *, base: int | None = None) -> Revision:
    """Write the content of an earlier revision as a new one and return it; the latest if it has that content already.

    ``base`` is the number of the revision that was the latest when it was decided. Raises StaleRevision if another was
    saved since, PermissionDenied, and ValidationError if there is no such revision or it was removed from the site.
    """
    revision = article.revisions.filter(number=number).first()
    if revision is None:
        raise ValidationError(f"This article has no revision {number}.")
    if Removal.objects.filter(revision=revision).exists():
        raise ValidationError(
            f"Revision {number} was removed from the site for a legal reason: it cannot be restored."
        )
    return save_revision(
        article, content_of(revision), by, base=base, reason=f"Restored from revision {number}"
    )
