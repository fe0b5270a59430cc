"""Topics for the newsroom: what each holds, and which of them may be the same."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, QuerySet

from articles.models import Article, Revision, Topic
from assertions.models import Assertion

ALIKE = 0.5
"""Trigram similarity of names from which two topics may be one: "sanction" and "sanctions" have 0.73."""
PAIRS = 100


@dataclass(frozen=True, slots=True)
class Holding:
    """A topic with how many articles and assertions are filed under it, and how many of these are public."""

    topic: Topic
    articles: int
    public_articles: int
    assertions: int
    public_assertions: int


def holdings(topics: QuerySet[Topic]) -> list[Holding]:
    """Return what topics hold, in their order."""
    every = topics.annotate(number=Count("tagged_revisions__content_object__article", distinct=True))
    return [
        Holding(
            topic,
            topic.number,
            Article.objects.filter(
                pk__in=Revision.objects.public().filter(topics=topic).values("article")
            ).count(),
            Assertion.objects.filter(topics=topic).count(),
            Assertion.objects.public().filter(topics=topic).count(),
        )
        for topic in every
    ]


def like_named() -> list[tuple[Topic, Topic]]:
    """Return the pairs of topics with nearly the same name, whatever its case and accents, the likest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH known AS (SELECT id, unaccent(lower(name)) AS name FROM articles_topic WHERE merged_into_id IS NULL)
            SELECT one.id, other.id FROM known one JOIN known other ON one.id < other.id
            WHERE similarity(one.name, other.name) >= %s
            ORDER BY similarity(one.name, other.name) DESC, one.name, other.name LIMIT %s
            """,
            [ALIKE, PAIRS],
        )
        pairs: list[tuple[int, int]] = cursor.fetchall()
    topics = Topic.objects.in_bulk({key for pair in pairs for key in pair})
    return [(topics[one], topics[other]) for one, other in pairs]
