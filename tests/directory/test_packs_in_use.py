"""A real council's pack, served: its names, its places, its services beside the national lines."""

import pytest
from click.testing import CliRunner
from invented_services import WordEncoder

import directory.encoder
import directory.load
from directory.commands import commands
from directory.contacts import council_now, for_danger
from directory.packs import pack
from directory.places import find_place


@pytest.fixture(autouse=True)
def wigan(monkeypatch):
    monkeypatch.setenv("SIGNPOST_COUNCIL", "wigan")
    monkeypatch.setattr(directory.encoder, "load_encoder", WordEncoder)
    monkeypatch.setattr(directory.load, "load_encoder", WordEncoder)


def run(name, *args):
    return CliRunner().invoke({command.name: command for command in commands()}[name], args)


def test_the_council_in_use_is_wigan():
    assert pack().name == "Wigan Council" and pack().early_help.name == "Start Well locality team"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Wigan", "Wigan"),
        ("wigan borough", "Wigan"),
        ("Leigh", "Leigh"),
        ("Leigh, Wigan", "Leigh"),
        ("near leigh", "Leigh"),
        ("WN7 1AB", "WN7"),
    ],
)
def test_its_places_are_known(typed, name):
    found = find_place(typed)
    assert found and found.name == name and 53.4 < found.latitude < 53.6


def test_a_team_that_has_no_name_yet_is_called_in_plain_words():
    assert pack().out_of_hours.name == "out-of-hours team" and "out_of_hours.name" in pack().to_supply


def test_danger_is_answered_with_people_who_have_a_number():
    assert council_now() == []
    for audience in ("parent", "young_person", "practitioner"):
        people = for_danger("child_abuse", audience)
        assert people and all(person.phone or person.text or person.sign_language for person in people)


def test_its_services_are_found_near_a_town():
    assert "7 added" in run("import", str(pack().services_csv)).output
    assert "Targeted Youth Support" in run("search", "targeted youth support", "--near", "Leigh", "--top", "1").output


def test_the_check_says_what_keeps_it_from_going_live():
    run("import", str(pack().services_csv))
    answer = run("check")
    assert answer.exit_code == 1 and "Wigan Council is not ready" in answer.output
    assert "front_door.phone is still for the council to supply" in answer.output
