"""How a content can be told apart from its text: whether it is a sentence, and of how much it speaks."""

from assertions.suggestions.cast import Cast
from assertions.suggestions.clauses import Piece
from assertions.suggestions.cues import verbs
from assertions.suggestions.drafts import Draft, Reading
from assertions.suggestions.recasting import judgement, without_hedge
from assertions.suggestions.shapes import Telling
from assertions.suggestions.standins import POINTING, SUBJECTS, standins_of
from assertions.suggestions.tree import Tree

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_WH = frozenset({"WDT", "WP", "WP$", "WRB"})
_ABOUT_A_NUMBER = frozenset("about around between over under up".split())
_RELATIVE = frozenset({"which", "who", "whom", "whose"})
_OF_CLAUSES = frozenset({"ccomp", "according to"})
_SAYING_NOTHING = frozenset(
    "anyone everyone everything nobody nothing one ones other own same similar someone something such".split()
)
_NAMING = ("NN", "CD")
_EMPTY_VERBS = frozenset(
    "be is are was were been being 's ’s has have had do does did done say says said seem seems seemed appear appears "
    "appeared become became get gets got work works worked happen happens happened mean means meant".split()
)


def telling_of(reading: Reading, draft: Draft, cast: Cast, speaker: str | None, description: str) -> Telling:
    """Return how a content can be told; ``speaker`` and ``description`` are what its source was found to mean.

    Of a content of several sentences it is the first that is a sentence by itself.
    """
    tree = reading.tree
    pieces = sorted(set(draft.pieces))
    groups = _by_sentence(tree, pieces)
    heads = [_clause_head(tree, group, draft.predicate) for group in groups]
    at = next((number for number, head in enumerate(heads) if head is not None), None)
    told = groups[at or 0] if at is not None or draft.predicate is None else pieces
    head = heads[at] if at is not None else None
    if head is not None and len(told) > 1:
        # "Speaking to them, she said: “…”": the first part says nothing of its own.
        told = [piece for piece in told if is_inside([piece], head) or tree.tags[piece[0]] != "VBG"]
    recast = judgement(tree, draft)
    told = list(recast.pieces) if recast is not None else told
    standins, unknown = standins_of(reading, draft, told, head, cast, speaker, description)
    if recast is not None:
        standins += recast.standins
    elif head is not None:
        standins += without_hedge(tree, head, draft.act)
    unknown += _such(tree, told, head)
    form = "clause" if recast is not None else _form(tree, draft, told, head)
    return Telling(
        pieces=tuple((tree.starts[first], tree.ends[last]) for first, last in told),
        head=head,
        form=form,
        standins=tuple(sorted(standins, key=lambda standin: (standin.start, standin.end))),
        unknown=tuple(dict.fromkeys(unknown)),
        weight=_weight(tree, told, head, with_adjective=form == "noun" and not unknown),
        goes_on=len(groups) > 1 and head is not None,
        past=_past(tree, draft),
        cue=_cue(tree, draft),
    )


def _by_sentence(tree: Tree, pieces: list[Piece]) -> list[list[Piece]]:
    """Return the pieces cut where sentences end, those of each sentence together."""
    groups: dict[int, list[Piece]] = {}
    for first, last in pieces:
        begin = first
        for token in range(first, last + 1):
            if token == last or tree.sentence[token + 1] != tree.sentence[token]:
                groups.setdefault(tree.sentence[token], []).append((begin, token))
                begin = token + 1
    return list(groups.values())


def _such(tree: Tree, pieces: list[Piece], head: int | None) -> list[str]:
    """Return the word that begins what is no clause, if it stands for what was told before: "such reports", "this"."""
    first = pieces[0][0]
    word = tree.lower[first]
    is_alone = word in POINTING and tree.deps[first] != "det"
    return [word] if head is None and (word == "such" or is_alone) else []


def is_inside(pieces: list[Piece], token: int) -> bool:
    return any(first <= token <= last for first, last in pieces)


def _clause_head(tree: Tree, pieces: list[Piece], predicate: int | None) -> int | None:
    """Return the head of the main clause: finite, with its subject in the pieces."""
    if predicate is not None and is_inside(pieces, predicate):
        return predicate if _is_clause(tree, pieces, predicate) else None
    for first, last in pieces:
        for token in range(first, last + 1):
            top = not is_inside(pieces, tree.heads[token]) or tree.heads[token] == token
            if top and _is_clause(tree, pieces, token):
                return token
    return None


def _is_clause(tree: Tree, pieces: list[Piece], token: int) -> bool:
    subject = tree.child(token, *SUBJECTS)
    if subject is None and tree.lower[pieces[0][0]] in _ABOUT_A_NUMBER:
        # "Between 25 and 30 ships had left", where the parser reads the subject as a place.
        subject = next((t for t in tree.all(token, "prep") if t < token), None)
    if subject is None or not is_inside(pieces, subject):
        return False
    verbs_of = [token, *tree.all(token, "aux", "auxpass")]
    return any(tree.tags[verb] in _FINITE and is_inside(pieces, verb) for verb in verbs_of)


