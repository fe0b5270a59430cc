"""Who is meant by an office or a kind of body: "the minister", "the state's envoy", "the agency"."""

from actors.names import Found
from assertions.suggestions.cast import Cast, Referent
from assertions.suggestions.clauses import Piece
from assertions.suggestions.sources import is_body_noun, is_person_noun, singular

BODY_KINDS = frozenset(
    {"public_body", "armed_force", "intergovernmental_organisation", "organisation", "company", "media"}
)
# How many sentences back somebody may have been named for an office, and for a kind of body, to mean him or it.
_OFFICE_REACH = 40
_BODY_REACH = 12
# How many names after a headline may tell whom it means.
_NAMES_AHEAD = 100
_SENTENCES_AHEAD = 5
# Who speaks for a body and not for himself, as long as nobody is named.
_SPEAKING_FOR = frozenset(
    "spokesman spokeswoman spokesperson representative official minister delegate envoy".split()
)
KINDS_OF_BODIES = {
    "agency": frozenset({"media", "public_body"}),
    "newspaper": frozenset({"media"}),
    "paper": frozenset({"media"}),
    "daily": frozenset({"media"}),
    "outlet": frozenset({"media"}),
    "broadcaster": frozenset({"media"}),
    "network": frozenset({"media"}),
    "channel": frozenset({"media"}),
    "service": frozenset({"public_body"}),
    "ministry": frozenset({"public_body"}),
    "military": frozenset({"armed_force"}),
    "army": frozenset({"armed_force"}),
    "alliance": frozenset({"intergovernmental_organisation"}),
}
# Nouns of one row name one office, or may.
_OFFICES = [
    frozenset(row.split())
    for row in (
        "leader president ruler dictator strongman monarch king",
        "envoy ambassador representative diplomat attaché attache delegate",
        "minister secretary",
        "chief head director boss chairman chairwoman commander general",
        "spokesman spokeswoman spokesperson",
        "lawmaker legislator congressman congresswoman senator mp parliamentarian representative",
        "adviser advisor aide",
    )
]
_SENIOR = frozenset("top senior chief leading highest".split())


