"""Merging actors in a browser: by the keyboard alone, accessible, and on a phone."""

from typing import Any, Literal

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from actors import actions
from actors.models import Actor, IdentityJudgement, Merge
from cms.models import User
from tests.browser.test_every_kind_of_page import AXE, EVERYTHING, seen_by_axe
from tests.browser.test_keyboard_only import PATIENCE
from tests.browser.test_newsroom import sign_in
from tests.factories import make_actor, make_article, make_assertion, make_state
from tests.staff import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS: list[tuple[int, Literal["light", "dark"]]] = [(1280, "light"), (390, "dark")]


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


@pytest.fixture
def twins() -> tuple[Actor, Actor]:
    kept, merged = make_actor("Ada Vale", country=make_state("Ostria")), make_actor("Ada Wale")
    article = make_article("On a talk", "Ada Wale met nobody.")
    make_assertion("Nobody was met.", kept, merged, article=article)
    make_assertion("Ships sailed.", merged)
    return kept, merged


def press_on(page: Page, role: str, name: str) -> None:
    """Go with the tab key until a control has the focus, and press it."""
    wanted = page.get_by_role(role, name=name)  # type: ignore[arg-type]  # the roles are a literal type there
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"The tab key does not reach {name}.")


def test_two_actors_are_merged_and_taken_apart_by_the_keyboard_alone(
    page: Page, editor: User, twins: tuple[Actor, Actor]
) -> None:
    kept, _ = twins
    sign_in(page, "editor")
    page.goto(reverse("admin:actors_actor_duplicates"))
    press_on(page, "link", "Merge Ada Wale into Ada Vale …")
    expect(page.get_by_role("heading", name="Merge Ada Wale into Ada Vale?")).to_be_visible()
    expect(page.get_by_role("table", name="What moves")).to_contain_text("Ships sailed.")
    expect(page.get_by_role("table", name="What is set aside")).to_contain_text("Nobody was met.")
    press_on(page, "button", "Merge")
    expect(page.get_by_text("“Ada Wale” is merged into “Ada Vale”.")).to_be_visible(timeout=PATIENCE)
    assert Merge.objects.get().kept == kept
    press_on(page, "link", "Take apart Ada Wale …")
    expect(page.get_by_role("heading", name="Take Ada Wale and Ada Vale apart?")).to_be_visible()
    page.get_by_label("They are not the same").focus()
    page.keyboard.press("Space")
    press_on(page, "button", "Take apart")
    expect(page.get_by_text("“Ada Wale” and “Ada Vale” are two actors again.")).to_be_visible(
        timeout=PATIENCE
    )
    assert IdentityJudgement.objects.get(revoked_at=None).verdict == "different"


def test_that_two_are_not_the_same_is_one_press_and_the_list_has_the_focus_again(
    page: Page, editor: User, twins: tuple[Actor, Actor]
) -> None:
    sign_in(page, "editor")
    page.goto(reverse("admin:actors_actor_duplicates"))
    press_on(page, "button", "Not the same: Ada Vale and Ada Wale")
    expect(page.get_by_text("Recorded: Ada Vale and Ada Wale are not the same.")).to_be_visible()
    expect(page.get_by_text("No two of these have names that are nearly the same.")).to_be_visible()


def test_axe_finds_nothing_on_the_pages_of_merging_in_any_light_on_any_screen(
    browser: Browser, live_server: Any, editor: User, twins: tuple[Actor, Actor]
) -> None:
    # Not the page of the fixture: axe sets styles while it looks at forms, and the console tells that the policy
    # refuses them.
    page = browser.new_context(base_url=live_server.url).new_page()
    kept, merged = twins
    old = make_actor("Ada V.")
    actions.judge_identity(kept, merged, editor, verdict="different", reason="two birthdays")
    merge = actions.merge(kept, old, editor)
    twin = make_actor("Ada Veil")
    sign_in(page, "editor")
    found: list[str] = []
    for address in (
        reverse("admin:actors_actor_duplicates"),
        reverse("admin:actors_actor_merge", args=[twin.pk]),
        f"{reverse('admin:actors_actor_merge', args=[merged.pk])}?into={kept.pk}",
        reverse("admin:actors_merge_apart", args=[merge.pk]),
        reverse("admin:actors_merge_changelist"),
    ):
        for width, light in SCREENS:
            # Before the page is there: a colour that is on its way to another one is neither.
            page.emulate_media(color_scheme=light)
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            page.evaluate(AXE)
            found += [f"{address} {width} {light}: {words}" for words in seen_by_axe(page, EVERYTHING)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{address} {width} scrolls sideways")
    page.context.close()
    assert found == [], "\n".join(found)
