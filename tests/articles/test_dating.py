"""The day of a text: what it bears, else when its article was first public, else when that was begun."""

from datetime import UTC, date

import pytest

from articles.actions import Content, save_revision
from articles.dating import date_of, day_of
from tests.factories import days_ago, make_article

pytestmark = pytest.mark.django_db


def test_the_day_that_a_text_bears_goes_before_all_others() -> None:
    article = make_article("Ships left", dated="2024-10-10/2024-10-12")
    revision = article.revisions.get()
    assert (date_of(revision), day_of(revision)) == ("2024-10-10/2024-10-12", date(2024, 10, 10))


def test_a_text_without_a_date_is_of_the_first_public_day_of_its_article_in_every_revision() -> None:
    article = make_article("Ships left", published=days_ago(9))
    later = save_revision(article, Content(headline="Ships left", body="<p>They left.</p>"), None)
    shown = days_ago(9).astimezone(UTC).date()
    assert (date_of(later), day_of(later)) == (shown.isoformat(), shown)


def test_a_text_that_was_never_public_has_no_date_and_the_day_on_which_it_was_begun() -> None:
    revision = make_article("Ships left", public=False).revisions.get()
    begun = revision.article.created_at.astimezone(UTC).date()
    assert (date_of(revision), day_of(revision)) == ("", begun)


def test_a_date_without_a_first_day_leaves_the_first_public_day() -> None:
    revision = make_article("Ships left", published=days_ago(3), dated="../2024-10-12").revisions.get()
    assert day_of(revision) == days_ago(3).astimezone(UTC).date()
