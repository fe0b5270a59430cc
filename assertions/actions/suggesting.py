"""Storing what the rules find in an article's newest text, and taking back what nobody touched and is gone from it."""

import logging
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q

from articles.models import Article, Revision
from articles.querysets import live_at
from assertions.actions.proposing_links import queue_proposing
from assertions.anchoring import quote_at
from assertions.carrying import anchors_in
from assertions.drafting.drafts import Draft, drafts_of
from assertions.drafting.known_passages import unknown, untouched
from assertions.drafting.proposed import as_json, with_claim
from assertions.models import (
    Anchor,
    Assertion,
    Evidence,
    Participant,
    Quantity,
    Relay,
    Speaker,
    Suggestion,
    TaggedAssertion,
    TextReading,
)
from assertions.vocabulary import AnchorStatus
from cms.jobs import Progress, progress_of, queue_once
from cms.periods import clock

log = logging.getLogger(__name__)

TASK = "assertions.suggest"
READ = "en"
"""The language that the rules read."""
BATCH = 200
"""Suggestions that one transaction writes: nobody who wants to save the article waits longer for it."""


_PARTS: dict[str, type[Model]] = {
    "speakers": Speaker,
    "participants": Participant,
    "relays": Relay,
    "quantities": Quantity,
}


class Stored(NamedTuple):
    """How many suggestions were stored, and how many were taken back."""

    proposed: int = 0
    taken_back: int = 0


def queue_suggesting(article: Article, *, soon: bool = True) -> bool:
    """Have the newest text of a locked article read by a worker; False if that waits already.

    It is a part of the transaction that runs. ``soon`` lets it go before the texts of an import.
    """
    return queue_once(TASK, _lock(article.pk), priority=0 if soon else -1, article=article.pk)


def reading_progress(article: Article) -> Progress:
    """Return how far the reading of an article's newest text is."""
    return progress_of(_lock(article.pk))


def _lock(key: int) -> str:
    return f"{TASK}/{key}"


def store_suggestions(key: int) -> Stored:
    """Store what the rules propose for the newest text of the article with a key; the same text twice changes nothing.

    A passage is known by the words of its speaker and its content, so it is never proposed twice, whatever became of
    it: what was rejected does not come back. What a person asserted on the same words is not proposed either. A
    suggestion that nobody touched is deleted, once its words have gone from the newest text and from all that is or
    will be public. Of a text with more statements than settings.SUGGESTIONS_PER_ARTICLE, the first ones are proposed.
    An article that was deleted meanwhile has none.

    It loads the language model: for workers and commands.
    """
    while (revision := _newest(key)) is not None:
        drafts = drafts_of(revision) if _is_read(revision) else []
        stored = _store(revision, drafts)
        if stored is not None:
            return stored
    return Stored()


def _newest(key: int) -> Revision | None:
    """Return the newest revision, after the end of whatever transaction is just writing one.

    Who saves a text queues this job, or finds it queued, with the article locked; so the job that is found sees
    its text.
    """
    with transaction.atomic():
        # The lock is held for the look only: reading a long text takes its time.
        if Article.objects.select_for_update(no_key=True).filter(pk=key).first() is None:
            return None
        return Revision.objects.filter(article=key).order_by("number").last()


def _is_read(revision: Revision) -> bool:
    return revision.language.partition("-")[0].lower() == READ


def _store(revision: Revision, drafts: Sequence[Draft]) -> Stored | None:
    """Write drafts in batches; None if a newer revision came in between."""
    proposed = 0
    first = drafts[: settings.SUGGESTIONS_PER_ARTICLE]
    for batch in _batches(first):
        with transaction.atomic():
            if not _is_newest(revision):
                return None
            written = [row.pk for row in _write(revision, unknown(revision, batch))]
            queue_proposing(written, soon=False)
            proposed += len(written)
    with transaction.atomic():
        if not _is_newest(revision):
            return None
        TextReading.objects.update_or_create(
            article_id=revision.article_id, defaults={"found": len(drafts), "suggested": len(first)}
        )
        taken_back = _take_back(revision)
    if len(first) < len(drafts):
        log.info("%s: the first %d of %d statements are suggested.", revision, len(first), len(drafts))
    return Stored(proposed, taken_back)


