"""Pages as of an earlier instant show what was public then, and nothing that is still ahead or was closed since."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from actors.actions import publish_actor, withdraw_actor
from actors.models import Actor
from articles.actions import Content, correct, publish, remove_version, save_revision, withdraw
from articles.models import Article
from assertions import actions
from assertions.models import Assertion, Question
from cms.as_of import BadInstant, read
from tests.articles.versions import seen_in_turn
from tests.factories import days_ago, make_actor, make_article, make_assertion, make_question, make_state

NOW = datetime(2024, 6, 19, 15, 30, tzinfo=UTC)
ACCEPT: dict[str, Any] = {
    "verdict": "accept",
    "attribution": "carried",
    "source_reliability": "F",
    "information_credibility": "6",
}


# What may be asked


def test_a_day_is_asked_to_its_end_in_the_newsrooms_time_zone(settings: Any) -> None:
    settings.TIME_ZONE = "Asia/Seoul"
    as_of = read("2024-06-18", NOW)
    assert as_of.at == datetime(2024, 6, 18, 14, 59, 59, 999999, tzinfo=UTC)
    assert as_of.in_words == "18 June 2024"


def test_the_end_of_a_day_on_which_clocks_change_is_before_the_next_midnight(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    assert read("2024-03-31", NOW).at == datetime(2024, 3, 31, 21, 59, 59, 999999, tzinfo=UTC)


def test_today_is_asked_until_now(settings: Any) -> None:
    settings.TIME_ZONE = "Asia/Seoul"
    as_of = read("2024-06-20", NOW)
    assert as_of.at == NOW
    assert as_of.in_words == "20 June 2024, so far"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2024-06-18T14:30Z", datetime(2024, 6, 18, 14, 30, tzinfo=UTC)),
        ("2024-06-18T14:30:10.5Z", datetime(2024, 6, 18, 14, 30, 10, 500000, tzinfo=UTC)),
        ("2024-06-18T14:30+02:00", datetime(2024, 6, 18, 12, 30, tzinfo=UTC)),
        ("2024-06-18T14:30 02:00", datetime(2024, 6, 18, 12, 30, tzinfo=UTC)),
    ],
)
def test_an_instant_is_asked_with_its_offset(text: str, at: datetime) -> None:
    assert read(text, NOW).at == at


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_asks_for_now(text: str) -> None:
    as_of = read(text, NOW)
    assert (as_of.at, as_of.is_past, as_of.query) == (NOW, False, "")


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2024",
        "2024-6-19",
        "20240619",
        "2024-W25-3",
        "2024-06-31",
        "2024-06-18T14:30",
        "2024-06-18T25:00Z",
        "2024-06-18T14:30+99:00",
        "0001-01-01T00:00+14:00",
        "٢٠٢٤-٠٦-١٩",
        "2024-06-19\x00",
        "9" * 5000,
    ],
)
def test_what_names_no_instant_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(BadInstant, match="2024-06-19T14:30Z"):
        read(text, NOW)


@pytest.mark.parametrize("text", ["2024-06-20", "2024-06-19T15:31Z", "9999-12-31"])
def test_what_is_still_ahead_is_refused(text: str) -> None:
    with pytest.raises(BadInstant, match="still ahead"):
        read(text, NOW)


@given(st.text(max_size=40))
def test_any_text_is_an_instant_of_the_past_or_refused(text: str) -> None:
    with suppress(BadInstant):
        assert read(text, NOW).at <= NOW


# What pages show


@pytest.fixture
def ostria(db: None) -> Actor:
    return make_state("Ostria", live_from=days_ago(20))


@pytest.fixture
def ada(ostria: Actor) -> Actor:
    return make_actor("Ada Vale", country=ostria, live_from=days_ago(20))


@pytest.fixture
def article(ada: Actor) -> Article:
    """An article that was public in two wordings: 9 to 5, and 4 to 0 days ago."""
    return seen_in_turn(
        "The harbour", ("Ada Vale of Ostria spoke first.", 9, 5), ("Ada Vale spoke again.", 4, None)
    )


def day(days: float) -> str:
    """Return an instant so many days ago as an address holds it."""
    return days_ago(days).strftime("%Y-%m-%dT%H:%M:%SZ")


def page(client: Client, address: str, days: float, status: int = 200) -> str:
    response = client.get(address, {"as_of": day(days)})
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def claim_of(speaker: Actor, claim: str, *, accepted_days_ago: float, **fields: Any) -> Assertion:
    assertion = make_assertion(claim, speaker, accepted=False, **fields)
    actions.review(assertion, None, **ACCEPT, decided_at=days_ago(accepted_days_ago))
    return assertion


def test_an_article_is_shown_in_the_wording_of_then(client: Client, article: Article) -> None:
    address = article.get_absolute_url()
    assert "spoke first" in page(client, address, 8)
    assert "spoke again" in page(client, address, 3)
    assert "spoke first" not in page(client, address, 3)


def test_an_earlier_page_says_so_and_keeps_out_of_indexes(client: Client, article: Article) -> None:
    address = article.get_absolute_url()
    response = client.get(address, {"as_of": days_ago(8).date().isoformat()})
    text = response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in text
    assert f'<link rel="canonical" href="http://testserver{address}">' in text
    assert f'<a href="{address}">This page today</a>' in text
    assert "today’s wording" in text
    assert f"<strong>As of {days_ago(8):%-d %B %Y}</strong>" in text
    assert "application/ld+json" not in text


def test_a_page_of_now_asks_for_a_day_and_says_nothing_of_the_past(client: Client, article: Article) -> None:
    text = client.get(article.get_absolute_url()).content.decode()
    assert 'type="date" name="as_of"' in text
    assert "This page today" not in text


@pytest.mark.parametrize("asked", ["2999-01-01", "yesterday", "2024-02-30"])
def test_what_cannot_be_asked_is_answered_with_400_on_every_kind_of_page(
    client: Client, article: Article, ada: Actor, asked: str
) -> None:
    make_state("Vesta")
    question = make_question("Did ships leave?")
    pages = [
        article.get_absolute_url(),
        ada.get_absolute_url(),
        question.get_absolute_url(),
        reverse("assertions:relationship", args=["ostria", "vesta"]),
        "/articles/there-is-none/",
    ]
    for address in pages:
        response = client.get(address, {"as_of": asked})
        assert response.status_code == 400
        assert "This page cannot be shown as of then" in response.content.decode()


def test_a_scheduled_wording_is_not_shown_before_its_time(client: Client, article: Article) -> None:
    save_revision(article, Content(headline="To come", body="<p>To come.</p>"), None)
    at = timezone.now() + timedelta(days=2)
    publish(article, None, at=at)
    response = client.get(article.get_absolute_url(), {"as_of": (at + timedelta(days=1)).date().isoformat()})
    assert response.status_code == 400
    assert "To come" not in response.content.decode()


def test_what_was_not_public_then_says_since_when_it_is(client: Client, article: Article, ada: Actor) -> None:
    text = page(client, article.get_absolute_url(), 15, 404)
    assert "There is nothing of this article to show as of" in text
    assert f"The next version that can be read begins on {days_ago(9):%-d %B %Y}" in text
    assert "spoke" not in text
    between = page(client, article.get_absolute_url(), 4.5, 404)
    assert f"begins on {days_ago(4):%-d %B %Y}" in between
    found = page(client, ada.get_absolute_url(), 30, 404)
    assert "There is nothing of “Ada Vale” to show as of" in found
    assert f"begins on {days_ago(20):%-d %B %Y}, when it last became public" in found
    assert 'rel="canonical"' not in text + between + found


def test_of_what_was_withdrawn_and_came_back_nothing_untrue_is_said_of_the_time_before(
    client: Client, article: Article, ada: Actor
) -> None:
    withdraw(article, None, reason="It was wrong.")
    publish(article, None)
    withdraw_actor(ada, None)
    publish_actor(ada, None)
    for address in (article.get_absolute_url(), ada.get_absolute_url()):
        text = page(client, address, 3, 404)
        assert "There is nothing of" in text
        assert f"begins on {timezone.now():%-d %B %Y}" in text
        assert "not public" not in text


def test_what_is_not_public_now_or_then_is_as_what_is_not_there(client: Client, db: None) -> None:
    make_article("A draft", public=False)
    make_article("Ahead", published=timezone.now() + timedelta(days=3))
    make_actor("Hidden", public=False)
    found = [
        re.sub(
            r'(there-is-none|a-draft|ahead|hidden|there is none|a draft|name="csrf.*")',
            "",
            page(client, address, 8, 404),
        )
        for address in (
            "/articles/there-is-none/",
            "/articles/a-draft/",
            "/articles/ahead/",
            "/actors/hidden/",
        )
    ]
    assert all("There is nothing to show as of then" not in text for text in found)
    assert found[0] == found[1] == found[2]


def test_a_closed_version_is_not_shown_whatever_the_instant(client: Client, article: Article) -> None:
    first = article.revisions.filter(live__isnull=False).order_by("live")[0]
    remove_version(first, None, "A court said so.")
    assert "spoke first" not in page(client, article.get_absolute_url(), 8, 404)
    assert "spoke again" in page(client, article.get_absolute_url(), 3)
    withdraw(article, None, reason="It was wrong.")
    assert "spoke again" not in page(client, article.get_absolute_url(), 3, 410)


def test_an_article_withdrawn_since_says_so_where_its_versions_stay(client: Client, article: Article) -> None:
    withdraw(article, None, reason="It was wrong.", keeps_versions=True)
    text = page(client, article.get_absolute_url(), 3)
    assert "Withdrawn on" in text
    assert "It was wrong." in text
    assert 'rel="canonical"' not in text, "the address without the instant answers that it is gone"


def test_corrections_are_those_that_had_been_made(client: Client, article: Article) -> None:
    correct(article, None, kind="correction", text="There were three.")
    assert "There were three." not in page(client, article.get_absolute_url(), 3)


def test_an_actor_is_shown_with_the_claims_and_articles_of_then(
    client: Client, article: Article, ada: Actor
) -> None:
    claim_of(ada, "A ship left.", accepted_days_ago=6)
    claim_of(ada, "A boat left.", accepted_days_ago=2)
    text = page(client, ada.get_absolute_url(), 3)
    assert "a ship left" in text
    assert "a boat left" not in text
    assert "The harbour" in text
    assert "The harbour" not in page(client, ada.get_absolute_url(), 12)


def test_a_question_is_shown_with_the_answers_of_then(client: Client, ada: Actor) -> None:
    question = make_question("Did ships leave?", public=False)
    actions.publish_question(question, None, days_ago(10))
    first = claim_of(ada, "A ship left.", accepted_days_ago=6)
    later = claim_of(ada, "Another ship left.", accepted_days_ago=2)
    for claim in (first, later):
        actions.answer(question, claim, None, stance="affirms")
    then = day(3)
    text = client.get(question.get_absolute_url(), {"as_of": then}).content.decode()
    assert first.get_absolute_url() in text
    assert later.get_absolute_url() not in text
    assert f'<input type="hidden" name="as_of" value="{then}">' in text
    assert "when it last became public" in page(client, question.get_absolute_url(), 15, 404)


def test_a_relationship_is_shown_as_of_then_and_its_parts_stay_there(client: Client, ada: Actor) -> None:
    vesta = make_state("Vesta", live_from=days_ago(10))
    for number in range(7):
        claim_of(ada, f"Ship {number} left Vesta.", accepted_days_ago=6, about=[vesta])
    late = claim_of(ada, "A boat left Vesta.", accepted_days_ago=2, about=[vesta])
    address = reverse("assertions:relationship", args=["ostria", "vesta"])
    text = page(client, address, 3)
    assert "7 claims" in text
    part = re.search(r'href="([^"]*part=left[^"]*)"', text)
    assert part
    listed = client.get(part[1].replace("&amp;", "&")).content.decode()
    assert "Ship 0 left" in listed or "ship 0 left" in listed
    assert late.get_absolute_url() not in listed
    assert "This page today" in listed
    assert "There is nothing of “Vesta” to show as of" in page(client, address, 15, 404)


# Which claims were public then


@pytest.fixture
def claim(ada: Actor) -> Assertion:
    return claim_of(ada, "A ship left.", accepted_days_ago=6)


def was_public(claim: Assertion, days: float) -> bool:
    return Assertion.objects.public(days_ago(days)).filter(pk=claim.pk).exists()


def reword(claim: Assertion, words: str) -> None:
    claim.refresh_from_db()
    claim.claim = words
    actions.save_assertion(claim, None)


def changed(claim: Assertion, days: float) -> None:
    """Have the last change of a claim stand in its history as made so many days ago."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE assertions_assertionevent DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE assertions_assertionevent SET pgh_created_at = %s WHERE pgh_id ="
            " (SELECT max(pgh_id) FROM assertions_assertionevent WHERE pgh_obj_id = %s)",
            [days_ago(days), claim.pk],
        )
        cursor.execute("ALTER TABLE assertions_assertionevent ENABLE TRIGGER USER")


