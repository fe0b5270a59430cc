"""The addresses of articles: a former one leads on, and no letter of another script passes for a Latin one."""

import re
import threading
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.actions import Content, change_slug, create_article, publish, withdraw
from articles.models import Article, FormerAddress
from cms.slugs import validate_slug
from tests.factories import make_article
from tests.staff import errors, make_staff, opened, sent, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridge() -> Article:
    return make_article("The bridge")


def refusal(error: pytest.ExceptionInfo[ValidationError]) -> str:
    """Return what was said at the field of the address."""
    return " ".join(error.value.message_dict["slug"])


def told(answer: Any, slug: str) -> str:
    """Return a page without the address that was asked for and what is new with each answer."""
    page = re.sub(r'nonce="[^"]+"|csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return page.replace(slug, "").replace(slug.replace("-", " "), "")


def test_a_former_address_leads_to_the_present_one_with_its_query(client: Client, bridge: Article) -> None:
    change_slug(bridge, None, "the-long-bridge")
    answer = client.get("/articles/the-bridge/?as_of=2024-06-19")
    assert answer.status_code == 301
    assert answer["Location"] == "/articles/the-long-bridge/?as_of=2024-06-19"
    assert client.get(answer["Location"].partition("?")[0]).status_code == 200


@pytest.mark.parametrize("rest", ["versions/", "versions/1/", "versions/2/changes/", "timemap/"])
def test_the_pages_below_a_former_address_lead_on_too(client: Client, bridge: Article, rest: str) -> None:
    change_slug(bridge, None, "the-long-bridge")
    answer = client.get(f"/articles/the-bridge/{rest}")
    assert (answer.status_code, answer["Location"]) == (301, f"/articles/the-long-bridge/{rest}")


def test_several_former_addresses_lead_on_in_one_step(client: Client, bridge: Article) -> None:
    for slug in ("second", "third", "fourth"):
        change_slug(bridge, None, slug)
    for slug in ("the-bridge", "second", "third"):
        assert client.get(f"/articles/{slug}/")["Location"] == "/articles/fourth/"


def test_an_article_takes_its_former_address_back(client: Client, bridge: Article) -> None:
    change_slug(bridge, None, "the-long-bridge")
    change_slug(bridge, None, "the-bridge")
    assert client.get("/articles/the-bridge/").status_code == 200
    assert client.get("/articles/the-long-bridge/")["Location"] == "/articles/the-bridge/"
    # A browser that kept the first answer would go round in a circle: it has to ask again.
    assert client.get("/articles/the-long-bridge/")["Cache-Control"] == "no-cache"


def test_the_former_address_of_a_draft_or_of_a_scheduled_article_is_as_unknown_as_any(client: Client) -> None:
    draft, scheduled = make_article("A draft", public=False), make_article("Tomorrow", public=False)
    publish(scheduled, None, at=timezone.now() + timedelta(days=1))
    unknown = client.get("/articles/never-was/")
    for article, was in ((draft, "a-draft"), (scheduled, "tomorrow")):
        change_slug(article, None, f"{was}-again")
        answer = client.get(f"/articles/{was}/")
        assert answer.status_code == unknown.status_code == 404
        assert told(answer, was) == told(unknown, "never-was")


def test_the_former_address_of_a_withdrawn_article_leads_to_what_stands_in_its_place(
    client: Client, bridge: Article
) -> None:
    change_slug(bridge, None, "the-long-bridge")
    withdraw(bridge, None, reason="It was about another bridge.")
    assert client.get("/articles/the-bridge/")["Location"] == "/articles/the-long-bridge/"


def test_no_article_takes_an_address_that_leads_to_another(bridge: Article) -> None:
    other = make_article("The tunnel")
    change_slug(bridge, None, "the-long-bridge")
    for act in (
        lambda: change_slug(other, None, "the-bridge"),
        lambda: create_article(None, Content(headline="New"), slug="the-bridge"),
    ):
        with pytest.raises(ValidationError) as error:
            act()
        assert refusal(error) == (
            "This address leads to the-long-bridge, which had it before. Choose another one."
        )
    with pytest.raises(ValidationError) as error:
        change_slug(other, None, "the-long-bridge")
    assert refusal(error) == "Another article has this address. Choose another one."


def test_a_headline_that_makes_a_former_address_gets_another_one(bridge: Article) -> None:
    change_slug(bridge, None, "the-long-bridge")
    assert create_article(None, Content(headline="The bridge")).slug == "the-bridge-2"


def test_an_address_that_was_changed_meanwhile_is_not_overwritten(bridge: Article) -> None:
    client = signed_in(make_staff("editor"))
    data = opened(client.get(page(bridge)), slug="his")
    change_slug(bridge, None, "hers")
    answer: Any = client.post(page(bridge), data)
    assert answer.status_code == 409
    assert "“the-bridge” became “hers”; you changed it too, and yours is in the form." in errors(answer)
    assert Article.objects.get(pk=bridge.pk).slug == "hers"


def test_reporters_change_the_address_of_their_own_drafts_only(bridge: Article) -> None:
    reporter = make_staff("reporter")
    with pytest.raises(PermissionDenied):
        change_slug(bridge, reporter, "mine")
    own = create_article(reporter, Content(headline="Own"))
    change_slug(own, reporter, "mine")
    assert own.slug == "mine"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_one_address_at_once_one_gets_it() -> None:
    articles = [make_article(f"Article {number}") for number in range(2)]
    told: list[str] = []

    def wish(article: Article) -> None:
        from django.db import connection

        try:
            change_slug(article, None, "wanted")
            told.append("got it")
        except Exception as error:
            told.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=wish, args=(article,)) for article in articles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) in (["ValidationError", "got it"], ["IntegrityError", "got it"])
    assert FormerAddress.objects.count() == 1


