"""The first worklists of the desk: what lost its support, and the quotations that wait for their place."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from articles.actions import content_of, publish, save_revision, withdraw
from articles.models import Article
from assertions import actions
from assertions.desk.worklists import around
from assertions.models import Anchor, Assertion
from assertions.support import open_anchors, unsupported, why_unsupported
from cms.differences import paragraphs
from cms.models import User
from tests.factories import accept, make_article, make_assertion
from tests.staff import make_staff, sent, signed_in
from tests.threads import at_once

WORDS = "No ship has left"
FIRST = f"“{WORDS},” Ada Vale said on Monday."
TWICE = f"“{WORDS},” said Boris Klint. “{WORDS},” said Ada Vale."
INDEX, UNSUPPORTED, ANCHORS = "admin:desk", "admin:desk_unsupported", "admin:desk_anchors"


@pytest.fixture
def article(db: None) -> Article:
    return make_article("Ada Vale denies it", FIRST, "The harbour was quiet.")


@pytest.fixture
def claim(article: Article, ada: Actor) -> Assertion:
    return make_assertion("Ships left.", ada, act="denies", article=article, exact=WORDS)


@pytest.fixture
def reviewer(db: None) -> User:
    return make_staff("reviewer")


def edited(article: Article, *paragraphs: str, **period: Any) -> Anchor:
    """Publish the article with other paragraphs and return the anchor in that revision."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    content = replace(content_of(article.revisions.latest("number")), body=body)
    revision = publish(article, None, revision=save_revision(article, content, None), **period)
    return Anchor.objects.get(revision=revision)


def page(name: str, account: User) -> str:
    response = signed_in(account).get(reverse(name))
    assert response.status_code == 200
    return response.content.decode()


def settle(account: User, anchor: Anchor, start: int | str) -> Any:
    address = reverse("admin:desk_settle", args=[anchor.pk])
    return signed_in(account).post(address, {"start": start}, follow=True)


# What is on the lists


def test_the_index_counts_what_waits(article: Article, claim: Assertion, reviewer: User) -> None:
    def counts() -> list[int]:
        works = {work.title: work.count for work in signed_in(reviewer).get(reverse(INDEX)).context["lists"]}
        return [
            works[title] for title in ("Assertions to decide", "No longer supported", "Quotations to place")
        ]

    make_assertion("Undecided.", accepted=False)
    assert counts() == [1, 0, 0]
    edited(article, "It was quiet.")
    assert counts() == [1, 1, 1]


def test_the_first_page_of_the_admin_counts_them_too(
    article: Article, claim: Assertion, reviewer: User
) -> None:
    edited(article, "It was quiet.")
    lists = {
        work.title: work for work in signed_in(reviewer).get(reverse("admin:index")).context["worklists"]
    }
    assert lists["No longer supported"].count == 1
    assert lists["Quotations to place"].items[0].address.startswith(reverse(ANCHORS))


def test_what_lost_its_words_is_listed_with_the_version_that_lost_them(
    article: Article, claim: Assertion, reviewer: User
) -> None:
    anchor = edited(article, "It was quiet.")
    text = page(UNSUPPORTED, reviewer)
    assert claim.claim in text
    assert "the quotation is lost in the version of" in text
    assert f"{reverse(ANCHORS)}?anchor={anchor.pk}" in text


def test_what_is_ambiguous_is_told_as_that(article: Article, claim: Assertion, reviewer: User) -> None:
    edited(article, TWICE)
    assert "the quotation is ambiguous in the version of" in page(UNSUPPORTED, reviewer)


def test_only_accepted_assertions_can_lose_their_support(article: Article, claim: Assertion) -> None:
    edited(article, "It was quiet.")
    make_assertion("Undecided.", article=make_article("Gone"), accepted=False)
    withdraw(Article.objects.get(slug="gone"), None, reason="The letter was forged.")
    assert list(unsupported()) == [claim]


def test_a_quotation_in_a_scheduled_version_waits_before_it_begins(
    article: Article, claim: Assertion, reviewer: User
) -> None:
    anchor = edited(article, "It was quiet.", at=timezone.now() + timedelta(days=1))
    assert list(open_anchors()) == [anchor]
    assert list(unsupported()) == []
    assert claim.claim in page(ANCHORS, reviewer)


