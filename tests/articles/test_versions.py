"""The versions of an article: what readers have seen and when, one address each, and what changed between two."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.actions import (
    Content,
    Told,
    content_of,
    publish,
    remove_version,
    save_revision,
    withdraw,
)
from articles.models import Article, Revision
from articles.versions import changes, versions
from tests.articles.versions import add_wording, seen_in_turn
from tests.factories import make_actor, make_article, make_assertion, make_topic, quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    """An article that was public in three wordings: 9 to 6, 5 to 2 and 2 to 0 days ago."""
    return seen_in_turn(
        "The harbour",
        ("One ship left on Monday.", 9, 6),
        ("Two ships left on Monday.", 5, 2),
        ("Two ships left on Tuesday.", 2, None),
        byline="The desk",
    )


def of(name: str, article: Article, *numbers: int) -> str:
    return reverse(f"articles:{name}", args=[article.slug, *numbers])


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def words(html: str) -> str:
    """Return the text of a page as it is read aloud."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def by_number(article: Article, number: int) -> Revision:
    return article.revisions.filter(live__isnull=False).order_by("live")[number - 1]


def schedule(article: Article, headline: str) -> Revision:
    save_revision(article, Content(headline=headline, body=f"<p>{headline}.</p>"), None)
    return publish(article, None, at=timezone.now() + timedelta(days=3))


def test_versions_are_numbered_in_the_order_in_which_readers_saw_them(article: Article) -> None:
    found = versions(article)
    assert [version.number for version in found] == [1, 2, 3]
    assert [version.ends is None for version in found] == [False, False, True]


def test_a_scheduled_revision_and_a_planned_end_are_no_news_to_readers(
    client: Client, article: Article
) -> None:
    before = words(text(client, of("versions", article)))
    schedule(article, "A secret to come")
    assert versions(article)[-1].ends is None
    assert words(text(client, of("versions", article))) == before
    assert client.get(of("version", article, 4)).status_code == 404
    assert client.get(of("changes", article, 4)).status_code == 404
    assert "since=4" not in text(client, of("changes", article, 3))


def test_the_list_says_what_readers_saw_when_and_what_changed(client: Client, article: Article) -> None:
    found = words(text(client, of("versions", article)))
    assert found.index("Version 3") < found.index("Version 2") < found.index("Version 1")
    assert "1 word added, 1 removed. Changes since version 2" in found
    assert "The first version that can be read." in found


def test_a_correction_stands_beside_the_version_that_it_came_with(client: Client, article: Article) -> None:
    save_revision(article, Content(headline="The harbour", body="<p>Three ships left.</p>"), None)
    publish(article, None, correction=Told("correction", "There were three."))
    found = words(text(client, of("versions", article)))
    assert found.index("Version 4") < found.index("There were three.") < found.index("Version 3")
    assert "Correction since" in text(client, of("version", article, 2))
    assert "There were three." in text(client, of("version", article, 2))


def test_a_version_has_a_permanent_address_and_says_what_it_is(client: Client, article: Article) -> None:
    found = text(client, of("version", article, 2))
    assert "<p>Two ships left on Monday.</p>" in found
    assert "Version 2 of 3, public from" in words(found)
    assert "The current one is version 3" in words(found)
    assert f'<link rel="canonical" href="http://testserver{article.get_absolute_url()}">' in found


def test_search_engines_take_the_current_version_only(client: Client, article: Article) -> None:
    for number, is_indexed in ((1, False), (2, False), (3, True)):
        response = client.get(of("version", article, number))
        assert ('name="robots" content="noindex"' not in response.content.decode()) is is_indexed
        assert ("X-Robots-Tag" not in response) is is_indexed
        assert "application/ld+json" not in response.content.decode()


def test_a_version_marks_the_claims_that_were_public_at_its_end(client: Client) -> None:
    ada = make_actor("Ada Vale")
    article = seen_in_turn("The harbour", ("No ship left, she said.", 9, 5))
    claim = make_assertion("A ship left.", ada, act="denies", accepted=False, said="2024-05-05")
    late = make_assertion("A boat left.", ada, act="denies", accepted=False)
    for assertion, days in ((claim, 6), (late, 4)):
        quote(assertion, article, "No ship left")
        assertion.refresh_from_db()
        assertion.reviews.create(
            verdict="accept",
            attribution="carried",
            source_reliability="F",
            information_credibility="6",
            decided_at=timezone.now() - timedelta(days=days),
        )
    add_wording(article, "The harbour", ("She said it again. No ship left, she said.", 5, None))
    first, second = (text(client, of("version", article, number)) for number in (1, 2))
    assert "<mark" in first
    assert claim.get_absolute_url() in first
    assert late.get_absolute_url() not in first
    assert late.get_absolute_url() in second


