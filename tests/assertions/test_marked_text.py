"""A text as paragraphs with marks: nothing of it is lost, and a long one is shown in part."""

from hypothesis import given
from hypothesis import strategies as st

from assertions.desk.marked_text import Mark, Window, paragraphs, window

WORDS = st.lists(st.sampled_from(["said", "no", "ship", "배", "🙂", "السفن"]), min_size=1, max_size=8).map(
    " ".join
)
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map("\n\n".join)


def shown(text: str, marks: list[Mark], size: int = 10**6) -> str:
    found = paragraphs(text, window(text, 0, 0, size), marks)
    return "\n\n".join("".join(piece.text for piece in paragraph.pieces) for paragraph in found)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=6))
def test_marks_change_no_word_wherever_they_stand(text: str, spans: list[tuple[int, int]]) -> None:
    assert shown(text, [Mark(start, end, "mention") for start, end in spans]) == text


@given(TEXTS, st.data())
def test_the_marked_pieces_are_the_words_that_were_to_be_marked(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = paragraphs(text, Window(0, len(text), len(text)), [Mark(start, end, "passage", "here")])
    pieces = [piece for paragraph in found for piece in paragraph.pieces if piece.kinds]
    assert "".join(piece.text for piece in pieces) == text[start:end].replace("\n\n", "").replace("\n", "")
    assert [piece.name for piece in pieces if piece.name] in (["here"], [])


@given(TEXTS, st.integers(0, 300), st.integers(0, 300), st.integers(1, 50))
def test_a_window_lies_within_its_text_and_holds_what_it_is_for(
    text: str, one: int, other: int, size: int
) -> None:
    start, end = sorted(min(place, len(text)) for place in (one, other))
    found = window(text, start, end, size)
    assert 0 <= found.start <= found.end <= len(text)
    assert found.is_whole or (found.start <= start and end <= found.end)


def test_a_mark_that_crosses_paragraphs_has_its_name_once() -> None:
    text = "He said no.\n\nShe said no."
    found = paragraphs(text, window(text, 0, 0), [Mark(8, 17, "passage", "p1")])
    names = [piece.name for paragraph in found for piece in paragraph.pieces if piece.name]
    assert names == ["p1"]


def test_words_with_two_marks_have_both_kinds() -> None:
    found = paragraphs("He said no.", Window(0, 11, 11), [Mark(0, 11, "passage"), Mark(0, 2, "mention")])
    assert [piece.kinds for piece in found[0].pieces] == ["passage mention", "passage"]


def test_a_window_of_a_long_text_begins_with_a_paragraph() -> None:
    text = "\n\n".join(["quiet harbour " * 40] * 200)
    middle = len(text) // 2
    found = window(text, middle, middle + 5, 10_000)
    assert text[found.start - 2 : found.start] == "\n\n"
    assert 8_000 < found.end - found.start <= 10_000
