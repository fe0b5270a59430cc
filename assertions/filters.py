"""What a reader can ask of the list of claims."""

from datetime import date
from typing import Any

import django_filters
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, OuterRef

from actors.lookup import ActorFilter
from actors.models import Actor
from articles.filters import TopicFilter
from articles.models import Topic
from assertions.models import Assertion, Link, TaggedAssertion
from assertions.querysets import AssertionQuerySet
from assertions.vocabulary import EventClass, Polarity, SpeechAct
from cms.forms import DayInput


def _date(label: str, method: str) -> django_filters.DateFilter:
    return django_filters.DateFilter(label=label, method=method, widget=DayInput)


class PolarityFilter(django_filters.ChoiceFilter):
    """Asks for the derived polarity, so that no denial is found under what is affirmed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Put forward or denied",
            choices=[
                (Polarity.AFFIRMATIVE, "put forward as so"),
                (Polarity.NEGATIVE, "denied, or said not to be so"),
                (Polarity.OPEN, "neither affirmed nor denied"),
            ],
            empty_label="either",
            **kwargs,
        )


class AssertionFilter(django_filters.FilterSet):
    """Filters public assertions; whether one affirms or denies is asked of the derived polarity only."""

    q = django_filters.CharFilter(label="Words in the claim", method="with_words", max_length=200)
    act = django_filters.ChoiceFilter(
        label="What is done in saying it", choices=SpeechAct.choices, empty_label="anything"
    )
    polarity = PolarityFilter()
    speaker = ActorFilter(label="Speaker", method="said_by")
    speaks_for = ActorFilter(label="Said for", method="said_for", help_text="Whom somebody else speaks for.")
    about = ActorFilter(label="About", method="on", help_text="Whom the claim is about.")
    relay = ActorFilter(label="Relayed by", method="relayed_by")
    possibly = ActorFilter(
        label="Speaker may be", method="possibly_said_by", help_text="Of speakers who are not named."
    )
    topic = TopicFilter(method="on_topic")
    event_class = django_filters.ChoiceFilter(
        label="Class of event", choices=EventClass.choices, empty_label="any"
    )
    linked = django_filters.CharFilter(
        label="Linked with",
        method="linked_with",
        max_length=10,
        help_text="The last part of a claim’s address.",
    )
    said_from = _date("Said from", "since")
    said_to = _date("Said to", "until")

    class Meta:
        model = Assertion
        fields: list[str] = []

    def with_words(self, claims: AssertionQuerySet, name: str, words: str) -> AssertionQuerySet:
        for word in words.split()[:20]:
            claims = claims.filter(claim__icontains=word)
        return claims

    def said_by(self, claims: AssertionQuerySet, name: str, actor: Actor) -> AssertionQuerySet:
        return claims.said_by([actor])

    def said_for(self, claims: AssertionQuerySet, name: str, actor: Actor) -> AssertionQuerySet:
        return claims.said_for([actor])

    def on(self, claims: AssertionQuerySet, name: str, actor: Actor) -> AssertionQuerySet:
        return claims.about([actor])

    def relayed_by(self, claims: AssertionQuerySet, name: str, actor: Actor) -> AssertionQuerySet:
        return claims.relayed_by([actor])

    def possibly_said_by(self, claims: AssertionQuerySet, name: str, actor: Actor) -> AssertionQuerySet:
        return claims.possibly_said_by([actor])

    def on_topic(self, claims: AssertionQuerySet, name: str, topic: Topic) -> AssertionQuerySet:
        return claims.filter(Exists(TaggedAssertion.objects.filter(content_object=OuterRef("pk"), tag=topic)))

    def linked_with(self, claims: AssertionQuerySet, name: str, identifier: str) -> AssertionQuerySet:
        """Keep those that bear on a public claim, or it on them."""
        known = Assertion.objects.public().filter(identifier=identifier).values("pk")
        return claims.filter(
            Exists(Link.objects.filter(source=OuterRef("pk"), target__in=known))
            | Exists(Link.objects.filter(target=OuterRef("pk"), source__in=known))
        )

    def since(self, claims: AssertionQuerySet, name: str, day: date) -> AssertionQuerySet:
        return claims.filter(said_range__overlap=DateRange(day, None))

    def until(self, claims: AssertionQuerySet, name: str, day: date) -> AssertionQuerySet:
        return claims.filter(said_range__overlap=DateRange(None, day, "[]"))
