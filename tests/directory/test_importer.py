from dataclasses import replace

import pytest
from invented_services import at, bring_in, service

from directory.database import session
from directory.importer import import_reading
from directory.records import ServiceNeed
from directory.service import Reading, Remark
from directory.store import read_records, read_source

PLAY = service("play", organisation="Hubs", needs=("early_years.play_and_learning",), places=at("Aldmoor", "Mon 09:00-10:00"))
FOOD = service("food", organisation="Hubs", needs=("money.food", "money.debt_and_benefits"), places=at("Aldmoor"))


def stored():
    with session() as opened:
        return {record.id: record for record in read_source(opened, "westmere")}


def test_the_same_source_twice_changes_nothing():
    assert bring_in(PLAY, FOOD).added == ["play", "food"]
    again = bring_in(PLAY, FOOD)
    assert not again.touched and again.unchanged == ["play", "food"]
    assert stored() == {"play": PLAY, "food": FOOD}


def test_a_changed_record_is_brought_up_to_date_whole():
    bring_in(PLAY, FOOD)
    moved = replace(PLAY, name="Play and Talk", needs=("early_years.speech",), places=at("Saltby"), organisation="Talkers")
    assert bring_in(moved, FOOD).changed == ["play"]
    assert stored()["play"] == moved


def test_a_vanished_record_is_retired_and_comes_back_when_it_does():
    bring_in(PLAY, FOOD)
    assert bring_in(PLAY).retired == ["food"]
    assert stored()["food"] == replace(FOOD, status="retired")
    assert not bring_in(PLAY).touched
    assert bring_in(PLAY, FOOD).changed == ["food"]
    assert stored()["food"].status == "active"


def test_a_record_that_says_it_is_retired_is_counted_so():
    bring_in(PLAY)
    assert bring_in(replace(PLAY, status="retired")).retired == ["play"]


def test_two_sources_may_use_the_same_id():
    bring_in(PLAY)
    bring_in(replace(PLAY, source="feed", name="Another"))
    with session() as opened:
        found = read_records(opened, ["westmere/play", "feed/play"])
    assert {record.name for record in found.values()} == {"Play", "Another"}


def test_a_fault_half_way_leaves_the_directory_as_it_was():
    bring_in(PLAY)
    broken = replace(FOOD, needs=("money.food", "money.food"))
    with pytest.raises(Exception, match="UNIQUE"):
        bring_in(replace(PLAY, name="Changed"), broken)
    assert stored() == {"play": PLAY}


def test_a_record_that_could_not_be_read_this_time_is_not_retired_for_it():
    bring_in(PLAY, FOOD)
    summary = import_reading(Reading([PLAY], refused=[Remark("food", "it has no name")]), "westmere", "westmere")
    assert summary.retired == [] and stored()["food"].status == "active"


def test_a_worker_s_word_on_a_need_outlives_every_import():
    bring_in(FOOD)
    with session() as opened:
        opened.add(ServiceNeed(service_key=FOOD.key, code="money.debt_and_benefits", by="worker", confidence=0.0))
        opened.add(ServiceNeed(service_key=FOOD.key, code="home.housing", by="worker", confidence=1.0, position=1))
    bring_in(replace(FOOD, name="Food Cupboard"))
    assert stored()["food"].needs == ("money.food", "home.housing")


def test_the_summary_is_told_in_a_line():
    assert bring_in(PLAY).in_words() == "westmere: 1 added, 0 changed, 0 unchanged, 0 retired, 0 repaired, 0 refused"
