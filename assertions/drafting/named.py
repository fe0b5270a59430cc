"""Those whom a text names: what is known of them, and with which office and for whom one of them speaks."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from datetime import date
from typing import Any

from actors.models import Actor, ActorKind, Affiliation
from actors.names import Found
from articles.models import Revision
from assertions.suggestions.shapes import KnownActor, Span
from cms.dates import parse

_OFFICIAL = (ActorKind.PUBLIC_BODY, ActorKind.ARMED_FORCE)
_WORD = re.compile(r"[^\W_]+")


class Named:
    """The mentions of a revision, and the actors who are or may be meant by them, by their slugs."""

    def __init__(self, revision: Revision) -> None:
        rows = revision.mentions.select_related("actor").order_by("start")
        self.mentions = [
            Found(
                start=row.start,
                end=row.end,
                text=row.text,
                actor=row.actor.slug if row.actor else None,
                candidates=tuple(row.candidates),
                kind=row.kind,
            )
            for row in rows
        ]
        self._starts = [hit.start for hit in self.mentions]
        named = {slug for hit in self.mentions for slug in (hit.actor, *hit.candidates) if slug}
        found = Actor.objects.filter(slug__in=named, merged_into=None).select_related("country")
        self.actors = {actor.slug: actor for actor in found}
        self._offices: dict[int, list[Affiliation]] = {}
        held = Affiliation.objects.filter(actor__in=list(self.actors.values()))
        for row in held.select_related("organisation__country").order_by("actor", "-started", "pk"):
            self._offices.setdefault(row.actor_id, []).append(row)

    def for_rules(self) -> Mapping[str, KnownActor]:
        """Return what the rules ask of the actors that the text names."""
        return {
            slug: KnownActor(actor.kind, actor.country.slug if actor.country else "")
            for slug, actor in self.actors.items()
        }

    def actor(self, slug: str | None) -> Actor | None:
        """Return the actor of a slug; None without one, and for one who was merged into another meanwhile."""
        return self.actors.get(slug) if slug else None

    def named_in(self, start: int, end: int) -> list[Found]:
        """Return the mentions that stand wholly between two places of the text."""
        found = self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [hit for hit in found if hit.end <= end]

    def as_speaker(self, actor: Actor, source: Span | None, said: str) -> dict[str, Any]:
        """Return an actor as fields of Speaker: with the office held on the day, as the table or else the text says.

        The holder of an office of a state, of a body or of a force speaks for that state; so does the body itself. Of
        anybody else nothing is assumed.
        """
        held = self._held(actor, said)
        if held is not None:
            return {"actor": actor, "office": held.position, "speaks_for": _state_of(held.organisation)}
        return {
            "actor": actor,
            "office": self._office_in(source, actor) if source else "",
            "speaks_for": actor.country if actor.kind in _OFFICIAL else None,
        }

    def _held(self, actor: Actor, said: str) -> Affiliation | None:
        """Return the office that an actor held on the day, if the table knows one only."""
        rows = self._offices.get(actor.pk, [])
        day = parse(said).first if said else None
        if day is not None:
            rows = [row for row in rows if _covers(row.period, day)]
        return rows[0] if len(rows) == 1 else None

    def _office_in(self, source: Span, actor: Actor) -> str:
        """Return the words beside the name within a source: "the spokesman" of "the spokesman Ada Vale"."""
        own = [hit for hit in self.named_in(source.start, source.end) if hit.actor == actor.slug]
        if not own or actor.kind != ActorKind.PERSON:
            return ""
        before = source.text[: own[0].start - source.start].strip(" ,")
        after = source.text[own[-1].end - source.start :].strip(" ,")
        words = " ".join(max(before, after, key=len).split())
        return words if len(_WORD.findall(words)) > 1 or words[:1].islower() else ""


def _covers(period: Any, day: date) -> bool:
    if period is None:
        return True
    begun = period.lower is None or period.lower <= day
    return begun and (period.upper is None or day < period.upper)


def _state_of(organisation: Actor | None) -> Actor | None:
    if organisation is None or organisation.merged_into_id is not None:
        return None
    if organisation.kind == ActorKind.STATE:
        return organisation
    return organisation.country if organisation.kind in _OFFICIAL else None
