"""The decision screen: one assertion, its text beside it, and every key a decision away from the next one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone

from assertions import actions, permissions
from assertions.actions.leasing import GONE, IN_HAND
from assertions.actions.reviewing import CHANGED, DECIDED
from assertions.desk.decision.catching_up import caught_up
from assertions.desk.decision.context import OpenedOn, passed_over, query_of, screen, seen_now
from assertions.desk.decision.form import DECISIONS, DecisionForms, GradeForm
from assertions.desk.decision.sides import SIDE_ACTIONS
from assertions.desk.pages import desk_page, reviewer_of
from assertions.desk.queue_filter import QueueFilter
from assertions.drafting.proposed import with_claim
from assertions.models import Assertion, Opinion, Review
from assertions.reviewing.queue import waiting
from assertions.workplace import visibility
from cms.models import User
from cms.timezones import here
from cms.workplace.deciding import put_errors
from cms.workplace.refusals import DATABASE_ERRORS

STALE = (CHANGED, DECIDED)
LEAVING = ("skip", "undo")
PASSED = 40
"""Assertions passed over that an address keeps: the latest."""


def next_item(request: HttpRequest) -> HttpResponse:
    """Take the next assertion of the queue as it is filtered and go to it; if nothing waits, say so."""
    user = reviewer_of(request)
    passed = passed_over(request.GET)
    asked = QueueFilter(request.GET, queryset=waiting(user), request=request)
    found = actions.take_next(user, asked.qs, passed)
    if found is not None:
        return HttpResponseRedirect(_screen_of(found, query_of(request.GET)))
    midnight = here(timezone.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Review.objects.filter(decided_by=user, decided_at__gte=midnight, undoes=None, undone_by=None)
    context = {
        "filter": asked,
        "passed": len(passed),
        "again": f"{reverse('admin:desk_next')}?{asked.next_query}",
        "elsewhere": Assertion.objects.undecided().exclude(pk__in=waiting(user).values("pk")).count(),
        "decided": _counted(today),
        "opinions": Opinion.objects.filter(decided_by=user, decided_at__gte=midnight).count(),
        "may_undo": _last_decision(user) is not None,
    }
    return desk_page(request, "nothing_waits", "Nothing waits for you", context)


def undo(request: HttpRequest) -> HttpResponse:
    """Take the last decision of the one who is signed in back, and go to what it was on."""
    user = reviewer_of(request)
    queue = query_of(request.GET)
    last = _last_decision(user)
    if request.method != "POST" or last is None:
        messages.info(request, "You have no decision to take back.")
        return HttpResponseRedirect(_next(queue))
    opinion = Opinion.objects.filter(decided_by=user).order_by("-decided_at", "-id").first()
    if opinion is not None and opinion.review_id is None and opinion.decided_at > last.decided_at:
        messages.info(request, "Your last decision is one of two opinions: those stay, until they decide.")
        return HttpResponseRedirect(_next(queue))
    try:
        back = actions.undo(last, user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        now = "open again" if back.verdict == "reopen" else f"{back.get_verdict_display()} again, as before"
        messages.success(
            request, f"Taken back: you had {last.get_verdict_display()} it. It is {now}. Both stay on record."
        )
    return HttpResponseRedirect(_screen_of(last.assertion, queue))


def decide(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show an assertion to decide on, and do what was sent: one of the decisions, or a step towards it."""
    user = reviewer_of(request)
    assertion = _with_all(Assertion.objects.filter(identifier=identifier)).first()
    if assertion is None and request.method == "POST":
        messages.error(request, "This assertion was deleted while you looked at it.")
        return HttpResponseRedirect(_next(query_of(request.GET)))
    if assertion is None:
        raise Http404("There is no such assertion.")
    desk = _Desk(request, user, assertion)
    return desk.answer() if request.method == "POST" else desk.show(DecisionForms(assertion))


