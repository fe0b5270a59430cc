"""What every page of the site says about itself and about the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from assertions.relationships import followed


def site(request: HttpRequest) -> dict[str, Any]:
    """Return ``canonical`` (the page's address without a query), ``section`` (its first part),
    ``followed`` and ``is_demo``.

    ``followed`` is the address of the relationship that the site follows, "" while nothing public brings its
    sides together; it is looked up where a template asks for it.
    """
    return {
        "canonical": request.build_absolute_uri(request.path),
        "section": request.path.strip("/").partition("/")[0],
        "followed": SimpleLazyObject(_relationship),
        "is_demo": settings.DEMO,
    }


def _relationship() -> str:
    found = followed()
    return found.get_absolute_url() if found and found.has_common_coverage else ""
