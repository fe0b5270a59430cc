"""What is made of a picture: upright, in sRGB, without metadata, in three formats, never scaled up."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from articles import renditions

RED, GREEN, BLUE = (220, 20, 20), (20, 160, 40), (20, 40, 220)


def reopened(picture: Image.Image, kind: str = "PNG", **options: Any) -> Image.Image:
    """Return a picture as it comes out of a file of a format."""
    data = BytesIO()
    picture.save(data, kind, **options)
    opened = Image.open(BytesIO(data.getvalue()))
    opened.load()
    return opened


def made(picture: Image.Image) -> dict[str, Image.Image]:
    return {name: Image.open(BytesIO(data)) for name, data in renditions.renditions(picture)}


def close(one: Any, other: Any, by: int = 24) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def test_a_picture_is_rendered_in_three_formats_at_every_width_below_its_own() -> None:
    found = made(Image.new("RGB", (1000, 500), RED))
    assert {name: picture.size for name, picture in found.items()} == {
        f"{width}.{ending}": (width, width // 2)
        for width in (480, 800, 1000)
        for ending in ("avif", "webp", "jpg")
    }
    assert {name.partition(".")[2]: picture.format for name, picture in found.items()} == {
        "avif": "AVIF", "webp": "WEBP", "jpg": "JPEG",
    }  # fmt: skip
    assert all(close(picture.convert("RGB").getpixel((5, 5)), RED) for picture in found.values())


def test_a_small_picture_is_never_scaled_up() -> None:
    assert renditions.widths(4) == [4]
    assert renditions.widths(480) == [480]
    assert renditions.widths(5000) == [480, 800, 1200, 1600]
    assert renditions.card_size(4, 3) == (4, 2)


def test_transparency_is_kept_and_a_card_of_it_stands_on_white() -> None:
    picture = renditions.normalised(reopened(Image.new("RGBA", (600, 600), (0, 0, 0, 0))))
    found = made(picture)
    assert set(found) == {f"{width}.{ending}" for width in (480, 600) for ending in ("avif", "webp", "png")}
    assert all(each.convert("RGBA").getpixel((9, 9))[3] == 0 for each in found.values())  # type: ignore[index]
    _, data = renditions.card(picture, (50, 50))
    assert close(Image.open(BytesIO(data)).getpixel((9, 9)), (255, 255, 255), 2)


def test_a_card_follows_the_focal_point() -> None:
    picture = Image.new("RGB", (3000, 1000), RED)
    picture.paste(BLUE, (2000, 0, 3000, 1000))
    left, right = (Image.open(BytesIO(renditions.card(picture, focus)[1])) for focus in ((0, 50), (100, 50)))
    assert left.size == right.size == renditions.CARD
    assert close(left.getpixel((1100, 300)), RED)
    assert close(right.getpixel((1100, 300)), BLUE)
    assert renditions.card_name((0, 50)) != renditions.card_name((100, 50))


def test_a_tall_picture_keeps_the_height_that_was_chosen() -> None:
    picture = Image.new("RGB", (1000, 4000), RED)
    picture.paste(BLUE, (0, 0, 1000, 700))
    top = Image.open(BytesIO(renditions.card(picture, (50, 5))[1]))
    assert top.size == (1000, 525)
    assert close(top.getpixel((500, 260)), BLUE)


@pytest.mark.parametrize(("orientation", "corner"), [(1, RED), (3, BLUE), (6, BLUE), (8, RED)])
def test_a_photograph_stands_upright_and_says_nothing_of_where_it_was_taken(
    orientation: int, corner: tuple[int, int, int]
) -> None:
    picture = Image.new("RGB", (200, 100), RED)
    picture.paste(BLUE, (0, 50, 200, 100))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[2] = (60.0, 10.0, 5.0)
    photograph = reopened(picture, "JPEG", exif=exif, comment=b"a secret place", quality=95)
    clean = renditions.normalised(photograph)
    assert clean.size == ((200, 100) if orientation in (1, 3) else (100, 200))
    # Where the top left corner of what was taken stands: 6 is turned to the right, 8 to the left.
    expected = {1: RED, 3: BLUE, 6: BLUE, 8: RED}[orientation]
    assert close(clean.getpixel((5, 5)), expected)
    assert corner == expected
    _, data = renditions.kept(clean, "JPEG")
    for name, rendition in [("", data), *renditions.renditions(clean)]:
        opened = Image.open(BytesIO(rendition))
        assert not opened.getexif(), name
        assert not {"exif", "comment", "xmp", "icc_profile"} & opened.info.keys(), name
        assert b"a secret place" not in rendition
        assert b"A camera" not in rendition


def test_cmyk_comes_out_in_the_colours_it_has_on_paper() -> None:
    picture = reopened(Image.new("CMYK", (50, 50), (0, 255, 255, 0)), "JPEG", quality=95)
    assert close(renditions.normalised(picture).getpixel((9, 9)), (255, 0, 0), 40)


def test_sixteen_bits_of_grey_become_eight_and_keep_their_tone() -> None:
    picture = reopened(Image.new("I;16", (50, 50), 0x8000))
    assert picture.mode.startswith("I")
    assert renditions.normalised(picture).getpixel((9, 9)) == (128, 128, 128)


def test_a_palette_is_resolved_with_its_transparency() -> None:
    opaque = reopened(Image.new("RGB", (50, 50), GREEN).quantize(4))
    assert (opaque.mode, renditions.normalised(opaque).getpixel((9, 9))) == ("P", GREEN)
    clear = reopened(Image.new("RGB", (50, 50), GREEN).quantize(4), transparency=0)
    assert renditions.normalised(clear).mode == "RGBA"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGBA", "P"])
def test_every_kind_of_png_and_gif_comes_out_in_colour(mode: str) -> None:
    picture = reopened(Image.new(mode, (20, 20)), "GIF" if mode == "P" else "PNG")
    assert renditions.normalised(picture).mode in ("RGB", "RGBA")


def test_a_colour_profile_is_turned_into_srgb_and_a_broken_one_ignored() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (lab, srgb, b"no profile"):
        picture = reopened(Image.new("RGB", (20, 20), GREEN), "PNG", icc_profile=profile)
        assert renditions.normalised(picture).getpixel((9, 9)) == GREEN
    wide = _profile_with_swapped_primaries(srgb)
    picture = reopened(Image.new("RGB", (20, 20), RED), "PNG", icc_profile=wide)
    red, green, _ = renditions.normalised(picture).getpixel((9, 9))  # type: ignore[misc]
    assert green > red


def _profile_with_swapped_primaries(profile: bytes) -> bytes:
    """Return a profile in which red is green: its tags for the two colours point at each other's values."""
    swapped = profile.replace(b"rXYZ", b"hXYZ").replace(b"gXYZ", b"rXYZ").replace(b"hXYZ", b"gXYZ")
    return swapped.replace(b"s\x00R\x00G\x00B", b"t\x00R\x00G\x00B").replace(b"sRGB", b"tRGB")


