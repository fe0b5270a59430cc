"""A withdrawn article: the notice in its place, its versions, and those that had to be removed."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from articles.actions import (
    Content,
    close_versions,
    correct,
    keep_public,
    open_versions,
    publish,
    remove_version,
    save_revision,
    withdraw,
)
from articles.models import Article, Removal, Revision, Withdrawal
from tests.factories import days_ago, make_article
from tests.staff import make_staff

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
FORGED = "The letter on which it rested was forged."


@pytest.fixture
def article() -> Article:
    """An article of two versions, the second live."""
    article = make_article("A bridge opens", "It opened on Monday.", published=days_ago(3))
    save_revision(article, Content(headline="The bridge is open", body="<p>It opened on Tuesday.</p>"), None)
    publish(article, None)
    return article


def gone(client: Client, article: Article) -> str:
    response = client.get(article.get_absolute_url())
    assert response.status_code == 410
    return response.content.decode()


def readable(article: Article) -> list[int]:
    return list(
        Revision.objects.readable()
        .filter(article=article)
        .order_by("number")
        .values_list("number", flat=True)
    )


def test_a_withdrawn_article_is_gone_and_says_when_and_why(client: Client, article: Article) -> None:
    notice = withdraw(article, None, reason=FORGED)
    assert notice is not None
    page = gone(client, article)
    assert FORGED in page
    assert f'datetime="{notice.at.isoformat(timespec="seconds")}"' in page
    assert "bridge" not in page.replace(article.slug, "").lower()
    assert '<meta name="robots" content="noindex">' in page
    assert "canonical" not in page
    assert client.head(article.get_absolute_url()).status_code == 410


def test_its_headline_is_told_while_its_versions_stay_readable(client: Client, article: Article) -> None:
    withdraw(article, None, reason=FORGED, keeps_versions=True)
    page = gone(client, article)
    assert "The bridge is open" in page
    assert f"{article.get_absolute_url()}versions/" in page
    assert readable(article) == [1, 2]


def test_what_was_corrected_is_told_in_its_place_too(client: Client, article: Article) -> None:
    correct(article, None, kind="retraction", text="None of it was so.")
    withdraw(article, None, reason=FORGED)
    assert "None of it was so." in gone(client, article)


def test_an_article_that_ended_as_planned_says_so_without_a_reason(client: Client, article: Article) -> None:
    publish(article, None, until=timezone.now() + DAY)
    with time_machine.travel(timezone.now() + 2 * DAY):
        page = gone(client, article)
    assert "It was public until" in page
    assert "withdrew" not in page


def test_one_that_was_never_public_is_as_one_that_is_not_there(client: Client) -> None:
    for article in (
        make_article("Draft", public=False),
        make_article("Ahead", published=timezone.now() + DAY),
    ):
        response = client.get(article.get_absolute_url())
        missing = client.get("/articles/nothing-of-the-kind/")
        assert response.status_code == missing.status_code == 404
        assert (
            response.content.decode().replace(article.slug, "").splitlines()[:20]
            == (missing.content.decode().replace("nothing-of-the-kind", "").splitlines()[:20])
        )


def test_withdrawing_closes_all_versions_at_that_instant(article: Article) -> None:
    notice = withdraw(article, None, reason=FORGED)
    assert notice is not None
    assert set(article.revisions.values_list("closed_at", flat=True)) == {notice.at}
    assert readable(article) == []
    assert not article.revisions.public(days_ago(1)).exists()


def test_a_version_that_is_closed_is_not_public_as_of_an_earlier_instant_either(article: Article) -> None:
    live = article.revisions.get(number=2)
    assert live.live is not None
    at = live.live.lower
    assert live.is_public() and live.is_public(at)
    withdraw(article, None, reason=FORGED)
    live.refresh_from_db()
    assert not live.is_public()
    assert not live.is_public(at)


def test_a_planned_withdrawal_happens_at_its_instant_and_nobody_is_needed(
    client: Client, article: Article
) -> None:
    at = timezone.now() + DAY
    withdraw(article, None, reason=FORGED, at=at)
    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        assert client.get(article.get_absolute_url()).status_code == 200
        assert readable(article) == [1, 2]
    with time_machine.travel(at, tick=False):
        assert FORGED in gone(client, article)
        assert readable(article) == []


def test_a_planned_withdrawal_can_be_taken_back(client: Client, article: Article) -> None:
    at = timezone.now() + DAY
    withdraw(article, None, reason=FORGED, at=at)
    keep_public(article, None)
    assert not Withdrawal.objects.exists()
    with time_machine.travel(at + DAY):
        assert client.get(article.get_absolute_url()).status_code == 200
        assert readable(article) == [1, 2]


def test_a_second_plan_replaces_the_first(article: Article) -> None:
    early, late = timezone.now() + DAY, timezone.now() + 2 * DAY
    withdraw(article, None, reason="Too early.", at=early)
    withdraw(article, None, reason=FORGED, at=late)
    assert Withdrawal.objects.get().at == late
    assert article.revisions.public(late - timedelta(seconds=1)).exists()
    assert not article.revisions.public(late).exists()


def test_a_withdrawal_needs_a_reason_for_readers(article: Article) -> None:
    with pytest.raises(ValidationError) as refused:
        withdraw(article, None, reason=" \n")
    assert "readers" in refused.value.message_dict["reason"][0]
    assert Article.objects.public().exists()


def test_what_is_only_scheduled_is_unscheduled_without_a_notice(client: Client) -> None:
    article = make_article("Ahead", published=timezone.now() + DAY)
    assert withdraw(article, None, reason="") is None
    assert not Withdrawal.objects.exists()
    assert article.revisions.get().live is None
    with time_machine.travel(timezone.now() + 2 * DAY):
        assert client.get(article.get_absolute_url()).status_code == 404


def test_a_draft_cannot_be_withdrawn() -> None:
    with pytest.raises(ValidationError, match="nothing to withdraw"):
        withdraw(make_article("Draft", public=False), None, reason=FORGED)


def test_an_article_that_has_ended_can_get_a_notice(client: Client, article: Article) -> None:
    withdraw(article, None, reason="It was false.")
    withdraw(article, None, reason=FORGED)
    page = gone(client, article)
    assert FORGED in page
    assert "It was false." not in page


def test_published_again_it_is_public_and_what_was_closed_stays_closed(
    client: Client, article: Article
) -> None:
    withdraw(article, None, reason=FORGED)
    again = publish(article, None)
    assert client.get(article.get_absolute_url()).status_code == 200
    assert readable(article) == [again.number]


def test_versions_are_opened_and_closed_afterwards(client: Client, article: Article) -> None:
    with pytest.raises(ValidationError, match="is public"):
        close_versions(article, None)
    withdraw(article, None, reason=FORGED)
    assert open_versions(article, None) == 2
    assert "The bridge is open" in gone(client, article)
    assert close_versions(article, None) == 2
    assert readable(article) == []


def test_a_withdrawal_that_has_taken_place_stays_on_record(article: Article) -> None:
    withdraw(article, None, reason=FORGED)
    for change in (
        lambda: Withdrawal.objects.all().delete(),
        lambda: Withdrawal.objects.update(reason="Another."),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_removed_version_vanishes_and_the_rest_stays(client: Client, article: Article) -> None:
    remove_version(article.revisions.get(number=1), None, "A court's order of Monday.")
    assert readable(article) == [2]
    assert client.get(article.get_absolute_url()).status_code == 200
    assert client.get(f"{article.get_absolute_url()}versions/1/").status_code == 404
    assert not article.revisions.public(days_ago(2)).exists()


def test_removing_the_live_version_ends_it_and_readers_are_told_of_the_others_only(
    client: Client, article: Article
) -> None:
    remove_version(article.revisions.get(number=2), None, "A court's order of Monday.")
    page = gone(client, article)
    assert "A bridge opens" in page
    assert "The bridge is open" not in page
    assert "court" not in page


def test_an_article_of_which_all_was_removed_is_not_there(client: Client, article: Article) -> None:
    for revision in article.revisions.all():
        remove_version(revision, None, "A court's order of Monday.")
    assert client.get(article.get_absolute_url()).status_code == 404


def test_a_removed_version_comes_back_by_no_way(article: Article) -> None:
    removed = article.revisions.get(number=2)
    remove_version(removed, None, "A court's order of Monday.")
    withdraw(article, None, reason=FORGED)
    open_versions(article, None)
    assert readable(article) == [1]
    with pytest.raises(ValidationError, match="removed for a legal reason"):
        publish(article, None, revision=removed)
    with pytest.raises(DatabaseError), transaction.atomic():
        Revision.objects.filter(pk=removed.pk).update(closed_at=None)
    with pytest.raises(ValidationError, match="already"):
        remove_version(removed, None, "Again.")


def test_only_what_readers_saw_is_removed_and_with_a_reason(article: Article) -> None:
    draft = make_article("Draft", public=False).revisions.get()
    with pytest.raises(ValidationError, match="never saw"):
        remove_version(draft, None, "A court's order.")
    with pytest.raises(ValidationError) as refused:
        remove_version(article.revisions.get(number=1), None, " ")
    assert "reason" in refused.value.message_dict
    assert not Removal.objects.exists()


def test_editors_remove_nothing(article: Article) -> None:
    with pytest.raises(PermissionDenied):
        remove_version(article.revisions.get(number=1), make_staff("editor"), "A court's order.")


def test_a_removal_is_on_record_with_who_and_why(article: Article) -> None:
    chief: Any = make_staff("admin", "chief")
    removal = remove_version(article.revisions.get(number=1), chief, "A court's order of Monday.")
    assert (removal.created_by, removal.reason) == (chief, "A court's order of Monday.")
