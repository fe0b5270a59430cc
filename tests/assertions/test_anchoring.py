import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from assertions.anchoring import Carried, Quote, QuoteAmbiguous, QuoteNotFound, carry, locate, quote_at
from assertions.vocabulary import AnchorStatus

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
# Few different words, so that quotations recur and edits meet them.
pieces = st.sampled_from(
    ["a", "b", "ab ", " no", ". ", "\n\n", "\r\n", "e\u0301", "é", "한국", "ه", FAMILY, "\u200d"]
)
texts = st.lists(pieces, max_size=25).map("".join)
sentences = ["The minister said so. ", "Nobody denied it. ", "It went on. "]


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


def every_place(text: str, words: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(words, at)]


@given(quoted(), st.integers(0, 8))
def test_a_quote_keeps_the_words_and_what_stands_around_them(
    case: tuple[str, int, int], context: int
) -> None:
    text, start, end = case
    quote = quote_at(text, start, end, context)
    assert quote.exact == text[start:end]
    assert text.startswith(quote.with_context, start - len(quote.prefix))
    assert len(quote.prefix) == min(start, context)
    assert len(quote.suffix) == min(len(text) - end, context)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 5), (4, 5)])
def test_a_quote_outside_the_text_or_without_words_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no passage of a text of 4 characters"):
        quote_at("text", start, end)


@given(quoted(), st.integers(0, 4))
def test_words_are_located_where_they_stand_alone_and_nowhere_else(
    case: tuple[str, int, int], context: int
) -> None:
    text, start, end = case
    quote = quote_at(text, start, end, context)
    places = every_place(text, quote.with_context)
    if len(places) == 1:
        assert locate(text, quote.exact, quote.prefix, quote.suffix) == (start, end)
    else:
        with pytest.raises(QuoteAmbiguous) as caught:
            locate(text, quote.exact, quote.prefix, quote.suffix)
        assert caught.value.places == len(places)


@given(texts, texts.filter(bool))
def test_words_that_are_nowhere_are_not_found(text: str, words: str) -> None:
    assume(words not in text)
    with pytest.raises(QuoteNotFound, match="not in the text"):
        locate(text, words)


def test_a_quote_needs_words() -> None:
    with pytest.raises(ValueError, match="needs words"):
        locate("text", "")


def test_words_that_recur_are_told_apart_by_what_stands_around_them() -> None:
    text = "He denied it. She denied it too."
    with pytest.raises(
        QuoteAmbiguous, match=r"2 places; give the words before it \(prefix\) or after it \(suffix\)"
    ):
        locate(text, "denied it")
    assert locate(text, "denied it", prefix="She ") == (18, 27)
    assert locate(text, "denied it", suffix=".") == (3, 12)


def test_overlapping_places_count() -> None:
    with pytest.raises(QuoteAmbiguous) as caught:
        locate("aaa", "aa")
    assert caught.value.places == 2


def test_places_are_counted_up_to_a_hundred() -> None:
    with pytest.raises(QuoteAmbiguous, match="at least 100 places"):
        locate("a" * 1000, "a")


def test_a_quote_in_the_wrong_context_is_told_what_stands_there() -> None:
    with pytest.raises(QuoteNotFound, match=r"stands after “He ” and before “ it\."):
        locate("He denied it.", "denied", prefix="She ")


def test_other_quotation_marks_are_named_and_not_taken() -> None:
    with pytest.raises(QuoteNotFound, match="other quotation marks, dashes or spaces: “the minister’s”"):
        locate("It was the minister’s word", "the minister's")


def test_composed_and_decomposed_letters_are_different_words() -> None:
    with pytest.raises(QuoteNotFound):
        locate("cafe\u0301", "caf\u00e9")


@given(quoted(), texts, st.integers(0, 6))
def test_a_carried_quotation_stands_at_its_words_or_nowhere(
    case: tuple[str, int, int], new: str, context: int
) -> None:
    old, start, end = case
    quote = quote_at(old, start, end, context)
    carried = carry(quote, start, old, new)
    if carried.status in (AnchorStatus.EXACT, AnchorStatus.MOVED):
        assert carried.start is not None
        assert carried.end is not None
        assert new[carried.start : carried.end] == quote.exact
    else:
        assert (carried.start, carried.end) == (None, None)
    assert (carried.status == AnchorStatus.LOST) == (quote.exact not in new)


@given(quoted(), st.integers(0, 6))
def test_in_the_same_text_every_quotation_is_exact(case: tuple[str, int, int], context: int) -> None:
    text, start, end = case
    quote = quote_at(text, start, end, context)
    assert carry(quote, start, text, text) == Carried(AnchorStatus.EXACT, start, end)


