"""A headline for a text that has none. Pure."""

import re

LONGEST = 120
"""Characters of a headline; search engines and feeds cut longer ones."""

_SENTENCE_END = re.compile(r"(?P<stop>[.!?…]+)[\"”’»)\]]*(?=\s|$)|[。！？]+[」』”]*")
_NOT_IN_A_HEADLINE = (".", ":", ";", ",", "…", "。")
# Words that a full stop follows within a sentence.
_SHORTENED = frozenset(
    """
    adm apr aug capt co col corp dec dr feb gen gov inc jan jul jun lt ltd maj mar messrs mr mrs ms no nos nov
    oct pres prof rep rev sen sep sept sgt st vs
    """.split()
)


def split_headline(text: str) -> tuple[str, str]:
    """Return the headline that a text begins with, and the text without it; ("", text) if there is none.

    A headline is a first line of at most LONGEST characters, without a full stop at its end, with an empty
    line and more text after it.
    """
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    following = rest.lstrip(" \t\xa0")
    if len(first) > LONGEST or first.endswith(_NOT_IN_A_HEADLINE) or not following.startswith("\n"):
        return "", text
    return (first, rest.strip()) if rest.strip() else ("", text)


def propose_headline(text: str) -> str:
    """Return the first sentence of a text, without its full stop, cut at a word to LONGEST characters."""
    paragraph = " ".join(re.split(r"\n\s*\n", text.strip(), maxsplit=1)[0].split())
    sentence = _first_sentence(paragraph)
    if sentence.endswith(".") and not sentence.endswith(".."):
        sentence = sentence[:-1]
    return shorten(sentence.rstrip("。"))


def shorten(words: str) -> str:
    """Return one line of words cut to LONGEST characters, at a word where there is one, with an ellipsis."""
    if len(words) <= LONGEST:
        return words
    cut = words[:LONGEST]
    # The character after the cut tells whether the last word is whole; the ellipsis takes its own place.
    head, border, _ = cut.rpartition(" ")
    kept = head if border and len(head) > LONGEST // 2 else cut[:-1]
    return kept.rstrip(" ,;:–—-") + "…"


def _first_sentence(paragraph: str) -> str:
    for end in _SENTENCE_END.finditer(paragraph):
        following = paragraph[end.end() :].lstrip()
        if following[:1].islower() or (end["stop"] == "." and _is_shortened(paragraph[: end.start()])):
            continue
        return paragraph[: end.end()]
    return paragraph


def _is_shortened(before: str) -> bool:
    word = before.rpartition(" ")[2].lstrip("(“\"‘'").lower()
    return (len(word) == 1 and word.isalpha()) or "." in word or word in _SHORTENED
