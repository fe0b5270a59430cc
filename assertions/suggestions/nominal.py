"""Rules for nouns and adjectives that ascribe: "the claim that …", "his promise to …", "is confident that …"."""

from dataclasses import dataclass
from pathlib import Path

from assertions.suggestions.clauses import (
    Piece,
    Subject,
    clause,
    is_infinitive,
    noun_phrase,
    owner_piece,
    subject_of,
    trimmed,
    without_mark,
)
from assertions.suggestions.cues import forms, rows_of
from assertions.suggestions.drafts import Draft, Reading
from assertions.suggestions.sources import may_speak, singular
from assertions.suggestions.tree import Tree

# Verbs whose object is the noun that ascribes: their subject is the source.
_CARRIERS = frozenset(
    form
    for lemma in (
        "express voice raise have/had/has issue make/made give/gave/given reiterate share repeat hold/held air "
        "level offer renew convey state harbor harbour draw/drew/drawn form lodge file launch deliver "
        "reach throw/threw/thrown show"
    ).split()
    for form in forms(lemma.partition("/")[0], lemma.split("/")[1:])
)
_GENERAL_NOUNS = frozenset(
    "claim allegation report speculation rumor rumour suggestion accusation charge fear concern belief "
    "expectation hope notion assumption suspicion prediction warning complaint perception".split()
)
_MAKING = frozenset({"make", "makes", "made", "making"})
_LINKS = frozenset(
    "be is am are was were been being 's ’s 're ’re 'm ’m feel feels felt seem seems seemed remain remains "
    "remained become becomes became sound sounds sounded look looks looked get got".split()
)


@dataclass(frozen=True, slots=True)
class _Word:
    act: str
    frames: frozenset[str]
    prepositions: frozenset[str]


def _table(name: str) -> dict[str, _Word]:
    table = {}
    for row in rows_of(Path(__file__).with_name(name)):
        word, act, frames, *prepositions = row.split()
        table[word] = _Word(act, frozenset(frames) - {"-"}, frozenset(prepositions) - {"-"})
    return table


_NOUNS = _table("nouns.txt")
_STATES_OF_MIND = _table("adjectives.txt")
_NOUN_FORMS = frozenset(form for word in _NOUNS for form in (word, word + "s", word[:-1] + "ies"))
_NOT_KNOWN = frozenset({"known", "unclear", "unknown", "clear"})
NOMINAL_WORDS = _NOT_KNOWN | _NOUN_FORMS | frozenset(_STATES_OF_MIND)


def from_nominal(reading: Reading, token: int) -> list[Draft]:
    """Return what a noun or an adjective of the tables ascribes."""
    tree = reading.tree
    if tree.tags[token] in {"NN", "NNS"}:
        noun = _NOUNS.get(singular(tree.lower[token]))
        return _noun(reading, token, noun) if noun is not None else []
    if tree.lower[token] == "clear" and tree.lower[tree.heads[token]] in _MAKING:
        return _made_clear(reading, token)
    if tree.lower[token] in _NOT_KNOWN:
        unknown = _unknown(reading, token)
        if unknown or tree.lower[token] != "clear":
            return unknown
    adjective = _STATES_OF_MIND.get(tree.lower[token])
    if adjective is not None and tree.deps[token] in {
        "acomp",
        "oprd",
        "conj",
        "ROOT",
        "ccomp",
        "advcl",
        "relcl",
    }:
        return _adjective(reading, token, adjective)
    return []


def _noun(reading: Reading, token: int, noun: _Word) -> list[Draft]:
    tree = reading.tree
    complement = _complement_of(tree, token, noun)
    if complement is None:
        return []
    piece, predicate, is_clause = complement
    source = _source_of(reading, token)
    name = singular(tree.lower[token])
    if source is None and not (is_clause and name in _GENERAL_NOUNS):
        return []
    if source is not None and not is_clause and tree.lower[predicate] == "of" and source.piece == piece:
        return []
    draft = Draft("noun", noun.act, [piece], cue=(token, token), cue_head=token, predicate=predicate)
    if source is not None:
        draft.source, draft.source_head = source.piece, source.head
    return [draft]


def _complement_of(tree: Tree, token: int, word: _Word) -> tuple[Piece, int, bool] | None:
    for child in tree.children[token]:
        if child < token:
            continue
        dep = tree.deps[child]
        if "c" in word.frames and dep in {"acl", "ccomp", "relcl"} and _is_that_clause(tree, child):
            pieces = clause(tree, child)
            if pieces:
                return without_mark(tree, child, (pieces[0][0], pieces[-1][1])), child, True
        if "x" in word.frames and dep in {"acl", "xcomp", "relcl"} and is_infinitive(tree, child):
            return trimmed(tree, (tree.left[child], tree.right[child])), child, False
        if dep == "prep" and tree.lower[child] in word.prepositions and tree.children[child]:
            return trimmed(tree, (child, tree.right[child])), child, False
    link = tree.heads[token]
    if tree.deps[token] == "dobj" and _is_carrier(tree, link):
        # "Voiced concern in the capital about it": the place stands between.
        between = [
            inner
            for own in tree.all(token, "prep")
            for obj in tree.all(own, "pobj")
            for inner in tree.all(obj, "prep")
        ]
        for child in (*tree.all(link, "prep"), *between):
            if child > token and tree.lower[child] in word.prepositions - {"of"} and tree.children[child]:
                return trimmed(tree, (child, tree.right[child])), child, False
    if "c" in word.frames and tree.deps[token] == "nsubj" and tree.lower[link] in {"is", "was", "be"}:
        for child in tree.all(link, "ccomp"):
            if child > link and _is_that_clause(tree, child):
                return (
                    without_mark(tree, child, trimmed(tree, (tree.left[child], tree.right[child]))),
                    child,
                    True,
                )
    return None


