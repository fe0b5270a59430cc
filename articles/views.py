"""Pages of articles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.models import Actor, ActorKind, NameKind
from articles.body import Mention as Linked
from articles.body import Passage as Marked
from articles.body import blocks, reading_minutes
from articles.filters import ArticleFilter
from articles.models import Correction, Mention, Revision, RevisionImage, Topic
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
    context = {
        "article": revision.article,
        "revision": revision,
        "blocks": _blocks(revision, marked, actors, bearings(claims, now, OPPOSING)),
        "minutes": reading_minutes(revision.text),
        "topics": Topic.objects.public(now).filter(tagged_revisions__content_object=revision),
        "actors": actors,
        "public_publishers": _public_publishers(revision, now),
        "corrections": Correction.objects.public(now).filter(article=revision.article),
        "related": _related(revision, actors, now),
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
            passage.number, [(claim, opposed.get(claim.pk, [])) for claim in passage.assertions]
        )
        for passage in marked
    }
    spans: list[Linked | Marked] = [Marked(passage.start, passage.end, passage.number) for passage in marked]
    spans += _links(revision, actors)
    return [
        {"html": block.html, "notes": [notes[number] for number in block.notes]}
        for block in blocks(revision.body, spans)
    ]


def _links(revision: Revision, actors: list[Actor]) -> list[Linked]:
    """Return the links of the mentions; a demonym is linked only where nothing else links its actor."""
    addresses = {actor.pk: actor.get_absolute_url() for actor in actors}
    mentions = list(
        revision.mentions.filter(actor__in=addresses).values_list("start", "end", "kind", "actor")
    )
    linked = {actor for _, _, kind, actor in mentions if kind != NameKind.DEMONYM}
    spans = []
    for start, end, kind, actor in mentions:
        if actor is None:
            continue
        if kind != NameKind.DEMONYM or actor not in linked:
            spans.append(Linked(start, end, addresses[actor]))
            linked.add(actor)
    return spans


def _public_publishers(revision: Revision, at: datetime) -> set[int]:
    publishers = [source.publisher_actor_id for source in revision.article.sources.all()]
    known = [publisher for publisher in publishers if publisher is not None]
    return set(Actor.objects.public(at).filter(pk__in=known).values_list("pk", flat=True)) if known else set()


def _related(revision: Revision, actors: list[Actor], at: datetime) -> list[Coverage]:
    """Return the articles that share most actors with this one; their rows name the actors in common only.

    States count last, since they are named in nearly every article.
    """
    shared = (
        Mention.objects.filter(revision__in=Revision.objects.public(at).values("pk"), actor__in=actors)
        .exclude(revision=revision)
        .order_by()
        .values("revision")
        .annotate(
            common=Count("actor", distinct=True),
            telling=Count("actor", distinct=True, filter=~Q(actor__kind=ActorKind.STATE)),
        )
        .order_by("-telling", "-common", "-revision")
    )
    keys = [row["revision"] for row in shared[:RELATED]]
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
