"""Figures: who counted how many, kept apart by unit and sort, as a drawing and as a table; nothing is averaged."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from actors.models import Actor
from assertions.actions import withdraw_measure
from assertions.figures.counts import whose
from assertions.figures.drawing import figure
from assertions.figures.standing import FigureStanding, figure_standings, summary
from assertions.models import Measure, Quantity
from tests.factories import accept, make_actor, make_article, make_assertion, make_measure, make_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def ships() -> Measure:
    return make_measure(
        "Ships that left",
        counts="ships that left the harbour of Ostria",
        inclusions=["freighters", "tugs"],
        unit="ships",
        description="Boats are not counted.",
    )


@pytest.fixture
def ada() -> Actor:
    return make_actor("Ada Vale", country=make_state("Ostria"))


def count(measure: Measure, *speakers: Actor, said: str = "", claim: Any = None, **fields: Any) -> Quantity:
    """Return a count in a public assertion of its own."""
    assertion = make_assertion(
        f"Ships left ({Quantity.objects.count()}).",
        *speakers,
        said=said,
        quantities=[{"measure": measure, **fields}],
        **(claim or {}),
    )
    return assertion.quantities.get()


def now_standing(measure: Measure) -> FigureStanding:
    return figure_standings([measure], timezone.now())[0]


def text(client: Client, measure: Measure) -> str:
    response = client.get(measure.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_standing_tells_the_lowest_the_highest_the_latest_and_how_many_counted(
    ships: Measure, ada: Actor
) -> None:
    boris = make_actor("Boris Klint")
    count(ships, ada, low=40, high=50, as_of="2024-05-01", counted_by=ada)
    count(ships, ada, low=10, high=10, as_of="2024-03", counted_by=ada)
    count(ships, boris, low=30, high=30, said="2024-06-01", is_approximate=True)
    found = now_standing(ships)
    assert (found.counts, found.counters, found.unnamed) == (3, 2, 0)
    assert found.lowest and found.highest and found.latest
    assert [found.lowest.in_words(), found.highest.in_words(), found.latest_words] == [
        "10",
        "40 to 50",
        "about 30 ships",
    ]
    assert summary(found) == (
        "3 counts by 2 who counted. The lowest is 10, the highest 40 to 50. "
        "The latest is about 30 ships (Boris Klint, 1 June 2024)."
    )


def test_whose_count_it_is_falls_back_from_the_counter_to_the_speaker_to_the_article(
    ships: Measure, ada: Actor
) -> None:
    wire = make_actor("Northern Wire", "media")
    quantities = [
        count(ships, ada, low=1, counted_by=wire),
        count(ships, ada, low=1, counted_by_description="a clerk"),
        count(ships, ada, low=1),
        count(ships, low=1),
    ]
    assert [whose(quantity) for quantity in quantities] == [
        "Northern Wire",
        "a clerk",
        "Ada Vale",
        "the article’s own voice",
    ]


def test_two_who_are_not_named_are_never_taken_for_one(ships: Measure) -> None:
    for _ in range(2):
        count(ships, low=5, counted_by_description="an official", said="2024-05-01")
    found = now_standing(ships)
    assert (found.counters, found.unnamed) == (0, 2)
    assert summary(found).startswith("2 counts by 2 who are not named.")


def test_what_is_denied_left_open_or_only_a_condition_is_no_count(
    client: Client, ships: Measure, ada: Actor
) -> None:
    count(ships, ada, low=900, high=900, said="2024-05-01", claim={"act": "denies"})
    count(ships, ada, low=901, high=901, said="2024-05-02", claim={"act": "declines"})
    count(ships, ada, low=902, high=902, said="2024-05-03", claim={"condition": "if the ice melts"})
    found = now_standing(ships)
    assert (found.counts, found.denied, found.latest) == (0, 3, None)
    page = text(client, ships)
    assert "<svg" not in page
    assert page.count("Not put forward as a count.") == 3
    assert "Nobody puts a count of it forward." in page


def test_forecasts_shares_rates_and_parts_are_never_the_lowest_or_the_highest_of_totals(
    ships: Measure, ada: Actor
) -> None:
    whole = count(ships, ada, low=40, high=40, as_of="2024-05-01")
    count(ships, ada, low=900, high=900, as_of="2024-12", kind="forecast")
    count(ships, ada, low=1, high=1, as_of="2024-05-02", kind="rate")
    count(ships, ada, low=2, high=2, as_of="2024-05-02", kind="share", unit="per cent")
    count(ships, ada, low=3, high=3, as_of="2024-05-03", part_of=whole)
    found = now_standing(ships)
    assert found.lowest == found.highest == found.latest == whole
    assert found.forecasts == 1
    groups = figure(ships, timezone.now()).groups
    assert [(group.unit, group.sort, len(group.counts)) for group in groups] == [
        ("ships", "count", 3),
        ("per cent", "share", 1),
        ("ships", "rate", 1),
    ]


def test_either_or_is_one_count_and_both_numbers_are_said(client: Client, ships: Measure, ada: Actor) -> None:
    crates = {"measure": ships, "low": 30, "high": 30, "unit": "crates"}
    claim = make_assertion("Room for 30 crates or 5 vats.", ada, said="2024-05-01", quantities=[crates])
    first = claim.quantities.get()
    second = count(ships, ada, low=5, high=5, unit="vats", said="2024-05-01", alternative_to=first)
    found = now_standing(ships)
    assert (found.counts, found.others) == (1, [first] if found.latest == second else [second])
    assert " or " in found.latest_words
    assert "Either this or" in text(client, ships)


def test_a_superseded_count_stays_is_drawn_apart_and_said_to_be_superseded(
    client: Client, ships: Measure, ada: Actor
) -> None:
    old = count(ships, ada, low=10, high=10, as_of="2024-03-01")
    count(ships, ada, low=20, high=20, as_of="2024-05-01", supersedes=old)
    page = text(client, ships)
    assert page.count('class="count superseded"') == 4  # one in each drawing, and in the key
    assert "Superseded by" in page and "Supersedes" in page


def test_a_count_that_is_hidden_leaves_no_trace_in_what_is_superseded(
    client: Client, ships: Measure, ada: Actor
) -> None:
    hidden = count(ships, ada, low=10, high=10, as_of="2024-03-01", claim={"accepted": False})
    count(ships, ada, low=20, high=20, as_of="2024-05-01", supersedes=hidden)
    other = count(ships, ada, low=30, high=30, as_of="2024-06-01", alternative_to=hidden)
    count(ships, ada, low=50, high=50, as_of="2024-07-01", supersedes=other, claim={"accepted": False})
    page = text(client, ships)
    assert "2 counts" in page
    assert "upersede" not in page and "Either this or" not in page and "or <b>" not in page


def test_a_side_of_the_relationship_has_its_hue_and_others_have_none(
    client: Client, ships: Measure, ada: Actor, settings: Any
) -> None:
    settings.RELATIONSHIP = ("ostria", "vesta")
    boris = make_actor("Boris Klint", country=make_state("Vesta"))
    count(ships, ada, low=10, high=10, as_of="2024-03-01")
    count(ships, boris, low=20, high=20, as_of="2024-04-01", counted_by=boris)
    count(ships, make_actor("Carla Roe"), low=30, high=30, as_of="2024-05-01")
    page = text(client, ships)
    assert "counted by Ostria, its people and bodies" in page
    assert [page.count(f'class="count side-{side}"') for side in "ab"] == [4, 4]


def test_one_count_has_a_sentence_and_no_drawing(client: Client, ships: Measure, ada: Actor) -> None:
    count(ships, ada, low=40, high=40, as_of="2024-05-01")
    page = text(client, ships)
    assert "One count: 40 ships (Ada Vale, 1 May 2024)." in page
    assert "<svg" not in page
    assert page.count("<h1>") == 1


def test_counts_in_two_units_are_two_drawings(client: Client, ships: Measure, ada: Actor) -> None:
    for unit in ("", "tugs"):
        for month in (1, 2):
            count(ships, ada, low=month, high=month, as_of=f"2024-0{month}", unit=unit)
    page = text(client, ships)
    assert page.count('role="img"') == 6
    assert '<h3 class="group">Tugs</h3>' in page


def test_counts_without_a_date_stand_below_the_drawing_and_a_year_is_a_span(
    client: Client, ships: Measure, ada: Actor
) -> None:
    count(ships, ada, low=40, high=40, as_of="2024-05-01")
    count(ships, ada, low=50, high=50, as_of="2023")
    count(ships, ada, low=60, as_of="2023-10/..")
    count(ships, ada, low=77)
    page = text(client, ships)
    assert "Not drawn, since nobody gives a date: at least 77 (Ada Vale)." in page
    assert "for a span of time" in page


def test_the_table_leads_to_the_claim_and_the_article(client: Client, ships: Measure, ada: Actor) -> None:
    article = make_article("Forty ships", "Forty ships left, Ada Vale said.")
    quantity = count(
        ships, ada, low=40, high=40, as_of="2024-05-01", note="By night.", claim={"article": article}
    )
    page = text(client, ships)
    assert quantity.assertion.get_absolute_url() in page
    assert article.get_absolute_url() in page and ada.get_absolute_url() in page
    assert "By night." in page and "freighters, tugs" in page


def test_a_name_of_forty_words_and_three_scripts_keep_the_drawing_whole(
    client: Client, ships: Measure
) -> None:
    names = ["오스트리아 국방부", "Министерство обороны Остры", " ".join(["Ministry"] * 30)]
    for month, name in enumerate(names, 1):
        count(ships, make_actor(name, slug=f"actor-{month}"), low=month, high=month, as_of=f"2024-0{month}")
    page = text(client, ships)
    assert re.search(r">Ministry Ministry[^<]*…<", page) and names[2] in page and names[0] in page


def test_the_list_has_every_measure_with_a_count_and_no_other(
    client: Client, ships: Measure, ada: Actor
) -> None:
    make_measure("Empty barrels")
    withdrawn = make_measure("Withdrawn crates")
    count(withdrawn, ada, low=3)
    withdraw_measure(withdrawn, None)
    count(ships, ada, low=40, high=40, as_of="2024-05-01", is_approximate=True)
    page = " ".join(client.get("/figures/").content.decode().split())
    assert "Ships that left" in page and "about 40 ships" in page
    assert "Empty barrels" not in page and "Withdrawn crates" not in page
    assert client.get(withdrawn.get_absolute_url()).status_code == 404


def test_an_empty_site_and_an_empty_measure_say_so(client: Client, ships: Measure) -> None:
    assert "No count is public yet." in client.get("/figures/").content.decode()
    assert "No count of it is public yet." in text(client, ships)


@pytest.mark.parametrize(
    "address", ["/figures/none/", "/figures/?after=%00", "/figures/ships-that-left/?after=xx"]
)
def test_what_is_not_there_is_a_404(client: Client, ships: Measure, address: str) -> None:
    assert client.get(address).status_code == 404


def test_many_counts_are_paged_the_latest_drawn_and_the_number_of_queries_stays(
    client: Client, ships: Measure, ada: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = count(ships, ada, low=1, high=1, as_of="2020-01-01")
    others = make_assertion("Many ships left.", ada, said="2024-01-01")
    Quantity.objects.bulk_create(
        Quantity(assertion=others, measure=ships, low=Decimal(row), high=Decimal(row), as_of="2024-01-01")
        for row in range(2, 122)
    )
    others.refresh_from_db()
    accept(others)
    with django_assert_max_num_queries(40):
        page = text(client, ships)
    assert "121 counts" in page and 'rel="next"' in page
    assert "Drawn are the latest; 21 older counts stand in the table only." in page
    assert first.assertion.get_absolute_url() in page


def test_the_list_asks_no_more_for_many_measures(
    client: Client, ada: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        count(make_measure(f"Crates {number}"), ada, low=number, high=number, as_of="2024-05-01")
    with django_assert_max_num_queries(22):
        assert client.get("/figures/").status_code == 200


def test_the_relationship_page_has_the_figures_of_its_claims(
    client: Client, ships: Measure, ada: Actor
) -> None:
    vesta = make_state("Vesta")
    count(ships, ada, low=40, high=40, as_of="2024-05-01", claim={"about": [vesta]})
    page = client.get("/relationships/ostria/vesta/").content.decode()
    assert "<h2>Figures</h2>" in page and ships.get_absolute_url() in page
