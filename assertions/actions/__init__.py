"""Every change of assertions: proposing, evidence, review, links, questions and figures."""

from assertions.actions.evidence import carry_evidence, cite, quote, settle_anchor
from assertions.actions.proposing import add_quantity, create_assertion, save_assertion
from assertions.actions.publishing import (
    publish_measure,
    publish_question,
    withdraw_measure,
    withdraw_question,
)
from assertions.actions.relating import answer, link
from assertions.actions.reviewing import review

__all__ = [
    "add_quantity",
    "answer",
    "carry_evidence",
    "cite",
    "create_assertion",
    "link",
    "publish_measure",
    "publish_question",
    "quote",
    "review",
    "save_assertion",
    "settle_anchor",
    "withdraw_measure",
    "withdraw_question",
]
