"""Rules for words of saying that stand aside of what was said, where the parse has lost their subject or their object:
"…, the minister, Ann Lee, said on Friday." and "The talks, they said in Rome, go on".
"""

from assertions.suggestions.clauses import Piece, Subject, trimmed
from assertions.suggestions.cues import Cue
from assertions.suggestions.drafts import Draft, Reading
from assertions.suggestions.sources import may_speak
from assertions.suggestions.tree import Tree

_OF_A_NAME = frozenset(
    {
        "DT",
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "JJ",
        "JJS",
        "POS",
        "PRP",
        "PRP$",
        "HYPH",
        "CD",
        "IN",
        "CC",
        "``",
        "''",
        "-LRB-",
        "-RRB-",
    }
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "CD"})
_SUBORDINATE = frozenset("when after before as while since although though because once until".split())
_LONGEST_SOURCE = 24
_FARTHEST_MARK = 16


def source_before(reading: Reading, verb: int) -> Subject | None:
    """Return the noun phrase that stands before a verb, between commas if it has an apposition."""
    tree = reading.tree
    begin, _ = tree.sentences[tree.sentence[verb]]
    last = verb - 1
    while last > begin and tree.deps[last] in {"aux", "advmod", "neg"}:
        last -= 1
    if last <= begin:
        return None
    apposed = tree.words[last] == ","
    first = _segment(tree, last - 1 if apposed else last, begin)
    if first is None:
        return None
    piece = (first, last - 1 if apposed else last)
    if apposed:
        if first - 1 <= begin or tree.words[first - 1] != ",":
            return None
        before = _segment(tree, first - 2, begin)
        if before is None:
            return None
        before = _after_circumstance(reading, (before, first - 2))
        head = _person_in(reading, (before, last - 1)) or _name_in(tree, (before, first - 2))
        piece = (before, last - 1)
    else:
        piece = (_after_circumstance(reading, piece), piece[1])
        head = _person_in(reading, piece) or _name_in(tree, piece)
    if head is None or not may_speak(tree, head, named=reading.named, loosely=False):
        return None
    return Subject(head, trimmed(tree, piece))


def clause_with_that(tree: Tree, verb: int) -> tuple[Piece, int] | None:
    """Return the clause with "that" which follows a verb after a time, a place or another aside ("said, through a
    lawmaker, that …"), and its verb.
    """
    _, end = tree.sentences[tree.sentence[verb]]
    for mark in range(verb + 1, min(verb + _FARTHEST_MARK, end)):
        if tree.tags[mark] in _FINITE or tree.words[mark] in {";", ":"} or tree.tags[mark] in {"``", "''"}:
            return None
        if tree.lower[mark] == "that" and tree.tags[mark] in {"IN", "WDT"}:
            head = tree.heads[mark]
            subject = tree.child(head, "nsubj", "nsubjpass")
            if not tree.is_verb(head) or subject is None or subject <= mark:
                return None
            if tree.words[verb:mark].count(",") % 2:
                return None
            last = max(tree.right[head], mark + 1)
            return trimmed(tree, (mark + 1, min(last, end - 1))), head
    return None


def content_to_the_end(reading: Reading, verb: int) -> tuple[Subject, list[Piece]] | None:
    """Return the source and the clause before them of a verb that closes its sentence: "…, the agency reported."."""
    tree = reading.tree
    _, end = tree.sentences[tree.sentence[verb]]
    for token in range(verb + 1, end):
        if tree.tags[token] in _FINITE or tree.tags[token] in {"WDT", "WP", "``", "''"}:
            return None
        follows = token == verb + 1 and tree.deps[token] != "npadvmod"
        if follows and tree.tags[token] in {"DT", "PRP", "PRP$", "JJ"} | _NOUNS:
            return None
    source = source_before(reading, verb)
    if source is None:
        return None
    pieces = content_before(reading, source)
    if not pieces:
        return None
    first, last = pieces[0]
    if tree.lower[first] in _SUBORDINATE and tree.heads[first] > last:
        return None
    return source, pieces


def report_at_the_end(reading: Reading, token: int, cue: Cue) -> list[Draft]:
    """ "…, the agency reports." where the parser read a noun for the verb."""
    tree = reading.tree
    _, end = tree.sentences[tree.sentence[token]]
    if (
        "q" not in cue.frames
        or not tree.lower[token].endswith("s")
        or tree.tags[token] not in {"NNS", "NNPS"}
    ):
        return []
    if any(not tree.is_punctuation(after) for after in range(token + 1, end)):
        return []
    source = source_before(reading, token)
    pieces = content_before(reading, source) if source is not None else []
    if source is None or not pieces:
        return []
    return [Draft("aside", cue.act, pieces, source.piece, source.head, (token, token), token)]


