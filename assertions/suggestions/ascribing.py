"""Whose a quotation is where the parse does not tie it to a verb of saying: rules from the surest to the loosest."""

from assertions.suggestions.clauses import Piece, noun_phrase, subject_of, trimmed
from assertions.suggestions.cues import verbs
from assertions.suggestions.drafts import Draft, Reading
from assertions.suggestions.sources import PERSONAL, may_speak
from assertions.suggestions.tree import Tree

# How many words may stand between a quotation and the words that ascribe it.
_NEAR = 12
# A quotation of fewer words is a phrase, which nothing but its own clause ascribes.
_SENTENCE_LIKE = 4


def ascribed(
    reading: Reading, number: int, span: Piece, by_sentence: dict[int, list[Draft]], last: Draft | None
) -> Draft | None:
    found = _by_waiting(reading, span, by_sentence) or _by_pattern(reading, span)
    if found is not None:
        return found
    if _words(reading.tree, span) >= _SENTENCE_LIKE or _is_sentence(reading.tree, span):
        found = _continued(reading, number, span, last) or _after_colon(reading, span)
    found = found or _phrase(reading, span)
    if found is None and _words(reading.tree, span) >= _SENTENCE_LIKE:
        found = _after_sentence(reading, span)
    return found


def _words(tree: Tree, span: Piece) -> int:
    return sum(word[0].isalnum() for word in tree.words[span[0] : span[1] + 1])


def _is_sentence(tree: Tree, span: Piece) -> bool:
    """Whether a short quotation is a sentence of its own ("Nobody told me.")."""
    closed = any(
        tree.words[token] in {".", "!", "?"} for token in range(max(span[0], span[1] - 1), span[1] + 1)
    )
    return closed and _begins_sentence(tree, span[0]) and _words(tree, span) > 1


def _by_waiting(reading: Reading, span: Piece, by_sentence: dict[int, list[Draft]]) -> Draft | None:
    """A verb of speech with its subject beside the quotation, to which the parser did not tie it."""
    tree = reading.tree
    places = {tree.sentence[span[0]], tree.sentence[span[1]]}
    if span[1] + 1 < len(tree):
        places.add(tree.sentence[span[1] + 1])
    if span[0]:
        places.add(tree.sentence[span[0] - 1])
    near: list[tuple[int, Draft]] = []
    for place in places:
        for draft in by_sentence.get(place, ()):
            assert draft.cue_head is not None
            if span[0] <= draft.cue_head <= span[1]:
                continue
            distance = min(abs(draft.cue_head - span[0]), abs(draft.cue_head - span[1]))
            if distance <= _NEAR and not _is_apart(tree, draft.cue_head, span):
                near.append((distance, draft))
    if not near:
        return None
    draft = min(near, key=lambda pair: pair[0])[1]
    found = Draft("quotation", draft.act, [span], draft.source, draft.source_head, draft.cue, draft.cue_head)
    return found


def _is_apart(tree: Tree, cue: int, span: Piece) -> bool:
    """Whether a sentence ends between a cue and a quotation."""
    first, last = (cue, span[0]) if cue < span[0] else (span[1] + 1, cue)
    return any(
        tree.words[token] in {".", ";", "!", "?"} or "\n" in tree.words[token] for token in range(first, last)
    )


def _by_pattern(reading: Reading, span: Piece) -> Draft | None:
    """ "…," said X, or X said, "…", whatever the parse."""
    tree = reading.tree
    for token in range(span[1] + 1, min(span[1] + 7, len(tree))):
        if tree.words[token] in {".", ";", "?", "!"} or "\n" in tree.words[token]:
            break
        if _may_quote(tree, token):
            return _beside(reading, token, span, after=True)
    for token in range(span[0] - 1, max(span[0] - 7, -1), -1):
        if tree.words[token] in {".", ";", "?", "!"} or "\n" in tree.words[token]:
            break
        if _may_quote(tree, token):
            return _beside(reading, token, span, after=False)
    return None


def _may_quote(tree: Tree, token: int) -> bool:
    cue = verbs().get(tree.lower[token])
    return cue is not None and "q" in cue.frames and cue.is_speech and tree.is_verb(token)


def _beside(reading: Reading, verb: int, span: Piece, *, after: bool) -> Draft | None:
    tree = reading.tree
    subject = subject_of(tree, verb)
    head: int | None = subject.head if subject is not None and not subject.is_passive else None
    if head is None and after:
        near = [t for t in (verb + 1, verb - 1) if t < len(tree) and t > span[1] and tree.is_noun(t)]
        head = near[0] if near else None
        while head is not None and tree.deps[head] in {"compound", "det", "poss"} and tree.heads[head] > head:
            head = tree.heads[head]
    elif head is None and verb and tree.is_noun(verb - 1):
        head = verb - 1
    if (
        head is None
        or span[0] <= head <= span[1]
        or not may_speak(tree, head, named=reading.named, loosely=True)
    ):
        return None
    return Draft("quotation", "states", [span], noun_phrase(tree, head), head, (verb, verb), verb)


