"""What the pronouns of a content stand for: whoever speaks, as surely as grammar tells, or nobody knows whom."""

from assertions.suggestions.cast import Cast
from assertions.suggestions.clauses import Piece
from assertions.suggestions.drafts import Draft, Reading
from assertions.suggestions.recasting import third_person
from assertions.suggestions.shapes import Standin
from assertions.suggestions.sources import is_body_noun, is_person_noun
from assertions.suggestions.tree import Tree

SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj", "csubjpass")
POINTING = frozenset({"this", "that", "these", "those"})
_I = frozenset({"i", "my", "me", "myself"})
_WE = frozenset({"we", "our", "us", "ourselves"})
_HE = frozenset({"he", "his", "him", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "their", "them", "themselves", "theirs"})
_THIRD = _HE | _SHE | _IT | _THEY
_STANDINS = _I | _WE | _THIRD | {"you", "your"}
_POSSESSIVE = frozenset({"my", "our", "his", "her", "its", "their"})
_REFLEXIVE = frozenset(
    {"myself", "ourselves", "himself", "herself", "itself", "themselves", "hers", "theirs"}
)
_GROUPS = frozenset({"collective", "intergovernmental_organisation", "organisation"})
_WITH_A_GENDER = _HE | _SHE
# A place that stands in another sentence.
_THERE = frozenset({"there", "here"})
# As far back as somebody else may be named whom a pronoun means.
_FAR = 60
_IS = frozenset("be is are was were been being".split())
_CONTRACTED = {"'m": " is", "’m": " is", "'re": " is", "’re": " is", "'ve": " has", "’ve": " has"}


def standins_of(
    reading: Reading,
    draft: Draft,
    pieces: list[Piece],
    head: int | None,
    cast: Cast,
    speaker: str | None,
    description: str,
) -> tuple[list[Standin], list[str]]:
    """Return what the pronouns of a content stand for, and those of which it is not sure."""
    tree = reading.tree
    found: list[Standin] = []
    unknown: list[str] = []
    subject = tree.child(head, *SUBJECTS) if head is not None else None
    named: set[str] = set()
    before = False
    for first, last in pieces:
        for token in range(first, last + 1):
            word = tree.lower[token]
            if tree.tags[token].startswith("NN") and token in reading.mention_at:
                before = True
            if (word in POINTING and token == subject) or (word == "such" and tree.heads[token] == subject):
                unknown.append(word)
            if word in _THERE and tree.deps[token] == "advmod" and tree.tags[token] == "RB" and not before:
                unknown.append(word)
            if word not in _STANDINS or tree.deps[token] == "expl" or token in reading.mention_at:
                continue
            if len(word) > 1 and tree.words[token].isupper():
                continue  # "US" is no pronoun
            if word in _IT and _is_empty(tree, token):
                continue
            if _means_speaker(reading, token, word, head, cast, speaker, description, draft):
                if word in _REFLEXIVE or word in named:
                    continue
                found.append(_standin(tree, token))
                found += _agreeing(tree, token)
                # "its" after "it": the first has been named.
                named |= _IT | _HE | _SHE | _THEY if word in _THIRD else set()
            elif (
                token == subject
                or tree.heads[token] == subject
                or not before
                or word in _WE | {"you", "your"}
            ):
                unknown.append(word)
    return found, unknown


def _standin(tree: Tree, token: int) -> Standin:
    word = tree.lower[token]
    is_possessive = word in _POSSESSIVE and tree.deps[token] == "poss"
    return Standin(tree.starts[token], tree.ends[token], is_possessive=is_possessive)


