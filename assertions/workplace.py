"""How an assertion stands: what the reviews say, whether readers see it, and if not, why."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from actors.models import Actor
from assertions.models import Assertion, Review
from cms.workplace.periods import told


@dataclass(frozen=True, slots=True)
class Visibility:
    """Whether readers see it now; ``reasons`` say what stands against it, in sentences."""

    is_public: bool
    reasons: list[str]
    hidden_actors: list[Actor]


def visibility(assertion: Assertion) -> Visibility:
    """Return whether an assertion is public now, and each reason why it is not."""
    own = Assertion.objects.filter(pk=assertion.pk)
    hidden = list(named_in(assertion).exclude(pk__in=Actor.objects.public().values("pk")))
    reasons = []
    if not own.accepted().exists():
        reasons.append(_why_not_accepted(assertion))
    if hidden:
        reasons.append(f"It names actors who are not public: {', '.join(actor.name for actor in hidden)}.")
    if not own.supported().exists():
        reasons.append(_why_not_supported(assertion))
    return Visibility(own.public().exists(), reasons, hidden)


def named_in(assertion: Assertion) -> QuerySet[Actor]:
    """Return the actors whom an assertion names: as speaker, spoken for, participant, relay or counter."""
    return Actor.objects.filter(
        Q(speaker_in__assertion=assertion)
        | Q(spoken_for_in__assertion=assertion)
        | Q(possibly_speaker_in__assertion=assertion)
        | Q(participant_in__assertion=assertion)
        | Q(relay_in__assertion=assertion)
        | Q(counts__assertion=assertion)
    ).distinct()


def _why_not_accepted(assertion: Assertion) -> str:
    latest: Review | None = assertion.reviews.order_by("-decided_at", "-id").first()
    if latest is None:
        return "Nobody has decided on it."
    if latest.claim_version < assertion.claim_version:
        return f"The claim changed since it was {latest.get_verdict_display()} on {told(latest.decided_at)}."
    return f"It was {latest.get_verdict_display()} on {told(latest.decided_at)}."


def _why_not_supported(assertion: Assertion) -> str:
    if not assertion.evidence.exists():
        return "It has no evidence."
    return "No article that it is evident in is public with these words now."