@pytest.mark.parametrize(
    ("slug", "said", "meant"),
    [
        ("vestа-talks", "The 5th letter is CYRILLIC SMALL LETTER A, which only looks like a.", "vesta-talks"),
        ("tοlks", "The 2nd letter is GREEK SMALL LETTER OMICRON, which only looks like o.", "tolks"),
        ("ｗide", "The 1st letter is FULLWIDTH LATIN SMALL LETTER W, which only looks like w.", "wide"),
        (
            "ta\u200blks",
            "The 3rd character is ZERO WIDTH SPACE, which cannot be seen in an address.",
            "talks",
        ),
        ("café", "The 4th letter is LATIN SMALL LETTER E WITH ACUTE, which only looks like e.", "cafe"),
        ("서울-talks", "The 1st letter is HANGUL SYLLABLE SEO: an address has Latin letters only.", "talks"),
        ("a--b", "Small letters, digits and single hyphens only: some-words.", "a-b"),
        ("Talks", "Small letters, digits and single hyphens only: some-words.", "talks"),
    ],
)
def test_a_letter_that_only_looks_latin_is_named_with_its_place(slug: str, said: str, meant: str) -> None:
    with pytest.raises(ValidationError) as error:
        validate_slug(slug)
    assert error.value.messages == [f"{said} Perhaps you mean {meant}."]


@given(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
def test_what_the_database_takes_is_taken(slug: str) -> None:
    validate_slug(slug)


@given(st.text(min_size=1, max_size=30))
def test_whatever_is_refused_is_refused_with_words(slug: str) -> None:
    is_plain = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) is not None
    with nullcontext() if is_plain else pytest.raises(ValidationError, match=r"\.'\]$"):
        validate_slug(slug)


def page(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def test_an_editor_changes_the_address_of_a_public_article_in_its_form(bridge: Article) -> None:
    client = signed_in(make_staff("editor"))
    form = client.get(page(bridge))
    assert "After a change the old one leads on." in form.content.decode()
    saved = client.post(page(bridge), opened(form, slug="the-long-bridge"))
    assert saved.status_code == 302, errors(saved)
    assert Article.objects.get(pk=bridge.pk).slug == "the-long-bridge"


def test_a_form_opened_before_the_address_changed_does_not_change_it_back(bridge: Article) -> None:
    client = signed_in(make_staff("editor"))
    data = opened(client.get(page(bridge)), standfirst="New.")
    change_slug(bridge, None, "hers")
    answer: Any = client.post(page(bridge), data)
    assert answer.status_code == 409
    assert "“the-bridge” became “hers”, taken over." in errors(answer)
    assert client.post(page(bridge), opened(answer)).status_code == 302
    article = Article.objects.get(pk=bridge.pk)
    assert article.slug == "hers"
    latest = article.revisions.order_by("number").last()
    assert latest is not None and latest.standfirst == "New."


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("articles_article", "headline"), ("articles_topic", "name"), ("actors_actor", "name"),
        ("assertions_question", "wording"), ("assertions_measure", "name"),
    ],
)  # fmt: skip
def test_no_form_takes_an_address_with_a_look_alike_and_what_was_typed_stays(kind: str, field: str) -> None:
    client = signed_in(make_staff("admin"))
    address = reverse(f"admin:{kind}_add")
    answer: Any = client.post(address, sent(client.get(address), slug="vestа", **{field: "Vesta"}))
    assert answer.status_code == 200
    assert "The 5th letter is CYRILLIC SMALL LETTER A, which only looks like a." in errors(answer)
    assert 'value="vestа"' in answer.content.decode()
