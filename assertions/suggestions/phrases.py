"""Rules for phrases that ascribe a whole clause: "according to", "citing", "as he put it", "in her view"."""

from assertions.suggestions.clauses import Piece, clause, is_infinitive, noun_phrase, subject_of, trimmed
from assertions.suggestions.cues import verbs
from assertions.suggestions.drafts import Draft, Reading
from assertions.suggestions.sources import PERSONAL, is_person_noun, may_speak
from assertions.suggestions.tree import Tree

HEARSAY = {
    "reportedly": "states",
    "allegedly": "alleges",
    "purportedly": "alleges",
    "supposedly": "alleges",
    "ostensibly": "alleges",
}
_VIEWS = frozenset("view opinion words estimation mind eyes assessment telling judgment judgement".split())


def from_phrase(reading: Reading, token: int) -> list[Draft]:
    """Return what the phrase that begins with or hangs on ``token`` ascribes."""
    word = reading.tree.lower[token]
    if word == "according":
        return _according_to(reading, token)
    if word in {"citing", "quoting"}:
        return _citing(reading, token)
    if word in HEARSAY:
        return _hearsay(reading, token)
    if word in _VIEWS:
        return _view(reading, token)
    if word == "per":
        return _per(reading, token)
    return []


PHRASE_WORDS = frozenset({"according", "citing", "quoting", "per", *HEARSAY, *_VIEWS})


def _according_to(reading: Reading, token: int) -> list[Draft]:
    tree = reading.tree
    to = next((c for c in tree.children[token] if tree.lower[c] == "to"), None)
    if to is None and token + 1 < len(tree) and tree.lower[token + 1] == "to":
        to = token + 1
    source = tree.child(to, "pobj", "pcomp", "nsubj") if to is not None else None
    if to is None or source is None or tree.tags[source].startswith("VB"):
        return []
    pieces, head = _clause_around(tree, token)
    if not pieces:
        return []
    piece = noun_phrase(tree, source)
    # What follows the source belongs to it or to nobody: the content stands on one side, if it does not go around.
    return [Draft("according to", "states", pieces, piece, source, (token, to), token, head)]


def _clause_around(tree: Tree, phrase: int) -> tuple[list[Piece], int | None]:
    """Return the pieces of the clause that a phrase modifies, without the phrase."""
    head = tree.heads[phrase]
    if head == phrase:
        return _rest_of_sentence(tree, phrase), None
    while not _is_clausal(tree, head) and tree.heads[head] != head:
        head = tree.heads[head]
    pieces = clause(tree, head)
    cut: list[Piece] = []
    first, last = tree.left[phrase], tree.right[phrase]
    for begin, end in pieces:
        if first > end or last < begin:
            cut.append((begin, end))
            continue
        if begin < first:
            cut.append(trimmed(tree, (begin, first - 1)))
        if end > last:
            cut.append(trimmed(tree, (last + 1, end)))
    kept = [(b, e) for b, e in cut if not all(tree.is_punctuation(t) for t in range(b, e + 1))]
    if len(kept) == 2 and kept[0][1] - kept[0][0] < 1 and tree.tags[kept[0][0]] in {"CC", "IN", "RB"}:
        kept = kept[1:]
    return kept, head


def _is_clausal(tree: Tree, token: int) -> bool:
    return tree.deps[token] in {"ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis"} and (
        tree.is_verb(token)
        or tree.child(token, "nsubj", "nsubjpass") is not None
        or tree.deps[token] == "ROOT"
    )


def _rest_of_sentence(tree: Tree, phrase: int) -> list[Piece]:
    begin, end = tree.sentences[tree.sentence[phrase]]
    first, last = tree.left[phrase], tree.right[phrase]
    sides = [(begin, first - 1), (last + 1, end - 1)]
    pieces = [trimmed(tree, side) for side in sides if side[0] <= side[1]]
    return [p for p in pieces if not all(tree.is_punctuation(t) for t in range(p[0], p[1] + 1))]


