"""Names in texts that no actor bears: what counts as one, and the worklist of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.unknown_names import AROUND, LONGEST, Unknown, unknown_names


def names(text: str, *known: str, language: str = "en") -> list[str]:
    return [name.text for name in found(text, *known, language=language)]


def found(text: str, *known: str, language: str = "en") -> list[Unknown]:
    spans = [(text.index(name), text.index(name) + len(name)) for name in known]
    return unknown_names(text, spans, language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ship, said Ada Vale, was late.", ["Ada Vale"]),
        ("They heard J. R. Vale and Sean O’Brien of it.", ["J. R. Vale", "Sean O’Brien"]),
        ("The chair went to Kim Min-ji and to Omar al-Rashid.", ["Kim Min-ji", "Omar al-Rashid"]),
        (
            "It was sold by Ludwig van der Berg to the Friends of the Whale.",
            ["Ludwig van der Berg", "Friends of the Whale"],
        ),
        ("So say NATO and the WHO.", ["NATO", "WHO"]),
        ("Об этом сказал Борис Клинт.", ["Борис Клинт"]),
    ],
)
def test_a_run_of_capitals_is_a_name(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "title",
    [
        "President",
        "Foreign Minister",
        "Prime Minister",
        "Gen.",
        "Dr",
        "Deputy Prime Minister",
        "Lt. Col.",
        "Ms.",
    ],
)
def test_a_title_before_a_name_is_no_part_of_it(title: str) -> None:
    assert names(f"This was said to {title} Ada Vale.") == ["Ada Vale"]


@pytest.mark.parametrize(
    "text",
    [
        "The ship was late. However, nobody cared. Yesterday it rained.",
        "It was on Monday, in the first week of March, that they met.",
        "They asked the President, the Prime Minister and the Foreign Ministry.",
        "A talk with the US on TV, at 6 PM GMT.",
        "그는 서울에서 말했다.",
        "It was the Covid-19 year of the T-90.",
        "",
    ],
)
def test_other_capitals_make_no_name(text: str) -> None:
    assert names(text, *(["US"] if "US" in text else [])) == []


@pytest.mark.parametrize(
    "text",
    [
        "He lives in Northport.",
        "They met near New Haven.",
        "It was the Norden region that they left.",
        "They left the port of Norden.",
        "It lies on the Long River.",
        "The Grey Harbour Bridge is open.",
        "They spoke of Mount Grey.",
        "The news came from the Far East.",
    ],
)
def test_a_name_reads_as_a_place_by_the_words_around_it_or_by_its_own(text: str) -> None:
    (name,) = found(text)
    assert (name.times, name.placed) == (1, 1)


@pytest.mark.parametrize(
    "text", ["They heard it from Ada Vale.", "It was sold to Boris Klint.", "So says the Northern Wire."]
)
def test_other_names_read_as_no_place(text: str) -> None:
    assert [name.placed for name in found(text)] == [0]


def test_what_reads_as_a_place_once_is_counted_with_the_other_times() -> None:
    (name,) = found("He went to Norden. The road to Norden was long. In May he was in Norden.")
    assert (name.times, name.placed) == (3, 1)


def test_what_begins_a_sentence_is_a_name_only_if_it_is_one_elsewhere() -> None:
    assert names("Vale left. The rest stayed.") == []
    assert names("Vale left. The rest stayed with Vale.") == ["Vale"]
    assert names("Ada Vale left.") == ["Ada Vale"]
    assert names("Visiting Ada Vale, they were visiting a friend.") == ["Ada Vale"]
    assert names("“Yes,” said she. “Boris Klint knows.”") == ["Boris Klint"]


def test_lines_of_capitals_and_headlines_are_left_out() -> None:
    assert names("SHIP LOST AT SEA\nIt sank.") == []
    assert names("Minister Says Harbour Will Open Again Soon\nIt opens.") == []


def test_the_place_line_of_an_agency_names_nobody() -> None:
    assert names("NORTHPORT, Oct. 10 (Newsline) — The envoy Ada Vale left.") == ["Ada Vale"]


def test_months_and_days_end_a_name() -> None:
    assert names("It was told to Ada Vale Monday by Boris Klint.") == ["Ada Vale", "Boris Klint"]


def test_what_a_hyphen_joins_to_a_name_is_no_part_of_it() -> None:
    assert names("It is an Ostria-led, Vale-backed plan of Ada Vale.") == ["Ostria", "Ada Vale"]


def test_known_names_and_what_stands_within_them_are_left_out() -> None:
    assert names("The envoy Ada Vale met Boris Klint.", "Ada Vale") == ["Boris Klint"]
    assert names("The envoy Ada Vale left.", "Ada Vale") == []
    assert names("The Ostrian President Ada Vale left.", "Ostrian") == ["Ada Vale"]


def test_a_body_is_named_with_whose_it_is() -> None:
    assert names("It was said by the Ostrian Foreign Ministry.", "Ostrian") == ["Ostrian Foreign Ministry"]
    assert names("It was said by the Ostrian Clara Moor.", "Ostrian") == ["Clara Moor"]


def test_a_shorter_form_is_counted_with_the_longer() -> None:
    assert found("They met Ada Vale. Later Vale left, and with Vale the others.") == [
        Unknown("Ada Vale", 9, 3, "They met Ada Vale.")
    ]


def test_a_name_has_its_sentence() -> None:
    text = "It rained.\n\nNobody came. Then, at noon, Ada Vale said “no.” The rest left."
    name = found(text)[0]
    assert (text[name.start :].startswith("Ada Vale"), name.sentence) == (
        True,
        "Then, at noon, Ada Vale said “no.”",
    )


def test_a_long_sentence_is_cut_between_words() -> None:
    name = found(f"{'much ' * 200}Ada Vale {'more ' * 200}end.")[0]
    assert len(name.sentence) <= 2 * AROUND + len("Ada Vale")
    assert name.sentence.startswith("much ") and name.sentence.endswith(" more")


def test_a_language_that_writes_nouns_in_capitals_is_left_out() -> None:
    assert names("Das sagte der Botschafter Boris Klint.", language="de-AT") == []


def test_a_list_in_capitals_is_no_name() -> None:
    assert names(f"So it {' '.join(['Ada'] * (LONGEST + 1))} was.") == []


def test_known_spans_may_lie_within_each_other() -> None:
    text = "So Ada Vale Quill came."
    assert unknown_names(text, [(3, 17), (7, 7), (7, 11)]) == []


@given(st.text(st.sampled_from('AbcdÖ .,-’\n"“von 1'), max_size=200), st.data())
def test_any_text_is_read(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    known = [tuple(sorted(pair)) for pair in data.draw(st.lists(st.tuples(place, place), max_size=3))]
    for name in unknown_names(text, [(start, end) for start, end in known]):
        assert " ".join(text[name.start :].split()).startswith(name.text)
        assert 0 <= name.placed <= name.times > 0 and name.text in name.sentence
        assert not any(
            start < name.start + len(name.text) and name.start < end
            for start, end in known
            if " " not in name.text
        )


def test_a_paragraph_of_200000_words_is_read() -> None:
    assert len(unknown_names("A friend of Ada Vale met Boris Klint. " * 25_000, [])) == 2
