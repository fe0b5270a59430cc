"""What becomes of quotations when the text is edited: exact, moved, ambiguous or lost, and never a look-alike."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from actors.models import Actor
from articles.actions import content_of, publish, save_revision
from articles.models import Article, Revision
from assertions import actions
from assertions.anchoring import candidates, carry, carry_on, quote_at
from assertions.models import Anchor, Assertion, Evidence
from assertions.vocabulary import AnchorStatus
from tests.factories import make_actor, make_article, make_assertion
from tests.staff import make_staff
from tests.threads import at_once

WORDS = "No ship has left"
FIRST = f"“{WORDS},” Ada Vale said on Monday."
SECOND = "The harbour was quiet. Nobody else spoke."


@pytest.fixture
def article(ada: Actor) -> Article:
    return make_article("Ada Vale denies it", FIRST, SECOND)


@pytest.fixture
def claim(article: Article, ada: Actor) -> Assertion:
    return make_assertion("Ships left.", ada, act="denies", article=article, exact=WORDS)


def edit(article: Article, *paragraphs: str) -> Revision:
    """Save the article with other paragraphs and return the revision."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    content = content_of(article.revisions.latest("number"))
    return save_revision(article, replace(content, body=body), None)


def anchor_in(revision: Revision) -> Anchor:
    return Anchor.objects.get(revision=revision)


# The four outcomes, from publishing to the reader's page


@pytest.mark.django_db
def test_words_whose_place_and_surroundings_are_the_same_are_exact(
    client: Client, article: Article, claim: Assertion
) -> None:
    revision = publish(article, None, revision=edit(article, FIRST, "The harbour was loud."))
    assert (anchor_in(revision).status, anchor_in(revision).start) == ("exact", 1)
    assert claim in Assertion.objects.public()
    assert f'<mark id="p1">{WORDS}' in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_words_that_stand_in_one_other_place_only_are_moved(
    client: Client, article: Article, claim: Assertion
) -> None:
    revision = publish(article, None, revision=edit(article, "A correction came first.", SECOND, FIRST))
    anchor = anchor_in(revision)
    assert anchor.status == "moved"
    assert revision.text[anchor.start : anchor.end] == WORDS
    assert claim in Assertion.objects.public()
    assert f'<mark id="p1">{WORDS}' in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_words_that_stand_in_two_places_are_ambiguous_and_support_nothing(
    client: Client, article: Article, claim: Assertion
) -> None:
    both = f"“{WORDS},” said Boris Klint. “{WORDS},” said Ada Vale."
    revision = publish(article, None, revision=edit(article, both))
    anchor = anchor_in(revision)
    assert (anchor.status, anchor.start, anchor.end) == ("ambiguous", None, None)
    assert claim not in Assertion.objects.public()
    assert "<mark" not in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_words_that_stand_nowhere_are_lost_and_support_nothing(
    client: Client, article: Article, claim: Assertion
) -> None:
    revision = publish(article, None, revision=edit(article, "“No ship had left,” Ada Vale said on Monday."))
    anchor = anchor_in(revision)
    assert (anchor.status, anchor.start, anchor.end) == ("lost", None, None)
    assert claim not in Assertion.objects.public()
    assert "<mark" not in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_words_that_another_person_says_now_are_not_taken(article: Article, ada: Actor) -> None:
    make_assertion("Ships left.", ada, act="denies", article=article, exact=SECOND.split(". ")[1][:-1])
    revision = publish(
        article,
        None,
        revision=edit(article, FIRST, "In the end it was Boris Klint: Nobody else spoke, he said."),
    )
    assert anchor_in(revision).status == "ambiguous", "one place, in another sentence: a person has to look"


# Every period that is written


@pytest.mark.django_db
def test_scheduling_ahead_carries_at_once(article: Article, claim: Assertion) -> None:
    at = timezone.now() + timedelta(days=1)
    revision = publish(article, None, revision=edit(article, SECOND), at=at)
    assert anchor_in(revision).status == "lost"
    assert claim in Assertion.objects.public()
    assert claim not in Assertion.objects.public(at)


@pytest.mark.django_db
def test_a_revision_that_is_scheduled_anew_keeps_its_anchors(article: Article, claim: Assertion) -> None:
    revision = edit(article, SECOND, FIRST)
    for days in (1, 2):
        publish(article, None, revision=revision, at=timezone.now() + timedelta(days=days))
    assert anchor_in(revision).status == "moved"


@pytest.mark.django_db
def test_an_old_version_that_is_published_again_has_the_quotation_again(
    article: Article, claim: Assertion
) -> None:
    first = article.revisions.get()
    publish(article, None, revision=edit(article, SECOND))
    assert claim not in Assertion.objects.public()
    again = publish(article, None, revision=first)
    assert again.pk != first.pk
    assert anchor_in(again).status == "exact"
    assert claim in Assertion.objects.public()


