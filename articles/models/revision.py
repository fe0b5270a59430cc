"""Revisions: all that a reader sees of an article, with its topics, and the periods in which they are public."""

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
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from articles.models.article import TRACKERS, Article
from articles.models.topic import Topic
from articles.querysets import RevisionQuerySet
from cms.dates import EdtfField, EdtfRange
from cms.fulltext import document
from cms.periods import LivePeriod, whole_period

PREVIEW_LINK = "preview link"
"""What is told in the history by hand: a link made to preview a revision."""


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


@pghistory.track(
    *(tracker() for tracker in TRACKERS),
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
