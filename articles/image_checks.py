"""What may be uploaded as a picture: everything else is refused with a sentence that says what would be right.

The size in pixels is read from the header and judged before anything is decoded, so that a small file that would
unpack to gigabytes costs nothing.
"""

import unicodedata
import warnings
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from PIL import Image, UnidentifiedImageError

EXTENSIONS = {
    "JPEG": ("jpg", "jpeg"),
    "PNG": ("png",),
    "WEBP": ("webp",),
    "AVIF": ("avif",),
    "GIF": ("gif",),
}
"""The formats that are taken, by Pillow's names, each with the endings of its files; the first is proposed."""

WANTED = "JPEG, PNG, WebP, AVIF or GIF"
LONGEST_NAME = 150  # letters; longer ones come from programmes, not from people

# How files begin that people take for pictures, or send instead of them.
BEGINNINGS = [
    (b"%PDF", "This is a PDF document: export the page as a PNG or JPEG, and upload that."),
    (b"II*\x00", "This is a TIFF file, which browsers do not show: export it as a JPEG or PNG."),
    (b"MM\x00*", "This is a TIFF file, which browsers do not show: export it as a JPEG or PNG."),
    (b"8BPS", "This is a Photoshop document: export it as a JPEG or PNG."),
    (b"BM", "This is a BMP file, which is needlessly large: save it as a PNG."),
    (b"PK\x03\x04", "This is an archive or an office document: save the picture in it as a JPEG or PNG."),
]
HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
SVG = "This is an SVG drawing, which can carry scripts: export it as a PNG, at least 1600 pixels wide."
WEB_PAGE = f"This is a web page, not a picture: save the picture itself, as {WANTED}."
OTHER = f"This is not a picture that can be read: choose a file in {WANTED}."
DAMAGED = "This picture is damaged or incomplete: copy or download it again, and check that it opens."

# Pillow warns of a picture that is far too large before it refuses one: here both are refusals.
warnings.simplefilter("error", Image.DecompressionBombWarning)


class RefusedPicture(ValueError):
    """A file that is not taken as a picture; its text is the sentence for the one who uploads it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken: bytes, millions of pixels, and pixels along one side."""

    bytes: int
    megapixels: int
    side: int


def read_picture(file: IO[bytes], name: str, limits: Limits) -> Image.Image:
    """Return the picture in a file, decoded; ``name`` is what the file is called. Raises RefusedPicture."""
    _check_name(name)
    size = file.seek(0, 2)
    if size == 0:
        raise RefusedPicture("This file is empty: choose one with a picture in it.")
    if size > limits.bytes:
        raise RefusedPicture(
            f"This file has {size / 1e6:.1f} MB, and {limits.bytes / 1e6:g} MB is the most: "
            "save it smaller, or as a JPEG of lower quality."
        )
    picture = _opened(file)
    kind = (
        "JPEG" if picture.format == "MPO" else str(picture.format)
    )  # MPO: a JPEG with further views behind it
    _check_ending(name, kind)
    _check_pixels(*picture.size, limits)
    if kind == picture.format and getattr(picture, "is_animated", False):
        raise RefusedPicture(
            "This picture moves, and readers could not stop it: save the frame that matters as a PNG or JPEG."
        )
    try:
        picture.load()
    except Exception as error:  # decoders raise errors of every kind
        raise RefusedPicture(DAMAGED) from error
    return picture


def _check_name(name: str) -> None:
    if any(unicodedata.category(letter).startswith("C") for letter in name):
        raise RefusedPicture("The file's name has invisible characters: rename it, as in harbour.jpg.")
    if "/" in name or "\\" in name:
        raise RefusedPicture("The file's name holds a path: give the name alone, as in harbour.jpg.")
    if len(name) > LONGEST_NAME:
        raise RefusedPicture(
            f"The file's name has more than {LONGEST_NAME} letters: rename it, as in harbour.jpg."
        )


def _opened(file: IO[bytes]) -> Image.Image:
    """Return the picture with its header read and nothing decoded."""
    file.seek(0)
    head = file.read(1024)
    file.seek(0)
    try:
        return Image.open(file, formats=list(EXTENSIONS))
    except UnidentifiedImageError as error:
        raise RefusedPicture(_what_it_is(head)) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RefusedPicture(
            "This picture would unpack to an enormous size: save it with fewer pixels, from a source that you trust."
        ) from error
    except Exception as error:  # as in read_picture
        raise RefusedPicture(DAMAGED) from error


def _what_it_is(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start:
        return SVG
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script")):
        return WEB_PAGE
    if head[4:12] in HEIC:
        return "This is a HEIC photograph, which browsers do not show: export it as a JPEG."
    pictures = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")
    if head.startswith(pictures) or head[4:12] in (b"ftypavif", b"ftypavis"):
        return DAMAGED
    return next((sentence for beginning, sentence in BEGINNINGS if head.startswith(beginning)), OTHER)


def _check_ending(name: str, kind: str) -> None:
    path = PurePosixPath(name)
    endings = EXTENSIONS[kind]
    if path.suffix.lower().removeprefix(".") not in endings:
        raise RefusedPicture(
            f"This file is a {kind}, and its name ends otherwise: call it {path.stem[:40] or 'picture'}.{endings[0]}."
        )


def _check_pixels(width: int, height: int, limits: Limits) -> None:
    if width * height > limits.megapixels * 1_000_000:
        raise RefusedPicture(
            f"This picture has {width:,} × {height:,} pixels, and {limits.megapixels} million is the most: "
            "save it smaller; 1600 pixels across are enough for the site."
        )
    if max(width, height) > limits.side:
        raise RefusedPicture(
            f"This picture is {max(width, height):,} pixels long on one side, and {limits.side:,} is the most: "
            "crop it, or save it smaller."
        )
