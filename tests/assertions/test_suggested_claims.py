"""What becomes of a statement as a suggestion: a sentence that stands by itself, from somebody who can speak."""

import pytest

from actors.models import Actor, ActorKind
from articles.models import Article
from assertions import actions
from assertions.models import Assertion
from assertions.reviewing.queue import in_order
from tests.factories import make_actor, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(ada: Actor, boris: Actor, vesta: Actor) -> list[Actor]:
    """Known to the table: the people Ada Vale and Boris Klint, the state Vesta, and a ministry of it."""
    ministry = make_actor("Ministry of Ports", kind=ActorKind.PUBLIC_BODY, country=vesta)
    return [ada, boris, vesta, ministry]


def suggested(*paragraphs: str) -> list[Assertion]:
    """Return what is suggested of an article with some paragraphs, in the order of its text."""
    article: Article = make_article("Ships", *paragraphs)
    actions.store_suggestions(article.pk)
    found = Assertion.objects.filter(suggestion__article=article)
    return list(found.order_by("evidence__start", "pk"))


def claims(*paragraphs: str) -> list[str]:
    return [row.claim for row in suggested(*paragraphs)]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Vesta says that it has sold nine ships.", "Vesta has sold nine ships."),
        ("Ada Vale said that her ministry had sold ships.", "Ada Vale’s ministry had sold ships."),
        ("Ada Vale said: “I sold two ships in March.”", "Ada Vale sold two ships in March."),
        ("“I know the ships and their captains,” Ada Vale said.", "Ada Vale knows the ships and their captains."),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("cast")
def test_a_pronoun_that_surely_means_the_speaker_is_told_by_the_name(text: str, claim: str) -> None:
    assert claims(text) == [claim]


@pytest.mark.usefixtures("cast")
def test_of_a_pronoun_that_is_not_sure_the_reviewer_is_told() -> None:
    (found,) = suggested("Sailors said that they had seen nine ships near the port.")
    assert "“they”" in found.note and "not sure" in found.note


@pytest.mark.parametrize(
    "text",
    [
        "Ada Vale said that it works.",
        "Ada Vale said that there was one.",
        "Sailors said that they talked.",
        "Ada Vale declined to comment.",
        "The press asked Ada Vale about it.",
    ],
)
@pytest.mark.usefixtures("cast")
def test_what_says_nothing_by_itself_is_not_suggested(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "One said that the ships had left the port.",
        "No evidence suggests that the ships had left the port.",
        "Our information indicates that the ships had left the port.",
    ],
)
@pytest.mark.usefixtures("cast")
def test_who_cannot_speak_is_no_speaker(text: str) -> None:
    assert claims(text) == []


@pytest.mark.usefixtures("cast")
def test_of_a_long_quotation_the_first_sentence_that_stands_is_told() -> None:
    (found,) = suggested("Ada Vale said: “The port is closed to ships. Nobody sails from it in winter.”")
    assert found.claim == "The port is closed to ships."
    assert "read on" in found.note


@pytest.mark.usefixtures("cast")
def test_a_negation_of_a_passive_is_told_apart() -> None:
    (found,) = suggested("Ada Vale said that no treaty had been signed.")
    assert (found.claim, found.negated) == ("A treaty had been signed.", True)


@pytest.mark.usefixtures("cast")
def test_a_denial_of_reports_is_no_denial_that_they_are_false() -> None:
    (found,) = suggested("The reports of the sale are false, Ada Vale said.")
    assert (found.act, found.claim) == ("denies", "The reports of the sale are true.")


@pytest.mark.usefixtures("cast")
def test_a_day_is_that_of_saying_and_not_of_what_stands_beside_it() -> None:
    (found,) = suggested(
        "Ada Vale, who was elected in May 2021, said on 3 June 2024 that ships had left the port."
    )
    assert found.said == "2024-06-03"


@pytest.mark.usefixtures("cast")
def test_what_somebody_goes_on_to_say_was_said_on_the_same_day() -> None:
    days = [
        row.said
        for row in suggested(
            "Ada Vale said on 3 June 2024 that ships had left the port. She added that the harbour was closed."
        )
    ]
    assert days == ["2024-06-03", "2024-06-03"]


@pytest.mark.usefixtures("cast")
def test_where_no_day_is_told_the_reviewer_learns_why_there_is_none() -> None:
    (found,) = suggested("Ada Vale said that ships had left the port.")
    assert found.said == "" and "No day" in found.note


@pytest.mark.usefixtures("cast")
def test_whose_speaker_is_known_is_decided_first() -> None:
    suggested("Carla Moor said that ships had left the port.", "Ada Vale said that the harbour was closed.")
    queue = in_order(Assertion.objects.undecided())
    assert [row.claim for row in queue] == ["The harbour was closed.", "Ships had left the port."]
