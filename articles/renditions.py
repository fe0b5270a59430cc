"""The files that are made of a picture: a clean copy to keep, and renditions for screens and cards.

Of an image whose file is ``images/2026/11/harbour-0f3a.jpg``, ``renditions/images/2026/11/harbour-0f3a.jpg/`` holds

- ``800.avif``, ``800.webp`` and ``800.jpg`` (``.png`` where it is transparent) for each width of ``widths``;
- ``card-50-30.jpg``, 1200 × 630 pixels around the focal point 50 % from the left and 30 % from the top.

The names say all that the files depend on, so that a file never changes under its name, and the folder can be made
again at any time. Nothing here is made because a reader asked for it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import cast

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from easy_thumbnails.processors import scale_and_crop
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from articles.models import Image

FOLDER = "renditions/"
WIDTHS = (480, 800, 1200, 1600)  # pixels: the column of text is 640 wide, screens show up to 2 or 3 to one
CARD = (1200, 630)  # pixels; what Open Graph's consumers ask for
LONGEST_KEPT = 4096  # pixels; the copy that is kept is scaled down to it
LARGEST_PNG = 4_000_000  # pixels; a larger opaque PNG is a photograph, and kept as a JPEG
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}

# Speed 8 of AVIF takes less than half the time of 6, and level 3 of PNG less than half of 6, for files a tenth larger.
SAVING: dict[str, dict[str, object]] = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 8},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
    "png": {"format": "PNG", "compress_level": 3},
}
SAVING_KEPT: dict[str, dict[str, object]] = {
    "jpg": {"format": "JPEG", "quality": 95, "subsampling": 0},
    "png": {"format": "PNG", "compress_level": 3},
}

_EIGHT_OF_SIXTEEN_BITS = [value >> 8 for value in range(65536)]
_NAME = re.compile(r"(?P<width>\d+)\.(?:avif|webp|jpg|png)|card-(?P<x>\d+)-(?P<y>\d+)\.jpg", re.ASCII)


# What a picture becomes


def normalised(picture: Pillow.Image) -> Pillow.Image:
    """Return a decoded picture upright, in sRGB, with 8 bits a channel, as RGB or RGBA, and without metadata.

    So nothing is left of where and with what it was taken. A colour profile that does not fit the picture is ignored.
    """
    profile = picture.info.get("icc_profile")
    transparent = picture.has_transparency_data
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(_EIGHT_OF_SIXTEEN_BITS, "L")
    if picture.mode in ("P", "PA", "LA", "La", "RGBa", "1"):
        picture = picture.convert("RGBA" if transparent else "RGB")
    # Scaled down before all that costs memory by the pixel.
    picture.thumbnail((LONGEST_KEPT, LONGEST_KEPT), Pillow.Resampling.LANCZOS)
    picture = ImageOps.exif_transpose(picture)
    if profile:
        picture = _in_srgb(picture, profile)
    plain = picture.convert("RGBA" if transparent else "RGB")
    clean = Pillow.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean


def _in_srgb(picture: Pillow.Image, profile: bytes) -> Pillow.Image:
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return picture
        target = ImageCms.createProfile("sRGB")
        return cast(Pillow.Image, ImageCms.profileToProfile(picture, source, target, outputMode=mode))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def kept(picture: Pillow.Image, was: str) -> tuple[str, bytes]:
    """Return the ending and the bytes of the copy to keep of a normalised picture.

    ``was`` is Pillow's name of the format that it came in. Drawings stay free of loss as PNG, and so does what is
    transparent; photographs are JPEG.
    """
    drawn = was in ("PNG", "GIF") and picture.width * picture.height <= LARGEST_PNG
    ending = "png" if drawn or picture.mode == "RGBA" else "jpg"
    return ending, _saved(picture, SAVING_KEPT[ending])


def widths(width: int) -> list[int]:
    """Return the widths, in pixels, of the renditions of a picture of a width: it is never scaled up."""
    return [each for each in WIDTHS if each < width] + ([width] if width <= WIDTHS[-1] else [])


def card_size(width: int, height: int) -> tuple[int, int]:
    """Return width and height, in pixels, of the card of a picture: the shape of CARD, cut from it, never scaled up."""
    across = min(CARD[0], width, height * CARD[0] // CARD[1])
    return max(across, 1), max(min(CARD[1], round(across * CARD[1] / CARD[0]), height), 1)


def renditions(picture: Pillow.Image) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each rendition of a normalised picture, the cards apart."""
    fallback = "png" if picture.mode == "RGBA" else "jpg"
    scaled = picture
    for width in reversed(widths(picture.width)):
        # The smaller are made of the larger, which saves most of the time and shows in no pixel.
        height = max(round(picture.height * width / picture.width), 1)
        if scaled.size != (width, height):
            scaled = scaled.resize((width, height), Pillow.Resampling.LANCZOS)
        for ending in ("avif", "webp", fallback):
            yield f"{width}.{ending}", _saved(scaled, SAVING[ending])


