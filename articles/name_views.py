"""The pages of the desk on names that nobody bears: the list, and what is done with one."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from actors.actions import add_name
from actors.models import Actor, ActorKind, ActorName, NameKind
from actors.permissions import ADD as ADD_ACTORS
from actors.permissions import CHANGE as CHANGE_ACTORS
from articles import actions
from articles.models import PassedName, UnknownName
from articles.name_list import ORDER, similar_to, unknown
from articles.permissions import SET_ASIDE
from articles.reprints import latest
from assertions.desk.pages import desk_page, let_in
from cms.numbers import number_of
from cms.paging import Page, page_of
from cms.workplace.base import LabelledChoice, editor_of
from cms.workplace.deciding import ask

PLACES = "places"
NAMES = 20
"""Names on one page: each has its sentence, and whom it may mean."""
LONGEST = UnknownName._meta.get_field("text").max_length


@require_safe
def name_list(request: HttpRequest) -> HttpResponse:
    """List the names, those that most texts have first; ``q`` keeps those with some words.

    ``kind`` "places" asks for those that read as places, which stand apart.
    """
    user = let_in(request)
    words = request.GET.get("q", "").strip()[:LONGEST].replace("\0", "")
    of_places = request.GET.get("kind") == PLACES
    found, apart = (
        each.filter(text__icontains=words) if words else each
        for each in (unknown(places=of_places), unknown(places=not of_places))
    )
    page: Page[Any] = page_of(found, request.GET, ORDER, size=NAMES)
    names = [row.text for row in page.rows]
    newest = {
        row.article_id: row for row in latest([row.article_id for row in page.rows]).defer("body", "text")
    }
    similar = similar_to(names)
    following = [*(row.pk for row in page.rows[1:]), None]
    context = {
        "rows": [
            {
                "name": row,
                "parts": row.sentence.partition(row.text),
                "revision": newest.get(row.article_id),
                "similar": similar.get(row.text, []),
                "new": _new_actor(row.text),
                "next": after,
            }
            for row, after in zip(page.rows, following, strict=False)
        ],
        "page": page,
        "count": found.count(),
        "words": words,
        "of_places": of_places,
        "other_kind": None if of_places else PLACES,
        "apart": apart.count(),
        "passed": PassedName.objects.count(),
        "may_name": user.has_perm(CHANGE_ACTORS),
        "may_add": user.has_perm(ADD_ACTORS),
        "may_pass": user.has_perm(SET_ASIDE),
        "here": request.GET.urlencode(),
    }
    return desk_page(request, "names", "Names nobody bears", context)


def _new_actor(name: str) -> str:
    """Return the address of the form for a new actor, filled in with a name."""
    slug = slugify(name)
    kind = ActorKind.PERSON if 2 <= len(name.split()) <= 3 else ""
    given = {"name": name, "slug": slug, "kind": kind}
    return f"{reverse('admin:actors_actor_add')}?{urlencode({key: value for key, value in given.items() if value})}"


@require_POST
def settle_name(request: HttpRequest) -> HttpResponse:
    """Give a name (``text``) to an actor (``actor``, a slug), or pass it over (``pass``), and go back to the list."""
    user = editor_of(request)
    text = request.POST.get("text", "")
    try:
        if slug := request.POST.get("actor"):
            told = _give(request, text, Actor.objects.filter(slug=slug, merged_into=None).first())
        elif "pass" in request.POST:
            actions.pass_name(text, user, reason=request.POST.get("reason", "").strip())
            told = f"“{text}” is passed over."
        else:
            raise ValidationError("Choose whose name it is, or pass it over.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, told)
    return HttpResponseRedirect(_back(request.POST))


def _give(request: HttpRequest, text: str, actor: Actor | None, **fields: Any) -> str:
    """Add a name to an actor, and link the texts that have it; return what was done in a sentence."""
    user = editor_of(request)
    if actor is None:
        raise ValidationError("This actor was deleted or merged meanwhile. Choose another.")
    row = UnknownName.objects.filter(text=text).order_by("pk").first()
    language = latest([row.article_id]).values_list("language", flat=True).first() if row else None
    add_name(
        actor, user, **({"text": text, "kind": NameKind.SPELLING, "language": language or "en"} | fields)
    )
    texts = actions.relink_texts_with(text)
    looked = "one text" if texts == 1 else f"{texts} texts"
    return f"“{text}” is a name of {actor}. Names were looked for again in {looked}."


def _back(sent: QueryDict) -> str:
    """Return the address of the list as it was, at the name that followed."""
    query = QueryDict(sent.get("here", "")[:2_000], mutable=True)
    kept = urlencode({key: query[key] for key in ("q", "kind", "after", "before") if key in query})
    following = number_of(sent.get("next"))
    return f"{reverse('admin:desk_names')}{f'?{kept}' if kept else ''}{f'#name-{following}' if following else ''}"


class BearerForm(forms.Form):
    """Whose name it is, and what sort of name."""

    actor = LabelledChoice(
        Actor.objects.filter(merged_into=None),
        widget=AutocompleteSelect(ActorName._meta.get_field("actor"), admin.site),
    )
    kind = forms.ChoiceField(choices=NameKind.choices, initial=NameKind.SPELLING)
    language = forms.CharField(max_length=35, initial="en", help_text="BCP 47: en, ko, ru …")


def give_name(request: HttpRequest) -> HttpResponse:
    """Ask which actor bears a name (``text``), and of which kind it is."""
    let_in(request)
    text = request.GET.get("text", "").strip()
    if not request.user.has_perm(CHANGE_ACTORS):
        raise PermissionDenied
    if not UnknownName.objects.filter(text=text).exists():
        messages.error(request, "No text has this name any more, or an actor bears it now.")
        return HttpResponseRedirect(reverse("admin:desk_names"))
    return ask(
        request,
        BearerForm(request.POST or None),
        lambda filled: _give(request, text, **filled),
        title=f"Whose name is “{text}”?",
        button="Add the name",
        back=reverse("admin:desk_names"),
        sentences=["The name is added to the actor, and the texts that have it are linked again."],
        trail=_trail(),
    )


@require_safe
def passed_list(request: HttpRequest) -> HttpResponse:
    """List the names that were passed over, in ABC order."""
    user = let_in(request)
    page: Page[PassedName] = page_of(
        PassedName.objects.select_related("passed_by"), request.GET, ["text"], size=3 * NAMES
    )
    context = {"page": page, "count": PassedName.objects.count(), "may_pass": user.has_perm(SET_ASIDE)}
    return desk_page(request, "passed_names", "Names passed over", context)


@require_POST
def take_up(request: HttpRequest) -> HttpResponse:
    """Put a name (``text``) that was passed over back on the list."""
    text = request.POST.get("text", "")
    actions.take_up_name(text, editor_of(request))
    messages.success(request, f"“{text}” waits again, if a text has it.")
    return HttpResponseRedirect(reverse("admin:desk_passed_names"))


def _trail() -> Sequence[tuple[str, str]]:
    return [("Desk", reverse("admin:desk")), ("Names nobody bears", reverse("admin:desk_names"))]
