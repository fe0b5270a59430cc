"""Text as words: tokens with their places, folding, and what a line as a whole tells."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate

from actors import contexts

# Marks that may stand inside a word: combining marks, soft hyphen, zero-width (non-)joiner, word joiner.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u00ad\u200c\u200d\u2060"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# The cheapest pattern is chosen text by text: for texts of Latin letters without marks, whose classes are
# spelled out because they are quicker so than by category; for any letters and the marks within a word; and
# for Han, which has no spaces, as a token a character. With dots between letters it is one token ("U.N.").
# Each is one group, so that splitting gives the words and what stands between them.
_LATIN = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af"
_NOT_LATIN = re.compile(
    "[^\u0000-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf-\u02af\u2010-\u205e\u20a0-\u20c0\u2190-\u22ff]"
)
_DOTS = r"(?:(?<=\b[^\W\d_])(?:\.[^\W\d_]\b)+\.?)?"


def _any_words(letter: str, more: str = "") -> re.Pattern[str]:
    return re.compile(
        rf"({more}{letter}{{2,}}(?:[{_MARKS}]+{letter}*)*|{letter}(?:[{_MARKS}]+{letter}*)*{_DOTS})"
    )


_LATIN_WORD = re.compile(f"([{_LATIN}]+)")
_LATIN_WORD_WITH_DOTS = re.compile(f"([{_LATIN}]{{2,}}|[{_LATIN}]{_DOTS})")
_SPACED_WORD = _any_words(r"[^\W_]")
_ANY_WORD = _any_words(rf"[^\W_{_HAN}]", rf"[{_HAN}]|")
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_DOTTED = re.compile(r"\.[^\W\d_]\b")
LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# What may stand between two words of a name without a trace: spaces, apostrophes, and a hyphen without
# spaces.
LOOSE = re.compile("(?:[\\s_'’‘ʼ`´\u00ad\u2060\u200b\ufeff]|(?<!\\s)[-\u2010\u2011](?!\\s))+")
HYPHEN = re.compile("[-\u2010\u2011]")
_SENTENCE_END = re.compile(r"[.!?…](?=[\"'”’»)\]]*\s)|[;:]\s|^\s*[\"“‘«]")
_SENTENCES = re.compile(r"\w{3}[.!?;]\s+\S")
_DROPPED = re.compile(f"[{_MARKS}]")
# Letters that do not decompose.
_LETTERS = str.maketrans("łøđħıŀ", "lodhil")


# Longer tokens are no words: they are neither cached nor searched for names within them.
LONGEST_WORD = 64


@lru_cache(maxsize=65536)
def _fold_word(token: str) -> str:
    return _fold_slowly(token)


def _fold_slowly(token: str) -> str:
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", token.casefold()).casefold())
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))


def fold_other(token: str) -> str:
    return _fold_word(token) if len(token) <= LONGEST_WORD else _fold_slowly(token)


def _parts(text: str) -> list[str]:
    """What stands before the first word, the first word, what stands between it and the second, and so on."""
    parts = (_LATIN_WORD_WITH_DOTS if _DOTTED.search(text) else _LATIN_WORD).split(text)
    if text.isascii() or not _NOT_LATIN.search("".join(set(parts[::2]))):
        return parts
    return (_ANY_WORD if _HAN_CHARACTER.search(text) else _SPACED_WORD).split(text)


def split_words(text: str) -> tuple[list[str], list[str]]:
    """The words of a text, and what stands before each of them and after the last."""
    parts = _parts(text)
    return parts[1::2], parts[::2]


def tokens(text: str) -> list[str]:
    """The words of a text."""
    return _parts(text)[1::2]


def can_stand_in_text(name: str) -> bool:
    """Tell whether a name can be found in a text: it has a letter or a digit, and no line break."""
    return bool(tokens(name)) and LINE.fullmatch(name) is not None


def fold(token: str) -> str:
    """One word as the trie knows it: no case, accents, compatibility forms, or dots between letters."""
    if "." in token:
        token = token.replace(".", "")
    return token.lower() if token.isascii() else fold_other(token)


class Text:
    """A text cut into words, once; a line is made only when a name may begin in it."""

    __slots__ = ("_line_ends", "_parts", "_starts", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self._parts = _parts(text)
        self.tokens = self._parts[1::2]
        self._starts: list[int] = []
        self._line_ends: list[int] = []

    def line_at(self, index: int) -> tuple["Line", int, int]:
        """The line in which word `index` stands, its first word and the first word after it."""
        if not self._starts:
            self._starts = list(accumulate(map(len, self._parts)))[:-1:2]
            self._line_ends = list(accumulate(map(len, self.text.splitlines(keepends=True))))
        starts, ends = self._starts, self._line_ends
        number = bisect_right(ends, starts[index])
        start, end = ends[number - 1] if number else 0, ends[number]
        first, last = bisect_left(starts, start, 0, index), bisect_left(starts, end, index)
        gaps = self._parts[2 * first : 2 * last : 2]
        line = Line(self.text, start, end, self.tokens[first:last], gaps, starts[first:last])
        return line, first, last


class Line:
    """One line of a text, cut into words; what only some names need is worked out when first asked for.

    `start` and `end` (with the line break) are places in the text, and so are `starts`, one for each word;
    `gaps` are what stands before each word, but for the first.
    """

    __slots__ = ("_capitals", "_dateline", "_title_case", "end", "gaps", "start", "starts", "text", "tokens")

    def __init__(
        self, text: str, start: int, end: int, words: list[str], gaps: list[str], starts: list[int]
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.tokens = words
        self.starts = starts
        self.gaps = gaps
        gaps[0] = ""
        self._dateline: int | None = None
        self._title_case: bool | None = None
        self._capitals: bool | None = None

    @property
    def dateline(self) -> int:
        """Where the place line at the start of the paragraph ends (the line's start: there is none)."""
        if self._dateline is None:
            beginning = self.text[self.start : min(self.end, self.start + 160)]
            self._dateline = self.start + contexts.dateline_end(beginning)
        return self._dateline

    @property
    def is_title_case(self) -> bool:
        if self._title_case is None:
            self._title_case = contexts.is_title_case(self.tokens) and not _SENTENCES.search(
                self.text, self.start, self.end
            )
        return self._title_case

    @property
    def is_capitals(self) -> bool:
        """Whether three or more words stand in capitals, and none in small letters."""
        if self._capitals is None:
            self._capitals = len(self.tokens) >= 3 and self.text[self.start : self.end].isupper()
        return self._capitals

    def token_end(self, index: int) -> int:
        return self.starts[index] + len(self.tokens[index])

    def gap(self, index: int) -> str:
        """What stands between word `index` and the one before it."""
        return self.gaps[index]

    def left(self, first: int, most: int = 10) -> list[str]:
        """The words of the sentence before word `first`, nearest first, in small letters."""
        words: list[str] = []
        while first > 0 and len(words) < most and not self._begins_sentence(first):
            first -= 1
            words.append(self.tokens[first].lower())
        return words

    def right(self, last: int, most: int = 6) -> list[str]:
        """The words from word `last` on, as written, as long as only spaces (or later hyphens) stand before
        them.
        """
        words: list[str] = []
        for index in range(last, min(len(self.tokens), last + most)):
            gap = self.gap(index)
            if gap.strip() and not (words and gap == "-"):
                break
            words.append(self.tokens[index])
        return words

    def starts_sentence(self, index: int) -> bool:
        return index == 0 or self._begins_sentence(index) or '"' in self.gap(index)

    def _begins_sentence(self, index: int) -> bool:
        gap = self.gap(index)
        if gap == " " or not _SENTENCE_END.search(gap):
            return False
        # A dot after an initial or an honorific ends no sentence.
        before = self.tokens[index - 1]
        return gap.strip() != "." or not (len(before) == 1 or before.lower() in contexts.TITLES)
