"""A form of the decision screen that was opened on an older claim, brought up to the one that stands now."""

import json
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst

from assertions.desk.decision.form import ClaimForm, DecisionForms
from assertions.desk.decision.sent import HEADINGS, Values, rows_in_words, rows_of, with_rows
from assertions.models import Assertion


def caught_up(assertion: Assertion, sent: QueryDict) -> tuple[QueryDict, list[str]]:
    """Return what was sent with others' changes in it, and what they changed, in sentences.

    What somebody else changed and the sender did not is taken over; where both did, the sender's stays in the form and
    the other's is told. Rows that both changed cannot stand side by side: the other's are shown, and the sender's told,
    so that nothing that was typed is lost. ``sent["opened"]`` is what ``DecisionForms.opened`` gave.
    """
    opened = _read(sent.get("opened", ""))
    forms = DecisionForms(assertion)
    now = forms.values()
    mine, result = dict(sent.lists()), sent.copy()
    changes = []
    for name, field in forms.claim.fields.items():
        there, before, typed = (_values(name, values) for values in (now, opened, mine))
        if there in (before, typed):
            continue
        label, stands = capfirst(str(field.label or name.replace("_", " "))), _words(forms.claim, name)
        if typed == before:
            result.setlist(name, now.get(name, []))
            changes.append(f"{label}: now {stands}, taken over.")
        else:
            changes.append(f"{label}: now {stands}; yours is in the form.")
    for prefix, heading in HEADINGS.items():
        rows, rows_before, rows_typed = (rows_of(prefix, values) for values in (now, opened, mine))
        if rows in (rows_before, rows_typed):
            continue
        stand = rows_in_words(rows) or "nobody"
        if rows_typed != rows_before and (words := rows_in_words(rows_typed)):
            changes.append(f"{heading}: now {stand}, as the form shows. You had: {words}.")
        else:
            changes.append(f"{heading}: now {stand}, taken over.")
        result = with_rows(prefix, result, now)
    return result, changes


def was_typed_in(sent: QueryDict) -> bool:
    """Tell whether the claim that was sent, or its rows, are not as the form was opened."""
    opened, typed = _read(sent.get("opened", "")), dict(sent.lists())
    return any(_values(name, typed) != _values(name, opened) for name in ClaimForm.base_fields) or any(
        rows_of(prefix, typed) != rows_of(prefix, opened) for prefix in HEADINGS
    )


def _read(words: str) -> Values:
    """Return what a form sent as what it was opened on, without whatever this page cannot have given."""
    try:
        loaded = json.loads(words)
    except (ValueError, RecursionError):
        return {}
    given = loaded.items() if isinstance(loaded, dict) else ()
    return {
        name: values
        for name, values in given
        if isinstance(values, list) and all(isinstance(value, str) for value in values)
    }


def _values(name: str, values: Values) -> list[str]:
    """Return what a control holds; a browser sends several choices in an order that says nothing."""
    return sorted(value for value in values.get(name, []) if value != "")


def _words(form: ClaimForm, name: str) -> str:
    value: Any = form[name].value()
    choices = dict(getattr(form.fields[name], "choices", ())) if name != "topics" else {}
    if name == "topics":
        value = ", ".join(str(topic) for topic in form.instance.topics.all())
    elif isinstance(value, bool):
        value = "yes" if value else "no"
    return f"“{choices.get(value, value)}”" if value not in (None, "") else "nothing"
