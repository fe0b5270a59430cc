"""Why an article is no longer public, and which of its versions must not be read again."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from articles.models.article import Article
from articles.models.revision import Revision, dates_article
from articles.querysets import WithdrawalQuerySet


class Withdrawal(models.Model):
    """The notice that stands in an article's place from an instant on; one that is still ahead can be taken back."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="withdrawals")
    at = models.DateTimeField()
    reason = models.TextField(help_text="For readers: it stands on the page in the article's place.")
    keeps_versions = models.BooleanField(
        "earlier versions stay readable", default=False, help_text="Marked as withdrawn, and not indexed."
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

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="withdrawal_reason_not_blank")
        ]
        triggers = [
            pgtrigger.Protect(name="withdrawal_is_final", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="nothing_public_after_it",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    -- The row is locked so that no period is written between this look and the commit.
                    PERFORM FROM articles_article WHERE id = NEW.article_id FOR NO KEY UPDATE;
                    IF EXISTS (SELECT FROM articles_revision
                               WHERE article_id = NEW.article_id AND live && tstzrange(NEW.at, NULL)) THEN
                        RAISE check_violation USING MESSAGE =
                            'the article is or will be public after that: its periods end before it is withdrawn';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="past_is_past",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    IF OLD.at <= clock_timestamp() THEN
                        RAISE check_violation USING MESSAGE = 'a withdrawal that has taken place stays on record';
                    END IF;
                    RETURN OLD;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Withdrawal of {self.article}"


class Removal(models.Model):
    """A version that must vanish from the site, for a legal reason; append-only, and never shown to readers."""

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="removal")
    reason = models.TextField(help_text="For the newsroom's record; readers see nothing of it.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="removal_reason_not_blank")
        ]
        triggers = [
            pgtrigger.Protect(name="removal_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="removed_is_closed",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="""
                    IF NOT EXISTS (SELECT FROM articles_revision WHERE id = NEW.revision_id
                                   AND lower(live) <= clock_timestamp() AND closed_at <= clock_timestamp()) THEN
                        RAISE check_violation USING MESSAGE =
                            'what is removed has to be a version that readers have seen, and closed by now';
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="dates_its_article",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                func=f"""
                    {dates_article("(SELECT article_id FROM articles_revision WHERE id = NEW.revision_id)")}
                    RETURN NULL;
                """,  # noqa: S608 - no value from outside is in it
            ),
        ]

    def __str__(self) -> str:
        return f"Removal of revision {self.revision_id}"