@dataclass(slots=True)
class _Desk:
    """One request for the screen. Whatever is refused comes back with all that was typed."""

    request: HttpRequest
    user: User
    assertion: Assertion
    told: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    sides: QueryDict | None = None

    def show(self, forms: DecisionForms, status: int = 200) -> HttpResponse:
        """Show the screen; an undecided assertion is taken in hand, or its time in hand renewed."""
        context = screen(self.request, self.user, self.assertion, forms, self.sides)
        context |= {"told": self.told, "refused": self.refused, "form_errors": list(forms.errors())}
        return desk_page(self.request, "decide", self.assertion.claim[:120], context, status)

    def answer(self) -> HttpResponse:
        sent = _as_typed(self.request.POST, self.assertion)
        if not self.user.has_perm(permissions.CHANGE):
            # Who only decides is shown the claim as it stands, and sends none of it.
            for name, values in DecisionForms(self.assertion).values().items():
                sent.setlist(name, values)
        self.sides, do = sent, sent.get("do", "")
        seen = OpenedOn.read(sent.get("seen", ""))
        trouble = seen.trouble(seen_now(self.assertion), self.assertion) if seen is not None else []
        if trouble and do not in LEAVING:
            return self.catch_up(sent, trouble)
        forms = DecisionForms(self.assertion, sent)
        if do in LEAVING:
            return self.leave(forms, sent, do)
        is_valid = forms.is_valid()
        if do in DECISIONS:
            return self.decide(forms, sent, do, is_valid)
        if do == "save":
            return self.save(forms, sent, is_valid)
        name, _, key = do.partition(":")
        if name in SIDE_ACTIONS:
            return self.step_aside(forms, lambda: SIDE_ACTIONS[name](self.assertion, self.user, sent, key))
        self.refused.append("Choose one of the buttons.")
        return self.show(forms)

    def decide(self, forms: DecisionForms, sent: QueryDict, do: str, is_valid: bool) -> HttpResponse:
        verdict = DECISIONS[do]
        if do == "accept":
            forms.grade.require_grades()
        if not is_valid or forms.grade.errors:
            return self.show(forms)
        grades = forms.grade.cleaned_data
        seen = OpenedOn.read(sent.get("seen", "")) or seen_now(self.assertion)

        def act() -> Review | Opinion:
            return actions.edit_and_review(
                self.assertion,
                self.user,
                claim_version=seen.claim_version,
                seen_review=seen.review,
                edit=forms.edit(),
                verdict=verdict,
                **(grades if do != "reopen" else {"reason": grades["reason"]}),
            )

        made = self.attempt(forms, sent, act)
        if isinstance(made, HttpResponse):
            return made
        messages.success(self.request, _said_of(made))
        queue = query_of(self.request.GET)
        return HttpResponseRedirect(_next(queue))

    def save(self, forms: DecisionForms, sent: QueryDict, is_valid: bool) -> HttpResponse:
        edit = forms.edit() if is_valid else None
        if not is_valid:
            return self.show(forms)
        if edit is None:
            self.told.append("Nothing was changed.")
            return self.show(forms)
        seen = OpenedOn.read(sent.get("seen", "")) or seen_now(self.assertion)
        made = self.attempt(
            forms,
            sent,
            lambda: actions.edit_claim(
                self.assertion, self.user, claim_version=seen.claim_version, edit=edit
            ),
        )
        if isinstance(made, HttpResponse):
            return made
        self.reload()
        fresh = DecisionForms(self.assertion)
        fresh.grade = GradeForm(sent)
        self.told.append("The claim is saved. It waits for a decision.")
        return self.show(fresh)

    def leave(self, forms: DecisionForms, sent: QueryDict, do: str) -> HttpResponse:
        """Go to the next, or back to the last decision; an edit that is not saved is not thrown away unasked."""
        if forms.has_changed() and not sent.get("sure"):
            again = "skip once more" if do == "skip" else "press Undo once more"
            self.refused.append(
                f"You changed the claim and did not save it. Save the changes, or {again} to leave them."
            )
            return self.show(forms)
        if do == "undo":
            return undo(self.request)
        actions.release(self.assertion, self.user)
        passed = [*passed_over(self.request.GET), self.assertion.identifier][-PASSED:]
        messages.info(self.request, f"Skipped: {self.assertion.claim[:120]}")
        return HttpResponseRedirect(_next(query_of(self.request.GET, passed)))

    def step_aside(self, forms: DecisionForms, act: Callable[[], str]) -> HttpResponse:
        """Take a step that is no decision, such as a link; what was typed beside it stays."""
        try:
            with transaction.atomic():
                told = act()
                connection.check_constraints()
        except (ValidationError, *DATABASE_ERRORS) as error:
            put_errors(forms.grade, error)
            return self.show(forms)
        except PermissionDenied as error:
            self.refused.append(str(error))
            return self.show(forms)
        self.sides = None
        if forms.has_typed():
            self.reload()
            self.told.append(told)
            return self.show(forms)
        messages.success(self.request, told)
        return HttpResponseRedirect(self.request.get_full_path())

    def attempt(self, forms: DecisionForms, sent: QueryDict, act: Callable[[], Any]) -> Any:
        """Return what an action returned, or the screen that says why it refused."""
        try:
            with transaction.atomic():
                made = act()
                connection.check_constraints()
        except ValidationError as error:
            code = getattr(error, "code", None)
            if code == GONE:
                messages.error(self.request, " ".join(error.messages))
                return HttpResponseRedirect(_next(query_of(self.request.GET)))
            if code in STALE:
                return self.catch_up(sent, error.messages)
            put_errors(forms.grade if _is_of_the_grade(error, forms) else forms.claim, error)
            return self.show(forms, status=409 if code == IN_HAND else 200)
        except DATABASE_ERRORS as error:
            put_errors(forms.claim, error)
            return self.show(forms)
        except PermissionDenied as error:
            self.refused.append(f"{error} Nothing was decided.")
            return self.show(forms)
        return made

    def catch_up(self, sent: QueryDict, trouble: list[str]) -> HttpResponse:
        """Show the screen as it stands now with what was typed, and what changed meanwhile."""
        self.reload()
        brought, changes = caught_up(self.assertion, sent)
        self.refused += [*trouble, *changes, "Nothing was decided. What you typed is in the form."]
        forms = DecisionForms(self.assertion, brought)
        return self.show(forms, status=409)

    def reload(self) -> None:
        self.assertion = _with_all(Assertion.objects.filter(pk=self.assertion.pk)).get()


