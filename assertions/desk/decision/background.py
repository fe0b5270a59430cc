"""What a reviewer weighs an assertion against: the same speaker's other words, what opposes it, which questions fit."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from assertions.likeness.alike import becomes, open_proposals
from assertions.models import Answer, Assertion, Link, ProposedLink, Question, Speaker
from assertions.querysets import AssertionQuerySet
from assertions.questions.answering import open_questions, stance_of
from assertions.vocabulary import LinkType, Stance

SHOWN = 6
"""Rows of each kind, the latest; pages of actors and questions have all."""
OPPOSITE = {
    Stance.AFFIRMS: [Stance.DENIES],
    Stance.CONFIRMS: [Stance.DENIES],
    Stance.DENIES: [Stance.AFFIRMS, Stance.CONFIRMS],
}
MAY = {
    LinkType.REPEATS: "may repeat",
    LinkType.UPDATES: "may update",
    LinkType.CONTRADICTS: "may contradict",
    LinkType.DENIES: "may deny",
}
"""What a proposed link says, by the type that it becomes."""
_OPPOSING = [LinkType.CONTRADICTS, LinkType.DENIES]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed link, and the type of link that it becomes when it is taken."""

    row: ProposedLink
    type: LinkType

    @property
    def words(self) -> str:
        """How the one may bear on the other: nobody has confirmed it."""
        return MAY[self.type]


@dataclass(frozen=True, slots=True)
class Background:
    """What stands around an assertion. Rejected assertions are left out of all of it."""

    same_speaker: list[Assertion]
    same_party: list[Assertion]
    """What others say who speak for the same party, or for the speaker."""
    opposing_links: list[Link]
    opposing_answers: list[Answer]
    proposed_links: list[Proposed]
    answers: list[Answer]
    fitting_questions: list[Question]
    stance: str
    """The stance that the act suggests towards a question that asks for the proposition; "" for none."""


def background(assertion: Assertion) -> Background:
    """Return what stands around an assertion, in a number of queries that does not grow with it.

    ``speakers``, ``topics`` and ``answers__question`` may be prefetched.
    """
    answers = list(assertion.answers.all())
    topics = [topic.pk for topic in assertion.topics.all()]
    speakers = assertion.speakers.all()
    persons = {speaker.actor_id for speaker in speakers if speaker.actor_id is not None}
    parties = {speaker.speaks_for_id for speaker in speakers if speaker.speaks_for_id is not None}
    on_the_same = _on_the_same(assertion, answers, topics)
    by_the_same = Q(Exists(Speaker.objects.filter(assertion=OuterRef("pk"), actor__in=persons)))
    return Background(
        same_speaker=list(on_the_same.filter(by_the_same)[:SHOWN]),
        same_party=list(on_the_same.voiced_by(persons | parties).exclude(by_the_same)[:SHOWN]),
        opposing_links=list(_opposing_links(assertion)[:SHOWN]),
        opposing_answers=list(_opposing_answers(assertion, answers)[:SHOWN]),
        proposed_links=[Proposed(row, becomes(row)) for row in _proposed_links(assertion)[:SHOWN]],
        answers=answers,
        fitting_questions=list(_fitting_questions(answers, topics)[:SHOWN]),
        stance=stance_of(assertion) or "",
    )


def _on_the_same(assertion: Assertion, answers: list[Answer], topics: list[int]) -> AssertionQuerySet:
    """Return the other assertions on the same questions or topics, the latest first."""
    if not (answers or topics):
        return Assertion.objects.none()
    on_the_same = Q(answers__question__in=[answer.question_id for answer in answers]) | Q(
        tagged__tag__in=topics
    )
    found = Assertion.objects.filter(on_the_same).exclude(pk=assertion.pk)
    return (
        Assertion.objects.not_rejected()
        .filter(pk__in=found.values("pk"))
        .prefetch_related("speakers__actor", "speakers__speaks_for", "reviews", "answers__question")
        .order_by(F("said_range").desc(nulls_last=True), "-pk")
    )


def _with_one_that_stands(assertion: Assertion) -> Q:
    """Return the condition that a link joins an assertion with one that is not rejected."""
    others = Assertion.objects.not_rejected().values("pk")
    return Q(source=assertion, target__in=others) | Q(target=assertion, source__in=others)


def _opposing_links(assertion: Assertion) -> QuerySet[Link]:
    return (
        Link.objects.filter(_with_one_that_stands(assertion), type__in=_OPPOSING)
        .select_related("source", "target")
        .prefetch_related("source__speakers__actor", "target__speakers__actor")
        .order_by("-pk")
    )


def _opposing_answers(assertion: Assertion, answers: list[Answer]) -> QuerySet[Answer]:
    opposed = Q()
    for answer in answers:
        if against := OPPOSITE.get(Stance(answer.stance)):
            opposed |= Q(question=answer.question_id, stance__in=against)
    if not opposed:
        return Answer.objects.none()
    return (
        Answer.objects.filter(opposed, assertion__in=Assertion.objects.not_rejected().values("pk"))
        .exclude(assertion=assertion)
        .select_related("assertion", "question")
        .prefetch_related("assertion__speakers__actor", "assertion__reviews")
        .order_by(F("assertion__said_range").desc(nulls_last=True), "-pk")
    )


def _proposed_links(assertion: Assertion) -> QuerySet[ProposedLink]:
    return (
        open_proposals()
        .filter(_with_one_that_stands(assertion))
        .select_related("source", "target")
        .prefetch_related("source__speakers__actor", "target__speakers__actor")
        .order_by("-similarity", "pk")
    )


def _fitting_questions(answers: list[Answer], topics: list[int]) -> QuerySet[Question]:
    """Return the open questions that most assertions of the same topics answer, without its own."""
    return (
        open_questions(timezone.now())
        .filter(answers__assertion__tagged__tag__in=topics)
        .exclude(pk__in=[answer.question_id for answer in answers])
        .annotate(shared=Count("answers__assertion", distinct=True), latest=Max("answers__pk"))
        .order_by("-shared", "-latest")
        if topics
        else Question.objects.none()
    )
