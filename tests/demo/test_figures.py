"""The figures of the loaded coverage: every drawing holds together, and its numbers are not taken for more."""

from itertools import combinations

import pytest
from django.test import Client
from django.utils import timezone

from assertions.charts.range_chart import Chart
from assertions.figures.counts import measures_with_counts
from assertions.figures.drawing import figure
from assertions.figures.standing import figure_standings
from assertions.models import Measure, Quantity
from tests.assertions.test_range_chart import holds_together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def drawings() -> list[Chart]:
    """Return every drawing of every public measure, in all its sizes."""
    now = timezone.now()
    figures = [figure(measure, now) for measure in Measure.objects.public(now)]
    return [chart for found in figures for group in found.groups for chart in group.charts.values()]


def test_no_label_meets_another_in_any_drawing() -> None:
    found = drawings()
    assert len(found) >= 15
    for chart in found:
        holds_together(chart)


def test_every_count_of_a_wide_drawing_is_named() -> None:
    wide = [chart for chart in drawings() if chart.width == 980]
    assert [chart for chart in wide if chart.is_numbered] == []


def test_every_count_stands_in_the_table_of_its_measure(client: Client) -> None:
    for measure in measures_with_counts(timezone.now()):
        page = client.get(measure.get_absolute_url()).content.decode()
        for quantity in Quantity.objects.public().filter(measure=measure):
            assert quantity.assertion.get_absolute_url() in page, quantity


def test_casualties_are_not_deaths() -> None:
    apart = {frozenset(measure.inclusions) for measure in Measure.objects.filter(slug__contains="killed")}
    assert {frozenset(["killed"]), frozenset(["killed", "wounded"])} <= apart
    killed, both = (Measure.objects.get(slug=slug) for slug in ("killed", "killed-and-wounded"))
    claims = [set(measure.quantities.values_list("pk", flat=True)) for measure in (killed, both)]
    assert all(claims) and not any(one & other for one, other in combinations(claims, 2))


def test_one_calibre_or_the_other_is_one_count_of_two_numbers() -> None:
    found = figure_standings([Measure.objects.get(slug="rounds-that-fit")], timezone.now())[0]
    assert found.counts == 1
    assert found.latest_words.startswith("either ") and " or " in found.latest_words


def test_a_decision_to_send_is_not_the_highest_count_of_those_sent() -> None:
    found = figure_standings([Measure.objects.get(slug="troops-sent")], timezone.now())[0]
    assert found.forecasts >= 2
    assert found.highest and found.highest.kind == "total"
