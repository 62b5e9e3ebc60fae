"""The chat as a family uses it, in a real browser, on a phone's width and on a desk's."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.channel_stub import ChannelStub
from tests.web.journey import Chat, faults_of_access, scrolls_sideways

NURSERY = "my 4 year old hits everyone at nursery and im at my wits end, we're in Aldmoor"


def _shot(page: Page, shots: Path, name: str) -> None:
    page.screenshot(path=shots / f"{name}-{page.viewport_size['width']}.png")


def test_the_greeting_takes_the_place_of_the_fallback(chat: Chat, page: Page, shots: Path) -> None:
    expect(page.get_by_text("Open the chat as a plain page")).to_be_hidden()
    expect(chat.log).to_contain_text("I am a computer, not a person")
    assert not faults_of_access(page) and not scrolls_sideways(page)
    _shot(page, shots, "1-greeting")


def test_a_difficulty_is_answered_with_services_and_an_offer(chat: Chat, page: Page, shots: Path) -> None:
    chat.write(NURSERY)
    card = page.locator(".card").first
    for said in ("Calm Days at Aldmoor", "Why this: For hitting", "Tannery Lane", "about half a mile away", "Free", "2 to 6"):
        expect(card).to_contain_text(said)
    expect(card.get_by_role("link", name="01632 960123")).to_have_attribute("href", "tel:01632960123")
    expect(page.get_by_role("button", name="Yes, pass it on")).to_be_visible()
    card.get_by_text("More about this").click()
    expect(card).to_contain_text("2 October 2026")
    assert not faults_of_access(page) and not scrolls_sideways(page)
    _shot(page, shots, "2-services")


def test_the_focus_stays_in_the_box_and_the_answer_is_read_out_once(chat: Chat, page: Page) -> None:
    chat.write(NURSERY)
    expect(chat.box).to_be_focused()
    expect(chat.box).to_have_value("")
    expect(page.locator("[aria-live=polite]")).to_contain_text("2 services: Calm Days at Aldmoor, Ask a Health Visitor")
    expect(chat.log).to_have_attribute("aria-live", "off")


def test_words_in_another_language_are_shown_and_read_out_in_it(chat: Chat, page: Page) -> None:
    chat.write("مدد چاہیے")
    expect(chat.log.locator("[lang=ur][dir=rtl]")).to_contain_text("999")
    expect(page.locator("[aria-live=polite] [lang=ur]")).to_contain_text("999")
    expect(chat.log.get_by_text("A machine translated")).not_to_have_attribute("lang", "ur")
    assert not faults_of_access(page) and not scrolls_sideways(page)


def test_shift_and_enter_begin_a_new_line(chat: Chat, channel: ChannelStub) -> None:
    chat.box.fill("one")
    chat.box.press("Shift+Enter")
    chat.box.type("two")
    expect(chat.box).to_have_value("one\ntwo")
    assert channel.received[-1] == {"audience": None}


def test_a_chosen_answer_stays_readable_and_is_over(chat: Chat, page: Page, shots: Path) -> None:
    chat.choose("I'm a young person")
    chosen, other = page.locator(".choice.chosen"), page.get_by_role("button", name="I work with families")
    expect(chosen).to_have_text("Your answer: I'm a young person")
    expect(other).to_have_attribute("aria-disabled", "true")
    expect(chat.log.locator(".from-family")).to_contain_text("I'm a young person")
    assert not faults_of_access(page)
    _shot(page, shots, "3-chosen")


def test_a_reload_keeps_the_conversation_and_only_this_tab_knows_it(chat: Chat, page: Page) -> None:
    chat.write(NURSERY)
    chat.reload()
    expect(chat.log.locator(".from-family")).to_contain_text("at my wits end")
    expect(page.locator(".card")).to_have_count(2)
    expect(page.get_by_role("button", name="I'm a young person")).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_role("button", name="Yes, pass it on")).not_to_have_attribute("aria-disabled", "true")
    assert page.evaluate("localStorage.length") == 0
    assert page.context.cookies() == []


def test_what_is_deleted_is_gone_here_and_behind(chat: Chat, page: Page, channel: ChannelStub, shots: Path) -> None:
    chat.write("nobody may read this")
    page.get_by_role("button", name="Delete this chat").click()
    assert not faults_of_access(page)
    _shot(page, shots, "4-delete")
    page.get_by_role("button", name="No, keep it").click()
    expect(chat.log).to_contain_text("nobody may read this")
    chat.delete()
    assert channel.conversations == {}
    assert page.evaluate("sessionStorage.length") == 0
    expect(page.get_by_text("nobody may read this")).to_have_count(0)
    assert not faults_of_access(page)
    _shot(page, shots, "5-gone")
    page.get_by_role("button", name="Start a new chat").click()
    expect(chat.log).to_contain_text("I am a computer")
    expect(chat.box).to_be_focused()


def test_people_come_first_when_it_is_urgent(chat: Chat, page: Page, shots: Path) -> None:
    chat.write("he hurt me")
    urgent = page.locator(".message.urgent")
    assert urgent.inner_text().index("0800 1111") < urgent.inner_text().index("Are you safe")
    expect(urgent.get_by_role("link", name="999", exact=True)).to_have_attribute("href", "tel:999")
    expect(urgent).to_contain_text("Text SHOUT to 85258")
    assert not faults_of_access(page) and not scrolls_sideways(page)
    _shot(page, shots, "6-urgent")


def test_a_worker_is_told_apart_from_the_computer(chat: Chat) -> None:
    chat.write("is there a worker")
    expect(chat.log.locator(".from-worker")).to_contain_text("Worker")


def test_need_help_now_works_with_the_server_down(chat: Chat, page: Page, shots: Path) -> None:
    page.context.set_offline(True)
    people = chat.open_help()
    expect(people.get_by_role("link", name="999", exact=True)).to_be_visible()
    expect(people).to_contain_text("Samaritans")
    assert not faults_of_access(page)
    page.screenshot(path=shots / f"7-help-{page.viewport_size['width']}.png")


@pytest.mark.parametrize("down", ["assistant", "network"])
def test_when_it_fails_the_words_stay_and_the_numbers_are_there(
    chat: Chat, page: Page, channel: ChannelStub, shots: Path, down: str
) -> None:
    channel.close() if down == "assistant" else page.context.set_offline(True)
    chat.box.fill(NURSERY)
    chat.box.press("Enter")
    trouble = page.locator(".trouble")
    expect(trouble).to_contain_text("If you need help now, use")
    expect(trouble.get_by_role("link", name="999", exact=True)).to_be_visible()
    expect(chat.box).to_have_value(NURSERY)
    expect(chat.log.locator(".from-family")).to_have_count(0)
    assert not faults_of_access(page) and not scrolls_sideways(page)
    _shot(page, shots, f"8-down-{down}")
    channel.open() if down == "assistant" else page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".card").first).to_be_visible()
    expect(trouble).to_have_count(0)


def test_a_choice_that_could_not_be_sent_is_open_again(chat: Chat, page: Page, channel: ChannelStub) -> None:
    channel.close()
    page.get_by_role("button", name="I'm a young person").click()
    expect(page.locator(".trouble")).to_be_visible()
    expect(page.get_by_role("button", name="I'm a young person")).not_to_have_attribute("aria-disabled", "true")
    channel.open()
    page.get_by_role("button", name="Try again").click()
    expect(chat.answers()).to_have_count(2)


def test_a_chat_that_is_over_keeps_the_words_for_a_new_one(chat: Chat, page: Page, channel: ChannelStub) -> None:
    channel.conversations.clear()
    chat.box.fill("still here")
    chat.box.press("Enter")
    page.get_by_role("button", name="Start a new chat").click()
    expect(chat.box).to_have_value("still here")
    expect(chat.log).to_contain_text("I am a computer")


def test_a_long_message_is_refused_before_it_is_sent(chat: Chat, page: Page, channel: ChannelStub) -> None:
    sent = len(channel.received)
    chat.box.fill("a" * 2_314)
    chat.box.press("Enter")
    expect(page.locator(".refusal")).to_contain_text("2,314 characters and we can take 2,000")
    expect(chat.box).to_have_value("a" * 2_314)
    assert len(channel.received) == sent
    assert not faults_of_access(page)


def test_the_fallback_stays_when_no_conversation_can_begin(page: Page, address: str, channel: ChannelStub, shots: Path) -> None:
    channel.close()
    page.goto(address)
    expect(page.get_by_text("That did not work")).to_be_visible()
    expect(page.locator(".fallback").get_by_role("link", name="999", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Open the chat as a plain page")).to_be_visible()
    assert not faults_of_access(page)
    _shot(page, shots, "9-not-started")
    channel.open()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("log")).to_contain_text("I am a computer")


@pytest.mark.parametrize("way", ["button", "shift"])
def test_leaving_hides_everything_and_forgets(chat: Chat, page: Page, channel: ChannelStub, way: str) -> None:
    expect(page.get_by_text("It does not clear your browser history", exact=False)).to_be_visible()
    chat.write("a secret")
    page.route("https://www.gov.uk/**", lambda route: route.fulfill(body="<title>elsewhere</title>", content_type="text/html"))
    if way == "button":
        page.get_by_role("button", name="Leave this page").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url("https://www.gov.uk/")
    page.go_back()
    expect(page.get_by_text("a secret")).to_have_count(0)


def test_shift_for_capital_letters_leaves_nothing(chat: Chat, page: Page, address: str) -> None:
    for letter in "HELP":
        page.keyboard.down("Shift")
        page.keyboard.press(letter)
        page.keyboard.up("Shift")
    assert page.url.startswith(address)


@pytest.mark.parametrize("size", [(320, 568), (320, 256)])
def test_a_small_window_or_a_great_zoom_loses_nothing(chat: Chat, page: Page, shots: Path, size: tuple[int, int]) -> None:
    """320 × 256 is what a desk's window shows at a zoom of 400 %."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    chat.write(NURSERY)
    assert not scrolls_sideways(page)
    assert not faults_of_access(page)
    page.screenshot(path=shots / f"10-small-{size[1]}.png")


def test_bigger_letters_and_spacing_break_nothing(chat: Chat, page: Page) -> None:
    """WCAG 1.4.12: text spacing set by the reader."""
    chat.write(NURSERY)
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }');
        document.querySelector('signpost-chat').shadowRoot.adoptedStyleSheets.push(sheet); }"""
    )
    assert not scrolls_sideways(page)
