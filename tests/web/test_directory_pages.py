"""The directory's pages without a script: found, kept, sent, reported; and nothing of a search can break out of its page."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from flask.testing import FlaskClient
from time_machine import travel

from directory.client import DirectoryClient
from directory.importer import import_reading
from directory.reports import KINDS, open_reports
from directory.service import Reading, ServicePlace, ServiceRecord
from tests.web.directory_server import app, directory_server, house, westmere  # noqa: F401
from web_widget.app import create_app as create_web
from web_widget.configuration import EXTENSION, WebConfig
from web_widget.directory.qr import draw
from web_widget.directory.service_page import MAP, map_link
from web_widget.directory.state import MOST_KEPT
from web_widget.directory.words import words

FRIDAY = "2026-11-20T12:00:00Z"
BUMP = "westmere/castle-fields-bump-club"
BUMP_PAGE = "/directory/services/westmere/castle-fields-bump-club"


@pytest.fixture(autouse=True)
def moment() -> Any:
    with travel(FRIDAY):
        yield


def text(client: FlaskClient, path: str, status: int = 200, **asked: Any) -> str:
    page = client.get(path, query_string=asked or None)
    assert page.status_code == status
    assert "Set-Cookie" not in page.headers and page.headers["Cache-Control"] == "no-store"
    return unescape(page.text)


def links(page: str, words: str) -> list[str]:
    """The addresses of links that begin with these words."""
    return [m[1] for m in re.finditer(r'<a [^>]*href="([^"]+)"[^>]*>\s*(.*?)</a>', page, re.S) if m[2].startswith(words)]


# --- searching


def test_before_anything_is_asked_it_lists_all_there_is(client: FlaskClient) -> None:
    page = text(client, "/directory")
    assert re.search(r"\d{3} services", page) and "Next" in page and "Call Westmere Family Hubs" in page


def test_words_and_filters_find_and_say_why(client: FlaskClient) -> None:
    page = text(client, "/directory", q="bump club midwife", near="Castle Fields", age="0", free="true")
    assert "Bump Club" in page and "the best match first" in page
    assert "Why this: </span>" in page and "in or near castle fields" in page.lower()
    for taken in ("“bump club midwife”", "Age 0", "Near Castle Fields", "Free"):
        assert links(page, f'<span class="govuk-visually-hidden">Leave out: </span>{taken}'), taken
    assert re.search(r"about (half a mile|1 mile|\d+ miles)", page) and " km" not in page


def test_what_was_asked_stands_in_the_form_again(client: FlaskClient) -> None:
    page = text(
        client, "/directory", q="play", need="money.food", day="sat", language="Polish", accessibility="step-free", send="true"
    )
    for kept in ('value="play"', 'value="money.food" selected', 'value="sat" selected', 'value="Polish" selected'):
        assert kept in page, kept
    assert re.search(r'name="accessibility"[^>]*value="step-free"[^>]*checked', page)
    assert re.search(r'name="send"[^>]*value="true"[^>]*checked', page) and '<details class="govuk-details" open>' in page


def test_leaving_one_thing_out_keeps_the_rest(client: FlaskClient) -> None:
    page = text(client, "/directory", near="Aldmoor", within_km="3.2", free="true", keep=BUMP)
    (without,) = links(page, '<span class="govuk-visually-hidden">Leave out: </span>Near Aldmoor')
    assert "near" not in without and "within_km" not in without and "free=true" in without and "keep=" in without


def test_an_unknown_place_is_asked_about(client: FlaskClient) -> None:
    page = text(client, "/directory", 422, near="Xyzzytown", q="play")
    assert page.count("We don't know the place “Xyzzytown”. Which town or postcode is it near?") == 3
    assert "<title>Error: " in page and 'href="#near"' in page and "There is a problem" in page
    assert 'value="play"' in page and 'class="found"' not in page


def test_a_distance_without_a_place_asks_for_one(client: FlaskClient) -> None:
    assert "Write a town or postcode too" in text(client, "/directory", 422, within_km="3.2")


@pytest.mark.parametrize(
    "asked", [{"age": "old"}, {"need": "x"}, {"q": "x" * 5_000}, {"day": "x"}, {"within_km": "-1", "near": "Aldmoor"}]
)
def test_what_cannot_be_read_is_said_at_its_field(client: FlaskClient, asked: dict[str, str]) -> None:
    (name, *_) = asked
    assert words()["faults"][name] in text(client, "/directory", 422, **asked)


@pytest.mark.parametrize(
    ("age", "said"),
    [("18 months", "Age: 18 months"), ("8 weeks", "Age: 8 weeks"), ("newborn", "Age: newborn"), ("Year 9", "Age: Year 9"),
     ("4 years old", "Age: 4 years old"), ("teenager", "Age: teenager"), ("11-13", "Age 11-13"), ("4", "Age 4")],
)  # fmt: skip
def test_an_age_may_be_written_as_people_say_it(client: FlaskClient, age: str, said: str) -> None:
    page = text(client, "/directory", age=age)
    assert links(page, f'<span class="govuk-visually-hidden">Leave out: </span>{said}') and f'value="{age}"' in page


def test_a_baby_is_not_shown_what_is_for_older_children(client: FlaskClient) -> None:
    ages = re.findall(r"<dt>Ages</dt><dd>([^<]*)</dd>", text(client, "/directory", age="8 weeks", need="early_years.new_baby"))
    assert ages and all(said.startswith(("Up to", "All", "Birth")) for said in ages)


def test_every_need_of_an_address_outlives_a_change_in_the_form(client: FlaskClient) -> None:
    page = text(client, "/directory?need=money.food&need=home.housing&need=money.debt_and_benefits")
    assert 'value="money.food" selected' in page
    assert re.findall(r'type="hidden" name="need" value="([^"]+)"', page) == ["home.housing", "money.debt_and_benefits"]
    page = text(client, "/directory?need=&need=home.housing")
    assert 'value="home.housing" selected' in page and 'type="hidden" name="need"' not in page


def test_a_long_word_is_not_said_back_whole(client: FlaskClient) -> None:
    page = text(client, "/directory", 422, near="x" * 500)
    assert f"“{'x' * 60}…”" in page and "x”" not in page


@pytest.mark.parametrize("page", ["-1", "0", "x", "99999999999999", "1;DROP"])
def test_a_page_that_cannot_be_is_the_first(client: FlaskClient, page: str) -> None:
    assert 'start="1"' in text(client, "/directory", page=page)


def test_a_page_past_the_last_leads_back(client: FlaskClient) -> None:
    assert links(text(client, "/directory", page="400"), "Go to the first page")


def test_pages_follow_one_another(client: FlaskClient) -> None:
    seen: list[str] = []
    path: str | None = "/directory?need=money.food&free=true"
    while path:
        page = text(client, path.partition("#")[0])
        seen += re.findall(r'<h3><a class="govuk-link" href="([^?"]+)', page)
        after = re.search(r'govuk-pagination__next">\s*<a [^>]*href="([^"]+)"', page)
        path = after[1] if after else None
    assert len(seen) == len(set(seen)) > 10


def test_nothing_found_is_never_a_dead_end(client: FlaskClient) -> None:
    page = text(
        client, "/directory", need="send.young_carers", day="sun", language="Polish", free="true", near="Saltby", within_km="1.6"
    )
    assert "No service fits all of this" in page and "Tell us in the chat" in page and links(page, "01632 960005")


def test_what_cannot_be_booked_yet_is_told_as_next(client: FlaskClient) -> None:
    page = text(client, "/directory", need="money.holiday_activities")
    assert "Coming up" in page and "Next: 21 to 24 December 2026, booking opens 23 November 2026" in page


def test_words_of_danger_are_answered_with_people_first(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [{"name": "Samaritans", "phone": "116 123", "text": None, "url": None, "hours": None, "open_now": True}]
    monkeypatch.setattr("web_widget.directory.search_page.danger_seen", lambda said: people if "die" in said else None)
    page = text(client, "/directory", q="i want to die")
    assert page.index("You can talk to a person now") < page.index('class="search-form"') and "tel:116123" in page
    assert "You can talk to a person now" not in text(client, "/directory", q="play")


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' OR 1=1; --", "\u202e\x00", "{{7*7}}"]
)
@pytest.mark.parametrize("field", ["q", "near", "language", "keep"])
def test_nothing_that_is_asked_breaks_out_of_the_page(client: FlaskClient, field: str, words: str) -> None:
    page = client.get("/directory", query_string={field: words}).text
    assert "<script>alert" not in page and "<img src=x" not in page and ">49<" not in page


def test_without_a_directory_server_it_says_so_and_gives_numbers(config: Any) -> None:
    from web_widget.app import create_app

    page = create_app(config).test_client().get("/directory?q=food")
    assert page.status_code == 503 and "The search is not working right now" in page.text and "tel:999" in page.text


# --- the service's page


def test_a_service_s_page_says_everything(client: FlaskClient) -> None:
    page = text(client, BUMP_PAGE)
    for said in (
        "Report a problem with this page", "Bump Club", "Westmere Family Hubs", "Just turn up, at any stage of pregnancy.", "tel:01632960101", "Free",
        "Polish", "step-free", "Bailey Road", "Tuesday, 1pm to 3pm", "Checked in September 2026",
    ):  # fmt: skip
        assert said in page, said
    assert "openstreetmap.org" in page and "<iframe" not in page and "It is a while since" not in page


def configured_reload(client: FlaskClient) -> None:
    """Have the search take up what was imported."""
    client.application.extensions[EXTENSION].directory.reload()


def bare(**said: Any) -> ServiceRecord:
    """A service that says almost nothing."""
    return ServiceRecord(source="bare", id="one", name="Bare", summary="Help for families.", **said)


def test_a_service_that_nobody_knows_how_to_reach_says_whom_to_ask(client: FlaskClient) -> None:
    import_reading(Reading([bare()]), "bare", "westmere")
    page = text(client, "/directory/services/bare/one")
    assert "We do not know yet how to reach them. Ask Westmere Family Help:" in page and links(page, "01632 960003")
    assert "We do not know when this was last checked." in page and "Things may have changed." in page
    assert "It is a while since" not in page


def test_in_a_council_without_numbers_the_chat_is_offered_instead(config: WebConfig, directory_server: str) -> None:  # noqa: F811
    teams = {name: replace(getattr(config.council, name), phone=None) for name in ("early_help", "family_hub")}
    made = create_web(replace(config, council=replace(config.council, **teams), directory=DirectoryClient(directory_server)))
    import_reading(Reading([bare()]), "bare", "westmere")
    client = made.test_client()
    page = text(client, "/directory/services/bare/one")
    assert "We do not know yet how to reach them." in page and links(page, "Tell us in the chat")
    nothing = text(client, "/directory", need="send.young_carers", language="Klingon")
    assert "ask a person" not in nothing and links(nothing, "Tell us in the chat")


def test_a_service_without_a_phone_says_among_what_was_found_how_to_reach_it(client: FlaskClient) -> None:
    lines = [bare(text="07700 900555"), replace(bare(how_to_join="Just walk in."), id="two")]
    import_reading(Reading([replace(it, languages=("Cornish",)) for it in lines]), "bare", "westmere")
    configured_reload(client)
    found = text(client, "/directory", language="Cornish")
    assert "<dt>Text</dt><dd>07700 900555</dd>" in found and "<dt>How to join</dt><dd>Just walk in.</dd>" in found


def test_a_record_nobody_has_checked_for_long_says_so(client: FlaskClient) -> None:
    with travel("2027-06-01T12:00:00Z"):
        assert "It is a while since we checked this" in text(client, BUMP_PAGE)


def test_a_season_is_told_before_while_and_after(client: FlaskClient) -> None:
    path = "/directory/services/westmere/haf-christmas-curtain-up"
    for day, said in (
        ("2026-11-20", "Next: 21 to 24 December 2026, booking opens 23 November 2026."),
        ("2026-11-25", "Next: 21 to 24 December 2026, you can book now."),
        ("2026-12-22", "21 to 24 December 2026."),
        ("2027-01-02", "This ended on 24 December 2026, and we do not have new dates yet."),
    ):
        with travel(f"{day}T12:00:00Z"):
            assert said in text(client, path)


@pytest.mark.parametrize(
    ("place", "link", "exact"),
    [
        (ServicePlace(latitude=53.8763, longitude=-3.7689), f"{MAP}/?mlat=53.87630&mlon=-3.76890#map=17/53.87630/-3.76890", True),
        (ServicePlace(postcode="WN7 1AB"), f"{MAP}/search?query=WN7%201AB", True),
        (ServicePlace(place="Aldmoor", postcode="WM4 1AB"), f"{MAP}/#map=14/53.93950/-3.98700", False),
        (ServicePlace(location="Somewhere"), None, False),
    ],
)  # fmt: skip
def test_a_map_is_a_plain_link(place: ServicePlace, link: str | None, exact: bool) -> None:
    assert map_link(place, "westmere") == (link, exact)


def test_markup_and_odd_addresses_of_a_record_stay_harmless(client: FlaskClient) -> None:
    odd = ServiceRecord(
        source="odd", id="a/b c", name="<b>Odd</b>", description="x\n<i>y</i>", url="javascript:alert(1)", cost="Free"
    )
    import_reading(Reading([odd]), "odd", "westmere")
    page = client.get("/directory/services/odd/a%2Fb%20c").text
    assert "&lt;b&gt;Odd" in page and "&lt;i&gt;y" in page and "javascript:" not in page


def test_a_service_that_is_gone_is_said_so(client: FlaskClient) -> None:
    assert "not in our directory" in text(client, "/directory/services/nowhere/x", 404)


# --- the list


def test_a_list_is_kept_in_the_address_from_page_to_page(client: FlaskClient) -> None:
    page = text(client, "/directory?need=early_years.pregnancy")
    add = links(page, "Add to your list")[0]
    assert "keep=" in add and "need=early_years.pregnancy" in add and add.partition("#")[2].startswith("s")
    page = text(client, add.partition("#")[0])
    assert "On your list: 1 service." in page and links(page, "On your list. Take it off")
    service = links(page, "Bump Club")
    assert all("keep=" in link and "need=" in link for link in links(page, "Me and My Bump") + service)
    (to_list,) = links(page, "See your list")
    shown = text(client, to_list)
    (off,) = links(shown, "Take it off")
    assert "There is nothing on your list yet" in text(client, off)
    assert "need=early_years.pregnancy" in links(shown, "Find more services")[0]


def test_the_list_says_how_to_reach_each(client: FlaskClient) -> None:
    page = text(client, "/directory/list", keep=[BUMP, "westmere/smoke-free-bump"])
    for said in ("Bump Club", "tel:01632960101", "Smoke-free Bump", "07700 900102", "Tuesday, 1pm to 3pm", "Just turn up"):
        assert said in page
    assert page.index("Bump Club") < page.index("Smoke-free Bump")


def test_the_list_can_be_sent_as_plain_words(client: FlaskClient) -> None:
    (mail,) = links(text(client, "/directory/list", keep=[BUMP]), "Email this list")
    body = unquote(mail.partition("&body=")[2])
    assert mail.startswith("mailto:?subject=Help%20for%20families%20in%20Westmere")
    assert "Bump Club\r\n" in body and "Phone: 01632 960101" in body and "<" not in body
    address = body.rpartition(" ")[2]
    assert "Bump Club" in text(client, urlsplit(address).path + "?" + urlsplit(address).query)


def test_what_is_sent_says_how_to_reach_a_service_without_a_phone(client: FlaskClient) -> None:
    (mail,) = links(text(client, "/directory/list", keep=["westmere/text-a-school-nurse-westmere"]), "Email this list")
    assert re.search(r"Text a School Nurse\r\n.*\r\nText: 07700 90\d{4}\r\n", unquote(mail.partition("&body=")[2]), re.S)


def test_a_long_list_still_fits_into_an_e_mail_and_a_code(client: FlaskClient) -> None:
    first = text(client, "/directory?need=early_years.play_and_learning") + text(
        client, "/directory?need=early_years.play_and_learning&page=2"
    )
    keys = [unquote(key) for key in re.findall(r'<h3><a class="govuk-link" href="/directory/services/([^?"]+)', first)][
        :MOST_KEPT
    ]
    assert len(keys) == MOST_KEPT
    page = text(client, "/directory/list", keep=keys)
    assert len(links(page, "Email this list")[0]) < 2_400 and "QR code that opens this list" in page
    assert "Your list is full" in text(client, "/directory", keep=keys)


def test_what_has_gone_is_said_and_nonsense_is_left_out(client: FlaskClient) -> None:
    page = text(client, "/directory/list", keep=[BUMP, "westmere/no-such", "nonsense", "x" * 600 + "/y"])
    assert "One service has gone from our directory" in page and "Bump Club" in page


def test_the_code_leads_to_the_list_and_needs_no_style(client: FlaskClient) -> None:
    page = client.get("/directory/list", query_string={"keep": BUMP}).text
    drawing = draw("http://localhost/directory/list?keep=westmere/castle-fields-bump-club")
    assert drawing and drawing.path in page and "style=" not in page
    assert draw("x" * 5_000) is None


# --- reporting


def test_a_report_reaches_the_queue_and_asks_for_nobody(client: FlaskClient) -> None:
    form = text(client, "/directory/report/westmere/castle-fields-bump-club")
    assert set(words()["reports"]) == set(KINDS) and all(label in form for label in words()["reports"].values())
    sent = client.post("/directory/report/westmere/castle-fields-bump-club", data={"kind": "closed", "words": "shut in May"})
    assert sent.status_code == 200 and "We have your report" in sent.text and "Set-Cookie" not in sent.headers
    (it,) = open_reports()
    assert (it.service, it.kind, it.words) == ("castle-fields-bump-club", "closed", "shut in May")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Choose what is wrong."),
        ({"kind": "x"}, "Choose what is wrong."),
        ({"kind": "other", "words": "x" * 1001}, "Use fewer than 1,000"),
    ],
)
def test_a_report_that_cannot_be_is_refused_and_kept_in_the_form(client: FlaskClient, data: dict[str, str], said: str) -> None:
    answer = client.post("/directory/report/westmere/castle-fields-bump-club", data=data)
    assert answer.status_code == 422 and said in answer.text and "<title>Error:" in answer.text and open_reports() == []


def test_a_program_that_fills_in_everything_reports_nothing(client: FlaskClient) -> None:
    data = {"kind": "other", "words": "buy", "website": "http://spam.example"}
    assert "We have your report" in client.post("/directory/report/westmere/castle-fields-bump-club", data=data).text
    assert open_reports() == []


def test_a_service_that_is_not_there_cannot_be_reported(client: FlaskClient) -> None:
    assert client.post("/directory/report/westmere/no-such", data={"kind": "other"}).status_code == 404


def test_too_many_reports_are_slowed_down(config: Any, directory_server: Any) -> None:  # noqa: F811
    from dataclasses import replace

    from web_widget.app import create_app

    slow = create_app(replace(config, limits=replace(config.limits, report="2 per minute"))).test_client()
    answers = [
        slow.post("/directory/report/westmere/castle-fields-bump-club", data={"kind": "other"}).status_code for _ in range(3)
    ]
    assert answers == [200, 200, 429] and len(open_reports()) == 2


# --- what is said about the pages


@pytest.mark.parametrize("path", ["/accessibility", "/privacy"])
def test_the_statements_are_plain_dated_and_linked_from_every_page(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200 and "We last read this page against what our pages do on " in page.text
    prose = re.sub(r"<[^>]+>", " ", page.text[page.text.index("<main") : page.text.index("</main>")])
    for sentence in re.split(r"(?<=[.!?:])\s+", unescape(prose)):
        assert len(sentence.split()) <= 26, sentence
    for other in ("/", "/chat", "/directory", BUMP_PAGE, "/directory/list", "/privacy"):
        assert f'href="{path}"' in client.get(other).text
