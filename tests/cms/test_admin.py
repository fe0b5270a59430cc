"""The admin as a whole: who sees what, under which policy, and what comes back when the database refuses."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.actions import report_error
from articles.models import Topic
from assertions.actions import answer
from cms.models import User
from cms.workplace.refusals import refusal
from tests.factories import make_actor, make_article, make_assertion, make_question, make_topic
from tests.staff import make_staff, sent, signed_in

pytestmark = pytest.mark.django_db


def titles(group: str) -> list[str]:
    response = signed_in(make_staff(group)).get("/admin/")
    return [worklist.title for worklist in response.context["worklists"]]


def test_the_first_page_shows_each_what_waits_for_them() -> None:
    assert titles("reporter") == ["My drafts", "Waiting for review", "Approved", "Scheduled next"]
    assert titles("reviewer") == ["Assertions to decide", "No longer supported", "Quotations to place"]
    assert titles("editor") == [
        "My drafts", "Waiting for review", "Approved", "Scheduled next", "Drafts of others", "Names to resolve",
        "Readers’ reports", "Actors named in public, not public",
    ]  # fmt: skip


def test_the_first_page_lists_drafts_reports_names_and_undecided_assertions() -> None:
    make_article("Not yet out", public=False)
    make_actor("Ada Vale", public=False)
    make_article("Ada speaks", "Ada Vale spoke.")
    make_assertion("The bridge is closed.", accepted=False)
    report_error("/articles/x/", "The date is wrong.")
    response = signed_in(make_staff("admin")).get("/admin/")
    found = {
        worklist.title: [item.words for item in worklist.items] for worklist in response.context["worklists"]
    }
    assert found["Drafts of others"] == ["Not yet out"]
    assert found["Assertions to decide"] == ["The bridge is closed."]
    assert found["Readers’ reports"] == ["The date is wrong."]
    assert found["Actors named in public, not public"] == ["Ada Vale"]


def test_every_list_and_every_empty_form_opens_for_an_administrator() -> None:
    client = signed_in(make_staff("admin"))
    for model, keeper in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        response = client.get(reverse(f"{name}_changelist"))
        assert response.status_code == 200, name
        if keeper.has_add_permission(response.wsgi_request):
            assert client.get(reverse(f"{name}_add")).status_code == 200, name


def test_no_page_of_the_admin_allows_inline_scripts_or_styles() -> None:
    client = signed_in(make_staff("admin"))
    for address in (
        "/admin/",
        reverse("admin:articles_article_add"),
        reverse("admin:articles_article_changelist"),
    ):
        policy = client.get(address)["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'self'" in policy


def test_the_import_map_of_the_editor_carries_the_nonce_of_its_page() -> None:
    response = signed_in(make_staff("editor")).get(reverse("admin:articles_article_add"))
    page = response.content.decode()
    nonce = page.partition('<script type="importmap"')[2].partition('nonce="')[2].partition('"')[0]
    assert nonce
    assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]


def test_nobody_without_an_account_sees_any_page_of_it() -> None:
    from django.test import Client

    assert Client().get("/admin/articles/article/")["Location"].startswith("/admin/login/")


@pytest.fixture
def administrator() -> User:
    return make_staff("administrator")


def test_an_administrator_keeps_accounts_but_cannot_make_a_superuser(administrator: User) -> None:
    account = make_staff("reporter")
    client = signed_in(administrator)
    address = reverse("admin:cms_user_change", args=[account.pk])
    data = sent(
        client.get(address), is_superuser="on", first_name="Ada", groups=[Group.objects.get(name="editor").pk]
    )
    data |= {"last_login_0": "", "last_login_1": ""}
    assert client.post(address, data).status_code == 302
    account.refresh_from_db()
    assert (account.first_name, account.is_superuser) == ("Ada", False)
    assert [group.name for group in account.groups.all()] == ["editor"]


def test_an_administrator_cannot_change_a_superuser(administrator: User) -> None:
    chief = make_staff("admin")
    response = signed_in(administrator).post(
        reverse("admin:cms_user_change", args=[chief.pk]), {"username": "mine"}
    )
    assert response.status_code == 403


def test_a_refusal_of_a_constraint_speaks_with_the_message_of_its_model() -> None:
    Topic.objects.create(name="Trade", slug="trade")
    with pytest.raises(IntegrityError) as caught:
        Topic.objects.create(name="TRADE", slug="trade-2")
    assert refusal(caught.value).messages == ["There is a topic of this name."]


def test_a_refusal_of_a_trigger_says_what_the_trigger_said(django_user_model: Any) -> None:
    article = make_article("Public")
    with pytest.raises(IntegrityError) as caught, connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_revision WHERE article_id = %s", [article.pk])
    assert "what is past cannot change" in refusal(caught.value).messages[0]


@pytest.mark.parametrize(
    "address",
    [
        "actors/actor/",
        "articles/article/",
        "articles/mention/",
        "articles/topic/",
        "assertions/assertion/",
        "assertions/question/",
    ],
)
def test_a_longer_list_asks_the_database_no_more_often(address: str) -> None:
    client = signed_in(make_staff("admin"))

    def grow(number: int) -> int:
        for each in range(number):
            name = f"{'abcdefgh'[each]}{number}"
            one, other = make_actor(f"One {name}", names=[{"text": "Lind"}]), make_actor(f"Other {name}")
            article = make_article(f"News {name}", f"Other {name} met Lind.", topics=[make_topic(name)])
            assertion = make_assertion(f"They met {name}.", one, other, article=article)
            answer(make_question(f"Did they meet {name}?"), assertion, None, stance="affirms")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/admin/{address}").status_code == 200
        return len(queries)

    grow(1)
    assert grow(2) == grow(5)
