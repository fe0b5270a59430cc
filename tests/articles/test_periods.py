"""Being public is a period of a revision, and PostgreSQL keeps its rules whichever way it is written."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from articles.actions import (
    Content,
    Told,
    create_article,
    keep_public,
    publish,
    save_revision,
    set_embargo,
    unschedule,
    withdraw,
)
from articles.models import Article, Correction, Revision

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def article() -> Article:
    article = create_article(None, Content(headline="The first wording", body="<p>One.</p>"))
    save_revision(article, Content(headline="The second wording", body="<p>Two.</p>"), None)
    return article


def first(article: Article) -> Revision:
    return article.revisions.get(number=1)


def second(article: Article) -> Revision:
    return article.revisions.get(number=2)


def public_headlines(article: Article, at: datetime | None = None) -> list[str]:
    return [revision.headline for revision in article.revisions.public(at)]


def refuse(sql: str, *values: Any) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return str(caught.value)


def test_a_draft_is_public_at_no_time(article: Article) -> None:
    assert public_headlines(article) == []
    assert not Article.objects.public().exists()


def test_publishing_ends_the_period_of_what_was_live_at_the_same_instant(article: Article) -> None:
    publish(article, None, revision=first(article))
    publish(article, None, revision=second(article))
    assert first(article).live.upper == second(article).live.lower
    assert public_headlines(article) == ["The second wording"]


def test_a_scheduled_revision_is_public_from_its_time_on_and_the_live_one_until_then(
    article: Article,
) -> None:
    publish(article, None, revision=first(article))
    publish(article, None, revision=second(article), at=timezone.now() + DAY)
    assert public_headlines(article) == ["The first wording"]
    assert public_headlines(article, timezone.now() + 2 * DAY) == ["The second wording"]


def test_an_article_with_an_end_is_gone_after_it_without_another_write(article: Article) -> None:
    publish(article, None, until=timezone.now() + DAY)
    assert public_headlines(article) == ["The second wording"]
    assert public_headlines(article, timezone.now() + 2 * DAY) == []


def test_withdrawing_ends_the_period_and_cancels_what_was_scheduled(article: Article) -> None:
    publish(article, None, revision=first(article))
    publish(article, None, revision=second(article), at=timezone.now() + DAY)
    withdraw(article, None, reason="The letter was forged.")
    assert public_headlines(article) == []
    assert public_headlines(article, timezone.now() + 2 * DAY) == []


def test_what_was_public_is_published_again_as_a_new_revision(article: Article) -> None:
    publish(article, None, revision=first(article))
    publish(article, None, revision=second(article))
    again = publish(article, None, revision=first(article))
    assert (again.number, again.headline) == (3, "The first wording")
    assert public_headlines(article) == ["The first wording"]


def test_a_time_in_the_past_is_refused_with_a_sentence(article: Article) -> None:
    with pytest.raises(ValidationError, match="past"):
        publish(article, None, at=timezone.now() - DAY)


def test_an_import_may_begin_in_the_past() -> None:
    begin = timezone.now() - 500 * DAY
    article = create_article(None, Content(headline="An old text"), live_from=begin)
    assert article.published_at == begin
    assert Article.objects.public(begin + DAY).get() == article


def test_two_overlapping_periods_of_one_article_cannot_be_written(article: Article) -> None:
    publish(article, None, revision=first(article))
    refuse(
        "UPDATE articles_revision SET live = tstzrange(now() + '1 day', NULL) WHERE id = %s",
        second(article).pk,
    )


@pytest.mark.parametrize(
    "change",
    [
        "live = NULL",
        "live = tstzrange(now() - interval '1 day', NULL)",
        "live = tstzrange(now() - interval '100 days', NULL)",
        "live = tstzrange(lower(live), now() - interval '1 hour')",
    ],
)
def test_the_past_of_a_period_cannot_be_changed(change: str) -> None:
    article = create_article(None, Content(headline="Old"), live_from=timezone.now() - 10 * DAY)
    error = refuse(f"UPDATE articles_revision SET {change} WHERE article_id = %s", article.pk)
    assert "what is past cannot change" in error


def test_a_draft_cannot_be_made_public_in_the_past_afterwards(article: Article) -> None:
    error = refuse(
        "UPDATE articles_revision SET live = tstzrange('2020-01-01', NULL) WHERE id = %s", first(article).pk
    )
    assert "what is past cannot change" in error


def test_what_was_public_cannot_be_deleted() -> None:
    article = create_article(None, Content(headline="Old"), live_from=timezone.now() - DAY)
    assert "past" in refuse("DELETE FROM articles_revision WHERE article_id = %s", article.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        article.delete()


@pytest.mark.parametrize("period", ["'empty'", "tstzrange(NULL, now())", "tstzrange(now(), NULL, '(]')"])
def test_a_period_has_a_beginning_and_is_not_empty(article: Article, period: str) -> None:
    refuse(f"UPDATE articles_revision SET live = {period} WHERE id = %s", second(article).pk)


@pytest.mark.parametrize(
    "column", ["headline", "standfirst", "body", "text", "byline", "language", "dated", "number"]
)
def test_the_content_of_a_revision_cannot_be_changed(article: Article, column: str) -> None:
    value = "7" if column == "number" else "'2024'"
    refuse(f"UPDATE articles_revision SET {column} = {value} WHERE id = %s", first(article).pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        Revision.objects.filter(pk=first(article).pk).update(**{column: 7 if column == "number" else "2024"})


def test_the_first_public_instant_of_an_article_is_kept_by_the_database(article: Article) -> None:
    assert article.published_at is None
    publish(article, None, revision=first(article))
    publish(article, None, revision=second(article))
    article.refresh_from_db()
    assert article.published_at == first(article).live.lower


def live(article: Article, number: int) -> tuple[datetime | None, datetime | None]:
    period = article.revisions.get(number=number).live
    return (period.lower, period.upper) if period else (None, None)


def test_a_refused_time_is_told_with_the_newsrooms_and_with_what_would_be_right(
    article: Article, settings: Any
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    long_ago = datetime(2024, 5, 3, 8, tzinfo=UTC)
    with pytest.raises(ValidationError) as refused:
        publish(article, None, at=long_ago)
    assert refused.value.message_dict["at"][0].startswith("3 May 2024, 10:00 (08:00 UTC) is past: it is ")
    assert "Leave it empty to publish now." in refused.value.message_dict["at"][0]


def test_nothing_begins_before_the_embargo_ends(article: Article) -> None:
    until = timezone.now() + DAY
    set_embargo(article, None, until)
    for at in (None, until - timedelta(seconds=1)):
        with pytest.raises(ValidationError, match="Under embargo until"):
            publish(article, None, at=at)
    publish(article, None, at=until)
    assert public_headlines(article, until) == ["The second wording"]
    assert public_headlines(article, until - timedelta(seconds=1)) == []


def test_an_embargo_holds_against_sql_too(article: Article) -> None:
    set_embargo(article, None, timezone.now() + DAY)
    assert "embargo" in refuse(
        "UPDATE articles_revision SET live = tstzrange(now(), NULL) WHERE id = %s", first(article).pk
    )


@pytest.mark.parametrize(
    ("state", "said"),
    [("public", "It is public since"), ("scheduled", "It is scheduled for"), ("past", "is past")],
)
def test_an_embargo_that_comes_too_late_is_refused(article: Article, state: str, said: str) -> None:
    if state != "past":
        publish(article, None, at=timezone.now() + DAY if state == "scheduled" else None)
    with pytest.raises(ValidationError, match=said):
        set_embargo(article, None, timezone.now() + (-DAY if state == "past" else 2 * DAY))
    article.refresh_from_db()
    assert article.embargo is None


def test_a_lifted_embargo_holds_nothing_back(article: Article) -> None:
    set_embargo(article, None, timezone.now() + DAY)
    set_embargo(article, None, None)
    publish(article, None)
    assert public_headlines(article) == ["The second wording"]


def test_publishing_what_is_live_again_writes_its_end_and_no_version(article: Article) -> None:
    publish(article, None)
    until = timezone.now() + DAY
    publish(article, None, until=until)
    assert article.revisions.count() == 2
    assert live(article, 2)[1] == until
    publish(article, None)
    assert live(article, 2)[1] is None


def test_an_unscheduled_replacement_lets_what_it_would_have_followed_go_on(article: Article) -> None:
    publish(article, None, revision=first(article))
    publish(article, None, revision=second(article), at=timezone.now() + DAY)
    unschedule(article, None, second(article))
    assert live(article, 2) == (None, None)
    assert live(article, 1)[1] is None


def test_what_has_begun_is_not_unscheduled(article: Article) -> None:
    with pytest.raises(ValidationError, match="not scheduled"):
        unschedule(article, None, second(article))
    publish(article, None)
    with pytest.raises(ValidationError, match="is public since"):
        unschedule(article, None, second(article))


def test_a_planned_end_is_taken_back_and_a_replacement_stays(article: Article) -> None:
    later = timezone.now() + 3 * DAY
    publish(article, None, revision=first(article), until=timezone.now() + DAY)
    publish(article, None, revision=second(article), at=later)
    keep_public(article, None)
    assert live(article, 1)[1] == later
    with pytest.raises(ValidationError, match="No end is planned"):
        keep_public(article, None)


def test_a_revision_that_follows_a_planned_withdrawal_ends_with_it(article: Article) -> None:
    publish(article, None, revision=first(article))
    end = timezone.now() + 3 * DAY
    withdraw(article, None, reason="The letter was forged.", at=end)
    publish(article, None, revision=second(article), at=timezone.now() + DAY)
    assert live(article, 2)[1] == end
    assert article.revisions.public(end - DAY).get() == second(article)
    assert second(article).closed_at == end


def test_a_correction_and_the_revision_that_brings_it_are_written_together_or_not_at_all(
    article: Article,
) -> None:
    publish(article, None, revision=first(article))
    with pytest.raises(ValidationError):
        publish(article, None, revision=second(article), correction=Told("nonsense", "It was two."))
    assert public_headlines(article) == ["The first wording"]
    publish(article, None, revision=second(article), correction=Told("correction", "It was two."))
    assert article.corrections.get().revision == second(article)


def test_a_correction_that_is_scheduled_is_told_from_its_revisions_beginning_on(article: Article) -> None:
    publish(article, None, revision=first(article))
    at = timezone.now() + DAY
    publish(article, None, revision=second(article), at=at, correction=Told("correction", "It was two."))
    assert not Correction.objects.public(at - timedelta(seconds=1)).exists()
    assert Correction.objects.public(at).exists()


def test_what_readers_have_not_seen_is_not_corrected_by_publishing_it(article: Article) -> None:
    with pytest.raises(ValidationError, match="have not seen"):
        publish(article, None, correction=Told("correction", "It was two."))
    assert public_headlines(article) == []
