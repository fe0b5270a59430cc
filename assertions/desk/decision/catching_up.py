"""A form of the decision screen that was opened on an older claim, brought up to the one that stands now."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst

from actors.models import Actor
from assertions.desk.decision.form import ClaimForm, DecisionForms
from assertions.desk.decision.rows import SETS
from assertions.models import Assertion
from cms.numbers import number_of

Values = Mapping[str, list[str]]
_NAMES = {"speakers": "Speakers", "participants": "Whom it is about", "relays": "The relay chain"}
_COUNTERS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


def caught_up(assertion: Assertion, sent: QueryDict) -> tuple[QueryDict, list[str]]:
    """Return what was sent with others' changes in it, and what they changed, in sentences.

    What somebody else changed and the sender did not is taken over; where both did, the sender's stays in the form and
    the other's is told. Rows that both changed cannot stand side by side: the other's are shown, and the sender's told,
    so that nothing that was typed is lost. ``sent["opened"]`` is what ``DecisionForms.opened`` gave.
    """
    opened = _read(sent.get("opened", ""))
    forms = DecisionForms(assertion)
    now = forms.values()
    result = sent.copy()
    changes = []
    for name, field in forms.claim.fields.items():
        if now.get(name, []) == opened.get(name, []):
            continue
        label, stands = capfirst(str(field.label or name.replace("_", " "))), _words(forms.claim, name)
        if _sent(sent, name) in (opened.get(name, []), now.get(name, [])):
            result.setlist(name, now.get(name, []))
            changes.append(f"{label}: now {stands}, taken over.")
        else:
            changes.append(f"{label}: now {stands}; yours is in the form.")
    for prefix in SETS:
        there, before, mine = (_of(prefix, values) for values in (now, opened, dict(sent.lists())))
        if there == before:
            continue
        if mine != before and (typed := _told(mine)):
            changes.append(f"{_NAMES[prefix]} were changed, by you too. You had: {typed}.")
        else:
            changes.append(f"{_NAMES[prefix]} were changed, taken over.")
        for name in [name for name in sent if name.startswith(f"{prefix}-")]:
            result.pop(name, None)
        for name, values in now.items():
            if name.startswith(f"{prefix}-"):
                result.setlist(name, values)
    return result, changes


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


def _sent(sent: QueryDict, name: str) -> list[str]:
    return [value for value in sent.getlist(name) if value != ""]


def _of(prefix: str, values: Values) -> dict[str, list[str]]:
    """Return what was filled into the rows of a set, by the names of its controls."""
    return {
        name: filled
        for name, sent in values.items()
        if name.startswith(f"{prefix}-")
        and not name.endswith(_COUNTERS)
        and (filled := [value for value in sent if value != ""])
    }


def _words(form: ClaimForm, name: str) -> str:
    value: Any = form[name].value()
    choices = dict(getattr(form.fields[name], "choices", ())) if name != "topics" else {}
    if name == "topics":
        value = ", ".join(str(topic) for topic in form.instance.topics.all())
    elif isinstance(value, bool):
        value = "yes" if value else "no"
    return f"“{choices.get(value, value)}”" if value not in (None, "") else "nothing"


def _told(mine: Values) -> str:
    """Return the rows that were filled in, in words."""
    rows: dict[str, list[str]] = {}
    actors = Actor.objects.in_bulk(_keys(mine))
    for name, values in mine.items():
        number, _, field = name.partition("-")[2].partition("-")
        for value in values:
            if field in ("actor", "speaks_for", "possible_identity"):
                rows.setdefault(number, []).append(str(actors.get(number_of(value), value)))
            elif field in ("description", "office", "role", "named"):
                rows.setdefault(number, []).append(value)
    return "; ".join(", ".join(words) for words in rows.values())


def _keys(mine: Values) -> Iterable[int]:
    return {
        number_of(value)
        for name, values in mine.items()
        if name.endswith(("-actor", "-speaks_for", "-possible_identity"))
        for value in values
    }
