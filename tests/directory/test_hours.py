import contextlib
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hours import LONDON, HoursError, next_opening, parse_hours


def when(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("hours", "moment", "is_open"),
    [
        ("Mon-Fri 09:00-17:00", "2026-11-23 09:00", True),
        ("Mon-Fri 09:00-17:00", "2026-11-23 17:00", False),
        ("Mon-Fri 09:00-17:00", "2026-11-22 12:00", False),
        ("Mon-Fri 09:00-17:00", "2026-12-25 12:00", False),
        ("every day 17:00-24:00", "2026-12-25 23:59", True),
        ("24/7", "2026-12-25 03:00", True),
        ("outside Mon-Fri 09:00-17:00", "2026-11-23 12:00", False),
        ("outside Mon-Fri 09:00-17:00", "2026-11-23 20:00", True),
        ("outside Mon-Fri 09:00-17:00", "2026-12-28 12:00", True),
        ("Fri 22:00-02:00", "2026-11-28 01:00", True),
        ("Mon, Wed 10:00-12:00", "2026-11-25 11:00", True),
        ("Mon 09:30-11:30 term", "2026-11-23 10:00", None),
        ("Mon 09:30-11:30 term", "2026-11-23 12:00", False),
    ],
)
def test_it_knows_the_hour_the_day_and_the_bank_holidays(hours, moment, is_open):
    assert parse_hours(hours).open_at(when(moment)) is is_open


def test_summer_time_is_london_s():
    from datetime import UTC

    assert parse_hours("Mon-Fri 09:00-17:00").open_at(datetime(2026, 7, 6, 8, 30, tzinfo=UTC)) is True


@pytest.mark.parametrize(
    ("hours", "moment", "words"),
    [
        ("Mon-Fri 15:00-20:00", "2026-11-23 10:00", "opens today at 3pm"),
        ("Mon-Fri 15:00-20:00", "2026-11-22 10:00", "opens tomorrow at 3pm"),
        ("Mon-Fri 09:00-17:00", "2026-11-27 18:00", "opens Monday 9am"),
        ("Mon-Fri 09:00-17:00", "2026-12-24 18:00", "opens Tuesday 9am"),
        ("outside Mon-Fri 09:00-17:00", "2026-11-23 10:00", "opens today at 5pm"),
        ("24/7", "2026-11-23 10:00", None),
        ("Mon 09:30-11:30 term", "2026-11-22 10:00", "opens tomorrow at 9:30am"),
    ],
)
def test_it_says_when_it_opens(hours, moment, words):
    assert next_opening(parse_hours(hours), when(moment)) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("Mon-Fri 09:00-17:00", "Monday to Friday, 9am to 5pm"),
        ("Mon 09:00-16:00; Tue 09:00-16:00; Thu 09:00-16:00", "Monday, Tuesday and Thursday, 9am to 4pm"),
        ("every day 17:00-24:00", "Every day, 5pm to midnight"),
        ("Tue 12:00-14:30 term", "Tuesday, midday to 2:30pm in term time"),
        ("24/7", "24 hours a day, every day"),
        ("outside Mon-Fri 09:00-17:00", "Evenings, nights, weekends and bank holidays"),
    ],
)
def test_hours_are_told_in_words(hours, words):
    assert parse_hours(hours).in_words() == words


@pytest.mark.parametrize("text", ["", ";", "whenever", "Mon", "Mon 9", "Xyz 09:00-10:00", "Mon 09:75-10:00", "Mon 25:00-26:00"])
def test_what_is_no_hours_is_refused_with_an_example(text):
    with pytest.raises(HoursError, match="Mon|24:00"):
        parse_hours(text)


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_reader(text):
    with contextlib.suppress(HoursError):
        parse_hours(text)
