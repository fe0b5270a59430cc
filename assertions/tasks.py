"""What a worker does with assertions."""

from procrastinate.contrib.django import app

from assertions.actions import propose_links, store_suggestions
from assertions.actions.proposing_links import TASK as PROPOSE_LINKS
from assertions.actions.suggesting import TASK


@app.task(name=TASK)
def suggest(article: int) -> None:
    """Store what the rules find in the newest text of the article with a key, if it is still there."""
    store_suggestions(article)


@app.task(name=PROPOSE_LINKS)
def compare(assertions: list[int]) -> None:
    """Propose how the assertions with some keys bear on those they are like."""
    propose_links(assertions)
