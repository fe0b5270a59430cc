"""Being public is a period of a revision, and PostgreSQL keeps its rules whichever way it is written."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from articles.actions import Content, create_article, publish, save_revision, withdraw
from articles.models import Article, Revision

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
    withdraw(article, None)
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
