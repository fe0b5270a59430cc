"""Assertions in the admin: one screen to build a claim with its evidence, and to decide on it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern

from articles import staff
from articles.models import Article, Revision
from articles.permissions import REMOVE
from articles.workplace import review_state
from assertions import actions, permissions
from assertions.actions.reviewing import latest_review
from assertions.drafting.beginning import Beginning, beginning
from assertions.forms import (
    STALE,
    AssertionForm,
    DecideForm,
    EvidenceRows,
    InOrder,
    PassageForm,
    RowInOrder,
    SourceForm,
)
from assertions.models import (
    Answer,
    Assertion,
    Evidence,
    Link,
    Measure,
    Opinion,
    Participant,
    Quantity,
    Question,
    Relay,
    Review,
    RivalDate,
    Speaker,
)
from assertions.reviewing.double_review import needs_two, require_kept, to_settle
from assertions.reviewing.queue import held
from assertions.vocabulary import Verdict
from assertions.workplace import visibility
from cms.models import User
from cms.numbers import number_of
from cms.workplace.base import (
    NewsroomAdmin,
    NewsroomInline,
    NewsroomStackedInline,
    PublishingAdmin,
    editor_of,
)
from cms.workplace.deciding import ask
from cms.workplace.periods import Standing, StateFilter


def begins_with_words(request: HttpRequest) -> bool:
    """Tell whether the address names words of a text for a claim to begin with."""
    return "revision" in request.GET and "exact" in request.GET


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


class SpeakerInline(NewsroomInline):
    model = Speaker
    form = RowInOrder
    formset = InOrder
    fields = ("actor", "description", "possible_identity", "office", "speaks_for", "position")
    autocomplete_fields = ("actor", "possible_identity", "speaks_for")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        # Begun from words of a text, a claim has a row for who says them.
        return 1 if obj is None and begins_with_words(request) else 0


class ParticipantInline(NewsroomInline):
    model = Participant
    form = RowInOrder
    formset = InOrder
    verbose_name_plural = "subjects, objects, addressees"
    fields = ("role", "actor", "description", "position")
    autocomplete_fields = ("actor",)


class RelayInline(NewsroomInline):
    model = Relay
    form = RowInOrder
    formset = InOrder
    verbose_name_plural = "relay chain, from the speaker on"
    fields = ("actor", "description", "position")
    autocomplete_fields = ("actor",)


class RivalDateInline(NewsroomInline):
    model = RivalDate
    fields = ("of", "date", "given_by")


class QuantityInline(NewsroomStackedInline):
    model = Quantity
    fields = (
        ("measure", "kind", "unit"),
        ("low", "low_open", "high", "high_open", "is_approximate"),
        ("as_of", "counted_by", "counted_by_description"),
        ("supersedes", "part_of", "alternative_to"),
        "note",
    )
    autocomplete_fields = ("measure", "counted_by", "supersedes", "part_of", "alternative_to")


class EvidenceInline(NewsroomStackedInline):
    """Evidence of one sort: passages of articles, or outside sources."""

    model = Evidence
    formset = EvidenceRows
    is_passage: bool

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        return (
            super()
            .get_queryset(request)
            .filter(revision__isnull=not self.is_passage)
            .select_related("revision")
        )


def readable(user: User) -> QuerySet[Revision]:
    """Return the texts that an account may read, and so quote."""
    texts = Revision.objects.filter(article__in=staff.visible_to(user, Article.objects.all()))
    return texts if user.has_perm(REMOVE) else texts.filter(removal=None)


class PassageInline(EvidenceInline):
    is_passage = True
    form = PassageForm
    verbose_name = "passage"
    verbose_name_plural = "evidence: passages of articles"
    fields = (
        "revision", "exact", ("prefix", "suffix"), ("language", "translator"), "departures", "departure_note",
    )  # fmt: skip
    autocomplete_fields = ("revision",)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        if db_field.name == "revision":
            kwargs["queryset"] = readable(editor_of(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        # Opened from an article, from words of it, or to quote a version anew: a row with that text in it.
        return 1 if "revision" in request.GET or (obj is None and "article" in request.GET) else 0


class SourceInline(EvidenceInline):
    is_passage = False
    form = SourceForm
    verbose_name = "outside source"
    verbose_name_plural = "evidence: outside sources"
    fields = (
        ("publisher", "published"), ("title", "address"), "unverified",
        ("language", "translator"), "departures", "departure_note",
    )  # fmt: skip


class LinkInline(NewsroomInline):
    model = Link
    fk_name = "source"
    verbose_name_plural = "bears on other assertions"
    fields = ("type", "target", "aspect", "note")
    autocomplete_fields = ("target",)


class AnswerInline(NewsroomInline):
    model = Answer
    verbose_name_plural = "answers to questions"
    fields = ("question", "stance")
    autocomplete_fields = ("question",)


class AnswerOfQuestionInline(NewsroomInline):
    model = Answer
    fields = ("assertion", "stance")
    autocomplete_fields = ("assertion",)


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

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if isinstance(formset, EvidenceRows):
            formset.by = editor_of(request)
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


@admin.register(Quantity)
class QuantityAdmin(NewsroomAdmin):
    """Counts, to be found by others that supersede them; they are written with their assertion."""

    list_display = ("in_words", "measure", "as_of", "assertion")
    list_select_related = ("measure", "assertion")
    search_fields = ("measure__name", "assertion__claim", "note")

    def autocomplete_label(self, row: Quantity) -> str:
        when = f", {row.as_of}" if row.as_of else ""
        return f"{row.measure}: {row.in_words()}{when} ({row.assertion.claim[:60]})"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quantity]:
        return super().get_queryset(request).select_related("measure", "assertion")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CountsInline(NewsroomInline):
    """The counts of a measure, to read."""

    model = Quantity
    verbose_name_plural = "counts given"
    fields = ("in_words", "as_of", "counted_by", "assertion")
    readonly_fields = fields
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Question)
class QuestionAdmin(PublishingAdmin):
    """What is in dispute, in words that take no side, and the answers to it."""

    publish_permission = permissions.QUESTIONS
    list_display = ("wording", "state", "opened", "answers_kept")
    ordering = ("wording",)
    search_fields = ("wording", "slug")
    prepopulated_fields = {"slug": ("wording",)}
    fields = ("wording", "slug", "description", "opened")
    inlines = (AnswerOfQuestionInline,)

    def is_on_site(self, row: Question) -> bool:
        return False

    @admin.display(description="answers", ordering="answers_count")
    def answers_kept(self, question: Any) -> int:
        return int(question.answers_count)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        questions: QuerySet[Question] = super().get_queryset(request)
        return questions.annotate(answers_count=Count("answers"))

    def publish(self, row: Question, by: User, at: Any = None) -> None:
        actions.publish_question(row, by, at)

    def withdraw(self, row: Question, by: User, at: Any = None) -> None:
        actions.withdraw_question(row, by, at)


@admin.register(Measure)
class MeasureAdmin(PublishingAdmin):
    """What is counted, and what the count includes."""

    publish_permission = permissions.MEASURES
    list_display = ("name", "state", "counts", "unit")
    list_filter = (StateFilter, "unit")
    search_fields = ("name", "slug", "counts")
    prepopulated_fields = {"slug": ("name",)}
    fields = (("name", "slug"), "counts", ("inclusions", "unit"), "description")
    inlines = (CountsInline,)

    def is_on_site(self, row: Measure) -> bool:
        return False

    def publish(self, row: Measure, by: User, at: Any = None) -> None:
        actions.publish_measure(row, by, at)

    def withdraw(self, row: Measure, by: User, at: Any = None) -> None:
        actions.withdraw_measure(row, by, at)


@admin.register(Review)
class ReviewAdmin(NewsroomAdmin):
    """Decisions, to read: each is kept for ever."""

    list_display = ("assertion", "verdict", "grade", "attribution", "decided_by", "decided_at")
    list_filter = ("verdict", "attribution", "source_reliability", "information_credibility", "decided_by")
    list_select_related = ("assertion", "decided_by")
    search_fields = ("assertion__claim", "reason")
    date_hierarchy = "decided_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
