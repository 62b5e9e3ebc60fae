"""Where and when a service happens, out of Open Referral's locations and schedules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from directory.service import ServicePlace
from directory.sources.record_notes import Notes
from directory.sources.tidy import objects, text
from directory.sources.values import degrees, words

UK = (49.0, 61.5, -9.0, 2.5)  # degrees: south, north, west, east
WORDS_LENGTH = 200  # characters of a schedule told in words
DAY_NAMES = {"MO": "Mon", "TU": "Tue", "WE": "Wed", "TH": "Thu", "FR": "Fri", "SA": "Sat", "SU": "Sun"}
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "-1": "last"}
_CLOCK = re.compile(r"T?(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?(?:\.\d+)?\s*(am|pm)?", re.IGNORECASE)


def read_places(said: Mapping[str, Any], notes: Notes) -> tuple[ServicePlace, ...]:
    """The places of a record in version 3.0's words, each with its times."""
    general = read_times(said.get("schedules"))
    found = []
    for at in objects(said.get("service_at_locations")):
        location = next(objects(at.get("location")), {})
        own = read_times(at.get("schedules")) or read_times(location.get("schedules")) or general
        found.append(read_place(location, own, notes))
    kept = [place for place in dict.fromkeys(found) if place != ServicePlace(times=place.times)]
    return tuple(kept) or ((ServicePlace(times=general),) if general else ())


def read_place(location: Mapping[str, Any], times: tuple[str, ...], notes: Notes) -> ServicePlace:
    """One location; what it does not say is empty."""
    address = next(objects(location.get("addresses")), {})
    parts = [text(address, name) for name in ("address_1", "address_2", "address_3", "address_4", "city")]
    parts = [part for part in parts if part.lower() not in words()["no_town"] and part.lower() not in words()["nothing"]]
    latitude, longitude = _point(location, notes)
    return ServicePlace(
        location=text(location, "name"),
        address=", ".join(dict.fromkeys(" ".join(part.split()).strip(" ,") for part in parts)).strip(" ,"),
        postcode=text(address, "postal_code", "postcode").upper()[:16].strip(),
        latitude=latitude,
        longitude=longitude,
        times=times,
    )


def read_times(schedules: Any) -> tuple[str, ...]:
    """Schedules as `directory.hours` reads them ("Mon,Thu 10:00-18:00"); others in the feed's own words."""
    found: dict[str, None] = {}
    days: dict[tuple[str, str], list[str]] = {}
    for schedule in objects(schedules):
        opens, closes = _clock(text(schedule, "opens_at", "open_at")), _clock(text(schedule, "closes_at"))
        byday = re.findall(r"-?\d*(?:MO|TU|WE|TH|FR|SA|SU)\b|(?:mon|tues?|wed|thur?s?|fri|sat|sun)[a-z]*",
                           text(schedule, "byday"), re.IGNORECASE)  # fmt: skip
        said = _in_words(schedule, byday, opens, closes)
        if said:
            found[said] = None
        elif byday and opens and closes and opens != closes:
            term = " term" if re.search(r"term[- ]time", text(schedule, "description", "notes"), re.IGNORECASE) else ""
            days.setdefault((opens, closes + term), []).extend(DAY_NAMES[day[:2].upper()] for day in byday)
    weekly = [f"{','.join(dict.fromkeys(names))} {opens}-{closes}" for (opens, closes), names in days.items()]
    return tuple(dict.fromkeys([*weekly, *found]))


def _in_words(schedule: Mapping[str, Any], byday: list[str], opens: str, closes: str) -> str:
    """A schedule that is not simply weekly, or has no hours; empty where it is hours on weekdays."""
    every = schedule.get("interval")
    numbered = [re.match(r"(-?\d+)([A-Z]{2})", day, re.IGNORECASE) for day in byday]
    monthly = text(schedule, "freq").upper() == "MONTHLY" or any(numbered)
    hours = f", {opens} to {closes}" if opens and closes else ""
    if monthly and byday:
        named = [
            f"{_ORDINALS.get(m[1], m[1])} {DAY_NAMES.get(m[2].upper(), m[2])}" if m else day
            for m, day in zip(numbered, byday, strict=True)
        ]
        return f"The {' and '.join(named)} of the month{hours}"
    if byday and opens and closes:
        fortnightly = isinstance(every, int | float) and every > 1
        named = [DAY_NAMES[day[:2].upper()] for day in byday]
        return f"Every {every:g} weeks, {' and '.join(named)}{hours}" if fortnightly else ""
    plain = text(schedule, "description").replace(";", ",").replace("\n", " ")
    return plain if len(plain) <= WORDS_LENGTH else ""


def _clock(said: str) -> str:
    """ "9:30am", "09:30:00" and "9.30" are all 09:30; empty where it is no time."""
    match = _CLOCK.fullmatch(said.strip().removesuffix("Z"))
    if not match:
        return ""
    hour, minute = int(match[1]), int(match[2] or 0)
    half = (match[3] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{minute:02}" if hour * 60 + minute <= 24 * 60 and minute < 60 else ""


def _point(location: Mapping[str, Any], notes: Notes) -> tuple[float | None, float | None]:
    latitude = notes.read("latitude", location.get("latitude"), degrees(90))
    longitude = notes.read("longitude", location.get("longitude"), degrees(180))
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None, None
    if not _in_uk(latitude, longitude):
        if _in_uk(longitude, latitude):
            notes.mended("latitude and longitude had changed places")
            return longitude, latitude
        notes.mended(f"its point {latitude:g}, {longitude:g} is not in the United Kingdom, taken as not known")
        return None, None
    return latitude, longitude


def _in_uk(latitude: float, longitude: float) -> bool:
    south, north, west, east = UK
    return south <= latitude <= north and west <= longitude <= east
