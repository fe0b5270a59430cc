"""Every change of articles: writing, publishing, withdrawing, correcting, and the mentions found in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from os.path import commonprefix
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils import timezone

from actors.models import Actor, NameKind
from actors.name_table import known_names
from articles import permissions
from articles.body import clean, plain
from articles.importers import Item
from articles.models import (
    Article,
    Correction,
    ErrorReport,
    Image,
    Mention,
    Revision,
    RevisionImage,
    Source,
    TaggedRevision,
    Topic,
)
from assertions.actions import carry_evidence
from cms.dates import parse
from cms.models import User
from cms.periods import clock, close_period, open_period
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
    slug = slug or free_slug(
        content.headline, lambda words: Article.objects.filter(slug=words).exists(), fallback="article"
    )
    article = Article(slug=slug, created_by=by, identifier=identifier)
    article.full_clean()
    article.save()
    for fields in sources:
        source = Source(article=article, **fields)
        source.full_clean()
        source.save()
    _write_revision(article, content, by, live=DateTimeTZRange(live_from, None) if live_from else None)
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
        return known
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
    article = Article.objects.select_for_update().get(pk=article.pk)
    if by is not None and not permissions.may_edit(by, article):
        raise PermissionDenied("Reporters write their own drafts only; ask an editor to change this article.")
    latest = article.revisions.order_by("number").last()
    if latest is not None:
        if base is not None and latest.number != base:
            raise StaleRevision(latest)
        content = _cleaned(content)
        if content == content_of(latest):
            return latest
    return _write_revision(article, content, by, reason=reason)


def _cleaned(content: Content) -> Content:
    try:
        body = clean(content.body)
    except ValueError as error:
        raise ValidationError({"body": str(error)}) from error
    return replace(
        content,
        headline=" ".join(content.headline.split()),
        standfirst=content.standfirst.strip(),
        body=body,
        topics=sorted(content.topics, key=lambda topic: topic.pk),
        images=list(content.images),
    )


def _write_revision(
    article: Article,
    content: Content,
    by: User | None,
    *,
    reason: str = "",
    live: DateTimeTZRange | None = None,
) -> Revision:
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
    _find_mentions(revision, before=last)
    return revision


@transaction.atomic
def publish(
    article: Article,
    by: User | None,
    *,
    revision: Revision | None = None,
    at: datetime | None = None,
    until: datetime | None = None,
) -> Revision:
    """Make a revision, the latest by default, the one that readers see from an instant on; return it.

    It ends when the next scheduled revision begins, or at ``until``. What was live ends at that instant. A revision
    that was public once is published again as a new revision, since a past period stays as it was.
    Raises PermissionDenied, and ValidationError for a time in the past or an end before the beginning.
    """
    require(by, permissions.PUBLISH)
    # The article is locked so that its periods are written one after the other.
    Article.objects.select_for_update().get(pk=article.pk)
    now = clock()
    if at is not None and at < now:
        raise ValidationError({"at": "That time is past. Leave it empty to publish now."})
    begin = at or now
    if until is not None and until <= begin:
        raise ValidationError({"until": "It would end before it begins."})
    revision = revision or article.revisions.order_by("number").last()
    if revision is None or revision.article_id != article.pk:
        raise ValidationError("There is no such revision of this article.")
    revision.refresh_from_db(fields=["live"])
    if revision.live is not None and revision.live.lower <= now:
        if revision.live.upper is None and until is None and at is None:
            return revision
        revision = _write_revision(
            article, content_of(revision), by, reason=f"Revision {revision.number} again"
        )
    elif revision.live is not None:
        _unschedule(revision)
    following = article.revisions.filter(live__startswith__gt=begin).exclude(pk=revision.pk)
    ends = [when for when in (until, *(other.live.lower for other in following)) if when is not None]
    for other in article.revisions.filter(live__contains=begin).exclude(pk=revision.pk):
        close_period(other, begin)
    revision.live = DateTimeTZRange(begin, min(ends, default=None))
    revision.save(update_fields=["live"])
    carry_evidence(revision)
    article.refresh_from_db(fields=["published_at"])
    return revision


def _unschedule(revision: Revision) -> None:
    """Take back a period that has not begun: the revision that it would have followed goes on in its stead."""
    assert revision.live is not None
    planned, revision.live = revision.live, None
    revision.save(update_fields=["live"])
    for other in revision.article.revisions.filter(live__endswith=planned.lower).exclude(pk=revision.pk):
        assert other.live is not None
        other.live = DateTimeTZRange(other.live.lower, planned.upper)
        other.save(update_fields=["live"])


@transaction.atomic
def withdraw(article: Article, by: User | None, *, at: datetime | None = None) -> None:
    """End an article's being public at an instant, now by default, and cancel what is scheduled after it.

    Raises PermissionDenied, and ValidationError for a time in the past.
    """
    require(by, permissions.PUBLISH)
    # As in publish.
    Article.objects.select_for_update().get(pk=article.pk)
    now = clock()
    if at is not None and at < now:
        raise ValidationError({"at": "That time is past. Leave it empty to withdraw now."})
    for revision in article.revisions.filter(live__isnull=False):
        close_period(revision, at or now)
    article.refresh_from_db(fields=["published_at"])


@transaction.atomic
def correct(article: Article, by: User | None, *, kind: str, text: str) -> Correction:
    """Append a correction to an article that is or was public and return it.

    Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.CORRECT)
    if article.published_at is None or article.published_at > clock():
        raise ValidationError("Only what was public can be corrected; change the draft instead.")
    correction = Correction(article=article, created_by=by, kind=kind, text=text)
    correction.full_clean()
    correction.save()
    return correction


