"""What is not settled about an assertion before it is decided: shown first, since everything else may rest on it."""

from collections.abc import Iterable
from dataclasses import dataclass

from actors.models import Actor
from assertions.models import Assertion, Speaker
from assertions.reviewing.candidates import candidates

UNSURE = 0.75
"""The measured precision below which a rule is called often wrong: one in four of what it finds is not so."""


@dataclass(frozen=True, slots=True)
class OpenSpeaker:
    """A speaker who is described and not identified, and the actors who may be meant, none if nobody knows."""

    speaker: Speaker
    candidates: list[Actor]


def open_speakers(assertion: Assertion, revisions: Iterable[int]) -> list[OpenSpeaker]:
    """Return the speakers of an assertion without an actor, with those whom the names in the quoted texts may mean.

    ``revisions`` are the keys of the quoted texts; ``speakers`` may be prefetched.
    """
    described = [speaker for speaker in assertion.speakers.all() if speaker.actor is None]
    if not described:
        return []
    slugs = candidates([speaker.description for speaker in described], list(revisions))
    actors = {
        actor.slug: actor
        for actor in Actor.objects.filter(slug__in={slug for found in slugs.values() for slug in found})
    }
    return [
        OpenSpeaker(speaker, [actors[slug] for slug in slugs[speaker.description] if slug in actors])
        for speaker in described
    ]


def doubts(assertion: Assertion, *, is_quoted: bool) -> list[str]:
    """Return what else is uncertain about an assertion, in sentences; ``is_quoted`` tells that it has any evidence."""
    found = []
    if not is_quoted:
        found.append("It rests on no evidence yet: nobody can tell whether it was said.")
    if not assertion.said:
        found.append("Nobody knows when it was said.")
    if assertion.proposed_rule and not assertion.speakers.all():
        found.append("No speaker was found: as it stands, it is the article’s own voice.")
    if assertion.confidence is not None and assertion.confidence < UNSURE:
        found.append("The rule that found it is often wrong.")
    if assertion.proposed_rule:
        # The form beside has no counts: who accepts the claim accepts them too.
        for count in assertion.quantities.select_related("measure"):
            found.append(f"A rule takes it as a count of “{count.measure}”: {count}.")
        if assertion.note:
            found.append(assertion.note)
    return found
