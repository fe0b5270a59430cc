"""A proposal for the event class of a content, after PLOVER: of what it says that happens, by its own verb and nouns.

A verb decides by itself ("attacked"), by what it moves ("sent troops", "sent grain"), or leaves it to what it is said
of ("held talks"); of what merely is, the judgement decides ("is a breach"), else the subject ("the talks are useful").
Words that stand beside it decide nothing: rather no class than one that a reviewer has to take out.
"""

from functools import cache
from pathlib import Path

from assertions.suggestions.cues import forms, rows_of
from assertions.suggestions.drafts import Draft
from assertions.suggestions.tree import Tree

_TABLE = Path(__file__).with_name("events.txt")
# What is sent or goes decides: those who fight, or goods.
_MOVING = "send/sent move transfer/transferred carry dispatch bring/brought transport ferry transmit relocate"
_GOING = "go/went/gone come/came arrive travel enter leave/left return fly/flew/flown cross follow"
# The object says what is done.
_LIGHT = (
    "take/took/taken make/made give/gave/given hold/held have/had conduct launch hand open carry face offer mount "
    "stage cause suffer receive/received impose levy express voice announce use test start begin/began/begun resume "
    "continue end stop/stopped halt plan/planned prepare deserve extend attend join"
)
# Verbs that lead to another, which says what is done.
_LEADING = (
    "begin/began/begun start continue keep/kept stop/stopped want try attempt plan/planned intend decide need manage "
    "prepare hope help go/went/gone aim wish expect have/has/had promise pledge agree refuse"
)
_BEING = frozenset(
    "be is are was were been being 's ’s 're ’re seem seems seemed appear appears appeared become".split()
)
_FORCES = frozenset(
    "army armies battalion battalions brigade brigades carrier commandos corps destroyer division divisions fighters "
    "fleet force forces guard jets marines militia military navy officers paratroopers personnel police regiment "
    "regiments reinforcement reinforcements sailors sappers sergeants soldier soldiers squadron submarine troops unit "
    "units warplanes warship warships".split()
)
_WEAPONS = frozenset(
    "ammunition arms artillery bomb bombs drone drones grenades gun guns howitzers launchers missile missiles mortar "
    "mortars munitions rifle rifles rocket rockets rounds shells tanks torpedo torpedoes warhead warheads weapon "
    "weapons weaponry".split()
)
_GOODS = _WEAPONS | frozenset(
    "aid cargo containers equipment flour food fuel goods grain items kits machinery masks material materials "
    "materiel medicine oil parts rice supplies systems system technology vaccines ventilators vehicles".split()
)
_WITHDRAWN = frozenset(
    "bid bill bills charge charges claim complaint decree demand lawsuit legislation objection offer order proposal "
    "remark remarks rule sanctions threat veto".split()
)
_WRONG = frozenset(
    "abhorrent aggressive arbitrary baseless biased corrupt criminal cruel deceitful despicable disgraceful dishonest "
    "false fraudulent groundless hostile hypocritical illegal illegitimate immoral inhumane irresponsible provocative "
    "racist reckless shameful unacceptable unconstitutional undemocratic unfair unjust unjustified unlawful "
    "unprovoked untrue".split()
)
_WRONGS = frozenset(
    "abuse aggression betrayal blackmail breach breaches calamity corruption coup crime crimes disgrace dictator "
    "fabrication fraud genocide hoax hypocrisy insult liar liars lie lies provocation scandal slander terrorism "
    "terrorist terrorists thief traitor traitors violation violations".split()
)
_RIGHT = frozenset("justified legitimate commendable admirable heroic".split())
# What is held against somebody, or to his credit, by the verb that ascribes it: "condemned the supply".
_HELD = frozenset({"accuse", "support"})
# Nouns that only say that somebody has to do with an event, and the word before it.
_PARTS = {
    "responsibility": "for",
    "blame": "for",
    "part": "in",
    "role": "in",
    "involvement": "in",
    "participation": "in",
}
_LOSSES = frozenset("dead killed wounded injured".split())
_BACK = frozenset({"back", "out", "away"})
_SIDE = frozenset({"with", "by", "behind", "alongside"})
_DEEP = 4


