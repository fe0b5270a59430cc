"""The links of an article: where each leads, and whether it leads anywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.models import Model, QuerySet
from django.urls import Resolver404, resolve

from actors.models import Actor
from articles.body import clean
from articles.fetching import Answer, ask_all
from articles.models import Article, FormerAddress, Topic
from assertions.models import Assertion, Measure, Question

MOST = 50
"""Links of one article that are checked; a choice of ours, with a second or two for each round of six."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a text: its address as it stands there, and its words."""

    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A link and where it leads; `articles.fetching.Answer` has the states."""

    link: Link
    answer: Answer


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[str]] = {}
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (href := dict(attrs).get("href")) and href not in self.found:
            self._open = self.found[href] = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)


def links_of(body_html: str) -> list[Link]:
    """Return the links of a body in their order, each address once with the words it first stands on.

    Raises ValueError as `articles.body.clean` does.
    """
    reader = _Reader()
    reader.feed(clean(body_html))
    reader.close()
    return [Link(href, " ".join("".join(words).split())) for href, words in reader.found.items()]


def check_links(
    links: list[Link], own_hosts: set[str], ask: Callable[[list[str]], list[Answer]] = ask_all
) -> list[Checked]:
    """Return where the first links lead, at most 50: those of this site by its rows, the others by asking them.

    ``own_hosts`` are the names of this site, as in "news.example.org:8000"; ``ask`` asks outside addresses.
    """
    checked: dict[str, Answer] = {}
    outside = []
    for link in links[:MOST]:
        try:
            parts = urlsplit(link.href)
        except ValueError:
            checked[link.href] = Answer("broken", "This is no address.")
            continue
        if parts.scheme == "mailto":
            checked[link.href] = Answer("fine", "An address of mail: it is not asked.")
        elif not parts.scheme or parts.netloc in own_hosts:
            checked[link.href] = within(parts.path)
        else:
            outside.append(link.href)
    checked.update(zip(outside, ask(outside), strict=True))
    return [Checked(link, checked[link.href]) for link in links[:MOST]]


def within(path: str) -> Answer:
    """Return where a path of this site leads for readers; "" is the page itself."""
    if not path:
        return Answer("fine", "A place on this page.")
    if not path.startswith("/"):
        return Answer("broken", "It depends on the page it stands on: begin it with / or https://.")
    try:
        match = resolve(unquote(path))
    except Resolver404:
        if not path.endswith("/") and within(path + "/").state != "broken":
            return Answer("moved", "It lacks its last slash.", path + "/")
        return Answer("broken", "There is no such page on this site.")
    if match.namespaces[:1] == ["admin"]:
        return Answer("broken", "A page of the newsroom: readers cannot open it.")
    return _of_rows(match.view_name, match.kwargs)


def _of_rows(view: str, names: dict[str, Any]) -> Answer:
    subject, _, part = view.partition(":")
    if subject == "articles" and part == "article":
        return _article(names["slug"])
    if view == "articles:topic":
        kept = Topic.objects.successor_of(names["slug"])
        if kept is not None:
            return Answer("moved", f"The topic was merged into {kept}.", kept.get_absolute_url())
    rows: dict[str, tuple[QuerySet[Any], QuerySet[Any], str]] = {
        "actors:actor": (Actor.objects.all(), Actor.objects.public(), "slug"),
        "articles:topic": (Topic.objects.all(), Topic.objects.public(), "slug"),
        "assertions:assertion": (Assertion.objects.all(), Assertion.objects.public(), "identifier"),
        "assertions:figure": (Measure.objects.all(), Measure.objects.public(), "slug"),
        "assertions:question": (Question.objects.all(), Question.objects.public(), "slug"),
    }
    if view == "assertions:relationship":
        answers = [_row(*rows["actors:actor"][:2], slug=slug) for slug in names.values()]
        return max(answers, key=lambda answer: answer.state != "fine")
    if view not in rows:
        return Answer("fine", "A page of this site.")
    every, public, field = rows[view]
    return _row(every, public, **{field: names[field]})


def _row(every: QuerySet[Model], public: QuerySet[Model], **name: str) -> Answer:
    if public.filter(**name).exists():
        return Answer("fine", "It is public.")
    if every.filter(**name).exists():
        return Answer("broken", "It is not public: readers find nothing there.")
    return Answer("broken", "There is no such page on this site.")


def _article(slug: str) -> Answer:
    former = FormerAddress.objects.filter(slug=slug).select_related("article").first()
    if former is None:
        return _row(Article.objects.all(), Article.objects.public(), slug=slug)
    answer = _row(Article.objects.all(), Article.objects.public(), slug=former.article.slug)
    if answer.state != "fine":
        return answer
    return Answer("moved", "The article has another address now.", former.article.get_absolute_url())
