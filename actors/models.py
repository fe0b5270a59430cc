"""Actors: the people, states, bodies and companies that the coverage names, and every name they go by."""

from datetime import datetime

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, GeneratedField, Q
from django.db.models.functions import Now
from django.urls import reverse

from actors.querysets import ActorQuerySet
from actors.tokens import can_stand_in_text
from cms.dates import EdtfField, EdtfRange
from cms.periods import LivePeriod, past_is_past, whole_period


class ActorKind(models.TextChoices):
    """What an actor is, after the schemata of FollowTheMoney."""

    PERSON = "person", "person"
    STATE = "state", "state"
    PUBLIC_BODY = "public_body", "public body"
    ARMED_FORCE = "armed_force", "armed force"
    INTERGOVERNMENTAL_ORGANISATION = "intergovernmental_organisation", "intergovernmental organisation"
    ORGANISATION = "organisation", "organisation"
    COMPANY = "company", "company"
    VESSEL = "vessel", "vessel"
    MEDIA = "media", "media"
    COLLECTIVE = "collective", "collective"


class NameKind(models.TextChoices):
    """What sort of name it is; it decides how the name is matched in texts."""

    NAME = "name", "name"
    SPELLING = "spelling", "spelling"
    OFFICIAL = "official", "official name"
    ABBREVIATION = "abbreviation", "abbreviation"
    TITLE = "title", "title"
    METONYM = "metonym", "metonym"
    DEMONYM = "demonym", "demonym"
    EPITHET = "epithet", "epithet"
    FORMER = "former", "former name"
    ERROR = "error", "error seen in coverage"


