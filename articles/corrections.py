"""What readers are told was wrong: corrections in the order and under the addresses in which they see them."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from articles.models import Correction, Revision
from articles.querysets import CorrectionQuerySet
from cms.timezones import told


def public_corrections(at: datetime) -> Any:
    """Return the corrections of public articles at an instant, as `listed_corrections` does."""
    return _numbered(Correction.objects.public(at), at)


def listed_corrections(at: datetime) -> Any:
    """Return the corrections of articles of which readers may read a version, the latest to be seen first.

    Each has ``shown_from``, when readers first saw it, and ``number``, its place among those of its article: no later
    one changes that, so that it can stand in an address.
    """
    versions = Revision.objects.readable().filter(article=OuterRef("article"), live__startswith__lte=at)
    return _numbered(Correction.objects.made(at).filter(Exists(versions)), at)


def _numbered(corrections: CorrectionQuerySet, at: datetime) -> Any:
    made = Correction.objects.made(at).filter(article=OuterRef("article")).with_day()
    earlier = made.filter(
        Q(shown_from__lt=OuterRef("shown_from"))
        | Q(shown_from=OuterRef("shown_from"), pk__lte=OuterRef("pk"))
    )
    count = earlier.order_by().values("article").annotate(number=Count("pk")).values("number")
    return corrections.with_day().annotate(number=Subquery(count)).order_by("-shown_from", "-pk")


def told_of(correction: Correction) -> str:
    """Return in words since when readers see a correction, or that they do not; for staff.

    ``correction`` comes with its revision and the removal of that.
    """
    revision = correction.revision
    if revision is None:
        return f"from {told(correction.created_at)}"
    if hasattr(revision, "removal"):
        return f"gone with revision {revision.number}, which was removed"
    if revision.live is None:
        return f"readers have not seen it: revision {revision.number} is not scheduled"
    return f"from {told(max(correction.created_at, revision.live.lower))}, with revision {revision.number}"


def place_of(correction: Any) -> str:
    """Return the address of one of `listed_corrections`, which stands on the page of its article."""
    return f"{correction.article.get_absolute_url()}#correction-{correction.number}"
