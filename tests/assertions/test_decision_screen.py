"""The decision screen: what it shows, what it does, and that nothing typed is lost."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actors.actions import merge
from actors.models import Actor
from articles.actions import content_of, merge_topics, publish, save_revision, withdraw
from articles.models import Article, Mention
from assertions import actions
from assertions.desk.decision.form import DecisionForms
from assertions.models import Answer, Assertion, Lease, Link, Opinion, ProposedLink, Review, Speaker
from cms.models import User
from tests.factories import (
    make_actor,
    make_article,
    make_assertion,
    make_prepared,
    make_question,
    make_topic,
    quote,
)
from tests.staff import make_staff, signed_in

WORDS = "no ship has left"
TEXT = f"Ada Vale said on Monday that {WORDS}. The harbour was quiet."
GRADES: dict[str, Any] = {"attribution": "carried", "source_reliability": "B", "information_credibility": "2"}


@pytest.fixture
def article(db: None, ada: Actor) -> Article:
    return make_article("Ada Vale on ships", TEXT, "Boris Klint was silent.")


@pytest.fixture
def claim(article: Article, ada: Actor) -> Assertion:
    return make_prepared(
        "A ship has left.", ada, act="denies", article=article, exact=WORDS, said="2024-10-21"
    )


@pytest.fixture
def reviewer(db: None) -> User:
    return make_staff("reviewer")


@pytest.fixture
def client(db: None, reviewer: User) -> Client:
    return signed_in(reviewer)


def address(assertion: Assertion) -> str:
    return reverse("admin:desk_decide", args=[assertion.identifier])


def opened(client: Client, assertion: Assertion) -> dict[str, Any]:
    """Return what a browser sends of the untouched screen."""
    page = client.get(address(assertion))
    assert page.status_code == 200
    forms: DecisionForms = page.context["forms"]
    return {**forms.values(), "seen": str(page.context["seen"]), "opened": page.context["opened"]}


def send(client: Client, assertion: Assertion, form: dict[str, Any], do: str, **changes: Any) -> Any:
    return client.post(address(assertion), {**form, "do": do, **changes})


def said(response: Any) -> str:
    """Return what a page tells, above its forms."""
    context = response.context
    lines = [str(each) for each in context["messages"]]
    lines += context.get("told", []) + context.get("refused", [])
    return "\n".join(lines + [": ".join(error[1:]) for error in context.get("form_errors", [])])


# Showing


def test_the_passage_is_marked_in_the_whole_article_and_the_claim_is_prefilled(
    client: Client, claim: Assertion
) -> None:
    text = client.get(address(claim)).content.decode()
    evidence = claim.evidence.get()
    assert f'<mark class="passage" id="passage-{evidence.pk}">{WORDS}</mark>' in text
    assert '<span class="mention">Ada Vale</span>' in text
    assert "Boris Klint was silent." in text
    assert "A ship has left.</textarea>" in text
    assert "Ada Vale denies that a ship has left." in text
    assert "Readers see this version." in text


def test_to_open_an_address_takes_nothing_from_others(client: Client, claim: Assertion) -> None:
    page = client.get(address(claim))
    assert page.context["hand"] == "In nobody’s hands: it is in yours once you begin."
    assert not Lease.objects.exists()


def test_what_is_handed_out_is_in_hand_and_the_screen_says_so(
    client: Client, reviewer: User, claim: Assertion
) -> None:
    page = client.get(reverse("admin:desk_next"), follow=True)
    assert page.context["hand"].startswith("In your hands until ")
    assert Lease.objects.get(assertion=claim).reviewer == reviewer


def test_whoever_begins_to_work_on_it_has_it_in_hand(
    client: Client, reviewer: User, claim: Assertion
) -> None:
    taken = client.post(reverse("admin:desk_take", args=[claim.identifier]))
    assert (taken.status_code, taken.json()["told"][:20]) == (200, "In your hands until ")
    assert Lease.objects.get(assertion=claim).reviewer == reviewer
    assert client.get(reverse("admin:desk_take", args=[claim.identifier])).status_code == 405


def test_what_is_sent_takes_it_in_hand_also_where_it_is_refused(
    client: Client, reviewer: User, claim: Assertion
) -> None:
    assert send(client, claim, opened(client, claim), "accept").status_code == 200
    assert Lease.objects.get(assertion=claim).reviewer == reviewer


@pytest.mark.parametrize("who", ["the proposer", "who gave an opinion", "who does not decide", "a third"])
def test_nobody_takes_in_hand_what_others_are_to_decide_on(
    client: Client, reviewer: User, claim: Assertion, who: str
) -> None:
    expected = 409
    if who == "the proposer":
        claim = actions.create_assertion(reviewer, claim="A ship has left.")
    elif who == "who gave an opinion":
        topic = make_topic("Sanctions")
        topic.needs_double_review = True
        topic.save()
        claim.topics.add(topic)
        actions.review(claim, reviewer, verdict="accept", **GRADES)
    elif who == "a third":
        actions.take(claim, make_staff("reviewer", "rita"))
    else:
        client, expected = signed_in(make_staff("reporter")), 403
    before = list(Lease.objects.values_list("reviewer", flat=True))
    assert client.post(reverse("admin:desk_take", args=[claim.identifier])).status_code == expected
    if expected == 409:
        send(client, claim, opened(client, claim), "accept")
    assert list(Lease.objects.values_list("reviewer", flat=True)) == before


def test_what_is_decided_is_taken_in_nobodys_hands(client: Client, claim: Assertion) -> None:
    actions.review(claim, None, verdict="accept", **GRADES)
    assert client.post(reverse("admin:desk_take", args=[claim.identifier])).json() == {"told": ""}
    assert not Lease.objects.exists()


def test_who_else_has_it_in_hand_is_said(client: Client, claim: Assertion) -> None:
    actions.take(claim, make_staff("reviewer", "rita"))
    assert "rita has it in hand until" in client.get(address(claim)).context["barred"]


def test_the_quoted_revision_is_shown_also_when_readers_see_another(
    client: Client, claim: Assertion, article: Article
) -> None:
    first = article.revisions.get()
    publish(article, None, revision=save_revision(article, _with(article, "It was quiet."), None))
    (text,) = client.get(address(claim)).context["texts"]
    assert text.revision == first
    assert text.standing == "Readers see revision 2 now; the words are lost there."


def test_several_passages_of_a_text_stand_in_it_once_and_another_text_follows(
    client: Client, claim: Assertion, article: Article
) -> None:
    quote(claim, article, "The harbour was quiet")
    quote(claim, make_article("Another report", "No ship left the harbour."), "No ship left")
    texts = client.get(address(claim)).context["texts"]
    assert [len(text.quotations) for text in texts] == [2, 1]


def test_an_outside_source_is_shown_as_a_card(client: Client, ada: Actor) -> None:
    outside = make_assertion("A ship has left.", ada, accepted=False)
    assert "Outside source: <bdi>The Northern Wire</bdi>" in client.get(address(outside)).content.decode()


def test_a_claim_without_evidence_says_so(client: Client, ada: Actor) -> None:
    bare = actions.create_assertion(None, claim="A ship has left.", speakers=[{"actor": ada}])
    text = client.get(address(bare)).content.decode()
    assert "It rests on no evidence yet" in text
    assert "No passage and no source." in text


def test_an_unresolved_speaker_comes_first_with_those_who_may_be_meant(
    client: Client, article: Article, ada: Actor, boris: Actor
) -> None:
    vague = make_prepared(
        "A ship has left.", article=article, exact=WORDS, speakers=[{"description": "the minister"}]
    )
    revision = article.revisions.get()
    Mention.objects.filter(revision=revision, start=0).update(
        actor=None, candidates=[ada.slug, boris.slug], text="Ada Vale"
    )
    Speaker.objects.filter(assertion=vague).update(description="Minister Ada Vale")
    (open_speaker,) = client.get(address(vague)).context["open_speakers"]
    assert {actor.name for actor in open_speaker.candidates} == {"Ada Vale", "Boris Klint"}
    form = opened(client, vague)
    response = send(client, vague, form, "save", **{f"is-{open_speaker.speaker.pk}": ada.slug})
    assert "The claim is saved" in said(response)
    speaker = vague.speakers.get()
    assert (speaker.actor, speaker.description) == (ada, "")


def test_what_the_same_speaker_said_and_what_opposes_it_stand_below(
    client: Client, claim: Assertion, ada: Actor, boris: Actor
) -> None:
    question = make_question("Has a ship left")
    actions.answer(question, claim, None, stance="denies")
    earlier = make_assertion("Ships stay in harbour.", ada)
    actions.answer(question, earlier, None, stance="denies")
    other = make_assertion("A ship has left.", boris)
    actions.answer(question, other, None, stance="affirms")
    against = make_assertion("Two ships have left.", boris)
    actions.link(against, claim, None, type="contradicts")
    actions.review(make_assertion("Rejected.", ada), None, verdict="reject")
    around = client.get(address(claim)).context["around"]
    assert around.same_speaker == [earlier]
    assert [answer.assertion for answer in around.opposing_answers] == [other]
    assert [link.source for link in around.opposing_links] == [against]
    assert around.stance == "denies"


def test_more_around_it_costs_no_more_queries(
    client: Client, claim: Assertion, article: Article, ada: Actor
) -> None:
    question, topic = make_question("Has a ship left"), make_topic("Ships")
    actions.answer(question, claim, None, stance="denies")
    claim.topics.add(topic)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(address(claim)).status_code == 200
        return len(caught)

    def more() -> None:
        for number in range(3):
            other = make_assertion(f"Ships stay ({number}).", ada, article=article, exact="harbour")
            actions.answer(question, other, None, stance="affirms")
            actions.link(other, claim, None, type="contradicts")
            ProposedLink.objects.create(source=claim, target=other, type="repeats", similarity=0.5)
            other.topics.add(topic)
            actions.review(claim, None, verdict="reopen")

    more()
    client.get(address(claim))
    few = queries()
    more()
    assert queries() <= few
    assert few <= 60


def test_a_text_of_two_hundred_thousand_words_is_shown_around_the_passage(client: Client, ada: Actor) -> None:
    long = make_article(
        "Long", "quiet harbour " * 50_000 + "Ada Vale denied it. " + "quiet harbour " * 50_000
    )
    held = make_prepared("A ship has left.", ada, act="denies", article=long, exact="denied it")
    response = client.get(address(held))
    (text,) = response.context["texts"]
    assert len(response.content) < 250_000
    assert not text.window.is_whole
    assert ">denied it</mark>" in response.content.decode()


def test_nothing_is_given_to_those_who_do_not_decide(client: Client, claim: Assertion) -> None:
    for group in ("reporter", "editor"):
        visitor = signed_in(make_staff(group))
        for page in (address(claim), reverse("admin:desk_next")):
            assert visitor.get(page).status_code == 403
        assert visitor.post(address(claim), {"do": "accept"}).status_code == 403
    assert Client().get(address(claim)).status_code == 302
    assert client.get(reverse("admin:desk_decide", args=["0000000000"])).status_code == 404


# Deciding


def test_an_acceptance_writes_the_review_and_goes_on_to_the_next(
    client: Client, reviewer: User, claim: Assertion
) -> None:
    response = send(client, claim, opened(client, claim), "accept", **GRADES)
    assert (response.status_code, response["Location"]) == (302, reverse("admin:desk_next"))
    review = claim.reviews.get()
    assert (review.verdict, review.grade, review.decided_by) == ("accept", "B2", reviewer)
    assert not Lease.objects.exists()
    assert "Accepted B2" in said(client.get(response["Location"]))


def test_the_filter_goes_on_with_the_reviewer(client: Client, claim: Assertion) -> None:
    form = opened(client, claim)
    response = client.post(f"{address(claim)}?act=denies&nonsense=1", {**form, "do": "accept", **GRADES})
    assert response["Location"] == f"{reverse('admin:desk_next')}?act=denies"


def test_an_acceptance_names_each_grade_that_is_missing(client: Client, claim: Assertion) -> None:
    response = send(client, claim, opened(client, claim), "accept", reason="Seen.")
    text = said(response)
    assert "say whether the words carry it" in text
    assert "grade the source" in text
    assert "grade the information" in text
    assert "Seen." in response.content.decode()
    assert not Review.objects.exists()


def test_what_the_words_do_not_carry_is_not_accepted(client: Client, claim: Assertion) -> None:
    response = send(
        client, claim, opened(client, claim), "accept", **{**GRADES, "attribution": "not_carried"}
    )
    assert "dispute or reject it" in said(response)


def test_a_rejection_of_a_suggestion_asks_why(client: Client, claim: Assertion) -> None:
    form = opened(client, claim)
    assert "Say why" in said(send(client, claim, form, "reject"))
    assert send(client, claim, form, "reject", reason="She did not say so.").status_code == 302
    assert claim.reviews.get().verdict == "reject"


def test_an_edit_and_its_decision_are_one(
    client: Client, reviewer: User, claim: Assertion, ada: Actor
) -> None:
    form = opened(client, claim)
    changed = {"claim": "Any ship has left.", "speakers-0-office": "spokeswoman"}
    refused = send(client, claim, form, "accept", **GRADES, **changed)
    assert "changed since a rule suggested it" in said(refused)
    claim.refresh_from_db()
    assert (claim.claim, claim.reviews.count()) == ("A ship has left.", 0)
    assert "Any ship has left.</textarea>" in refused.content.decode()
    done = send(client, claim, form, "accept", **GRADES, **changed, reason="“A ship” was too narrow.")
    assert done.status_code == 302, said(done)
    claim.refresh_from_db()
    speaker, review = claim.speakers.get(), claim.reviews.get()
    assert (claim.claim, speaker.office) == ("Any ship has left.", "spokeswoman")
    assert review.claim_version == claim.claim_version
    assert claim in Assertion.objects.accepted()


def test_what_departs_from_the_suggestion_is_shown(client: Client, claim: Assertion) -> None:
    response = send(client, claim, opened(client, claim), "save", claim="Any ship has left.", act="states")
    assert "The claim is saved" in said(response)
    found = {each.label: (each.proposed, each.now) for each in response.context["departures"]}
    assert found == {
        "Statement": ("A ship has left.", "Any ship has left."),
        "Speech act": ("denies", "states"),
    }


def test_saving_keeps_the_grades_that_were_chosen(client: Client, claim: Assertion) -> None:
    response = send(client, claim, opened(client, claim), "save", hedge="so far", **GRADES)
    assert response.context["forms"].grade["source_reliability"].value() == "B"


def test_rows_are_added_changed_and_removed(
    client: Client, claim: Assertion, ada: Actor, boris: Actor
) -> None:
    form = opened(client, claim)
    response = send(
        client, claim, form, "save",
        **{
            "speakers-0-DELETE": "on", "speakers-1-actor": str(boris.pk),
            "participants-0-role": "subject", "participants-0-named": "ostria",
            "relays-0-description": "an agency",
        },
    )  # fmt: skip
    assert "The claim is saved" in said(response), said(response)
    assert [speaker.actor for speaker in claim.speakers.all()] == [boris]
    assert [row.actor.slug for row in claim.participants.all() if row.actor] == ["ostria"]
    assert [str(row) for row in claim.relays.all()] == ["an agency"]


def test_the_relay_chain_changes_its_order(client: Client, article: Article, ada: Actor) -> None:
    chain = make_prepared(
        "A ship has left.", ada, article=article, exact=WORDS,
        relays=[{"description": "an agency"}, {"description": "an outlet"}],
    )  # fmt: skip
    form = opened(client, chain)
    response = send(client, chain, form, "save", **{"relays-0-position": "2", "relays-1-position": "1"})
    assert "The claim is saved" in said(response), said(response)
    assert [(row.position, str(row)) for row in chain.relays.all()] == [(1, "an outlet"), (2, "an agency")]


def test_a_name_that_several_bear_is_asked_about(client: Client, claim: Assertion) -> None:
    form = opened(client, claim)
    response = send(client, claim, form, "save", **{"speakers-1-named": "Nobody at all"})
    assert "No actor bears the name “Nobody at all”" in said(response)


@pytest.mark.parametrize("typed", ["a-vale", "A. Vale", "a. vale", "ada-vale"])
def test_a_merged_actor_typed_as_a_speaker_means_the_one_that_was_kept(
    client: Client, claim: Assertion, ada: Actor, typed: str
) -> None:
    merge(ada, make_actor("A. Vale"), None)
    bare = actions.create_assertion(None, claim="The harbour is quiet.")
    response = send(client, bare, opened(client, bare), "save", **{"speakers-0-named": typed})
    assert "The claim is saved" in said(response), said(response)
    assert [speaker.actor for speaker in bare.speakers.all()] == [ada]


def test_a_speaker_merged_since_the_form_was_opened_means_the_one_that_was_kept(
    client: Client, claim: Assertion, ada: Actor
) -> None:
    before, form = claim.claim_version, opened(client, claim)
    kept = make_actor("Ada W. Vale")
    merge(kept, ada, None, confirmed=True)
    assert form["speakers-0-actor"] == [str(ada.pk)]
    response = send(client, claim, form, "accept", **GRADES)
    assert response.status_code == 302, said(response)
    assert [speaker.actor for speaker in claim.speakers.all()] == [kept]
    claim.refresh_from_db()
    assert (claim.claim_version, claim.reviews.get().verdict) == (before, "accept")


def test_a_topic_merged_since_the_form_was_opened_means_the_one_that_was_kept(
    client: Client, claim: Assertion
) -> None:
    kept, merged = make_topic("Ships"), make_topic("Shipping")
    form = opened(client, claim)
    merge_topics(kept, [merged], None)
    assert "The claim is saved" in said(send(client, claim, form, "save", topics=[merged.pk]))
    assert list(claim.topics.all()) == [kept]


def test_topics_are_added_by_name_where_no_script_searches(client: Client, claim: Assertion) -> None:
    topic = make_topic("Ships")
    form = opened(client, claim)
    assert "There is no such topic: Sheep." in said(send(client, claim, form, "save", further_topics="Sheep"))
    send(client, claim, form, "save", further_topics="ships")
    assert list(claim.topics.all()) == [topic]


def test_nothing_changed_makes_no_new_version(client: Client, claim: Assertion) -> None:
    before = claim.claim_version
    assert "Nothing was changed." in said(send(client, claim, opened(client, claim), "save"))
    send(client, claim, opened(client, claim), "accept", **GRADES)
    claim.refresh_from_db()
    assert claim.claim_version == before


def test_what_no_text_may_hold_is_refused_and_kept(client: Client, claim: Assertion) -> None:
    form = opened(client, claim)
    response = send(client, claim, form, "accept", **GRADES, reason="Seen.\0", claim="A\0ship.")
    assert response.status_code == 200
    assert "Null characters are not allowed" in said(response)
    assert not Review.objects.exists()
    assert "said" not in said(send(client, claim, form, "save", place="Vesta"))
    assert "date" in said(send(client, claim, form, "save", said="last Monday")).lower()


# Skip, undo


def test_skipping_gives_it_back_and_passes_it_over(
    client: Client, claim: Assertion, article: Article
) -> None:
    response = send(client, claim, opened(client, claim), "skip")
    assert response["Location"] == f"{reverse('admin:desk_next')}?exclude={claim.identifier}"
    assert not Lease.objects.exists()
    page = client.get(response["Location"])
    assert "You skipped 1." in page.content.decode()
    other = make_prepared("The harbour was quiet.", article=article, exact="The harbour was quiet")
    assert address(other) in client.get(response["Location"])["Location"]


def test_skipping_does_not_throw_an_edit_away_unasked(client: Client, claim: Assertion) -> None:
    form = opened(client, claim)
    response = send(client, claim, form, "skip", claim="Any ship has left.")
    assert "did not save" in said(response)
    assert "press Undo once more" in said(send(client, claim, form, "undo", claim="Any ship has left."))
    assert send(client, claim, form, "skip", claim="Any ship has left.", sure="1").status_code == 302


def test_undo_takes_the_last_decision_back_whichever_session_made_it(
    client: Client, reviewer: User, claim: Assertion, article: Article
) -> None:
    other = make_prepared("The harbour was quiet.", article=article, exact="The harbour was quiet")
    send(client, claim, opened(client, claim), "accept", **GRADES)
    later = signed_in(reviewer)
    response = send(later, other, opened(later, other), "undo")
    assert response["Location"] == address(claim)
    assert "Both stay on record" in said(later.get(response["Location"]))
    assert claim in Assertion.objects.undecided()
    assert claim.reviews.count() == 2
    again = client.post(reverse("admin:desk_undo"), follow=True)
    assert "You have no decision to take back." in said(again)


def test_nothing_waits_says_what_was_done_today(client: Client, claim: Assertion) -> None:
    send(client, claim, opened(client, claim), "accept", **GRADES)
    page = client.get(reverse("admin:desk_next"))
    assert page.context["decided"] == [("accepted", 1)]
    assert "Nothing waits for you" in page.content.decode()


def test_a_filter_that_makes_no_sense_is_told(client: Client, claim: Assertion) -> None:
    page = client.get(reverse("admin:desk_next"), {"act": "sings"})
    assert "“sings” is none of the choices" in page.content.decode()


# Steps beside the decision


def test_it_is_put_on_a_question_with_the_stance_that_its_act_proposes(
    client: Client, claim: Assertion
) -> None:
    question = make_question("Has a ship left")
    form = opened(client, claim)
    assert client.get(address(claim)).context["answer_form"]["stance"].value() == "denies"
    send(client, claim, form, "answer", question=str(question.pk), stance="denies")
    assert Answer.objects.get(assertion=claim).stance == "denies"
    assert "exists" in said(send(client, claim, form, f"answer:{question.pk}", stance="affirms"))


def test_it_is_linked_by_hand_and_what_was_typed_stays(client: Client, claim: Assertion) -> None:
    other = make_assertion("Two ships have left.")
    form = opened(client, claim)
    response = send(
        client, claim, form, "link",
        link_type="contradicts", link_to=other.get_absolute_url(), claim="Half typed",
    )  # fmt: skip
    assert response.status_code == 200
    assert "Linked: it contradicts" in said(response)
    assert "Half typed</textarea>" in response.content.decode()
    assert Link.objects.get().target == other
    assert "Choose the assertion" in said(send(client, claim, form, "link", link_type="repeats"))


@pytest.mark.parametrize(
    ("do", "odd", "told"),
    [
        ("answer", {"question": "999999", "stance": "denies"}, "There is no such question."),
        ("answer", {"stance": "sings"}, "There is no such stance: “sings”."),
        ("link", {"link_type": "eats"}, "There is no such link: “eats”."),
        ("link", {"link_type": "denies", "link_target": "x"}, "There is no such assertion."),
        ("link", {"link_type": "denies", "link_aspect": "x"}, "A denial is not aimed at “x”."),
        ("save", {"speakers-1-actor": "999999"}, "Speaker: There is no such actor."),
    ],
)
def test_a_choice_that_is_none_is_told_in_words(
    client: Client, claim: Assertion, do: str, odd: dict[str, str], told: str
) -> None:
    assert told in said(send(client, claim, opened(client, claim) | odd, do))


def test_a_step_that_nobody_knows_does_nothing(client: Client, claim: Assertion) -> None:
    form = opened(client, claim)
    for do in ("", "explode", "take:999999999999999", "refuse:x"):
        assert send(client, claim, form, do).status_code == 200
    assert not Link.objects.exists()


# Meanwhile


def test_a_claim_that_was_changed_meanwhile_comes_back_with_both(client: Client, claim: Assertion) -> None:
    form = opened(client, claim)
    claim.claim, claim.place = "One ship has left.", "Ostria"
    actions.save_assertion(claim, None)
    response = send(client, claim, form, "accept", **GRADES, claim="Any ship has left.", reason="Wider.")
    assert response.status_code == 409
    text = said(response)
    assert "Somebody changed the claim" in text
    assert "Statement: now “One ship has left.”; yours is in the form." in text
    assert "Place: now “Ostria”, taken over." in text
    assert not Review.objects.exists()
    values = response.context["forms"].claim
    assert (values["claim"].value(), values["place"].value()) == ("Any ship has left.", "Ostria")
    again = {**form, "claim": "Any ship has left.", "place": "Ostria", "reason": "Wider."}
    again |= {"seen": str(response.context["seen"]), "opened": response.context["opened"]}
    assert send(client, claim, again, "accept", **GRADES).status_code == 302


def test_rows_that_were_changed_meanwhile_are_taken_over_or_told(
    client: Client, claim: Assertion, boris: Actor
) -> None:
    form = opened(client, claim)
    Speaker.objects.filter(assertion=claim).update(office="minister")
    response = send(client, claim, form, "accept", **GRADES)
    assert response.status_code == 409
    assert "Who says it: now Ada Vale, minister, taken over." in said(response)
    response = send(client, claim, form, "accept", **GRADES, **{"speakers-0-office": "spokeswoman"})
    assert "Who says it: now Ada Vale, minister, as the form shows." in said(response)
    assert "You had: Ada Vale, spokeswoman." in said(response)
    assert response.context["forms"].sets["speakers"].forms[0]["office"].value() == "minister"


@pytest.mark.parametrize("part", ["speakers", "participants", "relays"])
@pytest.mark.parametrize("count", [0, 1, 2])
def test_what_became_of_rows_is_told_alike_of_none_of_one_and_of_several(
    client: Client, claim: Assertion, part: str, count: int
) -> None:
    role = {"role": "subject"} if part == "participants" else {}
    rows: list[dict[str, str]] = [
        {"description": words, **role} for words in ("an envoy", "an outlet")[:count]
    ]
    first: dict[str, Any] = {part: [{"description": "an agency", **role}]}
    then: dict[str, Any] = {part: rows}
    actions.edit_claim(claim, None, claim_version=claim.claim_version, edit=actions.Edit(fields={}, **first))
    form = opened(client, claim)
    claim.refresh_from_db()
    actions.edit_claim(claim, None, claim_version=claim.claim_version, edit=actions.Edit(fields={}, **then))
    heading = {"speakers": "Who says it", "participants": "Whom it is about", "relays": "The relay chain"}
    before = "subject, " if role else ""
    words = "; ".join(f"{before}{row['description']}" for row in rows) or "nobody"
    response = send(client, claim, form, "accept", **GRADES)
    assert f"{heading[part]}: now {words}, taken over." in said(response)
    response = send(client, claim, form, "accept", **GRADES, **{f"{part}-0-description": "a source"})
    assert f"{heading[part]}: now {words}, as the form shows. You had: {before}a source." in said(response)


def test_of_two_who_decide_at_once_the_second_is_told_and_loses_nothing(
    client: Client, claim: Assertion
) -> None:
    form = opened(client, claim)
    Lease.objects.update(until=timezone.now() - timedelta(minutes=1))
    actions.review(claim, make_staff("reviewer", "rita"), verdict="reject", reason="No.")
    response = send(client, claim, form, "accept", **GRADES, reason="It is there.")
    assert response.status_code == 409
    assert "rita decided meanwhile: rejected" in said(response)
    assert "It is there.</textarea>" in response.content.decode()
    assert claim.reviews.count() == 1


def test_a_lease_that_another_has_now_refuses_with_their_name(client: Client, claim: Assertion) -> None:
    form = opened(client, claim)
    Lease.objects.update(until=timezone.now() - timedelta(minutes=1))
    actions.take(claim, make_staff("reviewer", "rita"))
    response = send(client, claim, form, "accept", **GRADES, reason="It is there.")
    assert response.status_code == 409
    assert "rita has it in hand" in said(response)
    assert "It is there.</textarea>" in response.content.decode()
    assert not Review.objects.exists()


@pytest.mark.parametrize("how", ["withdrawn", "published anew"])
def test_an_article_that_changed_for_readers_meanwhile_is_told_once(
    client: Client, claim: Assertion, article: Article, how: str
) -> None:
    form = opened(client, claim)
    if how == "withdrawn":
        withdraw(article, None, reason="The letter was forged.")
    else:
        publish(article, None, revision=save_revision(article, _with(article, TEXT, "More."), None))
    response = send(client, claim, form, "accept", **GRADES)
    assert response.status_code == 409
    assert "published anew or withdrawn while you looked at it" in said(response)
    form |= {"seen": str(response.context["seen"]), "opened": response.context["opened"]}
    assert send(client, claim, form, "accept", **GRADES).status_code == 302
    assert claim.reviews.get().verdict == "accept"


def test_an_assertion_that_was_deleted_meanwhile_is_told(client: Client, ada: Actor) -> None:
    bare = actions.create_assertion(None, claim="A ship has left.", speakers=[{"actor": ada}])
    form = opened(client, bare)
    bare.delete()
    response = client.post(address(bare), {**form, "do": "accept", **GRADES}, follow=True)
    assert "deleted while you looked at it" in said(response)


@pytest.mark.parametrize("seen", ["", "{}", "[1]", '{"claim_version": "x"}', "9" * 5000, "[" * 100_000])
@pytest.mark.parametrize("do", ["accept", "reject", "reopen", "save"])
def test_a_form_that_does_not_say_what_it_was_opened_on_decides_nothing_and_comes_back(
    client: Client, claim: Assertion, seen: str, do: str
) -> None:
    form = opened(client, claim) | {"seen": seen, "opened": seen, "hedge": "so far"}
    response = send(client, claim, form, do, **GRADES, reason="It is there.")
    assert response.status_code == 409
    assert "did not say which version of the claim it was opened on" in said(response)
    assert response.context["forms"].claim["hedge"].value() == "so far"
    assert response.context["forms"].grade["source_reliability"].value() == "B"
    assert "It is there.</textarea>" in response.content.decode()
    claim.refresh_from_db()
    assert (claim.hedge, Review.objects.exists()) == ("", False)
    form |= {"seen": str(response.context["seen"]), "opened": response.context["opened"]}
    assert send(client, claim, form, "accept", **GRADES, reason="It is there.").status_code == 302


@pytest.mark.parametrize("do", ["skip", "undo"])
def test_who_leaves_needs_not_say_what_the_form_was_opened_on(
    client: Client, claim: Assertion, do: str
) -> None:
    form = opened(client, claim)
    assert send(client, claim, form | {"seen": ""}, do).status_code == 302
    refused = send(client, claim, form | {"seen": ""}, do, hedge="so far")
    assert "You changed the claim and did not save it" in said(refused)
    assert send(client, claim, form | {"seen": ""}, do, hedge="so far", sure="1").status_code == 302


def test_a_form_that_nobody_touched_is_skipped_also_when_others_changed_the_claim(
    client: Client, claim: Assertion, boris: Actor
) -> None:
    claim.topics.add(make_topic("Ships"), make_topic("Ports"))
    form = opened(client, claim)
    form["topics"] = form["topics"][::-1]
    Speaker.objects.create(assertion=claim, actor=boris, position=2)
    assert send(client, claim, form, "skip").status_code == 302


def test_a_form_opened_on_a_decision_that_nobody_made_comes_back_with_a_sentence(
    client: Client, claim: Assertion
) -> None:
    form = opened(client, claim) | {"seen": '{"claim_version":1,"review":99,"live":[]}'}
    response = send(client, claim, form, "reject", reason="It is not there.")
    assert response.status_code == 409
    assert "Nobody has decided on this claim" in said(response)
    assert "It is not there.</textarea>" in response.content.decode()
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"speakers-x": "Somebody"},
        {"speakers-": "Somebody", "relays-actor": "x", "participants-0-actor-more": "1"},
        {"opened": '{"speakers-0-actor": 7, "claim": null, "relays-0-actor": [[1]], "act": "states"}'},
        {"opened": '{"speakers-0-actor": "12"}'},
        {"opened": "[" * 100_000},
        {"speakers-TOTAL_FORMS": "x", "opened": "[1]"},
    ],
)
def test_what_the_page_never_gave_is_caught_up_without_a_fault(
    client: Client, claim: Assertion, odd: dict[str, Any]
) -> None:
    form = opened(client, claim)
    actions.edit_claim(
        claim,
        None,
        claim_version=claim.claim_version,
        edit=actions.Edit(fields={"place": "Vesta"}, speakers=[{"description": "an envoy"}]),
    )
    response = send(client, claim, {**form, **GRADES, **odd}, "accept", reason="It is there.")
    assert response.status_code == 409
    assert "Somebody changed the claim" in said(response)
    assert "It is there.</textarea>" in response.content.decode()
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"speakers-0-id": "999999"},
        {"speakers-0-id": "x", "speakers-0-actor": "\0"},
        {"speakers-TOTAL_FORMS": "999999999", "speakers-INITIAL_FORMS": "7"},
        {"speakers-TOTAL_FORMS": "", "relays-INITIAL_FORMS": "-1"},
        {"speakers-1-actor": "9" * 40, "topics": ["x", "9" * 30]},
        {"act": "sings", "certainty": "", "claim": " "},
        {"attribution": "yes", "source_reliability": "Z", "information_credibility": "7"},
        {"speakers-INITIAL_FORMS": "0"},
        {"speakers-INITIAL_FORMS": ["0", "1"]},
        {"speakers-0-id": ""},
        {"speakers-TOTAL_FORMS": "3", "speakers-2-description": "an envoy", "speakers-2-id": "7"},
        {"speakers-TOTAL_FORMS": "10000", "speakers-9999-description": "an envoy"},
        {"speakers-TOTAL_FORMS": "-1", "speakers-INITIAL_FORMS": "-1"},
        {"speakers-TOTAL_FORMS": "²", "speakers-INITIAL_FORMS": "1"},
        {"speakers-5-description": "an envoy"},
        {"speakers-x-description": "an envoy"},
        {"speakers-TOTAL_FORMS": None, "speakers-INITIAL_FORMS": None},
        dict.fromkeys(("participants-TOTAL_FORMS", "participants-INITIAL_FORMS")),
    ],
)
def test_a_form_that_was_tampered_with_is_refused_without_a_fault(
    client: Client, claim: Assertion, odd: dict[str, Any]
) -> None:
    speakers = list(claim.speakers.values())
    form = {name: value for name, value in {**opened(client, claim), **odd}.items() if value is not None}
    for do in ("accept", "save"):
        response = send(client, claim, {**GRADES, **form}, do)
        assert response.status_code == 200, do
        _reads_as_sentences(said(response))
    response = send(client, claim, {**GRADES, **form}, "skip")
    assert response.status_code in (200, 302)
    if response.status_code == 200:
        _reads_as_sentences(said(response))
    assert not Review.objects.exists()
    assert list(claim.speakers.values()) == speakers, "as they were, and none twice"


def _reads_as_sentences(told: str) -> None:
    assert told
    for words in (
        "Id:",
        "Select a valid choice. That choice",
        "ManagementForm",
        "INITIAL_FORMS",
        "duplicate",
    ):
        assert words not in told


def test_a_row_of_another_assertion_is_told_and_stays_where_it_is(
    client: Client, claim: Assertion, boris: Actor
) -> None:
    other = make_assertion("Another ship has left.", boris)
    row = other.speakers.get()
    form = opened(client, claim) | {"speakers-0-id": str(row.pk), "speakers-0-actor": str(boris.pk)}
    for do in ("accept", "save", "skip"):
        told = said(send(client, claim, form, do, **GRADES))
        assert "Who says it: the form did not send its rows whole." in told
        assert "You had: Boris Klint." in told
    assert (other.speakers.get(), claim.speakers.get().actor) == (row, claim.speakers.get().actor)


def test_one_row_sent_twice_is_told(client: Client, claim: Assertion, boris: Actor) -> None:
    actions.edit_claim(
        claim, None, claim_version=claim.claim_version,
        edit=actions.Edit(fields={}, speakers=[{"id": claim.speakers.get().pk}, {"actor": boris}]),
    )  # fmt: skip
    form = opened(client, claim)
    form["speakers-1-id"] = form["speakers-0-id"]
    assert "did not send its rows whole" in said(send(client, claim, form, "save"))
    assert claim.speakers.count() == 2


def test_the_same_actor_in_two_rows_is_refused_in_words(client: Client, claim: Assertion, ada: Actor) -> None:
    form = opened(client, claim) | {"speakers-1-actor": str(ada.pk)}
    told = said(send(client, claim, form, "save"))
    assert "This actor is in it already." in told
    assert claim.speakers.count() == 1


def test_who_may_decide_and_not_change_decides_on_the_claim_as_it_stands(claim: Assertion) -> None:
    judge = User.objects.create_user("judge", is_staff=True)
    judge.user_permissions.add(Permission.objects.get(codename="decide_assertion"))
    client = signed_in(judge)
    page = client.get(address(claim))
    assert "fields" in page.content.decode()
    sent = {"seen": str(page.context["seen"]), "opened": page.context["opened"], "claim": "Mine."}
    assert send(client, claim, sent, "accept", **GRADES).status_code == 302
    claim.refresh_from_db()
    assert (claim.claim, claim.reviews.get().decided_by) == ("A ship has left.", judge)


# Two reviewers, blind


def test_the_other_opinion_is_hidden_from_the_second_and_both_are_shown_to_the_third(
    claim: Assertion,
) -> None:
    topic = make_topic("Sanctions")
    topic.needs_double_review = True
    topic.save()
    claim.topics.add(topic)
    rita, rolf, rosa = (make_staff("reviewer", name) for name in ("rita", "rolf", "rosa"))
    first = send(signed_in(rita), claim, opened(signed_in(rita), claim), "accept", **GRADES)
    assert first.status_code == 302
    assert Opinion.objects.get().decided_by == rita
    other = make_assertion("Earlier.", accepted=False)
    actions.review(other, rita, verdict="reject", decided_at=timezone.now() - timedelta(hours=1))
    back = signed_in(rita).post(reverse("admin:desk_undo"), follow=True)
    assert "one of two opinions" in said(back)
    assert other.reviews.count() == 1
    second = signed_in(rolf).get(address(claim))
    text = second.content.decode()
    assert "two reviewers decide" in text
    assert "rita" not in text
    assert second.context["to_settle"] == []
    assert second.context["reviews"] == []
    send(signed_in(rolf), claim, opened(signed_in(rolf), claim), "reject", reason="Not her words.")
    third = signed_in(rosa).get(address(claim))
    assert len(third.context["to_settle"]) == 2
    assert "Not her words." in third.content.decode()
    assert "rolf" not in third.content.decode().replace("rosa", "")
    send(signed_in(rosa), claim, opened(signed_in(rosa), claim), "accept", **GRADES)
    assert claim.reviews.get().verdict == "accept"


def test_who_proposed_it_is_told_that_somebody_else_accepts(
    reviewer: User, client: Client, ada: Actor
) -> None:
    own = actions.create_assertion(reviewer, claim="A ship has left.", speakers=[{"actor": ada}])
    actions.cite(own, reviewer, publisher="The Northern Wire")
    assert "You proposed it" in client.get(address(own)).context["barred"]
    response = send(client, own, opened(client, own), "accept", **GRADES)
    assert "You proposed it" in said(response)


# The parts


def test_a_sent_form_of_the_untouched_screen_has_no_change(claim: Assertion, client: Client) -> None:
    sent = QueryDict(mutable=True)
    for name, values in opened(client, claim).items():
        sent.setlist(name, values if isinstance(values, list) else [values])
    forms = DecisionForms(claim, sent)
    assert forms.is_valid(), list(forms.errors())
    assert not forms.has_changed()
    assert forms.edit() is None
    assert json.loads(forms.opened()).keys() >= {"claim", "act"}


def _with(article: Article, *paragraphs: str) -> Any:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return replace(content_of(article.revisions.latest("number")), body=body)