def _form(tree: Tree, draft: Draft, pieces: list[Piece], head: int | None) -> str:
    first = next((t for a, b in pieces for t in range(a, b + 1) if tree.words[t][0].isalnum()), pieces[0][0])
    if _has_gap(tree, draft) or tree.tags[first] == "WDT" or tree.lower[first] in _RELATIVE:
        return "fragment"
    if head is None:
        return _form_of_phrase(tree, pieces, first, draft)
    if (
        tree.tags[first] in _WH
        and not _is_in_subject(tree, first, head)
        and not _is_beside(tree, first, head)
    ):
        return "question"
    return "clause"


def _form_of_phrase(tree: Tree, pieces: list[Piece], first: int, draft: Draft) -> str:
    predicate, rule = draft.predicate, draft.rule
    if predicate is not None and is_inside(pieces, predicate):
        to = next((t for t in tree.children[predicate] if tree.tags[t] == "TO" and t < predicate), None)
        if to is not None:
            return "infinitive"
    if tree.tags[first] == "TO":
        return "infinitive"
    if tree.tags[first] == "VBG" and tree.deps[first] != "amod":
        return "gerund"
    if rule == "preposition" and tree.tags[first] in {"IN", "TO"}:
        return "noun"
    if rule in _OF_CLAUSES and _has_finite_verb(tree, pieces, first):
        # The parser took a clause for a noun: "said wooden panels led to it".
        return "clause"
    if tree.tags[first] in {"IN", "RB", "VBN", "VB", "VBD", "VBP", "VBZ", "MD", "CC"}:
        return "fragment"
    is_noun = any(tree.is_noun(t) for a, b in pieces for t in range(a, b + 1))
    return "noun" if is_noun else "fragment"


def _has_finite_verb(tree: Tree, pieces: list[Piece], first: int) -> bool:
    """Whether a verb with a time of its own stands right after a noun or pronoun."""
    if tree.tags[first] in {"VBN", "VB", "VBD", "VBP", "VBZ", "MD", "CC"} or tree.lower[first] in _RELATIVE:
        return False
    inside = [t for a, b in pieces for t in range(max(a + 1, first + 1), b + 1)]
    if any(tree.tags[t] in _WH for t in inside):
        return False
    finite = (t for t in inside if tree.tags[t] in _FINITE)
    return any(tree.tags[t - 1].startswith(("NN", "PRP", "EX")) for t in finite)


def _has_gap(tree: Tree, draft: Draft) -> bool:
    """Whether a word of the content stands before its cue, as in "the letter which they say it has seen"."""
    cue = draft.cue_head
    if cue is None or draft.rule not in {"ccomp", "parataxis", "aside"}:
        return False
    clause = cue
    while tree.deps[clause] in {"conj", "aux", "parataxis"} and tree.heads[clause] != clause:
        clause = tree.heads[clause]
    if tree.deps[clause] != "relcl":
        return False
    subject = tree.child(clause, "nsubj", "nsubjpass")
    return subject is None or tree.lower[subject] not in {"who", "which", "that"}


def _is_beside(tree: Tree, token: int, head: int) -> bool:
    """Whether a token begins a clause that stands beside the main one ("When ships come, …")."""
    while token != head and tree.heads[token] != token:
        if tree.deps[token] == "advcl":
            return True
        token = tree.heads[token]
    return False


def _is_in_subject(tree: Tree, token: int, head: int) -> bool:
    subject = tree.child(head, *SUBJECTS)
    return subject is not None and tree.left[subject] <= token <= tree.right[subject] and subject != token


def _weight(tree: Tree, pieces: list[Piece], head: int | None, *, with_adjective: bool) -> int:
    """Return how many nouns, names and numbers a content holds: what it says something of.

    Beside one of them the verb of a clause counts too, if it says more than that something is; and so does, with
    ``with_adjective``, an adjective ("foreign involvement").
    """
    told = [
        tree.tags[token]
        for first, last in pieces
        for token in range(first, last + 1)
        if tree.lower[token] not in _SAYING_NOTHING
    ]
    nouns = sum(tag.startswith(_NAMING) for tag in told)
    has_verb = head is not None and tree.is_verb(head) and tree.lower[head] not in _EMPTY_VERBS
    return nouns + (nouns > 0 and (has_verb or (with_adjective and "JJ" in told)))


def _cue(tree: Tree, draft: Draft) -> str:
    known = verbs().get(tree.lower[draft.cue_head]) if draft.cue_head is not None else None
    return known.lemma if known is not None else ""


def _past(tree: Tree, draft: Draft) -> str:
    """Return the past of a cue that is told without a time ("calling it a lie"), or ""."""
    cue = draft.cue_head
    if cue is None or tree.tags[cue] != "VBG" or tree.child(cue, "aux") is not None:
        return ""
    known = verbs().get(tree.lower[cue])
    return known.past if known is not None else ""
