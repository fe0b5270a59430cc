"""What a merge moves and sets aside, for those who look at it before or after: counts and samples by kind."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import Count, Model
from django.utils.text import capfirst

from actors.merging import ITSELF

SAMPLES = 3
LONG = 120
TITLES = {
    "actors.actor.country": "Actors that belong to it",
    "actors.actorname.actor": "Names",
    "actors.affiliation.actor": "Positions it holds",
    "actors.affiliation.organisation": "Positions that others hold in it",
    "actors.identityjudgement": "Judgements on whether it is another actor",
    "articles.mention.actor": "Places in texts that name it",
    "articles.mention": "Places in texts that may name it",
    "articles.source.publisher_actor": "Sources of articles that it published",
    "assertions.participant.actor": "Assertions about it, or addressed to it",
    "assertions.quantity.counted_by": "Counts that it gave",
    "assertions.relay.actor": "Assertions that it passed on",
    "assertions.speaker.actor": "Assertions that it makes",
    "assertions.speaker.possible_identity": "Assertions that it possibly makes",
    "assertions.speaker.speaks_for": "Assertions that are made for it",
}
"""By model and column; a model that comes later is told by its own name."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind: how many, in how many articles or "", and a few of them."""

    title: str
    count: int
    articles: str
    samples: list[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that is set aside, and why, in words."""

    title: str
    words: str
    why: str


def groups(record: dict[str, Any]) -> list[Group]:
    """Return what a record of a merge moves (``Merge.moved``, ``Plan.record()``), those with the most rows first."""
    found = [
        _group(f"{move['model']}.{move['field']}", move["model"], move["keys"]) for move in record["moves"]
    ]
    changed: dict[str, list[int]] = {}
    moved = {(move["model"], key) for move in record["moves"] for key in move["keys"]}
    for change in record["changes"]:
        keys = [key for key in change["keys"] if (change["model"], key) not in moved]
        if keys:
            changed.setdefault(change["model"], []).extend(keys)
    found += [_group(model, model, keys) for model, keys in changed.items()]
    return sorted(found, key=lambda group: (-group.count, group.title))


def _group(label: str, model_label: str, keys: list[int]) -> Group:
    model = apps.get_model(model_label)
    rows = model._base_manager.filter(pk__in=keys)
    articles = ""
    if _has(model, "revision"):
        number = rows.aggregate(number=Count("revision__article", distinct=True))["number"]
        articles = "in one article" if number == 1 else f"in {number} articles"
    samples = list(dict.fromkeys(_words(row) for row in rows.order_by("pk")[: SAMPLES * 4]))[:SAMPLES]
    return Group(_title(label, model), len(keys), articles, samples)


def set_aside(record: dict[str, Any], kept: object) -> list[Kept]:
    """Return what a record of a merge sets aside; ``kept`` is the actor that stays."""
    found = []
    for aside in record["set_aside"]:
        row: Any = next(iter(serializers.deserialize("python", [aside["row"]]))).object
        why = f"{kept} would be related to itself" if aside["why"] == ITSELF else f"{kept} has it already"
        found.append(Kept(capfirst(str(row._meta.verbose_name)), _words(row), why))
    return found


def _title(label: str, model: type[Model]) -> str:
    return TITLES.get(label) or capfirst(str(model._meta.verbose_name_plural))


def _has(model: type[Model], name: str) -> bool:
    try:
        return bool(model._meta.get_field(name))
    except FieldDoesNotExist:
        return False


def _words(row: Any) -> str:
    """Return the words by which people know a row: of a part of a claim those of the claim."""
    try:
        words = str(row.assertion if _has(type(row), "assertion") else row)
    except ObjectDoesNotExist:
        words = str(row.pk)
    return words if len(words) <= LONG else f"{words[: LONG - 2].rstrip()} …"
