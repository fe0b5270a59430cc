"""Images in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Image
from cms.workplace.base import (
    NewsroomAdmin,
)


@admin.register(Image)
class ImageAdmin(NewsroomAdmin):
    """Pictures, what they show, and whose they are."""

    list_display = ("preview", "alt", "credit", "size", "created_at")
    list_display_links = ("preview", "alt")
    search_fields = ("alt", "credit", "file")
    fields = ("file", "alt", "credit")

    @admin.display(description="picture")
    def preview(self, image: Image) -> SafeString:
        return format_html(
            '<img class="preview" src="{}" alt="{}" loading="lazy">', image.file.url, image.alt
        )

    @admin.display(description="size")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("preview", "file", "alt", "credit") if obj else ("file", "alt", "credit")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("preview",) if obj else ()
