"""Being public: publishing, scheduling, embargo and withdrawing, all of it by writing periods."""

from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Min, Q

from articles import permissions
from articles.actions.corrections import correct
from articles.actions.locking import locked
from articles.actions.writing import content_of, write_revision
from articles.models import Article, Removal, Revision, Withdrawal
from assertions.actions import carry_evidence
from cms.models import User
from cms.periods import clock, close_period
from cms.permissions import require
from cms.timezones import require_year, told


class Told(NamedTuple):
    """What readers will be told was put right: a ``Correction.Kind``, and the text."""

    kind: str
    text: str


@transaction.atomic
def publish(
    article: Article,
    by: User | None,
    *,
    revision: Revision | None = None,
    at: datetime | None = None,
    until: datetime | None = None,
    correction: Told | None = None,
    over_older: bool = False,
) -> Revision:
    """Make a revision, the latest by default, the one that readers see from an instant on; return it.

    It ends when the next scheduled revision begins, at a planned withdrawal, or at ``until``. What was live ends at
    that instant. Of the revision that is live, only the end is written. One that was public earlier is published again
    as a new revision, since a past period stays as it was. A withdrawn article is public again, and its notice is
    gone; versions that were closed to readers before stay closed. ``correction`` is shown from that instant too.
    ``over_older`` takes back the schedules of older revisions that would replace it later.
    Raises PermissionDenied, and ValidationError by field: for a time in the past or under embargo, an end before the
    beginning, a revision that was removed or lacks its approval, and what ``correct`` refuses.
    """
    require(by, permissions.PUBLISH)
    current = locked(article)
    now = clock()
    begin = _ahead(at, now, "Leave it empty to publish now.")
    require_possible("until", until)
    revision = revision or article.revisions.order_by("number").last()
    if revision is None or revision.article_id != article.pk:
        raise ValidationError("There is no such revision of this article.")
    chosen = revision.number
    revision.refresh_from_db(fields=["live", "closed_at"])
    if refusal := permissions.may_publish(by, revision):
        raise ValidationError(refusal)
    if correction and (current.published_at is None or current.published_at > now):
        raise ValidationError("Readers have not seen this article yet: there is nothing to correct.")
    if revision.live is not None and revision.live.lower <= now and begin in revision.live:
        begin = revision.live.lower
    else:
        if current.embargo is not None and begin < current.embargo:
            raise ValidationError(
                {
                    "at": f"Under embargo until {told(current.embargo)}: schedule it from then on, or lift the embargo."
                }
            )
        revision = _free(revision, article, by, now)
    if until is not None and until <= max(begin, now):
        raise ValidationError(
            {"until": f"It would end before it begins: choose a time after {told(max(begin, now))}."}
        )
    if over_older:
        for older in older_ahead(article, chosen, max(begin, now)):
            _unschedule(older)
    _write_period(article, revision, begin, until, now)
    carry_evidence(revision)
    if correction:
        correct(current, by, kind=correction.kind, text=correction.text, revision=revision)
    article.refresh_from_db(fields=["published_at"])
    return revision


def require_possible(field: str, moment: datetime | None) -> None:
    """Raise ValidationError at a field for a moment in a year in which nothing can be appointed."""
    try:
        if moment is not None:
            require_year(moment)
    except ValueError as error:
        raise ValidationError({field: str(error)}) from error


def older_ahead(article: Article, number: int, after: datetime) -> list[Revision]:
    """Return the revisions older than the one of a number that begin after an instant, the last to begin first."""
    return list(article.revisions.filter(number__lt=number, live__startswith__gt=after).order_by("-live"))


def _ahead(at: datetime | None, now: datetime, otherwise: str) -> datetime:
    require_possible("at", at)
    if at is not None and at < now:
        raise ValidationError({"at": f"{told(at)} is past: it is {told(now)} now. {otherwise}"})
    return at or now


def _free(revision: Revision, article: Article, by: User | None, now: datetime) -> Revision:
    """Return a revision without a period, with the content of the one that is to be published."""
    if revision.live is None:
        return revision
    if revision.live.lower > now:
        _unschedule(revision)
        return revision
    if Removal.objects.filter(revision=revision).exists():
        raise ValidationError(
            f"Revision {revision.number} was removed for a legal reason: it stays closed to readers."
        )
    return write_revision(article, content_of(revision), by, reason=f"Revision {revision.number} again")


def _write_period(
    article: Article, revision: Revision, begin: datetime, until: datetime | None, now: datetime
) -> None:
    following = article.revisions.filter(live__startswith__gt=max(begin, now)).exclude(pk=revision.pk)
    planned = article.withdrawals.filter(at__gt=max(begin, now)).order_by("at").first()
    ends = [until, planned and planned.at, *(other.live.lower for other in following)]
    for other in article.revisions.filter(live__contains=begin).exclude(pk=revision.pk):
        close_period(other, begin)
    revision.live = DateTimeTZRange(begin, min((end for end in ends if end), default=None))
    revision.closed_at = planned.at if planned and not planned.keeps_versions else None
    revision.save(update_fields=["live", "closed_at"])


@transaction.atomic
def unschedule(article: Article, by: User | None, revision: Revision) -> None:
    """Take back the period of a revision that has not begun: what it would have followed goes on in its stead.

    Raises PermissionDenied, and ValidationError if the period has begun or there is none.
    """
    require(by, permissions.PUBLISH)
    locked(article)
    revision.refresh_from_db(fields=["live", "closed_at"])
    if revision.article_id != article.pk or revision.live is None:
        raise ValidationError("This revision is not scheduled.")
    if revision.live.lower <= clock():
        raise ValidationError(
            f"Revision {revision.number} is public since {told(revision.live.lower)}: withdraw it."
        )
    _unschedule(revision)
    article.refresh_from_db(fields=["published_at"])


