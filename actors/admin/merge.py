"""Merges of actors: which there were, and taking two actors apart again."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from actors import actions, merge_preview, permissions
from actors.models import Merge
from articles.actions import relink
from articles.models import Revision
from cms.models import User
from cms.workplace.base import NewsroomAdmin, editor_of
from cms.workplace.deciding import ask
from cms.workplace.periods import Standing

RELINKED = 500
"""Texts whose names are looked for again when two actors are taken apart; ``manage.py relink`` does the rest."""


class ApartForm(forms.Form):
    """Whether the two are different, and why."""

    different = forms.BooleanField(
        label="They are not the same",
        required=False,
        help_text="Recorded as a judgement: they are not proposed as likely duplicates again.",
    )
    reason = forms.CharField(
        label="Why",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For the newsroom; readers do not see it.",
    )


@admin.register(Merge)
class MergeAdmin(NewsroomAdmin):
    """Merges, those that stand first to be taken apart."""

    list_display = ("merged", "kept", "state", "merged_by", "merged_at", "apart")
    list_filter = (("undone_at", admin.EmptyFieldListFilter),)
    list_select_related = ("kept", "merged", "merged_by", "undone_by")
    search_fields = ("kept__name", "merged__name", "reason")
    fields = ("merged", "kept", "reason", "merged_by", "merged_at", "undone_by", "undone_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="state", ordering="undone_at")
    def state(self, row: Merge) -> Standing:
        return Standing("withdrawn", "taken apart") if row.undone_at else Standing("public", "merged")

    @admin.display(description="take apart")
    def apart(self, row: Merge) -> SafeString | str:
        if row.undone_at is not None:
            return ""
        words = '<a href="{}" aria-label="Take apart {} and {}">Take apart …</a>'
        return format_html(words, self.address("apart", row.pk), row.merged, row.kept)

    def get_urls(self) -> list[URLPattern]:
        return [self.page("apart", self.apart_view, "apart"), *super().get_urls()]

    def apart_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what goes back when two actors are taken apart and what cannot, and do it."""
        if not request.user.has_perm(permissions.MERGE):
            raise PermissionDenied
        merge = get_object_or_404(Merge.objects.select_related("kept", "merged"), pk=pk)
        by = editor_of(request)
        actor_page = reverse("admin:actors_actor_change", args=[merge.kept_id])
        try:
            left = _what_stays(merge, by)
        except ValidationError as refused:
            messages.warning(request, " ".join(refused.messages))
            return HttpResponseRedirect(actor_page)

        def act(cleaned: dict[str, Any]) -> str:
            stay = actions.unmerge(merge, by, different=cleaned["different"], reason=cleaned["reason"])
            texts = _relinked(merge)
            for sentence in stay:
                messages.warning(request, sentence)
            looked = f" Names were looked for again in {texts} newer texts." if texts else ""
            return f"“{merge.merged}” and “{merge.kept}” are two actors again.{looked}"

        extra = {
            "merge": merge,
            "moving": merge_preview.groups(merge.moved),
            "set_aside": merge_preview.set_aside(merge.moved, merge.kept),
            "left": left,
            "opts": self.opts,
        }
        return ask(
            request, ApartForm(request.POST or None), act,
            title=f"Take {merge.merged} and {merge.kept} apart?", button="Take apart", back=actor_page,
            trail=self.trail(), dangerous=True, extra=extra, template="admin/actors/merge/apart.html",
        )  # fmt: skip


def _what_stays(merge: Merge, by: User) -> list[str]:
    """Return what taking apart would leave as it is: it is done, and taken back, so that nothing else is foretold."""
    with transaction.atomic():
        left = actions.unmerge(merge, by)
        transaction.set_rollback(True)
    return left


def _relinked(merge: Merge) -> int:
    """Look again for names in the texts written since the merge, which were linked to the kept actor alone."""
    since = Revision.objects.filter(created_at__gte=merge.merged_at, mentions__actor=merge.kept)
    newer = list(Revision.objects.in_use().filter(pk__in=since.values("pk")).order_by("-pk")[:RELINKED])
    for revision in newer:
        relink(revision)
    return len(newer)