@transaction.atomic
def relink(revision: Revision) -> int:
    """Find the mentions of a revision again, after names changed; return how many it has now.

    What an editor confirmed stays as it is.
    """
    # The revision is locked so that two runs do not write its mentions twice.
    Revision.objects.select_for_update().get(pk=revision.pk)
    kept = list(revision.mentions.filter(is_confirmed=True))
    revision.mentions.filter(is_confirmed=False).delete()
    return _write_mentions(revision, kept) + len(kept)


def relink_texts_naming(actor: Actor, *, limit: int = 500) -> int:
    """Find mentions again in the newest texts in which a name of an actor stands as written; return how many texts.

    For an editor who has just saved the names; the command ``relink`` goes through all texts and all inflections.
    """
    written = Q()
    for name in actor.names.exclude(kind=NameKind.ERROR).values_list("text", flat=True):
        written |= Q(text__icontains=name)
    texts = list(Revision.objects.in_use().filter(written).order_by("-pk")[:limit]) if written else []
    for revision in texts:
        relink(revision)
    return len(texts)


@transaction.atomic
def resolve_mention(mention: Mention, actor: Actor, by: User | None) -> None:
    """Say which actor a mention means; later runs keep it. Raises PermissionDenied."""
    require(by, permissions.MENTIONS)
    mention.actor = actor
    mention.is_confirmed = True
    mention.save(update_fields=["actor", "is_confirmed"])


def _find_mentions(revision: Revision, *, before: Revision | None) -> int:
    return _write_mentions(revision, _still_confirmed(revision, before) if before else [])


def _still_confirmed(revision: Revision, before: Revision) -> list[Mention]:
    """Copy what an editor confirmed in the revision before, except what stands where the text was changed."""
    confirmed = before.mentions.filter(is_confirmed=True).select_related("actor")
    if not confirmed:
        return []
    head = len(commonprefix([before.text, revision.text]))  # noqa: RUF071 - by characters is meant
    tail = len(commonprefix([before.text[head:][::-1], revision.text[head:][::-1]]))  # noqa: RUF071
    longer = len(revision.text) - len(before.text)
    moves = [
        (old, 0 if old.end <= head else longer)
        for old in confirmed
        if old.end <= head or old.start >= len(before.text) - tail
    ]
    return Mention.objects.bulk_create(
        Mention(
            revision=revision,
            actor=old.actor,
            candidates=old.candidates,
            kind=old.kind,
            start=old.start + by,
            end=old.end + by,
            text=old.text,
            is_confirmed=True,
        )
        for old, by in moves
    )


def _write_mentions(revision: Revision, kept: list[Mention]) -> int:
    found = [hit for hit in known_names().find(revision.text) if hit.kind != "place"]
    actors = Actor.objects.in_bulk({hit.actor for hit in found if hit.actor}, field_name="slug")
    taken = [(mention.start, mention.end) for mention in kept]
    mentions = [
        Mention(
            revision=revision,
            actor=actors.get(hit.actor or ""),
            candidates=list(hit.candidates),
            kind=hit.kind,
            start=hit.start,
            end=hit.end,
            text=hit.text,
        )
        for hit in found
        if not any(start < hit.end and hit.start < end for start, end in taken)
    ]
    Mention.objects.bulk_create(mentions)
    return len(mentions)


def report_error(path: str, text: str, email: str = "") -> ErrorReport:
    """Keep a reader's report of an error for the editors and return it. Raises ValidationError by field."""
    report = ErrorReport(path=path, text=text.strip(), email=email)
    report.full_clean()
    report.save()
    return report


@transaction.atomic
def handle_report(report: ErrorReport, by: User, answer: str) -> None:
    """Close a reader's report with what was done. Raises PermissionDenied."""
    require(by, permissions.REPORTS)
    report.answer, report.handled_by, report.handled_at = answer, by, clock()
    report.save(update_fields=["answer", "handled_by", "handled_at"])


@transaction.atomic
def publish_topic(topic: Topic, by: User | None, at: datetime | None = None) -> None:
    """Make a topic public from an instant on, now by default. Raises PermissionDenied."""
    require(by, permissions.TOPICS)
    # The row is locked so that two editors' periods follow each other.
    open_period(Topic.objects.select_for_update().get(pk=topic.pk), at)


@transaction.atomic
def withdraw_topic(topic: Topic, by: User | None, at: datetime | None = None) -> None:
    """End a topic's being public at an instant, now by default. Raises PermissionDenied."""
    require(by, permissions.TOPICS)
    # As in publish_topic.
    close_period(Topic.objects.select_for_update().get(pk=topic.pk), at)
