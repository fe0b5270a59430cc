"""Which actor a source means: by its name, by a pronoun, by an office or a kind of body named before it."""

from actors.names import Found
from assertions.suggestions.cast import Cast, Referent
from assertions.suggestions.clauses import Piece
from assertions.suggestions.drafts import Draft
from assertions.suggestions.sources import DOCUMENTS, is_body_noun, is_person_noun, singular

_HE = frozenset({"he", "his", "him", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_I = frozenset({"i", "my", "me", "we", "our", "us", "mine", "ours"})
# How many sentences back somebody may have been named for a pronoun, and for an office, to mean him or her.
_PRONOUN_REACH = 6
_OFFICE_REACH = 40
_OF_A_STATE = frozenset("country nation state republic regime government".split())
_STATE_KINDS = frozenset({"state"})
_BODY_KINDS = frozenset(
    {"public_body", "armed_force", "intergovernmental_organisation", "organisation", "company", "media"}
)
# Longer contents are not marked as said: it would cost time in step with all of them together.
_LONGEST_SAID = 500
# Who speaks for a body and not for himself, as long as nobody is named.
_SPEAKING_FOR = frozenset(
    "spokesman spokeswoman spokesperson representative official minister delegate envoy".split()
)
_KINDS_OF_BODIES = {
    "agency": frozenset({"media", "public_body"}),
    "newspaper": frozenset({"media"}),
    "broadcaster": frozenset({"media"}),
    "service": frozenset({"public_body"}),
    "ministry": frozenset({"public_body"}),
}
Speaker = tuple[str | None, str]
_ISSUED = frozenset(
    {"report", "statement", "assessment", "announcement", "tweet", "post", "message", "letter"}
)
_LONGEST_TITLE = 12
_DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their"})


class Resolver:
    """Resolves the sources of drafts; they must be asked for in the order of the text."""

    def __init__(self, cast: Cast, drafts: list[Draft], quoted: list[int]) -> None:
        self._cast = cast
        self._tree = cast.tree
        self._quoted = quoted
        self._by_quotation: dict[int, Draft] = {}
        # Whether a token stands in what somebody said: whoever is named there did not say it.
        self._said = [False] * len(cast.tree)
        for draft in drafts:
            for first, last in draft.pieces:
                if draft.source is not None and last - first < _LONGEST_SAID:
                    self._said[first : last + 1] = [True] * (last + 1 - first)
                for token in (first, (first + last) // 2, last):
                    inside = quoted[token]
                    cue = draft.cue_head
                    if inside >= 0 and (cue is None or quoted[cue] != inside):
                        self._by_quotation.setdefault(inside, draft)
        self._resolved: dict[int, Speaker] = {}
        # Whoever spoke last: a person, and a body or document; with the token of the source.
        self._last_person: tuple[int, Speaker] | None = None
        self._last_other: tuple[int, Speaker] | None = None
        # By a noun for a document, in small letters, who made the one last named.
        self._made_by: dict[str, str] = {}
        # By a noun for an office or a body, in small letters: who was last a source under it.
        self._known_as: dict[str, str] = {}

    def speaker(self, draft: Draft) -> Speaker:
        """Return the slug of the actor whom the source of a draft means, or None, and a description."""
        if draft.source is None or draft.source_head is None:
            return None, ""
        head = draft.source_head
        if head not in self._resolved:
            found = self._resolve(head, draft.source, draft.pieces)
            self._resolved[head] = found
            self._remember(head, draft.source, found)
        return self._resolved[head]

    def _remember(self, head: int, piece: Piece, found: Speaker) -> None:
        if self._quoted[head] >= 0 or self._said[head]:
            return
        if found[0] and self._tree.lower[head] not in _HE | _SHE | _IT:
            for token in range(piece[0], min(piece[1], piece[0] + _LONGEST_TITLE) + 1):
                word = singular(self._tree.lower[token])
                if self._tree.tags[token] in {"NN", "NNS", "NNP"} and (
                    is_person_noun(word) or is_body_noun(word)
                ):
                    self._known_as[word] = found[0]
        known = self._cast.actors.get(found[0] or "")
        word = self._tree.lower[head]
        if word in _HE | _SHE or (known is not None and known.kind == "person"):
            self._last_person = (head, found)
        elif (
            known is not None or word in DOCUMENTS or is_body_noun(word) or word in _IT or word.endswith("s")
        ):
            self._last_other = (head, found)

    def _resolve(self, head: int, piece: Piece, content: list[Piece]) -> Speaker:
        tree = self._tree
        word = tree.lower[head]
        text = tree.text[tree.starts[piece[0]] : tree.ends[piece[1]]]
        if word in _I:
            return self._first_person(head, text)
        if word in _HE | _SHE:
            return self._third_person(head, content, text, "m" if word in _HE else "f")
        if word in _IT:
            return self._body(head, content, text, _STATE_KINDS | _BODY_KINDS)
        if word in {"they", "their", "theirs"}:
            return self._several(head, text)
        if any(tree.deps[c] == "conj" and head < c <= piece[1] for c in tree.children[head]):
            return None, text
        named = self._named(head, piece)
        if named is not None:
            return named.actor, text
        if singular(word) in DOCUMENTS or word in DOCUMENTS:
            return self._author(head, piece, content, text)
        return self._described(head, piece, content, text)

    def _named(self, head: int, piece: Piece) -> Found | None:
        """The mention that is the head, or stands for it in apposition."""
        tree, at = self._tree, self._cast.mention_at
        if head in at:
            return at[head]
        waiting = [head]
        while waiting:
            token = waiting.pop()
            for child in tree.children[token]:
                if not piece[0] <= child <= piece[1]:
                    continue
                dep = tree.deps[child]
                if (dep == "appos" or dep in {"compound", "nmod", "pobj"}) and self._is_person(child):
                    return at[child]
                if dep == "appos" and child in at:
                    return at[child]
                if dep in {"appos", "compound", "nmod", "prep", "pobj"}:
                    waiting.append(child)
        return None

    def _is_person(self, token: int) -> bool:
        mention = self._cast.mention_at.get(token)
        known = self._cast.actors.get(mention.actor) if mention is not None and mention.actor else None
        return known is not None and known.kind == "person" and not self._belongs_to_another(token)

    def _belongs_to_another(self, token: int) -> bool:
        """Whether a person is only named for somebody else ("a spokesman for Putin")."""
        tree = self._tree
        if tree.deps[token] != "pobj":
            return False
        return tree.lower[tree.heads[token]] not in {"of"} or is_person_noun(
            tree.lower[tree.heads[tree.heads[token]]]
        )

    def _first_person(self, head: int, text: str) -> Speaker:
        inside = self._quoted[head]
        outer = self._by_quotation.get(inside) if inside >= 0 else None
        if outer is None or outer.source_head == head:
            return None, text
        slug, name = self.speaker(outer)
        known = self._cast.actors.get(slug or "")
        if (
            self._tree.lower[head] in {"our", "ours"}
            and known is not None
            and known.kind == "person"
            and known.country
        ):
            return known.country, text
        return slug, name

    def _third_person(self, head: int, content: list[Piece], text: str, gender: str) -> Speaker:
        cast = self._cast
        sentence = self._tree.sentence[head]
        nearest: list[Referent] = []
        distance = 0
        for at in range(cast.before(head) - 1, -1, -1):
            referent = cast.referents[at]
            back = sentence - self._tree.sentence[referent.token]
            if back > _PRONOUN_REACH or (nearest and back != distance):
                break
            if referent.kind != "person" or cast.gender(referent) not in {"", gender}:
                continue
            if any(first <= referent.token <= last for first, last in content):
                continue
            nearest.append(referent)
            distance = back
        spoke = self._last_person
        subjects = [each for each in nearest if each.is_subject and not self._said[each.token]]
        if (
            spoke is not None
            and sentence - self._tree.sentence[spoke[0]] <= 3
            and not (subjects and subjects[0].token > spoke[0])
        ):
            return spoke[1]
        if not nearest:
            return None, text
        chosen = subjects[0] if subjects else nearest[-1]
        cast.add(Referent(head, chosen.actor, chosen.name, "person", True, gender=gender))
        return chosen.actor, chosen.name

    def _body(self, head: int, content: list[Piece], text: str, kinds: frozenset[str]) -> Speaker:
        cast = self._cast
        sentence = self._tree.sentence[head]
        spoke = self._last_other
        fallback: Referent | None = None
        for at in range(cast.before(head) - 1, -1, -1):
            referent = cast.referents[at]
            if sentence - self._tree.sentence[referent.token] > 2:
                break
            if spoke is not None and spoke[0] >= referent.token:
                break
            if referent.kind not in kinds or any(first <= referent.token <= last for first, last in content):
                continue
            if spoke is not None and self._said[referent.token]:
                continue
            if referent.is_subject:
                return referent.actor, referent.name
            fallback = fallback or referent
        if spoke is not None and sentence - self._tree.sentence[spoke[0]] <= 3:
            return spoke[1]
        return (fallback.actor, fallback.name) if fallback is not None else (None, text)

    def _several(self, head: int, text: str) -> Speaker:
        """ "They": the body or the people that spoke last."""
        spoke = self._last_other
        near = spoke is not None and self._tree.sentence[head] - self._tree.sentence[spoke[0]] <= 3
        if spoke is None or not near or (self._last_person is not None and self._last_person[0] > spoke[0]):
            return None, text
        return spoke[1]

    def _author(self, head: int, piece: Piece, content: list[Piece], text: str) -> Speaker:
        """A document speaks for whoever made it."""
        tree = self._tree
        word = tree.lower[head]
        owner = tree.child(head, "poss")
        if owner is None:
            for prep in tree.all(head, "prep", "agent"):
                if tree.lower[prep] in {"by", "from", "of"}:
                    owner = tree.child(prep, "pobj")
                    break
        if owner is None:
            beside = (
                t for t in tree.children[head] if tree.deps[t] in {"compound", "nmod"} and piece[0] <= t
            )
            owner = next((t for t in beside if t in self._cast.mention_at), None)
        if owner is not None:
            slug, _ = self._resolve(owner, (owner, owner), content)
            if slug:
                self._made_by[word] = slug
            return slug, text
        determiner = tree.child(head, "det")
        if determiner is not None and tree.lower[determiner] in _DEFINITE:
            return self._made_by.get(word) or (self._last_maker(head) if word in _ISSUED else None), text
        return None, text

    def _last_maker(self, head: int) -> str | None:
        """Return who spoke last, if that was just before: "the report" is then theirs."""
        spoke = max(
            filter(None, (self._last_other, self._last_person)), default=None, key=lambda last: last[0]
        )
        if spoke is None or self._tree.sentence[head] - self._tree.sentence[spoke[0]] > 2:
            return None
        return spoke[1][0]

    def _described(self, head: int, piece: Piece, content: list[Piece], text: str) -> Speaker:
        """ "The minister", "the agency": the nearest before it of whom the same was said."""
        tree = self._tree
        word = tree.lower[head]
        if is_person_noun(word):
            body = self._spoken_for(head, word, piece, content)
            if body:
                return body, text
        determiner = tree.child(head, "det", "poss")
        country = self._country_beside(head)
        if country and is_person_noun(word):
            return self._officer(head, word, country, text)
        if determiner is None or tree.lower[determiner] not in _DEFINITE:
            return None, text
        if not country and tree.lower[determiner] == "the" and self._known_as.get(singular(word)):
            return self._known_as[singular(word)], text
        if tree.tags[head] not in {"NN", "NNP"}:
            return None, text
        if any(tree.deps[c] == "prep" for c in tree.children[head]):
            return None, text
        if is_person_noun(word):
            return self._officer(head, word, country, text)
        if word in _OF_A_STATE and country:
            return country, text
        if word in _OF_A_STATE and not any(tree.deps[c] in {"amod", "compound"} for c in tree.children[head]):
            return self._body(head, content, text, _STATE_KINDS)
        if is_body_noun(word) and not country:
            return self._body_named(head, word, text)
        return None, text

    def _spoken_for(self, head: int, word: str, piece: Piece, content: list[Piece]) -> str | None:
        """Return the body for which an unnamed spokesperson speaks."""
        tree = self._tree
        if singular(word) not in _SPEAKING_FOR:
            return None
        owners = tree.all(head, "poss", "compound", "nmod")
        for prep in tree.all(head, "prep"):
            if tree.lower[prep] in {"of", "for", "from", "with"}:
                owners += tree.all(prep, "pobj")
        for owner in owners:
            if tree.lower[owner] in _IT:
                return self._body(owner, content, "", _BODY_KINDS)[0]
            mention = self._cast.mention_at.get(owner)
            if mention is None or not piece[0] <= owner <= piece[1] or mention.actor is None:
                continue
            known = self._cast.actors.get(mention.actor)
            if known is not None and known.kind in _BODY_KINDS | {"collective"}:
                return mention.actor
        return None

    def _country_beside(self, head: int) -> str:
        for child in self._tree.children[head]:
            mention = self._cast.mention_at.get(child)
            known = self._cast.actors.get(mention.actor) if mention is not None and mention.actor else None
            if mention is not None and known is not None and known.kind == "state":
                return mention.actor or ""
        return ""

    def _officer(self, head: int, word: str, country: str, text: str) -> Speaker:
        cast = self._cast
        sentence = self._tree.sentence[head]
        for at in range(cast.before(head) - 1, -1, -1):
            referent = cast.referents[at]
            if sentence - self._tree.sentence[referent.token] > _OFFICE_REACH:
                break
            if self._holds(referent, word, country):
                return referent.actor, referent.name
        if country:
            for referent in cast.referents[cast.before(head) : cast.before(head) + 100]:
                if self._holds(referent, word, country):
                    return referent.actor, referent.name
        return None, text

    def _holds(self, referent: Referent, office: str, country: str) -> bool:
        """Whether the text says of somebody that he or she holds an office, of the state if one is given."""
        if referent.kind != "person" or office not in referent.roles:
            return False
        known = self._cast.actors.get(referent.actor or "")
        return not country or known is None or known.country in {"", country}

    def _body_named(self, head: int, word: str, text: str) -> Speaker:
        """A body whose name has the noun in it, or of the kind that the noun says."""
        cast = self._cast
        sentence = self._tree.sentence[head]
        kinds = _KINDS_OF_BODIES.get(word)
        for at in range(cast.before(head) - 1, -1, -1):
            referent = cast.referents[at]
            if sentence - self._tree.sentence[referent.token] > 12:
                break
            if referent.kind not in _BODY_KINDS:
                continue
            if word in referent.name.lower() or (kinds is not None and referent.kind in kinds):
                return referent.actor, referent.name
        return None, text
