"""Who may read, quote, describe and delete what: what a reporter cannot do by another way round."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow

from articles.actions import (
    Content,
    assign,
    change_image,
    create_article,
    open_versions,
    publish,
    remove_version,
    save_revision,
    set_embargo,
    withdraw,
)
from articles.models import Article, Image, Revision
from assertions import actions
from assertions.models import Assertion
from cms.models import User
from cms.workplace import schedule
from tests.factories import make_article, make_assertion, make_prepared
from tests.staff import errors, make_staff, sent, signed_in

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NO_SUCH_CHOICE = "Select a valid choice. That choice is not one of the available choices."


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


@pytest.fixture
def reporter() -> User:
    return make_staff("reporter")


def draft_of(user: User, headline: str = "The bridge", **content: Any) -> Article:
    return create_article(user, Content(headline=headline, body="<p>It is closed.</p>", **content))


# Revisions


def test_a_revision_has_no_page_to_delete_it(editor: User) -> None:
    article = draft_of(editor)
    save_revision(article, Content(headline="The bridge", body="<p>It is open.</p>"), editor)
    first, client = article.revisions.get(number=1), signed_in(editor)
    address = reverse("admin:articles_revision_delete", args=[first.pk])
    assert client.get(address).status_code == 403
    assert client.post(address, {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [first.pk], "post": "yes"}
    client.post(reverse("admin:articles_revision_changelist"), chosen)
    assert article.revisions.count() == 2


def test_a_draft_is_deleted_with_all_its_revisions(editor: User) -> None:
    article = draft_of(editor)
    save_revision(article, Content(headline="The bridge", body="<p>It is open.</p>"), editor)
    address = reverse("admin:articles_article_delete", args=[article.pk])
    assert signed_in(editor).post(address, {"post": "yes"}).status_code == 302
    assert not Revision.objects.exists()


def test_a_draft_is_deleted_with_the_suggestions_that_nobody_has_taken_up(editor: User) -> None:
    article = draft_of(editor)
    make_prepared("The bridge is closed.", article=article, exact="It is closed.")
    address, client = reverse("admin:articles_article_delete", args=[article.pk]), signed_in(editor)
    page = client.get(address)
    assert "1 suggestion that nobody has taken up goes with it." in page.text
    assert Assertion.objects.count() == 1
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert not Revision.objects.exists()
    assert not Assertion.objects.exists()


def test_a_draft_whose_suggestion_was_judged_stays_with_all_its_suggestions(editor: User) -> None:
    article = draft_of(editor)
    judged = make_prepared("The bridge is closed.", article=article, exact="It is closed.")
    make_prepared("The bridge is not open.", article=article, exact="It is closed.")
    actions.review(judged, None, verdict="reject", reason="Of no interest.")
    address, client = reverse("admin:articles_article_delete", args=[article.pk]), signed_in(editor)
    page = client.post(address, {"post": "yes"})
    assert page.status_code == 200
    assert "Cannot delete article" in page.text
    assert Article.objects.filter(pk=article.pk).exists()
    assert Assertion.objects.count() == 2


# Quoting


def test_a_draft_that_may_not_be_read_is_not_quoted_and_refused_like_one_that_there_is_not(
    editor: User, reporter: User
) -> None:
    secret, assertion = draft_of(editor).revisions.get(), make_assertion("It is closed")
    with pytest.raises(ValidationError) as refusal:
        actions.quote(assertion, secret, reporter, exact="It is closed.")
    assert refusal.value.message_dict == {"revision": [NO_SUCH_CHOICE]}
    client = signed_in(reporter)
    address = reverse("admin:assertions_assertion_change", args=[assertion.pk])
    page = client.get(address)
    said = set()
    for key in (secret.pk, secret.pk + 999):
        for exact in ("It is closed.", "It is not there."):
            rows = {"evidence-0-revision": key, "evidence-0-exact": exact}
            answer = client.post(address, sent(page, **rows))
            said.add(errors(answer))
            assert b"The bridge" not in answer.content
    assert len(said) == 1
    assert NO_SUCH_CHOICE in said.pop()
    assert not secret.evidence.exists()


def test_who_may_read_a_draft_quotes_it(editor: User, reporter: User) -> None:
    assertion = make_assertion("It is closed")
    own, others = draft_of(reporter).revisions.get(), draft_of(editor).revisions.get()
    actions.quote(assertion, own, reporter, exact="It is closed.")
    actions.quote(assertion, others, editor, exact="It is closed.")
    actions.quote(assertion, others, None, exact="It is closed")
    assert assertion.evidence.filter(revision__in=[own, others]).count() == 3


def test_a_claim_that_rests_on_a_draft_of_another_is_still_saved(editor: User, reporter: User) -> None:
    assertion = make_assertion("It is closed")
    actions.quote(assertion, draft_of(editor).revisions.get(), editor, exact="It is closed.")
    address = reverse("admin:assertions_assertion_change", args=[assertion.pk])
    client = signed_in(reporter)
    answer = client.post(address, sent(client.get(address), note="Ask the harbour master."))
    assert answer.status_code == 302, errors(answer)
    assertion.refresh_from_db()
    assert assertion.note == "Ask the harbour master."


# Images


@pytest.fixture
def image(settings: Any, tmp_path: Path) -> Image:
    settings.MEDIA_ROOT = tmp_path
    data = BytesIO()
    Pillow.new("RGB", (9, 9)).save(data, "PNG")
    file = ContentFile(data.getvalue(), "quay.png")
    return Image.objects.create(file=file, alt="A quay", credit="Ada Vale")


def describe(image: Image, by: User | None) -> Image:
    return change_image(image, by, alt="A pier", credit="Boris Klint", focus=(50, 50))


def test_a_reporter_describes_an_image_that_only_own_drafts_show(image: Image, reporter: User) -> None:
    assert describe(image, reporter).alt == "A pier"
    draft_of(reporter, images=[(image, "")])
    assert describe(image, reporter).alt == "A pier"


@pytest.mark.parametrize("state", ["public", "scheduled", "withdrawn"])
def test_only_editors_describe_an_image_that_readers_see_or_will_see(
    image: Image, editor: User, reporter: User, state: str
) -> None:
    article = draft_of(reporter, images=[(image, "")])
    publish(article, None, at=timezone.now() + DAY if state == "scheduled" else None)
    if state == "withdrawn":
        withdraw(article, None, reason="It was another harbour.")
    with pytest.raises(ValidationError, match="ask an editor"):
        describe(image, reporter)
    image.refresh_from_db()
    assert image.alt == "A quay"
    assert describe(image, editor).alt == "A pier"


def test_only_editors_describe_an_image_in_the_draft_of_another(
    image: Image, editor: User, reporter: User
) -> None:
    draft_of(editor, images=[(image, "")])
    client = signed_in(reporter)
    address = reverse("admin:articles_image_change", args=[image.pk])
    answer = client.post(address, sent(client.get(address), alt="Something else"))
    assert "Another writer&#x27;s draft shows this image: ask an editor" in answer.content.decode()
    assert "Something else" in answer.content.decode()
    image.refresh_from_db()
    assert image.alt == "A quay"


# Versions


def test_opening_the_versions_leaves_a_planned_closing_as_it_is(editor: User) -> None:
    article = make_article("The bridge")
    withdraw(article, None, reason="An error.")
    second = save_revision(article, Content(headline="The bridge", body="<p>It is open.</p>"), None)
    publish(article, None, revision=second, at=timezone.now() + DAY)
    withdraw(article, None, reason="Another error.", at=timezone.now() + 2 * DAY)
    second.refresh_from_db()
    planned = second.closed_at
    assert open_versions(article, editor) == 1
    second.refresh_from_db()
    assert second.closed_at == planned
    assert planned is not None


def test_a_removed_version_is_not_quoted_by_who_may_not_read_it(editor: User) -> None:
    article = make_article("The bridge", "It is closed.")
    revision = article.revisions.get()
    remove_version(revision, None, "A court's order.")
    with pytest.raises(ValidationError, match="valid choice"):
        actions.quote(make_assertion("It is closed"), revision, editor, exact="It is closed.")


# The edge of the calendar

LAST, FIRST = datetime(9999, 12, 31, 23, 30, tzinfo=UTC), datetime(1, 1, 1, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("moment", [FIRST, LAST])
def test_nothing_is_appointed_for_a_year_at_the_edge_of_the_calendar(
    settings: Any, editor: User, moment: datetime
) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    article, public = draft_of(editor), make_article("The harbour")
    tried: list[tuple[str, Callable[[], object]]] = [
        ("at", lambda: publish(article, editor, at=moment)),
        ("until", lambda: publish(article, editor, until=moment)),
        ("until", lambda: set_embargo(article, editor, moment)),
        ("at", lambda: withdraw(public, editor, reason="An error.", at=moment)),
        ("due", lambda: assign(article, editor, to=None, due=moment)),
    ]
    for field, act in tried:
        with pytest.raises(ValidationError) as refusal, transaction.atomic():
            act()
        assert refusal.value.message_dict == {field: ["Choose a year from 1900 to 9000."]}


def test_the_pages_show_what_is_kept_for_the_last_hour_of_the_calendar(settings: Any, editor: User) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    article = draft_of(editor)
    Article.objects.filter(pk=article.pk).update(embargo=LAST, due=LAST)
    assert [day.day.year for day in schedule.days(editor)] == [9999]
    client = signed_in(editor)
    own = [
        reverse(f"admin:articles_article_{page}", args=[article.pk])
        for page in ("change", "publish", "embargo", "assign", "history")
    ]
    lists = ["/admin/", "/admin/board/", "/admin/schedule/", reverse("admin:articles_article_changelist")]
    for address in [*own, *lists]:
        assert client.get(address).status_code == 200, address
