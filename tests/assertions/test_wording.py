"""An assertion in words: nothing is put into a claim, and nothing that limits it is dropped."""

from typing import Any

import pytest

from actors.models import Actor
from assertions.actions import link
from assertions.models import Answer, Assertion, Review
from assertions.wording import attribution_in_words, bearing, grade_in_words, mark, sentence, title
from tests.factories import make_actor, make_assertion, make_question, make_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Actor:
    return make_actor("Ada Vale")


@pytest.fixture
def ostria() -> Actor:
    return make_state("Ostria")


def said(claim: str, *speakers: Actor, **fields: Any) -> Assertion:
    made = make_assertion(claim, *speakers, **fields)
    found: Assertion = Assertion.objects.for_ledger().get(pk=made.pk)
    return found


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("states", "Ada Vale states that the ships left."),
        ("alleges", "Ada Vale alleges that the ships left."),
        ("denies", "Ada Vale denies that the ships left."),
        ("confirms", "Ada Vale confirms that the ships left."),
        ("declines", "Ada Vale declines to say whether the ships left."),
        ("evades", "Ada Vale evades the question whether the ships left."),
        ("does_not_know", "Ada Vale does not know whether the ships left."),
        ("threatens", "Ada Vale threatens that the ships left."),
        ("demands", "Ada Vale demands that the ships left."),
        ("promises", "Ada Vale promises that the ships left."),
        ("predicts", "Ada Vale predicts that the ships left."),
        ("questions", "Ada Vale questions whether the ships left."),
    ],
)
def test_the_act_stands_before_the_claim(ada: Actor, act: str, words: str) -> None:
    assert sentence(said("The ships left.", ada, act=act)) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"negated": True}, "Ada Vale states that it is not so that the ships left."),
        (
            {"act": "questions", "negated": True},
            "Ada Vale questions whether it is not so that the ships left.",
        ),
        (
            {"act": "promises", "negated": True},
            "Ada Vale promises that it will not be so that the ships left.",
        ),
        ({"certainty": "possible"}, "Ada Vale states as possible that the ships left."),
        ({"certainty": "probable", "act": "predicts"}, "Ada Vale predicts as probable that the ships left."),
        ({"certainty": "probable", "act": "denies"}, "Ada Vale denies, with a reserve, that the ships left."),
        ({"condition": "if the ice melts"}, "Ada Vale states, on a condition, that the ships left."),
        (
            {"condition": "if the ice melts", "certainty": "possible"},
            "Ada Vale states as possible, on a condition, that the ships left.",
        ),
    ],
)
def test_what_limits_a_claim_stands_before_it(ada: Actor, fields: dict[str, Any], words: str) -> None:
    assert sentence(said("The ships left.", ada, **fields)) == words


def test_several_speakers_take_the_plural(ada: Actor) -> None:
    others = [make_actor("Boris Klint"), make_actor("Cora Lind")]
    assert sentence(said("No ship left.", ada, *others, act="denies")) == (
        "Ada Vale, Boris Klint and Cora Lind deny that no ship left."
    )


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ("a top general", "A top general denies that the ships left."),
        ("two lawmakers in the capital", "Two lawmakers in the capital deny that the ships left."),
        ("a group of lawmakers", "A group of lawmakers denies that the ships left."),
        ("an official of the ports", "An official of the ports denies that the ships left."),
    ],
)
def test_an_unnamed_speaker_is_described(description: str, words: str) -> None:
    assert sentence(said("The ships left.", speakers=[{"description": description}], act="denies")) == words


