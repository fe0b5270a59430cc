"""The controlled vocabularies of assertions: one class a question, in the field's own terms."""

from django.db.models import TextChoices


class SpeechAct(TextChoices):
    """What was done in saying it."""

    STATES = "states", "states"
    ALLEGES = "alleges", "alleges"
    DENIES = "denies", "denies"
    CONFIRMS = "confirms", "confirms"
    DECLINES = "declines", "declines to comment"
    EVADES = "evades", "evades"
    DOES_NOT_KNOW = "does_not_know", "does not know"
    THREATENS = "threatens", "threatens"
    DEMANDS = "demands", "demands"
    PROMISES = "promises", "promises"
    PREDICTS = "predicts", "predicts"
    QUESTIONS = "questions", "questions"


class Polarity(TextChoices):
    """Whether the saying puts the proposition forward or against, derived from act and negation."""

    AFFIRMATIVE = "affirmative", "affirmative"
    NEGATIVE = "negative", "negative"
    OPEN = "open", "neither affirmed nor denied"


class Certainty(TextChoices):
    """How firmly the speaker commits to it, after FactBank (Saurí and Pustejovsky 2009)."""

    CERTAIN = "certain", "certain"
    PROBABLE = "probable", "probable"
    POSSIBLE = "possible", "possible"
    UNDERSPECIFIED = "underspecified", "underspecified"


class EventClass(TextChoices):
    """The event types of PLOVER (Political Language Ontology for Verifiable Event Records)."""

    AGREE = "agree", "agree"
    CONSULT = "consult", "consult"
    SUPPORT = "support", "support"
    CONCEDE = "concede", "concede"
    COOPERATE = "cooperate", "cooperate"
    AID = "aid", "aid"
    RETREAT = "retreat", "retreat"
    REQUEST = "request", "request"
    ACCUSE = "accuse", "accuse"
    REJECT = "reject", "reject"
    THREATEN = "threaten", "threaten"
    PROTEST = "protest", "protest"
    SANCTION = "sanction", "sanction"
    MOBILIZE = "mobilize", "mobilize"
    COERCE = "coerce", "coerce"
    ASSAULT = "assault", "assault"


class ParticipantRole(TextChoices):
    """The part an actor has in the proposition, or in the saying of it."""

    SUBJECT = "subject", "subject"
    OBJECT = "object", "object"
    ADDRESSEE = "addressee", "addressee"


class DateKind(TextChoices):
    """The dates of an assertion that sources can give differently."""

    HAPPENED = "happened", "happened"
    SAID = "said", "said"
    PUBLISHED = "published", "published"


class Departure(TextChoices):
    """How the words of the evidence depart from the claim as it was made."""

    HEDGE = "hedge", "hedge dropped or added"
    CONDITION = "condition", "condition dropped or added"
    SPEAKER = "speaker", "another speaker"
    NUMBER = "number", "another number"
    DATE = "date", "another date"
    NAME = "name", "another name"
    POLARITY = "polarity", "turned into its opposite"


class AnchorStatus(TextChoices):
    """What became of a quotation in another revision of its article."""

    EXACT = "exact", "exact"
    MOVED = "moved", "moved"
    AMBIGUOUS = "ambiguous", "ambiguous"
    LOST = "lost", "lost"


class LinkType(TextChoices):
    """How one assertion bears on another."""

    CONTRADICTS = "contradicts", "contradicts"
    DENIES = "denies", "denies"
    CORROBORATES = "corroborates", "corroborates"
    REPEATS = "repeats", "repeats"
    UPDATES = "updates", "updates"
    DERIVES_FROM = "derives_from", "derives from"


class DenialAspect(TextChoices):
    """What a denial is aimed at."""

    FACT = "fact", "the fact"
    PROOF = "proof", "the proof"
    SOURCE = "source", "the source"
    LEGALITY = "legality", "the legality"
    PART = "part", "a part"


class Stance(TextChoices):
    """The answer that an assertion gives to a question."""

    AFFIRMS = "affirms", "affirms"
    CONFIRMS = "confirms", "confirms"
    DENIES = "denies", "denies"
    DECLINES = "declines", "declines"
    EVADES = "evades", "evades"
    DOES_NOT_KNOW = "does_not_know", "does not know"
    CONDITIONAL = "conditional", "conditional"


class QuantityKind(TextChoices):
    """What sort of number it is."""

    TOTAL = "total", "total so far"
    STOCK = "stock", "at one time"
    RATE = "rate", "rate"
    SHARE = "share", "share"
    FORECAST = "forecast", "forecast"


class Verdict(TextChoices):
    """What a review decides."""

    ACCEPT = "accept", "accepted"
    DISPUTE = "dispute", "disputed"
    REJECT = "reject", "rejected"
    REOPEN = "reopen", "reopened"


class Attribution(TextChoices):
    """Whether the evidence carries the assertion."""

    CARRIED = "carried", "the evidence carries it"
    PARTLY = "partly", "the evidence carries a part"
    NOT_CARRIED = "not_carried", "the evidence does not carry it"


class SourceReliability(TextChoices):
    """NATO Admiralty code, first part (AJP-2.1)."""

    A = "A", "A: completely reliable"
    B = "B", "B: usually reliable"
    C = "C", "C: fairly reliable"
    D = "D", "D: not usually reliable"
    E = "E", "E: unreliable"
    F = "F", "F: reliability cannot be judged"


class InformationCredibility(TextChoices):
    """NATO Admiralty code, second part (AJP-2.1)."""

    CONFIRMED = "1", "1: confirmed by other sources"
    PROBABLY_TRUE = "2", "2: probably true"
    POSSIBLY_TRUE = "3", "3: possibly true"
    DOUBTFUL = "4", "4: doubtful"
    IMPROBABLE = "5", "5: improbable"
    CANNOT_BE_JUDGED = "6", "6: truth cannot be judged"


class ProposalState(TextChoices):
    """What became of a link that was proposed."""

    OPEN = "open", "open"
    TAKEN = "taken", "taken"
    REFUSED = "refused", "refused"
