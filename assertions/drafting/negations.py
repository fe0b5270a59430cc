"""Taking the negation out of a sentence: whether a claim is negated, is a field of its own. Pure."""

import re

_AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|would|could|should|must|might|dare)"
# "Need not" is the negation of "has to".
_NEED_NOT = re.compile(r"(\w+)\s+need(?:\s+not|n[’']t)\b", re.IGNORECASE)
_MANY = frozenset("i we you they these those".split())
# Words that stand only in what is negated, with those that stand elsewhere.
_WITH_A_NEGATION = {"any": "some", "anyone": "someone", "anybody": "somebody", "anything": "something"}
_ONLY_NEGATED = re.compile(r"\b(?:any(?:one|body|thing)?|yet|at all)\b", re.IGNORECASE)
_JOINTS = re.compile(r"(\b(?:and|or|nor|but)\b)", re.IGNORECASE)
_BEFORE_A_VOWEL = re.compile(
    r"\b(a)(?= (?:a(?:greement|lternative|tt)|explosion|intention)\w*)", re.IGNORECASE
)
# Nouns that have an article where one of them is spoken of.
_COUNTED = (
    r"(?:agreement|alternative|attack|attempt|connection|deal|decision|explosion|intention|link|meeting|need|plan|"
    r"proposal|reason|request|sign|threat|trace|treaty|witness|date|mistake|vote|change|solution|doubt|choice|chance|"
    r"problem|ceasefire|contract|war)"
)
# What takes a negation out of a clause; of several the one that stands first.
_NEGATIONS = [
    (re.compile(r"\bcan(?:not|[’']t| not)\b", re.IGNORECASE), "can"),
    (re.compile(r"\bwon[’']t\b", re.IGNORECASE), "will"),
    (re.compile(rf"\b({_AUXILIARY})n[’']t\b", re.IGNORECASE), r"\1"),
    (re.compile(r"\s+(?:not|never)\b(?! only)", re.IGNORECASE), ""),
    (re.compile(r"^(?:not|never)\s+(?=to\b|having\b|being\b|\w+ing\b)", re.IGNORECASE), ""),
    (re.compile(r"\bno one\b|\bnobody\b", re.IGNORECASE), "somebody"),
    (re.compile(r"\bnothing\b", re.IGNORECASE), "something"),
    (re.compile(r"\bnone\b", re.IGNORECASE), "some"),
    (re.compile(r"\bneither\b", re.IGNORECASE), "either"),
    (re.compile(r"\bno other\b", re.IGNORECASE), "another"),
    (re.compile(rf"\bno\s+(?=(?:\w+\s)?{_COUNTED}\b)", re.IGNORECASE), "a "),
    (re.compile(r"\bno\s+(?!longer\b|more\b|less\b|fewer\b|later\b|sooner\b)", re.IGNORECASE), ""),
]
# "And would", of which the verb went with the negation.
_DANGLING = re.compile(
    r",? (?:and|or|but) (?:would|will|has|have|had|did|does|do|is|are|was|were|can|could)$", re.IGNORECASE
)


def affirmed(sentence: str) -> str:
    """Return a sentence without its negation: the first one of each clause that is joined in it."""
    if needed := _NEED_NOT.search(sentence):
        subject = needed[1]
        is_many = subject.lower() in _MANY or (subject.endswith("s") and subject.islower())
        has = "have to" if is_many else "has to"
        return f"{sentence[: needed.start()]}{subject} {has}{sentence[needed.end() :]}"
    # What lies deeper than the clauses that are joined stays.
    pieces = [
        "or" if piece.lower() == "nor" else _without_first_negation(piece)
        for piece in _JOINTS.split(sentence)
    ]
    changed = "".join(pieces)
    if changed == sentence:
        return sentence
    changed = _BEFORE_A_VOWEL.sub(r"\1n", changed)
    changed = " ".join(_ONLY_NEGATED.sub(_plainly, changed, count=1).split())
    return _DANGLING.sub("", changed)


def _without_first_negation(piece: str) -> str:
    found = [(match, instead) for pattern, instead in _NEGATIONS if (match := pattern.search(piece))]
    if not found:
        return piece
    match, instead = min(found, key=lambda pair: pair[0].start())
    return piece[: match.start()] + match.expand(instead) + piece[match.end() :]


def _plainly(found: re.Match[str]) -> str:
    instead = _WITH_A_NEGATION.get(found[0].lower(), "")
    return instead.capitalize() if found[0][0].isupper() else instead
