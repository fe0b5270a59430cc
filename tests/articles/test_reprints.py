"""Reprints: texts that are one another printed again, how they are found, and what an editor says to it."""

import random
from collections.abc import Collection
from threading import Event
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles import actions
from articles.actions import content_of, find_reprints, save_revision, settle_reprint, swap_original
from articles.actions import likeness as likeness_actions
from articles.models import Article, Fingerprint, Reprint
from articles.reprints import alike, by_age, public_originals, root_of_each, roots
from articles.shingles import CONTAINED, LEAST, SKETCH, Likeness, is_reprint, likeness, shingles, sketch
from tests.assertions.worker import PATIENCE, wait_until
from tests.factories import days_ago, make_article
from tests.staff import make_staff
from tests.threads import at_once, is_waited_for

ITEM = [
    "The harbour of Ostria was closed on Monday after a storm drove three ships onto the rocks below the old fort.",
    "Nobody was hurt, the harbour master said, but two of the ships carry grain that will spoil within the week.",
    "Ada Vale, who speaks for the ministry of ports, promised that tugs would come from Vesta before Thursday night.",
    "Fishermen were told to stay ashore. The last such storm, eleven years ago, took the northern breakwater with it.",
    "Insurers in the capital expect claims of several million crowns, most of them from the owners of the grain.",
    "The fort itself, a museum since the war, lost a part of its roof and will stay shut until the spring.",
]
OTHER = [
    "The harbour of Ostria was opened again on Friday, four days after the storm, and the first ship left at noon.",
    "Its captain thanked the crews of the tugs, who had worked two nights, and the people who had brought them soup.",
    "The ministry of ports listed what has to be mended: the light, the breakwater, and one of the cranes.",
    "It will cost more than was thought, Boris Klint of the builders' union said, since the stone has to come by sea.",
    "A commission is to find out why the warning came so late; it meets next week and will hear the harbour master.",
]
WORDS = st.lists(st.sampled_from("a ship left the port and sank near rocks 12 Ölberg".split()), max_size=60)


def other_words(text: str, every: int) -> str:
    return " ".join("something" if at % every == 0 else word for at, word in enumerate(text.split()))


def renamed(text: str) -> str:
    for before, after in (("Ada Vale", "Clara Moor"), ("Ostria", "Nordland"), ("Vesta", "Sudland")):
        text = text.replace(before, after)
    return text


def mixed(paragraphs: list[str]) -> list[str]:
    return random.Random(5).sample(paragraphs, len(paragraphs))


# Shingles, pure


@given(WORDS)
def test_a_text_is_its_own_reprint(words: list[str]) -> None:
    own = shingles(" ".join(words))
    assert likeness(own, own).resemblance == (1.0 if own else 0.0)
    assert is_reprint(own, own) == (len(own) >= LEAST)


@given(WORDS, WORDS)
def test_the_order_of_two_texts_does_not_matter(one: list[str], other: list[str]) -> None:
    first, second = shingles(" ".join(one)), shingles(" ".join(other))
    assert likeness(first, second) == likeness(second, first)
    found = likeness(first, second)
    assert 0 <= found.resemblance <= found.containment <= 1


@given(WORDS)
def test_case_punctuation_and_lines_do_not_count(words: list[str]) -> None:
    assert shingles("\n\n“".join(words).upper()) == shingles(" ".join(words).upper().lower())


@given(st.text())
def test_any_text_has_a_sketch_of_its_smallest_hashes(text: str) -> None:
    own = shingles(text)
    assert all(-(2**63) <= each < 2**63 for each in own)
    assert sketch(own) == (sorted(own)[:SKETCH] if len(own) >= LEAST else [])


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(ITEM[:3], id="cut"),
        pytest.param(mixed(ITEM), id="reordered"),
        pytest.param([renamed(text) for text in ITEM], id="renamed"),
        pytest.param(
            ["Our own reporter writes of the storm, and of what it did to the port.", *ITEM[1:]],
            id="new lead",
        ),
        pytest.param([other_words(text, 14) for text in ITEM], id="edited"),
        pytest.param([*OTHER[:2], *ITEM], id="within a longer text"),
    ],
)
def test_a_reprint_that_was_changed_is_one(changed: list[str]) -> None:
    assert is_reprint(shingles(" ".join(ITEM)), shingles(" ".join(changed)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(OTHER, id="of the same topic"),
        pytest.param([*OTHER, ITEM[2]], id="quoting a paragraph"),
        pytest.param(ITEM[:1], id="too short to tell"),
        pytest.param([], id="empty"),
    ],
)
def test_another_text_is_none(text: list[str]) -> None:
    found = shingles(" ".join(text))
    assert not is_reprint(shingles(" ".join(ITEM)), found)
    assert len(found) < LEAST or likeness(shingles(" ".join(ITEM)), found).containment < CONTAINED


