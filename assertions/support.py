"""What became of the support of assertions: which have none, why, and which quotations wait for a person."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, F, Max, Min, OuterRef, Q, Subquery
from django.utils import timezone

from articles.models import Article, Revision, Withdrawal
from assertions.models import Anchor, Assertion, Evidence, Review
from assertions.vocabulary import AnchorStatus, Verdict

STANDING = [AnchorStatus.EXACT, AnchorStatus.MOVED]
WAITING = [AnchorStatus.AMBIGUOUS, AnchorStatus.LOST]


class Cause(StrEnum):
    """Why a quotation supports nothing at an instant."""

    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    AHEAD = "ahead"
    DRAFT = "draft"
    CLOSED = "closed"
    LOST = "lost"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one quotation supports nothing: ``since`` when, or from when on it will; ``words`` of a withdrawal.

    ``headline`` is that of the revision concerned; ``anchor`` is the lost or ambiguous one, where there is one.
    """

    cause: Cause
    evidence: Evidence
    article: Article
    headline: str
    since: datetime | None = None
    words: str = ""
    anchor: Anchor | None = None


def unsupported(at: datetime | None = None) -> Any:
    """Return the assertions that are accepted and that no evidence supports at an instant, now by default.

    ``unsupported_since`` is when the last support ended; None if there never was any.
    """
    at = at or timezone.now()
    every = Assertion.objects.all()
    ended = Max(
        "evidence__anchors__revision__live__endswith",
        filter=Q(evidence__anchors__status__in=STANDING, evidence__anchors__revision__live__endswith__lte=at),
    )
    found = every.accepted(at).exclude(pk__in=every.supported(at).values("pk"))
    return found.annotate(unsupported_since=ended)


def open_anchors(at: datetime | None = None) -> Any:
    """Return the lost and ambiguous anchors in revisions that are or will be live, which nobody has settled.

    ``begins`` is when that revision does. Those of claims that were rejected need nobody, nor those of a claim that
    was quoted anew from that revision.
    """
    at = at or timezone.now()
    latest = Review.objects.filter(assertion=OuterRef("evidence__assertion"), decided_at__lte=at)
    verdict = Subquery(latest.order_by("-decided_at", "-id").values("verdict")[:1])
    anew = Evidence.objects.filter(assertion=OuterRef("evidence__assertion"), revision=OuterRef("revision"))
    return (
        Anchor.objects.alias(verdict=verdict)
        .filter(
            Q(revision__closed_at=None) | Q(revision__closed_at__gt=at),
            Q(revision__live__contains=at) | Q(revision__live__startswith__gt=at),
            ~Exists(anew),
            Q(verdict=None) | ~Q(verdict=Verdict.REJECT),
            status__in=WAITING,
            settled_at=None,
        )
        .annotate(begins=F("revision__live__startswith"))
    )


def once_public(at: datetime | None = None) -> Any:
    """Return the unsupported assertions that readers have seen: accepted while words of a revision carried them.

    Those of which a version was removed for a legal reason are as if they had never been there.
    """
    at = at or timezone.now()
    accepted = Review.objects.filter(
        assertion=OuterRef("pk"), verdict=Verdict.ACCEPT, decided_at__lte=at
    ).values("assertion")
    carried = Anchor.objects.filter(
        evidence__assertion=OuterRef("pk"),
        status__in=STANDING,
        revision__removal=None,
        revision__live__startswith__lte=at,
        revision__live__endswith__gt=OuterRef("first_accepted"),
    )
    return (
        unsupported(at)
        .naming_only_public_actors(at)
        .alias(first_accepted=Subquery(accepted.annotate(first=Min("decided_at")).values("first")))
        .filter(Exists(carried))
    )


def why_unsupported(assertions: Collection[Assertion], at: datetime) -> dict[int, list[Reason]]:
    """Return, by the key of an assertion, why each of its quotations supports nothing at an instant."""
    evidence = list(
        Evidence.objects.filter(assertion__in=assertions, revision__isnull=False)
        .select_related("revision__article")
        .defer("revision__body", "revision__text", "revision__search")
        .order_by("assertion", "id")
    )
    states = _states({row.revision.article_id for row in evidence if row.revision is not None}, at)
    anchors = {
        (anchor.evidence_id, anchor.revision_id): anchor
        for anchor in Anchor.objects.filter(
            evidence__in=evidence,
            revision__in=[state.revision for state in states.values() if state.revision],
        )
    }
    reasons: dict[int, list[Reason]] = defaultdict(list)
    for row in evidence:
        assert row.revision is not None
        state = states[row.revision.article_id]
        shown = state.revision or row.revision
        anchor = anchors.get((row.pk, state.revision.pk)) if state.revision else None
        cause = state.cause or (Cause(anchor.status) if anchor and anchor.status in WAITING else None)
        if cause is not None:
            waiting = anchor if cause in (Cause.LOST, Cause.AMBIGUOUS) else None
            reasons[row.assertion_id].append(
                Reason(cause, row, row.revision.article, shown.headline, state.since, state.words, waiting)
            )
    return reasons


@dataclass(frozen=True, slots=True)
class _State:
    """How an article stands at an instant: no cause while a revision of it is live and open."""

    cause: Cause | None
    revision: Revision | None = None
    since: datetime | None = None
    words: str = ""


def _states(articles: Collection[int], at: datetime) -> dict[int, _State]:
    """Return how articles stand, by their keys. Two queries."""
    periods: dict[int, list[Revision]] = defaultdict(list)
    revisions = Revision.objects.filter(article__in=articles, live__isnull=False)
    for revision in revisions.defer("body", "text", "search").order_by("live__startswith"):
        periods[revision.article_id].append(revision)
    notices: dict[int, list[Withdrawal]] = defaultdict(list)
    for notice in Withdrawal.objects.filter(article__in=articles, at__lte=at).order_by("at", "id"):
        notices[notice.article_id].append(notice)
    return {key: _state(periods[key], notices[key], at) for key in articles}


def _state(periods: list[Revision], notices: list[Withdrawal], at: datetime) -> _State:
    """Return how an article stands whose periods, and notices by then, are given, the earliest first.

    As `Withdrawal.objects.of`, the latest notice counts if it came after the article was last public.
    """
    begun = [revision for revision in periods if revision.live.lower <= at]
    if not begun:
        return _State(Cause.AHEAD, periods[0], periods[0].live.lower) if periods else _State(Cause.DRAFT)
    last = begun[-1]
    if last.live.upper is None or last.live.upper > at:
        is_open = last.closed_at is None or last.closed_at > at
        return _State(None if is_open else Cause.CLOSED, last, last.live.lower if is_open else last.closed_at)
    if notices and notices[-1].at >= last.live.lower:
        return _State(Cause.WITHDRAWN, last, notices[-1].at, notices[-1].reason)
    return _State(Cause.ENDED, last, last.live.upper)
