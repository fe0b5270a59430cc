"""Which claims a question waits for: those that fit it and answer none, and the stance that they would take."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from actors.models import Actor
from assertions.models import Answer, Assertion, Question, Review, Speaker, TaggedAssertion
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


def fits(questions: Iterable[Question]) -> dict[int, set[int]]:
    """Return by question the keys of the accepted assertions on no question that fit it.

    One fits if it shares a topic with a claim that answers the question, and its voice (who speaks, or for whom)
    answers it too or is one of the two sides that the site follows. Five queries, however many questions.
    """
    keys = [question.pk for question in questions]
    answers = Answer.objects.filter(
        question__in=keys, assertion__in=Assertion.objects.not_rejected().values("pk")
    )
    topics = _grouped(answers.values_list("question", "assertion__tagged__tag").distinct())
    sides = list(Actor.objects.filter(slug__in=settings.RELATIONSHIP).values_list("pk", flat=True))
    speaking = answers.values_list(
        "question", "assertion__speakers__actor", "assertion__speakers__speaks_for"
    )
    voices = _grouped(
        (question, voice) for question, *named in speaking.distinct() for voice in (*named, *sides)
    )
    tagged = TaggedAssertion.objects.filter(content_object__in=unplaced().values("pk"))
    tags = _grouped(tagged.filter(tag__in=_all(topics)).values_list("content_object", "tag"))
    known = list(_all(voices))
    spoken = Speaker.objects.filter(Q(actor__in=known) | Q(speaks_for__in=known), assertion__in=list(tags))
    heard = _grouped(
        (assertion, voice)
        for assertion, *named in spoken.values_list("assertion", "actor", "speaks_for")
        for voice in named
    )
    return {
        key: {
            assertion
            for assertion, said_by in heard.items()
            if not said_by.isdisjoint(voices.get(key, ()))
            and not tags[assertion].isdisjoint(topics.get(key, ()))
        }
        for key in keys
    }


def waiting_for_questions(at: datetime) -> int:
    """Return how many accepted assertions on no question fit one that is open at an instant."""
    return len(set().union(*fits(open_questions(at)).values()))


def _grouped(pairs: Iterable[tuple[int, int | None]]) -> dict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        # A described speaker has no key: nobody is like nobody.
        if other is not None:
            found[one].add(other)
    return dict(found)


def _all(sets: Mapping[int, set[int]]) -> set[int]:
    return set().union(*sets.values())


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
