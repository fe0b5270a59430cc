"""Whom a pronoun stands for: who governs its clause, who spoke last, or who was named last in its paragraph."""

from dataclasses import dataclass

from assertions.suggestions.cast import Cast, Referent
from assertions.suggestions.clauses import Piece
from assertions.suggestions.offices import BODY_KINDS
from assertions.suggestions.sources import DOCUMENTS, singular

Speaker = tuple[str | None, str]
HE = frozenset({"he", "his", "him", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "their", "theirs", "them", "themselves"})
# How many sentences back somebody may have been named, or have spoken, for a pronoun to mean him, her or it.
_PRONOUN_REACH = 6
_BODY_REACH = 2
_SPOKEN_REACH = 3
_GOVERNED = frozenset({"ccomp", "advcl", "xcomp", "conj", "relcl", "acl", "pcomp"})
_MOST_CLAUSES = 6


@dataclass(slots=True)
class Spoken:
    """Whoever spoke last: a person, and a body or document; with the token of the source."""

    person: tuple[int, Speaker] | None = None
    other: tuple[int, Speaker] | None = None


class Pronouns:
    """Resolves pronouns; ``said`` tells of each token whether it stands in what somebody said."""

    def __init__(self, cast: Cast, said: list[bool], spoken: Spoken) -> None:
        self._cast = cast
        self._tree = cast.tree
        self._said = said
        self._spoken = spoken
        self._paragraph = _paragraphs(cast)

    def person(self, head: int, content: list[Piece], text: str, gender: str) -> Speaker:
        """Return whom "he" or "she" stands for; a slug or None, and a name."""
        cast, tree = self._cast, self._tree
        governing = self._governing(head, content)
        if governing is not None and governing.kind == "person" and cast.gender(governing) in {"", gender}:
            return self._is(head, governing, gender)
        sentence = tree.sentence[head]
        nearest: list[Referent] = []
        distance = 0
        for at in range(cast.before(head) - 1, -1, -1):
            referent = cast.referents[at]
            back = sentence - tree.sentence[referent.token]
            if back > _PRONOUN_REACH or (nearest and back != distance):
                break
            if referent.kind != "person" or cast.gender(referent) not in {"", gender}:
                continue
            if any(first <= referent.token <= last for first, last in content):
                continue
            nearest.append(referent)
            distance = back
        spoke = self._spoken.person
        if spoke is not None and cast.gender_of(spoke[1][0] or spoke[1][1]) not in {"", gender}:
            spoke = None
        unsaid = [each for each in nearest if not self._said[each.token]]
        subjects = [each for each in unsaid if each.is_main] or [each for each in unsaid if each.is_subject]
        if (
            spoke is not None
            and sentence - tree.sentence[spoke[0]] <= _SPOKEN_REACH
            and not (subjects and subjects[0].token > spoke[0])
            and not (unsaid and self._is_new_topic(spoke[0], unsaid[0].token, head))
        ):
            return spoke[1]
        if not nearest:
            return None, text
        return self._is(head, subjects[0] if subjects else nearest[-1], gender)

    def _is(self, head: int, referent: Referent, gender: str) -> Speaker:
        """Keep that a pronoun stands for somebody, who is then named where it stands."""
        self._cast.add(
            Referent(head, referent.actor, referent.name, "person", True, gender=gender, is_main=True)
        )
        return referent.actor, referent.name

    def _is_new_topic(self, spoke: int, named: int, head: int) -> bool:
        """Whether somebody spoke in an earlier paragraph, and another is named in that of a pronoun."""
        here = self._paragraph[self._tree.sentence[head]]
        return (
            self._paragraph[self._tree.sentence[spoke]] < self._paragraph[self._tree.sentence[named]] == here
        )

    def _governing(self, head: int, content: list[Piece]) -> Referent | None:
        """Return who is the subject of a clause that governs that of a pronoun ("She hopes that she …"), or owns it."""
        tree = self._tree
        verb = tree.heads[head]
        for _ in range(_MOST_CLAUSES):
            above = tree.heads[verb]
            if above == verb or tree.deps[verb] not in _GOVERNED:
                return None
            verb = above
            subject = tree.child(verb, "nsubj", "nsubjpass")
            if subject is None or subject >= head:
                continue
            owner = tree.child(subject, "poss")
            for token in (subject, owner):
                if token is None or any(first <= token <= last for first, last in content):
                    continue
                referent = self._cast.at(token)
                if referent is not None:
                    return referent
            return None
        return None

    def document_before(self, head: int) -> int | None:
        """Return the document that is the subject of the sentence before, which "it" then means."""
        tree = self._tree
        sentence = tree.sentence[head]
        if sentence == 0 or self._paragraph[sentence - 1] != self._paragraph[sentence]:
            return None
        if any(self._cast.at(token) for token in range(tree.sentences[sentence][0], head)):
            return None
        begin, end = tree.sentences[sentence - 1]
        for token in range(begin, end):
            if (
                tree.deps[token] in {"nsubj", "nsubjpass"}
                and tree.heads[tree.heads[token]] == tree.heads[token]
            ):
                is_document = singular(tree.lower[token]) in DOCUMENTS and tree.tags[token] == "NN"
                return token if is_document and not self._said[token] else None
        return None

    def body(self, head: int, content: list[Piece], text: str, kinds: frozenset[str]) -> Speaker:
        """Return which body or state of the kinds "it" stands for."""
        cast = self._cast
        governing = self._governing(head, content)
        if governing is not None and governing.kind in kinds:
            return governing.actor, governing.name
        sentence = self._tree.sentence[head]
        spoke = self._spoken.other
        fallback: Referent | None = None
        for at in range(cast.before(head) - 1, -1, -1):
            referent = cast.referents[at]
            if sentence - self._tree.sentence[referent.token] > _BODY_REACH:
                break
            if spoke is not None and spoke[0] >= referent.token:
                break
            if referent.kind not in kinds or any(first <= referent.token <= last for first, last in content):
                continue
            if spoke is not None and self._said[referent.token]:
                continue
            if referent.is_main:
                return referent.actor, referent.name
            fallback = fallback or referent
        if spoke is not None and sentence - self._tree.sentence[spoke[0]] <= _SPOKEN_REACH:
            return spoke[1]
        return (fallback.actor, fallback.name) if fallback is not None else (None, text)

    def several(self, head: int, content: list[Piece], text: str) -> Speaker:
        """Return which body "they" stands for: one named in the plural, or the one that spoke last."""
        cast, tree = self._cast, self._tree
        spoke = self._spoken.other
        person = self._spoken.person
        since = max(spoke[0] if spoke is not None else -1, person[0] if person is not None else -1)
        for at in range(cast.before(head) - 1, -1, -1):
            referent = cast.referents[at]
            if referent.token <= since or tree.sentence[head] - tree.sentence[referent.token] > _BODY_REACH:
                break
            in_plural = tree.tags[referent.token].endswith("S") or referent.kind == "collective"
            if referent.kind in BODY_KINDS | {"collective"} and in_plural and not self._said[referent.token]:
                return referent.actor, referent.name
        near = spoke is not None and tree.sentence[head] - tree.sentence[spoke[0]] <= _SPOKEN_REACH
        if spoke is None or not near or (person is not None and person[0] > spoke[0]):
            return None, text
        return spoke[1]


def _paragraphs(cast: Cast) -> list[int]:
    """Return of each sentence the number of its paragraph."""
    tree = cast.tree
    numbers = []
    number = at = 0
    for begin, _ in tree.sentences:
        number += tree.text.count("\n", at, tree.starts[begin])
        at = tree.starts[begin]
        numbers.append(number)
    return numbers
