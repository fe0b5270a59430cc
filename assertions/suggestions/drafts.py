"""What a rule finds, in tokens of the tree, before it becomes a statement."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from actors.names import Found
from assertions.suggestions.acts import act_of_verb
from assertions.suggestions.clauses import Piece, cue_piece
from assertions.suggestions.cues import Cue
from assertions.suggestions.quotations import Quotation
from assertions.suggestions.shapes import KnownActor
from assertions.suggestions.tree import Tree


@dataclass(slots=True)
class Draft:
    """One content with its source and its cue; ``predicate`` is the head of the content, if the parse has one."""

    rule: str
    act: str
    pieces: list[Piece]
    source: Piece | None = None
    source_head: int | None = None
    cue: Piece | None = None
    cue_head: int | None = None
    predicate: int | None = None
    # The words that limit it and stand outside of the content ("reportedly", "is believed to").
    hedge: Piece | None = None
    # The report that cites the source.
    cited_by: "Draft | None" = None


@dataclass(slots=True)
class Reading:
    """A text as the rules read it.

    ``mention_at``: by token the mention of an actor it stands in. ``quotations`` in order, and by token the
    index of the one it stands in, or -1.
    """

    tree: Tree
    mention_at: Mapping[int, Found]
    actors: Mapping[str, KnownActor]
    quotations: list[Quotation]
    quoted: list[int]
    # Speech verbs with a subject and without a content so far: a quotation beside them may be it.
    waiting: list[Draft] = field(default_factory=list)

    @property
    def named(self) -> Set[int]:
        """The tokens within mentions of actors."""
        return self.mention_at.keys()


def draft_of(
    reading: Reading, rule: str, verb: int, cue: Cue, pieces: list[Piece], predicate: int | None
) -> Draft:
    """Return what a verb of the table ascribes, without its source yet."""
    tree = reading.tree
    act = act_of_verb(tree, verb, cue, predicate)
    return Draft(rule, act, pieces, cue=cue_piece(tree, verb), cue_head=verb, predicate=predicate)
