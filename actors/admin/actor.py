"""Actors: their names, their positions, whether they are public, and what is merged into them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone

from actors import actions, permissions
from actors.admin.merging import MergingPages
from actors.models import Actor, ActorName, Affiliation, IdentityJudgement
from articles.actions import relink_texts_naming
from articles.models import Mention
from assertions.models import Assertion
from cms.models import User
from cms.workplace.base import NewsroomAdmin, NewsroomInline, PublishingAdmin, editor_of
from cms.workplace.periods import Standing, StateFilter


class NameRows(forms.BaseInlineFormSet[Any, Any, Any]):
    """Names of an actor; a new row that repeats a kept one, such as the actor's own name, adds nothing."""

    def save_new(self, form: Any, commit: bool = True) -> Any:
        row = form.instance
        kept = self.instance.names.filter(text=row.text, language=row.language, kind=row.kind).first()
        if kept is not None:
            row.pk, row._state.adding = kept.pk, False
        return super().save_new(form, commit)


class NameInline(NewsroomInline):
    model = ActorName
    formset = NameRows
    fields = ("text", "kind", "language", "script", "is_ambiguous", "valid_from", "valid_to", "note")


class AffiliationInline(NewsroomInline):
    model = Affiliation
    fk_name = "actor"
    fields = ("position", "organisation", "place", "started", "ended", "source")
    autocomplete_fields = ("organisation",)


class NamedFilter(admin.SimpleListFilter):
    """Actors by whether texts name them."""

    title = "named"
    parameter_name = "named"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("public", "in public texts"),
            ("hidden", "in public texts, not public"),
            ("never", "in no text"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Actor]) -> QuerySet[Actor]:
        now = timezone.now()
        named = Mention.objects.filter(revision__live__contains=now, actor__isnull=False).values("actor")
        if self.value() == "public":
            return queryset.filter(pk__in=named)
        if self.value() == "hidden":
            return queryset.filter(pk__in=named).exclude(live__contains=now)
        if self.value() == "never":
            return queryset.filter(mentions=None)
        return queryset


@admin.register(Actor)
class ActorAdmin(MergingPages, PublishingAdmin):
    """Actors with their names and positions."""

    publish_permission = permissions.PUBLISH
    list_display = ("name", "kind", "country", "state", "names_kept", "texts")
    list_filter = (StateFilter, "kind", NamedFilter, ("country", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("country", "merged_into")
    change_list_template = "admin/actors/actor/change_list.html"
    ordering = ("name",)
    search_fields = ("name", "slug", "names__text", "wikidata", "merged__name")
    search_help_text = "A name, also of an actor that was merged into another; address or Wikidata item."
    autocomplete_fields = ("country",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (NameInline, AffiliationInline)
    beside_template = "admin/actors/actor/beside.html"
    fieldsets = (
        (None, {"fields": (("name", "slug"), ("kind", "country", "family_name_first"), "description")}),
        ("Identifiers", {"fields": (("wikidata", "iso3166_1_alpha2", "iso3166_1_alpha3"),)}),
        ("Not public", {"fields": ("note",)}),
    )

    def autocomplete_label(self, row: Actor) -> str:
        where = f", {row.country}" if row.country else ""
        return f"{row.name} ({row.get_kind_display()}{where})"

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.path.endswith("/autocomplete/"):
            found = found.filter(merged_into=None)
        return found, may_repeat

    @admin.display(description="state", ordering="live")
    def state(self, row: Actor) -> Standing:
        return _merged(row) or super().state(row)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.merged_into_id is None)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.merged_into_id is None)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Actor]:
        actors: QuerySet[Actor] = super().get_queryset(request).select_related("country")
        return actors.annotate(
            names_count=Count("names", distinct=True),
            texts_count=Count("mentions__revision__article", distinct=True),
        )

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else self.prepopulated_fields

    @admin.display(description="names", ordering="names_count")
    def names_kept(self, actor: Any) -> int:
        return int(actor.names_count)

    @admin.display(description="texts", ordering="texts_count")
    def texts(self, actor: Any) -> int:
        return int(actor.texts_count)

    def publish(self, row: Actor, by: User, at: Any = None) -> None:
        actions.publish_actor(row, by, at)

    def withdraw(self, row: Actor, by: User, at: Any = None) -> None:
        actions.withdraw_actor(row, by, at)

    def consequences(self, rows: QuerySet[Actor]) -> list[str]:
        resting = assertions_naming(rows, Assertion.objects.public()).count()
        texts = Mention.objects.filter(actor__in=rows, revision__live__contains=timezone.now())
        count = texts.values("revision").distinct().count()
        return [
            f"Public assertions that name them, and stop being public with them: {resting}.",
            f"Public articles whose text names them, without a link from then on: {count}.",
        ]

    def save_model(self, request: HttpRequest, obj: Actor, form: Any, change: bool) -> None:
        actions.save_actor(obj, editor_of(request))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        actions.keep_own_name(form.instance)
        texts = relink_texts_naming(form.instance)
        if texts:
            looked = "one text" if texts == 1 else f"{texts} texts"
            self.message_user(request, f"The names were looked for again in {looked}.", messages.INFO)

    def get_urls(self) -> list[URLPattern]:
        return [*self.merging_urls(), *super().get_urls()]

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is None or obj.merged_into_id is None:
            return super().render_change_form(request, context, add, change, form_url, obj)
        context["state"] = _merged(obj)
        return NewsroomAdmin.render_change_form(self, request, context, add, change, form_url, obj)

    def beside(self, request: HttpRequest, row: Actor) -> dict[str, Any]:
        judgements = IdentityJudgement.objects.filter(Q(left=row) | Q(right=row), revoked_at=None)
        merges = row.merges.filter(undone_at=None).select_related("merged", "merged_by")
        return {
            "merges": merges,
            "away": row.merges_away.filter(undone_at=None).select_related("kept", "merged_by").first(),
            "may_merge": request.user.has_perm(permissions.MERGE),
            "texts": row.mentions.values("revision__article").distinct().count(),
            "assertions": assertions_naming(Actor.objects.filter(pk=row.pk), Assertion.objects.all()).count(),
            "judgements": judgements.select_related("left", "right", "judged_by"),
            "may_judge": request.user.has_perm(permissions.JUDGE),
        }


def assertions_naming(actors: QuerySet[Actor], assertions: QuerySet[Assertion]) -> QuerySet[Assertion]:
    """Keep the assertions that name one of the actors, in whatever part."""
    return assertions.filter(
        Q(speakers__actor__in=actors)
        | Q(speakers__speaks_for__in=actors)
        | Q(speakers__possible_identity__in=actors)
        | Q(participants__actor__in=actors)
        | Q(relays__actor__in=actors)
        | Q(quantities__counted_by__in=actors)
    ).distinct()


def _merged(actor: Actor) -> Standing | None:
    """Return the state of an actor that was merged into another, None for any other."""
    return Standing("withdrawn", f"merged into {actor.merged_into}") if actor.merged_into else None
