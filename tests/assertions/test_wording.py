"""An assertion in words: nothing is put into a claim but its modal verb, and nothing that limits it is dropped."""

from typing import Any

import pytest

from actors.models import Actor
from assertions.actions import link
from assertions.models import Answer, Assertion, Review
from assertions.wording import attribution_in_words, bearing, grade_in_words, mark, sentence, title
from tests.factories import make_actor, make_assertion, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Actor:
    return make_actor("Ada Vale")


def said(claim: str, *speakers: Actor, **fields: Any) -> Assertion:
    made = make_assertion(claim, *speakers, **fields)
    found: Assertion = Assertion.objects.for_ledger().get(pk=made.pk)
    return found


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("states", "Ada Vale says that the ships left."),
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
        ({"negated": True}, "Ada Vale says that it is not the case that the ships left."),
        (
            {"act": "questions", "negated": True},
            "Ada Vale questions whether it is not the case that the ships left.",
        ),
        (
            {"act": "promises", "negated": True},
            "Ada Vale promises that it is not the case that the ships left.",
        ),
        ({"certainty": "possible"}, "Ada Vale says that it is possible that the ships left."),
        ({"certainty": "probable"}, "Ada Vale says that it is probable that the ships left."),
        (
            {"certainty": "possible", "negated": True},
            "Ada Vale says that it may not be the case that the ships left.",
        ),
        (
            {"certainty": "probable", "negated": True},
            "Ada Vale says that it is improbable that the ships left.",
        ),
        ({"certainty": "probable", "act": "denies"}, "Ada Vale denies, with a hedge, that the ships left."),
        ({"condition": "at low water"}, "Ada Vale says, on a condition, that the ships left."),
        (
            {"condition": "at low water", "certainty": "probable", "act": "confirms"},
            "Ada Vale confirms, with a hedge, on a condition, that the ships left.",
        ),
    ],
)
def test_what_limits_a_claim_stands_before_it(ada: Actor, fields: dict[str, Any], words: str) -> None:
    assert sentence(said("The ships left.", ada, **fields)) == words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("if the ice melts", "Ada Vale says that the ships left, if the ice melts."),
        ("unless it snows.", "Ada Vale says that the ships left, unless it snows."),
        ("“even if true”", "Ada Vale says that the ships left, “even if true”."),
    ],
)
def test_a_condition_that_is_a_clause_follows_the_claim(ada: Actor, condition: str, words: str) -> None:
    assert sentence(said("The ships left.", ada, condition=condition)) == words


@pytest.mark.parametrize(
    ("claim", "fields", "words"),
    [
        ("Ships will sail.", {"act": "predicts", "certainty": "possible"}, "Predicts this: Ships may sail."),
        (
            "The ships will sail.",
            {"act": "predicts", "certainty": "probable"},
            "Predicts that the ships will sail.",
        ),
        (
            "The ships will sail.",
            {"act": "predicts", "certainty": "probable", "negated": True},
            "Predicts that the ships will probably not sail.",
        ),
        (
            "The ships will sail.",
            {"act": "threatens", "certainty": "probable"},
            "Threatens that the ships will probably sail.",
        ),
        (
            "The ships will sail.",
            {"act": "promises", "negated": True},
            "Promises that the ships will not sail.",
        ),
        (
            "The ships will sail.",
            {"act": "promises", "negated": True, "certainty": "possible", "condition": "if it will snow"},
            "Promises that the ships may not sail, if it will snow.",
        ),
        (
            "The ships should sail.",
            {"act": "demands", "negated": True},
            "Demands that the ships should not sail.",
        ),
        (
            "The ships should sail.",
            {"act": "demands", "certainty": "probable"},
            "Demands, with a hedge, that the ships should sail.",
        ),
    ],
)
def test_what_lies_ahead_takes_negation_and_certainty_into_its_verb(
    ada: Actor, claim: str, fields: dict[str, Any], words: str
) -> None:
    assert title(said(claim, ada, **fields)) == words


@pytest.mark.parametrize(
    "claim",
    [
        "The ships that will sail are old.",
        "The harbour master whose ships will sail is old.",
        "The will of the owners counts.",
        "The ships will sail when the owners will pay.",
        "The ships left.",
    ],
)
def test_no_verb_is_changed_but_that_of_the_claim(ada: Actor, claim: str) -> None:
    found = title(said(claim, ada, act="predicts", negated=True))
    assert found == f"Predicts that it is not the case that the {claim.removeprefix('The ')}"


@pytest.mark.parametrize(
    ("act", "fields", "words"),
    [
        ("promises", {}, "Ostria promises to send ships."),
        ("promises", {"negated": True}, "Ostria promises not to send ships."),
        ("threatens", {"condition": "if it snows"}, "Ostria threatens to send ships, if it snows."),
        ("threatens", {"certainty": "possible"}, "Ostria threatens that Ostria may send ships."),
        ("predicts", {}, "Ostria predicts that Ostria will send ships."),
    ],
)
def test_what_the_speaker_means_to_do_is_told_as_an_intention(
    ostria: Actor, act: str, fields: dict[str, Any], words: str
) -> None:
    assert sentence(said("Ostria will send ships.", ostria, act=act, **fields)) == words


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("public_body", "Ministry of Ports", "The Ministry of Ports says that the ships left."),
        (
            "armed_force",
            "Masters of the Fleet (Ostria)",
            "The Masters of the Fleet (Ostria) say that the ships left.",
        ),
        ("media", "Coastal News Agency", "The Coastal News Agency says that the ships left."),
        ("media", "Voice of Ostria", "Voice of Ostria says that the ships left."),
        ("media", "Rosters", "Rosters says that the ships left."),
        ("person", "Joan of Ostria", "Joan of Ostria says that the ships left."),
    ],
)
def test_a_name_that_is_a_description_has_its_article(kind: str, name: str, words: str) -> None:
    assert sentence(said("The ships left.", make_actor(name, kind=kind))) == words


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
    assert sentence(said("The ships left.")) == "The article’s own voice says that the ships left."


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
        ({"negated": True}, "Ada Vale says that this is not the case: Sailors were hired."),
        ({"act": "evades"}, "Ada Vale evades the question whether this is so: Sailors were hired."),
        ({"certainty": "possible"}, "Ada Vale says that this is possible: Sailors were hired."),
        (
            {"certainty": "possible", "condition": "for pay"},
            "Ada Vale says, on a condition, that this is possible: Sailors were hired.",
        ),
        ({"condition": "if paid"}, "Ada Vale says this: Sailors were hired, if paid."),
        ({"condition": "for pay"}, "Ada Vale says this, on a condition: Sailors were hired."),
        (
            {"act": "denies", "certainty": "probable"},
            "Ada Vale denies this, with a hedge: Sailors were hired.",
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
        ({}, "Says that the ships left."),
        ({"act": "alleges"}, "Alleges that the ships left."),
        ({"act": "confirms"}, "Confirms that the ships left."),
        ({"act": "denies"}, "Denies that the ships left."),
        ({"negated": True}, "Says that it is not the case that the ships left."),
        ({"certainty": "possible"}, "Says that it is possible that the ships left."),
        ({"act": "promises"}, "Promises that the ships left."),
        ({"act": "declines"}, "Declines to say whether the ships left."),
        ({"condition": "if paid"}, "Says that the ships left, if paid."),
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
        ({"type": "contradicts"}, "Contradicts", "Contradicted by"),
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
