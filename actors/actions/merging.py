"""Merging an actor into another, and taking the two apart again."""

from collections.abc import Iterator
from contextlib import AbstractContextManager

import pgtrigger
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction

from actors import merging, permissions
from actors.actions.judging import judge_identity
from actors.actions.restoring import ROWS, restore
from actors.actions.writing import require_standing
from actors.merging import Plan
from actors.models import Actor, IdentityJudgement, Merge
from cms.models import User
from cms.periods import clock
from cms.permissions import require

PART_OF_THE_CLAIM = "part_of_the_claim"
"""The name of the triggers by which a changed row sends its claim back to review."""
SAME, DIFFERENT = IdentityJudgement.Verdict.SAME, IdentityJudgement.Verdict.DIFFERENT


@transaction.atomic
def merge(kept: Actor, merged: Actor, by: User | None, reason: str = "", *, confirmed: bool = False) -> Merge:
    """Merge one actor into another and return the record of it: all that referred to the one refers to the other.

    No claim changes by that: what was accepted stays so. ``confirmed`` says that what speaks against it was weighed
    (``actors.merging.Plan.doubts``). Raises PermissionDenied, and ValidationError: for an actor and itself, for one
    that was merged before, at ``kept`` if readers would lose a public actor to one that is not, and at ``confirmed``
    for doubts.
    """
    require(by, permissions.MERGE)
    if kept.pk == merged.pk:
        raise ValidationError({"kept": f"“{kept}” cannot be merged into itself: choose another actor."})
    stays, goes = _locked(kept, merged)
    require_standing(goes)
    require_standing(stays)
    if goes.is_public() and not stays.is_public():
        raise ValidationError(
            {
                "kept": f"“{stays}” is not public, and “{goes}” would go with it: publish it first, or keep the other."
            }
        )
    found = merging.plan(stays, goes)
    if found.doubts and not confirmed:
        raise ValidationError(
            {"confirmed": [*found.doubts, "If they are one nevertheless, say so, and merge again."]}
        )
    moved = found.record()
    # In a transaction of its own: what the database refuses must not keep the triggers from being turned on again.
    with _without_new_versions(), transaction.atomic():
        _carry_out(found)
    moved |= _judged_same(stays, goes, by, reason)
    goes.merged_into = stays
    goes.save(update_fields=["merged_into"])
    return Merge.objects.create(kept=stays, merged=goes, reason=reason, moved=moved, merged_by=by)


@transaction.atomic
def unmerge(merge: Merge, by: User | None, *, different: bool = False, reason: str = "") -> list[str]:
    """Take two merged actors apart: what the merge moved or set aside is as it was, where it still can be.

    What somebody changed since is left as it is; the sentences that are returned say what. ``different`` records that
    the two are not the same, with a reason. Raises PermissionDenied, and ValidationError if that was done already, if
    a later merge has to be undone first, or if another actor has an identifier of the merged one now.
    """
    require(by, permissions.MERGE)
    stays, goes = _locked(merge.kept, merge.merged)
    # Its two actors are locked, so that nobody else takes it apart.
    current = Merge.objects.get(pk=merge.pk)
    _refuse_out_of_order(current, stays)
    goes.merged_into = None
    goes.validate_constraints()
    goes.save(update_fields=["merged_into"])
    now = clock()
    IdentityJudgement.objects.filter(pk=current.moved["judged"], revoked_at=None).update(revoked_at=now)
    with _without_new_versions(), transaction.atomic():
        left = restore(current)
    IdentityJudgement.objects.filter(pk=current.moved["revoked"]).update(revoked_at=None)
    if different and by is not None:
        judge_identity(stays, goes, by, verdict=DIFFERENT, reason=reason)
    current.undone_by, current.undone_at = by, now
    current.save(update_fields=["undone_by", "undone_at"])
    return left


def _locked(kept: Actor, merged: Actor) -> tuple[Actor, Actor]:
    # Both rows are locked in the order of their keys, so that of two merges at once, one the other way round, the
    # second waits and is told; and FOR UPDATE, so that nobody refers to one of them meanwhile (names_nobody_merged).
    rows = Actor.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    found = {actor.pk: actor for actor in rows}
    if len(found) < 2:
        raise ValidationError("One of the two actors is no longer there.")
    return found[kept.pk], found[merged.pk]


def _without_new_versions() -> AbstractContextManager[None]:
    """Return the context in which rows of a claim move without a new version of the claim.

    Who a row names is the same one before and after; a review holds for the claim as it was. The history is kept.
    """
    silent = [
        trigger.get_uri(model)
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", [])
        if trigger.name == PART_OF_THE_CLAIM
    ]
    return pgtrigger.ignore(*silent)


def _carry_out(found: Plan) -> None:
    for aside in found.set_aside:
        # Without a cascade: the database refuses it should anything refer to the row.
        rows = type(aside.row)._base_manager.filter(pk=aside.row.pk)
        rows._raw_delete(rows.db)
    for move in found.moves:
        for keys in _portions(move.keys):
            rows = move.reference.model._base_manager.filter(pk__in=keys)
            rows.update(**{move.reference.field: found.kept})
    for change in found.changes:
        for keys in _portions(change.keys):
            change.model._base_manager.filter(pk__in=keys).update(**change.after)


def _portions(keys: list[int]) -> Iterator[list[int]]:
    for first in range(0, len(keys), ROWS):
        yield keys[first : first + ROWS]


def _judged_same(kept: Actor, merged: Actor, by: User | None, reason: str) -> dict[str, int | None]:
    """Judge the two the same, and return the keys of that judgement and of the one that it revoked."""
    standing = merging.standing_judgement(kept, merged)
    if by is None or (standing is not None and standing.verdict == SAME):
        return {"judged": None, "revoked": None}
    judged = judge_identity(kept, merged, by, verdict=SAME, reason=reason)
    return {"judged": judged.pk, "revoked": standing.pk if standing else None}


def _refuse_out_of_order(merge: Merge, kept: Actor) -> None:
    """Raise ValidationError if the merge was undone, or if what came later has to be undone before it."""
    if merge.undone_at is not None:
        raise ValidationError(f"“{merge.merged}” and “{merge.kept}” were taken apart already.")
    if kept.merged_into is not None:
        raise ValidationError(
            f"“{kept}” was itself merged into “{kept.merged_into}” later: take these two apart first."
        )
    own = _touched(merge)
    later = Merge.objects.filter(kept=kept, undone_at=None, pk__gt=merge.pk).select_related("merged")
    for other in later.order_by("-pk"):
        if not own.isdisjoint(_rested_on(other)):
            raise ValidationError(
                f"“{other.merged}” was merged into “{kept}” later, beside rows of this merge: "
                f"take “{other.merged}” apart first."
            )


def _touched(merge: Merge) -> set[tuple[str, int]]:
    """Return the rows that a merge moved or changed, as model and key."""
    rows = [*merge.moved["moves"], *merge.moved["changes"]]
    return {(row["model"], key) for row in rows for key in row["keys"]}


def _rested_on(merge: Merge) -> set[tuple[str, int]]:
    """Return the rows whose state at a merge decided what it did beyond moving: changed, set aside, or in the way."""
    found = {(change["model"], key) for change in merge.moved["changes"] for key in change["keys"]}
    for aside in merge.moved["set_aside"]:
        model = aside["row"]["model"]
        found |= {(model, aside["row"]["pk"]), (model, aside["twin"])}
    return found
