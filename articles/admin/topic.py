"""Topics in the admin: writing and publishing them, finding duplicates, merging them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from articles import actions, permissions
from articles.models import Topic
from articles.topic_duplicates import holdings, like_named
from cms.models import User
from cms.numbers import number_of
from cms.workplace.base import PublishingAdmin, editor_of
from cms.workplace.deciding import ask
from cms.workplace.periods import Standing


class MergeForm(forms.Form):
    """Which of several topics stays."""

    kept = forms.ModelChoiceField(
        Topic.objects.none(), label="The one that stays", empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, topics: QuerySet[Topic], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["kept"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = topics
        field.error_messages["required"] = "Choose the topic that stays."


def _asks_for_two(names: list[str]) -> str:
    asking = f"“{names[0]}” asks" if len(names) == 1 else "More than one of them ask"
    return f"{asking} for blind double review: two decide on every claim of the topic that stays."


@admin.register(Topic)
class TopicAdmin(PublishingAdmin):
    """The newsroom's own tags."""

    publish_permission = permissions.TOPICS
    actions: Any = ("publish_selected", "withdraw_selected", "merge_selected")
    change_list_template = "admin/articles/topic/change_list.html"
    list_display = ("name", "state", "articles", "medtop")
    list_select_related = ("merged_into",)
    ordering = ("name",)
    search_fields = ("name", "slug", "medtop", "merged__name")
    search_help_text = "Name, also of a topic that was merged into another; address or Media Topic."
    prepopulated_fields = {"slug": ("name",)}
    fields = (("name", "slug"), "description", ("medtop", "needs_double_review"))

    @admin.display(description="articles", ordering="articles_count")
    def articles(self, topic: Any) -> int:
        return int(topic.articles_count)

    @admin.display(description="state", ordering="live")
    def state(self, row: Topic) -> Standing:
        return (
            Standing("withdrawn", f"merged into {row.merged_into}") if row.merged_into else super().state(row)
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        count = Count("tagged_revisions__content_object__article", distinct=True)
        topics: QuerySet[Topic] = super().get_queryset(request)
        return topics.annotate(articles_count=count)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.path.endswith("/autocomplete/"):
            found = found.filter(merged_into=None)
        return found, may_repeat

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.merged_into_id is None)

    def publish(self, row: Topic, by: User, at: Any = None) -> None:
        actions.publish_topic(row, by, at)

    def withdraw(self, row: Topic, by: User, at: Any = None) -> None:
        actions.withdraw_topic(row, by, at)

    # Merging

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        return [
            path("merge/", guarded(self.merge_view), name="articles_topic_merge"),
            path("duplicates/", guarded(self.duplicates_view), name="articles_topic_duplicates"),
            *super().get_urls(),
        ]

    @admin.action(description="Merge into one …", permissions=["publish"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        keys = ",".join(str(key) for key in queryset.values_list("pk", flat=True))
        return HttpResponseRedirect(f"{self.address('merge')}?ids={keys}")

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Ask which of the topics named by ``ids`` stays, showing what each of them holds, and merge the others."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        keys = [number_of(key) for key in request.GET.get("ids", "").split(",")]
        topics = Topic.objects.filter(pk__in=keys, merged_into=None)
        held = holdings(topics)
        if len(held) < 2:
            messages.warning(request, "Choose two topics or more to merge, none of them merged already.")
            return HttpResponseRedirect(self.address("changelist"))
        double = [one.topic.name for one in held if one.topic.needs_double_review]
        most = max(held, key=lambda one: (one.topic.is_public(), one.public_articles, one.articles))

        def act(cleaned: dict[str, Any]) -> str:
            kept: Topic = cleaned["kept"]
            others = [one.topic for one in held if one.topic != kept]
            actions.merge_topics(kept, others, editor_of(request))
            return f"Merged into {kept}: {', '.join(topic.name for topic in others)}."

        return ask(
            request, MergeForm(topics, request.POST or None, initial={"kept": most.topic.pk}), act,
            title=f"Merge {len(held)} topics?", button="Merge", back=self.address("changelist"),
            trail=self.trail(),
            dangerous=True, extra={"holdings": held}, template="admin/articles/topic/merge.html",
            sentences=[
                "Everything that is filed under the others is filed under the one that stays, in old revisions too. "
                "Their pages and feeds lead to it, and a search for their names finds it.",
                *([_asks_for_two(double)] if double else []),
                "This cannot be taken back: afterwards nobody can tell what was filed under which.",
            ],
        )  # fmt: skip

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """List the pairs of topics whose names are nearly the same, the likest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Topics that may be the same",
            "pairs": like_named(),
            "may_merge": self.has_publish_permission(request),
        }
        return TemplateResponse(request, "admin/articles/topic/duplicates.html", context)
