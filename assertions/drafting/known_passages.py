"""What an article has already of what is found in its text: passages that were proposed, or that a person asserted."""

from collections.abc import Sequence
from itertools import chain

from django.db.models import Exists, F, OuterRef, Q

from articles.models import Revision
from assertions.carrying import anchors_in
from assertions.drafting.drafts import Draft
from assertions.drafting.proposed import kept_slugs
from assertions.models import (
    Answer,
    Assertion,
    DeletedPassage,
    Evidence,
    Lease,
    Link,
    Opinion,
    Review,
    Suggestion,
)
from assertions.querysets import AssertionQuerySet
from cms.periods import clock

_SAME_PASSAGE = 0.5
"""The share of the words of two passages together that they have in common, from which on they count as one."""


def unknown(revision: Revision, drafts: Sequence[Draft]) -> list[Draft]:
    """Keep the drafts whose passage nobody knows: no suggestion of this article, and no assertion of a person."""
    known = _Known(revision)
    asserted = _asserted(revision)
    return [
        draft
        for draft in drafts
        if not known.has(draft) and not any(_is_same(draft, *there) for there in asserted)
    ]


class _Known:
    """The passages of an article that were proposed, whatever became of them.

    A speaker who was merged into another is the one that was kept; a key is that of the slug from before.
    """

    def __init__(self, revision: Revision) -> None:
        self.keys: set[str] = set()
        self.by_speaker: set[tuple[str, str]] = set()
        self.by_source: set[tuple[str, str]] = set()
        self.of_nobody: set[tuple[str, str]] = set()
        kept = kept_slugs().actors
        suggested = Suggestion.objects.filter(article=revision.article_id).values_list(
            "key", "proposed__found"
        )
        deleted = DeletedPassage.objects.filter(article=revision.article_id).values_list("key", "found")
        # In this order: what is deleted between the two looks is seen by the second.
        for key, found in chain(suggested, deleted):
            self.keys.add(key)
            self.by_source.add((found["source"], found["content"]))
            if found["speaker"]:
                speaker = kept.get(found["speaker"], found["speaker"])
                self.by_speaker.add((speaker, found["content"]))
            else:
                self.of_nobody.add((found["source"], found["content"]))

    def has(self, draft: Draft) -> bool:
        """Tell whether the passage is known, also if its speaker is called otherwise today, or is resolved only now."""
        source = (draft.source_words, draft.content_words)
        if draft.key in self.keys:
            return True
        if not draft.speaker:
            return source in self.by_source
        return (draft.speaker, draft.content_words) in self.by_speaker or source in self.of_nobody


def _asserted(revision: Revision) -> list[tuple[int, int, frozenset[str]]]:
    """Return the passages of a revision that carry what people asserted, and the slugs of those who speak there."""
    of_people = (
        Evidence.objects.filter(revision__article=revision.article_id, assertion__proposed_rule="")
        .select_related("assertion")
        .prefetch_related("assertion__speakers__actor")
    )
    evidence = list(of_people)
    by_key = {row.pk: row for row in evidence}
    places = []
    for anchor in anchors_in(revision, evidence):
        if anchor.start is not None and anchor.end is not None:
            said_by = by_key[anchor.evidence_id].assertion.speakers.all()
            slugs = frozenset(row.actor.slug for row in said_by if row.actor is not None)
            places.append((anchor.start, anchor.end, slugs))
    return places


def _is_same(draft: Draft, start: int, end: int, speakers: frozenset[str]) -> bool:
    common = min(draft.end, end) - max(draft.start, start)
    whole = max(draft.end, end) - min(draft.start, start)
    same_voice = draft.speaker in speakers if draft.speaker else not speakers
    return same_voice and common >= _SAME_PASSAGE * whole


def untouched() -> AssertionQuerySet:
    """Return the suggestions on which nobody has laid a hand: not decided on, edited, linked, answered, or in hand."""
    own = {"assertion": OuterRef("pk")}
    return Assertion.objects.filter(
        ~Exists(Review.objects.filter(**own)),
        ~Exists(Opinion.objects.filter(**own)),
        ~Exists(Lease.objects.filter(**own, until__gt=clock())),
        ~Exists(Answer.objects.filter(**own)),
        ~Exists(Link.objects.filter(Q(source=OuterRef("pk")) | Q(target=OuterRef("pk")))),
        suggestion__claim_version=F("claim_version"),
    )
