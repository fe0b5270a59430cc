"""Contents told as what they come to: a judgement as what it holds of somebody, a clause without its hedge.

"Thanked them for their help" comes to "they deserve thanks for their help", "called the charge a lie" to "the charge is
a lie", "troops may follow", said by somebody who is not sure, to "troops will follow": who judges, and how sure he is,
stands in fields of their own. Each of these is the meaning of one verb; nothing else is put in.
"""

from dataclasses import dataclass

from assertions.suggestions.clauses import Piece
from assertions.suggestions.cues import verbs
from assertions.suggestions.drafts import Draft
from assertions.suggestions.shapes import Standin
from assertions.suggestions.tree import Tree

_NAMING = frozenset(
    "brand call characterise characterize condemn consider declare deem denounce describe designate dub hail label "
    "name portray read regard see term treat view".split()
)
# What somebody deserves who is judged so.
_DESERVED = {
    "thank": "thanks",
    "congratulate": "congratulations",
    "praise": "praise",
    "commend": "praise",
    "hail": "praise",
    "laud": "praise",
    "applaud": "praise",
    "condemn": "condemnation",
    "denounce": "condemnation",
    "criticize": "criticism",
    "criticise": "criticism",
}
_OF_THE_OBJECT = frozenset("against between by from of to toward towards with".split())
_OF_DEEDS = frozenset({"accuse", "blame", "congratulate", "thank"})
# What leads to the grounds of a judgement.
_LINKS = {
    "put": frozenset({"at", "above", "below", "between", "under", "over"}),
    "blame": frozenset({"for"}),
    "accuse": frozenset({"of"}),
}
_GROUNDS = {"congratulate": ("on", "for")}
_PLURAL = frozenset("both many most others several some these they those we".split())
_NOMINATIVE = {"him": "he", "her": "she", "them": "they", "us": "we", "me": "I"}
_AHEAD = frozenset({"predicts", "promises", "threatens", "states"})
_THIRD_PERSON = {"am": "is", "are": "is", "have": "has", "do": "does", "were": "was"}


@dataclass(frozen=True, slots=True)
class Recast:
    """The pieces of a content in the order in which they are told, and what is told otherwise in them."""

    pieces: tuple[Piece, ...]
    standins: tuple[Standin, ...]


def judgement(tree: Tree, draft: Draft) -> Recast | None:
    """Return how a judgement on somebody or something is told as a sentence of what it holds; None if it is none."""
    verb, obj = draft.cue_head, _object(tree, draft)
    known = verbs().get(tree.lower[verb]) if verb is not None else None
    if verb is None or obj is None or known is None or draft.act == "denies" or tree.is_negated(verb):
        return None
    whole = draft.pieces[-1][1]
    if draft.rule == "object complement" and known.lemma in _NAMING:
        return _called(tree, obj, draft.predicate, whole)
    if draft.rule not in {"object with grounds", "object"} or tree.deps[obj] != "dobj":
        return None
    named = next((t for t in range(obj + 1, whole) if tree.lower[t] == "as" and tree.deps[t] == "prep"), None)
    if named is not None and known.lemma in _NAMING:
        return _called(tree, obj, named, whole)
    own = tree.all(verb, "prep", "dative")
    if known.lemma in _OF_DEEDS:
        # The parser ties their grounds to the verb or to the object.
        own += tree.all(obj, "prep")
    preps = sorted(prep for prep in own if obj < prep and tree.right[prep] <= whole)
    link = _LINKS.get(known.lemma, frozenset())
    grounds = next((prep for prep in preps if tree.lower[prep] in link), None)
    if grounds is not None and known.lemma == "put":
        return _with(tree, obj, (grounds, whole), f"{_be(tree, obj)} ", until=grounds - 1)
    if grounds is not None and known.lemma == "blame":
        return _with(tree, obj, (grounds, whole), f"{_be(tree, obj)} to blame ")
    if grounds is not None and known.lemma == "accuse":
        return _accused(tree, obj, grounds, whole)
    # "Condemned them to wait" judges nobody.
    if known.lemma in _DESERVED and tree.child(verb, "xcomp") is None:
        deserve = f"deserve{'' if _is_plural(tree, obj) else 's'} {_DESERVED[known.lemma]}"
        links = _GROUNDS.get(known.lemma, ("for",))
        fit = next((prep for prep in preps if tree.lower[prep] in links), None)
        if fit is not None:
            return _with(tree, obj, (fit, tree.right[fit]), f"{deserve} ")
        first, last = tree.left[obj], min(tree.right[obj], whole)
        for prep in preps:
            # "The supply of arms to the isles", where the parser ties its end to the verb.
            if prep == last + 1 and tree.lower[prep] in _OF_THE_OBJECT:
                last = tree.right[prep]
        end = tree.ends[last]
        put_in = Standin(end, end, words=f" {deserve}", is_plain=True)
        return Recast(((first, last),), (*_nominative(tree, obj), put_in))
    return None


