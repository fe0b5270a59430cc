"""Writing actors, their names and positions, and whether they are public."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from actors import permissions
from actors.models import Actor, ActorName, Affiliation, NameKind
from cms.models import User
from cms.periods import close_period, open_period
from cms.permissions import require


@transaction.atomic
def create_actor(
    by: User | None,
    *,
    names: Iterable[Mapping[str, Any]] = (),
    affiliations: Iterable[Mapping[str, Any]] = (),
    live_from: datetime | None = None,
    **fields: Any,
) -> Actor:
    """Create an actor with its names and affiliations, and return it; its own name becomes a name too.

    ``names`` and ``affiliations`` are fields of ActorName and Affiliation. Public from ``live_from``, else a draft.
    Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.ADD)
    if live_from:
        require(by, permissions.PUBLISH)
    actor = Actor(**fields, live=DateTimeTZRange(live_from, None) if live_from else None)
    actor.full_clean()
    actor.save()
    keep_own_name(actor)
    for name in names:
        add_name(actor, by, **name)
    for affiliation in affiliations:
        relate(actor, by, **affiliation)
    return actor


@transaction.atomic
def save_actor(actor: Actor, by: User | None) -> None:
    """Save an actor as an editor filled it in.

    Raises PermissionDenied, and ValidationError by field, or if it was merged into another.
    """
    require(by, permissions.CHANGE if actor.pk else permissions.ADD)
    if actor.pk:
        # The row is locked so that no merge comes between the look and the saving.
        require_standing(Actor.objects.select_for_update(no_key=True).get(pk=actor.pk))
    actor.full_clean()
    actor.save()
    keep_own_name(actor)


def keep_own_name(actor: Actor) -> None:
    """Make sure that the name the newsroom writes is among the names that texts are searched for."""
    if not actor.names.filter(text=actor.name).exists():
        ActorName.objects.create(actor=actor, text=actor.name, kind=NameKind.NAME, language="en")


@transaction.atomic
def add_name(actor: Actor, by: User | None, **fields: Any) -> ActorName:
    """Add a name to an actor and return it. Raises PermissionDenied, and ValidationError by field."""
    require(by, permissions.CHANGE)
    name = ActorName(actor=actor, **fields)
    name.full_clean()
    name.save()
    return name


@transaction.atomic
def relate(actor: Actor, by: User | None, **fields: Any) -> Affiliation:
    """Record a position of an actor and return it. Raises PermissionDenied, and ValidationError by field."""
    require(by, permissions.CHANGE)
    affiliation = Affiliation(actor=actor, **fields)
    affiliation.full_clean()
    affiliation.save()
    return affiliation


@transaction.atomic
def publish_actor(actor: Actor, by: User | None, at: datetime | None = None) -> None:
    """Make an actor public from an instant on, now by default. Raises PermissionDenied, ValidationError if merged."""
    require(by, permissions.PUBLISH)
    # The row is locked so that two editors' periods follow each other.
    current = Actor.objects.select_for_update().get(pk=actor.pk)
    require_standing(current)
    open_period(current, at)


@transaction.atomic
def withdraw_actor(actor: Actor, by: User | None, at: datetime | None = None) -> None:
    """End an actor's being public; what names it stops being public at that instant too.

    Raises PermissionDenied, and ValidationError if it was merged into another.
    """
    require(by, permissions.PUBLISH)
    # As in publish_actor.
    current = Actor.objects.select_for_update().get(pk=actor.pk)
    require_standing(current)
    close_period(current, at)


def require_standing(actor: Actor) -> None:
    """Raise ValidationError if an actor was merged into another; its row stays as it was until it is taken apart."""
    if actor.merged_into is not None:
        raise ValidationError(f"“{actor}” was merged into “{actor.merged_into}”, and leads there.")
