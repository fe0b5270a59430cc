"""Readers' reports, topics and images in the admin."""

import pytest
from django.urls import reverse

from articles.actions import report_error
from articles.models import Topic
from tests.factories import make_article, make_topic
from tests.staff import errors, make_staff, sent, signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/errorreport/"


def test_open_reports_come_first_and_the_oldest_of_them_on_top() -> None:
    client = signed_in(make_staff("editor"))
    first = report_error("/articles/x/", "one")
    for text in ("two", "three"):
        report_error("/articles/x/", text)
    address = reverse("admin:articles_errorreport_change", args=[first.pk])
    assert client.post(address, sent(client.get(address), answer="Put right.")).status_code == 302
    assert [report.text for report in client.get(LIST).context["cl"].result_list] == ["two", "three", "one"]
    first.refresh_from_db()
    assert (first.answer, str(first.handled_by)) == ("Put right.", "editor")


def test_a_report_is_not_closed_without_an_answer() -> None:
    client = signed_in(make_staff("editor"))
    report = report_error("/articles/x/", "one")
    address = reverse("admin:articles_errorreport_change", args=[report.pk])
    assert "answer" in errors(client.post(address, {"answer": " "}))


def test_the_page_that_a_reader_reports_is_linked_only_on_this_site() -> None:
    client = signed_in(make_staff("editor"))
    report_error("//evil.example/", "one")
    report_error("javascript:alert(1)", "two")
    report_error("/articles/x/", "three")
    page = client.get(LIST).content.decode()
    assert 'href="/articles/x/"' in page
    assert 'href="//evil' not in page
    assert 'href="javascript' not in page


def test_a_topic_is_added_published_and_found() -> None:
    client = signed_in(make_staff("editor"))
    data = {"name": "Trade", "slug": "trade", "description": "", "medtop": "", "_publish": "1"}
    assert client.post(reverse("admin:articles_topic_add"), data).status_code == 302
    assert Topic.objects.public().get().name == "Trade"


def test_a_topic_in_use_cannot_be_deleted() -> None:
    client = signed_in(make_staff("admin"))
    trade = make_topic("Trade")
    make_article("News", topics=[trade])
    page = client.post(
        reverse("admin:articles_topic_delete", args=[trade.pk]), {"post": "yes"}
    ).content.decode()
    assert "is in use and cannot be deleted" in page


def test_an_image_without_a_credit_or_alternative_text_is_refused() -> None:
    client = signed_in(make_staff("editor"))
    found = errors(client.post(reverse("admin:articles_image_add"), {"alt": "", "credit": ""}))
    for sentence in ("Choose the picture", "Say in words what the picture shows", "Name whose picture it is"):
        assert sentence in found
