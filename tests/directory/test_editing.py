"""A worker's edits: checked as the template is, written down, and stronger than any later import."""

from datetime import UTC, date, datetime

import pytest
from invented_services import at, bring_in, service

from directory.database import session
from directory.editing import EditedMeanwhile, EditRefused, UnknownService, change, checked, editable, history, restore, retire
from directory.store import read_records

WHO = "ed@westmere.example.org"
KEY = "westmere/play"
PLAY = service(
    "play", "Play", description="Toys & songs.", organisation="Hubs", needs=("money.food",), email="a@hubs.example.org",
    min_age=1.0, places=at("Aldmoor", "Mon 09:00-10:00"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def there() -> None:
    bring_in(PLAY)


def now_shown(key: str = KEY):
    with session() as opened:
        return read_records(opened, [key])[key]


def edit(places: list[dict[str, str]] | None = None, **cells: str) -> tuple[str, ...]:
    before = editable(KEY, "westmere")
    return change(KEY, cells, before.places if places is None else places, before.version, WHO, "westmere")


def test_a_form_that_was_not_touched_changes_nothing():
    before = editable(KEY, "westmere")
    assert edit(**before.cells) == () and history(KEY) == [] and now_shown() == PLAY


def test_what_is_changed_is_shown_and_written_down_with_what_it_was():
    assert set(edit(name="Play and stay", max_age="5", needs="early_years.play_and_learning", email="")) == {
        "name", "max_age", "needs", "email",
    }  # fmt: skip
    shown = now_shown()
    assert (shown.name, shown.max_age, shown.needs, shown.email) == ("Play and stay", 5, ("early_years.play_and_learning",), "")
    (entry,) = history(KEY)
    assert entry.who == WHO and entry.at.date() == datetime.now(UTC).date()
    assert ("name", "Play", "Play and stay") in entry.fields and ("max_age", None, 5) in entry.fields
    assert ("needs", ["money.food"], ["early_years.play_and_learning"]) in entry.fields


def test_places_can_be_changed_added_and_taken_away():
    first = editable(KEY, "westmere").places[0]
    assert edit([first | {"times": "Tue 10:00-11:00"}, {"location": "Saltby Hub", "place": "Saltby"}]) == ("places",)
    assert [place.location for place in now_shown().places] == ["Aldmoor Hall", "Saltby Hub"]
    assert now_shown().places[0].times == ("Tue 10:00-11:00",)
    edit([{"location": " ", "times": ""}])
    assert now_shown().places == ()


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "nobody"}, "email"),
        ({"phone": "ask at reception"}, "phone"),
        ({"text": "WhatsApp"}, "text"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"min_age": "many"}, "min_age"),
        ({"min_age": "9", "max_age": "3"}, "max_age"),
        ({"starts": "soon"}, "starts"),
        ({"starts": "2026-12-21", "ends": "2026-12-01"}, "ends"),
        ({"booking_opens": "2026-12-22", "ends": "2026-12-21"}, "ends"),
        ({"kind": "miracle"}, "kind"),
        ({"needs": "no.such"}, "needs"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(cells, field):
    with pytest.raises(EditRefused) as refused:
        edit(**{"summary": "new"} | cells)
    assert refused.value.fields == (field,) and now_shown() == PLAY and history(KEY) == []


def test_markup_is_taken_out():
    edit(summary="<script>alert(1)</script><b>Bold</b> & plain")
    assert now_shown().summary == "Bold & plain"


def test_nobody_undoes_what_another_wrote_meanwhile():
    opened = editable(KEY, "westmere")
    edit(cost="Free")
    with pytest.raises(EditedMeanwhile):
        change(KEY, {"cost": "£5"}, opened.places, opened.version, "other@westmere.example.org", "westmere")
    assert now_shown().cost == "Free"


def test_a_worker_s_word_wins_over_every_later_import():
    edit(name="Mine")
    bring_in(PLAY)
    assert now_shown().name == "Mine"
    bring_in(service("play", "Theirs", description="New."))
    assert (now_shown().name, now_shown().description) == ("Mine", "New.")


def test_retired_is_kept_hidden_and_can_be_restored():
    retire(KEY, WHO, "westmere")
    bring_in(PLAY)
    assert now_shown().status == "retired"
    restore(KEY, WHO, "westmere")
    assert now_shown().status == "active" and [entry.fields[0][2] for entry in history(KEY)] == ["active", "retired"]


def test_restored_it_stays_although_its_source_has_lost_it():
    bring_in(service("other"))
    assert now_shown().status == "retired"
    restore(KEY, WHO, "westmere")
    bring_in(service("other"))
    assert now_shown().status == "active"


def test_checked_today_is_the_date_that_is_shown():
    checked(KEY, WHO, "westmere", date(2026, 11, 22))
    assert now_shown().assured_date == date(2026, 11, 22)
    checked(KEY, WHO, "westmere", date(2026, 11, 22))
    assert len(history(KEY)) == 1, "twice on one day is once"


@pytest.mark.parametrize(("key", "council"), [("westmere/nothing", "westmere"), (KEY, "wigan")])
def test_only_the_council_s_own_services_can_be_edited(key, council):
    with pytest.raises(UnknownService):
        editable(key, council)
    with pytest.raises(UnknownService):
        retire(key, WHO, council)