class Offices:
    """Tells who holds an office in a text, and which body a noun names there."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._tree = cast.tree
        # By a noun for an office or a body, in small letters: who was last a source under it, and with which words.
        self._known_as: dict[str, tuple[str, frozenset[str]]] = {}
        self._bodies_of: dict[tuple[str, str, frozenset[str]], str | None] = {}
        self.headline_ends = _headline_end(cast.tree.text)

    def remember(self, actor: str, piece: Piece) -> None:
        """Keep that an actor is a source as the words of a noun phrase call it."""
        tree = self._tree
        words = frozenset(tree.lower[piece[0] : piece[1] + 1])
        for token in range(piece[0], piece[1] + 1):
            word = singular(tree.lower[token])
            if tree.tags[token] in {"NN", "NNS", "NNP"} and (is_person_noun(word) or is_body_noun(word)):
                self._known_as[word] = actor, words

    def known_as(self, word: str, modifiers: frozenset[str]) -> str:
        """Return who was last a source as such a noun with such words beside it, or ""."""
        actor, words = self._known_as.get(word, ("", frozenset[str]()))
        return actor if modifiers <= words else ""

    def modifiers(self, head: int) -> frozenset[str]:
        """Return the words that limit a noun, in small letters, without determiners and names of actors."""
        tree, at = self._tree, self._cast.mention_at
        return frozenset(
            tree.lower[child]
            for child in tree.children[head]
            if child < head and child not in at and tree.deps[child] in {"amod", "compound", "nmod"}
        )

    def country_beside(self, head: int) -> str:
        """Return the slug of the state that is named beside a noun ("the state's envoy"), or ""."""
        for child in self._tree.children[head]:
            mention = self._mention(child)
            known = self._cast.actors.get(mention.actor or "") if mention is not None else None
            if mention is not None and child < head and known is not None and known.kind == "state":
                return mention.actor or ""
        return ""

    def owners(self, head: int, word: str) -> list[int]:
        """Return the tokens for whom or which an unnamed spokesperson may speak."""
        if singular(word) not in _SPEAKING_FOR:
            return []
        tree = self._tree
        owners = tree.all(head, "poss", "compound", "nmod")
        for prep in tree.all(head, "prep"):
            if tree.lower[prep] in {"of", "for", "from", "with"}:
                owners += tree.all(prep, "pobj")
        return owners

    def officer(self, head: int, word: str, country: str, modifiers: frozenset[str]) -> Referent | None:
        """Return who holds an office, of the state if one is given: as the text says before, else after.

        In a headline it is whoever the next sentences name first of that state; elsewhere the only one whom the text
        has named of it.
        """
        cast, tree = self._cast, self._tree
        at = cast.before(head)
        before = self._people_before(head)
        for referent in before:
            if self._holds(referent, word, country, modifiers):
                return referent
        if not country:
            return None
        after = [each for each in cast.referents[at : at + _NAMES_AHEAD] if each.kind == "person"]
        for referent in after:
            if self._holds(referent, word, country, modifiers):
                return referent
        if tree.starts[head] < self.headline_ends:
            return self._first_of(after, country, head)
        return self._only_of(before, word, country)

    def _people_before(self, head: int) -> list[Referent]:
        """Return the people named in the sentences before a token, the nearest first."""
        cast, tree = self._cast, self._tree
        found = []
        for at in range(cast.before(head) - 1, -1, -1):
            referent = cast.referents[at]
            if tree.sentence[head] - tree.sentence[referent.token] > _OFFICE_REACH:
                break
            if referent.kind == "person":
                found.append(referent)
        return found

    def _holds(self, referent: Referent, office: str, country: str, modifiers: frozenset[str]) -> bool:
        """Whether the text says of somebody that he or she holds an office, of the state if one is given."""
        if not (_same_office(office) & referent.roles):
            return False
        if office not in referent.roles and not country:
            return False
        known = self._cast.actors.get(referent.actor or "")
        state = known.country if known is not None else self._cast.state_beside(referent)
        if country and state not in {"", country}:
            return False
        return modifiers - _SENIOR <= self._cast.beside(referent)

    def _first_of(self, after: list[Referent], country: str, head: int) -> Referent | None:
        for referent in after:
            if self._tree.sentence[referent.token] - self._tree.sentence[head] > _SENTENCES_AHEAD:
                return None
            if self._is_of(referent, country) and (referent.is_subject or referent.roles):
                return referent
        return None

    def _only_of(self, before: list[Referent], office: str, country: str) -> Referent | None:
        """Return the only person of a state whom the text has named, if nothing is said of another office."""
        of_it = {referent.actor: referent for referent in before if self._is_of(referent, country)}
        if len(of_it) != 1:
            return None
        (referent,) = of_it.values()
        roles = frozenset[str]().union(*(each.roles for each in before if each.actor == referent.actor))
        return referent if not roles or roles & _same_office(office) else None

    def _is_of(self, referent: Referent, country: str) -> bool:
        known = self._cast.actors.get(referent.actor or "")
        return known is not None and known.country == country

    def body_named(
        self, head: int, word: str, modifiers: frozenset[str], text: str
    ) -> tuple[str | None, str]:
        """Return the body whose name has the noun in it, or of the kind that the noun says."""
        cast = self._cast
        sentence = self._tree.sentence[head]
        kinds = KINDS_OF_BODIES.get(word)
        for at in range(cast.before(head) - 1, -1, -1):
            referent = cast.referents[at]
            if sentence - self._tree.sentence[referent.token] > _BODY_REACH:
                break
            if referent.kind not in BODY_KINDS:
                continue
            name = referent.name.lower()
            if not all(each in name for each in modifiers):
                continue
            if word in name or (kinds is not None and referent.kind in kinds):
                return referent.actor, referent.name
        return None, text

    def body_of(self, country: str, word: str, modifiers: frozenset[str]) -> str | None:
        """Return the only body of a state in the text whose name has the noun and what limits it."""
        asked = country, word, modifiers
        if asked not in self._bodies_of:
            self._bodies_of[asked] = self._only_body(country, word, modifiers)
        return self._bodies_of[asked]

    def _only_body(self, country: str, word: str, modifiers: frozenset[str]) -> str | None:
        found = set()
        for referent in self._cast.referents:
            known = self._cast.actors.get(referent.actor or "")
            name = referent.name.lower()
            if (
                known is not None
                and known.kind in BODY_KINDS
                and known.country == country
                and all(each in name for each in (word, *modifiers))
            ):
                found.add(referent.actor)
        return found.pop() if len(found) == 1 else None

    def _mention(self, token: int) -> Found | None:
        return self._cast.mention_at.get(token)


def _same_office(office: str) -> frozenset[str]:
    return frozenset({office}).union(*(row for row in _OFFICES if office in row))


def _headline_end(text: str) -> int:
    """Return where the first line ends, if it is a headline; else 0."""
    line, separator, _ = text.lstrip().partition("\n")
    if not separator or not line.strip() or line.strip()[-1] in '.!?”"':
        return 0
    return len(text) - len(text.lstrip()) + len(line)
