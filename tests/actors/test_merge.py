"""Merging actors and taking them apart: what moves, what is set aside, what is refused, what comes back."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, models, transaction
from pghistory.models import Event

from actors import actions, merging
from actors.models import Actor, ActorName, Affiliation, IdentityJudgement, Merge
from actors.name_table import known_names
from articles.models import Mention, Source
from assertions.actions import add_quantity
from assertions.models import Assertion, Participant, Quantity, Relay, Speaker
from cms.history import events_of
from cms.models import User
from tests.actors.exports import exported
from tests.factories import days_ago, make_actor, make_article, make_assertion, make_measure, make_state
from tests.staff import make_staff

pytestmark = pytest.mark.django_db

DIFFERENT, SAME, UNSURE = (
    IdentityJudgement.Verdict.DIFFERENT,
    IdentityJudgement.Verdict.SAME,
    IdentityJudgement.Verdict.UNSURE,
)


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


@pytest.fixture
def ostria() -> Actor:
    return make_state("Ostria")


@pytest.fixture
def kept(ostria: Actor) -> Actor:
    return make_actor("Ada Vale", country=ostria)


@pytest.fixture
def merged(ostria: Actor) -> Actor:
    return make_actor("Ada Wale", country=ostria, names=[{"text": "Ada Vale"}, {"text": "A. Wale"}])


# What moves


def test_every_foreign_key_to_actors_is_known_to_a_merge() -> None:
    listed = {f"{one.model._meta.label_lower}.{one.field}" for one in merging.references()}
    assert listed == {
        "actors.actor.country",
        "actors.actorname.actor",
        "actors.affiliation.actor",
        "actors.affiliation.organisation",
        "articles.mention.actor",
        "articles.source.publisher_actor",
        "assertions.participant.actor",
        "assertions.quantity.counted_by",
        "assertions.relay.actor",
        "assertions.speaker.actor",
        "assertions.speaker.possible_identity",
        "assertions.speaker.speaks_for",
    }
    by_themselves = {
        f"{relation.related_model._meta.label_lower}.{relation.field.name}"
        for relation in Actor._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ForeignObjectRel) and not issubclass(relation.related_model, Event)
    } - listed
    assert by_themselves == {
        "actors.actor.merged_into",
        "actors.identityjudgement.left",
        "actors.identityjudgement.right",
        "actors.merge.kept",
        "actors.merge.merged",
    }


def test_every_list_of_slugs_in_the_database_says_whether_it_names_actors() -> None:
    from django.apps import apps
    from django.contrib.postgres.fields import ArrayField

    of_slugs = [
        (model, column.name)
        for model in apps.get_models()
        if not issubclass(model, Event)
        for column in model._meta.concrete_fields
        if isinstance(column, ArrayField) and isinstance(column.base_field, models.SlugField)
    ]
    assert of_slugs == merging.slug_columns() == [(Mention, "candidates")]


def test_every_rule_of_uniqueness_on_actors_is_one_that_a_merge_can_judge() -> None:
    for reference in merging.references():
        for rule in reference.model._meta.constraints:
            if isinstance(rule, models.UniqueConstraint):
                assert not rule.expressions, rule.name
        # A row that is set aside is deleted meanwhile: nothing may refer to it.
        relations = reference.model._meta.get_fields(include_hidden=True)
        if any(reference.field in names for names, _, _ in merging._unique(reference.model)):
            assert not [
                relation
                for relation in relations
                if isinstance(relation, models.ForeignObjectRel)
                and not issubclass(relation.related_model, Event)
            ]


def test_all_that_referred_to_the_merged_actor_refers_to_the_kept_one(
    kept: Actor, merged: Actor, editor: User, ostria: Actor
) -> None:
    article = make_article(
        "On a talk", "Ada Wale met nobody.", sources=[{"publisher": "Wale", "publisher_actor": merged}]
    )
    claim = make_assertion(
        "Ships sailed.", merged, article=article, about=[merged], relays=[{"actor": merged}],
        quantities=[{"measure": make_measure("Ships"), "low": 3, "counted_by": merged}],
    )  # fmt: skip
    spoken = make_assertion(
        "Ships came.", article=article, speakers=[{"actor": ostria, "speaks_for": merged}]
    )
    described = [{"description": "an envoy", "possible_identity": merged}]
    make_assertion("Ships left.", article=article, speakers=described)
    actions.relate(merged, None, position="Envoy", organisation=ostria)
    actions.merge(kept, merged, editor, "one person, two spellings")
    assert [row.actor for row in Mention.objects.all()] == [kept]
    assert Source.objects.get().publisher_actor == kept
    assert claim.speakers.get().actor == kept
    assert Participant.objects.get().actor == Relay.objects.get().actor == kept
    assert Quantity.objects.get().counted_by == kept
    assert spoken.speakers.get().speaks_for == kept
    assert Speaker.objects.get(actor=None).possible_identity == kept
    assert {name.text for name in kept.names.all()} == {"Ada Vale", "Ada Wale", "A. Wale"}
    assert kept.affiliations.get().position == "Envoy"
    for reference in merging.references():
        assert not reference.rows(merged).exists(), reference
    assert Assertion.objects.public().count() == 3


def test_a_merge_changes_no_claim_and_so_undoes_no_review(kept: Actor, merged: Actor, editor: User) -> None:
    claim = make_assertion("Ships sailed.", merged, about=[merged])
    version = claim.claim_version
    merge = actions.merge(kept, merged, editor)
    claim.refresh_from_db()
    assert claim.claim_version == version
    assert Assertion.objects.public().get() == claim
    actions.unmerge(merge, editor)
    claim.refresh_from_db()
    assert claim.claim_version == version
    assert Assertion.objects.public().get() == claim
    # Other changes count as before.
    claim.speakers.update(office="envoy")
    claim.refresh_from_db()
    assert claim.claim_version == version + 1


def test_what_a_merge_moves_stands_in_the_history(kept: Actor, merged: Actor, editor: User) -> None:
    make_assertion("Ships sailed.", merged)
    actions.merge(kept, merged, editor)
    assert [event.actor_id for event in events_of(Speaker).order_by("pgh_id")] == [merged.pk, kept.pk]
    assert events_of(Actor).filter(merged_into=kept).count() == 1


def test_names_lead_to_the_kept_actor_and_unresolved_ones_no_longer_ask_for_the_merged(
    kept: Actor, merged: Actor, editor: User
) -> None:
    article = make_article("On a talk", "Ada Vale met nobody.")
    mention = Mention.objects.get(revision__article=article)
    assert mention.actor is None
    assert mention.candidates == ["ada-vale", "ada-wale"]
    actions.merge(kept, merged, editor)
    mention.refresh_from_db()
    assert mention.candidates == ["ada-vale"]
    assert {hit.actor for hit in known_names().find("Ada Wale and Ada Vale")} == {"ada-vale"}


def test_a_row_that_the_kept_actor_has_too_is_set_aside_whole(
    kept: Actor, merged: Actor, editor: User
) -> None:
    both = make_assertion("Ships sailed.", kept, merged)
    speaker = both.speakers.get(actor=merged)
    name = ActorName.objects.create(actor=merged, text="Vale", note="from a letter")
    ActorName.objects.create(actor=kept, text="Vale")
    merge = actions.merge(kept, merged, editor)
    assert both.speakers.get().actor == kept
    assert kept.names.get(text="Vale").note == ""
    actions.unmerge(merge, editor)
    assert both.speakers.get(actor=merged).pk == speaker.pk
    assert merged.names.get(text="Vale").note == "from a letter"
    assert merged.names.get(text="Vale").pk == name.pk


def test_nobody_comes_to_hold_a_position_in_itself_or_to_be_its_own_country(
    merged: Actor, editor: User, ostria: Actor
) -> None:
    crown = make_state("Crown of Ostria", country=ostria)
    actions.relate(crown, None, position="Member", organisation=ostria)
    before = exported()
    merge = actions.merge(crown, ostria, editor)
    crown.refresh_from_db()
    assert crown.country is None
    assert not Affiliation.objects.exists()
    assert Actor.objects.get(pk=merged.pk).country == crown
    assert actions.unmerge(merge, editor) == []
    assert exported() == before


# What is refused


def test_the_country_of_one_who_was_merged_into_a_merged_one_is_moved_too(
    ostria: Actor, editor: User
) -> None:
    former = make_state("Former Ostria")
    first = make_actor("A. Vale", country=former)
    second, third = make_actor("Ada Vale"), make_actor("Ada J. Vale")
    actions.merge(second, first, editor, confirmed=True)
    actions.merge(third, second, editor, confirmed=True)
    moved = actions.merge(ostria, former, editor, confirmed=True)
    first.refresh_from_db()
    assert (first.country, first.merged_into) == (ostria, second)
    actions.unmerge(moved, editor)
    first.refresh_from_db()
    assert (first.country, first.merged_into) == (former, second)


def test_only_who_may_merge_merges_and_takes_apart(kept: Actor, merged: Actor, editor: User) -> None:
    reporter = make_staff("reporter")
    with pytest.raises(PermissionDenied):
        actions.merge(kept, merged, reporter)
    merge = actions.merge(kept, merged, editor)
    with pytest.raises(PermissionDenied):
        actions.unmerge(merge, reporter)


def test_an_actor_is_not_merged_into_itself(kept: Actor, editor: User) -> None:
    with pytest.raises(ValidationError, match="cannot be merged into itself"):
        actions.merge(kept, kept, editor)


def test_a_merged_actor_is_neither_merged_again_nor_merged_into(
    kept: Actor, merged: Actor, editor: User
) -> None:
    other = make_actor("Ada Veil")
    actions.merge(kept, merged, editor)
    for pair in ((other, merged), (merged, other), (merged, kept)):
        with pytest.raises(ValidationError, match="“Ada Wale” was merged into “Ada Vale”"):
            actions.merge(*pair, editor)


def test_readers_do_not_lose_a_public_actor_to_one_that_is_not(merged: Actor, editor: User) -> None:
    draft = make_actor("Ada Veil", public=False)
    with pytest.raises(ValidationError) as refused:
        actions.merge(draft, merged, editor)
    assert "“Ada Veil” is not public" in refused.value.message_dict["kept"][0]
    actions.merge(merged, draft, editor)


@pytest.mark.parametrize(
    ("fields", "doubt"),
    [
        ({"kind": "state"}, "“Ada Veil” is of the kind state, “Ada Vale” of the kind person."),
        ({"wikidata": "Q2"}, "They have different Wikidata items: Q2 and Q1."),
    ],
)
def test_what_speaks_against_it_has_to_be_confirmed(fields: dict[str, Any], doubt: str, editor: User) -> None:
    kept, other = make_actor("Ada Vale", wikidata="Q1"), make_actor("Ada Veil", **fields)
    with pytest.raises(ValidationError) as refused:
        actions.merge(kept, other, editor)
    assert refused.value.message_dict["confirmed"][0] == doubt
    assert not Merge.objects.exists()
    actions.merge(kept, other, editor, confirmed=True)


def test_two_that_were_judged_different_are_merged_only_if_that_is_confirmed_and_are_so_again_after(
    kept: Actor, merged: Actor, editor: User
) -> None:
    judged = actions.judge_identity(kept, merged, editor, verdict=DIFFERENT, reason="another birthday")
    with pytest.raises(ValidationError) as refused:
        actions.merge(kept, merged, editor)
    expected = "editor judged that they are not the same: another birthday"
    assert refused.value.message_dict["confirmed"][0] == expected
    merge = actions.merge(kept, merged, editor, confirmed=True)
    standing = merging.standing_judgement(kept, merged)
    assert standing is not None
    assert standing.verdict == SAME
    actions.unmerge(merge, editor)
    assert merging.standing_judgement(kept, merged) == judged


def test_nobody_refers_to_a_merged_actor_any_more(kept: Actor, merged: Actor, editor: User) -> None:
    claim = make_assertion("Ships sailed.", kept)
    actions.merge(kept, merged, editor)
    merged.refresh_from_db()
    for write in (
        lambda: Speaker.objects.create(assertion=claim, actor=merged),
        lambda: Participant.objects.create(assertion=claim, actor=merged, role="subject"),
        lambda: ActorName.objects.create(actor=merged, text="Walé"),
        lambda: Actor.objects.filter(pk=kept.pk).update(country=merged),
    ):
        with pytest.raises(IntegrityError, match="the actor ada-wale was merged"), transaction.atomic():
            write()
    for act in (
        lambda: actions.save_actor(merged, editor),
        lambda: actions.publish_actor(merged, editor),
        lambda: actions.withdraw_actor(merged, editor),
        lambda: actions.judge_identity(kept, merged, editor, verdict=SAME),
    ):
        with pytest.raises(ValidationError, match="was merged into “Ada Vale”"):
            act()


# Judgements


def test_a_merge_judges_the_two_the_same_and_taking_them_apart_may_judge_them_different(
    kept: Actor, merged: Actor, editor: User
) -> None:
    merge = actions.merge(kept, merged, editor, "one voice")
    standing = merging.standing_judgement(kept, merged)
    assert standing is not None
    assert (standing.verdict, standing.reason, standing.judged_by) == (SAME, "one voice", editor)
    actions.unmerge(merge, editor, different=True, reason="two voices")
    standing = merging.standing_judgement(kept, merged)
    assert standing is not None
    assert (standing.verdict, standing.reason) == (DIFFERENT, "two voices")


def test_what_was_judged_of_the_merged_actor_and_a_third_holds_for_the_kept_one(
    editor: User, merged: Actor
) -> None:
    third, fourth, kept = make_actor("Third"), make_actor("Fourth"), make_actor("Ada Vale")
    actions.judge_identity(merged, third, editor, verdict=DIFFERENT)
    actions.judge_identity(merged, fourth, editor, verdict=UNSURE)
    actions.judge_identity(kept, fourth, editor, verdict=DIFFERENT)
    before = exported()
    merge = actions.merge(kept, merged, editor)
    held = merging.standing_judgement(kept, third)
    assert held is not None
    assert held.verdict == DIFFERENT
    assert IdentityJudgement.objects.filter(revoked_at=None).count() == 3
    actions.unmerge(merge, editor)
    assert exported() == before


# Taking apart


def test_what_was_changed_since_is_left_and_told(kept: Actor, merged: Actor, editor: User) -> None:
    other = make_actor("Boris Klint")
    claim = make_assertion("Ships sailed.", merged)
    both = make_assertion("Ships came.", kept, merged)
    merge = actions.merge(kept, merged, editor)
    claim.speakers.update(actor=other)
    kept.names.get(text="A. Wale").delete()
    told = actions.unmerge(merge, editor)
    assert told == [
        "Changed or deleted since the merge, and left so: 1 actor name.",
        "Changed or deleted since the merge, and left so: 1 speaker: “Boris Klint”.",
    ]
    assert claim.speakers.get().actor == other
    assert {name.text for name in merged.names.all()} == {"Ada Vale", "Ada Wale"}
    assert {speaker.actor for speaker in both.speakers.all()} == {kept, merged}


def test_a_row_that_was_set_aside_stays_away_where_what_it_belonged_to_is_gone(
    kept: Actor, merged: Actor, editor: User
) -> None:
    both = make_assertion("Ships came.", kept, merged, accepted=False)
    merge = actions.merge(kept, merged, editor)
    both.delete()
    told = actions.unmerge(merge, editor)
    assert told == [
        "The speaker “Ada Wale” was set aside by the merge, and cannot come back: its assertion was deleted."
    ]


def test_a_place_that_somebody_took_meanwhile_is_left_to_them(
    kept: Actor, merged: Actor, editor: User
) -> None:
    claim = make_assertion("Ships came.", relays=[{"actor": kept}, {"actor": merged}])
    merge = actions.merge(kept, merged, editor)
    Relay.objects.create(assertion=claim, description="a sailor", position=2)
    assert actions.unmerge(merge, editor) == [
        "The relay “Ada Wale” was set aside by the merge, and cannot come back: something else has its place."
    ]
    connection.check_constraints()


def test_a_later_merge_of_the_kept_actor_is_taken_apart_first(
    kept: Actor, merged: Actor, editor: User
) -> None:
    third = make_actor("Ada V.")
    first = actions.merge(kept, merged, editor)
    second = actions.merge(third, kept, editor)
    with pytest.raises(ValidationError, match=r"“Ada Vale” was itself merged into “Ada V\.” later"):
        actions.unmerge(first, editor)
    assert actions.unmerge(second, editor) == []
    assert actions.unmerge(first, editor) == []
    with pytest.raises(ValidationError, match="were taken apart already"):
        actions.unmerge(first, editor)


def test_a_later_merge_into_the_same_actor_that_rests_on_the_rows_of_this_one_is_taken_apart_first(
    kept: Actor, merged: Actor, editor: User
) -> None:
    third = make_actor("Ada V.")
    claim = make_assertion("Ships came.", merged, third)
    first = actions.merge(kept, merged, editor)
    second = actions.merge(kept, third, editor)
    assert claim.speakers.get().actor == kept
    with pytest.raises(ValidationError, match=r"take “Ada V\.” apart first"):
        actions.unmerge(first, editor)
    actions.unmerge(second, editor)
    actions.unmerge(first, editor)
    assert {speaker.actor for speaker in claim.speakers.all()} == {merged, third}


def test_independent_merges_into_one_actor_are_taken_apart_in_any_order(
    kept: Actor, merged: Actor, editor: User
) -> None:
    third = make_actor("Ada V.")
    before = exported()
    first = actions.merge(kept, merged, editor)
    second = actions.merge(kept, third, editor)
    assert actions.unmerge(first, editor) == []
    assert actions.unmerge(second, editor) == []
    assert exported() == before


def test_an_identifier_may_go_to_the_kept_actor_and_then_stands_against_taking_apart(editor: User) -> None:
    kept, other = make_actor("Ada Vale"), make_actor("Ada Veil", wikidata="Q2")
    merge = actions.merge(kept, other, editor)
    kept.wikidata = "Q2"
    actions.save_actor(kept, editor)
    with pytest.raises(ValidationError, match="Another actor has this Wikidata item"):
        actions.unmerge(merge, editor)


def test_a_merged_actor_was_public_at_no_instant_that_a_page_can_ask_for(
    kept: Actor, merged: Actor, editor: User
) -> None:
    actions.merge(kept, merged, editor)
    merged.refresh_from_db()
    for at in (None, days_ago(100)):
        assert not merged.is_public(at)
        assert set(Actor.objects.public(at).values_list("slug", flat=True)) == {"ada-vale", "ostria"}
    assert merged.live is not None
    assert merged.live.upper is None


def test_several_counts_by_one_actor_stay_several(kept: Actor, merged: Actor, editor: User) -> None:
    claim, ships = make_assertion("Ships sailed.", kept), make_measure("Ships")
    for actor in (kept, merged):
        add_quantity(claim, None, measure=ships, low=3, counted_by=actor)
    actions.merge(kept, merged, editor)
    assert claim.quantities.filter(counted_by=kept).count() == 2
