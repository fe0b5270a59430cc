"""Changes of position that the coverage tells, and those that it must not tell."""

import pytest
from django.utils import timezone

from assertions.models import Question
from assertions.questions.position_table import COLUMNS, tabulate
from assertions.questions.standings import standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def turns(slug: str) -> set[tuple[str, str, str, bool]]:
    """Return the changes on a question: whose, from which record to which, and whether it is a reversal."""
    [found] = standing([Question.objects.get(slug=slug)], timezone.now())
    return {
        (
            change.party.actor.slug if change.party.actor else "",
            change.before.assertion.record_id,
            change.after.assertion.record_id,
            change.is_reversal,
        )
        for change in found.changes
    }


def test_moscow_denied_it_and_confirmed_it_half_a_year_later() -> None:
    assert ("russia", "F056", "F086", True) in turns("north-korean-troops-in-combat")
    assert ("russia", "F063", "F086", True) in turns("north-korean-troops-sent-to-russia")


def test_pyongyang_never_denied_it_so_that_its_confirmation_reverses_nothing() -> None:
    [turn] = [turn for turn in turns("north-korean-troops-sent-to-russia") if turn[0] == "north-korea"]
    assert turn[2:] == ("F088", False)


def test_no_reversal_is_told_that_the_sayings_do_not_bear_out() -> None:
    for found in standing(Question.objects.public(), timezone.now()):
        for change in found.changes:
            assert change.before.is_before(change.after), change.sentence
            if change.is_reversal:
                assert {change.before.is_no, change.after.is_no} == {True, False}, change.sentence


def test_every_table_of_positions_fits_beside_its_column_of_actors() -> None:
    for found in standing(Question.objects.public(), timezone.now()):
        columns = tabulate(found.positions, [side.party for side in found.sides]).columns
        assert sum(not column.note for column in columns) <= COLUMNS, found.question
