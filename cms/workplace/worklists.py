"""What waits for whom: the lists on the first page of the admin. Queries only; nothing is flagged."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Model, Q
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from actors.permissions import PUBLISH as PUBLISH_ACTORS
from articles import board
from articles.models import Article, ErrorReport
from articles.permissions import ADD, MENTIONS, REPORTS
from articles.staff import in_context, unresolved, visible_to, with_state
from assertions.models import Assertion
from assertions.permissions import DECIDE
from assertions.support import open_anchors, unsupported
from cms.models import User
from cms.timezones import in_short

SHOWN = 6
ON_DEMAND = {"changed", "overdue", "stale"}


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
    if user.has_perm(ADD):
        yield from _of_the_board(user)
    if user.has_perm(MENTIONS):
        yield _names()
    if user.has_perm(REPORTS):
        yield _reports()
    if user.has_perm(DECIDE):
        yield _assertions()
        yield _unsupported()
        yield _quotations()
    if user.has_perm(PUBLISH_ACTORS):
        yield _hidden_actors()


def _of_the_board(user: User) -> Iterator[Worklist]:
    """Return the lists of the board, in short; those that tell what went wrong only if there is something in them."""
    articles = visible_to(user, with_state(Article.objects.all()))
    for column in board.columns(articles, user, shown=SHOWN):
        section = column.section
        if column.count or section.key not in ON_DEMAND:
            items = [
                Item(_change(card.article), card.article.headline, _note(card, section.key))
                for card in column.cards
            ]
            yield Worklist(
                section.title, column.count, items, f"{_list('articles_article')}?list={section.key}"
            )


def _note(card: board.Card, key: str) -> str:
    told_by_state = key in ("scheduled", "changed", "overdue")
    known = card.state.words if told_by_state else in_short(card.touched_at)
    return ", ".join([str(card.article.created_by or "import"), known, *card.present])


def _names() -> Worklist:
    mentions = unresolved().order_by("text", "revision", "start")
    items = [
        Item(_change(mention), mention.text, "{}[{}]{}".format(*in_context(mention, 30)))
        for mention in mentions[:SHOWN]
    ]
    return Worklist("Names to resolve", mentions.count(), items, _list("articles_mention"))


def _reports() -> Worklist:
    reports = ErrorReport.objects.filter(handled_at=None)
    items = [
        Item(_change(report), report.text[:80], f"{report.path}, {in_short(report.created_at)}")
        for report in reports.order_by("created_at")[:SHOWN]
    ]
    return Worklist("Readers’ reports", reports.count(), items, _list("articles_errorreport"))


def _assertions() -> Worklist:
    undecided = Assertion.objects.undecided()
    items = [
        Item(
            reverse("admin:desk_decide", args=[assertion.identifier]),
            assertion.claim[:120],
            f"{assertion.get_act_display()}, {in_short(assertion.created_at)}",
        )
        for assertion in undecided.order_by("created_at", "id")[:SHOWN]
    ]
    return Worklist("Assertions to decide", undecided.count(), items, reverse("admin:desk_queue"))


def _unsupported() -> Worklist:
    found = unsupported().order_by(F("unsupported_since").desc(nulls_last=True), "-id")
    items = [
        Item(
            _change(assertion),
            assertion.claim[:120],
            f"since {in_short(assertion.unsupported_since)}" if assertion.unsupported_since else "",
        )
        for assertion in found[:SHOWN]
    ]
    return Worklist("No longer supported", found.count(), items, reverse("admin:desk_unsupported"))


def _quotations() -> Worklist:
    found = open_anchors().select_related("evidence__assertion").order_by("begins", "id")
    address = reverse("admin:desk_anchors")
    items = [
        Item(f"{address}?anchor={anchor.pk}", anchor.evidence.exact[:120], anchor.get_status_display())
        for anchor in found[:SHOWN]
    ]
    return Worklist("Quotations to place", found.count(), items, address)


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
