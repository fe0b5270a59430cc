"""A proposal for the event class of a content, after PLOVER, from the words it is about."""

from assertions.suggestions.clauses import Piece
from assertions.suggestions.cues import forms
from assertions.suggestions.tree import Tree

# Verbs in their base form, and nouns, of each class; after the PLOVER codebook's descriptions of the sixteen.
_VERBS = {
    "assault": (
        "attack kill/killed strike/struck bomb shell fire shoot/shot invade assault assassinate wound "
        "injure murder destroy torture rape stab raid ambush"
    ),
    "coerce": (
        "arrest detain seize ban expel deport imprison jail block blockade censor confiscate execute "
        "abduct evict impeach subpoena extradite"
    ),
    "sanction": "sanction embargo boycott suspend freeze/froze/frozen withhold/withheld blacklist",
    "threaten": "threaten warn retaliate",
    "mobilize": "mobilize mobilise deploy test launch train drill arm conscript enlist",
    "protest": "protest demonstrate rally riot march strike",
    "reject": "reject refuse veto oppose decline deny rebuff rule",
    "accuse": "accuse blame condemn criticize criticise denounce charge violate sue investigate",
    "request": "ask demand urge request appeal propose",
    "retreat": "withdraw/withdrew/withdrawn retreat pull surrender cease disengage",
    "aid": (
        "send/sent supply deliver provide donate ship transfer export give/gave/given equip fund finance "
        "aid help sell/sold"
    ),
    "cooperate": "cooperate collaborate trade share join exchange partner coordinate ally",
    "concede": ("apologize apologise concede release ease lift relax resign free pardon compensate return"),
    "support": ("support endorse praise back welcome thank congratulate defend honor honour commend express"),
    "consult": (
        "meet/met visit talk discuss negotiate consult host call confer attend speak/spoke travel mediate"
    ),
    "agree": "agree sign ratify accept approve accede conclude pledge promise commit",
}
_NOUNS = {
    "assault": (
        "attack attacks strike strikes bombing shelling killing killings invasion war airstrike "
        "airstrikes murder explosion assault fighting"
    ),
    "sanction": "sanctions embargo sanction tariffs",
    "mobilize": "deployment troops launch test exercise exercises drills mobilisation mobilization",
    "protest": "protests protest demonstration demonstrations rally",
    "retreat": "withdrawal ceasefire truce retreat armistice",
    "aid": "aid arms ammunition weapons supplies shells deliveries shipments assistance",
    "cooperate": "cooperation alliance partnership trade",
    "consult": "talks meeting summit visit negotiations dialogue",
    "agree": "agreement treaty deal accord pact",
    "coerce": "arrest arrests detention impeachment",
    "reject": "veto refusal",
    "threaten": "threat threats warning",
}


def _by_word(table: dict[str, str], *, inflected: bool) -> dict[str, str]:
    words: dict[str, str] = {}
    for event, row in table.items():
        for entry in row.split():
            lemma, *irregular = entry.split("/")
            for form in forms(lemma, irregular) if inflected else [lemma]:
                words.setdefault(form, event)
    return words


_OF_VERBS = _by_word(_VERBS, inflected=True)
_OF_NOUNS = _by_word(_NOUNS, inflected=False)


def event_class(tree: Tree, piece: Piece, predicate: int | None) -> str:
    """Return the class of what a content says that happens, or ""; its own verb counts before its other words."""
    if predicate is not None:
        for token in (predicate, *tree.all(predicate, "xcomp", "conj")):
            if tree.is_verb(token) and tree.lower[token] in _OF_VERBS:
                return _OF_VERBS[tree.lower[token]]
    words = range(piece[0], piece[1] + 1)
    nouns = (
        _OF_NOUNS[tree.lower[t]]
        for t in words
        if tree.tags[t].startswith("NN") and tree.lower[t] in _OF_NOUNS
    )
    verbs = (_OF_VERBS[tree.lower[t]] for t in words if tree.is_verb(t) and tree.lower[t] in _OF_VERBS)
    return next(verbs, "") or next(nouns, "")
