"""Files of images are served while a public article shows them, and to staff before."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from articles.actions import Content, create_article, publish, withdraw
from articles.models import Article, Image
from tests.hidden_rows import picture
from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(settings: Any, tmp_path: Path) -> Image:
    settings.MEDIA_ROOT = tmp_path
    return Image.objects.create(file=picture("harbour"), alt="A harbour", credit="Ada Vale")


@pytest.fixture
def article(image: Image) -> Article:
    return create_article(None, Content(headline="The harbour", images=[(image, "In May")]))


def test_an_image_is_served_while_a_public_article_shows_it(
    client: Client, image: Image, article: Article
) -> None:
    assert client.get(image.file.url).status_code == 404
    publish(article, None)
    response = client.get(image.file.url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert b"".join(response).startswith(b"\x89PNG")
    assert response["X-Content-Type-Options"] == "nosniff"
    withdraw(article, None)
    assert client.get(image.file.url).status_code == 404


def test_staff_see_an_image_before_readers_do(image: Image) -> None:
    response = signed_in(make_staff("reporter")).get(image.file.url)
    assert b"".join(response).startswith(b"\x89PNG")


def test_the_page_of_an_article_shows_its_image(client: Client, image: Image, article: Article) -> None:
    publish(article, None)
    assert f'src="{image.file.url}"' in client.get(article.get_absolute_url()).content.decode()


def test_a_file_that_is_gone_or_was_never_there_is_a_404(
    client: Client, image: Image, article: Article
) -> None:
    publish(article, None)
    Path(image.file.path).unlink()
    for address in (
        image.file.url,
        "/media/nothing.png",
        "/media/../secret_key",
        "/media/%2e%2e/secret_key",
        "/media/%00",
    ):
        assert client.get(address).status_code == 404
