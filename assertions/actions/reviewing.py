"""Deciding on claims, alone or as one of two, and taking a decision back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from articles.permissions import PUBLISH
from assertions import permissions
from assertions.actions.leasing import in_other_hands, locked, require_free
from assertions.actions.saving import save_checked
from assertions.models import Assertion, Lease, Opinion, Review
from assertions.reviewing.circumstances import Circumstances, circumstances_of
from assertions.reviewing.double_review import OPINIONS, agree, common_decision, open_opinions
from assertions.vocabulary import Attribution, Verdict
from cms.models import User
from cms.permissions import require

CHANGED = "changed"
"""The code of the ValidationError that says that the claim is not the one that the reviewer read."""
DECIDED = "decided"
"""The code of the ValidationError that says that somebody decided since the reviewer read it."""

FOUR_EYES = "four eyes"
"""The code of the error at ``verdict`` that says that somebody else is to accept what the reviewer proposed."""


class Outcome(StrEnum):
    """What comes of a decision: it holds, it is one of two opinions, or it settles two that differ."""

    DECISION = "decision"
    OPINION = "opinion"
    SETTLEMENT = "settlement"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reviewer read: the version of the claim, and the key of its latest review, 0 if there was none.

    None leaves that open.
    """

    claim_version: int | None = None
    review: int | None = None


@transaction.atomic
def review(
    assertion: Assertion,
    by: User | None,
    *,
    verdict: str,
    attribution: str = "",
    source_reliability: str = "",
    information_credibility: str = "",
    reason: str = "",
    claim_version: int | None = None,
    seen_review: int | None = None,
    expected: Outcome | None = None,
    decided_at: datetime | None = None,
) -> Review | Opinion:
    """Decide on an assertion as it stands and return the review; or the opinion, while it takes more of them.

    ``claim_version`` is the version that the reviewer saw, ``seen_review`` the key of the latest review then, 0 for
    none; ``expected`` is what is to come of it, or else nothing is decided. No user is the operator, to whom four
    eyes, leases and double review do not apply. Raises PermissionDenied, and ValidationError as ``foresee`` does, or
    if the decision is incomplete.
    """
    require(by, permissions.DECIDE)
    # The assertion is locked so that neither the claim changes nor anybody decides between the look and the decision.
    current = locked(assertion)
    seen = Seen(claim_version, seen_review)
    outcome = foresee(current, by, verdict=verdict, attribution=attribution, reason=reason, seen=seen)
    if expected is not None and outcome != expected:
        raise ValidationError(
            "How many reviewers decide on it was changed meanwhile. Look at it again.", code=CHANGED
        )
    decision: dict[str, Any] = {
        "assertion": assertion,
        "verdict": verdict,
        "attribution": attribution,
        "source_reliability": source_reliability,
        "information_credibility": information_credibility,
        "reason": reason.strip(),
        "decided_by": by,
    }
    if decided_at is not None:
        decision["decided_at"] = decided_at
    elif by is not None:
        own = Lease.objects.filter(assertion=current, reviewer=by)
        decision["taken_at"] = own.values_list("taken_at", flat=True).first()
    made = _give_opinion(current, decision) if outcome == Outcome.OPINION else _decide(current, decision)
    Lease.objects.filter(Q(reviewer=by) | Q(until__lte=Now()), assertion=current).delete()
    return made


def foresee(
    assertion: Assertion,
    by: User | None,
    *,
    verdict: str,
    attribution: str = "",
    reason: str = "",
    seen: Seen | None = None,
    circumstances: Circumstances | None = None,
) -> Outcome:
    """Return what would come of a decision on an assertion as it stands; nothing is changed.

    ``circumstances`` are those of the assertion for the reviewer, where they were read for many together. Raises
    ValidationError if it would be refused: another reviewer has it in hand, the claim changed or somebody
    decided since it was seen, four eyes, a reason that is missing, or an opinion that the reviewer has given.
    """
    found = circumstances or circumstances_of([assertion], by)[assertion.pk]
    if found.lease is not None:
        raise in_other_hands(found.lease)
    _require_as_seen(assertion, seen or Seen(), found.latest)
    if by is None:
        return Outcome.DECISION
    if verdict == Verdict.ACCEPT and found.left_to_others:
        raise ValidationError({"verdict": ValidationError(found.left_to_others, code=FOUR_EYES)})
    _require_reason(assertion, verdict, attribution, reason, is_changed=found.is_changed_suggestion)
    return _as_one_of_two(found, by, verdict) if found.needs_two else Outcome.DECISION


