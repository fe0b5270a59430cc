"""What is proposed for an assertion that begins with words selected in a text: who says it, and when."""

from dataclasses import dataclass
from typing import Any

from actors.models import Actor, ActorKind
from articles.dating import date_of
from articles.models import Mention, Revision
from assertions.anchoring import QuoteAmbiguous, QuoteNotFound, locate

LONGEST = 10_000
"""Characters of words that a form begins with, at most."""
REACH = 3_000
"""Characters before the words in which their speaker is looked for, beyond their own paragraph."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is proposed: the passage as the form of evidence takes it, its speaker, and the day (EDTF) it was said."""

    passage: dict[str, Any]
    speaker: Actor | None
    said: str


def beginning(revision: Revision, exact: str, prefix: str = "", suffix: str = "") -> Beginning:
    """Return what is proposed for words of a text.

    Words that stand in it nowhere, or at several places, are proposed as they came, without a speaker: the form says
    what is wrong with them. ``prefix`` and ``suffix`` are kept only where the words recur, since there they tell the
    place.
    """
    # Browsers send line ends as two characters.
    exact, prefix, suffix = (words.replace("\r\n", "\n") for words in (exact, prefix, suffix))
    exact = exact[:LONGEST].strip()
    passage: dict[str, Any] = {"revision": revision.pk, "exact": exact}
    try:
        start, end = locate(revision.text, exact, prefix, suffix)
    except (QuoteNotFound, QuoteAmbiguous, ValueError):
        return Beginning(passage, None, date_of(revision))
    if revision.text.count(exact) > 1:
        passage |= {"prefix": prefix, "suffix": suffix}
    return Beginning(passage, nearest_speaker(revision, start, end), date_of(revision))


def nearest_speaker(revision: Revision, start: int, end: int) -> Actor | None:
    """Return the actor whose name stands nearest to ``text[start:end]``, None if none is near.

    A person in the same paragraph comes first, then any actor there, then the last person before it. A name within
    the words is what they are about, more often than who says them. ``start`` and ``end`` count code points.
    """
    text = revision.text
    first = text.rfind("\n\n", 0, start) + 1
    last = text.find("\n\n", end)
    last = last if last >= 0 else len(text)
    near = list(
        Mention.objects.filter(
            revision=revision, actor__isnull=False, end__gt=max(0, first - REACH), start__lt=last
        ).select_related("actor")
    )
    outside = [mention for mention in near if mention.end <= start or mention.start >= end]
    own = [mention for mention in outside if mention.start >= first]
    people = [mention for mention in own if _is_person(mention)]
    if chosen := people or own:
        return min(chosen, key=lambda mention: _distance(mention, start, end)).actor
    before = [mention for mention in outside if mention.end <= start and _is_person(mention)]
    return max(before, key=lambda mention: mention.end).actor if before else None


def _is_person(mention: Mention) -> bool:
    return mention.actor is not None and mention.actor.kind == ActorKind.PERSON


def _distance(mention: Mention, start: int, end: int) -> int:
    return start - mention.end if mention.end <= start else mention.start - end
