"""What is asked of actors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.utils import timezone

from cms.periods import LiveQuerySet

if TYPE_CHECKING:
    from actors.models import Actor


class ActorQuerySet(LiveQuerySet["Actor"]):
    """Actors; ``public(at)`` is the definition of a public actor."""

    def public(self, at: datetime | None = None) -> Self:
        """Keep what is public at an instant, now by default; an actor that was merged into another never is."""
        return super().public(at).standing()

    def standing(self) -> Self:
        """Keep the actors that were not merged into another."""
        return self.filter(merged_into=None)

    def reached(self, slugs: Iterable[str], at: datetime | None = None) -> list[Actor]:
        """Return the public actors that slugs lead to, in their order, over merges too; each of them once."""
        slugs, now = list(slugs), timezone.now()
        found: dict[str, Actor] = {}
        for actor in self.filter(slug__in=slugs).select_related("merged_into"):
            was_public = actor.live is not None and actor.live.lower <= now
            kept = _last_of(actor) if was_public else actor
            if kept.is_public(at):
                found[actor.slug] = kept
        return list(dict.fromkeys(found[slug] for slug in slugs if slug in found))

    def successor_of(self, slug: str) -> Actor | None:
        """Return the public actor that a once public one was merged into, over however many merges; else None."""
        found = self.filter(live__startswith__lte=timezone.now()).kept_of(slug)
        return found if found is not None and found.is_public() else None

    def kept_of(self, slug: str) -> Actor | None:
        """Return the actor, public or not, that one of these was merged into in the end; None if it was not."""
        gone = self.filter(slug=slug, merged_into__isnull=False)
        found = gone.select_related("merged_into").first()
        return None if found is None else _last_of(found)


def _last_of(actor: Actor) -> Actor:
    # No circle is possible: nobody is merged into one that was merged (names_nobody_merged).
    while actor.merged_into is not None:
        actor = actor.merged_into
    return actor
