"""The newsroom's board: which articles wait for what, in lists that count right, and the filter over them.

Two queries read the facts about all that waits; the lists are taken from them, and only the cards that are shown are
read in full. The list of articles in the admin asks ``members`` for the same lists, so that both agree.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from articles import staff
from articles.models import Article, Revision, WorkflowStep, WorkingCopy
from articles.permissions import PUBLISH
from articles.stages import Stage, is_overdue, something_waits
from articles.working_copies import GONE_AFTER
from cms.models import User
from cms.workplace.periods import Standing

SHOWN = 20
"""Cards a list; the rest is in the list of articles."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What decides in which lists an article stands.

    ``submitted_at`` is the instant of its latest submission, ``touched_at`` that of its latest revision or step.
    """

    pk: int
    created_by: int | None
    assigned_to: int | None
    due: datetime | None
    published_at: datetime | None
    next_from: datetime | None
    stage: str
    submitted_at: datetime | None
    touched_at: datetime


class Asking(NamedTuple):
    """Who asks, and when."""

    user: User
    now: datetime

    def is_mine(self, fact: Fact) -> bool:
        return self.user.pk in (fact.created_by, fact.assigned_to)

    def is_new(self, fact: Fact) -> bool:
        """Tell whether readers have not seen it, and are not about to."""
        return fact.published_at is None

    def is_stale(self, fact: Fact) -> bool:
        waits = fact.stage in (Stage.DRAFT, Stage.REVIEW)
        return waits and fact.touched_at <= self.now - timedelta(days=settings.STALE_DAYS)


@dataclass(frozen=True, slots=True)
class Section:
    """One list of the board: ``holds`` says which articles stand in it, ``order`` how they are sorted."""

    key: str
    title: str
    empty: str
    holds: Callable[[Asking, Fact], bool]
    order: Callable[[Asking, Fact], Any]
    needs: str = ""


SECTIONS = [
    Section(
        "mine", "My drafts", "You have no drafts.",
        lambda asking, fact: fact.stage == Stage.DRAFT and asking.is_new(fact) and asking.is_mine(fact),
        lambda asking, fact: -fact.touched_at.timestamp(),
    ),
    Section(
        "review", "Waiting for review", "Nothing is in review.",
        lambda asking, fact: fact.stage == Stage.REVIEW,
        lambda asking, fact: (fact.assigned_to != asking.user.pk, fact.submitted_at or fact.touched_at),
    ),
    Section(
        "approved", "Approved", "Nothing is approved and unpublished.",
        lambda asking, fact: fact.stage == Stage.APPROVED,
        lambda asking, fact: fact.touched_at,
    ),
    Section(
        "scheduled", "Scheduled next", "Nothing is scheduled.",
        lambda asking, fact: fact.next_from is not None,
        lambda asking, fact: fact.next_from,
    ),
    Section(
        "changed", "Changed since published", "What is published has no changes waiting.",
        lambda asking, fact: bool(fact.stage) and not asking.is_new(fact),
        lambda asking, fact: -fact.touched_at.timestamp(),
    ),
    Section(
        "overdue", "Overdue", "Nothing is overdue.",
        lambda asking, fact: is_overdue(fact.due, fact.stage, asking.now),
        lambda asking, fact: fact.due,
    ),
    Section(
        "stale", "Stale", "Nothing lies untouched.",
        lambda asking, fact: asking.is_stale(fact),
        lambda asking, fact: fact.touched_at,
    ),
    Section(
        "others", "Drafts of others", "Nobody else has a draft.",
        lambda asking, fact: fact.stage == Stage.DRAFT and asking.is_new(fact) and not asking.is_mine(fact),
        lambda asking, fact: -fact.touched_at.timestamp(),
        needs=PUBLISH,
    ),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """One article on the board. ``article`` comes from ``articles.staff.with_state``."""

    article: Any
    state: Standing
    waits_since: datetime | None
    touched_at: datetime
    is_overdue: bool
    note: WorkflowStep | None
    present: list[str]


@dataclass(frozen=True, slots=True)
class Column:
    """A list of the board with all that is in it counted, and its first cards."""

    section: Section
    count: int
    cards: list[Card]


def columns(
    articles: QuerySet[Article], user: User, *, shown: int = SHOWN, keys: Iterable[str] | None = None
) -> list[Column]:
    """Return the lists of the board over the articles that an account may see.

    ``articles`` come from ``articles.staff.with_state``. ``keys`` names the lists, all that are for the account by
    default. The number of queries does not depend on the number of articles.
    """
    asking = Asking(user, timezone.now())
    facts = _facts(articles)
    picked = {
        section.key: _members(section, facts, asking)
        for section in sections_for(user)
        if keys is None or section.key in keys
    }
    first = {fact.pk: fact for members in picked.values() for fact in members[:shown]}
    cards = _cards(first, asking)
    return [
        Column(
            section,
            len(picked[section.key]),
            [cards[fact.pk] for fact in picked[section.key][:shown] if fact.pk in cards],
        )
        for section in SECTIONS
        if section.key in picked
    ]


def sections_for(user: User) -> list[Section]:
    """Return the lists that an account is shown."""
    return [section for section in SECTIONS if not section.needs or user.has_perm(section.needs)]


def members(articles: QuerySet[Article], user: User, key: str) -> list[int]:
    """Return the keys of the articles in one list, in its order; none for an unknown list.

    ``articles`` come from ``articles.staff.with_state``.
    """
    asking = Asking(user, timezone.now())
    facts = _facts(articles)
    found = [_members(section, facts, asking) for section in sections_for(user) if section.key == key]
    return [fact.pk for fact in found[0]] if found else []


def _facts(articles: QuerySet[Any]) -> list[Fact]:
    saved = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("created_at")[:1]
    waiting = articles.order_by().filter(something_waits() | Q(next_from__isnull=False))
    rows = list(
        waiting.annotate(saved_at=Subquery(saved)).values_list(
            "pk", "created_by", "assigned_to", "due", "published_at", "next_from", "stage", "saved_at"
        )
    )
    steps = _steps_on([row[0] for row in rows])
    facts = []
    for pk, created_by, assigned_to, due, published_at, next_from, stage, saved_at in rows:
        last, submitted_at = steps.get(pk, (saved_at, None))
        touched_at = max(saved_at, last)
        facts.append(
            Fact(pk, created_by, assigned_to, due, published_at, next_from, stage, submitted_at, touched_at)
        )
    return facts


def _steps_on(keys: list[int]) -> dict[int, tuple[datetime, datetime | None]]:
    """Return the instants of the latest step and of the latest submission, by the key of the article."""
    rows = WorkflowStep.objects.filter(revision__article__in=keys).order_by().values("revision__article")
    submitted = Max("created_at", filter=Q(kind=WorkflowStep.Kind.SUBMIT))
    latest = rows.annotate(last=Max("created_at"), submitted=submitted)
    return {row["revision__article"]: (row["last"], row["submitted"]) for row in latest}


def _members(section: Section, facts: list[Fact], asking: Asking) -> list[Fact]:
    held = [fact for fact in facts if section.holds(asking, fact)]
    return sorted(held, key=lambda fact: (section.order(asking, fact), fact.pk))


def _cards(facts: dict[int, Fact], asking: Asking) -> dict[int, Card]:
    keys = list(facts)
    articles = staff.with_state(Article.objects.filter(pk__in=keys)).select_related(
        "created_by", "assigned_to"
    )
    notes = _last_notes(keys, asking.now)
    present = _present(keys, asking)
    return {
        article.pk: Card(
            article,
            staff.state_of(article),
            facts[article.pk].submitted_at if article.stage == Stage.REVIEW else None,
            facts[article.pk].touched_at,
            is_overdue(article.due, article.stage, asking.now),
            notes.get(article.pk),
            present.get(article.pk, []),
        )
        for article in articles
    }


def _last_notes(keys: list[int], now: datetime) -> dict[int, WorkflowStep]:
    """Return the latest note on each article, by its key, but none that was settled with what became public since."""
    settled = Revision.objects.filter(
        article=OuterRef("revision__article"),
        number__gte=OuterRef("revision__number"),
        live__startswith__gte=OuterRef("created_at"),
        live__startswith__lte=now,
    )
    steps = WorkflowStep.objects.filter(~Exists(settled), revision__article__in=keys).exclude(note="")
    latest = steps.order_by("revision__article_id", "-id").distinct("revision__article_id")
    return {step.revision.article_id: step for step in latest.select_related("revision", "created_by")}


def _present(keys: list[int], asking: Asking) -> dict[int, list[str]]:
    """Return who has an article open at this moment, in words, by its key: others than the one who asks."""
    copies = WorkingCopy.objects.filter(article__in=keys, seen_at__gt=asking.now - GONE_AFTER)
    rows = copies.exclude(user=asking.user).values_list("article", "user__username")
    found: dict[int, list[str]] = {}
    for article, name, unsaved in rows.annotate(unsaved=Count("content")).order_by("user__username"):
        assert article is not None
        found.setdefault(article, []).append(f"{name} is writing" if unsaved else f"{name} has it open")
    return found