def _unschedule(revision: Revision) -> None:
    assert revision.live is not None
    planned, revision.live, revision.closed_at = revision.live, None, None
    revision.save(update_fields=["live", "closed_at"])
    if Withdrawal.objects.filter(article=revision.article_id, at=planned.lower).exists():
        return  # the article ends there, whatever was to follow
    for other in revision.article.revisions.filter(live__endswith=planned.lower).exclude(pk=revision.pk):
        assert other.live is not None
        other.live = DateTimeTZRange(other.live.lower, planned.upper)
        other.save(update_fields=["live"])


@transaction.atomic
def withdraw(
    article: Article,
    by: User | None,
    *,
    reason: str,
    keeps_versions: bool = False,
    at: datetime | None = None,
) -> Withdrawal | None:
    """End an article's being public at an instant, now by default, put a notice in its place, and return the notice.

    What is scheduled after that instant is cancelled; a withdrawal that was planned is replaced. Unless
    ``keeps_versions``, all its versions are closed to readers from then on; those closed before stay so either way. One
    that is not public by then is only unscheduled: there is no notice, and None is returned. One that is withdrawn
    already, or has ended, gets another notice. ``reason`` is for readers.
    Raises PermissionDenied, and ValidationError by field for a time in the past and a missing reason.
    """
    require(by, permissions.PUBLISH)
    current = locked(article)
    now = clock()
    moment = _ahead(at, now, "Leave it empty to withdraw now.")
    if current.published_at is None:
        raise ValidationError("It is neither public nor scheduled: there is nothing to withdraw.")
    if current.published_at > moment:
        _take_back_withdrawal(article, now)
        for revision in article.revisions.filter(live__startswith__gt=now).order_by("-live"):
            _unschedule(revision)
        article.refresh_from_db(fields=["published_at"])
        return None
    if not reason.strip():
        raise ValidationError(
            {"reason": "Say why it is withdrawn: readers find the reason in the article's place."}
        )
    _take_back_withdrawal(article, now)
    for revision in article.revisions.filter(live__isnull=False):
        close_period(revision, moment)
    notice = Withdrawal(
        article=article, at=moment, reason=reason.strip(), keeps_versions=keeps_versions, created_by=by
    )
    notice.full_clean()
    notice.save()
    if not keeps_versions:
        still_open = Q(closed_at=None) | Q(closed_at__gt=moment)
        article.revisions.filter(still_open, live__isnull=False).update(closed_at=moment)
    article.refresh_from_db(fields=["published_at"])
    return notice


@transaction.atomic
def keep_public(article: Article, by: User | None) -> None:
    """Take back every end that is planned, by a withdrawal or by "until"; scheduled replacements stay.

    Raises PermissionDenied, and ValidationError if no end is planned.
    """
    require(by, permissions.PUBLISH)
    locked(article)
    now = clock()
    ends = planned_ends(article, now)
    if not ends:
        raise ValidationError("No end is planned: there is nothing to take back.")
    _take_back_withdrawal(article, now)
    for end in ends:
        _extend(article, end)


def planned_ends(article: Article, now: datetime) -> list[datetime]:
    """Return the instants ahead at which an article stops being public, in their order."""
    periods = [live for live in article.revisions.values_list("live", flat=True) if live is not None]
    begins = {period.lower for period in periods}
    withdrawn = article.withdrawals.filter(at__gt=now).values_list("at", flat=True)
    ends = {period.upper for period in periods if period.upper and period.upper > now} - begins
    return sorted(ends | set(withdrawn))


def _take_back_withdrawal(article: Article, now: datetime) -> None:
    """Delete a withdrawal that is planned, and let what it would have ended go on."""
    for planned in article.withdrawals.filter(at__gt=now):
        at = planned.at
        planned.delete()
        article.revisions.filter(closed_at=at).update(closed_at=None)
        _extend(article, at)


def _extend(article: Article, end: datetime) -> None:
    """Let the period that ends at an instant go on until the next one begins."""
    begins = article.revisions.filter(live__startswith__gte=end)
    following = begins.aggregate(first=Min("live__startswith"))["first"]
    for revision in article.revisions.filter(live__endswith=end):
        assert revision.live is not None
        revision.live = DateTimeTZRange(revision.live.lower, following)
        revision.save(update_fields=["live"])


@transaction.atomic
def set_embargo(article: Article, by: User | None, until: datetime | None) -> None:
    """Let no period of an article begin before an instant; None lifts the embargo.

    Raises PermissionDenied, and ValidationError for an instant in the past, or one after which it is or will be public.
    """
    require(by, permissions.PUBLISH)
    locked(article)
    now = clock()
    require_possible("until", until)
    if until is not None and until <= now:
        raise ValidationError(
            {"until": f"{told(until)} is past: it is {told(now)} now. Leave it empty to lift the embargo."}
        )
    ahead = article.revisions.filter(Q(live__endswith=None) | Q(live__endswith__gt=now), live__isnull=False)
    begins = ahead.aggregate(first=Min("live__startswith"))["first"]
    if until is not None and begins is not None and begins < until:
        raise ValidationError(
            {"until": f"It is public since {told(begins)}: withdraw it first."}
            if begins <= now
            else {
                "until": f"It is scheduled for {told(begins)}: take that back first, or choose no later time."
            }
        )
    article.embargo = until
    article.save(update_fields=["embargo"])
