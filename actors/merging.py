"""What merging one actor into another does to the rows that refer to them, found from the models themselves.

Nothing is changed here: ``actors.actions.merge`` carries a plan out, a preview shows it. Other apps are read through
Django's registry only, so that a model that comes later is not forgotten; what cannot be found by a foreign key says so
itself (``actor_slugs``).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db.models import (
    CheckConstraint,
    ForeignKey,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UniqueConstraint,
)
from django.db.models.lookups import IsNull
from pghistory.models import Event

from actors.models import Actor, IdentityJudgement, Merge

THERE = "there"
"""Set aside because the kept actor stands there already."""
ITSELF = "itself"
"""Set aside because the kept actor would be related to itself."""

_BY_THEMSELVES = (IdentityJudgement, Merge)
"""Pairs in order, and the record of merges: they follow rules of their own."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key to actors."""

    model: type[Model]
    field: str

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """Return the rows that refer to an actor by it, in the order of their keys."""
        return self.model._base_manager.filter(**{self.field: actor}).order_by("pk")


@dataclass(frozen=True, slots=True)
class Move:
    """Rows whose reference goes over to the kept actor."""

    reference: Reference
    keys: list[int]


@dataclass(frozen=True, slots=True)
class Change:
    """Rows of which values change in another way; ``before`` and ``after`` hold values by column."""

    model: type[Model]
    keys: list[int]
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that has no room beside those of the kept actor: THERE, with the key of its ``twin``, or ITSELF."""

    row: Model
    why: str
    twin: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a merge does. ``doubts`` are sentences on what speaks against it, for somebody to confirm."""

    kept: Actor
    merged: Actor
    moves: list[Move] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    set_aside: list[Aside] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def record(self) -> dict[str, Any]:
        """Return what moves, changes and is set aside, as ``Merge.moved`` keeps it: plain JSON."""
        return {
            "moves": [
                {
                    "model": move.reference.model._meta.label_lower,
                    "field": move.reference.field,
                    "keys": move.keys,
                }
                for move in self.moves
            ],
            "changes": [
                {
                    "model": change.model._meta.label_lower,
                    "keys": change.keys,
                    "before": change.before,
                    "after": change.after,
                }
                for change in self.changes
            ],
            "set_aside": [
                {"row": _whole(aside.row), "why": aside.why, "twin": aside.twin} for aside in self.set_aside
            ],
        }


def _whole(row: Model) -> dict[str, Any]:
    """Return a row as Django's serialiser writes it, key included, without what the database derives."""
    stored = [column.name for column in row._meta.concrete_fields if not getattr(column, "generated", False)]
    whole = serializers.serialize("python", [row], fields=stored)[0]
    # Not Django's encoder of JSON: it cuts instants to milliseconds.
    exact: dict[str, Any] = json.loads(json.dumps(whole, default=str))
    return exact


def references() -> list[Reference]:
    """Return all foreign keys to actors, except in histories, and those that a merge treats in their own way."""
    return [
        Reference(model, column.name)
        for model in apps.get_models(include_auto_created=True)
        if not issubclass(model, (Event, *_BY_THEMSELVES))
        for column in model._meta.concrete_fields
        if isinstance(column, ForeignKey)
        and column.remote_field.model is Actor
        and (model, column.name) != (Actor, "merged_into")
    ]


def slug_columns() -> list[tuple[type[Model], str]]:
    """Return the columns that hold lists of slugs of actors, which their models name as ``actor_slugs``."""
    return [(model, name) for model in apps.get_models() for name in getattr(model, "actor_slugs", ())]


def plan(kept: Actor, merged: Actor) -> Plan:
    """Return what merging would do as the rows are now."""
    found = Plan(kept, merged, doubts=list(_doubts(kept, merged)))
    gone: dict[type[Model], set[int]] = {}
    for reference in references():
        for aside in _without_room(reference, kept, merged):
            if aside.row.pk not in gone.setdefault(reference.model, set()):
                gone[reference.model].add(aside.row.pk)
                found.set_aside.append(aside)
    for reference in references():
        moving = reference.rows(merged).exclude(pk__in=gone.get(reference.model, ()))
        if reference.model is Actor:
            moving = moving.exclude(pk=kept.pk)
        if keys := list(moving.values_list("pk", flat=True)):
            found.moves.append(Move(reference, keys))
    if kept.country_id == merged.pk:
        found.changes.append(Change(Actor, [kept.pk], {"country_id": merged.pk}, {"country_id": None}))
    for model, name in slug_columns():
        found.changes.extend(_slugs(model, name, kept.slug, merged.slug))
    _judgements(found)
    return found


