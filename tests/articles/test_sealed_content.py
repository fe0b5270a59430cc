"""Topics and images of a revision are written with it and never afterwards."""

import pytest
from django.db import DatabaseError, transaction

from articles.actions import Content, create_article
from articles.models import Article, TaggedRevision, Topic

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article() -> Article:
    topic = Topic.objects.create(name="Treaties", slug="treaties")
    return create_article(None, Content(headline="A wording", topics=[topic]))


def test_a_topic_cannot_be_taken_from_a_saved_revision(article: Article) -> None:
    with pytest.raises(DatabaseError, match="content of a saved revision"):
        TaggedRevision.objects.all().delete()


def test_a_topic_cannot_be_added_to_a_saved_revision(article: Article) -> None:
    other = Topic.objects.create(name="Visits", slug="visits")
    with pytest.raises(DatabaseError, match="content of a saved revision"), transaction.atomic():
        TaggedRevision.objects.create(content_object=article.revisions.get(), tag=other)


def test_a_draft_is_deleted_with_its_topics(article: Article) -> None:
    article.delete()
    assert not TaggedRevision.objects.exists()
