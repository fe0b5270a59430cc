"""Names in a column and arcs between them, whatever the names and the ties are."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assertions.charts.arc_diagram import NARROW, ROW, draw, fitted, length

SIZE = {"width": 500, "room": 232}
KEYS = st.integers(0, 24)
TIES = st.lists(
    st.tuples(KEYS, KEYS, st.integers(1, 10_000)).filter(lambda tie: tie[0] != tie[1]), max_size=60
)


@given(st.dictionaries(KEYS, st.text(max_size=300), min_size=25, max_size=25), TIES, st.booleans())
def test_no_name_meets_another_and_nothing_leaves_the_drawing(
    names: dict[int, str], ties: list[tuple[int, int, int]], directed: bool
) -> None:
    diagram = draw(names, ties, directed=directed, **SIZE)
    assert [line.key for line in diagram.lines] == list(names)
    assert all(below.y - above.y == ROW for above, below in pairwise(diagram.lines))
    assert all(length(line.text) <= SIZE["room"] for line in diagram.lines)
    assert len(diagram.arcs) == len(ties)
    for arc in diagram.arcs:
        x, start, out, up, _, end = numbers(arc.path)
        assert x == diagram.point
        assert x + out + arc.thickness < diagram.width
        assert up > 0
        assert 0 < min(start, end) < max(start, end) < diagram.height


def numbers(path: str) -> tuple[float, float, float, float, float, float]:
    found = re.fullmatch(r"M([\d.]+) ([\d.]+) A([\d.]+) ([\d.]+) 0 0 ([01]) [\d.]+ ([\d.]+)", path)
    assert found, path
    x, start, out, up, sweep, end = map(float, found.groups())
    return x, start, out, up, sweep, end


def test_what_goes_both_ways_is_two_arcs() -> None:
    there, back = draw({1: "Ada", 2: "Boris"}, [(1, 2, 1), (2, 1, 1)], directed=True, **SIZE).arcs
    assert there.path != back.path


def test_more_is_thicker_and_lies_below_what_is_thinner() -> None:
    diagram = draw({1: "Ada", 2: "Boris", 3: "Cem"}, [(1, 2, 1), (2, 3, 9), (1, 3, 4)], directed=True, **SIZE)
    assert [arc.number for arc in diagram.arcs] == [9, 4, 1]
    assert [arc.thickness for arc in diagram.arcs] == sorted(
        (arc.thickness for arc in diagram.arcs), reverse=True
    )


def test_one_name_alone_is_a_drawing_too() -> None:
    assert len(draw({1: "Ada"}, [], directed=False, **SIZE).lines) == 1


def test_a_tie_of_somebody_without_a_name_is_refused() -> None:
    with pytest.raises(KeyError):
        draw({1: "Ada"}, [(1, 2, 1)], directed=True, **SIZE)


@pytest.mark.parametrize("text", ["Ada", "조선민주주의인민공화국", "Министерство"])
def test_a_name_that_fits_stays_as_it_is(text: str) -> None:
    assert fitted(text, 200) == text


def test_a_long_name_is_cut_with_an_ellipsis() -> None:
    assert fitted("Northern Wire", 9 * NARROW) == "Northern…"
