"""Pairs of actors that may be one: found by likeness, for somebody to judge. Queries only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from actors.models import Actor, IdentityJudgement, NameKind

ALIKE = 0.5
"""Trigram similarity of names from which two actors may be one: "Ada Vale" and "Ada Wale" have 0.5."""
PROPER = (
    NameKind.NAME,
    NameKind.SPELLING,
    NameKind.OFFICIAL,
    NameKind.ABBREVIATION,
    NameKind.FORMER,
)
"""The kinds of names that tell who somebody is; several may bear one title, or be called by one place."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors that may be one: the older row first; why, in words; and whether somebody was unsure of it."""

    one: Actor
    other: Actor
    why: str
    is_unsure: bool


def pairs_with(actors: Sequence[Actor], *, newer: bool = False) -> list[Pair]:
    """Return the pairs of each of some actors with an older one, or with ``newer`` with any other, the likest first.

    Left out are the actors that were merged, and pairs of which it is judged that they are, or are not, the same.
    """
    found: dict[tuple[int, int], tuple[float, str]] = {}
    for first, second, likeness, why in _alike([actor.pk for actor in actors], newer=newer):
        one, other = sorted([first, second])
        if likeness > found.get((one, other), (0.0, ""))[0]:
            found[one, other] = (likeness, why)
    known = Actor.objects.select_related("country").in_bulk({key for pair in found for key in pair})
    judged = _judged(found)
    return [
        Pair(known[one], known[other], why, (one, other) in judged)
        for (one, other), (_, why) in sorted(
            found.items(), key=lambda item: (-item[1][0], known[item[0][0]].name, item[0])
        )
        if judged.get((one, other), IdentityJudgement.Verdict.UNSURE) == IdentityJudgement.Verdict.UNSURE
    ]


def _judged(pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    left = {one for one, _ in pairs}
    standing = IdentityJudgement.objects.filter(revoked_at=None, left__in=left)
    return {(one, other): verdict for one, other, verdict in standing.values_list("left", "right", "verdict")}


def _alike(keys: list[int], *, newer: bool) -> list[tuple[int, int, float, str]]:
    """Return pairs of keys with a likeness from 0 to 1, and why."""
    with transaction.atomic(), connection.cursor() as cursor:
        # The index on names answers the operator % by this setting, and no other way.
        cursor.execute(f"SET LOCAL pg_trgm.similarity_threshold = {ALIKE}")
        cursor.execute(
            """
            WITH proper AS (
                SELECT n.actor_id, n.text FROM actors_actorname n JOIN actors_actor a ON a.id = n.actor_id
                 WHERE n.kind = ANY(%(kinds)s) AND NOT n.is_ambiguous AND a.merged_into_id IS NULL)
            SELECT o.actor_id, n.actor_id, 1.0, format('both are called “%%s”', min(n.text))
              FROM proper n JOIN proper o
                ON replace(unaccent(lower(o.text)), '-', ' ') = replace(unaccent(lower(n.text)), '-', ' ')
             WHERE n.actor_id = ANY(%(keys)s)
               AND (o.actor_id < n.actor_id OR %(newer)s AND o.actor_id <> n.actor_id)
             GROUP BY o.actor_id, n.actor_id
            UNION ALL
            SELECT DISTINCT ON (o.actor_id, n.actor_id) o.actor_id, n.actor_id, similarity(o.text, n.text),
                   format('“%%s” and “%%s”', o.text, n.text)
              FROM proper n JOIN actors_actorname o ON o.text %% n.text
              JOIN actors_actor a ON a.id = o.actor_id
             WHERE n.actor_id = ANY(%(keys)s)
               AND (o.actor_id < n.actor_id OR %(newer)s AND o.actor_id <> n.actor_id)
               AND a.merged_into_id IS NULL AND o.kind = ANY(%(kinds)s) AND NOT o.is_ambiguous
             ORDER BY 1, 2, 3 DESC
            """,
            {"keys": keys, "kinds": list(PROPER), "newer": newer},
        )
        rows: list[tuple[int, int, float, str]] = cursor.fetchall()
    return [(one, other, float(likeness), why) for one, other, likeness, why in rows]
