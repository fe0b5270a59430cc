"""How claims bear on each other and on questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
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


@dataclass(frozen=True, slots=True)
class Stand:
    """An assertion that is to be put on a question: its stance, and the version of the claim that was read."""

    assertion: Assertion
    stance: str
    claim_version: int | None = None


@transaction.atomic
def answer_many(question: Question, stands: Sequence[Stand], by: User | None) -> list[Answer]:
    """Put several assertions on a question, all of them or none, and return the answers in their order.

    Raises PermissionDenied, and ValidationError with sentences by the identifier of each assertion that was deleted,
    rejected or changed since it was read, or that is on the question already.
    """
    require(by, permissions.ANSWER)
    keys = [stand.assertion.pk for stand in stands]
    # Locked so that no claim changes between the look at it and its answer; in one order, so that two who put the
    # same claims on a question do not wait for each other. Rows that refer to a claim need not wait.
    current = Assertion.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").in_bulk()
    valid = set(Assertion.objects.not_rejected().filter(pk__in=keys).values_list("pk", flat=True))
    given = {each.assertion_id: each for each in Answer.objects.filter(question=question, assertion__in=keys)}
    refused = {}
    for stand in stands:
        claim = current.get(stand.assertion.pk)
        if claim is None:
            refused[stand.assertion.identifier] = ["It was deleted meanwhile."]
        elif stand.claim_version not in (None, claim.claim_version):
            refused[stand.assertion.identifier] = ["It was changed while you looked at it. Read it again."]
        elif claim.pk not in valid:
            refused[stand.assertion.identifier] = ["It was rejected: it answers nothing as it stands."]
        elif earlier := given.get(claim.pk):
            words = earlier.get_stance_display()
            refused[stand.assertion.identifier] = [f"It is on this question already: {words}."]
    if refused:
        raise ValidationError(refused)
    return [answer(question, stand.assertion, by, stance=stand.stance) for stand in stands]
