"""Read model: what became of the suggestions of each rule, and what people change in them."""

from collections import Counter
from dataclasses import dataclass, field
from math import sqrt

from django.db.models import Count, F, OuterRef, Q, Subquery

from assertions.drafting.proposed import changed_fields, kept_slugs, with_claim
from assertions.models import Assertion, Review, Suggestion
from assertions.suggestions.precision import precision_of
from assertions.vocabulary import Verdict

LOOKED_AT = 1_000
"""Accepted suggestions, the newest, that are compared with how they were proposed."""
_SPREAD = 1.96
"""Standard deviations on either side that hold 95 of 100 cases."""


@dataclass(frozen=True, slots=True)
class Earned:
    """What became of suggestions: how many were proposed, and how many of them stand how."""

    rule: str
    measured: float | None
    proposed: int = 0
    as_proposed: int = 0
    after_edit: int = 0
    disputed: int = 0
    rejected: int = 0
    waiting: int = 0

    @property
    def accepted(self) -> int:
        """How many stand accepted, edited or not."""
        return self.as_proposed + self.after_edit

    @property
    def decided(self) -> int:
        """How many stand decided in one way or the other."""
        return self.accepted + self.disputed + self.rejected

    @property
    def precision(self) -> float | None:
        """The share of accepted among the decided, between 0 and 1; None before anything is decided."""
        return self.accepted / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The shares between which that of many more decisions would lie in 95 of 100 cases; None as above."""
        return interval(self.accepted, self.decided) if self.decided else None


@dataclass(frozen=True, slots=True)
class Edits:
    """How many accepted suggestions were compared with how they were proposed, and in how many a field was changed."""

    compared: int
    by_field: list[tuple[str, int]]
    by_rule: dict[str, list[tuple[str, int]]] = field(default_factory=dict)


def earned() -> list[Earned]:
    """Return what each rule has earned, the one that proposed most first.

    What counts is the decision that stands: one that was taken back, or whose claim was changed since, waits again.
    """
    latest = Review.objects.filter(assertion=OuterRef("assertion")).order_by("-decided_at", "-id")
    suggestions = Suggestion.objects.annotate(
        rule=F("assertion__proposed_rule"),
        verdict=Subquery(latest.values("verdict")[:1]),
        reviewed_version=Subquery(latest.values("claim_version")[:1]),
    )
    stands = Q(reviewed_version=F("assertion__claim_version"))
    is_accepted = stands & Q(verdict=Verdict.ACCEPT)
    rows = (
        suggestions.order_by()
        .values("rule")
        .annotate(
            proposed=Count("pk"),
            as_proposed=Count("pk", filter=is_accepted & Q(reviewed_version=F("claim_version"))),
            after_edit=Count("pk", filter=is_accepted & Q(reviewed_version__gt=F("claim_version"))),
            disputed=Count("pk", filter=stands & Q(verdict=Verdict.DISPUTE)),
            rejected=Count("pk", filter=stands & Q(verdict=Verdict.REJECT)),
        )
    )
    found = []
    for row in rows:
        decided = row["as_proposed"] + row["after_edit"] + row["disputed"] + row["rejected"]
        found.append(Earned(measured=precision_of(row["rule"]), waiting=row["proposed"] - decided, **row))
    return sorted(found, key=lambda line: (-line.proposed, line.rule))


def together(lines: list[Earned]) -> Earned:
    """Return what all rules have earned; a measured precision is each rule's own."""
    counted = ("proposed", "as_proposed", "after_edit", "disputed", "rejected", "waiting")
    sums = {name: sum(getattr(line, name) for line in lines) for name in counted}
    return Earned(rule="", measured=None, **sums)


def edits() -> Edits:
    """Return which fields people changed in the newest suggestions that they accepted, the one most changed first."""
    accepted = Assertion.objects.accepted().filter(suggestion__isnull=False).order_by("-pk")
    compared, kept = 0, kept_slugs()
    by_field: Counter[str] = Counter()
    by_rule: dict[str, Counter[str]] = {}
    for assertion in with_claim(accepted)[:LOOKED_AT]:
        compared += 1
        changed = changed_fields(assertion, kept)
        by_field.update(changed)
        by_rule.setdefault(assertion.proposed_rule, Counter()).update(changed)
    return Edits(
        compared,
        by_field.most_common(),
        {rule: counts.most_common() for rule, counts in by_rule.items() if counts},
    )


def interval(successes: int, trials: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927): it stays within 0 and 1, for few trials too."""
    share, square = successes / trials, _SPREAD**2
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    half = _SPREAD / (1 + square / trials) * sqrt(share * (1 - share) / trials + square / (4 * trials**2))
    return max(0.0, middle - half), min(1.0, middle + half)
