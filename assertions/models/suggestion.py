"""What the computer proposes: an assertion of a rule, and links to what an assertion resembles."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least, Now

from articles.models import Article
from assertions.models.assertion import Assertion
from assertions.vocabulary import LinkType, ProposalState


class Suggestion(models.Model):
    """Where a rule's assertion came from, and how it was before anybody edited it; written once.

    The assertion itself has the rule and its confidence. ``key`` tells a passage of an article: the same one is never
    suggested twice, whatever became of it.
    """

    assertion = models.OneToOneField(Assertion, on_delete=models.CASCADE, related_name="suggestion")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="suggestions")
    key = models.CharField(max_length=64, help_text="A digest of speaker's and content's words.")
    proposed = models.JSONField(help_text="The claim as it was proposed, by field.")
    claim_version = models.PositiveIntegerField(help_text="The version of the claim that was proposed.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["article", "key"], name="suggestion_once")]
        triggers = [pgtrigger.Protect(name="suggestion_written_once", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.assertion.proposed_rule}: {self.assertion}"


class DeletedPassage(models.Model):
    """A passage of an article whose suggestion somebody deleted: it is known, and not proposed again."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="deleted_passages")
    key = models.CharField(max_length=64, help_text="The suggestion’s.")
    found = models.JSONField(
        help_text="Words of the source and of the content, and the speaker, as it was proposed."
    )
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    deleted_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "key"], name="deleted_passage_once")]

    def __str__(self) -> str:
        return f"{self.article}: {self.key}"


class TextReading(models.Model):
    """How many statements the rules found in the newest text of an article, and how many of the first they suggest."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="text_reading")
    found = models.PositiveIntegerField()
    suggested = models.PositiveIntegerField(help_text="At most SUGGESTIONS_PER_ARTICLE.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(suggested__lte=F("found")), name="text_reading_suggests_what_was_found"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.suggested} of {self.found}"


@pghistory.track()
class ProposedLink(models.Model):
    """A link that a likeness of two assertions proposes; somebody takes or refuses it, nothing else makes it one.

    Two assertions have one at most, whichever of them is its source.
    """

    source = models.ForeignKey(Assertion, on_delete=models.CASCADE, related_name="proposed_links")
    target = models.ForeignKey(Assertion, on_delete=models.CASCADE, related_name="proposed_links_from")
    type = models.CharField(max_length=16, choices=LinkType.choices)
    similarity = models.FloatField(help_text="Of the two propositions by trigrams, 0 to 1.")
    state = models.CharField(max_length=16, choices=ProposalState.choices, default=ProposalState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["source", "-similarity", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="proposed_link_not_to_itself"),
            models.CheckConstraint(
                condition=Q(type__in=[LinkType.REPEATS, LinkType.UPDATES, LinkType.CONTRADICTS]),
                name="proposed_link_type_known",
            ),
            models.CheckConstraint(
                condition=Q(similarity__gte=0, similarity__lte=1), name="proposed_link_similarity_is_share"
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.OPEN, decided_by=None, decided_at=None)
                | Q(state__in=[ProposalState.TAKEN, ProposalState.REFUSED], decided_at__isnull=False),
                name="proposed_link_decided_or_open",
            ),
            models.UniqueConstraint(
                Least("source", "target"), Greatest("source", "target"), name="proposed_link_once_a_pair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_type_display()} {self.target}?"
