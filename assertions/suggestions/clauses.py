"""Reading the parse: the subject of a verb, the extent of a noun phrase, of a clause and of a group of verbs."""

from dataclasses import dataclass

from assertions.suggestions.cues import verbs
from assertions.suggestions.tree import Tree

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_QUOTES = frozenset("\"“”„«»‟‘’'`") | {"``", "''"}
_JOINING = frozenset({"and", "but", "or", "while", "yet"})
_KEPT_ADVERBS = frozenset({"never", "not", "also"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_TRIMMED = frozenset({",", ";", ":", "-", "–", "—", "--", "...", ".", "?", "!", ")", "("})
_LONGEST_LIMIT = 12
Piece = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Subject:
    """The head of a subject, its first and last token; ``is_passive``: of a verb in the passive voice."""

    head: int
    piece: Piece
    is_passive: bool = False


def subject_of(tree: Tree, verb: int) -> Subject | None:
    """Return the subject of a verb: its own, or the one it shares with the verb or noun it depends on."""
    passive = _is_passive(tree, verb)
    current = verb
    for _ in range(8):
        own = tree.child(current, "nsubj", "nsubjpass")
        if own is not None:
            return _subject(
                tree, own, current, passive or (current == verb and tree.deps[own] == "nsubjpass")
            )
        head = tree.heads[current]
        if head == current:
            return None
        noun = _noun_that_acts(tree, current, head)
        if noun is not None:
            return Subject(
                noun, noun_phrase(tree, noun, until=current - 1 if noun < current else None), passive
            )
        above = outer_verb(tree, current) or _verb_above(tree, current, head)
        if above is None:
            return None
        current = above
    return None


def outer_verb(tree: Tree, verb: int) -> int | None:
    """Return the verb of saying to which another verb is joined over what is said: "they said that it rained, and
    called for help".

    The parser ties such a verb to the last one before it; a comma before the "and" tells that it is not within what is
    said.
    """
    if tree.deps[verb] != "conj" or tree.tags[verb] not in _FINITE or tree.lower[verb] not in verbs():
        return None
    if tree.child(verb, "nsubj", "nsubjpass", "mark", "aux") is not None:
        return None
    joint = tree.left[verb] - 1
    if joint < 1 or tree.lower[joint] not in {"and", "but"} or tree.words[joint - 1] != ",":
        return None
    head = verb
    saying = None
    for _ in range(8):
        above = tree.heads[head]
        if above == head:
            break
        if tree.deps[head] == "ccomp" and tree.lower[above] in verbs() and above < head:
            saying = above
        head = above
    return saying if saying is not None and tree.tags[saying] == tree.tags[verb] else None


def without_outer(tree: Tree, piece: Piece) -> Piece:
    """Return a piece without a verb at its end that is joined to the verb of saying before it."""
    first, last = piece
    for token in range(first + 1, last):
        if tree.tags[token] in _FINITE and tree.deps[token] == "conj" and outer_verb(tree, token) is not None:
            return trimmed(tree, (first, tree.left[token] - 2))
    return piece


def without_citation(tree: Tree, piece: Piece) -> Piece:
    """Return a piece without the words at its end that cite its source: "…, citing two officials"."""
    first, last = piece
    for token in range(last, first + 1, -1):
        cites = tree.lower[token] in {"citing", "quoting"} and tree.words[token - 1] == ","
        if cites and tree.right[token] >= last:
            return trimmed(tree, (first, token - 2))
    return piece


def _is_passive(tree: Tree, verb: int) -> bool:
    if tree.child(verb, "auxpass") is not None:
        return True
    # "Asked about it, she …"; "a note written by …"; but "the service estimated that …".
    if tree.deps[verb] == "acl" and tree.child(verb, "ccomp") is not None:
        return False
    return (
        tree.tags[verb] in {"VBN", "VBD"}
        and tree.deps[verb] in {"advcl", "acl"}
        and tree.child(verb, "nsubj", "aux", "mark") is None
    )


def _noun_that_acts(tree: Tree, verb: int, head: int) -> int | None:
    """Return the noun that a verb without a subject says something of: "officials saying", "told them to say"."""
    dep = tree.deps[verb]
    if dep in {"acl", "relcl"} and tree.tags[verb] in {"VBG", "VBN", "VBD"}:
        return head
    if dep == "xcomp":
        return tree.child(head, "dobj", "dative")
    if dep == "pcomp" and tree.lower[head] in {"for", "of"}:
        # "criticized him for saying": the one who is criticized.
        obj = tree.child(tree.heads[head], "dobj")
        return obj if obj is not None and obj < head else None
    return None


def _verb_above(tree: Tree, verb: int, head: int) -> int | None:
    """Return the verb with which a verb without a subject shares one."""
    dep, tag = tree.deps[verb], tree.tags[verb]
    if dep in {"acl", "relcl"} and tag == "VB":
        # "was the first to say", "was able to say": the subject of what is said of it.
        return tree.heads[head] if tree.deps[head] in {"attr", "acomp"} else None
    if dep == "conj" and tree.deps[head] in {"acl", "relcl"}:
        return head
    if dep == "xcomp" and tree.deps[head] in {"acomp", "attr", "oprd"}:
        return tree.heads[head]
    if dep in {"conj", "xcomp", "advcl"} and _is_predicate(tree, head):
        return head
    if dep in {"parataxis", "dep", "ccomp"} and tag in {"VBG", "VBN"} and _is_predicate(tree, head):
        return head
    if dep == "pcomp" and tree.deps[head] == "prep" and tree.deps[tree.heads[head]] == "acomp":
        return tree.heads[tree.heads[head]]
    if dep == "pcomp" and tree.deps[head] == "prep" and _is_predicate(tree, tree.heads[head]):
        return tree.heads[head]
    return None


def _is_predicate(tree: Tree, token: int) -> bool:
    return tree.is_verb(token) or tree.child(token, "nsubj", "nsubjpass") is not None


def _subject(tree: Tree, own: int, verb: int, is_passive: bool) -> Subject:
    if tree.lower[own] in _RELATIVE and tree.deps[verb] in {"relcl", "conj"}:
        relative = verb
        while tree.deps[relative] == "conj" and tree.heads[relative] != relative:
            relative = tree.heads[relative]
        noun = tree.heads[relative]
        if tree.deps[relative] == "relcl" and noun < own:
            first, _ = noun_phrase(tree, noun, until=own - 1)
            return Subject(noun, (first, own), is_passive)
    return Subject(own, noun_phrase(tree, own), is_passive)


def noun_phrase(tree: Tree, head: int, *, until: int | None = None) -> Piece:
    """Return the first and the last token of a noun phrase; of the clauses after its head only those that limit it,
    which no comma divides from it.
    """
    first, last = tree.left[head], head
    for child in tree.children[head]:
        if child < head:
            continue
        if tree.deps[child] in {"punct", "ccomp", "parataxis", "advcl"}:
            continue
        if tree.deps[child] in {"relcl", "acl"} and not _limits(tree, child, last):
            continue
        if until is not None and child > until:
            break
        last = max(last, tree.right[child])
    if until is not None:
        last = min(last, until)
    return trimmed(tree, (first, max(last, head)), quotes=True)


def _limits(tree: Tree, clause: int, last: int) -> bool:
    """Whether a clause after a noun phrase that ends with ``last`` belongs to it ("the people who know her")."""
    begin, end = tree.left[clause], tree.right[clause]
    if begin != last + 1 or end - begin > _LONGEST_LIMIT:
        return False
    return not any(
        tree.tags[token] in {"``", "''", ":", "_SP"} or tree.words[token] == ","
        for token in range(begin, end)
    )


def owner_piece(tree: Tree, owner: int) -> Piece:
    """Return the noun phrase of an owner without the "'s"."""
    first, last = noun_phrase(tree, owner)
    return (first, last - 1) if last > first and tree.tags[last] == "POS" else (first, last)


def trimmed(tree: Tree, piece: Piece, *, quotes: bool = False) -> Piece:
    """Return the piece without the commas and stops at its edges; with ``quotes``, without lone quotation marks too."""
    first, last = piece
    while first < last and (tree.words[first] in _TRIMMED or tree.tags[first] == "_SP"):
        first += 1
    while last > first and (
        tree.words[last] in _TRIMMED or tree.tags[last] == "_SP" or tree.lower[last] in _JOINING
    ):
        last -= 1
    if quotes and first < last:
        inner = sum(tree.words[token] in _QUOTES for token in range(first, last + 1))
        if inner == 1 and tree.words[first] in _QUOTES:
            return trimmed(tree, (first + 1, last))
        if inner == 1 and tree.words[last] in _QUOTES:
            return trimmed(tree, (first, last - 1))
    return first, last


def cue_piece(tree: Tree, verb: int) -> Piece:
    """Return the group of a verb: its negation and auxiliaries right before it, its particle right after it."""
    first = last = verb
    before = {
        c for c in tree.children[verb] if tree.deps[c] in {"aux", "auxpass", "neg", "advmod", "preconj"}
    }
    while first - 1 in before:
        first -= 1
    while first < verb and tree.deps[first] == "advmod" and tree.lower[first] not in _KEPT_ADVERBS:
        first += 1
    if last + 1 < len(tree) and tree.deps[last + 1] == "prt" and tree.heads[last + 1] == verb:
        last += 1
    return first, last


def clause(tree: Tree, head: int, *, without: int | None = None) -> list[Piece]:
    """Return the pieces of a clause in order: all that depends on its head, cut where ``without`` stands in it."""
    first, last = tree.left[head], tree.right[head]
    pieces = [(first, last)]
    if without is not None:
        pieces = [(first, tree.left[without] - 1), (tree.right[without] + 1, last)]
    kept = []
    for begin, end in pieces:
        if begin > end:
            continue
        begin, end = trimmed(tree, (begin, end))
        if not all(tree.is_punctuation(token) for token in range(begin, end + 1)):
            kept.append((begin, end))
    return kept


def without_aside(tree: Tree, piece: Piece) -> Piece:
    """Return the piece without the relative clause after a comma at its end."""
    first, last = piece
    for token in range(last, first, -1):
        if tree.deps[token] == "relcl" and tree.right[token] >= last and first <= tree.heads[token] <= token:
            begin = tree.left[token]
            if begin > first + 1 and tree.words[begin - 1] == ",":
                return trimmed(tree, (first, begin - 1))
    return piece


def after_semicolon(tree: Tree, piece: Piece) -> Piece:
    """Return what follows the last semicolon of a piece: a cue after a clause does not reach back beyond it."""
    first, last = piece
    for token in range(last - 1, first, -1):
        if tree.words[token] == ";":
            return trimmed(tree, (token + 1, last))
    return piece


def without_mark(tree: Tree, head: int, piece: Piece) -> Piece:
    """Return the piece of a clause without the "that" it begins with."""
    first, last = piece
    if first == last or tree.lower[first] != "that":
        return piece
    is_own = tree.deps[first] == "mark" and tree.heads[first] == head
    is_mark = is_own or (tree.tags[first] in {"IN", "WDT"} and not tree.is_verb(first + 1))
    if is_mark:
        return trimmed(tree, (first + 1, last))
    return piece


def is_infinitive(tree: Tree, verb: int) -> bool:
    """Whether a verb stands with "to"."""
    return any(tree.tags[child] == "TO" for child in tree.children[verb] if child < verb)