def _is_that_clause(tree: Tree, verb: int) -> bool:
    return any(tree.lower[c] in {"that", "whether"} and tree.deps[c] == "mark" for c in tree.children[verb])


def _source_of(reading: Reading, token: int) -> Subject | None:
    tree = reading.tree
    owner = tree.child(token, "poss")
    if owner is not None:
        word = tree.lower[owner]
        possessive = {"his", "her", "their", "our", "my", "its", "whose"}
        if word in possessive or may_speak(tree, owner, named=reading.named, loosely=False):
            return Subject(owner, owner_piece(tree, owner))
        return None
    for prep in tree.all(token, "prep"):
        if tree.lower[prep] in {"by", "from", "among"}:
            by = tree.child(prep, "pobj")
            if by is not None and may_speak(tree, by, named=reading.named, loosely=False):
                return Subject(by, noun_phrase(tree, by))
    verb = tree.heads[token]
    if tree.deps[token] == "dobj" and _is_carrier(tree, verb):
        subject = subject_of(tree, verb)
        if (
            subject
            and not subject.is_passive
            and may_speak(tree, subject.head, named=reading.named, loosely=False)
        ):
            return subject
    for child in tree.children[token]:
        if child < token and child in reading.named and tree.deps[child] in {"amod", "compound", "nmod"}:
            return Subject(child, (child, child))
    return None


def _is_carrier(tree: Tree, verb: int) -> bool:
    return tree.lower[verb] in _CARRIERS


def _made_clear(reading: Reading, token: int) -> list[Draft]:
    """ "She made it clear that …"."""
    tree = reading.tree
    verb = tree.heads[token]
    subject = subject_of(tree, verb)
    if (
        subject is None
        or subject.is_passive
        or not may_speak(tree, subject.head, named=reading.named, loosely=False)
    ):
        return []
    for head in (*tree.all(token, "ccomp", "advcl"), *tree.all(verb, "ccomp", "advcl")):
        if head > token and _is_that_clause(tree, head):
            piece = without_mark(tree, head, trimmed(tree, (tree.left[head], tree.right[head])))
            return [
                Draft("adjective", "states", [piece], subject.piece, subject.head, (verb, token), token, head)
            ]
    return []


def _unknown(reading: Reading, token: int) -> list[Draft]:
    """ "It is not known whether …", "where it was launched is unclear": nobody is named who does not know."""
    tree = reading.tree
    verb = tree.heads[token] if tree.deps[token] in {"acomp", "oprd"} else token
    negated = tree.is_negated(verb)
    if (tree.lower[token] in {"known", "clear"}) != negated or tree.child(verb, "agent") is not None:
        return []
    subject = tree.child(verb, "nsubj", "nsubjpass")
    candidates = [*tree.all(verb, "ccomp", "csubj", "csubjpass"), *tree.all(token, "ccomp")]
    for head in candidates:
        if head > token and (subject is None or tree.lower[subject] != "it"):
            continue
        if any(tree.words[between] in {":", ";"} for between in range(head, verb)):
            continue
        pieces = clause(tree, head)
        if pieces:
            return [
                Draft(
                    "not known",
                    "does_not_know",
                    pieces,
                    cue=(min(verb, token), token),
                    cue_head=token,
                    predicate=head,
                )
            ]
    if verb == token and subject is not None and tree.deps[subject] == "nsubjpass":
        first = tree.left[verb]
        if tree.lower[first] in {
            "whether",
            "where",
            "who",
            "when",
            "how",
            "what",
            "why",
            "which",
            "on",
            "if",
        }:
            last = min(c for c in tree.children[verb] if tree.deps[c] in {"auxpass", "aux", "neg"}) - 1
            if last > first:
                return [
                    Draft("not known", "does_not_know", [(first, last)], cue=(token, token), cue_head=token)
                ]
    return []


def _adjective(reading: Reading, token: int, adjective: _Word) -> list[Draft]:
    tree = reading.tree
    if tree.deps[token] in {"amod", "advmod"}:
        return []
    verb = tree.heads[token] if tree.deps[token] in {"acomp", "oprd"} else token
    if verb != token and tree.lower[verb] not in _LINKS:
        return []
    if tree.tags[token] in {"VBN", "VBD"} and (verb == token or tree.child(token, "agent") is not None):
        return []
    subject = subject_of(tree, verb)
    if subject is None or not may_speak(tree, subject.head, named=reading.named, loosely=False):
        return []
    complement = _after_adjective(tree, token, verb, adjective)
    if complement is None:
        return []
    piece, predicate = complement
    act = adjective.act
    if tree.is_negated(verb) and tree.lower[token] in {"sure", "certain", "aware"}:
        act = "does_not_know"
    cue = (min(verb, token), max(verb, token))
    return [Draft("adjective", act, [piece], subject.piece, subject.head, cue, token, predicate)]


def _after_adjective(tree: Tree, token: int, verb: int, adjective: _Word) -> tuple[Piece, int] | None:
    heads = (token, verb) if verb != token else (token,)
    for head in heads:
        for child in tree.children[head]:
            if child <= token:
                continue
            dep = tree.deps[child]
            if dep == "ccomp" and "c" in adjective.frames:
                return without_mark(tree, child, trimmed(tree, (tree.left[child], tree.right[child]))), child
            if dep == "xcomp" and "x" in adjective.frames and is_infinitive(tree, child):
                return trimmed(tree, (tree.left[child], tree.right[child])), child
            if dep == "prep" and tree.lower[child] in adjective.prepositions and tree.children[child]:
                return trimmed(tree, (child, tree.right[child])), child
    return None
