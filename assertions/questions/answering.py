"""Which claims a question waits for: those that fit it and answer none, and the stance that they would take."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from assertions.models import Answer, Assertion, Question, Review
from assertions.querysets import AssertionQuerySet
from assertions.questions.positions import Change, Party, Position, changes_in, positions_of, with_positions
from assertions.vocabulary import Polarity, SpeechAct, Stance, Verdict

_OPEN = {
    SpeechAct.DECLINES: Stance.DECLINES,
    SpeechAct.EVADES: Stance.EVADES,
    SpeechAct.DOES_NOT_KNOW: Stance.DOES_NOT_KNOW,
    SpeechAct.QUESTIONS: Stance.DOES_NOT_KNOW,
}
_AHEAD = (SpeechAct.THREATENS, SpeechAct.DEMANDS, SpeechAct.PROMISES, SpeechAct.PREDICTS)


def stance_of(assertion: Assertion) -> Stance | None:
    """Return the stance that act, polarity and condition propose towards a question that asks for the proposition.

    ================================================  ===========  ========================  ========
    Act                                               Affirmative  Affirmative, conditional  Negative
    ================================================  ===========  ========================  ========
    states, alleges, denies                           affirms      conditional               denies
    confirms                                          confirms     conditional               denies
    threatens, demands, promises, predicts            None         conditional               denies
    ================================================  ===========  ========================  ========

    Declines, evades and does not know are stances of their own; who questions it does not know either. The
    affirmative of "denies" is the denial of a negation. A threat, demand, promise or prediction puts something
    forward without saying that it is so: for that nothing is proposed, and somebody has to choose. A question whose
    wording turns the proposition round needs the opposite of what is proposed.
    """
    act = SpeechAct(assertion.act)
    if act in _OPEN:
        return _OPEN[act]
    if assertion.polarity == Polarity.NEGATIVE:
        return Stance.DENIES
    if assertion.condition:
        return Stance.CONDITIONAL
    if act in _AHEAD:
        return None
    return Stance.CONFIRMS if act == SpeechAct.CONFIRMS else Stance.AFFIRMS


def open_questions(at: datetime) -> QuerySet[Question]:
    """Return the questions that are not withdrawn at an instant; drafts and what is to come are open."""
    return Question.objects.filter(Q(live__isnull=True) | Q(live__upper_inf=True) | Q(live__endswith__gt=at))


def unplaced() -> AssertionQuerySet:
    """Return the accepted assertions that answer no question."""
    # The same as ``accepted`` now; asked of all claims at once it has to be one pass over the reviews, not a look at
    # the reviews of each claim.
    latest = Review.objects.order_by("assertion_id", "-decided_at", "-id").distinct("assertion_id")
    accepting = Review.objects.filter(
        pk__in=latest.values("pk"), verdict=Verdict.ACCEPT, claim_version=F("assertion__claim_version")
    )
    placed = Answer.objects.filter(assertion=OuterRef("pk"))
    return Assertion.objects.filter(~Exists(placed), pk__in=accepting.values("assertion"))


def fitting(question: Question) -> AssertionQuerySet:
    """Return the accepted assertions on no question that fit one.

    One fits if it shares a topic with a claim that answers the question, and its voice (who speaks, or for whom)
    answers it too or is one of the two sides that the site follows. A described speaker is like nobody.
    """
    pairs, parameters = _pairs([question.pk])
    rows = RawSQL(f"SELECT assertion FROM ({pairs}) pairs", parameters)  # noqa: S608, S611 – no value is in it
    return Assertion.objects.filter(pk__in=rows)


def count_fitting(questions: Collection[Question]) -> dict[int | None, int]:
    """Return by question how many assertions fit it, where any do; at None how many fit one at least. One query."""
    if not questions:
        return {None: 0}
    pairs, parameters = _pairs([question.pk for question in questions])
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT question, count(DISTINCT assertion) FROM ({pairs}) pairs
             GROUP BY GROUPING SETS ((question), ())
            """,  # noqa: S608 – no value is in it
            parameters,
        )
        return dict(cursor.fetchall())


def waiting_for_questions(at: datetime) -> int:
    """Return how many accepted assertions on no question fit one that is open at an instant. Two queries."""
    return count_fitting(open_questions(at))[None]


def _pairs(questions: Sequence[int]) -> tuple[str, list[Any]]:
    """Return the SQL that selects ``question`` and ``assertion`` of what fits (see ``fitting``), and its parameters.

    The claims that wait and the answers are each read once, whatever the number of questions: in the other order,
    PostgreSQL would look at the reviews of a claim anew for each topic that it shares with a question.
    """
    answers = Answer.objects.filter(
        question__in=questions, assertion__in=Assertion.objects.not_rejected().values("pk")
    )
    answered, of_answers = answers.order_by().values("question", "assertion").query.sql_with_params()
    waiting, of_waiting = unplaced().order_by().values("pk").query.sql_with_params()
    sql = f"""
        WITH answered (question, assertion) AS MATERIALIZED ({answered}),
        waiting (assertion) AS MATERIALIZED ({waiting}),
        topic AS (
            SELECT DISTINCT question, tag_id
              FROM answered JOIN assertions_taggedassertion ON content_object_id = assertion
        ),
        voice AS (
            SELECT question, actor FROM answered JOIN assertions_speaker ON assertion_id = assertion
             CROSS JOIN LATERAL (VALUES (actor_id), (speaks_for_id)) named (actor)
            UNION
            SELECT question, id FROM answered, actors_actor WHERE slug = ANY(%s)
        ),
        heard AS (
            SELECT DISTINCT question, assertion FROM waiting JOIN assertions_speaker ON assertion_id = assertion
             CROSS JOIN LATERAL (VALUES (actor_id), (speaks_for_id)) named (actor) JOIN voice USING (actor)
        )
        SELECT DISTINCT question, assertion FROM heard
          JOIN assertions_taggedassertion ON content_object_id = assertion
          JOIN topic USING (question, tag_id)
    """  # noqa: S608 – Django itself composed it
    return sql, [*of_answers, *of_waiting, list(settings.RELATIONSHIP)]


@dataclass(frozen=True, slots=True)
class Prospect:
    """What further answers would do to the changes of position that are told of a question.

    ``untold`` are those that would be told no more, because the order in which they were said would not be certain
    any more; the answers that they join stay.
    """

    told: list[Change]
    untold: list[Change]


def prospect(positions: Sequence[Position], answers: Collection[Answer], sides: Sequence[Party]) -> Prospect:
    """Return what answers that nobody has saved yet would change. Their assertions come from ``to_answer``."""
    by_side = {side.key: side for side in sides}
    more = [position for answer in answers for position in positions_of(answer, by_side)]
    now, then = changes_in(positions), changes_in([*positions, *more])
    before, after = {_key(change) for change in now}, {_key(change) for change in then}
    return Prospect(
        [change for change in then if _key(change) not in before],
        [change for change in now if _key(change) not in after],
    )


def to_answer(identifiers: Collection[str]) -> dict[str, Assertion]:
    """Return by identifier the assertions that could be put on a question, with what ``prospect`` reads of them."""
    counted = Assertion.objects.not_rejected()
    found = with_positions(counted).filter(identifier__in=identifiers, pk__in=counted.values("pk"))
    return {assertion.identifier: assertion for assertion in found}


def _key(change: Change) -> tuple[str, int, int]:
    return change.party.key, change.before.assertion.pk, change.after.assertion.pk
