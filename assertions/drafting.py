"""From the text of a revision to claims that can be proposed: each statement found, as the rows it would make."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from actors.models import Actor
from articles.models import Revision, Topic
from assertions.cast import Cast
from assertions.measuring import Measures
from assertions.models import Measure
from assertions.propositions import described, proposition
from assertions.suggestions.precision import precision_of
from assertions.suggestions.shapes import Statement
from assertions.suggestions.statements import find_statements
from assertions.vocabulary import Certainty, EventClass, ParticipantRole, QuantityKind, SpeechAct
from assertions.wording import capital, with_article
from cms.dates import parse

LONGEST = 2_000
"""Characters of a passage or of a claim; what is longer is no claim that somebody could decide on."""
_LONGEST_FIELD = 300
_AROUND = 400
"""Characters that source and cue may add to the passage of a content."""
_OF_NOUNS = frozenset(
    ["object", "object complement", "object with grounds", "passive", "preposition", "quoted phrase"]
)
_OF_QUOTATIONS = frozenset(["quotation"])
_AHEAD = (SpeechAct.PROMISES, SpeechAct.PREDICTS, SpeechAct.THREATENS)
_WORD = re.compile(r"[^\W_]+")
_OPEN = (SpeechAct.DOES_NOT_KNOW, SpeechAct.DECLINES, SpeechAct.EVADES, SpeechAct.QUESTIONS)
# Verbs that turn something down which nobody doubts.
_REFUSING = frozenset(["decline", "oppose", "refuse", "reject", "veto"])
# Where one part of a quotation ends and the next begins.
_JOINT = re.compile(r"[,]?[\"”]\s+[\"“]")
_AFTER_A_NOUN = re.compile(r",| (?:of|from|for|in|on|at|within|with)\b")
_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+)?$")
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
    def found(self) -> dict[str, str]:
        """What is kept of the passage, so that it is known again."""
        return {
            "speaker": self.speaker,
            "source": self.source_words,
            "content": self.content_words,
            "quoted": self.quoted,
        }


class Known:
    """What a newsroom knows that bears on one text: who is named in it, its topics, and what is counted."""

    def __init__(self, revision: Revision) -> None:
        self.cast = Cast(revision)
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
        revision.text, known.cast.mentions, actors=known.cast.for_rules(), published=_day_of(revision)
    )
    drafts: dict[str, Draft] = {}
    for statement in statements:
        draft = _draft(statement, revision.text, known)
        if draft is not None:
            drafts.setdefault(draft.key, draft)
    return list(drafts.values())


def _day_of(revision: Revision) -> date:
    """Return the day from which a text counts its days: what it bears, else when it became public, or was written."""
    if revision.dated and (first := parse(revision.dated).first):
        return first
    begun = revision.live.lower if revision.live is not None else None
    return (begun or revision.created_at).date()


def _draft(statement: Statement, text: str, known: Known) -> Draft | None:
    start, end = _passage(statement, text)
    if end - start > LONGEST:
        return None
    speaker = known.cast.actor(statement.speaker)
    said = _edtf(statement.said)
    act = statement.act if statement.act in SpeechAct.values else SpeechAct.STATES
    content = " ".join(part.text for part in statement.parts) or statement.content.text
    if not _can_be_told(statement, act, speaker):
        return None
    claim = proposition(
        _told(statement, text, speaker),
        act=act,
        negated=statement.negated,
        hedge=statement.hedge,
        condition=statement.condition,
        subject=_doer(statement, act, speaker, known),
        is_noun=statement.telling.form != "clause" and _is_noun(statement),
        telling=_telling(statement, text, speaker),
        form=statement.telling.form,
        is_event=statement.telling.cue not in _REFUSING,
    )
    if not claim or len(claim) > LONGEST or (claim.endswith("?") and act not in _OPEN):
        return None
    quantities, left = known.measures.rows(statement.quantities, content)
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
            "hedge": _fitting(statement.hedge),
            "condition": _fitting(statement.condition),
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


def _can_be_told(statement: Statement, act: str, speaker: Actor | None) -> bool:
    """Tell whether a reviewer could decide on a statement: it says something, and somebody who can speak said it."""
    telling = statement.telling
    least = 2 if telling.unknown or telling.form == "noun" else 1
    if telling.weight < least:
        return False
    if act == SpeechAct.DECLINES and statement.rule == "parataxis":
        return False
    if act in _OPEN and telling.form in ("fragment", "noun", "gerund"):
        return False
    if (
        act == SpeechAct.DECLINES
        and telling.form == "infinitive"
        and telling.cue not in ("decline", "refuse")
    ):
        return False
    return speaker is not None or statement.source is None or bool(_description(statement))


def _description(statement: Statement) -> str:
    return described(_fitting(statement.speaker_description))


def _told(statement: Statement, text: str, speaker: Actor | None) -> str:
    """Return the words that are told of a content, with the speaker's name for what surely stands for the speaker."""
    name = _name_of(speaker) if speaker else _shortly(_description(statement))
    words = [_renamed(statement, text, start, end, name) for start, end in statement.telling.pieces]
    return _JOINT.sub(" ", " ".join(words))


