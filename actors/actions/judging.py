"""Judgements on whether two actors are one."""

from django.db import transaction

from actors import permissions
from actors.actions.writing import require_standing
from actors.models import Actor, IdentityJudgement
from cms.models import User
from cms.periods import clock
from cms.permissions import require


@transaction.atomic
def judge_identity(
    left: Actor, right: Actor, by: User, *, verdict: str, reason: str = ""
) -> IdentityJudgement:
    """Record whether two actors are one; an earlier judgement on the pair is revoked, not erased.

    Raises PermissionDenied, and ValidationError for one actor twice, and for one that was merged into another.
    """
    require(by, permissions.JUDGE)
    first, second = sorted([left, right], key=lambda actor: actor.pk)
    # One of the pair is locked so that its judgements follow each other, the first one too.
    Actor.objects.select_for_update(no_key=True).get(pk=first.pk)
    for actor in Actor.objects.filter(pk__in=[first.pk, second.pk]).select_related("merged_into"):
        require_standing(actor)
    standing = IdentityJudgement.objects.filter(left=first, right=second, revoked_at=None).first()
    if standing:
        standing.revoked_at = clock()
        standing.save(update_fields=["revoked_at"])
    judgement = IdentityJudgement(left=first, right=second, verdict=verdict, reason=reason, judged_by=by)
    judgement.full_clean()
    judgement.save()
    return judgement
