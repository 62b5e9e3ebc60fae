"""What is asked of a list: the profile's filters and its paging, read from a request's parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.hours import DAYS, MIDNIGHT
from directory.open_referral.identifiers import is_uuid
from directory.sources.values import age

PER_PAGE = 50
MOST_PER_PAGE = 100
LONGEST_SEARCH = 500  # characters
LAST_PAGE = 1_000_000
FARTHEST = 1_000_000  # metres

_BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class BadQuery(ValueError):
    """A parameter that cannot be read: which, why, and what would do."""


@dataclass(frozen=True)
class ListQuery:
    """The parameters that openapi.json of the profile names. None means: not asked."""

    page: int = 1
    per_page: int = PER_PAGE
    search: str | None = None
    """Words, all of which a service has."""
    taxonomy_term_id: str | None = None
    taxonomy_id: str | None = None
    minimum_age: float | None = None
    """The service's own minimum age is at least this."""
    maximum_age: float | None = None
    """The service's own maximum age is at most this."""
    start_time: int | None = None
    """Minutes after midnight; a time of the service begins then or later …"""
    end_time: int | None = None
    """… and ends then or earlier …"""
    day: int | None = None
    """… on this weekday, Monday is 0. The three speak of one and the same time."""
    postcode: str | None = None
    """Only services that serve where it lies; of service_at_locations alone."""
    proximity: float | None = None
    """Metres from the postcode."""

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> ListQuery:
        """Read a request's parameters; empty ones and those that the profile has not are passed over."""
        given = {name: value.strip() for name, value in args.items() if value.strip()}
        read: dict[str, Any] = {name: _READERS[name](name, value) for name, value in given.items() if name in _READERS}
        if "proximity" in read and "postcode" not in read:
            raise BadQuery("proximity needs a postcode to be near to.")
        return cls(**read)

    @property
    def when(self) -> bool:
        """Whether a time is asked for."""
        return self.start_time is not None or self.end_time is not None or self.day is not None


def _page(name: str, value: str) -> int:
    if not value.isascii() or not value.isdecimal() or not 1 <= int(value[:9]) <= LAST_PAGE:
        raise BadQuery(f"{name} must be a whole number from 1.")
    return int(value)


def _per_page(name: str, value: str) -> int:
    return min(_page(name, value), MOST_PER_PAGE)


def _words(name: str, value: str) -> str:
    if len(value) > LONGEST_SEARCH:
        raise BadQuery(f"{name} must be no longer than {LONGEST_SEARCH} characters.")
    return value.replace("\0", " ")


def _uuid(name: str, value: str) -> str:
    if not is_uuid(value):
        raise BadQuery(f"{name} must be a UUID; /taxonomies and /taxonomy_terms list them.")
    return value.lower()


def _years(name: str, value: str) -> float:
    try:
        return age(value)
    except ValueError:
        raise BadQuery(f"{name} must be an age in years, 0 to 120.") from None


def _clock(name: str, value: str) -> int:
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", value)
    minute = int(match[1]) * 60 + int(match[2]) if match and int(match[2]) < 60 else MIDNIGHT + 1
    if minute > MIDNIGHT:
        raise BadQuery(f"{name} must be a time of day, for example 09:30.")
    return minute


def _day(name: str, value: str) -> int:
    if value[:2].upper() in _BYDAY and (len(value) == 2 or value[:3].title() in DAYS):
        return _BYDAY.index(value[:2].upper())
    raise BadQuery(f"{name} must be a day of the week: MO, Mon or Monday.")


def _postcode(name: str, value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{1,2}\d[A-Za-z\d]?(?:\s*\d[A-Za-z]{2})?", value):
        raise BadQuery(f"{name} must be a postcode, or its first half.")
    return value.upper()


def _metres(name: str, value: str) -> float:
    if not re.fullmatch(r"\d{1,7}(?:\.\d+)?", value) or float(value) > FARTHEST:
        raise BadQuery(f"{name} must be a number of metres.")
    return float(value)


_READERS = {
    "page": _page,
    "per_page": _per_page,
    "search": _words,
    "taxonomy_term_id": _uuid,
    "taxonomy_id": _uuid,
    "minimum_age": _years,
    "maximum_age": _years,
    "start_time": _clock,
    "end_time": _clock,
    "day": _day,
    "postcode": _postcode,
    "proximity": _metres,
}
"""The parameters we answer to; a test holds them against the profile's openapi.json."""
PARAMETERS = tuple(_READERS)
