"""The article (an identity and its workflow), its revisions (all that a reader sees) and its sources."""

from datetime import datetime

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, GeneratedField, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from actors.models import Actor
from articles.models.topic import Topic
from articles.querysets import ArticleQuerySet, RevisionQuerySet
from cms.dates import EdtfField, EdtfRange
from cms.fulltext import document
from cms.periods import LivePeriod, whole_period

PREVIEW_LINK, PREVIEWS_ENDED = "preview link", "previews ended"
"""What is told in the history by hand: a link made to preview a revision, and that all of an article were ended."""
_TRACKERS = (pghistory.InsertEvent, pghistory.UpdateEvent, pghistory.DeleteEvent)


def dates_article(key: str) -> str:
    """Return SQL that sets ``published_at`` of the article whose key an SQL expression gives.

    A version that was removed does not count, so that no date tells of it, unless there is no other: that the article
    was public is not undone.
    """
    return f"""
        UPDATE articles_article a SET published_at = (
            SELECT COALESCE(min(lower(r.live)) FILTER (WHERE m.id IS NULL), min(lower(r.live)))
              FROM articles_revision r LEFT JOIN articles_removal m ON m.revision_id = r.id
             WHERE r.article_id = a.id)
        WHERE a.id = {key};"""  # noqa: S608 - the expression is written in the models


