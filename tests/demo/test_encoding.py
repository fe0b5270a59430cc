"""The encoding of every record, held against expectations written from the records and not from the data."""

import pytest

from assertions.models import Assertion, Question
from tests.demo.expectations import EXPECTED
from tests.demo.expected import counts, matching, name_of, parties

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

RECORDS = {
    *(f"S1-{number:02}" for number in range(1, 10)),
    *(f"S2-{number:02}" for number in range(1, 9)),
    *(f"F{number:03}" for number in range(119)),
}


def test_all_136_records_are_there_and_each_has_an_expectation() -> None:
    assert len(RECORDS) == 136
    assert set(Assertion.objects.values_list("record_id", flat=True)) == RECORDS
    assert EXPECTED.keys() == RECORDS


@pytest.mark.parametrize("record", EXPECTED)
def test_record_is_encoded_as_it_reads(record: str) -> None:
    assert Assertion.objects.filter(record_id=record).count() == len(EXPECTED[record])
    for expected in EXPECTED[record]:
        found = matching(record, expected)
        speakers = tuple(
            (name_of(row), row.speaks_for.slug if row.speaks_for else "")
            for row in found.speakers.order_by("position")
        )
        assert speakers == expected.speakers
        assert found.polarity == expected.polarity
        assert set(parties(found, "subject")) == set(expected.subjects)
        assert set(parties(found, "object")) == set(expected.objects)
        assert parties(found, "addressee") == expected.addressees
        assert tuple(name_of(row) for row in found.relays.order_by("position")) == expected.relays
        assert (found.said, found.happened, found.published) == (
            expected.said,
            expected.happened,
            expected.published,
        )
        assert sorted(found.rival_dates.values_list("of", "date")) == sorted(expected.rivals)
        assert found.certainty == expected.certainty


@pytest.mark.parametrize("record", EXPECTED)
def test_record_keeps_its_hedge_and_its_condition(record: str) -> None:
    for expected in EXPECTED[record]:
        found = matching(record, expected)
        assert expected.hedge in found.hedge
        assert expected.condition in found.condition
        assert (bool(found.hedge), bool(found.condition)) == (bool(expected.hedge), bool(expected.condition))


@pytest.mark.parametrize("record", EXPECTED)
def test_record_keeps_its_numbers_with_their_bounds(record: str) -> None:
    for expected in EXPECTED[record]:
        assert counts(matching(record, expected)) == set(expected.counts)


@pytest.mark.parametrize("record", EXPECTED)
def test_record_is_linked_to_what_it_bears_on(record: str) -> None:
    for expected in EXPECTED[record]:
        found = matching(record, expected)
        links = sorted(found.links.values_list("type", "aspect", "target__record_id"))
        assert links == sorted(expected.links)


def test_all_of_it_is_public_and_no_grade_goes_beyond_what_is_known() -> None:
    assert Assertion.objects.public().count() == Assertion.objects.count()
    assert {review.grade for each in Assertion.objects.all() for review in each.reviews.all()} == {"F6"}


def test_every_assertion_stands_in_the_words_of_an_article() -> None:
    assert not Assertion.objects.exclude(evidence__revision__isnull=False).exists()


def test_the_unnamed_general_is_described_and_not_merged() -> None:
    speaker = Assertion.objects.get(record_id="S1-06").speakers.get()
    assert speaker.actor is None
    assert speaker.possible_identity is not None
    assert speaker.possible_identity.slug == "mark-milley"


def test_russia_denies_evades_and_confirms_on_one_question_and_all_of_it_is_kept() -> None:
    answers = Question.objects.get(slug="north-korean-troops-sent-to-russia").answers.filter(
        assertion__speakers__speaks_for__slug="russia"
    )
    stances = answers.order_by("assertion__said_range", "id").values_list("assertion__said", "stance")
    assert list(stances) == [
        ("2024-10-23", "denies"),
        ("2024-10-23", "evades"),
        ("2024-10-24", "evades"),
        ("2024-10-30", "evades"),
        ("2025-04-26", "confirms"),
        ("2026-02-23", "affirms"),
    ]


def test_no_denial_answers_a_question_with_yes() -> None:
    for question in Question.objects.all():
        negative = question.answers.filter(assertion__polarity="negative", stance__in=["affirms", "confirms"])
        assert not negative.exists()
