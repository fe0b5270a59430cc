"""Articles and their versions as a web archive asks for them: RFC 7089, header by header."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.actions import remove_version, withdraw
from articles.memento import Memento, Resource, accepted, http_date, links, negotiated, timemap
from articles.models import Article
from tests.articles.versions import seen_in_turn
from tests.factories import make_article

LINK = re.compile(r'<([^>]*)>((?:; [a-z]+="[^"]*")*)')
SITE = "http://testserver"

instants = st.datetimes(
    min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1), timezones=st.just(UTC)
)


def parsed(text: str) -> list[tuple[str, dict[str, str]]]:
    """Return (address, attributes) of the links of a header or a TimeMap."""
    found = LINK.findall(text)
    assert ", ".join(f"<{address}>{rest}" for address, rest in found) == text.replace(",\n", ", ").strip()
    return [(address, dict(re.findall(r'([a-z]+)="([^"]*)"', rest))) for address, rest in found]


def by_relation(text: str) -> dict[str, str]:
    return {
        relation: address
        for address, attributes in parsed(text)
        for relation in attributes["rel"].split()
        if relation != "memento"
    }


def days(numbers: Sequence[int]) -> list[Memento]:
    return [Memento(f"/{number}/", datetime(2024, 6, number, 12, tzinfo=UTC)) for number in numbers]


@given(instants)
def test_an_http_date_is_read_as_it_is_written(instant: datetime) -> None:
    assert accepted(http_date(instant)) == instant.replace(microsecond=0)


@pytest.mark.parametrize(
    "text",
    [
        "2024-06-19",
        "Wed, 19 Jun 2024 12:00:00",
        "Wed, 19 Jun 2024 12:00:00 CET",
        "Wed, 19 Jun 2024 12:00:00 +0000",
        "Wed, 31 Jun 2024 12:00:00 GMT",
        "Wed, 19 Jun 2024 25:00:00 GMT",
        "Wed, 19 Jun 2024 12:00:99 GMT",
        "Wednesday, 19-Jun-24 12:00:00 GMT",
        "Wed, ١٩ Jun 2024 12:00:00 GMT",
        "yesterday",
        "",
    ],
)
def test_any_other_date_is_refused_with_one_that_would_be_right(text: str) -> None:
    with pytest.raises(ValueError, match="Accept-Datetime"):
        accepted(text)


@given(st.lists(st.integers(1, 28), min_size=1, unique=True).map(sorted), instants)
def test_negotiation_finds_the_last_that_had_begun_or_else_the_first(
    numbers: list[int], at: datetime
) -> None:
    mementos = days(numbers)
    begun = [memento for memento in mementos if memento.begins <= at]
    assert negotiated(mementos, at) == (begun[-1] if begun else mementos[0])


def test_a_memento_is_found_by_the_second_that_its_own_date_names() -> None:
    begins = datetime(2024, 6, 19, 12, 0, 0, 900_000, tzinfo=UTC)
    mementos = [Memento("/1/", begins - timedelta(days=1)), Memento("/2/", begins)]
    assert negotiated(mementos, accepted(mementos[1].date)) == mementos[1]


def test_links_name_each_memento_once_with_all_that_it_is() -> None:
    resource = Resource("/", "/map", days([1, 2, 3]))
    found = parsed(links(resource, resource.mementos[1]))
    assert [(address, attributes["rel"]) for address, attributes in found] == [
        ("/", "original timegate"),
        ("/map", "timemap"),
        ("/1/", "first prev memento"),
        ("/2/", "memento"),
        ("/3/", "next last memento"),
    ]
    assert found[1][1]["type"] == "application/link-format"
    assert found[2][1]["datetime"] == "Sat, 01 Jun 2024 12:00:00 GMT"


def test_a_time_map_of_one_memento_names_it_as_first_and_last() -> None:
    found = parsed(timemap(Resource("/", "/map", days([5]))))
    assert found[1] == (
        "/map",
        {
            "rel": "self",
            "type": "application/link-format",
            "from": "Wed, 05 Jun 2024 12:00:00 GMT",
            "until": "Wed, 05 Jun 2024 12:00:00 GMT",
        },
    )
    assert found[2][1]["rel"] == "first last memento"


@pytest.fixture
def article(db: None) -> Article:
    """An article that was public in three wordings: 9 to 6, 5 to 2 and 2 to 0 days ago."""
    return seen_in_turn("The harbour", ("One.", 9, 6), ("Two.", 5, 2), ("Three.", 2, None))


def address(article: Article, number: int) -> str:
    return SITE + reverse("articles:version", args=[article.slug, number])


def ask(client: Client, article: Article, days_ago: float) -> str:
    at = timezone.now() - timedelta(days=days_ago)
    response = client.get(article.get_absolute_url(), headers={"accept-datetime": http_date(at)})
    assert response.status_code == 302
    assert "Accept-Datetime" in response["Vary"]
    assert "Memento-Datetime" not in response
    assert by_relation(response["Link"])["original"] == SITE + article.get_absolute_url()
    location: str = response["Location"]
    return location


@pytest.mark.parametrize(
    ("days_ago", "number"),
    [(400, 1), (8, 1), (5.5, 1), (4, 2), (1, 3), (-30, 3)],
    ids=["before the first", "in the first", "in a gap", "in the second", "in the third", "ahead"],
)
def test_the_article_is_its_own_time_gate(
    client: Client, article: Article, days_ago: float, number: int
) -> None:
    assert ask(client, article, days_ago) == address(article, number)


def test_the_article_says_that_it_is_and_varies_by_what_it_negotiates(
    client: Client, article: Article
) -> None:
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    assert "Memento-Datetime" not in response
    assert "Accept-Datetime" in response["Vary"]
    assert by_relation(response["Link"]) == {
        "original": SITE + article.get_absolute_url(),
        "timegate": SITE + article.get_absolute_url(),
        "timemap": SITE + reverse("articles:timemap", args=[article.slug]),
        "first": address(article, 1),
        "last": address(article, 3),
    }


def test_a_malformed_accept_datetime_is_answered_with_400_and_what_would_be_right(
    client: Client, article: Article
) -> None:
    response = client.get(article.get_absolute_url(), headers={"accept-datetime": "yesterday"})
    assert response.status_code == 400
    assert "Wed, 19 Jun 2024 12:00:00 GMT" in response.content.decode()
    assert "Accept-Datetime" in response["Vary"]


def test_a_version_is_a_memento(client: Client, article: Article) -> None:
    response = client.get(address(article, 2))
    begins = article.revisions.filter(live__isnull=False).order_by("live")[1].live
    assert begins is not None
    assert response["Memento-Datetime"] == http_date(begins.lower)
    assert "Accept-Datetime" not in response.get("Vary", "")
    relations = by_relation(response["Link"])
    assert relations["prev"] == relations["first"] == address(article, 1)
    assert relations["next"] == relations["last"] == address(article, 3)
    assert relations["original"] == relations["timegate"] == SITE + article.get_absolute_url()


def test_a_version_asked_with_accept_datetime_is_still_itself(client: Client, article: Article) -> None:
    response = client.get(address(article, 1), headers={"accept-datetime": http_date(timezone.now())})
    assert response.status_code == 200


def test_the_time_map_lists_every_version_that_can_be_read(client: Client, article: Article) -> None:
    response = client.get(reverse("articles:timemap", args=[article.slug]))
    assert response["Content-Type"] == "application/link-format"
    found = parsed(response.content.decode())
    assert [target for target, attributes in found if "memento" in attributes["rel"]] == [
        address(article, number) for number in (1, 2, 3)
    ]
    assert found[0] == (SITE + article.get_absolute_url(), {"rel": "original timegate"})
    own = found[1][1]
    assert (own["from"], own["until"]) == (found[2][1]["datetime"], found[4][1]["datetime"])


def test_a_removed_version_is_nobodys_memento(client: Client, article: Article) -> None:
    removed = article.revisions.filter(live__isnull=False).order_by("live")[1]
    remove_version(removed, None, "A court said so.")
    text = client.get(reverse("articles:timemap", args=[article.slug])).content.decode()
    assert address(article, 2) not in text
    assert address(article, 3) in text
    assert ask(client, article, 4) == address(article, 1)
    assert client.get(address(article, 3))["Link"].count("memento") == 2


def test_a_withdrawn_article_leads_to_the_versions_that_stay_readable(
    client: Client, article: Article
) -> None:
    withdraw(article, None, reason="It was wrong.", keeps_versions=True)
    gone = client.get(article.get_absolute_url())
    assert gone.status_code == 410
    assert by_relation(gone["Link"])["last"] == address(article, 3)
    assert ask(client, article, 4) == address(article, 2)


def test_a_withdrawn_article_without_versions_negotiates_nothing(client: Client, article: Article) -> None:
    withdraw(article, None, reason="It was wrong.")
    headers = {"accept-datetime": http_date(timezone.now())}
    assert client.get(article.get_absolute_url(), headers=headers).status_code == 410
    assert client.get(reverse("articles:timemap", args=[article.slug])).status_code == 410


def test_a_draft_negotiates_nothing(client: Client, db: None) -> None:
    draft = make_article("A draft", public=False)
    for text in (http_date(timezone.now()), "yesterday"):
        response = client.get(draft.get_absolute_url(), headers={"accept-datetime": text})
        assert response.status_code == 404
    assert client.get(reverse("articles:timemap", args=[draft.slug])).status_code == 404
