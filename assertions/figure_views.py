"""Pages of figures: what is counted, who counted it, and how many each says there are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assertions.figures.counts import counted, loaded, measures_with_counts
from assertions.figures.drawing import figure as drawn
from assertions.figures.standing import figure_standings, summary
from assertions.figures.table import rows_of
from assertions.models import Measure
from cms.paging import page_of

PAGE = 100
"""Counts in the table of a page, and measures in a list."""


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """List the public measures that have public counts, each with its lowest, highest and latest."""
    now = timezone.now()
    page = page_of(measures_with_counts(now), request.GET, ["name", "id"], size=PAGE)
    return render(
        request, "assertions/figures.html", {"page": page, "figures": figure_standings(page.rows, now)}
    )


@require_safe
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a measure: its counts as a drawing, and each in a table with its source."""
    now = timezone.now()
    measure = get_object_or_404(Measure.objects.public(now), slug=slug)
    found = drawn(measure, now)
    page = page_of(counted([measure], now), request.GET, ["day", "id"], nulls=["day"], size=PAGE)
    order = [quantity.pk for quantity in page.rows]
    quantities = loaded(counted([measure], now).filter(pk__in=order), now)
    quantities.sort(key=lambda quantity: order.index(quantity.pk))
    context = {
        "measure": measure,
        "figure": found,
        "standing": found.standing,
        "summary": summary(found.standing),
        "rows": rows_of(quantities, found.numbers, now),
        "page": page,
    }
    return render(request, "assertions/figure.html", context)
