"""The sections of the admin, for the row of links on each page of it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from assertions.desk.pages import may_read

APPS = {"articles": "article", "actors": "actor", "assertions": "assertion"}
"""The apps that are sections of their own, each with the model that its link leads to."""

HIDDEN = {"axes"}
"""Apps without a page that the newsroom works on."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the row; ``is_current`` tells that the page is its own, or lies below it."""

    words: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Navigation:
    """The sections, and the kinds of things in the one that is open."""

    sections: list[Link]
    kinds: list[Link]


def navigation(request: HttpRequest, available_apps: list[dict[str, Any]]) -> Navigation:
    """Return the links for an account and a page; ``available_apps`` as Django's admin gives it."""
    pages = [("Board", "admin:board"), ("Schedule", "admin:schedule")]
    if may_read(request):
        pages.append(("Desk", "admin:desk"))
    sections = [_link(request, words, reverse(name)) for words, name in pages]
    kinds: list[Link] = []
    for words, labels, first in _grouped(available_apps):
        models = [model for app in labels for model in app["models"] if model["admin_url"]]
        if not models:
            continue
        leading = next((model for model in models if model["object_name"].lower() == first), models[0])
        is_current = any(request.path.startswith(app["app_url"]) for app in labels)
        sections.append(Link(words, leading["admin_url"], is_current))
        if is_current:
            kinds += [_link(request, model["name"], model["admin_url"]) for model in models]
    return Navigation(sections, kinds)


def _grouped(available_apps: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]], str]]:
    """Return the sections that are made of apps: a name, its apps, and the model that its link leads to."""
    by_label = {app["app_label"]: app for app in available_apps if app["app_label"] not in HIDDEN}
    own = [
        (by_label[label]["name"], [by_label.pop(label)], model)
        for label, model in APPS.items()
        if label in by_label
    ]
    return [*own, ("Accounts", list(by_label.values()), "user")]


def _link(request: HttpRequest, words: str, address: str) -> Link:
    return Link(str(words), address, request.path.startswith(address))
