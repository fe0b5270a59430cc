"""What staff is told before and after an article is published, scheduled or withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from actors.models import Actor
from articles import consequences, permissions
from articles.actions import periods
from articles.models import Article, Removal, Revision, Withdrawal, WorkflowStep
from assertions.models import Assertion, Evidence
from cms.models import User
from cms.timezones import told

LISTED = 30
"""Assertions that the page of a withdrawal names; it counts the others."""


def was_public(article: Article) -> bool:
    """Tell whether readers see an article or have seen it."""
    return article.was_public()


def ends(article: Article) -> list[datetime]:
    """Return the instants ahead at which an article is planned to stop being public."""
    return periods.planned_ends(article, timezone.now())


def approval(revision: Revision) -> str:
    """Return in a sentence whether somebody approved a revision; "" for one that is public."""
    if revision.is_public():
        return ""
    steps = WorkflowStep.objects.exclude(kind=WorkflowStep.Kind.NOTE).select_related("created_by", "revision")
    own = steps.filter(revision=revision).order_by("id").last()
    if own and own.kind == WorkflowStep.Kind.APPROVE:
        return f"Approved by {own.created_by or 'the operator'}, {told(own.created_at)}."
    others = steps.filter(kind=WorkflowStep.Kind.APPROVE, revision__article=revision.article_id)
    shown = Revision.objects.filter(article=revision.article_id, live__isnull=False)
    since = shown.filter(number__lt=revision.number).aggregate(latest=Max("number"))["latest"] or 0
    other = others.filter(revision__number__gt=since).exclude(revision=revision).order_by("id").last()
    if other is None:
        return f"Nobody has approved revision {revision.number}."
    who = other.created_by or "the operator"
    return (
        f"Revision {revision.number} is not approved: {who} approved revision {other.revision.number}, "
        f"{told(other.created_at)}."
    )


def publishable(revisions: Iterable[Revision]) -> set[int]:
    """Return the keys of revisions which somebody may publish: all, or where four eyes are asked for, the approved.

    Whether the approval was by somebody who worked on the text, ``permissions.may_publish`` tells of each.
    """
    rows = list(revisions)
    if not settings.FOUR_EYES:
        return {revision.pk for revision in rows}
    steps = WorkflowStep.objects.filter(revision__in=rows).exclude(kind=WorkflowStep.Kind.NOTE)
    latest = dict(steps.order_by("id").values_list("revision", "kind"))
    return {
        revision.pk
        for revision in rows
        if latest.get(revision.pk) == WorkflowStep.Kind.APPROVE or revision.is_public()
    }


def proposed(article: Article, revision: Revision) -> dict[str, Any]:
    """Return what the page that asks when to publish is filled with at first."""
    now = timezone.now()
    times: dict[str, Any] = {}
    if revision.live is not None and (revision.live.upper is None or revision.live.upper > now):
        times["at"] = revision.live.lower if revision.live.lower > now else None
        times["until"] = revision.live.upper
    elif article.embargo is not None and article.embargo > now:
        times["at"] = article.embargo
    if times.get("until") and times["until"] not in ends(article):
        times["until"] = None  # the next revision begins then
    lost = consequences.correction_for(article, revision)
    return times | ({"kind": lost.kind, "text": lost.text} if lost else {})


def before_publishing(article: Article, revision: Revision) -> list[str]:
    """Return sentences on a revision that is about to be published."""
    now = timezone.now()
    sentences = [
        *filter(None, [approval(revision)]),
        f"Revision {revision.number}, by {revision.created_by or 'an import'}, {told(revision.created_at)}.",
        *newer_than(revision),
        *consequences.left_behind(article, revision),
        *without_text(revision),
        *consequences.replaced_by(consequences.older_ahead(article, revision)),
    ]
    if article.embargo is not None and article.embargo > now:
        sentences.append(f"Under embargo until {told(article.embargo)}.")
    planned = article.withdrawals.filter(at__gt=now).first()
    if planned:
        sentences.append(f"The article is to be withdrawn on {told(planned.at)}: it ends then in any case.")
    elif Withdrawal.objects.of(article, now):
        sentences.append(
            "The article is withdrawn. It will be public again, and the notice in its place goes."
        )
    sentences += consequences.on_correction(article, revision)
    hidden = Actor.objects.filter(mentions__revision=revision).exclude(live__contains=now).distinct()
    if names := ", ".join(actor.name for actor in hidden):
        sentences.append(f"Named in it, but not public, so without a link: {names}.")
    if open_names := revision.mentions.filter(actor=None).count():
        sentences.append(f"Names that nobody has resolved, so without a link: {open_names}.")
    return sentences


def without_text(revision: Revision) -> list[str]:
    """Return a sentence on a revision whose body has no words."""
    return [] if revision.text.strip() else [f"Revision {revision.number} has no text: its body is empty."]


def newer_than(revision: Revision) -> list[str]:
    """Return a sentence on the latest revision if it is a newer one."""
    latest = revision.article.revisions.select_related("created_by").latest("number")
    if latest.number == revision.number:
        return []
    by = latest.created_by or "an import"
    return [f"There is a newer one: revision {latest.number}, by {by}, {told(latest.created_at)}."]


def readers_headline(article: Article) -> str:
    """Return the headline that readers see; else the one that they saw last, or will see first."""
    shown = article.revisions.filter(live__isnull=False)
    begun = shown.filter(live__startswith__lte=timezone.now()).order_by("-live")
    revision = begun.first() or shown.order_by("live").first() or article.revisions.latest("number")
    return revision.headline


def cancelled_by_withdrawal(planned: Iterable[Revision]) -> list[str]:
    """Return a sentence on each scheduled revision that a withdrawal before it cancels, and on its correction."""
    sentences = []
    for revision in planned:
        assert revision.live is not None
        sentences.append(
            f"Revision {revision.number} is scheduled for {told(revision.live.lower)}: that is cancelled if the "
            "article is withdrawn before."
        )
        sentences += [
            f"A correction was to appear with it, and waits then, unseen by readers: “{correction.text}”"
            for correction in consequences.corrections_with([revision])
        ]
    return sentences


@dataclass(frozen=True, slots=True)
class Resting:
    """The public assertions that rest on an article: how many have other support, and which have none."""

    kept: int
    lost: list[Assertion]
    more: int

    @property
    def count(self) -> int:
        return self.kept + len(self.lost) + self.more


def resting_on(article: Article) -> Resting:
    """Return which public assertions rest on an article; the first ``LISTED`` of those that rest on it alone."""
    own = Evidence.objects.filter(assertion=OuterRef("pk"), revision__article=article)
    elsewhere = Evidence.objects.filter(assertion=OuterRef("pk")).exclude(revision__article=article)
    public_elsewhere = elsewhere.filter(revision=None) | elsewhere.filter(
        Exists(
            Revision.objects.public().filter(
                anchors__evidence=OuterRef("pk"), anchors__status__in=["exact", "moved"]
            )
        )
    )
    resting: QuerySet[Assertion] = Assertion.objects.public().filter(Exists(own))
    kept = resting.filter(Exists(public_elsewhere)).count()
    lost = resting.exclude(Exists(public_elsewhere)).order_by("claim", "pk")
    listed = list(lost[:LISTED])
    return Resting(kept, listed, resting.count() - kept - len(listed))


def readable_versions(article: Article) -> int:
    """Return how many versions of an article that is not public readers can read."""
    now = timezone.now()
    return article.revisions.filter(live__endswith__lte=now).exclude(closed_at__lte=now).count()


def being_public(article: Article, user: User) -> dict[str, Any]:
    """Return the context of the section on periods beside an article's form."""
    now = timezone.now()
    may = user.has_perm(permissions.PUBLISH)
    shown = article.revisions.filter(live__contains=now).exists()
    seen = was_public(article)
    return {
        "periods": {
            "may": may,
            "embargo": article.embargo if article.embargo and article.embargo > now else None,
            "may_embargo": may and not shown,
            "scheduled": consequences.scheduled(article),
            "ends": periods.planned_ends(article, now),
            "notice": Withdrawal.objects.of(article, now),
            "planned": article.withdrawals.filter(at__gt=now).first(),
            "readable": readable_versions(article) if seen and not shown else None,
            "removals": list(
                Removal.objects.filter(revision__article=article).select_related("revision", "created_by")
            )
            if user.has_perm(permissions.REMOVE)
            else [],
            "is_public": shown,
            "was_public": seen,
        }
    }
