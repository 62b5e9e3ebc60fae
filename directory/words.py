"""Facts of a service in plain words: its ages, its times, its dates, how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from directory.hours import HoursError, parse_hours

MILES_PER_KM = 0.6214


def ages_in_words(low: float | None, high: float | None) -> str | None:
    """(3, 8) → "3 to 8 years"; (0, 5) → "Up to 5 years"; (11, None) → "11 years and over"; None where not known."""
    if low is None and high is None:
        return None
    if high is None:
        return f"{_years(low)} and over" if low else "All ages"
    if not low:
        return f"Up to {_years(high)}"
    if low == high:
        return _years(low)
    if (low < 2) != (high < 2) or low != int(low):
        return f"{_years(low)} to {_years(high)}"
    return f"{low:g} to {_years(high)}"


def times_in_words(times: Iterable[str]) -> str | None:
    """ "Monday and Tuesday, 9:30am to 11:30am in term time"; what is no hours stands as it is."""
    readable, said = [], []
    for part in times:
        try:
            parse_hours(part)
            readable.append(part)
        except HoursError:
            said.append(part)
    if readable:
        said.insert(0, parse_hours("; ".join(readable)).in_words())
    return "; ".join(said) or None


def dates_in_words(starts: date | None, ends: date | None) -> str | None:
    """ "21 to 31 December 2026"; None for what runs all year."""
    if ends is None:
        return f"From {_day(starts)}" if starts else None
    if starts is None:
        return f"Until {_day(ends)}"
    if (starts.year, starts.month) == (ends.year, ends.month):
        return f"{starts.day} to {_day(ends)}" if starts != ends else _day(ends)
    first = f"{starts.day} {starts:%B}" if starts.year == ends.year else _day(starts)
    return f"{first} to {_day(ends)}"


def assured_in_words(assured: date | None) -> str | None:
    """ "Checked in October 2026"; None where nobody knows when."""
    return f"Checked in {assured:%B %Y}" if assured else None


def miles_in_words(km: float) -> str:
    """ "very near", "about half a mile", "about 2 miles": people here think in miles, data is in kilometres."""
    far = km * MILES_PER_KM
    if far < 0.25:
        return "very near"
    if far < 0.75:
        return "about half a mile"
    return f"about {far:.0f} mile{'' if far < 1.5 else 's'}"


def distance_in_words(km: float, place: str) -> str:
    """ "in or near Aldmoor", "about 1 mile from Aldmoor", "about 7 miles from Aldmoor"."""
    return f"in or near {place}" if km < 0.75 else f"{miles_in_words(km)} from {place}"


def _years(age: float | None) -> str:
    age = age or 0
    if age < 2 and age != 1:
        return f"{round(age * 12)} months" if age else "birth"
    return "1 year" if age == 1 else f"{age:g} years"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
