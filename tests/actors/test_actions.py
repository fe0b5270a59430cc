"""Writing and publishing actors and their names: who may, and what is kept."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from actors import actions
from actors.models import Actor, ActorName, IdentityJudgement
from actors.name_table import known_names
from cms.models import User
from tests.factories import make_actor, make_article, make_assertion
from tests.staff import make_staff
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Actor:
    return make_actor("Mara Quill")


@pytest.fixture
def ivo() -> Actor:
    return make_actor("Ivo Tarn")


@pytest.fixture
def edda() -> User:
    """An editor."""
    return make_staff("editor", "edda")


@pytest.mark.parametrize(
    "act",
    [
        lambda mara, ivo, by: actions.create_actor(by, slug="new", name="New", kind="person"),
        lambda mara, ivo, by: actions.save_actor(mara, by),
        lambda mara, ivo, by: actions.save_actor(Actor(slug="new", name="New", kind="person"), by),
        lambda mara, ivo, by: actions.add_name(mara, by, text="The Navigator"),
        lambda mara, ivo, by: actions.relate(mara, by, position="navigator"),
        lambda mara, ivo, by: actions.publish_actor(mara, by),
        lambda mara, ivo, by: actions.withdraw_actor(mara, by),
        lambda mara, ivo, by: actions.judge_identity(mara, ivo, by, verdict="same"),
    ],
    ids=["create", "save", "save a new one", "add a name", "relate", "publish", "withdraw", "judge"],
)
@pytest.mark.parametrize("group", ["reporter", "reviewer"])
def test_only_editors_keep_actors(
    act: Callable[[Actor, Actor, User], object], group: str, mara: Actor, ivo: Actor
) -> None:
    with pytest.raises(PermissionDenied):
        act(mara, ivo, make_staff(group))
    assert (Actor.objects.count(), ActorName.objects.count()) == (2, 2)
    assert Actor.objects.public().count() == 2


def test_an_editor_makes_an_actor_with_names_and_positions(edda: User) -> None:
    actor = actions.create_actor(
        edda,
        slug="mara-quill",
        name="Mara Quill",
        kind="person",
        names=[{"text": "마라 퀼", "language": "ko", "kind": "name"}],
        affiliations=[{"position": "navigator", "started": "2020"}],
    )
    assert set(actor.names.values_list("text", flat=True)) == {"Mara Quill", "마라 퀼"}
    assert actor.affiliations.get().position == "navigator"
    assert not Actor.objects.public().exists()


def test_one_who_may_add_actors_but_not_publish_them_makes_no_public_one() -> None:
    adder = User.objects.create_user("adder")
    adder.user_permissions.add(Permission.objects.get(codename="add_actor"))
    with pytest.raises(PermissionDenied):
        actions.create_actor(adder, slug="new", name="New", kind="person", live_from=timezone.now())


def test_an_actor_whose_position_is_refused_is_not_made_at_all() -> None:
    with pytest.raises(ValidationError):
        actions.create_actor(None, slug="new", name="New", kind="person", affiliations=[{"position": ""}])
    assert not Actor.objects.exists()


def test_a_renamed_actor_is_found_by_both_its_names(mara: Actor) -> None:
    mara.name = "Mara Quill-Tarn"
    actions.save_actor(mara, None)
    assert set(mara.names.values_list("text", flat=True)) == {"Mara Quill", "Mara Quill-Tarn"}


@pytest.mark.parametrize("text", ["-", "!!!", "…", "two\u2028lines", ""])
def test_a_name_that_no_text_can_hold_is_refused(mara: Actor, text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        actions.add_name(mara, None, text=text)
    assert list(caught.value.message_dict) == ["text"]


def test_a_name_that_no_text_can_hold_stops_no_search_however_it_was_written(mara: Actor) -> None:
    ActorName.objects.bulk_create(
        [ActorName(actor=mara, text="!!!"), ActorName(actor=mara, text="two\u2028lines")]
    )
    assert [hit.actor for hit in known_names().find("Mara Quill left!!!")] == ["mara-quill"]


def test_an_actor_is_public_from_its_publication_until_its_withdrawal(edda: User) -> None:
    actor = make_actor("Ada Vale", public=False)
    actions.publish_actor(actor, edda, timezone.now() + timedelta(days=1))
    assert not Actor.objects.public().exists()
    actions.publish_actor(actor, edda)
    assert Actor.objects.public().get() == actor
    actions.withdraw_actor(actor, edda)
    assert not Actor.objects.public().exists()


def test_an_actor_in_use_cannot_be_deleted(mara: Actor, ivo: Actor) -> None:
    make_article("A headline", "Mara Quill left.")
    make_assertion("Goods were sent.", ivo)
    for actor in (mara, ivo):
        with pytest.raises(ProtectedError):
            actor.delete()


def test_a_judgement_is_of_the_pair_in_any_order_and_the_earlier_one_is_kept(
    mara: Actor, ivo: Actor, edda: User
) -> None:
    first = actions.judge_identity(mara, ivo, edda, verdict="same", reason="One wire says so.")
    second = actions.judge_identity(ivo, mara, edda, verdict="different", reason="They met.")
    first.refresh_from_db()
    assert first.revoked_at is not None
    assert IdentityJudgement.objects.get(revoked_at=None) == second
    assert (second.left, second.right, second.judged_by) == (mara, ivo, edda)


@pytest.mark.parametrize("verdict", ["same", "perhaps"])
def test_a_judgement_that_is_none_is_refused_and_the_standing_one_stays(
    mara: Actor, ivo: Actor, edda: User, verdict: str
) -> None:
    standing = actions.judge_identity(mara, ivo, edda, verdict="different")
    other = mara if verdict == "same" else ivo
    with pytest.raises(ValidationError):
        actions.judge_identity(mara, other, edda, verdict=verdict)
    assert IdentityJudgement.objects.get(revoked_at=None) == standing


@pytest.mark.django_db(transaction=True)
def test_of_two_judgements_at_once_one_stands_and_both_are_kept() -> None:
    mara, ivo = make_actor("Mara Quill"), make_actor("Ivo Tarn")
    judge = User.objects.create_superuser("judge")
    results = at_once(
        lambda: actions.judge_identity(mara, ivo, judge, verdict="same"),
        lambda: actions.judge_identity(mara, ivo, judge, verdict="different"),
    )
    assert all(isinstance(result, IdentityJudgement) for result in results), results
    assert IdentityJudgement.objects.count() == 2
    assert IdentityJudgement.objects.filter(revoked_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_name_that_becomes_visible_after_a_later_one_is_found_too() -> None:
    mara, ivo = make_actor("Mara Quill"), make_actor("Ivo Tarn")
    first_is_written, second_is_read = Barrier(2, timeout=30), Barrier(2, timeout=30)

    def slow() -> None:
        with transaction.atomic():
            actions.add_name(mara, None, text="the Navigator", kind="epithet")
            first_is_written.wait()
            second_is_read.wait()

    def quick() -> None:
        first_is_written.wait()
        actions.add_name(ivo, None, text="the Pilot", kind="epithet")
        known_names()
        second_is_read.wait()

    assert at_once(slow, quick) == [None, None]
    found = known_names().find("It was the Navigator, not the Pilot.")
    assert [hit.actor for hit in found] == ["mara-quill", "ivo-tarn"]
