"""What the words beside a name make of it: one rule a test."""

import sys
from dataclasses import replace

import pytest

from actors.names import PLACE, Name, NameTrie
from tests.actors.names_table import TABLE
from tests.actors.test_names import actors, found, places

AUSTIN = Name("Lloyd Austin", "lloyd-austin", "name", actor_kind="person", belongs_to="united-states")
MEDVEDEV = Name("Dmitry Medvedev", "dmitry-medvedev", "name", actor_kind="person", belongs_to="russia")
MILLEY = Name("Mark Milley", "mark-milley", "name", actor_kind="person", belongs_to="united-states")
COUNCIL = Name("the Council", "un-security-council", "spelling", is_ambiguous=True)
DIRECTIONS = NameTrie(
    replace(row, is_ambiguous=row.is_ambiguous or row.text in {"the North", "the South"}) for row in TABLE
)


def directions(text: str) -> list[str | None]:
    return [one.actor for one in DIRECTIONS.find(text) if one.text.lower() in {"the north", "the south"}]


# Regions named by a point of the compass


@pytest.mark.parametrize(
    "text",
    [
        "Pyongyang fired twice. Nobody knows why the North did so.",
        "Why the North did so nobody knows. It rained in Seoul.",
        "Kim Yo Jong, who is from North Korea, wrote that the North was tired.",
        "Korea is one, said the poet, and the North is a part of it.",
    ],
)
def test_a_metonym_of_two_states_is_meant_where_either_of_them_is_spoken_of(text: str) -> None:
    assert directions(text) == ["north-korea"]


def test_a_metonym_of_two_states_is_open_where_neither_is_spoken_of() -> None:
    assert directions("The North was rich, and the South was poor, say Americans.") == [None, None]
    far = "So it went on for weeks. " * 60
    assert directions(f"The North was rich. {far}\nIt rained in Pyongyang.") == [None]


@pytest.mark.parametrize(
    "text", ["the South Atlantic", "the South Chinese coast", "the South of Spain", "the North Russia forgot"]
)
def test_a_longer_name_that_begins_with_the_metonym_is_another_region(text: str) -> None:
    assert found(f"Pyongyang wrote of {text} at length.") == [("Pyongyang", "north-korea")]


# Persons


def test_an_ambiguous_wrong_name_is_the_person_rightly_named_before() -> None:
    lim = [
        Name("Im Chol", "im-chol", "name", actor_kind="person", family_first=True),
        Name("Lim", "im-chol", "error", is_ambiguous=True, actor_kind="person", family_first=True),
    ]
    assert actors("Lim left early.", *lim) == []
    assert actors("Im Chol came late. Ten were missing, Lim thought.", *lim) == ["im-chol"] * 2
    assert found("Im Chol sat down. Lim Song did not.", *lim) == [("Im Chol", "im-chol")]


@pytest.mark.parametrize("text", ["Ri Jong-un sells fish.", "A baker, Pak Jong-un, sells bread."])
def test_a_given_name_after_an_unknown_family_name_is_somebody_else(text: str) -> None:
    korean = Name("김정은", "kim-jong-un", "name", "ko", actor_kind="person", family_first=True)
    assert found(text, korean) == []
    assert actors("They love Jong-un, leader Jong-un, dearly.", korean) == ["kim-jong-un"] * 2


@pytest.mark.parametrize("name", ["Ann B. Sullivan", "B. Sullivan", "A. B. Sullivan"])
def test_initials_that_are_not_the_bearers_make_it_another_person(name: str) -> None:
    assert found(f"Jake Sullivan left. The painter {name} came.") == [("Jake Sullivan", "jake-sullivan")]


@pytest.mark.parametrize("name", ["J. Sullivan", "Jake T. Sullivan"])
def test_initials_that_fit_the_bearer_leave_it_his(name: str) -> None:
    assert actors(f"In came {name}. Then Jake Sullivan sat down.") == ["jake-sullivan"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "A fair was held in Austin, Ohio, on Friday.",
        "Austin, Ohio, holds a fair.",
        "The band had landed in Austin by noon.",
        "He was born in Austin in 1950.",
        "They went to the Austin Fair.",
    ],
)
def test_a_family_name_that_is_a_town_or_begins_another_name_is_no_person(text: str) -> None:
    assert found(f"Lloyd Austin is ill.\n{text}", AUSTIN) == [("Lloyd Austin", "lloyd-austin")]


@pytest.mark.parametrize(
    "text",
    [
        "He has no faith in Austin.",
        "Austin, Putin said, was wrong.",
        "They asked Austin Monday.",
        "The plan is Austin’s.",
        "Austin Warns Allies Over Delays",
    ],
)
def test_the_same_family_name_elsewhere_is_the_person(text: str) -> None:
    assert "lloyd-austin" in actors(f"Lloyd Austin is ill.\n{text}", AUSTIN)[1:]


@pytest.mark.parametrize(
    "text",
    ["Martha Washington was his wife.", "Mr Washington mends shoes.", "The teacher B. T. Washington spoke."],
)
def test_a_capital_that_is_a_family_name_is_no_state(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "word", ["Official", "Afterwards", "Towards", "Besides", "Tell", "Reportedly", "Neutral"]
)
def test_a_word_that_begins_a_sentence_is_no_given_name_before_a_capital(word: str) -> None:
    assert actors(f"{word} Washington denied it.") == ["united-states"]


def test_a_town_of_a_capitals_name_is_told_by_its_region() -> None:
    assert places("Moscow, Kansas, has one street.") == ["Moscow"]
    assert actors("Moscow, however, denied it. Moscow, Lavrov said, would wait.")[0] == "russia"


# Bodies


