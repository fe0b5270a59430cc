"""Claims in words, most of them by ``assertions.wording``, and where they stand."""

from django import template

from actors.models import Actor
from articles.models import Revision
from assertions import wording
from assertions.models import Anchor, Assertion
from assertions.suggestions.rule_names import example_of, label_of

register = template.Library()
register.filter("mark", wording.mark)
register.filter("sentence", wording.sentence)
register.filter("in_short", wording.title)
register.filter("bearing", wording.bearing)
register.filter("grade_in_words", wording.grade_in_words)
register.filter("attribution_in_words", wording.attribution_in_words)
register.filter("departures_in_words", wording.departures_in_words)
register.filter("rule_label", label_of)
register.filter("rule_example", example_of)


@register.filter
def in_sentence(actor: Actor) -> str:
    """Return the name of an actor as in a sentence: "the United Isles"."""
    return wording.with_article(actor.name, actor)


@register.filter
def stands_in(assertion: Assertion) -> list[Revision]:
    """Return the live revisions in which a claim stands, each once, as ``for_ledger`` fetches them."""
    found: dict[int, Revision] = {}
    for evidence in assertion.evidence.all():
        anchors: list[Anchor] = getattr(evidence, "live_anchors")  # noqa: B009 – a column of for_ledger
        found |= {anchor.revision_id: anchor.revision for anchor in anchors}
    return list(found.values())
