"""What a suggestion says besides who, how and what: hedge, condition, negation, certainty, parties, relays."""

from collections.abc import Mapping

from actors.names import Found
from assertions.suggestions.clauses import Piece
from assertions.suggestions.cues import verbs
from assertions.suggestions.drafts import Draft, Reading
from assertions.suggestions.shapes import KnownActor, Relayer
from assertions.suggestions.tree import Tree

_POSSIBLE = frozenset(
    "may might could possibly perhaps maybe possible conceivably potential potentially suspect suspects suspected "
    "fear fears feared".split()
)
_PROBABLE = frozenset(
    "likely probably apparently presumably seemingly seem seems seemed appear appears appeared probable "
    "reportedly allegedly purportedly expected believed unlikely".split()
)
_HEDGES = (_POSSIBLE | _PROBABLE) - {"fear", "fears", "feared", "expected", "believed"}
_GUESSING = frozenset("fear worry suspect speculate guess wonder imagine doubt hint".split())
_THINKING = frozenset(
    "believe think expect predict estimate assume presume hope anticipate forecast project reckon feel".split()
)
_OPEN = frozenset({"declines", "evades", "does_not_know", "questions"})
_FIRM = frozenset({"demands", "threatens", "promises"})
# What points to something without settling it, and what it is said of.
_POINTING = frozenset("indicate suggest point".split())
_FINDINGS = frozenset(
    "analysis assessment assessments data evidence estimate estimates figures findings footage imagery images "
    "indications information intelligence report reports signs".split()
)
_NEGATIVE = frozenset({"no", "not", "n't", "n’t", "never", "none", "nobody", "nothing", "neither", "nor"})
_THROUGH = frozenset({"through", "via", "by", "to", "with"})
_AIMS = frozenset("against at for in into on to towards toward upon".split())
_RAISING = frozenset("seem seems seemed appear appears appeared happen happens happened tend tends".split())
_MAX_TEXT = 300
_FAR = 60


def hedge_of(tree: Tree, draft: Draft, pieces: list[Piece]) -> str:
    """Return the words that limit what was said, in order, or ""."""
    words: list[str] = []
    if draft.hedge is not None:
        words.append(tree.text[tree.starts[draft.hedge[0]] : tree.ends[draft.hedge[1]]])
    for token in _governing(tree, draft, pieces):
        if tree.lower[token] in _HEDGES and not _is_of_degree(tree, token) and tree.words[token] not in words:
            words.append(_with_degree(tree, token))
    if draft.source is not None and draft.cue is not None and _is_pointed_at(tree, draft):
        words.append(tree.text[tree.starts[draft.source[0]] : tree.ends[draft.cue[1]]])
    return ", ".join(words)[:_MAX_TEXT]


def _is_of_degree(tree: Tree, token: int) -> bool:
    """Whether "possible" says only how far: "the longest possible sentence", "as soon as possible"."""
    if tree.lower[token] != "possible" or not token:
        return False
    beside = [*tree.children[tree.heads[token]], *tree.children[token]]
    return tree.lower[token - 1] == "as" or any(tree.tags[t] in {"JJS", "RBS"} for t in beside if t < token)


def _with_degree(tree: Tree, token: int) -> str:
    """Return a hedge with the word that strengthens or weakens it: "highly likely"."""
    first = token
    if (
        first
        and tree.deps[first - 1] == "advmod"
        and tree.heads[first - 1] == token
        and tree.tags[first - 1] == "RB"
    ):
        first -= 1
    return tree.text[tree.starts[first] : tree.ends[token]]


def _is_pointed_at(tree: Tree, draft: Draft) -> bool:
    """Whether findings only point to a content: "our information indicates that …"."""
    cue, source = draft.cue_head, draft.source_head
    if cue is None or source is None or draft.source is None or draft.source[1] >= cue:
        return False
    known = verbs().get(tree.lower[cue])
    return known is not None and known.lemma in _POINTING and tree.lower[source] in _FINDINGS


def _governing(tree: Tree, draft: Draft, pieces: list[Piece]) -> list[int]:
    """Return the head of a content with its dependants, in order; its first words where it has no head."""
    head = draft.predicate
    if head is None or not any(first <= head <= last for first, last in pieces):
        return list(range(pieces[0][0], min(pieces[0][1], pieces[0][0] + _FAR) + 1))
    return _of_head(tree, head, pieces)


def _of_head(tree: Tree, head: int, pieces: list[Piece]) -> list[int]:
    near = {head, *tree.children[head]}
    for child in tree.all(head, "xcomp", "acomp", "attr", "nsubj", "nsubjpass", "dobj"):
        near.update(tree.children[child])
    inside = (token for token in near if any(first <= token <= last for first, last in pieces))
    return sorted(inside)


