"""Reports of a record that is wrong: they wait for a worker, say nothing of who, and are gone when dealt with."""

import pytest
from invented_services import bring_in, service

from directory.editing import history
from directory.reports import LONGEST, UnknownReport, open_reports, report, settle, waiting


@pytest.fixture(autouse=True)
def there() -> None:
    bring_in(service("play"), service("food"))


def test_a_report_waits_with_its_service_and_its_words():
    report("westmere/play", "closed", "It shut <b>in May</b>\n" + "x" * 2_000)
    (it,) = open_reports()
    assert (it.source, it.service, it.name, it.kind) == ("westmere", "play", "Play", "closed")
    assert it.words.startswith("It shut in May\n") and len(it.words) == LONGEST
    assert open_reports("westmere/food") == [] and waiting() == 1


def test_dealt_with_its_words_are_gone_and_who_did_it_stays():
    report("westmere/play", "extra", "secret words")
    settle(open_reports()[0].id, "ed@westmere.example.org")
    assert open_reports() == [] and waiting() == 0
    (entry,) = history("westmere/play")
    assert (entry.who, entry.action) == ("ed@westmere.example.org", "report.settle") and "secret" not in str(entry)


def test_it_is_dealt_with_once():
    report("westmere/play", "other")
    number = open_reports()[0].id
    settle(number, "a@x.org")
    with pytest.raises(UnknownReport):
        settle(number, "b@x.org")


def test_there_is_no_other_kind():
    with pytest.raises(ValueError, match="rude"):
        report("westmere/play", "rude")
