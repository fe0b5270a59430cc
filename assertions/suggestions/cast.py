"""Everybody whom a text names: actors of the table, and people that it does not know."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from actors.names import Found
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

    def before(self, token: int) -> int:
        """Return how many referents stand before a token."""
        return bisect_right(self._tokens, token - 1)

    def add(self, referent: Referent) -> None:
        at = bisect_right(self._tokens, referent.token)
        self._tokens.insert(at, referent.token)
        self.referents.insert(at, referent)
        if referent.gender:
            self._genders.setdefault(referent.actor or referent.name, referent.gender)

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
    for token in range(len(tree)):
        mention = mention_at.get(token)
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
        elif tree.is_proper(token) and tree.deps[token] not in {"compound", "amod", "nmod"}:
            name = _unknown_person(tree, token)
            if name:
                found.append(_referent(tree, token, None, name, "person"))
    for referent in found:
        if referent.gender:
            cast._genders.setdefault(referent.actor or referent.name, referent.gender)
    cast.referents = found
    cast._tokens = [referent.token for referent in found]
    return cast


def _referent(tree: Tree, token: int, actor: str | None, name: str, kind: str) -> Referent:
    roles = _roles(tree, token) if kind == "person" else frozenset()
    gender = "f" if roles & _FEMALE else "m" if roles & _MALE else ""
    head, dep = token, tree.deps[token]
    while dep in {"compound", "appos", "nmod", "conj"} and tree.heads[head] != head:
        head = tree.heads[head]
        dep = tree.deps[head]
    return Referent(token, actor, name, kind, dep in {"nsubj", "nsubjpass"}, roles, gender)


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
    return frozenset(word for word in words if is_person_noun(word) or word in _FEMALE | _MALE)


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
