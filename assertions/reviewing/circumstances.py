"""What bears on a decision on an assertion besides the decision itself, read for many assertions at once."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F

from assertions.models import Assertion, Lease, Review, Suggestion, TaggedAssertion
from assertions.reviewing.double_review import open_opinions
from assertions.reviewing.four_eyes import why_each_is_left_to_others
from assertions.reviewing.queue import held
from cms.models import User


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How an assertion stands for the one who would decide on it.

    - ``lease``: of another reviewer who has it in hand; ``latest``: its latest review.
    - ``left_to_others``: why somebody else is to accept it, in a sentence, or "".
    - ``is_changed_suggestion``: a rule suggested it, and it was changed since.
    - ``needs_two``: two reviewers decide on it; then ``is_undecided``, and ``given``: by whom there are open opinions.
    """

    lease: Lease | None = None
    latest: Review | None = None
    left_to_others: str = ""
    is_changed_suggestion: bool = False
    needs_two: bool = False
    is_undecided: bool = False
    given: tuple[int | None, ...] = ()


def circumstances_of(assertions: Collection[Assertion], by: User | None) -> dict[int, Circumstances]:
    """Return by key how assertions stand for a reviewer; no user is the operator. At most seven queries."""
    keys = [assertion.pk for assertion in assertions]
    latest = {
        review.assertion_id: review
        for review in Review.objects.filter(assertion__in=keys)
        .order_by("assertion_id", "-decided_at", "-id")
        .distinct("assertion_id")
        .select_related("decided_by")
    }
    if by is None:
        return {key: Circumstances(latest=latest.get(key)) for key in keys}
    others = held().exclude(reviewer=by).filter(assertion__in=keys).select_related("reviewer")
    leases = {lease.assertion_id: lease for lease in others}
    left = why_each_is_left_to_others(assertions, by)
    changed = Suggestion.objects.filter(assertion__in=keys, claim_version__lt=F("assertion__claim_version"))
    is_changed = set(changed.values_list("assertion", flat=True))
    for_two = TaggedAssertion.objects.filter(content_object__in=keys, tag__needs_double_review=True)
    needs_two = set(for_two.values_list("content_object", flat=True))
    undecided: set[int] = set()
    given: dict[int, list[int | None]] = {}
    if needs_two:
        undecided = set(Assertion.objects.undecided().filter(pk__in=needs_two).values_list("pk", flat=True))
        for key, who in (
            open_opinions().filter(assertion__in=needs_two).values_list("assertion", "decided_by")
        ):
            given.setdefault(key, []).append(who)
    return {
        key: Circumstances(
            leases.get(key),
            latest.get(key),
            left.get(key, ""),
            key in is_changed,
            key in needs_two,
            key in undecided,
            tuple(given.get(key, ())),
        )
        for key in keys
    }
