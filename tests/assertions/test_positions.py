"""Who takes which position, what of it is a change, and how it stands in a table."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from actors.models import Actor
from assertions.actions import answer, link
from assertions.models import Answer, Assertion, Question
from assertions.questions.position_table import COLUMNS, ENTRIES, ROWS, Matrix, tabulate
from assertions.questions.positions import Party, Position, Voice, changes_in
from assertions.questions.standings import QuestionStanding, by_urgency, standing
from assertions.vocabulary import Certainty, Stance
from tests.factories import (
    days_ago,
    make_actor,
    make_article,
    make_assertion,
    make_question,
    make_state,
)

NOW = days_ago(0)


@pytest.fixture
def ostria(settings: Settings) -> Actor:
    settings.RELATIONSHIP = ("ostria", "vesta")
    return make_state("Ostria")


@pytest.fixture
def question() -> Question:
    return make_question("Did ships leave?")


def take(
    question: Question, speakers: list[dict[str, Any]], stance: str, said: str = "", **fields: Any
) -> Assertion:
    """Return a public assertion that answers a question."""
    acts = {"denies": "denies", "confirms": "confirms", "declines": "declines", "evades": "evades"}
    claim = make_assertion(
        "Ships left.", speakers=speakers, act=acts.get(stance, "states"), said=said, **fields
    )
    answer(question, claim, None, stance=stance)
    return claim


def stands(question: Question) -> QuestionStanding:
    [found] = standing([question], days_ago(-0.01))
    return found


def table(found: QuestionStanding) -> Matrix:
    return tabulate(found.positions, [side.party for side in found.sides])


def sentences(question: Question) -> list[str]:
    return [change.sentence for change in stands(question).changes]


# Who it is ascribed to


@pytest.mark.django_db
def test_a_position_is_that_of_whom_the_speaker_speaks_for_and_else_the_speakers_own(
    question: Question, ada: Actor, ostria: Actor
) -> None:
    take(question, [{"actor": ada, "speaks_for": ostria}], "denies", "2024-05-01")
    take(question, [{"description": "a customs officer", "speaks_for": ostria}], "evades", "2024-05-02")
    take(question, [{"actor": ada}], "affirms", "2024-05-03")
    found = [(one.party.name, one.voice.name, one.stance) for one in stands(question).positions]
    assert found == [
        ("Ostria", "Ada Vale", Stance.DENIES),
        ("Ostria", "a customs officer", Stance.EVADES),
        ("Ada Vale", "Ada Vale", Stance.AFFIRMS),
    ]


@pytest.mark.django_db
def test_an_unnamed_speaker_is_merged_with_nobody_not_even_with_one_described_alike(
    question: Question, ada: Actor
) -> None:
    for day in ("2024-05-01", "2024-05-02"):
        take(question, [{"description": "an official", "possible_identity": ada}], "affirms", day)
    take(question, [{"actor": ada}], "denies", "2024-05-03")
    parties = {one.party.key: one.party.name for one in stands(question).positions}
    assert sorted(parties.values()) == ["Ada Vale", "an official", "an official"]
    assert sentences(question) == []


@pytest.mark.django_db
def test_the_articles_own_voice_is_a_row_of_its_own_and_no_party_in_a_dispute(
    question: Question, ada: Actor
) -> None:
    take(question, [], "affirms", "2024-05-01")
    take(question, [{"actor": ada}], "denies", "2024-05-03")
    found = stands(question)
    assert [party.name for party in found.denying] == ["Ada Vale"]
    assert (found.affirming, found.in_dispute) == ([], False)
    rows = table(found).rows
    assert [row.party.name for row in rows] == ["Ada Vale", "The article’s own voice"]


@pytest.mark.django_db
def test_a_joint_statement_stands_with_each_party_and_once_where_two_speak_for_one(
    question: Question, ada: Actor, ostria: Actor, vesta: Actor
) -> None:
    boris = make_actor("Boris Klint")
    take(
        question,
        [
            {"actor": ada, "speaks_for": ostria},
            {"actor": boris, "speaks_for": ostria},
            {"actor": vesta},
        ],
        "affirms",
        "2024-05",
    )
    found = stands(question)
    assert found.claims == 1
    rows = {row.party.name: row for row in table(found).rows}
    assert [(entry.position.stance, entry.more) for entry in rows["Ostria"].cells[0].entries] == [
        (Stance.AFFIRMS, 0)
    ]
    assert [row.voice.name for row in rows["Ostria"].voices] == ["Ada Vale", "Boris Klint"]
    assert rows["Vesta"].voices == []


# Changes


@pytest.mark.django_db
def test_a_denial_and_then_a_confirmation_is_a_reversal_and_erases_nothing(
    question: Question, ada: Actor, ostria: Actor, vesta: Actor
) -> None:
    boris = make_actor("Boris Klint")
    take(question, [{"actor": ada, "speaks_for": ostria}], "denies", "2024-05-01")
    take(question, [{"actor": ada, "speaks_for": ostria}], "evades", "2024-05-09")
    take(question, [{"actor": boris, "speaks_for": ostria}], "confirms", "2024-11")
    assert sentences(question) == [
        "Ostria denied it on 1 May 2024 (Ada Vale) and confirmed it in November 2024 (Boris Klint); "
        "the denial stays on record."
    ]
    found = stands(question)
    assert [party.name for party in found.affirming] == ["Ostria"]
    assert found.denying == []
    assert found.summary == (
        "Ostria confirms it. Vesta has not answered in this coverage. Ostria reversed its position."
    )
    [row] = [row for row in table(found).rows if row.party.actor == ostria]
    assert [entry.position.stance for cell in row.cells for entry in cell.entries] == [
        Stance.DENIES,
        Stance.EVADES,
        Stance.CONFIRMS,
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["declines", "evades", "does_not_know", "conditional"])
def test_an_answer_after_none_was_given_is_no_reversal(question: Question, ada: Actor, first: str) -> None:
    take(question, [{"actor": ada}], first, "2024-05-01")
    take(question, [{"actor": ada}], "confirms", "2024-06-02")
    take(question, [{"actor": ada}], "affirms", "2024-07-02")
    [change] = stands(question).changes
    assert not change.is_reversal
    assert change.sentence.endswith(" on 1 May 2024 and confirmed it on 2 June 2024.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("denied", "confirmed"),
    [("2024", "2024-05-01"), ("2024-05", "2024-05-20"), ("2024-05-01", "2024-05-01"), ("", "2024-05-01")],
)
def test_of_days_that_overlap_or_are_not_known_no_change_is_told(
    question: Question, ada: Actor, denied: str, confirmed: str
) -> None:
    take(question, [{"actor": ada}], "denies", denied)
    take(question, [{"actor": ada}], "confirms", confirmed)
    assert sentences(question) == []


@pytest.mark.django_db
def test_a_rival_date_makes_an_order_uncertain(question: Question, ada: Actor) -> None:
    rival = [{"of": "said", "date": "2024-07-01", "given_by": "a paper"}]
    take(question, [{"actor": ada}], "denies", "2024-05-01", rival_dates=rival)
    take(question, [{"actor": ada}], "confirms", "2024-06-01")
    assert sentences(question) == []


@pytest.mark.django_db
def test_where_the_day_of_saying_is_not_known_the_day_of_publishing_orders_and_is_named_as_such(
    question: Question, ada: Actor
) -> None:
    take(question, [{"actor": ada}], "confirms", "2023-12-24")
    take(question, [{"actor": ada}], "denies", published="2024-05-01")
    assert sentences(question) == [
        "Ada Vale confirmed it on 24 December 2023 and denied it as published on 1 May 2024; "
        "the affirmation stays on record."
    ]


@pytest.mark.django_db
def test_a_fear_that_it_may_be_so_is_no_affirmation(question: Question, ada: Actor, vesta: Actor) -> None:
    take(question, [{"actor": ada}], "denies", "2024-05-01")
    take(question, [{"actor": ada}], "affirms", "2024-06-01", certainty="possible")
    take(question, [{"actor": vesta}], "affirms", "2024-06-01", certainty="possible")
    found = stands(question)
    assert (found.affirming, found.in_dispute, found.changes) == ([], False, [])
    assert found.positions[-1].in_words == "called it possible on 1 June 2024"


def test_two_of_one_party_who_contradict_each_other_on_one_day_reverse_nothing() -> None:
    said = [position("denies", 1), position("denies", 9, "b"), position("confirms", 9, "c")]
    assert changes_in(said) == []


def test_each_turn_there_and_back_is_told() -> None:
    said = [position("denies", 1), position("confirms", 5), position("confirms", 6), position("denies", 9)]
    assert [change.sentence for change in changes_in(said)] == [
        "Ostria denied it on 1 May 2024 (a) and confirmed it on 5 May 2024 (a); the denial stays on record.",
        "Ostria confirmed it on 6 May 2024 (a) and denied it on 9 May 2024 (a); "
        "the affirmation stays on record.",
    ]


# Standing


@pytest.mark.django_db
def test_what_one_party_affirms_and_another_denies_is_in_dispute_and_stands_first(
    question: Question, ostria: Actor, vesta: Actor
) -> None:
    other = make_question("Did trains leave?")
    empty = make_question("Did anybody leave?")
    take(other, [{"actor": ostria}], "confirms", "2025-05-01")
    take(other, [{"actor": vesta}], "confirms", "2025-05-01")
    take(question, [{"actor": ostria}], "denies", "2024-05-01")
    take(question, [{"actor": vesta}], "affirms", "2024-04-01")
    found = by_urgency(standing([empty, other, question], days_ago(-0.01)))
    assert [(one.question, one.group) for one in found] == [
        (question, "disputed"),
        (other, "agreed"),
        (empty, "empty"),
    ]
    last = {side.party.actor: [(one.stance, one.date) for one in side.latest] for side in found[0].sides}
    assert last == {
        ostria: [(Stance.DENIES, "2024-05-01")],
        vesta: [(Stance.AFFIRMS, "2024-04-01")],
    }
    assert found[0].since == "2024-04-01"
    assert (found[0].sources_for.high, found[0].sources_against.high) == (1, 1)


@pytest.mark.django_db
def test_a_later_evasion_takes_no_denial_back(question: Question, ostria: Actor, vesta: Actor) -> None:
    take(question, [{"actor": ostria}], "denies", "2024-05-01")
    take(question, [{"actor": ostria}], "evades", "2024-06-01")
    found = stands(question)
    assert [party.actor for party in found.denying] == [ostria]
    assert [position.stance for position in found.sides[0].latest] == [Stance.EVADES]
    assert [party.actor for party in found.silent] == [vesta]


@pytest.mark.django_db
def test_what_is_not_public_is_on_no_record(question: Question, ostria: Actor, ada: Actor) -> None:
    take(question, [{"actor": ada}], "denies", "2024-05-01", accepted=False)
    take(question, [{"actor": make_actor("Hidden", public=False)}], "affirms", "2024-05-01")
    shown = take(question, [{"actor": ada}], "denies", "2024-05-01")
    hidden = make_assertion("Ships left early.", ada, accepted=False)
    link(shown, hidden, None, type="denies", aspect="proof")
    found = stands(question)
    assert found.assertions == [shown]
    assert found.positions[0].limits == ""
    assert found.sides == (), "the other side is not public"


@pytest.mark.django_db
def test_the_proof_that_is_denied_the_condition_and_the_hedge_are_said_in_a_few_words(
    question: Question, ada: Actor, vesta: Actor
) -> None:
    denial = take(question, [{"actor": ada}], "denies", "2024-05-01")
    link(denial, make_assertion("Pictures show ships.", vesta), None, type="denies", aspect="proof")
    take(
        question,
        [{"actor": vesta}],
        "conditional",
        "2024-05-02",
        condition="if " + "they go " * 20,
        hedge="maybe",
    )
    first, second = stands(question).positions
    assert first.limits == "the proof"
    assert second.limits == "if they go they go they go they go they go they …, maybe"


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_questions_and_answers(
    ostria: Actor, vesta: Actor, ada: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_article("Ships", "Ships left.")
    questions = [make_question(f"Did ship {number} leave?") for number in range(4)]
    for number, asked in enumerate(questions):
        for day in range(1, 4):
            take(
                asked,
                [{"actor": ada, "speaks_for": ostria}],
                "denies",
                f"2024-0{number + 1}-0{day}",
                article=article,
            )
    with django_assert_max_num_queries(20):
        found = standing(questions, days_ago(-0.01))
        for one in found:
            assert one.summary
            assert [position.limits for position in one.positions] == ["", "", ""]


# The table


def test_without_positions_there_is_no_table() -> None:
    assert tabulate([], [OSTRIA]).rows == []


def test_a_side_that_never_answered_has_its_row() -> None:
    found = tabulate([position("denies", 1)], [OSTRIA, Party("vesta", "Vesta", side="b")])
    assert [(row.party.name, row.is_empty) for row in found.rows] == [("Ostria", False), ("Vesta", True)]


@pytest.mark.parametrize(
    ("dates", "labels"),
    [
        ([(date(2024, 5, 1), 1)], ["May 2024"]),
        ([(date(2024, 5, 1), 1), (date(2024, 5, 4), 1)], ["1 May 2024", "4 May 2024 (3 days later)"]),
        ([(date(2024, 5, 1), 1), (date(2024, 5, 1), 31), (date(2024, 6, 1), 1)], ["May 2024", "Jun 2024"]),
        ([(date(2024, 5, 1), 1), (date(2024, 9, 9), 1)], ["May 2024", "Sep 2024 (4 months later)"]),
        ([(date(2024, 1, 1), 366), (date(2024, 9, 9), 1)], ["2024 (no one month)", "Sep 2024"]),
        ([(date(2024, 1, 30), 5), (date(2024, 2, 9), 1)], ["Jan–Feb 2024 (no one month)", "Feb 2024"]),
        ([(date(2023, 12, 30), 5)], ["Dec 2023–Jan 2024 (no one month)"]),
        (
            [(date(2015 + month // 2, 1 + month % 2 * 3, 2), 1) for month in range(14)],
            [f"{2015 + year}" for year in range(7)],
        ),
    ],
)
def test_periods_are_as_long_as_the_span_asks_and_dates_of_no_one_period_are_named_as_they_are(
    dates: list[tuple[date, int]], labels: list[str]
) -> None:
    said = [position("denies", first, days=days, number=place) for place, (first, days) in enumerate(dates)]
    found = [
        f"{column.label} ({column.gap or column.note})" if column.gap or column.note else column.label
        for column in tabulate(said, []).columns
    ]
    assert found == labels


def test_what_has_no_date_stands_last() -> None:
    said = [position("denies", None), position("denies", 1, number=2)]
    assert [column.label for column in tabulate(said, []).columns] == ["May 2024", "No date"]


def test_a_cell_tells_some_stances_and_counts_the_rest_and_a_table_some_parties() -> None:
    said = [
        position("denies" if number % 2 else "evades", 1, number=number, party=Party(str(party), str(party)))
        for party in range(ROWS + 3)
        for number in range(party * 20, party * 20 + 20)
    ]
    found = tabulate(said, [])
    assert (len(found.rows), found.more_parties) == (ROWS, 3)
    cell = found.rows[0].cells[0]
    assert (len(cell.entries), cell.rest) == (ENTRIES, 20 - ENTRIES)


OSTRIA = Party("ostria", "Ostria", side="a")


def position(
    stance: str,
    first: int | date | None,
    voice: str = "a",
    *,
    days: int = 1,
    party: Party = OSTRIA,
    number: int | None = None,
    certainty: str = Certainty.CERTAIN,
) -> Position:
    """Return a position that no database holds; a number is a day in May 2024."""
    begin = date(2024, 5, first) if isinstance(first, int) else first
    end = begin + timedelta(days=days - 1) if begin else None
    said = "" if begin is None else f"{begin}" if days == 1 else f"{begin}/{end}"
    key = number if number is not None else hash((stance, begin, voice)) % 10**9
    assertion = Assertion(pk=key, said=said, certainty=certainty)
    return Position(party, Voice(voice, voice), Answer(stance=stance), assertion, begin, end)


PARTIES = [OSTRIA, *(Party(f"p{number}", f"P{number}") for number in range(3)), Party("article", "Article")]


@st.composite
def positions(draw: st.DrawFn) -> list[Position]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        first = draw(st.none() | st.dates(date(2022, 1, 1), date(2026, 1, 1)))
        length = draw(st.sampled_from([1, 1, 1, 31, 366]))
        found.append(
            position(
                draw(st.sampled_from(Stance.values)),
                first,
                draw(st.sampled_from("abc")),
                days=length,
                party=draw(st.sampled_from(PARTIES)),
                number=number,
                certainty=draw(st.sampled_from(Certainty.values)),
            )
        )
    return found


@given(positions(), st.randoms())
def test_a_change_goes_from_an_earlier_to_a_later_day_and_does_not_depend_on_the_order_of_input(
    said: list[Position], random: Any
) -> None:
    found = changes_in(said)
    for change in found:
        assert change.before.is_before(change.after)
        assert change.before.party == change.after.party == change.party
        assert change.after.decides
        assert change.is_reversal == change.before.opposes(change.after)
        if change.is_reversal:
            undecided = [
                one
                for one in said
                if one.party == change.party
                and one.opposes(change.after)
                and one.is_dated
                and not (one.is_before(change.after) or change.after.is_before(one))
            ]
            assert undecided == []
    shuffled = list(said)
    random.shuffle(shuffled)
    assert changes_in(shuffled) == found


@given(positions())
def test_every_position_stands_once_in_the_row_of_its_party_and_in_that_of_its_voice(
    said: list[Position],
) -> None:
    table = tabulate(said, [OSTRIA])
    keys = [column.key for column in table.columns]
    assert keys == sorted(set(keys))
    names = [(column.label, column.note) for column in table.columns]
    assert len(names) == len(set(names))
    assert sum(not column.note for column in table.columns) <= max(COLUMNS, 31)
    for row in table.rows:
        own = [one for one in said if one.party == row.party]
        cells = [row.cells, *(voice.cells for voice in row.voices)]
        counted = [
            sum(len(cell.entries) + sum(entry.more for entry in cell.entries) + cell.rest for cell in line)
            for line in cells
        ]
        assert counted[0] == len(own)
        assert sum(counted[1:]) in (0, len(own))
        assert all(len(line) == len(keys) for line in cells)
        assert all(len(cell.entries) <= ENTRIES for line in cells for cell in line)
    assert len(table.rows) <= ROWS