@given(quoted(), texts, st.integers(0, 6))
def test_an_exact_quotation_keeps_position_and_context(
    case: tuple[str, int, int], new: str, context: int
) -> None:
    old, start, end = case
    quote = quote_at(old, start, end, context)
    carried = carry(quote, start, old, new)
    if carried.status == AnchorStatus.EXACT:
        assert (carried.start, carried.end) == (start, end)
        assert new[start - len(quote.prefix) : end + len(quote.suffix)] == quote.with_context


@given(quoted(), texts, st.integers(0, 6))
@example(("ab ab ", 0, 2), "xab ", 0)
def test_a_moved_quotation_has_no_look_alike(case: tuple[str, int, int], new: str, context: int) -> None:
    old, start, end = case
    quote = quote_at(old, start, end, context)
    carried = carry(quote, start, old, new)
    if carried.status == AnchorStatus.MOVED:
        alone = len(every_place(old, quote.exact)) == len(every_place(new, quote.exact)) == 1
        context_alone = (
            len(every_place(old, quote.with_context)) == len(every_place(new, quote.with_context)) == 1
        )
        assert alone or context_alone


@given(quoted(), texts, texts)
def test_text_put_around_an_unmistakable_quotation_moves_it_by_its_length(
    case: tuple[str, int, int], before: str, after: str
) -> None:
    old, start, end = case
    new = before + old + after
    assume(len(every_place(new, old[start:end])) == 1)
    carried = carry(quote_at(old, start, end), start, old, new)
    assert (carried.start, carried.end) == (start + len(before), end + len(before))
    if before:
        assert carried.status == AnchorStatus.MOVED


@given(st.lists(st.sampled_from(sentences), min_size=1, max_size=6), st.data())
def test_when_the_quoted_sentence_is_deleted_no_equal_one_takes_its_place(
    sentences: list[str], data: st.DataObject
) -> None:
    numbered = [f"{number}. {sentence}" for number, sentence in enumerate(sentences)]
    index = data.draw(st.integers(0, len(numbered) - 1))
    old = "".join(numbered)
    new = "".join(numbered[:index] + numbered[index + 1 :])
    start = old.index(numbered[index]) + 3
    quote = quote_at(old, start, start + len(sentences[index]))
    expected = AnchorStatus.AMBIGUOUS if sentences.count(sentences[index]) > 1 else AnchorStatus.LOST
    assert carry(quote, start, old, new).status == expected


def test_of_two_equal_sentences_the_one_that_is_left_is_not_taken() -> None:
    old = "First he denied it, in March. Then he denied it, in May."
    quote = quote_at(old, 9, 18)
    assert quote.exact == "denied it"
    assert carry(quote, 9, old, "Then he denied it, in May.").status == AnchorStatus.AMBIGUOUS


def test_words_that_recur_are_moved_by_their_full_context() -> None:
    old = "First he denied it, in March. Then he denied it, in May."
    new = f"An update. {old} And he denied it again."
    assert carry(quote_at(old, 9, 18), 9, old, new) == Carried(AnchorStatus.MOVED, 20, 29)


def test_words_in_a_new_context_at_their_old_place_are_moved_and_not_exact() -> None:
    old, new = "He said it was over.", "He said it was over by May."
    assert carry(quote_at(old, 8, 19), 8, old, new) == Carried(AnchorStatus.MOVED, 8, 19)


def test_a_change_of_one_letter_loses_the_quotation() -> None:
    old, new = "He said it was over.", "He said it wasn’t over."
    assert carry(quote_at(old, 8, 19), 8, old, new) == Carried(AnchorStatus.LOST)


def test_words_that_recur_stay_exact_while_nothing_before_them_changes() -> None:
    old = "No comment. " * 5
    quote = quote_at(old, 12, 22, context=4)
    assert carry(quote, 12, old, old + "It was over.") == Carried(AnchorStatus.EXACT, 12, 22)
    assert carry(quote, 12, old, "Yes comment." + old[12:]).status == AnchorStatus.AMBIGUOUS


def test_a_quotation_that_does_not_stand_in_the_old_text_cannot_be_carried() -> None:
    for quote in (Quote("other"), Quote("text", prefix="x"), Quote("")):
        with pytest.raises(ValueError, match="does not stand at 0"):
            carry(quote, 0, "text", "text")


def test_a_text_of_a_million_equal_letters_is_no_trouble() -> None:
    text = "a" * 1_000_000
    quote = quote_at(text, 500_000, 750_000)
    assert carry(quote, 500_000, text, text + "b").status == AnchorStatus.EXACT
    with pytest.raises(QuoteAmbiguous):
        locate(text, "a" * 250_000)