@transaction.atomic
def undo(decision: Review, by: User | None) -> Review:
    """Take the latest decision on an assertion back by a new review, and return that.

    It restores what held before: the decision before this one, if that was on the claim as it stands, else the
    assertion is open again. Reviewers take back their own, those who publish anybody's. Raises PermissionDenied, and
    ValidationError if somebody decided since, or while another reviewer has it in hand.
    """
    if by is not None and not by.has_perm(PUBLISH):
        require(by, permissions.DECIDE)
        if decision.decided_by_id != by.pk:
            raise PermissionDenied("Reviewers take back their own decisions only.")
    # Locked, as for a review, so that the latest decision is still the latest when it is taken back.
    current = locked(decision.assertion)
    require_free(current, by)
    latest, *earlier = current.reviews.order_by("-decided_at", "-id")[:2]
    if latest.pk != decision.pk:
        raise ValidationError(f"{_who(latest)} decided since: {_told(latest)}.", code=DECIDED)
    restored: dict[str, Any] = {"verdict": Verdict.REOPEN}
    if earlier and earlier[0].claim_version == current.claim_version:
        names = ("verdict", "attribution", "source_reliability", "information_credibility", "reason")
        restored = {name: getattr(earlier[0], name) for name in names}
    back = Review(assertion=current, decided_by=by, undoes=latest, **restored)
    save_checked(back)
    return back


def latest_review(assertion: Assertion) -> Review | None:
    """Return the latest review of an assertion."""
    return Review.objects.filter(assertion=assertion).order_by("-decided_at", "-id").first()


def _require_as_seen(assertion: Assertion, seen: Seen, latest: Review | None) -> None:
    if seen.claim_version is not None and seen.claim_version != assertion.claim_version:
        raise ValidationError(
            "The claim was changed while you looked at it. Read it again, then decide.", code=CHANGED
        )
    if seen.review is not None and latest is not None and latest.pk != seen.review:
        raise ValidationError(
            f"{_who(latest)} decided meanwhile: {_told(latest)}. Read it again, then decide.", code=DECIDED
        )


def _require_reason(
    assertion: Assertion, verdict: str, attribution: str, reason: str, *, is_changed: bool
) -> None:
    """Ask for a reason where a decision departs from what a rule suggested."""
    if not assertion.proposed_rule or reason.strip() or verdict == Verdict.REOPEN:
        return
    if verdict in (Verdict.REJECT, Verdict.DISPUTE):
        raise ValidationError({"reason": "Say why: the decision departs from the suggestion."})
    if attribution in (Attribution.PARTLY, Attribution.NOT_CARRIED):
        raise ValidationError({"reason": "Say what the evidence does not carry of the suggestion."})
    if is_changed:
        raise ValidationError({"reason": "Say why: the claim was changed since a rule suggested it."})


def _as_one_of_two(found: Circumstances, by: User, verdict: str) -> Outcome:
    if verdict == Verdict.REOPEN:
        if found.is_undecided:
            raise ValidationError({"verdict": "It is open already: two reviewers decide on it."})
        return Outcome.DECISION
    if not found.is_undecided:
        raise ValidationError(
            {"verdict": "A topic of it asks for two reviewers. Reopen it, and two decide anew."}
        )
    is_to_settle = len(found.given) >= OPINIONS
    if by.pk in found.given:
        rest = "settles it" if is_to_settle else "decides on it too"
        raise ValidationError(f"You have given your opinion on this claim. Somebody else {rest}.")
    return Outcome.SETTLEMENT if is_to_settle else Outcome.OPINION


def _give_opinion(assertion: Assertion, decision: dict[str, Any]) -> Review | Opinion:
    opinion = Opinion(**decision)
    save_checked(opinion)
    given = list(open_opinions(assertion))
    if len(given) < OPINIONS or not agree(given):
        return opinion
    return _decide(assertion, decision | common_decision(given))


def _decide(assertion: Assertion, decision: dict[str, Any]) -> Review:
    made = Review(**decision)
    save_checked(made)
    if made.verdict != Verdict.REOPEN:
        open_opinions(assertion).update(review=made)
    return made


def _who(decision: Review) -> str:
    return str(decision.decided_by or "The operator")


def _told(decision: Review) -> str:
    return f"{decision.get_verdict_display()} {decision.grade}".strip()
