"""What a watcher of the site is told."""

import pytest
from django.db import connection
from django.test import Client


def test_a_living_process_answers_without_asking_the_database(client: Client) -> None:
    # No database mark: pytest-django refuses any query.
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_site_with_its_database_is_ready(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db(transaction=True)
def test_a_site_without_its_database_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/no/such/folder")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"/no/such/folder" not in response.content


def test_answers_to_watchers_cannot_be_written_to(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
