"""The read model of relationships: who counts for a side, and what stands between two."""

from datetime import date

import pytest
from pytest_django import Settings

from actors.models import Actor
from assertions.actions import link
from assertions.charts.month_chart import COLUMN, draw
from assertions.relationships import address, find_relationship, in_order, pairs_of_states
from tests.factories import make_actor, make_article, make_assertion, make_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora() -> Actor:
    return make_actor("Cora Lind")


def test_a_state_counts_with_its_public_people_and_bodies(ostria: Actor, vesta: Actor, ada: Actor) -> None:
    make_actor("Silent Clerk", country=ostria, public=False)
    found = find_relationship("vesta", "ostria")
    assert found.left.members == {ostria.pk, ada.pk}
    assert found.right.members == {vesta.pk}


def test_one_who_belongs_to_the_other_side_counts_on_its_own_only(ostria: Actor, ada: Actor) -> None:
    found = find_relationship("ada-vale", "ostria")
    assert found.left.members == {ada.pk}
    assert found.right.members == {ostria.pk}


@pytest.mark.parametrize("pair", [("ostria", "ostria"), ("ostria", "nowhere"), ("ostria", "hidden-land")])
def test_it_needs_two_public_actors(ostria: Actor, pair: tuple[str, str]) -> None:
    make_state("Hidden Land", public=False)
    with pytest.raises(Actor.DoesNotExist):
        find_relationship(*pair)


def test_the_settings_say_which_side_of_the_default_pair_stands_left(settings: Settings) -> None:
    settings.RELATIONSHIP = ("vesta", "ostria")
    assert in_order("ostria", "vesta") == in_order("vesta", "ostria") == ("vesta", "ostria")
    assert in_order("vesta", "arcadia") == ("arcadia", "vesta")
    assert address("vesta", "ostria") == "/relationships/ostria/vesta/"


def test_claims_are_sorted_by_who_speaks_about_whom(
    ostria: Actor, vesta: Actor, ada: Actor, boris: Actor, cora: Actor
) -> None:
    of_left = make_assertion("Vesta closed a road.", ada, about=[vesta])
    for_left = make_assertion(
        "Boris Klint left.", speakers=[{"actor": cora, "speaks_for": ostria}], about=[boris]
    )
    of_right = make_assertion("Ostria closed a road.", boris, about=[ostria])
    of_others = make_assertion("Both closed a road.", cora, about=[ostria, vesta])
    in_own_voice = make_assertion("Both opened it.", about=[ada, boris])
    make_assertion("Cora Lind closed a road.", ada, about=[cora])
    make_assertion("Vesta dug a tunnel.", ada, about=[vesta], accepted=False)
    found = find_relationship("ostria", "vesta")
    assert set(found.claims_by_left()) == {of_left, for_left}
    assert set(found.claims_by_right()) == {of_right}
    assert set(found.claims_by_others()) == {of_others, in_own_voice}
    assert set(found.claims()) == {of_left, for_left, of_right, of_others, in_own_voice}
    tally = found.tally
    assert (tally.claims, tally.by_left, tally.by_right, tally.by_others) == (5, 2, 1, 2)


def test_a_claim_of_both_sides_counts_once_in_all_and_once_a_side(ada: Actor, boris: Actor) -> None:
    make_assertion("The two met.", ada, boris, about=[ada, boris])
    tally = find_relationship("ostria", "vesta").tally
    assert (tally.claims, tally.by_left, tally.by_right, tally.by_others) == (1, 1, 1, 0)


def test_a_claim_falls_in_a_month_only_where_its_date_lies_in_one(ada: Actor, vesta: Actor) -> None:
    for said in ("2024-03-05", "2024-03", "2024", "", "2024-03-30/2024-04-02"):
        make_assertion(f"Vesta closed a road ({said}).", ada, about=[vesta], said=said)
    make_assertion("Vesta opened a road.", ada, about=[vesta], published="2024-04-01")
    tally = find_relationship("ostria", "vesta").tally
    assert tally.left_months == {date(2024, 3, 1): 2, date(2024, 4, 1): 1}
    assert tally.undated == 3


def test_denials_and_open_acts_are_told_apart_by_polarity(ada: Actor, vesta: Actor) -> None:
    for act in ("states", "denies", "denies", "declines"):
        make_assertion(f"Vesta closed a road ({act}).", ada, act=act, about=[vesta])
    make_assertion("Vesta closed a bridge.", ada, negated=True, about=[vesta])
    assert find_relationship("ostria", "vesta").tally.polarity == {"affirmative": 1, "negative": 3, "open": 1}


def test_only_oppositions_between_public_claims_count(ada: Actor, boris: Actor, vesta: Actor) -> None:
    said = make_assertion("Vesta closed a road.", ada, about=[vesta])
    denied = make_assertion("Vesta closed a road.", boris, act="denies")
    hidden = make_assertion("Vesta closed no road.", boris, accepted=False)
    opposed = link(denied, said, None, type="denies", aspect="fact")
    link(hidden, said, None, type="contradicts")
    link(denied, hidden, None, type="repeats")
    assert list(find_relationship("ostria", "vesta").oppositions()) == [opposed]


def test_coverage_is_the_live_articles_that_name_both(ada: Actor, boris: Actor) -> None:
    both = make_article("Both", "Ada Vale met Boris Klint.")
    make_article("One", "Ada Vale was alone.")
    make_article("Draft", "Ada Vale met Boris Klint.", public=False)
    found = find_relationship("ostria", "vesta")
    assert [revision.article for revision in found.articles()] == [both]
    assert found.has_common_coverage


def test_pairs_count_what_their_relationship_counts(
    ostria: Actor, vesta: Actor, ada: Actor, boris: Actor, cora: Actor
) -> None:
    make_state("Arcadia")
    make_article("Both", "Ada Vale met Boris Klint in Arcadia, said Arcadia.")
    make_assertion("Vesta closed a road.", ada, about=[vesta])
    make_assertion("Both closed a road.", cora, about=[ostria, boris])
    make_assertion("Cora Lind closed a road.", ada, about=[cora])
    for pair in pairs_of_states():
        found = find_relationship(pair.left.slug, pair.right.slug)
        assert (pair.articles, pair.claims) == (found.article_count, found.tally.claims)
        assert found.has_common_coverage
    assert {pair.get_absolute_url() for pair in pairs_of_states()} >= {"/relationships/ostria/vesta/"}


def test_pairs_know_nothing_of_states_that_are_not_public(ada: Actor) -> None:
    hidden = make_state("Hidden Land", public=False)
    make_actor("Envoy Grey", country=hidden)
    make_article("Both", "Ada Vale met Envoy Grey.")
    assert pairs_of_states() == []


def test_a_chart_holds_every_month_between_and_shares_one_scale() -> None:
    chart = draw({date(2023, 11, 1): 4}, {date(2024, 2, 1): 2})
    assert chart is not None
    assert [month.day for month in chart.months] == [
        date(2023, 11, 1), date(2023, 12, 1), date(2024, 1, 1), date(2024, 2, 1),
    ]  # fmt: skip
    assert chart.months[0].above.height == 2 * chart.months[3].below.height
    assert chart.months[0].above.y + chart.months[0].above.height < chart.axis < chart.months[3].below.y
    assert draw({}, {}) is None


def test_four_years_of_months_fit_into_the_column_of_the_page() -> None:
    chart = draw({date(2022, 1, 1): 1}, {date(2025, 12, 1): 1})
    assert chart is not None
    assert chart.width <= COLUMN
    assert chart.months[1].x - chart.months[0].x > chart.months[0].above.width
