"""What a family does with the chat, as steps that any browser test can take, against a stub or the whole service."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect


class Chat:
    """The chat on one page of a running Signpost. `address` is where it is served."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.box = page.get_by_label("Write in your own words")
        self.log = page.get_by_role("log")

    def open(self, path: str = "/", patience: float = 20_000) -> Chat:
        """Load a page and wait for the greeting; `patience` in milliseconds."""
        self.page.goto(self.address + path)
        expect(self.log.locator(".from-assistant").first).to_be_visible(timeout=patience)
        return self

    def write(self, text: str, patience: float = 20_000) -> Locator:
        """Type, press Enter, wait for the answer; the messages that came."""
        before = self.answers().count()
        self.box.fill(text)
        self.box.press("Enter")
        expect(self.answers().nth(before)).to_be_visible(timeout=patience)
        return self.answers()

    def choose(self, label: str, patience: float = 20_000) -> Locator:
        """Press an answer that is offered, wait for what follows; the messages that came."""
        before = self.answers().count()
        self.page.get_by_role("button", name=label, exact=True).last.click()
        expect(self.answers().nth(before)).to_be_visible(timeout=patience)
        return self.answers()

    def answers(self) -> Locator:
        """Everything the assistant or a worker has said."""
        return self.log.locator(".from-assistant, .from-worker")

    def reload(self) -> None:
        """Load the page again and wait for the conversation."""
        self.page.reload()
        expect(self.log.locator(".from-assistant").first).to_be_visible()

    def delete(self) -> None:
        """Delete the chat, and say yes."""
        self.page.get_by_role("button", name="Delete this chat").click()
        self.page.get_by_role("button", name="Yes, delete it").click()
        expect(self.page.get_by_role("heading", name="Your chat is gone")).to_be_visible()

    def open_help(self) -> Locator:
        """Open "Need help now?"; the people in it."""
        self.page.locator("summary", has_text="Need help now?").click()
        return self.page.locator(".help-people")


def faults_of_access(page: Page) -> list[str]:
    """What axe finds wrong with the page as it is now, in shadow trees too; one line each."""
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{fault['id']}: {fault['help']} — {node['html'][:160]} {node.get('failureSummary', '')}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Whether anything on the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
