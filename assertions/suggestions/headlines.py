"""Rules for headlines, which the parser reads badly: "Minister calls reports fake", "NIS: 3,000 sent"."""

from assertions.suggestions.acts import act_of_words
from assertions.suggestions.clauses import Piece, trimmed
from assertions.suggestions.cues import Cue, verbs
from assertions.suggestions.drafts import Draft, Reading
from assertions.suggestions.sources import may_speak
from assertions.suggestions.tree import Tree

_LONGEST = 30
_ENDS = frozenset({".", "!", "?", "”", '"'})
_DEEDS = frozenset({"hold", "state", "order", "report", "back", "project", "name", "show", "post", "publish"})
_FRAMES = frozenset("coasq")
# Frames whose content needs no preposition.
_FREELY = frozenset("cosq")
_OF_A_NAME = frozenset(
    {"DT", "NN", "NNS", "NNP", "NNPS", "JJ", "POS", "CC", "PRP$", "HYPH", "CD", "VBZ", "IN"}
)


def from_headline(reading: Reading, known: set[int]) -> list[Draft]:
    """Return what the first line ascribes, if it is a headline; ``known`` holds the cues that other rules read."""
    tree = reading.tree
    line = tree.text.lstrip().split("\n", 1)
    if len(line) < 2 or not line[0].strip() or line[0].strip()[-1] in _ENDS:
        return []
    stop = len(tree.text) - len(tree.text.lstrip()) + len(line[0])
    last = -1
    while last + 1 < min(len(tree), _LONGEST) and tree.starts[last + 1] < stop:
        last += 1
    while last >= 0 and tree.tags[last] == "_SP":
        last -= 1
    if last < 3 or (last + 1 < len(tree) and tree.starts[last + 1] < stop and tree.tags[last + 1] != "_SP"):
        return []
    found: list[Draft] = []
    begin = next(token for token in range(last + 1) if tree.tags[token] != "_SP")
    for token in range(begin, last + 2):
        if token > last or tree.words[token] == ";":
            found += _segment(reading, (begin, token - 1), known)
            begin = token + 1
    return found


def _segment(reading: Reading, piece: Piece, known: set[int]) -> list[Draft]:
    tree = reading.tree
    first, last = piece
    if last - first < 2 or any(token in known for token in range(first, last + 1)):
        return []
    for verb in range(first + 1, min(first + 9, last)):
        cue = verbs().get(tree.lower[verb])
        if (
            cue is not None
            and tree.words[verb].endswith("s")
            and cue.frames & _FRAMES
            and cue.lemma not in _DEEDS
        ):
            return _before_and_after(reading, piece, verb, cue)
        if tree.tags[verb] not in _OF_A_NAME:
            return []
    return []


def _before_and_after(reading: Reading, piece: Piece, verb: int, cue: Cue) -> list[Draft]:
    tree = reading.tree
    source = trimmed(tree, (piece[0], verb - 1))
    head = _head(tree, source)
    if head is None or not may_speak(tree, head, named=reading.named, loosely=False):
        return []
    content = trimmed(tree, (verb + 1, piece[1]))
    if content[1] - content[0] < 1:
        return []
    if (
        cue.prepositions
        and not cue.frames & _FREELY
        and not cue.prepositions & set(tree.lower[verb : piece[1]])
    ):
        return []
    act = act_of_words(tree, cue, content)
    return [Draft("headline", act, [content], source, head, (verb, verb), verb, None)]


def _head(tree: Tree, piece: Piece) -> int | None:
    nouns = [token for token in range(piece[0], piece[1] + 1) if tree.is_noun(token)]
    return nouns[-1] if nouns and nouns[-1] == piece[1] else None
