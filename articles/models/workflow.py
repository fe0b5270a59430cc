"""The newsroom's work on an article: its steps towards publication, and what a writer has not saved yet."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from articles.models.article import Article
from articles.models.revision import Revision


class WorkflowStep(models.Model):
    """Something done with one revision on its way to readers, with a note; append-only."""

    class Kind(models.TextChoices):
        SUBMIT = "submit", "submitted for review"
        APPROVE = "approve", "approved"
        RETURN = "return", "returned"
        NOTE = "note", "noted"

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    note = models.TextField(blank=True, default="")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["submit", "approve", "return", "note"]), name="workflow_step_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["return", "note"]) | Q(note__regex=r"\S"),
                name="workflow_step_says_why",
                violation_error_message="Say in a note what is meant.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="workflow_step_is_final", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="goes_with_its_revision",
                operation=pgtrigger.Delete,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (SELECT FROM articles_revision WHERE id = OLD.revision_id) THEN
                        RAISE check_violation USING MESSAGE = 'a step of the workflow stays on record';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: revision {self.revision_id}"


class WorkingCopy(models.Model):
    """What a writer has in an open form and has not saved: one a user, article and tab. It is no revision.

    Without an article it is one that has not been created yet; without ``content`` nothing was changed in the form.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="working_copies"
    )
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, blank=True, related_name="working_copies"
    )
    tab = models.UUIDField(help_text="One open form in one browser.")
    base = models.PositiveIntegerField(
        default=0, help_text="The number of the revision that the form was opened on; 0 for none."
    )
    content = models.JSONField(null=True, blank=True, help_text="The fields of the form as they were typed.")
    changed_at = models.DateTimeField(null=True, blank=True, help_text="When the content last changed.")
    seen_at = models.DateTimeField(help_text="When the form was last heard of.")

    class Meta:
        ordering = ["-seen_at"]
        verbose_name_plural = "working copies"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "article", "tab"], name="working_copy_once_a_tab", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(content__isnull=True, changed_at=None)
                | Q(content__isnull=False, changed_at__isnull=False),
                name="working_copy_changed_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, revision {self.base}"
