"""Who gives a suggestion another meaning proposes it too: somebody else accepts it, whichever way it is asked."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from actors.actions import merge
from actors.models import Actor
from articles.models import Article, Mention
from assertions import actions
from assertions.desk.decision.form import DecisionForms
from assertions.models import Amendment, Assertion, Lease
from assertions.reviewing.four_eyes import is_same_statement
from assertions.reviewing.queue import waiting
from cms.models import User
from tests.assertions.desk_cast import ACCEPT, decide, make_waiting
from tests.factories import make_actor, make_article, make_prepared
from tests.staff import make_staff, sent, signed_in
from tests.staff import opened as opened_in_admin

WORDS = "no ship has left"
WHY: dict[str, Any] = {"reason": "Read again."}
GRADES = {name: value for name, value in ACCEPT.items() if name != "verdict"}


@pytest.fixture
def anna(db: None) -> User:
    return make_staff("reviewer", "anna")


@pytest.fixture
def ben(db: None) -> User:
    return make_staff("reviewer", "ben")


@pytest.fixture
def article(db: None, ada: Actor) -> Article:
    return make_article("Ada Vale on ships", f"Ada Vale said on Monday that {WORDS}.")


@pytest.fixture
def claim(article: Article, ada: Actor, ostria: Actor) -> Assertion:
    return make_prepared(
        "A ship has left the harbour.", act="denies", article=article, exact=WORDS,
        speakers=[{"actor": ada, "speaks_for": ostria}],
    )  # fmt: skip


def edit(claim: Assertion, by: User | None, /, **parts: Any) -> None:
    """Change a claim; ``speakers`` are rows, whatever else is given are fields."""
    claim.refresh_from_db()
    rows = {name: parts.pop(name) for name in ("speakers", "participants", "relays") if name in parts}
    actions.edit_claim(claim, by, claim_version=claim.claim_version, edit=actions.Edit(fields=parts, **rows))
    claim.refresh_from_db()


def is_left_to_others(claim: Assertion, user: User) -> bool:
    """Tell whether an acceptance is refused; the queue hands out accordingly."""
    words = ""
    try:
        actions.foresee(claim, user, verdict="accept", attribution="carried", **WHY)
    except ValidationError as error:
        words = error.message_dict["verdict"][0]
    assert (claim in waiting(user)) == (not words)
    assert not words or "somebody else accepts it" in words
    return bool(words)


# What makes a proposer


@pytest.mark.parametrize(
    "parts",
    [
        {"act": "states"},
        {"negated": True},
        {"claim": "Ostria has sold its whole fleet."},
        {"claim": "No ship has left the harbour."},
        {"claim": "Two ships have left the harbour."},
        {"speakers": []},
        {"speakers": [{"description": "an envoy"}]},
    ],
)
def test_who_changed_what_it_says_leaves_the_acceptance_to_somebody_else(
    claim: Assertion, anna: User, ben: User, parts: dict[str, Any]
) -> None:
    edit(claim, anna, **parts)
    assert is_left_to_others(claim, anna)
    assert not is_left_to_others(claim, ben)
    assert decide(claim, ben, **ACCEPT, **WHY).decided_by == ben


def test_for_whom_somebody_speaks_is_part_of_who_says_it_and_an_office_is_not(
    claim: Assertion, anna: User
) -> None:
    row = claim.speakers.get()
    same = {"id": row.pk, "actor": row.actor}
    edit(claim, anna, speakers=[{**same, "speaks_for": row.speaks_for, "office": "minister"}])
    assert not is_left_to_others(claim, anna)
    edit(claim, anna, speakers=[{**same, "speaks_for": None}])
    assert is_left_to_others(claim, anna)


@pytest.mark.parametrize(
    "parts",
    [
        {"claim": "A ship has left the harbor."},
        {"claim": "A ship has left the Harbour"},
        {"claim": "A vessel has left the harbour."},
        {"hedge": "so far", "certainty": "probable", "said": "2024-10-21", "place": "Ostria"},
        {"participants": [{"role": "object", "description": "a harbour"}]},
    ],
)
def test_who_mends_the_wording_or_what_stands_around_it_accepts_it(
    claim: Assertion, anna: User, parts: dict[str, Any]
) -> None:
    edit(claim, anna, **parts)
    assert not is_left_to_others(claim, anna)
    assert not Amendment.objects.exists()


@pytest.fixture
def of_a_minister(article: Article, ada: Actor, boris: Actor) -> Assertion:
    """A claim whose speaker is described; the name in the description may be either of two actors."""
    Mention.objects.filter(revision=article.revisions.get(), start=0).update(
        actor=None, candidates=[ada.slug, boris.slug]
    )
    return make_prepared(
        "A ship has left.", article=article, exact=WORDS, speakers=[{"description": "Minister Ada Vale"}]
    )


def test_who_chooses_one_of_those_whom_a_name_may_mean_accepts_it(
    of_a_minister: Assertion, ada: Actor, boris: Actor, anna: User
) -> None:
    for actor in (ada, boris):
        edit(of_a_minister, anna, speakers=[{"actor": actor}])
        assert not is_left_to_others(of_a_minister, anna)


def test_who_names_another_speaker_than_those_who_were_offered_leaves_it_to_somebody_else(
    of_a_minister: Assertion, ada: Actor, ostria: Actor, anna: User, ben: User
) -> None:
    edit(of_a_minister, anna, speakers=[{"actor": ostria}])
    assert is_left_to_others(of_a_minister, anna)
    edit(of_a_minister, ben, speakers=[{"actor": ada, "speaks_for": ostria}])
    assert is_left_to_others(of_a_minister, ben)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("The troops of Ostria fight in Kursk.", "The troops of Ostria fight in Belgorod.", False),
        ("The army of Ostria has beaten Westria.", "The army of Westria has beaten Ostria.", False),
        ("The letter is from Kim Jong Un to all.", "The letter is from Kim Jong-un to all.", True),
        ("The letter went to Zelensky by night.", "The letter went to Zelenskyy by night.", True),
        ("The letter was sent to Zelensky.", "The letter was sent to Mr Zelensky.", True),
    ],
)
def test_another_name_makes_another_statement_and_another_spelling_does_not(
    one: str, other: str, is_same: bool
) -> None:
    assert is_same_statement(one, other) is is_same


def test_small_steps_add_up_to_another_statement(claim: Assertion, anna: User) -> None:
    edit(claim, anna, claim="A ship has left the old harbour.")
    assert not is_left_to_others(claim, anna)
    edit(claim, anna, claim="A ship has left the old harbour basin.")
    edit(claim, anna, claim="A ship has left the old harbour basin at night.")
    assert is_left_to_others(claim, anna)


def test_what_is_as_the_rule_proposed_again_is_nobodys(claim: Assertion, anna: User) -> None:
    edit(claim, anna, act="states")
    edit(claim, anna, act="denies")
    assert not is_left_to_others(claim, anna)


def test_what_another_makes_of_it_is_theirs_and_their_small_corrections_are_not(
    claim: Assertion, anna: User, ben: User
) -> None:
    edit(claim, anna, claim="Ostria has sold its whole fleet.")
    edit(claim, ben, claim="Ostria has sold its whole fleet!")
    assert (is_left_to_others(claim, anna), is_left_to_others(claim, ben)) == (True, False)
    edit(claim, ben, claim="Nobody knows where the ships are.")
    assert (is_left_to_others(claim, anna), is_left_to_others(claim, ben)) == (False, True)


def test_one_who_corrects_step_by_step_what_another_made_of_it_ends_as_its_proposer(
    claim: Assertion, anna: User, ben: User
) -> None:
    edit(claim, anna, claim="Ostria has sold its whole fleet.")
    for words in ("its big fleet", "its big old fleet", "a big old ferry", "a big old ferry to us"):
        edit(claim, ben, claim=f"Ostria has sold {words}.")
    assert is_left_to_others(claim, ben)


def test_a_merge_makes_nobody_a_proposer(claim: Assertion, ada: Actor, anna: User) -> None:
    merge(make_actor("Ada W. Vale"), ada, None, confirmed=True)
    claim.refresh_from_db()
    row = claim.speakers.get()
    same = {"id": row.pk, "actor": row.actor, "speaks_for": row.speaks_for}
    edit(claim, anna, speakers=[{**same, "office": "minister"}])
    assert not is_left_to_others(claim, anna)


def test_what_the_operator_changes_is_left_to_nobody(claim: Assertion, anna: User) -> None:
    edit(claim, None, act="states")
    assert not is_left_to_others(claim, anna)


def test_what_a_person_proposed_stays_that_persons(anna: User, ben: User) -> None:
    own = make_waiting("A ship has left.", ben)
    edit(own, anna, act="denies", claim="Ostria has sold its whole fleet.")
    assert not is_left_to_others(own, anna)
    assert is_left_to_others(own, ben)


def test_without_four_eyes_whoever_changed_it_accepts_it(claim: Assertion, anna: User, settings: Any) -> None:
    settings.REVIEW_FOUR_EYES = False
    edit(claim, anna, act="states")
    assert not is_left_to_others(claim, anna)


def test_who_proposed_another_meaning_may_reject_and_dispute_it(claim: Assertion, anna: User) -> None:
    edit(claim, anna, act="states")
    assert decide(claim, anna, verdict="reject", **WHY).verdict == "reject"


def test_an_edit_and_an_acceptance_at_once_are_refused_and_nothing_is_changed(
    claim: Assertion, anna: User
) -> None:
    with pytest.raises(ValidationError, match="You changed the speech act"):
        actions.edit_and_review(
            claim, anna, claim_version=claim.claim_version,
            edit=actions.Edit(fields={"act": "states"}), **ACCEPT, **WHY,
        )  # fmt: skip
    claim.refresh_from_db()
    assert (claim.act, Amendment.objects.count()) == ("denies", 0)


def test_whoever_made_another_meaning_of_it_has_it_in_hand_no_longer(claim: Assertion, anna: User) -> None:
    actions.take(claim, anna)
    edit(claim, anna, hedge="so far")
    assert Lease.objects.get().reviewer == anna
    edit(claim, anna, act="states")
    assert not Lease.objects.exists()


# Whichever way


def test_the_screen_says_before_and_after_that_somebody_else_accepts_it(
    claim: Assertion, anna: User, ben: User
) -> None:
    client, address = signed_in(anna), reverse("admin:desk_decide", args=[claim.identifier])
    page = client.get(address)
    assert "then somebody else accepts it" in page.content.decode()
    forms: DecisionForms = page.context["forms"]
    form = {**forms.values(), "seen": str(page.context["seen"]), "opened": page.context["opened"]}
    typed = {**form, "act": "states", **GRADES, **WHY}
    refused = client.post(address, {**typed, "do": "accept"})
    assert "Save the changes, and leave the acceptance to somebody else." in refused.context["refused"][0]
    assert refused.context["forms"].claim["act"].value() == "states"
    saved = client.post(address, {**typed, "do": "save"})
    assert "You changed the speech act" in saved.context["barred"]
    assert signed_in(ben).get(address).context["barred"] == ""
    assert client.get(reverse("admin:desk_next")).status_code == 200, "nothing is handed out"


def test_in_bulk_it_is_foreseen_and_refused(claim: Assertion, anna: User) -> None:
    edit(claim, anna, act="states")
    form = {f"bulk-{name}": value for name, value in {**ACCEPT, **WHY}.items()}
    page = signed_in(anna).post(reverse("admin:desk_bulk"), {**form, "row": claim.identifier})
    (row,) = page.context["foreseen"]
    assert (row.outcome, "You changed the speech act" in row.words) == (None, True)
    seen = f"{claim.identifier}.{claim.claim_version}.0.decision"
    signed_in(anna).post(reverse("admin:desk_bulk"), {**form, "seen": seen})
    assert not claim.reviews.exists()


def test_the_change_page_of_the_admin_makes_a_proposer_too(claim: Assertion, boris: Actor) -> None:
    admin = make_staff("admin")
    client, address = signed_in(admin), reverse("admin:assertions_assertion_change", args=[claim.pk])
    page = client.get(address)
    changed = {"act": "states", "speakers-0-actor": str(boris.pk)}
    assert client.post(address, form_of(client, page, **changed)).status_code == 302
    assert set(Amendment.objects.values_list("part", "amended_by")) == {
        ("act", admin.pk), ("speakers", admin.pk),
    }  # fmt: skip
    claim.refresh_from_db()
    assert is_left_to_others(claim, admin)


def form_of(client: Client, page: Any, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends of the change page."""
    return opened_in_admin(page, **changes) if "opened_after" in page.context else sent(page, **changes)


# The wording


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Goods were sent.", "goods were sent", True),
        ("Goods were sent.", "Goods were not sent.", False),
        ("Goods weren’t sent.", "Goods were not sent.", True),
        ("It lost 300 men.", "It lost 3,000 men.", False),
        ("Some of it was sent.", "All of it was sent.", False),
        ("無人機が送られた。", "無人機が送られた", True),
        ("", "", True),
    ],
)
def test_a_wording_is_the_same_unless_it_turns_the_statement(one: str, other: str, same: bool) -> None:
    assert is_same_statement(one, other) is same


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_wording_is_the_same_as_itself_and_likeness_is_mutual(one: str, other: str) -> None:
    assert is_same_statement(one, one)
    assert is_same_statement(one, other) == is_same_statement(other, one)
