"""Assertions: who claims what about whom, in which words of which article, and how far it is to be trusted."""

from assertions.models.assertion import Assertion, Participant, Relay, RivalDate, Speaker, TaggedAssertion
from assertions.models.evidence import Anchor, Evidence
from assertions.models.link import Link
from assertions.models.quantity import Measure, Quantity
from assertions.models.question import Answer, Question
from assertions.models.review import Review

__all__ = [
    "Anchor",
    "Answer",
    "Assertion",
    "Evidence",
    "Link",
    "Measure",
    "Participant",
    "Quantity",
    "Question",
    "Relay",
    "Review",
    "RivalDate",
    "Speaker",
    "TaggedAssertion",
]
