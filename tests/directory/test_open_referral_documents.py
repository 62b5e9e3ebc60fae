import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import jsonschema_rs
import pytest
from invented_services import at, service
from samples import COUNTS, read_sample

from directory.open_referral.document import at_location, document, listed, write_documents
from directory.open_referral.identifiers import is_uuid, service_id
from directory.open_referral.schema import conform, schema
from directory.packs import pack
from directory.service import ServicePlace
from directory.sources.csv_template import read_csv_template
from directory.sources.detect import find_source, name_of, read_source
from directory.sources.national import read_national

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SCHEMAS = {
    name: jsonschema_rs.validator_for(dict(schema(name)), validate_formats=True)
    for name in ("service", "service_list", "service_at_location")
}


def faults(record):
    """What the profile's own compiled schemas have against the documents of a record."""
    full = document(record, NOW)
    said = [("service", full), ("service_list", listed(full))]
    said += [("service_at_location", at_location(full, at)) for at in full.get("service_at_locations", [])]
    return [f"{name}: {fault.message}" for name, doc in said for fault in SCHEMAS[name].iter_errors(doc)]


def exported(records, source, tmp_path):
    out = io.StringIO()
    write_documents(records, source, out)
    file = tmp_path / "out.json"
    file.write_text(out.getvalue(), encoding="utf-8")
    where = find_source(str(file))
    assert name_of(where, "westmere") == source
    return read_source(where, source, "westmere")


def test_the_schemas_do_find_faults():
    assert list(SCHEMAS["service"].iter_errors({"id": "x", "name": "A", "status": "open", "minimum_age": "1", "url": "a b"}))


def test_every_service_of_westmere_and_every_national_line_is_valid_and_comes_back_the_same(tmp_path):
    records = read_csv_template(pack("westmere").services_csv, "westmere", "westmere").records + read_national().records
    assert not {record.key: found for record in records if (found := faults(record))}
    own = [record for record in records if record.source == "westmere"]
    assert exported(own, "westmere", tmp_path).records == own


@pytest.mark.parametrize("name", COUNTS)
def test_every_imported_sample_is_valid_and_comes_back_the_same(name, tmp_path):
    records = read_sample(name, "feed").records
    assert not {record.key: found for record in records if (found := faults(record))}
    if records:
        assert exported(records, "feed", tmp_path).records == records


def test_an_id_that_is_a_uuid_stays_and_another_becomes_one_of_source_and_id():
    uuid = "ac148810-d857-441c-9679-408f346de14b"
    assert document(service(uuid))["id"] == uuid
    assert is_uuid(service_id("a", "1")) and service_id("a", "1") == service_id("a", "1") != service_id("b", "1")


def test_an_export_in_another_source_s_hands_is_a_feed_like_any_other(tmp_path):
    out = io.StringIO()
    write_documents([service("play", kind="group", needs=("money.food",))], "westmere", out)
    (file := tmp_path / "out.json").write_text(out.getvalue())
    (record,) = read_source(find_source(str(file)), "elsewhere", "westmere").records
    assert record.id == service_id("westmere", "play") and (record.kind, record.needs) == ("group", ("money.food",))


def test_the_member_signpost_holds_only_what_the_profile_has_no_word_for():
    full = document(service("play", summary="Songs.", description="Toys.", phone="01632 960123", cost="Free", min_age=2.0))
    assert full["signpost"] == {"id": "play", "summary": "Songs."}
    assert full["contacts"][0]["phones"][0]["number"] == "01632 960123" and full["fees"] == "Free"


def test_an_edit_in_the_profile_s_own_words_is_read(tmp_path):
    (record,) = exported([service("play", kind="group")], "westmere", tmp_path).records
    out = tmp_path / "out.json"
    out.write_text(out.read_text().replace('"Play"', '"Playgroup"'))
    assert read_source(find_source(str(out)), "westmere", None).records == [replace(record, name="Playgroup")]


def test_what_a_worker_corrected_is_published_and_not_what_the_feed_said(tmp_path):
    (record,) = read_sample("hsds-3.0/service_full.json", "feed").records
    moved = replace(record, places=(ServicePlace(location="New Hall", times=("Mon 09:00-10:00",)),), phone="", cost="Free")
    full = document(moved)
    assert not faults(moved)
    assert full["service_at_locations"][0]["location"]["name"] == "New Hall"
    assert [(part["byday"], part["opens_at"]) for part in full["schedules"]] == [("MO", "09:00")]
    assert exported([moved], "feed", tmp_path).records == [moved]


def test_times_become_schedules_of_their_place():
    full = document(service("play", places=(*at("Aldmoor", "Mon-Wed 09:30-11:30 term"), *at("Saltby", "24/7", "when it is dry"))))
    first, second = (at["id"] for at in full["service_at_locations"])
    held = [(s["service_at_location_id"], s.get("byday"), s.get("opens_at"), s.get("description")) for s in full["schedules"]]
    assert held[0] == (first, "MO,TU,WE", "09:30", "In term time only")
    assert held[1] == (second, "MO,TU,WE,TH,FR,SA,SU", "00:00", None) and held[2] == (second, None, None, "when it is dry")
    assert [s["byday"] for s in at_location(full, full["service_at_locations"][0])["service"]["schedules"]] == ["MO,TU,WE"]


def test_the_days_of_a_season_are_said_in_the_profile_s_own_words(tmp_path):
    haf = service("haf", starts=date(2026, 12, 21), ends=date(2026, 12, 24), places=at("Aldmoor", "Mon-Thu 10:00-14:00"))
    (schedule,) = document(haf)["schedules"]
    assert (schedule["valid_from"], schedule["valid_to"]) == ("2026-12-21", "2026-12-24")
    assert not faults(haf) and exported([haf], "westmere", tmp_path).records == [haf]


@pytest.mark.parametrize(
    ("value", "to", "is_made"),
    [
        ("a b.org", {"type": "string", "format": "uri"}, None),
        ("https://a.org/é b", {"type": "string", "format": "uri"}, "https://a.org/%C3%A9%20b"),
        ("https://a.org/%zz", {"type": "string", "format": "uri"}, None),
        ("a..b@c.org", {"type": "string", "format": "email"}, None),
        ("weekly", {"type": "string", "enum": ["WEEKLY", "MONTHLY"]}, "WEEKLY"),
        ("yesterday", {"type": "string", "format": "date-time"}, None),
        ("2026-10-02T09:30:00", {"type": "string", "format": "date-time"}, "2026-10-02T09:30:00+00:00"),
        ("12", {"type": "number"}, 12),
        ("twelve", {"type": "number"}, None),
        (True, {"type": "string"}, None),
    ],
)
def test_anything_is_brought_into_the_schema_s_shape_or_left_out(value, to, is_made):
    assert conform(value, to, lambda *_: "id") == is_made


def test_nothing_of_a_script_reaches_the_documents():
    from samples import read_one

    record = read_one(description="<script>alert(1)</script>Hi", name="<img src=x onerror=alert(1)>Play",
                      contacts=[{"name": "<b>Ann</b><script>x</script>"}], fees="&lt;script&gt;y&lt;/script&gt;£2")  # fmt: skip
    said = json.dumps(document(record, whole=True))
    assert "<" not in said and "alert" not in said and "onerror" not in said
