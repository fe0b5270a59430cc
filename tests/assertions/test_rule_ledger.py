"""What each rule earns: counted by the decision that stands, and told on the page of the desk."""

import itertools
import json
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from actors.models import Actor
from articles.models import Article
from assertions import actions
from assertions.drafting.proposed import as_json
from assertions.models import Assertion, Suggestion
from assertions.reviewing.rule_ledger import Earned, earned, edits, interval, together
from assertions.suggestions import precision
from assertions.suggestions.rule_names import RULES, label_of
from assertions.suggestions.statements import find_statements
from tests.factories import accept, make_article, make_assertion
from tests.staff import make_staff, signed_in

numbers = itertools.count()


@pytest.fixture
def article() -> Article:
    return make_article("Ships", "Ships left.")


def suggest(article: Article, rule: str = "clause", claim: str = "Ships left.") -> Assertion:
    """Return a suggestion of a rule, as the worker stores it."""
    made = make_assertion(claim, article=article, accepted=False, proposed_rule=rule, confidence=0.5)
    Suggestion.objects.create(
        assertion=made,
        article=article,
        key=str(next(numbers)),
        proposed=as_json(made),
        claim_version=made.claim_version,
    )
    return made


def line(rule: str) -> Earned:
    return next(row for row in earned() if row.rule == rule)


def edit(assertion: Assertion, **fields: str) -> None:
    for name, value in fields.items():
        setattr(assertion, name, value)
    actions.save_assertion(assertion, None)


@pytest.mark.django_db
def test_each_suggestion_is_counted_once_by_the_decision_that_stands(article: Article) -> None:
    accept(suggest(article))
    edited = suggest(article)
    edit(edited, claim="Two ships left.")
    accept(edited)
    actions.review(suggest(article), None, verdict="reject", reason="Nobody says so.")
    actions.review(suggest(article), None, verdict="dispute", reason="It is not so.")
    suggest(article)
    found = line("clause")
    assert (found.proposed, found.as_proposed, found.after_edit) == (5, 1, 1)
    assert (found.rejected, found.disputed, found.waiting) == (1, 1, 1)
    assert found.precision == 0.5


@pytest.mark.django_db
def test_a_decision_that_was_taken_back_or_overtaken_waits_again(article: Article) -> None:
    reopened, changed = suggest(article), suggest(article)
    accept(reopened)
    actions.review(reopened, None, verdict="reopen", reason="Too early.")
    accept(changed)
    edit(changed, claim="Ships may have left.")
    found = line("clause")
    assert (found.waiting, found.accepted, found.precision) == (2, 0, None)


@pytest.mark.django_db
def test_each_rule_has_its_line_and_all_have_one(article: Article) -> None:
    accept(suggest(article, "clause"))
    accept(suggest(article, "quotation"))
    suggest(article, "quotation")
    assert [(row.rule, row.proposed) for row in earned()] == [("quotation", 2), ("clause", 1)]
    whole = together(earned())
    assert (whole.proposed, whole.accepted, whole.waiting) == (3, 2, 1)


@pytest.mark.django_db
def test_what_no_rule_proposed_is_not_counted(ada: Actor) -> None:
    make_assertion("Ships left.", ada)
    assert earned() == []


@pytest.mark.django_db
def test_the_fields_that_people_change_are_counted(article: Article, ada: Actor) -> None:
    first, second, third = suggest(article), suggest(article), suggest(article)
    edit(first, claim="Two ships left.", hedge="it seems")
    edit(second, claim="Three ships left.")
    second.speakers.create(actor=ada)
    for assertion in (first, second, third):
        accept(assertion)
    found = edits()
    assert found.compared == 3
    assert dict(found.by_field) == {"claim": 2, "hedge": 1, "speakers": 1}
    assert found.by_field[0] == ("claim", 2)


@pytest.mark.django_db
def test_what_waits_is_not_compared(article: Article) -> None:
    edit(suggest(article), claim="Two ships left.")
    assert (edits().compared, edits().by_field) == (0, [])


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_the_share_and_stays_a_share(successes: int, trials: int) -> None:
    if successes > trials:
        successes, trials = trials, successes
    low, high = interval(successes, trials)
    assert 0 <= low <= successes / trials + 1e-9
    assert successes / trials - 1e-9 <= high <= 1


def test_more_decisions_make_the_interval_narrower() -> None:
    few, many = interval(8, 10), interval(800, 1000)
    assert many[1] - many[0] < few[1] - few[0]


@pytest.mark.django_db
def test_the_page_tells_the_measured_precision_beside_the_earned_one(article: Article) -> None:
    edited = suggest(article, "ccomp")
    edit(edited, claim="Two ships left.")
    accept(edited)
    page = signed_in(make_staff("reviewer")).get(reverse("admin:desk_rules"))
    words = page.content.decode()
    assert "Said in a whole clause" in words and "The minister said that the ships had left." in words
    assert ">ccomp" not in words and "?rule=ccomp" in words
    assert "100\u00a0%" in words and "Proposition" in words


@pytest.mark.django_db
def test_the_page_is_for_the_desk() -> None:
    address = reverse("admin:desk_rules")
    assert "No rule has suggested anything" in signed_in(make_staff("editor")).get(address).content.decode()
    assert signed_in(make_staff("reporter")).get(address).status_code == 403


# What rules are called


def test_every_rule_that_was_measured_has_a_label_of_its_own() -> None:
    measured = json.loads(Path(precision.__file__).with_name("precision.json").read_text(encoding="utf-8"))
    assert set(measured) <= set(RULES)
    assert len({rule.label for rule in RULES.values()}) == len(RULES)
    assert label_of("of old") == "of old"


@pytest.mark.parametrize("rule", sorted(RULES))
def test_the_example_of_a_rule_is_one_that_it_finds(rule: str) -> None:
    text = f"{RULES[rule].example}\n\nThe harbour was quiet."
    found = find_statements(text, [], actors={}, published=date(2025, 4, 26))
    assert rule in {statement.rule for statement in found}
