"""The one form of the decision screen: the claim as it stands, to be changed in place, and the decision on it."""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundWidget
from django.http import QueryDict

from actors.models import Actor
from articles.forms import DATE_HELP, TopicChoices
from articles.models import Topic
from assertions.actions import Edit
from assertions.desk.decision.rows import SETS
from assertions.models import Assertion, Speaker, TaggedAssertion
from assertions.vocabulary import Attribution, InformationCredibility, SourceReliability, Verdict
from cms.numbers import number_of
from cms.workplace.base import label_of

FIELDS = (
    "claim", "act", "negated", "event_class", "certainty", "hedge", "condition",
    "said", "happened", "published", "place",
)  # fmt: skip
NAMES = 10
"""Names that one field takes, typed where no script searches for them."""


class ClaimForm(forms.ModelForm[Assertion]):
    """What is claimed. ``further_topics`` takes names of topics where no script searches for them."""

    topics = TopicChoices(
        Topic.objects.all(),
        required=False,
        widget=AutocompleteSelectMultiple(TaggedAssertion._meta.get_field("tag"), admin.site),
    )
    further_topics = forms.CharField(
        required=False, max_length=500, label="Further topics", help_text="Their names, with commas between."
    )

    class Meta:
        model = Assertion
        fields = FIELDS
        labels = {"claim": "Statement", "event_class": "Event class"}
        widgets = {"claim": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}
        help_texts = {
            "claim": "",
            "said": DATE_HELP,
            "negated": "",
            "hedge": "",
            "condition": "",
            "place": "",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["topics"] = [topic.pk for topic in self.instance.topics.all()]
        for name in ("hedge", "condition", "place"):
            self.fields[name].widget.attrs["dir"] = "auto"

    def clean_further_topics(self) -> list[Topic]:
        names = [name.strip() for name in self.cleaned_data["further_topics"].split(",") if name.strip()]
        if len(names) > NAMES:
            raise ValidationError(f"At most {NAMES} topics at once.")
        found = {name: Topic.objects.filter(name__iexact=name, merged_into=None).first() for name in names}
        if missing := [name for name, topic in found.items() if topic is None]:
            raise ValidationError(f"There is no such topic: {', '.join(missing)}.")
        return [topic for topic in found.values() if topic is not None]


SHORT: dict[str, str] = {
    Attribution.CARRIED: "carries",
    Attribution.PARTLY: "a part",
    Attribution.NOT_CARRIED: "does not",
}
"""What a segment shows of a longer label; of a grade it is its sign."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A choice of a scale: what of its label is shown, and what stands before and after that to be heard."""

    choice: BoundWidget
    before: str
    short: str
    after: str


def _segment(choice: BoundWidget) -> Segment:
    value = str(choice.data["value"])
    return Segment(choice, *str(choice.choice_label).partition(SHORT.get(value, value)))


class GradeForm(forms.Form):
    """The decision: whether the words carry the claim, apart from how far source and information are to be trusted."""

    attribution = forms.ChoiceField(
        required=False,
        label="Do the words carry it?",
        choices=Attribution.choices,
        widget=forms.RadioSelect,
    )
    source_reliability = forms.ChoiceField(
        required=False,
        label="Source (Admiralty)",
        choices=SourceReliability.choices,
        widget=forms.RadioSelect,
    )
    information_credibility = forms.ChoiceField(
        required=False,
        label="Information (Admiralty)",
        choices=InformationCredibility.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 1, "dir": "auto"})
    )

    def scales(self) -> Iterator[tuple[forms.BoundField, list["Segment"]]]:
        """Yield the three scales of a decision with their choices, each in the words of its segment and the rest."""
        for name in ("attribution", "source_reliability", "information_credibility"):
            yield self[name], [_segment(choice) for choice in self[name]]

    def require_grades(self) -> None:
        """Note at each field what an acceptance still lacks."""
        for name, words in (
            ("attribution", "To accept, say whether the words carry it."),
            ("source_reliability", "To accept, grade the source: A to F."),
            ("information_credibility", "To accept, grade the information: 1 to 6."),
        ):
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, words)
        if self.cleaned_data.get("attribution") == Attribution.NOT_CARRIED:
            self.add_error(
                "attribution", "What the words do not carry is not accepted: dispute or reject it."
            )


