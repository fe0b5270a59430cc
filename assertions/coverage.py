"""Read model: articles as lists show them, with the claims and the actors in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from actors.models import Actor, ActorKind
from articles.models import Mention, Revision
from assertions.models import Anchor, Assertion
from assertions.vocabulary import AnchorStatus


@dataclass(frozen=True, slots=True)
class Coverage:
    """A live revision, the number of public claims in it, and the public actors it names, people first."""

    revision: Revision
    claims: int
    actors: list[Actor]


def coverage_of(revisions: Sequence[Revision], at: datetime) -> list[Coverage]:
    """Return the rows of a list of articles, in two queries for all of them."""
    standing = Anchor.objects.filter(
        revision__in=revisions,
        status__in=[AnchorStatus.EXACT, AnchorStatus.MOVED],
        evidence__assertion__in=Assertion.objects.public(at).values("pk"),
    ).order_by()
    claims = dict(standing.values_list("revision").annotate(Count("evidence__assertion", distinct=True)))
    named: dict[int, list[Actor]] = defaultdict(list)
    for revision, actor in actors_named(revisions, at):
        named[revision].append(actor)
    return [Coverage(revision, claims.get(revision.pk, 0), named[revision.pk]) for revision in revisions]


def actors_named(revisions: Sequence[Revision], at: datetime) -> list[tuple[int, Actor]]:
    """Return (revision key, actor) for the public actors that revisions name.

    People come before states, and those who are named more often before the others.
    """
    rows = list(
        Mention.objects.filter(revision__in=revisions, actor__in=Actor.objects.public(at).values("pk"))
        .order_by()
        .values_list("revision", "actor")
        .annotate(times=Count("pk"))
    )
    actors = Actor.objects.in_bulk({actor for _, actor, _ in rows})
    rows.sort(key=lambda row: (_RANK.get(actors[row[1]].kind, 1), -row[2], actors[row[1]].name))
    return [(revision, actors[actor]) for revision, actor, _ in rows]


# States are named in nearly every article, so they tell least about one.
_RANK = {ActorKind.PERSON.value: 0, ActorKind.STATE.value: 2}
