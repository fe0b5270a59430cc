"""Links by which somebody outside of the newsroom may read one revision before it is public.

A link is a signed text: it names the revision, who made it, when, and when it ends, so that nothing is stored that
could be guessed or has to be cleared away. That it was made, and that all links of an article were ended, is in
the article's history; a link made before that is dead. So is one whose maker may no longer see the article, and one to
words that readers must not read again.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.db.models import Max
from django.utils import timezone

from articles import permissions
from articles.models import Article, Image, Revision
from articles.models.article import PREVIEWS_ENDED
from cms.history import events_of
from cms.models import User
from cms.timezones import told

LIVES = {
    "1 hour": timedelta(hours=1),
    "1 day": timedelta(days=1),
    "7 days": timedelta(days=7),
    "30 days": timedelta(days=30),
}
_SALT = "articles.previews"


class LinkEnded(Exception):
    """A link was made here and leads nowhere any more; the text says why."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link leads to: the key of a revision, and when the link ends."""

    revision: int
    ends: datetime


def token_for(revision: Revision, by: User, made: datetime, life: timedelta) -> str:
    """Return the last part of the address of a link to a revision, made at an instant by somebody, for a time."""
    return signing.dumps(
        [revision.pk, by.pk, _number(made), _number(made + life)], salt=_SALT, compress=False
    )


def opened(token: str) -> Opened:
    """Return what a link leads to. Three queries.

    Raises django.core.signing.BadSignature for what was not made here, LinkEnded for a link that is over.
    """
    key, maker, made, ends = signing.loads(token, salt=_SALT)
    now = timezone.now()
    if _number(now) >= ends:
        raise LinkEnded(f"This link was for a time that ended on {told(_instant(ends))}.")
    revision = (
        Revision.objects.select_related("article").defer("body", "text", "search").filter(pk=key).first()
    )
    if revision is None:
        raise LinkEnded("The draft that this link led to was deleted.")
    if (over := ended_at(revision.article)) is not None and made <= _number(over):
        raise LinkEnded("The newsroom has ended this link.")
    by = User.objects.filter(pk=maker, is_active=True, is_staff=True).first()
    if by is None or not permissions.may_see(by, revision.article) or refusal(revision, now):
        raise LinkEnded("The newsroom has ended this link.")
    return Opened(key, _instant(ends))


def shows(token: str, image: Image) -> bool:
    """Tell whether a link is valid and leads to a revision with an image."""
    try:
        return image.uses.filter(revision=opened(token).revision).exists()
    except (signing.BadSignature, LinkEnded):
        return False


def refusal(revision: Revision, now: datetime | None = None) -> str:
    """Return in a sentence why nobody outside may read a revision, "" if they may."""
    if revision.closed_at is not None and revision.closed_at <= (now or timezone.now()):
        return f"Revision {revision.number} is closed to readers: it cannot be given to anybody outside."
    return ""


def ended_at(article: Article) -> datetime | None:
    """Return when all links of an article were last ended; None if they never were."""
    ended = events_of(Article).filter(pgh_obj_id=article.pk, pgh_label=PREVIEWS_ENDED)
    last: datetime | None = ended.aggregate(last=Max("pgh_created_at"))["last"]
    return last


def _number(moment: datetime) -> int:
    """Return an instant as milliseconds since 1970, as a link holds it."""
    return round(moment.timestamp() * 1000)


def _instant(number: int) -> datetime:
    return datetime.fromtimestamp(number / 1000, UTC)
