"""Corrections to what readers have seen, and readers' reports of errors."""

from django.core.exceptions import ValidationError
from django.db import transaction

from articles import permissions
from articles.body import require_text
from articles.models import Article, Correction, ErrorReport, Revision
from cms.models import User
from cms.periods import clock
from cms.permissions import require


@transaction.atomic
def correct(
    article: Article, by: User | None, *, kind: str, text: str, revision: Revision | None = None
) -> Correction:
    """Append a correction to an article that is or was public and return it.

    ``revision`` is the one that puts it right: readers see the correction from its beginning on.
    Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.CORRECT)
    if article.published_at is None or article.published_at > clock():
        raise ValidationError("Only what was public can be corrected; change the draft instead.")
    if revision is not None and (revision.article_id != article.pk or revision.live is None):
        raise ValidationError("It can be put right by a version of this article that is or will be public.")
    try:
        text = require_text(text.strip())
    except ValueError as error:
        raise ValidationError({"text": str(error)}) from error
    correction = Correction(article=article, created_by=by, kind=kind, text=text, revision=revision)
    correction.full_clean()
    correction.save()
    return correction


def report_error(path: str, text: str, email: str = "") -> ErrorReport:
    """Keep a reader's report of an error for the editors and return it. Raises ValidationError by field."""
    report = ErrorReport(path=path, text=text.strip(), email=email)
    report.full_clean()
    report.save()
    return report


@transaction.atomic
def handle_report(report: ErrorReport, by: User, answer: str) -> None:
    """Close a reader's report with what was done. Raises PermissionDenied."""
    require(by, permissions.REPORTS)
    report.answer, report.handled_by, report.handled_at = answer, by, clock()
    report.save(update_fields=["answer", "handled_by", "handled_at"])
