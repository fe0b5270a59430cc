"""What is stored of an article for review: suggestions with their passage, once, and never back when rejected."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from actors.actions import merge
from actors.models import Actor, Affiliation
from articles import actions as writing
from articles.models import Article
from assertions import actions
from assertions.drafting.proposed import as_json, changed_fields, with_claim
from assertions.models import Anchor, Assertion, Evidence, Suggestion, TextReading
from assertions.reviewing.rule_ledger import edits
from assertions.vocabulary import AnchorStatus, SpeechAct
from tests.factories import (
    accept,
    days_ago,
    make_actor,
    make_article,
    make_assertion,
    make_measure,
    make_topic,
)
from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db

SENT = "Ada Vale said that Vesta sent ships to Ostria."
DENIED = "Boris Klint denied that ships had left the port."


@pytest.fixture
def article(ada: Actor, boris: Actor) -> Article:
    return make_article("Ships", SENT, DENIED)


def suggested(article: Article) -> list[Assertion]:
    """Store suggestions, and return all that the article has, in the order of its text."""
    actions.store_suggestions(article.pk)
    found = Assertion.objects.filter(suggestion__article=article).order_by("evidence__start", "pk")
    return list(with_claim(found))


def rewrite(article: Article, *paragraphs: str, publish: bool = False) -> None:
    """Save a new revision of other words."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    writing.save_revision(article, writing.Content(headline="Ships", body=body), None)
    if publish:
        writing.publish(article, None)


def claims(article: Article) -> list[str]:
    return [row.claim for row in suggested(article)]


def test_each_statement_becomes_a_claim_with_speaker_act_and_rule(
    article: Article, ada: Actor, boris: Actor
) -> None:
    said, denied = suggested(article)
    assert (said.claim, said.act) == ("Vesta sent ships to Ostria.", SpeechAct.STATES)
    assert (denied.claim, denied.act) == ("Ships had left the port.", SpeechAct.DENIES)
    assert [row.actor for row in said.speakers.all()] == [ada]
    assert [row.actor for row in denied.speakers.all()] == [boris]
    assert denied.polarity == "negative"
    for row in (said, denied):
        assert row.proposed_rule and row.confidence is not None and row.proposed_by is None
        assert row.suggestion.claim_version == row.claim_version


def test_its_evidence_is_the_passage_that_says_who_says_it(article: Article) -> None:
    for assertion, passage in zip(suggested(article), (SENT, DENIED), strict=True):
        evidence = assertion.evidence.get()
        assert evidence.revision is not None
        assert evidence.exact == evidence.revision.text[evidence.start : evidence.end] == passage.rstrip(".")


def test_a_suggestion_is_not_public_before_somebody_accepts_it(article: Article) -> None:
    first, second = suggested(article)
    assert not Assertion.objects.public().exists()
    accept(first)
    assert list(Assertion.objects.public()) == [first]
    assert second in Assertion.objects.undecided()


def test_the_same_text_twice_changes_nothing(article: Article) -> None:
    assert actions.store_suggestions(article.pk) == (2, 0)
    before = [as_json(row) for row in suggested(article)]
    assert actions.store_suggestions(article.pk) == (0, 0)
    assert [as_json(row) for row in suggested(article)] == before


def test_a_passage_is_known_again_in_a_later_revision(article: Article) -> None:
    suggested(article)
    rewrite(article, "A new beginning.", SENT, "Something stands between them.", DENIED)
    assert actions.store_suggestions(article.pk) == (0, 0)


def test_a_passage_is_known_again_when_its_speaker_is_known_only_now(vesta: Actor) -> None:
    article = make_article("Ships", "Carla Moor said that ships had left.")
    (before,) = suggested(article)
    assert before.speakers.get().actor is None
    carla = make_actor("Carla Moor")
    rewrite(article, "Carla Moor said that ships had left.", "More.")
    assert article.revisions.latest("number").mentions.filter(actor=carla).exists()
    assert actions.store_suggestions(article.pk) == (0, 0)


