"""Building and deciding assertions in the admin."""

from typing import Any

import pytest
from django.urls import reverse

from articles.actions import withdraw
from assertions.models import Answer, Assertion, Evidence, Review
from cms.models import User
from tests.factories import (
    make_actor,
    make_article,
    make_assertion,
    make_measure,
    make_question,
    make_state,
    quote,
)
from tests.staff import errors, make_staff, sent, signed_in

pytestmark = pytest.mark.django_db

ADD = "/admin/assertions/assertion/add/"


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


def change(assertion: Assertion) -> str:
    return reverse("admin:assertions_assertion_change", args=[assertion.pk])


def decide(assertion: Assertion) -> str:
    return reverse("admin:assertions_assertion_decide", args=[assertion.pk])


def test_one_screen_takes_a_whole_assertion(editor: User) -> None:
    ostria, ada, boris, wire = (
        make_state("Ostria"), make_actor("Ada Vale"), make_actor("Boris Klint"),
        make_actor("Northern Wire", "media"),
    )  # fmt: skip
    article = make_article("News", "Some 3,000 soldiers left Vesta, two officials said.")
    question, measure = make_question("Did soldiers leave?"), make_measure("Soldiers")
    client = signed_in(editor)
    address = f"{ADD}?article={article.pk}"
    page = client.get(address)
    rows = {
        "speakers-0-actor": ada.pk, "speakers-0-office": "spokeswoman", "speakers-0-speaks_for": ostria.pk,
        "speakers-1-actor": boris.pk,
        "participants-0-role": "subject", "participants-0-actor": ostria.pk,
        "relays-0-description": "an intelligence service", "relays-1-actor": wire.pk,
        "quantities-0-measure": measure.pk, "quantities-0-low": "3000", "quantities-0-high": "3000",
        "quantities-0-kind": "total", "quantities-0-is_approximate": "on",
        "answers-0-question": question.pk, "answers-0-stance": "affirms",
        "rival_dates-0-of": "said", "rival_dates-0-date": "2024-10-22", "rival_dates-0-given_by": "another",
        "evidence-0-revision": article.revisions.get().pk,
        "evidence-0-exact": "Some 3,000 soldiers left Vesta",
        "evidence-0-departures": ["hedge"],
        "evidence-2-0-publisher": "The Northern Wire", "evidence-2-0-title": "Soldiers leave",
    }  # fmt: skip
    response = client.post(address, sent(page, claim="Soldiers left Vesta.", said="2024-10-23", **rows))
    assert response.status_code == 302, errors(response)
    assertion = Assertion.objects.get()
    assert assertion.proposed_by == editor
    assert [(str(speaker), speaker.position) for speaker in assertion.speakers.all()] == [
        ("Ada Vale", 1),
        ("Boris Klint", 2),
    ]
    assert [str(relay) for relay in assertion.relays.all()] == ["an intelligence service", "Northern Wire"]
    assert assertion.quantities.get().in_words() == "about 3,000"
    assert assertion.rival_dates.get().date == "2024-10-22"
    assert Answer.objects.get().stance == "affirms"
    passage, source = assertion.evidence.all()
    assert (passage.start, passage.end, passage.departures) == (0, 30, ["hedge"])
    assert passage.anchors.get().status == "exact"
    assert source.publisher == "The Northern Wire"


def test_a_page_opened_from_an_article_has_its_latest_revision_in_the_evidence(editor: User) -> None:
    article = make_article("News", "One.")
    page = signed_in(editor).get(f"{ADD}?article={article.pk}")
    assert sent(page)["evidence-0-revision"] == article.revisions.get().pk


@pytest.mark.parametrize(
    ("exact", "said"),
    [("Two soldiers left", "not"), ("soldiers", "2 places")],
)
def test_words_that_stand_nowhere_or_twice_come_back_as_an_error_at_the_words(
    editor: User, exact: str, said: str
) -> None:
    article = make_article("News", "Some soldiers left, and soldiers came.")
    client = signed_in(editor)
    rows = {"evidence-0-revision": article.revisions.get().pk, "evidence-0-exact": exact}
    response = client.post(ADD, sent(client.get(ADD), claim="Soldiers left.", **rows))
    assert response.status_code == 200
    assert said in errors(response)
    assert exact in response.content.decode()
    assert not Assertion.objects.exists()


