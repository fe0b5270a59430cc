"""What is asked of articles, and what it means that one is public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from cms.periods import LiveQuerySet

if TYPE_CHECKING:
    from actors.models import Actor
    from articles.models import Article, Correction, Revision, Topic  # noqa: F401 - named in strings below


class TopicQuerySet(LiveQuerySet["Topic"]):
    """Topics; ``public(at)`` is the definition of a public topic."""


class RevisionQuerySet(LiveQuerySet["Revision"]):
    """Revisions; ``public(at)`` is the definition of a public article: one revision of it is live then."""

    def mentioning(self, actors: Iterable[Actor] | Iterable[int] | QuerySet[Actor]) -> Self:
        """Keep those whose text names one of the actors."""
        from articles.models import Mention

        return self.filter(Exists(Mention.objects.filter(revision=OuterRef("pk"), actor__in=actors)))

    def in_use(self) -> Self:
        """Keep the latest revision of every article, and all that are, were or will be public."""
        latest = _revisions().filter(article=OuterRef("article")).order_by("-number").values("pk")[:1]
        return self.filter(Q(pk=Subquery(latest)) | Q(live__isnull=False))


class ArticleQuerySet(QuerySet["Article"]):
    """Articles."""

    def public(self, at: datetime | None = None) -> Self:
        """Keep the articles of which a revision is live at an instant, now by default."""
        return self.filter(Exists(_revisions().public(at).filter(article=OuterRef("pk"))))


class CorrectionQuerySet(QuerySet["Correction"]):
    """Corrections."""

    def public(self, at: datetime | None = None) -> Self:
        """Keep the corrections made by an instant to articles that are public then."""
        at = at or timezone.now()
        live = _revisions().public(at).filter(article=OuterRef("article"))
        return self.filter(Exists(live), created_at__lte=at)


def _revisions() -> RevisionQuerySet:
    from articles.models import Revision

    return Revision.objects.all()
