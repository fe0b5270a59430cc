"""From a statement that was found to its claim: one sentence in the words of the text, or none. Pure.

Whether there is a claim at all is decided here: what says nothing by itself, and what nobody said who can speak, is no
claim that somebody could decide on. How words become a sentence: ``assertions/drafting/propositions.py``.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from actors.names import Found
from assertions.drafting.descriptions import described
from assertions.drafting.propositions import proposition
from assertions.suggestions.shapes import FoundQuantity, Statement
from assertions.suggestions.sources import is_person_noun

LONGEST = 2_000
"""Characters of a passage or of a claim; what is longer is no claim that somebody could decide on."""
LONGEST_FIELD = 300
"""Characters of what stands in one line: a description, a hedge, a condition."""
_FEWEST = 3
"""Words of a claim; of fewer it is no more than that somebody said something."""
_AROUND = 400
"""Characters that source and cue may add to the passage of a content."""
_OF_NOUNS = frozenset(
    ["object", "object complement", "object with grounds", "passive", "preposition", "quoted phrase"]
)
_OF_QUOTATIONS = frozenset(["quotation"])
# What ascribes is a noun: its words are no sentence.
_WITHOUT_A_VERB = frozenset(["noun"])
# Of a name alone ("what they call a mistake") nothing is told.
_NEVER_TOLD = frozenset(["noun", "object complement"])
# A content that stands apart from its cue, and is no object of it.
_CUT_OFF = re.compile(r"\s*,|\s+as\b", re.IGNORECASE)
# Verbs of which a noun says nothing: "stated the airline".
_ONLY_SAYING = frozenset(["say", "state", "tell", "add", "write"])
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been)\b")
_NOT_FINITE = re.compile(r"\bto \w+$")
_OPEN = ("does_not_know", "declines", "evades", "questions")
# Verbs that turn something down which nobody doubts.
_REFUSING = frozenset(["decline", "oppose", "refuse", "reject", "veto"])
# Where one part of a quotation ends and the next begins.
_JOINT = re.compile(r"[,]?[\"”]\s+[\"“]")
_MARKS = '"“”„‟«»'
_ONLY_MARKS = str.maketrans(dict.fromkeys(_MARKS, "\0"))
_NO_MARKS = str.maketrans(dict.fromkeys(_MARKS, ""))
_AFTER_A_NOUN = re.compile(r",| (?:of|from|for|in|on|at|within|with)\b")
_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)
_WHOLE_NAME = re.compile(r"[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){1,2}$")
_LONG_NAME = re.compile(r"(?:[A-Z][\w’'.-]+ ){2,}[A-Z][\w’'.-]+$")
_UNNAMED = frozenset("all another both each few many most none one others several some three two".split())
_NAME = re.compile(r"[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+)?$")


def claim_of(statement: Statement, text: str, called: Mapping[str, str], mentions: Sequence[Found]) -> str:
    """Return the claim of a statement that was found in ``text``; "" if there is none that could be decided on.

    ``called`` tells, by slug, how an actor is called within a sentence ("the Ministry of Ports"); ``mentions`` are
    those of the text, in its order.
    """
    name = called.get(statement.speaker or "", "")
    if not _can_be_told(statement, name):
        return ""
    claim = proposition(
        _told(statement, text, name),
        act=statement.act,
        negated=statement.negated,
        hedge=statement.hedge,
        condition=statement.condition,
        subject=_doer(statement, name, called, mentions),
        is_noun=statement.telling.form != "clause" and _is_noun(statement),
        telling=_telling(statement, text, name),
        form=statement.telling.form,
        is_event=statement.telling.cue not in _REFUSING,
    )
    if len(claim) > LONGEST or (claim.endswith("?") and statement.act not in _OPEN):
        return ""
    if len(claim.split()) < _FEWEST:
        return ""
    return claim


def description_of(statement: Statement) -> str:
    """Return the words for a speaker who is no known actor; "" if they describe nobody who can speak."""
    return described(fitting(statement.speaker_description))


def told_quantities(statement: Statement) -> list[FoundQuantity]:
    """Return the numbers that stand in what is told of a statement: of a long quotation only a part may be."""
    return [
        quantity
        for quantity in statement.quantities
        if any(
            start <= quantity.span.start and quantity.span.end <= end
            for start, end in statement.telling.pieces
        )
    ]


def fitting(words: str) -> str:
    """Return words on one line, "" if they are too long for their field: a part of them would say something else."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_FIELD else ""


def _can_be_told(statement: Statement, name: str) -> bool:
    """Tell whether a reviewer could decide on a statement: it says something, and somebody who can speak said it."""
    telling, act = statement.telling, statement.act
    if statement.source is None and statement.rule in _WITHOUT_A_VERB:
        return False
    least = 2 if telling.unknown or telling.form == "noun" else 1
    if telling.weight < least:
        return False
    if act == "declines" and statement.rule == "parataxis":
        return False
    if act in _OPEN and telling.form in ("fragment", "noun", "gerund"):
        return False
    if act == "declines" and telling.form == "infinitive" and telling.cue not in ("decline", "refuse"):
        return False
    return bool(name or statement.source is None or description_of(statement))


