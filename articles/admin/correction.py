"""Corrections and readers’ reports in the admin."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles import actions, staff
from articles.models import Article, Correction, ErrorReport, Revision
from cms.numbers import number_of
from cms.timezones import told
from cms.workplace.base import NewsroomAdmin, editor_of, label_of
from cms.workplace.periods import Standing, standing_of_version


class VersionChoice(forms.ModelChoiceField[Revision]):
    """A version of the article that is or will be public, by its headline and its period."""

    def label_from_instance(self, obj: Revision) -> str:
        return f"Revision {obj.number}, {standing_of_version(obj.live).words}: {obj.headline}"


class CorrectionForm(forms.ModelForm[Correction]):
    """A correction; the version that puts it right is asked for where the article is known (``corrected``)."""

    corrected: Article | None = None
    put_right_by = VersionChoice(
        queryset=Revision.objects.none(),
        required=False,
        empty_label="no version: the text stays as it is",
        help_text="Readers are told from its beginning on. A text that is not public yet: publish it, and say there "
        "what it corrects.",
    )

    class Meta:
        model = Correction
        fields = ("article", "kind", "text")
        help_texts = {"text": "For readers: what was wrong, and what is right."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.corrected is None or "put_right_by" not in self.fields:
            return
        now = timezone.now()
        versions = self.corrected.revisions.filter(Q(live__contains=now) | Q(live__startswith__gt=now))
        choice: Any = self.fields["put_right_by"]
        choice.queryset = versions.order_by("live__startswith")
        choice.initial = versions.filter(live__contains=now).first()


@admin.register(Correction)
class CorrectionAdmin(NewsroomAdmin):
    """Corrections: each is added, none is changed or taken away. From an article, that article is corrected."""

    form = CorrectionForm
    list_display = ("article", "kind", "text", "readers_see_it", "created_by", "created_at")
    list_filter = ("kind",)
    list_select_related = ("created_by", "revision")
    search_fields = ("text", "article__slug")
    autocomplete_fields = ("article",)
    add_form_template = "admin/articles/correction/add.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        # The article comes with its headline, by which it is called.
        named = Prefetch("article", staff.with_latest(Article.objects.all()))
        return super().get_queryset(request).prefetch_related(named)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None:
            return ("article", "kind", "text", "readers_see_it")
        return ("kind", "text", "put_right_by") if self._asked(request) else ("article", "kind", "text")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("readers_see_it",) if obj is not None else ()

    def _asked(self, request: HttpRequest) -> Article | None:
        """Return the article that the page was opened from, if it was."""
        key = number_of(request.GET.get("article"))
        readable = staff.visible_to(editor_of(request), staff.with_latest(Article.objects.filter(pk=key)))
        return readable.first()

    @admin.display(description="readers see it", ordering="created_at")
    def readers_see_it(self, correction: Correction) -> str:
        revision = correction.revision
        if revision is None or (revision.live and revision.live.lower <= correction.created_at):
            return f"from {told(correction.created_at)}"
        return (
            f"from {told(revision.live.lower)}"
            if revision.live
            else "not yet: its version is not scheduled any more"
        )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        article = self._asked(request) if obj is None else None
        return type(form.__name__, (form,), {"corrected": article})

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        article = self._asked(request)
        if article is None:
            return super().add_view(request, form_url, extra_context)
        context = {"title": f"Correct “{label_of(article)}”", "corrected": article}
        return super().add_view(request, form_url, context | (extra_context or {}))

    def response_add(
        self, request: HttpRequest, obj: Correction, post_url_continue: str | None = None
    ) -> HttpResponse:
        if self._asked(request) is None or "_addanother" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        self.message_user(request, f"Kept: readers see it {self.readers_see_it(obj)}.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.article_id]))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        kept = actions.correct(
            self._asked(request) or obj.article,
            editor_of(request),
            kind=obj.kind,
            text=obj.text,
            revision=form.cleaned_data.get("put_right_by"),
        )
        obj.pk, obj._state.adding = kept.pk, False
        obj.refresh_from_db()


class OpenFirstFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "open"), ("handled", "handled")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> QuerySet[ErrorReport]:
        if self.value() not in ("open", "handled"):
            return queryset
        return queryset.filter(handled_at__isnull=self.value() == "open")


@admin.register(ErrorReport)
class ErrorReportAdmin(NewsroomAdmin):
    """Readers' reports: open ones first, the oldest of them on top."""

    list_display = ("text", "page_reported", "created_at", "state", "handled_by")
    list_filter = (OpenFirstFilter,)
    search_fields = ("text", "path", "email", "answer")
    ordering = ("-handled_at", "created_at")  # PostgreSQL puts the open ones, without a time, first
    fields = ("text", "page_reported", "email", "created_at", "answer", "handled_by", "handled_at")
    readonly_fields = ("text", "page_reported", "email", "created_at", "handled_by", "handled_at")

    @admin.display(description="page", ordering="path")
    def page_reported(self, report: ErrorReport) -> SafeString | str:
        # A reader may send any words as the path: only an address of this site becomes a link.
        if not report.path.startswith("/") or report.path.startswith(("//", "/\\")):
            return report.path
        return format_html('<a href="{}">{}</a>', report.path, report.path)

    @admin.display(description="state", ordering="handled_at")
    def state(self, report: ErrorReport) -> Standing:
        return Standing("withdrawn", "handled") if report.handled_at else Standing("scheduled", "open")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "answer" in form.base_fields:
            form.base_fields["answer"].required = True
        return form

    def save_model(self, request: HttpRequest, obj: ErrorReport, form: Any, change: bool) -> None:
        actions.handle_report(obj, editor_of(request), obj.answer)
