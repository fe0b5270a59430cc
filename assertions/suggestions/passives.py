"""Rules for verbs in the passive voice, whose source is their agent or nobody who is named."""

from assertions.suggestions.clauses import (
    Piece,
    Subject,
    clause,
    is_infinitive,
    noun_phrase,
    trimmed,
    without_mark,
)
from assertions.suggestions.cues import Cue
from assertions.suggestions.drafts import Draft, Reading, draft_of
from assertions.suggestions.sources import may_speak

# Whose thoughts an unnamed "is expected to" reports.
_GENERALLY = frozenset(
    "expect believe say think report know understand estimate consider allege assume presume predict forecast suspect "
    "project fear hope anticipate accuse charge blame claim announce confirm declare rumour rumor tip".split()
)
# What somebody is generally taken for.
_REGARDED = frozenset({"consider", "regard", "view", "see", "perceive", "deem", "describe", "portray"})
_BY_MANY = frozenset("widely generally largely broadly commonly often increasingly universally".split())
# In the passive voice these are deeds.
_DONE_TO = frozenset({"attack", "back", "relay", "honor", "honour", "hold", "see", "order", "demand"})
_MOVED = frozenset({"nsubj", "nsubjpass"})


def passive(reading: Reading, verb: int, cue: Cue, subject: Subject) -> list[Draft]:
    """ "Troops were confirmed by the ministry", "is expected to", "it is believed that"."""
    tree = reading.tree
    agent = tree.child(verb, "agent")
    by = tree.child(agent, "pobj") if agent is not None else None
    if by is not None and not may_speak(tree, by, named=reading.named, loosely=False):
        return []
    unknown = cue.lemma in {"know", "understand"} and tree.is_negated(verb)
    it_is_said = tree.lower[subject.head] == "it" and cue.is_speech and tree.child(verb, "ccomp") is not None
    if by is None and (unknown or not (it_is_said or cue.lemma in _GENERALLY | _REGARDED)):
        return []
    if by is None and tree.deps[verb] == "acl":
        return []
    pieces, predicate = _passive_content(reading, verb, cue, subject, by)
    if not pieces:
        return []
    draft = draft_of(reading, "passive", verb, cue, pieces, predicate)
    if by is not None:
        draft.source, draft.source_head = noun_phrase(tree, by), by
    return [draft]


def _passive_content(
    reading: Reading, verb: int, cue: Cue, subject: Subject, by: int | None
) -> tuple[list[Piece], int | None]:
    tree = reading.tree
    whole = tree.child(verb, "ccomp")
    if whole is not None and (tree.lower[subject.head] == "it" or by is not None) and "c" in cue.frames:
        pieces = clause(tree, whole)
        if pieces:
            pieces[0] = without_mark(tree, whole, pieces[0])
        return pieces, whole
    infinitive = tree.child(verb, "xcomp")
    if infinitive is not None and is_infinitive(tree, infinitive):
        if (
            cue.lemma in {"order", "urge", "ask", "tell", "request", "instruct", "require", "tip"}
            and by is None
        ):
            return [], None
        piece = trimmed(tree, (infinitive, tree.right[infinitive]))
        return [subject.piece, (min(tree.left[infinitive], piece[0]), piece[1])], infinitive
    if "a" in cue.frames and cue.lemma in {
        "accuse",
        "blame",
        "charge",
        "praise",
        "criticize",
        "criticise",
        "condemn",
    }:
        for prep in tree.all(verb, "prep"):
            if prep > verb and tree.lower[prep] in {"of", "for", "with"}:
                return [trimmed(tree, (prep, tree.right[prep]))], prep
    if by is not None:
        for prep in tree.all(verb, "prep"):
            if prep > verb and tree.lower[prep] in cue.prepositions:
                return [trimmed(tree, (prep, tree.right[prep]))], prep
    elif cue.lemma in _REGARDED and any(tree.lower[child] in _BY_MANY for child in tree.children[verb]):
        complement = tree.child(verb, "oprd")
        if complement is None:
            complement = next((p for p in tree.all(verb, "prep") if tree.lower[p] == "as"), None)
        if complement is not None and complement > verb:
            return [subject.piece, trimmed(tree, (tree.left[complement], tree.right[complement]))], complement
    if (
        by is not None
        and "o" in cue.frames
        and cue.lemma not in _DONE_TO
        and subject.head < verb
        and tree.deps[subject.head] in _MOVED
    ):
        return [subject.piece], subject.head
    return [], None
