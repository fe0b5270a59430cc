"""Which actor a source means: by its name, by a pronoun, by an office or a kind of body named before it."""

from actors.names import Found
from assertions.suggestions.cast import Cast
from assertions.suggestions.clauses import Piece
from assertions.suggestions.drafts import Draft
from assertions.suggestions.offices import BODY_KINDS, KINDS_OF_BODIES, Offices
from assertions.suggestions.pronouns import HE, IT, SHE, THEY, Pronouns, Speaker, Spoken
from assertions.suggestions.sources import DOCUMENTS, is_body_noun, is_person_noun, singular

_I = frozenset({"i", "my", "me", "we", "our", "us", "mine", "ours"})
_OF_A_STATE = frozenset("country nation state republic regime government".split())
_STATE_KINDS = frozenset({"state"})
# Longer contents are not marked as said: it would cost time in step with all of them together.
_LONGEST_SAID = 500
# What somebody who spoke just before may have made.
_ISSUED = frozenset(
    "report statement assessment announcement tweet post message letter update estimate account count memo "
    "communique communiqué declaration note notice briefing summary bulletin release readout".split()
)
_ANY_BODY = frozenset("department office bureau body organisation organization group council agency".split())
_IN_WHICH = frozenset({"in", "through", "via"})
_LONGEST_TITLE = 12
_DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their"})
# What tells nothing of who is meant.
_EMPTY_MODIFIERS = frozenset("same new latest own".split())


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
        self._spoken = Spoken()
        self._pronouns = Pronouns(cast, self._said, self._spoken)
        self._offices = Offices(cast)
        # By a noun for a document, in small letters, who made the one last named.
        self._made_by: dict[str, str] = {}

    def speaker(self, draft: Draft) -> Speaker:
        """Return the slug of the actor whom the source of a draft means, or None, and a description."""
        if draft.source is None or draft.source_head is None:
            return None, ""
        head = draft.source_head
        if head not in self._resolved:
            found = self._resolve(head, draft.source, draft.pieces)
            self._resolved[head] = found
            self._remember(head, draft.source, found)
            if found[0] and draft.cue_head is not None:
                self._remember_document(draft.cue_head, found[0])
        return self._resolved[head]

    def _remember_document(self, cue: int, maker: str) -> None:
        """Keep in what somebody said something ("said in a statement")."""
        tree = self._tree
        for prep in tree.all(cue, "prep"):
            document = tree.child(prep, "pobj") if tree.lower[prep] in _IN_WHICH else None
            if document is not None and tree.lower[document] in DOCUMENTS and not tree.all(document, "poss"):
                self._made_by[tree.lower[document]] = maker

    def _remember(self, head: int, piece: Piece, found: Speaker) -> None:
        tree = self._tree
        if self._quoted[head] >= 0 or self._said[head]:
            return
        word = tree.lower[head]
        if found[0] and word not in HE | SHE | IT | THEY:
            self._offices.remember(found[0], (piece[0], min(piece[1], piece[0] + _LONGEST_TITLE)))
        known = self._cast.actors.get(found[0] or "")
        if word in HE | SHE or (known.kind == "person" if known is not None else self._is_somebody(head)):
            self._spoken.person = (head, found)
        elif (
            known is not None
            or singular(word) in DOCUMENTS
            or is_body_noun(word)
            or word in IT
            or word.endswith("s")
        ):
            self._spoken.other = (head, found)

    def _is_somebody(self, head: int) -> bool:
        """Whether a source is one person who is not known: "an official"."""
        word = self._tree.lower[head]
        return self._tree.tags[head] == "NN" and is_person_noun(word) and not is_body_noun(word)

    def _resolve(self, head: int, piece: Piece, content: list[Piece]) -> Speaker:
        tree = self._tree
        word = tree.lower[head]
        text = tree.text[tree.starts[piece[0]] : tree.ends[piece[1]]]
        if word in _I and head not in self._cast.mention_at:
            return self._first_person(head, text)
        if word in HE | SHE:
            return self._pronouns.person(head, content, text, "m" if word in HE else "f")
        if word in IT:
            return self._it(head, content, text)
        if word in THEY:
            return self._pronouns.several(head, content, text)
        if any(tree.deps[c] == "conj" and head < c <= piece[1] for c in tree.children[head]):
            return None, text
        named = self._named(head, piece)
        if named is not None:
            return named.actor, text
        if singular(word) in DOCUMENTS or word in DOCUMENTS:
            return self._author(head, piece, content, text)
        return self._described(head, piece, content, text)

    def _it(self, head: int, content: list[Piece], text: str) -> Speaker:
        """ "It": the document that is spoken of, else a body or a state."""
        document = self._pronouns.document_before(head)
        if document is not None and document not in self._resolved:
            first, last = self._tree.left[document], document
            return self._author(document, (first, last), content, text)
        return self._pronouns.body(head, content, text, _STATE_KINDS | BODY_KINDS)

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
        return next((at[child] for child in tree.children[head] if self._is_body_called(head, child)), None)

    def _is_body_called(self, head: int, child: int) -> bool:
        """Whether a name beside a noun is that of a body which the noun only classes ("the Herald newspaper")."""
        mention = self._cast.mention_at.get(child)
        known = self._cast.actors.get(mention.actor or "") if mention is not None else None
        kinds = KINDS_OF_BODIES.get(self._tree.lower[head], frozenset())
        is_beside = child < head and self._tree.deps[child] in {"compound", "nmod"}
        return known is not None and is_beside and known.kind in kinds

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
        if owner is not None and tree.child(owner, "conj") is not None:
            return None, text
        if owner is not None:
            slug, _ = self._resolve(owner, (owner, owner), content)
            if slug:
                self._made_by[word] = slug
            return slug, text
        determiner = tree.child(head, "det")
        if determiner is None or tree.lower[determiner] not in _DEFINITE or self._is_of_unknown(head):
            return None, text
        return self._made_by.get(word) or (self._last_maker(head) if word in _ISSUED else None), text

    def _is_of_unknown(self, head: int) -> bool:
        """Whether a name that is no actor's stands beside a noun ("the Turkish statement")."""
        tree = self._tree
        return any(
            tree.deps[child] in {"amod", "compound", "nmod"} and tree.words[child][:1].isupper()
            for child in tree.children[head]
            if child < head
        )

    def _last_maker(self, head: int) -> str | None:
        """Return who spoke last, if that was just before: "the report" is then theirs."""
        spoke = max(
            filter(None, (self._spoken.other, self._spoken.person)), default=None, key=lambda last: last[0]
        )
        if spoke is None or self._tree.sentence[head] - self._tree.sentence[spoke[0]] > 2:
            return None
        return spoke[1][0]

    def _described(self, head: int, piece: Piece, content: list[Piece], text: str) -> Speaker:
        """ "The minister", "the agency": the nearest before it of whom the same was said."""
        tree, offices = self._tree, self._offices
        word = tree.lower[head]
        if is_person_noun(word):
            body = self._spoken_for(head, word, piece, content)
            if body:
                return body, text
        modifiers = offices.modifiers(head) - _EMPTY_MODIFIERS
        country = offices.country_beside(head)
        determiner = tree.child(head, "det", "poss")
        definite = determiner is not None and tree.lower[determiner] in _DEFINITE
        owned = tree.child(head, "poss") is not None
        bare = determiner is None and tree.starts[head] < offices.headline_ends
        if country and tree.tags[head] in {"NN", "NNP"} and (definite or owned or bare):
            if is_person_noun(word):
                found = offices.officer(head, word, country, modifiers)
                return (found.actor, found.name) if found is not None else (None, text)
            if is_body_noun(word) and word not in _OF_A_STATE:
                return offices.body_of(country, word, modifiers), text
        if not definite:
            return None, text
        known_as = offices.known_as(singular(word), modifiers)
        if not country and tree.lower[determiner or 0] in {"the", "this", "that"} and known_as:
            return known_as, text
        if tree.tags[head] not in {"NN", "NNP"} or any(tree.deps[c] == "prep" for c in tree.children[head]):
            return None, text
        if is_person_noun(word):
            found = offices.officer(head, word, country, modifiers)
            return (found.actor, found.name) if found is not None else (None, text)
        if word in _OF_A_STATE and country:
            return country, text
        if word in _OF_A_STATE and not modifiers:
            return self._pronouns.body(head, content, text, _STATE_KINDS)
        if is_body_noun(word) and not country:
            slug, name = offices.body_named(head, word, modifiers, text)
            return (slug or self._last_body(head, word, modifiers)), name
        return None, text

    def _last_body(self, head: int, word: str, modifiers: frozenset[str]) -> str | None:
        """Return the body that spoke just before, if a noun of a wide meaning takes its name up ("the department")."""
        spoke = self._spoken.other
        if word not in _ANY_BODY or modifiers or spoke is None:
            return None
        known = self._cast.actors.get(spoke[1][0] or "")
        near = self._tree.sentence[head] - self._tree.sentence[spoke[0]] <= 2
        return spoke[1][0] if near and known is not None and known.kind in BODY_KINDS else None

    def _spoken_for(self, head: int, word: str, piece: Piece, content: list[Piece]) -> str | None:
        """Return the body for which an unnamed spokesperson speaks."""
        for owner in self._offices.owners(head, word):
            if self._tree.lower[owner] in IT:
                return self._pronouns.body(owner, content, "", BODY_KINDS)[0]
            mention = self._cast.mention_at.get(owner)
            if mention is None or not piece[0] <= owner <= piece[1] or mention.actor is None:
                continue
            known = self._cast.actors.get(mention.actor)
            if known is not None and known.kind in BODY_KINDS | {"collective"}:
                return mention.actor
        return None
