"""What the page of a revision holds: its words with marks and links, the notes beside them, and what belongs to it.

The page of an article, of one of its versions and of a preview are made of it.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from actors.models import Actor, NameKind
from articles.body import Mention as Linked
from articles.body import Passage as Marked
from articles.body import blocks, reading_minutes
from articles.corrections import public_corrections
from articles.models import Revision, RevisionImage, Source, Topic
from articles.querysets import RevisionQuerySet
from articles.reprints import public_originals
from assertions.coverage import actors_named
from assertions.models import Assertion
from assertions.passages import Bearing, Passage, bearings, passages, passages_if_live
from assertions.vocabulary import LinkType

_PARAGRAPH = re.compile(r"\n\n")
OPPOSING = [LinkType.CONTRADICTS, LinkType.DENIES]


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the margin beside a passage: each claim in it, with what contradicts or denies it."""

    number: int
    claims: list[tuple[Assertion, list[Bearing]]]


def with_contents() -> RevisionQuerySet:
    """Return the revisions with what `reading` asks of them, in a number of queries that does not grow."""
    return Revision.objects.select_related("article").prefetch_related(
        "article__sources__publisher_actor",
        Prefetch("images", RevisionImage.objects.select_related("image")),
    )


def reading(revision: Revision, at: datetime, *, if_live: bool = False) -> dict[str, Any]:
    """Return the context of `articles/article.html` for a revision of `with_contents`, as it reads at an instant.

    Claims, actors, topics and corrections are those that are public then. Sources belong to the article, and are
    today's. With ``if_live`` the claims are those that would be public if the revision were the live one.
    """
    marked = passages_if_live(revision, at) if if_live else passages(revision, at)
    claims = [assertion for passage in marked for assertion in passage.assertions]
    actors = [actor for _, actor in actors_named([revision], at)]
    return {
        "article": revision.article,
        "revision": revision,
        "blocks": _blocks(revision, marked, actors, bearings(claims, at, OPPOSING)),
        "minutes": reading_minutes(revision.text),
        "topics": list(Topic.objects.public(at).filter(tagged_revisions__content_object=revision)),
        "actors": actors,
        "rewritten": _origins(revision, Source.Relation.REWRITES),
        "cited": _origins(revision, Source.Relation.CITES),
        "originals": public_originals(revision.article, at),
        "public_publishers": _public_publishers(revision, at),
        "corrections": list(
            public_corrections(at).filter(article=revision.article).select_related("article")
        ),
    }


def _blocks(
    revision: Revision, marked: list[Passage], actors: list[Actor], opposed: Mapping[int, list[Bearing]]
) -> list[dict[str, Any]]:
    """Return the blocks of the body with the notes that stand beside each."""
    notes = {
        passage.number: Note(
            passage.number,
            [(claim, sorted(opposed.get(claim.pk, []), key=_bearer)) for claim in passage.assertions],
        )
        for passage in marked
    }
    spans: list[Linked | Marked] = [Marked(passage.start, passage.end, passage.number) for passage in marked]
    spans += _links(revision, actors)
    return [
        {"html": block.html, "notes": [notes[number] for number in block.notes]}
        for block in blocks(revision.body, spans)
    ]


def _bearer(bearing: Bearing) -> tuple[str, list[str], str]:
    """Return what brings together the bearings that a note can name in one breath."""
    return bearing.words, [str(party) for party in bearing.other.speakers.all()], bearing.other.said


def _links(revision: Revision, actors: list[Actor]) -> list[Linked]:
    """Return the links of the mentions: each actor once a paragraph, by a name rather than a title.

    A demonym is linked only where nothing else in the text links its actor.
    """
    addresses = {actor.pk: actor.get_absolute_url() for actor in actors}
    mentions = list(
        revision.mentions.filter(actor__in=addresses).values_list("start", "end", "kind", "actor")
    )
    mentions.sort(key=lambda row: (row[2] == NameKind.DEMONYM, row[2] == NameKind.TITLE, row[0]))
    borders = [found.start() for found in _PARAGRAPH.finditer(revision.text)]
    linked: set[int] = set()
    placed: set[tuple[int, int]] = set()
    spans = []
    for start, end, kind, actor in mentions:
        if actor is None or (kind == NameKind.DEMONYM and actor in linked):
            continue
        place = (bisect_left(borders, start), actor)
        if place not in placed:
            spans.append(Linked(start, end, addresses[actor]))
            linked.add(actor)
            placed.add(place)
    return spans


def _origins(revision: Revision, relation: Source.Relation) -> list[str]:
    """Return the names of the sources that the article cites or rewrites, each once.

    A publisher may be several outlets with semicolons between them.
    """
    sources = [source for source in revision.article.sources.all() if source.relation == relation]
    names = [f"an {source}" if source.is_unknown else str(source) for source in sources]
    return list(dict.fromkeys(name for each in names for name in each.split("; ")))


def _public_publishers(revision: Revision, at: datetime) -> set[int]:
    publishers = [source.publisher_actor_id for source in revision.article.sources.all()]
    known = [publisher for publisher in publishers if publisher is not None]
    return set(Actor.objects.public(at).filter(pk__in=known).values_list("pk", flat=True)) if known else set()
