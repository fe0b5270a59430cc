"""Feeds of everything, an actor, a topic or a relationship: Atom (RFC 4287) and JSON Feed 1.1."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TextIO
from uuid import UUID, uuid5

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure, SyndicationFeed
from django.utils.html import escape
from django.utils.text import Truncator
from django.views.decorators.http import conditional_page, require_safe

from actors.former import follows_merges
from actors.models import Actor
from articles.body import clean
from articles.corrections import place_of, public_corrections
from articles.former import leads_to_kept
from articles.models import Article, Correction, Revision, Topic
from articles.renditions import Card, card_of
from assertions.relationships import address, find_relationship

ENTRIES = 50
SITE = "Dyad"
DEMONSTRATION = "Demonstration coverage written for this project from public records."
IDENTIFIERS = UUID("8f0b2f0e-6a5d-4c3b-9d51-2f6f3f6a1c77")
"""The space of names of entries: with another one every entry would be a new one to those who read the feeds."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed is of: its title, the page it belongs to, the live revisions, and the site's address."""

    title: str
    description: str
    path: str
    revisions: QuerySet[Revision]
    site: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a feed. ``identifier`` stays; ``updated`` moves with each revision and correction.

    ``card`` is its first picture; ``site`` the site's address, which goes before that of the picture.
    ``corrections`` are those that readers see, the latest first, each as JSON has it.
    """

    revision: Revision
    site: str
    card: Card | None
    address: str
    identifier: str
    updated: datetime
    corrections: list[dict[str, Any]]


class AtomFeed(Atom1Feed):
    """Atom whose date is when the coverage last changed: an unchanged feed is the same text, empty or not."""

    mime_type = "application/atom+xml; charset=utf-8"

    def latest_post_date(self) -> datetime:
        changed: datetime = self.feed["changed"]
        return changed

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        # The summary is declared as HTML there, and a standfirst is plain text.
        super().add_item_elements(handler, item | {"description": escape(item["description"])})
        handler.addQuickElement("content", item["body"], {"type": "html", "xml:lang": item["language"]})


class JsonFeed(SyndicationFeed):
    """JSON Feed, version 1.1 (jsonfeed.org)."""

    content_type = "application/feed+json; charset=utf-8"

    def latest_post_date(self) -> datetime:
        changed: datetime = self.feed["changed"]
        return changed

    def write(self, outfile: TextIO, encoding: str) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "items": [self._item(item) for item in self.items],
        }
        text = json.dumps(feed, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        outfile.write(text)

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        entry = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "summary": item["description"],
            "content_html": item["body"],
            "image": item["image"],
            "date_published": item["pubdate"].isoformat(),
            "date_modified": item["updateddate"].isoformat(),
            "authors": [{"name": item["author_name"]}] if item["author_name"] else [],
            "tags": list(item["categories"]),
            "language": item["language"],
            "_corrections": item["corrections"] and {"about": item["about"], "items": item["corrections"]},
        }
        return {key: value for key, value in entry.items() if value not in ("", [])}


class CoverageFeed(Feed[Entry, Channel]):
    """The newest articles of a channel; a subclass says which one."""

    language = "en"

    def title(self, channel: Channel) -> str:
        return channel.title

    def description(self, channel: Channel) -> str:
        return f"{channel.description} {DEMONSTRATION}" if settings.DEMO else channel.description

    subtitle = description

    def link(self, channel: Channel) -> str:
        return channel.path

    def feed_extra_kwargs(self, channel: Channel) -> dict[str, Any]:
        return {"changed": last_change(timezone.now())}

    def items(self, channel: Channel) -> list[Entry]:
        newest = (
            channel.revisions.select_related("article")
            .prefetch_related("tagged__tag", "images__image")
            .order_by("-article__published_at", "-article_id")[:ENTRIES]
        )
        shown = list(newest)
        told: dict[int, list[Any]] = defaultdict(list)
        found = public_corrections(timezone.now()).select_related("article")
        for correction in found.filter(article__in=[revision.article_id for revision in shown]):
            told[correction.article_id].append(correction)
        return [_entry(revision, channel.site, told[revision.article_id]) for revision in shown]

    def item_title(self, item: Entry) -> str:
        return item.revision.headline

    def item_description(self, item: Entry) -> str:
        return item.revision.standfirst or Truncator(" ".join(item.revision.text.split())).words(50)

    def item_link(self, item: Entry) -> str:
        return item.address

    def item_guid(self, item: Entry) -> str:
        return item.identifier

    def item_author_name(self, item: Entry) -> str:
        return item.revision.byline or SITE

    def item_pubdate(self, item: Entry) -> datetime:
        published = item.revision.article.published_at
        return published or item.updated

    def item_updateddate(self, item: Entry) -> datetime:
        return item.updated

    def item_categories(self, item: Entry) -> list[str]:
        now = timezone.now()
        return sorted(tagged.tag.name for tagged in item.revision.tagged.all() if tagged.tag.is_public(now))

    def item_extra_kwargs(self, item: Entry) -> dict[str, Any]:
        notices = render_to_string("cms/_feed_corrections.html", {"corrections": item.corrections})
        return {
            "body": notices.strip() + clean(item.revision.body),
            "corrections": item.corrections,
            "about": item.site + reverse("corrections"),
            "language": item.revision.language,
            "image": item.site + item.card.src if item.card else "",
        }

    def item_enclosures(self, item: Entry) -> list[Enclosure]:
        if item.card is None:
            return []
        return [Enclosure(item.site + item.card.src, str(item.card.size), item.card.type)]


class SiteFeed(CoverageFeed):
    """All articles."""

    def get_object(self, request: HttpRequest) -> Channel:
        return Channel(
            SITE,
            "All coverage, the newest first.",
            reverse("home"),
            Revision.objects.public(),
            _site(request),
        )


class ActorFeed(CoverageFeed):
    """The articles that name an actor."""

    def get_object(self, request: HttpRequest, slug: str) -> Channel:
        actor = get_object_or_404(Actor.objects.public(), slug=slug)
        naming = Revision.objects.public().mentioning([actor])
        words = f"Articles that name {actor.name}, the newest first."
        return Channel(f"{actor.name} – {SITE}", words, actor.get_absolute_url(), naming, _site(request))

    def __call__(self, request: HttpRequest, *args: Any, **slugs: str) -> HttpResponse:
        return follows_merges("slug")(super().__call__)(request, **slugs)


class TopicFeed(CoverageFeed):
    """The articles under a topic."""

    def get_object(self, request: HttpRequest, slug: str) -> Channel:
        topic = get_object_or_404(Topic.objects.public(), slug=slug)
        filed = Revision.objects.public().filter(topics=topic)
        words = f"Articles on {topic.name}, the newest first."
        return Channel(f"{topic.name} – {SITE}", words, topic.get_absolute_url(), filed, _site(request))

    def __call__(self, request: HttpRequest, *args: Any, **slugs: str) -> HttpResponse:
        return leads_to_kept(super().__call__)(request, **slugs)


class RelationshipFeed(CoverageFeed):
    """The articles that name both sides of a relationship."""

    def get_object(self, request: HttpRequest, one: str, other: str) -> Channel:
        try:
            found = find_relationship(one, other)
        except Actor.DoesNotExist as error:
            raise Http404(str(error)) from error
        names = f"{found.left.actor.name} and {found.right.actor.name}"
        words = f"Articles that name both {names}, the newest first."
        page = found.get_absolute_url()
        return Channel(f"{names} – {SITE}", words, page, found.articles(), _site(request))

    def __call__(self, request: HttpRequest, *args: Any, **slugs: str) -> HttpResponse:
        one, other = slugs["one"], slugs["other"]
        if one > other:
            name = request.path.rpartition("/")[2]
            return redirect(address(one, other) + name, permanent=True)
        return follows_merges("one", "other")(super().__call__)(request, **slugs)


def last_change(at: datetime) -> datetime:
    """Return the newest instant up to ``at`` at which a revision began or ceased to be live or was corrected.

    So a withdrawal is news to a client that asks what changed since it last looked.
    """
    periods = Revision.objects.filter(live__isnull=False).aggregate(
        begun=Max("live__startswith", filter=Q(live__startswith__lte=at)),
        ended=Max("live__endswith", filter=Q(live__endswith__lte=at)),
    )
    corrected = Correction.objects.public(at).with_day().aggregate(latest=Max("shown_from"))["latest"]
    instants: list[datetime] = [instant for instant in (*periods.values(), corrected, NEVER) if instant]
    return max(instants)


def _entry(revision: Revision, site: str, corrections: list[Any]) -> Entry:
    address = site + revision.article.get_absolute_url()
    live = revision.live.lower if revision.live else NEVER
    updated = max([live, *(correction.shown_from for correction in corrections)])
    told = [
        {
            "kind": correction.kind,
            "text": correction.text,
            "date": correction.shown_from,
            "url": site + place_of(correction),
        }
        for correction in corrections
    ]
    uses = list(revision.images.all())
    card = card_of(uses[0].image) if uses else None
    return Entry(revision, site, card, address, _identifier(revision.article), updated, told)


def _identifier(article: Article) -> str:
    """Return what names an article for good (RFC 4287, section 4.2.6), wherever it stands and whatever it is called.

    It is a name-based UUID (RFC 9562, section 5.5) of what never changes of it, so that it tells no number.
    """
    created = article.created_at.astimezone(UTC).isoformat(timespec="microseconds")
    return uuid5(IDENTIFIERS, f"{article.pk} {created}").urn


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _addresses(folder: str, feed: type[CoverageFeed], name: str) -> list[URLPattern]:
    formats: dict[str, type[SyndicationFeed]] = {"atom": AtomFeed, "json": JsonFeed}
    return [
        path(
            f"{folder}feed.{suffix}",
            require_safe(conditional_page(feed_in(feed, kind))),
            name=f"{name}-{suffix}",
        )
        for suffix, kind in formats.items()
    ]


def feed_in(feed: type[CoverageFeed], kind: type[SyndicationFeed]) -> CoverageFeed:
    """Return the view that answers with a feed in one format."""
    view = feed()
    view.feed_type = kind
    return view


urlpatterns = [
    *_addresses("", SiteFeed, "feed"),
    *_addresses("actors/<slug:slug>/", ActorFeed, "actor-feed"),
    *_addresses("topics/<slug:slug>/", TopicFeed, "topic-feed"),
    *_addresses("relationships/<slug:one>/<slug:other>/", RelationshipFeed, "relationship-feed"),
]
