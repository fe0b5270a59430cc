"""An actor as a reader gives it in a form: the last part of its address, or a name."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from actors.models import Actor


class ActorField(forms.CharField):
    """A text field whose value is a public actor, None for ""."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_length": 300} | kwargs))

    def known(self) -> QuerySet[Actor]:
        """Return the actors that can be asked for."""
        return Actor.objects.public()

    def kept(self, slug: str) -> Actor | None:
        """Return the actor that the one with an address was merged into; None if it was not."""
        return Actor.objects.successor_of(slug)

    def clean(self, value: Any) -> Actor | None:
        text = super().clean(value)
        if not text:
            return None
        known = self.known()
        found = known.filter(slug=text).first() or self.kept(text)
        if found is None:
            named = list(known.filter(Q(name__iexact=text) | Q(names__text__iexact=text)).distinct()[:2])
            if len(named) != 1:
                raise ValidationError(
                    f"“{text}” names several actors; take the last part of the address of one."
                    if named
                    else f"There is no actor named “{text}” here."
                )
            found = named[0]
        return found


class AnyActorField(ActorField):
    """The same for staff, whose actors need not be public."""

    def known(self) -> QuerySet[Actor]:
        return Actor.objects.standing()

    def kept(self, slug: str) -> Actor | None:
        return Actor.objects.kept_of(slug)


class ActorFilter(django_filters.Filter):
    """A filter of a list by an actor; ``method`` gets the actor."""

    field_class = ActorField


class AnyActorFilter(django_filters.Filter):
    """As ActorFilter, for staff."""

    field_class = AnyActorField