def _told(statement: Statement, text: str, name: str) -> str:
    """Return the words that are told of a content, with the speaker's name for what surely stands for the speaker.

    A quotation in which something is told otherwise is in no marks: it is none to the letter any more.
    """
    name = name or _shortly(description_of(statement))
    words = [_renamed(statement, text, start, end, name) for start, end in statement.telling.pieces]
    told = _JOINT.sub(" ", " ".join(words))
    is_otherwise = any(
        text[start : standin.start].translate(_ONLY_MARKS).count("\0") % 2
        for standin in statement.telling.standins
        for start, end in statement.telling.pieces
        if start <= standin.start < standin.end <= end and (name or standin.is_plain)
    )
    return told.translate(_NO_MARKS) if is_otherwise else told


def _renamed(statement: Statement, text: str, start: int, end: int, name: str) -> str:
    words, at = [], start
    for standin in statement.telling.standins:
        is_told = name or standin.is_plain
        if not (at <= standin.start and standin.end <= end) or not is_told:
            continue
        instead = standin.words or (_possessive(name) if standin.is_possessive else name)
        words += [text[at : standin.start], instead]
        at = standin.end
    return "".join([*words, text[at:end]])


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _shortly(description: str) -> str:
    """Return the name in a description of somebody ("Ada Vale" of "minister Ada Vale, 50"), else its first noun."""
    before, _, beside = description.rpartition(", ")
    if before and _WHOLE_NAME.match(beside) and not _WHOLE_NAME.match(before):
        return beside
    first = _AFTER_A_NOUN.split(description)[0]
    if len(first.split()) == 1 and first != description:
        # "One of the sailors", "President of the Isles Ada Vale": the first word alone is nobody's name.
        whole = description.partition(",")[0]
        if named := _LONG_NAME.search(whole):
            return " ".join(named[0].split()[-2:])
        if first.lower() in _UNNAMED:
            return whole[0].lower() + whole[1:]
        if is_person_noun(first.lower()):
            return f"the {whole[0].lower()}{whole[1:]}"
    if _ARTICLE.match(first):
        return first[0].lower() + first[1:]
    named = _NAME.search(first)
    return named[0] if named else first


def _doer(statement: Statement, name: str, called: Mapping[str, str], mentions: Sequence[Found]) -> str:
    """Return who would do what an infinitive or gerund speaks of: the last actor named before it, else who speaks."""
    content, cue = statement.content, statement.cue
    if statement.act in ("demands", "alleges"):
        if cue is None or cue.end > content.start:
            return ""
        first = bisect_left(mentions, cue.end, key=lambda hit: hit.start)
        last = bisect_left(mentions, content.start, key=lambda hit: hit.start)
        between = [hit for hit in mentions[first:last] if hit.end <= content.start]
        return _beginning(called.get(between[-1].actor or "", "")) if between else ""
    return _beginning(name or _closed(description_of(statement)))


def _closed(description: str) -> str:
    """Return a description as the subject of a sentence: an apposition is closed by its second comma."""
    _, comma, beside = description.partition(", ")
    is_list = " and " in beside and not _ARTICLE.match(beside)
    return f"{description}," if comma and beside[:1].islower() and not is_list else description


def _beginning(words: str) -> str:
    """Return words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def _is_noun(statement: Statement) -> bool:
    """Tell whether a content is no clause, by the rule that found it; of a quotation, by its first letter."""
    if statement.rule in _OF_NOUNS:
        return True
    first = statement.content.text.lstrip("“”\"‘’' ")[:1]
    return statement.rule in _OF_QUOTATIONS and first.islower()


def _telling(statement: Statement, text: str, name: str) -> str:
    """Return the words from source to content, the speaker named instead of the source; "" if they stand apart."""
    source, cue, content = statement.source, statement.cue, statement.content
    telling = statement.telling
    if source is None or cue is None or statement.rule in _NEVER_TOLD:
        return ""
    if content.end <= cue.start < cue.end <= source.start:
        # "A withdrawal was reported by …"
        whole = text[content.start : source.end]
        is_sentence = statement.rule == "passive" and _PASSIVE.search(text[content.end : cue.end])
        return whole if is_sentence and "\n" not in whole else ""
    if not source.end <= cue.start < cue.end <= content.start:
        return ""
    between = text[source.end : cue.start] + _renamed(statement, text, cue.start, content.end, "")
    if telling.past:
        between = f"{telling.past} {text[cue.end : content.end].strip()}"
    if telling.form == "noun" and telling.cue in _ONLY_SAYING:
        return ""
    if _NOT_FINITE.search(text[source.end : cue.end]) and not telling.past:
        return ""
    if "\n" in between or _CUT_OFF.match(text, cue.end) or len(between) > len(content.text) + _AROUND:
        return ""
    subject = _beginning(name or description_of(statement))
    is_aside = between.startswith(",") and (
        ("," in source.text and not name) or text[source.end : cue.start].count(",") > 1
    )
    if is_aside:
        return f"{subject}{between}"
    return f"{subject if name else _closed(subject)} {between.lstrip(' ,)')}"
