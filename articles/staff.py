"""What staff sees of articles in the admin: which ones, in which state, which names wait for an answer."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from actors.models import Actor
from articles.models import Article, Mention, Revision
from articles.permissions import PUBLISH
from articles.stages import Stage, with_stage
from assertions.permissions import DECIDE
from cms.models import User
from cms.timezones import told
from cms.workplace.periods import Standing


def with_latest(articles: QuerySet[Article]) -> QuerySet[Any]:
    """Add ``headline``, ``language`` and key (``latest``) of the latest revision, ``is_live``, ``next_from``.

    ``next_from`` is the instant at which the next scheduled revision begins, or None.
    """
    now = timezone.now()
    own = Revision.objects.filter(article=OuterRef("pk"))
    latest = own.order_by("-number")
    live = own.public(now)
    return articles.annotate(
        headline=Subquery(latest.values("headline")[:1]),
        language=Subquery(latest.values("language")[:1]),
        latest=Subquery(latest.values("pk")[:1]),
        is_live=Exists(live),
        next_from=Subquery(
            own.filter(live__startswith__gt=now).order_by("live").values("live__startswith")[:1]
        ),
    )


def with_state(articles: QuerySet[Article]) -> QuerySet[Any]:
    """Add all that ``state_of`` needs, in one query: what ``with_latest`` and ``articles.stages.with_stage`` add."""
    return with_stage(with_latest(articles))


def state_of(article: Any) -> Standing:
    """Return how an article from ``with_state`` stands: for readers, and what of it waits."""
    ahead = f"scheduled for {told(article.next_from)}" if article.next_from else ""
    if article.is_live:
        shown = Standing("public", f"public, {ahead}" if ahead else "public")
    elif ahead:
        shown = Standing("scheduled", ahead)
    elif article.published_at:
        shown = Standing("withdrawn", "withdrawn")
    else:
        shown = Standing("draft", "draft")
    return waiting(shown, article.stage)


def waiting(shown: Standing, stage: str) -> Standing:
    """Return how an article stands, with its stage: "in review", or "public, changed since: in review"."""
    if not stage:
        return shown
    words = str(Stage(stage).label)
    return (
        Standing(stage, words)
        if shown.state == "draft"
        else Standing(shown.state, f"{shown.words}, changed since: {words}")
    )


def with_words(articles: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Keep the articles from ``with_latest`` whose latest revision or address holds all the words."""
    for word in words.split()[:20]:
        latest = Revision.objects.filter(pk=OuterRef("latest"))
        hit = latest.filter(Q(headline__icontains=word) | Q(text__icontains=word))
        articles = articles.filter(Q(slug__icontains=word) | Q(identifier=word) | Exists(hit))
    return articles


def may_be_assigned(article: Article) -> QuerySet[User]:
    """Return the accounts that may write an article: its editors, and its author while it is a draft."""
    editors = User.objects.with_perm(PUBLISH, backend="django.contrib.auth.backends.ModelBackend")
    chosen = Q(pk__in=editors.values("pk")) | Q(pk=article.assigned_to_id)
    if article.published_at is None and article.created_by_id:
        chosen |= Q(pk=article.created_by_id)
    return User.objects.filter(chosen, is_active=True).order_by("username")


def visible_to(user: User, articles: QuerySet[Article]) -> QuerySet[Article]:
    """Keep the articles that ``articles.permissions.may_see`` lets an account read."""
    if user.has_perm(PUBLISH) or user.has_perm(DECIDE):
        return articles
    return articles.filter(Q(created_by=user) | Q(published_at__lte=timezone.now()))


def in_state(articles: QuerySet[Article], state: str) -> QuerySet[Article]:
    """Keep the articles that are public, scheduled, withdrawn or draft now."""
    now = timezone.now()
    own = Revision.objects.filter(article=OuterRef("pk"))
    is_live, is_ahead = Exists(own.public(now)), Exists(own.filter(live__startswith__gt=now))
    if state == "public":
        return articles.filter(is_live)
    if state == "scheduled":
        return articles.filter(is_ahead)
    if state == "withdrawn":
        return articles.filter(~is_live, ~is_ahead, published_at__isnull=False)
    return articles.filter(published_at=None)


def of_latest_revisions() -> QuerySet[Mention]:
    """Return the mentions in the latest revision of each article: older ones wait for nobody."""
    latest = (
        Revision.objects.filter(article=OuterRef("revision__article")).order_by("-number").values("pk")[:1]
    )
    return Mention.objects.filter(revision=Subquery(latest)).select_related("actor", "revision")


def with_candidates(mentions: QuerySet[Mention]) -> QuerySet[Any]:
    """Add ``candidate_names`` to mentions: the slug and name of each actor who may be meant."""
    place = Func(OuterRef("candidates"), F("slug"), function="array_position", output_field=IntegerField())
    meant = Actor.objects.alias(place=place).filter(place__isnull=False).order_by("name")
    pairs = ArraySubquery(meant.values(pair=JSONObject(slug="slug", name="name")))
    return mentions.annotate(candidate_names=pairs)


def unresolved() -> QuerySet[Mention]:
    """Return the names in latest revisions of which nobody has said whom they mean."""
    return of_latest_revisions().filter(actor=None, is_confirmed=False)


def in_context(mention: Mention, around: int = 60) -> tuple[str, str, str]:
    """Return the words before a mention, its own, and those after it, as they stand in its revision.

    ``around`` is how many characters of its paragraph there are at most on either side; no word is cut.
    """
    text = mention.revision.text
    first, last = max(0, mention.start - around), mention.end + around
    before, after = text[first : mention.start], text[mention.end : last]
    if first and not text[first - 1].isspace() and " " in before:
        before = before.partition(" ")[2]
    if text[last : last + 1].strip() and " " in after:
        after = after.rpartition(" ")[0]
    return before.rpartition("\n")[2], mention.text, after.partition("\n")[0]