def _with_all(assertions: QuerySet[Assertion]) -> QuerySet[Assertion]:
    reviews = Review.objects.select_related("decided_by", "undoes")
    return with_claim(assertions).prefetch_related("answers__question", Prefetch("reviews", reviews))


def _as_typed(post: QueryDict, assertion: Assertion) -> QueryDict:
    """Return what was sent: line ends as they are kept, and a candidate that was chosen put in as the speaker."""
    sent = post.copy()
    for name in ("claim", "reason"):
        if name in sent:
            sent[name] = str(sent[name]).replace("\r\n", "\n")
    numbers = {
        sent.get(name): name.split("-")[1]
        for name in sent
        if name.startswith("speakers-") and name.endswith("-id")
    }
    for speaker in assertion.speakers.all():
        chosen, number = sent.get(f"is-{speaker.pk}"), numbers.get(str(speaker.pk))
        if chosen and number is not None:
            sent[f"speakers-{number}-named"] = chosen
            sent[f"speakers-{number}-actor"] = ""
            sent[f"speakers-{number}-description"] = ""
            sent[f"speakers-{number}-possible_identity"] = ""
    return sent


def _is_of_the_grade(error: ValidationError, forms: DecisionForms) -> bool:
    names = getattr(error, "error_dict", {})
    return not any(name in forms.claim.fields for name in names)


def _said_of(made: Review | Opinion) -> str:
    claim = made.assertion.claim[:120]
    claim = f"It is not so: {claim}" if made.assertion.negated else claim
    if isinstance(made, Opinion):
        kept = f"Your opinion is kept: {made.get_verdict_display()}."
        return f"{kept} Another reviewer decides without seeing it. “{claim}”"
    if made.verdict != "accept":
        return f"{made.get_verdict_display().capitalize()}: “{claim}”"
    now = visibility(made.assertion)
    seen = "Readers see it now." if now.is_public else " ".join(now.reasons)
    return f"Accepted {made.grade}: “{claim}” {seen}"


def _counted(reviews: Any) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for review in reviews.only("verdict"):
        words = review.get_verdict_display()
        found[words] = found.get(words, 0) + 1
    return sorted(found.items())


def _last_decision(user: User) -> Review | None:
    """Return the latest decision of a reviewer that stands: neither taken back nor itself taking one back."""
    own = Review.objects.filter(decided_by=user, undoes=None, undone_by=None)
    return own.select_related("assertion").order_by("-decided_at", "-id").first()


def _screen_of(assertion: Assertion, queue: Mapping[str, str]) -> str:
    address = reverse("admin:desk_decide", args=[assertion.identifier])
    return f"{address}?{urlencode(queue)}" if queue else address


def _next(queue: Mapping[str, str]) -> str:
    return f"{reverse('admin:desk_next')}?{urlencode(queue)}" if queue else reverse("admin:desk_next")
