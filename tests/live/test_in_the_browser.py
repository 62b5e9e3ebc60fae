"""The conversation in a real browser, against the whole product, at phone and at desktop width."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.live.test_conversation import TOLD
from tests.web.journey import Chat, faults_of_access, scrolls_sideways

pytestmark = [pytest.mark.live, pytest.mark.browser, pytest.mark.slow]
PICTURES = Path(__file__).parents[2] / "var" / "pictures"


@pytest.fixture()
def chat(page: Page, product) -> Chat:
    return Chat(page, product.address)


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}-{page.viewport_size['width']}.png")


def test_a_parent_types_reads_chooses_reloads_and_deletes(chat: Chat, page: Page) -> None:
    chat.open(patience=40_000)
    picture(page, "1-greeting")
    chat.write(TOLD, patience=40_000)
    expect(chat.log).to_contain_text("Aldmoor", timeout=40_000)
    expect(page.get_by_role("button", name="Yes, pass it on")).to_be_visible(timeout=40_000)
    picture(page, "2-services")
    assert faults_of_access(page) == []
    assert not scrolls_sideways(page)
    chat.choose("Yes, pass it on", patience=40_000)
    expect(page.get_by_role("button", name="Yes, I agree")).to_be_visible(timeout=40_000)
    picture(page, "3-consent")
    chat.reload()
    expect(chat.log).to_contain_text("hits everyone at nursery")
    chat.delete()


def test_danger_is_answered_with_people_at_once(chat: Chat, page: Page) -> None:
    chat.open(patience=40_000)
    chat.write("i want to kill myself", patience=40_000)
    expect(page.get_by_role("link", name="116 123").first).to_be_visible(timeout=40_000)
    picture(page, "4-danger")
    assert faults_of_access(page) == []