def test_the_words_before_tell_two_places_apart(editor: User) -> None:
    article = make_article("News", "Some soldiers left, and soldiers came.")
    client = signed_in(editor)
    rows = {
        "evidence-0-revision": article.revisions.get().pk, "evidence-0-exact": "soldiers",
        "evidence-0-prefix": "left, and ",
    }  # fmt: skip
    assert client.post(ADD, sent(client.get(ADD), claim="Soldiers came.", **rows)).status_code == 302
    assert Evidence.objects.get().start == 24


def test_a_quotation_that_stands_is_not_changed_and_its_notes_are(editor: User) -> None:
    assertion = make_assertion("The bridge is closed.", article=make_article("News", "The bridge is closed."))
    client = signed_in(editor)
    data = sent(
        client.get(change(assertion)), **{"evidence-0-exact": "Other", "evidence-0-translator": "A. Writer"}
    )
    assert client.post(change(assertion), data).status_code == 302
    evidence = assertion.evidence.get()
    assert (evidence.exact, evidence.translator) == ("The bridge is closed.", "A. Writer")


def test_a_speaker_is_an_actor_or_a_description(editor: User) -> None:
    client = signed_in(editor)
    rows = {"speakers-0-actor": make_actor("Ada Vale").pk, "speakers-0-description": "a general"}
    response = client.post(ADD, sent(client.get(ADD), claim="It is so.", **rows))
    assert "one of the two" in errors(response)


def test_two_relays_change_places(editor: User) -> None:
    assertion = make_assertion(
        "It is so.", relays=[{"description": "a service"}, {"description": "an agency"}]
    )
    client = signed_in(editor)
    data = sent(client.get(change(assertion)), **{"relays-0-position": 2, "relays-1-position": 1})
    assert client.post(change(assertion), data).status_code == 302
    assert [str(relay) for relay in assertion.relays.all()] == ["an agency", "a service"]


def test_two_relays_of_one_position_come_back_as_a_form_error(editor: User) -> None:
    assertion = make_assertion(
        "It is so.", relays=[{"description": "a service"}, {"description": "an agency"}]
    )
    client = signed_in(editor)
    response = client.post(change(assertion), sent(client.get(change(assertion)), **{"relays-0-position": 2}))
    assert response.status_code == 200
    assert "position" in response.content.decode()
    assert [relay.position for relay in assertion.relays.all()] == [1, 2]


def test_a_number_with_its_bounds_turned_round_is_refused_in_words(editor: User) -> None:
    client = signed_in(editor)
    rows: dict[str, Any] = {"quantities-0-measure": make_measure("Soldiers").pk, "quantities-0-kind": "total"}
    rows |= {"quantities-0-low": "12000", "quantities-0-high": "11000"}
    assert "above the high one" in errors(client.post(ADD, sent(client.get(ADD), claim="It is so.", **rows)))


def test_a_number_too_large_for_the_database_is_a_form_error(editor: User) -> None:
    client = signed_in(editor)
    rows: dict[str, Any] = {"quantities-0-measure": make_measure("Soldiers").pk, "quantities-0-kind": "total"}
    response = client.post(
        ADD, sent(client.get(ADD), claim="It is so.", **rows, **{"quantities-0-low": "1" * 30})
    )
    assert response.status_code == 200
    assert "digits" in errors(response)


def test_a_change_made_meanwhile_answers_409_and_keeps_what_was_typed(editor: User) -> None:
    assertion = make_assertion("The bridge is closed.")
    client = signed_in(editor)
    data = sent(client.get(change(assertion)), claim="The bridge is shut.")
    Assertion.objects.filter(pk=assertion.pk).update(claim="The bridge is open.")
    response = client.post(change(assertion), data)
    assert response.status_code == 409
    assert "The bridge is shut." in response.content.decode()
    assertion.refresh_from_db()
    assert assertion.claim == "The bridge is open."


