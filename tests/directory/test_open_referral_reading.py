import contextlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from samples import COUNTS, SAMPLES, dirty, read_one, read_sample

from directory.hours import parse_hours
from directory.service import AUDIENCES, DELIVERIES, KINDS, REFERRALS, STATUSES
from directory.sources.faults import SourceError
from directory.sources.open_referral_items import read_items


@pytest.mark.parametrize("name", COUNTS)
def test_every_sample_is_read(name):
    reading = read_sample(name)
    assert (len(reading.records), len(reading.repaired), len(reading.refused)) == COUNTS[name]


def test_no_sample_is_left_out():
    files = {str(file.relative_to(SAMPLES)) for file in SAMPLES.glob("*/*")}
    assert files - set(COUNTS) == {"oruk-v3/taxonomy.json", "outpost/services.csv"}  # a taxonomy, and a template with no rows


@pytest.mark.parametrize("name", ["oruk-v3/taxonomy.json", "outpost/services.csv"])
def test_what_holds_no_services_is_one_clear_error(name):
    with pytest.raises(SourceError, match="services"):
        read_sample(name)


def test_version_3_says_all_this():
    record = read_sample("oruk-v3/service_full.json").records[0]
    assert record.id == "ac148810-d857-441c-9679-408f346de14b" and record.name == "Community Counselling"
    assert (record.min_age, record.max_age, record.assured_date) == (12, 100, date(2005, 1, 1))
    assert record.organisation == "Example Organization Inc."
    place = record.places[0]
    assert (place.location, place.address, place.postcode) == ("MyCity Civic Center", "1-30 Main Street, MyCity", "ABC 1234")
    assert place.times == ("Thu,Fri 10:00-18:00",) and place.latitude is None
    assert {"accreditations", "alert", "funding", "schedules", "attributes"} <= record.open_referral.keys()


def test_hsds_says_more():
    record = read_sample("hsds-3.0/service_full.json").records[0]
    assert record.phone == "+44 1234 234567 ext 100" and record.languages == ("Urdu",)
    assert record.eligibility.startswith("This service is intended") and record.how_to_join.startswith(
        "If you are an NHS patient"
    )


def test_a_real_council_s_twenty_services():
    by_id = {record.id: record for record in read_sample("scout-x-bucks/services.json").records}
    brownies = by_id["1"]
    assert (brownies.name, brownies.min_age, brownies.max_age, brownies.send) == ("12th Aylesbury Brownies", 5, 11, True)
    assert brownies.places[0].times == ("Mon 10:00-17:00",) and brownies.places[0].latitude == 51.811001
    assert all(place.latitude != 0 for record in by_id.values() for place in record.places)
    assert not any("Nationwide" in place.address for record in by_id.values() for place in record.places)