def test_what_was_rejected_never_comes_back(article: Article) -> None:
    rejected, _ = suggested(article)
    actions.review(rejected, None, verdict="reject", reason="It says nothing.")
    rewrite(article, "Words before.", DENIED)
    actions.store_suggestions(article.pk)
    rewrite(article, SENT, DENIED)
    assert actions.store_suggestions(article.pk).proposed == 0
    assert Assertion.objects.filter(claim=rejected.claim).get() == rejected


@pytest.mark.parametrize("way", ["on its page", "from the list"])
def test_what_was_deleted_by_hand_never_comes_back(article: Article, ada: Actor, way: str) -> None:
    said, denied = suggested(article)
    client = signed_in(make_staff("editor"))
    if way == "on its page":
        client.post(reverse("admin:assertions_assertion_delete", args=[said.pk]), {"post": "yes"})
    else:
        chosen = {"action": "delete_selected", "_selected_action": [said.pk], "post": "yes"}
        client.post(reverse("admin:assertions_assertion_changelist"), chosen)
    assert not Assertion.objects.filter(pk=said.pk).exists()
    assert suggested(article) == [denied]
    rewrite(article, SENT, DENIED, "Nothing else.")
    assert suggested(article) == [denied]
    merge(ada, make_actor("Ada of Vesta"), None)
    assert suggested(article) == [denied]


def test_what_was_rejected_does_not_come_back_when_its_speaker_is_merged(
    article: Article, ada: Actor
) -> None:
    for rejected in suggested(article):
        actions.review(rejected, None, verdict="reject", reason="It says nothing.")
    between, last = make_actor("Ada W. Vale"), make_actor("Ada Wilma Vale")
    merge(between, ada, None)
    merge(last, between, None)
    writing.relink(article.revisions.get())
    assert article.revisions.get().mentions.filter(actor=last).exists()
    assert actions.store_suggestions(article.pk) == (0, 0)


def test_what_a_person_asserted_on_the_same_words_is_not_suggested(article: Article, ada: Actor) -> None:
    make_assertion("Ships were sent by Vesta to Ostria.", ada, article=article, exact=SENT)
    assert claims(article) == ["Ships had left the port."]


def test_another_speaker_in_the_same_words_is_suggested(article: Article, boris: Actor) -> None:
    make_assertion("Ships were sent.", boris, article=article, exact=SENT)
    assert len(claims(article)) == 2


def test_a_suggestion_whose_words_are_gone_is_taken_back(ada: Actor, boris: Actor) -> None:
    draft = make_article("Ships", SENT, DENIED, public=False)
    suggested(draft)
    rewrite(draft, DENIED)
    assert actions.store_suggestions(draft.pk) == (0, 1)
    assert claims(draft) == ["Ships had left the port."]
    assert Suggestion.objects.count() == 1


def test_it_stays_while_its_words_are_public(article: Article) -> None:
    suggested(article)
    rewrite(article, DENIED)
    assert actions.store_suggestions(article.pk) == (0, 0)
    writing.publish(article, None)
    assert actions.store_suggestions(article.pk) == (0, 1)


@pytest.mark.parametrize("touch", ["reviewed", "edited", "answered", "linked", "in hand"])
def test_it_stays_once_somebody_has_touched_it(ada: Actor, boris: Actor, touch: str) -> None:
    draft = make_article("Ships", SENT, DENIED, public=False)
    first, second = suggested(draft)
    if touch == "reviewed":
        actions.review(first, None, verdict="dispute", reason="It is not so.")
    elif touch == "edited":
        Assertion.objects.filter(pk=first.pk).update(claim="Ships came.")
    elif touch == "answered":
        from tests.factories import make_question

        actions.answer(make_question("Were ships sent?"), first, None, stance="affirms")
    elif touch == "linked":
        actions.link(second, first, None, type="contradicts")
    else:
        from tests.staff import make_staff

        actions.take(first, make_staff("reviewer"))
    rewrite(draft, DENIED)
    assert actions.store_suggestions(draft.pk) == (0, 0)
    assert Assertion.objects.filter(pk=first.pk).exists()


