"""Three versions of a text brought together: what one side changed is taken, what both changed is told."""

from collections.abc import Callable

from hypothesis import example, given
from hypothesis import strategies as st

from articles.body import clean
from articles.merging import merge, merge_captioned, merge_html, merge_set, merge_text, merge_value

WORDS = st.lists(
    st.sampled_from("ada boris of the bridge is closed open 3,000 said, no".split()), max_size=12
)
TEXTS = WORDS.map(" ".join)
BLOCKS = st.tuples(
    st.sampled_from(
        ["<p>{}</p>", "<h2>{}</h2>", "<blockquote><p>{}</p></blockquote>", "<ul><li><p>{}</p></li></ul>"]
    ),
    st.lists(
        st.tuples(st.sampled_from(["{}", "<strong>{}</strong>", "<em>{}</em>", "{}<br>"]), TEXTS), max_size=4
    ),
).map(lambda block: block[0].format(" ".join(mark.format(words) for mark, words in block[1])))
BODIES = st.lists(BLOCKS, max_size=5).map("".join).map(clean)
ROWS = st.lists(st.tuples(st.sampled_from("123"), st.sampled_from(["", "a", "b"])), max_size=4)


@given(TEXTS, TEXTS)
def test_what_only_one_side_changed_is_taken(base: str, changed: str) -> None:
    assert merge_text(base, changed, base).text == changed
    assert merge_text(base, base, changed).text == changed
    assert merge_text(base, changed, changed).text == changed
    for merged in (
        merge_text(base, changed, base),
        merge_text(base, base, changed),
        merge_text(base, changed, changed),
    ):
        assert merged.overlaps == ()


@given(BODIES, BODIES)
def test_what_only_one_side_changed_of_a_body_is_taken(base: str, changed: str) -> None:
    assert (
        merge_html(base, changed, base)
        == merge_html(base, base, changed)
        == merge_html(base, changed, changed)
    )
    assert merge_html(base, changed, base).text == changed


@given(WORDS, WORDS, WORDS)
def test_every_word_of_all_three_is_in_a_segment(base: list[str], theirs: list[str], mine: list[str]) -> None:
    segments = merge(base, theirs, mine)
    assert [word for segment in segments for word in segment.base] == base
    assert [word for segment in segments for word in segment.theirs] == theirs
    assert [word for segment in segments for word in segment.mine] == mine


@given(TEXTS, TEXTS, TEXTS)
def test_an_overlap_names_the_words_of_both_and_the_merge_has_mine(base: str, theirs: str, mine: str) -> None:
    merged = merge_text(base, theirs, mine)
    for overlap in merged.overlaps:
        assert overlap.theirs in theirs
        assert overlap.mine in mine
        assert overlap.mine in merged.text


@given(st.lists(st.integers(), unique=True, min_size=3, max_size=12), st.data())
def test_changes_that_do_not_touch_both_survive(base: list[int], data: st.DataObject) -> None:
    apart = data.draw(st.integers(1, len(base) - 2))
    theirs = [*data.draw(st.lists(st.text(), max_size=3)), *base[apart:]]
    mine = [*base[: apart + 1], *data.draw(st.lists(st.text(), max_size=3))]
    segments = merge([*base], theirs, mine)
    merged = [item for segment in segments for item in segment.merged]
    assert merged == [*theirs[: len(theirs) - len(base) + apart + 1], *mine[apart + 1 :]]
    assert all(segment.kind != "conflict" for segment in segments)


@given(BODIES, BODIES, BODIES)
@example("<p>a <strong>b</strong> c</p>", "<p>a b c</p>", "<p>a <strong>x</strong> c</p>")
def test_a_merged_body_is_well_formed_once_it_is_cleaned(base: str, theirs: str, mine: str) -> None:
    merged = clean(merge_html(base, theirs, mine).text)
    assert clean(merged) == merged


def test_changes_in_different_paragraphs_and_in_different_words_of_one_are_both_taken() -> None:
    base = "<p>The bridge is closed today.</p><p>Ostria was silent.</p>"
    theirs = "<p>The old bridge is closed today.</p><p>Ostria was silent.</p>"
    mine = "<p>The bridge is closed <em>on Monday</em>.</p><p>Ostria and Vesta were silent.</p>"
    merged = merge_html(base, theirs, mine)
    assert merged.text == (
        "<p>The old bridge is closed <em>on Monday</em>.</p><p>Ostria and Vesta were silent.</p>"
    )
    assert merged.overlaps == ()


