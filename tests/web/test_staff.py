"""The staff pages: only for whom they are, everything a worker needs, and what is safe before all else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

import handover.records  # noqa: F401  (its tables must be on Base before the database is made)
from directory.database import now, prepare_database, session
from directory.packs import pack
from handover import staff as accounts
from handover.consent import consent_words, give_consent
from handover.records import STATUSES, StaffMember
from handover.requests import read_request, submit
from handover.steps import all_steps
from handover.story import HEADINGS, Story
from tests.web.conftest import serving
from tests.web.journey import faults_of_access, scrolls_sideways
from tests.web.worker import PASSWORD, Worker
from web_widget.app import create_app
from web_widget.configuration import WebConfig
from web_widget.staff.access import FOR_EVERYBODY
from web_widget.staff.casework import words
from web_widget.staff.setup import IDLE

WORRY = "He hits everyone at nursery <b>and</b> me"


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'staff.db'}")
    monkeypatch.setenv("SIGNPOST_SECRET", "a secret of these tests, thirty-two characters")
    monkeypatch.setenv("SIGNPOST_COUNCIL", "westmere")
    prepare_database()


@pytest.fixture
def worker(app: Flask) -> Worker:
    return Worker(app)


@pytest.fixture
def reference() -> str:
    """A request that a parent sent."""
    answers = {
        "consent": "yes", "story": "right", "name": "Jo", "safe": "do_not_say_who", "times": "after 9", "children": "4",
        "reach": {"by": "text", "phone": "07700 900123", "email": None, "words": "07700 900123"},
        "where": {"words": "Aldmoor", "place": "Aldmoor", "locality": "North"}, "read_back": "send",
    }  # fmt: skip
    story = Story(worrying=(WORRY,), working_well=("We love reading together",), would_help=("Somebody to talk to",))
    consent = give_consent(consent_words(pack("westmere"), "parent"), now())
    receipt = submit(answers, story, consent, ["family.behaviour"], ["several needs"], "parent", pack("westmere"), "c1", level=2)
    return receipt.reference


def test_every_staff_page_has_a_role_check(app: Flask) -> None:
    unguarded = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/staff")
        and rule.endpoint not in FOR_EVERYBODY
        and not hasattr(app.view_functions[rule.endpoint], "staff_role")
    ]
    assert not unguarded, f"Put @for_role(...) from web_widget/staff/access.py on {unguarded}"


def test_whoever_is_not_signed_in_is_asked_to(app: Flask, reference: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/staff") and rule.endpoint not in FOR_EVERYBODY:
            method = "POST" if "POST" in rule.methods else "GET"
            answer = app.test_client().open(rule.rule.replace("<reference>", reference), method=method)
            assert (answer.status_code, answer.headers["Location"]) == (302, "/staff/sign-in"), rule


def test_an_editor_sees_no_request(app: Flask, reference: str) -> None:
    editor = Worker(app, "ed@westmere.example.org", "editor")
    editor.sign_in()
    for path in ("/staff", f"/staff/requests/{reference}"):
        answer = editor.client.get(path)
        assert answer.status_code == 403 and "You cannot see this page" in answer.text and WORRY not in answer.text


def test_sign_in_needs_all_three_and_says_nothing_of_which_was_wrong(worker: Worker) -> None:
    wrong = worker.sign_in(password="wrong")
    unknown = worker.send("/staff/sign-in", "/staff/sign-in", email="nobody@x.org", password="wrong", code="123456")
    assert wrong.status_code == unknown.status_code == 422
    assert re.findall(r"We could not sign you in.*", wrong.text) == re.findall(r"We could not sign you in.*", unknown.text) != []
    assert worker.sign_in().headers["Location"] == "/staff"
    assert worker.client.get("/staff").status_code == 200


def test_the_session_cookie_is_only_for_staff_pages(app: Flask, worker: Worker) -> None:
    cookie = worker.sign_in().headers["Set-Cookie"]
    for part in ("HttpOnly", "Path=/staff", "SameSite=Strict"):
        assert part in cookie
    assert "Secure" not in cookie, "a trial on one's own machine has no https"
    for public in ("https://signpost.example.org", "http://signpost.example.org", "https://127.0.0.1"):
        assert "Secure" in app.test_client().get("/staff/sign-in", base_url=public).headers["Set-Cookie"]


def test_after_thirty_idle_minutes_the_session_is_over(worker: Worker) -> None:
    worker.sign_in()
    moment = datetime.now(UTC)
    for minutes, status in ((25, 200), (50, 200), (50 + IDLE.seconds // 60 + 1, 302)):
        with time_machine.travel(moment + timedelta(minutes=minutes), tick=False):
            assert worker.client.get("/staff").status_code == status


def test_who_leaves_the_council_is_out_at_once(worker: Worker) -> None:
    worker.sign_in()
    accounts.deactivate(worker.email)
    assert worker.client.get("/staff").status_code == 302


def test_the_first_password_must_be_changed_before_anything_else(app: Flask) -> None:
    worker = Worker(app)
    with session() as db:
        db.query(StaffMember).update({"must_change_password": True})
    worker.sign_in()
    assert worker.client.get("/staff").headers["Location"] == "/staff/password"
    easy = worker.send("/staff/password", "/staff/password", current=PASSWORD, new="short", again="short")
    assert easy.status_code == 422 and "12 to 200 characters" in easy.text
    new = {"new": "three random words", "again": "three random words"}
    assert worker.send("/staff/password", "/staff/password", current=PASSWORD, **new).headers["Location"] == "/staff"
    assert worker.client.get("/staff").status_code == 200


def test_signing_out_ends_it(worker: Worker) -> None:
    worker.sign_in()
    worker.send("/staff/sign-out", "/staff")
    assert worker.client.get("/staff").status_code == 302


def test_a_form_of_another_site_does_nothing(worker: Worker, reference: str) -> None:
    worker.sign_in()
    forged = worker.client.post(f"/staff/requests/{reference}/acknowledge")
    assert forged.status_code == 400 and "Nothing was saved" in forged.text
    assert read_request(reference, worker.email).summary.status == "new"


def test_the_list_says_what_and_where_and_nothing_a_family_wrote(worker: Worker, reference: str) -> None:
    worker.sign_in()
    page = worker.client.get("/staff").text
    for said in (reference, "North", "Managing a child&#39;s behaviour", "New", "Nobody yet"):
        assert said in page
    assert "hits" not in page and "07700" not in page


def test_a_request_shows_what_is_safe_then_the_story_and_the_consent(worker: Worker, reference: str) -> None:
    worker.sign_in()
    page = worker.client.get(f"/staff/requests/{reference}").text
    safe = page.index("do NOT say who you are")
    assert page.index("07700 900123 (by text)") < safe < page.index("What is worrying them")
    assert "&lt;b&gt;and&lt;/b&gt;" in page and "We love reading together" in page and "Somebody to talk to" in page
    assert "I agree that Westmere Council may read" in page and "Extra Help" in page


def test_acknowledge_assign_contact_and_close(worker: Worker, reference: str) -> None:
    worker.sign_in()
    page = f"/staff/requests/{reference}"

    def then(act: str, **fields: str) -> str:
        assert worker.send(f"{page}/{act}", page, **fields).status_code == 302
        return read_request(reference, worker.email).summary.status

    assert then("acknowledge") == "acknowledged"
    assert then("assign", lead=worker.email) == "assigned"
    assert then("contact", **{"contact-note": "Texted at nine"}) == "contacted"
    assert "Texted at nine" in worker.client.get(page).text
    assert then("close", **{"close-note": "They joined a group"}) == "closed"
    assert reference not in worker.client.get("/staff").text
    assert "What to do next" not in worker.client.get(page).text


def test_an_empty_note_is_refused_with_the_reason(worker: Worker, reference: str) -> None:
    worker.sign_in()
    page = f"/staff/requests/{reference}"
    for act in ("contact", "close", "assign"):
        refused = worker.send(f"{page}/{act}", page)
        assert refused.status_code == 422 and "There is a problem" in refused.text and "<title>Error:" in refused.text


def test_an_unknown_reference_is_said_so(worker: Worker) -> None:
    worker.sign_in()
    assert "There is no such request" in worker.client.get("/staff/requests/SP-XXXX").text


def test_every_answer_status_and_heading_has_its_words() -> None:
    asked = {step.key for step in all_steps("practitioner") if not step.controls}
    assert asked == set(words()["answers"])
    assert {choice for step in all_steps("parent") if not step.controls for choice in step.choices} <= set(words()["choices"])
    assert set(words()["headings"]) == set(HEADINGS)
    assert set(words()["statuses"]) == set(words()["colours"]) == set(STATUSES)


@pytest.fixture
def desk(config: WebConfig) -> Iterator[tuple[Worker, str]]:
    """A worker, and where the staff pages are served."""
    app = create_app(replace(config))
    with serving(make_server("127.0.0.1", 0, app, threaded=True)) as address:
        yield Worker(app), address


def test_a_worker_signs_in_reads_and_acknowledges(page: Page, desk: tuple[Worker, str], reference: str, shots: Path) -> None:
    worker, address = desk
    width = page.viewport_size["width"]
    page.goto(f"{address}/staff")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert not faults_of_access(page) and not scrolls_sideways(page)
    page.screenshot(path=shots / f"20-sign-in-{width}.png", full_page=True)
    page.get_by_label("Email address").fill(worker.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("One-time code").fill(worker.totp.now())
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Open requests")).to_be_visible()
    assert not faults_of_access(page) and not scrolls_sideways(page)
    page.screenshot(path=shots / f"21-requests-{width}.png", full_page=True)
    page.get_by_role("link", name=reference).click()
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.locator(".events")).to_contain_text("Acknowledged")
    assert not faults_of_access(page) and not scrolls_sideways(page)
    page.screenshot(path=shots / f"22-request-{width}.png", full_page=True)
