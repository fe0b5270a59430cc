"""Deleting assertions by hand, what a rule had proposed being remembered; and suggestions with their draft."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from articles.models import Article
from articles.permissions import DELETE as DELETE_ARTICLES
from assertions import permissions
from assertions.models import Assertion, DeletedPassage, Evidence, Suggestion
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


@transaction.atomic
def delete_untouched_suggestions(article: Article, by: User | None) -> int:
    """Delete what rules found in an article and nobody has taken up, and return how many: else it would hold a draft.

    Taken up is what somebody has in hand, judged, gave another meaning, linked, put on a question or quoted elsewhere.
    Raises PermissionDenied for who may not delete articles.
    """
    require(by, DELETE_ARTICLES)
    elsewhere = Evidence.objects.filter(assertion=OuterRef("pk")).exclude(revision__article=article)
    rows = Assertion.objects.filter(
        suggestion__article=article,
        reviews=None,
        opinions=None,
        lease=None,
        amendments=None,
        links=None,
        linked_from=None,
        answers=None,
        quantities__superseded_by=None,
    ).exclude(Exists(elsewhere))
    found = set(rows.values_list("pk", flat=True))
    # Under the lock that a reviewer asks for too: whoever took one meanwhile keeps it.
    list(Assertion.objects.select_for_update().filter(pk__in=found).order_by("pk").values_list("pk"))
    still = set(rows.filter(pk__in=found).values_list("pk", flat=True))
    Assertion.objects.filter(pk__in=still).delete()
    return len(still)
