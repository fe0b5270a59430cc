"""An assertion in words: its stance mark, the sentence that says who does what, and what its grade means.

No word is put into a claim: what the act, the negation, the certainty and the condition add stands before
it. Reads only what is prefetched with the assertion (``AssertionQuerySet.for_ledger``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from assertions.models import Answer, Assertion, Evidence, Link, Review
from assertions.models.assertion import Party, Speaker
from assertions.vocabulary import (
    Attribution,
    Certainty,
    DenialAspect,
    Departure,
    InformationCredibility,
    LinkType,
    Polarity,
    SourceReliability,
    SpeechAct,
    Stance,
)

ARTICLE_VOICE = "the article’s own voice"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stance mark: a shape, the word beside it, and the name of its colour (a class of the stylesheet)."""

    shape: str
    word: str
    colour: str


_SHAPES = {
    Stance.AFFIRMS: "●",
    Stance.CONFIRMS: "◉",
    Stance.DENIES: "✕",
    Stance.EVADES: "≈",
    Stance.CONDITIONAL: "◐",
    Stance.DECLINES: "–",
    Stance.DOES_NOT_KNOW: "?",
}
_STANCES = {
    SpeechAct.STATES: Stance.AFFIRMS,
    SpeechAct.ALLEGES: Stance.AFFIRMS,
    SpeechAct.CONFIRMS: Stance.CONFIRMS,
    SpeechAct.DECLINES: Stance.DECLINES,
    SpeechAct.EVADES: Stance.EVADES,
    SpeechAct.DOES_NOT_KNOW: Stance.DOES_NOT_KNOW,
    SpeechAct.QUESTIONS: Stance.DOES_NOT_KNOW,
}
# The act after one speaker, and after several; what follows is the claim.
_PHRASES = {
    SpeechAct.STATES: ("states that", "state that"),
    SpeechAct.ALLEGES: ("alleges that", "allege that"),
    SpeechAct.DENIES: ("denies that", "deny that"),
    SpeechAct.CONFIRMS: ("confirms that", "confirm that"),
    SpeechAct.DECLINES: ("declines to say whether", "decline to say whether"),
    SpeechAct.EVADES: ("evades the question whether", "evade the question whether"),
    SpeechAct.DOES_NOT_KNOW: ("does not know whether", "do not know whether"),
    SpeechAct.THREATENS: ("threatens that", "threaten that"),
    SpeechAct.DEMANDS: ("demands that", "demand that"),
    SpeechAct.PROMISES: ("promises that", "promise that"),
    SpeechAct.PREDICTS: ("predicts that", "predict that"),
    SpeechAct.QUESTIONS: ("questions whether", "question whether"),
}
# What the certainty adds to acts that put something forward; of a denial or a confirmation it is a reserve.
_CERTAINTIES = {Certainty.POSSIBLE: " as possible", Certainty.PROBABLE: " as probable"}
_RESERVE = ", with a reserve,"
_OUTRIGHT = {SpeechAct.DENIES, SpeechAct.CONFIRMS, SpeechAct.DEMANDS}
# What is promised, threatened or predicted not to be so lies ahead.
_AHEAD = {SpeechAct.PROMISES, SpeechAct.THREATENS, SpeechAct.PREDICTS}
# How a claim follows: within the sentence, or apart from it.
_JOINTS = {
    ("that", False): ("{} that", " this{}:"),
    ("that", True): ("{} that it is not so that", "{} that this is not so:"),
    ("whether", False): (" whether", " whether this is so:"),
    ("whether", True): (" whether it is not so that", " whether this is not so:"),
}
# Words that begin with a capital only because a sentence begins with them.
_FUNCTION_WORDS = frozenset(
    """
    a about after all almost an another any around as at before between both by during each either every
    few fewer five for four from half he her his how if in it its less many more most nearly neither no
    none not of on one only other our over several she since six some such ten that the their there
    these they this those three to two under until up we what when where whether which while who with
    within
    """.split()
)
_SINGULAR = frozenset(["a", "an", "one", "the"])
_AFTER_THE_HEAD = frozenset(["at", "close", "from", "in", "near", "of", "on", "to", "who", "with", "within"])


def mark(subject: Assertion | Answer) -> Mark:
    """Return the stance mark of an assertion (towards its claim) or of an answer (to its question)."""
    if isinstance(subject, Answer):
        return Mark(_SHAPES[Stance(subject.stance)], subject.get_stance_display(), subject.stance)
    act = SpeechAct(subject.act)
    word = act.label
    if subject.negated:
        word += ": not so" if act != SpeechAct.DENIES else " that it is not so"
    if subject.condition:
        word += ", conditionally"
    if subject.polarity == Polarity.NEGATIVE:
        stance = Stance.DENIES
    elif subject.condition and subject.polarity == Polarity.AFFIRMATIVE:
        stance = Stance.CONDITIONAL
    elif act in _STANCES or act == SpeechAct.DENIES:
        stance = _STANCES.get(act, Stance.AFFIRMS)
    else:
        # A threat, demand, promise or prediction puts something forward without affirming that it is so.
        return Mark(_SHAPES[Stance.AFFIRMS], word, "puts")
    return Mark(_SHAPES[stance], word, stance)


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: "one", "one and two", "one, two and three"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def speakers(assertion: Assertion) -> str:
    """Return who says it, in words."""
    return listed([str(speaker) for speaker in assertion.speakers.all()]) or ARTICLE_VOICE


