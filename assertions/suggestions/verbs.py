"""Rules for verbs that ascribe: clauses, infinitives, objects, complements and what follows a preposition."""

from assertions.suggestions.acts import act_of_verb
from assertions.suggestions.asides import (
    content_around,
    content_before,
    content_to_the_end,
    source_before,
)
from assertions.suggestions.clauses import (
    Piece,
    Subject,
    cue_piece,
    is_infinitive,
    noun_phrase,
    subject_of,
    trimmed,
)
from assertions.suggestions.cues import Cue
from assertions.suggestions.drafts import Draft, Reading, draft_of
from assertions.suggestions.objects import after_preposition, complement, detail, whole_object
from assertions.suggestions.passives import passive
from assertions.suggestions.sources import may_speak
from assertions.suggestions.tree import Tree
from assertions.suggestions.whole_clauses import distant_clause, parataxis, whole_clauses, without_that

# What is done to whoever then answers.
_ASKED = frozenset({"ask", "press", "question", "quote", "tell"})
# Rules after which a clause with "that" is looked for, since it is the surer content.
_LOOSE = frozenset({"object", "object with grounds", "preposition"})
_NOT_VERBS = frozenset({"amod", "compound", "nmod", "pobj", "dobj", "poss"})


def from_verb(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    """Return what a verb of the table ascribes, if the construction is one in which it does."""
    tree = reading.tree
    if tree.deps[verb] in _NOT_VERBS or not tree.is_verb(verb):
        return []
    subject = subject_of(tree, verb)
    if subject is not None and cue.lemma in _ASKED and _is_aside(tree, verb, subject):
        return []
    is_quoting = cue.is_speech and "q" in cue.frames
    if is_quoting:
        astray = _with_stray_subject(reading, verb, cue, subject)
        if astray:
            return astray
    if subject is not None and subject.is_passive:
        return passive(reading, verb, cue, subject)
    if subject is None or not may_speak(tree, subject.head, named=reading.named, loosely=cue.is_speech):
        return []
    found = _active(reading, verb, cue) or _said_so(reading, verb, cue)
    if "c" in cue.frames and not found:
        found = without_that(reading, verb, cue)
    if "c" in cue.frames and (not found or found[0].rule in _LOOSE):
        found = distant_clause(reading, verb, cue) or found
    if not found and is_quoting:
        subject, pieces = _around_or_before(reading, verb, subject)
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


def _with_stray_subject(reading: Reading, verb: int, cue: Cue, subject: Subject | None) -> list[Draft]:
    """Return what a verb of speech ascribes whose subject the parser took for something else."""
    tree = reading.tree
    if tree.child(verb, "nsubj", "nsubjpass") is None:
        inverted = _inverted(reading, verb, cue)
        if inverted:
            return inverted
    lost = source_before(reading, verb) if _has_lost_its_subject(tree, verb, subject) else None
    if lost is None:
        return []
    pieces = _pieces_after(reading, verb, cue) or content_before(reading, lost)
    if not pieces:
        return []
    draft = draft_of(reading, "aside", verb, cue, pieces, tree.child(verb, "ccomp"))
    draft.source, draft.source_head = lost.piece, lost.head
    return [draft]


def _around_or_before(reading: Reading, verb: int, subject: Subject) -> tuple[Subject, list[Piece]]:
    """Return the source and what a verb between commas, or at the end of its sentence, stands in or after."""
    pieces = content_around(reading, verb, subject)
    closing = content_to_the_end(reading, verb) if not pieces else None
    return closing if closing is not None else (subject, pieces)


def _is_aside(tree: Tree, verb: int, subject: Subject) -> bool:
    """Whether a verb is a participle between commas that the parser took for finite: "Lee, asked about it, left"."""
    first, last = subject.piece
    return tree.words[verb - 1] == "," and last == verb - 2 and "," not in tree.words[first:last]


def _inverted(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    """ "…, argued the lawyer, Ann Lee.": the source follows, where the parser took it for an object."""
    tree = reading.tree
    source = tree.child(verb, "dobj")
    begin, end = tree.sentences[tree.sentence[verb]]
    if source is None or tree.left[source] != verb + 1 or verb - 1 <= begin or tree.words[verb - 1] != ",":
        return []
    if any(not tree.is_punctuation(token) for token in range(tree.right[source] + 1, end)):
        return []
    if not may_speak(tree, source, named=reading.named, loosely=False):
        return []
    piece = trimmed(tree, (begin, verb - 2))
    if not any(tree.is_verb(token) for token in range(piece[0], piece[1] + 1)):
        return []
    draft = draft_of(reading, "aside", verb, cue, [piece], None)
    draft.source, draft.source_head = noun_phrase(tree, source), source
    return [draft]


def _said_so(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    """ "He said so"."""
    after = verb + 1
    if not cue.is_speech or after >= len(reading.tree) or reading.tree.lower[after] != "so":
        return []
    is_adverb = reading.tree.deps[after] in {"advmod", "dobj"} and not reading.tree.children[after]
    is_adverb = is_adverb and reading.tree.heads[after] == verb
    return [draft_of(reading, "object", verb, cue, [(after, after)], None)] if is_adverb else []


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
    found = whole_clauses(reading, verb, cue) if _has_clause_after(reading.tree, verb) else []
    return found[0].pieces if found else []


def _has_clause_after(tree: Tree, verb: int) -> bool:
    return any(head > verb for head in tree.all(verb, "ccomp"))


def _active(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    frames = cue.frames
    found: list[Draft] = []
    if frames & {"c", "q"}:
        found = whole_clauses(reading, verb, cue) or parataxis(reading, verb, cue)
    if not found and frames & {"x", "i"}:
        found = _infinitive(reading, verb, cue)
    if not found and frames & {"s", "a"}:
        found = complement(reading, verb, cue)
    if not found and cue.prepositions:
        found = after_preposition(reading, verb, cue)
    if not found and "o" in frames:
        found = whole_object(reading, verb, cue)
    if not found and "g" in frames:
        found = detail(reading, verb, cue)
    return found


def _infinitive(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    tree = reading.tree
    head = tree.child(verb, "xcomp", "ccomp")
    if head is None or not is_infinitive(tree, head):
        return []
    obj = tree.child(verb, "dobj", "dative")
    last = _end_of_infinitive(tree, head)
    if obj is not None and obj < head:
        if "i" not in cue.frames:
            return []
        piece = (tree.left[obj], last)
    elif "x" in cue.frames or tree.deps[head] == "ccomp":
        piece = (tree.left[head], last)
    else:
        return []
    return [draft_of(reading, "infinitive", verb, cue, [trimmed(tree, piece)], head)]


def _end_of_infinitive(tree: Tree, head: int) -> int:
    """Return the last token of an infinitive, without a finite verb that the parser joined to it ("agreed to go but
    asked for time").
    """
    for joined in tree.all(head, "conj"):
        joint = tree.child(head, "cc")
        is_finite = tree.tags[joined] in {"VBD", "VBZ"} and tree.child(joined, "nsubj") is None
        if is_finite and joint is not None and head < joint < joined:
            return joint - 1
    return tree.right[head]
