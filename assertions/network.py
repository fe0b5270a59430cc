"""Who appears with whom and who speaks about whom: a read model over what is public at an instant.

Two actors appear together where one live article names both. One speaks about another where it makes a claim whose
subject or object is the other. By states, whoever belongs to a state counts for it, and a claim for whom it is made.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When

from actors.models import Actor
from articles.models import Mention, Revision
from assertions.models import Assertion, Participant, Speaker
from assertions.vocabulary import ParticipantRole

_ABOUT = [ParticipantRole.SUBJECT, ParticipantRole.OBJECT]


@dataclass(frozen=True, slots=True)
class Presence:
    """An actor in the network: in how many claims it speaks and is spoken of, and how many articles name it."""

    actor: Actor
    said: int
    about: int
    articles: int


@dataclass(frozen=True, slots=True)
class Tie:
    """From one actor to another, and by how many claims or articles."""

    one: Actor
    other: Actor
    number: int


@dataclass(frozen=True, slots=True)
class Network:
    """The public actors at an instant and what ties them; ``by_state`` rolls them up to their states."""

    at: datetime
    by_state: bool = False

    def presences(self) -> list[Presence]:
        """Return all who speak, are spoken of or are named in an article, in four queries.

        Those in the most claims come first, then those in the most articles, then by name.
        """
        said = self._number(self._voices(), "voice", "assertion")
        about = self._number(self._subjects(), "subject", "assertion")
        articles = self._number(self._named(), "named", "revision")
        actors = self._actors({*said, *about, *articles})
        found = [Presence(actors[key], said[key], about[key], articles[key]) for key in actors]
        return sorted(
            found, key=lambda row: (-row.said - row.about, -row.articles, row.actor.name, row.actor.pk)
        )

    def speaking(self, actors: Iterable[Actor]) -> list[Tie]:
        """Return whom the actors speak about, the most claims first, in two queries; nobody about itself."""
        subjects = Case(
            *self._to_state("assertion__participants__actor"), default=F("assertion__participants__actor")
        )
        rows = (
            self._voices()
            .filter(assertion__participants__role__in=_ABOUT, assertion__participants__actor__isnull=False)
            .annotate(subject=subjects)
            .filter(voice__in=[actor.pk for actor in actors])
        )
        return self._ties(rows, "voice", "subject", "assertion")

    def together(self, actors: Iterable[Actor]) -> list[Tie]:
        """Return with whom articles name the actors, the most articles first, in two queries.

        A pair of the actors comes twice, once from each side.
        """
        rows = (
            self._named()
            .filter(revision__mentions__in=self._first_mentions())
            .annotate(
                beside=Case(
                    *self._to_state("revision__mentions__actor"), default=F("revision__mentions__actor")
                )
            )
            .filter(named__in=[actor.pk for actor in actors])
        )
        return self._ties(rows, "named", "beside", "revision")

    def _voices(self) -> QuerySet[Any]:
        """Speakers of public claims, with the key of who counts as ``voice``."""
        speakers = Speaker.objects.filter(assertion__in=Assertion.objects.public(self.at).values("pk"))
        if not self.by_state:
            return speakers.filter(actor__isnull=False).annotate(voice=F("actor"))
        voice = Case(
            *self._to_state("speaks_for"),
            When(speaks_for__isnull=False, then=F("speaks_for")),
            *self._to_state("actor"),
            default=F("actor"),
        )
        return speakers.filter(Q(actor__isnull=False) | Q(speaks_for__isnull=False)).annotate(voice=voice)

    def _subjects(self) -> QuerySet[Any]:
        """Subjects and objects of public claims, with the key of who counts as ``subject``."""
        claims = Assertion.objects.public(self.at).values("pk")
        rows = Participant.objects.filter(assertion__in=claims, role__in=_ABOUT, actor__isnull=False)
        return rows.annotate(subject=Case(*self._to_state("actor"), default=F("actor")))

    def _named(self) -> QuerySet[Any]:
        """Mentions in live revisions, one for each actor in each, with the key of who counts as ``named``."""
        rows = Mention.objects.filter(pk__in=self._first_mentions())
        return rows.annotate(named=Case(*self._to_state("actor"), default=F("actor")))

    def _first_mentions(self) -> QuerySet[Any]:
        """Keys of the first mention of each public actor in each live revision.

        A text may name two actors ten thousand times each: joined with each other, all its mentions would be a hundred
        million rows.
        """
        live = Revision.objects.public(self.at).values("pk")
        rows = Mention.objects.filter(revision__in=live, actor__in=self._public())
        return (
            rows.order_by("revision_id", "actor_id", "start").distinct("revision_id", "actor_id").values("pk")
        )

    def _to_state(self, field: str) -> list[When]:
        """What leads from an actor to its state, where that is asked for and the state is public."""
        if not self.by_state:
            return []
        return [When(**{f"{field}__country__in": self._public()}, then=F(f"{field}__country"))]

    def _public(self) -> QuerySet[Actor, Any]:
        return Actor.objects.public(self.at).values("pk")

    def _actors(self, keys: Collection[int]) -> dict[int, Actor]:
        return Actor.objects.public(self.at).in_bulk(keys)

    def _number(self, rows: QuerySet[Any], key: str, counted: str) -> Counter[int]:
        return Counter(dict(rows.order_by().values_list(key).annotate(Count(counted, distinct=True))))

    def _ties(self, rows: QuerySet[Any], one: str, other: str, counted: str) -> list[Tie]:
        counts = list(
            rows.exclude(**{one: F(other)})
            .order_by()
            .values_list(one, other)
            .annotate(number=Count(counted, distinct=True))
        )
        actors = self._actors({key for row in counts for key in row[:2]})
        ties = [Tie(actors[a], actors[b], number) for a, b, number in counts if a in actors and b in actors]
        return sorted(
            ties, key=lambda tie: (-tie.number, tie.other.name, tie.other.pk, tie.one.name, tie.one.pk)
        )


def by_first(ties: Iterable[Tie]) -> dict[int, list[Tie]]:
    """Return ties by the key of the actor they go from, in the order given."""
    found: dict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        found[tie.one.pk].append(tie)
    return found
