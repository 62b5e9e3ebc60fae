"""What keeps a council from going live, and what somebody should look at."""

from dataclasses import replace
from datetime import date

import pytest
from invented_services import service

from directory.packs import pack
from directory.readiness import what_keeps_from_going_live
from directory.settings import settings
from directory.sources.csv_template import read_csv_template

REAL = ("warrington", "worcestershire", "wigan", "cumbria")
TODAY = date(2026, 11, 22)
GOOD = service(
    "play", name="Play", phone="01942 244991", url="https://www.wigan.gov.uk", needs=("community.family_hub",), assured_date=TODAY
)


def problems(code="westmere", services=(), severity=None, **changes):
    found = what_keeps_from_going_live(replace(pack(code), **changes), services, today=TODAY)
    return [problem for problem in found if severity in (None, problem.severity)]


def said(found) -> str:
    return "\n".join(problem.what for problem in found)


def own_services(code):
    return read_csv_template(pack(code).services_csv, code, code).records


def test_the_invented_council_is_ready():
    assert not problems(services=own_services("westmere"), severity="must")


@pytest.mark.parametrize("code", REAL)
def test_everything_to_supply_or_to_confirm_is_listed_with_what_to_do(code):
    found = problems(code, own_services(code), "must")
    listed = said(found)
    assert pack(code).to_supply and not [key for key in pack(code).to_supply if key not in listed]
    assert not [item for item in pack(code).to_confirm if item not in listed]
    assert all(problem.fix.strip() for problem in found)


def test_cumbria_is_never_ready_however_complete_it_is():
    found = problems(services=own_services("westmere"), severity="must", never_ready=pack("cumbria").never_ready)
    assert len(found) == 1 and "Cumberland Council and Westmorland and Furness Council" in found[0].what


def test_only_cumbria_can_never_be_ready():
    assert [code for code in ("westmere", *REAL) if pack(code).never_ready] == ["cumbria"]


def test_what_must_be_mended_comes_before_what_to_look_at():
    severities = [problem.severity for problem in problems("wigan", own_services("wigan"))]
    assert severities == sorted(severities, key=lambda severity: severity != "must") and set(severities) == {"must", "look"}


def test_a_council_nobody_can_ring_about_a_child_is_not_ready():
    assert "neither the front door nor the out-of-hours team has a number" in said(problems("wigan", severity="must"))


def test_words_nobody_approved_keep_a_council_from_going_live():
    nobody = replace(pack("westmere").approved_by, date=None)
    assert "Nobody at the council has approved" in said(problems(approved_by=nobody, severity="must"))


@pytest.mark.parametrize("code", REAL)
def test_a_language_nobody_at_the_council_has_approved_is_to_look_at(code):
    assert not pack(code).approved_languages
    looked = said(problems(code, severity="look"))
    assert (
        "Families who write in Polish, Romanian, Urdu, Punjabi, Bengali, Arabic, Ukrainian, Portuguese, Spanish, Welsh" in looked
    )


def test_only_the_languages_that_are_left_are_to_look_at():
    assert "plain English" not in said(problems())
    looked = said(problems(approved_languages=("pl", "ro", "ur", "pa", "bn", "ar", "uk", "pt", "es"), severity="look"))
    assert "Families who write in Welsh see plain English" in looked


def test_a_handover_nobody_staffs_is_to_look_at_and_one_without_words_of_consent_must_be_mended():
    handover = pack("westmere").handover
    assert "not staffed" in said(problems(handover=replace(handover, staffed=False), severity="look"))
    silent = replace(handover, consent={**handover.consent, "young_person": None})
    assert "no words of consent for young_person" in said(problems(handover=silent, severity="must"))


def test_a_strategy_whose_years_are_over_and_one_that_was_replaced_are_to_look_at():
    looked = said(problems("worcestershire", severity="look"))
    assert "spoke for the years to 2025" in looked and "which Wo22 has replaced" in looked
    assert "spoke for" not in said(problems())


