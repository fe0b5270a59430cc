"""Pictures: what is taken and what refused, what is left on disk, and who gets the files."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow

from articles import renditions
from articles.actions import (
    Content,
    add_image,
    change_image,
    create_article,
    delete_image,
    make_renditions,
    publish,
    save_revision,
    withdraw,
)
from articles.image_checks import Limits, RefusedPicture, read_picture
from articles.models import Article, Image
from tests.staff import errors, make_staff, sent, signed_in

pytestmark = pytest.mark.django_db

LIMITS = Limits(bytes=200_000, megapixels=1, side=1500)
WIDE = (1000, 500)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def drawn(
    size: tuple[int, int] = WIDE, kind: str = "PNG", colour: Any = (20, 160, 40), **options: Any
) -> bytes:
    """Return the bytes of a picture of one colour."""
    data = BytesIO()
    Pillow.new(options.pop("mode", "RGB"), size, colour).save(data, kind, **options)
    return data.getvalue()


def upload(data: bytes | None = None, name: str = "harbour.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, drawn() if data is None else data)


def files(media: Path) -> list[str]:
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


@pytest.fixture
def image() -> Image:
    return add_image(upload(), None, alt="A harbour", credit="Ada Vale")


@pytest.fixture
def article(image: Image) -> Article:
    return create_article(None, Content(headline="The harbour", images=[(image, "In May")]))


def rendition(image: Image, name: str = "480.avif") -> str:
    return image.file.storage.url(renditions.folder_of(image) + name)


# What is refused, each with its own sentence

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'


def png_that_says(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that claims to be of a size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00"))
        + chunk(b"IEND", b"")
    )


def moving(kind: str) -> bytes:
    data = BytesIO()
    frames = [Pillow.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(data, kind, save_all=True, append_images=frames[1:])
    return data.getvalue()


REFUSED = {
    "a drawing": ("chart.svg", SVG, "export it as a PNG"),
    "a drawing with another name": ("chart.png", SVG, "export it as a PNG"),
    "a web page": ("photo.jpg", b"\n<!DOCTYPE html><html></html>", "save the picture itself"),
    "a document": ("photo.jpg", b"%PDF-1.7 and so on", "export the page as a PNG or JPEG"),
    "a phone's format": ("photo.heic", b"\x00\x00\x00\x18ftypheic\x00\x00", "export it as a JPEG"),
    "an archive": ("photo.jpg", b"PK\x03\x04 and so on", "save the picture in it"),
    "nothing known": ("photo.jpg", b"once upon a time", "choose a file in JPEG, PNG"),
    "another ending": ("photo.jpg", drawn(), "call it photo.png"),
    "no ending": ("photo", drawn(), "call it photo.png"),
    "two endings": ("photo.png.exe", drawn(), "call it photo.png.png"),
    "an empty file": ("photo.jpg", b"", "is empty"),
    "half a photograph": ("photo.jpg", drawn(kind="JPEG", quality=100)[:4000], "damaged or incomplete"),
    "half a drawing": ("photo.png", drawn()[:400], "damaged or incomplete"),
    "half a header": ("photo.png", drawn()[:20], "damaged or incomplete"),
    "half an AVIF": ("photo.avif", drawn(kind="AVIF")[:60], "damaged or incomplete"),
    "half a WebP": ("photo.webp", drawn(kind="WEBP")[:60], "damaged or incomplete"),
    "too many pixels": ("photo.png", drawn((1100, 1000)), "1 million is the most"),
    "too long a strip": ("photo.png", drawn((1501, 2)), "1,500 is the most"),
    "a bomb": ("photo.png", png_that_says(60_000, 60_000), "enormous size"),
    "a lesser bomb": ("photo.png", png_that_says(10_000, 10_000), "enormous size"),
    "a claim over the limit": ("photo.png", png_that_says(2_000, 2_000), "1 million is the most"),
    "too many bytes": ("photo.png", drawn() + b"\x00" * 200_000, "0.2 MB is the most"),
    "a moving GIF": ("photo.gif", moving("GIF"), "This picture moves"),
    "a moving WebP": ("photo.webp", moving("WEBP"), "This picture moves"),
    "a moving PNG": ("photo.png", moving("PNG"), "This picture moves"),
    "a path": ("../../secret_key.png", drawn(), "holds a path"),
    "a path of another system": ("C:\\photo.png", drawn(), "holds a path"),
    "a control character": ("pho\x00to.png", drawn(), "invisible characters"),
    "an override of the direction": ("pho\u202egnp.png", drawn(), "invisible characters"),
    "a thousand letters": ("a" * 1000 + ".png", drawn(), "more than 150 letters"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_picture_for_the_site_is_refused_with_what_would_be_right(case: str) -> None:
    name, data, sentence = REFUSED[case]
    with pytest.raises(RefusedPicture, match=sentence):
        read_picture(BytesIO(data), name, LIMITS)


def test_each_refusal_has_its_own_sentence_for_its_reason() -> None:
    sentences = set()
    for name, data, _ in REFUSED.values():
        with pytest.raises(RefusedPicture) as refused:
            read_picture(BytesIO(data), name, LIMITS)
        sentences.add(str(refused.value))
    assert len(sentences) >= 16


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("JPEG", "a.jpg"), ("JPEG", "a.JPEG"), ("PNG", "a.png"), ("WEBP", "a.webp"), ("AVIF", "a.avif"),
        ("GIF", "a.gif"), ("MPO", "항구.jpg"),
    ],
)  # fmt: skip
def test_every_format_that_browsers_show_is_taken(kind: str, name: str) -> None:
    assert read_picture(BytesIO(drawn((20, 10), kind)), name, LIMITS).size == (20, 10)


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_leaves_no_file_and_no_row(case: str, media: Path, settings: Any) -> None:
    settings.IMAGE_MAX_MEGAPIXELS = 1
    settings.IMAGE_MAX_SIDE = LIMITS.side
    name, data, _ = REFUSED[case]
    if case == "too many bytes":
        data += b"\x00" * 800_000
        settings.IMAGE_MAX_MEGABYTES = 1
    with pytest.raises(ValidationError) as refused:
        add_image(File(BytesIO(data), name), None, alt="A harbour", credit="Ada Vale")
    assert set(refused.value.message_dict) == {"file"}
    assert files(media) == []
    assert not Image.objects.exists()


@pytest.mark.parametrize("wrong", [{"alt": " "}, {"credit": ""}, {"focus": (101, 0)}])
def test_a_picture_without_words_credit_or_a_point_inside_it_is_refused_by_field(
    wrong: dict[str, Any], media: Path
) -> None:
    described: dict[str, Any] = {"alt": "A harbour", "credit": "Ada Vale"} | wrong
    with pytest.raises(ValidationError):
        add_image(upload(), None, **described)
    assert files(media) == []


def test_a_picture_that_could_not_be_stored_leaves_nothing(media: Path, monkeypatch: Any) -> None:
    def full(*_: Any) -> str:
        raise OSError("No space left on device")

    monkeypatch.setattr(renditions, "put", full)
    with pytest.raises(OSError, match="No space"), transaction.atomic():
        add_image(upload(), None, alt="A harbour", credit="Ada Vale")
    assert files(media) == []
    assert not Image.objects.exists()


# What is kept


def test_a_picture_is_kept_clean_with_all_its_renditions(image: Image, media: Path) -> None:
    assert (image.width, image.height) == WIDE
    stored = files(media)
    assert stored[0].startswith("images/")
    assert stored[0].endswith(".png")
    assert "/harbour-" in stored[0]
    names = [path.rpartition("/")[2] for path in stored[1:]]
    assert names == sorted(
        [
            "card-50-50.jpg",
            *(f"{width}.{kind}" for width in (480, 800, 1000) for kind in ("avif", "jpg", "webp")),
        ]
    )
    assert renditions.missing(image) == set()


def test_what_is_hidden_behind_a_picture_is_not_kept(media: Path) -> None:
    image = add_image(upload(drawn() + b"<script>x()</script>"), None, alt="A harbour", credit="Ada Vale")
    assert b"<script>" not in Path(image.file.path).read_bytes()


def test_the_same_file_is_not_taken_twice(image: Image, media: Path) -> None:
    before = files(media)
    with pytest.raises(ValidationError, match="here already, as “A harbour”"):
        add_image(upload(name="other.png"), None, alt="The quay", credit="Ada Vale")
    assert files(media) == before


def test_who_may_not_add_change_or_delete_images_is_refused(image: Image) -> None:
    reviewer, reporter = make_staff("reviewer"), make_staff("reporter")
    words: dict[str, Any] = {"alt": "A quay", "credit": "Ada Vale"}
    with pytest.raises(PermissionDenied):
        add_image(upload(drawn((9, 9))), reviewer, **words)
    with pytest.raises(PermissionDenied):
        change_image(image, reviewer, **words, focus=(1, 1))
    with pytest.raises(PermissionDenied):
        delete_image(image, reporter)


def test_a_new_focal_point_makes_a_new_card_and_drops_the_old_one(
    image: Image, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        changed = change_image(image, None, alt="A quay", credit="Boris Klint", focus=(10, 90))
    assert (changed.alt, changed.credit, changed.focus_x, changed.focus_y) == (
        "A quay",
        "Boris Klint",
        10,
        90,
    )
    cards = {name for name in renditions.present(changed) if name.startswith("card")}
    assert cards == {"card-10-90.jpg"}
    assert renditions.missing(changed) == set()


def test_an_unused_image_goes_with_its_files_and_only_after_the_commit(
    image: Image, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    before = files(media)
    with django_capture_on_commit_callbacks() as waiting:
        delete_image(image, None)
    assert files(media) == before
    waiting[0]()
    assert files(media) == []
    assert not Image.objects.exists()


def test_an_image_that_a_revision_shows_stays(article: Article, image: Image, media: Path) -> None:
    save_revision(article, Content(headline="Without it"), None)
    before = files(media)
    with pytest.raises(ValidationError, match="revisions keep what they show"):
        delete_image(image, None)
    assert files(media) == before


def test_missing_renditions_are_made_again_by_a_command(image: Image, media: Path, capsys: Any) -> None:
    before = files(media)
    for path in media.rglob("*.avif"):
        path.unlink()
    call_command("make_renditions")
    assert capsys.readouterr().out == "1 of 1 images: 10 renditions made.\n"
    assert files(media) == before
    call_command("make_renditions")
    assert capsys.readouterr().out == "0 of 1 images: 0 renditions made.\n"
    call_command("make_renditions", again=True)
    assert capsys.readouterr().out == "1 of 1 images: 10 renditions made.\n"
    assert files(media) == before


def test_the_command_names_a_picture_whose_file_is_gone_and_goes_on(image: Image, capsys: Any) -> None:
    gone = Image.objects.create(file=ContentFile(drawn((9, 9)), "quay.png"), alt="A quay", credit="x")
    Path(gone.file.path).unlink()
    with pytest.raises(SystemExit) as end:
        call_command("make_renditions")
    assert end.value.code == 1
    assert f"{gone.file.name}: " in capsys.readouterr().err


def test_a_picture_from_before_there_were_renditions_is_shown_as_it_is(client: Client) -> None:
    image = Image.objects.create(file=ContentFile(drawn((9, 9)), "quay.png"), alt="A quay", credit="x")
    shown = create_article(None, Content(headline="The quay", images=[(image, "")]))
    publish(shown, None)
    assert f'src="{image.file.url}"' in client.get(shown.get_absolute_url()).content.decode()
    assert make_renditions(image) == 4
    assert f'src="{rendition(image, "9.jpg")}"' in client.get(shown.get_absolute_url()).content.decode()


# Who gets the files


def test_a_picture_and_its_renditions_are_served_while_a_public_article_shows_them(
    client: Client, image: Image, article: Article
) -> None:
    addresses = {
        image.file.url: "image/png",
        rendition(image): "image/avif",
        rendition(image, "800.webp"): "image/webp",
        rendition(image, "card-50-50.jpg"): "image/jpeg",
    }
    for address in addresses:
        assert client.get(address).status_code == 404
    publish(article, None)
    for address, kind in addresses.items():
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, kind)
        assert b"".join(response)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in response["Cache-Control"]
        head = client.head(address)
        assert (head.status_code, head["Content-Type"]) == (200, kind)
        for close in head._resource_closers:  # type: ignore[attr-defined] # as the server does; its own way would end the test's connection
            close()
        assert client.post(address).status_code == 405
    withdraw(article, None, reason="It was another harbour.")
    for address in addresses:
        assert client.get(address).status_code == 404


def test_staff_see_a_picture_before_readers_do_and_no_cache_keeps_it(image: Image) -> None:
    client = signed_in(make_staff("reporter"))
    for address in (image.file.url, rendition(image)):
        response = client.get(address)
        assert b"".join(response)
        assert response["Cache-Control"] == "private, no-store"


def test_a_version_that_can_be_read_keeps_its_pictures(
    client: Client, image: Image, article: Article
) -> None:
    publish(article, None)
    save_revision(article, Content(headline="Without it"), None)
    publish(article, None)
    response = client.get(rendition(image))
    assert (response.status_code, bool(b"".join(response))) == (200, True)


def test_a_file_that_is_gone_or_was_never_there_is_a_404(
    client: Client, image: Image, article: Article, media: Path
) -> None:
    publish(article, None)
    Path(image.file.path).unlink()
    (media / "secret_key").write_text("secret")
    before = files(media)
    for address in (
        image.file.url,
        rendition(image, "640.avif"),
        rendition(image, "card-1-1.jpg"),
        rendition(image, "480.gif"),
        rendition(image, "480.avif/"),
        rendition(image, ""),
        rendition(image, "../../../../../secret_key"),
        "/media/nothing.png",
        "/media/secret_key",
        "/media/../secret_key",
        "/media/%2e%2e/secret_key",
        "/media/%00",
    ):
        assert client.get(address).status_code == 404, address
    assert files(media) == before


def test_the_page_of_an_article_offers_every_format_and_shifts_nothing(
    client: Client, image: Image, article: Article
) -> None:
    other = add_image(upload(drawn((9, 9))), None, alt="A quay", credit="Boris Klint")
    save_revision(article, Content(headline="Both", images=[(image, ""), (other, "")]), None)
    publish(article, None)
    page = client.get(article.get_absolute_url()).content.decode()
    assert (
        f'<source type="image/avif" srcset="{rendition(image)} 480w, {rendition(image, "800.avif")} 800w'
        in page
    )
    assert page.index("image/avif") < page.index("image/webp")
    assert f'src="{rendition(image, "800.jpg")}"' in page
    assert 'width="800" height="400" alt="A harbour"' in page
    first, second = page.split("<picture>")[1:]
    assert "loading=" not in first.partition("</picture>")[0]
    assert 'loading="lazy"' in second.partition("</picture>")[0]
    card = f"http://testserver{rendition(image, 'card-50-50.jpg')}"
    assert f'<meta property="og:image" content="{card}">' in page
    assert '<meta property="og:image:width" content="952">' in page
    assert f'"url": "{card}"' in page
    assert image.file.url not in page.replace(f"renditions/{image.file.name}", "")


def test_feeds_name_the_card_of_an_article(client: Client, image: Image, article: Article) -> None:
    publish(article, None)
    card = f"http://testserver{rendition(image, 'card-50-50.jpg')}"
    assert client.get("/feed.json").json()["items"][0]["image"] == card
    size = Path(image.file.storage.path(renditions.folder_of(image) + "card-50-50.jpg")).stat().st_size
    atom = client.get("/feed.atom").content.decode()
    assert f'href="{card}"' in atom
    assert 'rel="enclosure"' in atom
    assert f'length="{size}"' in atom


# In the admin

ADD = "/admin/articles/image/add/"


def test_an_editor_uploads_a_picture(media: Path) -> None:
    client = signed_in(make_staff("editor"))
    data = sent(client.get(ADD), file=upload(), alt="A harbour", credit="Ada Vale", focus_x=10, focus_y=20)
    assert client.post(ADD, data).status_code == 302
    image = Image.objects.get()
    assert (image.alt, image.focus_x, image.focus_y) == ("A harbour", 10, 20)
    assert "card-10-20.jpg" in renditions.present(image)


def test_a_refused_upload_says_all_that_is_wrong_and_keeps_what_was_typed(media: Path) -> None:
    client = signed_in(make_staff("editor"))
    response = client.post(ADD, sent(client.get(ADD), file=upload(SVG), alt="A chart", credit="", focus_x=10))
    assert response.status_code == 200
    assert "export it as a PNG" in errors(response)
    assert "Name whose picture it is" in errors(response)
    assert 'value="A chart"' in response.content.decode()
    assert files(media) == []
    response = client.post(ADD, sent(client.get(ADD), file=upload(b""), alt="", credit="x"))
    assert "is empty" in errors(response)
    assert "Say in words what the picture shows" in errors(response)
    assert "Choose the picture" in errors(client.post(ADD, sent(client.get(ADD), alt="x", credit="x")))


def test_the_same_file_is_answered_by_the_image_that_is_here(image: Image) -> None:
    client = signed_in(make_staff("editor"))
    popup = f"{ADD}?_popup=1"
    data = sent(client.get(popup), file=upload(), alt="A quay", credit="x", _popup="1")
    page = client.post(popup, data).content.decode()
    assert reverse("admin:articles_image_change", args=[image.pk]) in page
    assert f'name="_existing" value="{image.pk}"' in page
    data["file"] = upload()
    response = client.post(popup, data | {"_existing": image.pk})
    assert response.templates[0].name == "admin/popup_response.html"
    assert str(image.pk) in response.content.decode()
    assert Image.objects.get() == image
    assert client.post(popup, data | {"_existing": "0"}).status_code == 404


def test_the_picture_itself_cannot_be_exchanged(image: Image) -> None:
    client = signed_in(make_staff("editor"))
    page = reverse("admin:articles_image_change", args=[image.pk])
    data = sent(client.get(page), alt="A quay", file=upload(drawn((9, 9))))
    assert client.post(page, data).status_code == 302
    before, image = image.file.name, Image.objects.get()
    assert (image.alt, image.file.name) == ("A quay", before)


def test_the_contact_sheet_says_where_an_image_is_used(image: Image, article: Article) -> None:
    client = signed_in(make_staff("editor"))
    sheet = "/admin/articles/image/"
    assert "in 1 article, not public" in client.get(sheet).content.decode()
    publish(article, None)
    save_revision(article, Content(headline="Again", images=[(image, "")]), None)
    assert "in 1 article, public" in client.get(sheet).content.decode()
    assert client.get(sheet + "?q=harbour").context["cl"].result_count == 1
    assert client.get(sheet + "?q=nothing").context["cl"].result_count == 0


def test_an_unused_image_is_deleted_in_the_admin_and_a_used_one_is_not(
    image: Image, article: Article
) -> None:
    client = signed_in(make_staff("editor"))
    unused = add_image(upload(drawn((9, 9))), None, alt="A quay", credit="x")
    used, other = (reverse("admin:articles_image_delete", args=[each.pk]) for each in (image, unused))
    assert client.post(used, {"post": "yes"}).status_code == 403
    assert client.post(other, {"post": "yes"}).status_code == 302
    assert Image.objects.get() == image


def test_a_row_of_the_articles_form_learns_what_is_chosen(image: Image) -> None:
    card = reverse("admin:articles_image_card", args=[image.pk])
    client = signed_in(make_staff("reporter"))
    assert client.get(card).json() == {
        "src": rendition(image, "480.webp"), "alt": "A harbour", "credit": "Ada Vale",
    }  # fmt: skip
    assert client.get(reverse("admin:articles_image_thumbnail", args=[image.pk]))["Location"] == rendition(
        image, "480.webp"
    )
    assert Client().get(card).status_code == 302
    assert client.get(reverse("admin:articles_image_card", args=[image.pk + 1])).status_code == 404
