"""What it means that an assertion is public: accepted as it stands, public actors only, and supported."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from actors.actions import create_actor, withdraw_actor
from actors.models import Actor
from articles.actions import Content, create_article, publish, save_revision, withdraw
from articles.models import Article
from assertions import actions
from assertions.models import Anchor, Assertion, Measure, Quantity, Speaker

pytestmark = pytest.mark.django_db

ACCEPT: dict[str, Any] = {
    "verdict": "accept",
    "attribution": "carried",
    "source_reliability": "F",
    "information_credibility": "6",
}


@pytest.fixture
def envoy() -> Actor:
    return create_actor(
        None, slug="envoy", name="The Envoy", kind="person", live_from=timezone.now() - timedelta(days=9)
    )


@pytest.fixture
def article() -> Article:
    article = create_article(None, Content(headline="Denial", body="<p>The envoy denied it, twice.</p>"))
    publish(article, None)
    return article


@pytest.fixture
def denial(envoy: Actor, article: Article) -> Assertion:
    assertion = actions.create_assertion(
        None, claim="Goods were sent.", act="denies", speakers=[{"actor": envoy}]
    )
    actions.quote(assertion, article.revisions.get(), None, exact="The envoy denied it")
    return assertion


def is_public(assertion: Assertion) -> bool:
    return Assertion.objects.public().filter(pk=assertion.pk).exists()


def test_an_undecided_assertion_is_not_public(denial: Assertion) -> None:
    assert not is_public(denial)
    assert Assertion.objects.undecided().get() == denial


def test_an_accepted_supported_assertion_on_public_actors_is_public(denial: Assertion) -> None:
    actions.review(denial, None, **ACCEPT)
    assert is_public(denial)
    assert not Assertion.objects.undecided().exists()


@pytest.mark.parametrize("verdict", ["dispute", "reject", "reopen"])
def test_a_later_review_that_does_not_accept_takes_it_from_the_public(
    denial: Assertion, verdict: str
) -> None:
    actions.review(denial, None, **ACCEPT)
    actions.review(denial, None, verdict=verdict)
    assert not is_public(denial)


@pytest.mark.parametrize(
    "change",
    [
        "claim = 'Arms were sent.'",
        "act = 'confirms'",
        "negated = true",
        "hedge = 'maybe'",
        "said = '2024'",
        "certainty = 'certain'",
    ],
)
def test_changing_the_claim_returns_it_to_review_by_whichever_route(denial: Assertion, change: str) -> None:
    actions.review(denial, None, **ACCEPT)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE assertions_assertion SET {change} WHERE id = %s", [denial.pk])
    assert not is_public(denial)
    assert Assertion.objects.undecided().get() == denial


def test_changing_who_speaks_returns_it_to_review(denial: Assertion) -> None:
    actions.review(denial, None, **ACCEPT)
    Speaker.objects.update(office="ambassador")
    assert not is_public(denial)


def test_a_note_for_reviewers_is_no_change_of_the_claim(denial: Assertion) -> None:
    actions.review(denial, None, **ACCEPT)
    Assertion.objects.filter(pk=denial.pk).update(note="Seen twice.")
    assert is_public(denial)


@pytest.mark.parametrize(
    "part", ["speaker", "spoken for", "possible identity", "participant", "relay", "counter"]
)
def test_an_assertion_that_names_an_unpublished_actor_is_not_public(
    article: Article, envoy: Actor, part: str
) -> None:
    hidden = create_actor(None, slug="hidden", name="Hidden", kind="person")
    measure = Measure.objects.create(slug="crates", name="Crates", counts="crates", unit="crates")
    rows: dict[str, dict[str, Any]] = {
        "speaker": {"speakers": [{"actor": hidden}]},
        "spoken for": {"speakers": [{"actor": envoy, "speaks_for": hidden}]},
        "possible identity": {"speakers": [{"description": "someone", "possible_identity": hidden}]},
        "participant": {"participants": [{"actor": hidden, "role": "subject"}]},
        "relay": {"relays": [{"actor": hidden}]},
        "counter": {"quantities": [{"measure": measure, "low": 1, "counted_by": hidden}]},
    }
    assertion = actions.create_assertion(None, claim="Goods were sent.", **rows[part])
    actions.quote(assertion, article.revisions.get(), None, exact="denied it")
    actions.review(assertion, None, **ACCEPT)
    assert not is_public(assertion)


def test_withdrawing_an_actor_takes_what_names_it_from_the_public(denial: Assertion, envoy: Actor) -> None:
    actions.review(denial, None, **ACCEPT)
    withdraw_actor(envoy, None)
    assert not is_public(denial)


def test_withdrawing_the_only_article_takes_what_rested_on_it_from_the_public(
    denial: Assertion, article: Article
) -> None:
    actions.review(denial, None, **ACCEPT)
    withdraw(article, None, reason="The letter was forged.")
    assert not is_public(denial)
    assert Assertion.objects.accepted().exists()


def test_an_outside_source_supports_an_assertion_without_an_article(envoy: Actor) -> None:
    assertion = actions.create_assertion(None, claim="Goods were sent.", speakers=[{"actor": envoy}])
    actions.cite(assertion, None, publisher="A paper", unverified="the exact words")
    actions.review(assertion, None, **ACCEPT)
    assert is_public(assertion)


def test_evidence_in_a_draft_supports_nothing(envoy: Actor) -> None:
    draft = create_article(None, Content(headline="Draft", body="<p>The envoy denied it.</p>"))
    assertion = actions.create_assertion(None, claim="Goods were sent.", speakers=[{"actor": envoy}])
    actions.quote(assertion, draft.revisions.get(), None, exact="denied it")
    actions.review(assertion, None, **ACCEPT)
    assert not is_public(assertion)


@pytest.mark.parametrize(
    ("body", "status", "supported"),
    [
        ("<p>The envoy denied it, twice.</p><p>More.</p>", "exact", True),
        ("<p>New first words.</p><p>The envoy denied it, twice.</p>", "moved", True),
        ("<p>Now the envoy denied it, twice.</p>", "lost", False),
        ("<p>No: The envoy denied it; then The envoy denied it.</p>", "ambiguous", False),
    ],
)
def test_publishing_carries_evidence_and_never_guesses(
    denial: Assertion, article: Article, body: str, status: str, supported: bool
) -> None:
    actions.review(denial, None, **ACCEPT)
    revision = save_revision(article, Content(headline="Denial", body=body), None)
    publish(article, None)
    assert Anchor.objects.get(revision=revision).status == status
    assert is_public(denial) is supported


def test_evidence_added_later_is_carried_to_what_is_scheduled(denial: Assertion, article: Article) -> None:
    first = article.revisions.get()
    scheduled = save_revision(
        article, Content(headline="Denial", body="<p>Well. The envoy denied it, twice.</p>"), None
    )
    publish(article, None, at=timezone.now() + timedelta(days=1))
    evidence = actions.quote(denial, first, None, exact="twice")
    assert Anchor.objects.get(evidence=evidence, revision=scheduled).status == "moved"


def test_a_count_is_public_with_its_assertion_and_its_measure(article: Article) -> None:
    measure = Measure.objects.create(slug="crates", name="Crates", counts="crates", unit="crates")
    assertion = actions.create_assertion(
        None, claim="Goods were sent.", quantities=[{"measure": measure, "low": 5}]
    )
    actions.quote(assertion, article.revisions.get(), None, exact="denied it")
    actions.review(assertion, None, **ACCEPT)
    assert not Quantity.objects.public().exists()
    actions.publish_measure(measure, None)
    assert Quantity.objects.public().exists()


def test_evidence_that_no_review_saw_returns_it_to_review(denial: Assertion) -> None:
    actions.review(denial, None, **ACCEPT)
    actions.cite(denial, None, publisher="A rumour")
    assert not is_public(denial)
