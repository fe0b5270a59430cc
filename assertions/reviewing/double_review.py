"""Blind double review: which claims ask for it, which opinions are open, and what two that agree decide."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from articles.permissions import PUBLISH
from assertions.models import Assertion, Opinion, TaggedAssertion
from cms.models import User

OPINIONS = 2
"""Decisions that are made without sight of each other before anything is decided."""


@dataclass(frozen=True, slots=True)
class Unsigned:
    """An opinion as the one who settles reads it: what was decided and why, not by whom."""

    verdict: str
    attribution: str
    grade: str
    reason: str


def asks_for_two(prefix: str = "") -> Exists:
    """Return the condition that an assertion has a topic of its own that asks for double review."""
    return Exists(
        TaggedAssertion.objects.filter(content_object=OuterRef(f"{prefix}pk"), tag__needs_double_review=True)
    )


def needs_two(assertion: Assertion) -> bool:
    """Tell whether two reviewers decide on an assertion, each without sight of the other."""
    found = TaggedAssertion.objects.filter(content_object=assertion, tag__needs_double_review=True)
    return bool(found.exists())


def require_kept(assertion: Assertion, wanted: Collection[int], by: User | None) -> None:
    """Raise ValidationError at ``topics`` if topics that ask for double review would go, and ``by`` is no editor.

    ``wanted`` are the keys of the topics that the assertion is to have. Else one reviewer alone could decide, by taking
    the topic away.
    """
    if by is None or by.has_perm(PUBLISH):
        return
    tagged = TaggedAssertion.objects.filter(content_object=assertion, tag__needs_double_review=True)
    gone = tagged.exclude(tag__in=wanted).values_list("tag__name", flat=True)
    if names := ", ".join(f"“{name}”" for name in gone):
        raise ValidationError({"topics": f"{names} asks for two reviewers: only an editor takes it away."})


def open_opinions(assertion: Assertion | None = None) -> QuerySet[Opinion]:
    """Return the opinions on a claim, or on all, as they stand of which no review has come yet, in their order."""
    found = Opinion.objects.filter(claim_version=F("assertion__claim_version"), review=None)
    return (found if assertion is None else found.filter(assertion=assertion)).order_by("decided_at", "id")


def given_by(user: User) -> Q:
    """Return the condition that a reviewer has given an opinion on a claim as it stands, which is open."""
    mine = Opinion.objects.filter(
        assertion=OuterRef("pk"), claim_version=OuterRef("claim_version"), review=None, decided_by=user
    )
    return Q(Exists(mine))


def agree(opinions: Collection[Opinion]) -> bool:
    """Tell whether opinions come to the same: one verdict, and one word on what the evidence carries."""
    return len({(opinion.verdict, opinion.attribution) for opinion in opinions}) == 1


def common_decision(opinions: Sequence[Opinion]) -> dict[str, Any]:
    """Return the fields of the review that opinions which agree come to: of their grades the more reserved one.

    The later letter and the higher number of the Admiralty code are the more reserved; F and 6, which judge nothing,
    are the most. A part that only one of them graded is taken as it is.
    """
    first = opinions[0]
    reasons = dict.fromkeys(opinion.reason for opinion in opinions if opinion.reason)
    return {
        "verdict": first.verdict,
        "attribution": first.attribution,
        "source_reliability": max(opinion.source_reliability for opinion in opinions),
        "information_credibility": max(opinion.information_credibility for opinion in opinions),
        "reason": "\n\n".join(reasons),
    }


def to_settle(assertion: Assertion, user: User) -> list[Unsigned]:
    """Return the opinions that differ, for the one who is to settle it: unsigned, and in an order that tells nothing.

    For everybody else, and as long as fewer than two are given, there are none.
    """
    opinions = list(open_opinions(assertion))
    if len(opinions) < OPINIONS or any(opinion.decided_by_id == user.pk for opinion in opinions):
        return []
    found = [
        Unsigned(
            opinion.get_verdict_display(),
            opinion.get_attribution_display(),
            opinion.grade,
            opinion.reason,
        )
        for opinion in opinions
    ]
    return sorted(found, key=lambda opinion: (opinion.verdict, opinion.attribution, opinion.grade))
