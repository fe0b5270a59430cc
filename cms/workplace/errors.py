"""What is shown in trouble under the admin's addresses: in the admin's dress, to those who may work there."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


def in_the_admin(
    request: HttpRequest, status: int, title: str, words: str, *, way: tuple[str, str] | None = None
) -> HttpResponse | None:
    """Return a page of the admin that tells what went wrong; None where the public page is to tell it.

    ``words`` is a sentence or more, ``way`` the words and the address of a link that leads on. A request that failed
    before anybody was signed in, or by somebody who has no business in the admin, gets none.
    """
    if not request.path.startswith(reverse("admin:index")) or not hasattr(request, "user"):
        return None
    if not admin.site.has_permission(request):
        return None
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": title,
        "status": status,
        "words": words,
        "way": way,
    }
    return render(request, "admin/error.html", context, status=status)


def first_page(request: HttpRequest) -> tuple[str, str]:
    """Return the link to the first page of a list, with the filters that were asked for."""
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    return "The first page of this list", f"{request.path}{f'?{query.urlencode()}' if query else ''}"
