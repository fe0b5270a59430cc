"""Questions at the desk: what waits for each, the stance that is proposed, and claims put on one together."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from actors.models import Actor
from articles.models import Topic
from assertions import actions
from assertions.models import Answer, Assertion, Question
from assertions.questions.answering import (
    count_fitting,
    fitting,
    open_questions,
    prospect,
    stance_of,
    to_answer,
    unplaced,
    waiting_for_questions,
)
from assertions.questions.positions import Party, Position, Voice, changes_in
from assertions.questions.standings import standing
from assertions.vocabulary import Polarity, SpeechAct, Stance
from assertions.wording import mark
from cms.models import User
from tests.assertions.desk_cast import decide
from tests.factories import (
    days_ago,
    make_actor,
    make_assertion,
    make_question,
    make_state,
    make_topic,
)
from tests.staff import make_staff, signed_in
from tests.threads import at_once

LIST, PAGE, DESK = "admin:desk_questions", "admin:desk_question", "admin:desk"
WORDING = "Did ships leave?"


@pytest.fixture(autouse=True)
def _followed(settings: Settings) -> None:
    settings.RELATIONSHIP = ("ostria", "vesta")


@pytest.fixture
def editor(db: None) -> User:
    return make_staff("editor")


@pytest.fixture
def ports(db: None) -> Topic:
    return make_topic("Ports")


@pytest.fixture
def question(db: None) -> Question:
    return make_question(WORDING)


def claim(words: str, *speakers: Actor, topics: tuple[Topic, ...] = (), **fields: Any) -> Assertion:
    found = make_assertion(words, *speakers, **fields)
    found.topics.add(*topics)
    return found


def placed(question: Question, assertion: Assertion, stance: str) -> Assertion:
    actions.answer(question, assertion, None, stance=stance)
    return assertion


def stand(assertion: Assertion, stance: str = "affirms", version: int | None = None) -> actions.Stand:
    return actions.Stand(assertion, stance, version)


def sent(*claims: tuple[Assertion, str], do: str = "preview") -> dict[str, Any]:
    """Return what the form sends of claims that were chosen, each with its stance."""
    data: dict[str, Any] = {"do": do, "claim": [each.identifier for each, _ in claims]}
    for each, stance in claims:
        data |= {f"stance-{each.identifier}": stance, f"seen-{each.identifier}": each.claim_version}
    return data


def post(account: User, question: Question, data: dict[str, Any], query: str = "") -> Any:
    address = reverse(PAGE, args=[question.slug])
    return signed_in(account).post(address + query, data, follow=True)


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# A later statement does not erase an earlier one


def test_a_later_statement_does_not_erase_an_earlier_one(
    question: Question, ostria: Actor, vesta: Actor, editor: User, client: Client
) -> None:
    denial = placed(question, claim("Ships left.", ostria, act="denies", said="2024-10-10"), "denies")
    later = claim("Ships left.", ostria, act="confirms", said="2025-04-26")
    last = claim("Ships left.", ostria, act="denies", said="2025-09-01")
    told = (
        "Ostria denied it on 10 October 2024 and confirmed it on 26 April 2025; the denial stays on record."
    )
    for said in (later, last):
        answer = post(editor, question, sent((said, stance_of(said) or ""), do="put"))
        assert "One claim was put on the question" in text_of(answer)
        for text in (
            text_of(client.get(question.get_absolute_url())),
            text_of(signed_in(editor).get(reverse(PAGE, args=[question.slug]))),
        ):
            for day in ("10 October 2024", "26 April 2025"):
                assert day in text
        [found] = standing([question], timezone.now())
        assert {position.assertion for position in found.positions} >= {denial, later}
        assert told in [change.sentence for change in found.changes]
    assert [answer.assertion for answer in question.answers.order_by("pk")] == [denial, later, last]
    assert len(found.changes) == 2


OSTRIA = Party("actor-1", "Ostria")
FIRST = date(2024, 1, 1).toordinal()


def position(key: int, first: int, length: int, stance: Stance) -> Position:
    days = (date.fromordinal(FIRST + first), date.fromordinal(FIRST + first + length))
    said = Assertion(pk=key, claim="Ships left.", said=f"{days[0]}/{days[1]}")
    answer = Answer(pk=key, assertion=said, stance=stance)
    return Position(OSTRIA, Voice("actor-1", "Ostria"), answer, said, *days)


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 4), st.sampled_from(Stance)), max_size=8),
    st.integers(0, 30),
    st.sampled_from(Stance),
)
def test_what_is_said_after_everything_else_takes_no_change_away(
    said: list[tuple[int, int, Stance]], after: int, stance: Stance
) -> None:
    earlier = [position(key, *each) for key, each in enumerate(said, 1)]
    later = position(99, 50 + after, 0, stance)
    told = {(each.before.assertion.pk, each.after.assertion.pk) for each in changes_in(earlier)}
    assert told <= {
        (each.before.assertion.pk, each.after.assertion.pk) for each in changes_in([*earlier, later])
    }


# The stance that is proposed


@pytest.mark.parametrize(
    ("act", "negated", "condition", "stance"),
    [
        ("states", False, "", "affirms"),
        ("alleges", False, "", "affirms"),
        ("states", True, "", "denies"),
        ("denies", False, "", "denies"),
        ("denies", True, "", "affirms"),
        ("confirms", False, "", "confirms"),
        ("confirms", True, "", "denies"),
        ("states", False, "if they leave", "conditional"),
        ("promises", False, "if they leave", "conditional"),
        ("denies", False, "if they leave", "denies"),
        ("declines", False, "", "declines"),
        ("evades", True, "", "evades"),
        ("does_not_know", False, "if they leave", "does_not_know"),
        ("questions", False, "", "does_not_know"),
        ("threatens", False, "", None),
        ("demands", False, "", None),
        ("promises", False, "", None),
        ("predicts", False, "", None),
        ("predicts", True, "", "denies"),
    ],
)
def test_the_stance_follows_from_act_polarity_and_condition(
    db: None, act: str, negated: bool, condition: str, stance: str | None
) -> None:
    found = make_assertion("Ships left.", act=act, negated=negated, condition=condition)
    assert stance_of(found) == stance


@given(st.sampled_from(SpeechAct), st.booleans(), st.sampled_from(["", "if they leave"]))
def test_the_stance_that_is_proposed_is_the_mark_that_readers_see(
    act: SpeechAct, negated: bool, condition: str
) -> None:
    is_open = act in (SpeechAct.DECLINES, SpeechAct.EVADES, SpeechAct.DOES_NOT_KNOW, SpeechAct.QUESTIONS)
    is_against = negated != (act == SpeechAct.DENIES)
    polarity = Polarity.OPEN if is_open else Polarity.NEGATIVE if is_against else Polarity.AFFIRMATIVE
    found = Assertion(act=act, negated=negated, condition=condition, polarity=polarity)
    assert (stance_of(found) or "puts") == mark(found).colour


# What waits


def test_what_shares_a_topic_and_a_voice_with_what_answers_a_question_fits_it(
    question: Question, ports: Topic, ostria: Actor, ada: Actor, boris: Actor
) -> None:
    placed(question, claim("Ships left.", ada, topics=(ports,)), "affirms")
    other = make_topic("Weather")
    same = claim("Ships left again.", ada, topics=(ports,))
    for_a_side = claim(
        "No ship left.",
        speakers=[{"description": "an envoy", "speaks_for": ostria}],
        topics=(ports, other),
    )
    claim("It rained.", ada, topics=(other,))
    claim("Ships left, he heard.", boris, topics=(ports,))
    claim("Ships left, somebody said.", topics=(ports,))
    claim("Ships left, undecided.", ada, topics=(ports,), accepted=False)
    assert set(fitting(question)) == {same, for_a_side}
    assert count_fitting([question]) == {question.pk: 2, None: 2}


def test_what_answers_a_question_waits_for_none(question: Question, ports: Topic, ada: Actor) -> None:
    placed(question, claim("Ships left.", ada, topics=(ports,)), "affirms")
    other = make_question("Did ships come?")
    placed(other, claim("Ships came.", ada, topics=(ports,)), "affirms")
    assert not fitting(question).exists() and not fitting(other).exists()
    assert count_fitting([question, other]) == {None: 0}
    assert not unplaced().exists()


def test_what_waits_for_a_question_is_what_reviews_accept_as_it_stands(
    question: Question, ostria: Actor
) -> None:
    accepted, changed, reopened, rejected, again = (
        claim(f"Ships left {number}.", ostria) for number in range(5)
    )
    claim("Ships left, undecided.", ostria, accepted=False)
    placed(question, claim("Ships left, placed.", ostria), "affirms")
    Assertion.objects.filter(pk__in=[changed.pk, again.pk]).update(hedge="perhaps")
    decide(again, None)
    decide(reopened, None, verdict="reopen")
    decide(rejected, None, verdict="reject")
    assert set(unplaced()) == set(Assertion.objects.accepted().filter(answers=None)) == {accepted, again}


def test_a_rejected_answer_makes_nothing_fit(question: Question, ports: Topic, ada: Actor) -> None:
    rejected = placed(question, claim("Ships left.", ada, topics=(ports,)), "affirms")
    claim("Ships left again.", ada, topics=(ports,))
    assert fitting(question).count() == 1
    decide(rejected, None, verdict="reject")
    assert not fitting(question).exists()


def test_a_claim_that_fits_several_questions_waits_once(
    question: Question, ports: Topic, ostria: Actor, vesta: Actor
) -> None:
    other = make_question("Did ships come?")
    for each in (question, other):
        placed(each, claim("Ships left.", ostria, topics=(ports,)), "affirms")
    both = claim("Ships left again.", speakers=[{"actor": ostria}, {"actor": vesta}], topics=(ports,))
    assert set(fitting(question)) == set(fitting(other)) == {both}
    assert count_fitting([question, other]) == {question.pk: 1, other.pk: 1, None: 1}


def test_what_waits_for_questions_is_counted_in_two_queries_and_each_review_is_read_once(
    question: Question, ports: Topic, ostria: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        asked = make_question(f"Did ship {number} leave?")
        placed(asked, claim(f"Ship {number} left.", ostria, topics=(ports,)), "affirms")
        claim(f"Ship {number} left again.", ostria, topics=(ports,))
    with django_assert_num_queries(2):
        assert waiting_for_questions(timezone.now()) == 5
    plan = fitting(question).explain()
    assert plan.count("CTE waiting") == plan.count("CTE answered") == 1


def test_drafts_and_scheduled_questions_are_open_and_withdrawn_ones_are_not(db: None) -> None:
    make_question("Is it public?")
    make_question("Is it a draft?", public=False)
    withdrawn = make_question("Is it withdrawn?")
    actions.withdraw_question(withdrawn, None)
    found = open_questions(timezone.now() + timedelta(seconds=1))
    assert {str(each) for each in found} == {"Is it public?", "Is it a draft?"}


def test_the_list_tells_what_fits_who_is_silent_and_who_turned(
    question: Question, ports: Topic, ostria: Actor, vesta: Actor, editor: User
) -> None:
    for act, stance, said in (("denies", "denies", "2024-10-10"), ("confirms", "confirms", "2025-04-26")):
        placed(question, claim("Ships left.", ostria, act=act, said=said, topics=(ports,)), stance)
    claim("No ship left.", vesta, topics=(ports,))
    make_question("Did ships come?", public=False)
    text = text_of(signed_in(editor).get(reverse(LIST)))
    assert "1 accepted assertion answers no question; 1 of them fits one that is open." in text
    assert "<strong>1 claim fits</strong> · 2 on it" in text
    assert 'No yes or no from Vesta <span class="quiet">(nothing on record)</span>' in text
    assert "Reversed:</span> Ostria denied it on 10 October 2024 and confirmed it on 26 April 2025" in text
    assert text.index(WORDING) < text.index("Did ships come?")


def test_the_index_of_the_desk_leads_to_questions_and_statistics(
    question: Question, ports: Topic, ostria: Actor, editor: User
) -> None:
    placed(question, claim("Ships left.", ostria, topics=(ports,)), "affirms")
    claim("No ship left.", ostria, topics=(ports,))
    response = signed_in(editor).get(reverse(DESK))
    [work] = [work for work in response.context["lists"] if work.address == reverse(LIST)]
    assert work.count == 1
    assert reverse("admin:desk_statistics") in text_of(response)


# The page of a question


def test_what_is_not_public_stands_in_the_table_as_that_and_readers_do_not_see_it(
    question: Question, ostria: Actor, vesta: Actor, editor: User, client: Client
) -> None:
    placed(question, claim("Ships left.", ostria, said="2024-10-10"), "affirms")
    placed(question, claim("Ships stayed.", vesta, said="2024-10-11", accepted=False), "denies")
    response = signed_in(editor).get(reverse(PAGE, args=[question.slug]))
    assert "2 claims, 1 not public" in text_of(response)
    assert text_of(response).count('class="unseen">not public') == 1
    readers = text_of(client.get(question.get_absolute_url()))
    assert "Ships stayed." not in readers
    assert "not public" not in readers


def test_a_hidden_claim_is_not_counted_as_more_like_a_public_one(
    question: Question, ostria: Actor, editor: User
) -> None:
    for number in range(2):
        words = f"Ships left {number}."
        placed(question, claim(words, ostria, said="2024-10-10", accepted=not number), "affirms")
    text = text_of(signed_in(editor).get(reverse(PAGE, args=[question.slug])))
    assert "more like it" not in text
    assert text.count('class="unseen">not public') == 1


def test_a_rejected_claim_takes_no_position_and_stays_among_all_answers(
    question: Question, ostria: Actor, editor: User
) -> None:
    decide(placed(question, claim("Ships left.", ostria), "affirms"), None, verdict="reject")
    response = signed_in(editor).get(reverse(PAGE, args=[question.slug]))
    assert response.context["matrix"].rows == []
    assert "Ships left." in text_of(response)
    assert "rejected" in text_of(response)


def test_claims_are_offered_by_how_like_the_wording_they_are_with_a_stance(
    question: Question, ports: Topic, ostria: Actor, editor: User
) -> None:
    placed(question, claim("A harbour was quiet.", ostria, topics=(ports,)), "affirms")
    far = claim("It rained.", ostria, topics=(ports,), act="promises")
    near = claim("Ships did leave.", ostria, topics=(ports,), act="denies")
    rows = signed_in(editor).get(reverse(PAGE, args=[question.slug])).context["rows"]
    assert [(row.assertion, row.stance) for row in rows] == [(near, "denies"), (far, "")]


def test_pages_of_claims_hold_each_of_them_once(
    question: Question, ports: Topic, ostria: Actor, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assertions.desk.questions.PAGE", 2)
    placed(question, claim("A harbour was quiet.", ostria, topics=(ports,)), "affirms")
    made = [claim(f"Ships did leave {'x' * number}.", ostria, topics=(ports,)) for number in range(5)]
    client, address = signed_in(editor), reverse(PAGE, args=[question.slug])
    found: list[Assertion] = []
    query: dict[str, str] = {}
    for _ in range(3):
        response = client.get(address, query)
        found += [row.assertion for row in response.context["rows"]]
        query = {"after": response.context["page"].after}
    assert len(found) == 5
    assert set(found) == set(made)


def test_the_filter_finds_what_does_not_fit(
    question: Question, ports: Topic, ada: Actor, editor: User
) -> None:
    undecided = claim("Ships left.", ada, topics=(ports,), accepted=False)
    elsewhere = placed(make_question("Did ships come?"), claim("Ships came.", ada), "affirms")
    loose = claim("Ships sank.", ada)
    client, address = signed_in(editor), reverse(PAGE, args=[question.slug])

    def found(**query: str) -> set[Assertion]:
        return {row.assertion for row in client.get(address, query).context["rows"]}

    assert found() == set()
    assert found(which="unplaced") == {loose}
    assert found(which="any") == {undecided, elsewhere, loose}
    assert found(which="any", q="ships came") == {elsewhere}
    assert found(which="any", tag="ports") == {undecided}
    assert found(which="any", speaker="Ada Vale") == {undecided, elsewhere, loose}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("which=most", "is none of the choices: unplaced, any."),
        ("tag=nowhere", "There is no topic “nowhere”"),
        ("speaker=Nobody", "There is no actor named “Nobody”"),
        ("colour=red", "There is no filter “colour”"),
    ],
)
def test_a_filter_that_makes_no_sense_gets_a_sentence_and_no_claims(
    question: Question, editor: User, query: str, sentence: str
) -> None:
    text = text_of(signed_in(editor).get(f"{reverse(PAGE, args=[question.slug])}?{query}"))
    assert sentence in text
    assert "Nothing is listed" in text


# Putting claims on it


def test_a_preview_tells_what_would_change_and_changes_nothing(
    question: Question, ostria: Actor, vesta: Actor, editor: User
) -> None:
    placed(question, claim("Ships left.", ostria, act="denies", said="2024-10-10"), "denies")
    turned = claim("Ships left.", ostria, act="confirms", said="2025-04-26")
    other = claim("Ships left.", vesta, said="2025-04-27")
    text = text_of(post(editor, question, sent((turned, "confirms"), (other, "affirms"))))
    assert "Put 2 claims on the question?" in text
    assert "Ostria denied it on 10 October 2024 and confirmed it on 26 April 2025" in text
    assert question.answers.count() == 1
    text = text_of(post(editor, question, sent((other, "affirms"))))
    assert "No party’s position changes by it." in text


def test_a_preview_tells_what_would_be_certain_no_more(
    question: Question, ostria: Actor, editor: User
) -> None:
    for act, stance, said in (("denies", "denies", "2024-10-10"), ("confirms", "confirms", "2025-04-26")):
        placed(question, claim("Ships left.", ostria, act=act, said=said), stance)
    same_day = claim("Ships left.", ostria, act="denies", said="2025-04-26")
    text = text_of(post(editor, question, sent((same_day, "denies"))))
    assert "What it would tell no more" in text
    assert "which came first would not be certain any more" in text


def test_a_prospect_of_nothing_changes_nothing(question: Question, ostria: Actor) -> None:
    placed(question, claim("Ships left.", ostria, said="2024-10-10"), "affirms")
    [found] = standing([question], timezone.now())
    assert prospect(found.positions, [], []) == prospect([], [], [])


def test_what_was_chosen_is_kept_when_the_choice_is_changed(
    question: Question, ostria: Actor, editor: User
) -> None:
    one = claim("Ships left.", ostria)
    response = post(editor, question, sent((one, "evades"), do="choose"))
    [row] = response.context["rows"]
    assert (row.assertion, row.stance, row.is_chosen) == (one, "evades", True)


def test_claims_go_on_a_question_together_and_the_filter_stays(
    question: Question, ostria: Actor, vesta: Actor, editor: User
) -> None:
    one, other = claim("Ships left.", ostria), claim("No ship left.", vesta)
    data = sent((one, "affirms"), (other, "denies"), do="put")
    response = post(editor, question, data, "?which=unplaced")
    assert "2 claims were put on the question" in text_of(response)
    assert response.redirect_chain[-1][0].endswith("?which=unplaced")
    assert set(question.answers.values_list("assertion", "stance")) == {
        (one.pk, "affirms"),
        (other.pk, "denies"),
    }


@pytest.mark.parametrize("stance", ["", "perhaps", "Affirms"])
def test_a_claim_without_a_stance_is_asked_for_one(
    question: Question, ostria: Actor, editor: User, stance: str
) -> None:
    one, other = claim("Ships left.", ostria), claim("Ships came.", ostria)
    response = post(editor, question, sent((one, stance), (other, "denies"), do="put"))
    assert "Choose the stance that it takes." in text_of(response)
    assert [(row.assertion, row.is_chosen) for row in response.context["rows"][:2]] == [
        (one, True),
        (other, True),
    ]
    assert not question.answers.exists()


def test_nothing_chosen_and_no_button_are_told(question: Question, editor: User) -> None:
    assert "Choose a claim at least." in text_of(post(editor, question, {"do": "preview"}))
    assert "Choose one of the buttons." in text_of(post(editor, question, {"do": "all"}))


def test_more_than_can_be_put_at_once_is_told(question: Question, editor: User) -> None:
    data = {"do": "preview", "claim": [f"claim{number}" for number in range(101)]}
    text = text_of(post(editor, question, data))
    assert "At most 100 claims are put on a question at once" in text
    assert "100 claims were rejected or deleted meanwhile." in text


def test_what_was_changed_meanwhile_is_refused_with_all_others(
    question: Question, ostria: Actor, editor: User
) -> None:
    one, other = claim("Ships left.", ostria), claim("Ships came.", ostria)
    data = sent((one, "affirms"), (other, "affirms"), do="put")
    Assertion.objects.filter(pk=one.pk).update(negated=True)
    response = post(editor, question, data)
    assert "It was changed while you looked at it. Read it again." in text_of(response)
    assert "Nothing was put on the question." in text_of(response)
    assert not question.answers.exists()
    again = post(editor, question, data | {f"seen-{one.identifier}": response.context["chosen"][0].seen})
    assert "2 claims were put" in text_of(again)


def test_what_is_on_the_question_already_was_rejected_or_deleted_is_refused_by_name(
    question: Question, ostria: Actor
) -> None:
    there, rejected, gone = (claim(words, ostria) for words in ("There.", "Rejected.", "Gone."))
    placed(question, there, "denies")
    decide(rejected, None, verdict="reject")
    stands = [stand(there), stand(rejected), stand(gone), stand(claim("Good.", ostria))]
    # One that was decided on cannot be deleted: this one leads nowhere.
    gone.pk = 0
    with pytest.raises(ValidationError) as refused:
        actions.answer_many(question, stands, None)
    assert refused.value.message_dict == {
        there.identifier: ["It is on this question already: denies."],
        rejected.identifier: ["It was rejected: it answers nothing as it stands."],
        gone.identifier: ["It was deleted meanwhile."],
    }
    assert question.answers.count() == 1


def test_what_was_rejected_is_no_choice(question: Question, ostria: Actor) -> None:
    one = claim("Ships left.", ostria)
    assert to_answer([one.identifier, "nothing"]) == {one.identifier: one}
    decide(one, None, verdict="reject")
    assert to_answer([one.identifier]) == {}


def test_only_who_may_answer_puts_claims_on_a_question(question: Question, ostria: Actor) -> None:
    one = claim("Ships left.", ostria)
    reader = make_staff("reporter")
    reader.user_permissions.add(Permission.objects.get(codename="decide_assertion"))
    client = signed_in(User.objects.get(pk=reader.pk))
    address = reverse(PAGE, args=[question.slug])
    assert "Put claims on it" not in text_of(client.get(address))
    assert client.post(address, sent((one, "affirms"), do="put")).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.answer_many(question, [stand(one)], reader)
    assert not question.answers.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_put_the_same_claims_at_once_the_second_is_told() -> None:
    question = make_question(WORDING)
    claims = [make_assertion(f"Ships left {number}.") for number in range(3)]
    orders = (claims, claims[::-1])
    answers = at_once(
        *(
            lambda order=order: actions.answer_many(question, [stand(each) for each in order], None)
            for order in orders
        )
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["ValidationError", "list"]
    assert question.answers.count() == 3


# Who may, and at what cost


@pytest.mark.parametrize("name", [LIST, PAGE])
def test_questions_of_the_desk_are_for_those_who_read_the_desk(
    client: Client, question: Question, name: str
) -> None:
    address = reverse(name, args=[question.slug] if name == PAGE else [])
    assert client.get(address).status_code == 302
    assert signed_in(make_staff("reporter")).get(address).status_code == 403
    for group in ("editor", "reviewer", "admin"):
        assert signed_in(make_staff(group)).get(address).status_code == 200


def test_a_question_that_is_not_there_is_not_found(editor: User) -> None:
    assert signed_in(editor).get(reverse(PAGE, args=["nothing"])).status_code == 404


def test_the_number_of_queries_does_not_grow_with_questions_and_claims(
    ports: Topic,
    ostria: Actor,
    vesta: Actor,
    editor: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(5):
        question = make_question(f"Did ship {number} leave?")
        placed(question, claim(f"Ship {number} left.", ostria, topics=(ports,)), "affirms")
        claim(f"Ship {number} stayed.", vesta, topics=(ports,))
    client = signed_in(editor)
    with django_assert_max_num_queries(40):
        client.get(reverse(LIST))
    with django_assert_max_num_queries(50):
        client.get(reverse(PAGE, args=[question.slug]))


def test_the_same_name_is_not_taken_for_the_same_voice(question: Question, ports: Topic) -> None:
    one = make_actor("Cleo Marsh", slug="cleo-marsh")
    namesake = make_actor("Cleo Marsh", slug="cleo-marsh-2")
    make_state("Ostria")
    placed(question, claim("Ships left.", one, topics=(ports,)), "affirms")
    claim("Ships came.", namesake, topics=(ports,), published=str(days_ago(1).date()))
    assert not fitting(question).exists()
