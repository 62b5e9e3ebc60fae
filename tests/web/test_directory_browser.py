"""The directory as people use it, in a real browser: narrow, wide, without a script, with a keyboard, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from directory.reports import open_reports, report
from tests.conftest import WIDTHS
from tests.web.directory_server import app, directory_server, house, westmere  # noqa: F401
from tests.web.journey import faults_of_access, scrolls_sideways
from tests.web.worker import Worker

BUMP = "westmere/castle-fields-bump-club"
KEPT = f"/directory/list?keep={BUMP}&keep=westmere/smoke-free-bump&keep=westmere/getting-ready-for-baby-evenings"


def look(page: Page, shots: Path, name: str) -> None:
    """The page as it is now has no fault that axe finds, fits the window, and is kept as a picture."""
    page.screenshot(path=shots / f"{name}-{page.viewport_size['width']}.png", full_page=True)
    assert not faults_of_access(page) and not scrolls_sideways(page)


def search(page: Page, **asked: str) -> None:
    page.get_by_label("What do you need help with?").fill(asked.get("q", ""))
    page.get_by_label("Where? Town or postcode").fill(asked.get("near", ""))
    page.get_by_label("How old is the child?").fill(asked.get("age", ""))
    page.get_by_role("button", name="Search").click()


@pytest.fixture(params=WIDTHS)
def plain(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The directory in a browser with JavaScript switched off."""
    context = browser.new_context(viewport=WIDTHS[request.param], java_script_enabled=False, locale="en-GB")
    context.set_default_timeout(5_000)
    opened = context.new_page()
    opened.goto(f"{address}/directory")
    yield opened
    assert context.cookies() == []
    context.close()


def test_a_search_says_why_and_what_it_looked_at(page: Page, address: str, shots: Path) -> None:
    page.goto(f"{address}/directory")
    look(page, shots, "30-directory")
    search(page, q="we have run out of food", near="Aldmoor", age="4")
    expect(page.get_by_role("heading", name="the best match first")).to_be_visible()
    expect(page.get_by_role("link", name="Leave out: Near Aldmoor")).to_be_visible()
    assert "services – Find services – Westmere Council" in page.title()
    look(page, shots, "31-results")
    page.get_by_text("More choices").click()
    page.get_by_label("Kind of help").select_option("Food")
    page.get_by_label("Free only").check()
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Leave out: Free")).to_be_visible()
    look(page, shots, "32-filters")


def test_an_unknown_place_is_asked_about(page: Page, address: str, shots: Path) -> None:
    page.goto(f"{address}/directory")
    search(page, q="play", near="Xyzzytown")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    look(page, shots, "33-unknown-place")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Where? Town or postcode")).to_be_focused()


def test_nothing_found_leads_on(page: Page, address: str, shots: Path) -> None:
    page.goto(f"{address}/directory?need=send.young_carers&day=sun&language=Polish&free=true")
    expect(page.get_by_role("heading", name="No service fits all of this")).to_be_visible()
    look(page, shots, "34-nothing")


def test_a_service_s_page(page: Page, address: str, shots: Path) -> None:
    page.goto(f"{address}/directory/services/westmere/saltby-aqua-bumps")
    expect(page.get_by_role("link", name="See it on a map")).to_have_attribute("rel", "noreferrer")
    look(page, shots, "35-service")


def test_the_list_can_be_printed_sent_and_scanned(page: Page, address: str, shots: Path) -> None:
    page.goto(address + KEPT)
    expect(page.get_by_role("button", name="Print this list")).to_be_visible()
    expect(page.get_by_role("img", name="QR code that opens this list")).to_be_visible()
    look(page, shots, "36-list")
    assert page.locator(".qr path").last.evaluate("it => getComputedStyle(it).fill") == "rgb(0, 0, 0)"
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="Print this list").click()
    expect(page).to_have_title("printed")


def test_on_paper_there_are_only_the_services(page: Page, address: str, shots: Path) -> None:
    page.emulate_media(media="print")
    page.goto(address + KEPT)
    for gone in ("Need help now?", "Leave this page", "Email this list", "Find more services", "This is a demonstration."):
        expect(page.get_by_text(gone, exact=True)).to_be_hidden()
    for there in ("Bump Club", "01632 960101", "Your list of services", "Westmere Council"):
        expect(page.get_by_text(there, exact=True).first).to_be_visible()
    page.screenshot(path=shots / f"37-print-list-{page.viewport_size['width']}.png", full_page=True)
    page.pdf(path=shots / "37-print-list.pdf", format="A4")
    page.goto(f"{address}/directory/services/{BUMP}")
    for gone in ("Report a problem with this page", "Back to the services", "Add to your list"):
        expect(page.get_by_text(gone, exact=True)).to_be_hidden()
    page.screenshot(path=shots / f"38-print-service-{page.viewport_size['width']}.png", full_page=True)


