import json
from contextlib import closing
from dataclasses import replace

import pytest
from feed_server import Feed, body, broken_off, dripping, full, send, serving, status, thin
from invented_services import bring_in, service

from directory.database import session
from directory.importer import import_reading
from directory.sources.detect import find_source
from directory.sources.detect import read_source as read_any
from directory.sources.faults import FeedError, SourceError
from directory.sources.feed import read_feed
from directory.sources.feed_client import FeedClient, FeedLimits
from directory.store import read_source

LIMITS = FeedLimits(silence=0.5, answer=1.0, answer_bytes=100_000, total_bytes=300_000, pages=20, tries=3)


@pytest.fixture
def feed():
    with serving(Feed()) as served:
        served.fill(5)
        yield served


@pytest.fixture
def waits():
    """The seconds that the client would have waited."""
    return []


@pytest.fixture
def read(feed, waits):
    def reader(address="", limits=LIMITS):
        with closing(FeedClient(address or feed.address, limits, sleep=waits.append)) as client:
            return read_feed(address or feed.address, "feed", "westmere", client)

    return reader


def ids(reading):
    return [record.id for record in reading.records]


def test_every_page_is_read_and_each_service_s_own_page_where_the_list_is_thin(read, feed):
    reading = read()
    assert ids(reading) == ["s1", "s2", "s3", "s4", "s5"]
    assert reading.records[0].phone == "01632 960001"
    assert reading.complete and not reading.repaired and not reading.refused


def test_a_full_list_is_not_asked_about_again(read, feed):
    feed.page = lambda request, number: send(request, {"contents": [full(1)] if number == 1 else []})
    read()
    assert not [path for path in feed.asked if "/s1" in path]


@pytest.mark.parametrize("given", ["", "/", "/services", "/services/", "/services?page=7&per_page=1"])
def test_any_address_of_the_feed_will_do(read, feed, given):
    assert len(read(feed.address + given).records) == 5


@pytest.mark.parametrize(
    "front",
    [body(b"<!doctype html><title>Our API</title>"), body({"version": "HSDS-UK-3.0"}), status(401), status(403), status(404)],
)
def test_an_api_whose_own_address_shows_a_page_or_nothing_is_asked_for_its_services(read, feed, waits, front):
    feed.faults = {"/api": [front]}
    assert len(read().records) == 5 and not waits


def test_version_1_s_wrapper_and_pages_that_count_from_nought(read, feed):
    def page(request, number):
        pages = {0: [full(1)], 1: [full(2)], 2: [full(3)]}
        content = pages.get(number, [])
        send(request, {"number": number, "totalElements": 3, "first": number == 0, "last": number == 2, "content": content})

    feed.page = page
    assert sorted(ids(read())) == ["s1", "s2", "s3"]


def test_it_is_polite_one_connection_and_a_name(read, feed):
    read()
    assert len(feed.connections) == 1
    assert feed.headers[0]["User-Agent"].startswith("Signpost/")


def test_what_has_not_changed_is_not_sent_again(read, feed):
    feed.etags = True
    first = read()
    feed.asked.clear()
    feed.headers.clear()
    again = read()
    assert again.records == first.records
    assert all("If-None-Match" in headers for headers, path in zip(feed.headers, feed.asked, strict=True) if path != "/api")


@pytest.mark.parametrize("fault", [status(500), status(503), status(429, Retry_After="7"), broken_off, body(b'{"contents": ')])
def test_a_fault_that_passes_is_waited_out_and_nothing_is_read_twice(read, feed, waits, fault):
    feed.faults = {"/api/services": [lambda request: feed.page(request, 1), fault], "/api/services/s2": [fault]}
    assert ids(read()) == ["s1", "s2", "s3", "s4", "s5"]
    assert len(waits) == 2 and (waits[0] >= 7 or fault.__name__ != "<lambda>" or waits[0] < 2)
    assert len([path for path in feed.asked if path.endswith("/s1")]) == 1


def test_each_wait_is_longer_than_the_last(read, feed, waits):
    feed.faults = {"/api/services": [status(500)] * 4}
    read(limits=replace(LIMITS, tries=5))
    assert len(waits) == 4 and waits == sorted(waits) and waits[3] > 4 * waits[0]


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (status(500), "answers 500, 3 times"),
        (status(403), "answers 403"),
        (status(404), "nothing at this address"),
        (status(302, Location="http://elsewhere.example.org/services"), "which is another server"),
        (status(302, Location="file:///etc/passwd"), "which is another server"),
        (status(302, Location="/api/services"), "again and again"),
        (status(429, Retry_After="86400"), "answers 429, 1 times"),
        (broken_off, "breaks off in the middle"),
        (dripping, "had not sent its whole answer"),
        (body(b"{sorry}"), "JSON that cannot be read"),
        (body(b"<!doctype html><p>Sorry"), "sends a web page, not JSON"),
        (body(b"[" * 50_000 + b"]" * 50_000), "nested deeper"),
        (body(b'[{"name": "caf\xe9"}]'), "not UTF-8"),
        (body({"detail": "hello"}), "no list of services"),
        (body([]), "has no services"),
        (body([{"colour": "blue"}]), "no list of services"),
        (body(b" " * 200_000), "over 0 MB"),
    ],
)
def test_a_fault_that_stays_is_one_clear_error(read, feed, fault, says):
    feed.faults = {"/api/services": [fault] * 20}
    with pytest.raises(Exception, match=says) as raised:
        read(feed.address + "/services")
    assert isinstance(raised.value, SourceError) and "\n" not in str(raised.value)


