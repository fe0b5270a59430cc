"""Articles that readers have seen in several wordings."""

from typing import Any

import pgtrigger
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from articles.actions import Content, create_article
from articles.actions.writing import write_revision
from articles.models import Article, Revision
from assertions.actions import carry_evidence
from tests.factories import days_ago

Wording = tuple[str, float, float | None]


def seen_in_turn(headline: str, *wordings: Wording, **content: Any) -> Article:
    """Return an article that was public in several wordings, the last one now if its end is None.

    A wording is its text, and how many days ago it began and ended. ``content`` is further content of each.
    """
    article = create_article(None, Content(headline=headline, body="<p>A draft.</p>"))
    for wording in wordings:
        add_wording(article, headline, wording, **content)
    article.refresh_from_db()
    return article


def add_wording(
    article: Article,
    headline: str,
    wording: Wording,
    **content: Any,
) -> Revision:
    """Write a revision that was public in the past, with its evidence carried; return it."""
    text, began, ended = wording
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    live = DateTimeTZRange(days_ago(began), None if ended is None else days_ago(ended))
    # A past in several wordings is lived through, and never written afterwards; a test has no time for that.
    with pgtrigger.ignore("articles.Revision:past_is_written_first"):
        revision = write_revision(article, Content(headline=headline, body=body, **content), None, live=live)
    carry_evidence(revision)
    return revision
