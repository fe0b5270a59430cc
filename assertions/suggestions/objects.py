"""Rules for the objects of verbs that ascribe: "confirmed the losses", "called it a lie", "called for peace"."""

from assertions.suggestions.clauses import trimmed, without_aside
from assertions.suggestions.cues import Cue
from assertions.suggestions.drafts import Draft, Reading, draft_of
from assertions.suggestions.sources import DOCUMENTS, singular
from assertions.suggestions.tree import Tree

_EMPTY_OBJECTS = frozenset(
    {"it", "this", "that", "them", "him", "her", "me", "us", "himself", "herself", "itself", "what"}
)
_KEEPS_PRONOUN = frozenset(
    {
        "deny",
        "confirm",
        "reject",
        "dismiss",
        "verify",
        "refute",
        "condemn",
        "denounce",
        "criticize",
        "criticise",
        "praise",
        "support",
        "oppose",
        "endorse",
        "slam",
        "blast",
        "mock",
    }
)
_GROUNDS = frozenset({"of", "for", "as", "over", "on", "in", "with", "to", "at"})
# What is seen with the mind.
_SEEN = frozenset(
    "need reason chance opportunity possibility risk sign signs potential threat role danger".split()
)


def complement(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    tree = reading.tree
    obj = tree.child(verb, "dobj", "ccomp")
    if obj is None or obj < verb:
        return []
    if "s" in cue.frames:
        complement = tree.child(verb, "oprd", "acomp", "attr")
        if complement is None:
            complement = next((p for p in tree.all(verb, "prep") if tree.lower[p] == "as" and p > obj), None)
        if complement is None and tree.deps[obj] == "ccomp" and tree.child(obj, "nsubj") is not None:
            complement = obj
        if complement is not None and complement >= obj:
            piece = (tree.left[obj], tree.right[complement])
            return [draft_of(reading, "object complement", verb, cue, [trimmed(tree, piece)], complement)]
    if "a" in cue.frames and tree.deps[obj] == "dobj":
        last = tree.right[obj]
        grounds = cue.prepositions or _GROUNDS
        for prep in tree.all(verb, "prep", "dative"):
            if prep > obj and tree.lower[prep] in grounds:
                last = max(last, tree.right[prep])
        if cue.prepositions and last == tree.right[obj] and "o" not in cue.frames:
            return []
        return [
            draft_of(reading, "object with grounds", verb, cue, [trimmed(tree, (tree.left[obj], last))], obj)
        ]
    return []


def after_preposition(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    tree = reading.tree
    for prep in tree.all(verb, "prep", "prt"):
        if tree.lower[prep] not in cue.prepositions or prep < verb:
            continue
        if tree.deps[prep] == "prt" or not tree.children[prep]:
            obj = tree.child(verb, "dobj")
            if obj is None:
                continue
            return [
                draft_of(
                    reading, "preposition", verb, cue, [trimmed(tree, (tree.left[obj], tree.right[obj]))], obj
                )
            ]
        last = tree.right[prep]
        follower = tree.child(verb, "xcomp")
        if follower is not None and follower > prep:
            last = max(last, tree.right[follower])
        return [draft_of(reading, "preposition", verb, cue, [trimmed(tree, (prep, last))], prep)]
    return []


def whole_object(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    tree = reading.tree
    obj = tree.child(verb, "dobj")
    if tree.deps[verb] == "acl":
        return []
    gerund = tree.child(verb, "xcomp")
    if obj is None and gerund is not None and gerund > verb and tree.tags[gerund] == "VBG":
        # "Denied sending them".
        piece = trimmed(tree, (tree.left[gerund], tree.right[gerund]))
        return [draft_of(reading, "gerund", verb, cue, [piece], gerund)]
    if obj is None or (tree.lower[obj] in _EMPTY_OBJECTS and cue.lemma not in _KEEPS_PRONOUN):
        return []
    if obj < verb and tree.tags[obj] not in {"WP", "WDT"}:
        return []
    if tree.tags[obj] in {"WP", "WDT"} or (cue.lemma == "see" and tree.lower[obj] not in _SEEN):
        return []
    if cue.lemma == "cite" and tree.tags[verb] == "VBG":
        return []
    if cue.lemma == "find" and not _is_of_a_document(tree, verb):
        return []
    piece = without_aside(tree, trimmed(tree, (tree.left[obj], tree.right[obj])))
    return [draft_of(reading, "object", verb, cue, [piece], obj)]


def _is_of_a_document(tree: Tree, verb: int) -> bool:
    subject = tree.child(verb, "nsubj")
    return subject is not None and singular(tree.lower[subject]) in DOCUMENTS | {
        "investigation",
        "inquiry",
        "probe",
    }
