"""Independent sources of stored claims: who counts as one, who only perhaps, and what a reader is told."""

from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from actors.models import Actor
from articles.actions import withdraw
from articles.models import Article, Reprint
from assertions import actions
from assertions.models import Assertion
from assertions.sources.independent import Sources, claims_beside, sources_behind, sources_of, sources_of_each
from tests.factories import accept, make_actor, make_article, make_assertion, make_state

pytestmark = pytest.mark.django_db

CLAIM = "A ship has left."


@pytest.fixture
def ada() -> Actor:
    return make_actor("Ada Vale")


@pytest.fixture
def boris() -> Actor:
    return make_actor("Boris Klint")


@pytest.fixture
def wire() -> Actor:
    return make_actor("The Northern Wire", "media")


def found(*claims: Assertion) -> Sources:
    return sources_of(claims, timezone.now())


def taken_from(original: Assertion, *speakers: Actor, how: str = "derives_from", **fields: Any) -> Assertion:
    claim = make_assertion(CLAIM, *speakers, **fields)
    actions.link(claim, original, None, type=how)
    return claim


def in_own_voice(publisher: str = "", relays: list[dict[str, Any]] | None = None, **source: Any) -> Assertion:
    claim = make_assertion(CLAIM, accepted=False, relays=relays or [], **source)
    claim.evidence.all().delete()
    actions.cite(claim, None, publisher=publisher, title="" if publisher else "A page")
    accept(claim)
    return claim


def test_no_claim_has_no_source() -> None:
    assert found() == Sources(0, 0)
    assert found().in_words() == "no source"


def test_five_reprints_count_as_one_with_the_report(wire: Actor, ada: Actor) -> None:
    report = make_assertion(CLAIM, wire)
    reprints = [taken_from(report, ada, how="repeats") for _ in range(2)]
    reprints += [taken_from(reprints[-1], how="derives_from") for _ in range(3)]
    sources = found(report, *reprints)
    assert sources.in_words() == "1 independent source"
    assert sources.explanation == ["The Northern Wire and five claims that go back to it count as one."]
    assert set(sources.origins[0].taken) == set(reprints)


def test_the_original_counts_where_only_its_echo_is_asked_about(ada: Actor, boris: Actor) -> None:
    briefing = make_assertion("Two ships have left.", ada)
    echo = taken_from(briefing, boris)
    sources = found(echo)
    assert [origin.name for origin in sources.origins] == ["Ada Vale"]
    assert found(briefing, echo).in_words() == "1 independent source"


def test_named_speakers_of_one_state_count_once_at_least(ada: Actor, boris: Actor) -> None:
    ostria = make_state("Ostria")
    office = make_actor("Office of Tides", "public_body", country=ostria)
    claims = [
        make_assertion(CLAIM, speakers=[{"actor": ada, "speaks_for": ostria}]),
        make_assertion(CLAIM, speakers=[{"actor": boris, "speaks_for": ostria}]),
        make_assertion(CLAIM, office),
    ]
    sources = found(*claims)
    assert (sources.low, sources.high) == (1, 3)
    assert sources.in_words() == "1 to 3 independent sources"
    assert sources.origins[0].name == "Ostria"
    assert sources.explanation == [
        "Three voices of Ostria (Ada Vale; Boris Klint; the Office of Tides) count as one source, and as three at most."
    ]


def test_the_state_of_a_body_counts_only_while_it_is_public(ada: Actor) -> None:
    land = make_state("Hushed Land", public=False)
    office = make_actor("Office of Tides", "public_body", country=land)
    port = make_actor("Office of Ports", "public_body", country=land)
    sources = found(make_assertion(CLAIM, office), make_assertion(CLAIM, port))
    assert (sources.low, sources.high) == (2, 2)
    assert not any("Hushed" in sentence for sentence in sources.explanation)


def test_a_joint_statement_is_one_source(ada: Actor, boris: Actor) -> None:
    assert found(make_assertion(CLAIM, ada, boris)).explanation == [
        "Ada Vale and Boris Klint together are one source."
    ]


def test_an_unnamed_speaker_may_be_one_more_and_is_nobody_who_is_named(ada: Actor, boris: Actor) -> None:
    described = {"description": "a captain", "possible_identity": boris}
    captain = make_assertion(CLAIM, speakers=[described])
    sources = found(make_assertion(CLAIM, ada), make_assertion(CLAIM, boris), captain)
    assert sources.in_words() == "2 to 3 independent sources"
    assert (
        sources.explanation[-1]
        == "Not identified: “a captain”; that may or may not be an independent source."
    )
    assert sources.uncertain[0].claims == (captain,)
    assert found(captain).in_words() == "at most 1 independent source, not identified"