def test_it_is_carried_to_the_version_that_is_public(article: Article) -> None:
    live = article.revisions.get()
    rewrite(article, "Words before.", SENT, DENIED)
    suggested(article)
    newest = article.revisions.latest("number")
    assert set(Evidence.objects.values_list("revision", flat=True)) == {newest.pk}
    anchors = Anchor.objects.filter(revision=live)
    assert [anchor.status for anchor in anchors] == [AnchorStatus.MOVED, AnchorStatus.MOVED]


def test_topics_are_those_of_the_article_and_those_named_in_the_words(ada: Actor) -> None:
    ships, ports, law = make_topic("Ships"), make_topic("Harbours and ports"), make_topic("Law")
    article = make_article("Talks", "Ada Vale said that the port was closed.", topics=[ships])
    (assertion,) = suggested(article)
    assert set(assertion.topics.all()) == {ships, ports}
    assert law not in assertion.topics.all()


def test_the_office_held_that_day_and_the_state_come_from_the_table(ada: Actor, ostria: Actor) -> None:
    Affiliation.objects.create(actor=ada, position="envoy", organisation=ostria, ended="2001")
    Affiliation.objects.create(actor=ada, position="minister", organisation=ostria, started="2002")
    (assertion,) = suggested(make_article("Ships", "Ada Vale said on 3 May 2020 that Vesta had sent ships."))
    speaker = assertion.speakers.get()
    assert (assertion.said, speaker.office, speaker.speaks_for) == ("2020-05-03", "minister", ostria)


def test_a_count_goes_to_its_measure_and_else_into_the_note(ada: Actor) -> None:
    make_measure("Soldiers sent to Ostria", unit="soldiers")
    article = make_article(
        "Counts",
        "Ada Vale said that about 3,000 soldiers had been sent to Ostria.",
        "Ada Vale said that 40 ships had left.",
    )
    counted, noted = suggested(article)
    quantity = counted.quantities.get()
    assert quantity.low == 3000 and quantity.is_approximate
    assert not noted.quantities.exists()
    assert "40 ships" in noted.note


def test_nothing_departs_from_what_was_proposed_until_somebody_edits(article: Article) -> None:
    first, second = suggested(article)
    assert changed_fields(first) == changed_fields(second) == []
    Assertion.objects.filter(pk=first.pk).update(claim="Ships came.", hedge="it seems")
    first.speakers.update(office="envoy")
    (again, _) = suggested(article)
    assert changed_fields(again) == ["claim", "hedge", "speakers"]


def test_a_merge_of_actors_or_topics_is_no_departure(ada: Actor, ostria: Actor, vesta: Actor) -> None:
    Affiliation.objects.create(actor=ada, position="envoy", organisation=vesta)
    ships, fleets = make_topic("Ships"), make_topic("Fleets")
    (found,) = suggested(make_article("Fleet", SENT, topics=[ships]))
    accept(found)
    for gone in (ada, ostria, vesta):
        merge(make_actor(f"{gone.name} (known)"), gone, None, confirmed=True)
    writing.merge_topics(fleets, [ships], None)
    (found,) = with_claim(Assertion.objects.all())
    assert [row.actor.slug for row in found.speakers.all() if row.actor] == ["ada-vale-known"]
    assert (changed_fields(found), edits().by_field) == ([], [])
    found.speakers.update(office="spokeswoman")
    (found,) = with_claim(Assertion.objects.all())
    assert changed_fields(found) == ["speakers"]


