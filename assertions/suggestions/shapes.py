"""The shapes of what is found in a text. Positions count Unicode code points of the text as given, end exclusive."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: ``text`` stands at ``start``:``end``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class KnownActor:
    """What the resolution of speakers asks of an actor: its kind (``actors.models.ActorKind``) and the slug of the
    state it belongs to, or "".
    """

    kind: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Relayer:
    """Somebody through whom a statement came: an actor (slug), else described in the words of the text."""

    actor: str | None
    description: str


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A number within a content.

    A bound that is None is open; ``low_open`` ("more than") and ``high_open`` ("fewer than") exclude the bound itself.
    ``unit`` is the noun that is counted, or a unit of measurement or currency, as the text has it; "%" for a share.
    """

    span: Span
    low: Decimal | None
    high: Decimal | None
    low_open: bool
    high_open: bool
    is_approximate: bool
    unit: str


@dataclass(frozen=True, slots=True)
class Standin:
    """A word at ``start``:``end`` of the text that is told otherwise: by the name of the speaker, or, where
    ``words`` are given, by them; ``is_plain``: by them also where the speaker has no name.
    """

    start: int
    end: int
    is_possessive: bool = False
    words: str = ""
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """How a content can be told apart from its text.

    - ``pieces``: start and end of what is told; ``goes_on``: the content has more sentences than this one.
    - ``head``: its token in the parse, if it is a clause. ``form``: "clause", "question" ("how many died"),
      "infinitive", "gerund", "noun", else "fragment".
    - ``standins``: what is told otherwise; ``unknown``: the pronouns, in small letters, of which it is not sure whom
      they stand for.
    - ``weight``: how many nouns, names and numbers it holds.
    - ``past``: the past of a cue that has no time of its own, or "". ``cue``: the verb of the cue as the table has it.
    """

    pieces: tuple[tuple[int, int], ...]
    head: int | None
    form: str
    standins: tuple[Standin, ...]
    unknown: tuple[str, ...]
    weight: int
    goes_on: bool
    past: str
    cue: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One content that a text ascribes to a source.

    - ``source``, ``cue``: None where the text does not say it ("is expected to"; a bare quotation after another).
    - ``content``: one span from the first to the last word; ``parts`` are its pieces in order, where the source or the
      cue stands in between (one piece otherwise).
    - ``speaker``: the slug of the actor whom the source means, or None; ``speaker_description``: the words of the
      source, or, for a pronoun, of what it stands for; "" without a source.
    - ``act``: a value of ``assertions.vocabulary.SpeechAct``. ``quoted``: "direct", "indirect" or "mixed".
    - ``rule``: the rule that found it; ``precision.precision_of(rule)`` is how often it is right.
    - ``negated``: a negation inside the content. ``certainty``, ``event_class``: values of the vocabulary;
      ``event_class`` may be "". ``hedge``, ``condition``: words of the text, or "".
    - ``relays``: from the one nearest to the speaker to the outermost.
    - ``subjects``, ``objects``: slugs of actors named in the content, before and after its verb.
    - ``said``: EDTF, or "".
    - ``telling``: how its content can be told as a sentence.
    """

    source: Span | None
    cue: Span | None
    content: Span
    parts: tuple[Span, ...]
    speaker: str | None
    speaker_description: str
    act: str
    quoted: str
    rule: str
    hedge: str
    condition: str
    negated: bool
    certainty: str
    relays: tuple[Relayer, ...]
    event_class: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    said: str
    quantities: tuple[FoundQuantity, ...]
    telling: Telling
