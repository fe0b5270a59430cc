"""The page of the network: who appears and speaks with whom."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.former import follows_merges_in_query
from actors.models import Actor, ActorKind
from assertions.charts.arc_diagram import Diagram, draw
from assertions.network import Network, Presence, by_first
from assertions.relationships import Relationship, followed

PAGE = 25
TIES = 3
"""Others named in a row of the table."""
DRAWN = 20
ARCS = 40
SIZES = {"narrow": (350, 196), "wide": (500, 232)}
"""Width of a drawing, for a phone and else, and of the names in it; pixels."""

SORTS: dict[str, Callable[[Presence], Any]] = {
    "claims": lambda row: (-row.said, -row.about),
    "about": lambda row: (-row.about, -row.said),
    "articles": lambda row: -row.articles,
    "name": lambda row: row.actor.name.casefold(),
}
COLUMNS = {"name": "Who", "claims": "Speaks in", "about": "Is spoken of in", "articles": "Is named in"}


class NetworkFilter(django_filters.FilterSet):
    """What a reader can ask of the network."""

    kind = django_filters.ChoiceFilter(label="Kind", choices=ActorKind.choices, empty_label="any")
    side = django_filters.ChoiceFilter(label="Side", choices=[], method="ask", empty_label="any")
    by = django_filters.ChoiceFilter(
        label="Count",
        choices=[("state", "people and bodies for their state")],
        method="ask",
        empty_label="each by itself",
    )

    class Meta:
        model = Actor
        fields: list[str] = []

    def __init__(self, *args: Any, relationship: Relationship | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if relationship is None:
            del self.filters["side"]
            return
        sides = (relationship.left.actor, relationship.right.actor)
        self.filters["side"].extra["choices"] = [
            *((side.slug, side.name) for side in sides),
            ("others", "others"),
        ]

    def ask(self, actors: Any, name: str, value: str) -> Any:
        """Leave the actors: what is asked here is no column of theirs."""
        return actors

    def asked(self, name: str) -> str:
        """Return what is asked under a name, "" for nothing and for what cannot be asked."""
        return (
            str(self.form.cleaned_data.get(name) or "") if self.is_bound and name in self.form.fields else ""
        )


@require_safe
@follows_merges_in_query("side")
def network(request: HttpRequest) -> HttpResponse:
    """Show who speaks about whom and who is named with whom: a table, then a drawing of those with the most."""
    now = timezone.now()
    relationship = followed(now)
    filtered = NetworkFilter(request.GET, Actor.objects.none(), request=request, relationship=relationship)
    filtered.form.is_valid()
    found = Network(now, by_state=filtered.asked("by") == "state")
    kind, side = filtered.asked("kind"), filtered.asked("side")
    everybody = found.presences()
    presences = [
        row
        for row in everybody
        if kind in ("", row.actor.kind) and side in ("", _side(row.actor, relationship)[0])
    ]
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else ""
    in_order = sorted(presences, key=SORTS[sort]) if sort else presences
    page = Paginator(in_order, PAGE).get_page(request.GET.get("page"))
    speaking, together = by_first(found.speaking(_actors(page))), by_first(found.together(_actors(page)))
    context = {
        "filter": filtered,
        "by_state": found.by_state,
        "sort": sort,
        "columns": COLUMNS,
        "page": page,
        "rows": [
            {
                "presence": row,
                "side": _side(row.actor, relationship)[1],
                "speaking": speaking.get(row.actor.pk, [])[:TIES],
                "together": together.get(row.actor.pk, [])[:TIES],
            }
            for row in page
        ],
        "drawings": _drawings(found, presences[:DRAWN], relationship),
        "drawn": min(len(presences), DRAWN),
        "total": len(presences),
        "relationship": relationship,
    }
    return render(request, "assertions/network.html", context)


def _drawings(
    network: Network, presences: list[Presence], relationship: Relationship | None
) -> list[dict[str, Any]]:
    """Return both drawings of some actors: the left side above, the right side below, the others between."""
    order = {"a": 0, "": 1, "b": 2}
    actors = sorted((row.actor for row in presences), key=lambda actor: order[_side(actor, relationship)[1]])
    speaking = [tie for tie in network.speaking(actors) if tie.other in actors]
    together = [tie for tie in network.together(actors) if tie.other in actors and tie.one.pk < tie.other.pk]
    drawings = (("speaking", speaking, True), ("together", together, False))
    return [
        {
            "name": name,
            "diagrams": {
                size: _with_actors(
                    draw(
                        {actor.pk: actor.name for actor in actors},
                        [(tie.one.pk, tie.other.pk, tie.number) for tie in ties[:ARCS]],
                        directed=directed,
                        width=width,
                        room=room,
                    ),
                    actors,
                    relationship,
                )
                for size, (width, room) in SIZES.items()
            },
            "shown": min(len(ties), ARCS),
            "total": len(ties),
            "strongest": ties[0],
        }
        for name, ties, directed in drawings
        if ties
    ]


def _with_actors(diagram: Diagram, actors: list[Actor], relationship: Relationship | None) -> dict[str, Any]:
    """Return a diagram with the actors, and their sides, in place of their keys."""
    by_key = {actor.pk: actor for actor in actors}
    sides = {actor.pk: _side(actor, relationship)[1] for actor in actors}
    return {
        "frame": diagram,
        "lines": [(line, by_key[line.key], sides[line.key]) for line in diagram.lines],
        "arcs": [(arc, by_key[arc.one], by_key[arc.other], sides[arc.one]) for arc in diagram.arcs],
    }


def _actors(presences: Any) -> list[Actor]:
    return [row.actor for row in presences]


def _side(actor: Actor, relationship: Relationship | None) -> tuple[str, str]:
    """Return the side of an actor as the address names it, and as the stylesheets do ("" for the others)."""
    if relationship is not None:
        for side, letter in ((relationship.left, "a"), (relationship.right, "b")):
            if actor.pk in side.members:
                return side.actor.slug, letter
    return "others", ""
