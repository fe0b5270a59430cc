"""``relink``: mentions are found again after names changed, in every text that is or will be read."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from actors.actions import add_name, create_actor
from actors.models import Actor
from articles.actions import Content, create_article, publish, resolve_mention, save_revision
from articles.models import Article, Mention, Revision

pytestmark = pytest.mark.django_db


def relink(**options: object) -> str:
    out = StringIO()
    call_command("relink", stdout=out, stderr=StringIO(), **options)
    return out.getvalue().strip()


def article(text: str) -> Article:
    return create_article(None, Content(headline="A headline", body=f"<p>{text}</p>"))


def actor(slug: str, name: str, kind: str = "person") -> Actor:
    return create_actor(None, slug=slug, name=name, kind=kind)


def linked(revision: Revision) -> list[tuple[str, str | None]]:
    return list(revision.mentions.values_list("text", "actor__slug"))


def test_a_text_that_was_written_before_its_actor_is_linked_to_it() -> None:
    text = article("Mara Quill left, and Quill's ship with her.")
    actor("mara-quill", "Mara Quill")
    assert relink() == "1 of 1 texts linked again, 2 mentions in them."
    assert linked(text.revisions.get()) == [("Mara Quill", "mara-quill"), ("Quill", "mara-quill")]


def test_a_second_run_changes_nothing() -> None:
    actor("mara-quill", "Mara Quill")
    article("Mara Quill left.")
    before = list(Mention.objects.values_list("start", "end", "actor"))
    relink()
    relink()
    assert list(Mention.objects.values_list("start", "end", "actor")) == before


def test_only_texts_in_which_the_actor_may_stand_are_linked_again_for_one_actor() -> None:
    article("Mara Quill left.")
    article("Nobody left.")
    actor("mara-quill", "Mara Quill")
    assert relink(actor="mara-quill") == "1 of 2 texts linked again, 1 mentions in them."


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("Мара Квилова", "ru", "Письмо Мары Квиловой пришло."),
        ("José Pérez", "es", "JOSE PEREZ left."),
        ("마라퀼", "ko", "마라퀼은 떠났다."),
        ("Ma-ra Quill", "en", "It was Ma Ra Quill who left."),
    ],
)
def test_one_actor_is_found_in_every_form_that_its_names_take(name: str, language: str, words: str) -> None:
    text = article(words)
    add_name(actor("someone", "Somebody Else"), None, text=name, language=language, kind="name")
    relink(actor="someone")
    assert [slug for _, slug in linked(text.revisions.get())] == ["someone"]


def test_a_name_that_was_taken_away_is_no_longer_linked() -> None:
    quill = actor("mara-quill", "Mara Quill")
    add_name(quill, None, text="the Navigator", kind="epithet")
    text = article("It was the Navigator who left.")
    assert linked(text.revisions.get()) == [("the Navigator", "mara-quill")]
    quill.names.get(text="the Navigator").delete()
    relink(actor="mara-quill")
    assert linked(text.revisions.get()) == []


def test_a_name_that_two_actors_come_to_share_is_asked_of_the_editor() -> None:
    actor("mara-quill", "Mara Quill")
    text = article("Mara Quill left.")
    actor("mara-quill-2", "Mara Quill", kind="vessel")
    relink()
    mention = text.revisions.get().mentions.get()
    assert mention.actor is None
    assert set(mention.candidates) == {"mara-quill", "mara-quill-2"}


def test_what_an_editor_confirmed_stays() -> None:
    actor("mara-quill", "Mara Quill")
    ship = actor("mara-quill-2", "Mara Quill", kind="vessel")
    text = article("Mara Quill left. Nobody saw Mara Quill again.")
    resolve_mention(text.revisions.get().mentions.first(), ship, None)  # type: ignore[arg-type]
    relink()
    assert linked(text.revisions.get()) == [("Mara Quill", "mara-quill-2"), ("Mara Quill", None)]


def test_live_scheduled_and_latest_texts_are_searched_and_superseded_drafts_are_not() -> None:
    text = article("Mara Quill, a draft that was superseded.")
    for words in ("live", "scheduled", "the latest"):
        save_revision(text, Content(headline="A headline", body=f"<p>Mara Quill, {words}.</p>"), None)
    publish(text, None, revision=text.revisions.get(number=2))
    publish(text, None, revision=text.revisions.get(number=3), at=timezone.now() + timedelta(days=1))
    actor("mara-quill", "Mara Quill")
    assert relink() == "3 of 3 texts linked again, 3 mentions in them."
    assert linked(text.revisions.get(number=1)) == []


def test_a_name_without_a_letter_stops_no_search() -> None:
    actor("dash", "-")
    actor("mara-quill", "Mara Quill")
    text = article("Mara Quill left - alone.")
    assert relink(actor="dash") == "0 of 1 texts linked again, 0 mentions in them."
    assert linked(text.revisions.get()) == [("Mara Quill", "mara-quill")]


def test_an_actor_that_there_is_not_is_said_in_a_sentence() -> None:
    with pytest.raises(CommandError, match="There is no actor “nobody”"):
        relink(actor="nobody")