@cache
def _words(kind: str) -> dict[str, str]:
    """Return the classes of the table's verbs, in all their forms, or of its nouns."""
    found: dict[str, str] = {}
    for row in rows_of(_TABLE):
        head, _, words = row.partition(":")
        of, event = head.split()
        if of == kind:
            for entry in words.split():
                lemma, *irregular = entry.split("/")
                for form in forms(lemma, irregular) if kind == "verb" else [lemma]:
                    found.setdefault(form, event)
    return found


@cache
def _forms_of(lemmas: str) -> frozenset[str]:
    found: set[str] = set()
    for entry in lemmas.split():
        lemma, *irregular = entry.split("/")
        found |= forms(lemma, irregular)
    return frozenset(found)


def event_class(tree: Tree, draft: Draft, head: int | None) -> str:
    """Return the class of what a draft's content says that happens, or ""; ``head`` is that of the clause in it that is
    told, if there is one.
    """
    if draft.act == "threatens":
        return "threaten"
    piece = (draft.pieces[0][0], draft.pieces[-1][1])
    head = head if head is not None else draft.predicate
    if draft.cue_head is not None and draft.rule.startswith("object"):
        held = _words("verb").get(tree.lower[draft.cue_head], "")
        if held in _HELD:
            return held
    if head is None or not piece[0] <= head <= piece[1]:
        head = _top(tree, piece)
    if head is None:
        return ""
    if tree.is_verb(head):
        return _of_verb(tree, head, _DEEP)
    return _of_judgement(tree, [head]) or _of_noun(tree, head)


def _top(tree: Tree, piece: tuple[int, int]) -> int | None:
    """Return the first word of a content that depends on nothing in it and says something: a verb before a noun."""
    first, last = piece
    tops = [
        token
        for token in range(first, last + 1)
        if not first <= tree.heads[token] <= last or tree.heads[token] == token
    ]
    verbs = (token for token in tops if tree.is_verb(token))
    return next(verbs, None) or next(
        (token for token in tops if tree.tags[token].startswith(("NN", "JJ"))), None
    )


def _of_verb(tree: Tree, verb: int, deep: int) -> str:
    word = tree.lower[verb]
    if word in _BEING or tree.child(verb, "acomp", "attr") is not None:
        return _of_being(tree, verb, deep)
    done = _of_leading(tree, verb, deep) or _of_deed(tree, verb)
    if not done:
        joined = (other for other in tree.all(verb, "conj") if tree.is_verb(other) and deep)
        done = next(filter(None, (_of_verb(tree, other, deep - 1) for other in joined)), "")
    return done or _of_subject(tree, verb)


def _of_leading(tree: Tree, verb: int, deep: int) -> str:
    """Return the class of what a verb leads to: "wants to attack", "began moving troops"."""
    if not deep or tree.lower[verb] not in _forms_of(_LEADING):
        return ""
    for follower in tree.all(verb, "xcomp", "ccomp"):
        if tree.is_verb(follower) and (found := _of_verb(tree, follower, deep - 1)):
            return found
    return ""


def _of_deed(tree: Tree, verb: int) -> str:
    word = tree.lower[verb]
    things = _things(tree, verb)
    beside = {tree.lower[token] for token in tree.all(verb, "prt", "advmod", "prep")}
    if word in _forms_of("withdraw/withdrew/withdrawn pull"):
        if things & _WITHDRAWN:
            return "concede"
        return "retreat" if word.startswith("withdr") or beside & _BACK else ""
    if word in _forms_of("accept assume admit") and things & _PARTS.keys():
        return _of_object(tree, verb)
    if word in _forms_of("sign adopt approve") and things & (_WITHDRAWN | {"law", "statement", "letter"}):
        return ""
    if word in _forms_of("stand/stood side") and beside & _SIDE:
        return "support"
    if word in _forms_of(_MOVING):
        return "mobilize" if things & _FORCES else "aid" if things & _GOODS else ""
    if word in _forms_of(_GOING):
        moved = _subjects(tree, verb)
        return "mobilize" if moved & _FORCES else "aid" if moved & _GOODS else ""
    if word in _forms_of("launch test fire use") and things & (_WEAPONS | {"satellite", "satellites"}):
        return "mobilize" if word in _forms_of("launch test") else "assault"
    if word in _forms_of("release") and things & {
        "hostage",
        "hostages",
        "prisoner",
        "prisoners",
        "detainees",
    }:
        return "concede"
    if word in _forms_of("give/gave/given hand") and things & _GOODS:
        return "aid"
    if word in _forms_of(_LIGHT):
        return _of_object(tree, verb)
    if word in _forms_of("help defend question share") and tree.child(verb, "xcomp", "ccomp") is not None:
        return ""
    return _words("verb").get(word, "")


