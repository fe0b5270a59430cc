"""Opening a newsroom on an empty database."""

import json
from pathlib import Path

import pytest
from django.contrib.auth import authenticate

from cms import newsroom
from cms.models import User

pytestmark = pytest.mark.django_db


def test_without_a_demonstration_there_is_an_admin_only(tmp_path: Path) -> None:
    kept = tmp_path / "credentials.json"
    passwords = newsroom.open_if_empty(kept, demo=False)
    admin = User.objects.get()
    assert (admin.username, admin.is_superuser) == ("admin", True)
    assert json.loads(kept.read_text()) == passwords
    assert authenticate(username="admin", password=passwords["admin"]) == admin


def test_a_newsroom_that_is_open_is_left_as_it_is(tmp_path: Path) -> None:
    ann = User.objects.create_user("ann")
    kept = tmp_path / "credentials.json"
    assert newsroom.open_if_empty(kept, demo=True) == {}
    assert User.objects.get() == ann
    assert not kept.exists()


def test_accounts_whose_passwords_cannot_be_kept_are_not_made(tmp_path: Path) -> None:
    in_the_way = tmp_path / "credentials.json"
    in_the_way.mkdir()
    with pytest.raises(IsADirectoryError):
        newsroom.open_if_empty(in_the_way, demo=False)
    assert not User.objects.exists()
    assert list(tmp_path.iterdir()) == [in_the_way]