def _object(tree: Tree, draft: Draft) -> int | None:
    if draft.cue_head is None:
        return None
    return next(
        (token for token in tree.all(draft.cue_head, "dobj", "ccomp") if token > draft.cue_head), None
    )


def _called(tree: Tree, obj: int, complement: int | None, last: int) -> Recast | None:
    if complement is None or complement < obj:
        return None
    subject = obj
    if tree.deps[obj] == "ccomp":
        own = tree.child(obj, "nsubj")
        if own is None or tree.child(obj, "aux") is not None or tree.is_verb(obj):
            return None
        subject = own
    first = tree.left[subject]
    if tree.lower[complement] == "as":
        begin = complement
        is_ = Standin(
            tree.starts[begin], tree.ends[begin], words=_be(tree, subject, complement), is_plain=True
        )
    else:
        begin = tree.right[subject] + 1 if complement == obj else tree.left[complement]
        if begin <= subject:
            return None
        # An opening quotation mark belongs to what it opens.
        if tree.is_punctuation(begin - 1) and tree.words[begin - 1] in "“\"‘'":
            begin -= 1
        at = tree.starts[begin]
        is_ = Standin(at, at, words=f"{_be(tree, subject, complement)} ", is_plain=True)
    if not subject < begin <= last:
        return None
    return Recast(((first, last),), (*_nominative(tree, subject), is_))


def _accused(tree: Tree, obj: int, prep: int, last: int) -> Recast | None:
    deed = tree.child(prep, "pcomp")
    has = "have" if _is_plural(tree, obj) else "has"
    if deed is None:
        is_named = tree.child(prep, "pobj") is not None
        return _with(tree, obj, (prep, last), f"{_be(tree, obj)} guilty ") if is_named else None
    having = tree.child(deed, "aux")
    if having is not None and tree.lower[having] == "having":
        return _with(tree, obj, (prep, last), has, instead=having)
    if tree.tags[deed] != "VBG" or tree.left[deed] != deed:
        return None
    return _with(tree, obj, (prep, last), f"{has} been", instead=prep)


def _with(
    tree: Tree, obj: int, rest: Piece, words: str, instead: int | None = None, until: int | None = None
) -> Recast | None:
    """Return an object, or all from it to a token, as the subject of ``words``.

    They stand before the rest, or instead of all in it up to a token.
    """
    last = until if until is not None else min(tree.right[obj], rest[0] - 1)
    if last < obj:
        return None
    start = tree.starts[rest[0]]
    put_in = Standin(start, start if instead is None else tree.ends[instead], words=words, is_plain=True)
    return Recast(((tree.left[obj], last), rest), (*_nominative(tree, obj), put_in))


def _nominative(tree: Tree, token: int) -> list[Standin]:
    word = _NOMINATIVE.get(tree.lower[token])
    return [Standin(tree.starts[token], tree.ends[token], words=word, is_plain=True)] if word else []