@pghistory.track(*(tracker() for tracker in _TRACKERS), pghistory.ManualEvent(PREVIEWS_ENDED))
class Article(models.Model):
    """One piece of coverage under one address, whatever its wording at the moment."""

    slug = models.SlugField(max_length=120, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="articles",
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    identifier = models.CharField(
        max_length=500,
        blank=True,
        default="",
        editable=False,
        help_text="What its origin calls it; an import makes it once.",
    )
    published_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When it first was, or will be, public; kept by the database.",
    )
    embargo = models.DateTimeField(
        "embargo until",
        null=True,
        blank=True,
        editable=False,
        help_text="No period of being public may begin before it.",
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="assignments",
    )
    due = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        permissions = [
            ("publish_article", "Can approve, publish, schedule and withdraw articles"),
            ("remove_version", "Can remove a published version for legal reasons"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                name="article_slug_is_plain",
                violation_error_message="Small letters, digits and single hyphens only: some-words.",
            ),
            models.UniqueConstraint(
                fields=["identifier"], condition=~Q(identifier=""), name="article_identifier_once"
            ),
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="article_newest_first")]
        triggers = [
            pgtrigger.Trigger(
                name="embargo_before_periods",
                operation=pgtrigger.UpdateOf("embargo"),
                when=pgtrigger.Before,
                declare=[("begins", "timestamptz")],
                func="""
                    SELECT min(lower(live)) INTO begins FROM articles_revision
                     WHERE article_id = NEW.id AND (upper(live) IS NULL OR upper(live) > clock_timestamp());
                    IF NEW.embargo IS DISTINCT FROM OLD.embargo AND begins < NEW.embargo THEN
                        RAISE check_violation USING MESSAGE = format(
                            'the article is or will be public from %s, before the end of the embargo', begins);
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="keeps_former_addresses",
                operation=pgtrigger.UpdateOf("slug"),
                when=pgtrigger.After,
                condition=pgtrigger.Condition("OLD.slug IS DISTINCT FROM NEW.slug"),
                func="""
                    DELETE FROM articles_formeraddress WHERE slug = NEW.slug AND article_id = NEW.id;
                    IF OLD.published_at IS NOT NULL THEN
                        INSERT INTO articles_formeraddress (slug, article_id) VALUES (OLD.slug, OLD.id);
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="address_is_nobodys_former",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("slug"),
                # After: the unique index has then waited for one who gives the address up at the same time.
                when=pgtrigger.After,
                func="""
                    IF EXISTS (SELECT FROM articles_formeraddress WHERE slug = NEW.slug AND article_id <> NEW.id) THEN
                        RAISE check_violation USING MESSAGE = format(
                            'the address %s leads to another article, which had it before', NEW.slug);
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        # An article has its headline by its revisions: known where the query has brought it along.
        return str(getattr(self, "headline", "") or self.slug)

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.slug])

    def was_public(self, at: datetime | None = None) -> bool:
        """Tell whether it is public at an instant, now by default, or was before it."""
        return self.published_at is not None and self.published_at <= (at or timezone.now())


class FormerAddress(models.Model):
    """An address that an article had while it was, or was going to be, public; the database keeps these rows."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="former_addresses")
    slug = models.SlugField(max_length=120, unique=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "former addresses"
        triggers = [
            # The condition is looked at as the statement runs: 0 is a statement of somebody's, not one of a trigger.
            pgtrigger.Trigger(
                name="kept_by_its_article",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("pg_trigger_depth() = 0"),
                func="""
                    RAISE check_violation USING MESSAGE =
                        'former addresses are written by the database alone, as an article changes its address';
                """,
            ),
            pgtrigger.Trigger(
                name="goes_with_its_article",
                operation=pgtrigger.Delete,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition("pg_trigger_depth() = 0"),
                func="""
                    IF EXISTS (SELECT FROM articles_article WHERE id = OLD.article_id) THEN
                        RAISE check_violation USING MESSAGE = 'a former address goes only with its article';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.slug


@pghistory.track(
    *(tracker() for tracker in _TRACKERS),
    pghistory.ManualEvent(PREVIEW_LINK),
    fields=["article", "number", "live", "closed_at"],
    model_name="RevisionArticleNumberLiveEvent",
)
class Revision(LivePeriod):  # type: ignore[django-manager-missing]  # taggit has no types
    """All that a reader can see of an article, as it was saved once. Only its periods ever change."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    headline = models.CharField(max_length=300)
    standfirst = models.TextField(blank=True, default="")
    body = models.TextField(blank=True, default="", help_text="Safe HTML.")
    text = models.TextField(
        blank=True, default="", help_text="The body as plain text, in which positions are counted."
    )
    byline = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=35, default="en", help_text="BCP 47")
    dated = EdtfField(help_text="The date that the text itself bears (EDTF), if any.")
    dated_range = GeneratedField(
        expression=EdtfRange("dated"), output_field=DateRangeField(), db_persist=True
    )
    reason = models.CharField("why this revision", max_length=300, blank=True, default="")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="From then on no page shows it, not even as of an earlier instant.",
    )
    search = document("headline", "standfirst", "text")

    topics = TaggableManager(through="articles.TaggedRevision", blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "-number"]
        constraints = [
            whole_period(),
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once"),
            models.CheckConstraint(
                condition=Q(headline__regex=r"^\S(.*\S)?$"), name="revision_headline_not_blank"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None)
                | Q(live__isnull=False, live__upper_inf=False, live__endswith__lte=F("closed_at")),
                name="revision_closed_after_its_period",
                violation_error_message="A version is closed at the end of its period, or later.",
            ),
            ExclusionConstraint(
                name="revision_one_live_at_a_time",
                expressions=[("article", RangeOperators.EQUAL), ("live", RangeOperators.OVERLAPS)],
                violation_error_message="Another revision of this article is public in a part of that period.",
            ),
        ]
        indexes = [
            models.Index(fields=["article"], condition=Q(live__isnull=False), name="revision_ever_live"),
            GinIndex(fields=["search"], name="revision_search"),
            GinIndex(fields=["headline"], opclasses=["gin_trgm_ops"], name="revision_headline_trigrams"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="content_is_immutable", exclude=["live", "closed_at", "dated_range", "search"]
            ),
            pgtrigger.Trigger(
                name="past_is_past",
                operation=pgtrigger.UpdateOf("live") | pgtrigger.Delete,
                when=pgtrigger.Before,
                declare=[("past", "tstzrange = tstzrange(NULL, now())"), ("kept", "tstzrange")],
                func="""
                    kept := CASE WHEN TG_OP = 'DELETE' THEN 'empty' ELSE COALESCE(NEW.live, 'empty') * past END;
                    IF kept <> COALESCE(OLD.live, 'empty') * past THEN
                        RAISE check_violation USING MESSAGE = format(
                            'revision %s was public in %s: what is past cannot change', OLD.id, OLD.live * past);
                    END IF;
                    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
                """,
            ),
            pgtrigger.Trigger(
                name="begins_after_the_embargo",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("live"),
                when=pgtrigger.Before,
                declare=[("embargo", "timestamptz")],
                func="""
                    IF NEW.live IS NULL OR (TG_OP = 'UPDATE' AND lower(NEW.live) = lower(OLD.live)) THEN
                        RETURN NEW;
                    END IF;
                    -- The row is locked so that no embargo is set between this look and the commit.
                    SELECT a.embargo INTO embargo FROM articles_article a WHERE a.id = NEW.article_id
                       FOR NO KEY UPDATE;
                    IF lower(NEW.live) < embargo THEN
                        RAISE check_violation USING MESSAGE = format('the article is under embargo until %s', embargo);
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                # It runs after the trigger above, by its name, and so with the article locked.
                name="past_is_written_first",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF lower(NEW.live) < now() AND EXISTS (
                        SELECT FROM articles_revision WHERE article_id = NEW.article_id AND live IS NOT NULL) THEN
                        RAISE check_violation USING MESSAGE =
                            'the article was public before: no revision can be added to its past';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="goes_with_its_article",
                operation=pgtrigger.Delete,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (SELECT FROM articles_article WHERE id = OLD.article_id) THEN
                        RAISE check_violation USING MESSAGE = 'a revision goes only with its article';
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="removed_stays_closed",
                operation=pgtrigger.UpdateOf("closed_at"),
                when=pgtrigger.Before,
                func="""
                    IF NEW.closed_at IS DISTINCT FROM OLD.closed_at
                       AND EXISTS (SELECT FROM articles_removal WHERE revision_id = OLD.id) THEN
                        RAISE check_violation USING MESSAGE = format(
                            'revision %s was removed for a legal reason: it stays closed', OLD.id);
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="creation_is_now",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="NEW.created_at := clock_timestamp(); RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="dates_its_article",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("live") | pgtrigger.Delete,
                when=pgtrigger.After,
                func=f"{dates_article('COALESCE(NEW.article_id, OLD.article_id)')} RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def is_public(self, at: datetime | None = None) -> bool:
        """Tell whether readers see it at an instant, now by default, and it is not closed to them by now."""
        return super().is_public(at) and (self.closed_at is None or self.closed_at > timezone.now())


def sealed_with_its_revision(column: str, *, except_when: str = "") -> pgtrigger.Trigger:
    """Return a trigger on rows that are content of a revision: they are written with it, and go only with it.

    ``column`` holds the revision. It is checked at commit, when a deleted revision is gone. ``except_when`` is an SQL
    condition on OLD, NEW and TG_OP under which a row may change nevertheless.
    """
    exception = f"IF {except_when} THEN RETURN NULL; END IF;" if except_when else ""
    return pgtrigger.Trigger(
        name="sealed_with_its_revision",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        func=f"""
            {exception}
            IF EXISTS (SELECT FROM articles_revision
                       WHERE id IN (OLD.{column}, NEW.{column}) AND created_at < transaction_timestamp()) THEN
                RAISE check_violation USING MESSAGE = 'the content of a saved revision cannot change';
            END IF;
            RETURN NULL;
        """,
    )


class TaggedRevision(ItemBase):
    """A topic of a revision."""

    content_object = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="tagged_revisions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="revision_topic_once")]
        triggers = [
            sealed_with_its_revision(
                "content_object_id",
                except_when="""
                    EXISTS (SELECT FROM articles_topic t WHERE t.id = OLD.tag_id AND (
                        (TG_OP = 'UPDATE' AND NEW.tag_id = t.merged_into_id
                            AND NEW.content_object_id = OLD.content_object_id)
                        OR (TG_OP = 'DELETE' AND EXISTS (
                            SELECT FROM articles_taggedrevision kept
                             WHERE kept.content_object_id = OLD.content_object_id
                               AND kept.tag_id = t.merged_into_id))))""",
            )
        ]


@pghistory.track(exclude=["published_range"])
class Source(models.Model):
    """What an article rests on or rewrites; that the original is unknown is said, not left out."""

    class Relation(models.TextChoices):
        CITES = "cites", "cites"
        REWRITES = "rewrites", "rewrites"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="sources")
    relation = models.CharField(max_length=16, choices=Relation.choices, default=Relation.CITES)
    is_unknown = models.BooleanField("unknown original", default=False)
    publisher = models.CharField(max_length=200, blank=True, default="")
    publisher_actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="published"
    )
    title = models.CharField(max_length=500, blank=True, default="")
    address = models.URLField(max_length=2000, blank=True, default="")
    published = EdtfField()
    published_range = GeneratedField(
        expression=EdtfRange("published"), output_field=DateRangeField(), db_persist=True
    )
    note = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_unknown=True, publisher="", publisher_actor=None, title="", address="")
                | Q(is_unknown=False) & ~Q(publisher="", title="", address=""),
                name="source_known_or_unknown",
                violation_error_message="Give a publisher, a title or an address; or say that the original is unknown.",
            ),
            models.CheckConstraint(
                condition=Q(address="") | Q(address__regex=r"^https?://"),
                name="source_address_is_web",
                violation_error_message="Write the address with http:// or https://.",
            ),
        ]

    def __str__(self) -> str:
        return "unknown original" if self.is_unknown else self.publisher or self.title or self.address
