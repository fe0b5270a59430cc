"""What a writer has not saved yet: kept every few seconds, and offered again; who else is writing."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import never_cache

from articles import actions, permissions
from articles.admin.conflict import keep_what_was_sent, tab_of
from articles.models import Article
from articles.typed import Typed
from articles.working_copies import Held, Writer, as_new, offered_to, offers_of, texts, typed_in, writers
from cms.models import User
from cms.numbers import number_of
from cms.timezones import on_the_clock, told
from cms.workplace.base import NewsroomAdmin, editor_of


@dataclass(frozen=True, slots=True)
class Heard:
    """What a form says of itself every few seconds; ``content`` only when it changed, None when it is as saved."""

    tab: UUID
    base: int
    user: int
    left: bool
    changed: bool
    content: Typed | None

    @classmethod
    def read(cls, body: bytes) -> "Heard":
        """Return it from JSON; raise ValidationError that says what is wrong with it."""
        try:
            sent = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise ValidationError("What was sent is no JSON.") from error
        if not isinstance(sent, dict):
            raise ValidationError("What was sent is no JSON object.")
        tab, content = tab_of(str(sent.get("tab"))), sent.get("content")
        if tab is None:
            raise ValidationError("tab: a UUID is missing.")
        base, user = sent.get("base") or 0, sent.get("user")
        if not isinstance(base, int) or not 0 <= base < 2**31 or not isinstance(user, int):
            raise ValidationError("base and user: numbers are missing.")
        if content is not None and not isinstance(content, dict):
            raise ValidationError("content: the controls of a form by name are missing.")
        return cls(tab, base, user, bool(sent.get("left")), "content" in sent, content)


class WorkingCopyPages(NewsroomAdmin):
    """What writers have open and have not saved."""

    def get_urls(self) -> list[URLPattern]:
        view = never_cache(self.autosave_view)
        return [
            path("autosave/", view, name="articles_article_autosave_new"),
            path("<int:pk>/autosave/", view, name="articles_article_autosave"),
            *super().get_urls(),
        ]

    def autosave_view(self, request: HttpRequest, pk: int | None = None) -> JsonResponse:
        """Note that a form is open, keep what it holds, and tell what its writer should know; JSON both ways.

        Who is signed out gets a sentence with 403, not the page to sign in, which no script could show.
        """
        if request.method != "POST":
            return JsonResponse({"sentence": "Send it by POST."}, status=405, headers={"Allow": "POST"})
        if not self.admin_site.has_permission(request):
            sentence = "You are signed out: sign in in another tab, and go on here. Your text is safe here."
            return JsonResponse({"sentence": sentence, "sign_in": reverse("admin:login")}, status=403)
        user = editor_of(request)
        try:
            heard = Heard.read(request.body)
            article = self._article(user, pk)
            if heard.user != user.pk:
                raise PermissionDenied(
                    f"You are signed in as {user} now, and began this text as somebody else."
                )
            if pk is not None and article is None:
                return JsonResponse(self._keep_for_new(user, heard), status=404)
            return JsonResponse(self._answer(user, article, heard))
        except RequestDataTooBig:
            most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20
            sentence = f"The form holds more than {most} megabytes: make the text shorter, or divide it."
            return JsonResponse({"sentence": sentence}, status=413)
        except ValidationError as error:
            return JsonResponse({"sentence": " ".join(error.messages)}, status=400)
        except PermissionDenied as error:
            return JsonResponse({"sentence": str(error) or "You may not write here."}, status=403)

    def _article(self, user: User, pk: int | None) -> Article | None:
        article = Article.objects.filter(pk=pk).first() if pk is not None else None
        return article if article is not None and permissions.may_see(user, article) else None

    def _keep_for_new(self, user: User, heard: Heard) -> dict[str, Any]:
        """Keep what the form of an article holds that is gone: it is offered where a new one is written."""
        sentence = "The article is not there any more."
        if heard.content is None or not user.has_perm(permissions.ADD):
            return {"sentence": sentence}
        kept = actions.keep_copy(user, None, tab=heard.tab, base=0, content=as_new(heard.content))
        if heard.left:
            actions.see(user, None, tab=heard.tab, base=0, left=True)
        sentence += " What you typed is kept: save it, and it is offered to you as the text of a new article."
        return {"sentence": sentence, "kept": on_the_clock(kept.changed_at or kept.seen_at, "seconds")}

    def _answer(self, user: User, article: Article | None, heard: Heard) -> dict[str, Any]:
        tab = heard.tab
        is_new = not heard.left and actions.see(user, article, tab=tab, base=heard.base)
        if heard.content is not None:
            kept = actions.keep_copy(user, article, tab=tab, base=heard.base, content=heard.content)
            told_at = on_the_clock(kept.changed_at or kept.seen_at, "seconds")
        else:
            told_at = ""
            if heard.changed:
                actions.discard_copy(user, article, tab=tab)
                actions.see(user, article, tab=tab, base=heard.base)
        answer: dict[str, Any] = {"kept": told_at}
        if heard.left:
            actions.see(user, article, tab=tab, base=heard.base, left=True)
            return answer
        if is_new:
            answer["offers"] = self.offers(article, actions.forget_saved(user, article))
        answer["others"] = [_presence(writer, user) for writer in writers(article, user, tab)]
        latest = (
            article.revisions.select_related("created_by").order_by("-number").first() if article else None
        )
        if latest is not None and latest.number > heard.base:
            who, at = latest.created_by or "An import", on_the_clock(latest.created_at)
            answer["newer"] = f"{who} saved revision {latest.number} at {at}."
        return answer

    def offers(self, article: Article | None, held: list[Held]) -> str:
        """Return the list of copies that are offered, as HTML."""
        offers = offers_of(article, held)
        return render_to_string("admin/articles/article/_offers.html", {"offers": offers})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        if request.method == "POST" and ("_take" in request.POST or "_drop" in request.POST):
            return self.answer_offer(request, object_id, form_url, extra_context)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def answer_offer(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> HttpResponse:
        """Put a copy into the form, on top of the revision it was begun on, or discard it; nothing is saved.

        What stands in the form before is kept as a copy itself.
        """
        user = editor_of(request)
        article = Article.objects.filter(pk=number_of(object_id)).first() if object_id else None
        if "_drop" in request.POST:
            actions.drop_copy(user, article, number_of(request.POST["_drop"]))
            sentence = "That copy is discarded. The form holds what you had in it, and it is not saved yet."
        else:
            copy = actions.take_copy(user, article, number_of(request.POST["_take"]))
            if copy is None:
                sentence = "That copy is open in another tab, or was discarded. The form is as it was."
            else:
                if request.POST.get("_unsaved"):
                    keep_what_was_sent(request, article)
                    actions.see(
                        user, article, tab=tab_of(request.POST.get("tab")) or copy.tab, base=0, left=True
                    )
                sentence = (
                    f"This is your text of {told(copy.changed_at or copy.seen_at)}. It is not saved yet."
                )
                form = _filled(request.POST, typed_in(copy))
                form["base"], form["tab"] = str(copy.base), str(copy.tab)
                request.POST = form  # type: ignore[assignment]
        request.META["articles.unsaved"] = True
        return self.show_again(request, object_id, form_url, extra_context, ValidationError(sentence))

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if change and not context.get("is_popup") and not self.has_change_permission(request, obj):
            offers = offered_to(editor_of(request), obj)
            context["to_read"] = [
                (offer, texts(typed_in(offer.copy))) for offer in offers if offer.is_readable
            ]
        elif not context.get("is_popup"):
            user = editor_of(request)
            context["autosave_address"] = (
                self.address("autosave", obj.pk) if obj is not None else self.address("autosave_new")
            )
            context["offers"] = offered_to(user, obj)
            # What came back from the server unsaved is kept at once, without waiting for a further change.
            context["is_unsaved"] = request.method == "POST"
        errors = context["adminform"].form.errors
        if request.META.get("articles.unsaved") and not set(errors) - {NON_FIELD_ERRORS}:
            # Nothing is wrong with the form: what there is to say stands in a box of its own.
            context |= {"told": errors.get(NON_FIELD_ERRORS, ()), "errors": ()}
        return super().render_change_form(request, context, add, change, form_url, obj)


def _presence(writer: Writer, user: User) -> str:
    since = f" since {on_the_clock(writer.since)}" if writer.since else ""
    is_self = writer.user == user
    who = "You" if is_self else writer.user.get_full_name() or str(writer.user)
    where = " in another tab" if is_self else ""
    if writer.unsaved:
        words = f"{who} {'are' if is_self else 'is'} also writing here{where}{since}"
        return f"{words}, with changes that are not saved."
    has = "have" if is_self else "has"
    return f"{who} {has} had this open{where}{since}." if since else f"{who} {has} this open{where}."


def _filled(sent: QueryDict, typed: Typed) -> QueryDict:
    """Return a form with what was typed; sets of rows of which the copy knows nothing stay as they were sent."""
    unknown = tuple(
        name.removesuffix("TOTAL_FORMS")
        for name in sent
        if name.endswith("-TOTAL_FORMS") and name not in typed
    )
    form = QueryDict(mutable=True)
    for name, values in sent.lists():
        if unknown and name.startswith(unknown):
            form.setlist(name, values)
    for name, values_typed in typed.items():
        form.setlist(name, list(values_typed))
    return form