def test_a_claim_was_public_from_its_acceptance_on(claim: Assertion) -> None:
    assert [was_public(claim, days) for days in (7, 5, 0)] == [False, True, True]


def test_a_claim_that_was_changed_and_accepted_again_was_public_before_the_change_too(
    claim: Assertion,
) -> None:
    reword(claim, "Two ships left.")
    actions.review(claim, None, **ACCEPT)
    assert [was_public(claim, days) for days in (7, 5, 0)] == [False, True, True]


def test_a_claim_whose_present_wording_nobody_accepted_is_not_shown_even_as_of_before(
    claim: Assertion,
) -> None:
    reword(claim, "Two ships left.")
    assert [was_public(claim, days) for days in (5, 0)] == [False, False]
    actions.review(claim, None, verdict="reject")
    assert [was_public(claim, days) for days in (5, 0)] == [False, False]


def test_a_wording_accepted_anew_and_rejected_later_is_not_shown_as_of_before_the_change(
    claim: Assertion,
) -> None:
    reword(claim, "Two ships left.")
    actions.review(claim, None, **ACCEPT)
    actions.review(claim, None, verdict="reject")
    assert not was_public(claim, 5)


def test_a_claim_that_waited_for_its_review_then_was_not_public_then(claim: Assertion) -> None:
    reword(claim, "Two ships left.")
    changed(claim, 4)
    actions.review(claim, None, **ACCEPT, decided_at=days_ago(2))
    assert [was_public(claim, days) for days in (5, 3, 1)] == [True, False, True]


def test_a_claim_that_was_accepted_then_and_rejected_since_in_the_same_words_was_public_then(
    claim: Assertion,
) -> None:
    actions.review(claim, None, verdict="reject", decided_at=days_ago(2))
    assert [was_public(claim, days) for days in (5, 1)] == [True, False]


def test_a_claim_on_a_closed_version_alone_was_public_at_no_instant(article: Article, ada: Actor) -> None:
    on_it = claim_of(ada, "Ada spoke.", accepted_days_ago=3, article=article, exact="Ada Vale spoke again")
    assert was_public(on_it, 2)
    withdraw(article, None, reason="It was wrong.")
    assert not was_public(on_it, 2)


def test_a_question_that_is_not_public_any_more_is_shown_as_of_then(client: Client, db: None) -> None:
    question = make_question("Did ships leave?", public=False)
    actions.publish_question(question, None, days_ago(10))
    actions.withdraw_question(Question.objects.get(), None)
    assert "Did ships leave?" in page(client, question.get_absolute_url(), 3)
    assert client.get(question.get_absolute_url()).status_code == 404
