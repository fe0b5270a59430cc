"""What is asked of articles, and what it means that one is public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from cms.periods import LiveQuerySet

if TYPE_CHECKING:
    from actors.models import Actor
    from articles.models import Article, Correction, Revision, Topic, Withdrawal  # noqa: F401 - named in strings below


def live_at(at: datetime | None = None, revision: str = "", *, now: datetime | None = None) -> Q:
    """Return the condition that a revision is live at an instant, now by default, and is not closed by now.

    ``revision`` is the way to it from the rows that are asked, as in ``"revision__"``.
    """
    now = now or timezone.now()
    is_open = Q(**{f"{revision}closed_at": None}) | Q(**{f"{revision}closed_at__gt": now})
    return Q(**{f"{revision}live__contains": at or now}) & is_open


class TopicQuerySet(LiveQuerySet["Topic"]):
    """Topics; ``public(at)`` is the definition of a public topic."""

    def successor_of(self, slug: str, at: datetime | None = None) -> Topic | None:
        """Return the public topic into which a topic that once was public was merged; None if there is none."""
        return self.public(at).filter(merged__slug=slug, merged__live__isnull=False).first()


class RevisionQuerySet(LiveQuerySet["Revision"]):
    """Revisions; ``public(at)`` is the definition of a public article: one revision of it is live then."""

    def public(self, at: datetime | None = None) -> Self:
        """Keep what is live at an instant, now by default, and was not closed to readers since."""
        return self.filter(live_at(at))

    def readable(self) -> Self:
        """Keep the versions that readers may read now: they are or were public, and are not closed to them."""
        now = timezone.now()
        is_open = Q(closed_at=None) | Q(closed_at__gt=now)
        return self.filter(is_open, live__startswith__lte=now)

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

    def known(self) -> Self:
        """Keep the articles of which readers know: they are or were public, and not all of that was removed."""
        shown = _revisions().filter(live__startswith__lte=timezone.now(), removal=None)
        return self.filter(Exists(shown.filter(article=OuterRef("pk"))))


class CorrectionQuerySet(QuerySet["Correction"]):
    """Corrections."""

    def public(self, at: datetime | None = None) -> Self:
        """Keep the corrections made by an instant to articles that are public then."""
        at = at or timezone.now()
        return self.made(at).filter(Exists(_revisions().public(at).filter(article=OuterRef("article"))))

    def made(self, at: datetime | None = None) -> Self:
        """Keep the corrections made by an instant, whether or not their article is public then.

        What came with a version that was removed has gone with it.
        """
        at = at or timezone.now()
        begun = Q(revision=None) | Q(revision__live__startswith__lte=at)
        return self.filter(begun, created_at__lte=at, revision__removal=None)

    def with_day(self) -> QuerySet[Any]:
        """Add ``shown_from``: the instant of the correction, or of the revision that puts it right if that is later."""
        return self.annotate(
            shown_from=Greatest("created_at", Coalesce("revision__live__startswith", "created_at"))
        )


class WithdrawalQuerySet(QuerySet["Withdrawal"]):
    """Withdrawals."""

    def of(self, article: Article, at: datetime | None = None) -> Withdrawal | None:
        """Return the notice that stands in an article's place at an instant, now by default; None if there is none.

        It is the latest one since the article was last public. The article may have ended without one.
        """
        at = at or timezone.now()
        begun = article.revisions.filter(live__startswith__lte=at).aggregate(Max("live__startswith"))
        since = begun["live__startswith__max"]
        if since is None or article.revisions.filter(live__contains=at).exists():
            return None
        return self.filter(article=article, at__lte=at, at__gte=since).order_by("-at", "-id").first()


def _revisions() -> RevisionQuerySet:
    from articles.models import Revision

    return Revision.objects.all()
