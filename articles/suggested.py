"""What the rules have found in an article and nobody has decided on yet: beside its form, as it comes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Min, QuerySet
from django.urls import reverse

from articles.models import Article
from assertions.actions import reading_progress
from assertions.models import Assertion, TextReading
from assertions.permissions import DECIDE
from assertions.wording import speakers
from cms.jobs import Progress
from cms.models import User

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion: who does what in saying it, the claim, and where it is decided on or seen."""

    claim: str
    who: str
    act: str
    address: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the reading of the text is, how many suggestions wait, and the first of them.

    ``limited`` is how many statements were suggested, and how many found, if those were too many.
    """

    progress: Progress
    count: int
    first: list[Suggested]
    limited: tuple[int, int] | None = None

    @property
    def is_going_on(self) -> bool:
        """Whether the text waits to be read, or is read."""
        return self.progress == Progress.UNDER_WAY

    @property
    def told(self) -> str:
        """How it stands, in a sentence."""
        if self.is_going_on:
            return "Reading the text …"
        if self.progress == Progress.GIVEN_UP:
            return "The text could not be read. It is tried again when a new version is saved."
        waiting = (
            f"{self.count} suggestion{'' if self.count == 1 else 's'} to decide."
            if self.count
            else "Nothing waits to be decided."
        )
        if self.limited is None:
            return waiting
        suggested, found = self.limited
        return f"{waiting} The first {suggested:,} of {found:,} statements in this text are suggested."

    @property
    def more(self) -> int:
        """How many wait beside those that are shown."""
        return max(0, self.count - len(self.first))

    def as_json(self) -> dict[str, Any]:
        """Return what the script beside the form shows."""
        return {
            "reading": self.is_going_on,
            "told": self.told,
            "more": self.more,
            "suggestions": [
                {"claim": row.claim, "who": row.who, "act": row.act, "address": row.address}
                for row in self.first
            ],
        }


def open_suggestions(article: Article) -> QuerySet[Assertion]:
    """Return the suggestions from an article that wait for a decision."""
    return Assertion.objects.undecided().filter(suggestion__article=article)


def reading_of(article: Article, user: User) -> Reading:
    """Return how the reading of an article stands, for an account that may see the article."""
    # Asked before the suggestions are: what comes in between is shown by the next look.
    progress = reading_progress(article)
    found = open_suggestions(article)
    may_decide = user.has_perm(DECIDE)
    first = found.alias(begins=Min("evidence__start")).order_by("begins", "pk")
    return Reading(
        progress,
        found.count(),
        [
            Suggested(row.claim, speakers(row), row.get_act_display(), _address(row, may_decide))
            for row in first.prefetch_related("speakers__actor")[:SHOWN]
        ],
        TextReading.objects.filter(article=article, suggested__lt=F("found"))
        .values_list("suggested", "found")
        .first(),
    )


def _address(assertion: Assertion, may_decide: bool) -> str:
    if may_decide:
        return reverse("admin:desk_decide", args=[assertion.identifier])
    return reverse("admin:assertions_assertion_change", args=[assertion.pk])
