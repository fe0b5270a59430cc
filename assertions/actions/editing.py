"""Changing a claim at the desk, and deciding on it as it was changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.models import Topic
from assertions import permissions
from assertions.actions.amending import amended_by
from assertions.actions.leasing import locked
from assertions.actions.proposing_links import queue_proposing
from assertions.actions.reviewing import CHANGED, review
from assertions.actions.saving import save_checked
from assertions.models import (
    Assertion,
    Opinion,
    Participant,
    Relay,
    Review,
    Speaker,
    TaggedAssertion,
)
from assertions.models.assertion import Party
from assertions.reviewing.double_review import require_kept
from cms.models import User
from cms.permissions import require


@dataclass(frozen=True, slots=True)
class Edit:
    """A claim as it was filled in.

    ``fields`` are those of Assertion; the rows are fields of Speaker, Participant and Relay, those that exist already
    with their ``id``; rows that are not among them go. Topics are the whole of them. What is None stays as it is.
    """

    fields: Mapping[str, Any]
    topics: Iterable[Topic] | None = None
    speakers: Iterable[Mapping[str, Any]] | None = None
    participants: Iterable[Mapping[str, Any]] | None = None
    relays: Iterable[Mapping[str, Any]] | None = None


@transaction.atomic
def edit_claim(assertion: Assertion, by: User | None, *, claim_version: int, edit: Edit) -> Assertion:
    """Change a claim from the version that was read to what was filled in, and return it with its new version.

    What is the same is not written, so an edit without a change makes no new version. Raises PermissionDenied, and
    ValidationError by field; with the code ``CHANGED`` if the claim was changed since
    ``claim_version``.
    """
    require(by, permissions.CHANGE)
    # The assertion is locked so that the version that was read is the one that is changed.
    current = locked(assertion)
    if current.claim_version != claim_version:
        raise ValidationError(
            "The claim was changed while you looked at it. Read it again, then change it.", code=CHANGED
        )
    changed = {name: value for name, value in edit.fields.items() if getattr(current, name) != value}
    with amended_by(current, by):
        if changed:
            for name, value in changed.items():
                setattr(current, name, value)
            save_checked(current)
        for model, rows in ((Speaker, edit.speakers), (Participant, edit.participants), (Relay, edit.relays)):
            if rows is not None:
                _set_rows(model, current, list(rows))
    if edit.topics is not None:
        wanted = {topic.pk for topic in edit.topics}
        require_kept(current, wanted, by)
        _set_topics(current, wanted)
    current.refresh_from_db()
    if current.claim_version != claim_version:
        queue_proposing([current.pk])
    return current


@transaction.atomic
def edit_and_review(
    assertion: Assertion,
    by: User,
    *,
    claim_version: int,
    edit: Edit | None = None,
    **decision: Any,
) -> Review | Opinion:
    """Change a claim if there is an edit, decide on it as it is then, and return the decision: both, or neither.

    ``claim_version`` is the version that was read; ``decision`` as ``review`` takes it. Raises what ``edit_claim`` and
    ``review`` raise.
    """
    if edit is not None:
        assertion = edit_claim(assertion, by, claim_version=claim_version, edit=edit)
        claim_version = assertion.claim_version
    return review(assertion, by, claim_version=claim_version, **decision)


def _set_rows(model: type[Party], assertion: Assertion, rows: list[Mapping[str, Any]]) -> None:
    make: Any = model
    manager: Any = model._default_manager
    present = {row.pk: row for row in manager.filter(assertion=assertion)}
    kept = {row["id"] for row in rows if row.get("id")}
    if unknown := kept - set(present):
        raise ValidationError(f"{len(unknown)} of the {model._meta.verbose_name_plural} went meanwhile.")
    manager.filter(pk__in=set(present) - kept).delete()
    for place, given in enumerate(rows, 1):
        values = {"position": place, **{name: value for name, value in given.items() if name != "id"}}
        if row := present.get(given.get("id")):
            if all(getattr(row, name) == value for name, value in values.items()):
                continue
            for name, value in values.items():
                setattr(row, name, value)
            # Two rows may change places: the database looks at their positions when all are written.
            row.full_clean(exclude={"position"})
            row.save()
        else:
            new = make(assertion=assertion, **values)
            new.full_clean(exclude={"position"})
            new.save()


def _set_topics(assertion: Assertion, wanted: set[int]) -> None:
    present = set(TaggedAssertion.objects.filter(content_object=assertion).values_list("tag", flat=True))
    TaggedAssertion.objects.filter(content_object=assertion, tag__in=present - wanted).delete()
    TaggedAssertion.objects.bulk_create(
        TaggedAssertion(content_object=assertion, tag_id=topic) for topic in sorted(wanted - present)
    )
