"""What two actors have to do with each other in the coverage: a read model over what is public at an instant.

A side is the actor itself and, for a state, the people and bodies whose country it is; a state is always a
side of its own. Where one of the two belongs to the other, it counts on its own side only.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import combinations
from typing import Any

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor, ActorKind
from articles.models import Mention, Revision, TaggedRevision, Topic
from assertions.models import Answer, Assertion, Link, Participant, Question, Speaker, TaggedAssertion
from assertions.querysets import AssertionQuerySet
from assertions.vocabulary import LinkType, ParticipantRole, Polarity

_OPPOSING = [LinkType.CONTRADICTS, LinkType.DENIES]
_ABOUT = [ParticipantRole.SUBJECT, ParticipantRole.OBJECT]


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its actor, and the keys of all public actors that count for it."""

    actor: Actor
    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many public claims stand on a relationship, by who makes them, how, and in which month (first day).

    A claim that both sides make counts on both; ``undated`` are those of each side whose month nobody gave.
    """

    claims: int
    by_left: int
    by_right: int
    by_others: int
    polarity: dict[str, int]
    left_months: dict[date, int]
    right_months: dict[date, int]
    undated: int


@dataclass(frozen=True)
class Relationship:
    """Two sides at an instant. Querysets are of what is public then."""

    left: Side
    right: Side
    at: datetime

    def get_absolute_url(self) -> str:
        return address(self.left.actor.slug, self.right.actor.slug)

    def articles(self) -> QuerySet[Revision]:
        """Return the live revisions that name both sides."""
        live = Revision.objects.public(self.at)
        return live.mentioning(self.left.members).mentioning(self.right.members)

    def claims(self) -> AssertionQuerySet:
        """Return the claims of either side about the other, and of others about both."""
        left_speaks = _voiced(self.left) & _about(self.right)
        right_speaks = _voiced(self.right) & _about(self.left)
        return self._public().filter(left_speaks | right_speaks | _about(self.left) & _about(self.right))

    def claims_by_left(self) -> AssertionQuerySet:
        """Return what is said by or for the left side about the right one."""
        return self._public().filter(_voiced(self.left), _about(self.right))

    def claims_by_right(self) -> AssertionQuerySet:
        """Return what is said by or for the right side about the left one."""
        return self._public().filter(_voiced(self.right), _about(self.left))

    def claims_by_others(self) -> AssertionQuerySet:
        """Return what is said about both by others, and in the articles' own voice."""
        about_both = self._public().filter(_about(self.left), _about(self.right))
        return about_both.filter(~_voiced(self.left), ~_voiced(self.right))

    def oppositions(self) -> QuerySet[Link]:
        """Return the contradictions and denials between public claims, one of them on this relationship."""
        public, here = self._public().values("pk"), self.claims().values("pk")
        links = Link.objects.filter(type__in=_OPPOSING, source__in=public, target__in=public)
        return links.filter(Q(source__in=here) | Q(target__in=here))

    def topics(self) -> QuerySet[Topic]:
        """Return the public topics of the articles and the claims."""
        revisions = TaggedRevision.objects.filter(content_object__in=self.articles().values("pk"))
        assertions = TaggedAssertion.objects.filter(content_object__in=self.claims().values("pk"))
        here = Q(pk__in=revisions.values("tag")) | Q(pk__in=assertions.values("tag"))
        return Topic.objects.public(self.at).filter(here)

    def questions(self) -> QuerySet[Question]:
        """Return the public questions on which a claim is made by, for or about one of the sides."""
        either = _voiced(self.left) | _voiced(self.right) | _about(self.left) | _about(self.right)
        answers = Answer.objects.filter(assertion__in=self._public().filter(either).values("pk"))
        return Question.objects.public(self.at).filter(pk__in=answers.values("question"))

    @cached_property
    def tally(self) -> Tally:
        """The counts of the claims, in one query."""
        rows = (
            self.claims()
            .annotate(
                left=Case(When(_voiced(self.left) & _about(self.right), then=1), default=0),
                right=Case(When(_voiced(self.right) & _about(self.left), then=1), default=0),
                days=Coalesce("said_range", "published_range"),
            )
            .order_by()
            .values_list("left", "right", "polarity", "days")
            .annotate(number=Count("pk"))
        )
        totals: Counter[str] = Counter()
        polarity: Counter[str] = Counter()
        months: tuple[Counter[date], Counter[date]] = (Counter(), Counter())
        for left, right, polar, days, number in rows:
            totals["claims"] += number
            totals["left"] += number * left
            totals["right"] += number * right
            totals["others"] += number * (not left and not right)
            polarity[polar] += number
            month = _month(days)
            if month is None:
                totals["undated"] += number * (left or right)
                continue
            for side, counts in zip((left, right), months, strict=True):
                if side:
                    counts[month] += number
        return Tally(
            totals["claims"], totals["left"], totals["right"], totals["others"],
            {value: polarity[value] for value in Polarity.values},
            dict(months[0]), dict(months[1]), totals["undated"],
        )  # fmt: skip

    @cached_property
    def article_count(self) -> int:
        """How many articles name both sides."""
        return self.articles().count()

    @cached_property
    def has_common_coverage(self) -> bool:
        """Whether anything public brings the two together."""
        return self.articles().exists() or self.claims().exists()

    def _public(self) -> AssertionQuerySet:
        return Assertion.objects.public(self.at)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two states with common coverage, in the order in which a relationship shows them."""

    left: Actor
    right: Actor
    articles: int
    claims: int

    def get_absolute_url(self) -> str:
        return address(self.left.slug, self.right.slug)


def address(one: str, other: str) -> str:
    """Return the canonical address of a relationship: its two slugs in the order of the alphabet."""
    return reverse("assertions:relationship", args=sorted([one, other]))


def in_order(one: str, other: str) -> tuple[str, str]:
    """Return two slugs as left and right: as the settings name them, else by the alphabet."""
    first, second = sorted([one, other])
    default = tuple(settings.RELATIONSHIP)
    return (second, first) if default == (second, first) else (first, second)


def followed(at: datetime | None = None) -> Relationship | None:
    """Return the relationship that the site follows; None while one of its sides is not public."""
    # The settings may name an actor that was merged into another since.
    sides = Actor.objects.reached(settings.RELATIONSHIP, at)
    return _between(sides, at or timezone.now()) if len(sides) == 2 else None


def find_relationship(one: str, other: str, at: datetime | None = None) -> Relationship:
    """Return the relationship of two public actors by their slugs, in either order.

    Raises Actor.DoesNotExist if they are one, or one of them is not public then.
    """
    at = at or timezone.now()
    found = Actor.objects.public(at).in_bulk({one, other}, field_name="slug")
    if len(found) != 2:
        raise Actor.DoesNotExist(f"{one} and {other} are not two public actors.")
    return _between(found.values(), at)


def _between(actors: Iterable[Actor], at: datetime) -> Relationship:
    by_slug = {actor.slug: actor for actor in actors}
    left, right = (by_slug[slug] for slug in in_order(*by_slug))
    states = [actor.pk for actor in (left, right) if actor.kind == ActorKind.STATE]
    belonging = (
        Actor.objects.public(at)
        .filter(country__in=states)
        .exclude(kind=ActorKind.STATE)
        .exclude(pk__in=[left.pk, right.pk])
        .values_list("country", "pk")
    )
    members: dict[int, set[int]] = {left.pk: {left.pk}, right.pk: {right.pk}}
    for country, actor in belonging:
        if country is not None:
            members[country].add(actor)
    return Relationship(
        Side(left, frozenset(members[left.pk])), Side(right, frozenset(members[right.pk])), at
    )


def pairs_of_states(at: datetime | None = None) -> list[Pair]:
    """Return the pairs of public states that have common coverage, those with the most of it first."""
    at = at or timezone.now()
    articles = Counter(
        pair for states in _states_in_articles(at) for pair in combinations(sorted(set(states)), 2)
    )
    claims = _pairs_in_claims(at)
    states = Actor.objects.public(at).in_bulk({key for pair in (*articles, *claims) for key in pair})
    found = []
    for keys in {*articles, *claims}:
        slugs = in_order(*(states[key].slug for key in keys))
        by_slug = {states[key].slug: states[key] for key in keys}
        found.append(Pair(by_slug[slugs[0]], by_slug[slugs[1]], articles[keys], claims[keys]))
    return sorted(found, key=lambda pair: (-pair.articles - pair.claims, pair.left.name, pair.right.name))


def _states_in_articles(at: datetime) -> QuerySet[Any, list[int]]:
    live = Revision.objects.public(at).values("pk")
    mentions = _with_state(Mention.objects.filter(revision__in=live), "actor", at).order_by()
    by_revision = mentions.values("revision").annotate(states=ArrayAgg("state", distinct=True))
    states: QuerySet[Any, list[int]] = by_revision.values_list("states", flat=True)
    return states


def _pairs_in_claims(at: datetime) -> Counter[tuple[int, int]]:
    """Count claims by the pair of states that they stand on, in the sense of ``Relationship.claims``."""
    public = Assertion.objects.public(at).values("pk")
    voices, subjects = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    speakers = Speaker.objects.filter(assertion__in=public)
    participants = Participant.objects.filter(assertion__in=public, role__in=_ABOUT)
    for rows, field, into in (
        (speakers, "actor", voices),
        (speakers, "speaks_for", voices),
        (participants, "actor", subjects),
    ):
        for assertion, state in _with_state(rows, field, at).order_by().values_list("assertion", "state"):
            into[assertion].add(state)
    counts: Counter[tuple[int, int]] = Counter()
    for assertion, about in subjects.items():
        said_by = voices[assertion]
        for one, other in combinations(sorted(about | said_by), 2):
            if (one in about and (other in about or other in said_by)) or (other in about and one in said_by):
                counts[one, other] += 1
    return counts


def _with_state(rows: QuerySet[Any], field: str, at: datetime) -> QuerySet[Any]:
    """Keep the rows whose actor is public and counts for a public state; annotate that as ``state``."""
    public = Actor.objects.public(at).values("pk")
    state = Case(When(**{f"{field}__kind": ActorKind.STATE}, then=F(field)), default=F(f"{field}__country"))
    counted: QuerySet[Any] = rows.filter(**{f"{field}__in": public}).annotate(state=state)
    return counted.filter(state__in=public)


def _voiced(side: Side) -> Exists:
    voice = Q(actor__in=side.members) | Q(speaks_for__in=side.members)
    return Exists(Speaker.objects.filter(voice, assertion=OuterRef("pk")))


def _about(side: Side) -> Exists:
    return Exists(
        Participant.objects.filter(assertion=OuterRef("pk"), actor__in=side.members, role__in=_ABOUT)
    )


def _month(days: DateRange | None) -> date | None:
    """Return the first day of the month that a range of days lies in; None if it is in no one month."""
    if days is None or days.lower is None or days.upper is None:
        return None
    first, last = days.lower.replace(day=1), (days.upper - timedelta(days=1)).replace(day=1)
    return first if first == last else None
