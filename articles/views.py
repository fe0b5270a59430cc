"""Pages of articles."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.models import Actor, NameKind
from articles.body import Mention as Linked
from articles.body import Passage as Marked
from articles.body import blocks, reading_minutes
from articles.filters import ArticleFilter
from articles.models import Correction, Revision, RevisionImage, Source, Topic
from articles.related import related
from assertions.coverage import Coverage, actors_named, coverage_of
from assertions.models import Assertion
from assertions.passages import Bearing, Passage, bearings, passages
from assertions.vocabulary import LinkType
from cms.paging import page_of
from cms.structured_data import json_ld

RELATED = 5
OPPOSING = [LinkType.CONTRADICTS, LinkType.DENIES]


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """List the public articles, newest first."""
    now = timezone.now()
    filtered = ArticleFilter(request.GET, live_revisions(now), request=request)
    page = page_of(filtered.qs, request.GET, ["-published_at", "-article_id"])
    return render(
        request,
        "articles/articles.html",
        {"filter": filtered, "page": page, "coverage": coverage_of(page.rows, now)},
    )


def live_revisions(at: datetime) -> Any:
    """Return the revisions live at an instant as lists of articles read them: with ``published_at``."""
    return (
        Revision.objects.public(at)
        .select_related("article")
        .defer("body", "text", "search")
        .annotate(published_at=F("article__published_at"))
    )


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the live revision of an article with its passages, notes, actors, sources and corrections."""
    now = timezone.now()
    revision = get_object_or_404(
        Revision.objects.public(now)
        .select_related("article")
        .prefetch_related(
            "article__sources__publisher_actor",
            Prefetch("images", RevisionImage.objects.select_related("image")),
        ),
        article__slug=slug,
    )
    marked = passages(revision, now)
    claims = [assertion for passage in marked for assertion in passage.assertions]
    actors = [actor for _, actor in actors_named([revision], now)]
    topics = list(Topic.objects.public(now).filter(tagged_revisions__content_object=revision))
    context = {
        "article": revision.article,
        "revision": revision,
        "blocks": _blocks(revision, marked, actors, bearings(claims, now, OPPOSING)),
        "minutes": reading_minutes(revision.text),
        "topics": topics,
        "actors": actors,
        "rewritten": _origins(revision, Source.Relation.REWRITES),
        "cited": _origins(revision, Source.Relation.CITES),
        "public_publishers": _public_publishers(revision, now),
        "corrections": Correction.objects.public(now).filter(article=revision.article),
        "related": _related(revision, actors, topics, now),
    }
    return render(request, "articles/article.html", context | {"structured": _structured(request, context)})


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the margin beside a passage: each claim in it, with what contradicts or denies it."""

    number: int
    claims: list[tuple[Assertion, list[Bearing]]]


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
    linked: set[int] = set()
    placed: set[tuple[int, int]] = set()
    spans = []
    for start, end, kind, actor in mentions:
        if actor is None or (kind == NameKind.DEMONYM and actor in linked):
            continue
        place = (revision.text.count("\n\n", 0, start), actor)
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


def _related(
    revision: Revision, actors: list[Actor], topics: Collection[Topic], at: datetime
) -> list[Coverage]:
    """Return the articles nearest to this one; their rows name the actors in common only."""
    keys = related(revision, actors, topics, at, RELATED)
    revisions = sorted(live_revisions(at).filter(pk__in=keys), key=lambda row: keys.index(row.pk))
    named = set(actors)
    return [
        Coverage(row.revision, row.claims, [actor for actor in row.actors if actor in named])
        for row in coverage_of(revisions, at)
    ]


def _structured(request: HttpRequest, context: dict[str, Any]) -> str:
    revision: Revision = context["revision"]
    address = request.build_absolute_uri(revision.article.get_absolute_url())
    return json_ld(
        {
            "@type": "NewsArticle",
            "headline": revision.headline,
            "description": revision.standfirst,
            "inLanguage": revision.language,
            "url": address,
            "mainEntityOfPage": address,
            "datePublished": revision.article.published_at,
            "dateModified": revision.live.lower if revision.live else None,
            "author": {"@type": "Organization", "name": revision.byline or "Dyad"},
            "publisher": {"@type": "Organization", "name": "Dyad"},
            "keywords": [topic.name for topic in context["topics"]],
            "about": [
                {
                    "@type": "Thing",
                    "name": actor.name,
                    "url": request.build_absolute_uri(actor.get_absolute_url()),
                }
                for actor in context["actors"]
            ],
            "image": [request.build_absolute_uri(use.image.file.url) for use in revision.images.all()],
            "correction": [correction.text for correction in context["corrections"]],
        }
    )
