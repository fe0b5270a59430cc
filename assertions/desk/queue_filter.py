"""What can be asked of the queue: one meaning for its list, for what is handed out next, and for saved filters."""

from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from actors.lookup import AnyActorFilter
from actors.models import Actor
from articles.models import Topic
from assertions.models import Answer, Assertion, Question, TaggedAssertion
from assertions.querysets import AssertionQuerySet
from assertions.reviewing.queue import contradicting, with_lost_anchors, without_public_evidence
from assertions.vocabulary import EventClass, SpeechAct, Verdict
from cms.models import User

BESIDE = {"after", "before", "exclude"}
"""Parameters that stand beside the filters in an address: pages of the list, and what was passed over."""
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
    """Return the rules that proposed something, as choices."""
    named = Assertion.objects.exclude(proposed_rule="").order_by("proposed_rule")
    return [(name, name) for name in named.values_list("proposed_rule", flat=True).distinct()]


class QueueForm(forms.Form):
    """The form of the filter, which tells what it does not know."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        asked = Counter(name for name, values in self._sent() for _ in values)
        for name in sorted(set(asked) - set(self.fields) - BESIDE):
            self.add_error(None, f"There is no filter “{name[:40]}”: take it out of the address.")
        for name in sorted(set(self.fields) & set(asked)):
            if asked[name] > 1:
                self.add_error(name, "This is asked for more than once: leave one of them.")
        return cleaned

    def _sent(self) -> list[tuple[str, list[Any]]]:
        if hasattr(self.data, "lists"):
            return list(self.data.lists())
        return [(name, [value]) for name, value in self.data.items()]


def _choice(label: str, choices: Any, **kwargs: Any) -> django_filters.ChoiceFilter:
    known = ", ".join(value for value, _ in choices)
    wrong = {"invalid_choice": f"“%(value)s” is none of the choices: {known}."}
    return django_filters.ChoiceFilter(
        label=label, choices=choices, error_messages=wrong, **({"empty_label": "any"} | kwargs)
    )


def _row(label: str, queryset: QuerySet[Any], method: str) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        label=label,
        queryset=queryset,
        method=method,
        to_field_name="slug",
        empty_label="any",
        error_messages={
            "invalid_choice": f"There is no {label.lower()} “%(value)s”: choose one of the list."
        },
    )


def _percent(label: str, method: str) -> django_filters.NumberFilter:
    return django_filters.NumberFilter(
        label=label,
        method=method,
        min_value=0,
        max_value=100,
        error_messages={"invalid": "Give a number of percent, from 0 to 100."},
    )


class QueueFilter(django_filters.FilterSet):
    """Filters assertions, what waits for a decision unless ``status`` says otherwise.

    A value that makes no sense gives a sentence, and no assertions.
    """

    q = django_filters.CharFilter(label="Words", method="with_words", max_length=200)
    tag = _row("Topic", Topic.objects.filter(merged_into=None), "on_topic")
    speaker = AnyActorFilter(label="Speaker", method="said_by")
    subject = AnyActorFilter(label="About", method="on")
    status = _choice("Status", STATUS, method="with_status", empty_label=None)
    act = _choice("Speech act", SpeechAct.choices)
    event_class = _choice("Class of event", EventClass.choices)
    question = _row("Question", Question.objects.order_by("wording"), "on_question")
    age = django_filters.NumberFilter(
        label="Waits at least (days)",
        method="of_age",
        min_value=0,
        max_value=36500,
        error_messages={"invalid": "Give a number of days, such as 7."},
    )
    confidence = _percent("Confidence at least (%)", "sure")
    confidence_to = _percent("Confidence at most (%)", "unsure")
    contradicts = _choice("Contradicts something", YES_NO, method="marked")
    anchors = _choice("Quotation lost", YES_NO, method="marked")
    unsupported = _choice("No public evidence", YES_NO, method="marked")
    proposed = _choice("Proposed by", PROPOSED, method="proposed_by")
    rule = django_filters.ChoiceFilter(
        label="Rule",
        field_name="proposed_rule",
        choices=rules,
        empty_label="any",
        error_messages={"invalid_choice": "“%(value)s” is no rule that proposed anything."},
    )

    class Meta:
        model = Assertion
        fields: list[str] = []
        form = QueueForm

    def __init__(self, *args: Any, by: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by or getattr(self.request, "user", None)

    @property
    def qs(self) -> Any:
        """The assertions that are asked for; none if something that is asked for makes no sense."""
        if not self.is_valid():
            return Assertion.objects.none()
        found = super().qs
        status = self.form.cleaned_data.get("status")
        return found if status else in_status(found, "")

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

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What makes no sense: the label of a filter, "" for the whole, and the sentence."""
        return [
            (str(self.form.fields[name].label) if name in self.form.fields else "", str(sentence))
            for name, sentences in self.form.errors.items()
            for sentence in sentences
        ]

    def with_words(self, claims: AssertionQuerySet, name: str, words: str) -> AssertionQuerySet:
        for word in words.split()[:20]:
            claims = claims.filter(Q(claim__icontains=word) | Q(identifier=word))
        return claims

    def on_topic(self, claims: AssertionQuerySet, name: str, topic: Topic) -> AssertionQuerySet:
        return claims.filter(Exists(TaggedAssertion.objects.filter(content_object=OuterRef("pk"), tag=topic)))

    def said_by(self, claims: AssertionQuerySet, name: str, actor: Actor) -> AssertionQuerySet:
        return claims.said_by([actor])

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

    def marked(self, claims: AssertionQuerySet, name: str, value: str) -> AssertionQuerySet:
        condition = {
            "contradicts": contradicting,
            "anchors": with_lost_anchors,
            "unsupported": without_public_evidence,
        }[name]()
        return claims.filter(condition) if value == "yes" else claims.exclude(condition)

    def proposed_by(self, claims: AssertionQuerySet, name: str, value: str) -> AssertionQuerySet:
        if value == "rule":
            return claims.exclude(proposed_rule="")
        people = claims.filter(proposed_rule="")
        if value == "me":
            return people.filter(proposed_by=self.by)
        return people.filter(proposed_by__isnull=value == "import")
