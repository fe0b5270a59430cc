"""Rules for whole clauses that a verb ascribes: after it, before it, around it, or at a distance."""

from assertions.suggestions.asides import clause_with_that
from assertions.suggestions.clauses import (
    Piece,
    after_semicolon,
    clause,
    cue_piece,
    is_infinitive,
    trimmed,
    without_citation,
    without_mark,
    without_outer,
)
from assertions.suggestions.cues import Cue, verbs
from assertions.suggestions.drafts import Draft, Reading, draft_of
from assertions.suggestions.tree import Tree


def whole_clauses(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    tree = reading.tree
    heads = tree.all(verb, "ccomp") or _whether(tree, verb)
    above = tree.heads[verb]
    if tree.deps[verb] == "ccomp" and above < verb and verbs().get(tree.lower[above]) is not None:
        comma = _tail(tree, verb)
        if comma is not None:
            piece = trimmed(tree, (tree.left[above], comma - 1))
            return [draft_of(reading, "ccomp", verb, cue, [piece], above)]
    if "c" not in cue.frames:
        heads = [head for head in heads if reading.quoted[head] >= 0]
    pieces: list[Piece] = []
    for head in heads:
        tail = _tail(tree, head)
        if tail is not None:
            inner = tree.child(head, "ccomp")
            pieces += [(tree.left[inner], tree.right[inner])] if inner is not None else []
            continue
        if is_infinitive(tree, head) and not cue.frames & {"i", "x"}:
            continue
        if tree.tags[head] == "VBG" and tree.child(head, "nsubj") is None and not cue.frames & {"o"}:
            continue
        parts = clause(tree, head)
        if parts and head > verb:
            parts = [without_citation(tree, without_outer(tree, part)) for part in parts]
        if parts:
            parts[0] = without_mark(tree, head, parts[0])
            if parts[0][1] < verb and reading.quoted[parts[0][0]] < 0:
                parts[0] = _after_colon(reading, after_semicolon(tree, parts[0]))
            pieces += parts
    pieces = [piece for piece in pieces if piece[0] > verb or _may_precede(reading, verb, cue, piece)] or [
        piece for piece in pieces if "q" in cue.frames and piece[0] > verb
    ]
    if not pieces:
        return []
    predicate = next((head for head in heads if any(first <= head <= last for first, last in pieces)), None)
    return [draft_of(reading, "ccomp", verb, cue, _around(pieces, cue_piece(tree, verb)), predicate)]


def _after_colon(reading: Reading, piece: Piece) -> Piece:
    """Return the quotation after a colon alone, if a piece ends in one: what leads to it is the article's own voice."""
    first, last = piece
    number = reading.quoted[last]
    if number < 0:
        return piece
    while last >= first and reading.quoted[last] == number:
        last -= 1
    return (last + 1, piece[1]) if last >= first and reading.tree.words[last] == ":" else piece


def _may_precede(reading: Reading, verb: int, cue: Cue, piece: Piece) -> bool:
    """Whether what stands before a verb is what it ascribes, and not another statement before a semicolon."""
    tree = reading.tree
    if reading.quoted[piece[0]] >= 0 or piece[1] > verb:
        return True
    if "q" not in cue.frames and tree.tags[piece[0]] not in {"WRB", "WP", "WDT", "IN"}:
        return False
    if piece[1] + 1 < len(tree) and tree.words[piece[1] + 1] in {";", ":"}:
        return False
    later = tree.all(verb, "ccomp")[-1]
    return not (later > verb and any(tree.lower[c] == "that" for c in tree.children[later] if c < later))


def _whether(tree: Tree, verb: int) -> list[int]:
    """Return the clause with "if" or "whether" right after a verb, which is what is said, and no condition."""
    return [
        head
        for head in tree.all(verb, "advcl")
        if tree.left[head] == verb + 1 and tree.lower[verb + 1] in {"if", "whether"}
    ]


def _tail(tree: Tree, verb: int) -> int | None:
    """Return the comma before a report at the end of a sentence that the parser took for what was said: "she said
    that it rained, the agency reported"; None if the verb is no such report.
    """
    cue = verbs().get(tree.lower[verb])
    subject = tree.child(verb, "nsubj")
    inner = tree.child(verb, "ccomp")
    if (
        cue is None
        or not cue.is_speech
        or subject is None
        or inner is None
        or subject > verb
        or inner > subject
    ):
        return None
    comma = tree.left[subject] - 1
    return comma if comma > inner and tree.words[comma] == "," else None


def _around(pieces: list[Piece], cue: Piece) -> list[Piece]:
    """Cut the cue out of a piece that goes around it."""
    cut: list[Piece] = []
    for first, last in sorted(pieces):
        if first < cue[0] and last > cue[1]:
            cut += [(first, cue[0] - 1), (cue[1] + 1, last)]
        else:
            cut.append((first, last))
    return cut


def without_that(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    """ "Maintained the plan is dead": a clause that the parser took for an object and another verb."""
    tree = reading.tree
    obj = tree.child(verb, "dobj")
    if not cue.is_speech or obj is None or obj < verb:
        return []
    for other in tree.all(verb, "conj"):
        joined = any(tree.deps[child] == "cc" and verb < child < other for child in tree.children[verb])
        if (
            tree.left[other] == tree.right[obj] + 1
            and tree.tags[other] in {"VBD", "VBZ", "VBP"}
            and not joined
        ):
            piece = trimmed(tree, (tree.left[obj], tree.right[other]))
            return [draft_of(reading, "ccomp", verb, cue, [piece], other)]
    return []


def distant_clause(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    found = clause_with_that(reading.tree, verb)
    return [draft_of(reading, "ccomp", verb, cue, [found[0]], found[1])] if found is not None else []


def parataxis(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    """The cue within its own content: "The talks, she said, went well"."""
    tree = reading.tree
    head = tree.heads[verb]
    while tree.deps[head] in {"aux", "auxpass"}:
        head = tree.heads[head]
    if tree.deps[verb] not in {"parataxis", "ccomp", "dep", "advcl"} or head == verb:
        return []
    if tree.deps[verb] != "parataxis" and not _is_between_commas(tree, verb):
        return []
    if "q" not in cue.frames and cue.lemma not in {"believe", "think", "hope", "fear", "expect", "suspect"}:
        return []
    if tree.child(verb, "nsubj") is None or tree.child(verb, "mark") is not None:
        return []
    if tree.deps[verb] != "parataxis" and not cue.is_speech:
        return []
    if tree.deps[verb] == "ccomp" and _reports(tree, head, verb):
        return []
    pieces = clause(tree, head, without=verb)
    if pieces and pieces[0][0] > verb:
        pieces[0] = without_mark(tree, head, pieces[0])
    return [draft_of(reading, "parataxis", verb, cue, pieces, head)] if pieces else []


def _reports(tree: Tree, head: int, verb: int) -> bool:
    """Whether a verb after another is the report of what the other says ("The town holds out, it says")."""
    subject = tree.child(head, "nsubj")
    return tree.lower[head] in verbs() and subject is not None and verb < subject < head


def _is_between_commas(tree: Tree, verb: int) -> bool:
    first, last = tree.left[verb], tree.right[verb]
    begin, end = tree.sentences[tree.sentence[verb]]
    opens = (
        first == begin or tree.words[first - 1] in {",", "—", "–", '"', "”", "-"} or tree.words[first] == ","
    )
    closes = last + 1 >= end or tree.words[last + 1] in {",", ".", "—", "–", '"', "“"}
    return opens and closes and last - first < 12 and tree.deps[verb] != "advcl"
