"""Rules for the objects of verbs that ascribe: "confirmed the losses", "called it a lie", "called for peace"."""

from assertions.suggestions.clauses import is_infinitive, trimmed, without_aside
from assertions.suggestions.cues import Cue, verbs
from assertions.suggestions.drafts import Draft, Reading, draft_of
from assertions.suggestions.sources import DOCUMENTS, singular
from assertions.suggestions.tree import Tree

_EMPTY_OBJECTS = frozenset(
    {"it", "this", "that", "them", "him", "her", "me", "us", "himself", "herself", "itself", "what"}
)
_OF_PLACE = frozenset({"in", "at", "on"})
_OF_A_NOUN = frozenset({"of", "for", "about", "between"})
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
        "report",
    }
)
_NAMING = frozenset("call name dub label brand term deem consider".split())
# Of whom they are said, these are deeds as often as attitudes: only where the clause is the sentence's own.
_DEEDS = frozenset(
    {"back", "support", "oppose", "favor", "favour", "endorse", "defend", "embrace", "champion"}
)
# What is told by whoever gives it.
_TOLD = frozenset(
    "assessment cause count date day detail details estimate explanation figure figures motive "
    "name number numbers reason reasons tally time timeline toll total version".split()
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
        return what_it_is_called(reading, verb, cue)
    if "s" in cue.frames:
        complement = tree.child(verb, "oprd", "acomp", "attr")
        if complement is None:
            complement = next((p for p in tree.all(verb, "prep") if tree.lower[p] == "as" and p > obj), None)
        if complement is None and tree.deps[obj] == "ccomp":
            complement = (
                obj if tree.child(obj, "nsubj") is not None else tree.child(obj, "acomp", "attr", "oprd")
            )
        if complement is None and cue.lemma in _NAMING:
            complement = _name_beside(tree, obj)
        if complement is not None and complement >= obj:
            piece = (tree.left[obj], tree.right[complement])
            return [draft_of(reading, "object complement", verb, cue, [trimmed(tree, piece)], complement)]
    if "a" in cue.frames and (tree.deps[obj] == "dobj" or _is_what(tree, obj)):
        last = tree.right[obj]
        grounds = cue.prepositions or _GROUNDS
        for prep in tree.all(verb, "prep", "dative"):
            if prep > obj and tree.lower[prep] in grounds:
                last = max(last, tree.right[prep])
        bare = last == tree.right[obj] and "o" not in cue.frames
        if bare and (cue.prepositions or tree.lower[obj] in _EMPTY_OBJECTS):
            return []
        return [
            draft_of(reading, "object with grounds", verb, cue, [trimmed(tree, (tree.left[obj], last))], obj)
        ]
    return []


def _is_what(tree: Tree, verb: int) -> bool:
    """Whether a clause is an object that begins with "what": "rejected what he said"."""
    return tree.deps[verb] == "ccomp" and tree.lower[tree.left[verb]] == "what"


def _name_beside(tree: Tree, obj: int) -> int | None:
    """Return what an object is called where the parser took it for a part of the object ("call the deal a “sham”")."""
    for child in tree.children[obj]:
        if (
            child > obj
            and tree.deps[child] in {"appos", "amod", "acl"}
            and tree.words[tree.left[child] - 1] != ","
        ):
            return child
    return None


def what_it_is_called(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    """ "What she calls a mistake": the name that is given."""
    tree = reading.tree
    obj = tree.child(verb, "dobj")
    name = tree.child(verb, "oprd", "attr", "acomp")
    if (
        cue.lemma not in _NAMING
        or obj is None
        or tree.tags[obj] not in {"WP", "WDT"}
        or name is None
        or name < verb
    ):
        return []
    piece = trimmed(tree, (tree.left[name], tree.right[name]))
    return [draft_of(reading, "object complement", verb, cue, [piece], name)]


def after_preposition(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    tree = reading.tree
    if "for" in cue.prepositions:
        for clause in tree.all(verb, "advcl", "ccomp", "xcomp"):
            mark = tree.left[clause]
            if mark == verb + 1 and tree.lower[mark] == "for" and is_infinitive(tree, clause):
                piece = trimmed(tree, (mark, tree.right[clause]))
                return [draft_of(reading, "preposition", verb, cue, [piece], clause)]
    own = tree.all(verb, "prep", "prt")
    inner = [prep for first in own for place in tree.all(first, "pobj") for prep in tree.all(place, "prep")]
    for prep in (*own, *(each for each in inner if _is_of_place(tree, tree.heads[each]))):
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
        for follower in tree.all(verb, "xcomp", "advcl"):
            if follower > prep and (tree.deps[follower] == "xcomp" or _continues(tree, follower, last)):
                last = max(last, tree.right[follower])
        for other in own:
            if other > prep and tree.lower[other] == tree.lower[prep]:
                last = max(last, tree.right[other])
        named = next((as_ for as_ in own if as_ > prep and tree.lower[as_] == "as"), None)
        if cue.lemma == "refer":
            # "Referred to the vote as a hoax" says something, "referred to the vote" does not.
            if named is None:
                continue
            last = max(last, tree.right[named])
        return [draft_of(reading, "preposition", verb, cue, [trimmed(tree, (prep, last))], prep)]
    return []


def _is_of_place(tree: Tree, noun: int) -> bool:
    """Whether a noun says where or when: "in Rome", "on Monday"."""
    return tree.lower[tree.heads[noun]] in _OF_PLACE and tree.is_proper(noun)


def _continues(tree: Tree, verb: int, last: int) -> bool:
    """Whether an infinitive follows directly: "called for action to mend it"."""
    return tree.left[verb] == last + 1 and is_infinitive(tree, verb)


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
    if cue.lemma in _DEEDS and (
        tree.tags[verb] == "VBG" or tree.deps[verb] in {"ccomp", "pcomp", "acl", "advcl", "xcomp"}
    ):
        return []
    if tree.deps[verb] == "xcomp" and is_infinitive(tree, verb) and tree.lower[tree.heads[verb]] in verbs():
        # What somebody wants to say is within the content already.
        return []
    if cue.lemma == "cite" and _may_be_cited(reading, obj):
        return []
    piece = without_aside(tree, trimmed(tree, (tree.left[obj], _end_of_object(tree, verb, obj))))
    return [draft_of(reading, "object", verb, cue, [piece], obj)]


def detail(reading: Reading, verb: int, cue: Cue) -> list[Draft]:
    """ "Gave the cause as fire", "counts 300 dead", "dates the letter 4 May": a number or another detail."""
    tree = reading.tree
    obj = tree.child(verb, "dobj")
    if obj is None or obj < verb or tree.child(verb, "dative") is not None:
        return []
    is_number = tree.tags[obj] == "CD" or tree.child(obj, "nummod") is not None
    if cue.lemma != "date" and not is_number and tree.lower[obj] not in _TOLD:
        return []
    last = tree.right[obj]
    for child in tree.all(verb, "npadvmod", "prep"):
        if child > obj and (
            tree.deps[child] == "npadvmod" or tree.lower[child] in {"as", "at", "to", "by", "for"}
        ):
            last = max(last, tree.right[child])
    if is_number:
        last = max(last, tree.right[verb])
    comma = next((token for token in range(obj, last) if tree.words[token] in {",", ";"}), last + 1)
    piece = trimmed(tree, (tree.left[obj], comma - 1))
    return [draft_of(reading, "object", verb, cue, [piece], obj)]


def _end_of_object(tree: Tree, verb: int, obj: int) -> int:
    """Return the last token of an object with what the parser tied to its verb instead: "offered a plan for it"."""
    last = tree.right[obj]
    for prep in tree.all(verb, "prep"):
        if prep == last + 1 and tree.lower[prep] in _OF_A_NOUN:
            last = tree.right[prep]
    return last


def _may_be_cited(reading: Reading, obj: int) -> bool:
    """Whether an object is who or what is cited and not what is told."""
    return (
        obj in reading.named or reading.tree.is_proper(obj) or singular(reading.tree.lower[obj]) in DOCUMENTS
    )


def _is_of_a_document(tree: Tree, verb: int) -> bool:
    subject = tree.child(verb, "nsubj")
    return subject is not None and singular(tree.lower[subject]) in DOCUMENTS | {
        "investigation",
        "inquiry",
        "probe",
    }
