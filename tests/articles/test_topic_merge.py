"""Merging topics that are one: everything is filed under the one that stays, and the others lead to it."""

import json
import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.actions import Content, content_of, create_article, merge_topics, publish_topic, save_revision
from articles.models import Article, TaggedRevision, Topic
from articles.topic_duplicates import holdings, like_named
from assertions.models import Assertion, Opinion, TaggedAssertion
from tests.assertions.desk_cast import decide, make_double, make_waiting
from tests.factories import make_actor, make_article, make_assertion, make_topic
from tests.staff import make_staff, sent, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridges() -> Topic:
    return make_topic("Bridges")


@pytest.fixture
def bridge() -> Topic:
    return make_topic("Bridge")


def filed(article: Article) -> list[str]:
    """Return the topics of the latest revision by name."""
    latest = article.revisions.order_by("number").last()
    assert latest is not None
    return sorted(topic.name for topic in latest.topics.all())


def test_all_that_was_filed_under_the_others_is_filed_under_the_one_that_stays(
    bridges: Topic, bridge: Topic
) -> None:
    ports = make_topic("Ports")
    article = make_article("The bridge", topics=[bridge, ports])
    both = make_article("Two bridges", topics=[bridge, bridges])
    claim = make_assertion("The bridge is closed.", make_actor("Ada Vale"), topics=[bridge])
    merge_topics(bridges, [bridge], None)
    connection.check_constraints()
    assert (filed(article), filed(both)) == (["Bridges", "Ports"], ["Bridges"])
    assert list(claim.topics.all()) == [bridges]
    assert not TaggedRevision.objects.filter(tag=bridge).exists()
    assert not TaggedAssertion.objects.filter(tag=bridge).exists()


def test_three_at_once_leave_each_revision_the_topic_once(bridges: Topic, bridge: Topic) -> None:
    third = make_topic("Brigdes")
    article = make_article("The bridge", topics=[bridge, third])
    merge_topics(bridges, [bridge, third, bridges], None)
    connection.check_constraints()
    assert filed(article) == ["Bridges"]


def test_blind_double_review_outlives_the_topic_that_asked_for_it(bridges: Topic) -> None:
    double = make_double("Bridge")
    claim = make_waiting("The bridge is closed.", topics=[double])
    first = decide(claim, make_staff("reviewer"))
    merge_topics(bridges, [double], make_staff("editor"))
    bridges.refresh_from_db()
    assert bridges.needs_double_review
    assert isinstance(first, Opinion) and not claim.reviews.exists()
    decide(claim, make_staff("reviewer", "second"))
    assert claim.opinions.count() == 2


def test_a_topic_that_asks_for_one_reviewer_goes_on_to_after_a_merge(bridges: Topic, bridge: Topic) -> None:
    merge_topics(bridges, [bridge], None)
    bridges.refresh_from_db()
    assert not bridges.needs_double_review


@pytest.mark.parametrize(
    ("asking", "sentence"),
    [
        ([], ""),
        (["Bridge"], "“Bridge” asks for blind double review: two decide on every claim"),
        (["Bridge", "Bridges"], "More than one of them ask for blind double review"),
    ],
)
def test_an_editor_is_told_before_that_two_will_decide(
    bridges: Topic, bridge: Topic, asking: list[str], sentence: str
) -> None:
    Topic.objects.filter(name__in=asking).update(needs_double_review=True)
    address = f"{reverse('admin:articles_topic_merge')}?ids={bridges.pk},{bridge.pk}"
    asked = signed_in(make_staff("editor")).get(address).content.decode()
    assert sentence in asked
    assert ("blind double review" in asked) == bool(asking)


def test_a_merged_topic_ends_and_leads_on_with_its_feeds(
    client: Client, bridges: Topic, bridge: Topic
) -> None:
    merge_topics(bridges, [bridge], None)
    for rest in ("", "feed.atom", "feed.json"):
        answer = client.get(f"/topics/bridge/{rest}?page=2")
        assert (answer.status_code, answer["Location"]) == (301, f"/topics/bridges/{rest}?page=2")
    assert list(Topic.objects.public()) == [bridges]


def test_a_chain_of_merges_leads_on_in_one_step(client: Client, bridges: Topic, bridge: Topic) -> None:
    first = make_topic("Brigde")
    merge_topics(bridge, [first], None)
    merge_topics(bridges, [bridge], None)
    first.refresh_from_db()
    assert first.merged_into == bridges
    assert client.get("/topics/brigde/")["Location"] == "/topics/bridges/"


def test_the_address_of_a_draft_that_was_merged_stays_unknown(client: Client, bridges: Topic) -> None:
    merge_topics(bridges, [make_topic("Secret bridge", public=False)], None)
    assert client.get("/topics/secret-bridge/").status_code == 404


def test_nothing_is_merged_twice_or_into_itself_or_into_what_was_merged(
    bridges: Topic, bridge: Topic
) -> None:
    with pytest.raises(ValidationError, match="Choose two topics"):
        merge_topics(bridges, [bridges], None)
    merge_topics(bridges, [bridge], None)
    for kept, other in ((bridge, bridges), (make_topic("Ports"), bridge)):
        with pytest.raises(ValidationError, match="“Bridge” was merged already, into “Bridges”"):
            merge_topics(kept, [other], None)


def test_readers_do_not_lose_a_public_topic_to_a_draft(bridge: Topic) -> None:
    draft = make_topic("Bridges", public=False)
    with pytest.raises(ValidationError, match="“Bridges” is not public, and “Bridge” would go with it"):
        merge_topics(draft, [bridge], None)
    bridge.refresh_from_db()
    assert bridge.is_public() and bridge.merged_into is None


