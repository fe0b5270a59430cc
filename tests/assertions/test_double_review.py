"""Blind double review: two decide without sight of each other, a third settles what they differ in."""

import re
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from articles.models import Topic
from assertions import actions
from assertions.models import Assertion, Opinion, Review
from assertions.reviewing.double_review import common_decision, to_settle
from assertions.reviewing.queue import waiting
from assertions.vocabulary import InformationCredibility, SourceReliability
from cms.models import User
from tests.assertions.desk_cast import ACCEPT, REJECT, decide, make_double, make_suggestion, make_waiting
from tests.staff import make_staff, sent, signed_in
from tests.threads import at_once

SECRET = "Anna alone knows this."
PASSING = re.compile(r'(?:name="csrfmiddlewaretoken" value|nonce)="[^"]*"')


@pytest.fixture
def topic(db: None) -> Topic:
    return make_double()


@pytest.fixture
def assertion(topic: Topic) -> Assertion:
    return make_waiting("Ships left.", topics=[topic])


@pytest.fixture
def anna(db: None) -> User:
    return make_staff("reviewer", "anna")


@pytest.fixture
def ben(db: None) -> User:
    return make_staff("reviewer", "ben")


@pytest.fixture
def carla(db: None) -> User:
    return make_staff("reviewer", "carla")