def _batches(drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
    rest = iter(drafts)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _is_newest(revision: Revision) -> bool:
    """Lock the article, so that meanwhile no other run proposes, no text is saved and no period is written."""
    Article.objects.select_for_update(no_key=True).filter(pk=revision.article_id).first()
    last = (
        Revision.objects.filter(article=revision.article_id).order_by("-number").values_list("pk", flat=True)
    )
    return last.first() == revision.pk


def _write(revision: Revision, drafts: Sequence[Draft]) -> list[Assertion]:
    """Write drafts of one locked article as suggestions, with their evidence, and return their assertions."""
    assertions = Assertion.objects.bulk_create(Assertion(**draft.fields) for draft in drafts)
    pairs = list(zip(assertions, drafts, strict=True))
    for part, model in _PARTS.items():
        manager: Any = model._default_manager
        manager.bulk_create(
            model(assertion=row, **fields) for row, draft in pairs for fields in getattr(draft, part)
        )
    TaggedAssertion.objects.bulk_create(
        TaggedAssertion(content_object=row, tag=topic) for row, draft in pairs for topic in draft.topics
    )
    _write_evidence(revision, pairs)
    _write_origins(revision, pairs)
    return assertions


def _write_evidence(revision: Revision, pairs: Sequence[tuple[Assertion, Draft]]) -> None:
    """Rest each on its exact words, carried to the revisions that are or will be live, as ``quote`` does."""
    rows = []
    for assertion, draft in pairs:
        found = quote_at(revision.text, draft.start, draft.end)
        rows.append(
            Evidence(
                assertion=assertion,
                revision=revision,
                start=draft.start,
                end=draft.end,
                exact=found.exact,
                prefix=found.prefix,
                suffix=found.suffix,
                language=revision.language,
            )
        )
    evidence = Evidence.objects.bulk_create(rows)
    others = Revision.objects.filter(article=revision.article_id).exclude(pk=revision.pk)
    now = clock()
    for other in others.filter(Q(live__contains=now) | Q(live__startswith__gt=now)).only("text"):
        Anchor.objects.bulk_create(anchors_in(other, evidence))


def _write_origins(revision: Revision, pairs: Sequence[tuple[Assertion, Draft]]) -> None:
    """Keep how each was proposed, in the version of the claim that its rows made."""
    drafts = {assertion.pk: draft for assertion, draft in pairs}
    written = with_claim(Assertion.objects.filter(pk__in=drafts))
    Suggestion.objects.bulk_create(
        Suggestion(
            assertion=row,
            article_id=revision.article_id,
            key=drafts[row.pk].key,
            proposed=as_json(row) | {"found": drafts[row.pk].found},
            claim_version=row.claim_version,
        )
        for row in written
    )


def _take_back(revision: Revision) -> int:
    """Delete the suggestions of a locked article that nobody touched and whose words are gone; return how many.

    They are locked as reviewers lock what they decide on, and who comes later finds them gone; what a reviewer has
    locked just now is left, so that nobody waits for one another.
    """
    own = Evidence.objects.filter(assertion=OuterRef("pk"))
    standing = Anchor.objects.filter(
        live_at(None, "revision__") | Q(revision__live__startswith__gt=clock()),
        evidence__assertion=OuterRef("pk"),
        status__in=[AnchorStatus.EXACT, AnchorStatus.MOVED],
    )
    candidates = (
        untouched()
        .filter(suggestion__article=revision.article_id)
        .exclude(Exists(own.filter(Q(revision=revision) | Q(revision=None))))
        .exclude(Exists(standing))
    )
    keys = list(
        candidates.select_for_update(skip_locked=True, of=("self",))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    evidence = list(Evidence.objects.filter(assertion__in=keys))
    by_key = {row.pk: row.assertion_id for row in evidence}
    there = {
        by_key[anchor.evidence_id]
        for anchor in anchors_in(revision, evidence)
        if anchor.status != AnchorStatus.LOST
    }
    # Asked again under the lock: somebody may have decided between the first look and it.
    gone = untouched().filter(pk__in=set(keys) - there)
    count = gone.count()
    gone.delete()
    return count
