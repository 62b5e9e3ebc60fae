from directory.sources import feed_cache
from directory.sources.feed_cache import FeedCache, Kept

ADDRESS = "https://feed.example.org/services?page=1"


def test_what_the_server_marked_is_kept_with_its_marks(house):
    kept = Kept('"1"', "Fri, 02 Oct 2026 09:00:00 GMT", b"{}")
    FeedCache().put(ADDRESS, kept)
    assert FeedCache().get(ADDRESS) == kept and (house / "feeds.db").exists()
    assert kept.conditions() == {"If-None-Match": '"1"', "If-Modified-Since": "Fri, 02 Oct 2026 09:00:00 GMT"}


def test_what_has_no_mark_is_not_kept_past_its_run_and_takes_an_old_one_away():
    FeedCache().put(ADDRESS, Kept('"1"', "", b"{}"))
    FeedCache().put(ADDRESS, Kept("", "", b"{}"))
    FeedCache().finish([ADDRESS])
    assert FeedCache().get(ADDRESS) is None


def test_what_a_run_read_before_it_broke_off_is_there_for_an_hour(monkeypatch):
    FeedCache().put(ADDRESS, Kept("", "", b"[1]"))
    assert FeedCache().read_lately(ADDRESS) == b"[1]"
    monkeypatch.setattr(feed_cache, "GO_ON", -1)
    assert FeedCache().read_lately(ADDRESS) is None


def test_what_a_finished_run_read_is_asked_for_again():
    FeedCache().put(ADDRESS, Kept('"1"', "", b"[1]"))
    FeedCache().finish([ADDRESS])
    assert FeedCache().read_lately(ADDRESS) is None and FeedCache().get(ADDRESS) == Kept('"1"', "", b"[1]")


def test_nothing_is_kept_for_ever(monkeypatch):
    FeedCache().put(ADDRESS, Kept('"1"', "", b"{}"))
    monkeypatch.setattr(feed_cache, "KEEP", -1)
    assert FeedCache().get(ADDRESS) is None
