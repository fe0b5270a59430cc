"""Pages of actors."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.filters import ActorListFilter
from actors.former import follows_merges, follows_merges_in_query
from actors.models import Actor, ActorKind, ActorName, Affiliation, NameKind
from articles.views import live_revisions
from assertions.coverage import coverage_of
from assertions.models import Assertion
from assertions.profiles import Profile, counts_of
from assertions.querysets import AssertionQuerySet
from assertions.wording import with_article
from cms.as_of import AsOf, as_of_an_instant, public_then
from cms.paging import page_of
from cms.structured_data import json_ld

SHOWN = 5
"""Rows of a list on an actor's page, before the link to all of them."""
COMPANIONS = 12


@dataclass(frozen=True, slots=True)
class ClaimSection:
    """Claims in which an actor has one role: the newest, how many there are, and the list of all."""

    anchor: str
    title: str
    note: str
    claims: list[Assertion]
    total: int
    address: str


@require_safe
@follows_merges_in_query("country")
def actors(request: HttpRequest) -> HttpResponse:
    """List the public actors by name, with how much of the coverage is theirs."""
    now = timezone.now()
    public = Actor.objects.public(now).select_related("country").annotate(sorted_by=Lower("name"))
    filtered = ActorListFilter(request.GET, public, request=request)
    page = page_of(filtered.qs, request.GET, ["sorted_by", "id"], size=50)
    counts = counts_of(page.rows, now)
    rows = [
        {"actor": actor, "country": _public(actor.country, now), **counts[actor.pk]} for actor in page.rows
    ]
    return render(request, "actors/actors.html", {"filter": filtered, "page": page, "rows": rows})


@require_safe
@follows_merges("slug")
@as_of_an_instant
def actor(request: HttpRequest, slug: str, *, as_of: AsOf) -> HttpResponse:
    """Show an actor: its names and positions, and what is said by, for, of and beside it, now or at an instant."""
    now = as_of.at
    actor = public_then(Actor.objects.select_related("country"), as_of, slug=slug)
    profile = Profile(actor, now)
    articles = profile.articles()
    newest = live_revisions(now).filter(pk__in=articles.values("pk")).order_by("-published_at", "-pk")[:SHOWN]
    companions = list(profile.companions())
    belonging = sorted(profile.belonging(), key=_rank) if actor.kind == ActorKind.STATE else []
    names = list(actor.names.all())
    context = {
        "actor": actor,
        "in_sentence": with_article(actor.name, actor),
        "country": _public(actor.country, now),
        "names": _names(actor, names),
        "errors": [name for name in names if name.kind == NameKind.ERROR],
        "affiliations": _affiliations(actor, now),
        "holders": profile.holders(),
        "belonging": [(kind, list(rows)) for kind, rows in groupby(belonging, Actor.get_kind_display)],
        "sections": _sections(profile),
        "articles": coverage_of(list(newest), now),
        "article_total": articles.count(),
        "companions": companions[:COMPANIONS],
        "further_companions": companions[COMPANIONS:],
        "quantities": profile.quantities(),
        "as_of": as_of,
    }
    # What the page says of the actor to machines is said of today.
    if not as_of.is_past:
        context["structured"] = _structured(request, context, names)
    return render(request, "actors/actor.html", context)


