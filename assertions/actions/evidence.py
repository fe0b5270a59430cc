"""Quoting, citing, and what becomes of a quotation in later revisions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.forms import ModelChoiceField

from articles.models import Article, Revision
from articles.permissions import may_read, may_see
from assertions import permissions
from assertions.actions.saving import save_checked
from assertions.anchoring import QuoteAmbiguous, QuoteNotFound, locate, quote_at
from assertions.carrying import anchors_in
from assertions.models import Anchor, Assertion, Evidence
from assertions.vocabulary import AnchorStatus
from cms.models import User
from cms.periods import clock
from cms.permissions import require


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
    save_checked(evidence)
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
    save_checked(evidence)
    return evidence


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
