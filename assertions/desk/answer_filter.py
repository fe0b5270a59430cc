"""What can be asked of the claims that could be put on a question."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from actors.lookup import AnyActorFilter
from actors.models import Actor
from articles.models import Topic
from assertions.desk.queue_filter import QueueForm
from assertions.models import Assertion, Question, TaggedAssertion
from assertions.querysets import AssertionQuerySet
from assertions.questions.answering import fits, unplaced

FITTING = "fit this question"
WHICH = [("unplaced", "answer no question"), ("any", "are not rejected")]


class CandidateFilter(django_filters.FilterSet):
    """Filters the claims that could be put on a question; unless others are asked for, those that fit it."""

    which = django_filters.ChoiceFilter(
        label="Claims that",
        choices=WHICH,
        empty_label=FITTING,
        method="of_kind",
        error_messages={"invalid_choice": "“%(value)s” is none of the choices: unplaced, any."},
    )
    q = django_filters.CharFilter(label="Words", method="with_words", max_length=200)
    speaker = AnyActorFilter(label="Speaker", method="said_by")
    tag = django_filters.ModelChoiceFilter(
        label="Topic",
        queryset=Topic.objects.filter(merged_into=None),
        method="on_topic",
        to_field_name="slug",
        empty_label="any",
        error_messages={"invalid_choice": "There is no topic “%(value)s”: choose one of the list."},
    )

    class Meta:
        model = Assertion
        fields: list[str] = []
        form = QueueForm

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        self.question = question
        super().__init__(*args, **kwargs)

    @property
    def qs(self) -> QuerySet[Any]:
        """The claims that are asked for; none if something that is asked for makes no sense."""
        assert self.queryset is not None
        if not self.is_valid():
            return self.queryset.none()
        found: QuerySet[Any] = super().qs
        if not self.form.cleaned_data.get("which"):
            found = found.filter(pk__in=fits([self.question])[self.question.pk])
        return found

    def of_kind(self, claims: AssertionQuerySet, name: str, which: str) -> AssertionQuerySet:
        return claims.filter(pk__in=unplaced().values("pk")) if which == "unplaced" else claims

    def with_words(self, claims: AssertionQuerySet, name: str, words: str) -> AssertionQuerySet:
        for word in words.split()[:20]:
            claims = claims.filter(Q(claim__icontains=word) | Q(identifier=word))
        return claims

    def said_by(self, claims: AssertionQuerySet, name: str, actor: Actor) -> AssertionQuerySet:
        return claims.voiced_by([actor])

    def on_topic(self, claims: AssertionQuerySet, name: str, topic: Topic) -> AssertionQuerySet:
        return claims.filter(Exists(TaggedAssertion.objects.filter(content_object=OuterRef("pk"), tag=topic)))
