"""What the database refuses, said in a sentence that an editor can act on."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError, InternalError
from django.db.models import BaseConstraint

DATABASE_ERRORS = (IntegrityError, InternalError, DataError)
"""What constraints and triggers raise; other errors of the database are faults, not refusals."""

# SQLSTATE codes of PostgreSQL, its manual's appendix A.
_BY_STATE = {
    "23001": "Something else rests on it, so it stays.",
    "23502": "A value is missing.",
    "23503": "Something else rests on it, so it stays.",
    "23505": "There is one like it already.",
    "23P01": "Two periods overlap: at most one revision can be public at any time.",
    "22001": "A text is too long for its field.",
    "22003": "A number is too large for its field.",
    "22021": "A text holds a character that cannot be stored.",
    "P0001": "It is kept as it is for ever, and can be neither changed nor deleted.",
}


def refusal(error: DatabaseError) -> ValidationError:
    """Return the refusal of a constraint or trigger as a form error, in words.

    A constraint of a model speaks with its own message; a trigger with what it raised.
    """
    diagnosis = getattr(error.__cause__, "diag", None)
    state = getattr(diagnosis, "sqlstate", None) or ""
    constraint = getattr(diagnosis, "constraint_name", None)
    said = getattr(diagnosis, "message_primary", None) or ""
    if constraint and (rule := _rule(constraint)) and _speaks(rule):
        return ValidationError(rule.get_violation_error_message())
    if state == "23514" and not constraint:
        return ValidationError(f"The database refused it: {said}.")
    sentence = _BY_STATE.get(state, "The database refused it.")
    about = constraint.replace("_", " ") if constraint else said if state not in _BY_STATE else ""
    return ValidationError(f"{sentence} ({about})" if about else sentence)


def _rule(name: str) -> BaseConstraint | None:
    rules = (rule for model in apps.get_models() for rule in model._meta.constraints)
    return next((rule for rule in rules if rule.name == name), None)


def _speaks(rule: BaseConstraint) -> bool:
    return rule.violation_error_message != rule.default_violation_error_message
