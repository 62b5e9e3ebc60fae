"""The chat without JavaScript: real forms, the whole conversation on one page, and no cookie."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from tests.conftest import WIDTHS
from tests.web.channel_stub import ChannelStub
from tests.web.journey import Chat, faults_of_access, scrolls_sideways
from tests.web.samples import choices, message

NURSERY = "my 4 year old hits everyone at nursery"


@pytest.fixture(params=WIDTHS)
def plain(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The /chat page in a browser with JavaScript switched off."""
    context = browser.new_context(viewport=WIDTHS[request.param], java_script_enabled=False, locale="en-GB")
    context.set_default_timeout(5_000)
    opened = context.new_page()
    opened.goto(f"{address}/chat")
    yield opened
    assert context.cookies() == []
    context.close()


def _write(page: Page, text: str) -> None:
    page.get_by_label("Write in your own words").fill(text)
    page.get_by_role("button", name="Send").click()


def test_type_read_choose_and_delete(plain: Page, channel: ChannelStub, shots: Path) -> None:
    expect(plain.get_by_text("I am a computer, not a person")).to_be_visible()
    assert channel.conversations == {}, "looking at the page begins nothing"
    _write(plain, NURSERY)
    expect(plain.locator(".from-family")).to_contain_text(NURSERY)
    expect(plain.locator(".card").first).to_contain_text("Why this: For hitting")
    assert "conversation" not in plain.url and "token" not in plain.url
    plain.screenshot(path=shots / f"11-plain-{plain.viewport_size['width']}.png", full_page=True)
    plain.get_by_role("button", name="Yes, pass it on").click()
    expect(plain.locator(".from-family").last).to_contain_text("Yes, pass it on")
    plain.get_by_role("button", name="Delete this chat").click()
    expect(plain.get_by_role("heading", name="Your chat is gone")).to_be_visible()
    assert channel.conversations == {}


def test_the_numbers_are_in_the_page_itself(plain: Page) -> None:
    plain.locator("summary", has_text="Need help now?").click()
    expect(plain.locator(".help-people").get_by_role("link", name="999", exact=True)).to_be_visible()
    expect(plain.get_by_role("link", name="Leave this page")).to_have_attribute("href", "https://www.gov.uk/")
    expect(plain.get_by_text("Your browser history still shows this page")).to_be_visible()


def test_when_it_fails_the_words_stay_and_the_numbers_are_there(plain: Page, channel: ChannelStub, shots: Path) -> None:
    channel.close()
    _write(plain, NURSERY)
    expect(plain.locator(".trouble")).to_contain_text("not working right now")
    expect(plain.locator(".trouble").get_by_role("link", name="999", exact=True)).to_be_visible()
    expect(plain.get_by_label("Write in your own words")).to_have_value(NURSERY)
    plain.screenshot(path=shots / f"12-plain-down-{plain.viewport_size['width']}.png", full_page=True)
    channel.open()
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator(".card").first).to_be_visible()


def test_people_come_first_when_it_is_urgent(plain: Page) -> None:
    _write(plain, "he hurt me")
    urgent = plain.locator(".message.urgent").inner_text()
    assert urgent.index("0800 1111") < urgent.index("Are you safe")


def test_an_empty_message_is_refused_kindly(plain: Page) -> None:
    _write(plain, "   ")
    expect(plain.locator(".trouble")).to_contain_text("Please write a few words")


@pytest.mark.parametrize("text", ["he hurt me", NURSERY, "is there a worker"])
def test_both_ways_of_showing_a_message_say_the_same(browser: Browser, address: str, text: str) -> None:
    """The templates and the widget's script are two hands at one picture: what stands in the log must not differ."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/chat")
    _write(page, text)
    told = [" ".join(it.split()) for it in page.locator(".message").all_text_contents()]
    context.close()
    scripted = browser.new_page()
    Chat(scripted, address).open().write(text)
    shown = [" ".join(it.split()) for it in scripted.locator(".message").all_text_contents()]
    scripted.close()
    assert len(told) == len(shown)
    for plain_words, widget_words in zip(told[1:], shown[1:], strict=True):
        missing = set(plain_words.replace("https://www.", "").split()) - set(widget_words.split())
        assert not {word for word in missing if word not in widget_words}


def test_words_in_another_language_say_so_for_whoever_hears_the_page(client: FlaskClient) -> None:
    page = client.post("/chat/messages", data={"text": "مدد چاہیے"}).text
    assert page.count('<p class="text" lang="ur" dir="rtl">') == 1, "the words in Urdu, and not the English beside them"
    assert '<p class="text" dir="auto">A machine translated' in page


def test_every_choice_of_the_newest_answer_can_be_pressed_and_no_older_one(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = message("assistant", "I looked near Aldmoor.", choices=choices(k1="Change"))
    offer = message("assistant", "Shall I pass it on?", choices=choices(o1="Yes, pass it on"))
    monkeypatch.setattr("tests.web.channel_stub._answers", lambda _text: [known, offer])
    page = client.post("/chat/messages", data={"text": "aldmoor"}).text
    assert page.count('<button class="choice"') == 2
    assert 'value="k1">Change' in page and 'value="o1">Yes, pass it on' in page
    assert "I&#39;m a parent or carer</button>" not in page, "the greeting's choices are over"


def test_with_javascript_the_same_page_becomes_the_chat(page: Page, address: str, shots: Path) -> None:
    chat = Chat(page, address).open("/chat")
    chat.write(NURSERY)
    expect(page.locator(".card").first).to_be_visible()
    assert not faults_of_access(page) and not scrolls_sideways(page)
    page.screenshot(path=shots / f"13-chat-page-{page.viewport_size['width']}.png")


def test_a_conversation_begun_without_javascript_goes_on_with_it(page: Page, address: str, channel: ChannelStub) -> None:
    page.route("**/static/signpost.js", lambda route: route.abort())
    page.goto(f"{address}/chat")
    assert not faults_of_access(page)
    _write(page, NURSERY)
    expect(page.locator(".card").first).to_be_visible()
    assert not faults_of_access(page) and not scrolls_sideways(page)
    page.unroute("**/static/signpost.js")
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("log")).to_contain_text(NURSERY)
    assert len(channel.conversations) == 1


def test_a_form_with_another_persons_token_shows_nothing_of_theirs(client: FlaskClient) -> None:
    one, other = (client.post("/api/conversations").json for _ in range(2))
    client.post(
        f"/api/conversations/{one['conversation']}/messages",
        json={"text": "private"},
        headers={"Authorization": f"Bearer {one['token']}"},
    )
    stolen = client.post("/chat/messages", data={"conversation": one["conversation"], "token": other["token"], "text": "hi"})
    assert stolen.status_code == 403 and "private" not in stolen.text
    assert "hi</textarea>" in stolen.text


def test_markup_is_shown_and_never_obeyed(client: FlaskClient) -> None:
    page = client.post("/chat/messages", data={"text": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
