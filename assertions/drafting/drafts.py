"""From the text of a revision to claims that can be proposed: each statement found, as the rows it would make."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from actors.models import Actor
from articles.dating import day_of
from articles.models import Revision, Topic
from assertions.drafting.claims import LONGEST, claim_of, description_of, fitting, told_quantities
from assertions.drafting.echoes import without_echoes
from assertions.drafting.measuring import Measures
from assertions.drafting.named import Named
from assertions.models import Measure
from assertions.suggestions.precision import precision_of
from assertions.suggestions.shapes import Statement
from assertions.suggestions.statements import find_statements
from assertions.vocabulary import Certainty, EventClass, ParticipantRole, QuantityKind, SpeechAct
from assertions.wording import with_article
from cms.dates import parse

_AROUND = 400
"""Characters that source and cue may add to the passage of a content."""
_AHEAD = (SpeechAct.PROMISES, SpeechAct.PREDICTS, SpeechAct.THREATENS)
_WORD = re.compile(r"[^\W_]+")
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim that a rule proposes for the words ``start``:``end`` of a text; the rows are those of its models."""

    start: int
    end: int
    speaker: str
    source_words: str
    content_words: str
    quoted: str
    fields: dict[str, Any]
    speakers: list[dict[str, Any]]
    participants: list[dict[str, Any]]
    relays: list[dict[str, Any]]
    quantities: list[dict[str, Any]]
    topics: list[Topic]

    @property
    def key(self) -> str:
        """A digest that tells the passage from others of its article, however often it is found."""
        told = json.dumps([self.speaker or self.source_words, self.content_words], ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def claim(self) -> str:
        return str(self.fields["claim"])

    @property
    def stance(self) -> tuple[str, bool]:
        """What is done with the claim: the speech act, and whether it is negated."""
        return self.fields["act"], self.fields["negated"]

    @property
    def voice(self) -> str:
        """Who speaks: a slug, else a description in small letters; "" for the voice of the article."""
        return _voice(self.speakers[0]) if self.speakers else ""

    @property
    def through(self) -> frozenset[str]:
        """Through whom it came, as ``voice`` tells who speaks."""
        return frozenset(map(_voice, self.relays))

    @property
    def found(self) -> dict[str, str]:
        """What is kept of the passage, so that it is known again."""
        return {
            "speaker": self.speaker,
            "source": self.source_words,
            "content": self.content_words,
            "quoted": self.quoted,
        }


def _voice(row: dict[str, Any]) -> str:
    return row["actor"].slug if row.get("actor") else str(row.get("description", "")).casefold()


class Known:
    """What a newsroom knows that bears on one text: who is named in it, its topics, and what is counted."""

    def __init__(self, revision: Revision) -> None:
        self.named = Named(revision)
        self.called = {slug: called(actor) for slug, actor in self.named.actors.items()}
        self.measures = Measures(Measure.objects.all())
        self._own_topics = list(revision.topics.filter(merged_into=None))
        every = Topic.objects.filter(merged_into=None)
        self._by_name = [(topic, _named(topic)) for topic in every]

    def topics(self, content: str) -> list[Topic]:
        """Return the topics of the text, and those whose names stand in a content."""
        found = {topic.pk: topic for topic in self._own_topics}
        found |= {topic.pk: topic for topic, named in self._by_name if named.search(content)}
        return [found[key] for key in sorted(found)]


def _named(topic: Topic) -> re.Pattern[str]:
    """Return what finds a topic by its name or a part of it ("visits" of "Summits and visits"), in either number."""
    parts = [part.strip() for part in re.split(r"\band\b|,", topic.name) if part.strip()]
    stems = [re.escape(part.removesuffix("s") if len(part) > 4 else part) for part in parts]
    return re.compile(rf"\b(?:{'|'.join(stems) or '(?!)'})(?:e?s)?\b", re.IGNORECASE)


def drafts_of(revision: Revision) -> list[Draft]:
    """Return what the rules find in a text, in its order; each passage of a speaker once.

    It loads the language model: for workers and commands, never for a request.
    """
    known = Known(revision)
    statements = find_statements(
        revision.text, known.named.mentions, actors=known.named.for_rules(), published=day_of(revision)
    )
    drafts: dict[str, Draft] = {}
    for statement in statements:
        draft = _draft(statement, revision.text, known)
        if draft is not None:
            drafts.setdefault(draft.key, draft)
    return without_echoes(list(drafts.values()))


def _draft(statement: Statement, text: str, known: Known) -> Draft | None:
    start, end = _passage(statement, text)
    if end - start > LONGEST:
        return None
    speaker = known.named.actor(statement.speaker)
    said = _edtf(statement.said)
    act = statement.act
    content = " ".join(part.text for part in statement.parts) or statement.content.text
    claim = claim_of(statement, text, known.called, known.named.mentions)
    if not claim:
        return None
    quantities, left = known.measures.rows(told_quantities(statement), content)
    for row in quantities:
        row |= {"kind": QuantityKind.FORECAST if act in _AHEAD else QuantityKind.TOTAL, "as_of": said}
    return Draft(
        start=start,
        end=end,
        speaker=speaker.slug if speaker else "",
        source_words=_words_of(statement.source.text if statement.source else ""),
        content_words=_words_of(content),
        quoted=statement.quoted,
        fields={
            "claim": claim,
            "act": act,
            "negated": statement.negated,
            "event_class": statement.event_class if statement.event_class in EventClass.values else "",
            "certainty": (
                statement.certainty if statement.certainty in Certainty.values else Certainty.UNDERSPECIFIED
            ),
            "hedge": fitting(statement.hedge),
            "condition": fitting(statement.condition),
            "said": said,
            "note": _note(statement, said, left),
            "proposed_rule": statement.rule,
            "confidence": precision_of(statement.rule),
        },
        speakers=_speakers(statement, speaker, said, known),
        participants=_participants(statement, known),
        relays=_relays(statement, speaker, known),
        quantities=quantities,
        topics=known.topics(content),
    )


def _passage(statement: Statement, text: str) -> tuple[int, int]:
    """Return the words that carry a statement: its content, with source and cue if they stand near it."""
    start, end = statement.content.start, statement.content.end
    near = [span for span in (statement.cue, statement.source) if span is not None]
    first, last = min([start, *(span.start for span in near)]), max([end, *(span.end for span in near)])
    if last - first <= end - start + _AROUND and not _PARAGRAPH.search(
        text[first:start] + " " + text[end:last]
    ):
        return first, last
    return start, end


def called(actor: Actor) -> str:
    """Return the name of an actor within a sentence, without what tells it from others of the same name."""
    return with_article(actor.name.partition(" (")[0], actor)


def _note(statement: Statement, said: str, numbers: list[str]) -> str:
    """Return what a reviewer has to look up, since the words do not tell it."""
    telling = statement.telling
    unknown = " and ".join(f"“{word}”" for word in telling.unknown)
    stand = "stands" if len(telling.unknown) == 1 else "stand"
    told = [
        f"Numbers in the words: {', '.join(numbers)}." if numbers else "",
        f"What {unknown} {stand} for is not sure." if unknown else "",
        "Only a part of the words is told: read on in the passage." if telling.goes_on else "",
        "" if said else "No day of saying stands beside the words.",
    ]
    return " ".join(filter(None, told))


def _speakers(statement: Statement, speaker: Actor | None, said: str, known: Known) -> list[dict[str, Any]]:
    if speaker is None:
        words = description_of(statement)
        return [{"description": words}] if words else []
    row = known.named.as_speaker(speaker, statement.source, said)
    return [row | {"office": fitting(row["office"])}]


def _participants(statement: Statement, known: Known) -> list[dict[str, Any]]:
    rows = []
    for role, slugs in (
        (ParticipantRole.SUBJECT, statement.subjects),
        (ParticipantRole.OBJECT, statement.objects),
    ):
        named = [known.named.actors[slug] for slug in dict.fromkeys(slugs) if slug in known.named.actors]
        rows += [
            {"role": role, "actor": actor, "position": position} for position, actor in enumerate(named, 1)
        ]
    return rows


def _relays(statement: Statement, speaker: Actor | None, known: Known) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    seen = {speaker.pk} if speaker else set()
    voices = {description_of(statement).casefold(), statement.speaker_description.casefold()}
    for relay in statement.relays:
        actor = known.named.actor(relay.actor)
        described = fitting(relay.description)
        if actor is not None and actor.pk not in seen:
            seen.add(actor.pk)
            rows.append({"actor": actor, "position": len(rows) + 1})
        elif actor is None and described and described.casefold() not in voices:
            rows.append({"description": described, "position": len(rows) + 1})
    return rows


def _edtf(said: str) -> str:
    """Return a date if it is one that can be stored, else ""."""
    try:
        parse(said)
    except ValueError:
        return ""
    return said


def _words_of(text: str) -> str:
    return " ".join(word.casefold() for word in _WORD.findall(text))
