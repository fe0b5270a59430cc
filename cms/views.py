"""The site's own pages: home, about, corrections, the report of an error, and what is shown in trouble."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import TrigramSimilarity
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, ValidationError
from django.db.models import Count, F, FloatField
from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actors.models import Actor
from articles.actions import report_error
from articles.models import Revision, Topic
from articles.views import live_revisions
from assertions.coverage import coverage_of
from assertions.figures.counts import measures_with_counts
from assertions.figures.standing import FigureStanding, figure_standings
from assertions.models import Assertion, Link
from assertions.questions.outlook import outlook
from assertions.questions.standings import standing
from assertions.relationships import followed
from assertions.vocabulary import LinkType, Polarity
from cms.corrections import corrections_and_withdrawals, filter_of
from cms.forms import ReportForm
from cms.paging import BadCursor
from cms.workplace.errors import first_page, in_the_admin

LATEST = 6
CHANGES = 4
QUESTIONS = 6
FIGURES = 5
NEAR = 6
STILL_THERE = "Nothing of it was saved. Your browser still has what you typed: go back by one page"
ALIKE = 0.25
"""Trigram similarity from which a title is near to what was asked for; PostgreSQL's own default is 0.3."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the relationship that the site follows: where it stands, what changed last, what came last."""
    now = timezone.now()
    relationship = followed(now)
    claims = Assertion.objects.public(now)
    latest = list(live_revisions(now).order_by("-published_at", "-article_id")[:LATEST])
    found = outlook(standing(relationship.questions(), now)) if relationship else None
    context = {
        "sides": [relationship.left.actor, relationship.right.actor] if relationship else [],
        "state": _state(now),
        "outlook": found,
        "turns": found.changes[:CHANGES] if found else [],
        "questions": (found.in_dispute or found.standings)[:QUESTIONS] if found else [],
        "figures": _figures(now),
        "changes": _changes(now),
        "coverage": coverage_of(latest, now),
        "claims": claims.for_ledger(now).order_by(F("said_day").desc(nulls_last=True), "-id")[:LATEST],
        "topics": Topic.objects.public(now),
    }
    return render(request, "cms/home.html", context)


def _figures(at: datetime) -> list[FigureStanding]:
    """Return what is counted most often."""
    found = figure_standings(measures_with_counts(at), at)
    return sorted(found, key=lambda one: (-one.counts, one.measure.name))[:FIGURES]


def _state(at: datetime) -> dict[str, Any]:
    """Return how many public claims and articles there are, by polarity, and the day of the latest claim."""
    claims = Assertion.objects.public(at)
    by_polarity = dict(claims.order_by().values_list("polarity").annotate(Count("pk")))
    dated = (
        claims.filter(said_range__isnull=False)
        .order_by("-said_range__startswith", "-pk")
        .values_list("said", flat=True)
    )
    return {
        "claims": sum(by_polarity.values()),
        "affirmed": by_polarity.get(Polarity.AFFIRMATIVE, 0),
        "denied": by_polarity.get(Polarity.NEGATIVE, 0),
        "open": by_polarity.get(Polarity.OPEN, 0),
        "articles": Revision.objects.public(at).count(),
        "latest": dated.first() or "",
    }