def _segment(tree: Tree, last: int, begin: int) -> int | None:
    """Return where the noun phrase that ends at ``last`` begins: after a comma, or with the sentence."""
    first = last
    while first > begin and tree.words[first - 1] not in {",", ";", ":"}:
        first -= 1
    if first > last or last - first > _LONGEST_SOURCE:
        return None
    return first if all(tree.tags[token] in _OF_A_NAME for token in range(first, last + 1)) else None


def _after_circumstance(reading: Reading, piece: Piece) -> int:
    """Return where a name begins that follows on a time or a place without a comma ("In June Ann Lee"), else where the
    piece does.
    """
    tree = reading.tree
    if tree.tags[piece[0]] != "IN":
        return piece[0]
    mention = reading.mention_at.get(piece[1])
    first = piece[1]
    while first > piece[0] and mention is not None and reading.mention_at.get(first - 1) is mention:
        first -= 1
    known = reading.actors.get(mention.actor or "") if mention is not None else None
    return first if known is not None and known.kind == "person" else piece[0]


def _person_in(reading: Reading, piece: Piece) -> int | None:
    """Return the last token of the first person of the table within a noun phrase, if none is named for another."""
    tree = reading.tree
    for token in range(piece[0], piece[1] + 1):
        mention = reading.mention_at.get(token)
        known = reading.actors.get(mention.actor or "") if mention is not None else None
        if known is None or known.kind != "person" or tree.deps[token] in {"compound", "poss"}:
            continue
        if tree.deps[token] != "pobj" or tree.heads[token] < piece[0]:
            return token
    return None


def _name_in(tree: Tree, piece: Piece) -> int | None:
    """Return the last noun of the first group of nouns in a noun phrase: its head."""
    head = None
    for token in range(piece[0], piece[1] + 1):
        if tree.tags[token] in {"IN", "CC"} and head is not None:
            break
        if tree.tags[token].startswith(("NN", "PRP")) and tree.tags[token] != "PRP$":
            head = token
    return head


def content_before(reading: Reading, source: Subject) -> list[Piece]:
    """Return the clause before a source that closes its sentence; empty if there is none."""
    tree = reading.tree
    begin, _ = tree.sentences[tree.sentence[source.head]]
    comma = source.piece[0] - 1
    if comma <= begin or tree.words[comma] not in {",", "”", '"', "''"}:
        return []
    piece = trimmed(tree, (begin, comma - (tree.words[comma] == ",")))
    for token in range(piece[1] - 1, piece[0], -1):
        if tree.words[token] in {";", ":"} and reading.quoted[token] < 0:
            piece = trimmed(tree, (token + 1, piece[1]))
            break
    return [piece] if _is_clause(tree, piece) else []


def content_around(reading: Reading, verb: int, source: Subject) -> list[Piece]:
    """Return the two sides of a clause into which a source and its verb are put between commas."""
    tree = reading.tree
    begin, end = tree.sentences[tree.sentence[verb]]
    opened = source.piece[0] - 1
    if opened <= begin or tree.words[opened] not in {",", "—", "–"} or source.head > verb:
        return []
    closed = verb + 1
    while closed < end and tree.words[closed] not in {",", "—", "–"}:
        if tree.tags[closed] in _FINITE or closed - verb > 8:
            return []
        closed += 1
    if closed >= end - 1:
        return []
    before, after = trimmed(tree, (begin, opened - 1)), trimmed(tree, (closed + 1, end - 1))
    if not any(tree.tags[token].startswith(("NN", "PRP")) for token in range(before[0], before[1] + 1)):
        return []
    whole = [before, after]
    return (
        whole
        if after[1] > after[0] and any(_is_clause(tree, piece) or _has_verb(tree, piece) for piece in whole)
        else []
    )


def _is_clause(tree: Tree, piece: Piece) -> bool:
    return piece[1] - piece[0] >= 2 and any(
        tree.tags[token] in _FINITE for token in range(piece[0], piece[1] + 1)
    )


def _has_verb(tree: Tree, piece: Piece) -> bool:
    return any(tree.tags[token].startswith("VB") for token in range(piece[0], piece[1] + 1))
