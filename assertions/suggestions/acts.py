"""The speech act of a statement, from its cue and the form of its content; never from what a reader may conclude."""

from assertions.suggestions.clauses import Piece
from assertions.suggestions.cues import Cue
from assertions.suggestions.sources import is_body_noun
from assertions.suggestions.tree import Tree

# What is refused where it is not done: "did not confirm".
_WITHHELD = frozenset("confirm comment answer respond reply elaborate discuss verify".split())
# What is left open where it is not said: "did not say whether".
_LEFT_OPEN = frozenset(
    "say tell disclose reveal specify state explain clarify mention divulge announce add report".split()
)
_UNKNOWN = frozenset("know understand learn determine establish remember find recall".split())
_UNTRUE = frozenset(
    "fake false untrue groundless baseless unfounded lie lies fabrication fabrications hoax nonsense "
    "rumour rumours rumor rumors fiction wrong incorrect inaccurate slander disinformation "
    "misinformation myth fabricated bogus hearsay insinuation insinuations".split()
)
_UNLAWFUL = frozenset(
    "illegal unlawful criminal crime crimes violation violations aggression coup terrorist terrorists "
    "terrorism murderer genocide provocation breach illegitimate liar thief corrupt fraud racist "
    "dictator disgrace shameful".split()
)
# Verbs whose act follows from what they call something.
_NAMING = frozenset(
    "call describe dismiss label brand characterize characterise term deem dub consider regard see "
    "denounce portray declare condemn designate".split()
)
# Verbs that only say: what they say decides.
_SAYING = frozenset(
    "say tell add state write tweet announce declare note stress emphasize emphasise remark reply "
    "respond answer continue insist assert conclude comment explain report argue reiterate repeat post "
    "believe think suggest maintain estimate observe indicate".split()
)
_WHAT_IS_TOLD = frozenset("report reports claim claims allegation allegations it that this".split())
_WILL = frozenset({"will", "wo", "'ll", "’ll", "shall", "would", "'d", "’d"})
_GOING = frozenset({"going", "gonna"})
_MAY = frozenset({"may", "might", "could"})
_SHOULD = frozenset({"should", "must", "ought"})
_SELF = frozenset({"i", "we"})
_OWN = frozenset({"my", "our", "his", "her", "its", "their"})
_SELF_REPORTED = frozenset({"he", "she", "it", "they"})
_REFUSING = frozenset(
    "declined refused declines refuses declining refusing decline refuse unable unwilling".split()
)


def act_of_verb(tree: Tree, verb: int, cue: Cue, predicate: int | None) -> str:
    """Return the act of a verb of the table; ``predicate`` is the head of what it ascribes, if known."""
    lemma = cue.lemma
    if lemma in {"decline", "refuse"}:
        return "declines"
    if tree.deps[verb] == "xcomp" and tree.lower[tree.heads[verb]] in _REFUSING:
        return "declines"
    if tree.is_negated(verb):
        return _negated(tree, verb, lemma, cue.act)
    if predicate is None:
        return cue.act
    if lemma in {"ask", "tell", "beg"} and _has_to(tree, predicate):
        return "demands"
    if lemma == "ask" and tree.lower[predicate] == "for":
        return "demands"
    if lemma == "call" and tree.lower[predicate] in {"for", "on"}:
        return "demands"
    if lemma == "see" and tree.lower[predicate] == "need" and _has_no(tree, predicate):
        return "declines"
    if lemma in {"claim", "accept", "assume", "admit"} and tree.lower[predicate] == "responsibility":
        return "confirms"
    if lemma in _NAMING:
        return _of_naming(tree, range(tree.left[predicate], tree.right[predicate] + 1), cue.act)
    if lemma in _SAYING and tree.deps[predicate] != "dobj":
        return act_of_clause(tree, predicate, cue.act)
    return cue.act


def act_of_words(tree: Tree, cue: Cue, content: Piece) -> str:
    """Return the act of a cue whose content has no reliable parse."""
    if cue.lemma in _NAMING:
        return _of_naming(tree, range(content[0], content[1] + 1), cue.act)
    return cue.act


def act_of_clause(tree: Tree, predicate: int, act: str = "states") -> str:
    """Return the act of merely saying a clause: what will be is predicted or promised, what should be is demanded."""
    helpers = {tree.lower[child] for child in tree.children[predicate] if child < predicate}
    subject = tree.child(predicate, "nsubj", "nsubjpass")
    word = tree.lower[subject] if subject is not None else ""
    if helpers & _SHOULD or (
        tree.lower[predicate] in {"need", "needs", "has", "have"} and _has_to(tree, predicate)
    ):
        return "demands"
    if helpers & _WILL or (tree.lower[predicate] in _GOING and tree.child(predicate, "xcomp") is not None):
        if any(tree.deps[child] == "advcl" and _is_if(tree, child) for child in tree.children[predicate]):
            return act
        own = subject is not None and is_body_noun(word) and _is_own(tree, subject)
        return "promises" if own or word in _SELF or (word in _SELF_REPORTED and word != "it") else "predicts"
    if helpers & _MAY and act == "states":
        return "predicts"
    attribute = tree.child(predicate, "acomp", "attr", "oprd", "xcomp")
    if word in _WHAT_IS_TOLD and attribute is not None:
        untrue = any(tree.lower[token] in _UNTRUE for token in tree.subtree(attribute))
        if untrue:
            return "denies"
    if attribute is not None and tree.lower[attribute] in {"illegal", "unlawful"}:
        return "alleges"
    if tree.lower[predicate] == "known" and tree.is_negated(predicate):
        return "does_not_know"
    return act


def _negated(tree: Tree, verb: int, lemma: str, act: str) -> str:
    if lemma == "deny":
        return "declines" if _is_neither(tree, verb) else "evades"
    if lemma in _UNKNOWN:
        return "does_not_know"
    if lemma in _WITHHELD:
        return "declines"
    if lemma in _LEFT_OPEN:
        return "evades"
    if lemma in {"believe", "think", "expect", "want"}:
        return act
    if act == "confirms":
        return "denies"
    return "declines" if act == "promises" else "states"


def _is_neither(tree: Tree, verb: int) -> bool:
    begin, _ = tree.sentences[tree.sentence[verb]]
    return any(tree.lower[token] in {"neither", "nor"} for token in range(max(begin, verb - 8), verb))


def _of_naming(tree: Tree, content: range, act: str) -> str:
    words = {tree.lower[token] for token in content}
    if words & _UNTRUE:
        return "denies"
    return "alleges" if words & _UNLAWFUL else act


def _is_own(tree: Tree, noun: int) -> bool:
    """Whether a noun is somebody's own in the words of who speaks ("our forces", "her government")."""
    owner = tree.child(noun, "poss")
    return owner is not None and tree.lower[owner] in _OWN


def _has_to(tree: Tree, predicate: int) -> bool:
    if any(tree.tags[child] == "TO" for child in tree.children[predicate] if child < predicate):
        return True
    follower = tree.child(predicate, "xcomp")
    return follower is not None and any(tree.tags[child] == "TO" for child in tree.children[follower])


def _has_no(tree: Tree, token: int) -> bool:
    return any(tree.lower[child] == "no" for child in tree.children[token])


def _is_if(tree: Tree, verb: int) -> bool:
    return any(tree.lower[child] in {"if", "unless"} for child in tree.children[verb])
