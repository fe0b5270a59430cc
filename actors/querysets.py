"""What is asked of actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cms.periods import LiveQuerySet

if TYPE_CHECKING:
    from actors.models import Actor  # noqa: F401 - it is named in a string below


class ActorQuerySet(LiveQuerySet["Actor"]):
    """Actors; ``public(at)`` is the definition of a public actor."""
