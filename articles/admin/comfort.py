"""What makes writing easier: hints on the text, a check of its links, and pickers for actors and assertions."""

from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST

from actors.models import Actor
from articles import permissions
from articles.fetching import SECONDS_IN_ALL
from articles.hints import report
from articles.links import MOST, check_links, links_of
from articles.models import Image
from assertions.models import Assertion
from assertions.wording import sentence
from cms.numbers import number_of
from cms.workplace.base import NewsroomAdmin, editor_of

PICKED = 20
"""Rows that a picker shows; who looks for another one types more of its name."""


class ComfortPages(NewsroomAdmin):
    """Answers to the form while it is filled in. None of them writes anything."""

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        return [
            path("hints/", guarded(require_POST(self.hints_view)), name="articles_article_hints"),
            path("pick/actors/", guarded(require_GET(self.actors_view)), name="articles_article_actors"),
            path(
                "pick/assertions/",
                guarded(require_GET(self.assertions_view)),
                name="articles_article_assertions",
            ),
            self.page("links", require_POST(self.links_view), "links"),
            *super().get_urls(),
        ]

    def hints_view(self, request: HttpRequest) -> JsonResponse:
        """Answer with `articles.hints.report` of the text that was sent; ``image`` and ``caption`` may repeat."""
        if not (request.user.has_perm(permissions.ADD) or request.user.has_perm(permissions.CHANGE)):
            raise PermissionDenied
        sent = request.POST
        keys = [number_of(key) for key in sent.getlist("image")]
        alts = dict(Image.objects.filter(pk__in=keys).values_list("pk", "alt"))
        shown = [
            (alts[key], caption)
            for key, caption in zip(keys, sent.getlist("caption"), strict=False)
            if key in alts
        ]
        found = report(
            sent.get("body", ""), sent.get("language", ""), headline=sent.get("headline", ""), images=shown
        )
        return JsonResponse(found)

    def links_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show where the links lead of the text that was sent as ``body``, of the latest revision if none was."""
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        latest = article.revisions.order_by("-number").first()
        context = {
            **self.admin_site.each_context(request),
            "title": "Links of this article", "subtitle": None, "opts": self.opts, "original": article,
        }  # fmt: skip
        try:
            links = links_of(request.POST.get("body", latest.body if latest else ""))
        except ValueError as error:
            context["refused"] = f"The text cannot be read: {error}."
        else:
            context |= self._checked(request, links)
        piece = "_links_found.html" if "piece" in request.POST else "links.html"
        return render(request, f"admin/articles/article/{piece}", context)

    def _checked(self, request: HttpRequest, links: list[Any]) -> dict[str, Any]:
        # One check at a time for an account: each one occupies a thread of the site while others answer.
        busy = f"link-check-{editor_of(request).pk}"
        if not cache.add(busy, True, int(SECONDS_IN_ALL) + 5):
            return {"refused": "A check of yours is running. Wait until it has ended, then check again."}
        try:
            rows = check_links(links, {request.get_host()})
        finally:
            cache.delete(busy)
        order = ["broken", "late", "refused", "moved", "fine"]
        rows.sort(key=lambda row: order.index(row.answer.state))
        return {"rows": rows, "left_out": max(0, len(links) - MOST)}

    def actors_view(self, request: HttpRequest) -> JsonResponse:
        """Answer with the actors that ``q`` finds by any of their names, for the text: words and an address."""
        found: QuerySet[Actor] = self._searched(request, Actor)
        rows = list(found)
        public = set(
            Actor.objects.public().filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
        )
        return _picked((row, row.name, _kind(row), row.pk in public) for row in rows)

    def assertions_view(self, request: HttpRequest) -> JsonResponse:
        """Answer with the assertions that ``q`` finds by claim or speaker, as `actors_view` does."""
        found: QuerySet[Assertion] = self._searched(request, Assertion)
        rows = list(found.prefetch_related("speakers__speaks_for", "participants__actor"))
        public = set(
            Assertion.objects.public().filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
        )
        # The words say who says it: the claim alone would stand in the text as a fact.
        return _picked((row, sentence(row).rstrip("."), row.said, row.pk in public) for row in rows)

    def _searched(self, request: HttpRequest, model: Any) -> Any:
        keeper = self.admin_site.get_model_admin(model)
        if not keeper.has_view_permission(request):
            raise PermissionDenied
        words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
        if not words:
            return model.objects.none()
        found, may_repeat = keeper.get_search_results(request, keeper.get_queryset(request), words)
        if may_repeat:
            found = keeper.get_queryset(request).filter(pk__in=found.order_by().values("pk"))
        ordered = found.order_by("name") if model is Actor else found.order_by("-pk")
        return ordered[:PICKED]


def _kind(actor: Actor) -> str:
    return f"{actor.get_kind_display()}, {actor.country}" if actor.country else actor.get_kind_display()


def _picked(rows: Any) -> JsonResponse:
    """Return rows for a picker: the words to insert, what tells them apart, and the address if readers see it."""
    return JsonResponse(
        {
            "results": [
                {"words": words, "detail": detail, "address": row.get_absolute_url() if is_public else None}
                for row, words, detail, is_public in rows
            ]
        }
    )
