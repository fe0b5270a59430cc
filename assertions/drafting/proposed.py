"""The claim as a rule proposed it, beside the claim as it stands: which fields somebody changed since.

``Suggestion.proposed`` is JSON by field: those of FIELDS as they are in the row; ``speakers`` (actor, description,
office, speaks_for), ``participants`` (role, actor, description) and ``relays`` (actor, description) as lists in their
order, actors by their slugs; ``quantities`` as lists of measure, low and high; ``topics`` as slugs. What else it holds
is about the text that was found, and no part of the claim. A slug stays there when its actor or topic is merged into
another; who compares follows it to the one that was kept (``kept_slugs``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Prefetch, QuerySet

from actors.models import Actor
from articles.models import Topic
from assertions.models import Assertion, Participant, Quantity, Relay, Speaker, TaggedAssertion
from assertions.models.assertion import Party

FIELDS = ("claim", "act", "negated", "event_class", "certainty", "hedge", "condition", "said")
PARTS = ("speakers", "participants", "relays", "quantities", "topics")

Row = TypeVar("Row", bound=Party)


def with_claim(assertions: QuerySet[Assertion]) -> QuerySet[Assertion]:
    """Fetch at once all that ``as_json`` and ``changed_fields`` read."""
    return assertions.select_related("suggestion").prefetch_related(
        Prefetch("speakers", Speaker.objects.select_related("actor", "speaks_for")),
        Prefetch("participants", Participant.objects.select_related("actor")),
        Prefetch("relays", Relay.objects.select_related("actor")),
        Prefetch("quantities", Quantity.objects.select_related("measure")),
        Prefetch("tagged", TaggedAssertion.objects.select_related("tag")),
    )


def as_json(assertion: Assertion) -> dict[str, Any]:
    """Return the claim of an assertion as ``Suggestion.proposed`` holds it; what belongs to it may be prefetched."""
    return {
        **{name: getattr(assertion, name) for name in FIELDS},
        "speakers": speakers_as_json(assertion.speakers.all()),
        "participants": [
            {"role": row.role, **_party(row)} for row in _in_order(assertion.participants.all())
        ],
        "relays": [_party(row) for row in _in_order(assertion.relays.all())],
        "quantities": sorted(_quantity(row) for row in assertion.quantities.all()),
        "topics": sorted(row.tag.slug for row in assertion.tagged.all()),
    }


@dataclass(frozen=True, slots=True)
class Kept:
    """The slugs of actors and topics that were merged into others, each with that of the one that was kept."""

    actors: dict[str, str]
    topics: dict[str, str]


def kept_slugs() -> Kept:
    """Return where the slugs of all that was merged lead to, over however many merges; two queries."""
    return Kept(_ends(Actor.objects.all()), _ends(Topic.objects.all()))


def _ends(rows: QuerySet[Any]) -> dict[str, str]:
    into = dict(rows.filter(merged_into__isnull=False).values_list("slug", "merged_into__slug"))
    ends = {}
    for slug, end in into.items():
        # No circle is possible: nothing is merged into what was merged.
        while end in into:
            end = into[end]
        ends[slug] = end
    return ends


def as_proposed(assertion: Assertion, kept: Kept | None = None) -> dict[str, Any]:
    """Return what a rule proposed, with the slugs of those that were kept where others were merged into them.

    {} if no rule proposed it. ``kept`` is asked for where it is not given. Of two who were merged and stood in the
    same part, one stays, as a merge leaves them.
    """
    suggestion = getattr(assertion, "suggestion", None)
    if suggestion is None:
        return {}
    kept = kept or kept_slugs()
    found = dict(suggestion.proposed)
    for part in ("speakers", "participants", "relays"):
        if part in found:
            found[part] = _led_on(found[part], kept.actors)
    if "topics" in found:
        found["topics"] = sorted({kept.topics.get(slug, slug) for slug in found["topics"]})
    return found


def _led_on(rows: list[dict[str, str]], ends: dict[str, str]) -> list[dict[str, str]]:
    there = {(row.get("role"), row["actor"]) for row in rows}
    found = []
    for row in rows:
        end = ends.get(row["actor"])
        if end is not None:
            if (row.get("role"), end) in there:
                continue
            there.add((row.get("role"), end))
            row = row | {"actor": end}
        if spoken_for := ends.get(row.get("speaks_for", "")):
            row = row | {"speaks_for": spoken_for}
        found.append(row)
    return found


def changed_fields(assertion: Assertion, kept: Kept | None = None) -> list[str]:
    """Return the names of the fields in which a claim departs from what a rule proposed; [] if none proposed it.

    A merge of actors or topics is no departure. Who asks for many gives ``kept``, so that it is asked for once.
    """
    proposed = as_proposed(assertion, kept)
    if not proposed:
        return []
    now = as_json(assertion)
    return [name for name in (*FIELDS, *PARTS) if name in proposed and now[name] != proposed[name]]


def speakers_as_json(rows: Iterable[Speaker]) -> list[dict[str, str]]:
    """Return speakers in their order."""
    return [
        {
            **_party(row),
            "office": row.office,
            "speaks_for": row.speaks_for.slug if row.speaks_for is not None else "",
        }
        for row in _in_order(rows)
    ]


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.position, row.pk or 0))


def _party(row: Party) -> dict[str, str]:
    return {"actor": row.actor.slug if row.actor is not None else "", "description": row.description}


def _quantity(row: Quantity) -> list[str]:
    return [row.measure.slug, _number(row.low), _number(row.high)]


def _number(number: Decimal | None) -> str:
    """Return a number without the zeros that the database adds behind it; "" for an open bound."""
    return "" if number is None else f"{number.normalize():f}"
