"""Four eyes: who proposes a claim does not accept it, and who gave a suggestion another meaning proposes it too."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.text import get_text_list
from rapidfuzz.distance import Indel

from assertions.drafting.proposed import Kept, as_proposed, kept_slugs, speakers_as_json
from assertions.models import Amendment, Assertion, Evidence, Meaning, Speaker
from assertions.reviewing.candidates import candidates
from cms.models import User

ALIKE = 0.8
"""How alike two wordings of one statement are, at least: the share of their characters that they have in common."""
SPELLING = 0.6
"""How alike two spellings of one name are, at least, in the same measure."""
_WORD = re.compile(r"\w+(?:[.,]\d+)*(?:['’]\w+)?")
_TURNING = frozenset(
    "no not never none nobody nothing nowhere neither nor without cannot "
    "one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousand thousands "
    "million millions all most half some few".split()
)
"""Short words by which a sentence says the contrary, or another number: they make no small difference."""


Voice = tuple[str, str, str]
"""The slug of who speaks, or a description, and the slug of whom they speak for; "" for none."""


def left_to_others(user: User) -> Q:
    """Return the condition that somebody else than a user is to accept an assertion; none without four eyes."""
    if not settings.REVIEW_FOUR_EYES:
        return Q(pk__in=[])
    amended = Amendment.objects.filter(assertion=OuterRef("pk"), amended_by=user)
    return Q(proposed_by=user) | Q(Exists(amended))


def why_each_is_left_to_others(assertions: Collection[Assertion], user: User) -> dict[int, str]:
    """Return by key in a sentence why somebody else is to accept an assertion, where it is so. One query."""
    if not settings.REVIEW_FOUR_EYES:
        return {}
    suggested = [assertion.pk for assertion in assertions if assertion.proposed_rule]
    parts: dict[int, set[str]] = {}
    amended = Amendment.objects.filter(assertion__in=suggested, amended_by=user)
    for key, part in amended.values_list("assertion", "part"):
        parts.setdefault(key, set()).add(part)
    found = {
        assertion.pk: "You proposed it, so somebody else accepts it."
        for assertion in assertions
        if assertion.proposed_by_id == user.pk
    }
    for key, own in parts.items():
        changed = get_text_list([str(part.label) for part in Meaning if part in own], "and")
        found[key] = f"You changed {changed}: what it says now is your proposal, so somebody else accepts it."
    return found


def meaning(assertion: Assertion) -> dict[str, Any]:
    """Return the parts of a claim that say who says what, as they stand in the database, by ``Meaning``."""
    row = Assertion.objects.get(pk=assertion.pk)
    speakers = Speaker.objects.filter(assertion=row).select_related("actor", "speaks_for")
    return {
        Meaning.SPEAKERS: speakers_as_json(speakers),
        Meaning.ACT: row.act,
        Meaning.NEGATED: row.negated,
        Meaning.CLAIM: row.claim,
    }


def amendments(
    assertion: Assertion, before: Mapping[str, Any], now: Mapping[str, Any], by: User | None
) -> tuple[list[Amendment], list[str]]:
    """Return the amendments that a change of meaning comes to, not saved, and the parts that have none any more.

    ``before`` and ``now`` are from ``meaning``. A part that says what the rule proposed is nobody's. One that says what
    somebody made of it stays theirs; else it is of the one who changed it. Without a suggestion there are none.
    """
    changed = [part for part in Meaning if before[part] != now[part]]
    if not changed or not hasattr(assertion, "suggestion"):
        return [], []
    kept = kept_slugs()
    proposed = as_proposed(assertion, kept)
    offered = _offered(assertion, proposed) if Meaning.SPEAKERS in changed else {}
    present = {row.part: row for row in Amendment.objects.filter(assertion=assertion)}
    made, ended = [], []
    for part in changed:
        if part not in proposed or says_the_same(part, proposed[part], now[part], kept, offered):
            ended.append(str(part))
        elif part not in present or not says_the_same(part, present[part].value, now[part], kept):
            made.append(Amendment(assertion=assertion, part=part, value=now[part], amended_by=by))
    return made, ended


def says_the_same(
    part: str, one: Any, other: Any, kept: Kept, offered: Mapping[str, Collection[str]] | None = None
) -> bool:
    """Tell whether a part of a meaning is the same in two versions, but for how it is worded.

    Who speaks, and for whom, is compared without order and office; who was merged is the one who was kept. Where
    ``one`` describes a speaker and ``other`` names an actor who is ``offered`` for the description, that is the same.
    """
    if part == Meaning.CLAIM:
        return is_same_statement(one, other)
    if part == Meaning.SPEAKERS:
        return _same_voices(_voices(one, kept), _voices(other, kept), offered or {})
    return bool(one == other)


def is_same_statement(one: str, other: str) -> bool:
    """Tell whether two wordings differ little: by at most 20 of 100 characters, and in no number, negation or name."""
    if _other_names(_WORD.findall(one), _WORD.findall(other)):
        return False
    mine, theirs = _WORD.findall(one.casefold()), _WORD.findall(other.casefold())
    if _turning(mine) != _turning(theirs):
        return False
    return Indel.normalized_similarity(" ".join(mine), " ".join(theirs)) >= ALIKE


def _other_names(mine: list[str], theirs: list[str]) -> bool:
    """Tell whether a word with a capital went for another one, or two of them changed places; one more is no matter."""
    old, new = ([word for word in words[1:] if word[0].isupper()] for words in (mine, theirs))
    come = set(new) - set(old)
    if come and any(
        max(Indel.normalized_similarity(word.casefold(), other.casefold()) for other in come) < SPELLING
        for word in set(old) - set(new)
    ):
        return True
    both = set(old) & set(new)
    return [word for word in old if word in both] != [word for word in new if word in both]


def _turning(words: list[str]) -> list[str]:
    return sorted(
        "not" if word.endswith(("n't", "n’t")) else word
        for word in words
        if word in _TURNING or word[0].isdigit() or word.endswith(("n't", "n’t"))
    )


def _voices(rows: list[dict[str, str]], kept: Kept) -> set[Voice]:
    return {
        (
            kept.actors.get(row["actor"], row["actor"]),
            row["description"],
            kept.actors.get(row["speaks_for"], row["speaks_for"]),
        )
        for row in rows
    }


def _same_voices(proposed: set[Voice], now: set[Voice], offered: Mapping[str, Collection[str]]) -> bool:
    come, gone = now - proposed, proposed - now
    if len(come) != len(gone):
        return False
    return all(
        any(not named and actor in offered.get(words, ()) and for_whom == whom for named, words, whom in gone)
        for actor, _, for_whom in come
    )


def _offered(assertion: Assertion, proposed: Mapping[str, Any]) -> dict[str, list[str]]:
    described = [row["description"] for row in proposed.get(Meaning.SPEAKERS, []) if not row["actor"]]
    quoted = (
        Evidence.objects.filter(assertion=assertion).exclude(revision=None).values_list("revision", flat=True)
    )
    return candidates(described, list(quoted)) if described else {}
