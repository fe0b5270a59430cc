"""Rules for phrases that ascribe a whole clause: "according to", "citing", "as he put it", "in her view"."""

from assertions.suggestions.asides import clause_with_that
from assertions.suggestions.clauses import (
    Piece,
    clause,
    is_infinitive,
    noun_phrase,
    owner_piece,
    subject_of,
    trimmed,
    without_mark,
)
from assertions.suggestions.cues import verbs
from assertions.suggestions.drafts import Draft, Reading
from assertions.suggestions.sources import PERSONAL, is_person_noun, may_speak
from assertions.suggestions.surroundings import before_closing, clause_around
from assertions.suggestions.tree import Tree

HEARSAY = {
    "reportedly": "states",
    "allegedly": "alleges",
    "purportedly": "alleges",
    "supposedly": "alleges",
    "ostensibly": "alleges",
}
_VIEWS = frozenset(
    "view opinion words estimation mind eyes assessment telling judgment judgement reading account count reckoning "
    "estimate tally calculation admission".split()
)


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
    if word in _HAVING:
        return _has_it(reading, token)
    return []


_RENDERING = frozenset({"put", "publish", "describe", "quote", "see"})
_IN_OR_BY = frozenset({"in", "by"})
_BEFORE_VIEWS = {"mind": frozenset({"to"}), "eyes": frozenset({"in"})}
_HAVING = frozenset({"has", "have", "had"})
PHRASE_WORDS = frozenset({"according", "citing", "quoting", "per", *HEARSAY, *_VIEWS, *_HAVING})


def _has_it(reading: Reading, token: int) -> list[Draft]:
    """ "The report has it that …"."""
    tree = reading.tree
    if token + 2 >= len(tree) or tree.lower[token + 1] != "it" or tree.lower[token + 2] != "that":
        return []
    subject = subject_of(tree, token)
    found = clause_with_that(tree, token)
    if (
        subject is None
        or found is None
        or not may_speak(tree, subject.head, named=reading.named, loosely=True)
    ):
        return []
    return [
        Draft("ccomp", "states", [found[0]], subject.piece, subject.head, (token, token + 1), token, found[1])
    ]


def _according_to(reading: Reading, token: int) -> list[Draft]:
    tree = reading.tree
    to = next((c for c in tree.children[token] if tree.lower[c] == "to"), None)
    if to is None and token + 1 < len(tree) and tree.lower[token + 1] == "to":
        to = token + 1
    source = tree.child(to, "pobj", "pcomp", "nsubj") if to is not None else None
    if to is None or source is None or tree.tags[source].startswith("VB"):
        return []
    piece = _cited(tree, source)
    aside = any(child > piece[1] for child in tree.all(source, "relcl", "acl", "appos"))
    pieces, head = clause_around(tree, token, until=None if aside else piece[1])
    if not pieces:
        return []
    # What follows the source belongs to it or to nobody: the content stands on one side, if it does not go around.
    return [Draft("according to", "states", pieces, piece, source, (token, to), token, head)]


def _cited(tree: Tree, source: int) -> Piece:
    """Return the noun phrase of a source, without what a comma divides from it and no "and" joins to it."""
    first, last = noun_phrase(tree, source)
    for child in tree.children[source]:
        joined = tree.child(source, "cc") is not None or tree.deps[child] != "conj"
        if child > source and not joined and tree.words[tree.left[child] - 1] == ",":
            return trimmed(tree, (first, tree.left[child] - 1))
    return first, last


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
        that = clause_with_that(tree, head) if inner is None else None
        if that is not None:
            pieces: list[Piece] = [that[0]]
            inner = that[1]
        elif inner is not None:
            pieces = clause(tree, inner)
            if pieces:
                pieces[0] = without_mark(tree, inner, pieces[0])
        else:
            pieces = clause(tree, tree.heads[head], without=head) if tree.deps[head] == "parataxis" else []
        predicate: int | None = inner
    else:
        pieces, predicate = clause_around(tree, token)
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
    pieces, predicate = clause_around(tree, token)
    begin, end = (pieces[0][0], pieces[-1][1]) if pieces else (0, -1)
    if begin > end:
        return []
    return [
        Draft(
            "hearsay", act, [(begin, end)], None, None, (token, token), token, predicate, hedge=(token, token)
        )
    ]


def _view(reading: Reading, token: int) -> list[Draft]:
    """ "In his view, the deal is bad", "by the count of the ministry"."""
    tree = reading.tree
    prep = tree.heads[token]
    owner = tree.child(token, "poss")
    if owner is None:
        owner = next(
            (obj for of in tree.all(token, "prep") if tree.lower[of] == "of" for obj in tree.all(of, "pobj")),
            None,
        )
    introduced = tree.deps[token] == "pobj" and tree.lower[prep] in _BEFORE_VIEWS.get(
        tree.lower[token], _IN_OR_BY
    )
    if not introduced or owner is None:
        return []
    first = tree.left[prep]
    begins = first == tree.sentences[tree.sentence[prep]][0] or tree.words[first - 1] == ","
    if tree.lower[prep] == "by" and not begins:
        # "A total of 30 by its count": the number alone is its own.
        return []
    if tree.tags[owner] != "PRP$" and not may_speak(tree, owner, named=reading.named, loosely=False):
        return []
    if tree.lower[tree.heads[prep]] == "according":
        return []
    pieces, head = before_closing(tree, prep), None
    if not pieces:
        pieces, head = clause_around(tree, prep)
    if not pieces:
        return []
    return [Draft("in a view", "states", pieces, owner_piece(tree, owner), owner, (prep, token), token, head)]


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
    pieces, head = clause_around(tree, token)
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
        or not (cue.is_speech or cue.lemma in _RENDERING)
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
