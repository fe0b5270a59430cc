"""What can be asked of the queue: one meaning for its list, for what is handed out next, and for saved filters."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from actors.lookup import AnyActorFilter
from actors.models import Actor
from assertions.desk.claim_filter import ClaimFilter, choice, row
from assertions.models import Answer, Assertion, Question
from assertions.querysets import AssertionQuerySet
from assertions.reviewing.queue import (
    contradicting,
    may_contradict,
    with_lost_anchors,
    without_public_evidence,
)
from assertions.suggestions.rule_names import label_of
from assertions.vocabulary import EventClass, SpeechAct, Verdict
from cms.models import User

TO_DECIDE = "to_decide"
STATUS = [
    (TO_DECIDE, "to decide"),
    ("new", "never decided"),
    ("reopened", "reopened"),
    ("changed", "changed since it was decided"),
    ("accepted", "accepted"),
    ("disputed", "disputed"),
    ("rejected", "rejected"),
    ("any", "any"),
]
VERDICTS = {
    "reopened": Verdict.REOPEN,
    "accepted": Verdict.ACCEPT,
    "disputed": Verdict.DISPUTE,
    "rejected": Verdict.REJECT,
}
DEFAULT = ("status", TO_DECIDE)
"""What is asked for where nothing is."""
OPEN = {"", TO_DECIDE, "new", "reopened", "changed"}
"""Statuses of what waits for a decision."""
YES_NO = [("yes", "yes"), ("no", "no")]
MAY = [("yes", "yes"), ("may", "it may: nobody has said"), ("no", "no")]
PROPOSED = [("rule", "a rule"), ("person", "a person"), ("me", "me"), ("import", "an import")]


def in_status(assertions: Any, status: str) -> Any:
    """Keep the assertions that are in a status of ``STATUS``; "" is "to decide"."""
    if status == "any":
        return assertions
    if status in ("", TO_DECIDE):
        return assertions.undecided()
    if status == "new":
        return assertions.filter(reviews=None)
    if status == "changed":
        return assertions.changed()
    return assertions.decided(VERDICTS[status])


def rules() -> list[tuple[str, str]]:
    """Return the rules that proposed something, as choices in the order of what they are called."""
    named = Assertion.objects.exclude(proposed_rule="").order_by("proposed_rule")
    found = named.values_list("proposed_rule", flat=True).distinct()
    return sorted(((name, label_of(name)) for name in found), key=lambda each: each[1])


def _percent(label: str, method: str) -> django_filters.NumberFilter:
    return django_filters.NumberFilter(
        label=label,
        method=method,
        min_value=0,
        max_value=100,
        error_messages={"invalid": "Give a number of percent, from 0 to 100."},
    )


class QueueFilter(ClaimFilter):
    """Filters assertions, what waits for a decision unless ``status`` says otherwise."""

    subject = AnyActorFilter(label="About", method="on")
    status = choice("Status", STATUS, method="with_status", empty_label=None)
    act = choice("Speech act", SpeechAct.choices)
    event_class = choice("Class of event", EventClass.choices)
    question = row("Question", Question.objects.order_by("wording"), "on_question")
    age = django_filters.NumberFilter(
        label="Waits at least (days)",
        method="of_age",
        min_value=0,
        max_value=36500,
        error_messages={"invalid": "Give a number of days, such as 7."},
    )
    confidence = _percent("Confidence at least (%)", "sure")
    confidence_to = _percent("Confidence at most (%)", "unsure")
    contradicts = choice("Contradicts something", MAY, method="in_conflict")
    anchors = choice("Quotation lost", YES_NO, method="marked")
    unsupported = choice("No public evidence", YES_NO, method="marked")
    proposed = choice("Proposed by", PROPOSED, method="proposed_by")
    rule = django_filters.ChoiceFilter(
        label="Rule",
        field_name="proposed_rule",
        choices=rules,
        empty_label="any",
        error_messages={"invalid_choice": "“%(value)s” is no rule that proposed anything."},
    )

    def __init__(self, *args: Any, by: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by or getattr(self.request, "user", None)

    @property
    def qs(self) -> Any:
        """The assertions that are asked for; none if something that is asked for makes no sense."""
        found = super().qs
        return found if self.form.cleaned_data.get("status") else in_status(found, "")

    @property
    def asked(self) -> dict[str, str]:
        """The filters that are set, as they stand in an address."""
        sent = {name: str((self.data or {}).get(name) or "").strip() for name in self.filters}
        return {name: value for name, value in sent.items() if value and (name, value) != DEFAULT}

    @property
    def next_query(self) -> str:
        """The filters that are set as the query of an address, without "?"; "" for none."""
        return urlencode(self.asked)

    @property
    def is_of_what_waits(self) -> bool:
        """Whether it asks for assertions that wait for a decision."""
        return self.asked.get("status", "") in OPEN

    def on(self, claims: AssertionQuerySet, name: str, actor: Actor) -> AssertionQuerySet:
        return claims.about([actor])

    def with_status(self, claims: AssertionQuerySet, name: str, status: str) -> Any:
        return in_status(claims, status)

    def on_question(self, claims: AssertionQuerySet, name: str, question: Question) -> AssertionQuerySet:
        return claims.filter(Exists(Answer.objects.filter(assertion=OuterRef("pk"), question=question)))

    def of_age(self, claims: AssertionQuerySet, name: str, days: Any) -> AssertionQuerySet:
        return claims.filter(created_at__lte=Now() - timedelta(days=float(days)))

    def sure(self, claims: AssertionQuerySet, name: str, percent: Any) -> AssertionQuerySet:
        return claims.filter(confidence__gte=float(percent) / 100)

    def unsure(self, claims: AssertionQuerySet, name: str, percent: Any) -> AssertionQuerySet:
        return claims.filter(confidence__lte=float(percent) / 100)

    def in_conflict(self, claims: AssertionQuerySet, name: str, value: str) -> AssertionQuerySet:
        if value == "no":
            return claims.exclude(contradicting()).exclude(may_contradict())
        return claims.filter(contradicting() if value == "yes" else may_contradict())

    def marked(self, claims: AssertionQuerySet, name: str, value: str) -> AssertionQuerySet:
        condition = {"anchors": with_lost_anchors, "unsupported": without_public_evidence}[name]()
        return claims.filter(condition) if value == "yes" else claims.exclude(condition)

    def proposed_by(self, claims: AssertionQuerySet, name: str, value: str) -> AssertionQuerySet:
        if value == "rule":
            return claims.exclude(proposed_rule="")
        people = claims.filter(proposed_rule="")
        if value == "me":
            return people.filter(proposed_by=self.by)
        return people.filter(proposed_by__isnull=value == "import")
