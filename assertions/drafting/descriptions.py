"""A description of who speaks, where no known actor is meant, as it can stand by itself. Pure."""

import re

_QUOTES = '"“”„‟«»'
# A clause that hangs on a noun, of which only the beginning stands in it.
_BESIDE = re.compile(r",?\s+(?:which|who|whom|whose|that|where|when)$", re.IGNORECASE)
_MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DATE = re.compile(rf"^(?:\d{{1,2}} {_MONTHS}|{_MONTHS} \d{{1,4}}|{_MONTHS}|\d{{4}})\b", re.IGNORECASE)
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
_UNCLOSED = re.compile(r"\s*\([^)]*$")


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
