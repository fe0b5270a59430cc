"""The day of a text: from it the text counts its days, on it words may have been said, and by it a text has its age."""

from datetime import UTC, date

from articles.models import Revision
from cms.dates import parse


def date_of(revision: Revision) -> str:
    """Return the day (EDTF) that a text bears, else the first on which its article was public (UTC); "" for neither."""
    if revision.dated:
        return revision.dated
    published = revision.article.published_at
    return published.astimezone(UTC).date().isoformat() if published else ""


def day_of(revision: Revision) -> date:
    """Return the first day that a text bears, else that on which its article was first public, else was begun.

    Days are of UTC.
    """
    first = parse(revision.dated).first if revision.dated else None
    return first or (revision.article.published_at or revision.article.created_at).astimezone(UTC).date()
