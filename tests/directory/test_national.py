from directory.files import DATA, read_yaml
from directory.helplines import helplines
from directory.needs import need
from directory.service import AUDIENCES
from directory.sources.national import read_national

RECORDS = {record.id: record for record in read_national().records}


def test_every_line_that_is_a_service_is_in_the_registry():
    assert not set(read_yaml(DATA / "helpline_needs.yml")) - set(helplines())


def test_they_speak_of_needs_and_audiences_that_there_are():
    for record in RECORDS.values():
        assert record.needs and all(need(code) for code in record.needs)
        assert set(record.audience) <= set(AUDIENCES)


def test_their_summaries_are_short_enough_to_read():
    assert not [record.id for record in RECORDS.values() if len(record.summary.split()) > 25]


def test_999_and_101_are_no_search_results():
    assert not {"emergency-999", "police-101"} & set(RECORDS)


def test_a_line_with_doubtful_hours_gives_none():
    assert RECORDS["nspcc"].places == () and "Check their page for hours" in RECORDS["nspcc"].how_to_join
    assert RECORDS["samaritans"].places[0].times == ("24/7",)


def test_reading_them_twice_gives_the_same():
    assert [record.checksum() for record in read_national().records] == [record.checksum() for record in RECORDS.values()]


def test_only_numbers_that_cost_nothing_from_any_phone_are_called_free():
    assert all(RECORDS[id_].free for id_ in ("childline", "nspcc", "samaritans", "nhs-111-mental-health", "winstons-wish"))
    assert not any(record.free for record in RECORDS.values() if record.phone.startswith("03") or not record.phone)
