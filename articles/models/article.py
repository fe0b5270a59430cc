"""The article (an identity and its workflow), its revisions (all that a reader sees) and its sources."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import GeneratedField, Q
from django.db.models.functions import Now
from django.urls import reverse
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from actors.models import Actor
from articles.models.topic import Topic
from articles.querysets import ArticleQuerySet, RevisionQuerySet
from cms.dates import EdtfField, EdtfRange
from cms.fulltext import document
from cms.periods import LivePeriod, whole_period


@pghistory.track()
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

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        permissions = [("publish_article", "Can publish, schedule and withdraw articles")]
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

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.slug])


@pghistory.track(fields=["article", "number", "live"])
class Revision(LivePeriod):  # type: ignore[django-manager-missing]  # taggit has no types
    """All that a reader can see of an article, as it was saved once. Only ``live`` ever changes."""

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
            pgtrigger.ReadOnly(name="content_is_immutable", exclude=["live", "dated_range", "search"]),
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
                name="creation_is_now",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="NEW.created_at := clock_timestamp(); RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="dates_its_article",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("live") | pgtrigger.Delete,
                when=pgtrigger.After,
                func="""
                    UPDATE articles_article a SET published_at =
                        (SELECT min(lower(r.live)) FROM articles_revision r WHERE r.article_id = a.id)
                    WHERE a.id = COALESCE(NEW.article_id, OLD.article_id);
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.headline


def sealed_with_its_revision(column: str) -> pgtrigger.Trigger:
    """Return a trigger on rows that are content of a revision: they are written with it, and go only with it.

    ``column`` holds the revision. It is checked at commit, when a deleted revision is gone.
    """
    return pgtrigger.Trigger(
        name="sealed_with_its_revision",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        func=f"""
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
        triggers = [sealed_with_its_revision("content_object_id")]


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
