"""What the decision screen shows: everything about one assertion that bears on the decision, in bounded queries."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst

from articles.workplace import review_state
from assertions import actions, permissions
from assertions.desk.decision.background import background
from assertions.desk.decision.form import DecisionForms
from assertions.desk.decision.reading import live_revisions, texts_of
from assertions.desk.decision.sides import side_forms
from assertions.desk.decision.uncertain import doubts, open_speakers
from assertions.desk.queue_filter import QueueFilter
from assertions.drafting.proposed import as_json, as_proposed, changed_fields, kept_slugs
from assertions.models import Assertion
from assertions.reviewing.double_review import needs_two, to_settle
from assertions.reviewing.queue import held
from assertions.vocabulary import Verdict
from assertions.wording import sentence
from cms.models import User
from cms.timezones import on_the_clock

PASSED_OVER = "exclude"
"""The parameter of an address that names what a reviewer skipped, with commas between."""
_PARTS = {
    "speakers": "speakers",
    "participants": "whom it is about",
    "relays": "relay chain",
    "quantities": "counts",
    "topics": "topics",
}


@dataclass(frozen=True, slots=True)
class OpenedOn:
    """What a screen was opened on: the version of the claim, its latest review (0: none), its live revisions."""

    claim_version: int
    review: int
    live: tuple[int, ...]

    @classmethod
    def read(cls, sent: str) -> "OpenedOn | None":
        """Return what a form sent back, None if it is nothing that this page gave."""
        try:
            given = json.loads(sent)
            return cls(int(given["claim_version"]), int(given["review"]), tuple(map(int, given["live"])))
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return None

    def trouble(self, now: "OpenedOn", assertion: Assertion) -> list[str]:
        """Return what came in between this and now, in sentences; none if nothing did."""
        found = []
        if self.claim_version != now.claim_version:
            found.append("Somebody changed the claim while you looked at it.")
        if self.review != now.review:
            found.append(_decided_meanwhile(assertion))
        if self.live != now.live:
            found.append(
                "The article was published anew or withdrawn while you looked at it: see how it stands now."
            )
        return found

    def __str__(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))


def _decided_meanwhile(assertion: Assertion) -> str:
    reviews = assertion.reviews.all()
    latest = max(reviews, key=lambda review: (review.decided_at, review.pk), default=None)
    if latest is None:
        return "Nobody has decided on this claim; the page that you sent was opened on a decision."
    verdict = f"{latest.get_verdict_display()} {latest.grade}".strip()
    return f"{latest.decided_by or 'The operator'} decided meanwhile: {verdict}."


def seen_now(assertion: Assertion) -> OpenedOn:
    """Return what a screen that is opened now is opened on; ``reviews`` may be prefetched."""
    reviews = sorted(assertion.reviews.all(), key=lambda review: (review.decided_at, review.pk))
    return OpenedOn(
        assertion.claim_version, reviews[-1].pk if reviews else 0, tuple(live_revisions(assertion))
    )


def passed_over(asked: QueryDict) -> list[str]:
    """Return the identifiers of what was skipped, as an address names them."""
    return [each for each in asked.get(PASSED_OVER, "").split(",") if each.isalnum()]


def query_of(asked: QueryDict, passed: Sequence[str] | None = None) -> dict[str, str]:
    """Return the parameters of the queue that go on to the next address, with what was skipped."""
    kept = {name: str(asked[name]) for name in QueueFilter.base_filters if asked.get(name)}
    skipped = ",".join(passed_over(asked) if passed is None else passed)
    return kept | ({PASSED_OVER: skipped} if skipped else {})


@dataclass(frozen=True, slots=True)
class Departure:
    """A field in which a claim departs from what a rule proposed."""

    label: str
    proposed: str
    now: str


def departures(assertion: Assertion) -> list[Departure]:
    """Return in which fields a claim departs from what a rule proposed, in words."""
    kept = kept_slugs()
    names = changed_fields(assertion, kept)
    if not names:
        return []
    now, proposed = as_json(assertion), as_proposed(assertion, kept)
    return [Departure(_label(name), _words(name, proposed[name]), _words(name, now[name])) for name in names]


def _label(name: str) -> str:
    if name in _PARTS:
        return capfirst(_PARTS[name])
    return "Statement" if name == "claim" else capfirst(str(Assertion._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _words(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_row(row) for row in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    choices = {} if name in _PARTS else dict(Assertion._meta.get_field(name).choices or [])  # type: ignore[union-attr]
    return str(choices.get(value, value)) or "none"


def _row(row: Any) -> str:
    values = row.values() if isinstance(row, Mapping) else row if isinstance(row, list) else [row]
    return ", ".join(str(value) for value in values if value)


def screen(
    request: HttpRequest, user: User, assertion: Assertion, forms: DecisionForms, sides: QueryDict | None
) -> dict[str, Any]:
    """Return the context of the screen; nothing is changed by it.

    ``sides`` is what was sent of the forms beside the decision, to be shown again.
    """
    state = review_state(assertion)
    reviews = sorted(assertion.reviews.all(), key=lambda review: (review.decided_at, review.pk), reverse=True)
    is_open = (
        not reviews
        or reviews[0].claim_version < assertion.claim_version
        or reviews[0].verdict == Verdict.REOPEN
    )
    texts, sources = texts_of(assertion, user)
    around = background(assertion)
    barred = _barred(assertion, user)
    query = urlencode(query_of(request.GET))
    return {
        "assertion": assertion,
        "heading": sentence(assertion),
        "percent": round((assertion.confidence or 0) * 100),
        "state": state,
        "is_open": is_open,
        "barred": barred,
        "hand": _in_hand(assertion, user) if is_open and not barred else "",
        "lets_others_accept": settings.REVIEW_FOUR_EYES and bool(assertion.proposed_rule),
        "is_double": needs_two(assertion),
        "to_settle": to_settle(assertion, user),
        "reviews": reviews,
        "departures": departures(assertion),
        "open_speakers": open_speakers(assertion, [text.revision.pk for text in texts]),
        "doubts": doubts(assertion, is_quoted=bool(texts or sources)),
        "texts": texts,
        "sources": sources,
        "around": around,
        "forms": forms,
        "opened": (DecisionForms(assertion) if forms.claim.is_bound else forms).opened(),
        "seen": seen_now(assertion),
        "media": forms.media,
        "may_assert": user.has_perm(permissions.ADD),
        "may_change": user.has_perm(permissions.CHANGE),
        "query": query,
        **side_forms(assertion, around, user, sides),
    }


def _barred(assertion: Assertion, user: User) -> str:
    """Return in a sentence why an assertion cannot be accepted by a user; "" if it can."""
    try:
        actions.foresee(assertion, user, verdict=Verdict.ACCEPT, attribution="carried", reason="-")
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def in_hand_until(until: datetime) -> str:
    """Return in a sentence until when its reader has an assertion in hand."""
    return f"In your hands until {on_the_clock(until)}."


def _in_hand(assertion: Assertion, user: User) -> str:
    lease = held(user).filter(assertion=assertion).first()
    return in_hand_until(lease.until) if lease else "In nobody’s hands: it is in yours once you begin."
