"""What a reader can ask of the list of actors."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Left, Replace, Upper

from actors.models import Actor, ActorKind, ActorName
from actors.querysets import ActorQuerySet


def public_states(request: Any) -> QuerySet[Actor]:
    """Return the countries that a reader can choose from."""
    return Actor.objects.public().filter(kind=ActorKind.STATE)


class ActorListFilter(django_filters.FilterSet):
    """Filters public actors."""

    q = django_filters.CharFilter(
        label="A part of a name",
        method="named",
        max_length=200,
        help_text="In any writing: Latin, Hangul, Cyrillic …",
    )
    kind = django_filters.ChoiceFilter(label="Kind", choices=ActorKind.choices, empty_label="any")
    country = django_filters.ModelChoiceFilter(
        label="Country",
        queryset=public_states,  # type: ignore[arg-type]  # a function of the request is taken too
        to_field_name="slug",
        method="of_country",
        empty_label="any",
    )
    letter = django_filters.ChoiceFilter(label="First letter", choices=[], method="under", empty_label="any")

    class Meta:
        model = Actor
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        letters = Actor.objects.public().order_by().values_list(Upper(Left("name", 1)), flat=True).distinct()
        self.filters["letter"].extra["choices"] = [(letter, letter) for letter in sorted(letters)]

    def named(self, actors: ActorQuerySet, name: str, words: str) -> ActorQuerySet:
        """Keep those of which one name holds all the words; a hyphen is a space."""
        names = ActorName.objects.filter(actor=OuterRef("pk")).annotate(
            spaced=Replace("text", Value("-"), Value(" "))
        )
        for word in words.replace("-", " ").split()[:20]:
            names = names.filter(spaced__icontains=word)
        return actors.filter(Exists(names))

    def of_country(self, actors: ActorQuerySet, name: str, country: Actor) -> ActorQuerySet:
        """Keep a state and what belongs to it."""
        return actors.filter(Q(country=country) | Q(pk=country.pk))

    def under(self, actors: ActorQuerySet, name: str, letter: str) -> ActorQuerySet:
        return actors.filter(name__istartswith=letter)
