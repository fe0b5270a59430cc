"""An actor as a reader gives it in a form: the last part of its address, or a name."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from actors.models import Actor


class ActorField(forms.CharField):
    """A text field whose value is a public actor, None for ""."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_length": 300} | kwargs))

    def clean(self, value: Any) -> Actor | None:
        text = super().clean(value)
        if not text:
            return None
        public = Actor.objects.public()
        found = public.filter(slug=text).first()
        if found is None:
            named = list(public.filter(Q(name__iexact=text) | Q(names__text__iexact=text)).distinct()[:2])
            if len(named) != 1:
                raise ValidationError(
                    f"“{text}” names several actors; take the last part of the address of one."
                    if named
                    else f"There is no actor named “{text}” here."
                )
            found = named[0]
        return found


class ActorFilter(django_filters.Filter):
    """A filter of a list by an actor; ``method`` gets the actor."""

    field_class = ActorField
