"""Every change of assertions: proposing, evidence, review, links, questions and figures."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.forms import ModelChoiceField

from articles.models import Article, Revision, Topic
from articles.permissions import may_read, may_see
from assertions import permissions
from assertions.anchoring import QuoteAmbiguous, QuoteNotFound, locate, quote_at
from assertions.carrying import anchors_in
from assertions.models import (
    Anchor,
    Answer,
    Assertion,
    Evidence,
    Link,
    Measure,
    Participant,
    Quantity,
    Question,
    Relay,
    Review,
    RivalDate,
    Speaker,
    TaggedAssertion,
)
from assertions.vocabulary import AnchorStatus
from cms.models import User
from cms.periods import clock, close_period, open_period
from cms.permissions import require

Rows = Iterable[Mapping[str, Any]]


@transaction.atomic
def create_assertion(
    by: User | None,
    *,
    speakers: Rows = (),
    participants: Rows = (),
    relays: Rows = (),
    rival_dates: Rows = (),
    quantities: Rows = (),
    topics: Iterable[Topic] = (),
    **fields: Any,
) -> Assertion:
    """Write a suggestion, an assertion without a review, and return it; evidence is added by ``quote`` or ``cite``.

    ``fields`` are those of Assertion; the rows are fields of Speaker, Participant, Relay, RivalDate and Quantity, in
    their order. Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.ADD)
    assertion = Assertion(proposed_by=by, **fields)
    _save(assertion)
    for model, rows in ((Speaker, speakers), (Participant, participants), (Relay, relays)):
        for position, row in enumerate(rows, 1):
            _save(model(assertion=assertion, **({"position": position} | dict(row))))
    for row in rival_dates:
        _save(RivalDate(assertion=assertion, **row))
    for row in quantities:
        _save(Quantity(assertion=assertion, **row))
    TaggedAssertion.objects.bulk_create(
        TaggedAssertion(content_object=assertion, tag=topic) for topic in topics
    )
    assertion.refresh_from_db()
    return assertion


@transaction.atomic
def save_assertion(assertion: Assertion, by: User | None) -> None:
    """Save an assertion as it was filled in; a changed claim returns to review.

    Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.CHANGE if assertion.pk else permissions.ADD)
    if not assertion.pk:
        assertion.proposed_by = by
    _save(assertion)


@transaction.atomic
def quote(
    assertion: Assertion,
    revision: Revision,
    by: User | None,
    *,
    exact: str,
    prefix: str = "",
    suffix: str = "",
    **fields: Any,
) -> Evidence:
    """Add the words of a revision as evidence and return it; it is carried to the revisions that are or will be live.

    ``prefix`` and ``suffix`` tell the place where the words recur; ``fields`` are language, translator, departures,
    departure_note. Raises PermissionDenied, and ValidationError by field: for a revision of an article that the user
    may not see, as for one that does not exist, and if the words stand in no place, or in several.
    """
    require(by, permissions.CHANGE)
    if by is not None and not (may_see(by, revision.article) and may_read(by, revision)):
        raise ValidationError({"revision": ModelChoiceField.default_error_messages["invalid_choice"]})
    # The assertion is locked because its new evidence makes a new version of the claim, and before the article, so
    # that two writers wait in one order; the article, so that no period of it is written between this evidence and
    # the look at what is or will be live: the words would miss their anchor there.
    Assertion.objects.select_for_update(no_key=True).get(pk=assertion.pk)
    Article.objects.select_for_update(no_key=True).get(pk=revision.article_id)
    try:
        start, end = locate(revision.text, exact, prefix, suffix)
    except (QuoteNotFound, QuoteAmbiguous) as error:
        raise ValidationError({"exact": str(error)}) from error
    found = quote_at(revision.text, start, end)
    evidence = Evidence(
        assertion=assertion,
        revision=revision,
        start=start,
        end=end,
        exact=found.exact,
        prefix=found.prefix,
        suffix=found.suffix,
        **fields,
    )
    _save(evidence)
    now = clock()
    others = Revision.objects.filter(article=revision.article_id).exclude(pk=revision.pk)
    for other in others.filter(Q(live__contains=now) | Q(live__startswith__gt=now)).only("text"):
        _write_anchors(other, [evidence])
    return evidence


@transaction.atomic
def cite(assertion: Assertion, by: User | None, **fields: Any) -> Evidence:
    """Add an outside source as evidence and return it: publisher, title, address, published, unverified.

    Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.CHANGE)
    evidence = Evidence(assertion=assertion, **fields)
    _save(evidence)
    return evidence


