from datetime import UTC, date, datetime

import pytest
from invented_services import at, service

from directory.cards import Asked, card
from directory.places import find_place
from directory.query import Ages
from directory.words import ages_in_words, dates_in_words, distance_in_words, miles_in_words, times_in_words

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
FIELDS = [
    "id", "name", "organisation", "summary", "why", "needs", "phone", "email", "url", "distance_km", "address", "online",
    "how_to_join", "languages", "accessibility", "cost", "ages", "when", "open_now", "assured_date", "page",
]  # fmt: skip


def shown(record, **asked):
    return card(record, Asked(NOW, "westmere", **asked))


def test_a_card_has_every_field_of_the_contract_and_no_other():
    assert list(shown(service("a"))) == FIELDS


def test_what_is_not_known_is_said_to_be_not_known():
    bare = shown(service("a"))
    assert all(
        bare[name] is None for name in ("phone", "email", "url", "distance_km", "address", "cost", "ages", "when", "open_now")
    )


def test_the_line_of_why_says_what_was_taken_into_account():
    record = service(
        "a", min_age=3.0, max_age=8.0, needs=("money.food", "family.behaviour"), places=at("Thornbeck") + at("Aldmoor")
    )
    told = shown(record, need="family.behaviour", ages=[Ages(4, 4)], point=find_place("Coldbrook"))
    assert told["why"] == "For ages 3 to 8 · about 3 miles from Coldbrook · help with: managing a child's behaviour"
    assert told["address"] == "Aldmoor Hall" and told["distance_km"] == 5.2


def test_nobody_is_told_that_they_look_like_abuse():
    assert "hurt" not in shown(service("a", needs=("safety.child_abuse", "family.behaviour")))["why"]


def test_a_helpline_says_that_it_is_by_phone():
    assert shown(service("a", kind="helpline", phone="01632 960123"))["why"] == "By phone"


def test_open_now_is_known_from_its_times():
    assert shown(service("a", places=at("Aldmoor", "Mon 09:00-17:00")))["open_now"] is True
    assert shown(service("a", places=at("Aldmoor", "Tue 09:00-17:00", "Wed 09:00-17:00")))["open_now"] is False
    assert shown(service("a", places=at("Aldmoor", "Mon 09:00-17:00 term")))["open_now"] is None
    assert shown(service("a", places=at("Aldmoor", "when it is dry")))["open_now"] is None


def test_the_date_it_was_checked_is_told_in_words():
    assert shown(service("a", assured_date=date(2026, 10, 2)))["assured_date"] == "Checked in October 2026"


def test_the_page_is_known_by_source_and_id():
    assert shown(service("a:1"))["page"] == "/directory/services/westmere/a%3A1"


def test_a_long_summary_is_cut_at_a_word():
    assert shown(service("a", summary="word " * 50))["summary"].endswith("word …")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (3, 8, "3 to 8 years"),
        (0, 5, "Up to 5 years"),
        (None, 5, "Up to 5 years"),
        (11, None, "11 years and over"),
        (0, None, "All ages"),
        (0, 1.5, "Up to 18 months"),
        (0.5, 4, "6 months to 4 years"),
        (1, 4, "1 year to 4 years"),
        (16, 16, "16 years"),
        (None, None, None),
    ],
)
def test_ages_are_told_in_words(low, high, words):
    assert ages_in_words(low, high) == words


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (date(2026, 12, 21), date(2026, 12, 31), "21 to 31 December 2026"),
        (date(2026, 11, 30), date(2026, 12, 4), "30 November to 4 December 2026"),
        (date(2026, 12, 21), date(2027, 1, 2), "21 December 2026 to 2 January 2027"),
        (date(2026, 12, 21), date(2026, 12, 21), "21 December 2026"),
        (None, date(2026, 12, 31), "Until 31 December 2026"),
        (date(2027, 1, 4), None, "From 4 January 2027"),
        (None, None, None),
    ],
)
def test_a_season_is_told_in_words(starts, ends, words):
    assert dates_in_words(starts, ends) == words


def test_times_that_are_no_hours_stand_as_they_are():
    assert (
        times_in_words(["Mon 09:00-10:00", "by arrangement", "Tue 09:00-10:00"])
        == "Monday and Tuesday, 9am to 10am; by arrangement"
    )


def test_round_the_corner_is_in_the_place():
    assert distance_in_words(0.3, "Aldmoor") == "in or near Aldmoor"


@pytest.mark.parametrize(
    ("km", "words"),
    [(0.3, "very near"), (1.2, "about half a mile"), (1.6, "about 1 mile"), (3.1, "about 2 miles"), (40, "about 25 miles")],
)
def test_distances_are_told_in_miles(km, words):
    assert miles_in_words(km) == words
    assert km < 0.75 or distance_in_words(km, "Aldmoor") == f"{words} from Aldmoor"
