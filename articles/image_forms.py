"""The forms by which pictures are taken in and described in the admin."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html

from articles.actions.images import picture_in, same_file
from articles.image_checks import EXTENSIONS, WANTED
from articles.models import Image
from cms.workplace.base import link_to

ACCEPTED = ",".join(f".{ending}" for endings in EXTENSIONS.values() for ending in endings)

MISSING = {
    "alt": "Say in words what the picture shows: it is all that readers get who cannot see it.",
    "credit": "Name whose picture it is: readers have to know, and most licences demand it.",
}
"""What is said where a field is left empty, here and, before the file is sent, in the browser."""


class ImageForm(forms.ModelForm[Image]):
    """What a picture shows, whose it is, and the point that crops of it keep."""

    class Meta:
        model = Image
        fields = ("alt", "credit", "focus_x", "focus_y")
        widgets = {
            "alt": forms.TextInput(attrs={"class": "vLargeTextField", "data-missing": MISSING["alt"]}),
            "credit": forms.TextInput(attrs={"class": "vLargeTextField", "data-missing": MISSING["credit"]}),
            "focus_x": forms.NumberInput(attrs={"min": 0, "max": 100}),
            "focus_y": forms.NumberInput(attrs={"min": 0, "max": 100}),
        }
        labels = {"focus_x": "Focal point, across", "focus_y": "Focal point, down"}
        help_texts = {
            "focus_x": "Per cent from the left.",
            "focus_y": "Per cent from the top.",
            "alt": "What one who cannot see it must know; a caption adds to it, and does not repeat it.",
            "credit": "Who took or drew it, and by what right it is shown, as in “Ada Vale/Northern Wire”.",
        }
        error_messages = {field: {"required": sentence} for field, sentence in MISSING.items()}


class NewImageForm(ImageForm):
    """The form of a picture that is not here yet. ``twin`` is the image made of the same file, if one was."""

    file = forms.FileField(
        label="Picture",
        allow_empty_file=True,  # it is refused below, with a sentence
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": f"Choose the picture: a file in {WANTED}."},
    )

    class Meta(ImageForm.Meta):
        fields = ("file", *ImageForm.Meta.fields)  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.twin: Image | None = None
        self.fields["file"].help_text = (
            f"{WANTED}, up to {settings.IMAGE_MAX_MEGABYTES} MB and {settings.IMAGE_MAX_MEGAPIXELS} million pixels. "
            "Where and with what it was taken is removed."
        )

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.files.get("file") and self.errors and "file" not in self.errors:
            # A browser never fills this in again.
            self.add_error("file", "Choose the file again: browsers do not keep it when a form comes back.")

    def clean_file(self) -> UploadedFile[bytes]:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            picture_in(upload)
        except ValidationError as error:
            raise ValidationError(error.message_dict["file"]) from error
        self.twin = same_file(upload)
        if self.twin is not None:
            raise ValidationError(
                format_html(
                    "This very file is here already, as “{}”: use that image, with a caption of its own.",
                    link_to(self.twin),
                )
            )
        return upload