@transaction.atomic
def add_quantity(assertion: Assertion, by: User | None, **fields: Any) -> Quantity:
    """Add a count to an assertion and return it; it may refer to other counts.

    Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.CHANGE)
    quantity = Quantity(assertion=assertion, **fields)
    _save(quantity)
    return quantity


@transaction.atomic
def carry_evidence(revision: Revision) -> None:
    """Say of each evidence of the article what became of it in a revision whose period was just written.

    The caller has locked the article, as ``quote`` does.
    """
    evidence = Evidence.objects.filter(revision__article=revision.article_id)
    _write_anchors(revision, list(evidence.exclude(anchors__revision=revision)))


def _write_anchors(revision: Revision, evidence: list[Evidence]) -> None:
    Anchor.objects.bulk_create(anchors_in(revision, evidence), batch_size=500)


@transaction.atomic
def settle_anchor(anchor: Anchor, by: User, start: int | None = None) -> Anchor:
    """Say where an ambiguous or lost quotation stands in its revision, or that it stands there no more; return it.

    ``start`` is the position of its first character in the text of the revision (code points); None says that it is
    none of the places, and it stays lost. Raises PermissionDenied, and ValidationError for a place without the words
    and for a quotation that has its place, or that somebody settled meanwhile.
    """
    require(by, permissions.DECIDE)
    # The row is locked so that of two people who settle it at once the second is told of the first.
    rows = Anchor.objects.select_for_update(of=("self",))
    current = rows.select_related("evidence", "revision", "settled_by").get(pk=anchor.pk)
    if current.settled_at is not None:
        raise ValidationError(f"{current.settled_by} settled this quotation meanwhile.")
    if current.status not in (AnchorStatus.AMBIGUOUS, AnchorStatus.LOST):
        raise ValidationError("This quotation has its place in the text.")
    exact, text = current.evidence.exact, current.revision.text
    if start is not None and (start < 0 or not text.startswith(exact, start)):
        raise ValidationError({"start": "The quoted words do not stand there. Choose one of the places."})
    current.status = AnchorStatus.LOST if start is None else AnchorStatus.MOVED
    current.start, current.end = (None, None) if start is None else (start, start + len(exact))
    current.settled_by, current.settled_at = by, clock()
    current.save(update_fields=["status", "start", "end", "settled_by", "settled_at"])
    return current


@transaction.atomic
def review(
    assertion: Assertion,
    by: User | None,
    *,
    verdict: str,
    attribution: str = "",
    source_reliability: str = "",
    information_credibility: str = "",
    reason: str = "",
    claim_version: int | None = None,
    decided_at: datetime | None = None,
) -> Review:
    """Decide on an assertion as it stands and return the review.

    ``claim_version`` is the version that the reviewer saw. Raises PermissionDenied, and ValidationError if the claim
    changed since or the decision is incomplete.
    """
    require(by, permissions.DECIDE)
    # The assertion is locked so that the claim does not change between the look and the decision.
    current = Assertion.objects.select_for_update().get(pk=assertion.pk)
    if claim_version is not None and claim_version != current.claim_version:
        raise ValidationError("The claim was changed while you looked at it. Read it again, then decide.")
    decision = Review(
        assertion=assertion,
        verdict=verdict,
        attribution=attribution,
        source_reliability=source_reliability,
        information_credibility=information_credibility,
        reason=reason,
        decided_by=by,
    )
    if decided_at is not None:
        decision.decided_at = decided_at
    _save(decision)
    return decision


@transaction.atomic
def link(source: Assertion, target: Assertion, by: User | None, **fields: Any) -> Link:
    """Link one assertion to another (type, aspect, note) and return the link.

    Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.LINK)
    relation = Link(source=source, target=target, **fields)
    _save(relation)
    return relation


@transaction.atomic
def answer(question: Question, assertion: Assertion, by: User | None, *, stance: str) -> Answer:
    """Put an assertion on a question with its stance and return the answer.

    Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.ANSWER)
    given = Answer(question=question, assertion=assertion, stance=stance)
    _save(given)
    return given


@transaction.atomic
def publish_question(question: Question, by: User | None, at: datetime | None = None) -> None:
    """Make a question public from an instant on, now by default. Raises PermissionDenied."""
    require(by, permissions.QUESTIONS)
    # The row is locked so that two writers' periods follow each other.
    open_period(Question.objects.select_for_update().get(pk=question.pk), at)


@transaction.atomic
def withdraw_question(question: Question, by: User | None, at: datetime | None = None) -> None:
    """End a question's being public at an instant, now by default. Raises PermissionDenied."""
    require(by, permissions.QUESTIONS)
    # As in publish_question.
    close_period(Question.objects.select_for_update().get(pk=question.pk), at)


@transaction.atomic
def publish_measure(measure: Measure, by: User | None, at: datetime | None = None) -> None:
    """Make a measure public from an instant on, now by default. Raises PermissionDenied."""
    require(by, permissions.MEASURES)
    # As in publish_question.
    open_period(Measure.objects.select_for_update().get(pk=measure.pk), at)


@transaction.atomic
def withdraw_measure(measure: Measure, by: User | None, at: datetime | None = None) -> None:
    """End a measure's being public at an instant, now by default. Raises PermissionDenied."""
    require(by, permissions.MEASURES)
    # As in publish_question.
    close_period(Measure.objects.select_for_update().get(pk=measure.pk), at)


def _save(row: models.Model) -> None:
    row.full_clean()
    row.save()
