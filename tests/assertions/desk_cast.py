"""What waits at the desk, for tests of the queue and of decisions."""

from typing import Any

from django.utils import timezone

from articles.models import Topic
from assertions import actions
from assertions.models import Assertion, Lease, Opinion, Review, Suggestion
from cms.models import User
from tests.factories import make_article, make_topic

ACCEPT: dict[str, Any] = {
    "verdict": "accept",
    "attribution": "carried",
    "source_reliability": "B",
    "information_credibility": "2",
}
REJECT: dict[str, Any] = {"verdict": "reject", "reason": "The words say otherwise."}


def make_waiting(claim: str, by: User | None = None, **fields: Any) -> Assertion:
    """Return an assertion on an outside source that nobody has decided on."""
    assertion = actions.create_assertion(by, claim=claim, **fields)
    actions.cite(assertion, None, publisher="The Northern Wire")
    assertion.refresh_from_db()
    return assertion


def make_suggestion(
    claim: str, rule: str = "clause of a verb", confidence: float = 0.9, **fields: Any
) -> Assertion:
    """Return an assertion as a rule suggests it."""
    found = make_waiting(claim, proposed_rule=rule, confidence=confidence, **fields)
    article = make_article(f"Report on {found.identifier}")
    Suggestion.objects.create(
        assertion=found, article=article, key=found.identifier, proposed={}, claim_version=found.claim_version
    )
    return found


def make_double(name: str = "Sanctions") -> Topic:
    """Return a topic that asks for two reviewers."""
    topic = make_topic(name)
    topic.needs_double_review = True
    topic.save()
    return topic


def decide(assertion: Assertion, by: User | None, **decision: Any) -> Review | Opinion:
    """Decide as a reviewer does who sees the assertion as it stands; accepts by default."""
    return actions.review(assertion, by, **(decision or ACCEPT))


def run_out(assertion: Assertion) -> None:
    """Let the lease of an assertion run out."""
    lease = Lease.objects.get(assertion=assertion)
    lease.until = timezone.now()
    lease.save(update_fields=["until"])
