"""Two people with the same form open: the later save is told what the earlier one changed, and loses nothing."""

from typing import Any

import pytest
from django.db.models import Model
from django.urls import reverse

from actors.models import Actor, ActorName
from cms.models import User
from tests.factories import make_actor, make_measure, make_question, make_topic
from tests.staff import errors, make_staff, opened, sent, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make_staff("admin")


@pytest.fixture
def colleague() -> User:
    return make_staff("admin", "boris")


def change(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@pytest.mark.parametrize(
    ("row", "mine", "theirs"),
    [
        (lambda: make_actor("Ada Vale"), "note", "description"),
        (lambda: make_topic("Trade"), "description", "medtop"),
        (lambda: make_question("Did they leave?"), "description", "opened"),
        (lambda: make_measure("Soldiers"), "description", "inclusions"),
    ],
)
def test_what_somebody_else_changed_is_told_and_kept(
    editor: User, colleague: User, row: Any, mine: str, theirs: str
) -> None:
    row = row()
    client, other = signed_in(editor), signed_in(colleague)
    page, their_page = client.get(change(row)), other.get(change(row))
    value = "medtop:20000170" if theirs == "medtop" else "2024-10"
    assert other.post(change(row), opened(their_page, **{theirs: value})).status_code == 302
    response = client.post(change(row), opened(page, **{mine: "My words."}))
    assert response.status_code == 409
    assert "boris changed this" in errors(response)
    assert f"“nothing” became “{value}”, taken over" in errors(response)
    row.refresh_from_db()
    assert getattr(row, mine) == ""
    again = client.post(change(row), opened(response))
    assert again.status_code == 302, errors(again)
    row.refresh_from_db()
    assert getattr(row, mine) == "My words."
    assert value in str(getattr(row, theirs))


def test_where_both_changed_a_field_mine_is_in_the_form_and_theirs_is_told(
    editor: User, colleague: User
) -> None:
    actor = make_actor("Ada Vale")
    client, other = signed_in(editor), signed_in(colleague)
    page = client.get(change(actor))
    other.post(change(actor), opened(other.get(change(actor)), note="Theirs."))
    response = client.post(change(actor), opened(page, note="Mine."))
    assert response.status_code == 409
    assert "“nothing” became “Theirs.”; you changed it too" in errors(response)
    assert response.context["adminform"].form["note"].value() == "Mine."
    assert client.post(change(actor), opened(response)).status_code == 302
    actor.refresh_from_db()
    assert actor.note == "Mine."


def test_rows_below_are_guarded_too(editor: User) -> None:
    actor = make_actor("Ada Vale", names=[{"text": "A. Vale"}, {"text": "Vale"}])
    client = signed_in(editor)
    page = client.get(change(actor))
    kept = ActorName.objects.get(text="A. Vale")
    data = opened(page)
    number = next(
        int(name.split("-")[1])
        for name, value in data.items()
        if name.endswith("-id") and str(value) == str(kept.pk)
    )
    ActorName.objects.filter(pk=kept.pk).update(note="Theirs.")
    response = client.post(change(actor), data | {f"names-{number}-language": "de"})
    assert response.status_code == 409
    assert "“nothing” became “Theirs.”, taken over" in errors(response)
    assert client.post(change(actor), opened(response)).status_code == 302
    kept.refresh_from_db()
    assert (kept.note, kept.language) == ("Theirs.", "de")


def test_a_row_that_somebody_deleted_meanwhile_stands_in_the_form_as_a_new_one(
    editor: User, colleague: User
) -> None:
    actor = make_actor("Ada Vale", names=[{"text": "A. Vale"}, {"text": "Vale"}])
    client = signed_in(editor)
    page = client.get(change(actor))
    ActorName.objects.get(text="A. Vale").delete()
    response = client.post(change(actor), opened(page, note="Mine."))
    assert response.status_code == 409
    assert "was deleted" in errors(response)
    assert client.post(change(actor), opened(response)).status_code == 302
    actor.refresh_from_db()
    assert actor.note == "Mine."
    assert set(actor.names.values_list("text", flat=True)) >= {"A. Vale", "Vale"}


def test_a_change_that_no_form_shows_is_no_conflict(editor: User) -> None:
    actor = make_actor("Ada Vale", public=False)
    client = signed_in(editor)
    page = client.get(change(actor))
    client.post(
        reverse("admin:actors_actor_changelist"),
        {"action": "publish_selected", "_selected_action": [actor.pk]},
    )
    assert Actor.objects.public().filter(pk=actor.pk).exists()
    assert client.post(change(actor), opened(page, note="Mine.")).status_code == 302
    # Nor is it one to save twice in a row.
    assert client.post(change(actor), opened(client.get(change(actor)), note="Again.")).status_code == 302


def test_a_refused_form_still_knows_what_it_was_opened_on(editor: User, colleague: User) -> None:
    actor = make_actor("Ada Vale")
    client, other = signed_in(editor), signed_in(colleague)
    page = client.get(change(actor))
    other.post(change(actor), opened(other.get(change(actor)), note="Theirs."))
    refused = client.post(change(actor), opened(page, slug="not a slug"))
    assert refused.status_code == 200
    assert client.post(change(actor), opened(refused, slug=actor.slug)).status_code == 409


@pytest.mark.parametrize("nonsense", ["", "x", "[]", "{}", '{"actors.actor": "x"}', '{"actors.actor": null}'])
def test_a_form_that_says_nothing_of_what_it_was_opened_on_is_saved_as_before(
    editor: User, nonsense: str
) -> None:
    actor = make_actor("Ada Vale")
    client = signed_in(editor)
    data = sent(client.get(change(actor)), note="Mine.", opened_after=nonsense)
    assert client.post(change(actor), data).status_code == 302
