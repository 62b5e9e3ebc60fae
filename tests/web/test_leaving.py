"""Help and the way out: on every page a family sees, in the page itself, at once, with or without script, server or network."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from tests.web.channel_stub import ChannelStub
from tests.web.journey import Chat, faults_of_access, scrolls_sideways

PAGES = ("/", "/chat", "/directory", "/accessibility", "/privacy", "/nothing")
PLAIN = ("/directory", "/accessibility", "/privacy", "/nothing")
EXIT = "https://www.gov.uk/"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_holds_the_numbers_and_the_way_out_in_itself(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert "Need help now?" in page and 'href="tel:999"' in page and 'href="tel:08001111"' in page
    assert f'href="{EXIT}"' in page and "Leave this page" in page
    assert "history" in page, "and says what leaving does not do"


def elsewhere(page: Page) -> None:
    page.route(f"{EXIT}**", lambda route: route.fulfill(body="<title>elsewhere</title>", content_type="text/html"))


def thrice(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize("way", ["link", "shift"])
@pytest.mark.parametrize("path", PLAIN)
def test_leaving_a_page_takes_its_place_in_the_history(page: Page, address: str, path: str, way: str) -> None:
    elsewhere(page)
    page.goto(f"{address}/chat?before")
    page.goto(address + path)
    thrice(page) if way == "shift" else page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url(EXIT)
    page.go_back()
    assert page.url == f"{address}/chat?before", "Back does not lead to the page that was left"


def test_the_page_is_blank_at_once_however_slow_the_other_site_is(page: Page, address: str) -> None:
    page.route(f"{EXIT}**", lambda route: None)  # it never answers
    page.goto(f"{address}/privacy")
    seen = page.evaluate(
        """() => {
            for (let press = 0; press < 3; press += 1) dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' }));
            return [getComputedStyle(document.documentElement).display, document.title];
        }"""
    )
    assert seen == ["none", ""], "before anything is asked of anybody"


@pytest.mark.parametrize("way", ["link", "shift"])
def test_the_way_out_works_where_no_chat_could_begin(page: Page, address: str, channel: ChannelStub, way: str) -> None:
    channel.close()
    elsewhere(page)
    page.goto(address)
    expect(page.get_by_text("That did not work")).to_be_visible()
    expect(page.get_by_text("Your browser history still shows this page")).to_be_visible()
    thrice(page) if way == "shift" else page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url(EXIT)


def test_what_leaving_does_not_do_is_said_before_it_is_first_used(page: Page, address: str) -> None:
    Chat(page, address).open()
    note = page.locator("#leave-note")
    expect(note).to_contain_text("Shift three times")
    expect(note).to_contain_text("does not clear your browser history")


@pytest.mark.parametrize("path", PLAIN)
def test_help_is_in_reach_without_a_server_and_at_every_width(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    page.context.set_offline(True)
    page.locator("summary", has_text="Need help now?").click()
    expect(page.locator(".help-people").get_by_role("link", name="999", exact=True)).to_be_visible()
    assert not faults_of_access(page) and not scrolls_sideways(page)


def test_the_people_are_read_out_before_the_words_when_it_is_urgent(page: Page, address: str) -> None:
    Chat(page, address).open().write("he hurt me")
    said = page.locator("[aria-live=polite]").inner_text()
    assert said.index("0800 1111") < said.index("Are you safe")
