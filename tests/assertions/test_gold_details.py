"""The details written by hand can be scored: they are of statements that are marked, in the words of the vocabulary."""

from assertions.vocabulary import Certainty, EventClass
from benchmarks.gold.details import HALVES, f1, rows
from benchmarks.gold.files import articles


def test_each_row_is_of_a_statement_that_is_marked_and_uses_the_vocabulary() -> None:
    found = rows(articles("develop"))
    halves = {row["article"]: row["half"] for row in found}
    assert all(row["half"] == halves[row["article"]] and row["half"] in HALVES for row in found)
    for row in found:
        if row["keep"]:
            assert row["certainty"] in Certainty.values
            assert row["event"] in ["", *EventClass.values]
            assert row["proposition"].endswith((".", "?"))
        else:
            assert row["why"]


def test_the_words_of_a_sentence_are_compared_by_how_many_they_share() -> None:
    assert f1("Ships left.", "ships left") == 1
    assert f1("Ships left.", "Trains came.") == 0
    assert f1("Ships left the port.", "Ships left.") == 2 / 3
