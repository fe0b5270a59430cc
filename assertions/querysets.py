"""What is asked of assertions, and what it means that one is public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import DateField, Exists, F, Func, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat
from django.utils import timezone

from articles.querysets import live_at
from assertions.vocabulary import AnchorStatus, ParticipantRole, Verdict
from cms.periods import LiveQuerySet

if TYPE_CHECKING:
    from actors.models import Actor
    from assertions.models import Assertion, Measure, Quantity, Question  # noqa: F401 – in quotes below

    Actors = Iterable[Actor] | Iterable[int] | QuerySet[Actor]


_THEN = datetime(1, 1, 1, tzinfo=UTC)
"""Stands in the compiled definition of public for the instant that is asked about."""
_NOW = datetime(1, 1, 2, tzinfo=UTC)
"""Stands there for the instant at which it is asked."""


@cache
def _public_keys() -> tuple[str, tuple[Any, ...]]:
    """Return the SQL that selects the keys of what is public at ``_THEN``, asked at ``_NOW``, and its parameters.

    It is composed once: a page asks it dozens of times, and Django takes longer to compose it than PostgreSQL to
    answer.
    """
    every = _model("Assertion").objects.order_by()
    public = every.accepted(_THEN, now=_NOW).naming_only_public_actors(_THEN).supported(_THEN, now=_NOW)
    sql, parameters = public.values("pk").query.sql_with_params()
    return sql, tuple(parameters)


class AssertionQuerySet(QuerySet["Assertion"]):
    """Assertions."""

    def public(self, at: datetime | None = None) -> Self:
        """Keep what is accepted, names public actors only and is supported at an instant, now by default."""
        sql, compiled = _public_keys()
        instant = at or timezone.now()
        instants = {_THEN: instant, _NOW: timezone.now()}
        parameters = [
            instants[value] if isinstance(value, datetime) and value in instants else value
            for value in compiled
        ]
        return self.filter(pk__in=RawSQL(sql, parameters))  # noqa: S611 – Django itself composed it

    def accepted(self, at: datetime | None = None, *, now: datetime | None = None) -> Self:
        """Keep those whose latest review by an instant, now by default, accepts the claim as it stands.

        A claim has today's wording only. One that was accepted then in another wording is kept if the wording of
        today is accepted too, so that no page ever shows words that no review accepted; unless it had been changed by
        then and waited for its review, since then it was not public.
        """
        now = now or timezone.now()
        reviews = _model("Review").objects.filter(assertion=OuterRef("pk")).order_by("-decided_at", "-id")
        then = reviews.filter(decided_at__lte=at or now)
        today = reviews.filter(decided_at__lte=now)
        changed = _model("AssertionEvent").objects.filter(
            pgh_obj=OuterRef("pk"),
            pgh_created_at__lte=at or now,
            claim_version__gt=OuterRef("reviewed_version"),
        )
        found = self.alias(
            latest_verdict=Subquery(then.values("verdict")[:1]),
            reviewed_version=Subquery(then.values("claim_version")[:1]),
            verdict_today=Subquery(today.values("verdict")[:1]),
            reviewed_today=Subquery(today.values("claim_version")[:1]),
        )
        accepted_anew = Q(verdict_today=Verdict.ACCEPT, reviewed_today=F("claim_version")) & ~Q(
            Exists(changed)
        )
        return found.filter(
            Q(reviewed_version=F("claim_version")) | accepted_anew, latest_verdict=Verdict.ACCEPT
        )

    def naming_only_public_actors(self, at: datetime | None = None) -> Self:
        """Keep those in which no speaker, participant, relay or counter is an actor not public then."""
        hidden = (
            apps.get_model("actors", "Actor")
            .objects.exclude(live__contains=at or timezone.now())
            .values("pk")
        )
        return self.exclude(
            Exists(
                _model("Speaker").objects.filter(
                    Q(actor__in=hidden) | Q(speaks_for__in=hidden) | Q(possible_identity__in=hidden),
                    assertion=OuterRef("pk"),
                )
            )
            | Exists(_model("Participant").objects.filter(assertion=OuterRef("pk"), actor__in=hidden))
            | Exists(_model("Relay").objects.filter(assertion=OuterRef("pk"), actor__in=hidden))
            | Exists(_model("Quantity").objects.filter(assertion=OuterRef("pk"), counted_by__in=hidden))
        )

    def supported(self, at: datetime | None = None, *, now: datetime | None = None) -> Self:
        """Keep those with evidence in a revision that is live at an instant, or in an outside source."""
        in_live_text = _model("Anchor").objects.filter(
            live_at(at, "revision__", now=now),
            status__in=[AnchorStatus.EXACT, AnchorStatus.MOVED],
            evidence__assertion=OuterRef("pk"),
        )
        outside = _model("Evidence").objects.filter(assertion=OuterRef("pk"), revision=None)
        return self.filter(Exists(in_live_text) | Exists(outside))

    def said_by(self, actors: Actors) -> Self:
        """Keep those of which one of the actors is a speaker."""
        return self.filter(
            Exists(_model("Speaker").objects.filter(assertion=OuterRef("pk"), actor__in=actors))
        )

    def said_for(self, actors: Actors) -> Self:
        """Keep those that somebody else says for one of the actors."""
        spoken_for = _model("Speaker").objects.filter(assertion=OuterRef("pk"), speaks_for__in=actors)
        return self.filter(Exists(spoken_for.filter(Q(actor=None) | ~Q(actor=F("speaks_for")))))

    def voiced_by(self, actors: Actors) -> Self:
        """Keep those that one of the actors says, or that are said for one."""
        voice = Q(actor__in=actors) | Q(speaks_for__in=actors)
        return self.filter(Exists(_model("Speaker").objects.filter(voice, assertion=OuterRef("pk"))))

    def possibly_said_by(self, actors: Actors) -> Self:
        """Keep those with an unnamed speaker who may be one of the actors."""
        unnamed = _model("Speaker").objects.filter(assertion=OuterRef("pk"), possible_identity__in=actors)
        return self.filter(Exists(unnamed))

    def about(self, actors: Actors) -> Self:
        """Keep those whose proposition has one of the actors as its subject or object."""
        return self.filter(
            Exists(
                _model("Participant").objects.filter(
                    assertion=OuterRef("pk"),
                    actor__in=actors,
                    role__in=[ParticipantRole.SUBJECT, ParticipantRole.OBJECT],
                )
            )
        )

    def relayed_by(self, actors: Actors) -> Self:
        """Keep those that came through one of the actors."""
        return self.filter(Exists(_model("Relay").objects.filter(assertion=OuterRef("pk"), actor__in=actors)))

    def for_ledger(self, at: datetime | None = None) -> Self:
        """Add what a row of a list says: ``grade``, ``said_day``, who speaks and relays, and where it stands.

        Each evidence has ``live_anchors``, its places in the revisions that are live at an instant, now by
        default.
        """
        at = at or timezone.now()
        latest = _model("Review").objects.filter(assertion=OuterRef("pk"), decided_at__lte=at)
        grade = Concat("source_reliability", "information_credibility")
        anchors = _model("Anchor").objects.filter(
            live_at(at, "revision__"), status__in=[AnchorStatus.EXACT, AnchorStatus.MOVED]
        )
        return self.annotate(
            grade=Subquery(latest.order_by("-decided_at", "-id").annotate(code=grade).values("code")[:1]),
            said_day=Func(F("said_range"), function="lower", output_field=DateField(null=True)),
        ).prefetch_related(
            Prefetch(
                "speakers",
                _model("Speaker").objects.select_related("actor", "speaks_for", "possible_identity"),
            ),
            Prefetch("relays", _model("Relay").objects.select_related("actor")),
            Prefetch("participants", _model("Participant").objects.select_related("actor")),
            "evidence",
            Prefetch(
                "evidence__anchors",
                anchors.select_related("revision__article").defer(
                    "revision__body", "revision__text", "revision__search"
                ),
                to_attr="live_anchors",
            ),
        )

    def undecided(self) -> Self:
        """Keep those that nobody has reviewed, and those whose claim changed since, or was reopened."""
        return self.filter(~Exists(_that_holds().exclude(verdict=Verdict.REOPEN)))

    def decided(self, verdict: str) -> Self:
        """Keep those whose latest review has a verdict, and saw the claim as it stands."""
        return self.filter(Exists(_that_holds().filter(verdict=verdict)))

    def not_rejected(self) -> Self:
        """Keep those that their latest review does not reject as they stand: what the newsroom counts with.

        A claim that was changed since its rejection waits for a new decision, and is not rejected.
        """
        return self.filter(~Exists(_that_holds().filter(verdict=Verdict.REJECT)))

    def changed(self) -> Self:
        """Keep those whose claim changed since the latest review."""
        reviews = _model("Review").objects.filter(assertion=OuterRef("pk"))
        return self.filter(~Exists(_that_holds()), Exists(reviews))


class QuestionQuerySet(LiveQuerySet["Question"]):
    """Questions; ``public(at)`` is the definition of a public question."""


class MeasureQuerySet(LiveQuerySet["Measure"]):
    """Measures; ``public(at)`` is the definition of a public measure."""


class QuantityQuerySet(QuerySet["Quantity"]):
    """Quantities."""

    def public(self, at: datetime | None = None) -> Self:
        """Keep the counts of public measures in assertions that are public at an instant, now by default."""
        at = at or timezone.now()
        assertions = _model("Assertion").objects.public(at)
        return self.filter(assertion__in=assertions.values("pk"), measure__live__contains=at)


def _that_holds() -> Any:
    """Return the latest review of the assertion in the query around it, if that saw the claim as it stands.

    It is found as the one that none follows: PostgreSQL then joins all reviews once, where asking for the first by
    date asks once an assertion, which takes four times as long for 40,000.
    """
    reviews = _model("Review").objects.all()
    later = Q(decided_at__gt=OuterRef("decided_at")) | Q(
        decided_at=OuterRef("decided_at"), pk__gt=OuterRef("pk")
    )
    followed = Exists(reviews.filter(later, assertion=OuterRef("assertion")))
    return reviews.filter(~followed, assertion=OuterRef("pk"), claim_version=OuterRef("claim_version"))


def _model(name: str) -> Any:
    return apps.get_model("assertions", name)
