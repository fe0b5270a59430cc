"""The day on which something was said: beside its words, or where it goes on from, or what it sums up."""

from datetime import date

import pytest

from assertions.suggestions.statements import find_statements

FRIDAY = date(2024, 10, 25)


def days(text: str) -> list[str]:
    return [found.said for found in find_statements(text, [], published=FRIDAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Carla Moor said on Monday that ships had left. The port is closed, Moor added.",
            ["2024-10-21", "2024-10-21"],
        ),
        (
            "Carla Moor said on Monday that ships had left. The port had said that it was open.",
            ["2024-10-21", ""],
        ),
        (
            "Carla Moor said on Monday that ships had left. Moor had said that the port was open.",
            ["2024-10-21", ""],
        ),
        ("Carla Moor said that the December 31 attack had failed.", [""]),
        ("In the December 31 attack, Carla Moor said, ships had burned.", [""]),
    ],
)
def test_the_next_sentence_of_the_same_voice_is_of_the_same_day(text: str, expected: list[str]) -> None:
    assert days(text) == expected


def test_a_headline_has_the_day_of_the_sentence_that_it_sums_up() -> None:
    told = days("Moor says nine ships left port\n\nNine ships left the port, Carla Moor said on Monday.")
    assert told == ["2024-10-21", "2024-10-21"]


def test_a_headline_of_something_else_has_no_day() -> None:
    told = days("Moor says nine ships left port\n\nThe harbour has been closed, Carla Moor said on Monday.")
    assert told == ["", "2024-10-21"]


def test_a_speech_that_goes_on_in_the_next_paragraph_is_of_the_same_day() -> None:
    told = days(
        "Carla Moor said on Monday that nine ships had left the port.\n\n"
        "The weather was fine.\n\n“The port is closed to ships,” Moor continued."
    )
    assert told == ["2024-10-21", "2024-10-21"]
