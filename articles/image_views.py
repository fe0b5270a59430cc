"""The files of images."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Image, Revision


@require_safe
def image(request: HttpRequest, name: str) -> FileResponse:
    """Answer with the file of an image that a live revision shows, or that staff look at before it does."""
    if "\x00" in name:
        raise Http404("There is no such image.")
    images = Image.objects.filter(file=name)
    found = images.filter(uses__revision__in=Revision.objects.public(timezone.now()).values("pk")).first()
    if found is None and request.user.is_staff and request.user.has_perm("articles.view_image"):
        found = images.first()
    if found is None:
        raise Http404("There is no such image.")
    try:
        return FileResponse(found.file.open())
    except FileNotFoundError:
        raise Http404("The file of this image is missing.") from None
