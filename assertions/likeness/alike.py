"""Assertions in like words: which they are, and the links that are proposed between them. Nothing is linked by it."""

import re
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.reprints import roots
from assertions.likeness.weighing import Count, Days, Proposal, Saying, proposal
from assertions.models import Assertion, Link, ProposedLink
from assertions.vocabulary import LinkType, Polarity, ProposalState, SpeechAct

LIMIT = 0.45
"""The similarity below which nothing is looked at: the index answers by it."""
LOOKED_AT = 15
"""Candidates that are weighed for an assertion, the likest first."""
LONGEST = 2_000
"""Characters of a claim that are compared: a longer one is no sentence, and costs the index dearly."""


_NUMBER = re.compile(
    r"\d[\d.,]*\d|\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds|thousands|millions?)\b"
)


_REJECTED = """
    SELECT latest.assertion_id FROM (
        SELECT DISTINCT ON (assertion_id) assertion_id, verdict, claim_version FROM assertions_review
         ORDER BY assertion_id, decided_at DESC, id DESC) latest
      JOIN assertions_assertion claim ON (claim.id, claim.claim_version) = (latest.assertion_id, latest.claim_version)
     WHERE latest.verdict = 'reject'
"""
"""What ``AssertionQuerySet.not_rejected`` leaves out."""


def similar(keys: Collection[int]) -> list[tuple[int, int, float]]:
    """Return pairs of assertions with similar claims and the similarity, each pair once; one of each is of the keys.

    What was rejected is like nothing. At most ``LOOKED_AT`` pairs are found for each key; in a transaction, since the
    limit of the index is set for its time.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LIMIT)])
        cursor.execute(
            f"""
            WITH rejected (id) AS ({_REJECTED})
            SELECT DISTINCT ON (least(asked.id, found.id), greatest(asked.id, found.id)) asked.id, found.id, found.alike
              FROM assertions_assertion asked CROSS JOIN LATERAL (
                   SELECT other.id, similarity(other.claim, asked.claim)::float8 alike FROM assertions_assertion other
                    WHERE other.claim %% asked.claim AND other.id <> asked.id AND length(other.claim) <= %(longest)s
                      AND other.id NOT IN (SELECT id FROM rejected)
                    ORDER BY alike DESC, other.id DESC LIMIT %(most)s) found
             WHERE asked.id = ANY(%(keys)s) AND length(asked.claim) <= %(longest)s
               AND asked.id NOT IN (SELECT id FROM rejected)
            """,  # noqa: S608 – nothing in it comes from outside
            {"keys": list(keys), "most": LOOKED_AT, "longest": LONGEST},
        )
        rows: list[tuple[int, int, float]] = cursor.fetchall()
    return rows


def similarity_of(pairs: Collection[tuple[int, int]]) -> list[tuple[int, int, float]]:
    """Return how similar the claims of some pairs of assertions are, as ``similar`` does, without its limits."""
    if not pairs:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH rejected (id) AS ({_REJECTED})
            SELECT one.id, other.id, similarity(one.claim, other.claim)::float8
              FROM unnest(%s::bigint[], %s::bigint[]) pair (one, other)
              JOIN assertions_assertion one ON one.id = pair.one
              JOIN assertions_assertion other ON other.id = pair.other
             WHERE one.id NOT IN (SELECT id FROM rejected) AND other.id NOT IN (SELECT id FROM rejected)
               AND greatest(length(one.claim), length(other.claim)) <= %s
            """,  # noqa: S608 – nothing in it comes from outside
            [[one for one, _ in pairs], [other for _, other in pairs], LONGEST],
        )
        rows: list[tuple[int, int, float]] = cursor.fetchall()
    return rows


