"""The admin of accounts and groups."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

# This module is read before that of the queue. Imported here, the queue registers its pages now, so that they can be
# taken back below: left to its turn, it would register them after that.
from procrastinate.contrib.django import admin as queue_admin  # noqa: F401
from procrastinate.contrib.django.models import ProcrastinateJob
from taggit.admin import Tag

from cms.models import User

admin.site.unregister(Group)
admin.site.unregister(Tag)  # the newsroom's tags are topics
admin.site.unregister(ProcrastinateJob)  # its pages set styles that the policy of the site refuses


@admin.register(User)
class AccountAdmin(UserAdmin[User]):
    """Accounts; what one may do comes from groups. Only a superuser makes or changes superusers."""

    list_display = ("username", "full_name", "groups_held", "is_active", "is_superuser", "last_login")
    list_filter = ("groups", "is_active", "is_superuser")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": (("first_name", "last_name"), "email")}),
        (
            "What they may do",
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        ("Dates", {"fields": (("last_login", "date_joined"),)}),
    )
    autocomplete_fields = ("groups",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")

    @admin.display(description="name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description="groups")
    def groups_held(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if _is_superuser(request) else (*fields, "is_superuser", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _reaches(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _reaches(request, obj)


def _is_superuser(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_superuser


def _reaches(request: HttpRequest, account: User | None) -> bool:
    return account is None or not account.is_superuser or _is_superuser(request)


@admin.register(Group)
class NewsroomGroupAdmin(GroupAdmin):
    """Groups: reporter, editor, reviewer, administrator, and any that the newsroom adds."""

    search_fields = ("name",)
