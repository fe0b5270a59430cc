"""How an assertion stands: what the reviews say, whether readers see it, and if not, why."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from actors.models import Actor
from assertions.models import Assertion, Review
from assertions.support import Cause, Reason, why_unsupported
from cms.timezones import told


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
        reasons += _why_not_supported(assertion)
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


def _why_not_supported(assertion: Assertion) -> list[str]:
    if not assertion.evidence.exists():
        return ["It has no evidence."]
    found = why_unsupported([assertion], timezone.now()).get(assertion.pk, [])
    words = [f"“{reason.headline}”: {in_words(reason)}" for reason in found]
    return words or ["No article that it is evident in is public with these words now."]


def in_words(reason: Reason) -> str:
    """Return why a quotation supports nothing, as a sentence about its article."""
    when = told(reason.since) if reason.since else ""
    return {
        Cause.WITHDRAWN: f"withdrawn on {when}. The reason given to readers: {reason.words}",
        Cause.ENDED: f"its time on the site ended on {when}.",
        Cause.AHEAD: f"not public before {when}.",
        Cause.DRAFT: "a draft, which was never public.",
        Cause.CLOSED: f"its version was closed to readers on {when}.",
        Cause.LOST: f"the quotation is lost in the version of {when}.",
        Cause.AMBIGUOUS: f"the quotation is ambiguous in the version of {when}.",
    }[reason.cause]