def test_of_two_speakers_who_were_merged_one_is_compared(article: Article, ada: Actor, boris: Actor) -> None:
    found, _ = suggested(article)
    found.speakers.create(actor=boris, position=2)
    both = as_json(with_claim(Assertion.objects.all()).get(pk=found.pk))
    found.suggestion.delete()
    found.refresh_from_db()
    Suggestion.objects.create(
        assertion=found, article=article, key="both", proposed=both, claim_version=found.claim_version
    )
    merge(boris, ada, None, confirmed=True)
    found = with_claim(Assertion.objects.all()).get(pk=found.pk)
    assert [row.actor for row in found.speakers.all()] == [boris]
    assert changed_fields(found) == []


def test_only_texts_in_english_are_read(ada: Actor) -> None:
    article = make_article("Schiffe", SENT, language="de")
    assert suggested(article) == []


def test_an_article_that_is_gone_has_no_suggestions() -> None:
    assert actions.store_suggestions(10**9) == (0, 0)


def test_a_paragraph_of_endless_quotation_is_stored_without_it(ada: Actor) -> None:
    article = make_article("Long", "Ada Vale said: “" + "We sent ships and " * 2_000 + "no more.", DENIED)
    for assertion in suggested(article):
        assert len(assertion.claim) <= 2_000


def test_a_text_of_any_script_and_direction_is_stored_with_valid_passages(ada: Actor) -> None:
    article = make_article(
        "Marks",
        "Ada Vale said that \u202eships\u202c had\u00a0left 👩‍🚀.",
        "«Да», сказала Ada Vale, “and no more",
        "قالت Ada Vale said that ships left.",
    )
    for assertion in suggested(article):
        evidence = assertion.evidence.get()
        assert evidence.revision is not None
        assert evidence.exact == evidence.revision.text[evidence.start : evidence.end]


def test_many_suggestions_of_one_text_take_few_queries_each(
    ada: Actor, django_assert_max_num_queries: object
) -> None:
    paragraphs = [f"Ada Vale said that ship number {number} had left the port." for number in range(300)]
    article = make_article("Many", *paragraphs)
    with django_assert_max_num_queries(120):  # type: ignore[operator]
        stored = actions.store_suggestions(article.pk)
    assert stored.proposed >= 290


# The command


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("suggest", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def test_the_command_counts_what_it_stored(article: Article) -> None:
    assert run("--article", article.slug) == "1 article read, 2 new suggestions, 0 taken back."
    assert run("--all") == "1 article read, 0 new suggestions, 0 taken back."


def test_the_command_names_an_unknown_article_and_reads_the_others(article: Article) -> None:
    out, errors = StringIO(), StringIO()
    with pytest.raises(CommandError, match="1 of the articles named is unknown"):
        call_command("suggest", "--article", "no-such", article.slug, stdout=out, stderr=errors)
    assert "no article “no-such”" in errors.getvalue()
    assert "2 new suggestions" in out.getvalue()


def test_old_articles_count_their_days_from_their_own(ada: Actor) -> None:
    article = make_article("Then", "Ada Vale said on Tuesday that ships had left.", published=days_ago(300))
    for assertion in suggested(article):
        assert assertion.said == "" or assertion.said < days_ago(290).date().isoformat()


def test_of_a_text_with_too_many_statements_the_first_are_suggested_and_it_is_said(
    ada: Actor, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SUGGESTIONS_PER_ARTICLE = 2
    article = make_article(
        "Ships", *(f"Ada Vale said that {number} ships had left." for number in range(3, 8))
    )
    with caplog.at_level("INFO"):
        assert claims(article) == ["3 ships had left.", "4 ships had left."]
    assert "Ships: the first 2 of 5 statements are suggested." in caplog.text
    assert TextReading.objects.values_list("found", "suggested").get() == (5, 2)
    assert actions.store_suggestions(article.pk) == (0, 0)
    rewrite(article, SENT)
    assert "Vesta sent ships to Ostria." in claims(article)
    assert TextReading.objects.values_list("found", "suggested").get() == (1, 1)