def _means_speaker(
    reading: Reading,
    token: int,
    word: str,
    head: int | None,
    cast: Cast,
    speaker: str | None,
    description: str,
    draft: Draft,
) -> bool:
    """Whether a pronoun stands for whoever speaks, as surely as grammar tells."""
    tree = reading.tree
    if not description or draft.source_head is None:
        return False
    known = cast.actors.get(speaker or "")
    kind = known.kind if known is not None else ""
    inside = reading.quoted[token] >= 0
    if word in _I:
        return inside and kind in {"", "person"} and tree.lower[draft.source_head] not in _IT
    if word in _WE:
        return inside and kind not in {"", "person"}
    if inside or word not in _THIRD or not _leads(tree, token, head):
        return False
    source = draft.source_head
    if word in _IT:
        is_body = kind not in {"", "person"} or (not kind and is_body_noun(tree.lower[source]))
        return is_body and not _is_of_being(tree, token)
    if word in _THEY:
        return kind in _GROUPS
    if kind != "person" and not (not kind and _is_a_person(tree, source)):
        return False
    if tree.lower[source] in _WITH_A_GENDER and (tree.lower[source] in _HE) != (word in _HE):
        return False
    gender = cast.gender_of(speaker or description)
    return gender in {"", "m" if word in _HE else "f"} and not _other_person_before(reading, token, draft)


def _is_a_person(tree: Tree, source: int) -> bool:
    word, tag = tree.lower[source], tree.tags[source]
    if word in _WITH_A_GENDER:
        return True
    return (tag == "NNP" or (tag == "NN" and is_person_noun(word))) and not is_body_noun(word)


def _is_of_being(tree: Tree, token: int) -> bool:
    """Whether "it" is the subject of a mere "is", where it may as well stand for what was spoken of."""
    verb = tree.heads[token]
    return tree.deps[token] in SUBJECTS and tree.lower[verb] in _IS | {"'s", "’s"}


def _leads(tree: Tree, token: int, head: int | None) -> bool:
    """Whether a pronoun is the subject of the main clause, or belongs to it."""
    if tree.deps[token] in SUBJECTS:
        return tree.heads[token] == head or (head is not None and tree.left[head] == token)
    subject = tree.heads[token]
    return tree.deps[token] == "poss" and tree.deps[subject] in SUBJECTS and tree.heads[subject] == head


def _other_person_before(reading: Reading, token: int, draft: Draft) -> bool:
    """Whether a content names somebody else before a pronoun, who may be meant by it."""
    first = min(first for first, _ in draft.pieces)
    own = reading.mention_at.get(draft.source_head) if draft.source_head is not None else None
    for at in range(max(first, token - _FAR), token):
        mention = reading.mention_at.get(at)
        if mention is None or not mention.actor or (own is not None and mention.actor == own.actor):
            continue
        actor = reading.actors.get(mention.actor)
        if actor is not None and actor.kind == "person":
            return True
    return False


def _is_empty(tree: Tree, token: int) -> bool:
    """Whether "it" stands for nothing: "it is possible that …", "it remains to be seen whether …"."""
    if tree.lower[token] != "it" or tree.deps[token] not in {"nsubj", "nsubjpass"}:
        return False
    verb = tree.heads[token]
    later = [child for child in tree.children[verb] if child > verb]
    later += [t for child in later if tree.deps[child] in {"acomp", "attr"} for t in tree.children[child]]
    return tree.lower[verb] in _IS | {"'s", "’s", "remains", "remained", "takes", "took"} | {"known"} and any(
        tree.deps[child] in {"ccomp", "xcomp", "csubj", "advcl"} for child in later
    )


def _agreeing(tree: Tree, token: int) -> list[Standin]:
    """Return the verbs that say something of "I" or "we", as they are said of one who is named."""
    if tree.lower[token] not in {"i", "we"} or tree.deps[token] not in {"nsubj", "nsubjpass"}:
        return []
    found = []
    heads = [tree.heads[token]]
    heads += [
        verb
        for verb in tree.all(heads[0], "conj")
        if tree.tags[verb] == "VBP" and tree.child(verb, "nsubj", "aux") is None
    ]
    for head in heads:
        own = [head, *tree.all(head, "aux", "auxpass")]
        finite = min(
            (verb for verb in own if tree.tags[verb] in {"VBP", "VBD"} and verb > token), default=None
        )
        if (
            finite is None
            or tree.words[finite].isupper()
            or (tree.tags[finite] == "VBD" and tree.lower[finite] != "were")
        ):
            continue
        changed = _CONTRACTED.get(tree.lower[finite]) or third_person(tree.lower[finite])
        found.append(Standin(tree.starts[finite], tree.ends[finite], words=changed))
    return found
