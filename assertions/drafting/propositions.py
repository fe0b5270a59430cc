"""From the words of a text to a proposition: a full sentence without its speaker, hedge and denial. Pure.

Nothing is parsed here, and no word of the content is replaced by one that means something else. Of what is no clause,
and cannot be made one by these few steps, there is no proposition.
"""

import re

from assertions.drafting.negations import affirmed

_UNCLOSED = re.compile(r"\s*\([^)]*$")
# A letter or a mark that an editor put in, and a mark of what was left out at the end.
_EDITED = re.compile(r"\[(\w)\](?=\w)|\[([.,])\]")
_LEFT_OUT = re.compile(r"\s*(?:\[(?:\.{3}|…)\]|\.{3,}|…)[\s.]*$")
# A second clause that was said beside the first: its conjunction hangs on a verb that is not told.
_AND_THAT = re.compile(r",? and that (?=\S+ \S)", re.IGNORECASE)
_BUT_NOT = re.compile(r",? but (?:not|only) (?:that|whether|how|when|why)\b.*$", re.IGNORECASE)
_LINKING = re.compile(r"^(?:then|(?:however|also|moreover|so),)\s+(?=\S+\s+\S)", re.IGNORECASE)
_QUOTES = '"“”„‟«»'
# Marks of quotations within a quotation are others: what has the same within is two of them.
_IS_ONE = re.compile(r"^([“\"„«])(?:(?!\1).)*$", re.DOTALL)
_END = re.compile(r"[.,;]([”\"»])$")
# A "that" before a verb stands for something.
_LEADING = re.compile(
    r"^(?:that(?!\s+(?:is|was|will|would|has|had|can|could|may|might|must|should|means?|makes?)\b)|"
    r"whether|if|and|but|as to)\s+(?=\S)",
    re.IGNORECASE,
)
_IF_PART = re.compile(r"^(?:if|unless|once|provided that|as long as)\b", re.IGNORECASE)
# "It is highly likely that …": how likely it is, stands apart.
_HOW_LIKELY = re.compile(
    r"^it (?:is|was|seems|seemed|appears|appeared)\s*[“\"]?(?:(?:highly|very|quite|most|more than|entirely) )?"
    r"(?:likely|possible|probable)?[”\"]? that (?=\S)",
    re.IGNORECASE,
)
# Hedges that a sentence can lose without becoming another one; what is left of verbs stays.
_ADVERBS = re.compile(
    r"\s*\b(?:possibly|probably|(?<!highly )(?<!very )(?<!more )(?<!most )likely(?! (?:to|that)\b|[”\"])|"
    r"presumably|perhaps|maybe|reportedly|allegedly|apparently|seemingly|"
    r"supposedly|purportedly)\b,?",
    re.IGNORECASE,
)
_GERUND = re.compile(r"^(?:having|being|[a-z]{2,}ing)\b", re.IGNORECASE)
_BEFORE_A_NOUN = frozenset(
    "about against at between by from in into on over through under upon without".split()
)
_NO_GERUND = frozenset("anything during evening everything king morning nothing something spring".split())
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|should|shall|must|may|might)\b",
    re.IGNORECASE,
)
# "North Korea to send …": names, and the small words within them.
_NAME_TO = re.compile(r"^((?:(?:the|of|and|[A-Z][\w’'.-]*)\s+){1,6})to\s+(?=[a-z])")
_SOMEBODY_TO = re.compile(r"^((?:[^\s,;:]+\s+){0,9}?[^\s,;:]+)\s+to\s+(?=[a-z])")
_OF_DEEDS = frozenset(["infinitive", "gerund"])
_SOMETHING_TO_BE = re.compile(r"^((?:[\w’'-]+\s+){1,4})to be\s+(?=\S)")
_INDEFINITE = re.compile(r"^(?:an?|any|some|more|further|additional|new|full|lasting)\s", re.IGNORECASE)
_SAYINGS = re.compile(
    r"\b(?:accounts?|accusations?|allegations?|assertions?|charges?|claims?|reports?|rumours?|statements?|"
    r"suggestions?)\b",
    re.IGNORECASE,
)
_UNTRUE = (
    r"(?:fake|false|untrue|groundless|baseless|unfounded|lies?|fabrications?|fabricated|nonsense|fiction|wrong|"
    r"incorrect|inaccurate|hoax|bogus|rumou?rs?|slander|insinuations?|hearsay)"
)
_CALLED_UNTRUE = re.compile(
    rf"\s+(?:as\s+)?[“\"]?(?:yet another\s+|an?\s+|the\s+)?(?:\w+ly\s+)?{_UNTRUE}\b.*$", re.IGNORECASE
)
_IS_UNTRUE = re.compile(
    rf"\b(is|are|was|were|seems? to be|appears? to be)\s+[“\"]?(?:an?\s+|yet another\s+)?(?:\w+ly\s+|all\s+)?"
    rf"{_UNTRUE}(?:\s+(?:news(?: stor(?:y|ies))?|accusations?|claims?))?\b[”\"]?",
    re.IGNORECASE,
)
_TRUE_THAT = re.compile(
    r"^(?:the |a |an |any |all |these |such )?"
    r"(?:accounts?|allegations?|assertions?|claims?|reports?|rumou?rs?|suggestions?) "
    r"that (.+?) (?:is|are|was|were|seems? to be|appears? to be) true$",
    re.IGNORECASE,
)
_RESPONSIBILITY = re.compile(r"^responsibility for (.+)$", re.IGNORECASE)
# "Called on the sailors to leave", "called for the port to be closed".
_ASKED_OF = re.compile(r"^(?:on|upon) (.+?) to ([a-z]{2,}.*)$", re.IGNORECASE)
_ASKED_TO_BE = re.compile(r"^for (.+?) to (be \w+.*)$", re.IGNORECASE)
_OWN = re.compile(
    r"^(?:any |all |the |an? |its |his |her |their )?((?:direct |personal |future )?(?:involvement|knowledge|"
    r"intentions?|plans?|role|part|interest|links?|ties|wish|connections?)\b.*)$",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"^(?:the |its |his |her |their )?(?:[\w’'-]+ ){0,4}?(?:[a-z]{3,}(?:tions?|ments?|ransfers?|ings?|ances?)|exports?|"
    r"deliver(?:y|ies)|suppl(?:y|ies)|sales?|deals?|visits?|attacks?|talks|dispatch|strikes?)\b",
    re.IGNORECASE,
)
_LEFT_OPEN = {
    "does_not_know": "is not known",
    "declines": "is not said",
    "evades": "is not said",
    "questions": "is an open question",
}
_AHEAD = frozenset(["promises", "threatens", "predicts"])
_TELLING = frozenset(["states", "alleges"])


