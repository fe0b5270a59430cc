"""Writing: the content of an article, and every way in which a revision comes to be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from articles import permissions
from articles.actions.addresses import is_taken, require_free
from articles.actions.likeness import queue_comparing
from articles.actions.locking import locked
from articles.actions.mentions import find_mentions
from articles.body import clean, plain
from articles.body.characters import require_text
from articles.importers import Item
from articles.models import Article, Image, Revision, RevisionImage, Source, TaggedRevision, Topic
from assertions.actions import queue_suggesting
from cms.dates import parse
from cms.models import User
from cms.periods import clock
from cms.permissions import require
from cms.slugs import free_slug


@dataclass(frozen=True, slots=True)
class Content:
    """All that a reader sees of an article. ``body`` is HTML, cleaned when it is written; ``dated`` is EDTF."""

    headline: str
    standfirst: str = ""
    body: str = ""
    byline: str = ""
    language: str = "en"
    dated: str = ""
    topics: Sequence[Topic] = ()
    images: Sequence[tuple[Image, str]] = field(default=())


class StaleRevision(Exception):
    """A revision was saved since the form was opened: ``latest`` is what stands now."""

    def __init__(self, latest: Revision) -> None:
        super().__init__(f"Revision {latest.number} was saved meanwhile.")
        self.latest = latest


def content_of(revision: Revision) -> Content:
    """Return what a reader sees of a revision."""
    return Content(
        headline=revision.headline,
        standfirst=revision.standfirst,
        body=revision.body,
        byline=revision.byline,
        language=revision.language,
        dated=revision.dated,
        topics=sorted(revision.topics.all(), key=lambda topic: topic.pk),
        images=[(use.image, use.caption) for use in revision.images.select_related("image")],
    )


@transaction.atomic
def create_article(
    by: User | None,
    content: Content,
    *,
    slug: str = "",
    sources: Iterable[Mapping[str, Any]] = (),
    identifier: str = "",
    live_from: datetime | None = None,
) -> Article:
    """Create an article with its first revision and return it: a draft, or public from ``live_from``, past or future.

    ``slug`` is made from the headline if none is given; ``sources`` are fields of Source; ``identifier`` is what the
    item's origin calls it. Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.ADD)
    if live_from:
        require(by, permissions.PUBLISH)
        if by is not None and settings.FOUR_EYES:
            raise ValidationError(
                "Nobody else has approved it: create it as a draft, and submit it for review."
            )
    slug = slug or free_slug(content.headline, is_taken, fallback="article")
    require_free(slug)
    article = Article(slug=slug, created_by=by, identifier=identifier)
    article.full_clean()
    article.save()
    for fields in sources:
        source = Source(article=article, **fields)
        source.full_clean()
        source.save()
    write_revision(article, content, by, live=DateTimeTZRange(live_from, None) if live_from else None)
    article.refresh_from_db()
    return article


@transaction.atomic
def import_item(item: Item, by: User | None, *, public: bool = False) -> Article | None:
    """Make an article of an imported item and return it; None if the item was imported before.

    It is a draft, or public from the day it bears, now if it bears none. Topics that are not known become drafts.
    Raises PermissionDenied, and ValidationError by field.
    """
    if Article.objects.filter(identifier=item.external_id).exists():
        return None
    content = Content(
        headline=item.headline,
        standfirst=item.standfirst,
        body=item.body_html,
        byline=item.byline,
        language=item.language,
        dated=item.dated,
        topics=[_topic_named(name) for name in item.topics],
    )
    return create_article(
        by,
        content,
        slug=item.slug,
        sources=item.sources,
        identifier=item.external_id,
        live_from=_beginning(item.dated) if public else None,
    )


def _topic_named(name: str) -> Topic:
    known = Topic.objects.filter(name__iexact=name).first()
    if known:
        return known.merged_into or known
    slug = free_slug(name, lambda words: Topic.objects.filter(slug=words).exists(), fallback="topic")
    topic = Topic(name=name, slug=slug)
    topic.full_clean()
    topic.save()
    return topic


def _beginning(dated: str) -> datetime:
    now = clock()
    first = parse(dated).first if dated else None
    return min(now, timezone.make_aware(datetime.combine(first, time()))) if first else now


@transaction.atomic
def save_revision(
    article: Article, content: Content, by: User | None, *, base: int | None = None, reason: str = ""
) -> Revision:
    """Write a new revision and return it; without a change of content, return the latest one.

    ``base`` is the number of the revision that the writer started from. Raises StaleRevision if another was saved
    since, PermissionDenied, and ValidationError by field.
    """
    # The article is locked so that revisions are numbered, and checked against their base, one after the other.
    article = locked(article)
    if by is not None and not permissions.may_edit(by, article):
        raise PermissionDenied("Reporters write their own drafts only; ask an editor to change this article.")
    latest = article.revisions.order_by("number").last()
    if latest is not None:
        if base is not None and latest.number != base:
            raise StaleRevision(latest)
        content = _cleaned(content)
        if content == content_of(latest):
            return latest
    return write_revision(article, content, by, reason=reason)


def _cleaned(content: Content) -> Content:
    for name in ("headline", "standfirst", "byline", "language", "dated"):
        with _refusing(name):
            require_text(getattr(content, name))
    for _, caption in content.images:
        with _refusing("images"):
            require_text(caption)
    with _refusing("body"):
        body = clean(content.body)
    return replace(
        content,
        headline=" ".join(content.headline.split()),
        standfirst=content.standfirst.strip(),
        body=body,
        topics=_unmerged(content.topics),
        images=list(content.images),
    )


@contextmanager
def _refusing(field: str) -> Iterator[None]:
    """Raise ValidationError of a field for the ValueError that its text raises."""
    try:
        yield
    except ValueError as error:
        raise ValidationError({field: str(error)}) from error


def _unmerged(topics: Sequence[Topic]) -> list[Topic]:
    """Return topics by key; one that was merged, perhaps after it was chosen, is the topic that was kept."""
    keys = [topic.pk for topic in topics]
    merged = Topic.objects.filter(pk__in=keys, merged_into__isnull=False).select_related("merged_into")
    kept = {topic.pk: topic.merged_into or topic for topic in merged} if keys else {}
    return sorted({kept.get(topic.pk, topic) for topic in topics}, key=lambda topic: topic.pk)


def write_revision(
    article: Article,
    content: Content,
    by: User | None,
    *,
    reason: str = "",
    live: DateTimeTZRange | None = None,
) -> Revision:
    """Write the next revision of a locked article, with its mentions, have it read for suggestions, and return it.

    Raises ValidationError by field.
    """
    content = _cleaned(content)
    last = article.revisions.order_by("number").last()
    revision = Revision(
        article=article,
        number=last.number + 1 if last else 1,
        headline=content.headline,
        standfirst=content.standfirst,
        body=content.body,
        text=plain(content.body),
        byline=content.byline,
        language=content.language,
        dated=content.dated,
        reason=reason,
        created_by=by,
        live=live,
    )
    revision.full_clean(exclude=["created_at"])
    revision.save()
    TaggedRevision.objects.bulk_create(
        TaggedRevision(content_object=revision, tag=topic) for topic in content.topics
    )
    RevisionImage.objects.bulk_create(
        RevisionImage(revision=revision, image=image, caption=caption, position=position)
        for position, (image, caption) in enumerate(content.images, 1)
    )
    find_mentions(revision, before=last)
    # What is saved by hand is read before the texts of an import.
    queue_suggesting(article, soon=by is not None)
    queue_comparing(article, soon=by is not None)
    return revision
