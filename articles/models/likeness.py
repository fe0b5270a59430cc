"""What the texts of articles show when they are read beside each other: reprints, and names that nobody knows."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least, Now

from articles.models.article import Article


class Fingerprint(models.Model):
    """The bottom-k sketch of an article's latest text (`articles.shingles`): by it texts that share words are found."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="fingerprint")
    hashes = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        indexes = [GinIndex(fields=["hashes"], name="fingerprint_hashes")]

    def __str__(self) -> str:
        return f"{self.article}: {len(self.hashes)} hashes"


@pghistory.track()
class Reprint(models.Model):
    """That an article is, or is not, another one printed again; found by likeness, settled by a person.

    ``original`` is the earlier of the two. One that was refused stays, so that it is not proposed again. Two articles
    have one at most, whichever of them is the original.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "proposed"
        CONFIRMED = "confirmed", "confirmed"
        REFUSED = "refused", "refused"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="reprint_of")
    original = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="reprints")
    similarity = models.FloatField(help_text="Share of word shingles that both have (Jaccard), 0 to 1.")
    state = models.CharField(max_length=16, choices=State.choices, default=State.PROPOSED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-similarity", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(article=F("original")), name="reprint_not_of_itself"),
            models.UniqueConstraint(
                Least("article", "original"), Greatest("article", "original"), name="reprint_once_a_pair"
            ),
            models.CheckConstraint(
                condition=Q(similarity__gte=0, similarity__lte=1), name="reprint_similarity_is_share"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by=None, decided_at=None)
                | Q(state__in=["confirmed", "refused"], decided_at__isnull=False),
                name="reprint_decided_or_proposed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: a reprint of {self.original}"


class UnknownName(models.Model):
    """A name in an article's latest text that no actor bears."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="unknown_names")
    text = models.CharField(max_length=300)
    start = models.PositiveIntegerField(help_text="Where it stands first, in code points of that text.")
    times = models.PositiveIntegerField(default=1)
    placed = models.PositiveIntegerField(
        default=0, help_text="How many of these times it reads as a place's."
    )
    sentence = models.CharField(max_length=500, help_text="The words around it.")

    class Meta:
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(fields=["article", "text"], name="unknown_name_once"),
            models.CheckConstraint(
                condition=Q(placed__lte=F("times")), name="unknown_name_placed_within_times"
            ),
        ]
        indexes = [models.Index(fields=["text"])]

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class PassedName(models.Model):
    """A name that an editor passed over: it is no actor of this coverage."""

    text = models.CharField(max_length=300, unique=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    passed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text