def _citing(reading: Reading, token: int) -> list[Draft]:
    tree = reading.tree
    source = tree.child(token, "dobj")
    if source is None or not may_speak(tree, source, named=reading.named, loosely=False):
        return []
    head = tree.heads[token]
    if head == token:
        return []
    while tree.deps[head] in {"conj", "xcomp"} and not tree.is_verb(head):
        head = tree.heads[head]
    report = verbs().get(tree.lower[head])
    if report is not None and report.is_speech:
        inner = tree.child(head, "ccomp")
        if inner is not None:
            pieces: list[Piece] = clause(tree, inner)
        else:
            pieces = clause(tree, tree.heads[head], without=head) if tree.deps[head] == "parataxis" else []
        predicate: int | None = inner
    else:
        pieces, predicate = _clause_around(tree, token)
    pieces = [p for p in pieces if not p[0] <= token <= p[1]]
    if not pieces:
        return []
    cited_by = subject_of(tree, token)
    report_of = None
    if cited_by is not None:
        report_of = Draft("citing", "states", pieces, cited_by.piece, cited_by.head, (head, head), head)
    piece = noun_phrase(tree, source)
    return [
        Draft("citing", "states", pieces, piece, source, (token, token), token, predicate, cited_by=report_of)
    ]


def _hearsay(reading: Reading, token: int) -> list[Draft]:
    tree = reading.tree
    head = tree.heads[token]
    if tree.deps[token] != "advmod" or head == token:
        return []
    act = HEARSAY[tree.lower[token]]
    if not tree.is_verb(head) or (tree.lower[head] in verbs() and tree.child(head, "ccomp") is not None):
        # "Reportedly believes that …" is found with its source.
        return []
    pieces, predicate = _clause_around(tree, token)
    begin, end = (pieces[0][0], pieces[-1][1]) if pieces else (0, -1)
    if begin > end:
        return []
    return [
        Draft(
            "hearsay", act, [(begin, end)], None, None, (token, token), token, predicate, hedge=(token, token)
        )
    ]


def _view(reading: Reading, token: int) -> list[Draft]:
    """ "In his view, the deal is bad"."""
    tree = reading.tree
    prep = tree.heads[token]
    owner = tree.child(token, "poss")
    if tree.deps[token] != "pobj" or tree.lower[prep] not in {"in", "to"} or owner is None:
        return []
    if not may_speak(tree, owner, named=reading.named, loosely=False):
        return []
    pieces, head = _clause_around(tree, prep)
    if not pieces:
        return []
    return [Draft("in a view", "states", pieces, noun_phrase(tree, owner), owner, (prep, token), token, head)]


def _per(reading: Reading, token: int) -> list[Draft]:
    tree = reading.tree
    source = tree.child(token, "pobj")
    if (
        source is None
        or tree.deps[token] != "prep"
        or not (tree.is_proper(source) or is_person_noun(tree.lower[source]))
    ):
        return []
    if token == 0 or tree.words[token - 1] not in {",", "("}:
        return []
    pieces, head = _clause_around(tree, token)
    return [
        Draft(
            "according to", "states", pieces, noun_phrase(tree, source), source, (token, token), token, head
        )
    ]


def as_somebody_says(reading: Reading, verb: int) -> list[Draft]:
    """ "As the minister put it, …": the clause that such a clause modifies, without it."""
    tree = reading.tree
    if tree.deps[verb] != "advcl" or not any(
        tree.lower[c] == "as" and tree.deps[c] in {"mark", "advmod"} for c in tree.children[verb]
    ):
        return []
    cue = verbs().get(tree.lower[verb])
    if (
        cue is None
        or not (cue.is_speech or cue.lemma == "put")
        or tree.child(verb, "ccomp", "xcomp", "prep") is not None
    ):
        return []
    obj = tree.child(verb, "dobj")
    if obj is not None and tree.lower[obj] != "it":
        return []
    if is_infinitive(tree, tree.heads[verb]):
        return []
    subject = subject_of(tree, verb)
    if subject is None or subject.is_passive or tree.heads[subject.head] != verb:
        return []
    own = tree.lower[subject.head] in PERSONAL - {"he", "she", "they"}
    if own or not may_speak(tree, subject.head, named=reading.named, loosely=False):
        return []
    pieces = clause(tree, tree.heads[verb], without=verb)
    if not pieces:
        return []
    return [
        Draft(
            "as somebody says",
            "states",
            pieces,
            subject.piece,
            subject.head,
            (verb, verb),
            verb,
            tree.heads[verb],
        )
    ]
