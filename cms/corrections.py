"""What this newsroom got wrong, as readers find it: corrections and withdrawals as one list, the latest first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from articles.corrections import listed_corrections, place_of
from articles.models import Correction, Revision, Withdrawal
from cms.paging import Page, page_of_several

WITHDRAWAL = "withdrawal"
KINDS = [*Correction.Kind.choices, (WITHDRAWAL, "withdrawal")]
ORDER = ["-shown_from", "-sort", "-id"]


@dataclass(frozen=True, slots=True)
class Told:
    """What readers were told of an article, and when: ``kind`` is one of `KINDS`.

    ``title`` is the headline, or the article's day where no version of it may be read any more; ``language`` that of
    the headline. ``place`` is where it stands. ``again_from`` is when what was withdrawn became public again, if it is.
    """

    kind: str
    words: str
    shown_from: datetime
    title: str
    language: str
    place: str
    again_from: datetime | None = None


class CorrectionFilter(django_filters.FilterSet):
    """Asks for corrections, or withdrawals, of one kind."""

    kind = django_filters.ChoiceFilter(label="Kind", choices=KINDS, empty_label="any", method="of_kind")

    class Meta:
        model = Correction
        fields: list[str] = []

    def of_kind(self, corrections: QuerySet[Correction], name: str, kind: str) -> QuerySet[Correction]:
        return corrections.filter(kind=kind)

    @property
    def has_withdrawals(self) -> bool:
        """Tell whether withdrawals are asked for too."""
        chosen = self.form.cleaned_data.get("kind") if self.form.is_valid() else ""
        return chosen in ("", WITHDRAWAL)


def corrections_and_withdrawals(
    filtered: CorrectionFilter, parameters: Mapping[str, str], at: datetime
) -> Page[Any]:
    """Return a page of what readers are told at an instant, each row a `Told`; ``filtered`` filters corrections."""
    corrections = filtered.qs.select_related("article").annotate(sort=_number(0))
    sources: list[QuerySet[Any]] = [corrections]
    if filtered.has_withdrawals:
        sources.append(_withdrawals(at).annotate(sort=_number(1)))
    page = page_of_several(sources, parameters, ORDER)
    titles = _titles([row.article_id for row in page.rows], at)
    return replace(page, rows=[_told(row, titles) for row in page.rows])


def _number(value: int) -> Value:
    return Value(value, output_field=IntegerField())


def _withdrawals(at: datetime) -> QuerySet[Any]:
    """Return the withdrawals that have taken place, but not of what was removed without a trace."""
    seen = Revision.objects.filter(article=OuterRef("article"), live__startswith__lte=at, removal=None)
    took_place = Withdrawal.objects.filter(Exists(seen), at__lte=at)
    public = Revision.objects.public(at).filter(article=OuterRef("article"))
    later = Withdrawal.objects.filter(article=OuterRef("article"), at__lte=at, at__gt=OuterRef("at"))
    back = seen.filter(live__startswith__gt=OuterRef("at")).order_by("live__startswith")
    again_from = Case(
        When(Exists(public) & ~Exists(later), then=Subquery(back.values("live__startswith")[:1])),
        output_field=DateTimeField(),
    )
    return took_place.select_related("article").annotate(shown_from=F("at"), again_from=again_from)


def _titles(articles: Collection[int], at: datetime) -> dict[int, tuple[str, str]]:
    """Return headline and language of each article of which readers may read a version, by its key."""
    readable = Revision.objects.readable().filter(live__startswith__lte=at, article__in=articles)
    latest = readable.filter(article=OuterRef("article")).order_by("-live__startswith").values("pk")[:1]
    rows = readable.filter(pk=Subquery(latest)).values_list("article", "headline", "language")
    return {article: (headline, language) for article, headline, language in rows}


def _told(row: Any, titles: Mapping[int, tuple[str, str]]) -> Told:
    address = row.article.get_absolute_url()
    day = date_format(timezone.localdate(row.article.published_at), "j F Y")
    title, language = titles.get(row.article_id, (f"An article of {day}", ""))
    if isinstance(row, Withdrawal):
        again_from: datetime | None = row.again_from  # type: ignore[attr-defined]
        return Told(WITHDRAWAL, row.reason, row.at, title, language, address, again_from)
    return Told(row.kind, row.text, row.shown_from, title, language, place_of(row))


def filter_of(parameters: QueryDict, at: datetime) -> CorrectionFilter:
    """Return the filter of the list by what was asked for."""
    return CorrectionFilter(parameters, listed_corrections(at))
