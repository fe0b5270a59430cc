"""The withdrawal rule: at the instant an article is withdrawn, what rested on it alone is supported by nothing."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from articles.actions import publish, remove_version, withdraw
from assertions import actions
from assertions.models import Assertion
from assertions.support import Cause, open_anchors, unsupported, why_unsupported
from tests.factories import make_article, make_assertion, quote
from tests.hidden_rows import Shown, make_shown
from tests.staff import make_staff, signed_in
from tests.test_public_addresses import QUERIES, address_of, parameters, patterns

pytestmark = pytest.mark.django_db
REASON = "The letter that it rested on was forged."


@pytest.fixture(autouse=True)
def relationship(settings: Any, tmp_path: Path) -> None:
    settings.RELATIONSHIP = ("ostria", "vesta")
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def shown() -> Shown:
    return make_shown()


@pytest.fixture
def at() -> datetime:
    return timezone.now() + timedelta(days=2)


@pytest.fixture
def pages(shown: Shown) -> list[str]:
    """Return the address of every public page, feed and list there is, also asked for something."""
    known = parameters(shown)
    found = [
        reverse(name, kwargs=kwargs)
        for name, taken in patterns(get_resolver())
        for kwargs in known.get(name, [] if taken else [{}])
    ]
    return [*found, *map(address_of, QUERIES)]


def tells_of(claim: Assertion, client: Client, pages: list[str]) -> list[str]:
    """Return the addresses of those pages that name a claim, its own left out."""
    found = []
    for page in pages:
        response = client.get(page)
        assert response.status_code in (200, 404, 410), f"{page}: {response.status_code}"
        text = b"".join(response).decode(errors="replace")
        if claim.identifier in text and not page.startswith(claim.get_absolute_url()):
            found.append(page)
    return found


def counts(client: Client) -> tuple[int, int]:
    state = client.get("/").context["state"]
    return state["claims"], state["denied"]


def test_what_rests_on_a_withdrawn_article_alone_is_on_no_page_from_that_instant_on(
    client: Client, shown: Shown, pages: list[str]
) -> None:
    assert len(tells_of(shown.denial, client, pages)) > 8
    assert counts(client) == (3, 1)
    withdraw(shown.covered, None, reason=REASON)
    assert tells_of(shown.denial, client, pages) == []
    assert counts(client) == (2, 0)
    assert shown.denial in unsupported()


def test_what_has_other_evidence_stays(client: Client, shown: Shown, pages: list[str]) -> None:
    withdraw(shown.covered, None, reason=REASON)
    assert client.get(shown.claim.get_absolute_url()).status_code == 200
    assert shown.claim not in unsupported()
    assert tells_of(shown.claim, client, pages)


def test_a_planned_withdrawal_does_the_same_at_its_instant_and_not_before(
    client: Client, shown: Shown, pages: list[str], at: datetime
) -> None:
    withdraw(shown.covered, None, reason=REASON, at=at)
    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        assert shown.denial in Assertion.objects.public()
        assert shown.denial not in unsupported()
        assert counts(client) == (3, 1)
    with time_machine.travel(at, tick=False):
        assert tells_of(shown.denial, client, pages) == []
        assert counts(client) == (2, 0)
        assert list(unsupported()) == [shown.denial]


def test_it_stands_on_the_desk_at_that_instant_with_the_reason(shown: Shown, at: datetime) -> None:
    desk = signed_in(make_staff("reviewer"))
    withdraw(shown.covered, None, reason=REASON, at=at)
    page = reverse("admin:desk_unsupported")
    assert shown.denial.claim not in desk.get(page).content.decode()
    with time_machine.travel(at, tick=False):
        desk = signed_in(make_staff("reviewer", "rita"))
        text = desk.get(page).content.decode()
        assert shown.denial.claim in text
        assert REASON in text
        (reason,) = why_unsupported([shown.denial], at)[shown.denial.pk]
        assert (reason.cause, reason.since) == (Cause.WITHDRAWN, at)


def test_publishing_again_brings_it_back_without_a_write_to_it(client: Client, shown: Shown) -> None:
    withdraw(shown.covered, None, reason=REASON)
    before = Assertion.objects.filter(pk=shown.denial.pk).values().get(), shown.denial.reviews.count()
    publish(shown.covered, None, revision=shown.covered.revisions.get(number=2))
    after = Assertion.objects.filter(pk=shown.denial.pk).values().get(), shown.denial.reviews.count()
    assert before == after
    assert shown.denial in Assertion.objects.public()
    assert shown.denial not in unsupported()
    assert client.get(shown.denial.get_absolute_url()).status_code == 200


def test_the_address_of_a_claim_that_readers_saw_says_why_it_is_gone_and_nothing_of_it(
    client: Client, shown: Shown
) -> None:
    withdraw(shown.covered, None, reason=REASON)
    response = client.get(shown.denial.get_absolute_url())
    text = response.content.decode()
    assert response.status_code == 410
    assert REASON in text
    assert shown.covered.get_absolute_url() in text
    assert "left ostria" not in text.lower()
    assert "Ada Vale" not in text
    assert '<meta name="robots" content="noindex">' in text


def test_the_address_of_a_claim_that_readers_never_saw_is_as_one_that_is_not_there(client: Client) -> None:
    article = make_article("Ships left")
    undecided = make_assertion("Ships left.", article=article, accepted=False)
    rejected = make_assertion("Ships left.", article=article)
    actions.review(rejected, None, verdict="reject")
    withdraw(article, None, reason=REASON)
    late = make_assertion("Ships left.", article=article)
    for claim in (undecided, rejected, late):
        assert client.get(claim.get_absolute_url()).status_code == 404


def test_a_claim_on_a_version_that_was_removed_leaves_no_trace(client: Client) -> None:
    article = make_article("Ships left")
    claim = make_assertion("Ships left.", article=article)
    remove_version(article.revisions.get(), None, "An order of the court.")
    assert client.get(claim.get_absolute_url()).status_code == 404
    assert article.slug not in client.get("/corrections/").content.decode()
    assert list(unsupported()) == [claim]


def test_a_claim_in_two_articles_stays_until_both_are_withdrawn() -> None:
    one, other = make_article("Ships left"), make_article("Ships left again")
    claim = make_assertion("Ships left.", article=one, accepted=False)
    quote(claim, other)
    actions.review(
        claim, None, verdict="accept", attribution="carried",
        source_reliability="F", information_credibility="6",
    )  # fmt: skip
    withdraw(one, None, reason=REASON)
    assert claim in Assertion.objects.public()
    withdraw(other, None, reason="Nobody was there.")
    assert claim not in Assertion.objects.public()
    reasons = why_unsupported([claim], timezone.now())[claim.pk]
    assert {reason.words for reason in reasons} == {REASON, "Nobody was there."}


def test_an_article_that_ended_as_planned_is_told_as_that() -> None:
    article = make_article("Ships leave", public=False)
    claim = make_assertion("Ships left.", article=article)
    now = timezone.now()
    publish(article, None, at=now + timedelta(hours=1), until=now + timedelta(hours=2))
    assert why_unsupported([claim], now)[claim.pk][0].cause == Cause.AHEAD
    later = now + timedelta(hours=3)
    assert claim in unsupported(later)
    assert why_unsupported([claim], later)[claim.pk][0].cause == Cause.ENDED


def test_a_withdrawn_version_leaves_no_quotation_to_place(shown: Shown) -> None:
    withdraw(shown.covered, None, reason=REASON)
    assert not open_anchors().exists()