def _renamed(statement: Statement, text: str, start: int, end: int, name: str) -> str:
    words, at = [], start
    for standin in statement.telling.standins:
        if not (start <= standin.start and standin.end <= end) or not name:
            continue
        instead = standin.words or (_possessive(name) if standin.is_possessive else name)
        words += [text[at : standin.start], instead]
        at = standin.end
    return "".join([*words, text[at:end]])


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _shortly(description: str) -> str:
    """Return the name in a description of somebody ("Ada Vale" of "minister Ada Vale, 50"), else its first noun."""
    first = _AFTER_A_NOUN.split(description)[0]
    if _ARTICLE.match(first):
        return first[0].lower() + first[1:]
    named = _NAME.search(first)
    return named[0] if named else first


def _name_of(actor: Actor) -> str:
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


def _doer(statement: Statement, act: str, speaker: Actor | None, known: Known) -> str:
    """Return who would do what an infinitive or gerund speaks of: the last actor named before it, else who speaks."""
    content, cue = statement.content, statement.cue
    if act in (SpeechAct.DEMANDS, SpeechAct.ALLEGES):
        if cue is None or cue.end > content.start:
            return ""
        between = known.cast.named_in(cue.end, content.start)
        named = known.cast.actor(between[-1].actor) if between else None
        return _as_subject(named) if named else ""
    if speaker is not None:
        return _as_subject(speaker)
    return capital(_description(statement))


def _as_subject(actor: Actor) -> str:
    return capital(_name_of(actor))


def _is_noun(statement: Statement) -> bool:
    """Tell whether a content is no clause, by the rule that found it; of a quotation, by its first letter."""
    if statement.rule in _OF_NOUNS:
        return True
    first = statement.content.text.lstrip("“”\"‘’' ")[:1]
    return statement.rule in _OF_QUOTATIONS and first.islower()


def _telling(statement: Statement, text: str, speaker: Actor | None) -> str:
    """Return the words from source to content, the speaker named instead of the source; "" if they stand apart."""
    source, cue, content = statement.source, statement.cue, statement.content
    telling = statement.telling
    if source is None or cue is None:
        return ""
    if content.end <= cue.start < cue.end <= source.start:
        # "A withdrawal was reported by …"
        whole = text[content.start : source.end]
        return whole if statement.rule == "passive" and "\n" not in whole else ""
    if not source.end <= cue.start < cue.end <= content.start:
        return ""
    between = text[source.end : cue.start] + _renamed(statement, text, cue.start, content.end, "")
    if telling.past:
        between = f"{telling.past} {text[cue.end : content.end].strip()}"
    if "\n" in between or len(between) > len(content.text) + _AROUND:
        return ""
    subject = _as_subject(speaker) if speaker else capital(_description(statement))
    is_aside = between.startswith(",") and (
        ("," in source.text and speaker is None) or text[source.end : cue.start].count(",") > 1
    )
    return f"{subject}{between}" if is_aside else f"{subject} {between.lstrip(' ,)')}"


def _speakers(statement: Statement, speaker: Actor | None, said: str, known: Known) -> list[dict[str, Any]]:
    if speaker is None:
        words = _description(statement)
        return [{"description": words}] if words else []
    row = known.cast.as_speaker(speaker, statement.source, said)
    return [row | {"office": _fitting(row["office"])}]


def _participants(statement: Statement, known: Known) -> list[dict[str, Any]]:
    rows = []
    for role, slugs in (
        (ParticipantRole.SUBJECT, statement.subjects),
        (ParticipantRole.OBJECT, statement.objects),
    ):
        named = [known.cast.actors[slug] for slug in dict.fromkeys(slugs) if slug in known.cast.actors]
        rows += [
            {"role": role, "actor": actor, "position": position} for position, actor in enumerate(named, 1)
        ]
    return rows


def _relays(statement: Statement, speaker: Actor | None, known: Known) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    seen = {speaker.pk} if speaker else set()
    for relay in statement.relays:
        actor = known.cast.actor(relay.actor)
        described = _fitting(relay.description)
        if actor is not None and actor.pk not in seen:
            seen.add(actor.pk)
            rows.append({"actor": actor, "position": len(rows) + 1})
        elif actor is None and described:
            rows.append({"description": described, "position": len(rows) + 1})
    return rows


def _edtf(said: str) -> str:
    """Return a date if it is one that can be stored, else ""."""
    try:
        parse(said)
    except ValueError:
        return ""
    return said


def _fitting(words: str) -> str:
    """Return words on one line, "" if they are too long for their field: a part of them would say something else."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_FIELD else ""


def _words_of(text: str) -> str:
    return " ".join(word.casefold() for word in _WORD.findall(text))
