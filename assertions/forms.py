"""The forms by which assertions are built and decided in the admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles.forms import DATE_HELP, topics_field
from articles.models import Revision
from assertions import actions
from assertions.anchoring import QuoteAmbiguous, QuoteNotFound, locate
from assertions.models import Assertion, Evidence, TaggedAssertion
from assertions.vocabulary import Attribution, Departure, InformationCredibility, SourceReliability, Verdict
from cms.models import User

STALE = (
    "Somebody changed this assertion while you were working on it. Nothing of yours is lost: it stands "
    "in the form, unsaved. Open the assertion in another window, and take over from here what you need."
)


class AssertionForm(forms.ModelForm[Assertion]):
    """The claim; ``seen_version`` is the version of it that the form was opened on."""

    topics = topics_field(TaggedAssertion)
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Assertion
        fields = (
            *("claim", "act", "negated", "event_class", "certainty", "hedge", "condition", "place"),
            *("said", "happened", "published", "topics", "record_id", "note"),
        )
        widgets = {"claim": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField claim"})}
        help_texts = {"said": DATE_HELP, "happened": "", "published": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("seen_version", self.instance.claim_version)
            self.initial["topics"] = list(self.instance.topics.all())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen = cleaned.get("seen_version")
        if self.instance.pk and seen is not None and seen != self.instance.claim_version:
            raise ValidationError(STALE, code="stale")
        return cleaned


class InOrder(forms.BaseInlineFormSet[Any, Any, Any]):
    """Rows with a position: one that is left empty goes to the end."""

    def clean(self) -> None:
        super().clean()
        kept = [
            form for form in self.forms if form not in self.deleted_forms and hasattr(form, "cleaned_data")
        ]
        last = max((form.cleaned_data.get("position") or 0 for form in kept), default=0)
        for form in kept:
            if form.has_changed() and not form.cleaned_data.get("position"):
                last += 1
                form.instance.position = last


class RowInOrder(forms.ModelForm[Any]):
    """A row whose position may be left empty; two rows may change places, so the set is checked whole."""

    position = forms.IntegerField(
        required=False, min_value=1, label="order", widget=forms.NumberInput(attrs={"class": "narrow"})
    )

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions | {"position"}


class PassageForm(forms.ModelForm[Evidence]):
    """The words of a revision that carry the claim; where they stand is found, never typed."""

    departures = forms.MultipleChoiceField(
        required=False,
        choices=Departure.choices,
        label="departs from the claim in",
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Evidence
        fields = (
            "revision",
            "exact",
            "prefix",
            "suffix",
            "language",
            "translator",
            "departures",
            "departure_note",
        )
        labels = {"revision": "article"}
        widgets = {
            "exact": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField claim"}),
            "prefix": forms.TextInput(attrs={"class": "vTextField"}),
            "suffix": forms.TextInput(attrs={"class": "vTextField"}),
        }
        help_texts = {
            "exact": "Exactly as they stand in the article: copy them from there.",
            "prefix": "Only where the words recur: what stands before them, up to the words.",
            "suffix": "Only where the words recur: what stands after them.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The words are compared with the text: their own white space counts.
        for name in ("prefix", "suffix"):
            if name in self.fields:
                self.fields[name].strip = False  # type: ignore[attr-defined]
        for name in ("revision", "exact"):
            if name in self.fields:
                self.fields[name].required = True
        if self.instance.pk:
            for name in ("revision", "exact", "prefix", "suffix"):
                if name in self.fields:
                    self.fields[name].disabled = True
            if "revision" in self.fields:
                # It stays what it is, also under the hands of one who may not quote it anew.
                quoted = Revision.objects.filter(evidence=self.instance)
                self.fields["revision"].queryset = quoted  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        revision, exact = cleaned.get("revision"), cleaned.get("exact")
        if self.instance.pk or not isinstance(revision, Revision) or not exact:
            return cleaned
        cleaned["exact"] = exact.replace("\r\n", "\n")
        try:
            locate(revision.text, cleaned["exact"], cleaned.get("prefix", ""), cleaned.get("suffix", ""))
        except (QuoteNotFound, QuoteAmbiguous) as error:
            self.add_error("exact", str(error))
        return cleaned


class EvidenceRows(forms.BaseInlineFormSet[Any, Any, Any]):
    """New evidence is written by the actions, in the name of ``by``; a quotation is never changed."""

    by: User

    def save_new(self, form: Any, commit: bool = True) -> Evidence:
        ours = {self.fk.name, "id", "DELETE"}
        filled = {name: value for name, value in form.cleaned_data.items() if name not in ours}
        if "revision" in filled:
            form.instance = actions.quote(self.instance, filled.pop("revision"), self.by, **filled)
        else:
            form.instance = actions.cite(self.instance, self.by, **filled)
        kept: Evidence = form.instance
        return kept


class SourceForm(forms.ModelForm[Evidence]):
    """An outside source, without a passage."""

    departures = forms.MultipleChoiceField(
        required=False,
        choices=Departure.choices,
        label="departs from the claim in",
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Evidence
        fields = (
            "publisher", "title", "address", "published", "unverified",
            "language", "translator", "departures", "departure_note",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in ("publisher", "title", "address")):
            raise ValidationError("Give a publisher, a title or an address.")
        return cleaned


VERDICTS = [
    (Verdict.ACCEPT, "accept"),
    (Verdict.DISPUTE, "dispute"),
    (Verdict.REJECT, "reject"),
    (Verdict.REOPEN, "reopen"),
]


class DecideForm(forms.Form):
    """A decision on an assertion, on the version of the claim that was read, after the latest review that was."""

    verdict = forms.ChoiceField(choices=VERDICTS)
    attribution = forms.ChoiceField(required=False, choices=[("", "–"), *Attribution.choices])
    source_reliability = forms.ChoiceField(
        required=False, label="Source (Admiralty)", choices=[("", "–"), *SourceReliability.choices]
    )
    information_credibility = forms.ChoiceField(
        required=False, label="Information (Admiralty)", choices=[("", "–"), *InformationCredibility.choices]
    )
    reason = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    claim_version = forms.IntegerField(widget=forms.HiddenInput)
    seen_review = forms.IntegerField(required=False, widget=forms.HiddenInput)