class DecisionForms:
    """All that the screen sends, in one form: the claim, its rows, the decision.

    ``assertion`` is as it stands, ``data`` what was sent; without data the form shows the claim.
    """

    def __init__(self, assertion: Assertion, data: QueryDict | None = None) -> None:
        self.assertion = assertion
        # A form writes what was typed to its row before anything is decided: to a copy of it.
        row = copy.copy(assertion)
        known = _labels(assertion, data)
        self.claim = ClaimForm(data, instance=row)
        self.sets: dict[str, Any] = {
            name: formset(
                data, instance=row, prefix=name, queryset=_with_actors(formset), form_kwargs={"known": known}
            )
            for name, formset in SETS.items()
        }
        self.grade = GradeForm(data)

    @property
    def media(self) -> forms.Media:
        return sum((rows.media for rows in self.sets.values()), self.claim.media)

    def is_valid(self) -> bool:
        """Tell whether all of it can be taken; each part keeps its errors."""
        return all(
            [self.claim.is_valid(), *(rows.is_valid() for rows in self.sets.values()), self.grade.is_valid()]
        )

    def has_changed(self) -> bool:
        """Tell whether the claim, its rows or its topics were changed."""
        return self.claim.has_changed() or any(rows.has_changed() for rows in self.sets.values())

    def has_typed(self) -> bool:
        """Tell whether anything at all was filled in that would be missed."""
        return self.has_changed() or self.grade.has_changed()

    def edit(self) -> Edit | None:
        """Return what was changed, of valid forms; None if nothing was."""
        if not self.has_changed():
            return None
        filled = self.claim.cleaned_data
        rows = {
            name: list(_filled(formset)) if formset.has_changed() else None
            for name, formset in self.sets.items()
        }
        return Edit(
            fields={name: filled[name] for name in FIELDS},
            topics={*filled["topics"], *filled["further_topics"]},
            **rows,
        )

    def errors(self) -> Iterator[tuple[str, str, str]]:
        """Yield the id of the control, its label and the sentence for each error, in the order of the page."""
        yield from _errors(self.claim)
        for formset in self.sets.values():
            for sentence in formset.non_form_errors():
                yield "", "", str(sentence)
            for form in formset.forms:
                yield from _errors(form)
        yield from _errors(self.grade)

    def values(self) -> dict[str, list[str]]:
        """Return the claim as a browser sends it when nobody has touched it, by the names of the controls."""
        found: dict[str, list[str]] = {}
        every: list[forms.BaseForm] = [self.claim]
        for formset in self.sets.values():
            every += [formset.management_form, *formset.forms]
        for form in every:
            for field in form:
                found[field.html_name] = _as_sent(field.value())
        return found

    def opened(self) -> str:
        """Return ``values`` as JSON, to be sent back: by it a change of somebody else is told from one of one's own."""
        return json.dumps(self.values(), separators=(",", ":"))


def _with_actors(formset: Any) -> Any:
    names = ["actor", "speaks_for"] if formset.model is Speaker else ["actor"]
    return formset.model.objects.select_related(*names)


def _as_sent(value: Any) -> list[str]:
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    if value is None or value is False or value == "":
        return []
    return ["on"] if value is True else [str(value)]


def _filled(formset: Any) -> Iterator[dict[str, Any]]:
    """Yield the rows of a valid set in their order: the fields of each, and its ``id`` if it exists already."""
    kept = [
        form
        for form in formset.forms
        if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())
    ]
    kept.sort(key=lambda form: form.cleaned_data.get("position") or form.instance.position)
    for form in kept:
        values = {
            name: value
            for name, value in form.cleaned_data.items()
            if name in form._meta.fields and name not in ("assertion", "position")
        }
        yield values | ({"id": form.instance.pk} if form.instance.pk else {})


def _errors(form: forms.BaseForm) -> Iterator[tuple[str, str, str]]:
    for name, sentences in form.errors.items():
        field = form[name] if name in form.fields else None
        if field is not None and field.is_hidden:
            yield "", "", "A row of the claim was changed while you looked at it. Look at it again."
            continue
        for sentence in sentences:
            control = (field.id_for_label or field.auto_id) if field else ""
            yield str(control), (str(field.label) if field else ""), str(sentence)


def _labels(assertion: Assertion, data: QueryDict | None) -> dict[str, str]:
    """Return the words by which the actors in a form are named, by their keys as they are sent."""
    keys: set[int | None] = set()
    for speaker in assertion.speakers.all():
        keys |= {speaker.actor_id, speaker.speaks_for_id, speaker.possible_identity_id}
    for related in (assertion.participants.all(), assertion.relays.all()):
        keys |= {row.actor_id for row in related}
    for name, value in (data or {}).items():
        if name.partition("-")[0] in SETS and name.rpartition("-")[2] in (
            "actor",
            "speaks_for",
            "possible_identity",
        ):
            keys.add(number_of(str(value)))
    actors = Actor.objects.select_related("country").in_bulk([key for key in keys if key])
    return {str(key): label_of(actor) for key, actor in actors.items()}


DECISIONS = {
    "accept": Verdict.ACCEPT,
    "dispute": Verdict.DISPUTE,
    "reject": Verdict.REJECT,
    "reopen": Verdict.REOPEN,
}
"""The buttons that decide, by what they send."""
