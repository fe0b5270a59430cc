"""A page that asks before it changes something: what will happen, a form, one button."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from cms.workplace.refusals import DATABASE_ERRORS, refusal


def put_errors(form: forms.BaseForm, error: ValidationError | DatabaseError) -> None:
    """Show on a form what an action or the database refused: at its field, or above all fields."""
    if not isinstance(error, ValidationError):
        error = refusal(error)
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        for each in errors:
            form.add_error(field if field in form.fields and field != NON_FIELD_ERRORS else None, each)


def ask(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    *,
    title: str,
    button: str,
    back: str,
    sentences: Iterable[str] = (),
    dangerous: bool = False,
    extra: dict[str, Any] | None = None,
    template: str = "admin/ask.html",
    trail: Iterable[tuple[str, str]] = (),
) -> HttpResponse:
    """Show a form that asks; when it is sent, act on what was filled in and go back.

    ``act`` takes the cleaned data and returns what to tell; what it or the database refuses comes back on the
    form. ``back`` is an address; ``trail`` the words and addresses of the pages above, from the top down. Raises
    PermissionDenied as ``act`` does.
    """
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                told = act(form.cleaned_data)
                connection.check_constraints()
        except (ValidationError, *DATABASE_ERRORS) as error:
            put_errors(form, error)
        else:
            messages.success(request, told)
            return HttpResponseRedirect(back)
    context = {
        **admin.site.each_context(request),
        "title": title,
        "form": form,
        "button": button,
        "back": back,
        "trail": list(trail),
        "sentences": list(sentences),
        "dangerous": dangerous,
        **(extra or {}),
    }
    return TemplateResponse(request, template, context)
