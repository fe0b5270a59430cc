"""Search over everything public: actors by their names, articles and claims by their words.

How words are read is set in `cms.fulltext`; here stands what is searched, how it is ranked and what is shown.
Ranking reads every match, so it looks at the newest `RANKED` only: a common word costs no more.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import (
    CombinedSearchQuery,
    SearchHeadline,
    SearchQuery,
    SearchRank,
    TrigramSimilarity,
    TrigramWordSimilarity,
)
from django.db.models import Case, F, Model, Q, QuerySet, TextField, Value, When
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from actors.models import Actor, ActorName, NameKind
from articles.models import Revision
from assertions.models import Assertion
from assertions.wording import title
from cms import fulltext

RANKED = 1000
NAMES = 200
"""Names that are compared; each is one of an actor's."""
HOLDS = 0.999
"""Word similarity from which a name holds the query; pg_trgm leaves out case, hyphens and punctuation."""

# Characters that no text holds mark the words found, so that what PostgreSQL returns is escaped as a whole.
_START, _STOP = "\x02", "\x03"
_FOUND = re.compile(f"{_START}([^{_START}{_STOP}]*){_STOP}")


@dataclass(frozen=True, slots=True)
class ActorHit:
    """An actor, and the name of it that is most like the query."""

    actor: Actor
    name: ActorName


@dataclass(frozen=True, slots=True)
class Words:
    """What is shown of a text: its title and a snippet, with the words found in ``mark`` elements."""

    title: SafeString
    snippet: SafeString


def find_actors(query: str, at: datetime) -> list[ActorHit]:
    """Return the public actors with a name like a tidy query, the nearest first.

    Where some have a name that holds the query, those with a name that is only similar are left out. Of names
    as near, one that is an error stands last: who bears the name goes before whom coverage mistook for them.
    """
    names = ActorName.objects.filter(actor__in=Actor.objects.public(at))
    alike = names.filter(Q(text__trigram_similar=query) | Q(text__trigram_word_similar=query))
    rows = alike.annotate(
        likeness=TrigramSimilarity("text", query),
        within=TrigramWordSimilarity(query, "text"),
        mistaken=Q(kind=NameKind.ERROR),
    ).select_related("actor")
    nearest: dict[int, ActorName] = {}
    for name in rows.order_by("-likeness", "mistaken", "-within", "actor__name", "pk")[:NAMES]:
        nearest.setdefault(name.actor_id, name)
    holding = [name for name in nearest.values() if getattr(name, "within", 0.0) >= HOLDS]
    found = holding or list(nearest.values())
    return [ActorHit(name.actor, name) for name in found]


def find_articles(query: str, at: datetime) -> QuerySet[Revision]:
    """Return the live revisions that hold the words of a tidy query, the best first."""
    ranked = _ranked(Revision.objects.public(at).annotate(newest=F("article__published_at")), query)
    return ranked.select_related("article").defer("body", "text", "search")


def find_claims(query: str, at: datetime) -> QuerySet[Assertion]:
    """Return the public assertions whose claim, condition, hedge or place hold a tidy query's words."""
    return _ranked(Assertion.objects.public(at).annotate(newest=F("created_at")), query)


def similar_headlines(query: str, at: datetime, number: int = 3) -> list[Revision]:
    """Return live revisions with headlines that look like a tidy query: for a reader who found nothing."""
    alike = Revision.objects.public(at).filter(headline__trigram_word_similar=query).select_related("article")
    return list(
        alike.annotate(within=TrigramWordSimilarity(query, "headline")).order_by("-within", "-pk")[:number]
    )


def words_of_articles(revisions: Sequence[Revision], query: str) -> dict[int, Words]:
    """Return what to show of each revision of a page, by its key."""
    return _words(Revision.objects, revisions, query, "headline", "text")


def words_of_claims(assertions: Sequence[Assertion], query: str) -> dict[int, Words]:
    """Return what to show of each assertion of a page, by its key; they are read as for a ledger.

    The title says what is done in saying it, as in every list: a denial is not found as what it denies.
    """
    titles = [When(pk=assertion.pk, then=Value(title(assertion))) for assertion in assertions]
    titled = Assertion.objects.annotate(title=Case(*titles, default=F("claim"), output_field=TextField()))
    return _words(titled, assertions, query, "title", "condition")


def _ranked(rows: QuerySet[Any], query: str) -> QuerySet[Any]:
    words = _query(query)
    newest = (
        rows.filter(search=words).order_by(F("newest").desc(nulls_last=True), "-pk").values("pk")[:RANKED]
    )
    ranked = rows.model._default_manager.filter(pk__in=newest).annotate(rank=SearchRank(F("search"), words))
    best: QuerySet[Any] = ranked.order_by("-rank", "-pk")
    return best


def _query(query: str) -> SearchQuery | CombinedSearchQuery:
    words, beginnings = fulltext.parsed(query), fulltext.prefixes(query)
    return words | beginnings if beginnings else words


def _words(manager: Any, rows: Sequence[Model], query: str, title: str, text: str) -> dict[int, Words]:
    marks: dict[str, Any] = {"config": fulltext.CONFIG, "start_sel": _START, "stop_sel": _STOP}
    words = _query(query)
    shown = manager.filter(pk__in=[row.pk for row in rows]).values_list(
        "pk",
        SearchHeadline(title, words, highlight_all=True, **marks),
        SearchHeadline(
            text, words, max_words=40, min_words=20, max_fragments=2, fragment_delimiter=" … ", **marks
        ),
    )
    return {pk: Words(_marked(first), _marked(second)) for pk, first, second in shown}


def _marked(text: str) -> SafeString:
    """Escape a text and put what stands between the marks into ``mark`` elements."""
    marked = _FOUND.sub(r"<mark>\1</mark>", escape(text))
    return mark_safe(marked.replace(_START, "").replace(_STOP, ""))  # noqa: S308
