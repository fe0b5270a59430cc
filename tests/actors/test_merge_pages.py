"""Merging actors in the admin, and what readers meet under the addresses of one that was merged."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from actors import actions
from actors.lookup import ActorField, AnyActorField
from actors.models import Actor, IdentityJudgement, Merge
from articles.models import Mention
from cms.models import User
from tests.factories import make_actor, make_article, make_assertion, make_state
from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


@pytest.fixture
def desk(editor: User) -> Client:
    return signed_in(editor)


@pytest.fixture
def kept() -> Actor:
    return make_actor("Ada Vale", country=make_state("Ostria"))


@pytest.fixture
def merged() -> Actor:
    return make_actor("Ada Wale")


def merge_page(merged: Actor, kept: Actor | None = None) -> str:
    address = reverse("admin:actors_actor_merge", args=[merged.pk])
    return address if kept is None else f"{address}?into={kept.pk}"


def told(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


# Merging


def test_the_page_of_an_actor_leads_to_merging_and_proposes_those_with_names_like_its_own(
    desk: Client, kept: Actor, merged: Actor
) -> None:
    page = desk.get(reverse("admin:actors_actor_change", args=[merged.pk]))
    assert merge_page(merged) in page.content.decode()
    choice = desk.get(merge_page(merged))
    assert choice.context["likely"] == [(kept, "“Ada Vale” and “Ada Wale”")]


def test_a_preview_says_what_moves_and_what_is_set_aside_and_changes_nothing(
    desk: Client, kept: Actor, merged: Actor
) -> None:
    article = make_article("On a talk", "Ada Wale met nobody. Ada Wale left.")
    make_assertion("Ships sailed.", kept, merged, article=article, exact="Ada Wale left.")
    page = desk.get(merge_page(merged, kept))
    moving = {group.title: (group.count, group.articles) for group in page.context["moving"]}
    assert moving == {"Names": (1, ""), "Places in texts that name it": (2, "in one article")}
    (aside,) = page.context["set_aside"]
    assert (aside.title, aside.words, aside.why) == (
        "Speaker",
        "Ships sailed.",
        "Ada Vale has it already",
    )
    assert not Merge.objects.exists()
    assert Mention.objects.filter(actor=merged).count() == 2


def test_confirming_merges_and_tells_so(desk: Client, editor: User, kept: Actor, merged: Actor) -> None:
    answer = desk.post(merge_page(merged, kept), {"reason": "a misspelling"})
    assert told(answer) == ["“Ada Wale” is merged into “Ada Vale”."]
    merge = Merge.objects.get()
    assert (merge.kept, merge.merged, merge.merged_by, merge.reason) == (
        kept,
        merged,
        editor,
        "a misspelling",
    )


def test_doubts_stand_on_the_page_and_have_to_be_confirmed_there(
    desk: Client, editor: User, kept: Actor, merged: Actor
) -> None:
    actions.judge_identity(kept, merged, editor, verdict="different", reason="two birthdays")
    page = desk.get(merge_page(merged, kept))
    assert page.context["doubts"] == ["editor judged that they are not the same: two birthdays"]
    refused = desk.post(merge_page(merged, kept), {"reason": "typed with care"})
    assert "confirmed" in refused.context["form"].errors
    assert "typed with care" in refused.content.decode()
    assert not Merge.objects.exists()
    desk.post(merge_page(merged, kept), {"reason": "", "confirmed": "on"})
    assert Merge.objects.exists()


def test_what_cannot_be_merged_is_refused_in_a_sentence(desk: Client, kept: Actor, merged: Actor) -> None:
    itself = desk.get(merge_page(merged, merged))
    assert "choose another actor" in str(itself.context["form"].errors)
    nobody = desk.get(f"{merge_page(merged)}?into=999999")
    assert nobody.context["form"].errors["into"]
    draft = make_actor("Ada Veil", public=False)
    refused = desk.post(merge_page(merged, draft), {"reason": ""})
    assert "“Ada Veil” is not public" in str(refused.context["form"].errors)
    desk.post(merge_page(merged, kept), {"reason": ""})
    again = desk.get(merge_page(merged, draft))
    assert told(again)[-1] == "“Ada Wale” was merged into “Ada Vale” already."


def test_who_may_not_merge_sees_no_way_to_it(kept: Actor, merged: Actor) -> None:
    reporter = signed_in(make_staff("reporter"))
    assert reporter.get(merge_page(merged, kept)).status_code == 403
    page = reporter.get(reverse("admin:actors_actor_change", args=[merged.pk]))
    assert merge_page(merged) not in page.content.decode()


# A merged actor in the admin


def test_a_merged_actor_can_be_read_but_not_changed_and_leads_to_being_taken_apart(
    desk: Client, editor: User, kept: Actor, merged: Actor
) -> None:
    merge = actions.merge(kept, merged, editor)
    page = desk.get(reverse("admin:actors_actor_change", args=[merged.pk]))
    text = page.content.decode()
    assert "merged into Ada Vale" in text
    assert reverse("admin:actors_merge_apart", args=[merge.pk]) in text
    assert 'name="_save"' not in text
    assert 'name="_publish"' not in text
    answer = desk.post(reverse("admin:actors_actor_change", args=[merged.pk]), {"name": "Other"})
    assert answer.status_code == 403


def test_a_merged_actor_is_found_by_its_name_and_can_be_chosen_nowhere(
    desk: Client, editor: User, kept: Actor, merged: Actor
) -> None:
    actions.merge(kept, merged, editor)
    listed = desk.get(reverse("admin:actors_actor_changelist"), {"q": "Wale"})
    assert {row.slug for row in listed.context["cl"].result_list} == {"ada-vale", "ada-wale"}
    choice = {"app_label": "actors", "model_name": "merge", "field_name": "kept", "term": "Wale"}
    found = desk.get(reverse("admin:autocomplete"), choice).json()["results"]
    assert [row["id"] for row in found] == [str(kept.pk)]


# Taking apart


def test_taking_apart_is_previewed_and_then_done(
    desk: Client, editor: User, kept: Actor, merged: Actor
) -> None:
    claim = make_assertion("Ships sailed.", merged)
    merge = actions.merge(kept, merged, editor)
    address = reverse("admin:actors_merge_apart", args=[merge.pk])
    kept.names.get(text="Ada Wale").delete()
    page = desk.get(address)
    assert page.context["left"] == ["Changed or deleted since the merge, and left so: 1 actor name."]
    merged.refresh_from_db()
    assert merged.merged_into == kept
    answer = desk.post(address, {"different": "on", "reason": "two people"})
    assert told(answer) == [
        "Changed or deleted since the merge, and left so: 1 actor name.",
        "“Ada Wale” and “Ada Vale” are two actors again.",
    ]
    assert claim.speakers.get().actor == merged
    judged = IdentityJudgement.objects.get(revoked_at=None)
    assert (judged.verdict, judged.reason) == ("different", "two people")
    assert told(desk.get(address))[-1] == "“Ada Wale” and “Ada Vale” were taken apart already."


def test_texts_written_between_are_linked_again_by_the_names_that_are_back(
    desk: Client, editor: User, kept: Actor, merged: Actor
) -> None:
    merge = actions.merge(kept, merged, editor)
    make_article("On a talk", "Ada Wale met nobody.")
    assert Mention.objects.get().actor == kept
    answer = desk.post(reverse("admin:actors_merge_apart", args=[merge.pk]), {"reason": ""})
    assert Mention.objects.get().actor == merged
    assert told(answer)[-1].endswith("Names were looked for again in 1 newer texts.")


def test_merges_are_listed_with_a_way_to_take_them_apart(
    desk: Client, editor: User, kept: Actor, merged: Actor
) -> None:
    merge = actions.merge(kept, merged, editor)
    listed = desk.get(reverse("admin:actors_merge_changelist")).content.decode()
    assert reverse("admin:actors_merge_apart", args=[merge.pk]) in listed
    assert desk.get(reverse("admin:actors_merge_change", args=[merge.pk])).status_code == 200


# Likely duplicates


def pairs(desk: Client) -> set[tuple[str, str]]:
    page = desk.get(reverse("admin:actors_actor_duplicates"))
    return {(pair.one.slug, pair.other.slug) for pair in page.context["pairs"]}


def test_likely_duplicates_are_those_with_equal_or_nearly_equal_names(desk: Client, kept: Actor) -> None:
    make_actor("Ada Wale")
    make_actor("Boris Klint", names=[{"text": "ADA-VALÉ"}])
    make_actor("Somebody Else")
    assert pairs(desk) == {("ada-vale", "ada-wale"), ("ada-vale", "boris-klint")}


def test_names_that_several_may_bear_make_no_likely_duplicates(desk: Client) -> None:
    make_actor(
        "Boris Klint", names=[{"text": "Klint", "is_ambiguous": True}, {"text": "envoy", "kind": "title"}]
    )
    make_actor("Carla", names=[{"text": "Klint", "is_ambiguous": True}, {"text": "envoy", "kind": "title"}])
    assert pairs(desk) == set()


def test_what_is_judged_or_merged_is_proposed_no_more_and_what_is_unsure_is(
    desk: Client, editor: User, kept: Actor, merged: Actor
) -> None:
    actions.judge_identity(kept, merged, editor, verdict="unsure")
    assert pairs(desk) == {("ada-vale", "ada-wale")}
    merge = actions.merge(kept, merged, editor)
    assert pairs(desk) == set()
    actions.unmerge(merge, editor)
    assert pairs(desk) == {("ada-vale", "ada-wale")}


def test_that_two_are_not_the_same_is_recorded_by_one_button(
    desk: Client, kept: Actor, merged: Actor
) -> None:
    answer = desk.post(reverse("admin:actors_actor_different"), {"pair": f"{kept.pk},{merged.pk}"})
    assert told(answer) == ["Recorded: Ada Vale and Ada Wale are not the same."]
    assert IdentityJudgement.objects.get().verdict == "different"
    assert pairs(desk) == set()
    wrong = desk.post(reverse("admin:actors_actor_different"), {"pair": "1,x"})
    assert told(wrong)[-1] == "Choose a pair of the list."


# Readers


def test_every_address_of_a_merged_actor_leads_on_for_good(
    client: Client, editor: User, kept: Actor, merged: Actor
) -> None:
    vesta, last = make_state("Vesta"), make_actor("Ada V.", slug="ada-v")
    actions.merge(kept, merged, editor)
    actions.merge(last, kept, editor)
    for address, to in {
        "/actors/ada-wale/": "/actors/ada-v/",
        "/actors/ada-vale/?as_of=2020-01-01": "/actors/ada-v/?as_of=2020-01-01",
        "/actors/ada-wale/feed.atom": "/actors/ada-v/feed.atom",
        "/actors/ada-wale/feed.json": "/actors/ada-v/feed.json",
        "/relationships/ada-wale/vesta/?part=left": "/relationships/ada-v/vesta/?part=left",
        "/relationships/ada-wale/vesta/feed.atom": "/relationships/ada-v/vesta/feed.atom",
        "/relationships/ada-vale/ada-wale/": "/actors/ada-v/",
        "/articles/?q=ships&actor=ada-wale": "/articles/?q=ships&actor=ada-v",
        "/assertions/?speaker=ada-wale&about=vesta": "/assertions/?speaker=ada-v&about=vesta",
        "/timeline/?actor=ada-vale": "/timeline/?actor=ada-v",
    }.items():
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, to), address
        assert answer["Cache-Control"] == "no-cache"
    assert vesta.is_public()


def test_a_country_that_was_merged_leads_lists_to_the_kept_one(client: Client, editor: User) -> None:
    ostria, old = make_state("Ostria"), make_state("Old Ostria")
    actions.merge(ostria, old, editor)
    answer = client.get("/actors/?country=old-ostria&q=a")
    assert answer["Location"] == "/actors/?country=ostria&q=a"


def test_an_actor_that_readers_never_knew_leads_nowhere(client: Client, editor: User, kept: Actor) -> None:
    actions.merge(kept, make_actor("Hidden", public=False), editor)
    assert client.get("/actors/hidden/").status_code == 404
    assert client.get("/relationships/hidden/ostria/").status_code == 404


def test_after_taking_apart_the_page_is_its_own_again(
    client: Client, editor: User, kept: Actor, merged: Actor
) -> None:
    merge = actions.merge(kept, merged, editor)
    actions.unmerge(merge, editor)
    assert client.get("/actors/ada-wale/").status_code == 200


def test_the_relationship_that_the_site_follows_survives_the_merge_of_a_side(
    client: Client, editor: User, settings: Any
) -> None:
    settings.RELATIONSHIP = ("old-ostria", "vesta")
    old, ostria, vesta = make_state("Old Ostria"), make_state("Ostria"), make_state("Vesta")
    make_assertion("Ships sailed.", old, about=[vesta])
    actions.merge(ostria, old, editor)
    home = client.get("/")
    assert home.status_code == 200
    assert "/relationships/ostria/vesta/" in home.content.decode()


def test_a_filter_of_the_newsroom_that_asks_for_a_merged_actor_asks_for_the_kept_one(
    editor: User, kept: Actor, merged: Actor
) -> None:
    hidden = make_actor("Other", slug="other-draft", public=False)
    actions.merge(kept, hidden, editor)
    actions.merge(kept, merged, editor)
    assert AnyActorField().clean("other-draft") == AnyActorField().clean("ada-wale") == kept
    # Readers learn nothing of one that they never knew.
    assert ActorField().clean("ada-wale") == kept
    with pytest.raises(ValidationError):
        ActorField().clean("other-draft")
