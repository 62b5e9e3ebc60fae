import pytest

from directory.places import distance_km, find_place, is_elsewhere


@pytest.mark.parametrize(
    ("typed", "name", "locality"),
    [
        ("Aldmoor", "Aldmoor", "North"),
        ("  ALDMOOR!! ", "Aldmoor", "North"),
        ("in aldmoor", "Aldmoor", "North"),
        ("we live near Aldmoor", "Aldmoor", "North"),
        ("aldmor", "Aldmoor", "North"),
        ("the Quarry", "Quarry End", "North"),
        ("castlefields", "Castle Fields", "Central"),
        ("town centre", "Harrowmere Market", "Central"),
        ("12 Tannery Lane, Aldmoor", "Aldmoor", "North"),
        ("Aldmoor town centre", "Aldmoor", "North"),
        ("Harrowmere Market in the rain", "Harrowmere Market", "Central"),
        ("WM4 1AB", "WM4", "North"),
        ("wm41ab", "WM4", "North"),
        ("WM12", "WM12", "South"),
        ("WA1", "WA1", None),
        ("Leigh", "Leigh", None),
        ("st. helens", "St Helens", None),
    ],
)
def test_a_place_is_known_as_people_type_it(typed, name, locality):
    found = find_place(typed)
    assert found and (found.name, found.locality) == (name, locality)


@pytest.mark.parametrize("typed", ["", "   ", "home", "my nan's", "school", "WM99", "zzyzx", "😀", "1", "x" * 5000])
def test_what_is_no_place_we_know_is_none(typed):
    assert find_place(typed) is None


def test_leeds_is_the_city_and_not_the_village_in_kent():
    leeds = find_place("Leeds")
    assert leeds and leeds.latitude > 53


def test_another_council_does_not_know_our_estates():
    assert find_place("Quarry End", council="elsewhere") is None


def test_aldmoor_and_thornbeck_are_21_km_apart():
    assert round(distance_km(find_place("Aldmoor"), find_place("Thornbeck"))) == 21


@pytest.mark.parametrize(("town", "elsewhere"), [("Manchester", True), ("Penzance", True), ("Aldmoor", False)])
def test_a_place_an_hour_away_is_another_councils(town: str, elsewhere: bool) -> None:
    place = find_place(town, "westmere")
    assert place and is_elsewhere(place, "westmere") is elsewhere


def test_where_a_pack_names_no_places_nothing_is_elsewhere() -> None:
    place = find_place("Penzance", "cumbria")
    assert place and not is_elsewhere(place, "cumbria")
