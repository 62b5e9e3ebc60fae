"""The lists that a council's workers keep its services by."""

from datetime import date

import pytest
from invented_services import bring_in, service

from directory.reports import report
from directory.upkeep import counts, find_services, is_stale

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def there() -> None:
    bring_in(
        service("old", "Old Play", organisation="Hubs", assured_date=date(2026, 1, 1)),
        service("new", "New Play", organisation="100% Mums", assured_date=date(2026, 11, 1)),
        service("unknown", "Unknown Play"),
        service("gone", "Gone Play", status="retired"),
    )
    bring_in(service("elsewhere").__class__(source="other", id="x", name="Play elsewhere"), council="wigan")


def names(**asked) -> list[str]:
    return [line.name for line in find_services("westmere", TODAY, **asked).lines]


def test_all_that_are_shown_by_name():
    assert names() == ["New Play", "Old Play", "Unknown Play"]


@pytest.mark.parametrize(("words", "left"), [("play new", 1), ("HUBS", 1), ("100%", 1), ("_", 0), ("' OR 1=1", 0), ("old", 1)])
def test_every_word_must_be_in_its_name_organisation_or_id(words, left):
    assert len(names(words=words)) == left


def test_those_nobody_knows_of_and_the_oldest_come_first():
    assert names(which="stale") == ["Unknown Play", "Old Play"]


def test_what_was_reported_and_what_was_retired():
    report("westmere/new", "closed")
    report("westmere/new", "other")
    (line,) = find_services("westmere", TODAY, which="reported").lines
    assert (line.name, line.reports, line.stale) == ("New Play", 2, False)
    assert names(which="retired") == ["Gone Play"]
    assert counts("westmere", TODAY) == {"active": 3, "stale": 2, "reported": 1, "retired": 1}


def test_a_page_at_a_time():
    bring_in(*(service(f"s{n}") for n in range(120)))
    assert [len(names(page=page)) for page in (1, 2, 3, 4)] == [50, 50, 20, 0]


@pytest.mark.parametrize(("assured", "stale"), [(None, True), (date(2026, 5, 26), False), (date(2026, 5, 25), True)])
def test_stale_is_more_than_180_days(assured, stale):
    assert is_stale(assured, TODAY) is stale
