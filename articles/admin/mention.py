"""Names in texts, as a worklist."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from actors.models import Actor
from articles import actions, staff
from articles.models import Article, Mention
from cms.workplace.base import (
    NewsroomAdmin,
    editor_of,
    link_to,
)


class MentionFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("resolved", "resolved by the names"),
            ("confirmed", "confirmed by an editor"),
            ("all", "all"),
        ]

    def choices(self, changelist: Any) -> Any:
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=["state"]),
            "display": "unresolved",
        }
        for value, words in self.lookup_choices:
            query = changelist.get_query_string({"state": value})
            yield {"selected": self.value() == value, "query_string": query, "display": words}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mention]) -> QuerySet[Mention]:
        chosen = {
            "resolved": Q(actor__isnull=False, is_confirmed=False),
            "confirmed": Q(is_confirmed=True),
            "all": Q(),
        }
        return queryset.filter(chosen.get(self.value() or "", Q(actor=None, is_confirmed=False)))


@admin.register(Mention)
class MentionAdmin(NewsroomAdmin):
    """Names in texts: which of the candidates is meant, where the names alone do not tell."""

    list_display = ("context", "article", "meant", "kind")
    list_filter = (MentionFilter, "kind")
    search_fields = ("text", "actor__name")
    autocomplete_fields = ("actor",)
    ordering = ("text", "revision", "start")
    fields = ("context", "article", "kind", "actor")
    readonly_fields = ("context", "article", "kind")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mention]:
        seen = staff.visible_to(editor_of(request), Article.objects.all())
        return staff.with_candidates(staff.of_latest_revisions().filter(revision__article__in=seen))

    @admin.display(description="name", ordering="text")
    def context(self, mention: Mention) -> SafeString:
        before, words, after = staff.in_context(mention)
        return format_html('<span class="context">… {}<mark>{}</mark>{} …</span>', before, words, after)

    @admin.display(description="article")
    def article(self, mention: Mention) -> SafeString:
        address = reverse("admin:articles_article_change", args=[mention.revision.article_id])
        return format_html('<a href="{}">{}</a>', address, mention.revision.headline)

    @admin.display(description="who is meant")
    def meant(self, mention: Any) -> SafeString | str:
        if mention.actor is not None:
            return link_to(mention.actor, mention.actor.name)
        return candidates(mention)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # As of revisions, with which they go.
        return request.user.has_perm("articles.delete_article")

    def get_actions(self, request: HttpRequest) -> Any:
        return {}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "actor" in form.base_fields:
            form.base_fields["actor"].required = True
        return form

    def save_model(self, request: HttpRequest, obj: Mention, form: Any, change: bool) -> None:
        if obj.actor is not None:
            actions.resolve_mention(obj, obj.actor, editor_of(request))

    def get_urls(self) -> list[URLPattern]:
        return [self.page("resolve", self.resolve_view, "resolve"), *super().get_urls()]

    def resolve_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Resolve a name to the actor whose slug was sent, and go back to the page it was sent from."""
        mention = get_object_or_404(self.get_queryset(request), pk=pk)
        back = self.address("changelist")
        if request.POST.get("back") == "article":
            back = reverse("admin:articles_article_change", args=[mention.revision.article_id])
        slug = request.POST.get("actor", "")
        actor = Actor.objects.standing().filter(slug=slug).first() or Actor.objects.kept_of(slug)
        if request.method != "POST" or actor is None:
            messages.error(request, "Choose the actor who is meant.")
        else:
            actions.resolve_mention(mention, actor, editor_of(request))
            messages.success(request, f"“{mention.text}” means {actor}.")
        return HttpResponseRedirect(back)


def candidates(mention: Any) -> SafeString:
    """Return a button for each actor whom a mention may mean; ``staff.with_candidates`` names them."""
    address = reverse("admin:articles_mention_resolve", args=[mention.pk])
    rows = [(address, actor["slug"], actor["name"]) for actor in mention.candidate_names]
    button = '<button type="submit" class="candidate" formaction="{}" name="actor" value="{}">{}</button>'
    return format_html_join(" ", button, rows) or format_html("{}", "no candidate: open it")
