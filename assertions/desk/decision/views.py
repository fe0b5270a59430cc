"""The decision screen: one assertion, its text beside it, and every key a decision away from the next one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from assertions import actions, permissions
from assertions.actions.leasing import GONE, IN_HAND
from assertions.actions.reviewing import CHANGED, DECIDED, FOUR_EYES
from assertions.desk.decision.catching_up import caught_up, was_typed_in
from assertions.desk.decision.context import OpenedOn, passed_over, query_of, screen, seen_now
from assertions.desk.decision.form import DECISIONS, DecisionForms, GradeForm
from assertions.desk.decision.handing import address_of_next, hold, undo
from assertions.desk.decision.sent import as_typed, with_whole_rows
from assertions.desk.decision.sides import SIDE_ACTIONS
from assertions.desk.pages import desk_page, reviewer_of
from assertions.drafting.proposed import with_claim
from assertions.models import Assertion, Opinion, Review
from assertions.workplace import visibility
from cms.models import User
from cms.workplace.deciding import put_errors
from cms.workplace.refusals import DATABASE_ERRORS

STALE = (CHANGED, DECIDED)
LEAVING = ("skip", "undo")
NOTHING = "Nothing was decided. What you typed is in the form."
UNOPENED = (
    "The form did not say which version of the claim it was opened on. Compare it with the claim as it stands now, "
    "then decide."
)
FOR_OTHERS = "Nothing was decided. Save the changes, and leave the acceptance to somebody else."
UNSAVED = "You changed the claim and did not save it. Save the changes, or {} to leave them."
PASSED = 40
"""Assertions passed over that an address keeps: the latest."""


def decide(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show an assertion to decide on, and do what was sent: one of the decisions, or a step towards it."""
    user = reviewer_of(request)
    assertion = _with_all(Assertion.objects.filter(identifier=identifier)).first()
    if assertion is None and request.method == "POST":
        messages.error(request, "This assertion was deleted while you looked at it.")
        return HttpResponseRedirect(address_of_next(query_of(request.GET)))
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
        """Show the screen. Only what was sent takes the assertion in hand: to look at it is no work on it yet."""
        if self.request.method == "POST":
            hold(self.assertion, self.user)
        context = screen(self.request, self.user, self.assertion, forms, self.sides)
        context |= {"told": self.told, "refused": self.refused, "form_errors": list(forms.errors())}
        return desk_page(self.request, "decide", self.assertion.claim[:120], context, status)

    def answer(self) -> HttpResponse:
        sent = as_typed(self.request.POST, self.assertion)
        if not self.user.has_perm(permissions.CHANGE):
            # Who only decides is shown the claim as it stands, and sends none of it.
            for name, values in DecisionForms(self.assertion).values().items():
                sent.setlist(name, values)
        self.sides, do = sent, sent.get("do", "")
        seen = OpenedOn.read(sent.get("seen", ""))
        trouble = seen.trouble(seen_now(self.assertion), self.assertion) if seen is not None else [UNOPENED]
        if do in LEAVING:
            if sent.get("sure") or not self.user.has_perm(permissions.CHANGE) or not was_typed_in(sent):
                return self.leave(do)
            trouble.append(UNSAVED.format("skip once more" if do == "skip" else "press Undo once more"))
            return self.catch_up(sent, trouble, status=200)
        if trouble or seen is None:
            return self.catch_up(sent, trouble)
        sent, broken = with_whole_rows(self.assertion, sent, DecisionForms(self.assertion).values())
        forms = DecisionForms(self.assertion, sent)
        if broken:
            self.refused += [*broken, NOTHING]
            return self.show(forms)
        is_valid = forms.is_valid()
        if do in DECISIONS:
            return self.decide(forms, sent, do, seen, is_valid)
        if do == "save":
            return self.save(forms, sent, seen, is_valid)
        name, _, key = do.partition(":")
        if name in SIDE_ACTIONS:
            return self.step_aside(forms, lambda: SIDE_ACTIONS[name](self.assertion, self.user, sent, key))
        self.refused.append("Choose one of the buttons.")
        return self.show(forms)

    def decide(
        self, forms: DecisionForms, sent: QueryDict, do: str, seen: OpenedOn, is_valid: bool
    ) -> HttpResponse:
        verdict = DECISIONS[do]
        if do == "accept":
            forms.grade.require_grades()
        if not is_valid or forms.grade.errors:
            return self.show(forms)
        grades = forms.grade.cleaned_data

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
        return HttpResponseRedirect(address_of_next(query_of(self.request.GET)))

    def save(self, forms: DecisionForms, sent: QueryDict, seen: OpenedOn, is_valid: bool) -> HttpResponse:
        edit = forms.edit() if is_valid else None
        if not is_valid:
            return self.show(forms)
        if edit is None:
            self.told.append("Nothing was changed.")
            return self.show(forms)
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

    def leave(self, do: str) -> HttpResponse:
        """Go to the next, or back to the last decision."""
        if do == "undo":
            return undo(self.request)
        actions.release(self.assertion, self.user)
        passed = [*passed_over(self.request.GET), self.assertion.identifier][-PASSED:]
        messages.info(self.request, f"Skipped: {self.assertion.claim[:120]}")
        return HttpResponseRedirect(address_of_next(query_of(self.request.GET, passed)))

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
        hold(self.assertion, self.user)
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
                return HttpResponseRedirect(address_of_next(query_of(self.request.GET)))
            if code in STALE:
                return self.catch_up(sent, error.messages)
            put_errors(forms.grade if _is_of_the_grade(error, forms) else forms.claim, error)
            if forms.has_changed() and _is_for_others(error):
                self.refused.append(FOR_OTHERS)
            return self.show(forms, status=409 if code == IN_HAND else 200)
        except DATABASE_ERRORS as error:
            put_errors(forms.claim, error)
            return self.show(forms)
        except PermissionDenied as error:
            self.refused.append(f"{error} Nothing was decided.")
            return self.show(forms)
        return made

    def catch_up(self, sent: QueryDict, trouble: list[str], status: int = 409) -> HttpResponse:
        """Show the screen as it stands now with what was typed, and what changed meanwhile."""
        self.reload()
        brought, changes = caught_up(self.assertion, sent)
        brought, broken = with_whole_rows(self.assertion, brought, DecisionForms(self.assertion).values())
        self.refused += [*trouble, *changes, *broken, NOTHING]
        return self.show(DecisionForms(self.assertion, brought), status)

    def reload(self) -> None:
        self.assertion = _with_all(Assertion.objects.filter(pk=self.assertion.pk)).get()


def _with_all(assertions: QuerySet[Assertion]) -> QuerySet[Assertion]:
    reviews = Review.objects.select_related("decided_by", "undoes")
    return with_claim(assertions).prefetch_related("answers__question", Prefetch("reviews", reviews))


def _is_of_the_grade(error: ValidationError, forms: DecisionForms) -> bool:
    names = getattr(error, "error_dict", {})
    return not any(name in forms.claim.fields for name in names)


def _is_for_others(error: ValidationError) -> bool:
    return any(each.code == FOUR_EYES for each in getattr(error, "error_dict", {}).get("verdict", []))


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
