"""A stored span holds exactly its words, however many are written at once and in whichever way."""

from collections.abc import Sequence

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.actions import merge
from articles.actions import relink, resolve_mention
from articles.models import Article, Mention, Revision
from articles.spans import PIECE
from tests.factories import make_actor, make_article
from tests.staff import make_staff

pytestmark = pytest.mark.django_db

# Characters of one to four bytes, and such as are written with several.
SIGNS = "aé한🇨🇭👩‍🚀 ."


def revision_of(text: str) -> Revision:
    """Return a revision with a text and without mentions."""
    revision = make_article("Long", text, public=False).revisions.get()
    assert revision.text == text
    revision.mentions.all().delete()
    return revision


def write(revision: Revision, spans: Sequence[tuple[int, int, str]]) -> None:
    """Write mentions by one statement."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO articles_mention (revision_id, candidates, kind, start, "end", text, is_confirmed)
            SELECT %s, '{}', 'name', * , false FROM unnest(%s::int[], %s::int[], %s::text[])
            """,
            [revision.pk, *map(list, zip(*spans, strict=True))],
        )


def words(text: str, *spans: tuple[int, int]) -> list[tuple[int, int, str]]:
    return [(start, end, text[start:end]) for start, end in spans]


@pytest.fixture
def draft() -> Article:
    return make_article("Long", public=False)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_spans_are_accepted_if_all_hold_their_words_and_refused_if_one_does_not(
    draft: Article, data: st.DataObject
) -> None:
    text = data.draw(st.text(SIGNS, min_size=1, max_size=40).map(lambda part: f"x{part}x"))
    text *= data.draw(st.sampled_from([1, 3, 900]))
    places = st.tuples(st.integers(0, len(text) - 1), st.sampled_from([1, 2, 9, 3 * PIECE]))
    found = data.draw(st.lists(places, min_size=1, max_size=12, unique_by=lambda place: place[0]))
    spans = words(text, *((start, min(len(text), start + length)) for start, length in found))
    with transaction.atomic():
        # The text as it is, which saving would clean.
        revision = Revision.objects.create(article=draft, number=2, headline="Long", text=text)
        write(revision, spans)
        revision.mentions.all().delete()
        wrong = data.draw(st.integers(0, len(spans) - 1))
        start, end, exact = spans[wrong]
        moved = data.draw(
            st.sampled_from([(start, end, f"{exact}y"), (start, end + 1, exact), (start, end, exact[:-1])])
        )
        with pytest.raises(IntegrityError, match=f"characters {start} to"):
            write(revision, [*spans[:wrong], moved, *spans[wrong + 1 :]])
        transaction.set_rollback(True)


def test_one_wrong_span_among_thousands_is_named_and_nothing_is_written() -> None:
    text = "é" * 40_000
    revision = revision_of(text)
    spans = words(text, *((start, start + 3) for start in range(0, 39_000, 4)))
    with pytest.raises(
        IntegrityError, match=f"characters 20000 to 20003 of revision {revision.pk} are 'ééé', not 'eee'"
    ):
        write(revision, [*spans[:5000], (20_000, 20_003, "eee"), *spans[5001:]])
    assert not revision.mentions.exists()
    write(revision, spans)
    assert revision.mentions.count() == len(spans)


def test_spans_may_nest_overlap_and_reach_over_what_is_read_at_once() -> None:
    text = "한🚀" * PIECE
    write(revision_of(text), words(text, (0, 5), (1, 2), (3, 2 * PIECE), (4, 9), (2 * PIECE - 3, 2 * PIECE)))


def test_spans_of_several_revisions_are_held_against_their_own_texts() -> None:
    one, other = revision_of("Vale spoke."), revision_of("Klint spoke.")
    rows = [
        Mention(revision=other, start=0, end=5, text="Klint"),
        Mention(revision=one, start=0, end=4, text="Vale"),
    ]
    Mention.objects.bulk_create(rows)
    with pytest.raises(IntegrityError, match="are 'spok', not 'Vale'"), transaction.atomic():
        Mention.objects.filter(revision=one).update(revision=other, start=6, end=10)
    with pytest.raises(IntegrityError, match="are 'lint', not 'Vale'"), transaction.atomic():
        Mention.objects.create(revision=other, start=1, end=5, text="Vale")


@pytest.mark.parametrize("change", [{"start": 1}, {"end": 3}, {"end": 5}, {"text": "Gale"}])
def test_a_span_cannot_be_moved_off_its_words(change: dict[str, object]) -> None:
    revision = revision_of("Vale spoke.")
    write(revision, words(revision.text, (0, 4)))
    with pytest.raises(IntegrityError, match="characters"), transaction.atomic():
        revision.mentions.update(**change)
    revision.mentions.update(is_confirmed=True)


def test_a_mention_names_nobody_who_was_merged() -> None:
    kept, gone = make_actor("Ada Vale"), make_actor("A. Vale")
    merge(kept, gone, None, confirmed=True)
    revision = revision_of("Vale spoke. Vale left.")
    write(revision, words(revision.text, (0, 4), (12, 16)))
    with pytest.raises(IntegrityError, match="merged into another"), transaction.atomic():
        revision.mentions.update(actor=gone)
    with pytest.raises(IntegrityError, match="merged into another"), transaction.atomic():
        Mention.objects.bulk_create(
            [
                Mention(revision=revision, actor=kept, start=1, end=3, text="al"),
                Mention(revision=revision, actor=gone, start=13, end=15, text="al"),
            ]
        )
    revision.mentions.update(actor=kept)


def test_names_around_what_an_editor_confirmed_are_found_again_and_those_within_are_not() -> None:
    vale = make_actor("Ada Vale")
    revision = make_article("Trip", "Ada Vale spoke. Ada Vale left. Ada Vale slept.").revisions.get()
    middle = revision.mentions.get(start=16)
    resolve_mention(middle, vale, make_staff("editor"))
    assert relink(revision) == 3
    assert list(revision.mentions.values_list("start", "is_confirmed")) == [
        (0, False),
        (16, True),
        (31, False),
    ]