def sentence(assertion: Assertion) -> str:
    """Return the assertion as a sentence: "Ada Vale denies that troops of the North were sent."

    A claim whose first word might be a name or not stands after a colon, as it was written.
    """
    text = f"{speakers(assertion)} {_predicate(assertion, plural=_is_plural(list(assertion.speakers.all())))}"
    return text[0].upper() + text[1:]


def title(assertion: Assertion) -> str:
    """Return the assertion as a list shows it beside its speaker: "Denies that troops were sent."

    What is done in saying it stands first, always: who reads the link alone shall take neither a denial nor an
    allegation for a report.
    """
    text = _predicate(assertion, plural=False)
    return text[0].upper() + text[1:]


def _predicate(assertion: Assertion, *, plural: bool) -> str:
    act = SpeechAct(assertion.act)
    verb, _, joint = _PHRASES[act][plural].rpartition(" ")
    limits = _CERTAINTIES.get(Certainty(assertion.certainty), "")
    if limits and act in _OUTRIGHT:
        limits = _RESERVE
    if assertion.condition:
        limits += ", on a condition,"
    joined, apart = _JOINTS[joint, assertion.negated]
    if act in _AHEAD:
        joined, apart = (
            joined.replace(" is not so", " will not be so"),
            apart.replace(" is not so", " will not be so"),
        )
    claim = assertion.claim.strip()
    first, _, rest = claim.partition(" ")
    if first.lower() in _FUNCTION_WORDS:
        claim = claim[0].lower() + claim[1:]
    elif first[0].isupper() and not (rest[:1].isupper() or _is_name(first, assertion)):
        joined = apart
    link = joined.format(limits).replace(",:", ":").replace(",,", ",")
    return f"{verb}{link} {claim}"


def _is_plural(parties: list[Speaker]) -> bool:
    """Tell whether several speak: more than one, or one description of several ("two lawmakers")."""
    if len(parties) != 1:
        return len(parties) > 1
    words = parties[0].description.lower().split()
    if not words or words[0] in _SINGULAR:
        return False
    head = list(takewhile(lambda word: word.rstrip(",") not in _AFTER_THE_HEAD, words))
    return bool(head) and head[-1].endswith("s")


def _is_name(word: str, assertion: Assertion) -> bool:
    """Tell whether a capitalised word is part of a name, as those who are in the assertion show."""
    stem = word.rstrip(",.;:").removesuffix("’s")
    if stem[1:].lower() != stem[1:]:
        return True
    parties: list[Party] = [*assertion.speakers.all(), *assertion.participants.all(), *assertion.relays.all()]
    names = {token for party in parties for token in str(party).split() if token[0].isupper()}
    # A demonym begins as its state does: "Ruritanian", "Ruritania".
    return stem in names or any(len(name) > 3 and stem.startswith(name[:-1]) for name in names)


_LINKS = {
    LinkType.CONTRADICTS: ("Contradicts", "Contradicts"),
    LinkType.CORROBORATES: ("Corroborates", "Corroborated by"),
    LinkType.REPEATS: ("Repeats", "Repeated by"),
    LinkType.UPDATES: ("Updates", "Updated by"),
    LinkType.DERIVES_FROM: ("Derives from", "Taken up by"),
}
_DENIALS = {
    DenialAspect.FACT: ("Denies", "Denied by"),
    DenialAspect.PROOF: ("Denies the proof of", "Its proof is denied by"),
    DenialAspect.SOURCE: ("Denies the source of", "Its source is denied by"),
    DenialAspect.LEGALITY: ("Denies the legality of", "Its legality is denied by"),
    DenialAspect.PART: ("Denies a part of", "Denied in part by"),
}


def bearing(link: Link, of: Assertion) -> str:
    """Return how an assertion bears on the other side of its link: "Denies the proof of", "Updated by"."""
    there, back = (
        _DENIALS[DenialAspect(link.aspect)] if link.type == LinkType.DENIES else _LINKS[LinkType(link.type)]
    )
    return there if link.source_id == of.pk else back


def grade_in_words(review: Review) -> str:
    """Return what an Admiralty grade means, as one sentence; "" where none was given."""
    if not review.grade:
        return ""
    source = SourceReliability(review.source_reliability).label.partition(": ")[2]
    information = InformationCredibility(review.information_credibility).label.partition(": ")[2]
    if review.grade == SourceReliability.F + InformationCredibility.CANNOT_BE_JUDGED:
        return (
            "Neither the reliability of the source nor the truth of the information can be judged from what "
            "is known."
        )
    judged = "; that does not speak against it" if review.source_reliability == SourceReliability.F else ""
    return f"The source: {source}{judged}. The information: {information}."


def attribution_in_words(review: Review) -> str:
    """Return whether the evidence carries the assertion, as a sentence."""
    return f"{Attribution(review.attribution).label.capitalize()}." if review.attribution else ""


def departures_in_words(evidence: Evidence) -> str:
    """Return how the words of an evidence depart from the claim: "hedge dropped or added, another number"."""
    return ", ".join(Departure(departure).label for departure in evidence.departures)