def test_drafts_past_versions_and_rejected_claims_have_nothing_to_place(
    article: Article, claim: Assertion
) -> None:
    edited(article, "It was quiet.")
    assert open_anchors().exists()
    actions.review(claim, None, verdict="reject")
    assert not open_anchors().exists()
    accept(claim)
    edited(article, FIRST)
    assert not open_anchors().exists(), "the version that lost it is past"
    edited(article, "Quiet again.")
    withdraw(article, None, reason="The letter was forged.")
    assert not open_anchors().exists()


def test_a_quotation_is_shown_with_its_old_words_and_what_became_of_them(
    article: Article, claim: Assertion, reviewer: User
) -> None:
    edited(article, FIRST.replace("has left", "had left"), "The harbour was quiet.")
    text = page(ANCHORS, reviewer)
    assert f'<blockquote lang="en">“<mark>{WORDS}</mark>,” Ada Vale said on Monday.</blockquote>' in text
    assert re.search(r"<del><span [^>]*>\[removed: </span>has<", text)
    assert re.search(r"<ins><span [^>]*>\[added: </span>had<", text)
    assert "The harbour was quiet." not in text, "paragraphs that are not concerned are left out"


def test_long_paragraphs_that_did_not_change_are_cut() -> None:
    old = "First. " + "Nothing new here. " * 200 + "He denied it."
    new = old.replace("denied", "admitted")
    start = old.index("denied")
    (change,) = around(paragraphs(old, new), start, start + 6)
    assert sum(len(piece.text) for piece in change.pieces) < 1000
    assert [piece.text for piece in change.pieces if piece.kind != "same"] == ["denied", "admitted"]


def test_a_paragraph_that_was_written_anew_stands_beside_the_old_one() -> None:
    old, new = "One.\n\nShe denied all of it.\n\nThree.", "One.\n\nNobody was to be reached at sea.\n\nThree."
    found = around(paragraphs(old, new), 5, 10)
    assert {"removed", "added"} == {piece.kind for change in found for piece in change.pieces}


# Settling


def test_a_place_that_is_chosen_makes_the_claim_public_again(
    article: Article, claim: Assertion, reviewer: User
) -> None:
    anchor = edited(article, TWICE)
    text = page(ANCHORS, reviewer)
    places = [anchor.revision.text.index(WORDS), anchor.revision.text.rindex(WORDS)]
    assert all(f'name="start" value="{place}"' in text for place in places)
    response = settle(reviewer, anchor, places[1])
    assert "has its place again" in response.content.decode()
    anchor.refresh_from_db()
    assert (anchor.status, anchor.start, anchor.end) == ("moved", places[1], places[1] + len(WORDS))
    assert (anchor.settled_by, anchor.settled_at is not None) == (reviewer, True)
    assert claim in Assertion.objects.public()


def test_a_quotation_that_stays_lost_leaves_the_list_and_supports_nothing(
    article: Article, claim: Assertion, reviewer: User
) -> None:
    anchor = edited(article, TWICE)
    settle(reviewer, anchor, "")
    anchor.refresh_from_db()
    assert (anchor.status, anchor.start, anchor.settled_by) == ("lost", None, reviewer)
    assert not open_anchors().exists()
    assert claim in unsupported()
    assert "Place the quotation" not in page(UNSUPPORTED, reviewer)


@pytest.mark.parametrize("start", ["0", "99999", "-1", "one", "9" * 30, "٣"])
def test_a_place_without_the_words_is_refused(
    article: Article, claim: Assertion, reviewer: User, start: str
) -> None:
    anchor = edited(article, TWICE)
    response = settle(reviewer, anchor, start)
    assert response.status_code == 200
    assert "Choose one of the places" in response.content.decode()
    assert list(open_anchors()) == [anchor]


