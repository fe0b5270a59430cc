"""The pages on which actors are merged: who into whom, what it does, and who may be the same."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from actors import actions, merge_preview, merging, permissions
from actors.duplicates import pairs_with
from actors.models import Actor, IdentityJudgement, Merge
from cms.numbers import number_of
from cms.paging import Page, page_of
from cms.workplace.base import LabelledChoice, NewsroomAdmin, editor_of
from cms.workplace.deciding import ask

COMPARED = 200
"""Actors on one page of the list of likely duplicates, each compared with all older ones."""


class KeptForm(forms.Form):
    """Which actor stays."""

    into = LabelledChoice(
        Actor.objects.standing(),
        label="Merge it into",
        widget=AutocompleteSelect(Merge._meta.get_field("kept"), admin.site),
        help_text="The actor that stays. Nothing happens before you have seen what would.",
    )


class MergeForm(forms.Form):
    """Why two actors are merged, and that what speaks against it was weighed."""

    reason = forms.CharField(
        label="Why they are one",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For the newsroom; readers do not see it.",
    )
    confirmed = forms.BooleanField(label="They are one nevertheless", required=False)

    def __init__(self, *args: Any, doubts: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        if not doubts:
            del self.fields["confirmed"]


class MergingPages(NewsroomAdmin):
    """Merging an actor into another, and the list of those that may be the same."""

    def merging_urls(self) -> list[URLPattern]:
        """Return the addresses of these pages."""
        guarded = self.admin_site.admin_view
        return [
            path("duplicates/", guarded(self.duplicates_view), name="actors_actor_duplicates"),
            path("different/", guarded(self.different_view), name="actors_actor_different"),
            self.page("merge", self.merge_view, "merge"),
        ]

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask into which actor one is to be merged (``into``), show what that does, and do it."""
        if not request.user.has_perm(permissions.MERGE):
            raise PermissionDenied
        merged = get_object_or_404(Actor.objects.select_related("merged_into"), pk=pk)
        if merged.merged_into is not None:
            messages.warning(request, f"“{merged}” was merged into “{merged.merged_into}” already.")
            return HttpResponseRedirect(self.address("change", merged.merged_into.pk))
        chosen = KeptForm(request.GET if "into" in request.GET else None)
        kept = chosen.cleaned_data["into"] if chosen.is_valid() else None
        if kept == merged:
            chosen.add_error("into", "It cannot be merged into itself: choose another actor.")
        if kept is None or kept == merged:
            return self._choose(request, merged, chosen)
        return self._confirm(request, kept, merged)

    def _choose(self, request: HttpRequest, merged: Actor, form: KeptForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Merge {merged}",
            "form": form,
            "merged": merged,
            "likely": [
                (pair.one if pair.other == merged else pair.other, pair.why)
                for pair in pairs_with([merged], newer=True)
            ],
            "back": self.address("change", merged.pk),
            "trail": self.trail(merged),
        }
        return TemplateResponse(request, "admin/actors/actor/merge_choose.html", context)

    def _confirm(self, request: HttpRequest, kept: Actor, merged: Actor) -> HttpResponse:
        plan = merging.plan(kept, merged)
        record = plan.record()

        def act(cleaned: dict[str, Any]) -> str:
            confirmed = cleaned.get("confirmed", False)
            actions.merge(kept, merged, editor_of(request), cleaned["reason"], confirmed=confirmed)
            return f"“{merged}” is merged into “{kept}”."

        other_way = f"{self.address('merge', kept.pk)}?{urlencode({'into': merged.pk})}"
        extra = {
            "kept": kept,
            "merged": merged,
            "moving": merge_preview.groups(record),
            "set_aside": merge_preview.set_aside(record, kept),
            "doubts": plan.doubts,
            "other_way": other_way,
            "opts": self.opts,
        }
        return ask(
            request, MergeForm(request.POST or None, doubts=plan.doubts), act,
            title=f"Merge {merged} into {kept}?", button="Merge",
            back=self.address("change", kept.pk if request.method == "POST" else merged.pk),
            trail=self.trail(merged), dangerous=True, extra=extra,
            template="admin/actors/actor/merge.html",
        )  # fmt: skip

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """List the pairs of actors that may be one; the actors that were added last are compared first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        page: Page[Actor] = page_of(Actor.objects.standing(), request.GET, ["-id"], size=COMPARED)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Actors that may be the same",
            "pairs": pairs_with(page.rows),
            "page": page,
            "compared": len(page.rows),
            "may_merge": request.user.has_perm(permissions.MERGE),
            "may_judge": request.user.has_perm(permissions.JUDGE),
        }
        return TemplateResponse(request, "admin/actors/actor/duplicates.html", context)

    def different_view(self, request: HttpRequest) -> HttpResponse:
        """Record that two actors, whose keys are sent as ``pair``, are not the same; back to the list."""
        back = reverse("admin:actors_actor_duplicates")
        keys = [number_of(key) for key in request.POST.get("pair", "").split(",")]
        pair = list(Actor.objects.filter(pk__in=keys).order_by("pk"))
        if request.method != "POST" or len(pair) != 2:
            messages.error(request, "Choose a pair of the list.")
            return HttpResponseRedirect(back)
        one, other = pair
        verdict = IdentityJudgement.Verdict.DIFFERENT
        actions.judge_identity(one, other, editor_of(request), verdict=verdict)
        messages.success(request, f"Recorded: {one} and {other} are not the same.")
        after = request.POST.get("after", "")
        return HttpResponseRedirect(
            f"{back}?{urlencode({'after': after})}#pairs" if after else f"{back}#pairs"
        )
