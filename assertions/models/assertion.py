"""The assertion and what belongs to its claim: speakers, participants, relays, rival dates, topics."""

import secrets

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, GeneratedField, Q, Value, When
from django.db.models.functions import Now
from django.urls import reverse
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from actors.models import Actor, names_nobody_merged
from articles.models import Topic
from assertions.querysets import AssertionQuerySet
from assertions.vocabulary import Certainty, DateKind, EventClass, ParticipantRole, Polarity, SpeechAct
from cms.dates import EdtfField, EdtfRange
from cms.fulltext import document

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_OPEN_ACTS = [SpeechAct.DECLINES, SpeechAct.EVADES, SpeechAct.DOES_NOT_KNOW, SpeechAct.QUESTIONS]


def random_identifier() -> str:
    """Return 10 characters of Crockford's base 32 (50 random bits): a public identifier that tells nothing."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


@pghistory.track(exclude=["polarity", "said_range", "happened_range", "published_range", "search"])
class Assertion(models.Model):  # type: ignore[django-manager-missing]  # taggit has no types
    """One saying: an act, applied to a proposition, by somebody, on some day.

    The proposition stands without its speaker, hedge and denial: "denies sending" is the act *denies* on the sending;
    ``negated`` is only for a negation inside the proposition.
    """

    identifier = models.CharField(max_length=10, unique=True, default=random_identifier, editable=False)
    record_id = models.CharField(
        "record",
        max_length=100,
        blank=True,
        default="",
        db_index=True,
        help_text="Its id in an outside data set.",
    )
    claim = models.TextField(
        "proposition", help_text="A full sentence that the act applies to, without speaker, hedge and denial."
    )
    act = models.CharField("speech act", max_length=16, choices=SpeechAct.choices, default=SpeechAct.STATES)
    negated = models.BooleanField(default=False, help_text="Only for a negation inside the proposition.")
    polarity = GeneratedField(
        expression=Case(
            When(act__in=_OPEN_ACTS, then=Value(Polarity.OPEN)),
            When(Q(act=SpeechAct.DENIES, negated=False), then=Value(Polarity.NEGATIVE)),
            When(Q(negated=True) & ~Q(act=SpeechAct.DENIES), then=Value(Polarity.NEGATIVE)),
            default=Value(Polarity.AFFIRMATIVE),
        ),
        output_field=models.CharField(max_length=16, choices=Polarity.choices),
        db_persist=True,
    )
    event_class = models.CharField(
        "event class (PLOVER)", max_length=16, choices=EventClass.choices, blank=True, default=""
    )
    certainty = models.CharField(max_length=16, choices=Certainty.choices, default=Certainty.UNDERSPECIFIED)
    hedge = models.CharField(max_length=300, blank=True, default="", help_text="The words that limit it.")
    condition = models.CharField(max_length=300, blank=True, default="", help_text="The if-part, in words.")
    place = models.CharField(max_length=200, blank=True, default="", help_text="Where it was said.")
    said = EdtfField()
    said_range = GeneratedField(expression=EdtfRange("said"), output_field=DateRangeField(), db_persist=True)
    happened = EdtfField()
    happened_range = GeneratedField(
        expression=EdtfRange("happened"), output_field=DateRangeField(), db_persist=True
    )
    published = EdtfField()
    published_range = GeneratedField(
        expression=EdtfRange("published"), output_field=DateRangeField(), db_persist=True
    )
    note = models.TextField("note for reviewers", blank=True, default="")
    claim_version = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text="Counts changes of the claim; a review holds for the version it saw.",
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    proposed_rule = models.CharField(max_length=100, blank=True, default="", editable=False)
    confidence = models.FloatField(
        null=True,
        blank=True,
        editable=False,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="The measured precision of the rule.",
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    search = document("claim", "condition", "hedge", "place")

    topics = TaggableManager(through="assertions.TaggedAssertion", blank=True)

    objects = AssertionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        permissions = [("decide_assertion", "Can decide on assertions")]
        constraints = [
            models.CheckConstraint(condition=Q(claim__regex=r"\S"), name="assertion_claim_not_blank"),
            models.CheckConstraint(condition=Q(act__in=SpeechAct.values), name="assertion_act_known"),
            models.CheckConstraint(
                condition=Q(certainty__in=Certainty.values), name="assertion_certainty_known"
            ),
            models.CheckConstraint(
                condition=Q(event_class__in=["", *EventClass.values]), name="assertion_event_class_known"
            ),
            models.CheckConstraint(
                condition=Q(confidence=None, proposed_rule="")
                | Q(confidence__gte=0, confidence__lte=1) & ~Q(proposed_rule=""),
                name="assertion_rule_has_confidence",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="assertion_newest_first"),
            GinIndex(fields=["search"], name="assertion_search"),
            GinIndex(fields=["claim"], opclasses=["gin_trgm_ops"], name="assertion_claim_trigrams"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="claim_version_counts",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    IF (OLD.claim, OLD.act, OLD.negated, OLD.event_class, OLD.certainty, OLD.hedge, OLD.condition,
                        OLD.place, OLD.said, OLD.happened, OLD.published)
                       IS DISTINCT FROM
                       (NEW.claim, NEW.act, NEW.negated, NEW.event_class, NEW.certainty, NEW.hedge, NEW.condition,
                        NEW.place, NEW.said, NEW.happened, NEW.published) THEN
                        NEW.claim_version := OLD.claim_version + 1;
                    ELSIF NEW.claim_version < OLD.claim_version THEN
                        NEW.claim_version := OLD.claim_version;
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.claim

    def get_absolute_url(self) -> str:
        return reverse("assertions:assertion", args=[self.identifier])


def part_of_the_claim() -> pgtrigger.Trigger:
    """Return a trigger on rows with an ``assertion_id``: changing them changes the claim, which returns to review."""
    return pgtrigger.Trigger(
        name="part_of_the_claim",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.After,
        func="""
            IF NEW IS DISTINCT FROM OLD THEN
                UPDATE assertions_assertion SET claim_version = claim_version + 1
                WHERE id IN (OLD.assertion_id, NEW.assertion_id);
            END IF;
            RETURN NULL;
        """,
    )


class Party(models.Model):
    """Somebody in a claim: an actor, or a description of one that nobody has identified."""

    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)s_in"
    )
    description = models.CharField(
        max_length=300, blank=True, default="", help_text="“a top general”: where no actor is named."
    )
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True
        ordering = ["assertion", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(actor__isnull=False, description="") | Q(actor=None) & ~Q(description=""),
                name="%(class)s_actor_or_description",
                violation_error_message="Choose an actor, or describe one who is not named: one of the two.",
            ),
            models.UniqueConstraint(
                fields=["assertion", "actor"],
                condition=Q(actor__isnull=False),
                name="%(class)s_once",
                violation_error_message="This actor is in it already.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.actor) if self.actor else self.description


@pghistory.track()
class Speaker(Party):
    """One who says it, with the office then and whom it is said for. No speaker is the article's own voice."""

    assertion = models.ForeignKey(Assertion, on_delete=models.CASCADE, related_name="speakers")
    possible_identity = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="possibly_speaker_in",
        help_text="Who the described one may be; never merged.",
    )
    office = models.CharField("role then", max_length=300, blank=True, default="")
    speaks_for = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="spoken_for_in"
    )

    class Meta(Party.Meta):
        constraints = [
            *Party.Meta.constraints,
            models.CheckConstraint(
                condition=Q(possible_identity=None) | Q(actor=None),
                name="speaker_identity_only_of_described",
                violation_error_message="A possible identity is for a speaker who is described, not for a named actor.",
            ),
        ]
        triggers = [
            part_of_the_claim(),
            names_nobody_merged("actor_id", "possible_identity_id", "speaks_for_id"),
        ]


