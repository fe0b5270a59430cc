"""Claims in words."""

from django import template

from assertions import wording
from assertions.models import Answer, Assertion, Evidence, Review

register = template.Library()


@register.filter
def mark(subject: Assertion | Answer) -> wording.Mark:
    """Return the stance mark of an assertion or an answer."""
    return wording.mark(subject)


@register.filter
def sentence(assertion: Assertion) -> str:
    """Return the assertion as a sentence that says who does what."""
    return wording.sentence(assertion)


@register.filter
def in_short(assertion: Assertion) -> str:
    """Return the assertion as a list shows it beside its speaker."""
    return wording.title(assertion)


@register.filter
def grade_in_words(review: Review) -> str:
    """Return what an Admiralty grade means."""
    return wording.grade_in_words(review)


@register.filter
def attribution_in_words(review: Review) -> str:
    """Return whether the evidence carries the assertion."""
    return wording.attribution_in_words(review)


@register.filter
def departures_in_words(evidence: Evidence) -> str:
    """Return how the words of an evidence depart from the claim."""
    return wording.departures_in_words(evidence)