def _continued(reading: Reading, number: int, span: Piece, last: Draft | None) -> Draft | None:
    """A quotation that follows another: of the same statement in its paragraph, of the same source in the next one."""
    tree = reading.tree
    if last is None or last.source is None or last.cue_head is None:
        return None
    before = max(last.pieces[-1][1], last.cue_head)
    between = tree.text[tree.ends[before] : tree.starts[span[0]]]
    breaks = between.count("\n\n") or between.count("\n")
    same_sentence = tree.sentence[span[0]] - tree.sentence[before] <= 1
    if not breaks and same_sentence and _begins_sentence(tree, span[0]):
        last.pieces.append(span)
        return last
    follows = number > 0 and reading.quotations[number - 1].goes_on
    if follows or (breaks == 1 and _is_whole_paragraph(reading, span) and len(between) < 200):
        return Draft(
            "continued quotation", last.act, [span], last.source, last.source_head, last.cue, last.cue_head
        )
    return None


def _begins_sentence(tree: Tree, token: int) -> bool:
    back = token - 1
    while back >= 0 and tree.tags[back] == "_SP":
        back -= 1
    return (
        back < 0 or tree.words[back] in {".", "?", "!", ":", "”", '"', "’"} or "\n" in tree.words[token - 1]
    )


def _is_whole_paragraph(reading: Reading, span: Piece) -> bool:
    text = reading.tree.text
    start, end = reading.tree.starts[span[0]], reading.tree.ends[span[1]]
    before = text[max(0, start - 3) : start]
    after = text[end : end + 3]
    begins = before[len(before.rstrip()) :]
    return (start == 0 or "\n" in begins) and ("\n" in after or not after.strip())


def _after_colon(reading: Reading, span: Piece) -> Draft | None:
    """ "The minister: “…”", at the beginning of a line; or "she put it bluntly: “…”"."""
    tree = reading.tree
    colon = span[0] - 1
    if colon < 1 or tree.words[colon] != ":":
        return None
    begin = tree.sentences[tree.sentence[colon]][0]
    if begin == colon:
        return None
    finite = next((t for t in range(begin, colon) if tree.tags[t] in {"VBD", "VBZ", "VBP"}), None)
    if finite is not None:
        return _of_subject(reading, finite, span, "colon")
    head = colon - 1
    if colon - begin > 8 or not tree.is_noun(head) or any(tree.is_verb(t) for t in range(begin, colon)):
        return None
    while begin <= tree.heads[head] < colon and tree.heads[head] != head and tree.is_noun(tree.heads[head]):
        head = tree.heads[head]
    if not may_speak(tree, head, named=reading.named, loosely=False):
        return None
    source = trimmed(tree, (begin, colon - 1), quotes=True)
    return Draft("colon", "states", [span], source, head, (colon, colon), colon)


def _of_subject(reading: Reading, verb: int, span: Piece, rule: str) -> Draft | None:
    """Return the quotation as that of the person who is the subject of a verb."""
    tree = reading.tree
    subject = subject_of(tree, verb)
    if subject is None or span[0] <= subject.head <= span[1] or subject.head > span[0]:
        return None
    head = subject.head
    if not (tree.lower[head] in PERSONAL - {"you"} or head in reading.named or tree.is_proper(head)):
        return None
    return Draft(rule, "states", [span], subject.piece, head, (verb, verb), verb)


def _after_sentence(reading: Reading, span: Piece) -> Draft | None:
    """A quotation that stands by itself after a sentence about somebody, in the same paragraph."""
    tree = reading.tree
    if not _begins_sentence(tree, span[0]):
        return None
    before = span[0] - 1
    while before >= 0 and tree.tags[before] == "_SP" and "\n" not in tree.words[before]:
        before -= 1
    if before < 0 or tree.tags[before] == "_SP" or reading.quoted[before] >= 0:
        return None
    begin, end = tree.sentences[tree.sentence[before]]
    root = next((t for t in range(begin, end) if tree.heads[t] == t and tree.is_verb(t)), None)
    return _of_subject(reading, root, span, "quotation after") if root is not None else None


def _phrase(reading: Reading, span: Piece) -> Draft | None:
    """Quoted words within a clause of somebody who speaks, whatever the verb: "hailed a “new era”"."""
    tree = reading.tree
    words = [word for word in tree.words[span[0] : span[1] + 1] if word[0].isalnum()]
    if len(words) < 2:
        return None
    inside = range(span[0], span[1] + 1)
    top = next((t for t in inside if tree.heads[t] not in inside and not tree.is_punctuation(t)), None)
    verb = _verb_around(tree, top, inside) if top is not None else None
    if top is None or verb is None or verb > span[0]:
        return None
    cue = verbs().get(tree.lower[verb])
    if cue is None:
        # Of any other verb only what is no title: "The Last Word".
        is_title = sum(word[0].isupper() for word in words) * 2 > len(words)
        return (
            None
            if is_title or len(words) < _SENTENCE_LIKE
            else _of_subject(reading, verb, span, "quoted words")
        )
    subject = subject_of(tree, verb)
    if subject is None or subject.is_passive or subject.head in inside:
        return None
    if not may_speak(tree, subject.head, named=reading.named, loosely=False):
        return None
    return Draft("quoted phrase", cue.act, [span], subject.piece, subject.head, (verb, verb), verb, top)


def _verb_around(tree: Tree, token: int, inside: range) -> int | None:
    """Return the nearest verb outside of a quotation on which a token in it depends."""
    for _ in range(7):
        if tree.heads[token] == token:
            return None
        token = tree.heads[token]
        if tree.is_verb(token) and token not in inside:
            return token
    return None
