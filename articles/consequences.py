"""What publishing or cancelling one revision does to others: what replaces it, is left behind, and waits."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.actions import periods
from articles.models import Article, Correction, Revision
from cms.timezones import told


def waiting_correction(article: Article) -> Correction | None:
    """Return the latest correction that was to appear with a revision which is not scheduled any more."""
    lost = article.corrections.filter(revision__isnull=False, revision__live=None).order_by("-id").first()
    told_since = lost and article.corrections.filter(pk__gt=lost.pk, text=lost.text).exists()
    return None if told_since else lost


def correction_for(article: Article, revision: Revision) -> Correction | None:
    """Return the waiting correction if a revision that is to be published can tell it anew: a newer one than its own.

    With its own revision it appears of itself; an older text does not put right what a newer one was to.
    """
    lost = waiting_correction(article)
    return lost if lost and lost.revision and lost.revision.number < revision.number else None


def on_correction(article: Article, revision: Revision) -> list[str]:
    """Return a sentence on the correction that waits, or that comes with a revision, before that is published."""
    if own := list(corrections_with([revision])):
        told_then = " ".join(f"“{correction.text}”" for correction in own)
        if revision.live is None:
            return [
                f"A correction was to appear with revision {revision.number}, which is not scheduled any more. "
                f"It appears if this revision is published: {told_then}"
            ]
        return [f"A correction appears with it: {told_then}"]
    lost = waiting_correction(article)
    if lost is None or lost.revision is None:
        return []
    words = (
        f"A correction was to appear with revision {lost.revision.number}, which is not scheduled any more."
    )
    if correction_for(article, revision):
        return [f"{words} It is filled in below."]
    return [f"{words} It still waits, as this text is older: “{lost.text}”"]


def corrections_with(revisions: Iterable[Revision]) -> QuerySet[Correction]:
    """Return the corrections that appear with revisions which have not begun to be public."""
    now = timezone.now()
    unseen = Q(revision__live=None) | Q(revision__live__startswith__gt=now)
    return Correction.objects.filter(unseen, revision__in=list(revisions), revision__removal=None).order_by(
        "id"
    )


def left_waiting(corrections: Iterable[Correction]) -> list[str]:
    """Return a sentence on each correction whose revision is not scheduled any more."""
    return [
        f"The correction “{correction.text}” waits: readers do not see it until it is published."
        for correction in corrections
    ]


def scheduled(article: Article) -> list[Revision]:
    """Return the revisions of an article that begin to be public ahead, the next first."""
    return list(article.revisions.filter(live__startswith__gt=timezone.now()).order_by("live"))


def older_ahead(article: Article, revision: Revision) -> list[Revision]:
    """Return the older revisions that are scheduled to replace a revision once it is public, the next first."""
    now = timezone.now()
    begin = revision.live.lower if revision.live is not None else now
    return periods.older_ahead(article, revision.number, max(begin, now))[::-1]


def replaced_by(followers: Iterable[Revision]) -> list[str]:
    """Return a sentence on each older revision that will replace one that is published before it."""
    sentences = []
    for follower in followers:
        assert follower.live is not None
        sentences.append(
            f"Revision {follower.number} is scheduled for {told(follower.live.lower)} and will replace this one, "
            "though it is older."
        )
        sentences += [
            f"A correction appears with revision {follower.number}: “{correction.text}”"
            for correction in corrections_with([follower])
        ]
    return sentences


def buried(article: Article, revision: Revision) -> Revision | None:
    """Return the latest revision if it is a draft that is left behind once an older one is published as a new one.

    That is what becomes of a revision that was public and is not any more.
    """
    now = timezone.now()
    ended = revision.live is not None and revision.live.upper is not None and revision.live.upper <= now
    latest = article.revisions.latest("number")
    return latest if ended and latest.live is None and latest.number > revision.number else None


def left_behind(article: Article, revision: Revision) -> list[str]:
    """Return a sentence on a draft that stays in the history only, if an older revision is published as a new one."""
    draft = buried(article, revision)
    if draft is None:
        return []
    return [
        f"Readers saw revision {revision.number} before, so it is published as revision {draft.number + 1}, on top of "
        f"the draft. Revision {draft.number} is then in the history only, and on no list of what waits: restore it "
        "afterwards to go on with it."
    ]
