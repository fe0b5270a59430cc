"""The history that triggers keep of every row (django-pghistory): reading it, whatever the model."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Exists, Max, Model, OuterRef, QuerySet, Subquery
from pghistory.models import Event

from cms.models import User


@cache
def _event_model(model: type[Model]) -> type[Event]:
    for found in apps.get_models():
        if issubclass(found, Event) and found.pgh_tracked_model is model:
            return found
    raise LookupError(f"No history is kept of {model._meta.label}.")


def is_kept(model: type[Model]) -> bool:
    """Tell whether there is a history of a model's rows."""
    try:
        return bool(_event_model(model))
    except LookupError:
        return False


def events_of(model: type[Model]) -> QuerySet[Any]:
    """Return the entries of the history of a model's rows, each with who asked for it (``author``).

    ``pgh_label`` is insert, update or delete, or what was told by hand; ``pgh_created_at`` the beginning of the
    transaction, so that what was done at once has one instant. Raises LookupError for a model without a history.
    """
    events: QuerySet[Any] = _event_model(model)._default_manager.all()
    return events.select_related("pgh_context")


def with_former(events: QuerySet[Any], limit: int | None = None) -> list[tuple[Any, Any]]:
    """Return entries, at most ``limit``, each with the entry before it of the same row, or None. Two queries."""
    earlier = events.model._default_manager.filter(
        pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")
    )
    rows = list(events.annotate(former=Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1]))[:limit])
    former = events.model._default_manager.in_bulk({row.former for row in rows if row.former})
    return [(row, former.get(row.former)) for row in rows]


def latest_of_each(model: type[Model]) -> QuerySet[Any]:
    """Return the last entry of the history of each row that was not deleted."""
    events = events_of(model)
    later = events.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__gt=OuterRef("pgh_id"))
    return events.exclude(pgh_label="delete").filter(~Exists(later))


def last_event(model: type[Model], **of: Any) -> int:
    """Return the number of the last entry that the conditions ask for; 0 if there is none, or no history is kept."""
    if not is_kept(model):
        return 0
    return int(events_of(model).filter(**of).aggregate(last=Max("pgh_id"))["last"] or 0)


def as_of(model: type[Model], pk: Any, last: Any) -> Model | None:
    """Return a row as it was after the entry numbered ``last``; None if it was not there, or that is no number."""
    if not isinstance(last, int):
        return None
    event: Any = events_of(model).filter(pgh_obj_id=pk, pgh_id__lte=last).order_by("-pgh_id").first()
    return None if event is None or event.pgh_label == "delete" else event


def latest_hand(
    row: Model, below: Mapping[type[Model], str], seen: Mapping[str, Any]
) -> tuple[str, datetime | None]:
    """Return who made the last change of a row or of the rows ``below`` it, by their foreign keys, and when.

    Only what came after the entries ``seen`` counts, which are numbers by the label of a model.
    """
    tables = [(type(row), "pgh_obj_id"), *((model, f"{key}_id") for model, key in below.items())]
    found: list[Any] = []
    for model, key in tables:
        last = seen.get(model._meta.label_lower)
        later = events_of(model).filter(**{key: row.pk}, pgh_id__gt=last if isinstance(last, int) else 0)
        found += later.order_by("-pgh_id")[:1]
    latest = max(found, key=lambda event: event.pgh_created_at, default=None)
    if latest is None:
        return "Somebody", None
    return next(iter(authors([latest]).values()), "Somebody"), latest.pgh_created_at


def author_of(event: Any) -> int | None:
    """Return the key of the account that asked for what an entry tells; None for the site and its commands."""
    context = event.pgh_context
    key = context.metadata.get("user") if context is not None else None
    return key if isinstance(key, int) else None


def authors(events: Iterable[Any]) -> dict[int, str]:
    """Return the names of the accounts that asked for what entries tell, by their keys. One query."""
    keys = {key for event in events if (key := author_of(event)) is not None}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys)} if keys else {}
