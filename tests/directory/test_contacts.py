"""Which people for which danger: complete, at every hour of a week, for everybody who asks."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest

from directory.contacts import AUDIENCES, DANGERS, contact, emergency_contacts, for_danger, open_now, registry, shown
from directory.files import DATA, read_csv, read_yaml
from directory.helplines import CHECK_HOURS, helplines
from directory.hours import LONDON
from directory.packs import pack

MONDAY = datetime(2026, 11, 23, tzinfo=LONDON)
NIGHT = MONDAY + timedelta(hours=3)
NOON = MONDAY + timedelta(hours=12)
CHRISTMAS = datetime(2026, 12, 25, 12, tzinfo=LONDON)
WEEK = [MONDAY + timedelta(hours=hour) for hour in range(168)]


def ids(*asked, **more) -> list[str]:
    return [it.id for it in for_danger(*asked, **more)]


def test_the_table_has_a_row_for_every_danger_and_audience_and_no_other():
    table = read_yaml(DATA / "danger_contacts.yml")
    assert set(table) == set(DANGERS) and all(set(row) == set(AUDIENCES) for row in table.values())


def test_the_table_names_only_contacts_of_the_registry():
    known = {*registry(), "council"}
    table = read_yaml(DATA / "danger_contacts.yml")
    assert not {name for row in table.values() for names in row.values() for name in names} - known


@pytest.mark.parametrize(("kind", "audience"), product(DANGERS, AUDIENCES))
def test_somebody_besides_999_answers_at_every_hour_of_a_week(kind, audience):
    for at in (*WEEK, CHRISTMAS):
        for immediate in (False, True):
            found = for_danger(kind, audience, at, immediate=immediate)
            assert any(open_now(it, at) and not it.id.startswith("emergency") for it in found), f"nobody answers at {at}"
            assert all(shown(it) for it in found)
            assert open_now(found[0], at) is not False, f"the first to call is closed at {at}"
            if immediate:
                assert found[0].id == "emergency-999"


@pytest.mark.parametrize("kind", DANGERS)
def test_a_young_person_is_told_of_childline_first_unless_life_is_at_risk(kind):
    found = ids(kind, "young_person", NIGHT)
    assert "childline" in found[:3] if found[0] == "emergency-999" else found[0] == "childline"


@pytest.mark.parametrize("kind", sorted(set(DANGERS) - {"medical_emergency", "radicalisation", "perpetrator"}))
def test_whoever_has_not_said_who_they_are_may_be_a_child_and_is_told_of_childline(kind):
    assert "childline" in ids(kind, "other", NIGHT)


def test_worry_about_a_child_goes_to_the_front_door_by_day_and_to_its_night_team_after():
    assert ids("child_abuse", "parent", NOON)[:2] == ["front_door", "nspcc"]
    assert ids("child_abuse", "parent", NIGHT)[:2] == ["out_of_hours", "nspcc"]
    assert ids("child_abuse", "parent", CHRISTMAS)[0] == "out_of_hours"


@pytest.mark.parametrize("kind", ["domestic_abuse", "child_abuse", "violence", "forced_marriage_fgm"])
def test_somebody_who_must_not_be_heard_can_reach_999_without_speaking(kind):
    for immediate in (False, True):
        found = ids(kind, "parent", NIGHT, immediate=immediate)
        assert found.index("emergency-999") < found.index("emergency-999-text") < found.index("emergency-999-bsl")


def test_a_deaf_person_in_danger_of_any_kind_is_given_999_in_sign_language():
    for kind in DANGERS:
        assert "emergency-999-bsl" in ids(kind, "other", NIGHT, immediate=True)
    signed = contact("emergency-999-bsl").as_dict(NIGHT)
    assert signed["phone"] is None and signed["url"] and signed["open_now"]


def test_a_closed_line_comes_last_and_says_when_it_opens():
    found = for_danger("eating_disorder_danger", "parent", NIGHT)
    beat = next(it for it in found if it.id == "beat")
    assert found.index(beat) > found.index(contact("nhs-111"))
    assert beat.as_dict(NIGHT)["hours"].endswith("(closed now, opens today at 3pm)")


def test_a_council_without_numbers_leaves_101_and_nspcc():
    bare = pack("westmere")
    bare = replace(bare, front_door=replace(bare.front_door, phone=None), out_of_hours=replace(bare.out_of_hours, phone=None))
    for kind, audience in product(DANGERS, AUDIENCES):
        found = for_danger(kind, audience, NIGHT, bare)
        assert any(open_now(it, NIGHT) and not it.id.startswith("emergency") for it in found)
        assert not any(it.council and it.phone is None for it in found)


def test_somebody_unknown_is_answered_too():
    assert ids("suicide", None, NIGHT) == ids("suicide", "other", NIGHT)


@pytest.mark.parametrize("name", ["carers-uk", "modern-slavery", "council-front-door", "kooth", "healthy-start"])
def test_what_is_not_confirmed_or_has_no_number_is_not_shown(name):
    assert not shown(contact(name))


@pytest.mark.parametrize("name", ["nspcc", "mens-advice-line", "missing-people", "shelter"])
def test_where_hours_are_in_doubt_nobody_is_told_that_it_is_open(name):
    told = contact(name).as_dict(NOON)
    assert told["open_now"] is None and told["hours"] == CHECK_HOURS


def test_every_row_of_the_registry_says_who_answers_for_it_and_where_it_comes_from():
    assert all(line.owner and line.checked for line in helplines().values())
    for row in read_csv(DATA / "helplines.csv"):
        assert row["source"] and row["confidence"] and row["audience"], row["id"]
        assert row["area"] or row["id"].startswith("council-"), row["id"]


def test_the_emergency_numbers_are_always_at_hand():
    assert [it.id for it in emergency_contacts(NIGHT)] == [
        "emergency-999", "nhs-111", "childline", "samaritans", "shout", "refuge", "out_of_hours",
        "emergency-999-text", "emergency-999-bsl",
    ]  # fmt: skip


def test_a_contact_is_told_in_the_words_of_the_contract():
    assert contact("shout").as_dict(NIGHT) == {
        "name": "Shout (by text)",
        "phone": None,
        "text": "SHOUT to 85258",
        "url": "https://giveusashout.org",
        "hours": "24 hours a day, every day",
        "open_now": True,
    }