def without_hedge(tree: Tree, head: int, act: str) -> list[Standin]:
    """Return what stands for the verbs by which a clause is limited, as it is told without a limit.

    "May come" is told as "will come", "may have come" as "has come", "seems to have come" as "has come". A negated verb
    stays as it is, and so does "could", which may mean that somebody was able to.
    """
    if any(tree.deps[child] == "neg" for child in tree.children[head]):
        return []
    if tree.lower[head] in {"seem", "seems", "seemed", "appear", "appears", "appeared"}:
        return _of_seeming(tree, head)
    modal = next((t for t in tree.all(head, "aux") if tree.lower[t] in {"may", "might"}), None)
    if modal is None or act not in _AHEAD:
        return _of_being_likely(tree, head)
    subject = tree.child(head, "nsubj", "nsubjpass", "expl")
    after = modal + 1
    if subject is None or subject > modal or after >= len(tree):
        return []
    if tree.lower[after] == "have" and after < head:
        return [_plain(tree, modal, after, "have" if _is_plural(tree, subject) else "has")]
    is_state = after == head or (tree.tags[head] == "VBG" and after < head)
    if tree.lower[after] == "be" and is_state and tree.child(head, "auxpass") is None:
        return [_plain(tree, modal, after, _be(tree, subject))]
    return [_plain(tree, modal, modal, "will")]


def _of_seeming(tree: Tree, head: int) -> list[Standin]:
    follower = tree.child(head, "xcomp")
    subject = tree.child(head, "nsubj")
    if follower is None or subject is None or tree.child(head, "aux") is not None or head + 2 >= len(tree):
        return []
    # "Appears not to have come" is told as "has not come".
    is_not = tree.lower[head + 1] == "not"
    after = head + 2 + is_not
    if tree.tags[after - 1] != "TO" or not after <= follower:
        return []
    is_past, plural = tree.lower[head].endswith("ed"), _is_plural(tree, subject)
    word = tree.lower[after]
    if word == "have" and after < follower:
        verb = "had" if is_past else "have" if plural else "has"
    elif word == "be":
        was = "were" if plural else "was"
        verb = was if is_past else "are" if plural else "is"
    elif is_past or is_not or after != follower:
        return []
    else:
        verb = word if plural else third_person(word)
    return [_plain(tree, head, after, f"{verb} not" if is_not else verb)]


def _of_being_likely(tree: Tree, head: int) -> list[Standin]:
    likely = tree.child(head, "acomp")
    if tree.lower[head] not in {"is", "are"} or likely is None or tree.lower[likely] != "likely":
        return []
    follower = tree.child(likely, "xcomp")
    if (
        follower is None
        or likely + 2 > follower
        or tree.tags[likely + 1] != "TO"
        or tree.left[likely] != likely
    ):
        return []
    return [_plain(tree, head, likely + 1, "will")] if likely == head + 1 else []


def third_person(verb: str) -> str:
    """Return a verb as it is said of one: "has" of "have", "denies" of "deny"."""
    if verb in _THIRD_PERSON:
        return _THIRD_PERSON[verb]
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def _plain(tree: Tree, first: int, last: int, words: str) -> Standin:
    return Standin(tree.starts[first], tree.ends[last], words=words, is_plain=True)


def _be(tree: Tree, subject: int, complement: int | None = None) -> str:
    # "The launches" may be read as a verb; what they are called tells their number too.
    noun = tree.child(complement, "pobj") if complement is not None else None
    named = noun is not None and tree.tags[noun] == "NNS" and tree.lower[subject].endswith("s")
    return "are" if _is_plural(tree, subject) or named else "is"


def _is_plural(tree: Tree, noun: int) -> bool:
    if (
        tree.tags[noun] in {"NNS", "NNPS"}
        or tree.lower[noun] in _PLURAL
        or tree.lower[noun] in {"them", "us"}
    ):
        return True
    if tree.tags[noun] == "JJ" and any(tree.lower[token] == "the" for token in tree.all(noun, "det")):
        return True
    return tree.child(noun, "conj") is not None and any(
        tree.lower[token] == "and" for token in tree.all(noun, "cc")
    )
