"""Merging and taking apart leaves nothing behind: exports before and after are the same, whatever refers to whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors import actions, merging
from actors.models import Actor, ActorName, Affiliation, IdentityJudgement
from articles.models import Mention, Revision, Source
from assertions.models import Assertion, Measure, Participant, Quantity, Relay, Review, Speaker
from cms.models import User
from tests.actors.exports import exported
from tests.factories import days_ago, make_actor, make_article, make_assertion, make_measure, make_state
from tests.staff import make_staff

pytestmark = pytest.mark.django_db

ACTORS = 5
CLAIMS = 3
WORDS = "one two three four five six"

actors = st.integers(0, ACTORS - 1)
perhaps = st.none() | actors
claims = st.integers(0, CLAIMS - 1)


@dataclass
class World:
    """What the rows of an example refer to."""

    actors: list[Actor]
    claims: list[Assertion]
    revision: Revision
    measure: Measure
    editor: User


@pytest.fixture
def world() -> World:
    people = [make_actor(f"Actor {number}") for number in range(ACTORS - 1)]
    article = make_article("On counting", WORDS)
    return World(
        [*people, make_state("Ostria")],
        [make_assertion(f"Claim {number}.", article=article) for number in range(CLAIMS)],
        article.revisions.get(),
        make_measure("Ships"),
        make_staff("editor"),
    )


def once(rows: Any, *keys: str) -> Any:
    """Return lists of rows of which no two have the same values under the keys."""
    return st.lists(rows, max_size=8, unique_by=lambda row: tuple(row[key] for key in keys))


def row(**columns: Any) -> Any:
    return st.fixed_dictionaries(columns)


graphs = row(
    names=once(
        row(actor=actors, text=st.sampled_from(["One", "Two", "하나"]), kind=st.sampled_from(["name", "title"])),
        "actor", "text", "kind",
    ),
    affiliations=once(
        row(actor=actors, organisation=perhaps, position=st.sampled_from(["envoy", "chair"])),
        "actor", "organisation", "position",
    ),
    countries=st.lists(st.tuples(actors, actors), max_size=4),
    mentions=once(
        row(place=st.integers(0, 5), actor=perhaps, candidates=st.lists(actors, max_size=4, unique=True)), "place"
    ),
    speakers=once(
        row(assertion=claims, actor=perhaps, speaks_for=perhaps, possible=perhaps), "assertion", "actor"
    ),
    participants=once(
        row(assertion=claims, actor=actors, role=st.sampled_from(["subject", "object"])),
        "assertion", "role", "actor",
    ),
    relays=once(row(assertion=claims, actor=actors), "assertion", "actor"),
    counts=st.lists(row(assertion=claims, counted_by=perhaps), max_size=4),
    sources=st.lists(actors, max_size=3),
    judgements=st.lists(
        st.tuples(st.sets(actors, min_size=2, max_size=2), st.sampled_from(IdentityJudgement.Verdict.values)),
        max_size=6,
    ),
    accepted=st.sets(claims),
)  # fmt: skip
merges = st.lists(st.tuples(actors, actors), min_size=1, max_size=4)


def build(world: World, graph: dict[str, Any]) -> None:
    """Write the rows of a graph."""

    def one(number: int | None) -> Actor | None:
        return None if number is None else world.actors[number]

    for name in graph["names"]:
        ActorName.objects.create(**(name | {"actor": one(name["actor"])}))
    for held in graph["affiliations"]:
        if held["actor"] != held["organisation"]:
            parties = {"actor": one(held["actor"]), "organisation": one(held["organisation"])}
            Affiliation.objects.create(**(held | parties))
    for actor, country in graph["countries"]:
        if actor != country:
            Actor.objects.filter(pk=world.actors[actor].pk).update(country=one(country))
    for mention in graph["mentions"]:
        word = WORDS.split()[mention["place"]]
        start = world.revision.text.index(word)
        Mention.objects.create(
            revision=world.revision,
            actor=one(mention["actor"]),
            candidates=[world.actors[number].slug for number in mention["candidates"]],
            start=start,
            end=start + len(word),
            text=word,
        )
    for speaker in graph["speakers"]:
        actor = one(speaker["actor"])
        Speaker.objects.create(
            assertion=world.claims[speaker["assertion"]],
            actor=actor,
            description="" if actor else "an envoy",
            possible_identity=None if actor else one(speaker["possible"]),
            speaks_for=one(speaker["speaks_for"]),
        )
    for part in graph["participants"]:
        Participant.objects.create(
            assertion=world.claims[part["assertion"]], actor=one(part["actor"]), role=part["role"]
        )
    for position, relay in enumerate(graph["relays"], 1):
        Relay.objects.create(
            assertion=world.claims[relay["assertion"]], actor=one(relay["actor"]), position=position
        )
    for count in graph["counts"]:
        Quantity.objects.create(
            assertion=world.claims[count["assertion"]],
            measure=world.measure,
            low=1,
            counted_by=one(count["counted_by"]),
        )
    for publisher in graph["sources"]:
        Source.objects.create(
            article=world.revision.article, publisher="The Wire", publisher_actor=one(publisher)
        )
    for pair, verdict in graph["judgements"]:
        left, right = (world.actors[number] for number in pair)
        actions.judge_identity(left, right, world.editor, verdict=verdict)
    for number in graph["accepted"]:
        Review.objects.create(
            assertion=world.claims[number],
            verdict="accept",
            attribution="carried",
            source_reliability="A",
            information_credibility="1",
            decided_by=world.editor,
            decided_at=days_ago(0),
        )


def merged(world: World, pairs: list[tuple[int, int]]) -> Iterator[tuple[Any, dict[str, list[bytes]]]]:
    """Merge what can be merged, and yield each merge with the export from before it."""
    for kept, gone in pairs:
        before = exported()
        try:
            merge = actions.merge(
                world.actors[kept], world.actors[gone], world.editor, "alike", confirmed=True
            )
        except ValidationError:
            continue
        yield merge, before


def versions() -> dict[int, int]:
    return dict(Assertion.objects.values_list("pk", "claim_version"))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graph=graphs, pairs=merges)
def test_merging_and_taking_apart_gives_the_same_export_byte_by_byte(
    world: World, graph: dict[str, Any], pairs: list[tuple[int, int]]
) -> None:
    with transaction.atomic():
        build(world, graph)
        connection.check_constraints()
        claimed, accepted = versions(), set(Assertion.objects.accepted().values_list("pk", flat=True))
        done = list(merged(world, pairs))
        connection.check_constraints()
        assert versions() == claimed
        assert set(Assertion.objects.accepted().values_list("pk", flat=True)) == accepted
        for gone in Actor.objects.filter(merged_into__isnull=False):
            assert not any(reference.rows(gone).exists() for reference in merging.references())
            assert not Mention.objects.filter(candidates__contains=[gone.slug]).exists()
        for merge, before in reversed(done):
            assert actions.unmerge(merge, world.editor) == []
            connection.check_constraints()
            assert exported() == before
        assert versions() == claimed
        transaction.set_rollback(True)
