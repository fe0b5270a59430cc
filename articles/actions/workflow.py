"""The way of a text to readers: submitting, approving, returning, annotating and assigning it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from articles import permissions
from articles.actions.locking import locked
from articles.actions.periods import require_possible
from articles.models import Article, Revision, WorkflowStep
from articles.stages import Stage, stage_of
from cms.models import User
from cms.periods import clock
from cms.permissions import require
from cms.timezones import told

STALE = "stale"
"""The code of the ValidationError that says that somebody saved a newer revision than the one that was read."""


@transaction.atomic
def submit(article: Article, by: User | None, note: str = "", *, revision: int | None = None) -> WorkflowStep:
    """Hand an article's latest revision in for review and return the step.

    ``revision`` is the number of the revision that was read; None takes the latest one. Raises PermissionDenied, and
    ValidationError if the article is not a draft, or if a newer revision was saved (code ``STALE``).
    """
    latest = _locked_latest(article, revision)
    if by is not None and not permissions.may_edit(by, latest.article):
        raise PermissionDenied("Reporters submit their own drafts only.")
    _expect(article, latest, Stage.DRAFT)
    return _step(latest, WorkflowStep.Kind.SUBMIT, by, note)


@transaction.atomic
def approve(
    article: Article, by: User | None, note: str = "", *, revision: int | None = None
) -> WorkflowStep:
    """Approve the latest revision of an article in review and return the step.

    Raises PermissionDenied if the user may not, four eyes included, and ValidationError as ``submit`` does.
    """
    latest = _locked_latest(article, revision)
    if refusal := permissions.may_approve(by, latest):
        raise PermissionDenied(refusal)
    _expect(article, latest, Stage.REVIEW)
    return _step(latest, WorkflowStep.Kind.APPROVE, by, note)


@transaction.atomic
def send_back(article: Article, by: User | None, note: str, *, revision: int | None = None) -> WorkflowStep:
    """Make a draft again of an article in review or approved, and return the step; the note says why.

    Its author may take it back while it is in review, without a note too. Raises PermissionDenied, and ValidationError
    as ``submit`` does, or without a note.
    """
    latest = _locked_latest(article, revision)
    is_editor = by is None or by.has_perm(permissions.PUBLISH)
    if not is_editor and not (by is not None and permissions.may_edit(by, latest.article)):
        raise PermissionDenied("Reporters take back their own articles only.")
    _expect(article, latest, Stage.REVIEW, *([Stage.APPROVED] if is_editor else []))
    if not note.strip() and by is not None and by.pk == latest.article.created_by_id:
        note = "Taken back."
    return _step(latest, WorkflowStep.Kind.RETURN, by, note)


@transaction.atomic
def add_note(article: Article, by: User | None, note: str, *, revision: int | None = None) -> WorkflowStep:
    """Put a note to a revision, the latest by default, and return it.

    It stays with the revision that was read, whatever was saved since. Raises PermissionDenied, and ValidationError
    without a note or for a revision that is not there.
    """
    latest = _locked_latest(article, None)
    if by is not None and not permissions.may_edit(by, latest.article):
        raise PermissionDenied("Reporters annotate their own drafts only.")
    read = article.revisions.filter(number=revision).first() if revision is not None else latest
    if read is None:
        raise ValidationError({"revision": f"There is no revision {revision} of this article."})
    return _step(read, WorkflowStep.Kind.NOTE, by, note)


@transaction.atomic
def assign(article: Article, by: User | None, *, to: User | None, due: datetime | None) -> None:
    """Say who is to work on an article, and until when; None for nobody, and for no date.

    Raises PermissionDenied, and ValidationError by field (``to``, ``due``).
    """
    require(by, permissions.PUBLISH)
    # The article is locked so that two who assign it at once do not each write half.
    current = locked(article)
    if to is not None and to.pk != current.assigned_to_id and not permissions.may_edit(to, current):
        raise ValidationError(
            {"to": f"{to} may not write this article: its author and editors can be assigned."}
        )
    require_possible("due", due)
    now = clock()
    if due is not None and due != current.due and due <= now:
        raise ValidationError(
            {"due": f"{told(due)} is past: it is {told(now)} now. Leave it empty for no date."}
        )
    article.assigned_to, article.due = to, due
    article.save(update_fields=["assigned_to", "due"])


def _locked_latest(article: Article, seen: int | None) -> Revision:
    # The article is locked, as for saving, so that a step is about the text that was read and no newer one.
    latest = locked(article).revisions.order_by("number").last()
    if latest is None:
        raise ValidationError("The article has no text yet.")
    if seen is not None and latest.number != seen:
        raise ValidationError(
            f"{latest.created_by or 'An import'} saved revision {latest.number} meanwhile; read it again.",
            code=STALE,
        )
    return latest


def _expect(article: Article, latest: Revision, *expected: Stage) -> None:
    stage = stage_of(article)
    if stage in expected:
        return
    sentences = {
        "": f"Nothing of it waits: revision {latest.number} is, was or will be public.",
        Stage.DRAFT: "It is a draft: nobody has submitted it for review.",
        Stage.REVIEW: "It is in review already.",
        Stage.APPROVED: "It is approved already.",
    }
    raise ValidationError(sentences[stage])


def _step(revision: Revision, kind: str, by: User | None, note: str) -> WorkflowStep:
    note = note.strip()
    if not note and kind in (WorkflowStep.Kind.RETURN, WorkflowStep.Kind.NOTE):
        raise ValidationError({"note": "Say in a note what is meant."})
    step = WorkflowStep(revision=revision, kind=kind, note=note, created_by=by)
    step.full_clean(exclude=["created_at"])
    step.save()
    return step
