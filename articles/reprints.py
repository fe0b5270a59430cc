"""Articles that are other articles printed again: which may be, which are, and where each comes from in the end."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from articles.dating import day_of
from articles.models import Article, Reprint, Revision
from articles.shingles import Likeness, is_reprint, likeness, shingles

SHARED = 3
"""Hashes that two sketches must share to be looked at: every measured reprint of a sixth of its original shares 10."""
LOOKED_AT = 30
"""Texts that are compared with a new one, those that share the most first. A text printed again more often is found by
some of these: the rest of its cluster hangs on them."""
STANDING = (Reprint.State.CONFIRMED, Reprint.State.PROPOSED)


def open_proposals() -> QuerySet[Reprint]:
    """Return the pairs that wait for an editor."""
    return Reprint.objects.filter(state=Reprint.State.PROPOSED)


def sharing(article: int, sketch: list[int]) -> list[int]:
    """Return the keys of the other articles whose sketches share most with one, at most ``LOOKED_AT``, likest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT article_id FROM articles_fingerprint, unnest(hashes) hash
             WHERE hashes && %(sketch)s::bigint[] AND hash = ANY(%(sketch)s) AND article_id <> %(article)s
             GROUP BY article_id HAVING count(*) >= %(shared)s ORDER BY count(*) DESC, article_id LIMIT %(most)s
            """,
            {"sketch": sketch, "article": article, "shared": SHARED, "most": LOOKED_AT},
        )
        return [key for (key,) in cursor.fetchall()]


def alike(text: str, others: Collection[int]) -> dict[int, Likeness]:
    """Return how much a text shares with the latest texts of other articles, by their keys: reprints only.

    Texts are read one at a time, so that memory does not grow with how many there are.
    """
    own = shingles(text)
    found = {}
    for article, other in latest(others).values_list("article", "text").iterator(chunk_size=5):
        theirs = shingles(other)
        if is_reprint(own, theirs):
            found[article] = likeness(own, theirs)
    return found


def latest(articles: Collection[int]) -> QuerySet[Revision]:
    """Return the latest revisions of articles, given by their keys."""
    newest = Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("pk")[:1]
    return Revision.objects.filter(article__in=articles, pk=Subquery(newest)).order_by("article")


def by_age(articles: Iterable[int]) -> list[int]:
    """Return articles, given by their keys, in the order in which they came to be, the earliest first.

    The day that the text itself bears goes before the instant at which it was first public here, and that before the
    instant at which it was written here: an agency's item may be imported after its reprints.
    """
    keys = list(articles)
    ages: dict[int, tuple[date, datetime, int]] = {}
    for text in latest(keys).select_related("article").only("dated", "article"):
        shown = text.article.published_at or text.article.created_at
        ages[text.article_id] = (day_of(text), shown, text.article_id)
    unknown = (date.max, datetime.combine(date.max, time(), UTC))
    return sorted(keys, key=lambda key: ages.get(key, (*unknown, key)))


class Roots(NamedTuple):
    """Where articles come from in the end, by their keys; those that nothing joins to another are left out."""

    confirmed: dict[int, int]
    """As far as editors confirmed it."""
    possible: dict[int, int]
    """With what nobody refused."""


def roots(articles: Collection[int]) -> Roots:
    """Return where articles, given by their keys, come from. One query.

    Articles that pairs join, directly or through others, are one cluster. Its root is the member that is no reprint
    itself; of several the one with the lowest key, as of a circle, so that it does not change with who asks.
    """
    if not articles:
        return Roots({}, {})
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE way (one, other) AS (
                SELECT article_id, original_id FROM articles_reprint WHERE state = ANY(%(states)s)
                UNION ALL
                SELECT original_id, article_id FROM articles_reprint WHERE state = ANY(%(states)s)
            ), reached (id) AS (
                SELECT unnest(%(articles)s::bigint[])
                UNION
                SELECT way.other FROM way JOIN reached ON way.one = reached.id
            )
            SELECT article_id, original_id, state FROM articles_reprint
             WHERE state = ANY(%(states)s) AND article_id IN (SELECT id FROM reached)
            """,
            {"articles": list(articles), "states": list(map(str, STANDING))},
        )
        pairs: list[tuple[int, int, str]] = cursor.fetchall()
    possible = root_of_each([pair[:2] for pair in pairs])
    confirmed = root_of_each([pair[:2] for pair in pairs if pair[2] == Reprint.State.CONFIRMED])
    wanted = set(articles)
    return Roots(
        {article: root for article, root in confirmed.items() if article in wanted},
        {article: root for article, root in possible.items() if article in wanted},
    )


def root_of_each(pairs: Collection[tuple[int, int]]) -> dict[int, int]:
    """Return the root of every article in pairs of (reprint, original), as ``roots`` tells it."""
    beside: dict[int, set[int]] = defaultdict(set)
    for reprint, original in pairs:
        beside[reprint].add(original)
        beside[original].add(reprint)
    taken = {reprint for reprint, _ in pairs}
    found: dict[int, int] = {}
    for article in sorted(beside):
        if article in found:
            continue
        cluster, ahead = {article}, [article]
        while ahead:
            new = beside[ahead.pop()] - cluster
            cluster |= new
            ahead.extend(new)
        root = min(cluster - taken or cluster)
        found |= dict.fromkeys(cluster, root)
    return found


def public_originals(article: Article, at: datetime) -> list[Revision]:
    """Return the live revisions of what an article is confirmed to print again, as far as that is public then."""
    pairs = Reprint.objects.filter(article=article, state=Reprint.State.CONFIRMED)
    shown = Revision.objects.public(at).filter(article__in=pairs.values("original"))
    return list(shown.select_related("article").defer("body", "text", "search").order_by("article"))
