"""Every change of articles: writing, publishing, withdrawing, correcting, and the mentions found in them."""

from articles.actions.corrections import correct, handle_report, report_error
from articles.actions.mentions import relink, relink_texts_naming, resolve_mention
from articles.actions.periods import publish, withdraw
from articles.actions.topics import publish_topic, withdraw_topic
from articles.actions.writing import (
    Content,
    StaleRevision,
    content_of,
    create_article,
    import_item,
    save_revision,
)

__all__ = [
    "Content",
    "StaleRevision",
    "content_of",
    "correct",
    "create_article",
    "handle_report",
    "import_item",
    "publish",
    "publish_topic",
    "relink",
    "relink_texts_naming",
    "report_error",
    "resolve_mention",
    "save_revision",
    "withdraw",
    "withdraw_topic",
]