def test_what_somebody_settled_meanwhile_is_said(article: Article, claim: Assertion, reviewer: User) -> None:
    anchor = edited(article, TWICE)
    actions.settle_anchor(anchor, make_staff("reviewer", "rita"))
    response = settle(reviewer, anchor, anchor.revision.text.index(WORDS))
    assert "rita settled this quotation meanwhile." in [str(each) for each in response.context["messages"]]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_settle_at_once_the_second_is_refused() -> None:
    article = make_article("Ada Vale denies it", FIRST)
    make_assertion("Ships left.", article=article, exact=WORDS)
    anchor = edited(article, TWICE)
    accounts = [make_staff("reviewer", name) for name in ("rita", "rolf")]
    answers = at_once(*(lambda by=by: actions.settle_anchor(anchor, by) for by in accounts))
    assert sorted(type(answer).__name__ for answer in answers) == ["Anchor", "ValidationError"]


def test_a_quotation_that_has_its_place_is_not_settled(
    article: Article, claim: Assertion, reviewer: User
) -> None:
    with pytest.raises(ValidationError, match="has its place"):
        actions.settle_anchor(edited(article, FIRST), reviewer)


def test_quoting_anew_offers_the_version_and_returns_the_claim_to_review(
    article: Article, claim: Assertion, reviewer: User
) -> None:
    new = "“Not one ship left,” Ada Vale said on Monday."
    anchor = edited(article, new)
    client = signed_in(reviewer)
    address = reverse("admin:assertions_assertion_change", args=[claim.pk])
    assert f"{address}?revision={anchor.revision_id}" in page(ANCHORS, reviewer)
    form = client.get(address, {"revision": anchor.revision_id})
    passages = next(
        inline.formset
        for inline in form.context["inline_admin_formsets"]
        if "exact" in inline.formset.form.base_fields
    )
    assert [row.initial.get("revision") for row in passages.extra_forms] == [anchor.revision_id]
    row = {f"{passages.prefix}-1-exact": "Not one ship left"}
    saved = client.post(f"{address}?revision={anchor.revision_id}", sent(form, **row))
    assert saved.status_code == 302, saved.content
    assert claim in Assertion.objects.undecided()
    assert not open_anchors().exists(), "somebody read that version and quoted it"
    accept(claim)
    assert claim in Assertion.objects.public()


# Who may


@pytest.mark.parametrize("name", [INDEX, UNSUPPORTED, ANCHORS])
def test_the_desk_is_for_those_who_decide_or_publish(client: Client, db: None, name: str) -> None:
    assert client.get(reverse(name)).status_code == 302
    assert signed_in(make_staff("reporter")).get(reverse(name)).status_code == 403
    for group in ("editor", "reviewer", "admin"):
        assert signed_in(make_staff(group)).get(reverse(name)).status_code == 200


def test_settling_is_deciding(article: Article, claim: Assertion) -> None:
    anchor, editor = edited(article, TWICE), make_staff("editor")
    assert "These are the words" not in page(ANCHORS, editor)
    assert settle(editor, anchor, "").status_code == 403
    with pytest.raises(PermissionDenied):
        actions.settle_anchor(anchor, editor)
    assert signed_in(editor).get(reverse("admin:desk_settle", args=[anchor.pk])).status_code == 405


def test_more_rows_cost_no_more_queries(
    article: Article, claim: Assertion, reviewer: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        other = make_article(f"Report {number}", FIRST)
        make_assertion("Ships left.", article=other, exact=WORDS)
        edited(other, TWICE)
    edited(article, TWICE)
    client = signed_in(reviewer)
    for name in (UNSUPPORTED, ANCHORS):
        with django_assert_max_num_queries(20):
            assert len(client.get(reverse(name)).context["rows"]) == 5


def test_why_claims_lost_their_support_is_asked_of_all_their_articles_at_once(
    article: Article, claim: Assertion, django_assert_num_queries: Any
) -> None:
    claims = [claim]
    for number in range(3):
        other = make_article(f"Report {number}", FIRST)
        claims.append(make_assertion("Ships left.", article=other, exact=WORDS))
        withdraw(other, None, reason="The letter was forged.")
    for asked in (claims[1:2], claims[1:]):
        with django_assert_num_queries(4):
            assert len(why_unsupported(asked, timezone.now())) == len(asked)