def _of_object(tree: Tree, verb: int) -> str:
    for thing in tree.all(verb, "dobj", "nsubjpass", "oprd"):
        if found := _of_noun(tree, thing):
            return found
        link = _PARTS.get(tree.lower[thing])
        for prep in tree.all(verb, "prep") if link else ():
            inner = tree.child(prep, "pobj", "pcomp")
            if tree.lower[prep] == link and inner is not None:
                return _of_verb(tree, inner, 0) if tree.is_verb(inner) else _of_noun(tree, inner)
    return ""


def _of_being(tree: Tree, verb: int, deep: int) -> str:
    said = tree.all(verb, "acomp", "attr", "oprd")
    if judged := _of_judgement(tree, said):
        return judged
    followers = tree.all(verb, "xcomp")
    if deep and followers and tree.is_verb(followers[0]):
        return _of_verb(tree, followers[0], deep - 1)
    subjects = _subjects(tree, verb)
    if any(tree.lower[token] in _LOSSES for token in said):
        return "assault"
    if subjects & _FORCES and tree.child(verb, "prep") is not None and not said:
        return "mobilize"
    for token in said:
        if tree.tags[token].startswith("NN") and (found := _of_noun(tree, token)):
            return found
    return _of_subject(tree, verb)


def _of_judgement(tree: Tree, said: list[int]) -> str:
    """Return the class of calling something wrong, or right."""
    words = {
        tree.lower[other] for token in said for other in (token, *tree.all(token, "conj", "amod", "pobj"))
    }
    if words & (_WRONG | _WRONGS):
        return "accuse"
    return "support" if words & _RIGHT else ""


def _of_subject(tree: Tree, verb: int) -> str:
    subject = tree.child(verb, "nsubj", "nsubjpass")
    return _of_noun(tree, subject) if subject is not None else ""


def _of_noun(tree: Tree, noun: int) -> str:
    """Return the class of an event that a noun names, or what it is a part of ("the beginning of the talks")."""
    for _ in range(_DEEP):
        found = _words("noun").get(tree.lower[noun])
        if found == "retreat" and _moved(tree, noun) & _WITHDRAWN:
            return "concede"
        if found == "mobilize" or not found:
            moved = _moved(tree, noun)
            found = found if not moved or moved & _FORCES else "aid" if found and moved & _GOODS else found
        if found:
            return found
        link = _PARTS.get(tree.lower[noun], "of")
        prep = next((token for token in tree.all(noun, "prep") if tree.lower[token] == link), None)
        inner = tree.child(prep, "pobj", "pcomp") if prep is not None else None
        if inner is not None and tree.is_verb(inner):
            return _of_verb(tree, inner, 0)
        if inner is None:
            return ""
        noun = inner
    return ""


def _moved(tree: Tree, noun: int) -> set[str]:
    """Return what a noun is the moving of: "dispatch of troops", "arms dispatch"."""
    found = {tree.lower[token] for token in tree.all(noun, "compound", "amod", "nmod")}
    for of in tree.all(noun, "prep"):
        if tree.lower[of] == "of":
            found |= {tree.lower[token] for token in tree.all(of, "pobj")}
    return found


def _things(tree: Tree, verb: int) -> set[str]:
    """Return the nouns that something is done to, with what they are counts or kinds of."""
    return _nouns(tree, tree.all(verb, "dobj", "nsubjpass", "dative"))


def _subjects(tree: Tree, verb: int) -> set[str]:
    return _nouns(tree, tree.all(verb, "nsubj", "nsubjpass"))


def _nouns(tree: Tree, heads: list[int]) -> set[str]:
    found: set[str] = set()
    for head in heads:
        own = [head, *tree.all(head, "conj")]
        for of in tree.all(head, "prep"):
            if tree.lower[of] == "of":
                own += tree.all(of, "pobj")
        found |= {tree.lower[token] for token in own}
    return found
