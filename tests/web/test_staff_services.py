"""The staff pages for services: found, changed, retired, checked, reported; who did what; and the index follows."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.editing import history
from directory.importer import import_reading
from directory.reports import open_reports, report
from directory.sources.national import SOURCE, read_national
from directory.upkeep import WHICH
from tests.web.directory_server import app, directory_server, house, westmere  # noqa: F401
from tests.web.worker import Worker
from web_widget.following import EXTENSION, Following
from web_widget.staff.casework import words

KEY = "westmere/castle-fields-bump-club"
PAGE = f"/staff/services/edit/{KEY}"


@pytest.fixture
def editor(app: Flask) -> Worker:  # noqa: F811
    made = Worker(app, "ed@westmere.example.org", "editor")
    made.sign_in()
    return made


def form_of(editor: Worker) -> dict[str, Any]:
    """The form as the browser would send it back untouched."""
    page = editor.client.get(PAGE).text
    form = page[page.index("Change it</h2>") : page.index("What has been done to it</h2>")]
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            fields.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for name, value in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S):
        fields[name] = [unescape(value)]
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        fields[name] = [chosen[1] if chosen else ""]
    return fields


def save(editor: Worker, **changed: Any) -> TestResponse:
    return editor.client.post(PAGE, data=form_of(editor) | changed)


def test_after_signing_in_an_editor_is_at_the_services(app: Flask) -> None:  # noqa: F811
    editor = Worker(app, "ed2@westmere.example.org", "editor")
    assert editor.sign_in().headers["Location"] == "/staff/services"
    page = editor.client.get("/staff/services").text
    assert "All services" in page and ">Reports</a>" in page and ">Requests</a>" not in page


def test_a_worker_without_the_role_changes_nothing(app: Flask) -> None:  # noqa: F811
    worker = Worker(app)
    worker.sign_in()
    for path in ("/staff/services", PAGE, "/staff/reports"):
        assert worker.client.get(path).status_code == 403
    assert worker.send(f"/staff/services/retire/{KEY}", "/staff").status_code == 403


def test_services_are_found_by_words_and_by_list(editor: Worker) -> None:
    found = editor.client.get("/staff/services?q=bump club").text
    assert "Bump Club" in found and "Smoke-free Bump" not in found and set(words()["lists"]) == set(WHICH)
    for which, said in (
        ("stale", "Check it"),
        ("retired", "Retired"),
        ("reported", "There is none"),
        ("nonsense", "All services"),
    ):
        assert said in editor.client.get(f"/staff/services?which={which}").text
    for odd in ("page=-1", "page=99999", "page=x", "q=%00%25'"):
        assert editor.client.get(f"/staff/services?{odd}").status_code == 200


def test_a_form_that_was_not_touched_changes_nothing(editor: Worker) -> None:
    answer = save(editor)
    assert answer.status_code == 302 and answer.headers["Location"].endswith("saved=0") and history(KEY) == []


def test_a_change_is_shown_to_families_and_told_with_what_it_was(editor: Worker, client: FlaskClient) -> None:
    answer = save(editor, summary="Come & sit with a midwife.", phone="01632 960199", needs=["early_years.pregnancy"])
    assert answer.status_code == 302
    page = editor.client.get(answer.headers["Location"]).text
    assert "Families see it in a moment" in page and "<ins>01632 960199</ins>" in page and "<del>01632 960101</del>" in page
    assert "by ed@westmere.example.org" in page and "early_years.pregnancy; money.food" in page
    family = client.get(f"/directory/services/{KEY}").text
    assert "Come &amp; sit with a midwife." in family and "01632 960199" in family


def test_a_place_is_added_and_its_times_are_lines(editor: Worker, client: FlaskClient) -> None:
    save(
        editor,
        **{"places-1-location": "Saltby Hub", "places-1-place": "Saltby", "places-1-times": "Wed 09:00-10:00\nby arrangement"},
    )
    page = client.get(f"/directory/services/{KEY}").text
    assert "Saltby Hub" in page and "Wednesday, 9am to 10am; by arrangement" in page


@pytest.mark.parametrize(
    ("field", "value"), [("email", "nobody"), ("url", "javascript:alert(1)"), ("min_age", "x"), ("name", ""), ("starts", "soon")]
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(editor: Worker, field: str, value: str) -> None:
    answer = save(editor, **{field: value, "summary": "What I typed"})
    assert answer.status_code == 422 and "There is a problem" in answer.text and "<title>Error:" in answer.text
    assert f'href="#{field}"' in answer.text and "What I typed" in answer.text and history(KEY) == []


def test_nobody_undoes_what_another_saved_meanwhile(editor: Worker) -> None:
    mine = form_of(editor)
    save(editor, cost="£1")
    answer = editor.client.post(PAGE, data=mine | {"cost": "£2"})
    assert answer.status_code == 409 and "Somebody else changed this service" in answer.text


def test_retired_it_is_gone_at_once_and_restored_it_is_back(editor: Worker, client: FlaskClient) -> None:
    editor.send(f"/staff/services/retire/{KEY}", PAGE)
    assert client.get(f"/directory/services/{KEY}").status_code == 404
    assert "Families do not see it" in editor.client.get(PAGE).text
    editor.send(f"/staff/services/restore/{KEY}", PAGE)
    assert client.get(f"/directory/services/{KEY}").status_code == 200


def test_checked_today_takes_it_off_the_list_of_stale_ones(editor: Worker) -> None:
    stale = "/staff/services?which=stale"
    first = re.search(r'scope="row"[^>]*><a [^>]*href="/staff/services/edit/([^"]+)"', editor.client.get(stale).text)
    assert first
    editor.send(f"/staff/services/checked/{first[1]}", f"/staff/services/edit/{first[1]}")
    assert f'edit/{first[1]}"' not in editor.client.get(stale).text
    (entry,) = history(first[1])
    assert entry.who == editor.email and entry.fields[0][0] == "assured_date"


@pytest.mark.parametrize("key", ["westmere/no-such", "national/childline", "x/y/z"])
def test_only_the_council_s_own_services_can_be_changed(editor: Worker, key: str) -> None:
    assert editor.client.get(f"/staff/services/edit/{key}").status_code == 404


def test_reports_wait_until_somebody_has_dealt_with_them(editor: Worker) -> None:
    report(KEY, "closed", "It <b>shut</b> & moved")
    queue = editor.client.get("/staff/reports").text
    assert "1 waiting" in queue and "It shut &amp; moved" in queue and "It has closed" in queue
    assert "It shut &amp; moved" in editor.client.get(PAGE).text
    assert "Reported" in editor.client.get("/staff/services?which=reported").text
    (it,) = open_reports()
    assert editor.send(f"/staff/reports/{it.id}/done", "/staff/reports").status_code == 302
    assert "There are no reports" in editor.client.get("/staff/reports").text
    assert "Report dealt with" in editor.client.get(PAGE).text
    for gone in (it.id, "x", "٣", "9" * 30):
        assert editor.send(f"/staff/reports/{gone}/done", "/staff/services").status_code == 404


def test_a_report_of_a_national_line_leads_to_its_page_and_says_who_can_change_it(editor: Worker) -> None:
    import_reading(read_national(), SOURCE, None)
    report("national/childline", "out_of_date", "The hours are others.")
    page = editor.client.get("/staff/reports").text
    assert 'href="/directory/services/national/childline"' in page and "This is a national line" in page
    assert "/staff/services/edit/national" not in page


def test_a_form_of_another_site_does_nothing(editor: Worker) -> None:
    report(KEY, "other")
    for path in (PAGE, f"/staff/services/retire/{KEY}", f"/staff/reports/{open_reports()[0].id}/done"):
        assert editor.client.post(path, data={"name": "Stolen"}).status_code == 400
    assert history(KEY) == [] and len(open_reports()) == 1


def test_the_search_follows_an_edit_within_two_seconds(editor: Worker, client: FlaskClient) -> None:
    took = []
    for name in ("Zorbing Zebras", "Zorbing Yaks", "Zorbing Xerus"):
        save(editor, name=name, description="Zorbing with animals in a zeppelin.")
        took.append(until(lambda name=name: found(client, "zorbing animals zeppelin")[0] == name))
    editor.send(f"/staff/services/retire/{KEY}", PAGE)
    until(lambda: "Zorbing Xerus" not in found(client, "zorbing animals zeppelin"))
    assert min(took) < 2


def test_a_worker_does_not_wait_for_the_index(editor: Worker, client: FlaskClient, app: Flask) -> None:  # noqa: F811
    following, held = app.extensions[EXTENSION], threading.Event()
    reload = following._reload
    following._reload = lambda: held.wait(30) and reload()
    assert save(editor, name="Zorbing Zebras", description="Zorbing with zebras in a zeppelin.").status_code == 302
    assert found(client, "zorbing zebras zeppelin")[0] != "Zorbing Zebras"
    held.set()
    until(lambda: found(client, "zorbing zebras zeppelin")[0] == "Zorbing Zebras")


def found(client: FlaskClient, words: str) -> list[str]:
    return [card["name"] for card in client.get("/api/search", query_string={"q": words}).json["contents"]]


def until(true: Callable[[], bool]) -> float:
    """The seconds until it is true; a busy machine gets its time."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < 20, "it did not happen"
        time.sleep(0.02)
    return time.monotonic() - began


def test_several_edits_in_a_moment_are_one_reload_and_a_dead_server_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from directory.client import DirectoryUnavailable

    asked: list[float] = []

    def reload() -> None:
        asked.append(time.monotonic())
        time.sleep(0.1)
        if len(asked) == 1:
            raise DirectoryUnavailable("down")

    monkeypatch.setattr("web_widget.following.AGAIN", 0.05)
    following = Following(reload)
    for _ in range(20):
        following.soon()
    deadline = time.monotonic() + 20
    while len(asked) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.2)
    assert len(asked) in (2, 3)


def test_the_application_has_its_follower(app: Flask) -> None:  # noqa: F811
    assert isinstance(app.extensions[EXTENSION], Following)