@pytest.mark.parametrize(
    "text",
    [
        "The UN Security Council rose, and so did the Council.",
        "The United Nations Security Council rose, and so did the Council.",
        "The UN Security Council rose. On Monday the Council on its own sat down.",
    ],
)
def test_a_body_named_by_its_parent_is_meant_by_its_other_names_from_then_on(text: str) -> None:
    assert actors(text, COUNCIL)[-1] == "un-security-council"


@pytest.mark.parametrize(
    "text",
    [
        "the Council of Ministers",
        "the Council on Wages",
        "the Council for the Arts",
        "Poland’s Security Council",
        "the Polish Security Council",
        "the Security Council of Poland",
    ],
)
def test_a_body_of_another_owner_is_not_the_one_named_before(text: str) -> None:
    assert actors(f"The UNSC rose. Then {text} sat down.", COUNCIL)[1:] in ([], [None])


def test_an_alliance_between_others_is_not_the_one_named_before() -> None:
    text = "NATO met, and the alliance agreed. {} is another."
    for other in ("The alliance between Russia and Iran", "The alliance with Iran", "The alliance of Iran"):
        assert actors(text.format(other))[:3] == ["nato", "nato", None]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("North Korea let its Ministry of National Defence answer", "dprk-mnd"),
        ("South Korea let its Ministry of National Defence answer", None),
        ("Pyongyang was angry. Its Ministry of National Defence was not", None),
        ("The Kremlin asked its Security Council", "russian-security-council"),
    ],
)
def test_its_body_belongs_to_the_state_last_named_in_the_sentence(text: str, actor: str | None) -> None:
    assert actors(text)[-1] == actor


@pytest.mark.parametrize(
    "text",
    [
        "Dmitry Medvedev, the deputy chairman of the Security Council, wrote",
        "the deputy chairman of the Security Council, Dmitry Medvedev, wrote",
        "Security Council Deputy Chairman Dmitry Medvedev wrote",
        "Medvedev, secretary of the Security Council, wrote",
    ],
)
def test_a_body_belongs_to_the_country_of_the_person_who_heads_it(text: str) -> None:
    chairman = Name("chairman", "kim-jong-un", "title", actor_kind="person")
    assert "russian-security-council" in actors(text, MEDVEDEV, chairman)


@pytest.mark.parametrize(
    "text",
    [
        "Dmitry Medvedev, president of the Security Council in May, spoke",
        "Dmitry Medvedev spoke in the Security Council",
        "Mark Milley, chief of the General Staff, spoke",
    ],
)
def test_a_person_who_does_not_head_it_tells_nothing_of_a_body(text: str) -> None:
    assert actors(text, MEDVEDEV, MILLEY)[1:] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Two Security Council resolutions say so.",
        "They blocked it by a veto in the Security Council.",
        "Resolution 2397 of the Security Council says so.",
    ],
)
def test_resolutions_and_vetoes_are_those_of_a_council_of_states(text: str) -> None:
    assert actors(text) == ["un-security-council"]


@pytest.mark.parametrize(
    "name",
    [
        "United States Department of Defense",
        "U.S. Department of Defense",
        "America Department of Defense",
    ],
)
def test_the_other_names_of_its_country_stand_in_a_bodys_name(name: str) -> None:
    assert found(f"The {name} wrote.") == [(name, "pentagon")]


def test_a_country_in_a_bodys_name_may_have_an_article() -> None:
    assert found("the Security Council of the Russian Federation") == [
        ("Security Council of the Russian Federation", "russian-security-council")
    ]


# Abbreviations


def test_an_abbreviation_spelt_out_as_another_body_is_not_meant() -> None:
    assert found("The Joint Chess Society (JCS) met. The JCS chose a hall, the UN a date.") == [
        ("UN", "united-nations")
    ]
    assert found("The Night Institute of Song (NIS) sang; then the NIS slept.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The National Intelligence Service (NIS) spoke; the NIS left.",
        "The National Intelligence Services (NIS) spoke; the NIS left.",
        "The spy agency (NIS) spoke; the NIS left.",
        "The Night Institute of Song (NIS) sang. The National Intelligence Service (NIS) spoke.",
    ],
)
def test_an_abbreviation_spelt_out_as_a_known_body_or_not_at_all_is_meant(text: str) -> None:
    assert actors(text)[-2:] == ["nis"] * 2


# Places


@pytest.mark.parametrize(
    "text",
    [
        "No reply came from Moscow.",
        "From Moscow there was no answer.",
        "From Moscow came only praise for them.",
    ],
)
def test_what_is_said_comes_from_a_state(text: str) -> None:
    assert actors(text) == ["russia"]


@pytest.mark.parametrize(
    "text", ["The choir came from Moscow.", "From Moscow he took a train.", "From Moscow came two trains."]
)
def test_what_travels_comes_from_a_place(text: str) -> None:
    assert places(text) == ["Moscow"]
    assert PLACE not in actors(text)


@pytest.mark.parametrize(
    "words",
    [
        "Austin Ox, ",
        "its Ministry of National Defence, ",
        "of (JCS) ",
        "J. K. Sullivan ",
        "Dmitry Medvedev and the Security Council ",
        "the South Sea, the North, ",
    ],
)
def test_a_line_without_end_is_read_in_one_go(words: str) -> None:
    trie = NameTrie([*TABLE, AUSTIN, MEDVEDEV])

    def calls(times: int) -> int:
        count = 0

        def counting(*_: object) -> None:
            nonlocal count
            count += 1

        text = "North Korea rose, " + words * times
        sys.setprofile(counting)
        try:
            trie.find(text)
        finally:
            sys.setprofile(None)
        return count

    calls(1)
    few, many = calls(200), calls(800)
    assert many < 5 * few