@pytest.mark.parametrize(
    ("secret", "says"),
    [("", "not set"), ("brief", "too short"), ("a secret made for trying out, long enough", "made for trying out")],
)
def test_a_secret_for_development_keeps_a_council_from_going_live(house, monkeypatch, secret, says):
    (house / "secret").write_text("a secret made for trying out, long enough\n")
    monkeypatch.setenv("SIGNPOST_SECRET", secret)
    found = [p for p in problems(severity="must") if "SIGNPOST_SECRET" in p.what]
    assert len(found) == 1 and says in found[0].what and "secrets.token_hex" in found[0].fix
    assert not secret or secret not in found[0].what


def test_a_secret_of_its_own_is_well():
    assert len(settings().secret_text) >= 32 and "SIGNPOST_SECRET" not in said(problems())


def test_a_directory_without_services_of_its_own_is_not_ready():
    assert "no services of the council's own" in said(problems(services=[replace(GOOD, status="retired")], severity="must"))


@pytest.mark.parametrize(
    ("changes", "severity", "says"),
    [
        ({"phone": "", "url": ""}, "must", "no way to reach it"),
        ({"phone": ""}, "look", "no number to ring or text"),
        ({"email": "nobody@noemail.invalid"}, "must", "noemail.invalid reaches nobody"),
        ({"url": "http://www.example.com"}, "must", "http://www.example.com reaches nobody"),
        ({"url": "https://hubs.example.org/play"}, "must", "reaches nobody"),
        ({"phone": "01632 960123"}, "must", "a number for drama"),
        ({"needs": ()}, "look", "answers no need"),
        ({"ends": date(2026, 8, 31)}, "look", "ended on 2026-08-31"),
        ({"assured_date": None}, "look", "nobody knows when it was last checked"),
        ({"assured_date": date(2026, 1, 5)}, "look", "last checked 2026-01-05"),
        ({"assured_date": date(2027, 1, 5)}, "must", "a day that is still to come"),
        ({"booking_opens": date(2026, 12, 20), "starts": date(2026, 12, 1)}, "must", "dates are the wrong way round"),
        ({"starts": date(2026, 12, 20), "ends": date(2026, 12, 1)}, "must", "dates are the wrong way round"),
        ({"email": "help@wigan.gcsx.gov.uk"}, "must", "help@wigan.gcsx.gov.uk reaches nobody"),
        ({"url": "http://intranet/hubs"}, "must", "http://intranet/hubs reaches nobody"),
        ({"url": "http://192.168.1.20/hubs"}, "must", "http://192.168.1.20/hubs reaches nobody"),
        ({"phone": "01942 2449"}, "look", "does not look like a whole number"),
    ],
)
def test_a_fault_of_a_record_is_told(changes, severity, says):
    faults = [p for p in problems("wigan", [replace(GOOD, **changes)]) if p.what.startswith(GOOD.key)]
    assert [p.severity for p in faults] == [severity] and says in faults[0].what


@pytest.mark.parametrize("number", ["0800 1111", "116 123", "111, then option 2", "+44 (0)1942 244 991", "(01942) 244991 ext 3"])
def test_a_number_as_people_write_it_is_no_fault(number):
    assert not [p for p in problems("wigan", [replace(GOOD, phone=number)]) if p.what.startswith(GOOD.key)]


def test_a_group_at_risk_that_no_service_of_the_council_is_for_is_told():
    looked = said(problems("warrington", own_services("warrington"), "look"))
    assert "look out for: Young carers" in looked
    assert "health problem, or whose parents" not in looked  # CAMHS is for them


def test_a_good_record_has_no_fault_and_one_said_twice_is_told():
    assert GOOD.key not in said(problems("wigan", [GOOD]))
    assert "is it one service?" in said(problems("wigan", [GOOD, replace(GOOD, id="play-2", name="PLAY.")], "look"))
    assert "feed/play, wigan/play: the same name" in said(
        problems("wigan", [replace(GOOD, source="feed"), replace(GOOD, source="wigan")])
    )


def test_addresses_that_reach_nobody_are_as_they_should_be_in_the_invented_council():
    invented = replace(GOOD, phone="01632 960123", url="https://hubs.westmere.example.org/play")
    assert "reaches nobody" not in said(problems(services=[invented])) and "drama" not in said(problems(services=[invented]))
