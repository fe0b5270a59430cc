"""What a reader can ask of the list of articles."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from actors.lookup import ActorFilter
from actors.models import Actor
from articles.models import Revision, TaggedRevision, Topic
from articles.querysets import RevisionQuerySet
from cms.forms import DayInput
from cms.languages import name_of


def public_topics(request: Any) -> QuerySet[Topic]:
    """Return the topics that a reader can choose from."""
    return Topic.objects.public()


class TopicFilter(django_filters.ModelChoiceFilter):
    """Asks for a public topic by its slug; ``method`` gets the topic."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Topic",
            queryset=public_topics,  # type: ignore[arg-type]  # the stubs do not know that it may be called
            to_field_name="slug",
            empty_label="any",
            **kwargs,
        )


class ArticleFilter(django_filters.FilterSet):
    """Filters live revisions that are annotated with ``published_at``."""

    q = django_filters.CharFilter(label="Words in the article", method="with_words", max_length=200)
    topic = TopicFilter(method="on_topic")
    actor = ActorFilter(label="Actor named in it", method="naming")
    published_from = django_filters.DateFilter(
        label="Published from", field_name="published_at", lookup_expr="date__gte",
        widget=DayInput,
    )  # fmt: skip
    published_to = django_filters.DateFilter(
        label="Published to", field_name="published_at", lookup_expr="date__lte",
        widget=DayInput,
    )  # fmt: skip
    language = django_filters.ChoiceFilter(label="Language", choices=[], empty_label="any")

    class Meta:
        model = Revision
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = Revision.objects.public().order_by("language").values_list("language", flat=True).distinct()
        self.filters["language"].extra["choices"] = [(tag, name_of(tag)) for tag in used]

    def with_words(self, revisions: RevisionQuerySet, name: str, words: str) -> RevisionQuerySet:
        for word in words.split()[:20]:
            revisions = revisions.filter(
                Q(headline__icontains=word) | Q(standfirst__icontains=word) | Q(text__icontains=word)
            )
        return revisions

    def on_topic(self, revisions: RevisionQuerySet, name: str, topic: Topic) -> RevisionQuerySet:
        return revisions.filter(
            Exists(TaggedRevision.objects.filter(content_object=OuterRef("pk"), tag=topic))
        )

    def naming(self, revisions: RevisionQuerySet, name: str, actor: Actor) -> RevisionQuerySet:
        return revisions.mentioning([actor])