def test_without_a_speaker_the_article_speaks() -> None:
    assert sentence(said("The ships left.")) == "The article’s own voice states that the ships left."


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("Ostria sent ships.", "Ada Vale denies that Ostria sent ships."),
        ("Ostrian ships left.", "Ada Vale denies that Ostrian ships left."),
        ("New Ostria sent ships.", "Ada Vale denies that New Ostria sent ships."),
        ("12 ships left.", "Ada Vale denies that 12 ships left."),
        ("NATO sent ships.", "Ada Vale denies that NATO sent ships."),
    ],
)
def test_a_name_keeps_its_capital(ada: Actor, ostria: Actor, claim: str, words: str) -> None:
    assert sentence(said(claim, ada, act="denies", about=[ostria])) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"act": "denies"}, "Ada Vale denies this: Sailors were hired."),
        ({"negated": True}, "Ada Vale states that this is not so: Sailors were hired."),
        ({"act": "evades"}, "Ada Vale evades the question whether this is so: Sailors were hired."),
        ({"certainty": "possible"}, "Ada Vale states this as possible: Sailors were hired."),
        ({"condition": "if paid"}, "Ada Vale states this, on a condition: Sailors were hired."),
        (
            {"act": "denies", "certainty": "probable"},
            "Ada Vale denies this, with a reserve: Sailors were hired.",
        ),
    ],
)
def test_a_first_word_that_may_be_a_name_is_left_as_it_was_written(
    ada: Actor, fields: dict[str, Any], words: str
) -> None:
    assert sentence(said("Sailors were hired.", ada, **fields)) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "States that the ships left."),
        ({"act": "alleges"}, "Alleges that the ships left."),
        ({"act": "confirms"}, "Confirms that the ships left."),
        ({"act": "denies"}, "Denies that the ships left."),
        ({"negated": True}, "States that it is not so that the ships left."),
        ({"certainty": "possible"}, "States as possible that the ships left."),
        ({"act": "promises"}, "Promises that the ships left."),
        ({"act": "declines"}, "Declines to say whether the ships left."),
        ({"condition": "if paid"}, "States, on a condition, that the ships left."),
    ],
)
def test_in_a_list_what_is_done_in_saying_it_stands_first(
    ada: Actor, fields: dict[str, Any], words: str
) -> None:
    assert title(said("The ships left.", ada, **fields)) == words


@pytest.mark.parametrize(
    ("fields", "shape", "colour"),
    [
        ({}, "●", "affirms"),
        ({"act": "confirms"}, "◉", "confirms"),
        ({"act": "denies"}, "✕", "denies"),
        ({"negated": True}, "✕", "denies"),
        ({"act": "denies", "negated": True}, "●", "affirms"),
        ({"act": "evades"}, "≈", "evades"),
        ({"act": "declines"}, "–", "declines"),
        ({"act": "does_not_know"}, "?", "does_not_know"),
        ({"act": "questions"}, "?", "does_not_know"),
        ({"condition": "if paid"}, "◐", "conditional"),
        ({"act": "denies", "condition": "if paid"}, "✕", "denies"),
        ({"act": "promises"}, "●", "puts"),
        ({"act": "promises", "negated": True}, "✕", "denies"),
    ],
)
def test_the_mark_follows_the_polarity(ada: Actor, fields: dict[str, Any], shape: str, colour: str) -> None:
    found = mark(said("The ships left.", ada, **fields))
    assert (found.shape, found.colour) == (shape, colour)


def test_an_answer_has_the_mark_of_its_stance(ada: Actor) -> None:
    answer = Answer(
        question=make_question("Did the ships leave?"),
        assertion=said("The ships left.", ada),
        stance="conditional",
    )
    assert (mark(answer).shape, mark(answer).word) == ("◐", "conditional")


@pytest.mark.parametrize(
    ("fields", "there", "back"),
    [
        ({"type": "contradicts"}, "Contradicts", "Contradicts"),
        ({"type": "denies", "aspect": "proof"}, "Denies the proof of", "Its proof is denied by"),
        ({"type": "updates"}, "Updates", "Updated by"),
    ],
)
def test_a_link_reads_both_ways(ada: Actor, fields: dict[str, str], there: str, back: str) -> None:
    later, earlier = said("The ships left.", ada), said("No ship left.", ada)
    made = link(later, earlier, None, **fields)
    assert (bearing(made, later), bearing(made, earlier)) == (there, back)


@pytest.mark.parametrize(
    ("source", "information", "words"),
    [
        ("F", "6", "Neither the reliability of the source nor the truth of the information can be judged"),
        ("B", "2", "The source: usually reliable. The information: probably true."),
        (
            "F",
            "2",
            "The source: reliability cannot be judged; that does not speak against it. The information:",
        ),
    ],
)
def test_a_grade_is_told_in_words(source: str, information: str, words: str) -> None:
    review = Review(source_reliability=source, information_credibility=information, attribution="partly")
    assert grade_in_words(review).startswith(words)
    assert attribution_in_words(review) == "The evidence carries a part."


def test_no_grade_has_no_words() -> None:
    assert grade_in_words(Review()) == attribution_in_words(Review()) == ""
