"""Read model: how many independent sources stand behind claims, as a range that a reader can follow.

What counts as one source, and what only as a possible one, is docs/decisions/0011-independent-sources.md.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Prefetch
from django.db.models.functions import Lower

from actors.models import Actor, ActorKind, ActorName
from articles.models import Revision, Source
from assertions.models import Assertion, Evidence, Link, Participant, Relay, Speaker
from assertions.sources import provenance
from assertions.sources.provenance import Count, Root, Voice
from assertions.sources.texts import NOWHERE, Text, texts_of
from assertions.vocabulary import LinkType
from assertions.wording import capital, listed, with_article

_TAKEN_FROM = (LinkType.DERIVES_FROM, LinkType.REPEATS)
_OF_ONE_MIND = (*_TAKEN_FROM, LinkType.CORROBORATES, LinkType.UPDATES)
# Bodies that know what their state knows. Media and companies of a state are no part of it.
_ORGANS = (ActorKind.PUBLIC_BODY, ActorKind.ARMED_FORCE)
NAMED = 8
"""How many names a sentence of the explanation holds before it counts the rest."""

# The same words for what is not known and for what is not public: that something is withheld is no reader's to know.
_UNKNOWN = (
    "Where one claim comes from is not known; it may or may not be an independent source.",
    "Where {} claims come from is not known; each may or may not be an independent source.",
)
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Origin:
    """One source, or several of one party of which nobody knows that they are more than one."""

    name: str
    """The party that they share, or who speaks."""
    speakers: tuple[str, ...]
    """Who speaks, one entry a set of speakers: "Ada Vale", "Ada Vale and Boris Klint"."""
    own: tuple[Assertion, ...]
    """The claims in which they speak, with speakers, relays and participants."""
    taken: tuple[Assertion, ...]
    """The claims that go back to those."""
    explanation: str
    is_plain: bool
    """Whether it is one speaker with one claim that nobody took up."""

    @property
    def claims(self) -> tuple[Assertion, ...]:
        """All claims that go back to it."""
        return (*self.own, *self.taken)


@dataclass(frozen=True, slots=True)
class Uncertain:
    """What may be one more source, and why it is not counted as one."""

    reason: str
    claims: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """The independent sources of some claims: at least ``low``, at most ``high``."""

    low: int
    high: int
    origins: tuple[Origin, ...] = ()
    uncertain: tuple[Uncertain, ...] = ()

    def in_words(self) -> str:
        """Return the range as one would say it: "1 independent source", "2 to 4 independent sources"."""
        noun = "independent source" if self.high == 1 else "independent sources"
        if not self.high:
            return "no source"
        if not self.low:
            return f"at most {self.high} {noun}, {'not' if self.high == 1 else 'none of them'} identified"
        return f"{self.low} {noun}" if self.low == self.high else f"{self.low} to {self.high} {noun}"

    @property
    def explanation(self) -> list[str]:
        """Say in sentences what was counted as one, and what may be one more."""
        plain = [origin.name for origin in self.origins if origin.is_plain]
        each = [part.explanation for part in self.origins if len(plain) < 2 or not part.is_plain]
        if len(plain) > 1:
            each.insert(0, f"{capital(listed(plain, NAMED))} are one source each.")
        return each + [part.reason for part in self.uncertain]

    def behind(self, assertion: Assertion) -> list[str]:
        """Return the names of the origins to which a claim goes back without being one of them."""
        return [origin.name for origin in self.origins if assertion in origin.taken]

    @property
    def groups(self) -> list[tuple[str, tuple[Assertion, ...]]]:
        """The claims that were counted, under the name of their origin; the last are those of uncertain ones."""
        unsure = {claim.pk: claim for part in self.uncertain for claim in part.claims}
        named = [(capital(origin.name), origin.claims) for origin in self.origins]
        return [*named, ("Not identified", tuple(unsure.values()))] if unsure else named

    @property
    def total(self) -> int:
        """How many claims were counted, each once."""
        return len({claim.pk for _, claims in self.groups for claim in claims})


def sources_of(assertions: Iterable[Assertion], at: datetime) -> Sources:
    """Return the independent sources of claims that say the same; those not public at the instant do not count."""
    return sources_of_each({None: assertions}, at)[None]


def sources_of_each(groups: Mapping[K, Iterable[Assertion]], at: datetime) -> dict[K, Sources]:
    """Return the independent sources of each group of claims, in a bounded number of queries for all groups."""
    keys = {name: {assertion.pk for assertion in group} for name, group in groups.items()}
    reached = _reached(set().union(*keys.values()), _TAKEN_FROM) if any(keys.values()) else set()
    public = set(Assertion.objects.public(at).filter(pk__in=reached).values_list("pk", flat=True))
    targets = _targets(public)
    claims = {claim.pk: claim for claim in _with_parties(public)}
    found, names = _voices(claims.values(), at)
    # What is not public is no claim here, and nobody's: only that a public one goes back to it is known.
    for target in {target for known in targets.values() for target in known if target < 0}:
        found[target] = Voice(frozenset([f"withheld:{target}"]))
    return {
        name: _told(provenance.count(group & public, targets, found), claims, names)
        for name, group in keys.items()
    }


def sources_behind(assertion: Assertion, at: datetime) -> Sources:
    """Return the independent sources of a claim and of those that stand by it.

    That is every public claim of the same polarity that links join to it, directly or through others: those that
    corroborate, repeat, update or derive from one another.
    """
    return sources_of(claims_beside(assertion, at), at)


def claims_beside(assertion: Assertion, at: datetime) -> list[Assertion]:
    """Return a claim and the public ones of its polarity that links of agreement join to it, in order."""
    around = _reached({assertion.pk}, _OF_ONE_MIND, both_ways=True)
    alike = Assertion.objects.public(at).filter(pk__in=around, polarity=assertion.polarity).in_bulk()
    links = Link.objects.filter(type__in=_OF_ONE_MIND, source__in=alike, target__in=alike)
    beside: dict[int, list[int]] = defaultdict(list)
    for source, target in links.values_list("source", "target"):
        beside[source].append(target)
        beside[target].append(source)
    joined, ahead = {assertion.pk} & alike.keys(), [assertion.pk]
    while ahead:
        new = set(beside[ahead.pop()]) - joined
        joined |= new
        ahead.extend(new)
    return [alike[key] for key in sorted(joined)]


def _reached(start: Collection[int], types: Sequence[str], *, both_ways: bool = False) -> set[int]:
    """Return the keys of all assertions, public or not, to which links of some types lead."""
    back = "UNION ALL SELECT target_id, source_id, type FROM assertions_link" if both_ways else ""
    rows = Assertion.objects.raw(
        f"""
        WITH RECURSIVE way (one, other, type) AS (
            SELECT source_id, target_id, type FROM assertions_link {back}
        ), reached (id) AS (
            SELECT unnest(%s::bigint[])
            UNION
            SELECT way.other FROM way JOIN reached ON way.one = reached.id WHERE way.type = ANY(%s)
        )
        SELECT id FROM reached
        """,  # noqa: S608 – nothing in it comes from outside
        [list(start), list(map(str, types))],
    )
    return {row.pk for row in rows}


def _targets(public: Collection[int]) -> dict[int, set[int]]:
    """Return what each claim goes back to; the key of a target that is not public is negative."""
    targets: dict[int, set[int]] = defaultdict(set)
    links = Link.objects.filter(type__in=_TAKEN_FROM, source__in=public)
    for source, target in links.values_list("source", "target"):
        targets[source].add(target if target in public else -target)
    return targets


def _with_parties(keys: Collection[int]) -> Iterable[Assertion]:
    speakers = Speaker.objects.select_related("actor__country", "speaks_for__country", "possible_identity")
    return Assertion.objects.filter(pk__in=keys).prefetch_related(
        Prefetch("speakers", speakers),
        Prefetch("relays", Relay.objects.select_related("actor")),
        Prefetch("participants", Participant.objects.select_related("actor")),
    )


def _voices(claims: Iterable[Assertion], at: datetime) -> tuple[dict[int, Voice], dict[str, str]]:
    """Return who speaks in each claim, and the words for each key in a voice.

    Where an article speaks itself, that is the first through whom it came, or else who published it.
    """
    names: dict[str, str] = {}
    voices: dict[int, Voice] = {}
    silent: list[int] = []
    claims = list(claims)
    texts = texts_of([claim.pk for claim in claims if _rests_on_text(claim)], at)
    for claim in claims:
        relay = next(iter(claim.relays.all()), None)
        if claim.speakers.all():
            voices[claim.pk] = _spoken(claim, relay, texts.get(claim.pk), names, at)
        elif relay is None:
            silent.append(claim.pk)
        elif relay.actor:
            voices[claim.pk] = _named([_key(relay.actor, names)])
        else:
            key = f"relay:{relay.description.casefold()}"
            names[key] = f"“{relay.description}”, through whom it came,"
            voices[claim.pk] = Voice(frozenset([key]))
    published = _publishers(silent, texts, names, at)
    for pk in silent:
        text = texts.get(pk, NOWHERE)
        voices[pk] = (
            Voice(frozenset(published[pk]), frozenset(published[pk]) | _perhaps_of_one_text(text, names))
            if published[pk]
            else Voice(frozenset([f"unknown:{text.reprinted or pk}"]))
        )
    return voices, names


def _rests_on_text(claim: Assertion) -> bool:
    """Tell whether the articles in which a claim stands say who speaks in it: nobody else is named, none relays it."""
    speakers = claim.speakers.all()
    return not claim.relays.all() and not (speakers and all(speaker.actor for speaker in speakers))


def _perhaps_of_one_text(text: Text, names: dict[str, str]) -> frozenset[str]:
    """Return the party that those share whose texts may be one, so that they count as one source at least."""
    if text.perhaps:
        names[text.perhaps] = "what may be one text"
    return frozenset([text.perhaps] if text.perhaps else [])


def _named(keys: Iterable[str]) -> Voice:
    return Voice(frozenset(keys), frozenset(keys))


def _key(actor: Actor, names: dict[str, str]) -> str:
    names[key := f"actor:{actor.pk}"] = with_article(actor.name, actor)
    return key


def _spoken(
    claim: Assertion, relay: Relay | None, text: Text | None, names: dict[str, str], at: datetime
) -> Voice:
    speakers: set[str] = set()
    parties: set[str] = set()
    for speaker in claim.speakers.all():
        if speaker.actor is None:
            # The same words through the same relay, or in one text that is printed again, are one unnamed person;
            # without either nobody can tell.
            way = str(relay).casefold() if relay else (text and text.reprinted) or str(claim.pk)
            key = f"described:{speaker.description.casefold()}:{way}"
            through = f", by way of {relay}," if relay else ""
            # A description that is a name throughout ("Ada Vale") needs no quotation marks.
            is_name = all(word[0].isupper() for word in speaker.description.split())
            names[key] = f"{speaker.description if is_name else f'“{speaker.description}”'}{through}"
            speakers.add(key)
            continue
        speakers.add(_key(speaker.actor, names))
        for party in filter(None, (speaker.actor, speaker.speaks_for)):
            parties.add(_key(party, names))
            state = party.country
            if state and party.kind in _ORGANS and state.is_public(at):
                parties.add(_key(state, names))
    return Voice(frozenset(speakers), frozenset(parties))


def _publishers(
    claims: Sequence[int], texts: Mapping[int, Text], names: dict[str, str], at: datetime
) -> dict[int, set[str]]:
    """Return for claims without speaker and relay the keys of who published them, none where that is not known.

    Outside sources of the claim itself come before what its articles rewrite or, where that is one, cite.
    """
    cited: dict[int, set[str]] = defaultdict(set)
    for pk, publisher in Evidence.objects.filter(assertion__in=claims, revision=None).values_list(
        "assertion", "publisher"
    ):
        cited[pk].add(publisher.strip())
    articles = {pk: texts[pk].articles for pk in claims if pk in texts and not any(cited[pk])}
    behind = _sources_of_articles(articles, at) if articles else {}
    words = {pk: behind.get(pk, set()) | {text for text in cited[pk] if text} for pk in claims}
    keys = _actors_named(set().union(*words.values()), names, at) if any(words.values()) else {}
    return {pk: {keys[text] for text in known} for pk, known in words.items()}


def _sources_of_articles(articles: Mapping[int, frozenset[int]], at: datetime) -> dict[int, set[str]]:
    """Return what stands behind claims, given with their articles; of an article that is not public nothing is told."""
    public = Revision.objects.public(at).filter(article__in=frozenset().union(*articles.values()))
    sources: dict[int, list[Source]] = defaultdict(list)
    for source in Source.objects.filter(article__in=public.values("article")):
        sources[source.article_id].append(source)
    known: dict[int, set[str]] = {}
    for pk, keys in articles.items():
        rows = [source for key in keys for source in sources[key]]
        rewritten = [source for source in rows if source.relation == Source.Relation.REWRITES]
        texts = {source.publisher.strip() for source in rewritten or rows}
        # Of several that are cited, any may be the one.
        known[pk] = texts if all(texts) and (rewritten or len(texts) == 1) else set()
    return known


def _actors_named(texts: Collection[str], names: dict[str, str], at: datetime) -> dict[str, str]:
    """Return a key for each publisher: that of the one public actor with exactly this name, else its own."""
    rows = (
        ActorName.objects.filter(is_ambiguous=False, actor__in=Actor.objects.public(at).values("pk"))
        .annotate(folded=Lower("text"))
        .filter(folded__in=[text.lower() for text in texts])
        .select_related("actor")
    )
    actors: dict[str, dict[int, Actor]] = defaultdict(dict)
    for row in rows:
        actors[row.text.lower()][row.actor.pk] = row.actor
    keys = {}
    for text in texts:
        if len(actors[text.lower()]) == 1:
            keys[text] = _key(next(iter(actors[text.lower()].values())), names)
        else:
            keys[text] = f"publisher:{text.lower()}"
            names[keys[text]] = text
    return keys


def _told(count: Count, claims: Mapping[int, Assertion], names: Mapping[str, str]) -> Sources:
    origins = tuple(_origin(group, claims, names) for group in count.groups)
    described = [roots for roots in count.unnamed if roots[0].voice.speakers & names.keys()]
    others = [roots for roots in count.unnamed if roots not in described]
    uncertain = [Uncertain(_unnamed(roots[0].voice, names), _all_of(roots, claims)) for roots in described]
    if others:
        one, several = _UNKNOWN
        reason = one if len(others) == 1 else several.format(_number(len(others)))
        uncertain.append(Uncertain(reason, _all_of(sum(others, ()), claims)))
    return Sources(count.low, count.high, origins, tuple(uncertain))


def _origin(group: Sequence[Root], claims: Mapping[int, Assertion], names: Mapping[str, str]) -> Origin:
    own, taken = _claims_of(group, claims)
    voices = provenance.voices(group)
    speakers = tuple(_listed(voice.speakers, names) for voice in voices)
    shared = frozenset.intersection(*(voice.parties for voice in voices))
    if len(voices) == 1:
        together = len(voices[0].speakers) > 1
        explanation = _count_as_one(speakers[0], len(own), len(taken), together=together)
        is_plain = not together and len(own) == 1 and not taken
        return Origin(speakers[0], speakers, own, taken, explanation, is_plain)
    # The party behind all of them, rather than one who speaks in each.
    party = _listed(shared - voices[0].speakers or shared, names)
    several = _number(len(voices))
    explanation = (
        f"{several.capitalize()} voices{f' of {party}' if party else ' that share a speaker'} "
        f"({'; '.join(speakers)}) count as one source, and as {several} at most."
    )
    return Origin(party or speakers[0], speakers, own, taken, explanation, is_plain=False)


def _count_as_one(name: str, own: int, taken: int, *, together: bool) -> str:
    name = capital(name)
    if own == 1 and not taken:
        return f"{name} {'together are' if together else 'is'} one source."
    if own == 1:
        going = "claim that goes" if taken == 1 else "claims that go"
        return f"{name} and {_number(taken)} {going} back to {'them' if together else 'it'} count as one."
    again = f"{name} {'together speak' if together else 'speaks'} in {_number(own)} claims"
    if taken:
        going = "goes" if taken == 1 else "go"
        return f"{again}; with {_number(taken)} more that {going} back to these they count as one."
    return f"{again}, which count as one."


def _unnamed(voice: Voice, names: Mapping[str, str]) -> str:
    who = _listed(voice.speakers, names).removesuffix(",")
    return f"Not identified: {who}; that may or may not be an independent source."


def _all_of(roots: Sequence[Root], claims: Mapping[int, Assertion]) -> tuple[Assertion, ...]:
    own, taken = _claims_of(roots, claims)
    return (*own, *taken)


def _claims_of(
    roots: Sequence[Root], claims: Mapping[int, Assertion]
) -> tuple[tuple[Assertion, ...], tuple[Assertion, ...]]:
    own = {key for root in roots for key in root.claims}
    taken = {key for root in roots for key in root.takers} - own
    return (
        tuple(claims[key] for key in sorted(own) if key in claims),
        tuple(claims[key] for key in sorted(taken)),
    )


def _listed(keys: Iterable[str], names: Mapping[str, str]) -> str:
    return listed(sorted(names[key] for key in keys))


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
