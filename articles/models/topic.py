"""Topics: the newsroom's own tags."""

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from taggit.models import TagBase

from articles.querysets import TopicQuerySet
from cms.periods import LivePeriod, past_is_past, whole_period


@pghistory.track()
class Topic(LivePeriod, TagBase):  # type: ignore[django-manager-missing]  # taggit has no types
    """A subject that articles and assertions are filed under."""

    description = models.TextField(blank=True, default="")
    medtop = models.CharField(
        "IPTC Media Topic",
        max_length=20,
        blank=True,
        default="",
        help_text="medtop:20000053",
        validators=[RegexValidator(r"^medtop:\d{8}$", "Write it as medtop: and eight digits.")],
    )

    needs_double_review = models.BooleanField(
        "blind double review",
        default=False,
        help_text="Two reviewers decide on its assertions, neither sees the other's decision; a third settles.",
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        help_text="The topic that it turned out to be.",
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        triggers = [past_is_past()]
        constraints = [
            whole_period(),
            models.UniqueConstraint(
                Lower("name"),
                name="topic_name_once",
                violation_error_message="There is a topic of this name.",
            ),
            models.CheckConstraint(
                condition=Q(medtop="") | Q(medtop__regex=r"^medtop:\d{8}$"), name="topic_medtop_is_code"
            ),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                name="topic_slug_is_plain",
                violation_error_message="Small letters, digits and single hyphens only: some-words.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None)
                | ~Q(merged_into=F("pk")) & (Q(live__isnull=True) | Q(live__upper_inf=False)),
                name="topic_merged_ends",
                violation_error_message="A topic that was merged into another is not public any more.",
            ),
            models.CheckConstraint(condition=Q(name__regex=r"^\S(.*\S)?$"), name="topic_name_not_blank"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("articles:topic", args=[self.slug])
