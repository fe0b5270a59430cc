"""Attributed statements in English news text: who is said to have said, thought or wanted what, in which words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from actors.names import Found
from assertions.suggestions.asides import report_at_the_end
from assertions.suggestions.cast import Cast, cast_of, mentions_by_token
from assertions.suggestions.clauses import Piece
from assertions.suggestions.cues import Cue, verbs
from assertions.suggestions.details import (
    certainty_of,
    condition_of,
    hedge_of,
    is_negated,
    parties_of,
    relays_of,
)
from assertions.suggestions.drafts import Draft, Reading
from assertions.suggestions.events import event_class
from assertions.suggestions.headlines import from_headline
from assertions.suggestions.language import parse
from assertions.suggestions.nominal import NOMINAL_WORDS, from_nominal
from assertions.suggestions.phrases import PHRASE_WORDS, as_somebody_says, from_phrase
from assertions.suggestions.quantities import quantities_in
from assertions.suggestions.quotations import Quotation, quotations
from assertions.suggestions.quoting import extent, with_quotations
from assertions.suggestions.retelling import telling_of
from assertions.suggestions.said_on import dated_together, said_on
from assertions.suggestions.shapes import FoundQuantity, KnownActor, Relayer, Span, Statement
from assertions.suggestions.speakers import Resolver
from assertions.suggestions.tree import Tree
from assertions.suggestions.verbs import from_verb

__all__ = ["FoundQuantity", "KnownActor", "Relayer", "Span", "Statement", "find_statements"]


_MOST_A_SENTENCE = 20
_MAX_DESCRIPTION = 300
_MAX_AROUND = 1_000
_MOST_RELAYS = 5
_FIRST_PERSON = frozenset({"i", "we", "my", "our", "you", "your"})
# Which rules may find that a quotation quotes somebody else.
_IN_QUOTATIONS = frozenset({"ccomp", "according to", "quotation", "object complement", "object with grounds"})


def find_statements(
    text: str,
    mentions: Iterable[Found],
    *,
    actors: Mapping[str, KnownActor] | None = None,
    published: date | None = None,
) -> list[Statement]:
    """Return the attributed statements of ``text`` in the order of their contents.

    ``mentions`` are those of the name table in the same text (places may be among them); ``actors`` tells, by slug,
    what is known of the actors they name; ``published`` is the day of the article, from which days in words count.
    """
    tree = parse(text)
    mention_at = mentions_by_token(tree, mentions)
    found = quotations(text)
    reading = Reading(tree, mention_at, actors or {}, found, _quoted(tree, found))
    drafts = [
        draft for draft in with_quotations(reading, _drafts(reading)) if not _is_own_words(reading, draft)
    ]
    cast = cast_of(tree, mention_at, reading.actors)
    resolver = Resolver(cast, drafts, reading.quoted)
    for draft in sorted(drafts, key=lambda draft: -1 if draft.source_head is None else draft.source_head):
        resolver.speaker(draft)
    drafts.sort(key=lambda draft: (draft.pieces[0][0], -draft.pieces[-1][1]))
    return dated_together(
        text,
        [
            _statement(reading, draft, resolver, cast, outer, published)
            for draft, outer in zip(drafts, _outer(drafts), strict=True)
        ],
    )


def _quoted(tree: Tree, found: list[Quotation]) -> list[int]:
    """Return by token the index of the quotation it stands in, or -1."""
    quoted = [-1] * len(tree)
    for number, quotation in enumerate(found):
        span = extent(tree, quotation)
        if span is not None:
            quoted[span[0] : span[1] + 1] = [number] * (span[1] - span[0] + 1)
    return quoted


def _drafts(reading: Reading) -> list[Draft]:
    tree, cues = reading.tree, verbs()
    drafts: list[Draft] = []
    words = _words_of_rules()
    for token, word in enumerate(tree.lower):
        if word not in words:
            continue
        cue = cues.get(word)
        if cue is not None:
            drafts += _of_cue(reading, token, cue)
        if word in PHRASE_WORDS:
            drafts += from_phrase(reading, token)
        if word in NOMINAL_WORDS:
            drafts += from_nominal(reading, token)
    drafts = _without_carriers(drafts)
    drafts = _bounded(drafts, tree)
    known = {draft.cue_head for draft in drafts if draft.cue_head is not None}
    return drafts + from_headline(reading, known)


@cache
def _words_of_rules() -> frozenset[str]:
    """Return the words, in small letters, at which any rule begins: most words of a text are none."""
    return frozenset(verbs()) | PHRASE_WORDS | NOMINAL_WORDS


def _of_cue(reading: Reading, token: int, cue: Cue) -> list[Draft]:
    if not reading.tree.is_verb(token):
        return report_at_the_end(reading, token, cue)
    return as_somebody_says(reading, token) or from_verb(reading, token, cue)


def _bounded(drafts: list[Draft], tree: Tree) -> list[Draft]:
    """Return the first so many drafts of each sentence: more are no language, and their contents nest without end."""
    counts: Counter[int] = Counter()
    kept = []
    for draft in drafts:
        sentence = tree.sentence[draft.cue_head or 0]
        counts[sentence] += 1
        if counts[sentence] <= _MOST_A_SENTENCE:
            kept.append(draft)
    return kept


def _without_carriers(drafts: list[Draft]) -> list[Draft]:
    """Drop "voiced support for it" where "support for it" is found with the same source."""
    nouns = {draft.cue_head: draft.source_head for draft in drafts if draft.rule == "noun"}
    return [
        draft
        for draft in drafts
        if draft.rule != "object"
        or draft.predicate not in nouns
        or nouns[draft.predicate] != draft.source_head
    ]


def _is_own_words(reading: Reading, draft: Draft) -> bool:
    """Whether a draft within a quotation only repeats that its speaker speaks ("I think", "we call on them")."""
    if draft.cue_head is None or reading.quoted[draft.cue_head] < 0:
        return False
    if draft.source_head is None or draft.rule not in _IN_QUOTATIONS:
        return True
    return reading.tree.lower[draft.source_head] in _FIRST_PERSON


def _statement(
    reading: Reading,
    draft: Draft,
    resolver: Resolver,
    cast: Cast,
    outer: list[Draft],
    published: date | None,
) -> Statement:
    tree = reading.tree
    pieces = sorted(draft.pieces)
    speaker, description = resolver.speaker(draft)
    content = (pieces[0][0], max(last for _, last in pieces))
    cue = verbs().get(tree.lower[draft.cue_head]) if draft.cue_head is not None else None
    condition = condition_of(tree, draft, pieces)
    telling = telling_of(reading, draft, cast, speaker, description)
    subjects, objects = parties_of(tree, draft, pieces, reading.mention_at)
    return Statement(
        source=_span(tree, draft.source) if draft.source else None,
        cue=_span(tree, draft.cue) if draft.cue else None,
        content=_span(tree, content),
        parts=tuple(_span(tree, piece) for piece in pieces),
        speaker=speaker,
        speaker_description=description[:_MAX_DESCRIPTION],
        act=draft.act,
        quoted=_how_quoted(reading, pieces),
        rule=draft.rule,
        hedge=hedge_of(tree, draft, pieces),
        condition=condition,
        negated=is_negated(tree, draft, pieces, telling.head),
        certainty=certainty_of(tree, draft, pieces, cue.lemma if cue else ""),
        relays=_relays(reading, draft, resolver, outer),
        event_class=event_class(tree, draft, telling.head),
        subjects=subjects,
        objects=objects,
        said=said_on(_beside_cue(tree, draft, pieces), published)
        or said_on(_around_cue(tree, draft, pieces), published),
        quantities=tuple(quantity for piece in pieces for quantity in quantities_in(tree, piece)),
        telling=telling,
    )


def _relays(reading: Reading, draft: Draft, resolver: Resolver, outer: list[Draft]) -> tuple[Relayer, ...]:
    """Return who passed a statement on, from the nearest to the speaker outwards."""
    found = relays_of(reading, draft, reading.mention_at, reading.actors)
    for other in (draft.cited_by, *outer):
        if other is not None and other.source_head != draft.source_head:
            slug, words = resolver.speaker(other)
            if slug or words:
                found.append(Relayer(slug, words[:_MAX_DESCRIPTION]))
    return tuple(dict.fromkeys(found))


def _outer(drafts: list[Draft]) -> list[list[Draft]]:
    """Return for each draft, in the order of contents, those whose contents hold its cue and its own; inmost first."""
    around: list[list[Draft]] = []
    open_: list[Draft] = []
    for draft in drafts:
        first, last = draft.pieces[0][0], draft.pieces[-1][1]
        open_ = [other for other in open_ if other.pieces[-1][1] >= first]
        around.append(
            [other for other in reversed(open_) if _holds(other, draft, first, last)][:_MOST_RELAYS]
        )
        open_.append(draft)
    return around


def _holds(other: Draft, draft: Draft, first: int, last: int) -> bool:
    inside = [(begin, end) for begin, end in other.pieces if begin <= first and last <= end]
    cue = draft.cue_head
    return (
        bool(inside) and other.source is not None and cue is not None and inside[0][0] <= cue <= inside[0][1]
    )


def _beside_cue(tree: Tree, draft: Draft, pieces: list[Piece]) -> str:
    """Return the words that belong to the cue itself ("said in Rome on Friday"): its day comes before any other."""
    cue = draft.cue_head
    if cue is None:
        return ""
    words = []
    for child in tree.all(cue, "prep", "npadvmod", "advmod", "nmod"):
        first, last = tree.left[child], tree.right[child]
        if draft.rule.startswith("object") or not any(begin <= child <= end for begin, end in pieces):
            words.append(tree.text[tree.starts[first] : tree.ends[last]])
    return " ; ".join(words)[:_MAX_AROUND]


def _around_cue(tree: Tree, draft: Draft, pieces: list[Piece]) -> str:
    """Return the words of the cue's sentence outside of the content, from which the day of saying is read."""
    if draft.cue_head is None:
        return ""
    begin, end = tree.sentences[tree.sentence[draft.cue_head]]
    words = []
    at = begin
    apart = [
        (tree.left[token], tree.right[token])
        for token in range(begin, end)
        if tree.deps[token] == "relcl" and not tree.left[token] <= draft.cue_head <= tree.right[token]
    ]
    for first, last in sorted([*pieces, *apart, (end, end)]):
        if first > at and at < end:
            words.append(tree.text[tree.starts[at] : tree.ends[min(first, end) - 1]])
        at = max(at, last + 1)
    return " ; ".join(words)[:_MAX_AROUND]


def _span(tree: Tree, piece: Piece) -> Span:
    start, end = tree.starts[piece[0]], tree.ends[piece[1]]
    return Span(start, end, tree.text[start:end])


def _how_quoted(reading: Reading, pieces: list[Piece]) -> str:
    tree = reading.tree
    words = [
        reading.quoted[token] >= 0
        for first, last in pieces
        for token in range(first, last + 1)
        if tree.words[token][0].isalnum()
    ]
    if not any(words):
        return "indirect"
    return "direct" if all(words) else "mixed"
