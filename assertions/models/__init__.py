"""Assertions: who claims what about whom, in which words of which article, and how far it is to be trusted."""

from assertions.models.amendment import Amendment, Meaning
from assertions.models.assertion import Assertion, Participant, Relay, RivalDate, Speaker, TaggedAssertion
from assertions.models.desk import Lease, Opinion, SavedFilter
from assertions.models.evidence import Anchor, Evidence
from assertions.models.link import Link
from assertions.models.quantity import Measure, Quantity
from assertions.models.question import Answer, Question
from assertions.models.review import Review
from assertions.models.suggestion import DeletedPassage, ProposedLink, Suggestion, TextReading

__all__ = [
    "Amendment",
    "Anchor",
    "Answer",
    "Assertion",
    "DeletedPassage",
    "Evidence",
    "Lease",
    "Link",
    "Meaning",
    "Measure",
    "Opinion",
    "Participant",
    "ProposedLink",
    "Quantity",
    "Question",
    "Relay",
    "Review",
    "RivalDate",
    "SavedFilter",
    "Speaker",
    "Suggestion",
    "TaggedAssertion",
    "TextReading",
]