@pytest.mark.django_db
def test_evidence_that_is_added_later_is_carried_to_every_version_that_is_live_or_ahead(
    article: Article, ada: Actor
) -> None:
    first = article.revisions.get()
    live = publish(article, None, revision=edit(article, SECOND, FIRST))
    ahead = [
        publish(article, None, revision=edit(article, text), at=timezone.now() + timedelta(days=days))
        for days, text in enumerate([SECOND, f"{FIRST}</p><p>The harbour was loud."], 1)
    ]
    draft = edit(article, "Something else.")
    claim = make_assertion("Ships left.", ada, act="denies", accepted=False)
    actions.quote(claim, draft, None, exact="Something else")
    evidence = actions.quote(claim, first, None, exact=WORDS)
    found = dict(evidence.anchors.values_list("revision", "status"))
    assert found == {first.pk: "exact", live.pk: "moved", ahead[0].pk: "lost", ahead[1].pk: "exact"}


@pytest.mark.django_db
def test_five_hundred_quotations_are_carried_in_a_few_queries(article: Article, claim: Assertion) -> None:
    revision = article.revisions.get()
    Evidence.objects.bulk_create(
        Evidence(
            assertion=claim, revision=revision, start=1, end=1 + len(WORDS), exact=WORDS,
            prefix=revision.text[:1], suffix=revision.text[1 + len(WORDS) :][:32],
        )
        for _ in range(500)
    )  # fmt: skip
    new = edit(article, SECOND, FIRST)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        actions.carry_evidence(new)
    assert len(queries) < 10
    assert Anchor.objects.filter(revision=new, status="moved").count() == 501


@pytest.mark.django_db(transaction=True)
def test_evidence_added_while_a_version_is_published_never_misses_its_anchor() -> None:
    ada = make_actor("Ada Vale")
    for _ in range(6):
        article = make_article("Ada Vale denies it", FIRST, SECOND)
        first = article.revisions.get()
        new = edit(article, SECOND, FIRST)
        claims = [make_assertion("Ships left.", ada, accepted=False) for _ in range(3)]

        def quoting(claim: Assertion, revision: Revision = first) -> object:
            return actions.quote(claim, revision, None, exact=WORDS)

        answers = at_once(
            lambda article=article, new=new: publish(article, None, revision=new),  # type: ignore[misc]
            *(lambda claim=claim: quoting(claim) for claim in claims),
        )
        assert not [answer for answer in answers if isinstance(answer, Exception)]
        assert Anchor.objects.filter(revision=new, status="moved").count() == len(claims)


# What a person has settled goes on


@pytest.mark.django_db
def test_a_place_that_somebody_chose_is_carried_to_the_next_version(
    article: Article, claim: Assertion
) -> None:
    both = f"“{WORDS},” said Boris Klint on Tuesday. “{WORDS},” said Ada Vale."
    revision = publish(article, None, revision=edit(article, both))
    place = revision.text.rindex(WORDS)
    actions.settle_anchor(anchor_in(revision), make_staff("reviewer"), place)
    assert claim in Assertion.objects.public()
    later = publish(article, None, revision=edit(article, "A new beginning.", both))
    anchor = anchor_in(later)
    assert (anchor.status, anchor.start) == ("moved", later.text.rindex(WORDS))
    assert anchor.settled_at is None, "nobody has said this of the later version; it was found"


@pytest.mark.django_db
def test_that_a_quotation_stays_lost_is_said_once(article: Article, claim: Assertion) -> None:
    reviewer = make_staff("reviewer")
    actions.settle_anchor(anchor_in(publish(article, None, revision=edit(article, SECOND))), reviewer)
    later = anchor_in(publish(article, None, revision=edit(article, SECOND, "More.")))
    assert (later.status, later.settled_by) == ("lost", reviewer)
    back = anchor_in(publish(article, None, revision=edit(article, SECOND, FIRST)))
    assert (back.status, back.settled_by) == ("moved", None)


# For any edit: pure

