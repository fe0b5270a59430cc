"""What each rule is called before people, with an example of what it finds. The data keep the names of the rules."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleName:
    """A rule in words: its ``label``, and an ``example`` in which it finds a statement."""

    label: str
    example: str


RULES = {
    "according to": RuleName("According to somebody", "According to the ministry, the ships have left."),
    "adjective": RuleName(
        "Sure, confident, afraid that", "The envoy was confident that the ships would leave."
    ),
    "as somebody says": RuleName("As somebody puts it", "The ships have left, as the envoy put it."),
    "aside": RuleName(
        "Said, between commas at the end",
        "Two ships have left the harbour, the minister, Anna Berg, said on Monday.",
    ),
    "ccomp": RuleName("Said in a whole clause", "The minister said that the ships had left."),
    "citing": RuleName(
        "Citing somebody", "The ships have left, a newspaper reported, citing port officials."
    ),
    "colon": RuleName("Quoted after a colon", "The minister: “The ships have left.”"),
    "continued quotation": RuleName(
        "Quotation that goes on",
        "“The ships have left,” the minister said.\n“Nobody knows where they are now.”",
    ),
    "gerund": RuleName("Denied or admitted doing it", "The minister denied sending ships."),
    "headline": RuleName("Said in the headline", "Envoy calls departure of ships a mistake"),
    "hearsay": RuleName("Reportedly, allegedly", "The ships have reportedly left."),
    "in a view": RuleName("In somebody’s view", "In the minister’s view, the ships have left."),
    "infinitive": RuleName("Promised, urged, planned to", "The minister promised to send ships."),
    "not known": RuleName("Not known whether", "It is not known whether the ships have left."),
    "noun": RuleName("Somebody’s claim that", "The minister’s claim that the ships had left came late."),
    "object": RuleName("Confirmed, denied a thing", "The minister confirmed the departure of the ships."),
    "object complement": RuleName("Called it something", "The minister called the departure a mistake."),
    "object with grounds": RuleName(
        "Accused, thanked, blamed for", "The minister accused the port of letting ships leave."
    ),
    "parataxis": RuleName("Said, in the middle of a sentence", "The ships, the envoy said, have left."),
    "passive": RuleName("Is said, is expected to", "The ships are said to have left."),
    "preposition": RuleName("Warned of, called for", "The minister warned of a storm."),
    "quotation": RuleName("Quoted", "“Will the ships leave?” the minister asked."),
    "quotation after": RuleName(
        "Quoted after a sentence about somebody",
        "Anna Berg shook her head. “No ship will ever leave us behind again.”",
    ),
    "quoted phrase": RuleName(
        "Words quoted with a verb of saying",
        "The minister smiled and waved: “We sent no ships to anybody at all.”",
    ),
    "quoted words": RuleName(
        "Words quoted with another verb", "Anna Berg left with “a warm word for all those brave sailors”."
    ),
}
"""By the name that the data keep; the headings of nothing else depend on them."""


def label_of(rule: str) -> str:
    """Return what a rule is called; one that is gone from the table by its own name."""
    return RULES[rule].label if rule in RULES else rule


def example_of(rule: str) -> str:
    """Return a sentence in which a rule finds a statement; "" for one that is gone from the table."""
    return RULES[rule].example if rule in RULES else ""
