"""From the words of a text to a proposition: a full sentence without speaker, hedge and denial."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assertions.drafting.descriptions import described
from assertions.drafting.propositions import proposition
from assertions.vocabulary import SpeechAct


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ships had left", "Ships had left."),
        ("that ships had left.", "Ships had left."),
        ("whether ships had left", "Ships had left."),
        ("“We sent ships,”", "We sent ships."),
        ("the port was “closed” by then", "The port was “closed” by then."),
        ("the port was “closed by then", "The port was closed by then."),
        ("the port was “closed by then”", "The port was “closed by then”."),
        ("the port was “closed by then.”", "The port was “closed by then”."),
        ("“Closed” was said of the “port”", "“Closed” was said of the “port”."),
        ("that was a mistake", "That was a mistake."),
        ("ships\n had  left", "Ships had left."),
        ("did they leave?", "Did they leave?"),
    ],
)
def test_a_clause_becomes_a_sentence(words: str, expected: str) -> None:
    assert proposition(words, act="states") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("it did not send ships", "It did send ships."),
        ("it didn’t send ships", "It did send ships."),
        ("it will never send ships", "It will send ships."),
        ("it won't send ships", "It will send ships."),
        ("it cannot send ships", "It can send ships."),
        ("no ships were sent", "Ships were sent."),
        ("nobody had seen ships", "Somebody had seen ships."),
        ("nothing was signed", "Something was signed."),
        ("no ship was sent, and none had been planned", "Ship was sent, and some had been planned."),
        ("it had not sold arms and would not do so", "It had sold arms and would do so."),
        ("it did not say that no ships were sent", "It did say that no ships were sent."),
        ("neither ships nor trains were sent", "Either ships or trains were sent."),
        ("not only ships but trains were not sent", "Not only ships but trains were sent."),
    ],
)
def test_a_negation_is_taken_out_since_it_is_told_apart(words: str, expected: str) -> None:
    assert proposition(words, act="states", negated=True) == expected


def test_what_is_not_negated_keeps_its_words() -> None:
    assert proposition("nobody knew them", act="states") == "Nobody knew them."


@pytest.mark.parametrize(
    ("words", "act", "subject", "expected"),
    [
        ("to send ships", "promises", "Ostria", "Ostria will send ships."),
        ("to stop", "demands", "Vesta", "Vesta should stop."),
        ("to stop", "demands", "", "To stop."),
        ("sending ships", "denies", "Ostria", "Ostria has been sending ships."),
        ("having sent ships", "denies", "Ostria", "Ostria has sent ships."),
        ("the Port of Vesta to close", "predicts", "", "The Port of Vesta will close."),
        ("the charge to be absurd", "states", "", "The charge is absurd."),
        ("the charges to be absurd", "states", "", "The charges are absurd."),
        ("nothing was sent to Vesta", "states", "Ostria", "Nothing was sent to Vesta."),
        ("the two agreed to send ships", "states", "Ostria", "The two agreed to send ships."),
    ],
)
def test_an_infinitive_or_gerund_gets_who_does_it(words: str, act: str, subject: str, expected: str) -> None:
    assert proposition(words, act=act, subject=subject) == expected


@pytest.mark.parametrize(
    ("words", "act", "telling", "expected"),
    [
        ("the meeting", "states", "The Northern Wire reported the meeting", "The Northern Wire reported the meeting."),
        ("lasting support", "promises", "Ada promised lasting support", "There will be lasting support."),
        ("for an inquiry", "demands", "", "There should be an inquiry."),
        ("such reports as unproven", "denies", "Ada dismissed such reports", "Such reports are true."),
        ("any involvement", "denies", "Ada denied any involvement", "There was involvement."),
    ],
)  # fmt: skip
def test_a_noun_becomes_a_sentence_by_its_act(words: str, act: str, telling: str, expected: str) -> None:
    assert proposition(words, act=act, is_noun=True, telling=telling) == expected


def test_a_denial_in_a_noun_is_never_told_with_the_verb_that_denies() -> None:
    told = proposition("the reports", act="denies", is_noun=True, telling="Ada rejected the reports")
    assert "reject" not in told


@pytest.mark.parametrize(
    ("words", "condition", "expected"),
    [
        ("if Vesta attacks, Ostria will answer", "if Vesta attacks", "Ostria will answer."),
        ("Ostria will answer if Vesta attacks", "if Vesta attacks", "Ostria will answer."),
        ("that Ostria will answer, unless Vesta leaves", "unless Vesta leaves", "Ostria will answer."),
        ("if Vesta sends arms, that will be a mistake", "if Vesta sends arms", "That will be a mistake."),
        ("Ostria will answer in that case", "in that case", "Ostria will answer in that case."),
    ],
)
def test_an_if_part_stands_apart(words: str, condition: str, expected: str) -> None:
    assert proposition(words, act="states", condition=condition) == expected


def test_a_hedge_goes_where_the_sentence_stands_without_it() -> None:
    assert proposition("ships probably left", act="states", hedge="probably") == "Ships left."
    assert proposition("ships may have left", act="states", hedge="may") == "Ships may have left."


@pytest.mark.parametrize("words", ["", "  ", "“”", "…", ", ;", "\u202e\u202c"])
def test_of_no_words_there_is_no_proposition(words: str) -> None:
    assert proposition(words, act="states") == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("she need not answer", "She has to answer."),
        ("they need not answer", "They have to answer."),
        ("it did not show any proof", "It did show some proof."),
        ("no agreement had been signed", "An agreement had been signed."),
        ("there was no sign of ships", "There was a sign of ships."),
    ],
)
def test_what_stands_only_with_a_negation_goes_with_it(words: str, expected: str) -> None:
    assert proposition(words, act="states", negated=True) == expected


@pytest.mark.parametrize(
    ("words", "act", "expected"),
    [
        (
            "how many of the sailors are dead",
            "does_not_know",
            "How many of the sailors are dead is not known.",
        ),
        ("when the port opens", "evades", "When the port opens is not said."),
        ("how the port was built", "states", ""),
    ],
)
def test_a_question_is_told_only_where_it_was_left_open(words: str, act: str, expected: str) -> None:
    assert proposition(words, act=act, form="question") == expected


@pytest.mark.parametrize(
    ("words", "form", "act"),
    [
        ("about their effect", "fragment", "states"),
        ("conducted by sailors", "fragment", "states"),
        ("to leave", "infinitive", "demands"),
        ("the offer of the sailors", "noun", "questions"),
    ],
)
def test_of_what_is_no_clause_there_is_no_proposition(words: str, form: str, act: str) -> None:
    assert proposition(words, act=act, form=form, is_noun=form == "noun") == ""


@pytest.mark.parametrize(
    ("words", "act", "expected"),
    [
        ("exports of grain", "denies", "Exports of grain took place."),
        ("responsibility for the fire", "confirms", "Ostria is responsible for the fire."),
        ("any involvement in the fire", "denies", "Ostria has involvement in the fire."),
        ("reports of a fire as false", "denies", "Reports of a fire are true."),
        ("such a charge a groundless accusation", "denies", "Such a charge is true."),
    ],
)
def test_a_noun_that_is_denied_or_confirmed_is_told_as_what_would_be_so(
    words: str, act: str, expected: str
) -> None:
    told = proposition(words, act=act, is_noun=True, form="noun", subject="Ostria", is_event=True)
    assert told == expected


def test_what_is_turned_down_did_not_take_place_for_that() -> None:
    assert proposition("the resignation of the envoy", act="denies", is_noun=True, form="noun") == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("reports of a sale are wrong", "Reports of a sale are true."),
        ("the report is fake news", "The report is true."),
        ("the report seems to be yet another hoax", "The report seems to be true."),
        ("the report that ships had left is fake", "Ships had left."),
        ("claims that ships had left are baseless", "Ships had left."),
    ],
)
def test_who_calls_a_report_untrue_denies_that_it_is_true(words: str, expected: str) -> None:
    assert proposition(words, act="denies", form="clause") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("if ships come, the port will open", "If ships come, the port will open."),
        ("then the port will open", "The port will open."),
        ("[t]he port is open", "The port is open."),
        ("it was highly likely that ships had left", "Ships had left."),
        ("it is “quite possible” that ships had left", "Ships had left."),
        ("it seems that ships had left", "Ships had left."),
        ("ships had left the port (PO", "Ships had left the port."),
        ("ships had left[.]", "Ships had left."),
        ("ships had left [...]", "Ships had left."),
        ("ships had left, but not that they were armed", "Ships had left."),
        ("ships had left, and that the port was closed", "Ships had left and the port was closed."),
    ],
)
def test_a_clause_keeps_what_it_needs_and_loses_what_links_it(words: str, expected: str) -> None:
    assert proposition(words, act="states", hedge="likely") == expected


def test_how_likely_it_is_stays_where_no_field_tells_it() -> None:
    told = proposition("it was highly likely that ships had left", act="states")
    assert told == "It was highly likely that ships had left."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "no treaty was signed, and that none had been planned",
            "A treaty was signed and some had been planned.",
        ),
        ("it had never sold arms and would not", "It had sold arms."),
        ("no other ship was seen", "Another ship was seen."),
    ],
)
def test_of_a_negation_nothing_is_left_hanging(words: str, expected: str) -> None:
    assert proposition(words, act="states", negated=True) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on sailors, pilots and the port to stop work", "Sailors, pilots and the port should stop work."),
        ("for the port to be closed", "The port should be closed."),
        ("for an end to violence", "There should be an end to violence."),
    ],
)  # fmt: skip
def test_what_somebody_is_called_on_to_do_is_told_of_them(words: str, expected: str) -> None:
    assert proposition(words, act="demands", is_noun=True, form="noun") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("two lawmakers", "two lawmakers"),
        ("the minister Ada Vale, who", "the minister Ada Vale"),
        ("the Ports Office (PO", "the Ports Office"),
        ("the harbour master of the", "the harbour master"),
        ("reports from the port", "reports from the port"),
        *[(nobody, "") for nobody in ("one", "which", "It", "26 October, which", "no evidence", "our information")],
        *[(nobody, "") for nobody in ("the update", "declassified intelligence", "2024", "several", "", "the")],
    ],
)  # fmt: skip
def test_only_who_can_speak_is_described_as_a_speaker(words: str, expected: str) -> None:
    assert described(words) == expected


@given(
    words=st.text(max_size=200),
    act=st.sampled_from(SpeechAct.values),
    negated=st.booleans(),
    hedge=st.text(max_size=20),
    condition=st.text(max_size=40),
    subject=st.sampled_from(["", "Ostria"]),
    is_noun=st.booleans(),
    telling=st.text(max_size=200),
    form=st.sampled_from(["", "clause", "question", "infinitive", "gerund", "noun", "fragment"]),
)
def test_whatever_is_said_it_is_one_sentence_on_one_line(
    words: str,
    act: str,
    negated: bool,
    hedge: str,
    condition: str,
    subject: str,
    is_noun: bool,
    telling: str,
    form: str,
) -> None:
    made = proposition(
        words, act=act, negated=negated, hedge=hedge, condition=condition, subject=subject, is_noun=is_noun,
        telling=telling, form=form, is_event=True,
    )  # fmt: skip
    assert made == " ".join(made.split())
    assert made == "" or (made[-1] in ".?!…" and any(map(str.isalnum, made)))
