"""Rules for verbs that ascribe: clauses, infinitives, objects, complements and what follows a preposition."""

from assertions.suggestions.acts import act_of_verb
from assertions.suggestions.asides import content_around, content_before, source_before
from assertions.suggestions.clauses import (
    Piece,
    Subject,
    after_semicolon,
    clause,
    cue_piece,
    is_infinitive,
    subject_of,
    trimmed,
    without_mark,
)
from assertions.suggestions.cues import Cue, verbs
from assertions.suggestions.drafts import Draft, Reading, draft_of
from assertions.suggestions.objects import after_preposition, complement, whole_object
from assertions.suggestions.passives import passive
from assertions.suggestions.sources import may_speak
from assertions.suggestions.tree import Tree

_NOT_VERBS = frozenset({"amod", "compound", "nmod", "pobj", "dobj", "poss"})


def from_verb(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    """Return what a verb of the table ascribes, if the construction is one in which it does."""
    tree = reading.tree
    if tree.deps[verb] in _NOT_VERBS or not tree.is_verb(verb):
        return []
    subject = subject_of(tree, verb)
    if cue.is_speech and "q" in cue.frames and _has_lost_its_subject(tree, verb, subject):
        lost = source_before(reading, verb)
        if lost is not None:
            pieces = _pieces_after(reading, verb, cue) or content_before(reading, lost)
            if pieces:
                draft = draft_of(reading, "aside", verb, cue, pieces, tree.child(verb, "ccomp"))
                draft.source, draft.source_head = lost.piece, lost.head
                return [draft]
    if subject is not None and subject.is_passive:
        return passive(reading, verb, cue, subject)
    if subject is None or not may_speak(tree, subject.head, named=reading.named, loosely=cue.is_speech):
        return []
    found = _active(reading, verb, cue)
    if not found and cue.is_speech and "q" in cue.frames:
        pieces = content_around(reading, verb, subject)
        found = [draft_of(reading, "aside", verb, cue, pieces, None)] if pieces else []
    if cue.is_speech and not may_speak(tree, subject.head, named=reading.named, loosely=False):
        found = [draft for draft in found if draft.rule in {"ccomp", "parataxis", "aside"}]
    for draft in found:
        draft.source, draft.source_head = subject.piece, subject.head
    if not found and "q" in cue.frames:
        reading.waiting.append(
            Draft(
                "quotation",
                act_of_verb(tree, verb, cue, None),
                [],
                subject.piece,
                subject.head,
                cue_piece(tree, verb),
                verb,
            )
        )
    return found


def _has_lost_its_subject(tree: Tree, verb: int, subject: Subject | None) -> bool:
    """Whether a finite verb has no subject of its own and shares none by an "and"."""
    if (
        tree.tags[verb] not in {"VBD", "VBZ", "VBN"}
        or tree.child(verb, "nsubj", "auxpass", "nsubjpass", "cc") is not None
    ):
        return False
    if subject is None:
        return True
    head = tree.heads[verb]
    return tree.deps[verb] == "conj" and not any(
        tree.deps[c] == "cc" and c < verb for c in tree.children[head]
    )


def _pieces_after(reading: Reading, verb: int, cue: Cue) -> list[Piece]:
    found = _clauses(reading, verb, cue) if _has_clause_after(reading.tree, verb) else []
    return found[0].pieces if found else []


def _has_clause_after(tree: Tree, verb: int) -> bool:
    return any(head > verb for head in tree.all(verb, "ccomp"))


def _active(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    frames = cue.frames
    found: list[Draft] = []
    if frames & {"c", "q"}:
        found = _clauses(reading, verb, cue) or _parataxis(reading, verb, cue)
    if not found and frames & {"x", "i"}:
        found = _infinitive(reading, verb, cue)
    if not found and frames & {"s", "a"}:
        found = complement(reading, verb, cue)
    if not found and cue.prepositions:
        found = after_preposition(reading, verb, cue)
    if not found and "o" in frames:
        found = whole_object(reading, verb, cue)
    return found


def _clauses(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
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


def _parataxis(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
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
    pieces = clause(tree, head, without=verb)
    return [draft_of(reading, "parataxis", verb, cue, pieces, head)] if pieces else []


def _is_between_commas(tree: Tree, verb: int) -> bool:
    first, last = tree.left[verb], tree.right[verb]
    begin, end = tree.sentences[tree.sentence[verb]]
    opens = (
        first == begin or tree.words[first - 1] in {",", "—", "–", '"', "”", "-"} or tree.words[first] == ","
    )
    closes = last + 1 >= end or tree.words[last + 1] in {",", ".", "—", "–", ";", ":", '"', "“"}
    return opens and closes and last - first < 12 and tree.deps[verb] != "advcl"


def _infinitive(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    tree = reading.tree
    head = tree.child(verb, "xcomp", "ccomp")
    if head is None or not is_infinitive(tree, head):
        return []
    obj = tree.child(verb, "dobj", "dative")
    if obj is not None and obj < head:
        if "i" not in cue.frames:
            return []
        piece = (tree.left[obj], tree.right[head])
    elif "x" in cue.frames or tree.deps[head] == "ccomp":
        piece = (tree.left[head], tree.right[head])
    else:
        return []
    return [draft_of(reading, "infinitive", verb, cue, [trimmed(tree, piece)], head)]
