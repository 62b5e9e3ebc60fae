from pathlib import Path

import pytest
import yaml

from directory.packs import PackError, pack, read_pack

WESTMERE = pack("westmere")


@pytest.fixture
def written(tmp_path: Path):
    """Writes a copy of Westmere's council.yml with changes, and reads it."""
    data = yaml.safe_load((WESTMERE.folder / "council.yml").read_text())

    def read(change):
        change(data)
        folder = tmp_path / "copy"
        folder.mkdir(exist_ok=True)
        (folder / "council.yml").write_text(yaml.safe_dump(data))
        (folder / "places.csv").write_text((WESTMERE.folder / "places.csv").read_text())
        return read_pack(folder)

    return read


def test_westmere_is_complete():
    assert WESTMERE.to_supply == ()
    assert WESTMERE.front_door.phone == "01632 960001" and WESTMERE.handover.staffed
    assert [level.number for level in WESTMERE.levels] == [1, 2, 3, 4]
    assert "Aldmoor" in WESTMERE.localities[0].places
    assert all(WESTMERE.handover.consent.values()) and all(WESTMERE.handover.what_happens_next.values())


def test_every_number_of_the_invented_council_is_from_the_range_for_drama():
    teams = (WESTMERE.front_door, WESTMERE.out_of_hours, WESTMERE.early_help, WESTMERE.consultancy, WESTMERE.family_hub)
    assert all(team.phone.startswith("01632 960") for team in teams)


def test_an_unknown_council_names_those_there_are():
    with pytest.raises(PackError, match="Packs here: .*westmere"):
        pack("atlantis")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d.pop("front_door"), "key front_door: this is missing"),
        (lambda d: d["front_door"].pop("phone"), "key front_door.phone: this is missing"),
        (lambda d: d["front_door"].update(phone=1632960001), "key front_door.phone: a text is needed.*quotes"),
        (lambda d: d["front_door"].update(hours="whenever"), "key front_door.hours: 'whenever' is not opening hours"),
        (lambda d: d["handover"].update(staffed="perhaps"), "key handover.staffed: true or false"),
        (lambda d: d["handover"].update(keep_days=0), "key handover.keep_days: a whole number above 0"),
        (lambda d: d["handover"]["consent"].pop("young_person"), "key handover.consent.young_person: this is missing"),
        (lambda d: d["approved_by"].update(date="soon"), "key approved_by.date: a date such as"),
        (lambda d: d["sites"].append("https://a.example.org/page"), r"key sites\[3\]: .* is not a site"),
        (lambda d: d.update(colour="blue"), "key colour: nothing reads this key"),
        (lambda d: d["approved_languages"].append("fr"), "key approved_languages: there are no words in fr; choose from pl"),
        (lambda d: d["localities"].pop(), "key localities: places.csv speaks of South"),
        (lambda d: d.update(levels="four"), "key levels: a list is needed"),
    ],
)
def test_a_fault_names_the_file_and_the_key(written, change, says):
    with pytest.raises(PackError, match=f"council.yml, {says}"):
        written(change)


def test_what_is_left_to_the_council_is_listed(written):
    found = written(lambda d: d["early_help"].update(phone="TO SUPPLY"))
    assert found.early_help.phone is None and found.to_supply == ("early_help.phone",)


def test_a_file_that_is_no_yaml_is_said_to_be_none(tmp_path):
    (tmp_path / "council.yml").write_text("name: [")
    with pytest.raises(PackError, match="It is not YAML"):
        read_pack(tmp_path)
