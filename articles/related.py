"""Read model: the public articles that have most in common with one."""

from collections.abc import Collection
from datetime import datetime
from math import log

from django.db.models import Case, Count, FloatField, Max, Value, When

from actors.models import Actor
from articles.models import Mention, Revision, TaggedRevision, Topic

CANDIDATES = 60
"""Articles that are compared by topics and dates too, after their actors have been."""
LEAST = 0.25
"""Part of the nearness of the nearest below which an article is left out."""
YEAR = 365.0


def related(
    revision: Revision, actors: Collection[Actor], topics: Collection[Topic], at: datetime, limit: int
) -> list[int]:
    """Return the keys of the public revisions that are nearest to one, at most `limit`, the nearest first.

    Each actor named in both weighs log(N / n), where n of the N public articles name it (inverse document
    frequency, Spärck Jones 1972), so that the two states that nearly every article names weigh next to
    nothing; so does each topic they share. The sum is halved for each year between the two. Articles
    without an actor in common are not related.
    """
    public = Revision.objects.public(at).order_by()
    total = public.count()
    mentions = Mention.objects.filter(revision__in=public.values("pk"), actor__in=actors).order_by()
    named = dict(mentions.values_list("actor").annotate(Count("revision", distinct=True)))
    if not named:
        return []
    shared = sum(
        (
            Max(Case(When(actor=actor, then=_weight(total, times)), default=Value(0.0)))
            for actor, times in named.items()
        ),
        Value(0.0, FloatField()),
    )
    alike = dict(
        mentions.exclude(revision=revision)
        .values_list("revision")
        .annotate(shared=shared)
        .order_by("-shared", "-revision")[:CANDIDATES]
    )
    filed = TaggedRevision.objects.filter(tag__in=topics).order_by()
    spread = dict(
        filed.filter(content_object__in=public.values("pk"))
        .values_list("tag")
        .annotate(Count("content_object", distinct=True))
    )
    for key, topic in filed.filter(content_object__in=alike).values_list("content_object", "tag"):
        alike[key] += log(total / spread[topic])
    rows = Revision.objects.filter(pk__in={*alike, revision.pk}).values_list("pk", "article__published_at")
    days = {key: published.toordinal() for key, published in rows if published}
    here = days[revision.pk]
    nearness = {key: weight * 0.5 ** (abs(days[key] - here) / YEAR) for key, weight in alike.items()}
    least = max(nearness.values(), default=0.0) * LEAST
    near = [key for key in nearness if nearness[key] >= least]
    return sorted(near, key=lambda key: (-nearness[key], -key))[:limit]


def _weight(total: int, times: int) -> Value:
    return Value(log(total / times), FloatField())
