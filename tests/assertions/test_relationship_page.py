"""The pages of relationships."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from actors.models import Actor
from assertions.actions import link
from tests.factories import make_article, make_assertion, make_state

pytestmark = pytest.mark.django_db
PAGE = "/relationships/ostria/vesta/"


def test_the_other_order_leads_here_for_good_with_its_query(
    client: Client, ostria: Actor, vesta: Actor
) -> None:
    response = client.get("/relationships/vesta/ostria/?part=left&x=1")
    assert response.status_code == 301
    assert response["Location"] == PAGE + "?part=left&x=1"


@pytest.mark.parametrize("path", ["ostria/ostria", "nowhere/ostria", "hidden-land/ostria", "ostria/nowhere"])
def test_no_page_for_one_actor_twice_or_one_who_is_not_public(
    client: Client, ostria: Actor, path: str
) -> None:
    make_state("Hidden Land", public=False)
    assert client.get(f"/relationships/{path}/", follow=True).status_code == 404


def test_without_common_coverage_it_is_not_indexed_and_nothing_leads_to_it(
    client: Client, ostria: Actor, vesta: Actor, settings: Settings
) -> None:
    settings.RELATIONSHIP = ("ostria", "vesta")
    html = client.get(PAGE).content.decode()
    assert '<meta name="robots" content="noindex">' in html
    for path in ("/", "/relationships/", "/actors/ostria/", "/sitemap.xml"):
        assert PAGE not in client.get(path).content.decode(), path


def test_with_common_coverage_it_is_indexed_and_linked(
    client: Client, ada: Actor, boris: Actor, settings: Settings
) -> None:
    settings.RELATIONSHIP = ("vesta", "ostria")
    make_article("Both meet", "Ada Vale met Boris Klint.")
    html = client.get(PAGE).content.decode()
    assert "noindex" not in html
    assert html.index("Vesta</a>") < html.index("Ostria</a>"), "the settings' order of sides"
    for path in ("/relationships/", "/actors/ada-vale/", "/sitemap.xml"):
        assert PAGE in client.get(path).content.decode(), path


def test_it_shows_both_sides_what_contradicts_and_the_coverage(
    client: Client, ada: Actor, boris: Actor
) -> None:
    article = make_article("Both meet", "Ada Vale met Boris Klint.")
    said = make_assertion(
        "Boris Klint closed a road.", ada, article=article, about=[boris], said="2024-03-05"
    )
    denied = make_assertion("A road was closed.", boris, act="denies", about=[ada], said="2024-04-05")
    link(denied, said, None, type="denies", aspect="fact")
    context = client.get(PAGE).context
    assert [group["total"] for group in context["groups"]] == [1, 1, 0]
    assert [(pair["source"], pair["words"], pair["target"]) for pair in context["oppositions"]] == [
        (denied, "Denies", said)
    ]
    assert [row.revision.article for row in context["articles"]] == [article]
    html = client.get(PAGE).content.decode()
    assert "<title id=" in html
    assert '<th scope="row">March 2024</th>' in html
    assert "style=" not in html


@pytest.mark.parametrize("part", ["left", "right", "others", "articles", "contradictions"])
def test_each_part_has_a_page_of_its_own(client: Client, ada: Actor, boris: Actor, part: str) -> None:
    make_article("Both meet", "Ada Vale met Boris Klint.")
    make_assertion("Boris Klint closed a road.", ada, about=[boris])
    assert client.get(f"{PAGE}?part={part}").status_code == 200


@pytest.mark.parametrize("query", ["?part=%00", "?part=nothing", "?part=left&after=broken"])
def test_a_part_that_there_is_not_is_not_found(
    client: Client, ostria: Actor, vesta: Actor, query: str
) -> None:
    assert client.get(PAGE + query).status_code == 404


def test_undecided_claims_and_drafts_leave_no_trace(client: Client, ada: Actor, boris: Actor) -> None:
    make_article("Both meet", "Ada Vale met Boris Klint.", public=False)
    make_assertion("Boris Klint dug a tunnel.", ada, about=[boris], accepted=False)
    html = client.get(PAGE).content.decode()
    assert "tunnel" not in html
    assert "Both meet" not in html
    assert "noindex" in html


def test_more_coverage_costs_no_more_queries(
    client: Client,
    ada: Actor,
    boris: Actor,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(7):
        article = make_article(f"Road {number}", f"Ada Vale and Boris Klint spoke of road {number}.")
        said = make_assertion(f"Road {number} was closed.", ada, article=article, about=[boris])
        denied = make_assertion(
            f"Road {number} was closed.", boris, act="denies", article=article, about=[ada]
        )
        link(denied, said, None, type="denies", aspect="fact")
    with django_assert_max_num_queries(46):
        client.get(PAGE)
    with django_assert_max_num_queries(12):
        client.get("/relationships/")
