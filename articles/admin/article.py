"""Articles in the admin: the form writes the next revision, further pages publish and withdraw."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from js_asset import Media

from articles import actions, permissions, staff
from articles.admin.comfort import ComfortPages
from articles.admin.conflict import ConflictPages
from articles.admin.copies import WorkingCopyPages
from articles.admin.filters import (
    ArticleStateFilter,
    AssigneeFilter,
    AuthorFilter,
    BoardListFilter,
    DueFilter,
    LanguageFilter,
    StageFilter,
    TopicFilter,
)
from articles.admin.history import HistoryPages
from articles.admin.publishing import PublishingPages
from articles.admin.refused import RefusedPages
from articles.admin.suggestions import SuggestionPages
from articles.admin.workflow import WorkflowPages
from articles.forms import ArticleForm
from articles.models import Article, Source
from articles.stages import is_overdue, stage_of
from articles.workplace import beside_article
from cms.timezones import in_short, told
from cms.workplace.base import (
    NewsroomAdmin,
    NewsroomStackedInline,
    editor_of,
)
from cms.workplace.periods import Standing, standing


class SourceInline(NewsroomStackedInline):
    model = Source
    fields = (
        ("relation", "is_unknown", "publisher", "publisher_actor"),
        ("title", "address", "published"),
        "note",
    )
    autocomplete_fields = ("publisher_actor",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)


@admin.register(Article)
class ArticleAdmin(
    RefusedPages, ConflictPages, WorkingCopyPages, PublishingPages, WorkflowPages, HistoryPages, ComfortPages,
    SuggestionPages, NewsroomAdmin,
):  # fmt: skip
    """An article: the form writes its next revision; the column beside it says how it stands."""

    form = ArticleForm
    list_display = ("headline", "state", "day", "author", "assignee", "due_on", "language")
    list_display_links = ("headline",)
    list_filter = (
        BoardListFilter, ArticleStateFilter, StageFilter, AuthorFilter, AssigneeFilter, DueFilter, TopicFilter,
        LanguageFilter,
    )  # fmt: skip
    list_select_related = ("created_by", "assigned_to")
    search_fields = ("slug", "identifier")
    search_help_text = "Headline and text of the latest revision, or the address."
    inlines = (SourceInline,)
    beside_template = "admin/articles/article/beside.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None and not self.has_change_permission(request, obj):
            return ()
        return (
            (
                None,
                {
                    "fields": (
                        "headline",
                        "standfirst",
                        "body",
                        ("byline", "language"),
                        "dated",
                        "topics",
                        "base",
                        "tab",
                    )
                },
            ),
            ("This revision", {"fields": ("reason",) if obj else (), "classes": () if obj else ("hidden",)}),
            ("Address", {"fields": ("slug",)}),
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return staff.visible_to(editor_of(request), staff.with_state(super().get_queryset(request)))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return staff.with_words(queryset, search_term), False

    def autocomplete_label(self, row: Any) -> str:
        return str(getattr(row, "headline", None) or row.slug)

    def title_of(self, row: Any) -> str:
        return self.autocomplete_label(row)

    # What the list shows

    @admin.display(description="headline")
    def headline(self, article: Any) -> str:
        return str(article.headline or article.slug)

    @admin.display(description="language", ordering="language")
    def language(self, article: Any) -> str:
        return str(article.language or "")

    @admin.display(description="author", ordering="created_by")
    def author(self, article: Article) -> str:
        return str(article.created_by or "import")

    @admin.display(description="assigned to", ordering="assigned_to")
    def assignee(self, article: Article) -> str:
        return str(article.assigned_to or "")

    @admin.display(description="due", ordering="due")
    def due_on(self, article: Any) -> str:
        words = told(article.due) if article.due else ""
        return f"{words}, overdue" if is_overdue(article.due, article.stage) else words

    @admin.display(description="day", ordering=Coalesce("published_at", "created_at"))
    def day(self, article: Article) -> str:
        return in_short(article.published_at or article.created_at)

    @admin.display(description="state", ordering="published_at")
    def state(self, article: Any) -> Standing:
        return staff.state_of(article)

    # Who may what

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_view_permission(request, obj)
        return allowed and (obj is None or permissions.may_see(editor_of(request), obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or permissions.may_edit(editor_of(request), obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.published_at is None)

    def is_on_site(self, row: Any) -> bool:
        return Article.objects.public().filter(pk=row.pk).exists()

    # Saving

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        by = editor_of(request)
        if not change:
            created = actions.create_article(by, form.content(), slug=obj.slug)
            if form.cleaned_data["tab"]:
                actions.discard_copy(by, None, tab=form.cleaned_data["tab"])
            obj.pk, obj._state.adding = created.pk, False
            obj.refresh_from_db()
            obj.headline = form.cleaned_data["headline"]  # type: ignore[attr-defined]
            return
        filled = form.cleaned_data
        # A form that does not say which revision it was opened on may be on top of none.
        saved = actions.save_revision(
            obj, form.content(), by, base=filled["base"] or 0, reason=filled.get("reason", "")
        )
        if filled["tab"]:
            actions.discard_copy(by, obj, tab=filled["tab"])
        obj.headline = saved.headline  # type: ignore[attr-defined]
        if "slug" in form.changed_data:
            actions.change_slug(obj, by, obj.slug)
            old = "; the old one leads there" if obj.published_at else ""
            self.message_user(request, f"Its address is now {obj.get_absolute_url()}{old}.", messages.INFO)
        elif saved.number == filled["base"]:
            self.message_user(request, "The text is as it was: no revision was written.", messages.INFO)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        if "_publish" in request.POST:
            return HttpResponseRedirect(self.address("publish", obj.pk))
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_publish" in request.POST:
            return HttpResponseRedirect(self.address("publish", obj.pk))
        return super().response_change(request, obj)

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        may_write = self.has_change_permission(request, obj)
        if self._offers_publishing(request, obj):
            context["publish_button"] = "Save and publish …"
        if obj is not None:
            shown = standing(obj.revisions.values_list("live", flat=True))
            context["state"] = staff.waiting(shown, stage_of(obj))
        if may_write:
            form = context["adminform"].form
            form.fields["topics"].widget.can_add_related = request.user.has_perm("articles.add_topic")
            context["images"] = form.images
            context["media"] += form.images.media
        # The editor's import map is an inline script: it needs the nonce of this answer.
        context["media"] = Media.from_media(context["media"]).with_nonce(str(request.csp_nonce))  # type: ignore[attr-defined]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _offers_publishing(self, request: HttpRequest, article: Article | None) -> bool:
        """Tell whether saving may go on to publishing: where four eyes are asked for, of an approved text only."""
        user = editor_of(request)
        latest = article.revisions.order_by("number").last() if article is not None else None
        if latest is None:
            return user.has_perm(permissions.PUBLISH) and not settings.FOUR_EYES
        return permissions.may_publish(user, latest) is None

    def beside(self, request: HttpRequest, row: Article) -> dict[str, Any]:
        return beside_article(row, editor_of(request)) | self.progress(request, row)
