"""One decision on many assertions: first what would come of it for each, then exactly that."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from assertions import actions
from assertions.actions import Outcome
from assertions.desk.pages import desk_page, reviewer_of
from assertions.desk.queue_filter import QueueFilter
from assertions.models import Assertion, Opinion, Review
from assertions.reviewing.circumstances import Circumstances, circumstances_of
from assertions.reviewing.queue import in_order
from assertions.vocabulary import Attribution, InformationCredibility, SourceReliability, Verdict
from cms.models import User
from cms.numbers import number_of
from cms.workplace.refusals import DATABASE_ERRORS, refusal

BULK = 200
"""Assertions that are decided on at once: as many as a page can show, and a request do in some seconds."""
TO_SETTLE = "Two opinions on it differ. Read both on its own page, then settle it."
VERDICTS = [("", "–"), (Verdict.ACCEPT, "accept"), (Verdict.DISPUTE, "dispute"), (Verdict.REJECT, "reject")]


class BulkForm(forms.Form):
    """One decision for many."""

    verdict = forms.ChoiceField(choices=VERDICTS)
    attribution = forms.ChoiceField(required=False, choices=[("", "–"), *Attribution.choices])
    source_reliability = forms.ChoiceField(
        required=False, label="Source (Admiralty)", choices=[("", "–"), *SourceReliability.choices]
    )
    information_credibility = forms.ChoiceField(
        required=False, label="Information (Admiralty)", choices=[("", "–"), *InformationCredibility.choices]
    )
    reason = forms.CharField(required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("verdict") != Verdict.ACCEPT:
            return cleaned
        if cleaned.get("attribution") not in (Attribution.CARRIED, Attribution.PARTLY):
            self.add_error("attribution", "To accept, say that the evidence carries it, or a part of it.")
        for name in ("source_reliability", "information_credibility"):
            if not cleaned.get(name):
                self.add_error(name, "To accept, grade it.")
        return cleaned


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would come of a decision on one assertion: the outcome, or why it would be refused."""

    assertion: Assertion
    outcome: Outcome | None
    words: str
    review: int

    @property
    def seen(self) -> str:
        """What was shown, to be sent back: identifier, version of the claim, latest review, outcome."""
        return f"{self.assertion.identifier}.{self.assertion.claim_version}.{self.review}.{self.outcome}"


@dataclass(frozen=True, slots=True)
class Failed:
    """An assertion on which nothing was decided, and why."""

    words: str
    assertion: Assertion | None
    why: str


def bulk(request: HttpRequest) -> HttpResponse:
    """Show what a decision would come to for each of the chosen assertions; sent back from there, do that.

    ``row`` are identifiers, or ``all`` asks for all that the filters in ``query`` find, up to ``BULK``. Sent back,
    ``seen`` holds what was shown of each.
    """
    user = reviewer_of(request)
    query = request.POST.get("query", "")[:2000]
    back = reverse("admin:desk_queue") + (f"?{query}" if query else "")
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:desk_queue"))
    form = BulkForm(request.POST, prefix="bulk")
    shown = {"query": query, "back": back, "form": form, "limit": BULK}
    if "seen" in request.POST and "again" not in request.POST and form.is_valid():
        return _done(request, user, form.cleaned_data, shown)
    chosen, matching = _chosen(request, user, query)
    context = shown | {"chosen": chosen, "matching": matching}
    if not chosen:
        form.add_error(None, "No assertion is chosen. Choose some in the queue, or all that match.")
    elif form.is_valid():
        context |= _shown(chosen, user, form.cleaned_data)
    return desk_page(request, "bulk", "Decide on several", context)


def _chosen(request: HttpRequest, user: User, query: str) -> tuple[list[Assertion], int]:
    """Return the assertions that were chosen, in the order of the queue, and how many match if all were."""
    every = Assertion.objects.prefetch_related("speakers__actor").defer("search")
    if request.POST.get("all"):
        found = QueueFilter(QueryDict(query), queryset=every, by=user).qs
        return list(in_order(found)[:BULK]), found.count()
    sent = [*request.POST.getlist("row"), *(seen.split(".")[0] for seen in request.POST.getlist("seen"))]
    return list(in_order(every.filter(identifier__in=sent[:BULK]))), 0


def _shown(chosen: Sequence[Assertion], user: User, decision: dict[str, Any]) -> dict[str, Any]:
    standing = circumstances_of(chosen, user)
    foreseen = [_foreseen(assertion, user, decision, standing[assertion.pk]) for assertion in chosen]
    possible = [row for row in foreseen if row.outcome]
    return {"foreseen": foreseen, "possible": possible, "decision": _in_words(decision)}


def _foreseen(
    assertion: Assertion, user: User, decision: dict[str, Any], standing: Circumstances
) -> Foreseen:
    review = standing.latest.pk if standing.latest else 0
    try:
        outcome = actions.foresee(
            assertion, user, verdict=decision["verdict"], attribution=decision["attribution"],
            reason=decision["reason"], circumstances=standing,
        )  # fmt: skip
    except ValidationError as error:
        return Foreseen(assertion, None, " ".join(error.messages), review)
    if outcome == Outcome.SETTLEMENT:
        return Foreseen(assertion, None, TO_SETTLE, review)
    words = (
        "This is one of two opinions: another reviewer decides on it too."
        if outcome == Outcome.OPINION
        else ""
    )
    return Foreseen(assertion, outcome, words, review)


def _done(request: HttpRequest, user: User, decision: dict[str, Any], shown: dict[str, Any]) -> HttpResponse:
    """Decide on each assertion as it was shown, and tell of each on which nothing was decided."""
    made: Counter[str] = Counter()
    failed: list[Failed] = []
    sent = [_parts(seen) for seen in request.POST.getlist("seen")[:BULK]]
    known = {
        row.identifier: row for row in Assertion.objects.filter(identifier__in=[parts[0] for parts in sent])
    }
    for identifier, version, review, outcome in sent:
        assertion = known.get(identifier)
        if assertion is None:
            failed.append(Failed(identifier, None, "This assertion was deleted meanwhile."))
            continue
        try:
            if outcome not in (Outcome.DECISION, Outcome.OPINION):
                raise ValidationError("What was shown of it is not known. Choose it again.")
            # Each in a transaction of its own, so that one that is refused takes no other along.
            with transaction.atomic():
                row = actions.review(
                    assertion, user, **decision, expected=Outcome(outcome),
                    claim_version=number_of(version), seen_review=number_of(review),
                )  # fmt: skip
        except ValidationError as error:
            failed.append(Failed(assertion.claim, assertion, " ".join(error.messages)))
        except DATABASE_ERRORS as error:
            failed.append(Failed(assertion.claim, assertion, " ".join(refusal(error).messages)))
        else:
            made[_told(row)] += 1
    results = [(count, words) for words, count in made.most_common()]
    return desk_page(
        request, "bulk_done", "Decided on several", shown | {"results": results, "failed": failed}
    )


def _parts(seen: str) -> Sequence[str]:
    parts = seen.split(".")
    return parts if len(parts) == 4 else [parts[0][:10], "", "", ""]


def _told(made: Review | Opinion) -> str:
    words = f"{made.get_verdict_display()} {made.grade}".strip()
    return words if isinstance(made, Review) else f"{words} as one of two opinions"


def _in_words(decision: dict[str, Any]) -> str:
    grade = decision["source_reliability"] + decision["information_credibility"]
    carried = dict(Attribution.choices).get(decision["attribution"], "")
    words = [f"{Verdict(decision['verdict']).label} {grade}".strip(), str(carried)]
    return ", ".join(filter(None, words))