def _sections(profile: Profile) -> list[ClaimSection]:
    """Return the roles in which the actor is in claims; those without any are left out."""
    name = with_article(profile.actor.name, profile.actor)
    neutral = profile.actor.kind != ActorKind.PERSON
    roles: list[tuple[str, str, str, str, Callable[[], AssertionQuerySet]]] = [
        ("said", f"What {name} said", "", "speaker", profile.said),
        (
            "said-for",
            f"Said for {name}",
            "By people and bodies that speak for it." if neutral else "",
            "speaks_for",
            profile.said_for,
        ),
        (
            "possibly-said",
            f"Possibly said by {name}",
            "The coverage does not name these speakers. That it was this one is possible, not established.",
            "possibly",
            profile.possibly_said,
        ),
        ("about", f"What was said of {name}", "", "about", profile.about),
        (
            "relayed",
            f"Passed on by {name}",
            "Said by others, and known through it.",
            "relay",
            profile.relayed,
        ),
    ]
    sections = []
    for anchor, title, note, parameter, claims in roles:
        if total := claims().count():
            newest = list(_newest(claims(), profile.at))
            address = f"{reverse('assertions:assertions')}?{urlencode({parameter: profile.actor.slug})}"
            sections.append(ClaimSection(anchor, title, note, newest, total, address))
    return sections


def _newest(claims: AssertionQuerySet, at: datetime) -> AssertionQuerySet:
    return claims.for_ledger(at).order_by(F("said_day").desc(nulls_last=True), "-id")[:SHOWN]


def _rank(actor: Actor) -> tuple[int, str]:
    return ActorKind.values.index(actor.kind), actor.name.lower()


def _names(actor: Actor, names: list[ActorName]) -> list[tuple[str, list[ActorName]]]:
    """Return the names by kind, in the order of the vocabulary, without the page's own.

    Errors stand apart. Epithets only help to find who is meant in a text: listed here, they would be our words.
    """
    apart = (NameKind.ERROR, NameKind.EPITHET)
    shown = [name for name in names if name.kind not in apart and name.text != actor.name]
    order = list(NameKind.values)
    shown.sort(key=lambda name: (order.index(name.kind), name.language != "en", name.language, name.text))
    return [(str(kind), list(rows)) for kind, rows in groupby(shown, ActorName.get_kind_display)]


def _affiliations(actor: Actor, at: datetime) -> list[tuple[Affiliation, Actor | None, bool]]:
    """Return the positions, the latest first, each with its organisation if that is public.

    The last of each tells whether the position names the organisation itself: "President of Ostria".
    """
    rows = actor.affiliations.select_related("organisation").order_by("-started", "position")
    rows = rows.prefetch_related("organisation__names")
    return [
        (row, organisation, organisation is not None and _names_it(row.position, organisation))
        for row, organisation in ((row, _public(row.organisation, at)) for row in rows)
    ]


def _names_it(position: str, organisation: Actor) -> bool:
    names = "|".join(re.escape(name.text) for name in organisation.names.all())
    return bool(names) and re.search(rf"\b(?:{names})\b", position) is not None


def _public(actor: Actor | None, at: datetime) -> Actor | None:
    return actor if actor is not None and actor.is_public(at) else None


def _structured(request: HttpRequest, context: dict[str, Any], names: list[ActorName]) -> str:
    actor: Actor = context["actor"]
    kinds = {ActorKind.PERSON: "Person", ActorKind.STATE: "Country", ActorKind.MEDIA: "NewsMediaOrganization"}
    country: Actor | None = context["country"]
    proper = {NameKind.NAME, NameKind.SPELLING, NameKind.OFFICIAL, NameKind.ABBREVIATION, NameKind.FORMER}
    positions = (
        [row.position for row, *_ in context["affiliations"]] if actor.kind == ActorKind.PERSON else []
    )
    return json_ld(
        {
            "@type": kinds.get(
                ActorKind(actor.kind), "Thing" if actor.kind == ActorKind.VESSEL else "Organization"
            ),
            "name": actor.name,
            "alternateName": sorted({name.text for name in names if name.kind in proper} - {actor.name}),
            "description": actor.description,
            "url": request.build_absolute_uri(actor.get_absolute_url()),
            "sameAs": f"https://www.wikidata.org/wiki/{actor.wikidata}" if actor.wikidata else "",
            "identifier": actor.iso3166_1_alpha2,
            "jobTitle": positions,
            "location": {"@type": "Country", "name": country.name}
            if country and actor.kind != ActorKind.PERSON
            else "",
        }
    )