@pytest.mark.parametrize("name", ["version", "changes"])
def test_what_is_no_version_is_not_found(client: Client, article: Article, name: str) -> None:
    draft = make_article("A draft", public=False)
    for address in (of(name, article, 0), of(name, article, 4), of(name, draft, 1), of("versions", draft)):
        text(client, address, 404)


def test_a_removed_version_is_as_one_that_never_was_and_the_others_keep_their_numbers(
    client: Client, article: Article
) -> None:
    remove_version(by_number(article, 2), None, "A court said so.")
    assert [version.number for version in versions(article)] == [1, 3]
    missing = [text(client, of("version", article, number), 404) for number in (2, 77)]
    assert words(missing[0]) == words(missing[1])
    pages = [
        of("versions", article),
        of("version", article, 3),
        of("changes", article, 3),
        f"{of('changes', article, 3)}?since=1",
        article.get_absolute_url(),
    ]
    for address in pages:
        page = text(client, address)
        assert "Two ships left on Monday" not in page
        assert "ersion 2" not in page
        assert "/versions/2/" not in page
        assert "court" not in page
    assert "2 versions" in text(client, article.get_absolute_url())
    found = words(text(client, f"{of('changes', article, 3)}?since=2", 404))
    assert found == words(text(client, f"{of('changes', article, 3)}?since=77", 404)).replace("“77”", "“2”")


def test_versions_of_a_withdrawn_article_are_gone_with_it(client: Client, article: Article) -> None:
    withdraw(article, None, reason="It was wrong.")
    pages = [text(client, article.get_absolute_url(), 410)]
    for address in (of("versions", article), of("version", article, 1), of("changes", article, 3)):
        pages.append(text(client, address, 410))
    assert len({words(re.sub(r'path=[^"]*', "", page)) for page in pages}) == 1
    assert "One ship" not in pages[0]


def test_versions_that_stay_readable_say_that_the_article_was_withdrawn(
    client: Client, article: Article
) -> None:
    withdraw(article, None, reason="It was wrong.", keeps_versions=True)
    for address in (
        of("versions", article),
        *(of("version", article, number) for number in (1, 2, 3)),
        of("changes", article, 2),
    ):
        page = text(client, address)
        assert "Withdrawn on" in page
        assert "It was wrong." in page
        assert '<meta name="robots" content="noindex">' in page
    assert "The current one" not in text(client, of("version", article, 3))


def test_versions_closed_by_a_withdrawal_stay_closed_when_the_article_returns(
    client: Client, article: Article
) -> None:
    withdraw(article, None, reason="It was wrong.")
    save_revision(article, Content(headline="The harbour, rewritten", body="<p>Now right.</p>"), None)
    publish(article, None)
    assert [version.number for version in versions(article)] == [4]
    text(client, of("version", article, 4))
    text(client, of("version", article, 3), 404)


def test_what_was_withdrawn_and_returned_stands_between_its_versions_with_the_reason(
    client: Client, article: Article
) -> None:
    withdraw(article, None, reason="It was wrong.", keeps_versions=True)
    publish(article, None)
    found = words(text(client, of("versions", article)))
    assert found.index("Version 4") < found.index("It was wrong.") < found.index("Version 3")
    assert found.count("It was wrong.") == 1


def test_after_a_withdrawal_a_version_still_leads_to_what_changed_after_it(
    client: Client, article: Article
) -> None:
    withdraw(article, None, reason="It was wrong.", keeps_versions=True)
    assert f"{of('changes', article, 3)}?since=1" in text(client, of("version", article, 1))
    assert "What changed after it" not in text(client, of("version", article, 3))


def test_a_version_that_ended_is_told_with_its_end_and_a_day_is_told_once(client: Client) -> None:
    hours = 1 / 24
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=2)
    ago = (timezone.now() - noon) / timedelta(days=1)
    article = seen_in_turn("The harbour", ("One.", ago, ago - hours), ("Two.", ago - hours, None))
    page = words(text(client, of("changes", article, 2)))
    told = page[page.index("Version 1, ") :][:160]
    day = f"{noon.day} {noon:%B %Y}"
    assert f"public from {day}, 12:00 to 13:00 {noon:%Z}." in told
    assert f"Version 2, public since {day}, 13:00 {noon:%Z}." in told


