from dataclasses import replace
from datetime import date

import pytest
from invented_services import at, bring_in, service

from directory.audit import entries
from directory.corrections import UnknownService, correct, corrections_of, take_back
from directory.database import session
from directory.importer import import_reading
from directory.service import Reading
from directory.store import read_records

PLAY = service("play", organisation="Hubs", needs=("early_years.play_and_learning", "money.food"), places=at("Aldmoor"))
ANN = "ann@westmere.example.org"


@pytest.fixture(autouse=True)
def play():
    bring_in(PLAY, service("food"))


def shown(key="westmere/play"):
    with session() as opened:
        return read_records(opened, [key])[key]


def say(**said):
    with session() as opened:
        return correct(opened, PLAY.key, ANN, **said)


def test_a_correction_is_shown_at_once():
    record = say(name="Play and Stay", min_age=2.0, audience=("families",), assured_date=date(2026, 10, 2), places=at("Saltby"))
    assert shown() == record
    assert (record.name, record.min_age, record.places) == ("Play and Stay", 2, at("Saltby"))
    assert record.needs == PLAY.needs and record.organisation == "Hubs"


def test_it_outlives_every_import_and_the_rest_of_the_record_is_brought_up_to_date():
    say(name="Play and Stay", places=at("Saltby"))
    assert bring_in(PLAY, service("food")).unchanged == ["play", "food"]
    summary = bring_in(replace(PLAY, name="Playgroup", phone="01632 960123", places=at("Aldmoor", "Mon 09:00-10:00")))
    assert summary.changed == ["play"]
    assert (shown().name, shown().phone, shown().places) == ("Play and Stay", "01632 960123", at("Saltby"))


def test_a_service_that_a_worker_retired_stays_retired():
    say(status="retired")
    for record in (PLAY, replace(PLAY, name="Changed")):
        bring_in(record)
        assert shown().status == "retired"
    assert bring_in(replace(PLAY, name="Changed")).touched is False


def test_a_service_that_a_worker_keeps_is_not_retired_for_having_vanished():
    bring_in(service("food"))
    assert shown().status == "retired"
    say(status="active")
    bring_in(service("food"))
    assert shown().status == "active"


def test_a_corrected_need_is_the_worker_s_word():
    record = say(needs=("home.housing", "money.food"))
    assert record.needs == ("home.housing", "money.food")
    bring_in(replace(PLAY, name="Changed"))
    assert shown().needs == ("home.housing", "money.food")


def test_taken_back_the_source_s_word_holds_again_as_it_is_now():
    say(name="Play and Stay", needs=("home.housing",))
    bring_in(replace(PLAY, name="Playgroup"))
    with session() as opened:
        take_back(opened, PLAY.key, ANN, "name")
        take_back(opened, PLAY.key, ANN, "needs")
    assert (shown().name, shown().needs) == ("Playgroup", PLAY.needs)
    with session() as opened:
        assert corrections_of(opened, "westmere") == {}


def test_correcting_twice_keeps_what_the_source_said():
    say(name="One")
    say(name="Two")
    with session() as opened:
        assert take_back(opened, PLAY.key, ANN, "name").name == "Play"


def test_what_a_source_says_since_as_the_worker_did_is_no_change():
    say(name="Play and Stay")
    assert bring_in(replace(PLAY, name="Play and Stay"), service("food")).unchanged == ["play", "food"]


def test_who_said_so_is_in_the_audit_trail():
    say(name="Play and Stay")
    with session() as opened:
        (entry,) = entries(opened, f"service:{PLAY.key}")
    assert (entry.who, entry.action) == (ANN, "service.correct")
    assert entry.detail == {"changes": {"name": {"from": "Play", "to": "Play and Stay"}}}


def test_what_cannot_be_corrected_is_said_so():
    with session() as opened, pytest.raises(TypeError, match="source"):
        correct(opened, PLAY.key, ANN, source="elsewhere")
    with session() as opened, pytest.raises(UnknownService):
        correct(opened, "westmere/none", ANN, name="x")


def test_what_only_the_words_tell_fills_what_nobody_said(monkeypatch):
    from directory import importer
    from directory.enrich import Inferred

    found = Inferred(needs={"money.food": 0.6, "family.isolation": 0.4}, audience=("families",), kind="group")
    monkeypatch.setattr(importer, "enrich", lambda records: {record.key: found for record in records})
    bring_in(replace(PLAY, needs=("family.isolation",), kind="drop_in"))
    record = shown()
    assert record.needs == ("family.isolation", "money.food") and (record.kind, record.audience) == ("drop_in", ("families",))
    assert bring_in(replace(PLAY, needs=("family.isolation",), kind="drop_in")).unchanged == ["play"]


def test_an_incomplete_reading_retires_nothing():
    assert import_reading(Reading([PLAY], complete=False), "westmere", "westmere").retired == []
