"""The pages that ask when an article is public: what they show, refuse and do."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.actions import Content, Told, create_article, publish, save_revision, set_embargo, withdraw
from articles.models import Article, Correction, Removal, Withdrawal
from tests.factories import make_article, make_assertion
from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def article() -> Article:
    return make_article("A bridge opens", "It opened on Monday.", public=False)


@pytest.fixture
def desk() -> Client:
    """The browser of an editor."""
    return signed_in(make_staff("editor"))


def page(name: str, article: Article, revision: int | None = None) -> str:
    address = reverse(f"admin:articles_article_{name}", args=[article.pk])
    return f"{address}?revision={revision}" if revision else address


def second_wording(article: Article) -> None:
    save_revision(article, Content(headline="The bridge is open", body="<p>It opened on Tuesday.</p>"), None)


def in_berlin(moment: datetime) -> str:
    return f"{moment.astimezone(timezone.get_default_timezone()):%Y-%m-%dT%H:%M}"


def test_what_was_shown_is_published_though_a_newer_revision_was_saved_meanwhile(
    desk: Client, article: Article
) -> None:
    shown = desk.get(page("publish", article))
    assert 'name="number" value="1"' in shown.content.decode()
    second_wording(article)
    done = desk.post(page("publish", article), {"number": "1", "at": "", "until": ""}, follow=True)
    assert Article.objects.public().exists()
    assert article.revisions.public().get().number == 1
    assert "There is a newer one: revision 2" in done.content.decode()


def test_times_are_those_of_the_newsroom(desk: Client, article: Article, settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    at = (timezone.now() + 2 * DAY).replace(second=0, microsecond=0)
    desk.post(page("publish", article), {"number": "1", "at": in_berlin(at), "until": in_berlin(at + DAY)})
    live = article.revisions.get().live
    assert live is not None
    assert (live.lower, live.upper) == (at, at + DAY)
    again = desk.get(page("publish", article)).content.decode()
    assert f'value="{in_berlin(at)}"' in again
    assert f'value="{in_berlin(at + DAY)}"' in again
    assert "Europe/Berlin" in again


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2001-01-01T10:00", "1 January 2001, 10:00 (09:00 UTC) is past"),
        ("2099-03-29T02:30", "There is no 02:30 on that day"),
        ("2099-10-25T02:30", "02:30 comes twice on that day"),
        ("soon", "Write a day and a time"),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_what_was_typed_is_kept(
    desk: Client, article: Article, settings: Any, at: str, said: str
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    response = desk.post(page("publish", article), {"number": "1", "at": at, "until": "2098-05-03T10:00"})
    assert response.status_code == 200
    assert said in response.content.decode()
    assert f'value="{at}"' in response.content.decode()
    assert 'value="2098-05-03T10:00"' in response.content.decode()
    assert article.revisions.get().live is None


def test_an_hour_that_comes_twice_is_resolved_on_the_page(
    desk: Client, article: Article, settings: Any
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    year = next(
        year for year in range(timezone.now().year + 1, 2100) if datetime(year, 10, 25).weekday() == 6
    )
    asked = desk.post(page("publish", article), {"number": "1", "at": f"{year}-10-25T02:30"})
    assert "the second 02:30 (01:30 UTC)" in asked.content.decode()
    desk.post(page("publish", article), {"number": "1", "at": f"{year}-10-25T02:30", "at-place": "second"})
    live = article.revisions.get().live
    assert live is not None
    assert live.lower == datetime(year, 10, 25, 1, 30, tzinfo=UTC)


def test_under_embargo_the_end_of_it_is_proposed_and_nothing_earlier_is_taken(
    desk: Client, article: Article
) -> None:
    until = (timezone.now() + 2 * DAY).replace(second=0, microsecond=0)
    desk.post(page("embargo", article), {"until": in_berlin(until)})
    article.refresh_from_db()
    assert article.embargo == until
    asked = desk.get(page("publish", article)).content.decode()
    assert "Under embargo until" in asked
    assert f'value="{in_berlin(until)}"' in asked
    refused = desk.post(page("publish", article), {"number": "1", "at": ""})
    assert "schedule it from then on" in refused.content.decode()
    assert article.revisions.get().live is None


def test_a_first_publication_offers_no_correction(desk: Client, article: Article) -> None:
    assert 'name="text"' not in desk.get(page("publish", article)).content.decode()
    publish(article, None)
    assert "What readers will be told" in desk.get(page("publish", article)).content.decode()


def test_a_correction_comes_with_the_revision_that_puts_it_right(desk: Client, article: Article) -> None:
    publish(article, None)
    second_wording(article)
    sent = {"number": "2", "kind": "correction", "text": "It was Tuesday."}
    assert desk.post(page("publish", article), sent).status_code == 302
    correction = Correction.objects.get()
    assert (correction.text, correction.revision) == ("It was Tuesday.", article.revisions.get(number=2))


@pytest.mark.parametrize(("kind", "text"), [("correction", " "), ("", "It was Tuesday.")])
def test_half_a_correction_is_asked_about_and_publishes_nothing(
    desk: Client, article: Article, kind: str, text: str
) -> None:
    publish(article, None)
    second_wording(article)
    response = desk.post(page("publish", article), {"number": "2", "kind": kind, "text": text})
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert article.revisions.public().get().number == 1


def test_a_correction_whose_revision_is_not_scheduled_any_more_is_not_forgotten(
    desk: Client, article: Article
) -> None:
    publish(article, None)
    second_wording(article)
    publish(article, None, at=timezone.now() + DAY, correction=Told("correction", "It was Tuesday."))
    desk.post(page("unschedule", article, 2), {})
    assert article.revisions.get(number=2).live is None
    asked = desk.get(page("publish", article)).content.decode()
    assert "A correction was to appear with revision 2" in asked
    assert "It was Tuesday." in asked


def test_a_withdrawal_names_what_rests_on_it_and_needs_a_reason(desk: Client, article: Article) -> None:
    publish(article, None)
    make_assertion("The bridge is open.", article=article)
    asked = desk.get(page("withdraw", article)).content.decode()
    assert "The bridge is open." in asked
    refused = desk.post(page("withdraw", article), {"reason": " ", "keeps_versions": "on"})
    assert "Say why it is withdrawn" in refused.content.decode()
    assert Article.objects.public().exists()
    desk.post(page("withdraw", article), {"reason": "It was forged.", "keeps_versions": "on"})
    notice = Withdrawal.objects.get()
    assert (notice.reason, notice.keeps_versions, str(notice.created_by)) == (
        "It was forged.",
        True,
        "editor",
    )


def test_versions_of_a_withdrawn_article_are_closed_and_opened(desk: Client, article: Article) -> None:
    publish(article, None)
    withdraw(article, None, reason="It was forged.")
    assert 'name="change" value="open"' in desk.get(page("access", article)).content.decode()
    desk.post(page("access", article), {"change": "open"})
    assert article.revisions.readable().count() == 1
    assert 'name="change" value="close"' in desk.get(page("access", article)).content.decode()
    desk.post(page("access", article), {"change": "close"})
    assert article.revisions.readable().count() == 0


def test_versions_that_are_closed_twice_stay_closed(desk: Client, article: Article) -> None:
    publish(article, None)
    withdraw(article, None, reason="It was forged.", keeps_versions=True)
    told = [
        desk.post(page("access", article), {"change": change}, follow=True).content.decode()
        for change in ("close", "close")
    ]
    assert "Closed: 1." in told[0]
    assert "They are closed already." in told[1]
    assert article.revisions.readable().count() == 0
    assert desk.post(page("access", article), {}).status_code == 200, "it is asked for what was meant"
    assert article.revisions.readable().count() == 0


def test_a_body_without_words_is_told_before_it_is_published_and_when_it_is_handed_in(desk: Client) -> None:
    empty = create_article(None, Content(headline="A bridge opens"))
    said = "Revision 1 has no text"
    assert said in desk.get(page("publish", empty)).content.decode()
    for step in ("submit", "approve"):
        sent = {"step": step, "revision": "1"}
        assert said in desk.post(page("step", empty), sent, follow=True).content.decode()
    desk.post(page("publish", empty), {"number": "1"})
    assert Article.objects.public().filter(pk=empty.pk).exists()


def test_a_planned_withdrawal_stands_beside_the_form_and_is_taken_back(
    desk: Client, article: Article
) -> None:
    publish(article, None)
    withdraw(article, None, reason="It was forged.", at=timezone.now() + DAY)
    form = desk.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert page("keep", article) in form
    assert "It was forged." in form
    desk.post(page("keep", article), {})
    assert not Withdrawal.objects.exists()


def test_a_version_is_removed_by_administrators_who_say_that_they_mean_it(
    desk: Client, article: Article
) -> None:
    publish(article, None)
    address = page("remove", article, 1)
    assert desk.get(address).status_code == 403
    chief = signed_in(make_staff("admin", "chief"))
    refused = chief.post(address, {"reason": "A court's order of Monday."})
    assert "Tick this only if you mean it" in refused.content.decode()
    assert not Removal.objects.exists()
    chief.post(address, {"reason": "A court's order of Monday.", "sure": "on"})
    assert Removal.objects.get().revision == article.revisions.get()
    assert not Article.objects.public().exists()


@pytest.mark.parametrize("name", ["publish", "unschedule", "withdraw", "keep", "embargo", "access", "remove"])
@pytest.mark.parametrize("group", ["reporter", "reviewer"])
def test_nobody_else_is_asked(article: Article, group: str, name: str) -> None:
    publish(article, None)
    assert signed_in(make_staff(group)).get(page(name, article)).status_code == 403


def test_what_does_not_fit_the_article_leads_back_with_a_sentence(desk: Client, article: Article) -> None:
    for name, said in (
        ("withdraw", "nothing to withdraw"),
        ("keep", "No end is planned"),
        ("unschedule", "not scheduled"),
    ):
        assert said in desk.get(page(name, article), follow=True).content.decode()
    assert "no such revision" in desk.get(page("publish", article, 99), follow=True).content.decode()


def test_four_eyes_are_asked_for_where_the_newsroom_wants_them(
    desk: Client, article: Article, settings: Any
) -> None:
    settings.FOUR_EYES = True
    response = desk.post(page("publish", article), {"number": "1"})
    assert "is not approved" in response.content.decode()
    assert article.revisions.get().live is None


def test_an_embargo_over_something_public_is_refused_at_its_field(desk: Client, article: Article) -> None:
    publish(article, None)
    response = desk.post(page("embargo", article), {"until": in_berlin(timezone.now() + DAY)})
    assert "It is public since" in response.content.decode()
    set_embargo(article, None, None)
