"""The stage of an article on its way to readers: derived from its revisions and their steps, never stored."""

from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import Article, Revision, WorkflowStep


class Stage(TextChoices):
    """What a text waits for that readers do not see yet. An article of which all is public has none: ""."""

    DRAFT = "draft", "draft"
    REVIEW = "review", "in review"
    APPROVED = "approved", "approved"


def with_stage(articles: QuerySet[Article]) -> QuerySet[Any]:
    """Add ``stage``: a value of Stage, or "".

    It is about the revisions that are newer than the newest one that is, was or will be public: the latest step on
    them decides. An approval holds for the revision that was approved; with a newer one it is back in review.
    """
    steps = WorkflowStep.objects.filter(revision__article=OuterRef("pk")).exclude(kind=WorkflowStep.Kind.NOTE)
    pending = steps.filter(~_revisions_from(live__isnull=False, number__gte=OuterRef("revision__number")))
    newer = _revisions_from(number__gt=OuterRef("revision__number"))
    decided = pending.order_by("-id").values(
        stage=Case(
            When(kind=WorkflowStep.Kind.RETURN, then=Value(Stage.DRAFT)),
            When(Q(kind=WorkflowStep.Kind.APPROVE) & ~newer, then=Value(Stage.APPROVED)),
            default=Value(Stage.REVIEW),
            output_field=CharField(),
        )
    )
    return articles.annotate(
        stage=Case(
            When(something_waits(), then=Coalesce(Subquery(decided[:1]), Value(Stage.DRAFT))),
            default=Value(""),
            output_field=CharField(),
        ),
    )


def something_waits() -> Exists:
    """Return the condition that the stage of an article is not "": its latest revision is, was and will be unread."""
    newer = Revision.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    return Exists(Revision.objects.filter(~Exists(newer), article=OuterRef("pk"), live=None))


def stage_of(article: Article) -> str:
    """Return the stage of one article: a value of Stage, or "" if nothing of it waits."""
    stage: str = with_stage(Article.objects.filter(pk=article.pk)).values_list("stage", flat=True).get()
    return stage


def is_overdue(due: datetime | None, stage: str, now: datetime | None = None) -> bool:
    """Tell whether an article should have gone on by now: it is past due, and something of it waits."""
    return bool(due and stage and due <= (now or timezone.now()))


def overdue(now: datetime) -> Q:
    """Return the condition `is_overdue`, for articles from `with_stage`."""
    return Q(due__lte=now) & ~Q(stage="")


def who_worked_on(revision: Revision) -> set[int | None]:
    """Return the keys of those who wrote or submitted what readers have not seen, up to a revision.

    That is everything since the newest revision before it that is, was or will be public. None stands for an import.
    """
    before = Revision.objects.filter(article=revision.article_id, number__lt=revision.number)
    shown = before.filter(live__isnull=False).order_by("number").last()
    span = Revision.objects.filter(article=revision.article_id, number__lte=revision.number)
    if shown is not None:
        span = span.filter(number__gt=shown.number)
    submitted = WorkflowStep.objects.filter(revision__in=span, kind=WorkflowStep.Kind.SUBMIT)
    return {*span.values_list("created_by", flat=True), *submitted.values_list("created_by", flat=True)}


def _revisions_from(**conditions: Any) -> Exists:
    return Exists(Revision.objects.filter(article=OuterRef("revision__article"), **conditions))
