"""What the pages tell of the consequences of publishing, scheduling and withdrawing one revision."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.actions import Content, Told, add_image, approve, publish, save_revision, submit, unschedule
from articles.models import Article, Correction
from cms.models import User
from tests.factories import make_article
from tests.hidden_rows import picture
from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


@pytest.fixture
def desk(editor: User) -> Client:
    """The browser of an editor."""
    return signed_in(editor)


@pytest.fixture
def article() -> Article:
    """Revision 1 is public, 2 is a draft."""
    article = make_article("A bridge opens", "It opened on Monday.", published=timezone.now() - DAY)
    save(article, "The bridge is open")
    return article


def save(article: Article, headline: str, by: User | None = None) -> None:
    save_revision(article, Content(headline=headline, body="<p>It opened on Tuesday.</p>"), by)


def page(name: str, article: Article, revision: int | None = None) -> str:
    address = reverse(f"admin:articles_article_{name}", args=[article.pk])
    return f"{address}?revision={revision}" if revision else address


def read(desk: Client, name: str, article: Article, revision: int | None = None) -> str:
    return desk.get(page(name, article, revision)).content.decode()


def told(desk: Client, name: str, article: Article, sent: dict[str, Any], revision: int | None = None) -> str:
    """Return the page that follows on what was sent."""
    return desk.post(page(name, article, revision), sent, follow=True).content.decode()


def schedule_2_then_save_3(article: Article, correction: Told | None = None) -> None:
    publish(article, None, at=timezone.now() + DAY, correction=correction)
    save(article, "The bridge is open at last")


@pytest.mark.parametrize("group", ["editor", "reviewer"])
def test_a_revision_with_an_image_shows_its_text_to_those_who_may_not_edit_it(group: str) -> None:
    image = add_image(picture("bridge"), None, alt="A bridge", credit="Ada Vale")
    article = make_article("A bridge opens", "It opened on Monday.", images=[(image, "In May")])
    revision = article.revisions.get()
    reader = signed_in(make_staff(group))
    addresses = [reverse("admin:articles_revision_change", args=[revision.pk])]
    if group == "reviewer":
        addresses.append(reverse("admin:articles_article_change", args=[article.pk]))
    for address in addresses:
        shown = reader.get(address).content.decode()
        assert "It opened on Monday." in shown
        assert 'alt="A bridge"' in shown


# An older schedule


def test_an_older_schedule_that_will_replace_what_is_published_is_told_before_and_after(
    desk: Client, article: Article
) -> None:
    schedule_2_then_save_3(article)
    asked = read(desk, "publish", article)
    assert "and will replace this one, though it is older." in asked
    assert "Take back the schedule of revision 2" in asked
    done = told(desk, "publish", article, {"number": "3"})
    assert "Revision 2 is scheduled for" in done
    assert "though it is older." in done
    assert article.revisions.get(number=2).live is not None


def test_an_older_schedule_is_taken_back_by_the_ticked_box_in_the_same_action(
    desk: Client, article: Article
) -> None:
    schedule_2_then_save_3(article)
    done = told(desk, "publish", article, {"number": "3", "over_older": "on"})
    assert "Revision 2 is no longer scheduled." in done
    assert article.revisions.get(number=2).live is None
    live = article.revisions.get(number=3).live
    assert live is not None
    assert live.upper is None


def test_a_newer_schedule_and_an_earlier_one_stay_whatever_is_taken_back(article: Article) -> None:
    schedule_2_then_save_3(article)
    publish(
        article, None, revision=article.revisions.get(number=3), at=timezone.now() + 2 * DAY, over_older=True
    )
    assert article.revisions.get(number=2).live is not None
    save(article, "The bridge is closed")
    publish(
        article, None, revision=article.revisions.get(number=3), at=timezone.now() + DAY / 2, over_older=True
    )
    assert article.revisions.get(number=2).live is None


def test_the_schedule_marks_what_is_older_than_what_it_replaces(desk: Client, article: Article) -> None:
    schedule_2_then_save_3(article)
    schedule = reverse("admin:schedule")
    assert "It is older than" not in desk.get(schedule).content.decode()
    publish(article, None, revision=article.revisions.get(number=3))
    assert "It is older than revision 3, which it replaces." in desk.get(schedule).content.decode()


# A correction that waits


def test_a_waiting_correction_is_filled_in_for_a_newer_text_only(desk: Client, article: Article) -> None:
    schedule_2_then_save_3(article, Told("correction", "It was Tuesday."))
    unschedule(article, None, article.revisions.get(number=2))
    newer, own, older = (read(desk, "publish", article, number) for number in (3, 2, 1))
    assert "It is filled in below." in newer
    assert "selected>correction" in newer
    assert "It appears if this revision is published: “It was Tuesday.”" in own
    assert "selected>correction" not in own
    assert "It still waits, as this text is older" in older
    assert "selected>correction" not in older


def test_a_correction_is_not_told_twice_with_its_own_revision(desk: Client, article: Article) -> None:
    publish(article, None, at=timezone.now() + DAY, correction=Told("correction", "It was Tuesday."))
    unschedule(article, None, article.revisions.get(number=2))
    form = desk.get(page("publish", article, 2)).context["form"]
    desk.post(page("publish", article, 2), {"number": "2", "text": form["text"].value() or ""})
    assert Correction.objects.public().count() == 1


def test_taking_a_schedule_back_says_that_its_correction_waits(desk: Client, article: Article) -> None:
    publish(article, None, at=timezone.now() + DAY, correction=Told("correction", "It was Tuesday."))
    assert "It was Tuesday." in read(desk, "unschedule", article, 2)
    done = told(desk, "unschedule", article, {}, 2)
    assert "The correction “It was Tuesday.” waits" in done
    assert f'<a href="{page("publish", article)}">Publish with it</a>' in done


def test_each_correction_beside_the_form_says_since_when_readers_see_it(
    desk: Client, article: Article
) -> None:
    publish(article, None, at=timezone.now() + DAY, correction=Told("correction", "It was Tuesday."))
    assert "with revision 2" in read(desk, "change", article)
    assert ", to be shown with revision 2" in read(desk, "history", article)
    unschedule(article, None, article.revisions.get(number=2))
    assert "readers have not seen it" in read(desk, "change", article)
    history = read(desk, "history", article)
    assert "shown with revision 2" not in history
    assert "readers have not seen it" in history


# What became of versions, and withdrawal


def test_a_version_that_was_replaced_is_not_called_withdrawn(desk: Client, article: Article) -> None:
    publish(article, None)
    assert "withdrawn on" not in read(desk, "change", article)
    first = article.revisions.get(number=1)
    shown = desk.get(reverse("admin:articles_revision_change", args=[first.pk])).content.decode()
    assert "withdrawn on" not in shown
    assert "public from" in shown


def test_a_withdrawal_is_told_by_the_headline_that_readers_see_and_one_ahead_as_ahead(
    desk: Client, article: Article
) -> None:
    asked = read(desk, "withdraw", article)
    assert "Withdraw “A bridge opens”?" in asked
    assert "No public assertion rests on it." in asked
    assert "cancelled" not in asked
    at = f"{timezone.localtime(timezone.now() + DAY, timezone.get_default_timezone()):%Y-%m-%dT%H:%M}"
    done = told(desk, "withdraw", article, {"reason": "It was forged.", "at": at})
    assert "“A bridge opens” will be withdrawn on" in done
    assert "Withdrawn: “A bridge opens”" in told(desk, "withdraw", article, {"reason": "It was forged."})


def test_a_withdrawal_names_the_schedules_that_it_cancels(desk: Client, article: Article) -> None:
    publish(article, None, at=timezone.now() + DAY)
    assert "Revision 2 is scheduled for" in read(desk, "withdraw", article)
    assert "Revision 2 is no longer scheduled." in told(desk, "withdraw", article, {"reason": "Forged."})


# An old revision once more


def test_an_old_revision_published_over_a_draft_says_where_the_draft_is(
    desk: Client, article: Article
) -> None:
    publish(article, None)
    save(article, "The bridge is open at last")
    asked = read(desk, "publish", article, 1)
    assert "so it is published as revision 4, on top of the draft" in asked
    done = told(desk, "publish", article, {"number": "1"})
    assert "Revision 3, which readers have not seen, is behind it now" in done
    assert f'<a href="{page("restore", article, 3)}">Restore it</a>' in done


def test_what_is_live_is_not_offered_for_publishing_but_its_end_can_be_changed(
    desk: Client, article: Article
) -> None:
    for name in ("change", "history"):
        shown = read(desk, name, article)
        assert "hange its end" in shown
    assert "publish this one" not in read(desk, "change", article)


# Approval


def test_the_page_says_first_who_approved_what(desk: Client, editor: User, article: Article) -> None:
    assert read(desk, "publish", article).count("Nobody has approved revision 2.") == 1
    submit(article, None)
    approve(article, editor)
    assert "Approved by editor, " in read(desk, "publish", article)
    save(article, "The bridge is open at last")
    assert "Revision 3 is not approved: editor approved revision 2" in read(desk, "publish", article)


def test_where_four_eyes_refuse_no_way_to_publish_is_offered(
    desk: Client, article: Article, settings: Any
) -> None:
    settings.FOUR_EYES = True
    form = read(desk, "change", article)
    assert "Publish or schedule" not in form
    assert 'name="_publish"' not in form
    assert "Revision 2 is not approved" in form
    assert f"{page('publish', article)}?revision=2" not in read(desk, "history", article)
    asked = desk.get(page("publish", article), follow=True)
    assert "Revision 2 is not approved" in asked.content.decode()
    assert 'value="Publish"' not in asked.content.decode()
    submit(article, None)
    approve(article, make_staff("editor", "chief"))
    form = read(desk, "change", article)
    assert "Publish …" in form
    assert 'name="_publish"' in form


def test_a_picture_that_was_chosen_is_asked_for_again_after_an_error_elsewhere(desk: Client) -> None:
    sent = {"file": picture("harbour"), "alt": "A harbour", "credit": "", "focus_x": "50", "focus_y": "50"}
    shown = desk.post(reverse("admin:articles_image_add"), sent).content.decode()
    assert "Name whose picture it is" in shown
    assert "Choose the file again" in shown