def test_outpost_s_rows_become_services_with_all_their_parts():
    first, second = read_sample("outpost/services_valid.csv").records
    assert first.status == "retired" and first.referral == "professional"  # it says that it is not visible
    assert [place.location for place in first.places] == ["Venue or building name", "Second Venue or building name"]
    assert first.cost == "Who is this fee for?: £1 per half day; OAP: Free" and first.send
    assert "Private Contact" not in str(first)
    assert second.cost == "Free" and "Hearing loop" in second.accessibility and second.phone == "34234"


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ({"description": "<p><br></p>"}, "description", ""),
        ({"description": "<h2>Us</h2><p>One</p><script>alert(1)</script>"}, "description", "Us\n\nOne"),
        ({"description": '<img src="data:image/png;base64,' + "A" * 145_000 + '">Hi'}, "description", "Hi"),
        ({"minimum_age": -1, "maximum_age": -1}, "min_age", None),
        ({"minimum_age": 9, "maximum_age": 5}, "max_age", None),
        ({"minimum_age": 0, "maximum_age": 0}, "max_age", None),
        ({"eligibilitys": [{"minimum_age": 5, "maximum_age": 8}, {"minimum_age": 4, "maximum_age": 11}]}, "max_age", 11),
        ({"eligibilitys": [{"minimum_age": 5}, {"eligibility": "anyone"}]}, "min_age", None),
        ({"assured_date": "02/10/2026"}, "assured_date", date(2026, 10, 2)),
        ({"pc_metadata": {"date_assured": "2026-10-02"}}, "assured_date", date(2026, 10, 2)),
        ({"email": "x@noemail.invalid"}, "email", ""),
        ({"email": "x@noemail.invalid", "contacts": [{"email": "hub@west.org.uk"}]}, "email", "hub@west.org.uk"),
        ({"url": "http://www.example.com"}, "url", ""),
        ({"url": "www.west.org.uk"}, "url", "http://www.west.org.uk"),
        ({"contacts": [{"phones": [{"number": "tbc"}, {"number": "01632 960123"}]}]}, "phone", "01632 960123"),
        ({"phones": [{"number": "07700 900123", "type": "sms"}]}, "text", "07700 900123"),
        ({"pc_targetAudience": [{"audienceType": "Homeless"}, {"audienceType": "Older people"}]}, "audience", ("older_people",)),
        ({"pc_targetAudience": ["Parents/Carers", "LGBTQ+"]}, "audience", ("parents", "lgbt")),
        ({"fees": "No charge."}, "cost", "Free"),
        ({"cost_options": [{"amount": 0}]}, "cost", "Free"),
        ({"cost_options": [{"option": "Adults", "amount": 2.5, "amount_description": "a session"}]}, "cost",
         "Adults: £2.50 a session"),
        ({"status": "temporarily closed"}, "status", "retired"),
        ({"attending_type": "phone, home visit"}, "delivery", ("phone", "home_visit")),
        ({"service_areas": [{"name": "Bristol"}, {"name": "Aldmoor"}]}, "areas", ("Aldmoor",)),
        ({"name": "  Stay\nand   <b>Play</b> "}, "name", "Stay and Play"),
        ({"organization": None}, "organisation", ""),
    ],
)  # fmt: skip
def test_dirt_is_survived_and_what_is_good_is_kept(said, field, value):
    assert getattr(read_one(**said), field) == value


@pytest.mark.parametrize(
    ("schedules", "times"),
    [
        ([{"weekday": 1, "opens_at": "09:30:00", "closes_at": "11:30"}], ("Mon 09:30-11:30",)),
        ([{"weekday": "Tuesday", "opens_at": "9am", "closes_at": "1.30pm"}], ("Tue 09:00-13:30",)),
        ([{"byday": "MO,WE", "opens_at": "10:00", "closes_at": "12:00", "description": "Term-time only"}],
         ("Mon,Wed 10:00-12:00 term",)),
        ([{"byday": "1TU", "freq": "MONTHLY", "opens_at": "10:00", "closes_at": "12:00"}],
         ("The first Tue of the month, 10:00 to 12:00",)),
        ([{"byday": "TU", "interval": 2, "opens_at": "10:00", "closes_at": "12:00"}], ("Every 2 weeks, Tue, 10:00 to 12:00",)),
        ([{"description": "When it is dry; ask us"}], ("When it is dry, ask us",)),
        ([{"byday": "TU", "opens_at": "hh:mm", "closes_at": "25:99"}], ()),
    ],
)  # fmt: skip
def test_times_are_read_as_hours_where_they_are_hours(schedules, times):
    record = read_one(regular_schedules=schedules)
    assert tuple(time for place in record.places for time in place.times) == times
    if times and times[0][:3] in {"Mon", "Tue"}:
        parse_hours(times[0])


def test_a_point_whose_numbers_changed_places_is_put_right_and_one_abroad_is_not_believed():
    at = [{"location": {"name": "A", "latitude": -0.79, "longitude": 51.81}},
          {"location": {"name": "B", "latitude": 40.7, "longitude": -74.0}}]  # fmt: skip
    first, second = read_one(service_at_locations=at).places
    assert (first.latitude, first.longitude) == (51.81, -0.79) and second.latitude is None


def test_a_place_that_must_not_be_found_is_nowhere_in_the_record():
    location = {"id": 1, "name": "Rose House", "address_1": "4 Hidden Lane", "city": "Aylesbury", "postal_code": "HP21 7JF",
                "geometry": {"coordinates": [-0.790659, 51.811001]}, "mask_exact_address": True}  # fmt: skip
    record = read_one(locations=[location])
    assert record.places[0].address == "Aylesbury" and record.places[0].postcode == "HP21"
    assert not any(secret in str(record) for secret in ("Hidden", "Rose", "7JF", "51.81"))


