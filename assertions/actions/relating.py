"""How claims bear on each other and on questions."""

from typing import Any

from django.db import transaction

from assertions import permissions
from assertions.actions.saving import save_checked
from assertions.models import Answer, Assertion, Link, Question
from cms.models import User
from cms.permissions import require


@transaction.atomic
def link(source: Assertion, target: Assertion, by: User | None, **fields: Any) -> Link:
    """Link one assertion to another (type, aspect, note) and return the link.

    Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.LINK)
    relation = Link(source=source, target=target, **fields)
    save_checked(relation)
    return relation


@transaction.atomic
def answer(question: Question, assertion: Assertion, by: User | None, *, stance: str) -> Answer:
    """Put an assertion on a question with its stance and return the answer.

    Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.ANSWER)
    given = Answer(question=question, assertion=assertion, stance=stance)
    save_checked(given)
    return given