def condition_of(tree: Tree, draft: Draft, pieces: list[Piece]) -> str:
    """Return the if-part of a content in its words, or ""."""
    head = draft.predicate
    if head is None:
        return ""
    for child in tree.all(head, "advcl"):
        if any(
            tree.lower[mark] in {"if", "unless", "provided"} for mark in tree.children[child] if mark < child
        ):
            first, last = tree.left[child], tree.right[child]
            if any(begin <= first <= end for begin, end in pieces):
                return tree.text[tree.starts[first] : tree.ends[last]].strip()[:_MAX_TEXT]
    return ""


def is_negated(tree: Tree, draft: Draft, pieces: list[Piece], told: int | None = None) -> bool:
    """Whether a negation stands inside the content, with its head or with what the head is said of.

    ``told`` is the head of the sentence that is told of it, if it is a clause.
    """
    head = told if told is not None else draft.predicate
    if head is not None and tree.is_verb(head) and any(first <= head <= last for first, last in pieces):
        return any(
            tree.lower[token] in _NEGATIVE
            and tree.heads[token] != token
            and not _is_in_condition(tree, token, head)
            and not _is_of_another(tree, token, head)
            for token in _of_head(tree, head, pieces)
        )
    return any(tree.lower[token] in _NEGATIVE for token in _governing(tree, draft, pieces)[:4])


def _is_in_condition(tree: Tree, token: int, head: int) -> bool:
    above = tree.heads[token]
    return above != head and tree.deps[above] == "advcl"


def _is_of_another(tree: Tree, token: int, head: int) -> bool:
    """Whether a negation is that of a deed and not of its clause ("decided not to go"; but "seems not to go")."""
    above = tree.heads[token]
    return (
        above != head
        and tree.deps[above] == "xcomp"
        and tree.lower[head] not in _RAISING
        and tree.is_verb(above)
    )


def certainty_of(tree: Tree, draft: Draft, pieces: list[Piece], lemma: str) -> str:
    """Return how firmly the speaker commits to the content, after FactBank; a condition stands apart from that."""
    if draft.act in _OPEN:
        return "underspecified"
    words = {tree.lower[t] for t in _governing(tree, draft, pieces) if not _is_of_degree(tree, t)}
    if lemma in _GUESSING or words & _POSSIBLE:
        return "possible"
    if draft.act in _FIRM:
        return "certain"
    if (
        lemma in _THINKING
        or words & _PROBABLE
        or draft.act == "predicts"
        or draft.rule == "hearsay"
        or (draft.rule == "passive" and draft.source is None)
        or _is_pointed_at(tree, draft)
    ):
        return "probable"
    return "certain"


def parties_of(
    tree: Tree, draft: Draft, pieces: list[Piece], mention_at: Mapping[int, Found]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the slugs of the actors who are named in a content before its verb, and after it; of a passive verb the
    agent counts as before it.
    """
    pivot = _pivot(tree, draft, pieces)
    passive = pivot is not None and tree.child(pivot, "auxpass") is not None
    agent = tree.child(pivot, "agent") if pivot is not None else None
    before: dict[str, None] = {}
    after: dict[str, None] = {}
    for first, last in pieces:
        for token in range(first, last + 1):
            mention = mention_at.get(token)
            if mention is None or mention.actor is None:
                continue
            is_before = pivot is not None and token < pivot and not _is_aim(tree, token)
            if passive and agent is not None:
                is_before = tree.left[agent] <= token <= tree.right[agent]
            elif passive:
                is_before = False
            (before if is_before else after).setdefault(mention.actor)
    return tuple(before), tuple(actor for actor in after if actor not in before)


def _is_aim(tree: Tree, token: int) -> bool:
    """Whether something is done to or at what a token names ("a dispatch of troops to the isles")."""
    return tree.deps[token] == "pobj" and tree.lower[tree.heads[token]] in _AIMS


def _pivot(tree: Tree, draft: Draft, pieces: list[Piece]) -> int | None:
    head = draft.predicate
    if head is not None and tree.is_verb(head) and any(first <= head <= last for first, last in pieces):
        return head
    return next((t for first, last in pieces for t in range(first, last + 1) if tree.is_verb(t)), None)


def relays_of(
    reading: Reading, draft: Draft, mention_at: Mapping[int, Found], actors: Mapping[str, KnownActor]
) -> list[Relayer]:
    """Return the media to which or through which something was said, as the words around the cue tell."""
    tree, cue = reading.tree, draft.cue_head
    if cue is None or not tree.is_verb(cue):
        return []
    media: list[int] = tree.all(cue, "dobj", "dative")
    for prep in tree.all(cue, "prep", "agent", "dative"):
        if tree.lower[prep] in _THROUGH or tree.lower[prep] == "in":
            for obj in tree.all(prep, "pobj"):
                media.append(obj)
                media += [t for inner in tree.all(obj, "prep") for t in tree.all(inner, "pobj")]
    found = []
    for token in media:
        mention = mention_at.get(token)
        known = actors.get(mention.actor) if mention is not None and mention.actor else None
        if mention is not None and known is not None and known.kind == "media":
            found.append(Relayer(mention.actor, mention.text))
    return found