@pghistory.track()
class Participant(Party):
    """A subject, an object or an addressee."""

    assertion = models.ForeignKey(Assertion, on_delete=models.CASCADE, related_name="participants")
    role = models.CharField(max_length=16, choices=ParticipantRole.choices)

    class Meta(Party.Meta):
        constraints = [
            Party.Meta.constraints[0],
            models.UniqueConstraint(
                fields=["assertion", "role", "actor"],
                condition=Q(actor__isnull=False),
                name="participant_once",
                violation_error_message="This actor has that part already.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=ParticipantRole.values), name="participant_role_known"
            ),
        ]
        triggers = [part_of_the_claim(), names_nobody_merged("actor_id")]


@pghistory.track()
class Relay(Party):
    """One through whom it came, in order: position 1 is nearest to the speaker."""

    assertion = models.ForeignKey(Assertion, on_delete=models.CASCADE, related_name="relays")

    class Meta(Party.Meta):
        constraints = [
            *Party.Meta.constraints,
            models.UniqueConstraint(
                fields=["assertion", "position"],
                name="relay_position_once",
                violation_error_message="Two of the relay chain have the same place in it.",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        triggers = [part_of_the_claim(), names_nobody_merged("actor_id")]


@pghistory.track(exclude=["days"])
class RivalDate(models.Model):
    """Another date that a source gives for the same thing; it stands beside, and replaces nothing."""

    assertion = models.ForeignKey(Assertion, on_delete=models.CASCADE, related_name="rival_dates")
    of = models.CharField(max_length=16, choices=DateKind.choices)
    date = EdtfField(blank=False)
    days = GeneratedField(expression=EdtfRange("date"), output_field=DateRangeField(), db_persist=True)
    given_by = models.CharField(max_length=300)

    class Meta:
        ordering = ["assertion", "of", "date"]
        constraints = [
            models.UniqueConstraint(fields=["assertion", "of", "date"], name="rival_date_once"),
            models.CheckConstraint(condition=~Q(date=""), name="rival_date_not_blank"),
        ]
        triggers = [part_of_the_claim()]

    def __str__(self) -> str:
        return f"{self.date} ({self.given_by})"


class TaggedAssertion(ItemBase):
    """A topic of an assertion."""

    content_object = models.ForeignKey(Assertion, on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="tagged_assertions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="assertion_topic_once")]
