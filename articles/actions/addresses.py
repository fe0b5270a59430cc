"""The addresses of articles: taking one, and changing it so that the old one leads on."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from articles import permissions
from articles.actions.locking import locked
from articles.models import Article, FormerAddress
from cms.models import User
from cms.slugs import validate_slug


def is_taken(slug: str) -> bool:
    """Tell whether an article has the address, or had it while it was public."""
    return Article.objects.filter(slug=slug).exists() or FormerAddress.objects.filter(slug=slug).exists()


def require_free(slug: str, article: Article | None = None) -> None:
    """Raise ValidationError, at ``slug``, if an article cannot have an address: it is no slug, or another's.

    An article may take its own former address back.
    """
    own = article.pk if article is not None else 0
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise ValidationError({"slug": error}) from error
    if Article.objects.filter(slug=slug).exclude(pk=own).exists():
        raise ValidationError({"slug": "Another article has this address. Choose another one."})
    former = FormerAddress.objects.filter(slug=slug).exclude(article=own).select_related("article").first()
    if former is not None:
        raise ValidationError(
            {"slug": f"This address leads to {former.article.slug}, which had it before. Choose another one."}
        )


@transaction.atomic
def change_slug(article: Article, by: User | None, slug: str) -> None:
    """Give an article another address. If it was or will be public, the old one leads on (kept by the database).

    Raises PermissionDenied, and ValidationError at ``slug`` for an address that is no slug, or another's.
    """
    # The article is locked so that of two new addresses the second one knows of the first.
    kept = locked(article)
    if by is not None and not permissions.may_edit(by, kept):
        raise PermissionDenied("Reporters write their own drafts only; ask an editor to change this address.")
    if kept.slug != slug:
        require_free(slug, kept)
        kept.slug = slug
        kept.save(update_fields=["slug"])
    article.slug = slug
