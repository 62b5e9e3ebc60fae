"""A service's places and times in Open Referral's words: the feed's own where they still hold, else made from ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from directory.hours import MIDNIGHT, Hours, HoursError, parse_hours
from directory.open_referral.identifiers import at_location_id
from directory.service import ServicePlace, ServiceRecord
from directory.sources.open_referral_places import read_place, read_times
from directory.sources.record_notes import Notes
from directory.sources.tidy import objects
from directory.store import location_row

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def at_locations(record: ServiceRecord, extra: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each place of the service; a record that has only times has none."""
    held = _held(extra)
    made = []
    for position, place in enumerate(record.places):
        where = replace(place, times=())
        if where == ServicePlace():
            continue
        location = held.get(where) or _location(record, place)
        made.append({"id": at_location_id(record.source, record.id, position), "location": location})
    return made


def schedules(record: ServiceRecord, extra: Mapping[str, Any]) -> list[dict[str, Any]]:
    """When it happens: the feed's own schedules where they say what we show, else one for each time of each place."""
    held = list(objects(extra.get("schedules")))
    if held and all(place.times == read_times(held) for place in record.places):
        return held
    made = []
    season = {"valid_from": record.starts, "valid_to": record.ends}
    dates = {name: day.isoformat() for name, day in season.items() if day}
    for position, place in enumerate(record.places):
        at = {} if replace(place, times=()) == ServicePlace() else {
            "service_at_location_id": at_location_id(record.source, record.id, position)
        }  # fmt: skip
        made += [schedule | at | dates for said in place.times for schedule in _schedules(said)]
    return made


def _held(extra: Mapping[str, Any]) -> dict[ServicePlace, dict[str, Any]]:
    """The feed's locations by the place that we read each of them as."""
    locations = [part for at in objects(extra.get("service_at_locations")) for part in objects(at.get("location"))]
    return {read_place(location, (), Notes("", [])): _without_junk(location) for location in reversed(locations)}


def _without_junk(location: dict[str, Any]) -> dict[str, Any]:
    """A location without the point that we did not believe."""
    read = read_place(location, (), Notes("", []))
    return location | {"latitude": read.latitude, "longitude": read.longitude}


def _location(record: ServiceRecord, place: ServicePlace) -> dict[str, Any]:
    address = {
        "address_1": place.address or place.location,
        "city": place.place or place.address.rpartition(",")[2].strip(),
        "postal_code": place.postcode,
    }
    return {
        "id": location_row(record.source, place)["id"],
        "location_type": "physical",
        "name": place.location,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "addresses": [address] if place.address or place.postcode else [],
        "accessibility": [{"description": said, "accessibility": said} for said in record.accessibility],
    }


def _schedules(said: str) -> Iterable[dict[str, Any]]:
    """One time of ours: a schedule for each pair of hours, or its words alone where it is no hours."""
    try:
        hours = parse_hours(said)
    except HoursError:
        return [{"description": said}]
    if hours.inverted:
        return [{"description": said}]
    return _weekly(hours)


def _weekly(hours: Hours) -> list[dict[str, Any]]:
    days: dict[tuple[int, int, bool], list[str]] = {}
    for span in hours.spans:
        days.setdefault((span.start, span.end, span.term), []).append(BYDAY[span.weekday])
    return [
        {"freq": "WEEKLY", "byday": ",".join(names), "opens_at": _clock(start), "closes_at": _clock(end)}
        | ({"description": "In term time only"} if term else {})
        for (start, end, term), names in days.items()
    ]


def _clock(minute: int) -> str:
    return "23:59" if minute == MIDNIGHT else f"{minute // 60:02}:{minute % 60:02}"
