"""A service as it is shown: the ServiceCard of the contract (design.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from directory.catalogue import point_of
from directory.hours import LONDON, Hours, HoursError, parse_hours
from directory.needs import needs
from directory.places import Point, distance_km
from directory.query import Ages
from directory.seasons import season_in_words
from directory.service import ServicePlace, ServiceRecord
from directory.words import ages_in_words, assured_in_words, distance_in_words, times_in_words

SUMMARY_WORDS = 30
UNASKED = {"safety.child_abuse", "safety.exploitation"}  # nobody is told that they look like this unless they said so


@dataclass(frozen=True)
class Asked:
    """What a card speaks to: the need it answers, the ages and the place that were given, the moment."""

    at: datetime
    council: str
    need: str | None = None
    ages: Sequence[Ages] = ()
    point: Point | None = None
    named: bool = False
    """The message names the service itself."""


def card(record: ServiceRecord, asked: Asked) -> dict[str, Any]:
    """The ServiceCard of a record. What is not known is None, or an empty list."""
    place, km = _nearest(record, asked)
    times = place.times if place else ()
    season = season_in_words(record, asked.at.astimezone(LONDON).date())
    return {
        "id": record.id,
        "name": record.name,
        "organisation": record.organisation or None,
        "summary": _summary(record),
        "why": _why(record, asked, km),
        "needs": list(record.needs),
        "phone": record.phone or None,
        "email": record.email or None,
        "url": record.url or None,
        "distance_km": None if km is None else round(km, 1),
        "address": _address(place),
        "online": "online" in record.delivery or record.kind == "online",
        "how_to_join": record.how_to_join or None,
        "languages": list(record.languages),
        "accessibility": list(record.accessibility),
        "cost": record.cost or None,
        "ages": ages_in_words(record.min_age, record.max_age),
        "when": ". ".join(filter(None, (season, times_in_words(times)))) or None,
        "open_now": open_at(times, asked.at),
        "assured_date": assured_in_words(record.assured_date),
        "page": f"/directory/services/{quote(record.source, safe='')}/{quote(record.id, safe='')}",
    }


def open_at(times: Sequence[str], at: datetime) -> bool | None:
    """Whether any of these times holds at an aware moment; None where that cannot be known."""
    spans: list[Hours] = []
    try:
        spans = [parse_hours(part) for part in times]
    except HoursError:
        return None
    answers = [hours.open_at(at) for hours in spans]
    if not answers or True in answers:
        return True if answers else None
    return None if None in answers else False


def _nearest(record: ServiceRecord, asked: Asked) -> tuple[ServicePlace | None, float | None]:
    """The place to show and its distance: the nearest to who asks, else the first."""
    if not record.places:
        return None, None
    if asked.point is None:
        return record.places[0], None
    reach = []
    for place in record.places:
        point = point_of(place, asked.council)
        if point is not None:
            reach.append((distance_km(asked.point, point), place))
    if not reach:
        return record.places[0], None
    km, place = min(reach, key=lambda pair: pair[0])
    return place, km


def _why(record: ServiceRecord, asked: Asked, km: float | None) -> str:
    """One plain line: "For ages 3 to 8 · about 1 mile from Aldmoor · help with: managing a child's behaviour"."""
    reasons = ["You asked for it by name"] if asked.named else []
    ages = ages_in_words(record.min_age, record.max_age)
    if asked.ages and ages and ages != "All ages":
        reasons.append(f"For ages {ages[0].lower()}{ages[1:]}".replace(" years", ""))
    if asked.point and km is not None:
        reasons.append(distance_in_words(km, asked.point.name))
    elif "phone" in record.delivery or record.kind == "helpline":
        reasons.append("by phone" if record.phone else "by text" if record.text else "online")
    elif "online" in record.delivery:
        reasons.append("online")
    if code := asked.need if asked.need in record.needs else next((c for c in record.needs if c not in UNASKED), None):
        reasons.append(f"help with: {_lower_first(needs()[code].label)}")
    if record.free and len(reasons) < 3:
        reasons.append("free")
    line = " · ".join(reasons)
    return line[:1].upper() + line[1:]


def _lower_first(label: str) -> str:
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _summary(record: ServiceRecord) -> str:
    said = record.summary or re.split(r"(?<=[.!?])\s", record.description.replace("\n", " "), maxsplit=1)[0]
    words = said.split()
    return said if len(words) <= SUMMARY_WORDS else " ".join(words[:SUMMARY_WORDS]).rstrip(".,;:") + " …"


def _address(place: ServicePlace | None) -> str | None:
    if place is None:
        return None
    parts = (place.location, place.address, place.postcode)
    return ", ".join(dict.fromkeys(filter(None, parts))) or None
