"""Images and their places in revisions."""

import pghistory
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from articles.models.revision import Revision, sealed_with_its_revision


@pghistory.track()
class Image(models.Model):
    """A picture with what it shows in words and whose it is."""

    file = models.ImageField(
        upload_to="images/%Y/%m",
        width_field="width",
        height_field="height",
        validators=[FileExtensionValidator(["avif", "gif", "jpeg", "jpg", "png", "webp"])],
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(
        "alternative text", max_length=500, help_text="What one who cannot see it must know."
    )
    credit = models.CharField(max_length=300)
    focus_x = models.PositiveSmallIntegerField(
        "focal point, from the left", default=50, help_text="Per cent of the width."
    )
    focus_y = models.PositiveSmallIntegerField(
        "focal point, from the top", default=50, help_text="Per cent of the height."
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(alt__regex=r"\S"), name="image_alt_not_blank"),
            models.CheckConstraint(condition=Q(credit__regex=r"\S"), name="image_credit_not_blank"),
            models.CheckConstraint(
                condition=Q(focus_x__lte=100, focus_y__lte=100), name="image_focus_inside"
            ),
        ]

    def __str__(self) -> str:
        return self.alt


class RevisionImage(models.Model):
    """An image of a revision, in its order, with its caption there."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField(default=1)
    caption = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["revision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="revision_image_position_once")
        ]
        triggers = [sealed_with_its_revision("revision_id")]

    def __str__(self) -> str:
        return f"{self.image} in {self.revision}"
