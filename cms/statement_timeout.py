"""The answer to a request for which the database needs longer than settings.STATEMENT_TIMEOUT."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from psycopg.errors import QueryCanceled

from cms.workplace.errors import in_the_admin

log = logging.getLogger(__name__)

RETRY_AFTER = 30
"""Seconds after which it may be tried again."""


class StatementTimeout:
    """Middleware that answers 503 (RFC 9110, 15.6.4) where PostgreSQL cancelled a statement of a view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to a statement that was cancelled, in the admin's dress under its addresses; else None."""
        if not (isinstance(exception, OperationalError) and isinstance(exception.__cause__, QueryCanceled)):
            return None
        log.warning(
            "%s %s: a statement took longer than STATEMENT_TIMEOUT.",
            request.method,
            request.path,
            exc_info=exception,
        )
        answer = in_the_admin(
            request, 503, "This takes too long just now", _in_words(request)
        ) or HttpResponse(loader.get_template("503.html").render(), status=503)
        answer["Retry-After"] = str(RETRY_AFTER)
        answer["Cache-Control"] = "no-store"
        return answer


def _in_words(request: HttpRequest) -> str:
    limit = (
        f"The database needs longer for it than the {settings.STATEMENT_TIMEOUT} seconds that it is given."
    )
    if request.method in ("GET", "HEAD"):
        return f"{limit} Try again in a little while, or ask for less, as by a narrower filter."
    return (
        f"{limit} What was not done by then was not saved. Your browser still has what you typed: go back by one page, "
        "see what is there, and send it again."
    )