def proposition(
    words: str,
    *,
    act: str,
    negated: bool = False,
    hedge: str = "",
    condition: str = "",
    subject: str = "",
    is_noun: bool = False,
    telling: str = "",
    form: str = "",
    is_event: bool = False,
) -> str:
    """Return the proposition of a content, as one sentence on one line; "" if no word is left of it.

    ``act`` is a value of SpeechAct; ``negated`` says that the content holds a negation, which is taken out; ``hedge``
    and ``condition`` are words of the content; ``subject`` names who does what an infinitive or a gerund speaks of.
    ``is_noun`` says that the content is no clause ("the meeting"): of what is told then, the whole sentence
    ``telling`` is the proposition ("The Northern Wire reported the meeting"). ``form`` is that of
    ``suggestions.shapes.Telling``, if it is known; ``is_event`` says that a noun may name what took place ("denied
    the sale", not "rejected the offer").
    """
    if form == "question":
        return _of_question(words, act)
    is_told = is_noun or form in {"fragment", "infinitive", "gerund", "noun"}
    told = bool(is_told and telling and act in _TELLING)
    if (form == "fragment" and not told) or (is_told and not told and act in _TELLING and form != "clause"):
        return ""
    sentence = _without_quotes(" ".join((telling if told else words).split()))
    sentence = _UNCLOSED.sub("", sentence)
    sentence = _LEFT_OUT.sub("", _EDITED.sub(lambda found: found[1] or found[2], sentence))
    is_conditional = _IF_PART.match(sentence) and (condition or act not in _LEFT_OPEN)
    if not is_conditional:
        sentence = _LEADING.sub("", sentence)
    elif not condition and "," not in sentence:
        # "Will see if ships come": an if-part without what would be then.
        return ""
    sentence = _without_condition(sentence, " ".join(condition.split()))
    if hedge:
        sentence = _HOW_LIKELY.sub("", sentence)
    if hedge and _ADVERBS.search(hedge):
        sentence = _ADVERBS.sub("", sentence).strip()
    sentence = _AND_THAT.sub(" and ", _BUT_NOT.sub("", sentence))
    if negated:
        sentence = _reworded(sentence, affirmed(sentence))
    sentence = _without_quotes(_LINKING.sub("", sentence)).strip(" ,;:–—-")
    before = sentence
    if not told:
        if is_noun and form not in {"infinitive", "gerund"}:
            sentence = _of_noun(sentence, act, subject, is_event=is_event)
        elif form != "clause":
            sentence = _of_clause(sentence, act, subject, is_deed=form in _OF_DEEDS)
            if form in _OF_DEEDS and sentence == before:
                return ""
    sentence = _untrue_said(sentence) if act == "denies" else sentence
    if not re.search(r"[^\W_]", sentence):
        return ""
    sentence = _capitalised(sentence)
    return sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}."


def _capitalised(sentence: str) -> str:
    """Return a sentence with its first letter in capitals, also where a quotation mark stands before it."""
    mark = sentence[0] if sentence[0] in _QUOTES else ""
    bare = sentence.removeprefix(mark)
    return f"{mark}{bare[:1].upper()}{bare[1:]}"


def _reworded(before: str, after: str) -> str:
    """Return a sentence that was worded anew; what is no quotation to the letter any more, is in no marks."""
    return after if after == before else after.translate(dict.fromkeys(map(ord, _QUOTES)))


