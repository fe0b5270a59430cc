"""The queue as a list: what its filters find, that its counts are right, and the filters that reviewers keep."""

import random
from collections.abc import Callable
from datetime import timedelta
from itertools import combinations
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from assertions import actions
from assertions.desk.queue_filter import QueueFilter
from assertions.models import Assertion, SavedFilter
from assertions.reviewing.queue import waiting
from cms.models import User
from tests.assertions.desk_cast import ACCEPT, REJECT, decide, make_double, make_suggestion, make_waiting
from tests.factories import make_actor, make_article, make_assertion, make_question, make_state, make_topic
from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db

QUEUE = "/admin/desk/queue/"


@pytest.fixture
def anna() -> User:
    return make_staff("reviewer", "anna")


@pytest.fixture
def ben() -> User:
    return make_staff("reviewer", "ben")


def asked(user: User, **query: Any) -> Any:
    """Return the page of the queue that is asked for."""
    response = signed_in(user).get(QUEUE, query)
    assert response.status_code == 200
    return response


def listed(user: User, **query: Any) -> set[str]:
    return {row.assertion.claim for row in asked(user, **query).context["rows"]}


# What is on the list


def test_the_list_shows_what_waits_and_counts_what_waits_for_the_reader(anna: User, ben: User) -> None:
    make_waiting("Of anna.", anna)
    make_waiting("Free.")
    taken = make_waiting("In hand.")
    actions.take(taken, ben)
    decide(make_waiting("Decided."), None)
    page = asked(anna)
    assert {row.assertion.claim for row in page.context["rows"]} == {"Of anna.", "Free.", "In hand."}
    assert (page.context["count"], page.context["for_you"]) == (3, 1)
    text = page.content.decode()
    assert "ben has it" in text
    assert f'href="{reverse("admin:desk_next")}"' in text


def test_begin_goes_to_the_next_with_the_same_filters(anna: User) -> None:
    make_waiting("Ships left.", act="denies")
    text = asked(anna, act="denies", age="0").content.decode()
    assert f'href="{reverse("admin:desk_next")}?act=denies&amp;age=0"' in text


def test_a_rule_is_asked_for_by_its_label_and_told_by_it(anna: User) -> None:
    make_suggestion("Ships left.", "ccomp")
    text = asked(anna, rule="ccomp").content.decode()
    assert '<option value="ccomp" selected>Said in a whole clause</option>' in text
    assert "Rule: Said in a whole clause" in text


def test_the_list_is_paged_by_cursor_and_misses_nothing(anna: User) -> None:
    claims = {make_waiting(f"Ship {number} left.").claim for number in range(60)}
    first = asked(anna)
    assert len(first.context["rows"]) == 50
    second = asked(anna, after=first.context["page"].after)
    found = [row.assertion.claim for page in (first, second) for row in page.context["rows"]]
    assert len(found) == 60 and set(found) == claims
    assert signed_in(anna).get(QUEUE, {"after": "nonsense"}).status_code == 404


def test_the_list_is_for_those_who_decide_or_publish() -> None:
    make_waiting("Ships left.")
    assert signed_in(make_staff("reporter")).get(QUEUE).status_code == 403
    page = asked(make_staff("editor"))
    assert "Decide on several" not in page.content.decode()
    assert page.context["for_you"] == 0


def test_more_rows_cost_no_more_queries(anna: User, django_assert_max_num_queries: Any) -> None:
    topic, speaker = make_topic("Ships"), make_actor("Ada Vale")
    for number in range(12):
        decide(make_waiting(f"Ship {number} left.", speakers=[{"actor": speaker}], topics=[topic]), None)
    client = signed_in(anna)
    client.get(QUEUE)
    with django_assert_max_num_queries(24):
        assert len(client.get(QUEUE, {"status": "any"}).context["rows"]) == 12


