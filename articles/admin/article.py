"""Articles in the admin: the form writes the next revision, further pages publish and withdraw."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from js_asset import Media

from articles import actions, permissions, staff
from articles.admin.conflict import ConflictPages
from articles.admin.copies import WorkingCopyPages
from articles.admin.filters import ArticleStateFilter, AuthorFilter, LanguageFilter, TopicFilter
from articles.admin.history import HistoryPages
from articles.admin.publishing import PublishingPages
from articles.admin.workflow import WorkflowPages
from articles.forms import ArticleForm
from articles.models import Article, Revision, Source
from articles.workplace import beside_article
from cms.workplace.base import (
    NewsroomAdmin,
    NewsroomStackedInline,
    editor_of,
)
from cms.workplace.periods import Standing, standing, told


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
    ConflictPages, WorkingCopyPages, PublishingPages, WorkflowPages, HistoryPages, NewsroomAdmin
):
    """An article: the form writes its next revision; the column beside it says how it stands."""

    form = ArticleForm
    list_display = ("headline", "state", "day", "author", "language")
    list_display_links = ("headline",)
    list_filter = (ArticleStateFilter, AuthorFilter, TopicFilter, LanguageFilter)
    list_select_related = ("created_by",)
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
                    )
                },
            ),
            ("This revision", {"fields": ("reason",) if obj else (), "classes": () if obj else ("hidden",)}),
            ("Address", {"fields": ("slug",)}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("slug",) if obj is not None and obj.published_at is not None else ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return staff.visible_to(editor_of(request), staff.with_latest(super().get_queryset(request)))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        for word in search_term.split():
            latest = Revision.objects.filter(pk=OuterRef("latest"))
            hit = latest.filter(Q(headline__icontains=word) | Q(text__icontains=word))
            queryset = queryset.filter(Q(slug__icontains=word) | Q(identifier=word) | Exists(hit))
        return queryset, False

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

    @admin.display(description="day", ordering="created_at")
    def day(self, article: Article) -> str:
        moment = timezone.localtime(article.published_at or article.created_at)
        return f"{moment.day} {moment:%b %Y}"

    @admin.display(description="state", ordering="published_at")
    def state(self, article: Any) -> Standing:
        ahead = f"scheduled for {told(article.next_from)}" if article.next_from else ""
        if article.is_live:
            return Standing("public", f"public, {ahead}" if ahead else "public")
        if ahead:
            return Standing("scheduled", ahead)
        return Standing("withdrawn", "withdrawn") if article.published_at else Standing("draft", "draft")

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
            obj.pk, obj._state.adding = created.pk, False
            obj.refresh_from_db()
            return
        filled = form.cleaned_data
        saved = actions.save_revision(
            obj, form.content(), by, base=filled["base"], reason=filled.get("reason", "")
        )
        if saved.number == filled["base"]:
            self.message_user(request, "The text is as it was: no revision was written.", messages.INFO)
        if "slug" in form.changed_data:
            obj.save(update_fields=["slug"])

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
        if request.user.has_perm(permissions.PUBLISH):
            context["publish_button"] = "Save and publish …"
        if obj is not None:
            context["state"] = standing(obj.revisions.values_list("live", flat=True))
        if may_write:
            form = context["adminform"].form
            form.fields["topics"].widget.can_add_related = request.user.has_perm("articles.add_topic")
            context["images"] = form.images
            context["media"] += form.images.media
        # The editor's import map is an inline script: it needs the nonce of this answer.
        context["media"] = Media.from_media(context["media"]).with_nonce(str(request.csp_nonce))  # type: ignore[attr-defined]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def beside(self, request: HttpRequest, row: Article) -> dict[str, Any]:
        return beside_article(row, editor_of(request))
