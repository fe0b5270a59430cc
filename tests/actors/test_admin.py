"""Actors in the admin."""

import pytest
from django.urls import reverse

from actors.models import Actor, ActorName, IdentityJudgement
from tests.factories import make_actor, make_article, make_assertion, make_state
from tests.staff import errors, make_staff, sent, signed_in

pytestmark = pytest.mark.django_db


def change(actor: Actor) -> str:
    return reverse("admin:actors_actor_change", args=[actor.pk])


def test_an_editor_adds_an_actor_with_a_name_and_a_position() -> None:
    client = signed_in(make_staff("editor"))
    ostria = make_state("Ostria")
    address = reverse("admin:actors_actor_add")
    data = sent(
        client.get(address), name="Ada Vale", slug="ada-vale", kind="person", country=ostria.pk,
        **{
            "names-0-text": "Vale", "names-0-kind": "spelling", "names-0-language": "en",
            "affiliations-0-position": "spokeswoman", "affiliations-0-organisation": ostria.pk,
            "affiliations-0-started": "2021-03",
        },
    )  # fmt: skip
    assert client.post(address, data).status_code == 302
    ada = Actor.objects.get(slug="ada-vale")
    assert {name.text for name in ada.names.all()} == {"Ada Vale", "Vale"}
    assert ada.affiliations.get().position == "spokeswoman"
    assert not ada.is_public()


def test_a_row_that_repeats_the_actors_own_name_is_no_error() -> None:
    client = signed_in(make_staff("editor"))
    address = reverse("admin:actors_actor_add")
    own = {"names-0-text": "Ada Vale", "names-0-kind": "name", "names-0-language": "en"}
    data = sent(client.get(address), name="Ada Vale", slug="ada-vale", kind="person", **own)
    assert client.post(address, data).status_code == 302
    assert ActorName.objects.filter(text="Ada Vale").count() == 1


def test_save_and_publish_makes_an_actor_public() -> None:
    client = signed_in(make_staff("editor"))
    ada = make_actor("Ada Vale", public=False)
    assert client.post(change(ada), sent(client.get(change(ada)), _publish="1")).status_code == 302
    assert Actor.objects.public().filter(pk=ada.pk).exists()


def test_withdrawing_asks_first_and_says_what_rests_on_the_actor() -> None:
    client = signed_in(make_staff("editor"))
    ada = make_actor("Ada Vale")
    make_assertion("The bridge is closed.", ada)
    address = f"{reverse('admin:actors_actor_withdraw')}?ids={ada.pk}"
    assert "stop being public with them: 1." in client.get(address).content.decode()
    assert Actor.objects.public().filter(pk=ada.pk).exists()
    assert client.post(address, {"at": ""}).status_code == 302
    assert not Actor.objects.public().filter(pk=ada.pk).exists()


def test_several_actors_are_published_from_the_list() -> None:
    client = signed_in(make_staff("editor"))
    cast = [make_actor("Ada Vale", public=False), make_actor("Boris Klint", public=False)]
    data = {"action": "publish_selected", "_selected_action": [actor.pk for actor in cast]}
    client.post(reverse("admin:actors_actor_changelist"), data)
    assert Actor.objects.public().count() == 2


def test_an_actor_in_use_cannot_be_deleted_and_the_page_says_what_uses_it() -> None:
    client = signed_in(make_staff("admin"))
    ada = make_actor("Ada Vale")
    make_article("Ada speaks", "Ada Vale spoke.")
    make_assertion("The bridge is closed.", ada)
    address = reverse("admin:actors_actor_delete", args=[ada.pk])
    page = client.post(address, {"post": "yes"}).content.decode()
    assert "is in use and cannot be deleted" in page
    assert "Mention" in page
    assert "Speaker" in page
    assert Actor.objects.filter(pk=ada.pk).exists()


def test_a_bad_date_of_a_position_comes_back_with_what_was_typed() -> None:
    client = signed_in(make_staff("editor"))
    ada = make_actor("Ada Vale")
    row = {"affiliations-0-position": "spokeswoman", "affiliations-0-started": "March 2021"}
    response = client.post(change(ada), sent(client.get(change(ada)), description="Kept.", **row))
    assert response.status_code == 200
    assert "is no date" in errors(response)
    assert "Kept." in response.content.decode()
    assert "March 2021" in response.content.decode()


def test_a_reporter_reads_actors_but_does_not_write_them() -> None:
    client = signed_in(make_staff("reporter"))
    ada = make_actor("Ada Vale")
    assert client.get(change(ada)).status_code == 200
    assert client.post(change(ada), {"name": "Other"}).status_code == 403


def test_a_judgement_takes_two_actors_in_any_order_and_revokes_the_earlier_one() -> None:
    client = signed_in(make_staff("editor"))
    ada, other = make_actor("Ada Vale"), make_actor("A. Vale")
    address = reverse("admin:actors_identityjudgement_add")
    for left, right, verdict in ((other, ada, "same"), (ada, other, "different")):
        data = {"left": left.pk, "right": right.pk, "verdict": verdict, "reason": "Seen."}
        assert client.post(address, data).status_code == 302
    assert IdentityJudgement.objects.get(revoked_at=None).verdict == "different"
    assert IdentityJudgement.objects.count() == 2


def test_one_actor_twice_is_no_judgement() -> None:
    client = signed_in(make_staff("editor"))
    ada = make_actor("Ada Vale")
    data = {"left": ada.pk, "right": ada.pk, "verdict": "same"}
    assert "two different actors" in errors(client.post(reverse("admin:actors_identityjudgement_add"), data))


def test_actors_of_one_name_are_told_apart_where_they_are_chosen() -> None:
    client = signed_in(make_staff("editor"))
    make_actor("Cora Lind", country=make_state("Ostria"))
    query = {"app_label": "assertions", "model_name": "speaker", "field_name": "actor", "term": "Cora"}
    found = client.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [row["text"] for row in found] == ["Cora Lind (person, Ostria)"]


def test_an_actor_made_after_an_article_is_found_in_it_as_soon_as_it_is_saved() -> None:
    article = make_article("A visit", "Mirela Stanek arrived on Monday.")
    client = signed_in(make_staff("editor"))
    address = reverse("admin:actors_actor_add")
    data = sent(client.get(address), name="Mirela Stanek", slug="mirela-stanek", kind="person")
    assert client.post(address, data).status_code == 302
    mention = article.revisions.get().mentions.get()
    assert mention.actor is not None
    assert (mention.text, mention.actor.slug) == ("Mirela Stanek", "mirela-stanek")
