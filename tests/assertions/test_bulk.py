"""One decision on many: first what would come of it for each, then exactly that, and a line for each that failed."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assertions import actions
from assertions.desk import bulk as bulk_decisions
from assertions.models import Assertion, Opinion, Review
from cms.models import User
from tests.assertions.desk_cast import ACCEPT, decide, make_double, make_suggestion, make_waiting
from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db

BULK = "/admin/desk/queue/decide/"
ACCEPTING = {f"bulk-{name}": value for name, value in ACCEPT.items()}
REJECTING = {"bulk-verdict": "reject", "bulk-reason": "The words say otherwise."}


@pytest.fixture
def anna() -> User:
    return make_staff("reviewer", "anna")


@pytest.fixture
def ben() -> User:
    return make_staff("reviewer", "ben")


def shown(user: User, *chosen: Assertion, **sent: Any) -> Any:
    """Return the page that shows what would come of a decision on the chosen."""
    data = {"row": [assertion.identifier for assertion in chosen], "query": "", **sent}
    return signed_in(user).post(BULK, data)


def done(user: User, page: Any) -> Any:
    """Send the form of that page, as the button on it does."""
    form = re.search(r'<form method="post" class="do">.*?</form>', page.content.decode(), re.S)
    assert form is not None
    data: dict[str, list[str]] = {}
    for control in re.findall(r"<input[^>]*>", form[0]):
        name, value = (re.search(rf'{key}="([^"]*)"', control) for key in ("name", "value"))
        if name is not None and name[1] != "csrfmiddlewaretoken":
            data.setdefault(name[1], []).append(value[1] if value else "")
    return signed_in(user).post(BULK, data)


def foreseen(page: Any) -> dict[str, str]:
    return {row.assertion.claim: row.words or row.outcome for row in page.context["foreseen"]}


def test_nothing_is_decided_before_it_was_shown_what_will_happen(anna: User) -> None:
    rows = [make_waiting(words) for words in ("One.", "Two.")]
    page = shown(anna, *rows, **ACCEPTING)
    assert page.status_code == 200
    assert "2 of 2 will be: accepted B2, the evidence carries it" in page.content.decode()
    assert not Review.objects.exists()
    told = done(anna, page).content.decode()
    assert "<strong>2</strong> accepted B2." in told
    assert {review.decided_by for review in Review.objects.all()} == {anna}
    assert not Assertion.objects.undecided().exists()


def test_each_that_would_be_refused_is_told_with_its_reason_and_left_out(anna: User, ben: User) -> None:
    free, own, held = make_waiting("Free."), make_waiting("Own.", anna), make_waiting("Held.")
    double, edited = make_waiting("Double.", topics=[make_double()]), make_suggestion("Edited.")
    differing = make_waiting("Differing.", topics=[double.topics.get()])
    decide(differing, ben)
    decide(differing, make_staff("reviewer", "carla"), verdict="reject")
    actions.take(held, ben)
    Assertion.objects.filter(pk=edited.pk).update(hedge="perhaps")
    page = shown(anna, free, own, held, double, edited, differing, **ACCEPTING)
    words = foreseen(page)
    assert words["Free."] == "decision"
    assert "You proposed it" in words["Own."]
    assert "ben has it in hand" in words["Held."]
    assert "one of two opinions" in words["Double."]
    assert "changed since a rule suggested it" in words["Edited."]
    assert words["Differing."] == bulk_decisions.TO_SETTLE
    told = done(anna, page).content.decode()
    assert "<strong>1</strong> accepted B2." in told
    assert "<strong>1</strong> accepted B2 as one of two opinions." in told
    assert Review.objects.get().assertion == free
    assert Opinion.objects.get(decided_by=anna).assertion == double


def test_what_changed_since_it_was_shown_is_left_alone_and_told(anna: User, ben: User) -> None:
    names = ("Kept.", "Edited.", "Decided.", "Taken.", "Deleted.", "Double now.")
    rows = {name: make_waiting(name) for name in names}
    page = shown(anna, *rows.values(), **ACCEPTING)
    Assertion.objects.filter(pk=rows["Edited."].pk).update(hedge="perhaps")
    decide(rows["Decided."], ben, verdict="reject")
    actions.take(rows["Taken."], ben)
    Assertion.objects.get(pk=rows["Deleted."].pk).delete()
    rows["Double now."].topics.add(make_double())
    result = done(anna, page)
    failed = {each.words: each.why for each in result.context["failed"]}
    assert "The claim was changed" in failed["Edited."]
    assert "ben decided meanwhile: rejected" in failed["Decided."]
    assert "ben has it in hand" in failed["Taken."]
    assert "deleted meanwhile" in failed[rows["Deleted."].identifier]
    assert "How many reviewers decide" in failed["Double now."]
    assert len(failed) == 5
    assert Review.objects.filter(decided_by=anna).get().assertion == rows["Kept."]
    assert not Opinion.objects.exists()


def test_sending_it_twice_decides_once(anna: User) -> None:
    page = shown(anna, make_waiting("One."), **ACCEPTING)
    done(anna, page)
    again = done(anna, page)
    assert "anna decided meanwhile" in again.content.decode()
    assert Review.objects.count() == 1


def test_all_that_match_are_decided_up_to_a_limit_that_is_told(
    anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        make_waiting(f"Denied {number}.", act="denies")
    make_waiting("Stated.")
    monkeypatch.setattr(bulk_decisions, "BULK", 3)
    page = shown(anna, all="1", **REJECTING | {"query": "act=denies"})
    assert len(page.context["foreseen"]) == 3
    assert "5 assertions match. These are the first 3" in page.content.decode()
    done(anna, page)
    assert Review.objects.count() == 3
    assert not Review.objects.filter(assertion__act="states").exists()


def test_an_incomplete_decision_is_told_by_field_and_keeps_what_was_chosen_and_typed(anna: User) -> None:
    row = make_waiting("One.")
    page = shown(anna, row, **{"bulk-verdict": "accept", "bulk-reason": "As quoted."})
    text = page.content.decode()
    assert "To accept, say that the evidence carries it" in text and "To accept, grade it." in text
    assert "As quoted." in text and f'name="row" value="{row.identifier}"' in text
    assert 'class="do"' not in text


def test_nothing_chosen_is_told(anna: User) -> None:
    make_waiting("One.")
    for sent in ({}, {"row": ["nonsense"]}, {"all": "1", "query": "act=sings"}):
        page = signed_in(anna).post(BULK, {**sent, **ACCEPTING})
        assert "No assertion is chosen" in page.content.decode()


@pytest.mark.parametrize("seen", ["", "....", "x.1.0.settlement", "IDENTIFIER.1.0.settlement", "IDENTIFIER"])
def test_what_was_not_shown_so_is_not_decided(anna: User, seen: str) -> None:
    row = make_waiting("One.")
    sent = {"seen": seen.replace("IDENTIFIER", row.identifier), **ACCEPTING}
    page = signed_in(anna).post(BULK, sent)
    assert page.status_code == 200
    assert not Review.objects.exists()


def test_deciding_on_several_is_for_those_who_decide(anna: User) -> None:
    row = make_waiting("One.")
    for group in ("reporter", "editor"):
        assert shown(make_staff(group), row, **ACCEPTING).status_code == 403
    assert signed_in(anna).get(BULK).status_code == 302


def test_what_is_shown_costs_as_many_queries_for_many_as_for_few(anna: User, ben: User) -> None:
    topic, counts = make_double(), []
    for number in (2, 12):
        rows = [make_suggestion(f"Ship {each} left.") for each in range(number)]
        rows += [make_waiting(f"Ship {each} is left.", anna, topics=[topic]) for each in range(number)]
        decide(rows[-1], ben)
        actions.take(rows[0], ben)
        with CaptureQueriesContext(connection) as queries:
            shown(anna, *rows, **ACCEPTING)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30