def test_words_that_both_changed_are_an_overlap_and_mine_stand() -> None:
    merged = merge_text("The bridge is closed.", "The bridge is open.", "The bridge is gone.")
    assert merged.text == "The bridge is gone."
    assert [(o.base, o.theirs, o.mine) for o in merged.overlaps] == [("closed.", "open.", "gone.")]


def test_paragraphs_that_both_added_in_one_place_are_both_kept() -> None:
    base = "<p>One.</p>"
    merged = merge_html(base, base + "<p>Theirs.</p>", base + "<p>Mine.</p>")
    assert merged.text == "<p>One.</p><p>Theirs.</p><p>Mine.</p>"
    changed = merge_html("<p>One two.</p>", "<p>One 2.</p><p>Theirs.</p>", "<p>1 two.</p><p>Mine.</p>")
    assert changed.text == "<p>1 two.</p><p>Theirs.</p><p>Mine.</p>"
    assert [(o.base, o.theirs, o.mine) for o in changed.overlaps] == [("One two.", "One 2.", "1 two.")]


def test_a_paragraph_that_one_added_before_words_that_the_other_added_stands_before_them() -> None:
    merged = merge_html("<p>One.</p>", "<p>Theirs.</p><p>One.</p>", "<p>Well, one: One.</p>")
    assert merged.text == "<p>Theirs.</p><p>Well, one: One.</p>"
    merged = merge_html("<p>One.</p>", "<p>One. And more.</p>", "<p>One.</p><p>Mine.</p>")
    assert merged.text == "<p>One. And more.</p><p>Mine.</p>"


def test_something_without_parts_is_taken_from_the_side_that_changed_it() -> None:
    assert merge_value("en", "ko", "en") == ("ko", False)
    assert merge_value("en", "en", "ru") == ("ru", False)
    assert merge_value("en", "ko", "ru") == ("ru", True)
    assert merge_value("en", "ko", "ko") == ("ko", False)


def test_topics_are_merged_as_a_set() -> None:
    assert merge_set(["a", "b"], ["b", "c"], ["a", "b", "d"]) == ["b", "d", "c"]


def test_images_are_merged_in_their_order_with_their_captions() -> None:
    base = [("1", "one"), ("2", "two")]
    assert merge_captioned(base, [("2", "two"), ("1", "one")], [("1", "1"), ("2", "two")]) == (
        [("2", "two"), ("1", "1")],
        False,
    )
    assert merge_captioned(base, [("1", "uno"), ("2", "two")], [("1", "1"), ("2", "two")]) == (
        [("1", "1"), ("2", "two")],
        True,
    )


def test_an_image_that_one_side_removed_and_the_other_described_anew_stays() -> None:
    base = [("1", "one"), ("2", "two")]
    for theirs, mine in (
        ([("2", "two")], [("1", "1"), ("2", "two")]),
        ([("1", "1"), ("2", "two")], [("2", "two")]),
    ):
        merged, overlap = merge_captioned(base, theirs, mine)
        assert ("1", "1") in merged
        assert overlap


@given(ROWS, ROWS, ROWS)
def test_no_image_that_either_side_added_is_lost(
    base: list[tuple[str, str]], theirs: list[tuple[str, str]], mine: list[tuple[str, str]]
) -> None:
    merged, _ = merge_captioned(base, theirs, mine)
    names = {name for name, _ in merged}
    assert ({name for name, _ in theirs} - {name for name, _ in base}) <= names
    assert ({name for name, _ in mine} - {name for name, _ in base}) <= names
    assert merge_captioned(base, theirs, base)[0] == theirs
    assert merge_captioned(base, base, mine)[0] == mine


def test_huge_and_repetitive_texts_are_merged_too() -> None:
    """No bound on time is asked for here: that it ends at all is what would fail."""
    filler: Callable[[int], str] = lambda number: f"<p>{'of the ' * 12}{number % 7}.</p>"  # noqa: E731
    base = "".join(map(filler, range(5_000)))
    theirs, mine = "<p>Theirs.</p>" + base, base.replace("<p>", "<p>Mine: ", 5) + "<p>Mine.</p>"
    merged = merge_html(base, theirs, mine)
    assert merged.text.startswith("<p>Theirs.</p><p>Mine: of")
    assert merged.text.endswith("<p>Mine.</p>")
