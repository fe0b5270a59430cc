"""Somebody of the newsroom at a browser, for the pictures of docs/editor-guide/."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, expect

from demo.pictures import ROOT, Site, keep

GUIDE = ROOT / "docs" / "editor-guide"
ZONE = "Europe/Berlin"
"""The newsroom's zone in the pictures: one that is not UTC, so that both are seen."""


class Desk:
    """Somebody of the newsroom at a browser, signed in. Articles are named by addresses: /admin/articles/article/7/."""

    def __init__(self, browser: Browser, site: Site, name: str) -> None:
        context = browser.new_context(
            base_url=site.address, viewport={"width": 1280, "height": 900}, color_scheme="light"
        )
        self.page = context.new_page()
        self.page.goto("/admin/login/")
        self.page.get_by_label("Username").fill(name)
        self.page.get_by_label("Password").fill(site.passwords[name])
        self.press("Log in")

    def keep(self, name: str, address: str = "", *, height: int) -> None:
        """Write a picture of the page at an address, of the one that is open by default."""
        self.page.set_viewport_size({"width": 1280, "height": height})
        if address:
            self.page.goto(address)
        keep(self.page, GUIDE / f"{name}.png")

    def press(self, words: str, told: str = "") -> None:
        """Press a button, and wait for what is told afterwards."""
        self.page.get_by_role("button", name=words, exact=True).first.click()
        if told:
            expect(self.page.locator(".messagelist")).to_contain_text(told)

    def find(self, slug: str) -> str:
        self.page.goto(f"/admin/articles/article/?q={slug}")
        found = self.page.locator("#result_list tbody th a").first.get_attribute("href") or ""
        return found.partition("change/")[0]

    def write(self, headline: str, standfirst: str, body: str) -> str:
        self.page.goto("/admin/articles/article/add/")
        self.page.get_by_label("Headline:").fill(headline)
        self.page.get_by_label("Standfirst:").fill(standfirst)
        self._put(body)
        self.press("Save and continue editing", "was added")
        return self.page.url.partition("change/")[0].removeprefix(self.page.url.partition("/admin")[0])

    def open(self, article: str) -> None:
        self.page.goto(f"{article}change/")
        expect(self.page.locator(".field-body .tiptap")).to_be_visible()

    def change(self, before: str, after: str) -> None:
        """Change words of the text under work."""
        self._put(self.page.locator("#id_body").input_value().replace(before, after))

    def _put(self, body: str) -> None:
        text = self.page.locator(".field-body .tiptap")
        text.evaluate("(text, body) => text.editor.commands.setContent(body, {emitUpdate: true})", body)

    def save(self, reason: str = "") -> None:
        self.page.get_by_label("Why this revision:").fill(reason)
        self.press("Save and continue editing")

    def step(self, article: str, words: str, told: str, note: str = "") -> None:
        """Take a step of the workflow."""
        self.open(article)
        self.page.get_by_label("Note", exact=True).fill(note)
        self.press(words, told)

    def publish(self, article: str, *, days: int = 0, correction: str = "") -> None:
        """Publish the latest revision now or in some days, with what readers are told."""
        self.page.goto(f"{article}publish/")
        if days:
            self.page.get_by_label("From:").fill(ahead(days))
        if correction:
            self.fill_correction(correction)
        self.press("Publish", "Revision")

    def fill_correction(self, words: str) -> None:
        self.page.get_by_label("A correction:").select_option("correction")
        self.page.get_by_label("What readers will be told:").fill(words)


def ahead(days: int) -> str:
    """Return ten o'clock in some days, on the newsroom's clock, as the control for a day and a time takes it."""
    return f"{datetime.now(ZoneInfo(ZONE)) + timedelta(days=days):%Y-%m-%dT10:00}"