def names_nobody_merged(*columns: str, name: str = "names_nobody_merged") -> pgtrigger.Trigger:
    """Return a trigger that refuses a reference to an actor that was merged into another, in one of the columns.

    The actors are locked against merging until the commit, so that a merge finds each row that refers to them: the
    foreign keys alone, which are checked at the commit, would let one pass that was written at the same time. A row
    that keeps its references, as when its other columns are saved, locks nobody: it would wait for a merge that waits
    for the row.
    """
    keys = ", ".join(f"NEW.{column}" for column in columns)
    before = ", ".join(f"OLD.{column}" for column in columns)
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(*columns),
        when=pgtrigger.Before,
        declare=[("gone", "text")],
        func=f"""
            IF TG_OP = 'UPDATE' AND ROW({keys}) IS NOT DISTINCT FROM ROW({before}) THEN
                RETURN NEW;
            END IF;
            PERFORM FROM actors_actor WHERE id IN ({keys}) ORDER BY id FOR KEY SHARE;
            SELECT slug INTO gone FROM actors_actor WHERE id IN ({keys}) AND merged_into_id IS NOT NULL LIMIT 1;
            IF gone IS NOT NULL THEN
                RAISE check_violation USING MESSAGE = format(
                    'the actor %s was merged into another: choose that one', gone);
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - the columns are written in the models
    )


def names_nobody_merged_at_once(column: str) -> tuple[pgtrigger.Trigger, ...]:
    """Return triggers that do what ``names_nobody_merged`` does, once a statement: for rows that come by thousands.

    Rows are told by their keys, so that one which newly refers to an actor counts, though another one did before.
    """
    name = "names_nobody_merged"
    new = f"SELECT id, {column} AS actor_id FROM written"  # noqa: S608 - the column is written in the models
    before = f"SELECT id, {column} FROM before_it"  # noqa: S608
    return (
        _names_in(name, pgtrigger.Insert, pgtrigger.Referencing(new="written"), new),
        _names_in(
            f"{name}_now",
            pgtrigger.Update,
            pgtrigger.Referencing(old="before_it", new="written"),
            f"{new} EXCEPT {before}",
        ),
    )


def _names_in(
    name: str, operation: pgtrigger.Operation, referencing: pgtrigger.Referencing, rows: str
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.After,
        level=pgtrigger.Statement,
        referencing=referencing,
        declare=[("keys", "bigint[]"), ("gone", "text")],
        func=f"""
            SELECT array_agg(DISTINCT actor_id) INTO keys FROM ({rows}) rows WHERE actor_id IS NOT NULL;
            PERFORM FROM actors_actor WHERE id = ANY(keys) ORDER BY id FOR KEY SHARE;
            SELECT slug INTO gone FROM actors_actor WHERE id = ANY(keys) AND merged_into_id IS NOT NULL LIMIT 1;
            IF gone IS NOT NULL THEN
                RAISE check_violation USING MESSAGE = format(
                    'the actor %s was merged into another: choose that one', gone);
            END IF;
            RETURN NULL;
        """,  # noqa: S608
    )


@pghistory.track()
class Actor(LivePeriod):
    """Somebody or something that acts, speaks or is spoken of."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=300, help_text="As the newsroom writes it.")
    kind = models.CharField(max_length=32, choices=ActorKind.choices)
    country = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="belonging",
        limit_choices_to={"kind": ActorKind.STATE},
        help_text="The state it belongs to.",
    )
    family_name_first = models.BooleanField(
        default=False,
        help_text="The family name stands first, so that the first word of the name may stand alone.",
    )
    description = models.TextField(blank=True, default="", help_text="One or two sentences that readers see.")
    note = models.TextField(
        "note for editors", blank=True, default="", help_text="Traps and doubts; never public."
    )
    wikidata = models.CharField(
        max_length=20, blank=True, default="", validators=[RegexValidator(r"^Q[1-9]\d*$")]
    )
    iso3166_1_alpha2 = models.CharField("ISO 3166-1 alpha-2", max_length=2, blank=True, default="")
    iso3166_1_alpha3 = models.CharField("ISO 3166-1 alpha-3", max_length=3, blank=True, default="")
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        help_text="The actor that it turned out to be.",
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        triggers = [
            past_is_past(),
            names_nobody_merged("country_id"),
            # Apart: the one that an actor was merged into may itself be merged later, and the country of both change.
            names_nobody_merged("merged_into_id", name="merged_into_nobody_merged"),
        ]
        permissions = [("publish_actor", "Can publish and withdraw actors")]
        constraints = [
            whole_period(),
            models.CheckConstraint(condition=Q(name__regex=r"^\S(.*\S)?$"), name="actor_name_not_blank"),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                name="actor_slug_is_plain",
                violation_error_message="Small letters, digits and single hyphens only: some-name.",
            ),
            models.CheckConstraint(condition=Q(kind__in=ActorKind.values), name="actor_kind_known"),
            models.CheckConstraint(
                condition=Q(wikidata="") | Q(wikidata__regex=r"^Q[1-9]\d*$"), name="actor_wikidata_is_item"
            ),
            models.CheckConstraint(
                condition=(
                    Q(iso3166_1_alpha2="") | Q(iso3166_1_alpha2__regex="^[A-Z]{2}$", kind=ActorKind.STATE)
                )
                & (Q(iso3166_1_alpha3="") | Q(iso3166_1_alpha3__regex="^[A-Z]{3}$", kind=ActorKind.STATE)),
                name="actor_iso3166_only_for_states",
                violation_error_message="Only a state has ISO 3166 codes: two capital letters, and three.",
            ),
            models.CheckConstraint(
                condition=~Q(country=F("id")),
                name="actor_not_in_itself",
                violation_error_message="An actor cannot be its own country.",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")),
                name="actor_not_merged_into_itself",
                violation_error_message="An actor cannot be merged into itself.",
            ),
            models.UniqueConstraint(
                fields=["wikidata"],
                condition=~Q(wikidata="") & Q(merged_into=None),
                name="actor_wikidata_once",
                violation_error_message="Another actor has this Wikidata item.",
            ),
            models.UniqueConstraint(
                fields=["iso3166_1_alpha2"],
                condition=~Q(iso3166_1_alpha2="") & Q(merged_into=None),
                name="actor_alpha2_once",
                violation_error_message="Another state has this code.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actors:actor", args=[self.slug])

    def is_public(self, at: datetime | None = None) -> bool:
        """Tell whether it is public at an instant, now by default; one that was merged into another never is."""
        return self.merged_into_id is None and super().is_public(at)


