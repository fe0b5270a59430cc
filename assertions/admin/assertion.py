"""Assertions in the admin: one screen to build a claim with its evidence, and to decide on it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern

from articles.models import Revision
from articles.workplace import review_state
from assertions import actions, permissions
from assertions.actions.reviewing import latest_review
from assertions.admin.inlines import (
    AnswerInline,
    LinkInline,
    ParticipantInline,
    PassageInline,
    QuantityInline,
    RelayInline,
    RivalDateInline,
    SourceInline,
    SpeakerInline,
    begins_with_words,
    readable,
)
from assertions.drafting.beginning import Beginning, beginning
from assertions.forms import (
    STALE,
    AssertionForm,
    DecideForm,
    EvidenceRows,
)
from assertions.models import (
    Assertion,
    Opinion,
    Speaker,
)
from assertions.reviewing.double_review import needs_two, require_kept, to_settle
from assertions.reviewing.queue import held
from assertions.vocabulary import Verdict
from assertions.workplace import visibility
from cms.numbers import number_of
from cms.workplace.base import (
    NewsroomAdmin,
    editor_of,
)
from cms.workplace.deciding import ask
from cms.workplace.periods import Standing


class ReviewFilter(admin.SimpleListFilter):
    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("undecided", "to decide"),
            ("accepted", "accepted"),
            ("public", "public now"),
            ("unsupported", "accepted, without live evidence"),
            ("hidden", "accepted, names somebody not public"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Assertion]) -> QuerySet[Assertion]:
        every = Assertion.objects.all()
        accepted = every.accepted()
        chosen: dict[str, QuerySet[Assertion]] = {
            "undecided": every.undecided(),
            "accepted": accepted,
            "public": every.public(),
            "unsupported": accepted.exclude(pk__in=every.supported().values("pk")),
            "hidden": accepted.exclude(pk__in=every.naming_only_public_actors().values("pk")),
        }
        value = self.value()
        return queryset.filter(pk__in=chosen[value].values("pk")) if value in chosen else queryset


@admin.register(Assertion)
class AssertionAdmin(NewsroomAdmin):
    """A claim on one screen, with the column beside it for how it stands and for the decision."""

    form = AssertionForm
    list_display = ("said_by", "act", "claim", "said", "review_state", "event_class")
    list_display_links = ("claim",)
    list_filter = (
        ReviewFilter,
        "act",
        "polarity",
        "certainty",
        "event_class",
        ("topics", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("claim", "identifier", "record_id", "speakers__actor__name", "speakers__description")
    fieldsets = (
        (None, {"fields": ("claim", ("act", "negated", "event_class"), ("certainty", "hedge", "condition"))}),
        ("When and where", {"fields": (("said", "happened", "published"), "place")}),
        ("Filing", {"fields": ("topics", ("record_id", "note"), "seen_version")}),
    )
    inlines = (
        PassageInline, SpeakerInline, ParticipantInline, RelayInline, SourceInline, QuantityInline,
        AnswerInline, LinkInline, RivalDateInline,
    )  # fmt: skip
    beside_template = "admin/assertions/assertion/beside.html"

    def autocomplete_label(self, row: Assertion) -> str:
        speakers = ", ".join(str(speaker) for speaker in row.speakers.all())
        return f"{speakers or 'the article'} {row.get_act_display()}: {row.claim[:120]}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assertion]:
        return super().get_queryset(request).prefetch_related("speakers__actor", "reviews")

    @admin.display(description="speaker")
    def said_by(self, assertion: Assertion) -> str:
        return ", ".join(str(speaker) for speaker in assertion.speakers.all()) or "the article’s own voice"

    @admin.display(description="review")
    def review_state(self, assertion: Assertion) -> Standing:
        return review_state(assertion)

    def is_on_site(self, row: Assertion) -> bool:
        return Assertion.objects.public().filter(pk=row.pk).exists()

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        # What is proposed is shown, and counts as filled in once it is sent: a row like its proposal is no empty one.
        begun = self._begun(request) if obj.pk is None and request.method == "GET" else None
        if isinstance(inline, PassageInline):
            if begun is not None:
                kwargs["initial"] = [begun.passage]
            elif not begins_with_words(request) and (revision := self._text_asked(request, obj.pk is None)):
                kwargs["initial"] = [{"revision": revision.pk}]
        if isinstance(inline, SpeakerInline) and begun is not None and begun.speaker is not None:
            kwargs["initial"] = [{"actor": begun.speaker.pk}]
        return kwargs

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        begun = self._begun(request)
        said = {"said": begun.said} if begun is not None and begun.said else {}
        return {**super().get_changeform_initial_data(request), **said}

    def _begun(self, request: HttpRequest) -> Beginning | None:
        """Return what is proposed for a claim that begins with words of a text, None if the address names none."""
        if not begins_with_words(request):
            return None
        revision = self._text_asked(request, is_new=True)
        asked = {name: request.GET.get(name, "") for name in ("exact", "prefix", "suffix")}
        return beginning(revision, **asked) if revision is not None else None

    def _text_asked(self, request: HttpRequest, is_new: bool) -> Revision | None:
        """Return the revision named by ``revision``, or the latest of the article that a new claim was begun from."""
        texts = readable(editor_of(request))
        if revision := number_of(request.GET.get("revision")):
            return texts.filter(pk=revision).first()
        article = number_of(request.GET.get("article")) if is_new else 0
        return texts.filter(article=article).order_by("-number").first()

    def save_model(self, request: HttpRequest, obj: Assertion, form: Any, change: bool) -> None:
        if change:
            # The row is locked from here to the commit, so that the version seen is the one that is changed.
            locked = Assertion.objects.select_for_update().get(pk=obj.pk)
            if locked.claim_version != obj.claim_version:
                raise ValidationError(STALE, code="stale")
            if "topics" in form.cleaned_data:
                require_kept(obj, {topic.pk for topic in form.cleaned_data["topics"]}, editor_of(request))
        actions.save_assertion(obj, editor_of(request))

    def delete_model(self, request: HttpRequest, obj: Assertion) -> None:
        actions.delete_assertions([obj], editor_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Assertion]) -> None:
        actions.delete_assertions(queryset, editor_of(request))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if isinstance(formset, EvidenceRows):
            formset.by = editor_of(request)
        if change and formset.model is Speaker:
            with actions.amended_by(form.instance, editor_of(request)):
                super().save_formset(request, form, formset, change)
        else:
            super().save_formset(request, form, formset, change)

    def beside(self, request: HttpRequest, row: Assertion) -> dict[str, Any]:
        row.refresh_from_db()
        return {
            "review": review_state(row),
            "visibility": visibility(row),
            "reviews": row.reviews.select_related("decided_by"),
            "in_hand": held().exclude(reviewer=editor_of(request)).filter(assertion=row).first(),
            "needs_two": needs_two(row),
            "differing": to_settle(row, editor_of(request))
            if request.user.has_perm(permissions.DECIDE)
            else [],
            "linked_from": row.linked_from.select_related("source"),
            "decide_form": DecideForm(initial=_as_seen(row))
            if request.user.has_perm(permissions.DECIDE)
            else None,
        }

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        form = context["adminform"].form
        if "topics" in form.fields:
            form.fields["topics"].widget.can_add_related = request.user.has_perm("articles.add_topic")
        if obj is not None:
            context["state"] = review_state(obj)
        response = super().render_change_form(request, context, add, change, form_url, obj)
        if form.is_bound and form.has_error("__all__", "stale"):
            response.status_code = 409
        return response

    def get_urls(self) -> list[URLPattern]:
        return [self.page("decide", self.decide_view, "decide"), *super().get_urls()]

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide on an assertion as it was read; a decision that is refused comes back with its reasons."""
        if not request.user.has_perm(permissions.DECIDE):
            raise PermissionDenied
        assertion = get_object_or_404(self.get_queryset(request), pk=pk)

        def act(cleaned: dict[str, Any]) -> str:
            review = actions.review(assertion, editor_of(request), **cleaned)
            if isinstance(review, Opinion):
                return "Your opinion is kept. Another reviewer decides on it too, without sight of yours."
            now = visibility(assertion)
            then = "It is public now." if now.is_public else " ".join(now.reasons)
            return f"{review.get_verdict_display().capitalize()} {review.grade}".rstrip() + f". {then}"

        initial = {"verdict": Verdict.ACCEPT, **_as_seen(assertion)}
        return ask(
            request, DecideForm(request.POST or None, initial=initial), act,
            title="Decide on this assertion", button="Decide", back=self.address("change", pk),
            trail=self.trail(assertion),
            sentences=[self.autocomplete_label(assertion)],
        )  # fmt: skip


def _as_seen(assertion: Assertion) -> dict[str, int]:
    """Return what a decision is made on: the version of the claim, and its latest review."""
    latest = latest_review(assertion)
    return {"claim_version": assertion.claim_version, "seen_review": latest.pk if latest else 0}
