"""What the packs of the four councils say: only what their strategies state."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from directory.files import COUNCILS, read_csv
from directory.needs import needs
from directory.packs import pack
from directory.places import towns
from directory.sources.csv_template import COLUMNS, read_csv_template

REAL = ("warrington", "worcestershire", "wigan", "cumbria")
EVERY = sorted(folder.parent.name for folder in COUNCILS.glob("*/council.yml"))


def said_in(code: str) -> list[tuple[Path, str]]:
    return [(file, file.read_text(encoding="utf-8")) for file in sorted(pack(code).folder.iterdir())]


def twice(things) -> list[str]:
    return [thing for thing, count in Counter(thing.casefold() for thing in things).items() if count > 1]


def test_there_is_a_pack_for_each_council_of_the_strategies_and_the_invented_one():
    assert set(EVERY) >= {*REAL, "westmere"}


@pytest.mark.parametrize("code", EVERY)
def test_a_pack_and_its_services_can_be_read_without_a_repair(code):
    reading = read_csv_template(pack(code).services_csv, code, code)
    assert reading.records and not reading.refused and not reading.repaired


@pytest.mark.parametrize("code", EVERY)
def test_no_row_of_services_or_places_has_a_cell_too_many_or_too_few(code):
    for name in ("services.csv", "places.csv"):
        file = pack(code).folder / name
        if file.exists():
            with file.open(encoding="utf-8", newline="") as opened:
                header, *rows = csv.reader(opened)
            assert not [row for row in rows if len(row) != len(header)]


@pytest.mark.parametrize("code", EVERY)
def test_nothing_is_stated_twice(code):
    here = pack(code)
    services = read_csv_template(here.services_csv, code, code).records
    assert not twice(group.group for group in here.at_risk)
    assert not twice(measure.text for measure in here.measures)
    assert not twice([programme.name for programme in here.programmes])
    assert not twice(term.term for term in here.glossary)
    assert not twice(f"{service.name}, {service.organisation}" for service in services)
    assert not {programme.name for programme in here.programmes} & {service.name for service in services}
    assert not twice(str(level.number) for level in here.levels)


@pytest.mark.parametrize("code", EVERY)
def test_every_need_that_a_pack_names_exists(code):
    rows = read_csv(pack(code).services_csv)
    named = {part.strip() for row in rows for part in row["needs"].split(";") if part.strip()}
    named |= {need for group in pack(code).at_risk for need in group.needs}
    assert named <= set(needs())


@pytest.mark.parametrize("code", EVERY)
def test_groups_measures_levels_and_programmes_name_one_of_the_packs_strategies(code):
    here = pack(code)
    codes = {strategy.code for strategy in here.strategies}
    named = [item.source for item in (*here.at_risk, *here.measures, *here.programmes)]
    named += [level.source for level in here.levels if code in REAL or level.source]
    assert not [source for source in named if source.split(" ")[0] not in codes]


@pytest.mark.parametrize("code", REAL)
def test_every_service_of_the_four_packs_names_where_it_is_stated(code):
    codes = {strategy.code for strategy in pack(code).strategies}
    rows = read_csv(pack(code).services_csv)
    assert set(rows[0]) == {*COLUMNS, "source"}
    assert not [row["id"] for row in rows if row["source"].split(" ")[0].rstrip(",") not in codes]


@pytest.mark.parametrize("code", REAL)
def test_the_four_packs_hold_no_telephone_number_because_no_strategy_states_one(code):
    for file, text in said_in(code):
        assert not re.findall(r"(?:\+44|\b0)\d[\d ()-]{7,}\d", text), file.name


@pytest.mark.parametrize("code", REAL)
def test_the_four_packs_hold_no_address_of_mail_and_only_a_page_that_a_strategy_gives(code):
    for file, text in said_in(code):
        assert "@" not in text, file.name
        assert set(re.findall(r"https?://([^/\s,\"]+)", text)) <= {"www.worcestershire.gov.uk"}, file.name


@pytest.mark.parametrize("code", REAL)
def test_the_four_packs_give_no_building_no_times_and_no_day_of_checking(code):
    made_up = ("location", "address", "postcode", "times", "cost", "languages", "accessibility", "assured_date", "starts", "ends")
    assert not [(row["id"], column) for row in read_csv(pack(code).services_csv) for column in made_up if row[column]]


@pytest.mark.parametrize("code", REAL)
def test_nobody_reads_requests_in_the_four_councils_yet(code):
    assert not pack(code).handover.staffed and pack(code).handover.keep_days is None
    assert not any(pack(code).handover.consent.values()) and not any(pack(code).response_times.values())


@pytest.mark.parametrize("code", REAL)
def test_a_place_of_the_four_packs_has_its_point_from_the_postcode_districts(code):
    file = pack(code).folder / "places.csv"
    for row in read_csv(file) if file.exists() else []:
        known = towns()[row["name"].lower()]
        assert (float(row["latitude"]), float(row["longitude"])) == (known.latitude, known.longitude)
        assert "outcodes.csv" in row["source"]


def test_levels_of_need_are_called_as_each_council_calls_them():
    assert [level.name for level in pack("cumbria").levels] == [
        "Thriving", "Getting Help", "Getting More Help", "Statutory Intervention",
    ]  # fmt: skip
    assert [level.number for level in pack("warrington").levels] == [1, 2, 3, 4]
    assert [level.name for level in pack("worcestershire").levels][1:3] == ["Additional", "Targeted Support"]
    assert [level.number for level in pack("wigan").levels] == [3]  # its strategy speaks of no other


@pytest.mark.parametrize(
    ("code", "door", "assessment"),
    [
        ("warrington", "MASH", "early help assessment"),
        ("worcestershire", "Family Front Door", "Early Help Assessment"),
        ("wigan", "Integrated Front Door", "Early Help Assessment"),
        ("cumbria", "Multi-Agency Safeguarding Hub", "Early Help Assessment - Signs of Well-being and Success"),
    ],
)
def test_the_front_door_and_the_assessment_have_their_names(code, door, assessment):
    assert pack(code).front_door.name.startswith(door) and pack(code).process["assessment"] == assessment


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (
            "wigan",
            {"Start Well Family Centres", "Start Well locality teams", "Targeted Youth Support", "Multi Agency Referral Hub"},
        ),
        ("worcestershire", {"GET SAFE", "Reach 4 Wellbeing", "Here2Help", "Starting Well Partnership Services", "Local Offer"}),
        ("cumbria", {"0-19 Healthy Child Programme", "Team around the School", "Early Help consultancy"}),
        ("warrington", {"Early help support team", "Health Visiting & School Nursing Service"}),
    ],
)
def test_teams_and_programmes_are_there_as_services(code, names):
    assert names <= {row["name"] for row in read_csv(pack(code).services_csv)}


def test_worcestershires_older_strategy_is_marked_as_replaced():
    older = {strategy.code: strategy.replaced_by for strategy in pack("worcestershire").strategies}
    assert older == {"Wo22": None, "Wo17": "Wo22"}
