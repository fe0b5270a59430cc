"""Counts that the public may read: whose they are, when they are for, and whether they stand.

A number *stands* as a count if its assertion puts it forward; in a denial, a non-answer or under a condition (unless it
is a forecast) it is shown beside the counts, and never among them.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import DateField, F, Func, QuerySet
from django.db.models.functions import Coalesce

from assertions.models import Assertion, Measure, Quantity
from assertions.querysets import QuantityQuerySet
from assertions.vocabulary import Polarity, QuantityKind
from assertions.wording import ARTICLE_VOICE, listed


def counted(measures: Iterable[Measure], at: datetime) -> QuantityQuerySet:
    """Return the public quantities of measures, with ``days`` (the range they are for) and ``day`` (its first day).

    That is the as-of date, else when it was said, else when it was published; null where none is known.
    """
    days = Coalesce("as_of_range", "assertion__said_range", "assertion__published_range")
    return (
        Quantity.objects.public(at)
        .filter(measure__in=measures)
        .annotate(days=days)
        .annotate(
            day=Coalesce(
                Func(F("days"), function="lower"), Func(F("days"), function="upper"), output_field=DateField()
            )
        )
    )


def measures_with_counts(at: datetime) -> QuerySet[Measure]:
    """Return the public measures that have a public count."""
    return Measure.objects.public(at).filter(pk__in=Quantity.objects.public(at).values("measure"))


def loaded(quantities: QuerySet[Quantity], at: datetime) -> list[Quantity]:
    """Return quantities with all that a page says of them: measure, counter, and the assertion as a ledger reads it."""
    rows = list(quantities.select_related("measure", "counted_by"))
    assertions = Assertion.objects.for_ledger(at).in_bulk({row.assertion_id for row in rows})
    for row in rows:
        row.assertion = assertions[row.assertion_id]
    return rows


def whose(quantity: Quantity) -> str:
    """Return whose count it is, in words: who counted, else who says it, else the article itself.

    Reads the assertion's speakers as ``loaded`` fetches them.
    """
    if quantity.counted_by:
        return str(quantity.counted_by)
    speakers = [str(speaker) for speaker in quantity.assertion.speakers.all()]
    return quantity.counted_by_description or listed(speakers) or ARTICLE_VOICE


def when(quantity: Quantity) -> tuple[str, str]:
    """Return the EDTF date that a count is for and what it is: "as of", "said", "published" or "" for none."""
    claim = quantity.assertion
    dates = {"as of": quantity.as_of, "said": claim.said, "published": claim.published}
    return next(((text, basis) for basis, text in dates.items() if text), ("", ""))


def stands(quantity: Quantity) -> bool:
    """Tell whether a number is put forward as a count: not denied, not left open, not a mere condition."""
    claim = quantity.assertion
    return stands_as(quantity.kind, claim.polarity, claim.condition)


def stands_as(kind: str, polarity: str, condition: str) -> bool:
    """Tell whether a number of this kind, in a claim of this polarity and condition, is put forward as a count."""
    is_put_forward = polarity == Polarity.AFFIRMATIVE
    return is_put_forward and (not condition or kind == QuantityKind.FORECAST)