def test_a_merged_topic_is_not_published_again_and_keeps_name_and_address(
    bridges: Topic, bridge: Topic
) -> None:
    merge_topics(bridges, [bridge], None)
    with pytest.raises(ValidationError, match="“Bridge” was merged into “Bridges”"):
        publish_topic(bridge, None)
    for taken in (Topic(name="bridge", slug="another"), Topic(name="Another", slug="bridge")):
        with pytest.raises(ValidationError):
            taken.full_clean()
    admin = signed_in(make_staff("admin"))
    assert admin.get(reverse("admin:articles_topic_delete", args=[bridge.pk])).status_code == 403


def test_a_form_opened_before_the_merge_files_under_the_one_that_stays(bridges: Topic, bridge: Topic) -> None:
    article = make_article("The bridge", public=False)
    client = signed_in(make_staff("editor"))
    page = reverse("admin:articles_article_change", args=[article.pk])
    data = sent(client.get(page), topics=[bridge.pk])
    merge_topics(bridges, [bridge], None)
    assert client.post(page, data).status_code == 302
    assert filed(article) == ["Bridges"]


def test_an_import_or_an_older_content_with_the_merged_topic_means_the_one_that_stays(
    bridges: Topic, bridge: Topic
) -> None:
    article = make_article("The bridge", topics=[bridge])
    latest = article.revisions.get()
    before = content_of(latest)
    merge_topics(bridges, [bridge], None)
    # Nothing changed but what a topic is called.
    assert save_revision(article, before, None, base=1).number == 1
    bridge.refresh_from_db()
    assert filed(create_article(None, Content(headline="New", topics=[bridge]))) == ["Bridges"]


def test_only_who_may_change_topics_merges_them(bridges: Topic, bridge: Topic) -> None:
    with pytest.raises(PermissionDenied):
        merge_topics(bridges, [bridge], make_staff("reviewer"))
    reviewer = signed_in(make_staff("reviewer", "another"))
    address = f"{reverse('admin:articles_topic_merge')}?ids={bridges.pk},{bridge.pk}"
    assert reviewer.get(address).status_code == 403


def test_the_history_of_a_topic_tells_that_it_was_merged(bridges: Topic, bridge: Topic) -> None:
    merge_topics(bridges, [bridge], None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT merged_into_id FROM articles_topicevent WHERE pgh_obj_id = %s ORDER BY pgh_id",
            [bridge.pk],
        )
        assert cursor.fetchall()[-1] == (bridges.pk,)


def test_a_search_for_the_merged_name_finds_the_one_that_stays(bridges: Topic) -> None:
    merge_topics(bridges, [make_topic("Viaducts")], None)
    client = signed_in(make_staff("editor"))
    fields = {"app_label": "articles", "model_name": "taggedrevision", "field_name": "tag", "term": "viaduct"}
    found = json.loads(client.get("/admin/autocomplete/", fields).content)["results"]
    assert [row["text"] for row in found] == ["Bridges"]


def test_an_editor_is_shown_what_moves_chooses_and_merges(bridges: Topic, bridge: Topic) -> None:
    make_article("The bridge", topics=[bridge])
    make_article("A draft", topics=[bridge], public=False)
    client = signed_in(make_staff("editor"))
    chosen = {"action": "merge_selected", "_selected_action": [bridges.pk, bridge.pk]}
    asked: Any = client.post(reverse("admin:articles_topic_changelist"), chosen, follow=True)
    held = {one.topic.name: one for one in asked.context["holdings"]}
    assert (held["Bridge"].articles, held["Bridge"].public_articles) == (2, 1)
    address = f"{reverse('admin:articles_topic_merge')}?ids={bridges.pk},{bridge.pk}"
    assert "Choose the topic that stays." in client.post(address, {"kept": ""}).content.decode()
    done = client.post(address, {"kept": bridges.pk}, follow=True)
    assert "Merged into Bridges: Bridge." in done.content.decode()
    bridge.refresh_from_db()
    assert bridge.merged_into == bridges
    assert "merged into Bridges" in client.get(reverse("admin:articles_topic_changelist")).content.decode()


def test_names_that_are_nearly_the_same_are_listed_the_likest_first(bridges: Topic, bridge: Topic) -> None:
    make_topic("Élections")
    elections = make_topic("elections 2024")
    make_topic("Harbours")
    pairs = [{one.name, other.name} for one, other in like_named()]
    assert pairs[0] == {"Bridges", "Bridge"} or pairs[1] == {"Bridges", "Bridge"}
    assert {"Élections", elections.name} in pairs
    assert all("Harbours" not in pair for pair in pairs)
    page = signed_in(make_staff("editor")).get(reverse("admin:articles_topic_duplicates")).content.decode()
    assert f"?ids={min(bridge.pk, bridges.pk)},{max(bridge.pk, bridges.pk)}" in page
    merge_topics(bridges, [bridge], None)
    assert {"Bridges", "Bridge"} not in [{one.name, other.name} for one, other in like_named()]


def test_what_topics_hold_counts_what_is_public_apart(bridge: Topic) -> None:
    ada = make_actor("Ada Vale")
    make_assertion("The bridge is closed.", ada, topics=[bridge])
    make_assertion("The bridge is open.", ada, topics=[bridge], accepted=False)
    (held,) = holdings(Topic.objects.filter(pk=bridge.pk))
    assert (held.articles, held.assertions, held.public_assertions) == (0, 2, 1)
    assert Assertion.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_merges_in_opposite_directions_at_once_make_no_circle() -> None:
    one, other = make_topic("One"), make_topic("Other")
    told: list[str] = []

    def merge(kept: Topic, gone: Topic) -> None:
        try:
            merge_topics(kept, [gone], None)
            told.append("merged")
        except ValidationError:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=merge, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["merged", "refused"]
    assert Topic.objects.filter(merged_into=None).count() == 1
