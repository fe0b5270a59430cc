"""The newsroom's accounts for tests, and the forms of the admin filled in as a browser sends them."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from cms.models import User


def make_staff(group: str, username: str = "") -> User:
    """Return an account of a group, or a superuser for "admin"; its password is its name."""
    name = username or group
    if group == "admin":
        return User.objects.create_superuser(name, password=name)
    account = User.objects.create_user(name, password=name, is_staff=True)
    account.groups.add(Group.objects.get(name=group))
    return account


def signed_in(account: User) -> Client:
    """Return a client that is signed in."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(response: Any, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends of the admin form on a page, with changes by the names of its controls.

    A further row of an inline is a change of its controls, such as ``**{"names-1-text": "…"}``.
    """
    context = response.context
    sets = [inline.formset for inline in context["inline_admin_formsets"]]
    if "images" in context:
        sets.append(context["images"])
    data: dict[str, Any] = {}
    for form in [
        context["adminform"].form,
        *(form for rows in sets for form in [rows.management_form, *rows.forms]),
    ]:
        for field in form:
            value = field.value()
            if value is not None and value is not False and value != "":
                data[field.html_name] = value
    data |= changes
    for rows in sets:
        numbers = [
            int(name.split("-")[-2])
            for name in data
            if name.startswith(f"{rows.prefix}-") and name.count("-") > 1
        ]
        data[f"{rows.prefix}-TOTAL_FORMS"] = max([number + 1 for number in numbers if number >= 0], default=0)
    return data


def opened(page: Any, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends of the admin form on a page, with what it was opened on."""
    return sent(page, opened_after=page.context["opened_after"], **changes)


def errors(response: Any) -> str:
    """Return all errors of the admin form on a page, its inlines included, as text."""
    context = response.context
    found = [context["adminform"].form.errors.as_text()]
    for inline in context["inline_admin_formsets"]:
        found += [
            inline.formset.non_form_errors().as_text(),
            *(form.errors.as_text() for form in inline.formset.forms),
        ]
    return "\n".join(found)
