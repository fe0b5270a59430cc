"""Where two sides stand on all questions, in a sentence."""

import pytest
from django.utils import timezone

from actors.models import Actor
from assertions.actions import answer
from assertions.models import Question
from assertions.questions.outlook import Outlook, outlook
from assertions.questions.standings import standing
from tests.factories import make_assertion, make_question, make_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides() -> list[Actor]:
    return [make_state("Ostria"), make_state("Vesta")]


def ask(name: str, *said: tuple[Actor, str, str]) -> Question:
    """Return a question with stances, each of an actor on a day."""
    question = make_question(name)
    for actor, stance, day in said:
        act = {"affirms": "states"}.get(stance, stance)
        answer(question, make_assertion(f"{name}.", actor, act=act, said=day), None, stance=stance)
    return question


def found(sides: list[Actor], *questions: Question) -> Outlook:
    result = outlook(standing(questions, timezone.now(), sides))
    assert result is not None
    return result


def test_it_counts_what_both_affirm_what_each_denies_and_what_neither_answers(sides: list[Actor]) -> None:
    one, other = sides
    both = ask("A", (one, "affirms", "2024-01-01"), (other, "confirms", "2024-02-01"))
    denied = ask("B", (one, "denies", "2024-01-01"), (other, "denies", "2024-02-01"))
    alone = ask("C", (one, "affirms", "2024-01-01"), (other, "declines", "2024-02-01"))
    open_ = ask("D", (one, "evades", "2024-01-01"))
    result = found(sides, both, denied, alone, open_)
    assert result.sentence == (
        "Ostria and Vesta both say yes to 1 of 4 questions: “A”; Ostria says no to 1 and Vesta to 1; "
        "to 1 neither has given a clear answer."
    )
    assert [one.question for one in result.affirmed] == [both]
    assert [one.question for one in result.denied] == [denied]
    assert [one.question for one in result.unanswered] == [open_]


def test_a_side_stands_where_it_stood_last_and_an_evasion_takes_nothing_back(sides: list[Actor]) -> None:
    one, other = sides
    turned = ask(
        "A", (one, "denies", "2024-01-01"), (one, "confirms", "2024-02-01"), (other, "affirms", "2024")
    )
    evaded = ask("B", (one, "denies", "2024-01-01"), (one, "evades", "2024-02-01"))
    result = found(sides, turned, evaded)
    assert [one.question for one in result.affirmed] == [turned]
    assert [one.question for one in result.denied] == [evaded]


def test_the_sentence_names_the_question_on_which_a_position_changed_last(sides: list[Actor]) -> None:
    one, other = sides
    plain = ask("A", (one, "affirms", "2024-05-01"), (other, "affirms", "2024-05-01"))
    early = ask("B", (one, "denies", "2023"), (one, "affirms", "2024-01-01"), (other, "affirms", "2024"))
    late = ask("C", (one, "denies", "2023"), (one, "affirms", "2024-03-01"), (other, "affirms", "2024"))
    sentence = found(sides, plain, early, late).sentence
    assert sentence == "Ostria and Vesta both say yes to 3 of 3 questions, among them “C”."


def test_a_yes_and_a_no_in_no_certain_order_are_no_clear_answer(sides: list[Actor]) -> None:
    one, _ = sides
    result = found(sides, ask("A", (one, "denies", "2024"), (one, "affirms", "2024-05-06")))
    assert len(result.unanswered) == 1
    assert result.sentence == (
        "Ostria and Vesta both say yes to none of 1 question; to 1 neither has given a clear answer."
    )


def test_changes_come_the_latest_first_with_their_questions(sides: list[Actor]) -> None:
    one, other = sides
    early = ask("A", (one, "denies", "2024-01-01"), (one, "confirms", "2024-02-01"))
    late = ask("B", (other, "denies", "2024-01-01"), (other, "confirms", "2024-03-01"))
    assert [standing.question for standing, _ in found(sides, early, late).changes] == [late, early]


def test_no_questions_have_no_outlook(sides: list[Actor]) -> None:
    assert outlook(standing([], timezone.now(), sides)) is None
