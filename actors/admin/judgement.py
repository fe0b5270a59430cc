"""Judgements on whether two actors are one."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from actors import actions
from actors.models import IdentityJudgement
from cms.workplace.base import NewsroomAdmin, editor_of


class JudgementForm(forms.ModelForm[IdentityJudgement]):
    """Two actors in any order."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        left, right = cleaned.get("left"), cleaned.get("right")
        if left is not None and left == right:
            self.add_error("right", "Choose two different actors.")
        elif left is not None and right is not None:
            cleaned["left"], cleaned["right"] = sorted([left, right], key=lambda actor: actor.pk)
        return cleaned


@admin.register(IdentityJudgement)
class IdentityJudgementAdmin(NewsroomAdmin):
    """Judgements on whether two actors are one: each is kept, a newer one on the pair revokes the older."""

    form = JudgementForm
    list_display = ("left", "right", "verdict", "judged_by", "judged_at", "revoked_at")
    list_filter = ("verdict", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("left", "right", "judged_by")
    search_fields = ("left__name", "right__name", "reason")
    autocomplete_fields = ("left", "right")
    fields = (("left", "right"), "verdict", "reason")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: IdentityJudgement, form: Any, change: bool) -> None:
        kept = actions.judge_identity(
            obj.left, obj.right, editor_of(request), verdict=obj.verdict, reason=obj.reason
        )
        obj.pk = kept.pk
        obj.refresh_from_db()