# What makes no sense


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("tag", "nothing", "There is no topic “nothing”"),
        ("speaker", "Nobody", "There is no actor named “Nobody” here"),
        ("subject", "Nobody", "There is no actor named “Nobody” here"),
        ("status", "done", "“done” is none of the choices: to_decide, new"),
        ("act", "sings", "“sings” is none of the choices: states, alleges"),
        ("event_class", "party", "“party” is none of the choices: agree"),
        ("question", "why", "There is no question “why”"),
        ("age", "old", "Give a number of days"),
        ("age", "-1", "greater than or equal to 0"),
        ("confidence", "high", "Give a number of percent"),
        ("confidence", "101", "less than or equal to 100"),
        ("confidence_to", "nan", "Give a number of percent"),
        ("contradicts", "maybe", "“maybe” is none of the choices: yes, may, no"),
        ("anchors", "1", "“1” is none of the choices: yes, no"),
        ("unsupported", "true", "“true” is none of the choices: yes, no"),
        ("proposed", "robot", "“robot” is none of the choices: rule, person"),
        ("rule", "guess", "“guess” is no rule that proposed anything"),
        ("q", "a\x00b", "Null characters are not allowed"),
        ("colour", "red", "There is no filter “colour”"),
    ],
)
def test_a_value_that_makes_no_sense_is_told_and_lists_nothing(
    anna: User, name: str, value: str, sentence: str
) -> None:
    make_waiting("Ships left.")
    page = asked(anna, **{name: value})
    assert sentence in page.content.decode()
    assert page.context["rows"] == [] and page.context["count"] == 0
    assert actions.take_next(anna, QueueFilter({name: value}, queryset=waiting(anna)).qs) is None


def test_a_filter_that_is_given_twice_is_told(anna: User) -> None:
    make_waiting("Ships left.")
    page = signed_in(anna).get(f"{QUEUE}?act=denies&act=states")
    assert "asked for more than once" in page.content.decode()
    assert page.context["rows"] == []


# Counts against brute force


@pytest.fixture
def many(anna: User, ben: User) -> list[Assertion]:
    """Assertions of every sort, made by chance that is always the same."""
    chance = random.Random(5)
    topics = [make_topic("Ships"), make_double("Sanctions")]
    states = [make_state("Ostria"), make_state("Vesta")]
    questions = [make_question("Did ships leave?"), make_question("Was a deal made?")]
    articles = [make_article("Ships left"), make_article("Ships will leave", public=False)]
    made: list[Assertion] = []
    for number in range(60):
        fields: dict[str, Any] = {
            "act": chance.choice(["states", "denies"]),
            "event_class": chance.choice(["", "aid"]),
            "speakers": [{"actor": chance.choice(states)}],
            "participants": [{"role": "subject", "actor": chance.choice(states)}],
            "topics": chance.sample(topics, chance.randint(0, 2)),
        }
        claim = f"Ship {number} left."
        kind = chance.randrange(3)
        if kind == 0:
            row = make_suggestion(
                claim, chance.choice(["clause", "quotation"]), chance.choice([0.6, 0.9]), **fields
            )
        elif kind == 1:
            row = make_waiting(claim, chance.choice([anna, ben, None]), **fields)
        else:
            row = make_assertion(claim, article=chance.choice(articles), accepted=False, **fields)
        for _ in range(chance.randrange(3)):
            decide(
                row, None, **chance.choice([ACCEPT, REJECT, {"verdict": "dispute"}, {"verdict": "reopen"}])
            )
        if chance.random() < 0.3:
            Assertion.objects.filter(pk=row.pk).update(hedge="perhaps")
        if chance.random() < 0.3:
            actions.answer(chance.choice(questions), row, None, stance="affirms")
        if made and chance.random() < 0.3:
            bears = chance.choice(["contradicts", "repeats"])
            actions.link(row, chance.choice(made), None, type=bears)
        created = timezone.now() - timedelta(days=chance.randrange(20))
        Assertion.objects.filter(pk=row.pk).update(created_at=created)
        row.refresh_from_db()
        made.append(row)
    for row in chance.sample(made, 10):
        actions.take(row, ben if row.proposed_by == anna else anna)
    return made


def _status(row: Assertion) -> str:
    latest = row.reviews.order_by("-decided_at", "-id").first()
    if latest is None:
        return "new"
    if latest.claim_version < row.claim_version:
        return "changed"
    return {"accept": "accepted", "reject": "rejected", "dispute": "disputed", "reopen": "reopened"}[
        latest.verdict
    ]


def _is_linked(row: Assertion) -> bool:
    """Whether an assertion contradicts another that is not rejected, or is contradicted by one."""
    others = [(link.type, link.target) for link in row.links.all()]
    others += [(link.type, link.source) for link in row.linked_from.all()]
    return any(bears in ("contradicts", "denies") and _status(other) != "rejected" for bears, other in others)


