"""The pages of questions, and the rows that other pages show of them."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from actors.models import Actor
from assertions.actions import answer, withdraw_question
from assertions.models import Question
from tests.factories import (
    days_ago,
    make_actor,
    make_article,
    make_assertion,
    make_measure,
    make_question,
    make_state,
)

pytestmark = pytest.mark.django_db
PAGE = "/questions/did-ships-leave/"


@pytest.fixture(autouse=True)
def ostria(settings: Settings) -> Actor:
    settings.RELATIONSHIP = ("ostria", "vesta")
    return make_state("Ostria")


@pytest.fixture(autouse=True)
def vesta() -> Actor:
    return make_state("Vesta")


@pytest.fixture
def question() -> Question:
    return make_question("Did ships leave?", description="Asked in the harbour.")


def text_of(client: Client, page: str = PAGE) -> str:
    response = client.get(page)
    assert response.status_code == 200, page
    return response.content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


def section(html: str, heading: str) -> str:
    """Return what stands under a heading, up to the end of its section."""
    return html.partition(f">{heading}</h2>")[2].partition("</section>")[0]


def test_without_questions_the_list_says_so(client: Client) -> None:
    assert "No question is public yet." in text_of(client, "/questions/")


def test_a_question_that_nobody_answers_has_its_page(client: Client, question: Question) -> None:
    html = text_of(client)
    assert "No public claim answers it yet." in html
    assert "Asked in the harbour." in html
    assert "Positions over time" not in html


def test_a_question_that_is_not_public_has_no_page_and_leaves_no_trace(
    client: Client, question: Question, ada: Actor
) -> None:
    claim = make_assertion("Ships left.", ada)
    answer(question, claim, None, stance="affirms")
    make_question("Will it be a draft?", public=False)
    withdraw_question(question, None)
    assert client.get(PAGE).status_code == 404
    assert client.get("/questions/will-it-be-a-draft/").status_code == 404
    for page in ("/questions/", "/sitemap.xml", claim.get_absolute_url()):
        html = text_of(client, page)
        assert "did-ships-leave" not in html, page
        assert "draft" not in html, page


def test_the_page_tells_the_positions_what_changed_and_who_never_answered(
    client: Client, question: Question, ada: Actor, ostria: Actor
) -> None:
    speakers = [{"actor": ada, "speaks_for": ostria}]
    denial = make_assertion("Ships left.", speakers=speakers, act="denies", said="2024-05-01")
    answer(question, denial, None, stance="denies")
    yes = make_assertion("Ships left.", speakers=speakers, act="confirms", said="2024-11-02")
    answer(question, yes, None, stance="confirms")
    html = text_of(client)
    assert html.count("<h1") == 1
    told = words(html)
    assert (
        "Ostria confirms it. Vesta has not answered in this coverage. Ostria reversed its position." in told
    )
    changed = section(html, "What changed")
    assert f'<a href="{denial.get_absolute_url()}">denied it on 1 May 2024 (Ada Vale)</a>' in changed
    assert f'<a href="{yes.get_absolute_url()}">confirmed it on 2 November 2024 (Ada Vale)</a>' in changed
    assert "the denial stays on record." in changed
    table = html.partition("<table>")[2].partition("</table>")[0]
    assert [name.strip() for name in re.findall(r'<th scope="col"[^>]*>([^<]*)', table)] == [
        "Who answers",
        "May 2024",
        "Nov 2024",
    ]
    assert "6 months later" in table
    assert "Has not answered in this coverage." in table
    assert re.search(r'class="side a"[^>]*>Ostria<', table)
    assert re.search(r'class="side b"[^>]*>Vesta<', table)


def test_a_denial_is_not_listed_under_what_was_affirmed(
    client: Client, question: Question, ada: Actor
) -> None:
    for act, stance in (("denies", "denies"), ("states", "affirms")):
        claim = make_assertion(f"Ships left, {stance}.", ada, act=act)
        answer(question, claim, None, stance=stance)
    affirmed = section(text_of(client, f"{PAGE}?stance=affirms"), "The claims")
    assert "Ships left, affirms." in affirmed or "ships left, affirms." in affirmed.lower()
    assert "left, denies." not in affirmed
    denied = section(text_of(client, f"{PAGE}?stance=denies"), "The claims")
    assert "left, denies." in denied
    assert "left, affirms." not in denied


def test_the_claims_are_those_of_a_party_if_one_is_chosen_whoever_speaks_for_it(
    client: Client, question: Question, ada: Actor, ostria: Actor, vesta: Actor
) -> None:
    for name, speaker in {
        "official": {"actor": ada, "speaks_for": ostria},
        "private": {"actor": ada},
        "state": {"actor": ostria},
        "other": {"actor": vesta},
    }.items():
        answer(question, make_assertion(f"Ships left, {name}.", speakers=[speaker]), None, stance="affirms")
    listed = section(text_of(client, f"{PAGE}?by=ostria"), "The claims")
    assert sorted(re.findall(r"left, (\w+)\.", listed)) == ["official", "state"]


def test_the_newest_claim_stands_first_and_one_without_any_date_last(
    client: Client, question: Question, ada: Actor
) -> None:
    dates: dict[str, dict[str, Any]] = {
        "undated": {},
        "old": {"said": "2023"},
        "published": {"published": "2024-03-01"},
        "new": {"said": "2024-04-01"},
    }
    for name, fields in dates.items():
        answer(question, make_assertion(f"Ships left, {name}.", ada, **fields), None, stance="affirms")
    listed = section(text_of(client), "The claims")
    assert re.findall(r"left, (\w+)\.", listed) == ["new", "published", "old", "undated"]
    assert "published 1 Mar 2024" in listed


@pytest.mark.parametrize(
    "query",
    [
        "stance=zzz",
        "stance=%00",
        "by=%00",
        f"by={'x' * 3000}",
        "by=ada-vale&stance=affirms&x=1",
        "stance=&by=",
    ],
)
def test_hostile_parameters_are_answered(client: Client, question: Question, ada: Actor, query: str) -> None:
    answer(question, make_assertion("Ships left.", ada), None, stance="affirms")
    assert client.get(f"{PAGE}?{query}").status_code == 200


def test_a_page_that_there_is_not_is_not_found(client: Client, question: Question, ada: Actor) -> None:
    answer(question, make_assertion("Ships left.", ada), None, stance="affirms")
    for page in (f"{PAGE}?after=x", "/questions/?after=%00", "/questions/nowhere/"):
        assert client.get(page).status_code == 404, page


def test_a_party_opens_to_those_who_spoke_for_it_without_script(
    client: Client, question: Question, ada: Actor, ostria: Actor
) -> None:
    for voice in ({"actor": ada}, {"description": "a customs officer", "possible_identity": ada}):
        claim = make_assertion("Ships left.", speakers=[voice | {"speaks_for": ostria}], said="2024-05-01")
        answer(question, claim, None, stance="affirms")
    table = text_of(client).partition("<table>")[2].partition("</table>")[0]
    assert "<details><summary>2 who spoke for it</summary>" in table
    rows = re.findall(r'<tr class="voice">\s*<th scope="row">(.*?)</th>', table, re.DOTALL)
    assert [words(row).strip() for row in rows] == ["Ada Vale", "a customs officer (possibly Ada Vale)"]


def test_long_names_other_scripts_and_odd_dates_keep_the_page_whole(
    client: Client, question: Question
) -> None:
    long = " ".join(["Envoy"] * 40)
    for number, (name, said) in enumerate(
        [(long, "2024-22"), ("Ада Вейл", "2024-10-08/2024-11-13"), ("김 아다", ""), ("Ada", "../2024-05")]
    ):
        speaker = make_actor(name, slug=f"actor-{number}")
        claim = make_assertion("Ships left.", speaker, said=said, condition="if " + "they " * 50)
        answer(question, claim, None, stance="conditional")
    told = words(text_of(client))
    for label in ("Jun–Aug 2024", "Oct–Nov 2024", "No date", "until May 2024"):
        assert label in told, label


def test_the_figures_in_its_claims_are_shown(client: Client, question: Question, ada: Actor) -> None:
    measure, hidden = make_measure("Ships"), make_measure("Crates", public=False)
    claim = make_assertion(
        "40 ships left.", ada, quantities=[{"measure": measure, "low": 40}, {"measure": hidden, "low": 7}]
    )
    answer(question, claim, None, stance="affirms")
    html = text_of(client)
    assert 'href="/figures/ships/"' in html
    assert "Crates" not in html


def test_the_list_tells_of_each_question_where_both_sides_stand_and_has_disputes_first(
    client: Client, question: Question, ostria: Actor, vesta: Actor, ada: Actor
) -> None:
    settled = make_question("Did a train leave?")
    make_question("Did anybody leave?")
    for asked, actor, stance, said in (
        (settled, ostria, "confirms", "2025-05-01"),
        (settled, vesta, "confirms", "2025-05-02"),
        (question, ostria, "denies", "2024-05-01"),
        (question, ada, "affirms", "2024-05-02"),
    ):
        claim = make_assertion("It left.", actor, act="denies" if stance == "denies" else "states", said=said)
        answer(asked, claim, None, stance=stance)
    html = text_of(client, "/questions/")
    assert re.findall(r'<h3><a href="/questions/([\w-]+)/">', html) == [
        "did-ships-leave",
        "did-a-train-leave",
        "did-anybody-leave",
    ]
    disputed = words(section(html, "In dispute"))
    assert "2 claims · yes: 1 independent source · no: 1 independent source" in disputed
    assert "Ada Vale affirms it; Ostria denies it." in disputed
    assert re.search(r"Ostria ✕ denies 1 May 2024 Vesta has not answered", disputed)


def test_a_relationship_shows_the_questions_that_its_sides_answer_or_are_the_subject_of(
    client: Client, question: Question, ostria: Actor, vesta: Actor
) -> None:
    make_article("Both meet", "Ostria met Vesta.")
    about = make_question("Did a train leave?")
    elsewhere = make_question("Did anybody leave?")
    third = make_actor("Third Land", "state")
    answer(question, make_assertion("Ships left.", ostria, act="denies"), None, stance="denies")
    answer(about, make_assertion("It left.", third, about=[vesta]), None, stance="affirms")
    answer(elsewhere, make_assertion("They left.", third), None, stance="affirms")
    html = text_of(client, "/relationships/ostria/vesta/")
    assert sorted(re.findall(r'<h3><a href="/questions/([\w-]+)/">', html)) == [
        "did-a-train-leave",
        "did-ships-leave",
    ]


def test_the_number_of_queries_does_not_grow(
    client: Client,
    question: Question,
    ada: Actor,
    ostria: Actor,
    vesta: Actor,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    article = make_article("Ships", "Ships left.", published=days_ago(2))
    measure = make_measure("Ships")
    for number in range(6):
        asked = make_question(f"Did ship {number} leave?")
        claim = make_assertion(
            f"Ship {number} left.",
            act="denies" if number % 2 else "states",
            speakers=[{"actor": ada, "speaks_for": ostria}, {"description": "an officer"}, {"actor": vesta}],
            article=article,
            said=f"2024-0{number + 1}-01",
            quantities=[{"measure": measure, "low": number + 1}],
        )
        for one in (asked, question):
            answer(one, claim, None, stance="denies" if number % 2 else "affirms")
    with django_assert_max_num_queries(24):
        text_of(client, "/questions/")
    with django_assert_max_num_queries(50):
        text_of(client)


def test_a_day_of_publication_is_nowhere_taken_for_the_day_of_the_saying(
    client: Client, question: Question, ada: Actor, ostria: Actor
) -> None:
    claim = make_assertion(
        "Ships left.", speakers=[{"actor": ada, "speaks_for": ostria}], published="2024-03-01"
    )
    answer(question, claim, None, stance="affirms")
    other = make_assertion("Boats left.", speakers=[{"actor": ostria}], said="2024-02-09")
    answer(question, other, None, stance="affirms")
    for path in ("/questions/", PAGE, other.get_absolute_url()):
        html = text_of(client, path)
        assert html.count("1 Mar 2024") == html.count("published 1 Mar 2024") > 0, path