@pytest.mark.parametrize(
    ("description", "kept", "says"),
    [
        (f'<p>Come.</p><img src="data:image/png;base64,{"iVBOR" * 29_000}"><p>Play.</p>', "Come.\n\nPlay.", "a picture"),
        ("<p><br></p>", "", "holds no words"),
        ("word " * 30_000, ("word " * 4_000).strip(), "longer than 20,000"),
        ("<p>Come and <b>play</b>.</p>", "Come and play.", None),
    ],
)
def test_what_was_cut_from_a_description_is_told(description, kept, says):
    reading = read_items([dirty(description=description)], "feed", None)
    assert reading.records[0].description == kept
    assert [says in remark.what for remark in reading.repaired] == ([True] if says else [])


def test_somebody_s_private_contact_is_nowhere_in_the_record():
    record = read_one(contacts=[{"name": "Ann", "phones": [{"number": "01632 960999"}], "personal_data": True}])
    assert "Ann" not in str(record) and record.phone == ""


def test_what_has_no_column_is_kept():
    record = read_one(pc_targetAudience=[{"audienceType": "Homeless"}], colour="blue", reviews=[{"score": 5}])
    kept = record.open_referral
    assert kept["pc_targetAudience"] == [{"audienceType": "Homeless"}] and kept["colour"] == "blue" and kept["reviews"]
    assert kept["organization"] == {"id": "o"}


def test_a_record_without_a_name_or_id_is_refused_with_its_reason():
    reading = read_items([dirty(name=" "), dirty(id=None), dirty(id="ok"), "hello", None, 5], "feed", None)
    assert [record.id for record in reading.records] == ["ok"]
    assert [(remark.record, remark.what) for remark in reading.refused][:2] == [
        ("d", "it has no name"), ("record 2", "it has no id (Dirty)")
    ]  # fmt: skip
    assert len(reading.refused) == 5


def test_a_service_that_comes_twice_is_one_with_the_places_of_both():
    twice = [dirty(locations=[{"name": "Hall"}]), dirty(locations=[{"name": "Hall"}]), dirty(locations=[{"name": "Hub"}])]
    reading = read_items(twice, "feed", None)
    assert [place.location for place in reading.records[0].places] == ["Hall", "Hub"] and len(reading.records) == 1
    assert "more than once" in reading.repaired[0].what


def test_a_list_of_something_else_is_no_list_of_services():
    with pytest.raises(SourceError, match="no list of services"):
        read_items(({"id": n, "website": "x", "name": "An organisation"} for n in range(10_000)), "feed", None)


def test_a_taxonomy_is_no_service():
    said = {"id": "t", "name": "Needs", "description": "What families need", "uri": "https://example.org", "version": "1"}
    with pytest.raises(SourceError, match="no list of services"):
        read_items([said], "feed", None)


def test_something_nested_without_end_is_cut():
    deep: dict = {}
    for _ in range(500):
        deep = {"a": deep, "b": 1}
    assert len(json.dumps(read_one(extra=deep).open_referral)) < 1000


def test_a_record_of_megabytes_keeps_what_fits():
    record = read_one(reviews=[{"text": "x" * 19_000} for _ in range(200)], colour="blue")
    assert record.open_referral.keys() >= {"colour"} and "reviews" not in record.open_referral


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.sampled_from(["<p>", "-1", "0", "MO"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        "id name phones number location addresses city taxonomy_term taxonomy byday opens_at closes_at latitude".split()
    ), inner, max_size=4),
    max_leaves=10,
)  # fmt: skip
FIELDS = (
    "description url email status fees minimum_age maximum_age assured_date organization contacts phones schedules languages "
    "service_at_locations locations eligibilitys attributes service_taxonomys cost_options service_areas pc_targetAudience "
    "pc_metadata needs_referral visible_to signpost organisation regular_schedules name id"
).split()


@trying(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), junk, max_size=8))
def test_whatever_a_feed_sends_is_read_or_refused(said):
    with contextlib.suppress(SourceError):
        for record in read_items([dirty() | said], "feed", "westmere").records:
            assert record.name and set(record.audience) <= set(AUDIENCES) and set(record.delivery) <= set(DELIVERIES)
            assert record.kind in ("", *KINDS) and record.referral in ("", *REFERRALS) and record.status in STATUSES
            json.dumps(record.open_referral, allow_nan=False).encode()