HOLDS: dict[tuple[str, str], Callable[[Assertion], bool]] = {
    ("status", ""): lambda row: _status(row) in ("new", "changed", "reopened"),
    ("status", "to_decide"): lambda row: _status(row) in ("new", "changed", "reopened"),
    ("status", "new"): lambda row: _status(row) == "new",
    ("status", "changed"): lambda row: _status(row) == "changed",
    ("status", "reopened"): lambda row: _status(row) == "reopened",
    ("status", "accepted"): lambda row: _status(row) == "accepted",
    ("status", "disputed"): lambda row: _status(row) == "disputed",
    ("status", "rejected"): lambda row: _status(row) == "rejected",
    ("status", "any"): lambda row: True,
    ("tag", "ships"): lambda row: row.topics.filter(slug="ships").exists(),
    ("speaker", "ostria"): lambda row: row.speakers.filter(actor__slug="ostria").exists(),
    ("speaker", "Vesta"): lambda row: row.speakers.filter(actor__slug="vesta").exists(),
    ("subject", "vesta"): lambda row: row.participants.filter(actor__slug="vesta").exists(),
    ("act", "denies"): lambda row: row.act == "denies",
    ("event_class", "aid"): lambda row: row.event_class == "aid",
    ("question", "did-ships-leave"): lambda row: row.answers.filter(
        question__slug="did-ships-leave"
    ).exists(),
    ("age", "7"): lambda row: row.created_at <= timezone.now() - timedelta(days=7),
    ("confidence", "75"): lambda row: row.confidence is not None and row.confidence >= 0.75,
    ("confidence_to", "75"): lambda row: row.confidence is not None and row.confidence <= 0.75,
    ("contradicts", "yes"): _is_linked,
    ("contradicts", "no"): lambda row: not _is_linked(row),
    ("unsupported", "yes"): lambda row: not Assertion.objects.supported().filter(pk=row.pk).exists(),
    ("unsupported", "no"): lambda row: Assertion.objects.supported().filter(pk=row.pk).exists(),
    ("anchors", "no"): lambda row: True,
    ("proposed", "rule"): lambda row: row.proposed_rule != "",
    ("proposed", "me"): lambda row: row.proposed_by is not None and row.proposed_by.username == "anna",
    ("proposed", "person"): lambda row: row.proposed_by is not None,
    ("proposed", "import"): lambda row: row.proposed_by is None and row.proposed_rule == "",
    ("rule", "quotation"): lambda row: row.proposed_rule == "quotation",
    ("q", "ship 1"): lambda row: "ship" in row.claim.lower() and "1" in row.claim,
}


def test_every_filter_and_every_two_of_them_find_what_brute_force_finds(
    many: list[Assertion], anna: User
) -> None:
    holding = {case: {row.pk for row in many if holds(row)} for case, holds in HOLDS.items()}
    waits = holding["status", ""]
    cases = [(case,) for case in HOLDS] + [
        pair for pair in combinations(HOLDS, 2) if pair[0][0] != pair[1][0]
    ]
    for case in cases:
        expected = set.intersection(*(holding[one] for one in case))
        if not any(name == "status" for name, _ in case):
            expected &= waits
        found = QueueFilter(dict(case), queryset=Assertion.objects.all(), by=anna)
        assert not found.problems, case
        keys = list(found.qs.values_list("pk", flat=True))
        assert sorted(keys) == sorted(expected), case
    assert all(holding.values()), "each filter finds something"


def test_the_counts_on_the_page_are_those_of_the_rows(many: list[Assertion], anna: User) -> None:
    for query in ({}, {"act": "denies"}, {"proposed": "rule", "contradicts": "yes"}):
        page = asked(anna, **query)
        assert page.context["count"] == len(page.context["rows"])
        for_you = [
            row for row in page.context["rows"] if not row.is_own and row.assertion.held_by in (None, "anna")
        ]
        assert page.context["for_you"] == len(for_you)


# Filters that are kept


def test_a_filter_is_kept_renamed_and_deleted(anna: User) -> None:
    client = signed_in(anna)
    keep = reverse("admin:desk_filter_save")
    page = client.post(f"{keep}?act=denies&after=x", {"name": " Denials "}, follow=True)
    saved = SavedFilter.objects.get()
    assert (saved.owner, saved.name, saved.query) == (anna, "Denials", "act=denies")
    assert parse_qs(urlsplit(page.redirect_chain[-1][0]).query) == {"act": ["denies"]}
    assert "Denials" in client.get(reverse("admin:desk")).content.decode()
    client.post(reverse("admin:desk_filter_rename", args=[saved.pk]), {"name": "What is denied"})
    saved.refresh_from_db()
    assert saved.name == "What is denied"
    assert (
        "Speech act: denies"
        in client.get(reverse("admin:desk_filter_delete", args=[saved.pk])).content.decode()
    )
    client.post(reverse("admin:desk_filter_delete", args=[saved.pk]))
    assert not SavedFilter.objects.exists()


def test_a_name_that_is_taken_is_told_and_stays_typed(anna: User) -> None:
    actions.save_filter(anna, name="Denials", query="act=denies")
    page = signed_in(anna).post(f"{reverse('admin:desk_filter_save')}?act=states", {"name": "Denials"})
    assert "You have a filter of this name." in page.content.decode()
    assert 'value="Denials"' in page.content.decode()
    assert SavedFilter.objects.get().query == "act=denies"