def _changes(at: datetime) -> list[Link]:
    """Return the latest links by which a claim updates, denies or contradicts another, both being public."""
    public = Assertion.objects.public(at).values("pk")
    links = list(
        Link.objects.filter(
            type__in=[LinkType.UPDATES, LinkType.DENIES, LinkType.CONTRADICTS],
            source__in=public.filter(said_range__isnull=False),
            target__in=public,
        ).order_by("-source__said_range__startswith", "-pk")[:CHANGES]
    )
    claims = Assertion.objects.for_ledger(at).in_bulk(
        {key for link in links for key in (link.source_id, link.target_id)}
    )
    for link in links:
        link.source, link.target = claims[link.source_id], claims[link.target_id]
    return links


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say how this newsroom works and what its marks and grades mean."""
    return render(request, "cms/about.html")


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """List the corrections of public articles and the withdrawals, newest first."""
    now = timezone.now()
    filtered = filter_of(request.GET, now)
    page = corrections_and_withdrawals(filtered, request.GET, now)
    return render(request, "cms/corrections.html", {"filter": filtered, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Take a reader's report of an error; what was typed is kept when something is missing."""
    if request.method != "POST":
        return render(
            request, "cms/report.html", {"form": ReportForm(initial={"path": request.GET.get("path", "")})}
        )
    form = ReportForm(request.POST)
    if form.is_valid():
        # A programme that fills in the trap is thanked like everybody, so that it learns nothing.
        if not form.cleaned_data["website"]:
            try:
                report_error(form.cleaned_data["path"], form.cleaned_data["text"], form.cleaned_data["email"])
            except ValidationError as error:
                form.add_error(None, error)
        if not form.errors:
            return redirect("thanks")
    return render(request, "cms/report.html", {"form": form}, status=422)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank for a report."""
    return render(request, "cms/thanks.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what not to fetch, and where the sitemap is."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /preview/", f"Disallow: {reverse('report')}"]
    lines.append(f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say where a weakness can be reported (RFC 9116)."""
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0, second=0, minute=0, hour=0)
    lines = [
        f"Contact: {request.build_absolute_uri(reverse('report'))}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a request could not be read; nothing of it is used, since it may be what is wrong.

    What is too large gets 413 and how much would do (RFC 9110, 15.5.14).
    """
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        sentence = (
            f"The form holds more than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20} megabytes."
            if isinstance(exception, RequestDataTooBig)
            else f"The form holds more than {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} values."
        )
        return in_the_admin(
            request,
            413,
            "This was too much to be sent at once",
            f"{sentence} {STILL_THERE}, and make it shorter or divide it.",
        ) or HttpResponse(loader.get_template("413.html").render({"sentence": sentence}), status=413)
    return in_the_admin(
        request, 400, "This request could not be read", "The address or what was sent with it is damaged."
    ) or HttpResponse(loader.get_template("400.html").render(), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a page is not for this account."""
    words = str(exception) or "It needs a permission that your account does not have."
    return in_the_admin(request, 403, "This is not for your account", words) or render(
        request, "403.html", status=403
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form is not from this session: its cross-site token is missing, or older than the last signing in."""
    words = f"It was opened before you signed in last. {STILL_THERE}, copy it, and load the page again."
    return in_the_admin(request, 403, "This form is out of date", words) or render(
        request, "403.html", status=403
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Help a reader on who asked for what is not there, by what is public with a title like the address."""
    title, is_of_list = "There is nothing at this address", isinstance(exception, BadCursor)
    tried = "It may have been mistyped, or what stood here was deleted or moved."
    found = in_the_admin(
        request,
        404,
        title,
        str(exception) if is_of_list else tried,
        way=first_page(request) if is_of_list else None,
    )
    if found is not None:
        return found
    words = request.path.strip("/").rpartition("/")[2].replace("-", " ").replace("\x00", "")[:100]
    context = {
        "reason": str(exception) if is_of_list else "",
        "words": words,
        "near": _near(words) if words.strip() and not is_of_list else [],
    }
    return render(request, "404.html", context, status=404)


def _near(words: str) -> list[tuple[str, str]]:
    """Return (title, address) of the public articles and actors whose title or name is most like words."""
    now = timezone.now()
    revisions = (
        Revision.objects.public(now)
        .select_related("article")
        .defer("body", "text", "search")
        .annotate(
            alike=Greatest(TrigramSimilarity("headline", words), TrigramSimilarity("article__slug", words))
        )
    )
    actors = Actor.objects.public(now).annotate(
        alike=Greatest(
            TrigramSimilarity("name", words), TrigramSimilarity("slug", words), output_field=FloatField()
        )
    )
    found = [(row.alike, row.name, row.get_absolute_url()) for row in _alike(actors)]
    found += [(row.alike, row.headline, row.article.get_absolute_url()) for row in _alike(revisions)]
    return [(title, address) for _, title, address in sorted(found, reverse=True)[:NEAR]]


def _alike(rows: Any) -> Any:
    return rows.filter(alike__gte=ALIKE).order_by("-alike")[:NEAR]


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke, without asking the database or the context for anything."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)
