"""The steps beside a decision: an answer to a question, a link, and the links that likeness proposes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.http import QueryDict

from assertions import actions, permissions
from assertions.desk.decision.background import Background
from assertions.models import Answer, Assertion, Link, ProposedLink, Question
from assertions.vocabulary import DenialAspect, LinkType, Stance
from cms.models import User
from cms.numbers import number_of
from cms.workplace.base import LabelledChoice


class AnswerForm(forms.Form):
    """A question, and the stance that the assertion takes on it."""

    question = LabelledChoice(
        Question.objects.all(),
        required=False,
        widget=AutocompleteSelect(Answer._meta.get_field("question"), admin.site),
        error_messages={"invalid_choice": "There is no such question. Choose one from the list."},
    )
    stance = forms.ChoiceField(
        required=False,
        choices=[("", "–"), *Stance.choices],
        error_messages={"invalid_choice": "There is no such stance: “%(value)s”."},
    )


class LinkForm(forms.Form):
    """Another assertion, and how this one bears on it. ``link_to`` takes its address where no script searches."""

    link_type = forms.ChoiceField(
        required=False,
        label="This one",
        choices=[("", "–"), *LinkType.choices],
        error_messages={"invalid_choice": "There is no such link: “%(value)s”."},
    )
    link_target = LabelledChoice(
        Assertion.objects.all(),
        required=False,
        label="that assertion",
        widget=AutocompleteSelect(Link._meta.get_field("target"), admin.site),
        error_messages={"invalid_choice": "There is no such assertion. Choose one from the list."},
    )
    link_to = forms.CharField(
        required=False,
        max_length=300,
        label="or the last part of its address",
        widget=forms.TextInput(attrs={"size": 14}),
    )
    link_aspect = forms.ChoiceField(
        required=False,
        label="aimed at (denials)",
        choices=[("", "–"), *DenialAspect.choices],
        error_messages={"invalid_choice": "A denial is not aimed at “%(value)s”."},
    )


def side_forms(
    assertion: Assertion, around: Background, user: User, sent: QueryDict | None
) -> dict[str, Any]:
    """Return the context of the steps that an account may take beside a decision."""
    return {
        "answer_form": AnswerForm(sent, initial={"stance": around.stance})
        if user.has_perm(permissions.ANSWER)
        else None,
        "link_form": LinkForm(sent) if user.has_perm(permissions.LINK) else None,
        "aspects": DenialAspect.choices,
    }


def _answer(assertion: Assertion, user: User, sent: QueryDict, key: str) -> str:
    form = AnswerForm(sent)
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    question = Question.objects.filter(pk=number_of(key)).first() if key else form.cleaned_data["question"]
    if question is None:
        raise ValidationError("Choose the question that it answers.")
    if not (stance := form.cleaned_data["stance"]):
        raise ValidationError("Choose the stance that it takes on the question.")
    given = actions.answer(question, assertion, user, stance=stance)
    return f"It {given.get_stance_display()}: “{question}”."


def _link(assertion: Assertion, user: User, sent: QueryDict, key: str) -> str:
    form = LinkForm(sent)
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    filled = form.cleaned_data
    target = filled["link_target"]
    if words := filled["link_to"]:
        target = Assertion.objects.filter(identifier=words.rstrip("/").rpartition("/")[2]).first()
        if target is None:
            raise ValidationError(f"There is no assertion with the address “{words}”.")
    if target is None:
        raise ValidationError("Choose the assertion that it bears on.")
    if not filled["link_type"]:
        raise ValidationError("Choose how it bears on that assertion.")
    made = actions.link(assertion, target, user, type=filled["link_type"], aspect=filled["link_aspect"])
    return f"Linked: it {made.get_type_display()} “{target.claim[:120]}”."


def _take(assertion: Assertion, user: User, sent: QueryDict, key: str) -> str:
    row = _proposed(assertion, key)
    aspect = sent.get(f"aspect-{row.pk}", "")
    made = actions.take_proposed_link(row, user, **({"aspect": aspect} if aspect else {}))
    return f"Linked: “{made.source.claim[:80]}” {made.get_type_display()} “{made.target.claim[:80]}”."


def _refuse(assertion: Assertion, user: User, sent: QueryDict, key: str) -> str:
    actions.refuse_proposed_link(_proposed(assertion, key), user)
    return "The proposed link is refused. It is not proposed again."


def _proposed(assertion: Assertion, key: str) -> ProposedLink:
    row = ProposedLink.objects.filter(pk=number_of(key)).select_related("source", "target").first()
    if row is None or assertion.pk not in (row.source_id, row.target_id):
        raise ValidationError("This link is not proposed any more.")
    return row


SIDE_ACTIONS: dict[str, Callable[[Assertion, User, QueryDict, str], str]] = {
    "answer": _answer,
    "link": _link,
    "take": _take,
    "refuse": _refuse,
}
"""The steps by what their buttons send, before a colon and the key of what they are about; they return what to tell."""