def test_a_server_that_is_not_there_is_one_clear_error(read):
    with pytest.raises(FeedError, match="cannot be reached"):
        read("http://127.0.0.1:9/services")


def test_a_redirect_on_the_same_server_is_followed(read, feed):
    feed.faults = {"/api/services": [status(301, Location="/api/services?page=1")]}
    assert len(read().records) == 5


def test_a_feed_that_never_ends_is_left(read, feed):
    feed.page = lambda request, number: send(request, {"contents": [full(number * 10)]})
    with pytest.raises(FeedError, match="has no end"):
        read()


def test_a_feed_that_repeats_its_last_page_has_an_end(read, feed):
    feed.page = lambda request, number: send(request, {"contents": [full(min(number, 3))]})
    assert ids(read()) == ["s1", "s2", "s3"]


def test_one_answer_after_another_that_is_too_much_in_all_is_left(read, feed):
    feed.services = {f"s{n}": full(n, description="x" * 30_000) for n in range(1, 10)}
    with pytest.raises(FeedError, match="MB in all"):
        read()


def test_a_wrapper_that_promises_too_little_is_not_believed(read, feed):
    feed.wrapper = {"total_items": 2, "total_pages": 1, "last_page": True}
    reading = read()
    assert len(reading.records) == 5 and reading.complete
    assert "says 2 services and sends 5" in reading.repaired[0].what


def test_a_wrapper_that_promises_too_much_retires_nothing(read, feed):
    import_reading(read(), "feed", "westmere")
    feed.fill(3)
    feed.wrapper = {"total_items": 5}
    summary = import_reading(read(), "feed", "westmere")
    assert summary.retired == [] and "nothing is retired" in summary.repaired[0].what


def test_a_service_whose_own_page_fails_is_reported_and_stays_as_it_was(read, feed):
    import_reading(read(), "feed", "westmere")
    feed.faults = {"/api/services/s2": [status(500)] * 3}
    summary = import_reading(read(), "feed", "westmere")
    assert [remark.record for remark in summary.refused] == ["s2"] and "answers 500" in summary.refused[0].what
    assert len(summary.unchanged) == 4 and not summary.retired


def test_when_one_service_after_another_fails_it_is_the_feed_that_is_ill(read, feed):
    feed.fill(8)
    feed.faults = {f"/api/services/s{n}": [status(500)] * 3 for n in range(2, 8)}
    with pytest.raises(FeedError, match="5 services in a row"):
        read()


def test_a_feed_without_own_pages_is_taken_as_it_lists_them(read, feed):
    feed.page = lambda request, number: send(request, [thin(n) for n in range(10, 15)])
    assert len(read().records) == 5
    assert len([path for path in feed.asked if "/s1" in path]) == 3


def test_an_id_cannot_lead_elsewhere(read, feed):
    feed.page = lambda request, number: send(request, [thin(1, id="../../admin?x="), thin(2, id="s2")] if number == 1 else [])
    reading = read()
    assert "/admin" not in [path.partition("?")[0] for path in feed.asked]
    assert len(reading.records) + len(reading.refused) == 2


def test_a_feed_that_breaks_half_way_leaves_the_directory_as_it_was(read, feed):
    bring_in(service("play"))
    feed.faults = {"/api/services": [lambda request: feed.page(request, 1)] + [status(500)] * 9}
    with pytest.raises(FeedError):
        import_reading(read(), "feed", "westmere")
    with session() as opened:
        assert read_source(opened, "feed") == [] and len(read_source(opened, "westmere")) == 1


def test_a_run_that_broke_off_is_gone_on_with_and_nothing_is_asked_for_twice(read, feed):
    feed.faults = {"/api/services": [lambda request: feed.page(request, 1)] + [status(500)] * 3}
    with pytest.raises(FeedError):
        read()
    feed.asked.clear()
    reading = read()
    assert ids(reading) == ["s1", "s2", "s3", "s4", "s5"]
    assert not [path for path in feed.asked if path.endswith(("/s1", "/s2")) or "page=1&" in path]
    assert [remark.what for remark in reading.repaired] == [
        "it goes on where it broke off: 3 answers of the last hour were not asked for again"
    ]
    feed.asked.clear()
    assert not read().repaired and len([path for path in feed.asked if "/services/" in path]) == 5


def test_a_run_that_was_left_because_it_cannot_be_believed_begins_again(read, feed):
    feed.faults = {"/api/services": [body({"detail": "closed for repairs"})]}
    with pytest.raises(FeedError, match="no list of services"):
        read(feed.address + "/services")
    assert len(read(feed.address + "/services").records) == 5


def test_progress_says_how_many_of_how_many(feed):
    told = []
    with closing(FeedClient(feed.address, LIMITS)) as client:
        read_feed(feed.address, "feed", None, client, lambda done, of: told.append((done, of)))
    assert told[-1] == (5, 5)


def test_records_are_the_same_as_from_a_file(read, feed, tmp_path):
    file = tmp_path / "feed.json"
    file.write_text(json.dumps(list(feed.services.values())))
    assert read_any(find_source(str(file)), "feed", "westmere").records == read().records
