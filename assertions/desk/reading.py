"""The reading page of the desk: any revision of an article, its names and assertions marked, words to be selected."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles.models import Article, Revision
from articles.permissions import may_read, may_see
from assertions import permissions
from assertions.desk.decision.reading import mentions_in, others_in
from assertions.desk.marked_text import WHOLE, paragraphs, part
from assertions.desk.pages import desk_page
from cms.numbers import number_of
from cms.workplace.base import editor_of
from cms.workplace.periods import standing_of_version


def read_article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a revision to read and to quote: ``revision`` is its number, the latest by default; ``at`` a position.

    A long text is shown in parts, each about ``marked_text.WHOLE`` characters.
    """
    user = editor_of(request)
    article = get_object_or_404(Article, slug=slug)
    if not may_see(user, article):
        raise PermissionDenied
    revisions = article.revisions.order_by("-number")
    number = number_of(request.GET.get("revision"))
    revision = revisions.filter(number=number).first() if number else revisions.first()
    if revision is None or not may_read(user, revision):
        raise Http404("There is no such revision.")
    text = revision.text
    at = min(number_of(request.GET.get("at")), len(text))
    shown = part(text, at)
    others, marks = others_in(revision, shown)
    context = {
        "article": article,
        "revision": revision,
        "standing": standing_of_version(revision.live),
        "revisions": list(revisions.values_list("number", flat=True)[:50]),
        "paragraphs": paragraphs(text, shown, [*marks, *mentions_in(revision, shown)]),
        "window": shown,
        "before": _address(revision, max(0, shown.start - WHOLE)) if shown.has_more_before else "",
        "after": _address(revision, shown.end) if shown.has_more_after else "",
        "others": others,
        "may_assert": user.has_perm(permissions.ADD),
        "may_decide": user.has_perm(permissions.DECIDE),
    }
    return desk_page(request, "article", revision.headline, context)


def _address(revision: Revision, at: int) -> str:
    query: dict[str, Any] = {"revision": revision.number, "at": at}
    return f"{reverse('admin:desk_article', args=[revision.article.slug])}?{urlencode(query)}"
