"""What changed between two texts, for people to read."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms import differences
from cms.differences import Piece, items, matches, paragraphs, shortened, word_counts, words, words_of_long

TEXTS = st.text(alphabet=st.sampled_from("ab .,\n1’é한国\u0301"), max_size=60) | st.text(max_size=60)
SENTENCES = st.lists(st.sampled_from("the of army denied it that . , \n\n border".split(" ")), max_size=40)


def shown(before: str, after: str) -> str:
    """Return the difference with [-what went-] and {+what came+}."""
    signs = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(signs[piece.kind].format(piece.text) for piece in words(before, after))


@given(TEXTS | SENTENCES.map(" ".join), TEXTS | SENTENCES.map(" ".join))
def test_what_stayed_and_went_is_the_text_before_and_what_stayed_and_came_the_text_after(
    before: str, after: str
) -> None:
    pieces = words(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert all(piece.text for piece in pieces)


@given(SENTENCES.map(" ".join), SENTENCES.map(" ".join), st.sampled_from([0, 10, 10_000]))
def test_of_long_texts_too_what_stayed_and_went_is_the_text_before(
    before: str, after: str, longest: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(differences, "WORD_BY_WORD", longest)
        pieces = words_of_long(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert all(piece.text for piece in pieces)


def test_in_long_texts_words_are_compared_between_paragraphs_that_both_have() -> None:
    long = "\n\n".join(f"Paragraph {number}." for number in range(5_000))
    pieces = words_of_long(f"{long}\n\nThe end came.", f"{long}\n\nThe end is near.")
    assert [piece.kind for piece in pieces] == ["same", "same", "removed", "added", "same"]
    anew = words_of_long(long, long.replace("Para", "Mono"))
    assert [piece.kind for piece in anew] == ["removed", "added"]


@given(SENTENCES.map(" ".join), SENTENCES.map(" ".join))
def test_paragraphs_joined_are_the_text_before_and_the_text_after(before: str, after: str) -> None:
    changes = paragraphs(before, after)
    former = [one.before for one in changes if one.kind not in ("added", "moved here")]
    new = [one.after for one in changes if one.kind not in ("removed", "moved away")]
    assert sorted("\n\n".join(new).split("\n\n")) == sorted(after.split("\n\n"))
    assert sorted("\n\n".join(former).split("\n\n")) == sorted(before.split("\n\n"))
    assert "\n\n".join(new) == after
    assert "\n\n".join(former) == before
    assert all(one.before == one.after for one in changes if one.kind == "same")


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert words(text, text) == ([Piece("same", text)] if text else [])


def test_whole_words_are_marked_with_their_marks_kept_apart() -> None:
    assert shown("It ended.", "It ended, late.") == "It ended{+, late+}."
    assert shown("It cost 1,000 euros.", "It cost 1,200 euros.") == "It cost [-1,000-]{+1,200+} euros."
    assert shown("the envoy’s car", "the envoys car") == "the [-envoy’s-]{+envoys+} car"


def test_scripts_without_spaces_are_compared_letter_by_letter() -> None:
    assert shown("東京で会談", "東京の会談") == "東京[-で-]{+の+}会談"


def test_a_word_that_came_is_marked_from_its_beginning_to_the_next_word() -> None:
    assert shown("the cat sat", "the big cat sat") == "the {+big +}cat sat"


def test_a_sentence_that_came_is_marked_from_its_beginning_to_its_end() -> None:
    before = "The envoy arrived. The envoy left."
    after = "The envoy arrived. The envoy spoke. The envoy left."
    assert shown(before, after) == "The envoy arrived. {+The envoy spoke. +}The envoy left."


def test_small_words_within_a_sentence_written_anew_are_no_islands() -> None:
    before = "Troops of the north were seen in the hills, say officials."
    after = "A spokesman of the ministry flatly denied in an interview that anybody was there."
    went, came = shown(before, after).count("[-"), shown(before, after).count("{+")
    assert (went, came) == (1, 1)


def test_a_text_is_replaced_where_it_has_nothing_in_common() -> None:
    assert shown("One two.", "Three!") == "[-One two.-]{+Three!+}"


def test_unchanged_paragraphs_stand_between_changed_ones() -> None:
    before = "One is here.\n\nTwo was seen at the border.\n\nThree."
    after = "One is here.\n\nTwo was seen near the border.\n\nThree.\n\nFour."
    kinds = [change.kind for change in paragraphs(before, after)]
    assert kinds == ["same", "changed", "same", "added"]


def test_a_paragraph_that_changed_its_place_is_told_as_moved_and_not_as_written_anew() -> None:
    before = "The first one is long.\n\nThe middle stays here.\n\nThe last one is long."
    after = "The middle stays here.\n\nThe last one is long.\n\nThe first one is long."
    found = [(change.kind, change.before or change.after) for change in paragraphs(before, after)]
    assert found == [
        ("moved away", "The first one is long."),
        ("same", "The middle stays here."),
        ("same", "The last one is long."),
        ("moved here", "The first one is long."),
    ]


def test_a_changed_paragraph_is_compared_with_the_one_most_like_it() -> None:
    before = "Ostria sent grain to the coast.\n\nVesta sent steel to the hills."
    after = "Nobody expected this news at all.\n\nVesta sent iron to the hills."
    found = [(change.kind, change.before, change.after) for change in paragraphs(before, after)]
    assert ("changed", "Vesta sent steel to the hills.", "Vesta sent iron to the hills.") in found
    assert ("removed", "Ostria sent grain to the coast.", "") in found
    assert ("added", "", "Nobody expected this news at all.") in found


def test_items_that_went_stand_where_they_stood() -> None:
    assert items(["Trade", "War"], ["Trade", "Peace"]) == [
        Piece("same", "Trade"),
        Piece("removed", "War"),
        Piece("added", "Peace"),
    ]


def test_the_words_that_went_and_came_are_counted() -> None:
    assert word_counts(words("the red cat", "the very big dog")) == (2, 3)


def test_only_what_is_the_same_is_shortened_and_words_stay_whole() -> None:
    long = "one two three four five six seven"
    assert shortened(Piece("same", long), 9).text == "one two […] seven"
    for piece in (Piece("same", "one two"), Piece("removed", long), Piece("added", long)):
        assert shortened(piece, 9) == piece


def test_a_stretch_that_is_too_large_is_split_at_words_that_stand_once_in_both() -> None:
    chosen = random.Random(4)
    before = [chosen.choice("abc") for _ in range(400)]
    after = [chosen.choice("abc") for _ in range(400)]
    before[200], after[210] = "once", "once"
    runs = matches(before, after, cells=1000)
    assert any(start <= 200 < start + size and begin - start == 10 for start, begin, size in runs)
    for start, begin, size in runs:
        assert before[start : start + size] == after[begin : begin + size]


def test_two_megabytes_without_a_word_in_order_are_compared() -> None:
    numbers = list(range(250_000))
    before = " ".join(map(str, numbers))
    random.Random(4).shuffle(numbers)
    after = " ".join(map(str, numbers))
    pieces = words(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
