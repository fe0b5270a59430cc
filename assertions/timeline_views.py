"""The page of the timeline: all public claims by their days."""

from datetime import date, datetime
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.former import follows_merges_in_query
from actors.lookup import ActorFilter
from actors.models import Actor
from articles.filters import TopicFilter
from articles.models import Revision, TaggedRevision, Topic
from assertions import timeline
from assertions.filters import PolarityFilter
from assertions.models import Answer, Assertion, Question, TaggedAssertion
from assertions.querysets import AssertionQuerySet
from assertions.relationships import Relationship, followed
from assertions.vocabulary import Stance
from cms.paging import Page, page_of

SIZE = 40
OTHERS = "others"


def _first_of_month(text: str) -> None:
    try:
        date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise ValidationError("Write a year and a month: 2024-10.") from error


def public_questions(request: HttpRequest | None) -> QuerySet[Question]:
    """Return the questions that a reader can choose from."""
    return Question.objects.public()


class TimelineFilter(django_filters.FilterSet):
    """Filters placed public claims; ``sides`` are the two that the site follows, if both are public."""

    by = django_filters.ChoiceFilter(
        label="Day of", choices=[("event", "the event")], empty_label="the saying", method="as_it_is"
    )
    order = django_filters.ChoiceFilter(
        label="Order", choices=[("oldest", "oldest first")], empty_label="newest first", method="as_it_is"
    )
    month = django_filters.CharFilter(
        label="Begin at the month", method="as_it_is", max_length=7, validators=[_first_of_month],
        help_text="2024-10",
    )  # fmt: skip
    side = django_filters.ChoiceFilter(label="Said for", choices=[], empty_label="anyone", method="on_side")
    actor = ActorFilter(label="Actor", method="with_actor", help_text="Who says it, or whom it is about.")
    topic = TopicFilter(method="on_topic")
    question = django_filters.ModelChoiceFilter(
        label="Question",
        queryset=public_questions,  # type: ignore[arg-type]
        to_field_name="slug",
        method="as_it_is",
        empty_label="any",
    )
    stance = django_filters.ChoiceFilter(
        label="Answer to a question", choices=Stance.choices, empty_label="any", method="as_it_is"
    )
    polarity = PolarityFilter()

    class Meta:
        model = Assertion
        fields: list[str] = []

    def __init__(self, *args: Any, sides: Relationship | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = sides
        if sides is None:
            del self.filters["side"]
        else:
            named = [(side.actor.slug, side.actor.name) for side in (sides.left, sides.right)]
            self.filters["side"].extra["choices"] = [*named, (OTHERS, "others")]

    def chosen(self, name: str) -> Any:
        """Return the value that was given for a field; None for none, and for a bad one."""
        # Asking for the errors reads the form, once.
        return self.form.cleaned_data.get(name) or None if self.form.errors is not None else None

    @property
    def month_chosen(self) -> date | None:
        """The first day of the month to begin at."""
        text = self.chosen("month")
        return date.fromisoformat(f"{text}-01") if text else None

    def filter_queryset(self, queryset: Any) -> Any:
        """Keep the claims that all fields ask for; a stance is that towards the question, if one is chosen."""
        claims = super().filter_queryset(queryset)
        question, stance = self.chosen("question"), self.chosen("stance")
        if not question and not stance:
            return claims
        answers = Answer.objects.filter(
            assertion=OuterRef("pk"), question__in=[question] if question else Question.objects.public()
        )
        return claims.filter(Exists(answers.filter(stance=stance) if stance else answers))

    def as_it_is(self, claims: AssertionQuerySet, name: str, value: Any) -> AssertionQuerySet:
        return claims

    def on_side(self, claims: AssertionQuerySet, name: str, slug: str) -> AssertionQuerySet:
        assert self.sides is not None  # else the field is not there
        left, right = self.sides.left, self.sides.right
        if slug == OTHERS:
            of_a_side = Assertion.objects.voiced_by(left.members | right.members).values("pk")
            return claims.exclude(pk__in=of_a_side)
        return claims.voiced_by(left.members if slug == left.actor.slug else right.members)

    def with_actor(self, claims: AssertionQuerySet, name: str, actor: Actor) -> AssertionQuerySet:
        says = Q(pk__in=Assertion.objects.voiced_by([actor]).values("pk"))
        return claims.filter(says | Q(pk__in=Assertion.objects.about([actor]).values("pk")))

    def on_topic(self, claims: AssertionQuerySet, name: str, topic: Topic) -> AssertionQuerySet:
        return claims.filter(Exists(TaggedAssertion.objects.filter(content_object=OuterRef("pk"), tag=topic)))

    def articles(self, at: datetime) -> QuerySet[Revision]:
        """Return the live revisions that the filters leave; none if they ask what only a claim can answer."""
        revisions = Revision.objects.public(at)
        if any(self.chosen(name) for name in ("by", "side", "question", "stance", "polarity")):
            return revisions.none()
        if actor := self.chosen("actor"):
            revisions = revisions.mentioning([actor])
        if topic := self.chosen("topic"):
            revisions = revisions.filter(
                Exists(TaggedRevision.objects.filter(content_object=OuterRef("pk"), tag=topic))
            )
        return revisions


@require_safe
@follows_merges_in_query("actor", "side")
def timeline_page(request: HttpRequest) -> HttpResponse:
    """Show the claims by year and month, newest first by default, with the articles of those days between them."""
    now = timezone.now()
    sides = followed(now)
    public = Assertion.objects.public(now)
    by_event = request.GET.get("by") == "event"
    filtered = TimelineFilter(
        request.GET, timeline.placed(public, by_event=by_event), request=request, sides=sides
    )
    oldest_first = filtered.chosen("order") == "oldest"
    claims: AssertionQuerySet = filtered.qs  # type: ignore[assignment]  # the stubs know no other queryset
    month = filtered.month_chosen
    begun = timeline.begin_at(claims, month, oldest_first=oldest_first) if month else claims
    ordering = timeline.OLDEST_FIRST if oldest_first else timeline.NEWEST_FIRST
    page = page_of(begun.for_ledger(now), request.GET, ordering, nulls=timeline.UNDATED, size=SIZE)
    span = _span(page, begun, ordering, month, oldest_first=oldest_first)
    articles = timeline.articles_in(filtered.articles(now), span) if span else []
    years, undated = timeline.grouped(
        page.rows, articles[: timeline.ARTICLES], sides, oldest_first=oldest_first
    )
    context = {
        "filter": filtered,
        "page": page,
        "years": years,
        "undated": undated,
        "months": timeline.months_of(claims),
        "sides": sides,
        "by_event": by_event,
        "oldest_first": oldest_first,
        "more_articles": len(articles) > timeline.ARTICLES,
    }
    return render(request, "assertions/timeline.html", context)


def _span(
    page: Page[Assertion],
    claims: AssertionQuerySet,
    ordering: list[str],
    month: date | None,
    *,
    oldest_first: bool,
) -> timeline.Span | None:
    """Return the days whose articles belong to a page, so that each article stands on one page; None for no day.

    A page holds the days from the last of the page before it to its own last one; the first page and the last are
    open, unless a month to begin at closes the first.
    """
    places: list[date] = [place for row in page.rows if (place := getattr(row, "stands_on", None))]
    edge: date | None = None
    if page.before:
        neighbours = page_of(claims, {"before": page.before}, ordering, nulls=timeline.UNDATED, size=1).rows
        edge = getattr(neighbours[0], "stands_on", None) if neighbours else None
        if neighbours and edge is None:
            return None
    is_last = not page.after or len(places) < len(page.rows)
    end = None if is_last or not places else places[-1]
    if oldest_first:
        return timeline.Span(after=edge or timeline.day_before(month), until=end)
    until = timeline.day_before(edge) or (timeline.day_before(timeline.next_month(month)) if month else None)
    return timeline.Span(after=timeline.day_before(end), until=until)