@pghistory.track()
class ActorName(models.Model):
    """One name of one actor in one language: how it is found in texts."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=300)
    language = models.CharField(max_length=35, default="en", help_text="BCP 47: en, ko, ru …")
    script = models.CharField(max_length=4, blank=True, default="", help_text="ISO 15924: Latn, Hang, Cyrl …")
    kind = models.CharField(max_length=16, choices=NameKind.choices, default=NameKind.SPELLING)
    is_ambiguous = models.BooleanField(
        "ambiguous", default=False, help_text="Names others too: never resolved by itself."
    )
    valid_from = EdtfField()
    valid_to = EdtfField()
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["kind", "language", "text"]
        constraints = [
            models.UniqueConstraint(fields=["actor", "text", "language", "kind"], name="actor_name_once"),
            models.CheckConstraint(
                condition=Q(text__regex=r"^[^\s[:cntrl:]]([^[:cntrl:]]*[^\s[:cntrl:]])?$"),
                name="actor_name_is_one_line",
            ),
            models.CheckConstraint(condition=Q(kind__in=NameKind.values), name="actor_name_kind_known"),
            models.CheckConstraint(
                condition=Q(script="") | Q(script__regex="^[A-Z][a-z]{3}$"),
                name="actor_name_script_is_code",
                violation_error_message="Write the script as an ISO 15924 code: Latn, Hang, Cyrl.",
            ),
            models.CheckConstraint(
                condition=Q(language__regex=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
                name="actor_name_language_is_tag",
                violation_error_message="Write the language as a BCP 47 tag: en, ko, ru, zh-Hant.",
            ),
        ]
        triggers = [names_nobody_merged("actor_id")]
        indexes = [
            models.Index(fields=["text"]),
            GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="actor_name_trigrams"),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        if not can_stand_in_text(self.text):
            raise ValidationError(
                {"text": "A name has a letter or a digit and stands on one line; else no text can name it."}
            )


@pghistory.track(exclude=["period"])
class Affiliation(models.Model):
    """Who held what position where, from when to when, and who says so."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="affiliations")
    position = models.CharField(max_length=300)
    organisation = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="affiliated"
    )
    place = models.CharField(max_length=200, blank=True, default="")
    started = EdtfField()
    ended = EdtfField()
    source = models.CharField(max_length=300, blank=True, default="")
    period = GeneratedField(
        expression=Func(
            Func(EdtfRange("started"), function="lower"),
            Func(EdtfRange("ended"), function="upper"),
            function="daterange",
        ),
        output_field=DateRangeField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["actor", "-started", "position"]
        triggers = [names_nobody_merged("actor_id", "organisation_id")]
        constraints = [
            models.CheckConstraint(condition=~Q(position=""), name="affiliation_position_not_blank"),
            models.CheckConstraint(
                condition=~Q(organisation=F("actor")),
                name="affiliation_not_with_itself",
                violation_error_message="An actor holds no position in itself.",
            ),
            models.UniqueConstraint(
                fields=["actor", "position", "organisation", "started"],
                name="affiliation_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor}, {self.position}"


class IdentityJudgement(models.Model):
    """Whether two actors are one: a recorded, revocable judgement; nothing is moved or merged by it."""

    class Verdict(models.TextChoices):
        SAME = "same", "the same"
        DIFFERENT = "different", "not the same"
        UNSURE = "unsure", "unsure"

    left = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    reason = models.TextField(blank=True, default="")
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(db_default=Now(), editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-judged_at"]
        triggers = [names_nobody_merged("left_id", "right_id")]
        constraints = [
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="identity_judgement_ordered_pair"),
            models.UniqueConstraint(
                fields=["left", "right"], condition=Q(revoked_at=None), name="identity_judgement_one_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left} and {self.right}: {self.get_verdict_display()}"


class Merge(models.Model):
    """That one actor was merged into another, and all that was moved by it, so that it can be taken apart again."""

    kept = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="merges_away")
    reason = models.TextField(blank=True, default="")
    moved = models.JSONField(help_text="Each row that was changed or set aside, as it was.")
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_at = models.DateTimeField(db_default=Now(), editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-merged_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_of_two"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="merge_one_standing"
            ),
        ]
        permissions = [("merge_actor", "Can merge actors and take them apart")]

    def __str__(self) -> str:
        return f"{self.merged} merged into {self.kept}"