def test_everything_works_without_a_script(plain: Page, shots: Path) -> None:
    search(plain, q="Bump Club", near="Castle Fields")
    assert plain.url.endswith("#results")
    plain.get_by_role("link", name=re.compile("^Add to your list ?: Bump Club$")).click()
    plain.get_by_role("link", name="See your list").click()
    expect(plain.get_by_role("button", name="Print this list")).to_be_hidden()
    mail = plain.get_by_role("button", name="Email this list").get_attribute("href")
    assert mail and mail.startswith("mailto:?subject=")
    plain.get_by_role("link", name="Bump Club", exact=True).click()
    plain.get_by_role("link", name="Report a problem with this page").click()
    plain.get_by_role("button", name="Send report").click()
    expect(plain.get_by_role("alert")).to_contain_text("Choose what is wrong")
    plain.get_by_label("It has closed").check()
    plain.get_by_label("What should it say?").fill("It shut in May")
    plain.screenshot(path=shots / f"39-plain-report-{plain.viewport_size['width']}.png", full_page=True)
    plain.get_by_role("button", name="Send report").click()
    expect(plain.get_by_role("heading", name="Thank you")).to_be_visible()
    assert [it.words for it in open_reports()] == ["It shut in May"]
    plain.get_by_role("link", name="Back to Bump Club").click()
    expect(plain.get_by_role("link", name="See your list")).to_be_visible()


def test_reporting_a_problem(page: Page, address: str, shots: Path) -> None:
    page.goto(f"{address}/directory/report/{BUMP}")
    expect(page.get_by_label("Leave this empty", exact=True)).not_to_be_in_viewport()
    page.get_by_role("button", name="Send report").click()
    look(page, shots, "40-report")
    page.get_by_label("Something is missing").check()
    page.get_by_role("button", name="Send report").click()
    look(page, shots, "41-reported")


def test_people_to_call_are_one_tap_away_and_so_is_the_way_out(page: Page, address: str, shots: Path) -> None:
    page.goto(f"{address}/directory?q=play")
    page.mouse.wheel(0, 3_000)
    page.locator("summary", has_text="Need help now?").click()
    expect(page.locator(".help-people").get_by_role("link", name="999", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Leave this page")).to_have_attribute("href", "https://www.gov.uk/")
    assert not faults_of_access(page)
    page.screenshot(path=shots / f"42-help-{page.viewport_size['width']}.png")


def test_the_keyboard_reaches_everything_in_order(page: Page, address: str) -> None:
    page.goto(f"{address}/directory?need=early_years.pregnancy")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    names: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        names.append(page.evaluate("(document.activeElement.name || document.activeElement.innerText || '').trim()"))
    order = ["Need help now?", "Leave this page", "q", "near", "within_km", "age", "More choices", "need", "Search"]
    places = [names.index(name) for name in order]
    assert places == sorted(places) and "website" not in names
    assert any(name.startswith("Add to your list") for name in names)


@pytest.mark.parametrize("path", ["/accessibility", "/privacy"])
def test_the_statements(page: Page, address: str, shots: Path, path: str) -> None:
    page.goto(address + path)
    look(page, shots, f"43-{path[1:]}")


@pytest.mark.parametrize("size", [(320, 568), (320, 256)])
@pytest.mark.parametrize(
    "path", ["/directory?q=food&near=Aldmoor", f"/directory/services/{BUMP}", KEPT, f"/directory/report/{BUMP}", "/privacy"]
)
def test_a_small_window_or_a_great_zoom_loses_nothing(
    page: Page, address: str, shots: Path, size: tuple[int, int], path: str
) -> None:
    """320 × 256 is what a desk's window shows at a zoom of 400 %."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address + path)
    assert not scrolls_sideways(page) and not faults_of_access(page)
    page.screenshot(
        path=shots / f"44-small-{path.split('?')[0].strip('/').replace('/', '-')}-{size[1]}.png", full_page=size[1] > 300
    )


@pytest.mark.parametrize("path", ["/directory?q=food&near=Aldmoor", f"/directory/services/{BUMP}", KEPT])
def test_bigger_letters_and_spacing_break_nothing(page: Page, address: str, path: str) -> None:
    """WCAG 1.4.12: text spacing set by the reader."""
    page.goto(address + path)
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }');
        document.adoptedStyleSheets.push(sheet); }"""
    )
    assert not scrolls_sideways(page)


def test_an_editor_finds_changes_and_clears_the_queue(page: Page, address: str, app: Flask, shots: Path) -> None:  # noqa: F811
    report(BUMP, "out_of_date", "The phone number is old.")
    editor = Worker(app, "ed@westmere.example.org", "editor")
    editor.sign_in_with(page, address)
    expect(page.get_by_role("heading", name="Services")).to_be_visible()
    look(page, shots, "50-services")
    page.get_by_role("link", name="To be checked").click()
    look(page, shots, "51-stale")
    page.get_by_role("navigation", name="Staff pages").get_by_role("link", name="Reports").click()
    look(page, shots, "52-reports")
    page.get_by_role("link", name="Bump Club").click()
    page.get_by_label("Email", exact=True).fill("nobody")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    look(page, shots, "53-refused")
    page.get_by_label("Email", exact=True).fill("bumps@familyhubs.westmere.example.org")
    page.get_by_role("textbox", name="Phone").fill("01632 960199")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Families see it in a moment")).to_be_visible()
    page.get_by_role("button", name="I checked it today").click()
    page.get_by_role("button", name="Dealt with").click()
    expect(page.get_by_text("There are no reports")).to_be_visible()
    page.goto(f"{address}/staff/services/edit/{BUMP}")
    expect(page.locator(".events")).to_contain_text("01632 960199")
    look(page, shots, "54-service")
    page.get_by_role("button", name="Retire it").click()
    expect(page.get_by_text("Families do not see it")).to_be_visible()
    page.get_by_role("button", name="Restore it").click()
    expect(page.get_by_role("button", name="Retire it")).to_be_visible()
