"""The article: an identity, its addresses and its workflow."""

from datetime import datetime

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from articles.querysets import ArticleQuerySet

PREVIEWS_ENDED = "previews ended"
"""What is told in the history by hand: that all links to previews of an article were ended."""
TRACKERS = (pghistory.InsertEvent, pghistory.UpdateEvent, pghistory.DeleteEvent)
"""What is always caught; a model that names further events has to name these too."""


@pghistory.track(*(tracker() for tracker in TRACKERS), pghistory.ManualEvent(PREVIEWS_ENDED))
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