def test_changes_are_those_since_the_version_before_by_default(client: Client, article: Article) -> None:
    found = text(client, of("changes", article, 2))
    assert "From version 1 to version 2" in found
    assert "[removed: One ship] [added: Two ships] left on Monday." in words(found) or (
        "[removed: One ship][added: Two ships] left on Monday." in words(found)
    )
    assert re.search(r"<del>.*One ship.*</del>", found)
    assert re.search(r"<ins>.*Two ships.*</ins>", found)


def test_any_two_versions_are_compared_from_the_earlier_to_the_later(
    client: Client, article: Article
) -> None:
    for address in (f"{of('changes', article, 3)}?since=1", f"{of('changes', article, 1)}?since=3"):
        found = text(client, address)
        assert "From version 1 to version 3" in found
        assert re.search(r"<ins>.*Tuesday.*</ins>", found)


def test_two_chosen_versions_lead_to_their_comparison(client: Client, article: Article) -> None:
    response = client.get(f"{of('changes', article, 3)}?since=1&version=2")
    assert response.status_code == 302
    assert response["Location"] == f"{of('changes', article, 2)}?since=1"


@pytest.mark.parametrize("since", ["4", "0", "one", "٢", "9" * 5000, "<b>is"])
def test_a_version_to_compare_with_that_is_none_is_told_by_name(
    client: Client, article: Article, since: str
) -> None:
    response = client.get(of("changes", article, 3), {"since": since})
    assert response.status_code == 404
    assert "is no version of this article that can be read" in response.content.decode()
    assert "<b>is" not in response.content.decode()


def test_the_first_version_has_nothing_before_it(client: Client, article: Article) -> None:
    assert "It is the first version that can be read." in text(client, of("changes", article, 1))


def test_changes_tell_of_every_part_that_a_reader_sees(article: Article) -> None:
    old = by_number(article, 3)
    trade, secret = make_topic("Trade"), make_topic("Secret", public=False)
    changed: dict[str, Any] = {
        "headline": "The harbour is shut",
        "standfirst": "Nobody leaves.",
        "byline": "The night desk",
        "topics": [trade, secret],
    }
    save_revision(article, Content(body="<p>Two ships left on Tuesday.</p>", **changed), None)
    new = publish(article, None)
    found = changes(old, new)
    assert [name for name, _ in found.parts] == ["headline", "standfirst", "byline"]
    assert [(name, [piece.text for piece in pieces]) for name, pieces in found.lists] == [
        ("topics", ["Trade"])
    ]
    assert found.paragraphs == []
    assert found.in_short == "5 words added; headline, standfirst, byline and topics changed"


def test_links_and_emphasis_alone_are_called_formatting(article: Article) -> None:
    old = by_number(article, 3)
    content = content_of(old)
    body = "<p>Two ships <strong>left</strong> on Tuesday.</p>"
    save_revision(article, Content(headline=content.headline, byline=content.byline, body=body), None)
    assert changes(old, publish(article, None)).in_short == "Formatting changed"


def test_very_long_texts_are_compared_on_their_own_page_only(client: Client) -> None:
    long = "A sentence that goes on for a while. " * 4000
    article = seen_in_turn("Long", (f"One. {long}", 9, 5), (f"Two. {long}", 4, None))
    assert "Text changed. Changes since version 1" in words(text(client, of("versions", article)))
    assert "1 word added, 1 removed" in words(text(client, of("changes", article, 2)))


def test_the_article_leads_to_its_versions_once_there_are_some_to_see(
    client: Client, article: Article
) -> None:
    single = make_article("Single")
    assert "/versions/" not in text(client, single.get_absolute_url())
    found = text(client, article.get_absolute_url())
    assert "Updated" in found
    assert f'<a href="{of("versions", article)}">3 versions</a>' in found


def test_the_list_of_very_many_versions_is_paged_and_costs_as_few_queries(
    client: Client, article: Article, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many = seen_in_turn(
        "Often",
        *((f"Wording {number}.", 100 - number, 99 - number) for number in range(45)),
        ("Now.", 9, None),
    )
    with django_assert_max_num_queries(12):
        first = text(client, of("versions", many))
    assert "Version 46" in first
    assert "Changes since version 26" in first
    assert "Version 26<" not in first
    following = re.search(r'<a href="(\?[^"]+)" rel="next"', first)
    assert following
    assert "Version 26<" in text(client, of("versions", many) + following[1].replace("&amp;", "&"))
