"""What stands in the place of an article that was public and is not any more: 410 (RFC 9110, section 15.5.11)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.models import Article, Correction, Revision, Withdrawal
from articles.versions import versions


def answer(request: HttpRequest, slug: str) -> HttpResponse | None:
    """Return the page in the place of an article that is withdrawn or has ended: when, why, and where to read on.

    None for an article that is public, and for one that was never, of which readers must not learn: a draft, one that
    is only scheduled, and one of which all that was public was removed. Its headline is told only while one of its
    versions can be read.
    """
    now = timezone.now()
    article = Article.objects.known().filter(slug=slug).first()
    if article is None:
        return None
    seen = article.revisions.filter(live__startswith__lte=now, removal=None).order_by("live__startswith")
    last = seen.defer("body", "text", "search").last()
    if last is None or last.live is None or article.revisions.public(now).exists():
        return None
    readable = versions(article, now)
    shown = Revision.objects.only("headline", "language").get(pk=readable[-1].key) if readable else None
    notice = Withdrawal.objects.of(article, now)
    context = {
        "article": article,
        "shown": shown,
        "readable": readable,
        "notice": notice,
        "ended": notice.at if notice else last.live.upper,
        "corrections": _corrections(article),
    }
    response = render(request, "articles/withdrawn.html", context, status=410)
    # It may be public again, and a 410 may be kept by caches for as long as they like.
    response["Cache-Control"] = "no-cache"
    return response


def _corrections(article: Article) -> list[Correction]:
    """Return what readers were told was wrong, the latest first; nothing of a version that was removed."""
    told = Correction.objects.made().filter(article=article).with_day()
    return list(told.order_by("-shown_from", "-pk"))
