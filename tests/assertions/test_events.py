"""The event class of what was said: by its own verb and nouns, or none."""

import pytest

from assertions.suggestions.statements import find_statements


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("rebels attacked the port", "assault"),
        ("the ministry had sent 40 soldiers to the isles", "mobilize"),
        ("the ministry had sent 40 tons of grain to the isles", "aid"),
        ("40 containers of ammunition went to the isles", "aid"),
        ("soldiers had entered the isles", "mobilize"),
        ("soldiers took part in retaking the port", "assault"),
        ("the ministers held talks in the capital", "consult"),
        ("the aid to the isles would be limited", "aid"),
        ("the dispatch of troops was illegal", "accuse"),
        ("the dispatch of troops was justified", "support"),
        ("the council wants to choke the isles", "coerce"),
        ("the army withdrew its troops from the isles", "retreat"),
        ("the council withdrew the bill", "concede"),
        ("the council announced the withdrawal of the bill", "concede"),
        ("the council signed the treaty", "agree"),
        ("the council signed the bill", ""),
        ("rebels accepted responsibility for the attack", "assault"),
        ("the weather was fine on the isles", ""),
        ("the harbour has nine cranes for arms shipments", ""),
        ("the boy liked the museum of war", ""),
    ],
)
def test_what_happens_gives_the_class_and_words_beside_it_do_not(said: str, expected: str) -> None:
    found = find_statements(f"The minister said that {said}.", [])
    assert found[0].event_class == expected


def test_a_threat_is_a_threat_whatever_it_threatens_with() -> None:
    (found,) = find_statements("The minister threatened to send arms to the rebels.", [])
    assert found.event_class == "threaten"
