"""What a worker does with articles."""

from procrastinate.contrib.django import app

from articles.actions import find_reprints, note_unknown_names
from articles.actions.likeness import TASK
from articles.models import Article


@app.task(name=TASK)
def compare(article: int) -> None:
    """Look in the newest text of the article with a key for names nobody bears, and for what it reprints."""
    found = Article.objects.filter(pk=article).first()
    if found is not None:
        note_unknown_names(found)
        find_reprints(found)
