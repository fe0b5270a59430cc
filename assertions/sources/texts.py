"""Read model: the texts in which claims stand, one that is printed again and again counted once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from articles.querysets import live_at
from articles.reprints import Roots, roots
from assertions.models import Anchor
from assertions.vocabulary import AnchorStatus


@dataclass(frozen=True, slots=True)
class Text:
    """The articles in which a claim stands; for one that prints another again stands that other one."""

    articles: frozenset[int] = frozenset()
    reprinted: str = ""
    """A key of the one text that they all are; "" unless it is one that is printed more than once."""
    perhaps: str = ""
    """As ``reprinted``, with what only likeness says."""


NOWHERE = Text()


def texts_of(claims: Collection[int], at: datetime) -> dict[int, Text]:
    """Return where claims, given by their keys, stand at an instant; those in no live article are left out."""
    places: dict[int, set[int]] = defaultdict(set)
    anchors = Anchor.objects.filter(
        live_at(at, "revision__"),
        evidence__assertion__in=claims,
        status__in=[AnchorStatus.EXACT, AnchorStatus.MOVED],
    )
    for claim, article in anchors.values_list("evidence__assertion", "revision__article") if claims else ():
        places[claim].add(article)
    root = roots(set().union(*places.values())) if places else Roots({}, {})
    return {
        claim: Text(
            frozenset(root.confirmed.get(article, article) for article in articles),
            _one(articles, root.confirmed),
            _one(articles, root.possible),
        )
        for claim, articles in places.items()
    }


def _one(articles: Collection[int], root: Mapping[int, int]) -> str:
    found = {root.get(article) for article in articles}
    return f"text:{found.pop()}" if len(found) == 1 and None not in found else ""
