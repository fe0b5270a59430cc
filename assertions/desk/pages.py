"""What the pages of the desk share: whom they are for, and what stands around them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles.permissions import PUBLISH
from assertions import permissions
from cms.models import User
from cms.permissions import require
from cms.workplace.base import editor_of


def may_read(request: HttpRequest) -> bool:
    """Tell whether an account may read the desk: it shows the wording of scheduled articles."""
    return request.user.has_perm(permissions.DECIDE) or request.user.has_perm(PUBLISH)


def let_in(request: HttpRequest) -> User:
    """Return the account that reads the desk. Raises PermissionDenied."""
    if not may_read(request):
        raise PermissionDenied
    return editor_of(request)


def reviewer_of(request: HttpRequest) -> User:
    """Return the account that decides at the desk. Raises PermissionDenied."""
    user = editor_of(request)
    require(user, permissions.DECIDE)
    return user


def desk_page(
    request: HttpRequest, name: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Return the page of the desk that the template ``admin/desk/<name>.html`` makes."""
    shared = {**admin.site.each_context(request), "title": title}
    return TemplateResponse(request, f"admin/desk/{name}.html", shared | context, status=status)
