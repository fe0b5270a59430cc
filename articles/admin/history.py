"""The history of an article: what was done, what changed, going back, and previews of its revisions."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse

from articles import actions, permissions, planning, preview_views, previews
from articles.history import compared, history
from articles.models import Article, Revision
from articles.reading import with_contents
from cms.numbers import number_of
from cms.workplace.base import NewsroomAdmin, editor_of
from cms.workplace.deciding import ask


class RestoreForm(forms.Form):
    """Which revision is written once more, and on top of which one that was decided."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    base = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class LinkForm(forms.Form):
    """For how long a link to a preview holds."""

    life = forms.ChoiceField(
        label="It ends after", choices=[(life, life) for life in previews.LIVES], initial="1 day"
    )


class HistoryPages(NewsroomAdmin):
    """Every revision with who, when and why; differences, restoring, and previews."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page("compare", self.compare_view, "compare"),
            self.page("restore", self.restore_view, "restore"),
            self.page("preview", self.preview_view, "preview"),
            self.page("preview-link", self.link_view, "preview_link"),
            self.page("end-previews", self.end_links_view, "end_previews"),
            *super().get_urls(),
        ]

    def _seen(self, request: HttpRequest, pk: Any) -> Article:
        article: Article = get_object_or_404(self.get_queryset(request), pk=pk)
        if not permissions.may_see(editor_of(request), article):
            raise PermissionDenied
        return article

    def _numbered(self, article: Article, number: str | None) -> Revision:
        """Return the revision of a number, the latest if none is asked for. Raises Http404."""
        revisions = article.revisions.order_by("-number")
        found = (revisions.filter(number=number_of(number)) if number else revisions).first()
        if found is None:
            raise Http404("There is no such revision of this article.")
        return found

    def _readable(self, request: HttpRequest, article: Article, number: str | None) -> Revision:
        """Return the revision of a number as ``_numbered``. Raises PermissionDenied if the account may not read it."""
        revision = self._numbered(article, number)
        if not permissions.may_read(editor_of(request), revision):
            raise PermissionDenied
        return revision

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """List all that was done with an article, the latest first."""
        article = self._seen(request, number_of(object_id))
        found = history(article, request.GET.get("p"), reader=editor_of(request))
        numbers = [str(revision.number) for revision in found.page]
        chosen = (numbers[1:2] or numbers[:1]) + numbers[:1]
        context = self._context(request, article) | {
            "title": "History",
            "entries": found.entries,
            "page": found.page,
            "chosen": chosen,
            "newest": str(self._numbered(article, None).number) if article.revisions.exists() else "",
            "pages": found.page.paginator.get_elided_page_range(found.page.number),
            "may_publish": request.user.has_perm(permissions.PUBLISH),
            "publishable": planning.publishable(found.page),
            "may_remove": request.user.has_perm(permissions.REMOVE),
        }
        return TemplateResponse(request, "admin/articles/article/history.html", context)

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what changed from one revision to another: ``from`` and ``to``, by default the last two."""
        article = self._seen(request, pk)
        chosen = request.GET.get("to")
        after = self._readable(request, article, chosen)
        before = self._readable(request, article, request.GET.get("from") or str(max(1, after.number - 1)))
        if before.number > after.number:
            before, after = after, before
        context = self._context(request, article) | {
            "title": f"From revision {before.number} to revision {after.number}",
            "before": before,
            "after": after,
            "sides": [before, after],
            "changes": compared(before, after),
        }
        return TemplateResponse(request, "admin/articles/article/compare.html", context)

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask before the revision named by ``revision`` is written once more as the latest."""
        article = self._seen(request, pk)
        if not permissions.may_edit(editor_of(request), article):
            raise PermissionDenied
        asked = request.POST.get("number") or request.GET.get("revision")
        revision = self._readable(request, article, asked)
        latest = self._numbered(article, None)
        form = RestoreForm(request.POST or None, initial={"number": revision.number, "base": latest.number})
        stale: list[actions.StaleRevision] = []

        def act(cleaned: dict[str, Any]) -> str:
            try:
                written = actions.restore(
                    article, cleaned["number"], editor_of(request), base=cleaned["base"]
                )
            except actions.StaleRevision as found:
                stale.append(found)
                raise ValidationError(
                    f"{found.latest.created_by or 'An import'} saved revision {found.latest.number} meanwhile. "
                    "Look at it; then restore again if you still want to."
                ) from found
            if written.number == cleaned["base"]:
                return f"Revision {written.number} has this content already: no revision was written."
            again = f"Revision {written.number} is revision {revision.number} once more."
            return f"{again} Readers see it when it is published."

        response = ask(
            request, form, act, title=f"Restore revision {revision.number}?", button="Restore",
            back=reverse("admin:articles_article_history", args=[pk]),
            trail=[*self.trail(article), ("History", self.address("history", pk))],
            sentences=[
                f"“{revision.headline}” is written once more, as revision {latest.number + 1}. Nothing is deleted, and "
                "what readers see stays as it is.",
            ],
        )  # fmt: skip
        if stale:
            # Whoever has read the newer revision can go on.
            sent = request.POST.copy()
            sent["base"] = str(stale[0].latest.number)
            form.data = sent
            response.status_code = 409
        return response

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the latest revision, or the one named by ``revision``, as readers would see it."""
        revision = self._readable(request, self._seen(request, pk), request.GET.get("revision"))
        return preview_views.shown(request, with_contents().get(pk=revision.pk))

    def link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a link by which somebody outside may read the latest revision, or the one named by ``revision``."""
        article = self._seen(request, pk)
        by = editor_of(request)
        if not permissions.may_edit(by, article):
            raise PermissionDenied
        revision = self._numbered(article, request.GET.get("revision"))
        form = LinkForm(request.POST or None)
        made: dict[str, Any] = {}
        if request.method == "POST" and form.is_valid():
            try:
                token = actions.make_preview_link(revision, by, previews.LIVES[form.cleaned_data["life"]])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                link = request.build_absolute_uri(reverse("articles:preview", args=[token]))
                made = {"link": link, "ends": previews.opened(token).ends}
        context = self._context(request, article) | {
            "title": f"Link to a preview of revision {revision.number}",
            "revision": revision,
            "form": form,
            "refusal": previews.refusal(revision),
            **made,
        }
        response = TemplateResponse(request, "admin/articles/article/preview_link.html", context)
        response["Cache-Control"] = "no-store, private"
        return response

    def end_links_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask before all links to previews of an article end."""
        article = self._seen(request, pk)
        if not permissions.may_edit(editor_of(request), article):
            raise PermissionDenied

        def act(cleaned: dict[str, Any]) -> str:
            actions.end_preview_links(article, editor_of(request))
            return "All links to previews of this article have ended."

        return ask(
            request, forms.Form(request.POST or None), act, title="End all links to previews?",
            button="End them", back=self.address("preview_link", pk), trail=self.trail(article),
            sentences=[
                "Whoever has a link to a preview of this article, whichever revision it is of, can no longer read it.",
                "You can make new links afterwards.",
            ],
        )  # fmt: skip

    def _context(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "article": article,
            "headline": self.title_of(article),
            "may_edit": permissions.may_edit(editor_of(request), article),
        }