def sayings(keys: Collection[int]) -> dict[int, Saying]:
    """Return what of assertions bears on others, by their keys, in a number of queries that does not grow."""
    rows = list(
        Assertion.objects.filter(pk__in=keys).prefetch_related(
            "speakers", "relays", "participants", "quantities", "answers", "tagged"
        )
    )
    silent = [row.pk for row in rows if not row.speakers.all() and not row.relays.all()]
    texts = _texts(silent)
    return {row.pk: _saying(row, texts.get(row.pk, frozenset())) for row in rows}


def _saying(row: Assertion, texts: frozenset[str]) -> Saying:
    relays = [_who(relay) for relay in row.relays.all()]
    speakers = [_who(speaker) for speaker in row.speakers.all()]
    spoken_for = [f"actor:{speaker.speaks_for_id}" for speaker in row.speakers.all() if speaker.speaks_for_id]
    said = _days(row.said_range)
    return Saying(
        key=row.pk,
        act=row.act,
        polarity=row.polarity,
        certainty=row.certainty,
        said=said,
        happened=_days(row.happened_range),
        speakers=frozenset(speakers or relays[:1]) or texts,
        relays=frozenset(relays),
        parties=frozenset(speakers + spoken_for),
        subjects=frozenset(
            part.actor_id for part in row.participants.all() if part.role == "subject" and part.actor_id
        ),
        topics=frozenset(tagged.tag_id for tagged in row.tagged.all()),
        stances=tuple((answer.question_id, answer.stance) for answer in row.answers.all()),
        numbers=frozenset(_NUMBER.findall(row.claim[:LONGEST].lower())),
        counts=tuple(
            Count(count.measure_id, count.kind, count.low, count.high, _days(count.as_of_range) or said)
            for count in row.quantities.all()
        ),
    )


def _who(party: Any) -> str:
    return f"actor:{party.actor_id}" if party.actor_id else f"described:{party.description.casefold()}"


def _days(days: Any) -> Days | None:
    """Return a date range of the database, None unless it has both ends."""
    if days is None or days.isempty or days.lower is None or days.upper is None:
        return None
    return days.lower, days.upper


def _texts(keys: Collection[int]) -> dict[int, frozenset[str]]:
    """Return the articles in whose own voice assertions are; a reprint is the article that it prints again."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Assertion.objects.filter(pk__in=keys, evidence__revision__isnull=False)
    for key, article in rows.values_list("pk", "evidence__revision__article") if keys else ():
        found[key].add(article)
    root = roots(set().union(*found.values())).possible if found else {}
    return {
        key: frozenset(f"article:{root.get(article, article)}" for article in articles)
        for key, articles in found.items()
    }


def proposals(keys: Collection[int], pairs: Collection[tuple[int, int]] = ()) -> list[Proposal]:
    """Return the links that likeness proposes for assertions, whatever was proposed before; in a transaction.

    ``pairs`` are looked at besides, however many others are likelier.
    """
    found = {frozenset(row[:2]): row for row in (*similarity_of(pairs), *similar(keys))}
    known = sayings(set().union(*found))
    weighed = (
        proposal(known[one], known[other], alike)
        for one, other, alike in found.values()
        if {one, other} <= known.keys()
    )
    return [each for each in weighed if each is not None]


def open_proposals() -> QuerySet[ProposedLink]:
    """Return the proposed links that wait for somebody: between assertions that no link joins."""
    joined = Link.objects.filter(
        Q(source=OuterRef("source"), target=OuterRef("target"))
        | Q(source=OuterRef("target"), target=OuterRef("source"))
    )
    return ProposedLink.objects.filter(~Exists(joined), state=ProposalState.OPEN)


def becomes(row: ProposedLink) -> LinkType:
    """Return the type of the link that a proposed one becomes: a denial that contradicts what it denies *denies* it.

    ``source`` and ``target`` may be selected with it.
    """
    is_denial = row.source.act == SpeechAct.DENIES and row.target.polarity == Polarity.AFFIRMATIVE
    return LinkType.DENIES if row.type == LinkType.CONTRADICTS and is_denial else LinkType(row.type)
