"""How a content can be told apart from its text: whether it is a sentence, and whom its pronouns stand for."""

from assertions.suggestions.cast import Cast
from assertions.suggestions.clauses import Piece
from assertions.suggestions.cues import verbs
from assertions.suggestions.drafts import Draft, Reading
from assertions.suggestions.shapes import Standin, Telling
from assertions.suggestions.sources import is_body_noun, is_person_noun
from assertions.suggestions.tree import Tree

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj", "csubjpass")
_WH = frozenset({"WDT", "WP", "WP$", "WRB"})
_ABOUT_A_NUMBER = frozenset("about around between over under up".split())
_RELATIVE = frozenset({"which", "who", "whom", "whose"})
_I = frozenset({"i", "my", "me", "myself"})
_WE = frozenset({"we", "our", "us", "ourselves"})
_HE = frozenset({"he", "his", "him", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "their", "them", "themselves", "theirs"})
_POINTING = frozenset({"this", "that", "these", "those"})
_THIRD = _HE | _SHE | _IT | _THEY
_SAYING_NOTHING = frozenset(
    "anyone everyone everything nobody nothing one ones other own same similar someone something such".split()
)
_STANDINS = _I | _WE | _THIRD | {"you", "your"}
_POSSESSIVE = frozenset({"my", "our", "his", "her", "its", "their"})
_REFLEXIVE = frozenset(
    {"myself", "ourselves", "himself", "herself", "itself", "themselves", "hers", "theirs"}
)
_NAMING = ("NN", "CD")
_GROUPS = frozenset({"collective", "intergovernmental_organisation", "organisation"})
_WITH_A_GENDER = _HE | _SHE
# As far back as somebody else may be named whom a pronoun means.
_FAR = 60
_IS = frozenset("be is are was were been being".split())
_THIRD_PERSON = {"am": "is", "are": "is", "have": "has", "do": "does", "were": "was"}
_CONTRACTED = {"'m": " is", "’m": " is", "'re": " is", "’re": " is", "'ve": " has", "’ve": " has"}


def telling_of(reading: Reading, draft: Draft, cast: Cast, speaker: str | None, description: str) -> Telling:
    """Return how a content can be told; ``speaker`` and ``description`` are what its source was found to mean.

    Of a content of several sentences it is the first that is a sentence by itself.
    """
    tree = reading.tree
    pieces = sorted(draft.pieces)
    groups = _by_sentence(tree, pieces)
    heads = [_clause_head(tree, group, draft.predicate) for group in groups]
    at = next((number for number, head in enumerate(heads) if head is not None), None)
    told = groups[at or 0] if at is not None or draft.predicate is None else pieces
    head = heads[at] if at is not None else None
    if head is not None and len(told) > 1:
        # "Speaking to them, she said: “…”": the first part says nothing of its own.
        told = [piece for piece in told if is_inside([piece], head) or tree.tags[piece[0]] != "VBG"]
    standins, unknown = _standins(reading, draft, told, head, cast, speaker, description)
    unknown += _such(tree, told, head)
    form = _form(tree, draft, told, head)
    return Telling(
        pieces=tuple((tree.starts[first], tree.ends[last]) for first, last in told),
        head=head,
        form=form,
        standins=tuple(standins),
        unknown=tuple(dict.fromkeys(unknown)),
        weight=_weight(tree, told, with_adjective=form == "noun" and not unknown),
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
    is_alone = word in _POINTING and tree.deps[first] != "det"
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
    subject = tree.child(token, *_SUBJECTS)
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
    if tree.tags[first] in _WH and not _is_in_subject(tree, first, head):
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
    if tree.tags[first] == "VBG":
        return "gerund"
    if rule == "preposition" and tree.tags[first] in {"IN", "TO"}:
        return "noun"
    if tree.tags[first] in {"IN", "RB", "VBN", "VB", "VBD", "VBP", "VBZ", "MD", "CC"}:
        return "fragment"
    is_noun = any(tree.is_noun(t) for a, b in pieces for t in range(a, b + 1))
    return "noun" if is_noun else "fragment"


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


def _is_in_subject(tree: Tree, token: int, head: int) -> bool:
    subject = tree.child(head, *_SUBJECTS)
    return subject is not None and tree.left[subject] <= token <= tree.right[subject] and subject != token


def _weight(tree: Tree, pieces: list[Piece], *, with_adjective: bool) -> int:
    """Return how many nouns, names and numbers a content holds: what it says something of.

    ``with_adjective``: one that stands with a noun counts too ("foreign involvement").
    """
    told = [
        tree.tags[token]
        for first, last in pieces
        for token in range(first, last + 1)
        if tree.lower[token] not in _SAYING_NOTHING
    ]
    nouns = sum(tag.startswith(_NAMING) for tag in told)
    return nouns + (with_adjective and nouns > 0 and "JJ" in told)


def _standins(
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
    subject = tree.child(head, *_SUBJECTS) if head is not None else None
    named: set[str] = set()
    before = False
    for first, last in pieces:
        for token in range(first, last + 1):
            word = tree.lower[token]
            if tree.tags[token].startswith("NN") and token in reading.mention_at:
                before = True
            if (word in _POINTING and token == subject) or (word == "such" and tree.heads[token] == subject):
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
    return tree.deps[token] in _SUBJECTS and tree.lower[verb] in _IS | {"'s", "’s"}


def _leads(tree: Tree, token: int, head: int | None) -> bool:
    """Whether a pronoun is the subject of the main clause, or belongs to it."""
    if tree.deps[token] in _SUBJECTS:
        return tree.heads[token] == head or (head is not None and tree.left[head] == token)
    subject = tree.heads[token]
    return tree.deps[token] == "poss" and tree.deps[subject] in _SUBJECTS and tree.heads[subject] == head


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


def third_person(verb: str) -> str:
    """Return a verb as it is said of one: "has" of "have", "denies" of "deny"."""
    if verb in _THIRD_PERSON:
        return _THIRD_PERSON[verb]
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}s"


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
