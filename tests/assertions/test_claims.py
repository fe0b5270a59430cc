"""What is told of a statement: what it comes to, without who judges and how sure, and nothing that is no sentence."""

import pytest

from assertions.drafting.claims import claim_of, told_quantities
from assertions.suggestions.shapes import Statement
from assertions.suggestions.statements import find_statements


def claims(text: str) -> list[str]:
    """Return what is told of the statements in a text of people who are all unknown."""
    return [claim for found in find_statements(text, []) if (claim := claim_of(found, text, {}, []))]


def only(text: str) -> Statement:
    (found,) = find_statements(text, [])
    return found


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The minister called the dispatch illegal.", "The dispatch is illegal."),
        ("The ministers called the talks “a farce”.", "The talks are “a farce”."),
        ("The minister described the attack as a crime.", "The attack is a crime."),
        ("The minister thanked the sailors for their help.", "The sailors deserve thanks for their help."),
        ("The minister praised the treaty.", "The treaty deserves praise."),
        ("The minister condemned the sale of arms to rebels.", "The sale of arms to rebels deserves condemnation."),
        ("The envoy accused the panel of having spread rumours.", "The panel has spread rumours."),
        ("The envoy accused the panels of theft.", "The panels are guilty of theft."),
        ("The minister blamed rebels for the attack.", "Rebels are to blame for the attack."),
        ("The envoy accused the panel of repeating rumours.", "The panel has been repeating rumours."),
    ],
)  # fmt: skip
def test_a_judgement_is_told_as_what_it_holds(text: str, claim: str) -> None:
    assert claims(text) == [claim]


@pytest.mark.parametrize(
    ("text", "claim", "hedge", "certainty"),
    [
        ("The minister said that troops may follow.", "Troops will follow.", "may", "possible"),
        ("The minister said that the ships may have left.", "The ships have left.", "may", "possible"),
        ("The minister said that the ship may have left.", "The ship has left.", "may", "possible"),
        ("The minister said that the port seems to be closed.", "The port is closed.", "seems", "probable"),
        (
            "The minister said that the ships appear to have left.",
            "The ships have left.",
            "appear",
            "probable",
        ),
    ],
)
def test_a_hedge_stands_apart_from_the_claim(text: str, claim: str, hedge: str, certainty: str) -> None:
    found = only(text)
    assert claim_of(found, text, {}, []) == claim
    assert (found.hedge, found.certainty) == (hedge, certainty)


def test_what_somebody_could_do_stays_what_it_was() -> None:
    assert claims("The minister said that the ships could leave the port.") == [
        "The ships could leave the port."
    ]


def test_a_warning_against_something_is_not_that_there_will_be_something() -> None:
    assert not any(
        "be against" in claim for claim in claims("Scientists cautioned against an excess of hope.")
    )


@pytest.mark.parametrize(
    "text",
    [
        "US reports of deliveries surprised the port.",
        "A law mandating priests to report cases of abuse was passed.",
        "What the ministers call the overseas operation began in May.",
    ],
)
def test_what_ascribes_without_a_verb_is_no_sentence(text: str) -> None:
    assert all(" call" not in claim and claim[:1].isupper() for claim in claims(text))
    assert not any(claim.startswith(("US reports", "A law mandating")) for claim in claims(text))


@pytest.mark.parametrize(
    "text",
    [
        "A cargo plane, reported by local press, crashed.",
        "The board will look closely at the case to see if there are any lessons.",
    ],
)
def test_half_a_sentence_is_no_claim(text: str) -> None:
    assert claims(text) == []


def test_whoever_is_called_by_an_office_first_is_told_by_the_name_behind_it() -> None:
    text = "“I know the captains of the ships,” said the port’s director, Carla Moor."
    assert claims(text) == ["Carla Moor knows the captains of the ships."]


def test_an_apposition_is_closed_before_the_verb() -> None:
    text = "Carla Moor, the leader of the council, pledged to open the port."
    assert claims(text) == ["Carla Moor, the leader of the council, will open the port."]


def test_of_a_long_quotation_only_the_numbers_that_are_told_count() -> None:
    found = only("“The port is closed to ships. In May 40 ships left it,” the harbour master said.")
    assert found.quantities and not told_quantities(found)


@pytest.mark.parametrize(
    ("text", "certainty", "condition"),
    [
        ("The minister demanded that the port be closed.", "certain", ""),
        ("The minister promised to close the port.", "certain", ""),
        ("The minister said that the port would close if rebels attacked.", "certain", "if rebels attacked"),
        ("The minister did not say whether the port was closed.", "underspecified", ""),
        ("The port’s information indicates that ships have left the bay.", "probable", ""),
    ],
)
def test_how_firmly_it_is_said_is_told_apart_from_a_condition(
    text: str, certainty: str, condition: str
) -> None:
    found = find_statements(text, [])[-1]
    assert (found.certainty, found.condition) == (certainty, condition)


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The judge said that it was the longest possible sentence.", ""),
        ("The minister said that it was highly likely that the ships had left.", "highly likely"),
        (
            "The ports’ information indicates that ships have left the bay.",
            "The ports’ information indicates",
        ),
    ],
)
def test_only_what_limits_a_content_is_its_hedge(text: str, hedge: str) -> None:
    assert only(text).hedge == hedge


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The envoy said that it has 40 rounds of 152 mm or 20 rounds of 122 mm.", ["rounds", "mm", "rounds", "mm"]),
        ("The minister said that 30 ships lay off 10 Harbour Street.", ["ships"]),
    ],
)  # fmt: skip
def test_a_number_counts_the_noun_beside_it_and_no_address(text: str, counted: list[str]) -> None:
    assert [quantity.unit for quantity in only(text).quantities] == counted
