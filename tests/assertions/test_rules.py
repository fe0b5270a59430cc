"""The rules of assertions that PostgreSQL keeps, whichever way a row is written."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from actors.actions import create_actor
from actors.models import Actor
from articles.actions import Content, create_article
from articles.models import Mention, Revision
from assertions import actions
from assertions.models import Anchor, Assertion, Evidence, Link, Measure, Quantity, Review
from assertions.vocabulary import Polarity, SpeechAct

pytestmark = pytest.mark.django_db

TEXT = "The envoy denied it. 🇨🇭 “We sent nothing,” she said. The envoy left."


@pytest.fixture
def envoy() -> Actor:
    return create_actor(None, slug="envoy", name="The Envoy", kind="person")


@pytest.fixture
def revision() -> Revision:
    return create_article(None, Content(headline="Denial", body=f"<p>{TEXT}</p>")).revisions.get()


@pytest.fixture
def denial(envoy: Actor) -> Assertion:
    return actions.create_assertion(None, claim="Goods were sent.", act="denies", speakers=[{"actor": envoy}])


def refused_by_postgresql(sql: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return str(caught.value)


@pytest.mark.parametrize(
    ("act", "negated", "polarity"),
    [
        (SpeechAct.STATES, False, Polarity.AFFIRMATIVE),
        (SpeechAct.STATES, True, Polarity.NEGATIVE),
        (SpeechAct.DENIES, False, Polarity.NEGATIVE),
        (SpeechAct.DENIES, True, Polarity.AFFIRMATIVE),
        (SpeechAct.CONFIRMS, False, Polarity.AFFIRMATIVE),
        (SpeechAct.DECLINES, False, Polarity.OPEN),
        (SpeechAct.EVADES, False, Polarity.OPEN),
        (SpeechAct.DOES_NOT_KNOW, True, Polarity.OPEN),
        (SpeechAct.QUESTIONS, False, Polarity.OPEN),
    ],
)
def test_a_denial_and_a_negation_are_both_negative(act: str, negated: bool, polarity: str) -> None:
    assertion = actions.create_assertion(None, claim="Goods were sent.", act=act, negated=negated)
    assert assertion.polarity == polarity


def test_a_quotation_is_found_by_its_words_and_counted_in_code_points(
    denial: Assertion, revision: Revision
) -> None:
    evidence = actions.quote(denial, revision, None, exact="“We sent nothing,”")
    assert revision.text[evidence.start : evidence.end] == "“We sent nothing,”"
    assert evidence.prefix.endswith("🇨🇭 ")


def test_a_quotation_that_is_not_in_the_article_is_refused_with_a_sentence(
    denial: Assertion, revision: Revision
) -> None:
    with pytest.raises(ValidationError) as caught:
        actions.quote(denial, revision, None, exact="We sent everything")
    assert "exact" in caught.value.message_dict


def test_words_that_recur_need_their_surroundings(denial: Assertion, revision: Revision) -> None:
    with pytest.raises(ValidationError):
        actions.quote(denial, revision, None, exact="The envoy")
    evidence = actions.quote(denial, revision, None, exact="The envoy", suffix=" left")
    assert evidence.start == TEXT.rindex("The envoy")


@pytest.mark.parametrize(("start", "end"), [(0, 9), (4, 10), (400, 409), (9, 4)])
def test_evidence_whose_words_do_not_stand_there_cannot_be_written_by_sql(
    denial: Assertion, revision: Revision, start: int, end: int
) -> None:
    refused_by_postgresql(
        'INSERT INTO assertions_evidence (assertion_id, revision_id, start, "end", exact, prefix, suffix, publisher,'
        " title, address, published, unverified, language, translator, departures, departure_note, created_at)"
        " VALUES (%s, %s, %s, %s, 'nothing', '', '', '', '', '', '', '', '', '', '{}', '', now())",
        denial.pk,
        revision.pk,
        start,
        end,
    )


def test_a_written_quotation_cannot_be_moved_or_reworded(denial: Assertion, revision: Revision) -> None:
    evidence = actions.quote(denial, revision, None, exact="denied it")
    refused_by_postgresql(
        "UPDATE assertions_evidence SET exact = 'The envoy', start = 0 WHERE id = %s", evidence.pk
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(start=0, end=9, exact="The envoy")


def test_an_anchor_stands_only_on_its_quotation(denial: Assertion, revision: Revision) -> None:
    evidence = actions.quote(denial, revision, None, exact="denied it")
    other = create_article(None, Content(headline="Other", body="<p>It was denied.</p>")).revisions.get()
    with pytest.raises(DatabaseError, match="not 'denied it'"), transaction.atomic():
        Anchor.objects.create(evidence=evidence, revision=other, status="moved", start=0, end=9)


def test_a_mention_stands_only_on_its_words(revision: Revision) -> None:
    with pytest.raises(DatabaseError, match="not 'The delegate'"), transaction.atomic():
        Mention.objects.bulk_create([Mention(revision=revision, start=0, end=12, text="The delegate")])


def test_evidence_is_a_passage_or_an_outside_source_and_not_both(
    denial: Assertion, revision: Revision
) -> None:
    with pytest.raises(ValidationError):
        actions.cite(denial, None, publisher="")
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.bulk_create(
            [
                Evidence(
                    assertion=denial,
                    revision=revision,
                    start=0,
                    end=9,
                    exact="The envoy",
                    publisher="A paper",
                )
            ]
        )


def test_a_speaker_is_an_actor_or_a_description_and_never_merged(denial: Assertion, envoy: Actor) -> None:
    with pytest.raises(ValidationError):
        actions.create_assertion(None, claim="x", speakers=[{"actor": envoy, "description": "a diplomat"}])
    with pytest.raises(ValidationError):
        actions.create_assertion(None, claim="x", speakers=[{}])
    with pytest.raises(ValidationError):
        actions.create_assertion(None, claim="x", speakers=[{"actor": envoy, "possible_identity": envoy}])
    unnamed = actions.create_assertion(
        None, claim="x", speakers=[{"description": "a diplomat", "possible_identity": envoy}]
    )
    assert unnamed.speakers.get().actor is None


def test_an_actor_in_use_cannot_be_deleted(denial: Assertion, envoy: Actor) -> None:
    with pytest.raises(ProtectedError):
        envoy.delete()
    error = refused_by_postgresql(
        "SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM actors_actorname WHERE actor_id = %s;"
        " DELETE FROM actors_actor WHERE id = %s",
        envoy.pk,
        envoy.pk,
    )
    assert "violates foreign key constraint" in error


@pytest.mark.parametrize("value", ["2023-13-40", "soon", "2024-02-30"])
def test_a_date_that_is_none_cannot_be_written(denial: Assertion, value: str) -> None:
    with pytest.raises(ValidationError):
        actions.create_assertion(None, claim="x", said=value)
    refused_by_postgresql("UPDATE assertions_assertion SET said = %s WHERE id = %s", value, denial.pk)


def test_a_review_cannot_be_changed_or_erased(denial: Assertion) -> None:
    review = actions.review(denial, None, verdict="reject")
    refused_by_postgresql("UPDATE assertions_review SET verdict = 'dispute' WHERE id = %s", review.pk)
    refused_by_postgresql("DELETE FROM assertions_review WHERE id = %s", review.pk)


def test_a_review_cannot_be_decided_in_the_future(denial: Assertion) -> None:
    refused_by_postgresql(
        "INSERT INTO assertions_review (assertion_id, claim_version, verdict, attribution, source_reliability,"
        " information_credibility, reason, decided_at) VALUES (%s, 1, 'reject', '', '', '', '', now() + '1 day')",
        denial.pk,
    )


def test_an_acceptance_says_that_the_evidence_carries_it_and_grades_it(denial: Assertion) -> None:
    with pytest.raises(ValidationError):
        actions.review(denial, None, verdict="accept")
    with pytest.raises(ValidationError):
        actions.review(
            denial,
            None,
            verdict="accept",
            attribution="not_carried",
            source_reliability="F",
            information_credibility="6",
        )


def test_a_decision_on_a_claim_that_changed_meanwhile_is_refused(denial: Assertion) -> None:
    seen = denial.claim_version
    Assertion.objects.filter(pk=denial.pk).update(claim="Arms were sent.")
    with pytest.raises(ValidationError, match="changed while you looked"):
        actions.review(denial, None, verdict="reject", claim_version=seen)


def test_a_denial_says_what_it_is_aimed_at_and_no_other_link_does(denial: Assertion) -> None:
    claim = actions.create_assertion(None, claim="Goods were sent.")
    with pytest.raises(ValidationError):
        actions.link(denial, claim, None, type="denies")
    with pytest.raises(ValidationError):
        actions.link(denial, claim, None, type="repeats", aspect="fact")
    with pytest.raises(ValidationError):
        actions.link(denial, denial, None, type="denies", aspect="fact")
    assert actions.link(denial, claim, None, type="denies", aspect="proof").aspect == "proof"


def test_a_contradiction_stands_once_whichever_way_it_is_written(denial: Assertion) -> None:
    claim = actions.create_assertion(None, claim="Goods were sent.")
    actions.link(denial, claim, None, type="contradicts")
    with pytest.raises(DatabaseError), transaction.atomic():
        Link.objects.bulk_create([Link(source=claim, target=denial, type="contradicts")])


@pytest.mark.parametrize(
    "bounds",
    [{}, {"low": 5, "high": 4}, {"high": 5, "low_open": True}, {"low": 5, "high": 5, "low_open": True}],
)
def test_a_quantity_has_bounds_that_hold_something(bounds: dict[str, Any]) -> None:
    measure = Measure.objects.create(slug="crates", name="Crates", counts="crates sent", unit="crates")
    with pytest.raises(ValidationError):
        actions.create_assertion(None, claim="x", quantities=[{"measure": measure, **bounds}])


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({"low": 3000, "high": 3000, "is_approximate": True}, "about 3,000"),
        ({"low": 20000, "low_open": True}, "more than 20,000"),
        ({"low": 10000}, "at least 10,000"),
        ({"high": 9000000}, "up to 9,000,000"),
        ({"low": 11000, "high": 12000}, "11,000 to 12,000"),
        ({"low": "0.5", "high": "0.5"}, "0.5"),
        ({"low": "66.67", "high": "66.67", "is_approximate": True}, "about 67"),
    ],
)
def test_a_quantity_says_its_bounds_in_words(bounds: dict[str, Any], words: str) -> None:
    measure = Measure.objects.create(slug="crates", name="Crates", counts="crates sent", unit="crates")
    actions.create_assertion(None, claim="x", quantities=[{"measure": measure, **bounds}])
    assert Quantity.objects.get().in_words() == words


def test_a_line_of_sql_leaves_its_trace_too(denial: Assertion) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE assertions_assertion SET hedge = 'perhaps' WHERE id = %s", [denial.pk])
        cursor.execute(
            "SELECT hedge FROM assertions_assertionevent WHERE pgh_obj_id = %s ORDER BY pgh_id", [denial.pk]
        )
        assert [hedge for (hedge,) in cursor.fetchall()][-1] == "perhaps"


def test_the_latest_review_holds_and_none_is_lost(denial: Assertion) -> None:
    accept: dict[str, Any] = {
        "attribution": "carried",
        "source_reliability": "F",
        "information_credibility": "6",
    }
    actions.review(denial, None, verdict="accept", **accept)
    actions.review(denial, None, verdict="dispute", reason="The evidence is thin.")
    assert not Assertion.objects.accepted().exists()
    assert Review.objects.filter(assertion=denial).count() == 2
