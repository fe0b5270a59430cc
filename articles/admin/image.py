"""Images in the admin: a contact sheet, and a form with the focal point."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern

from articles import renditions
from articles.actions import add_image, change_image, delete_image
from articles.image_forms import ImageForm, NewImageForm
from articles.models import Image, Revision
from cms.numbers import number_of
from cms.workplace.base import NewsroomAdmin, editor_of


@admin.register(Image)
class ImageAdmin(NewsroomAdmin):
    """Pictures, what they show, and whose they are."""

    list_display = ("alt", "credit", "created_at")
    search_fields = ("alt", "credit", "file")
    search_help_text = "What it shows, whose it is, or the name of its file."
    ordering = ("-created_at", "-pk")
    list_per_page = 48
    actions = None  # the sheet has no boxes to tick
    change_list_template = "admin/articles/image/change_list.html"
    change_form_template = "admin/articles/image/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page("card", self.card_view, "card"),
            self.page("thumbnail", self.thumbnail_view, "thumbnail"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        public = Revision.objects.public().filter(images__image=OuterRef("pk"))
        images: QuerySet[Image] = super().get_queryset(request)
        return images.annotate(
            articles=Count("uses__revision__article", distinct=True), is_public=Exists(public)
        )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = ImageForm if obj else NewImageForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = ("alt", "credit", "focus_x", "focus_y")
        return fields if obj else ("file", *fields)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.uses.exists())

    # Writing

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        filled, by = form.cleaned_data, editor_of(request)
        described = {
            "alt": filled["alt"],
            "credit": filled["credit"],
            "focus": (filled["focus_x"], filled["focus_y"]),
        }
        if change:
            change_image(obj, by, **described)
            return
        obj.pk = add_image(filled["file"], by, **described).pk
        obj._state.adding = False
        obj.refresh_from_db()

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        delete_image(obj, editor_of(request))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """As ever; and the same file's image, if it is offered and taken, is the answer of a pop-up."""
        chosen = request.POST.get("_existing")
        if not chosen or IS_POPUP_VAR not in request.POST:
            return super().add_view(request, form_url, extra_context)
        if not self.has_view_permission(request):
            raise Http404("There is no such image.")
        return self.response_add(request, get_object_or_404(Image, pk=number_of(chosen)))

    # What the form of an article asks

    def card_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer with what a row of an article's form shows of the image that is chosen in it."""
        image = self._seen(request, pk)
        return JsonResponse({"src": renditions.thumbnail(image), "alt": image.alt, "credit": image.credit})

    def thumbnail_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lead to the smallest rendition of an image."""
        return HttpResponseRedirect(renditions.thumbnail(self._seen(request, pk)))

    def _seen(self, request: HttpRequest, pk: int) -> Image:
        image = get_object_or_404(Image, pk=pk)
        if not self.has_view_permission(request, image):
            raise Http404("There is no such image.")
        return image
