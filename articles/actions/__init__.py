"""Every change of articles: writing, publishing, withdrawing, correcting, and the mentions found in them."""

from articles.actions.addresses import change_slug
from articles.actions.copies import discard_copy, drop_copy, forget_saved, keep_copy, new_tab, see, take_copy
from articles.actions.corrections import correct, handle_report, report_error
from articles.actions.deleting import delete_draft
from articles.actions.images import add_image, change_image, delete_image, make_renditions
from articles.actions.likeness import (
    find_reprints,
    note_unknown_names,
    pass_name,
    settle_reprint,
    swap_original,
    take_up_name,
)
from articles.actions.mentions import relink, relink_texts_naming, relink_texts_with, resolve_mention
from articles.actions.periods import Told, keep_public, publish, set_embargo, unschedule, withdraw
from articles.actions.previewing import end_preview_links, make_preview_link
from articles.actions.removal import close_versions, open_versions, remove_version
from articles.actions.restoring import restore
from articles.actions.topics import merge_topics, publish_topic, withdraw_topic
from articles.actions.workflow import add_note, approve, assign, send_back, submit
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
    "Told",
    "add_image",
    "add_note",
    "approve",
    "assign",
    "change_image",
    "change_slug",
    "close_versions",
    "content_of",
    "correct",
    "create_article",
    "delete_draft",
    "delete_image",
    "discard_copy",
    "drop_copy",
    "end_preview_links",
    "find_reprints",
    "forget_saved",
    "handle_report",
    "import_item",
    "keep_copy",
    "keep_public",
    "make_preview_link",
    "make_renditions",
    "merge_topics",
    "new_tab",
    "note_unknown_names",
    "open_versions",
    "pass_name",
    "publish",
    "publish_topic",
    "relink",
    "relink_texts_naming",
    "relink_texts_with",
    "remove_version",
    "report_error",
    "resolve_mention",
    "restore",
    "save_revision",
    "see",
    "send_back",
    "set_embargo",
    "settle_reprint",
    "submit",
    "swap_original",
    "take_copy",
    "take_up_name",
    "unschedule",
    "withdraw",
    "withdraw_topic",
]
