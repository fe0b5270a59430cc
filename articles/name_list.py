"""The names that nobody bears, over all articles: which there are, in how many texts, and whose they may be.

Those that mostly read as places stand apart: seldom is one an actor, and they would fill the list.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from actors.models import Actor, ActorName
from articles.models import PassedName, UnknownName

ORDER = ["-articles", "-mentions", "text"]
"""What most texts name comes first, then what they name most often."""
ALIKE = 0.4
"""Trigram similarity of names from which on they may be of one: two spellings of a name from another script have 0.4
to 0.7, two persons with a family name in common 0.3 to 0.5."""
SHOWN = 3
"""Actors that are offered for a name."""


@dataclass(frozen=True, slots=True)
class Similar:
    """An actor who may be meant, by the one of its names that is most like the unknown one."""

    actor: Actor
    name: str


def unknown(*, places: bool | None = None) -> QuerySet[UnknownName]:
    """Return the names that nobody bears and nobody passed over, one row each: where it stands first.

    ``articles`` is in how many articles it stands, ``mentions`` how often in all of them. ``places`` asks for those
    that read as a place at least half of these times, or for the others; None for all. A name that became one of an
    actor's is left out, whatever its case.
    """
    same = UnknownName.objects.filter(text=OuterRef("text")).order_by().values("text")
    first = UnknownName.objects.filter(text=OuterRef("text"), pk__lt=OuterRef("pk"))
    known = ActorName.objects.filter(text__iexact=OuterRef("text"))
    passed = PassedName.objects.filter(text=OuterRef("text"))
    found = UnknownName.objects.filter(~Exists(first), ~Exists(known), ~Exists(passed)).annotate(
        articles=_told(same.annotate(told=Count("pk"))), mentions=_told(same.annotate(told=Sum("times")))
    )
    if places is None:
        return found
    more = same.annotate(told=2 * Sum("placed") - Sum("times"))
    found = found.annotate(placed_more=_told(more))
    return found.filter(placed_more__gte=0) if places else found.filter(placed_more__lt=0)


def _told(same: Any) -> Coalesce:
    # An annotation of a queryset that the caller made: its type is not known here.
    return Coalesce(Subquery(same.values("told"), output_field=IntegerField()), 0)


@transaction.atomic
def similar_to(names: Collection[str]) -> dict[str, list[Similar]]:
    """Return for names the actors with like names, the likest first, at most ``SHOWN`` each. Two queries."""
    if not names:
        return {}
    with connection.cursor() as cursor:
        # The limit of the index holds for the transaction.
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(ALIKE)])
        cursor.execute(
            """
            SELECT DISTINCT ON (asked.name, known.actor_id) asked.name, known.actor_id, known.text,
                   similarity(known.text, asked.name) AS alike
              FROM unnest(%s::text[]) asked (name) JOIN actors_actorname known ON known.text %% asked.name
              JOIN actors_actor actor ON actor.id = known.actor_id
             WHERE known.kind <> 'error' AND actor.merged_into_id IS NULL
             ORDER BY asked.name, known.actor_id, alike DESC, known.text
            """,
            [list(names)],
        )
        rows: list[tuple[str, int, str, float]] = cursor.fetchall()
    best: dict[str, list[tuple[float, int, str]]] = defaultdict(list)
    for name, actor, text, alike in rows:
        best[name].append((-alike, actor, text))
    chosen = {name: sorted(found)[:SHOWN] for name, found in best.items()}
    actors = Actor.objects.in_bulk({actor for found in chosen.values() for _, actor, _ in found})
    return {
        name: [Similar(actors[actor], text) for _, actor, text in found] for name, found in chosen.items()
    }