sentences = st.sampled_from(
    [
        "The envoy denied that ships had left.",
        "The minister denied that ships had left.",
        "The envoy denied that ships have left!",
        "Nobody spoke.",
        "“It was over,” he said, and left.",
        "한국어 문장입니다.",
    ]
)
texts = st.lists(st.lists(sentences, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=4).map(
    "\n\n".join
)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, int, int, str]:
    """Return a text, a passage of it, and the text after up to four edits: words, sentences, paragraphs."""
    old = new = draw(texts)
    start = draw(st.integers(0, len(old) - 2))
    end = draw(st.integers(start + 1, len(old)))
    for _ in range(draw(st.integers(1, 4))):
        parts = new.split(draw(st.sampled_from(["\n\n", ". ", " "])))
        at = draw(st.integers(0, len(parts) - 1))
        other = draw(st.integers(0, len(parts) - 1))
        change = draw(st.sampled_from(["delete", "duplicate", "move", "replace"]))
        separator = "\n\n" if "\n\n" in new and len(parts) < 5 else " "
        if change == "delete":
            parts.pop(at)
        elif change == "duplicate":
            parts.insert(other, parts[at])
        elif change == "move":
            parts.insert(other, parts.pop(at))
        else:
            parts[at] = draw(sentences)
        new = separator.join(parts)
    return old, start, end, new


@given(edits())
def test_whatever_is_edited_a_place_that_is_found_holds_the_quoted_words(
    case: tuple[str, int, int, str],
) -> None:
    old, start, end, new = case
    quoted = quote_at(old, start, end)
    there = carry(quoted, start, old, new)
    if there.status in (AnchorStatus.EXACT, AnchorStatus.MOVED):
        assert there.start is not None
        assert new[there.start : there.end] == quoted.exact
    if there.status == AnchorStatus.AMBIGUOUS:
        assert all(new.startswith(quoted.exact, place) for place in candidates(new, quoted.exact))
        assert candidates(new, quoted.exact)
    if there.status == AnchorStatus.LOST:
        assert quoted.exact not in new


@given(texts, st.data())
def test_when_a_sentence_is_deleted_one_that_is_like_it_is_never_taken(old: str, data: st.DataObject) -> None:
    """Whether the look-alike differs by a word, a sign or not at all: it was written as a sentence of its own."""
    target = data.draw(sentences)
    marked = f"{target} (1)"
    paragraphs = old.split("\n\n")
    paragraphs.insert(data.draw(st.integers(0, len(paragraphs))), marked)
    text = "\n\n".join(paragraphs)
    start = text.index(marked)
    quoted = quote_at(text, start, start + len(target))
    without = "\n\n".join(paragraph for paragraph in paragraphs if paragraph != marked)
    there = carry(quoted, start, text, without)
    expected = AnchorStatus.AMBIGUOUS if target in without else AnchorStatus.LOST
    assert there.status == expected


@given(texts, st.integers(0, 3), st.data())
def test_words_that_are_written_a_second_time_are_not_guessed_between(
    old: str, context: int, data: st.DataObject
) -> None:
    paragraphs = [*old.split("\n\n"), "The claim itself, in its own words."]
    text = "\n\n".join(paragraphs)
    exact = "in its own words"
    start = text.index(exact)
    quoted = quote_at(text, start, start + len(exact), context)
    at = data.draw(st.integers(0, len(paragraphs)))
    new = "\n\n".join([*paragraphs[:at], f"Boris said it {exact}?", *paragraphs[at:]])
    there = carry(quoted, start, text, new)
    if there.start is not None:
        assert new[: there.start].endswith("The claim itself, "), (
            "the context tells them apart, or nobody does"
        )


@given(st.lists(sentences, min_size=2, max_size=6, unique=True).flatmap(
    lambda kept: st.tuples(st.just(kept), st.permutations(kept), st.integers(0, len(kept) - 1))
))  # fmt: skip
def test_a_whole_sentence_goes_along_when_paragraphs_change_places(
    case: tuple[list[str], list[str], int],
) -> None:
    before, after, index = case
    old, new = "\n\n".join(before), "\n\n".join(after)
    start = old.index(before[index])
    there = carry(quote_at(old, start, start + len(before[index])), start, old, new)
    assert there.status in (AnchorStatus.EXACT, AnchorStatus.MOVED)
    assert there.start == new.index(before[index])


def test_a_part_of_a_sentence_needs_something_of_that_sentence_beside_it() -> None:
    old = "Ada Vale denied it. Boris Klint was silent."
    start = old.index("denied it")
    quoted = quote_at(old, start, start + 9)
    assert carry(quoted, start, old, "Ada Vale was silent. Boris Klint denied it.").status == "ambiguous"
    assert carry(quoted, start, old, "Boris Klint was silent. Ada Vale denied it.").status == "moved"


def test_what_people_found_is_asked_where_the_first_text_tells_nothing() -> None:
    old, between = "He said so. End.", "He said so. She said so. So."
    new = f"Now. {between} And he said so."
    place = between.rindex("said so")
    steps = [(quote_at(old, 3, 10), 3, old), (quote_at(between, place, place + 7), place, between)]
    assert carry_on(steps, new).status == AnchorStatus.MOVED
    assert carry_on(steps[:1], new).status == AnchorStatus.AMBIGUOUS
    with pytest.raises(ValueError, match="not enough values"):
        carry_on([], new)
