"""The files of images and their renditions: for readers, while a version that they may read shows the image."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from articles import previews, renditions
from articles.models import Image, Revision

NONE = "There is no such image."
# What a file holds never changes, but whether it may be seen does: caches that readers share ask again after
# minutes, so that what is withdrawn goes from them too.
BROWSERS, SHARED_CACHES = 24 * 3600, 300  # seconds


@require_safe
def image(request: HttpRequest, name: str) -> FileResponse:
    """Answer with a picture or a rendition of it, by its path in the storage.

    Readers get it while a version that they may read shows it, the holder of a preview's link (``?preview=``) while
    that is valid, and staff always. Only what was made when the picture came in is found: nothing is made here.
    """
    if "\x00" in name:
        raise Http404(NONE)
    found = Image.objects.filter(file=renditions.original_of(name) or name).first()
    if found is None:
        raise Http404(NONE)
    is_public = Revision.objects.readable().filter(images__image=found).exists()
    if not (is_public or _may_see(request, found)):
        raise Http404(NONE)
    try:
        file = found.file.storage.open(name)
    except (FileNotFoundError, IsADirectoryError):
        raise Http404(NONE) from None
    kind = renditions.TYPES.get(name.rpartition(".")[2].lower())
    response = FileResponse(file, content_type=kind) if kind else FileResponse(file)
    response["X-Content-Type-Options"] = "nosniff"
    if is_public:
        patch_cache_control(response, public=True, max_age=BROWSERS, s_maxage=SHARED_CACHES, immutable=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _may_see(request: HttpRequest, found: Image) -> bool:
    """Tell whether one may look at an image that readers do not see."""
    if request.user.is_staff and request.user.has_perm("articles.view_image"):
        return True
    token = request.GET.get("preview", "")
    return bool(token) and previews.shows(token, found)