# Clusters, pure


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)).filter(lambda pair: pair[0] != pair[1])),
    st.randoms(),
)
def test_every_article_of_a_cluster_has_one_root_whatever_the_order(
    pairs: list[tuple[int, int]], chance: random.Random
) -> None:
    found = root_of_each(pairs)
    chance.shuffle(pairs)
    assert root_of_each(pairs) == found
    assert found.keys() == {article for pair in pairs for article in pair}
    assert all(found[reprint] == found[original] for reprint, original in pairs)


def test_the_root_is_what_is_no_reprint_itself() -> None:
    assert root_of_each([(5, 9), (9, 7), (3, 9)]) == {3: 7, 5: 7, 7: 7, 9: 7}
    assert root_of_each([(1, 2), (2, 1)]) == {1: 1, 2: 1}


# Finding them


def write(headline: str, paragraphs: list[str], **content: Any) -> Article:
    article = make_article(headline, *paragraphs, **content)
    find_reprints(article)
    return article


def pairs() -> set[tuple[str, str, str]]:
    return {(row.article.slug, row.original.slug, row.state) for row in Reprint.objects.all()}


@pytest.mark.django_db
def test_a_reprint_is_proposed_with_the_earlier_as_its_original() -> None:
    write("Item", ITEM, published=days_ago(3))
    write("Other", OTHER, published=days_ago(2))
    write("Copy", ITEM[:4], published=days_ago(1))
    assert pairs() == {("copy", "item", "proposed")}
    row = Reprint.objects.get()
    assert row.similarity == likeness(shingles(" ".join(ITEM)), shingles(" ".join(ITEM[:4]))).resemblance


@pytest.mark.django_db
def test_the_day_a_text_bears_says_which_is_the_earlier() -> None:
    write("Copy", ITEM, published=days_ago(3), dated="2024-05-02")
    write("Item", ITEM, published=days_ago(1), dated="2024-05-01")
    assert pairs() == {("copy", "item", "proposed")}


@pytest.mark.django_db
def test_drafts_are_ordered_by_when_they_were_written() -> None:
    first, second = (make_article(name, *ITEM, public=False) for name in ("First", "Second"))
    assert by_age([second.pk, first.pk]) == [first.pk, second.pk]


@pytest.mark.django_db
def test_a_cluster_is_joined_by_one_pair_each() -> None:
    for number in range(6, 2, -1):
        write(f"Item {number}", ITEM[:number], published=days_ago(number))
    assert pairs() == {(f"item-{number}", "item-6", "proposed") for number in range(3, 6)}


@pytest.mark.django_db
def test_what_is_found_twice_is_proposed_once() -> None:
    item, copy = write("Item", ITEM), write("Copy", ITEM)
    assert [find_reprints(article) for article in (item, copy, item)] == [0, 0, 0]
    assert Reprint.objects.count() == 1


@pytest.mark.django_db
def test_a_proposal_goes_with_the_likeness_of_the_newest_texts(editor: Any) -> None:
    item, copy = write("Item", ITEM), write("Copy", ITEM)
    rewrite(copy, OTHER)
    assert find_reprints(copy) == 0
    assert not Reprint.objects.exists()
    rewrite(copy, ITEM[:4])
    assert find_reprints(copy) == 1
    assert find_reprints(item) == 0


@pytest.mark.django_db
def test_a_text_too_short_to_compare_has_no_hashes() -> None:
    article = write("Brief", ITEM[:1])
    assert Fingerprint.objects.get(article=article).hashes == []


@pytest.mark.django_db
def test_an_article_that_is_gone_is_like_none() -> None:
    article = make_article("Item", *ITEM, public=False)
    gone = Article(pk=article.pk + 1000, slug="gone")
    assert find_reprints(gone) == 0


def test_two_written_at_once_are_found(transactional_db: None) -> None:
    articles = [make_article(name, *ITEM) for name in ("One", "Two")]
    at_once(*(lambda article=article: find_reprints(article) for article in articles))
    assert Reprint.objects.count() == 1


# Settling them


@pytest.fixture
def editor(db: None) -> Any:
    return make_staff("editor")


def rewrite(article: Article, paragraphs: list[str]) -> None:
    content = content_of(article.revisions.latest("number"))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    save_revision(article, actions.Content(**{**_fields(content), "body": body}), None)


def _fields(content: actions.Content) -> dict[str, Any]:
    return {name: getattr(content, name) for name in content.__dataclass_fields__}


@pytest.fixture
def pair(db: None) -> Reprint:
    write("Item", ITEM, published=days_ago(2))
    write("Copy", ITEM[:5], published=days_ago(1))
    return Reprint.objects.get()


def test_what_is_confirmed_has_who_and_when(pair: Reprint, editor: Any) -> None:
    row = settle_reprint(pair, editor, "confirmed", seen="proposed")
    assert (row.state, row.decided_by) == ("confirmed", editor)
    assert row.decided_at is not None
    assert roots([pair.article_id]).confirmed == {pair.article_id: pair.original_id}


def test_what_is_refused_is_not_proposed_again(pair: Reprint, editor: Any) -> None:
    settle_reprint(pair, editor, "refused")
    assert find_reprints(pair.article) == find_reprints(pair.original) == 0
    assert pairs() == {("copy", "item", "refused")}
    assert roots([pair.article_id]) == ({}, {})


