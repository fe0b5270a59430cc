"""Merging while others merge, and while others write: one of two is told, and no row is left behind."""

from functools import partial
from threading import Event
from time import sleep

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction

from actors import actions, merging
from actors.models import Actor, Merge
from assertions.models import Assertion, Speaker
from tests.factories import make_actor, make_assertion
from tests.staff import make_staff
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_merge_two_actors_into_each_other_at_once_one_is_told() -> None:
    editor = make_staff("editor")
    for number in range(10):
        one, other = make_actor(f"One {number}"), make_actor(f"Other {number}")
        told: list[str] = []

        def merge(kept: Actor, merged: Actor, told: list[str] = told) -> None:
            try:
                actions.merge(kept, merged, editor)
            except ValidationError as refused:
                told.extend(refused.messages)

        at_once(partial(merge, one, other), partial(merge, other, one))
        assert len(told) == 1
        assert "was merged into" in told[0]
    assert Merge.objects.count() == 10


def test_of_two_who_take_the_same_two_apart_at_once_one_is_told() -> None:
    editor = make_staff("editor")
    merge = actions.merge(make_actor("One"), make_actor("Other"), editor)
    told: list[str] = []

    def apart() -> None:
        try:
            actions.unmerge(merge, editor)
        except ValidationError as refused:
            told.extend(refused.messages)

    at_once(apart, apart)
    assert told == ["“Other” and “One” were taken apart already."]


def test_a_merge_waits_for_one_who_is_writing_a_row_and_moves_it() -> None:
    editor = make_staff("editor")
    kept, merged = make_actor("Kept"), make_actor("Merged")
    claim = make_assertion("Ships sailed.", accepted=False)
    written, merging_now = Event(), Event()

    def write() -> None:
        with transaction.atomic():
            Speaker.objects.create(assertion=claim, actor=merged)
            written.set()
            # The merge cannot have begun to look for rows: it waits for this transaction.
            merging_now.wait(timeout=30)

    def merge() -> None:
        written.wait(timeout=30)
        merging_now.set()
        actions.merge(kept, merged, editor)

    at_once(write, merge)
    assert Speaker.objects.get().actor == kept


def test_one_who_names_an_actor_just_as_it_is_merged_is_refused_or_moved() -> None:
    editor = make_staff("editor")
    for number in range(10):
        kept, merged = make_actor(f"Kept {number}"), make_actor(f"Merged {number}")
        claims = [make_assertion(f"Claim {number} {each}.", accepted=False) for each in range(3)]
        refused: list[Assertion] = []

        def name(
            claims: list[Assertion] = claims, merged: Actor = merged, refused: list[Assertion] = refused
        ) -> None:
            for claim in claims:
                try:
                    Speaker.objects.create(assertion=claim, actor=merged)
                except IntegrityError:
                    refused.append(claim)

        at_once(name, partial(actions.merge, kept, merged, editor))
        assert Speaker.objects.filter(actor=kept).count() + len(refused) == len(claims)
        assert not any(reference.rows(merged).exists() for reference in merging.references())


def test_one_who_writes_another_column_of_a_row_never_waits_for_the_merge_that_waits_for_the_row() -> None:
    editor = make_staff("editor")
    kept, merged = make_actor("Kept"), make_actor("Merged")
    row = Speaker.objects.create(assertion=make_assertion("Ships sailed.", accepted=False), actor=merged)
    written = Event()

    def write() -> None:
        with transaction.atomic():
            held = Speaker.objects.select_for_update().get(pk=row.pk)
            written.set()
            wait_until_locked(merged)
            held.office = "minister"
            held.save()

    def merge() -> Merge:
        written.wait(timeout=30)
        return actions.merge(kept, merged, editor)

    assert at_once(write, merge) == [None, Merge.objects.get()]
    row.refresh_from_db()
    assert (row.actor, row.office) == (kept, "minister")


def wait_until_locked(actor: Actor) -> None:
    """Return once another transaction keeps everybody from referring to the actor."""
    for _ in range(300):
        try:
            with transaction.atomic():
                Actor.objects.select_for_update(nowait=True, no_key=True).get(pk=actor.pk)
                transaction.set_rollback(True)  # which gives the lock back
        except OperationalError:
            return
        sleep(0.1)
    raise AssertionError("The merge locked nobody.")