def refusal(assertion: Assertion, by: User, **decision: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        decide(assertion, by, **decision)
    return " ".join(refused.value.messages)


# Two that agree


def test_one_opinion_decides_nothing(assertion: Assertion, anna: User) -> None:
    assert isinstance(decide(assertion, anna), Opinion)
    assert not Review.objects.exists()
    assert assertion in Assertion.objects.undecided()


def test_two_that_agree_decide_and_the_review_keeps_both(assertion: Assertion, anna: User, ben: User) -> None:
    first = decide(assertion, anna, **ACCEPT, reason="As quoted.")
    made = decide(assertion, ben, **ACCEPT, reason="Two wires have it.")
    assert isinstance(made, Review)
    assert (made.verdict, made.attribution, made.grade) == ("accept", "carried", "B2")
    assert made.reason == "As quoted.\n\nTwo wires have it."
    assert [opinion.decided_by for opinion in made.opinions.all()] == [anna, ben]
    assert first in made.opinions.all()
    assert assertion in Assertion.objects.public()


def test_of_two_grades_the_more_reserved_one_holds(assertion: Assertion, anna: User, ben: User) -> None:
    decide(assertion, anna, **ACCEPT | {"source_reliability": "A", "information_credibility": "6"})
    made = decide(assertion, ben, **ACCEPT | {"source_reliability": "F", "information_credibility": "1"})
    assert made.grade == "F6"


def test_the_more_reserved_grade_is_the_same_whoever_comes_first() -> None:
    letters, numbers = SourceReliability.values, InformationCredibility.values
    for a, b in product(product(letters, numbers), repeat=2):
        opinions = [
            Opinion(verdict="accept", source_reliability=letter, information_credibility=number)
            for letter, number in (a, b)
        ]
        decision = common_decision(opinions)
        assert decision == common_decision(opinions[::-1])
        assert decision["source_reliability"] == letters[max(letters.index(a[0]), letters.index(b[0]))]
        assert decision["information_credibility"] == numbers[max(numbers.index(a[1]), numbers.index(b[1]))]


def test_a_reviewer_has_one_opinion(assertion: Assertion, anna: User) -> None:
    decide(assertion, anna)
    assert "You have given your opinion" in refusal(assertion, anna)
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.create(assertion=assertion, decided_by=anna, **ACCEPT)


@pytest.mark.django_db(transaction=True)
def test_two_opinions_at_once_make_one_review() -> None:
    assertion = make_waiting("Ships left.", topics=[make_double()])
    reviewers = [make_staff("reviewer", name) for name in ("anna", "ben")]
    results = at_once(*(lambda reviewer=reviewer: decide(assertion, reviewer) for reviewer in reviewers))
    assert sorted(type(result).__name__ for result in results) == ["Opinion", "Review"]
    assert Review.objects.get().opinions.count() == 2


# Two that differ


@pytest.mark.parametrize("second", [REJECT, ACCEPT | {"attribution": "partly"}])
def test_two_that_differ_go_to_a_third_who_decides(
    assertion: Assertion, anna: User, ben: User, carla: User, second: dict[str, str]
) -> None:
    decide(assertion, anna)
    assert isinstance(decide(assertion, ben, **second), Opinion)
    assert assertion in Assertion.objects.undecided()
    assert list(waiting(carla)) == [assertion]
    assert list(waiting(anna)) == list(waiting(ben)) == []
    made = decide(assertion, carla, **ACCEPT | {"source_reliability": "C"})
    assert isinstance(made, Review)
    assert (made.decided_by, made.grade, made.opinions.count()) == (carla, "C2", 2)


def test_the_third_is_none_of_the_two(assertion: Assertion, anna: User, ben: User) -> None:
    decide(assertion, anna)
    decide(assertion, ben, **REJECT)
    for reviewer in (anna, ben):
        assert "Somebody else settles it" in refusal(assertion, reviewer)


def test_the_third_reads_both_unsigned_and_nobody_else_does(
    assertion: Assertion, anna: User, ben: User, carla: User
) -> None:
    decide(assertion, anna, **ACCEPT, reason=SECRET)
    assert to_settle(assertion, ben) == to_settle(assertion, carla) == []
    decide(assertion, ben, **REJECT)
    read = to_settle(assertion, carla)
    assert [(opinion.verdict, opinion.grade, opinion.reason) for opinion in read] == [
        ("accepted", "B2", SECRET),
        ("rejected", "", REJECT["reason"]),
    ]
    assert "anna" not in str(read) and "ben" not in str(read)
    assert to_settle(assertion, anna) == to_settle(assertion, ben) == []


def test_the_order_of_the_two_tells_nothing(topic: Topic, anna: User, ben: User, carla: User) -> None:
    one, other = (make_waiting(words, topics=[topic]) for words in ("One.", "Other."))
    decide(one, anna)
    decide(one, ben, **REJECT)
    decide(other, ben, **REJECT)
    decide(other, anna)
    assert to_settle(one, carla) == to_settle(other, carla)


# What it does not hold for, and what ends it


def test_other_topics_and_none_are_decided_by_one(anna: User) -> None:
    assert isinstance(decide(make_waiting("Goods were sent."), anna), Review)


def test_an_edited_claim_needs_two_opinions_anew(
    assertion: Assertion, anna: User, ben: User, carla: User
) -> None:
    decide(assertion, anna)
    Assertion.objects.filter(pk=assertion.pk).update(claim="Two ships left.")
    assert isinstance(decide(assertion, ben), Opinion), "the opinion on the older wording does not count"
    made = decide(assertion, anna)
    assert isinstance(made, Review)
    assert sorted(opinion.decided_by.username for opinion in made.opinions.all()) == ["anna", "ben"]
    assert Opinion.objects.filter(review=None).count() == 1, "on the older wording"


def test_when_the_topic_asks_for_one_again_the_next_decision_holds(
    assertion: Assertion, topic: Topic, anna: User, ben: User
) -> None:
    decide(assertion, anna, **REJECT)
    topic.needs_double_review = False
    topic.save()
    made = decide(assertion, ben)
    assert isinstance(made, Review)
    assert made.verdict == "accept" and made.opinions.count() == 1


def test_what_two_decided_one_does_not_overturn_but_can_reopen(
    assertion: Assertion, anna: User, ben: User, carla: User
) -> None:
    decide(assertion, anna)
    decide(assertion, ben)
    assert "Reopen it, and two decide anew" in refusal(assertion, carla, **REJECT)
    decide(assertion, carla, verdict="reopen", reason="A new report.")
    assert isinstance(decide(assertion, anna, **REJECT), Opinion)
    assert isinstance(decide(assertion, ben, **REJECT), Review)


def test_reopening_what_is_open_does_not_reset_the_opinions(
    assertion: Assertion, anna: User, ben: User
) -> None:
    decide(assertion, anna)
    assert "open already" in refusal(assertion, ben, verdict="reopen")
    assert isinstance(decide(assertion, ben), Review)


def test_undoing_what_two_decided_opens_it_for_two_opinions(
    assertion: Assertion, anna: User, ben: User
) -> None:
    decide(assertion, anna)
    made = decide(assertion, ben)
    assert isinstance(made, Review)
    assert actions.undo(made, ben).verdict == "reopen"
    assert isinstance(decide(assertion, anna), Opinion)


def test_four_eyes_and_reasons_hold_for_opinions_too(topic: Topic, anna: User) -> None:
    own = make_waiting("Ships left.", anna, topics=[topic])
    assert "somebody else accepts it" in refusal(own, anna)
    suggested = make_suggestion("Goods were sent.", topics=[topic])
    assert "Say why" in refusal(suggested, anna, verdict="reject")
    assert not Opinion.objects.exists()


def test_an_opinion_is_neither_changed_nor_erased(assertion: Assertion, anna: User) -> None:
    opinion = decide(assertion, anna)
    for act in (
        lambda: Opinion.objects.filter(pk=opinion.pk).update(verdict="reject"),
        lambda: Opinion.objects.filter(pk=opinion.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


# What others see


def as_read(client: Client, page: str) -> str:
    """Return a page without what differs each time it is asked for."""
    response = client.get(page, follow=True)
    assert response.status_code in (200, 403), page
    return PASSING.sub("", response.content.decode())


@pytest.mark.parametrize("group", ["reviewer", "editor", "reporter", "admin"])
def test_no_page_differs_after_the_first_opinion(assertion: Assertion, anna: User, group: str) -> None:
    other = signed_in(make_staff(group, "other"))
    pages = [
        reverse("admin:assertions_assertion_change", args=[assertion.pk]),
        reverse("admin:assertions_assertion_history", args=[assertion.pk]),
        reverse("admin:assertions_assertion_changelist"),
        reverse("admin:assertions_review_changelist"),
        reverse("admin:desk"),
        reverse("admin:desk_queue"),
        reverse("admin:index"),
    ]
    before = {page: as_read(other, page) for page in pages}
    decide(assertion, anna, **ACCEPT, reason=SECRET)
    for page in pages:
        assert as_read(other, page) == before[page], page


def test_an_editor_asks_for_two_reviewers_on_the_form_of_a_topic(topic: Topic) -> None:
    page = signed_in(make_staff("editor")).get(reverse("admin:articles_topic_change", args=[topic.pk]))
    assert 'name="needs_double_review"' in page.content.decode()


# Ways around it


def test_a_reviewer_cannot_take_the_topic_away_that_asks_for_two(
    assertion: Assertion, topic: Topic, anna: User
) -> None:
    decide(assertion, anna)
    with pytest.raises(ValidationError) as refused:
        actions.edit_and_review(
            assertion,
            make_staff("reviewer", "dora"),
            claim_version=assertion.claim_version,
            edit=actions.Edit(fields={}, topics=[]),
            **REJECT,
        )
    assert refused.value.message_dict == {
        "topics": ["“Sanctions” asks for two reviewers: only an editor takes it away."]
    }
    assert topic in assertion.topics.all()
    assert not Review.objects.exists()


def test_nor_by_the_form_of_the_assertion(assertion: Assertion, topic: Topic, anna: User) -> None:
    client = signed_in(anna)
    change = reverse("admin:assertions_assertion_change", args=[assertion.pk])
    answer = client.post(change, sent(client.get(change), topics=[]))
    assert "only an editor takes it away" in answer.content.decode()
    assert topic in assertion.topics.all()


def test_an_editor_takes_the_topic_away(assertion: Assertion) -> None:
    edit = actions.Edit(fields={}, topics=[])
    actions.edit_claim(assertion, make_staff("editor"), claim_version=assertion.claim_version, edit=edit)
    assert not assertion.topics.exists()


@pytest.mark.parametrize("group", ["reporter", "editor", "reviewer", "admin"])
def test_no_page_of_deleting_tells_an_opinion(assertion: Assertion, anna: User, group: str) -> None:
    decide(assertion, anna, **REJECT)
    client = signed_in(make_staff(group, f"{group}-2"))
    page = client.get(reverse("admin:assertions_assertion_delete", args=[assertion.pk])).content.decode()
    several = {"action": "delete_selected", "_selected_action": assertion.pk}
    pages = page + client.post(reverse("admin:assertions_assertion_changelist"), several).content.decode()
    assert "rejected" not in re.sub(r'<option value="[^"]*">[^<]*</option>|href="[^"]*"', "", pages)
