"""What both lists of claims at the desk can be asked: the queue, and what could be put on a question."""

from collections import Counter
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from actors.lookup import AnyActorFilter
from actors.models import Actor
from articles.models import Topic
from assertions.models import Assertion, TaggedAssertion
from assertions.querysets import AssertionQuerySet

BESIDE = {"after", "before", "exclude"}
"""Parameters that stand beside the filters in an address: pages of the list, and what was passed over."""
WORDS = 20
"""Words that are looked for, at most."""


class AskingForm(forms.Form):
    """The form of a filter, which tells what it does not know."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        asked = Counter(name for name, values in self._sent() for _ in values)
        for name in sorted(set(asked) - set(self.fields) - BESIDE):
            self.add_error(None, f"There is no filter “{name[:40]}”: take it out of the address.")
        for name in sorted(set(self.fields) & set(asked)):
            if asked[name] > 1:
                self.add_error(name, "This is asked for more than once: leave one of them.")
        return cleaned

    def _sent(self) -> list[tuple[str, list[Any]]]:
        if hasattr(self.data, "lists"):
            return list(self.data.lists())
        return [(name, [value]) for name, value in self.data.items()]


def choice(label: str, choices: Any, **kwargs: Any) -> django_filters.ChoiceFilter:
    """Return a filter by one of some choices, whose error names them all."""
    known = ", ".join(value for value, _ in choices)
    wrong = {"invalid_choice": f"“%(value)s” is none of the choices: {known}."}
    return django_filters.ChoiceFilter(
        label=label, choices=choices, error_messages=wrong, **({"empty_label": "any"} | kwargs)
    )


def row(label: str, queryset: QuerySet[Any], method: str) -> django_filters.ModelChoiceFilter:
    """Return a filter by a row that its slug names."""
    return django_filters.ModelChoiceFilter(
        label=label,
        queryset=queryset,
        method=method,
        to_field_name="slug",
        empty_label="any",
        error_messages={
            "invalid_choice": f"There is no {label.lower()} “%(value)s”: choose one of the list."
        },
    )


class ClaimFilter(django_filters.FilterSet):
    """Filters claims by their words, a topic and who says them.

    A value that makes no sense gives a sentence, and no claims.
    """

    q = django_filters.CharFilter(label="Words", method="with_words", max_length=200)
    tag = row("Topic", Topic.objects.filter(merged_into=None), "on_topic")
    speaker = AnyActorFilter(label="Speaker", method="said_by")

    class Meta:
        model = Assertion
        fields: list[str] = []
        form = AskingForm

    @property
    def qs(self) -> Any:
        """The claims that are asked for; none if something that is asked for makes no sense."""
        assert self.queryset is not None
        return super().qs if self.is_valid() else self.queryset.none()

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What makes no sense: the label of a filter, "" for the whole, and the sentence."""
        return [
            (str(self.form.fields[name].label) if name in self.form.fields else "", str(sentence))
            for name, sentences in self.form.errors.items()
            for sentence in sentences
        ]

    def with_words(self, claims: AssertionQuerySet, name: str, words: str) -> AssertionQuerySet:
        for word in words.split()[:WORDS]:
            claims = claims.filter(Q(claim__icontains=word) | Q(identifier=word))
        return claims

    def on_topic(self, claims: AssertionQuerySet, name: str, topic: Topic) -> AssertionQuerySet:
        return claims.filter(Exists(TaggedAssertion.objects.filter(content_object=OuterRef("pk"), tag=topic)))

    def said_by(self, claims: AssertionQuerySet, name: str, actor: Actor) -> AssertionQuerySet:
        return claims.said_by([actor])
