"""Writing and publishing articles in the admin."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.actions import add_name, merge
from articles.actions import Content, save_revision
from articles.models import Article, Image, Revision, Source
from articles.staff import in_context
from articles.workplace import ASKED
from cms.models import User
from tests.factories import days_ago, make_actor, make_article, make_assertion, make_topic
from tests.staff import errors, make_staff, sent, signed_in

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


def page(name: str, article: Article) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def written(article: Article, **changes: Any) -> dict[str, Any]:
    """Return what an editor's browser sends of the article's form."""
    client = signed_in(User.objects.get(username="editor"))
    return sent(client.get(page("change", article)), **changes)


def test_an_editor_writes_an_article_with_topics_and_a_source(editor: User) -> None:
    client = signed_in(editor)
    trade = make_topic("Trade")
    data = sent(
        client.get(ADD), headline="  The  bridge is closed ", standfirst="For a day.", dated="2024-10",
        body="<h2>Closed</h2><p onclick=\"x()\">By <strong>Ostria</strong>.</p><script>x()</script>",
        topics=[trade.pk],
        **{"sources-0-relation": "rewrites", "sources-0-is_unknown": "on"},
    )  # fmt: skip
    assert client.post(ADD, data).status_code == 302
    revision = Revision.objects.get()
    assert revision.headline == "The bridge is closed"
    assert revision.body == "<h2>Closed</h2><p>By <strong>Ostria</strong>.</p>"
    assert revision.article.slug == "the-bridge-is-closed"
    assert revision.article.created_by == editor
    assert list(revision.topics.all()) == [trade]
    assert Source.objects.get().is_unknown
    assert not Article.objects.public().exists()


def test_plain_text_without_markup_keeps_its_paragraphs_and_signs(editor: User) -> None:
    client = signed_in(editor)
    data = sent(client.get(ADD), headline="Plain", body="Costs & gains: 3 < 4.\r\n\r\nSecond.")
    assert client.post(ADD, data).status_code == 302
    assert Revision.objects.get().text == "Costs & gains: 3 < 4.\n\nSecond."


def test_saving_writes_the_next_revision_and_keeps_the_first(editor: User) -> None:
    article = make_article("First", "One.", public=False)
    client = signed_in(editor)
    data = written(article, headline="Second", reason="It was wrong.")
    assert client.post(page("change", article), data).status_code == 302
    assert list(article.revisions.values_list("number", "headline", "reason")) == [
        (2, "Second", "It was wrong."),
        (1, "First", ""),
    ]


def test_saving_without_a_change_writes_no_revision(editor: User) -> None:
    article = make_article("First", "One.", language="ko", dated="2024", byline="A. Writer", public=False)
    assert signed_in(editor).post(page("change", article), written(article)).status_code == 302
    assert article.revisions.count() == 1


def test_an_article_is_called_by_its_headline_and_the_pages_above_are_named(editor: User) -> None:
    article = make_article("Steel and stone", "One day.", slug="ferry-link")
    client = signed_in(editor)
    asked = client.get(page("publish", article)).content.decode()
    above = asked.split('class="breadcrumbs"')[1].split("</div>")[0]
    assert ">Articles</a>" in above and ">Steel and stone</a>" in above
    saved = client.post(page("change", article), written(article, headline="Steel only"), follow=True)
    told = saved.content.decode()
    assert "Steel only</a>" in told
    assert "ferry-link</a>" not in told


def test_a_change_of_the_address_alone_says_where_it_leads_now(editor: User) -> None:
    article = make_article("Steel and stone", "One day.", slug="ferry-link")
    response = signed_in(editor).post(
        page("change", article), written(article, slug="ferry-connection"), follow=True
    )
    told = response.content.decode()
    assert "Its address is now /articles/ferry-connection/; the old one leads there." in told
    assert "The text is as it was" not in told


def test_articles_are_sorted_by_the_day_that_the_list_shows(editor: User) -> None:
    make_article("Early", "One.", published=days_ago(9))
    make_article("Late", "One.", published=days_ago(2))
    make_article("Middle", "One.", published=days_ago(5))
    client = signed_in(editor)
    columns = list(client.get("/admin/articles/article/").context["cl"].list_display)
    rows = client.get(f"/admin/articles/article/?o={columns.index('day')}").context["cl"].result_list
    assert [row.headline for row in rows] == ["Early", "Middle", "Late"]


def test_the_words_around_a_name_are_whole(editor: User) -> None:
    make_actor("Lind", names=[{"text": "Lind"}])
    article = make_article("News", "Undoubtedly everybody had expected Lind, notwithstanding the weather.")
    mention = article.revisions.get().mentions.get()
    before, words, after = in_context(mention, 20)
    assert (before, words, after) == ("had expected ", "Lind", ", notwithstanding")


def test_saving_over_a_newer_revision_answers_409_with_both_texts_and_loses_nothing(editor: User) -> None:
    article = make_article("First", "One day.", public=False)
    client = signed_in(editor)
    data = written(article, headline="Mine", body="<p>My text.</p>")
    save_revision(
        article, Content(headline="Theirs", body="<p>Their text.</p>"), make_staff("editor", "colleague")
    )
    response = client.post(page("change", article), data)
    text = response.content.decode()
    assert response.status_code == 409
    assert "colleague saved revision 2" in errors(response)
    assert "Theirs" in text
    assert "Their" in text
    assert response.context["adminform"].form["headline"].value() == "Mine"
    assert response.context["adminform"].form["body"].value() == "<p>My text.</p>"
    assert article.revisions.count() == 2
    # Read and sent again, on top of the newer one, it is saved.
    assert client.post(page("change", article), sent(response)).status_code == 302
    assert article.revisions.order_by("number").last().headline == "Mine"  # type: ignore[union-attr]


def test_images_stand_in_the_order_given_with_their_captions(editor: User) -> None:
    first, second = (
        Image.objects.create(file=f"{name}.png", width=1, height=1, alt=name, credit="A. Writer")
        for name in "ab"
    )
    client = signed_in(editor)
    data = sent(
        client.get(ADD), headline="Pictures", body="<p>See.</p>",
        **{
            "images-0-image": first.pk, "images-0-caption": "later", "images-0-ORDER": 2,
            "images-1-image": second.pk, "images-1-caption": "sooner", "images-1-ORDER": 1,
        },
    )  # fmt: skip
    assert client.post(ADD, data).status_code == 302
    article = Article.objects.get()
    assert [use.caption for use in Revision.objects.get().images.all()] == ["sooner", "later"]
    data = written(article, **{"images-0-DELETE": "on"})
    assert client.post(page("change", article), data).status_code == 302
    assert [use.caption for use in article.revisions.get(number=2).images.all()] == ["later"]


def test_a_bad_date_and_a_control_character_come_back_as_errors_with_what_was_typed(editor: User) -> None:
    client = signed_in(editor)
    response = client.post(ADD, sent(client.get(ADD), headline="Kept", dated="last week", body="<p>x</p>"))
    assert response.status_code == 200
    assert "is no date" in errors(response)
    response = client.post(ADD, sent(client.get(ADD), headline="Kept", body="<p>a\x07b</p>"))
    assert response.status_code == 200
    assert "U+0007" in errors(response)
    assert response.context["adminform"].form["headline"].value() == "Kept"
    assert not Article.objects.exists()


def test_an_editor_publishes_now_and_withdraws_after_being_asked(editor: User) -> None:
    article = make_article("News", "One.", public=False)
    client = signed_in(editor)
    response = client.post(page("change", article), written(article, _publish="1"))
    assert response["Location"] == page("publish", article)
    assert client.post(page("publish", article), {"number": "1", "at": "", "until": ""}).status_code == 302
    assert Article.objects.public().get() == article
    make_assertion("The bridge is closed.", article=article)
    asked = client.get(page("withdraw", article)).content.decode()
    assert "Public assertions that rest on it: 1. What rests on it alone stops being public with it:" in asked
    assert client.post(page("withdraw", article), {"at": "", "reason": "It was forged."}).status_code == 302
    assert not Article.objects.public().exists()


def test_a_schedule_is_kept_and_a_time_in_the_past_refused(editor: User) -> None:
    article = make_article("News", "One.", public=False)
    client = signed_in(editor)
    past = client.post(page("publish", article), {"number": "1", "at": "2001-01-01T10:00"})
    assert "1 January 2001, 10:00 UTC is past" in past.content.decode()
    ahead = timezone.now() + timedelta(days=2)
    client.post(page("publish", article), {"number": "1", "at": f"{ahead:%Y-%m-%dT%H:%M}"})
    revision = article.revisions.get()
    assert revision.live is not None
    assert revision.live.lower == ahead.replace(second=0, microsecond=0)
    listed = client.get("/admin/articles/article/?state=scheduled").content.decode()
    assert "scheduled for" in listed


def test_only_what_was_public_is_corrected_and_a_correction_stays(editor: User) -> None:
    draft, article = make_article("Draft", public=False), make_article("News")
    client = signed_in(editor)
    address = reverse("admin:articles_correction_add")
    refused = client.post(address, {"article": draft.pk, "kind": "correction", "text": "It was Monday."})
    assert "change the draft instead" in refused.content.decode()
    client.post(address, {"article": article.pk, "kind": "correction", "text": "It was Monday."})
    correction = article.corrections.get()
    assert correction.created_by == editor
    change = reverse("admin:articles_correction_change", args=[correction.pk])
    assert client.post(change, {"text": "No."}).status_code == 403


def test_a_reporter_sees_and_writes_own_drafts_only(editor: User) -> None:
    reporter = make_staff("reporter")
    client = signed_in(reporter)
    client.post(ADD, sent(client.get(ADD), headline="My draft", body="<p>One.</p>"))
    own = Article.objects.get()
    others = make_article("Of others", public=False)
    published = make_article("Public")
    listed = client.get("/admin/articles/article/").content.decode()
    assert "My draft" in listed
    assert "Public" in listed
    assert "Of others" not in listed
    data = sent(client.get(page("change", own)), headline="My better draft")
    assert client.post(page("change", own), data).status_code == 302
    # Others' drafts are not there for a reporter; what is public is there to read.
    assert client.get(page("change", others))["Location"] == "/admin/"
    assert client.get(page("change", published)).status_code == 200
    assert client.post(page("change", published), written(published, headline="X")).status_code == 403
    for name in ("publish", "withdraw"):
        assert client.post(page(name, own), {"at": ""}).status_code == 403


def test_a_reviewer_reads_every_article_and_writes_none(editor: User) -> None:
    draft = make_article("Draft", "The words of the draft.", public=False)
    client = signed_in(make_staff("reviewer"))
    assert "The words of the draft." in client.get(page("change", draft)).content.decode()
    assert client.post(page("change", draft), written(draft, headline="X")).status_code == 403
    assert client.get(ADD).status_code == 403


def test_the_page_of_an_article_shows_names_found_assertions_and_revisions(editor: User) -> None:
    make_actor("Ada Vale")
    make_actor("Cora Lind", slug="cora-lind-1", names=[{"text": "Lind"}])
    other = make_actor("Dora Lind", names=[{"text": "Lind"}])
    article = make_article("News", "Ada Vale met Lind.")
    make_assertion("They met.", article=article, accepted=False)
    client = signed_in(editor)
    response = client.get(page("change", article))
    beside = response.content.decode()
    assert [(named.actor.name, named.times) for named in response.context["named"]] == [("Ada Vale", 1)]
    assert [actor["name"] for actor in response.context["unresolved"][0].candidates] == [
        "Cora Lind",
        "Dora Lind",
    ]
    assert "They met." in beside
    assert "Revision 1" in beside
    mention = response.context["unresolved"][0].mention
    resolve = reverse("admin:articles_mention_resolve", args=[mention.pk])
    assert client.post(resolve, {"actor": other.slug, "back": "article"})["Location"] == page(
        "change", article
    )
    mention.refresh_from_db()
    assert (mention.actor, mention.is_confirmed) == (other, True)


def test_of_many_names_that_are_asked_about_the_first_stand_beside_the_form(editor: User) -> None:
    make_actor("Cora Lind", names=[{"text": "Lind"}])
    make_actor("Dora Lind", names=[{"text": "Lind"}])
    article = make_article("News", "They met Lind. " * (ASKED + 5))
    client = signed_in(editor)
    response = client.get(page("change", article))
    asked = [name.mention.start for name in response.context["unresolved"]]
    assert asked == [number * 15 + 9 for number in range(ASKED)]
    found = re.search(r'href="([^"]+)">All (\d+) names', response.content.decode())
    assert found is not None and int(found[2]) == ASKED + 5
    listed = client.get(found[1]).context["cl"]
    assert listed.result_count == ASKED + 5


def test_a_name_resolved_to_an_actor_merged_meanwhile_means_the_one_that_was_kept(editor: User) -> None:
    kept, merged = make_actor("Cora Lind", names=[{"text": "Lind"}]), make_actor("Dora Lind")
    add_name(merged, None, text="Lind")
    mention = make_article("News", "They met Lind on Monday.").revisions.get().mentions.get()
    merge(kept, merged, None, confirmed=True)
    address = reverse("admin:articles_mention_resolve", args=[mention.pk])
    signed_in(editor).post(address, {"actor": merged.slug})
    mention.refresh_from_db()
    assert (mention.actor, mention.is_confirmed) == (kept, True)


def test_the_worklist_of_names_offers_the_candidates(editor: User) -> None:
    make_actor("Cora Lind", slug="cora-lind-1", names=[{"text": "Lind"}])
    make_actor("Dora Lind", names=[{"text": "Lind"}])
    make_article("News", "They met Lind on Monday.")
    listed = signed_in(editor).get("/admin/articles/mention/").content.decode()
    assert "<mark>Lind</mark>" in listed
    assert 'value="dora-lind"' in listed


def test_the_list_is_searched_by_headline_and_text_and_filtered_by_topic(editor: User) -> None:
    make_article("Bridges", "Steel and stone.", topics=[make_topic("Trade")])
    make_article("Rivers", "Water.", public=False)
    client = signed_in(editor)

    def found(query: str) -> list[str]:
        response = client.get(f"/admin/articles/article/?{query}")
        return [article.headline for article in response.context["cl"].result_list]

    assert found("q=stone") == ["Bridges"]
    assert found("q=river") == ["Rivers"]
    assert found("topic=trade") == ["Bridges"]
    assert found("state=draft") == ["Rivers"]
    assert found("state=public") == ["Bridges"]


def test_what_was_public_cannot_be_deleted(editor: User) -> None:
    article, draft = make_article("Public"), make_article("Draft", public=False)
    client = signed_in(editor)
    assert client.post(page("delete", article), {"post": "yes"}).status_code == 403
    assert client.post(page("delete", draft), {"post": "yes"}).status_code == 302
    assert list(Article.objects.all()) == [article]
