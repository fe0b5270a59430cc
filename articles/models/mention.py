"""Mentions: where the text of a revision names an actor."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from actors.models import Actor, NameKind, names_nobody_merged_at_once
from articles.models.revision import Revision
from articles.spans import SPAN_HELP, holds_its_words


class Mention(models.Model):
    """Words of a revision that name an actor; without an actor, the editor is asked which of the candidates it is."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="mentions")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="mentions")
    candidates = ArrayField(models.SlugField(max_length=100), default=list, blank=True)
    kind = models.CharField(
        max_length=16,
        choices=NameKind.choices,
        default=NameKind.NAME,
        help_text="The kind of the name that stands there.",
    )
    start = models.PositiveIntegerField(help_text=SPAN_HELP)
    end = models.PositiveIntegerField(help_text=SPAN_HELP + ", exclusive")
    text = models.TextField()
    is_confirmed = models.BooleanField("confirmed by an editor", default=False)

    actor_slugs = ("candidates",)
    """The columns that name actors by their slugs; a merge of actors finds them by this."""

    class Meta:
        ordering = ["revision", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="mention_not_empty"),
            models.UniqueConstraint(fields=["revision", "start"], name="mention_once"),
        ]
        indexes = [models.Index(fields=["actor", "revision"])]
        triggers = [
            *holds_its_words("mention_holds_its_words", "n.text"),
            *names_nobody_merged_at_once("actor_id"),
        ]

    def __str__(self) -> str:
        return self.text
