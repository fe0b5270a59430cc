"""What becomes of a text that its writer may not save, or whose article is gone: it is shown, and kept."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from articles import actions
from articles.actions.deleting import why_not_delete
from articles.admin.conflict import keep_what_was_sent
from articles.models import Article, WorkingCopy
from articles.working_copies import texts
from assertions.actions import delete_untouched_suggestions
from cms.numbers import number_of
from cms.workplace.base import NewsroomAdmin, editor_of

NOT_YOURS = (
    "You may not change this article now: reporters write their own drafts, until they are scheduled or public. "
    "An editor can take your text over."
)


class RefusedPages(NewsroomAdmin):
    """The answers to a save that comes to nothing, and to a deletion that would take others' text along."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        article = self.get_queryset(request).filter(pk=number_of(object_id)).first() if object_id else None
        if object_id and article is None:
            return self.keep_for_new(request)
        if "_drop" in request.POST and article and not self.has_change_permission(request, article):
            actions.drop_copy(editor_of(request), article, number_of(request.POST["_drop"]))
            messages.info(request, "That copy is discarded.")
            return HttpResponseRedirect(self.address("change", article.pk))
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except PermissionDenied as refusal:
            return self.show_what_was_sent(request, article, str(refusal) or NOT_YOURS)
        except Article.DoesNotExist:
            return self.keep_for_new(request)

    def keep_for_new(self, request: HttpRequest) -> HttpResponse:
        """Keep the form of an article that is gone as the text of a new one, and lead to where it is offered."""
        sentence = "The article is not there any more."
        if not self.has_add_permission(request) or not _kept(request, None):
            return self.show_what_was_sent(request, None, sentence)
        messages.warning(
            request, f"{sentence} Your text is kept: here it is offered as that of a new article."
        )
        return HttpResponseRedirect(self.address("add"))

    def show_what_was_sent(
        self, request: HttpRequest, article: Article | None, sentence: str
    ) -> HttpResponse:
        """Show all that was sent, to be read and copied: 403. It is kept, too, if its writer may see the article."""
        kept = None
        with suppress(PermissionDenied):
            kept = _kept(request, article)
        context = {
            **self.admin_site.each_context(request),
            "title": "Not saved",
            "opts": self.opts,
            "sentence": sentence,
            "kept": kept,
            "texts": texts(dict(request.POST.lists())),
            "back": self.address("change", article.pk) if article else self.address("changelist"),
        }
        return TemplateResponse(request, "admin/articles/article/not_saved.html", context, status=403)

    # Deleting

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            article = self.get_queryset(request).filter(pk=number_of(object_id)).first()
            may_delete = article is not None and self.has_delete_permission(request, article)
            if article and may_delete and (refusal := why_not_delete(article, editor_of(request))):
                raise ValidationError(refusal)
            if not (article and may_delete):
                return super().delete_view(request, object_id, extra_context)
            return self.delete_with_suggestions(request, article, extra_context)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(self.address("change", number_of(object_id)))

    def delete_with_suggestions(
        self, request: HttpRequest, article: Article, extra_context: Any
    ) -> HttpResponse:
        """Ask, or delete a draft with what rules found in it and nobody took up; short of a deletion all stays."""
        with transaction.atomic():
            gone = delete_untouched_suggestions(article, editor_of(request))
            if gone and request.method != "POST":
                plural = "s that nobody has taken up go" if gone > 1 else " that nobody has taken up goes"
                messages.info(request, f"{gone} suggestion{plural} with it.")
            response = super().delete_view(request, str(article.pk), extra_context)
            if not isinstance(response, HttpResponseRedirect):
                if isinstance(response, TemplateResponse):
                    response.render()
                transaction.set_rollback(True)
            return response

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        actions.delete_draft(obj, editor_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            actions.delete_draft(article, editor_of(request))


def _kept(request: HttpRequest, article: Article | None) -> WorkingCopy | None:
    """Keep a form as it was sent, as one that is closed: it is offered at once. Raises PermissionDenied."""
    copy = keep_what_was_sent(request, article)
    if copy is not None:
        actions.see(editor_of(request), article, tab=copy.tab, base=copy.base, left=True)
    return copy