def test_a_filter_that_makes_no_sense_is_not_kept(anna: User) -> None:
    page = signed_in(anna).post(f"{reverse('admin:desk_filter_save')}?act=sings", {"name": "Songs"})
    assert "none of the choices" in page.content.decode()
    assert not SavedFilter.objects.exists()


def test_what_asks_for_nothing_is_not_kept(anna: User) -> None:
    page = signed_in(anna).post(reverse("admin:desk_filter_save"), {"name": "All"})
    assert "Set one first" in page.content.decode()
    assert not SavedFilter.objects.exists()


def test_of_filters_a_limit_is_kept_and_told(anna: User, ben: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assertions.actions.saved_filters.MOST", 2)
    for name in ("One", "Two"):
        actions.save_filter(anna, name=name, query="act=denies")
    keep = f"{reverse('admin:desk_filter_save')}?act=states"
    page = signed_in(anna).post(keep, {"name": "Three"}).content.decode()
    assert "You keep 2 filters, which is the limit. Delete one on the desk first." in page
    assert 'value="Three"' in page
    assert signed_in(ben).post(keep, {"name": "Three"}).status_code == 302
    assert anna.saved_filters.count() == 2


def test_a_filter_that_is_too_long_is_told_with_its_length(anna: User) -> None:
    keep = reverse("admin:desk_filter_save")
    page = signed_in(anna).post(f"{keep}?act=denies", {"name": "x" * 61}).content.decode()
    assert "at most 60 characters (it has 61)" in page
    with pytest.raises(ValidationError, match="has 2,102 characters; at most 2,000 are kept"):
        actions.save_filter(anna, name="Long", query=f"q={'x' * 2100}")
    assert not SavedFilter.objects.exists()


def test_filters_belong_to_the_one_who_kept_them(anna: User, ben: User) -> None:
    saved = actions.save_filter(anna, name="Denials", query="act=denies")
    client = signed_in(ben)
    for name in ("admin:desk_filter_rename", "admin:desk_filter_delete"):
        assert client.post(reverse(name, args=[saved.pk]), {"name": "Mine"}).status_code == 404
    assert "Denials" not in client.get(reverse("admin:desk")).content.decode()
    assert actions.save_filter(ben, name="Denials", query="act=denies").owner == ben


def test_a_kept_filter_whose_topic_is_gone_is_told_on_the_desk(anna: User) -> None:
    actions.save_filter(anna, name="Gone", query="tag=nothing")
    actions.save_filter(anna, name="All", query="status=any")
    make_waiting("Ships left.")
    page = signed_in(anna).get(reverse("admin:desk"))
    assert [(each.filter.name, each.count) for each in page.context["kept"]] == [("All", 1), ("Gone", None)]
    assert page.content.decode().count("asks for something that is gone") == 1


def test_of_many_kept_filters_the_first_are_counted(
    anna: User, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr("assertions.desk.index.COUNTED", 2)
    make_waiting("Ships left.")
    for number in range(9):
        actions.save_filter(anna, name=f"Filter {number}", query="status=any")
    client = signed_in(anna)
    with django_assert_max_num_queries(22):
        page = client.get(reverse("admin:desk"))
    assert [each.count for each in page.context["kept"]] == [1, 1, *[None] * 7]
    assert "Filter 8" in page.content.decode()


# The first page of the desk


def test_the_desk_tells_what_one_has_in_hand_and_takes_it_back(anna: User, ben: User) -> None:
    mine, other = make_waiting("Ships left."), make_waiting("Goods were sent.")
    actions.take(mine, anna)
    actions.take(other, ben)
    client = signed_in(anna)
    page = client.get(reverse("admin:desk"))
    assert [lease.assertion for lease in page.context["in_hand"]] == [mine]
    assert page.context["for_you"] == 1
    client.post(reverse("admin:desk_release", args=[mine.identifier]))
    client.post(reverse("admin:desk_release", args=[other.identifier]))
    assert list(client.get(reverse("admin:desk")).context["in_hand"]) == []
    assert [lease.assertion for lease in signed_in(ben).get(reverse("admin:desk")).context["in_hand"]] == [
        other
    ]


def test_a_claim_that_is_said_not_to_be_so_never_reads_as_said(db: None) -> None:
    make_waiting("Ships left.", negated=True, speakers=[{"description": "a harbour master"}])
    page = signed_in(make_staff("reviewer")).get(reverse("admin:desk_queue")).content.decode()
    assert "a harbour master states that it is not so" in " ".join(page.split())
