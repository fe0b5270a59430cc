"""The forms that ask when an article is public, and what readers are told when it changes or goes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles.actions import Told
from articles.models import Correction, Revision
from cms.workplace.moments import Moment


class PublishForm(forms.Form):
    """When a revision begins and ends to be public, and what readers are told was put right.

    ``number`` pins the revision that was shown. With ``was_public`` there are the fields of a correction; with
    ``older``, revisions that are scheduled though they are older, the box that takes their schedules back.
    """

    number = forms.IntegerField(widget=forms.HiddenInput)
    at = Moment(label="From", help_text="Leave it empty to publish now.")
    until = Moment(label="Until", help_text="Leave it empty for no end.")
    kind = forms.ChoiceField(
        label="A correction", required=False, choices=[("", "none"), *Correction.Kind.choices]
    )
    text = forms.CharField(
        label="What readers will be told",
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="It stands on the article, in its feed entry and on the page of corrections, from the time above on.",
    )
    over_older = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, was_public: bool, older: Sequence[Revision] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if older:
            numbers = " and ".join(str(revision.number) for revision in older)
            which = "schedule of revision" if len(older) == 1 else "schedules of revisions"
            self.fields["over_older"].label = f"Take back the {which} {numbers}"
        else:
            del self.fields["over_older"]
        if not was_public:
            del self.fields["kind"], self.fields["text"]

    def clean(self) -> dict[str, Any]:
        filled = super().clean() or self.cleaned_data
        kind, text = filled.get("kind"), filled.get("text")
        if kind and not text:
            raise ValidationError({"text": "Say what was wrong and what is right, or choose no correction."})
        if text and not kind and "kind" not in self.errors:
            raise ValidationError(
                {"kind": "Say what it is: a correction, a clarification, an update, a retraction."}
            )
        return filled

    def correction(self) -> Told | None:
        """Return what readers are told, of a valid form."""
        kind, text = self.cleaned_data.get("kind"), self.cleaned_data.get("text")
        return Told(kind, text) if kind and text else None


class WithdrawForm(forms.Form):
    """Why an article is withdrawn, when, and whether its versions stay readable."""

    reason = forms.CharField(
        label="Why it is withdrawn",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="For readers: it stands in the article's place.",
        error_messages={
            "required": "Say why it is withdrawn: readers find the reason in the article's place."
        },
    )
    keeps_versions = forms.BooleanField(
        label="Its versions stay readable",
        required=False,
        help_text="They are marked as withdrawn, and search engines are told to leave them out.",
    )
    at = Moment(label="At", help_text="Leave it empty to withdraw now.")


class EmbargoForm(forms.Form):
    """Until when nothing of an article may be public."""

    until = Moment(label="Embargo until", help_text="Leave it empty to lift the embargo.")


class AccessForm(forms.Form):
    """What was asked: to close the versions, or to open them. A page that is sent twice asks for the same twice."""

    change = forms.ChoiceField(choices=[("close", "close"), ("open", "open")], widget=forms.HiddenInput)


class RemovalForm(forms.Form):
    """Why a version has to vanish, and that this is meant."""

    reason = forms.CharField(
        label="The legal reason",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="For the newsroom's record: whose demand, which decision, of which day. Readers see nothing of it.",
        error_messages={
            "required": "Say for which reason it has to go: it is kept on the newsroom's record."
        },
    )
    sure = forms.BooleanField(
        label="I know that this cannot be taken back",
        error_messages={"required": "Tick this only if you mean it: a removed version never comes back."},
    )
