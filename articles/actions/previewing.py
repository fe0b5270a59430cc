"""Links to previews for people outside of the newsroom: making one, ending all of an article."""

from datetime import timedelta
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from articles import permissions, previews
from articles.actions.locking import locked
from articles.models import Article, Revision
from articles.models.article import PREVIEWS_ENDED
from articles.models.revision import PREVIEW_LINK
from cms.models import User


@transaction.atomic
def make_preview_link(revision: Revision, by: User, life: timedelta) -> str:
    """Return the token of a link to a revision that holds for a time, and tell of it in the article's history.

    Raises PermissionDenied, and ValidationError for a revision that is closed to readers.
    """
    _require(by, revision.article)
    # The revision is locked so that the history tells its period as it stands.
    current = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    if refusal := previews.refusal(current):
        raise ValidationError(refusal)
    made: Any = pghistory.create_event(current, label=PREVIEW_LINK)
    return previews.token_for(current, by, made.pgh_created_at, life)


@transaction.atomic
def end_preview_links(article: Article, by: User) -> None:
    """End all links to previews of an article that were made until now. Raises PermissionDenied."""
    _require(by, article)
    # The article is locked so that the history tells it as it stands.
    current = locked(article)
    pghistory.create_event(current, label=PREVIEWS_ENDED)


def _require(by: User, article: Article) -> None:
    if not permissions.may_edit(by, article):
        raise PermissionDenied("Only those who may change an article give out links to it.")
