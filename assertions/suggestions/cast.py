"""Everybody whom a text names: actors of the table, and people that it does not know."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from actors.names import Found
from assertions.suggestions.clauses import noun_phrase
from assertions.suggestions.shapes import KnownActor
from assertions.suggestions.sources import is_body_noun, is_person_noun, singular
from assertions.suggestions.tree import Tree

_OF_PLACE = frozenset(
    {"in", "at", "from", "to", "near", "into", "on", "across", "outside", "around", "through"}
)
_FEMALE = frozenset(
    "sister wife daughter mother spokeswoman chairwoman queen princess congresswoman woman girl actress ms "
    "mrs miss lady businesswoman".split()
)
_MALE = frozenset(
    "brother husband son father spokesman chairman king prince congressman man boy mr sir lord "
    "businessman".split()
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MOST_CLAUSES = 8
_LIMITING = frozenset({"compound", "amod", "nmod"})
_PARTS = frozenset({"compound", "appos", "nmod", "conj"})
# So many words on either side of a name may tell who somebody is.
_LONGEST_TITLE = 15


@dataclass(slots=True)
class Referent:
    """Somebody named at a token: ``actor`` is None for one whom the table does not know."""

    token: int
    actor: str | None
    name: str
    kind: str
    is_subject: bool
    roles: frozenset[str] = frozenset()
    gender: str = ""
    # Whether it is the subject of a sentence itself and not of a clause that depends on a part of it.
    is_main: bool = False


@dataclass(slots=True)
class Cast:
    """Everybody named in a text, in order."""

    tree: Tree
    actors: Mapping[str, KnownActor]
    # By token, the mention it stands in.
    mention_at: dict[int, Found]
    referents: list[Referent] = field(default_factory=list)
    _tokens: list[int] = field(default_factory=list)
    _genders: dict[str, str] = field(default_factory=dict)
    _by_token: dict[int, Referent] = field(default_factory=dict)

    def at(self, token: int) -> Referent | None:
        """Return who is named with a token as the head of the name."""
        return self._by_token.get(token)

    def before(self, token: int) -> int:
        """Return how many referents stand before a token."""
        return bisect_right(self._tokens, token - 1)

    def add(self, referent: Referent) -> None:
        at = bisect_right(self._tokens, referent.token)
        self._tokens.insert(at, referent.token)
        self.referents.insert(at, referent)
        self._by_token[referent.token] = referent
        if referent.gender:
            self._genders.setdefault(referent.actor or referent.name, referent.gender)

    def beside(self, referent: Referent) -> frozenset[str]:
        """Return the words of the noun phrase of a name, in small letters."""
        first, last = _around(self.tree, referent.token)
        return frozenset(self.tree.lower[first : last + 1])

    def state_beside(self, referent: Referent) -> str:
        """Return the slug of the state that is named in the noun phrase of a name, or ""."""
        first, last = _around(self.tree, referent.token)
        for token in range(first, last + 1):
            mention = self.mention_at.get(token)
            known = self.actors.get(mention.actor or "") if mention is not None else None
            if mention is not None and known is not None and known.kind == "state":
                return mention.actor or ""
        return ""

    def gender_of(self, slug: str) -> str:
        """Return "f", "m" or "" for an actor, as the nouns beside the name tell."""
        return self._genders.get(slug, "")

    def gender(self, referent: Referent) -> str:
        return self._genders.get(referent.actor or referent.name, "")


def mentions_by_token(tree: Tree, mentions: Iterable[Found]) -> dict[int, Found]:
    """Return by token the mention it stands in; places are none."""
    at: dict[int, Found] = {}
    for mention in mentions:
        if mention.is_place:
            continue
        token = max(0, bisect_right(tree.ends, mention.start))
        while token < len(tree) and tree.starts[token] < mention.end:
            at[token] = mention
            token += 1
    return at


def cast_of(tree: Tree, mention_at: dict[int, Found], actors: Mapping[str, KnownActor]) -> Cast:
    """Return everybody named in the text: actors of the table, and names of people that it does not know."""
    cast = Cast(tree, actors, mention_at)
    found: list[Referent] = []
    seen: dict[tuple[int, int], int] = {}
    for token, tag in enumerate(tree.tags):
        mention = mention_at.get(token)
        if mention is None and not tag.startswith("NNP"):
            continue
        if mention is not None:
            key = (mention.start, mention.end)
            if tree.heads[token] in mention_at and mention_at[tree.heads[token]] is mention:
                continue
            if key in seen:
                continue
            seen[key] = token
            known = actors.get(mention.actor or "")
            kind = known.kind if known is not None else "unknown"
            if kind == "unknown" and mention.actor is None and mention.candidates:
                kind = actors[mention.candidates[0]].kind if mention.candidates[0] in actors else "unknown"
            found.append(_referent(tree, token, mention.actor, mention.text, kind))
        elif tree.deps[token] not in _LIMITING:
            name = _unknown_person(tree, token)
            if name:
                found.append(_referent(tree, token, None, name, "person"))
    for referent in found:
        if referent.gender:
            cast._genders.setdefault(referent.actor or referent.name, referent.gender)
    cast.referents = found
    cast._tokens = [referent.token for referent in found]
    cast._by_token = {referent.token: referent for referent in found}
    return cast


def _referent(tree: Tree, token: int, actor: str | None, name: str, kind: str) -> Referent:
    roles = _roles(tree, token) if kind == "person" else frozenset()
    gender = "f" if roles & _FEMALE else "m" if roles & _MALE else ""
    head, dep = token, tree.deps[token]
    # What a state's name limits is not the state: "the US envoy".
    through = _PARTS if kind == "person" else _PARTS - {"compound", "nmod"}
    while dep in through and tree.heads[head] != head:
        head = tree.heads[head]
        dep = tree.deps[head]
    is_subject = dep in {"nsubj", "nsubjpass"}
    is_main = is_subject and _is_of_sentence(tree, tree.heads[head])
    return Referent(token, actor, name, kind, is_subject, roles, gender, is_main)


def _is_of_sentence(tree: Tree, verb: int) -> bool:
    """Whether a verb is that of its sentence, or joined to it."""
    for _ in range(_MOST_CLAUSES):
        if tree.heads[verb] == verb:
            return True
        if tree.deps[verb] not in {"conj", "ccomp", "parataxis", "xcomp", "dep"}:
            return False
        verb = tree.heads[verb]
    return False


def _around(tree: Tree, token: int) -> tuple[int, int]:
    """Return the first and the last token of the noun phrase of a name, without clauses."""
    head = token
    if tree.deps[token] in {"appos", "compound", "nmod"} and tree.tags[tree.heads[token]].startswith("NN"):
        head = tree.heads[token]
    first, last = noun_phrase(tree, head)
    first = min([first, *_apposed(tree, token)])
    return max(first, token - _LONGEST_TITLE), min(last, token + _LONGEST_TITLE)


def _roles(tree: Tree, token: int) -> frozenset[str]:
    """Return the nouns that say what somebody is, beside the name."""
    words = set()
    for child in tree.children[token]:
        if tree.deps[child] in {"compound", "nmod", "amod", "appos", "det"} and tree.tags[child].startswith(
            "NN"
        ):
            words.add(singular(tree.lower[child]))
    beside = tree.left[token] - 1
    if beside >= 0 and tree.tags[beside] == "NN" and tree.sentence[beside] == tree.sentence[token]:
        words.add(singular(tree.lower[beside]))
    head = tree.heads[token]
    if tree.deps[token] in {"appos", "conj"} and tree.tags[head].startswith("NN"):
        words.add(singular(tree.lower[head]))
    if tree.deps[token] in {"nsubj"}:
        attribute = tree.child(head, "attr")
        if attribute is not None and tree.lower[head] in {"is", "was", "became", "remains"}:
            words.add(singular(tree.lower[attribute]))
    words.update(singular(tree.lower[noun]) for noun in _apposed(tree, token))
    return frozenset(word for word in words if is_person_noun(word) or word in _FEMALE | _MALE)


def _apposed(tree: Tree, token: int) -> list[int]:
    """Return the nouns between the last comma, or verb, and the one right before a name ("the minister, Ann Lee")."""
    begin = tree.sentences[tree.sentence[token]][0]
    first = token
    while first > begin and tree.is_proper(first - 1) and tree.heads[first - 1] == token:
        first -= 1
    at = first - 1
    if at <= begin or tree.words[at] != ",":
        return []
    nouns = []
    for before in range(at - 1, max(begin, at - _LONGEST_TITLE) - 1, -1):
        if tree.words[before] in {",", ";", ":"} or tree.tags[before] in _FINITE:
            break
        if tree.tags[before].startswith("NN"):
            nouns.append(before)
    return nouns


def _is_place(tree: Tree, token: int) -> bool:
    return tree.deps[token] == "pobj" and tree.lower[tree.heads[token]] in _OF_PLACE


def _unknown_person(tree: Tree, token: int) -> str:
    names = [
        t for t in tree.children[token] if tree.deps[t] == "compound" and tree.is_proper(t) and t < token
    ]
    if tree.child(token, "det") is not None or is_body_noun(tree.lower[token]) or tree.lower[token].isupper():
        return ""
    if is_person_noun(tree.lower[token]) or _is_place(tree, token):
        return ""
    subject = tree.deps[token] in {
        "nsubj",
        "nsubjpass",
        "agent",
        "pobj",
        "dobj",
        "appos",
        "conj",
        "ROOT",
        "poss",
    }
    if not subject or (not names and tree.deps[token] not in {"nsubj", "appos"}):
        return ""
    return tree.words[token]