def _doubts(kept: Actor, merged: Actor) -> Iterator[str]:
    judged = standing_judgement(kept, merged)
    if judged is not None and judged.verdict == IdentityJudgement.Verdict.DIFFERENT:
        why = f": {judged.reason}" if judged.reason else "."
        yield f"{judged.judged_by} judged that they are not the same{why}"
    if kept.kind != merged.kind:
        yield f"“{merged}” is of the kind {merged.get_kind_display()}, “{kept}” of the kind {kept.get_kind_display()}."
    if kept.wikidata and merged.wikidata and kept.wikidata != merged.wikidata:
        yield f"They have different Wikidata items: {merged.wikidata} and {kept.wikidata}."


def standing_judgement(one: Actor, other: Actor) -> IdentityJudgement | None:
    """Return what is judged of two actors, if anything is."""
    pair = Q(left=one, right=other) | Q(left=other, right=one)
    return IdentityJudgement.objects.filter(pair, revoked_at=None).select_related("judged_by").first()


def _without_room(reference: Reference, kept: Actor, merged: Actor) -> Iterator[Aside]:
    """Yield the rows that a constraint would refuse once they refer to the kept actor."""
    for names, condition, nulls_distinct in _unique(reference.model):
        if reference.field in names:
            same = Q()
            for name in names:
                if name != reference.field:
                    same &= _equal(name, nulls_distinct=nulls_distinct)
            twins = reference.rows(kept).filter(condition, same)
            for row in reference.rows(merged).filter(condition).annotate(
                twin_of_it=Subquery(twins.values("pk")[:1])
            ).exclude(twin_of_it=None):  # fmt: skip
                yield Aside(row, THERE, row.twin_of_it)
    yield from _beside_itself(reference, kept, merged)


def _unique(model: type[Model]) -> list[tuple[tuple[str, ...], Q, bool]]:
    """Return the sets of columns that are unique in a model: names, condition, and whether two nulls differ."""
    constraints = [rule for rule in model._meta.constraints if isinstance(rule, UniqueConstraint)]
    single = [(column.name,) for column in model._meta.concrete_fields if column.unique]
    return [
        *(
            (tuple(rule.fields), rule.condition or Q(), rule.nulls_distinct is not False)
            for rule in constraints
        ),
        *((names, Q(), True) for names in single),
        *((tuple(names), Q(), True) for names in model._meta.unique_together),
    ]


def _equal(name: str, *, nulls_distinct: bool) -> Q:
    equal = Q(**{name: OuterRef(name)})
    return equal if nulls_distinct else equal | Q(IsNull(OuterRef(name), True), **{f"{name}__isnull": True})


def _beside_itself(reference: Reference, kept: Actor, merged: Actor) -> Iterator[Aside]:
    """Yield the rows that name both actors and must not name one of them twice."""
    others = [
        one.field for one in references() if one.model is reference.model and one.field != reference.field
    ]
    both = Q(*(Q(**{name: actor}) for name in others for actor in (kept, merged)), _connector=Q.OR)
    rules = [rule for rule in reference.model._meta.constraints if isinstance(rule, CheckConstraint)]
    if not others or not rules or reference.model is Actor:
        return
    for row in reference.rows(merged).filter(both):
        image = reference.model._base_manager.get(pk=row.pk)
        for name in (reference.field, *others):
            if getattr(image, f"{name}_id") == merged.pk:
                setattr(image, name, kept)
        try:
            for rule in rules:
                rule.validate(reference.model, image)
        except ValidationError:
            yield Aside(row, ITSELF)


def _slugs(model: type[Model], name: str, kept: str, merged: str) -> Iterator[Change]:
    """Yield what becomes of lists of slugs; rows with the same list change together."""
    alike: dict[tuple[str, ...], list[int]] = {}
    rows = model._base_manager.filter(**{f"{name}__contains": [merged]}).order_by("pk")
    for key, slugs in rows.values_list("pk", name):
        alike.setdefault(tuple(slugs), []).append(key)
    for slugs, keys in alike.items():
        after = dict.fromkeys(kept if slug == merged else slug for slug in slugs)
        yield Change(model, keys, {name: list(slugs)}, {name: list(after)})


def _judgements(found: Plan) -> None:
    """Plan what becomes of the standing judgements on the merged actor; revoked ones stay where they are."""
    kept, merged = found.kept, found.merged
    standing = IdentityJudgement.objects.filter(revoked_at=None).order_by("pk")
    of_kept = {
        row.left_id if row.right_id == kept.pk else row.right_id: row.pk
        for row in standing.filter(Q(left=kept) | Q(right=kept))
    }
    # That these are one with it was said when they were merged into it: the record of a merge that stands.
    parts = set(merged.merged.values_list("pk", flat=True))
    for row in standing.filter(Q(left=merged) | Q(right=merged)):
        other = row.left_id if row.right_id == merged.pk else row.right_id
        if other == kept.pk or other in parts:
            continue
        if other in of_kept:
            found.set_aside.append(Aside(row, THERE, of_kept[other]))
            continue
        first, second = sorted([kept.pk, other])
        found.changes.append(
            Change(
                IdentityJudgement,
                [row.pk],
                {"left_id": row.left_id, "right_id": row.right_id},
                {"left_id": first, "right_id": second},
            )
        )
