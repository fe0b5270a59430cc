"""The name table as one trie, read again only after a name changed."""

from django.db import connection

from actors.models import ActorName
from actors.names import Name, NameTrie
from actors.tokens import can_stand_in_text

_built: dict[str, tuple[tuple[int, ...], NameTrie]] = {}


def known_names() -> NameTrie:
    """Return the trie over all names of all actors, public or not; its actors are slugs."""
    version = _version()
    database = str(connection.settings_dict["NAME"])
    if database not in _built or _built[database][0] != version:
        _built[database] = (version, NameTrie(_names()))
    return _built[database][1]


def _version() -> tuple[int, ...]:
    """Return what moves with every change of a name: the newest entries of its history by triggers, and all of them.

    The newest alone would not do: of two transactions the one that began first may be the last to become visible.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(pgh_id), 0), coalesce(sum(pgh_id), 0) FROM actors_actorevent"
            " UNION ALL SELECT coalesce(max(pgh_id), 0), coalesce(sum(pgh_id), 0) FROM actors_actornameevent"
        )
        return tuple(int(number) for row in cursor.fetchall() for number in row)


def _names() -> list[Name]:
    rows = ActorName.objects.select_related("actor__country").order_by("pk")
    return [
        Name(
            text=row.text,
            actor=row.actor.slug,
            kind=row.kind,
            language=row.language,
            is_ambiguous=row.is_ambiguous,
            actor_kind=row.actor.kind,
            family_first=row.actor.family_name_first,
            belongs_to=row.actor.country.slug if row.actor.country else "",
        )
        for row in rows
        if can_stand_in_text(row.text)
    ]