def _without_condition(sentence: str, condition: str) -> str:
    """Take the if-part off, where it stands at one end of the sentence."""
    if not condition or not _IF_PART.match(condition) or len(condition) >= len(sentence):
        return sentence
    bare = sentence.lstrip(_QUOTES + " ")
    if bare.startswith(condition):
        return bare.removeprefix(condition).lstrip(" ,")
    bare = sentence.rstrip(_QUOTES + " .,;")
    return bare.removesuffix(condition).rstrip(" ,") if bare.endswith(condition) else sentence


def _without_quotes(sentence: str) -> str:
    """Take off the marks around a quotation, and those of which only one is left; a quotation within keeps its own."""
    bare = sentence.strip(" ,;")
    inner = bare.strip(_QUOTES + " ,;")
    marks = sum(inner.count(mark) for mark in _QUOTES)
    if not marks:
        # A quotation at one end has one of its marks within.
        return inner
    marks = sum(bare.count(mark) for mark in _QUOTES)
    if bare[:1] in _QUOTES and bare[-1:] in _QUOTES and marks % 2 == 0 and _IS_ONE.match(bare):
        return inner
    return bare.translate(dict.fromkeys(map(ord, _QUOTES))) if marks % 2 else _END.sub(r"\1", bare)


def _of_clause(sentence: str, act: str, subject: str, *, is_deed: bool = False) -> str:
    """Make a sentence of an infinitive ("to send ships", "Ostria to send ships") or a gerund ("sending ships")."""
    first = sentence.partition(" ")[0].lower()
    modal = "should" if act == "demands" else "will"
    if first == "to":
        return f"{subject} {modal} {sentence[3:]}" if subject else sentence
    if named := _NAME_TO.match(sentence):
        return f"{named[1]}{modal} {sentence[named.end() :]}"
    if is_deed and (doer := _SOMEBODY_TO.match(sentence)) and not _FINITE.search(doer[1]):
        return f"{doer[1]} {modal} {sentence[doer.end() :]}"
    if (thing := _SOMETHING_TO_BE.match(sentence)) and not _FINITE.search(thing[1]):
        verb = "are" if re.search(r"[^s]s\s+$", thing[1]) else "is"
        return f"{thing[1]}{verb} {sentence[thing.end() :]}"
    if subject and first not in _NO_GERUND and _GERUND.match(sentence) and not _FINITE.search(sentence):
        if first == "having":
            return f"{subject} {'will have' if act in _AHEAD else 'has'} {sentence[7:]}"
        return f"{subject} {'will be' if act in _AHEAD else 'has been'} {sentence}"
    return sentence


def _of_noun(sentence: str, act: str, subject: str, *, is_event: bool) -> str:
    """Make a sentence of what is announced, demanded or denied in a noun ("help", "reports of shipments"), or ""."""
    if act == "demands" and (asked := _ASKED_OF.match(sentence) or _ASKED_TO_BE.match(sentence)):
        return f"{asked[1]} should {asked[2]}"
    bare = re.sub(r"^(?:for|of|with|to)\s+", "", sentence)
    first = bare.partition(" ")[0].lower()
    if first in _BEFORE_A_NOUN:
        return ""
    if _GERUND.match(bare) and first not in _NO_GERUND and not _INDEFINITE.match(bare):
        return _of_clause(bare, act, subject)
    if act in ("demands", *_AHEAD):
        if not any(word.islower() for word in re.findall(r"\w+", bare)):
            return ""
        return f"There {'should' if act == 'demands' else 'will'} be {bare}"
    if act not in ("denies", "confirms"):
        return ""
    bare = _CALLED_UNTRUE.sub("", bare) if act == "denies" else bare
    head = bare.partition(" as ")[0]
    if said := _SAYINGS.search(head):
        return f"{head} {'are' if said[0].endswith('s') else 'is'} true"
    if for_what := _RESPONSIBILITY.match(bare):
        return f"{subject} is responsible for {for_what[1]}" if subject else ""
    if (own := _OWN.match(bare)) and subject:
        return f"{subject} has {own[1]}"
    if _INDEFINITE.match(bare):
        return f"There was {re.sub(r'^any ', '', bare, flags=re.IGNORECASE)}"
    return f"{bare} took place" if is_event and _DEED.match(bare) else ""


def _of_question(words: str, act: str) -> str:
    """Make a sentence of an indirect question ("how many died") that was left open; "" of one that was not."""
    sentence = _without_quotes(" ".join(words.split())).strip(" ,;:.?–—-")
    left = _LEFT_OPEN.get(act)
    return f"{sentence[0].upper()}{sentence[1:]} {left}." if left and sentence else ""


def _untrue_said(sentence: str) -> str:
    """Turn what calls itself untrue into what it denies: of "Reports of it are wrong", "Reports of it are true".

    Of "The report that ships left is wrong" it is that ships left.
    """
    told = _IS_UNTRUE.sub(r"\1 true", sentence, count=1)
    that = _TRUE_THAT.match(told)
    return that[1] if that else told
