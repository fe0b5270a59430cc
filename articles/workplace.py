"""What stands beside the form of an article: revisions, names, assertions."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, QuerySet

from actors.models import Actor
from articles import permissions, planning, staff
from articles.body import annotate
from articles.corrections import told_of
from articles.models import Article, Mention, Revision
from articles.suggested import open_suggestions, reading_of
from assertions.models import Assertion
from cms.models import User
from cms.workplace.periods import Standing, standing, standing_of_version

LISTED = 8
"""Revisions beside the form, the newest; its history has all."""
ASKED = 20
"""Names beside the form of which nobody has said whom they mean, the first; the list of mentions has all."""


@dataclass(frozen=True, slots=True)
class Named:
    """An actor whom the text names, how often, and whether readers see it."""

    actor: Actor
    times: int
    is_public: bool


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name in its context, and the actors it may mean, each as ``slug`` and ``name``."""

    mention: Mention
    before: str
    after: str
    candidates: list[dict[str, str]]


def beside_article(article: Article, user: User) -> dict[str, Any]:
    """Return the context of the column beside an article's form, for an account that may see the article."""
    newest_first = article.revisions.order_by("-number")
    latest = newest_first.first()
    shown = standing(article.revisions.values_list("live", flat=True))
    revisions = newest_first.select_related("created_by").defer("body", "text", "search")[:LISTED]
    reading = latest if latest and permissions.may_read(user, latest) else None
    unresolved = staff.with_candidates(reading.mentions.filter(actor=None)) if reading else None
    listed = list(revisions)
    may_publish = user.has_perm(permissions.PUBLISH)
    refusal = permissions.may_publish(user, latest) if latest and may_publish else None
    return {
        "latest": latest,
        "reading": reading,
        "body": annotate(reading.body, ()) if reading else "",
        "revisions": [(revision, standing_of_version(revision.live)) for revision in listed],
        "publishable": planning.publishable(listed) if may_publish else set(),
        "named": _named(reading) if reading else [],
        "unresolved": [_unresolved(row) for row in unresolved[:ASKED]] if unresolved is not None else [],
        "unresolved_count": unresolved.count() if unresolved is not None else 0,
        "may_resolve": user.has_perm(permissions.MENTIONS),
        "assertions": [(assertion, review_state(assertion)) for assertion in _assertions(article)],
        "reading_suggestions": reading_of(article, user),
        "may_assert": user.has_perm("assertions.add_assertion"),
        "corrections": [
            (correction, told_of(correction))
            for correction in article.corrections.select_related("created_by", "revision__removal")
        ],
        "may_publish": may_publish,
        "publishing_refused": refusal or "",
        "may_withdraw": may_publish and shown.state in ("public", "scheduled"),
        "may_correct": user.has_perm(permissions.CORRECT) and shown.state in ("public", "withdrawn"),
        "may_edit": permissions.may_edit(user, article),
        **planning.being_public(article, user),
    }


def _named(reading: Revision) -> list[Named]:
    """Return the actors that a text names, the one that it names most first."""
    counted = reading.mentions.filter(actor__isnull=False).order_by().values_list("actor")
    times = counted.annotate(times=Count("pk"), first=Min("start")).order_by("-times", "first")
    actors = Actor.objects.in_bulk([key for key, *_ in times])
    return [Named(actors[key], count, actors[key].is_public()) for key, count, _ in times]


def _unresolved(mention: Any) -> Unresolved:
    before, _, after = staff.in_context(mention, 40)
    return Unresolved(mention, before, after, mention.candidate_names)


def _assertions(article: Article) -> QuerySet[Assertion]:
    """Return what rests on an article, without the suggestions that wait: they stand in a list of their own."""
    evident = Assertion.objects.filter(evidence__revision__article=article).distinct()
    evident = evident.exclude(pk__in=open_suggestions(article).values("pk"))
    return evident.prefetch_related("speakers__actor", "reviews")


def review_state(assertion: Assertion) -> Standing:
    """Return what the reviews say of an assertion as it stands; ``reviews`` may be prefetched."""
    reviews = sorted(assertion.reviews.all(), key=lambda review: (review.decided_at, review.pk))
    if not reviews:
        return Standing("draft", "undecided")
    latest = reviews[-1]
    if latest.claim_version < assertion.claim_version:
        return Standing("scheduled", f"{latest.get_verdict_display()}, changed since")
    if latest.verdict == "reopen":
        return Standing("draft", "reopened")
    words = f"{latest.get_verdict_display()} {latest.grade}".strip()
    return Standing("public" if latest.verdict == "accept" else "withdrawn", words)
