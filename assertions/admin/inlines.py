"""The rows of an assertion in the admin: who says it, about whom, through whom, how many, and its evidence."""

from typing import Any

from django.db.models import QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest

from articles import staff
from articles.models import Article, Revision
from articles.permissions import REMOVE
from assertions.forms import (
    EvidenceRows,
    InOrder,
    PassageForm,
    RowInOrder,
    SourceForm,
)
from assertions.models import (
    Answer,
    Evidence,
    Link,
    Participant,
    Quantity,
    Relay,
    RivalDate,
    Speaker,
)
from cms.models import User
from cms.workplace.base import (
    NewsroomInline,
    NewsroomStackedInline,
    editor_of,
)


def begins_with_words(request: HttpRequest) -> bool:
    """Tell whether the address names words of a text for a claim to begin with."""
    return "revision" in request.GET and "exact" in request.GET


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
