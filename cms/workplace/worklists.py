"""What waits for whom: the lists on the first page of the admin. Queries only; nothing is flagged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from actors.permissions import PUBLISH as PUBLISH_ACTORS
from articles.models import Article, ErrorReport
from articles.permissions import ADD, MENTIONS, PUBLISH, REPORTS
from articles.staff import in_context, in_state, unresolved, with_latest
from assertions.models import Assertion
from assertions.permissions import DECIDE
from cms.models import User

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: where, in words, and what is known of it."""

    address: str
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Worklist:
    """Things of one kind that wait: how many in all, the first ones, and where all of them are."""

    title: str
    count: int
    items: list[Item]
    address: str


def worklists(user: User) -> list[Worklist]:
    """Return what waits for an account, by what it may do; empty lists stay: they say that nothing waits."""
    return list(_worklists(user))


def _worklists(user: User) -> Iterator[Worklist]:
    drafts = in_state(Article.objects.all(), "draft").order_by("-created_at")
    if user.has_perm(ADD):
        yield _articles("My drafts", drafts.filter(created_by=user), "?state=draft&author=me")
    if user.has_perm(PUBLISH):
        yield _articles("Drafts of others", drafts.exclude(created_by=user), "?state=draft&author=others")
        yield _articles("Scheduled", in_state(Article.objects.all(), "scheduled"), "?state=scheduled")
    if user.has_perm(MENTIONS):
        yield _names()
    if user.has_perm(REPORTS):
        yield _reports()
    if user.has_perm(DECIDE):
        yield _assertions()
    if user.has_perm(PUBLISH_ACTORS):
        yield _hidden_actors()


def _articles(title: str, articles: QuerySet[Article], query: str) -> Worklist:
    items = [
        Item(
            _change(article),
            article.headline,
            f"{article.created_by or 'import'}, {_day(article.created_at)}",
        )
        for article in with_latest(articles).select_related("created_by")[:SHOWN]
    ]
    return Worklist(title, articles.count(), items, _list("articles_article") + query)


def _names() -> Worklist:
    mentions = unresolved().order_by("text", "revision", "start")
    items = [
        Item(_change(mention), mention.text, "{} [{}] {}".format(*in_context(mention, 30)))
        for mention in mentions[:SHOWN]
    ]
    return Worklist("Names to resolve", mentions.count(), items, _list("articles_mention"))


def _reports() -> Worklist:
    reports = ErrorReport.objects.filter(handled_at=None)
    items = [
        Item(_change(report), report.text[:80], f"{report.path}, {_day(report.created_at)}")
        for report in reports.order_by("created_at")[:SHOWN]
    ]
    return Worklist("Readers’ reports", reports.count(), items, _list("articles_errorreport"))


def _assertions() -> Worklist:
    undecided = Assertion.objects.undecided()
    items = [
        Item(
            _change(assertion),
            assertion.claim[:120],
            f"{assertion.get_act_display()}, {_day(assertion.created_at)}",
        )
        for assertion in undecided.order_by("created_at", "id")[:SHOWN]
    ]
    address = _list("assertions_assertion") + "?review=undecided"
    return Worklist("Assertions to decide", undecided.count(), items, address)


def _hidden_actors() -> Worklist:
    """Return the actors whom public texts name without a link, since they are not public themselves."""
    now = timezone.now()
    hidden = (
        Actor.objects.filter(Q(mentions__revision__live__contains=now)).exclude(live__contains=now).distinct()
    )
    items = [Item(_change(actor), actor.name, actor.get_kind_display()) for actor in hidden[:SHOWN]]
    return Worklist(
        "Actors named in public, not public", hidden.count(), items, _list("actors_actor") + "?named=hidden"
    )


def _change(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def _list(model: str) -> str:
    return reverse(f"admin:{model}_changelist")


def _day(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local.day} {local:%b %Y}"
