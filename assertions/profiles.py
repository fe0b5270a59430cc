"""What the coverage says by, for, of and beside an actor: a read model over what is public at an instant."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from actors.models import Actor, Affiliation
from articles.models import Mention, Revision
from assertions.models import Assertion, Participant, Quantity, Speaker
from assertions.querysets import AssertionQuerySet
from assertions.vocabulary import ParticipantRole


@dataclass(frozen=True, slots=True)
class Profile:
    """A public actor at an instant. Every queryset is of what is public then."""

    actor: Actor
    at: datetime

    def said(self) -> AssertionQuerySet:
        """Return what it says itself."""
        return self._claims().said_by([self.actor])

    def said_for(self) -> AssertionQuerySet:
        """Return what others say for it."""
        return self._claims().said_for([self.actor])

    def possibly_said(self) -> AssertionQuerySet:
        """Return what an unnamed speaker says who may be it."""
        return self._claims().possibly_said_by([self.actor])

    def about(self) -> AssertionQuerySet:
        """Return the claims with it as subject or object, whoever makes them."""
        return self._claims().about([self.actor])

    def relayed(self) -> AssertionQuerySet:
        """Return what came through it."""
        return self._claims().relayed_by([self.actor])

    def articles(self) -> QuerySet[Revision]:
        """Return the live revisions that name it."""
        return Revision.objects.public(self.at).mentioning([self.actor])

    def companions(self) -> QuerySet[Actor]:
        """Return the actors in the same articles, those of the most first, with ``shared``: in how many."""
        beside = Actor.objects.public(self.at).filter(mentions__revision__in=self.articles().values("pk"))
        counted = beside.exclude(pk=self.actor.pk).annotate(shared=Count("mentions__revision", distinct=True))
        return counted.order_by("-shared", "name", "pk")

    def quantities(self) -> QuerySet[Quantity]:
        """Return the counts that it made."""
        counted = Quantity.objects.public(self.at).filter(counted_by=self.actor)
        return counted.select_related("measure", "assertion").order_by("-as_of", "measure__name", "pk")

    def belonging(self) -> QuerySet[Actor]:
        """Return the people and bodies whose country it is."""
        return Actor.objects.public(self.at).filter(country=self.actor)

    def holders(self) -> QuerySet[Affiliation]:
        """Return the positions that others hold with it, the latest first."""
        people = Actor.objects.public(self.at)
        return (
            self.actor.affiliated.filter(actor__in=people)
            .select_related("actor")
            .order_by("-started", "actor__name")
        )

    def _claims(self) -> AssertionQuerySet:
        return Assertion.objects.public(self.at)


def counts_of(actors: list[Actor], at: datetime) -> dict[int, dict[str, int]]:
    """Return for each actor how many public claims it ``said``, are ``about`` it, and its ``articles``.

    Three queries, however many actors.
    """
    claims = Assertion.objects.public(at).values("pk")
    live = Revision.objects.public(at).values("pk")
    about = Participant.objects.filter(role__in=[ParticipantRole.SUBJECT, ParticipantRole.OBJECT])
    counted = {
        "said": Speaker.objects.filter(assertion__in=claims)
        .values("actor")
        .annotate(number=_distinct("assertion")),
        "about": about.filter(assertion__in=claims).values("actor").annotate(number=_distinct("assertion")),
        "articles": Mention.objects.filter(revision__in=live)
        .values("actor")
        .annotate(number=_distinct("revision")),
    }
    counts = {actor.pk: dict.fromkeys(counted, 0) for actor in actors}
    for what, rows in counted.items():
        for row in rows.filter(actor__in=actors).order_by():
            counts[row["actor"]][what] = row["number"]
    return counts


def _distinct(column: str) -> Count:
    return Count(column, distinct=True)
