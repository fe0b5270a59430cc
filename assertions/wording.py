"""An assertion in words: its stance mark, the sentence that says who does what, and what its grade means.

What the act, the negation and the certainty add stands before a claim, and a condition after it. Into a claim
one thing is put: the “will” of what is promised, threatened or predicted, and the “should” of what is demanded,
take the negation and the certainty themselves (“will not”, “may”). Reads only what is prefetched with the
assertion (``AssertionQuerySet.for_ledger``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from actors.models import Actor, ActorKind
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
    SpeechAct.STATES: ("says that", "say that"),
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
# What the negation and the certainty add: where the claim follows, and where "this" stands for it.
_JOINTS = {
    (False, None): ("", "is so"),
    (False, Certainty.POSSIBLE): (" it is possible that", "is possible"),
    (False, Certainty.PROBABLE): (" it is probable that", "is probable"),
    (True, None): (" it is not the case that", "is not the case"),
    (True, Certainty.POSSIBLE): (" it may not be the case that", "may not be the case"),
    (True, Certainty.PROBABLE): (" it is improbable that", "is improbable"),
}
# A denial, a confirmation or a demand is itself what the hedge is put to.
_OUTRIGHT = {SpeechAct.DENIES, SpeechAct.CONFIRMS, SpeechAct.DEMANDS}
# The verb that says in a claim what lies ahead, or is asked for; and what it becomes.
_MODALS = {
    SpeechAct.THREATENS: "will",
    SpeechAct.PROMISES: "will",
    SpeechAct.PREDICTS: "will",
    SpeechAct.DEMANDS: "should",
}
_MODIFIED = {
    (False, Certainty.POSSIBLE): "may",
    (False, Certainty.PROBABLE): "{} probably",
    (True, None): "{} not",
    (True, Certainty.POSSIBLE): "may not",
    (True, Certainty.PROBABLE): "{} probably not",
}
# A word before it that begins another clause, or makes it a noun, tells that it is not the verb of the claim.
_CLAUSES = frozenset("because how if that what when where whether which while who whom whose why".split())
_DETERMINERS = frozenset("a at free good her his its no of our the their".split())
_CONDITIONALS = frozenset("as even if once only provided should unless until when while without".split())
# Words that begin with a capital only because a sentence begins with them.
_FUNCTION_WORDS = frozenset(
    """
    a about after all almost an another any around as at before between both by during each eight either every
    few fewer five for four from half he her his how if in it its less many more most nearly neither nine no
    none not of on one only other our over seven several she since six some such ten that the their there
    these they this those three to two under until up we what when where whether which while who with within
    """.split()
)
_SINGULAR = frozenset(["a", "an", "one", "the"])
# What a name that is also a description ends with; it stands with the article.
_COMMON_NOUNS = frozenset(
    """
    agency army assembly commission committee council court department emirates federation force forces
    government group house kingdom ministry mission nations navy office organisation organization panel
    parliament party police press republic service staff states team union
    """.split()
)
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


def capital(words: str) -> str:
    """Return words as they begin a sentence; the rest of them stays as it is."""
    return words[:1].upper() + words[1:]


def listed(words: Sequence[str], most: int | None = None) -> str:
    """Return words as a list in a sentence: "one", "one and two", "one, two and three".

    With ``most``, what is beyond so many is counted: "one, two and 5 others"; one alone is still named.
    """
    if most is not None and len(words) > most + 1:
        words = [*words[:most], f"{len(words) - most} others"]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def speakers(assertion: Assertion) -> str:
    """Return who says it, in words."""
    return listed([str(speaker) for speaker in assertion.speakers.all()]) or ARTICLE_VOICE


def sentence(assertion: Assertion) -> str:
    """Return the assertion as a sentence: "Ada Vale denies that troops of the North were sent."

    A claim whose first word might be a name or not stands after a colon, as it was written. A condition that is
    no clause is only told of: "Ada Vale says, on a condition, that …".
    """
    parties = list(assertion.speakers.all())
    who = listed([with_article(str(party), party.actor) for party in parties]) or ARTICLE_VOICE
    return capital(f"{who} {_predicate(assertion, plural=_is_plural(parties))}")


def title(assertion: Assertion) -> str:
    """Return the assertion as a list shows it beside its speaker: "Denies that troops were sent."

    What is done in saying it stands first, always: who reads the link alone shall take neither a denial nor an
    allegation for a report.
    """
    return capital(_predicate(assertion, plural=False))


def _predicate(assertion: Assertion, *, plural: bool) -> str:
    act = SpeechAct(assertion.act)
    verb, _, joint = _PHRASES[act][plural].rpartition(" ")
    certainty = Certainty(assertion.certainty)
    shade = certainty if certainty in (Certainty.POSSIBLE, Certainty.PROBABLE) else None
    limits = ""
    if shade and act in _OUTRIGHT:
        limits, shade = ", with a hedge", None
    manner = (assertion.negated, shade)
    if act == SpeechAct.PREDICTS and manner == (False, Certainty.PROBABLE):
        # A prediction is of the probable: to say so would be a second hedge.
        manner = (False, None)
    claim, condition = assertion.claim.strip(), assertion.condition.strip()
    intent = _intent(claim, assertion)
    if intent and shade is None:
        joint, claim, manner = "not to" if assertion.negated else "to", intent, (False, None)
    elif modified := _modified(claim, act, manner):
        claim, manner = modified, (False, None)
    if condition.strip("“‘\"'").partition(" ")[0].lower() in _CONDITIONALS:
        claim = f"{claim.removesuffix('.')}, {condition.removesuffix('.')}."
    elif condition:
        limits += ", on a condition"
    within, apart = _JOINTS[manner]
    first, _, rest = claim.partition(" ")
    if first.lower() in _FUNCTION_WORDS:
        claim = claim[0].lower() + claim[1:]
    elif first[0].isupper() and not (rest[:1].isupper() or _is_name(first, assertion)):
        if joint == "that" and manner == (False, None):
            return f"{verb} this{limits}: {claim}"
        joint, within = f"{joint} this", f" {apart}:"
    return f"{verb}{limits and limits + ','} {joint}{within} {claim}"


def _intent(claim: str, assertion: Assertion) -> str:
    """Return what a speaker promises or threatens to do itself: "send ships" of "Ostria will send ships", or ""."""
    parties = list(assertion.speakers.all())
    if assertion.act not in (SpeechAct.PROMISES, SpeechAct.THREATENS) or len(parties) != 1:
        return ""
    name = f"{parties[0]} will "
    return claim.removeprefix("The ").removeprefix(name) if claim.startswith((name, f"The {name}")) else ""


def _modified(claim: str, act: SpeechAct, manner: tuple[bool, Certainty | None]) -> str:
    """Return a claim whose “will” or “should” has taken the negation and the certainty, or "" where none can."""
    modal = _MODALS.get(act, "")
    words = claim.split(" ")
    if manner not in _MODIFIED or words.count(modal) != 1:
        return ""
    before = [word.lower() for word in words[: words.index(modal)]]
    if _CLAUSES.intersection(before) or _DETERMINERS.intersection(before[-1:]):
        return ""
    words[len(before)] = _MODIFIED[manner].format(modal)
    return " ".join(words)


def with_article(name: str, actor: Actor | None) -> str:
    """Return a party as in a sentence: "the Ministry of Ports", "the United Isles", "Ada Vale"."""
    ends = name.partition(" (")[0].lower().rpartition(" ")[2]
    is_thing = actor is not None and actor.kind != ActorKind.PERSON
    return f"the {name}" if _is_described(name, actor) or (is_thing and ends in _COMMON_NOUNS) else name


def _is_described(name: str, actor: Actor | None) -> bool:
    """Tell whether the name of an actor is a description: "Ministry of Ports", "Chiefs of Staff"."""
    named_freely = (ActorKind.PERSON, ActorKind.COMPANY, ActorKind.MEDIA)
    return actor is not None and actor.kind not in named_freely and " of " in name


def _is_plural(parties: list[Speaker]) -> bool:
    """Tell whether several speak: more than one, or one description of several ("two lawmakers")."""
    if len(parties) != 1:
        return len(parties) > 1
    if _is_described(str(parties[0]), parties[0].actor):
        noun = str(parties[0]).partition(" of ")[0]
        return noun.endswith("s") and not noun.endswith("ss")
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
    LinkType.CONTRADICTS: ("Contradicts", "Contradicted by"),
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
