"""Pictures: taking them in, describing them, throwing them away."""

import hashlib
from pathlib import PurePosixPath
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify
from PIL import Image as Pillow

from articles import permissions, renditions
from articles.image_checks import Limits, RefusedPicture, read_picture
from articles.models import Image
from cms.models import User
from cms.permissions import require

ADD, CHANGE, DELETE = (f"articles.{verb}_image" for verb in ("add", "change", "delete"))
LONGEST_STEM = 40  # letters of the file's own name that its stored name keeps
DIGEST = 24  # hexadecimal digits of the SHA-256 of what was uploaded, in the stored name


def picture_in(upload: File[bytes]) -> Pillow.Image:
    """Return the picture in an uploaded file, decoded. Raises ValidationError of ``file`` with what would be right."""
    limits = Limits(
        settings.IMAGE_MAX_MEGABYTES * 1_000_000, settings.IMAGE_MAX_MEGAPIXELS, settings.IMAGE_MAX_SIDE
    )
    try:
        return read_picture(_bytes_of(upload), upload.name or "", limits)
    except RefusedPicture as error:
        raise ValidationError({"file": str(error)}) from error


def same_file(upload: File[bytes]) -> Image | None:
    """Return the image that was made of the very same file before; None if there is none."""
    return Image.objects.filter(file__contains=f"-{_digest(upload)}.").order_by("pk").first()


@transaction.atomic
def add_image(
    upload: File[bytes], by: User | None, *, alt: str, credit: str, focus: tuple[int, int] = (50, 50)
) -> Image:
    """Take in an uploaded picture and return it; its clean copy and all renditions are made here.

    ``focus`` is the point that crops keep, in per cent from the left and from the top. Raises PermissionDenied, and
    ValidationError by field; then no file is left behind.
    """
    require(by, ADD)
    picture = picture_in(upload)
    twin = same_file(upload)
    if twin is not None:
        raise ValidationError({"file": f"This file is here already, as “{twin}”: use that image."})
    image = Image(alt=alt.strip(), credit=credit.strip(), focus_x=focus[0], focus_y=focus[1])
    image.full_clean(exclude=["file", "width", "height"])
    clean = renditions.normalised(picture)
    ending, data = renditions.kept(clean, str(picture.format))
    stem = slugify(PurePosixPath(upload.name or "").stem)[:LONGEST_STEM].strip("-_") or "image"
    try:
        name = f"{stem}-{_digest(upload)}.{ending}"
        image.file.save(name, ContentFile(data, name), save=False)
        _make(image, clean)
        image.save()
    except BaseException:
        if image.file.name:
            renditions.delete_all(image.file.storage, image.file.name)
        raise
    return image


@transaction.atomic
def change_image(image: Image, by: User | None, *, alt: str, credit: str, focus: tuple[int, int]) -> Image:
    """Describe an image anew and return it; cards follow the focal point.

    The picture itself never changes, since revisions show it. Raises PermissionDenied, and ValidationError by field,
    or for an image that only editors may change.
    """
    require(by, CHANGE)
    if refusal := permissions.may_describe(by, image):
        raise ValidationError(refusal)
    # The row is locked so that the cards that are kept are those of the focal point that is kept.
    image = Image.objects.select_for_update().get(pk=image.pk)
    before = (image.focus_x, image.focus_y)
    image.alt, image.credit = alt.strip(), credit.strip()
    image.focus_x, image.focus_y = focus
    image.full_clean(exclude=["file"])
    image.save(update_fields=["alt", "credit", "focus_x", "focus_y"])
    if focus != before:
        with image.file.open() as file:
            renditions.put(image, *renditions.card(_decoded(file), focus))
        old = renditions.folder_of(image) + renditions.card_name(before)
        transaction.on_commit(lambda: image.file.storage.delete(old))
    return image


@transaction.atomic
def delete_image(image: Image, by: User | None) -> None:
    """Delete an image that no revision shows, with its files.

    Raises PermissionDenied, and ValidationError if a revision shows it.
    """
    require(by, DELETE)
    # The row is locked so that nobody deletes it at the same time; one who uses it meanwhile waits, and is refused.
    image = Image.objects.select_for_update().get(pk=image.pk)
    storage, name = image.file.storage, str(image.file.name)
    try:
        image.delete()
    except ProtectedError as error:
        raise ValidationError(
            "A revision shows this image, and revisions keep what they show: it cannot be deleted."
        ) from error
    # After the commit: a picture whose deletion is undone must not be without its files.
    transaction.on_commit(lambda: renditions.delete_all(storage, name))


def make_renditions(image: Image, by: User | None = None, *, again: bool = False) -> int:
    """Make the renditions that an image lacks, or all of them ``again``; return how many were made.

    Raises PermissionDenied, FileNotFoundError if its file is gone, and OSError if it cannot be read.
    """
    require(by, CHANGE)
    if not again and not renditions.missing(image):
        return 0
    with image.file.open() as file:
        return _make(image, _decoded(file))


def _make(image: Image, picture: Pillow.Image) -> int:
    """Store all renditions of an image, and return how many they are."""
    made = [renditions.put(image, *each) for each in renditions.renditions(picture)]
    made.append(renditions.put(image, *renditions.card(picture, (image.focus_x, image.focus_y))))
    return len(made)


def _decoded(file: IO[bytes]) -> Pillow.Image:
    with Pillow.open(file) as picture:
        return renditions.normalised(picture)


def _bytes_of(upload: File[bytes]) -> IO[bytes]:
    upload.seek(0)
    assert upload.file is not None
    return upload.file


def _digest(upload: File[bytes]) -> str:
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()[:DIGEST]