def card(picture: Pillow.Image, focus: tuple[int, int]) -> tuple[str, bytes]:
    """Return name and bytes of the card of a normalised picture around its focal point, in per cent; on white."""
    cut = scale_and_crop(picture, card_size(*picture.size), crop=True, target=focus)
    if cut.mode == "RGBA":
        white = Pillow.new("RGBA", cut.size, "white")
        white.alpha_composite(cut)
        cut = white.convert("RGB")
    return card_name(focus), _saved(cut, SAVING["jpg"])


def card_name(focus: tuple[int, int]) -> str:
    """Return the name of the card for a focal point."""
    return f"card-{focus[0]}-{focus[1]}.jpg"


def _saved(picture: Pillow.Image, options: dict[str, object]) -> bytes:
    target = BytesIO()
    picture.save(target, **options)  # type: ignore[arg-type]
    return target.getvalue()


# Where they are kept


def folder_of(image: Image) -> str:
    """Return the folder of an image's renditions in its storage."""
    return f"{FOLDER}{image.file.name}/"


def put(image: Image, name: str, data: bytes) -> str:
    """Store a rendition in place of one of that name, and return its path in the storage."""
    path = folder_of(image) + name
    image.file.storage.delete(path)
    return image.file.storage.save(path, ContentFile(data))


def present(image: Image) -> set[str]:
    """Return the names of the renditions that an image has."""
    return _listed(image.file.storage, folder_of(image))


def missing(image: Image) -> set[str]:
    """Return the names that an image ought to have and has not; which fallback it has is seen from what is there."""
    there = present(image)
    wanted = {f"{width}.{ending}" for width in widths(image.width) for ending in ("avif", "webp")}
    fallbacks = {f"{width}.jpg" for width in widths(image.width) if f"{width}.png" not in there}
    return (wanted | fallbacks | {card_name((image.focus_x, image.focus_y))}) - there


def delete_all(storage: Storage, file: str) -> None:
    """Delete a picture's file and its renditions; what is gone already is no error."""
    folder = f"{FOLDER}{file}/"
    for name in _listed(storage, folder):
        storage.delete(folder + name)
    storage.delete(folder)
    storage.delete(file)


def _listed(storage: Storage, folder: str) -> set[str]:
    try:
        return set(storage.listdir(folder)[1])
    except (FileNotFoundError, NotADirectoryError):
        return set()


def original_of(path: str) -> str | None:
    """Return the path of the picture of which a path names a rendition; None if it can be none."""
    file, _, name = path.removeprefix(FOLDER).rpartition("/")
    return file if path.startswith(FOLDER) and file and _NAME.fullmatch(name) else None


# What pages show


@dataclass(frozen=True, slots=True)
class Source:
    """One format of a picture: its media type, and the addresses with their widths as ``srcset`` holds them."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as pages show it: the address every browser reads, its size in pixels, and better formats before it."""

    src: str
    srcset: str
    width: int
    height: int
    sources: list[Source]


def shown(image: Image, query: str = "") -> Shown:
    """Return what a page shows of an image: its renditions, or the picture itself where there are none.

    ``query`` is put behind each address, such as "?preview=…".
    """
    sets: dict[str, list[tuple[int, str]]] = {}
    folder = folder_of(image)
    for name in present(image):
        stem, _, ending = name.partition(".")
        if stem.isdecimal() and ending in TYPES:
            sets.setdefault(ending, []).append((int(stem), image.file.storage.url(folder + name) + query))
    fallback = sorted(sets.get("png") or sets.get("jpg") or [])
    if not fallback:
        return Shown(image.file.url + query, "", image.width, image.height, [])
    width, src = next((each for each in fallback if each[0] >= WIDTHS[1]), fallback[-1])
    return Shown(
        src,
        _srcset(fallback),
        width,
        max(round(image.height * width / image.width), 1),
        [Source(TYPES[ending], _srcset(sets[ending])) for ending in ("avif", "webp") if ending in sets],
    )


def thumbnail(image: Image) -> str:
    """Return the address of the smallest rendition of an image, or of the picture itself where there is none."""
    widest = widths(image.width)[0]
    there = present(image)
    for ending in ("webp", "png", "jpg"):
        if f"{widest}.{ending}" in there:
            return image.file.storage.url(f"{folder_of(image)}{widest}.{ending}")
    return image.file.url


@dataclass(frozen=True, slots=True)
class Card:
    """A picture for a link elsewhere: address without a host, size in pixels and in bytes, and media type."""

    src: str
    width: int
    height: int
    type: str
    size: int


def card_of(image: Image) -> Card:
    """Return the card of an image, or the picture itself where it has none."""
    storage, name = image.file.storage, card_name((image.focus_x, image.focus_y))
    if name in present(image):
        path, kind = folder_of(image) + name, "jpg"
        width, height = card_size(image.width, image.height)
    else:
        path = str(image.file.name)
        kind = path.rpartition(".")[2].lower()
        width, height = image.width, image.height
    try:
        size = storage.size(path)
    except FileNotFoundError:
        size = 0
    return Card(storage.url(path), width, height, TYPES.get(kind, "image/jpeg"), size)


def _srcset(addresses: list[tuple[int, str]]) -> str:
    return ", ".join(f"{address} {width}w" for width, address in sorted(addresses))
