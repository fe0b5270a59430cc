"""Of one saying that was found twice, one is proposed: the one that says more, or says it in its own voice."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from assertions.drafting.echoes import without_echoes


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    voice: str
    claim: str
    stance: tuple[str, bool] = ("states", False)
    through: frozenset[str] = frozenset()


def test_what_a_speaker_says_to_say_is_said_once() -> None:
    outer = Found(0, 60, "ada", "Our information indicates that ships left the port.")
    inner = Found(10, 60, "ada", "Ships left the port.")
    assert without_echoes([outer, inner]) == [inner]


def test_the_same_words_of_one_voice_are_proposed_once() -> None:
    outer = Found(0, 60, "ada", "Ada backs the treaty.")
    inner = Found(10, 60, "ada", "Ada backs the treaty.")
    assert without_echoes([outer, inner]) == [outer]


def test_a_report_of_what_another_said_goes_where_the_relay_tells_it() -> None:
    report = Found(0, 80, "wire", "Ada told Boris that she backs the treaty.")
    said = Found(5, 80, "ada", "Ada backs the treaty.", through=frozenset({"wire"}))
    assert without_echoes([report, said]) == [said]


def test_a_report_that_says_more_stays() -> None:
    report = Found(
        0,
        200,
        "wire",
        "Ada met Boris in the port, toured the ships there and said that she backs the treaty.",
    )
    said = Found(150, 200, "ada", "Ada backs the treaty.", through=frozenset({"wire"}))
    assert without_echoes([report, said]) == [report, said]


def test_a_denial_is_no_echo_of_an_affirmation() -> None:
    outer = Found(0, 60, "ada", "Ships left the port.")
    inner = Found(10, 60, "ada", "Ships left the port.", stance=("denies", False))
    assert without_echoes([outer, inner]) == [outer, inner]


def test_two_voices_of_which_neither_relays_the_other_both_stay() -> None:
    both = [Found(0, 60, "ada", "Ships left the port."), Found(0, 60, "boris", "Ships left the port.")]
    assert without_echoes(both) == both


@given(
    st.lists(
        st.builds(
            lambda start, length, voice, claim, through: Found(
                start, start + length, voice, claim, through=through
            ),
            st.integers(0, 50),
            st.integers(1, 50),
            st.sampled_from(["ada", "boris", ""]),
            st.sampled_from(["Ships left.", "Two ships left the port.", "She said that ships left."]),
            st.frozensets(st.sampled_from(["ada", "boris"])),
        ),
        max_size=8,
    )
)
def test_some_of_what_was_found_is_kept_in_its_order(found: list[Found]) -> None:
    kept = without_echoes(found)
    places = iter(found)
    assert all(any(one is other for other in places) for one in kept)
    assert bool(kept) == bool(found)
