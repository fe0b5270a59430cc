"""What a phrase modifies: the clause around it, or the rest of its sentence."""

from assertions.suggestions.clauses import Piece, clause, trimmed
from assertions.suggestions.tree import Tree


def clause_around(tree: Tree, phrase: int, *, until: int | None = None) -> tuple[list[Piece], int | None]:
    """Return the pieces of the clause that a phrase modifies, without the phrase, which ends ``until`` there at most if
    a comma follows.
    """
    head = tree.heads[phrase]
    if head == phrase:
        return _rest_of_sentence(tree, phrase), None
    while not _is_clausal(tree, head) and tree.heads[head] != head:
        head = tree.heads[head]
    pieces = clause(tree, head)
    cut: list[Piece] = []
    first, last = tree.left[phrase], tree.right[phrase]
    if until is not None and first < until < last and tree.words[until + 1] == ",":
        last = until + 1
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


def before_closing(tree: Tree, phrase: int) -> list[Piece]:
    """Return the sentence before a phrase that closes it after a comma; empty if the phrase does not."""
    begin, end = tree.sentences[tree.sentence[phrase]]
    first, last = tree.left[phrase], tree.right[phrase]
    if first - 1 <= begin or tree.words[first - 1] != ",":
        return []
    if any(not tree.is_punctuation(token) for token in range(last + 1, end)):
        return []
    return [trimmed(tree, (begin, first - 2))]
