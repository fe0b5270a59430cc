"""What a browser sent of the decision screen: rows that do not fit the claim are told, and never guessed at."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict

from actors.models import Actor
from assertions.models import Assertion
from cms.numbers import number_of

Values = Mapping[str, list[str]]
HEADINGS = {"speakers": "Who says it", "participants": "Whom it is about", "relays": "The relay chain"}
"""The sets of rows as the screen and its sentences name them."""
FURTHER = 20
"""New rows of a set that are taken at once; the screen itself offers one."""
TOLD = 10
"""Rows of which a sentence tells what was typed."""
_COUNTERS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
_ACTORS = ("actor", "speaks_for", "possible_identity")


def as_typed(post: QueryDict, assertion: Assertion) -> QueryDict:
    """Return what was sent: line ends as they are kept, and a candidate that was chosen put in as the speaker."""
    sent = post.copy()
    for name in ("claim", "reason"):
        if name in sent:
            sent[name] = str(sent[name]).replace("\r\n", "\n")
    numbers = {
        sent.get(name): name.split("-")[1]
        for name in sent
        if name.startswith("speakers-") and name.endswith("-id")
    }
    for speaker in assertion.speakers.all():
        chosen, number = sent.get(f"is-{speaker.pk}"), numbers.get(str(speaker.pk))
        if chosen and number is not None:
            sent[f"speakers-{number}-named"] = chosen
            sent[f"speakers-{number}-actor"] = ""
            sent[f"speakers-{number}-description"] = ""
            sent[f"speakers-{number}-possible_identity"] = ""
    return sent


def with_whole_rows(assertion: Assertion, sent: QueryDict, standing: Values) -> tuple[QueryDict, list[str]]:
    """Return what was sent with each set of rows whole, and in sentences which were not, with what was typed in them.

    A set is whole if it names each row of the claim once and counts its rows as they are: else it is replaced by the
    claim's own, since nobody can tell which row was meant. ``standing`` is the claim as a browser sends it untouched,
    from ``DecisionForms.values``.
    """
    result, told = sent, []
    for prefix, heading in HEADINGS.items():
        present = {str(row.pk) for row in getattr(assertion, prefix).all()}
        if _is_whole(prefix, sent, present):
            continue
        typed = rows_in_words(rows_of(prefix, dict(sent.lists())))
        result = with_rows(prefix, result, standing)
        told.append(
            f"{heading}: the form did not send its rows whole. They are shown as they stand now."
            + (f" You had: {typed}." if typed else "")
        )
    return result, told


def with_rows(prefix: str, sent: QueryDict, values: Values) -> QueryDict:
    """Return what was sent with the rows of a set as ``values`` has them."""
    result = sent.copy()
    for name in [name for name in sent if name.startswith(f"{prefix}-")]:
        del result[name]
    for name, each in values.items():
        if name.startswith(f"{prefix}-"):
            result.setlist(name, each)
    return result


def rows_of(prefix: str, values: Values) -> dict[str, list[str]]:
    """Return what was filled into the rows of a set, by the names of its controls."""
    return {
        name: filled
        for name, sent in values.items()
        if name.startswith(f"{prefix}-")
        and not name.endswith(_COUNTERS)
        and (filled := [value for value in sent if value != ""])
    }


def rows_in_words(rows: Values) -> str:
    """Return rows from ``rows_of`` in words, those that are to be removed as well; "" for none."""
    lines: dict[str, list[str]] = {}
    actors = Actor.objects.in_bulk(_keys(rows))
    for name, values in rows.items():
        number, _, field = name.partition("-")[2].partition("-")
        for value in values:
            if field in _ACTORS:
                lines.setdefault(number, []).append(str(actors.get(number_of(value), value)))
            elif field in ("description", "office", "role", "named"):
                lines.setdefault(number, []).append(value)
            elif field == "DELETE":
                lines.setdefault(number, []).append("to be removed")
    told = [", ".join(words) for words in lines.values()]
    more = [f"and {len(told) - TOLD} more"] if len(told) > TOLD else []
    return "; ".join(told[:TOLD] + more)


def _is_whole(prefix: str, sent: QueryDict, present: set[str]) -> bool:
    counts = [sent.getlist(f"{prefix}-{name}") for name in ("TOTAL_FORMS", "INITIAL_FORMS")]
    if any(len(each) != 1 or not (each[0].isascii() and each[0].isdigit()) for each in counts):
        return False
    total, initial = (number_of(each[0]) for each in counts)
    if initial != len(present) or not initial <= total <= initial + FURTHER:
        return False
    named = [sent.getlist(f"{prefix}-{number}-id") for number in range(initial)]
    if any(len(each) != 1 for each in named) or {each[0] for each in named} != present:
        return False
    new = [sent.get(f"{prefix}-{number}-id", "") for number in range(initial, total)]
    return not any(new) and all(_number(name) < total for name in rows_of(prefix, dict(sent.lists())))


def _number(name: str) -> int:
    """Return the number of the row that a control belongs to; one that no row has for what is none."""
    number = name.split("-")[1]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else FURTHER**4


def _keys(rows: Values) -> Iterable[int]:
    return {number_of(value) for name, values in rows.items() if name.endswith(_ACTORS) for value in values}