def test_a_huge_picture_is_kept_at_the_longest_side_that_is_kept() -> None:
    clean = renditions.normalised(reopened(Image.new("L", (9000, 300))))
    assert clean.size == (renditions.LONGEST_KEPT, 137)


@pytest.mark.parametrize(
    ("kind", "mode", "size", "ending"),
    [
        ("PNG", "RGB", (100, 100), "png"),
        ("GIF", "RGB", (100, 100), "png"),
        ("JPEG", "RGB", (100, 100), "jpg"),
        ("WEBP", "RGB", (100, 100), "jpg"),
        ("AVIF", "RGBA", (100, 100), "png"),
        ("PNG", "RGB", (2500, 2000), "jpg"),
    ],
)
def test_drawings_and_transparent_pictures_are_kept_without_loss_and_photographs_as_jpeg(
    kind: str, mode: str, size: tuple[int, int], ending: str
) -> None:
    found, data = renditions.kept(Image.new(mode, size), kind)
    assert found == ending
    assert Image.open(BytesIO(data)).size == size


@given(st.integers(1, 12_000), st.integers(1, 12_000))
def test_no_card_and_no_rendition_is_larger_than_its_picture(width: int, height: int) -> None:
    across, down = renditions.card_size(width, height)
    assert 1 <= across <= min(width, renditions.CARD[0])
    assert 1 <= down <= min(height, renditions.CARD[1])
    found = renditions.widths(width)
    assert found == sorted(set(found))
    assert found[-1] == min(width, renditions.WIDTHS[-1])


@pytest.mark.parametrize(
    "path",
    [
        "images/2026/11/a.jpg",
        "renditions/800.avif",
        "renditions/images/a.jpg/800.exe",
        "renditions/images/a.jpg/800.avif/",
        "renditions/images/a.jpg/８００.avif",
        "renditions/images/a.jpg/card-1.jpg",
        "renditions/images/a.jpg/../../secret_key",
    ],
)
def test_what_is_not_named_as_a_rendition_is_none(path: str) -> None:
    assert renditions.original_of(path) is None


def test_a_rendition_says_whose_it_is() -> None:
    assert renditions.original_of("renditions/images/a.jpg/800.avif") == "images/a.jpg"
    assert renditions.original_of("renditions/images/a.jpg/card-0-100.jpg") == "images/a.jpg"