def test_the_page_says_why_readers_do_not_see_an_assertion() -> None:
    article = make_article("News", "The bridge is closed.")
    assertion = make_assertion(
        "The bridge is closed.", make_actor("Ada Vale", public=False), article=article, accepted=False
    )
    client = signed_in(make_staff("reviewer"))
    reasons = client.get(change(assertion)).context["visibility"].reasons
    assert reasons == ["Nobody has decided on it.", "It names actors who are not public: Ada Vale."]
    withdraw(article, None, reason="The letter was forged.")
    reasons = client.get(change(assertion)).context["visibility"].reasons
    assert "withdrawn on" in reasons[2]


def test_a_reviewer_accepts_what_was_read_and_it_is_public() -> None:
    assertion = make_assertion("The bridge is closed.", make_actor("Ada Vale"), accepted=False)
    reviewer = make_staff("reviewer")
    client = signed_in(reviewer)
    seen = client.get(change(assertion)).context["decide_form"].initial["claim_version"]
    data = {
        "verdict": "accept", "attribution": "carried", "claim_version": seen,
        "source_reliability": "B", "information_credibility": "2",
    }  # fmt: skip
    assert client.post(decide(assertion), data)["Location"] == change(assertion)
    review = Review.objects.get()
    assert (review.grade, review.decided_by) == ("B2", reviewer)
    assert client.get(change(assertion)).context["visibility"].is_public


def test_a_decision_without_grades_or_on_an_older_claim_comes_back_with_the_reason() -> None:
    assertion = make_assertion("The bridge is closed.", accepted=False)
    client = signed_in(make_staff("reviewer"))
    seen = client.get(change(assertion)).context["decide_form"].initial["claim_version"]
    incomplete = client.post(
        decide(assertion), {"verdict": "accept", "reason": "Kept.", "claim_version": seen}
    )
    assert "grade source and information" in incomplete.content.decode()
    assert "Kept." in incomplete.content.decode()
    Assertion.objects.filter(pk=assertion.pk).update(claim="The bridge is open.")
    late = client.post(decide(assertion), {"verdict": "reject", "claim_version": seen})
    assert "Read it again" in late.content.decode()
    assert not Review.objects.exists()


def test_an_editor_builds_but_does_not_decide(editor: User) -> None:
    assertion = make_assertion("The bridge is closed.", accepted=False)
    client = signed_in(editor)
    assert client.get(change(assertion)).context["decide_form"] is None
    assert client.post(decide(assertion), {"verdict": "reject"}).status_code == 403


def test_the_list_is_filtered_by_review() -> None:
    make_assertion("Accepted and public.")
    make_assertion("Waits.", accepted=False)
    make_assertion("Hidden.", make_actor("Ada Vale", public=False))
    client = signed_in(make_staff("reviewer"))

    def found(state: str) -> set[str]:
        rows = client.get(f"/admin/assertions/assertion/?review={state}").context["cl"].result_list
        return {assertion.claim for assertion in rows}

    assert found("undecided") == {"Waits."}
    assert found("public") == {"Accepted and public."}
    assert found("hidden") == {"Hidden."}


def test_a_question_takes_answers_and_is_published() -> None:
    client = signed_in(make_staff("editor"))
    assertion = make_assertion("The bridge is closed.")
    address = reverse("admin:assertions_question_add")
    rows = {"answers-0-assertion": assertion.pk, "answers-0-stance": "affirms"}
    data = sent(client.get(address), wording="Is it closed?", slug="is-it-closed", **rows, _publish="1")
    assert client.post(address, data).status_code == 302
    answer = Answer.objects.get()
    assert answer.question.is_public()


def test_a_reviewed_assertion_cannot_be_deleted() -> None:
    assertion = make_assertion("The bridge is closed.")
    client = signed_in(make_staff("admin"))
    page = client.post(reverse("admin:assertions_assertion_delete", args=[assertion.pk]), {"post": "yes"})
    assert Assertion.objects.filter(pk=assertion.pk).exists()
    assert "is in use and cannot be deleted" in page.content.decode()


def test_evidence_on_a_draft_of_others_is_not_offered_to_a_reporter() -> None:
    draft = make_article("Secret draft", "The bridge is closed.", public=False)
    quote(make_assertion("The bridge is closed.", accepted=False), draft)
    client = signed_in(make_staff("reporter"))
    query = {"app_label": "assertions", "model_name": "evidence", "field_name": "revision", "term": "Secret"}
    assert client.get(reverse("admin:autocomplete"), query).json()["results"] == []