def test_an_unnamed_speaker_for_a_state_is_not_counted_with_it(ada: Actor) -> None:
    ostria = make_state("Ostria")
    claims = [
        make_assertion(CLAIM, speakers=[{"actor": ada, "speaks_for": ostria}]),
        make_assertion(CLAIM, speakers=[{"description": "an official", "speaks_for": ostria}]),
    ]
    assert (found(*claims).low, found(*claims).high) == (1, 2)


def test_the_same_words_for_somebody_are_one_only_through_the_same_relay(wire: Actor) -> None:
    speakers = [{"description": "a captain"}]
    through = [make_assertion(CLAIM, speakers=speakers, relays=[{"actor": wire}]) for _ in range(2)]
    assert (found(*through).low, found(*through).high) == (0, 1)
    assert found(*through).explanation == [
        "Not identified: “a captain”, by way of The Northern Wire; that may or may not be an independent source."
    ]
    apart = [make_assertion(CLAIM, speakers=speakers) for _ in range(2)]
    assert found(*apart, *through).high == 3


def test_the_own_voice_of_articles_goes_back_to_the_first_of_the_chain(wire: Actor) -> None:
    paper = make_actor("The Paper", "media")
    claims = [
        in_own_voice(relays=[{"actor": wire}, {"actor": paper}]),
        in_own_voice(relays=[{"actor": wire}]),
    ]
    assert found(*claims).explanation == ["The Northern Wire speaks in two claims, which count as one."]
    unnamed = in_own_voice(relays=[{"description": "a lawmaker"}])
    assert found(unnamed).explanation == [
        "Not identified: “a lawmaker”, through whom it came; that may or may not be an independent source."
    ]


def test_without_a_chain_it_goes_back_to_who_published_it(wire: Actor) -> None:
    claims = [
        in_own_voice("the northern wire"),
        in_own_voice(relays=[{"actor": wire}]),
        in_own_voice("A paper"),
    ]
    sources = found(*claims)
    assert sorted(origin.name for origin in sources.origins) == ["A paper", "The Northern Wire"]
    assert (sources.low, sources.high) == (2, 2)


def test_of_the_article_itself_its_source_is_the_origin_if_it_is_known() -> None:
    def own(slug: str, *sources: dict[str, Any]) -> Assertion:
        article = make_article("Ships", "A ship has left.", slug=slug, sources=sources)
        return make_assertion(CLAIM, article=article)

    one = own("one", {"publisher": "A paper"})
    rewritten = own("two", {"publisher": "A paper", "relation": "rewrites"}, {"publisher": "Another"})
    assert found(one, rewritten).in_words() == "1 independent source"
    unclear = own("three", {"publisher": "A paper"}, {"publisher": "Another"})
    unknown = own("four", {"is_unknown": True, "relation": "rewrites"})
    nothing = own("five")
    sources = found(unclear, unknown, nothing)
    assert sources.in_words() == "at most 3 independent sources, none of them identified"
    assert sources.explanation == [
        "Where three claims come from is not known; each may or may not be an independent source."
    ]


def test_what_goes_back_to_something_that_is_not_public_is_perhaps_one(ada: Actor, boris: Actor) -> None:
    hidden = make_assertion(CLAIM, boris, accepted=False)
    claims = [taken_from(hidden, ada), taken_from(hidden, make_actor("Cai Dunn"))]
    sources = found(*claims)
    assert (sources.low, sources.high) == (0, 1)
    assert sources.explanation == [
        "Where one claim comes from is not known; it may or may not be an independent source."
    ]
    assert "public" not in " ".join(sources.explanation)


def test_claims_that_are_not_public_do_not_count(ada: Actor, boris: Actor) -> None:
    article = make_article("Ships", "A ship has left.")
    withdrawn = make_assertion(CLAIM, boris, article=article)
    withdraw(article, None, reason="The letter was forged.")
    undecided = make_assertion(CLAIM, make_actor("Cai Dunn"), accepted=False)
    assert found(make_assertion(CLAIM, ada), withdrawn, undecided).high == 1


