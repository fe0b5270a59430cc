"""Corrections to articles, and readers' reports of errors."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from articles.models.article import Article
from articles.models.revision import Revision
from articles.querysets import CorrectionQuerySet


class Correction(models.Model):
    """What was wrong in a published article and how it was put right; append-only."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", "correction"
        CLARIFICATION = "clarification", "clarification"
        UPDATE = "update", "update"
        RETRACTION = "retraction", "retraction"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.CORRECTION)
    text = models.TextField()
    revision = models.ForeignKey(
        Revision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="corrections",
        help_text="The revision that puts it right: readers see the correction from its beginning on.",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="correction_not_blank"),
            models.CheckConstraint(
                condition=Q(kind__in=["correction", "clarification", "update", "retraction"]),
                name="correction_kind_known",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="correction_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="revision_of_its_article",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("NEW.revision_id IS NOT NULL"),
                func="""
                    IF NOT EXISTS (SELECT FROM articles_revision
                                   WHERE id = NEW.revision_id AND article_id = NEW.article_id) THEN
                        RAISE check_violation USING MESSAGE =
                            'an article is put right by a revision of its own, not by another article''s';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.article}"


class ErrorReport(models.Model):
    """A reader's message about an error on a page."""

    path = models.CharField(max_length=500)
    text = models.TextField(max_length=5000)
    email = models.EmailField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    handled_at = models.DateTimeField(null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    answer = models.TextField("what was done", blank=True, default="")

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="error_report_not_blank"),
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None)
                | Q(handled_at__isnull=False, handled_by__isnull=False),
                name="error_report_handled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path}: {self.text[:60]}"