def test_a_refused_pair_lets_the_others_of_its_cluster_be_asked(editor: Any) -> None:
    write("Item", ITEM, published=days_ago(3))
    write("First copy", ITEM, published=days_ago(2))
    write("Second copy", ITEM, published=days_ago(1))
    take_queued()
    settle_reprint(Reprint.objects.get(article__slug="second-copy"), editor, "refused")
    again = take_queued()
    assert {article.slug for article in again} == {"item", "second-copy"}
    assert sum(map(find_reprints, again)) == 1
    assert pairs() == {
        ("first-copy", "item", "proposed"),
        ("second-copy", "item", "refused"),
        ("second-copy", "first-copy", "proposed"),
    }
    settle_reprint(Reprint.objects.get(article__slug="first-copy"), editor, "confirmed")
    settle_reprint(Reprint.objects.get(original__slug="first-copy"), editor, "refused")
    assert find_reprints(Article.objects.get(slug="second-copy")) == 0


def take_queued() -> list[Article]:
    """Take the comparisons that wait out of the queue, as a worker does, and return the articles."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = %s AND status = 'todo'"
            " RETURNING (args->>'article')::bigint",
            [likeness_actions.TASK],
        )
        return list(Article.objects.filter(pk__in=[key for (key,) in cursor.fetchall()]))


@pytest.mark.parametrize("state", ["confirmed", "refused"])
def test_what_is_settled_while_a_worker_compares_stays_and_waits_for_nobody(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    write("Item", ITEM, published=days_ago(2))
    copy, editor = write("Copy", ITEM, published=days_ago(1)), make_staff("editor")
    rewrite(copy, OTHER)
    said: list[object] = []

    def settle() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '20s'")
        return settle_reprint(Reprint.objects.get(), editor, state, seen="proposed").state

    def compare(text: str, others: Collection[int]) -> dict[int, Likeness]:
        found = alike(text, others)
        said.extend(at_once(settle))
        return found

    monkeypatch.setattr(likeness_actions, "alike", compare)
    assert find_reprints(copy) == 0
    assert said == [state]
    assert pairs() == {("copy", "item", state)}


def test_a_comparison_that_is_begun_while_somebody_refuses_sees_it(transactional_db: None) -> None:
    for number, name in enumerate(("Item", "First copy", "Second copy")):
        write(name, ITEM, published=days_ago(3 - number))
    editor, refused, compared = make_staff("editor"), Event(), Event()

    def refuse() -> None:
        with transaction.atomic():
            settle_reprint(Reprint.objects.get(article__slug="second-copy"), editor, "refused")
            refused.set()
            wait_until(lambda: compared.is_set() or is_waited_for())

    def compare() -> int:
        assert refused.wait(PATIENCE)
        try:
            return find_reprints(Article.objects.get(slug="second-copy"))
        finally:
            compared.set()

    assert at_once(refuse, compare) == [None, 1]
    assert ("second-copy", "first-copy", "proposed") in pairs()


def test_reprint_and_original_change_places(pair: Reprint, editor: Any) -> None:
    row = swap_original(pair, editor, seen="proposed")
    assert pairs() == {("item", "copy", "proposed")}
    settle_reprint(row, editor, "confirmed")
    assert set(roots([pair.article_id, pair.original_id]).confirmed.values()) == {row.original_id}


def test_the_second_of_two_editors_is_told_of_the_first(pair: Reprint, editor: Any) -> None:
    settle_reprint(pair, editor, "refused", seen="proposed")
    with pytest.raises(ValidationError, match="editor settled this pair meanwhile: it is refused"):
        settle_reprint(pair, make_staff("reviewer"), "confirmed", seen="proposed")
    with pytest.raises(ValidationError, match="confirmed” or “refused"):
        settle_reprint(pair, editor, "perhaps")


def test_a_pair_whose_texts_were_changed_is_gone(pair: Reprint, editor: Any) -> None:
    rewrite(pair.article, OTHER)
    find_reprints(pair.article)
    with pytest.raises(ValidationError, match="not alike any more"):
        settle_reprint(pair, editor, "confirmed")


def test_reporters_settle_nothing(pair: Reprint) -> None:
    reporter = make_staff("reporter")
    with pytest.raises(PermissionDenied):
        settle_reprint(pair, reporter, "confirmed")
    with pytest.raises(PermissionDenied):
        swap_original(pair, reporter)


def test_readers_are_told_what_is_confirmed_and_public(pair: Reprint, client: Any) -> None:
    address = pair.article.get_absolute_url()
    assert "Printed again from" not in client.get(address).content.decode()
    settle_reprint(pair, None, "confirmed")
    assert [row.article.slug for row in public_originals(pair.article, timezone.now())] == ["item"]
    page = client.get(address).content.decode()
    assert 'Printed again from <a href="/articles/item/">Item</a>' in page
    actions.withdraw(pair.original, None, reason="A mistake.")
    assert "Printed again from" not in client.get(address).content.decode()