def test_behind_a_claim_stand_those_that_links_of_agreement_join_to_it(ada: Actor, boris: Actor) -> None:
    dora, cai = make_actor("Dora Hide"), make_actor("Cai Dunn")
    claim = make_assertion(CLAIM, ada)
    corroborating = make_assertion(CLAIM, boris)
    update = make_assertion("Two ships have left.", dora)
    denial = make_assertion(CLAIM, cai, act="denies")
    hidden = make_assertion(CLAIM, cai, accepted=False)
    beyond = make_assertion(CLAIM, make_actor("Eva Roth"))
    actions.link(corroborating, claim, None, type="corroborates")
    actions.link(update, corroborating, None, type="updates")
    actions.link(denial, claim, None, type="corroborates")
    actions.link(denial, claim, None, type="denies", aspect="fact")
    actions.link(hidden, claim, None, type="corroborates")
    actions.link(beyond, hidden, None, type="corroborates")
    now = timezone.now()
    assert claims_beside(claim, now) == [claim, corroborating, update]
    for one in (claim, corroborating, update):
        assert sources_behind(one, now).in_words() == "3 independent sources"
    assert sources_behind(denial, now).in_words() == "1 independent source"


def test_several_sets_of_claims_are_counted_together_and_apart(
    ada: Actor, boris: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    groups = {
        number: [
            make_assertion(CLAIM, ada),
            make_assertion(CLAIM, boris),
            make_assertion(CLAIM, speakers=[{"description": "a captain"}]),
            in_own_voice("A paper"),
            make_assertion(CLAIM, article=make_article("Ships", slug=f"ships-{number}")),
        ]
        for number in range(4)
    }
    groups[4] = []
    with django_assert_max_num_queries(12):
        counted = sources_of_each(groups, timezone.now())
    assert {number: (sources.low, sources.high) for number, sources in counted.items()} == {
        **dict.fromkeys(range(4), (3, 5)),
        4: (0, 0),
    }


# Texts that are printed again


def in_article(name: str, publisher: str = "", **fields: Any) -> Assertion:
    sources = [{"publisher": publisher}] if publisher else []
    return make_assertion(CLAIM, article=make_article(name, CLAIM, sources=sources), **fields)


def reprinted(original: Assertion, *copies: Assertion, state: str = "confirmed") -> None:
    first, *others = (
        Article.objects.get(revisions__evidence__assertion=claim) for claim in (original, *copies)
    )
    for other in others:
        Reprint.objects.create(
            article=other,
            original=first,
            similarity=0.9,
            state=state,
            decided_at=None if state == "proposed" else timezone.now(),
        )


def test_five_reprints_of_one_agency_item_count_as_one_source() -> None:
    item = in_article("Item", "The Northern Wire")
    copies = [in_article(f"Copy {number}", f"Paper {number}") for number in range(5)]
    assert found(item, *copies).in_words() == "6 independent sources"
    reprinted(item, *copies)
    sources = found(item, *copies)
    assert sources.in_words() == "1 independent source"
    assert sources.explanation == ["The Northern Wire speaks in six claims, which count as one."]
    assert found(*copies).in_words() == "1 independent source"


def test_what_only_may_be_a_reprint_raises_only_the_upper_bound() -> None:
    item, copy = in_article("Item", "The Northern Wire"), in_article("Copy", "The Paper")
    apart = in_article("Other", "The Gazette")
    reprinted(item, copy, state="proposed")
    sources = found(item, copy, apart)
    assert (sources.low, sources.high) == (2, 3)
    assert (
        "Two voices of what may be one text (The Northern Wire; The Paper) count as one source, and as two at most."
        in sources.explanation
    )


def test_what_was_refused_as_a_reprint_is_a_source_of_its_own() -> None:
    item, copy = in_article("Item", "The Northern Wire"), in_article("Copy", "The Paper")
    reprinted(item, copy, state="refused")
    assert found(item, copy).in_words() == "2 independent sources"


def test_reprints_of_what_comes_from_nowhere_known_may_be_one_source_together() -> None:
    item, copy = in_article("Item"), in_article("Copy")
    assert found(item, copy).high == 2
    reprinted(item, copy)
    assert (found(item, copy).low, found(item, copy).high) == (0, 1)


def test_somebody_described_alike_in_reprints_is_one_person() -> None:
    speakers = [{"description": "a captain"}]
    item, copy = (in_article(name, speakers=speakers) for name in ("Item", "Copy"))
    assert found(item, copy).high == 2
    reprinted(item, copy)
    assert (found(item, copy).low, found(item, copy).high) == (0, 1)


def test_nothing_is_told_of_an_original_that_is_not_public() -> None:
    item, copy = in_article("Item", "The Hushed Wire"), in_article("Copy", "The Paper")
    reprinted(item, copy)
    withdraw(Article.objects.get(slug="item"), None, reason="A mistake.")
    sources = found(item, copy)
    assert (sources.low, sources.high) == (0, 1)
    assert not any("Hushed" in sentence for sentence in sources.explanation)
