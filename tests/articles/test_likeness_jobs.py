"""What is saved is compared by the worker: texts with texts, claims with claims, names with the names of actors."""

import pytest

from actors.models import Actor
from articles.actions import delete_draft
from articles.models import Article, Reprint, UnknownName
from assertions import actions
from assertions.models import ProposedLink
from tests.articles.test_reprints import ITEM
from tests.assertions.worker import work
from tests.factories import make_actor, make_article, make_assertion
from tests.staff import make_staff

pytestmark = pytest.mark.django_db(transaction=True)
SHIPS = "Ships of Ostria have carried grain to the ports of Vesta."


@pytest.fixture
def speaker() -> Actor:
    return make_actor("Dora Quill")


def test_a_saved_text_is_compared_and_its_names_are_noted() -> None:
    for name in ("Item", "Copy"):
        make_article(name, *ITEM)
    assert not Reprint.objects.exists()
    work()
    assert Reprint.objects.count() == 1
    assert set(UnknownName.objects.values_list("text", flat=True)) >= {"Ada Vale"}


def test_an_article_that_was_deleted_meanwhile_is_left_out() -> None:
    article = make_article("Item", *ITEM, public=False)
    delete_draft(article, make_staff("admin"))
    work()
    assert not UnknownName.objects.exists()
    assert not Article.objects.exists()


def test_a_claim_is_compared_after_it_was_written_and_after_it_was_changed(speaker: Actor) -> None:
    make_assertion(SHIPS, speaker, said="2024-05-01")
    other = make_assertion("The harbour is closed.", speaker, said="2024-06-01")
    work()
    assert not ProposedLink.objects.exists()
    other.claim = SHIPS
    actions.save_assertion(other, None)
    work()
    assert ProposedLink.objects.get().source == other


def test_what_rules_suggest_is_compared_too(speaker: Actor) -> None:
    for name in ("One", "Two"):
        make_article(name, "Dora Quill said that ships of Ostria had carried grain to the ports of Vesta.")
    work()
    work()
    row = ProposedLink.objects.get()
    assert row.type == "repeats"
    assert {row.source.proposed_rule, row.target.proposed_rule} != {""}
