"""What can be asked of the board and of the list of articles: one meaning for both."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles import staff
from articles.models import Article, Revision, Topic
from articles.stages import Stage, overdue
from cms.languages import name_of
from cms.models import User
from cms.numbers import number_of
from cms.workplace.base import editor_of

DUE = [("overdue", "overdue"), ("today", "today"), ("week", "within 7 days"), ("none", "no date")]


def by_person(articles: QuerySet[Any], field: str, value: str, user: User) -> QuerySet[Any]:
    """Keep the articles whose ``field`` is the one who asks ("me"), another ("others"), "nobody", or a key."""
    if value == "me":
        return articles.filter(**{field: user})
    if value == "others":
        return articles.filter(~Q(**{field: user}) | Q(**{field: None}))
    if value == "nobody":
        return articles.filter(**{field: None})
    return articles.filter(**{field: number_of(value)})


def by_due(articles: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Keep what is overdue (past due, and something of it waits), due today or within seven days, or has no date."""
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if value == "overdue":
        return articles.filter(overdue(now))
    if value == "today":
        return articles.filter(due__gte=midnight, due__lt=midnight + timedelta(days=1))
    if value == "week":
        return articles.filter(due__gte=midnight, due__lt=midnight + timedelta(days=7))
    return articles.filter(due=None) if value == "none" else articles


def on_topic(articles: QuerySet[Any], slug: str) -> QuerySet[Any]:
    """Keep the articles whose latest revision is filed under a topic."""
    filed = Revision.objects.filter(pk=OuterRef("latest"), topics__slug=slug)
    return articles.filter(Exists(filed))


class BoardFilter(django_filters.FilterSet):
    """Filters articles from ``articles.staff.with_state``; the request says who "me" is."""

    q = django_filters.CharFilter(label="Words", method="with_words", max_length=200)
    author = django_filters.ChoiceFilter(label="Author", method="of_person", choices=[], empty_label="any")
    assignee = django_filters.ChoiceFilter(
        label="Assigned to", method="of_person", choices=[], empty_label="any"
    )
    topic = django_filters.ModelChoiceFilter(
        label="Topic",
        method="on_topic",
        queryset=Topic.objects.all(),
        to_field_name="slug",
        empty_label="any",
    )
    language = django_filters.ChoiceFilter(label="Language", choices=[], empty_label="any")
    stage = django_filters.ChoiceFilter(label="Stage", choices=Stage.choices, empty_label="any")
    due = django_filters.ChoiceFilter(label="Due", method="due_by", choices=DUE, empty_label="any")

    class Meta:
        model = Article
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        writers = User.objects.filter(is_staff=True, is_active=True).order_by("username")
        names = [(str(key), name) for key, name in writers.values_list("pk", "username")]
        used = Revision.objects.order_by("language").values_list("language", flat=True).distinct()
        self.filters["author"].extra["choices"] = [("me", "me"), ("nobody", "import"), *names]
        self.filters["assignee"].extra["choices"] = [("me", "me"), ("nobody", "nobody"), *names]
        self.filters["language"].extra["choices"] = [(tag, name_of(tag)) for tag in used]
        # The key that leads to the search of a list leads here too.
        self.form.fields["q"].widget.attrs |= {"id": "searchbar", "type": "search"}

    def with_words(self, articles: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
        return staff.with_words(articles, words)

    def of_person(self, articles: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        assert self.request is not None
        field = {"author": "created_by", "assignee": "assigned_to"}[name]
        return by_person(articles, field, value, editor_of(self.request))

    def on_topic(self, articles: QuerySet[Any], name: str, topic: Topic) -> QuerySet[Any]:
        return on_topic(articles, topic.slug)

    def due_by(self, articles: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return by_due(articles, value)
