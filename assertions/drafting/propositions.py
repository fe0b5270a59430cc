"""From the words of a text to a proposition: a full sentence without its speaker, hedge and denial. Pure.

Nothing is parsed here, and no word of the content is replaced by one that means something else. Of what is no clause,
and cannot be made one by these few steps, there is no proposition.
"""

import re

# A letter that an editor put in small or in capitals.
_EDITED = re.compile(r"\[(\w)\](?=\w)")
_LINKING = re.compile(r"^(?:then|(?:however|also|moreover|so),)\s+(?=\S+\s+\S)", re.IGNORECASE)
_QUOTES = '"“”„‟«»'
# A "that" before a verb stands for something.
_LEADING = re.compile(
    r"^(?:that(?!\s+(?:is|was|will|would|has|had|can|could|may|might|must|should|means?|makes?)\b)|"
    r"whether|if|and|but|as to)\s+(?=\S)",
    re.IGNORECASE,
)
_IF_PART = re.compile(r"^(?:if|unless|once|provided that|as long as)\b", re.IGNORECASE)
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
    r"proposal|reason|request|sign|threat|trace|treaty|witness)"
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
    (re.compile(rf"\bno\s+(?=(?:\w+\s)?{_COUNTED}\b)", re.IGNORECASE), "a "),
    (re.compile(r"\bno\s+(?!longer\b|more\b|less\b|fewer\b|later\b|sooner\b)", re.IGNORECASE), ""),
]
# Hedges that a sentence can lose without becoming another one; may and might stay.
_ADVERBS = re.compile(
    r"\s*\b(?:possibly|probably|(?<!highly )(?<!very )(?<!more )(?<!most )likely(?! (?:to|that)\b|[”\"])|"
    r"presumably|perhaps|maybe|reportedly|allegedly|apparently|seemingly|"
    r"supposedly|purportedly)\b,?",
    re.IGNORECASE,
)
_GERUND = re.compile(r"^(?:having|being|[a-z]{2,}ing)\b", re.IGNORECASE)
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
_RESPONSIBILITY = re.compile(r"^responsibility for (.+)$", re.IGNORECASE)
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


# A clause that hangs on a noun, of which only the beginning stands in it.
_BESIDE = re.compile(r",?\s+(?:which|who|whom|whose|that|where|when)$", re.IGNORECASE)
_MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DATE = re.compile(rf"^(?:\d{{1,2}} {_MONTHS}|{_MONTHS} \d{{1,4}}|{_MONTHS}|\d{{4}})\b", re.IGNORECASE)
_UNCLOSED = re.compile(r"\s*\([^)]*$")
_CUT_OFF = re.compile(r"(?:^|\s+)(?:(?:of|for|in|and|the|an?)(?:\s+|$))+$", re.IGNORECASE)
# What begins no description that stands by itself.
_NOBODY = frozenset(
    "no which that who what this it he she we they i you our my your his her its their there".split()
)
_UNNAMED = frozenset(
    "one another other others both some many most several few all each two three none those".split()
)
_NO_SPEAKERS = frozenset(
    "data detail details evidence fact facts footage image images information intelligence proof sign signs update "
    "updates something nothing".split()
)


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
    sentence = _EDITED.sub(r"\1", sentence)
    is_conditional = _IF_PART.match(sentence) and (condition or act not in _LEFT_OPEN)
    if not is_conditional:
        sentence = _LEADING.sub("", sentence)
    sentence = _without_condition(sentence, " ".join(condition.split()))
    if hedge and _ADVERBS.search(hedge):
        sentence = _ADVERBS.sub("", sentence).strip()
    if negated:
        sentence = _affirmed(sentence)
    sentence = _LINKING.sub("", sentence).strip(" ,;:–—-")
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
    sentence = sentence[0].upper() + sentence[1:]
    return sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}."


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
    """Take off the marks around a quotation, and those of which only one is left."""
    bare = sentence.strip(" ,;")
    if bare[:1] in _QUOTES or bare[-1:] in _QUOTES:
        bare = bare.strip(_QUOTES + " ,;")
    marks = sum(bare.count(mark) for mark in _QUOTES)
    return bare.translate(dict.fromkeys(map(ord, _QUOTES))) if marks % 2 else bare


def _affirmed(sentence: str) -> str:
    if needed := _NEED_NOT.search(sentence):
        subject = needed[1]
        is_many = subject.lower() in _MANY or (subject.endswith("s") and subject.islower())
        has = "have to" if is_many else "has to"
        return f"{sentence[: needed.start()]}{subject} {has}{sentence[needed.end() :]}"
    # The first negation goes, and that of each clause that is joined to it; what lies deeper stays.
    pieces = [
        "or" if piece.lower() == "nor" else _without_first_negation(piece)
        for piece in _JOINTS.split(sentence)
    ]
    changed = "".join(pieces)
    if changed == sentence:
        return sentence
    changed = _BEFORE_A_VOWEL.sub(r"\1n", changed)
    return " ".join(_ONLY_NEGATED.sub(_plainly, changed, count=1).split())


def _without_first_negation(piece: str) -> str:
    found = [(match, instead) for pattern, instead in _NEGATIONS if (match := pattern.search(piece))]
    if not found:
        return piece
    match, instead = min(found, key=lambda pair: pair[0].start())
    return piece[: match.start()] + match.expand(instead) + piece[match.end() :]


def _plainly(found: re.Match[str]) -> str:
    instead = _WITH_A_NEGATION.get(found[0].lower(), "")
    return instead.capitalize() if found[0][0].isupper() else instead


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
            return f"{subject} has {sentence[7:]}"
        return f"{subject} {'will be' if act in _AHEAD else 'has been'} {sentence}"
    return sentence


def _of_noun(sentence: str, act: str, subject: str, *, is_event: bool) -> str:
    """Make a sentence of what is announced, demanded or denied in a noun ("help", "reports of shipments"), or ""."""
    bare = re.sub(r"^(?:for|of|with|to)\s+", "", sentence)
    first = bare.partition(" ")[0].lower()
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
    """Turn what calls itself untrue into what it denies: of "Reports of it are wrong", "Reports of it are true"."""
    return _IS_UNTRUE.sub(r"\1 true", sentence, count=1)


def described(words: str) -> str:
    """Return a description of who speaks as it can stand by itself; "" if nobody who can speak is described."""
    bare = _BESIDE.sub("", " ".join(words.split()).strip(" ,;:–—-" + _QUOTES)).strip(" ,")
    bare = _CUT_OFF.sub("", _UNCLOSED.sub("", bare)).strip(" ,")
    parts = [word.lower() for word in re.findall(r"[^\W_]+", bare)]
    if not parts or parts[0] in _NOBODY or _DATE.match(bare):
        return ""
    noun = (
        parts[0]
        if len(parts) == 1
        else re.split(r" (?:of|from|on|in|by|that|which|about)\b", bare.lower())[0].split()[-1]
    )
    if len(parts) == 1 and (noun in _UNNAMED or noun.isdigit()):
        return ""
    return "" if noun.strip(_QUOTES) in _NO_SPEAKERS else bare
