"""Topics: the newsroom's own tags."""

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
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
            models.CheckConstraint(condition=Q(name__regex=r"^\S(.*\S)?$"), name="topic_name_not_blank"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("articles:topic", args=[self.slug])
