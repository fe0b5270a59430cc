"""What articles rest on."""

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import GeneratedField, Q

from actors.models import Actor, names_nobody_merged
from articles.models.article import Article
from cms.dates import EdtfField, EdtfRange


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
        triggers = [names_nobody_merged("publisher_actor_id")]
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
