"""Every change of assertions: proposing, evidence, review, links, questions and figures."""

from assertions.actions.amending import amended_by
from assertions.actions.deleting import delete_assertions, delete_untouched_suggestions
from assertions.actions.editing import Edit, edit_and_review, edit_claim
from assertions.actions.evidence import carry_evidence, cite, quote, settle_anchor
from assertions.actions.leasing import release, take, take_next
from assertions.actions.proposing import add_quantity, create_assertion, save_assertion
from assertions.actions.proposing_links import (
    propose_links,
    queue_proposing,
    refuse_proposed_link,
    take_proposed_link,
)
from assertions.actions.publishing import (
    publish_measure,
    publish_question,
    withdraw_measure,
    withdraw_question,
)
from assertions.actions.relating import Stand, answer, answer_many, link
from assertions.actions.reviewing import Outcome, Seen, foresee, review, undo
from assertions.actions.saved_filters import delete_filter, rename_filter, save_filter
from assertions.actions.suggesting import queue_suggesting, reading_progress, store_suggestions

__all__ = [
    "Edit",
    "Outcome",
    "Seen",
    "Stand",
    "add_quantity",
    "amended_by",
    "answer",
    "answer_many",
    "carry_evidence",
    "cite",
    "create_assertion",
    "delete_assertions",
    "delete_filter",
    "delete_untouched_suggestions",
    "edit_and_review",
    "edit_claim",
    "foresee",
    "link",
    "propose_links",
    "publish_measure",
    "publish_question",
    "queue_proposing",
    "queue_suggesting",
    "quote",
    "reading_progress",
    "refuse_proposed_link",
    "release",
    "rename_filter",
    "review",
    "save_assertion",
    "save_filter",
    "settle_anchor",
    "store_suggestions",
    "take",
    "take_next",
    "take_proposed_link",
    "undo",
    "withdraw_measure",
    "withdraw_question",
]
