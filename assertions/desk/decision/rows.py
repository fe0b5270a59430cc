"""The rows of the decision screen's form: speakers, those whom the claim is about, those through whom it came."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import Q

from actors.models import Actor
from assertions.forms import InOrder, RowInOrder
from assertions.models import Assertion, Participant, Relay, Speaker
from assertions.models.assertion import Party
from cms.workplace.base import LabelledChoice


class ActorSelect(AutocompleteSelect):
    """A field that searches for an actor; those whose labels are ``known`` need no query each."""

    known: Mapping[str, str] = {}

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        chosen = [str(key) for key in value if key]
        if not set(chosen) <= self.known.keys():
            return super().optgroups(name, value, attr)
        options = [self.create_option(name, "", "", False, 0)]
        options += [self.create_option(name, key, self.known[key], True, 1) for key in chosen]
        return [(None, options, 0)]


class ActorChoice(LabelledChoice):
    """A choice of an actor; one that was merged since the form was opened means the one that was kept."""

    def to_python(self, value: Any) -> Any:
        chosen = super().to_python(value)
        if chosen is None or chosen.merged_into_id is None:
            return chosen
        return Actor.objects.kept_of(chosen.slug)


def actor_choice(model: type[Party], name: str, label: str) -> ActorChoice:
    """Return a choice of an actor for a foreign key of rows of a claim."""
    source: Any = model._meta.get_field(name)
    widget = ActorSelect(source, admin.site, attrs={"aria-label": label})
    actors = Actor.objects.select_related("country")
    missing = {"invalid_choice": "There is no such actor. Choose one from the list."}
    return ActorChoice(actors, required=False, label=label, widget=widget, error_messages=missing)


class PartyRow(RowInOrder):
    """Somebody in the claim. ``named`` takes the name or slug of an actor where no script searches for one."""

    named = forms.CharField(
        required=False,
        max_length=200,
        label="or the name of an actor",
        widget=forms.TextInput(attrs={"aria-label": "Or the name of an actor"}),
    )

    def __init__(self, *args: Any, known: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, ActorSelect):
                field.widget.known = known
        if "description" in self.fields:
            self.fields["description"].widget.attrs["aria-label"] = "Or described"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if words := cleaned.pop("named", ""):
            try:
                cleaned["actor"] = actor_named(words)
            except ValidationError as error:
                self.add_error("named", error)
        return cleaned


def actor_named(words: str) -> Actor:
    """Return the actor of a slug or of a name, whatever its case; one that was merged means the one that was kept.

    Raises ValidationError for none and for several.
    """
    standing = Actor.objects.standing()
    if reached := standing.filter(slug=words).first() or Actor.objects.kept_of(words):
        return reached
    found = list(standing.filter(Q(name__iexact=words) | Q(names__text__iexact=words)).distinct()[:5])
    if not found:
        raise ValidationError(f"No actor bears the name “{words}”.")
    if len(found) > 1:
        slugs = ", ".join(actor.slug for actor in found)
        raise ValidationError(f"Several actors bear this name. Write which one is meant: {slugs}.")
    return found[0]


class SpeakerRow(PartyRow):
    position = None  # type: ignore[assignment]  # their order says nothing
    actor = actor_choice(Speaker, "actor", "Speaker")
    speaks_for = actor_choice(Speaker, "speaks_for", "Speaks for")
    possible_identity = actor_choice(Speaker, "possible_identity", "Possibly")

    class Meta:
        model = Speaker
        fields = ("actor", "description", "office", "speaks_for", "possible_identity")


class ParticipantRow(PartyRow):
    position = None  # type: ignore[assignment]  # their order says nothing
    actor = actor_choice(Participant, "actor", "Actor")

    class Meta:
        model = Participant
        fields = ("role", "actor", "description")


class RelayRow(PartyRow):
    actor = actor_choice(Relay, "actor", "Came through")

    class Meta:
        model = Relay
        fields = ("position", "actor", "description")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].widget.attrs["aria-label"] = "Place in the chain"
        if not self.instance.pk:
            self.initial["position"] = None


def _rows(model: type[Party], form: type[PartyRow]) -> Any:
    return forms.inlineformset_factory(Assertion, model, form=form, formset=InOrder, extra=1, can_delete=True)


SETS = {
    "speakers": _rows(Speaker, SpeakerRow),
    "participants": _rows(Participant, ParticipantRow),
    "relays": _rows(Relay, RelayRow),
}
"""The rows of a claim, by the names under which they are sent."""
