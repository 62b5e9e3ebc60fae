"""Places: a postcode, a postcode district, a town or a place of the council's own → a point."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from directory.files import COUNCILS, DATA, read_csv
from directory.settings import settings

EARTH_RADIUS = 6371.0  # km
ELSEWHERE_KM = 50.0  # about an hour by bus; counties are as wide
TYPO_LENGTH = 5  # shorter names have too many neighbours for a typo to be told from another place
TYPO_OWN, TYPO_TOWN = 82, 90  # rapidfuzz ratios; a council's own places are few and likely, Britain's towns are many

_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)(?:\s*\d[A-Z]{2})?\b", re.IGNORECASE)
_LEADING = re.compile(r"^(?:(?:we are|were|i am|im|live|living|in|near|around|close to|from|at|by|the)\s+)+")


@dataclass(frozen=True)
class Point:
    """A place on the map, as exact as its name allows: for a postcode, its district's centre."""

    name: str
    """As we say it back: `Aldmoor`, `WM4`."""
    latitude: float
    longitude: float
    locality: str | None = None
    """The council's locality it lies in; None outside the council, and where the localities are not known."""


def find_place(text: str, council: str | None = None) -> Point | None:
    """The place somebody typed, or None where we know no such place.

    Looked for in this order: a postcode or district in the words; the council's own places and their other names;
    the towns of `data/outcodes.csv`; then the same names with a small typo. Of an address the first part that we know
    counts ("Leigh, Wigan" is Leigh). `council` defaults to the settings'.
    """
    council = council or settings().council
    own = pack_places(council)
    if code := _POSTCODE.search(text[:200]):
        return postcode_point(code[0], council)
    name = _plain(text[:200])
    if not name:
        return None
    for part in (name, *map(_plain, text[:200].split(","))):
        for known in (own, towns()):
            if found := known.get(part):
                return found
    # "aldmoor town centre", "the estate at Larkhill": names of ours inside the words, the first one, and of two that
    # begin together the longer one.
    inside = [(place.start(), -len(known), known) for known in own if (place := _inside(known, name))]
    if inside:
        return own[min(inside)[2]]
    if len(name) >= TYPO_LENGTH:
        for known, cutoff in ((own, TYPO_OWN), (towns(), TYPO_TOWN)):
            if hit := process.extractOne(name, known.keys(), scorer=fuzz.ratio, score_cutoff=cutoff):
                return known[hit[0]]
    return None


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance in kilometres."""
    return great_circle_km(a.latitude, a.longitude, b.latitude, b.longitude)


def great_circle_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Kilometres between two points in degrees (haversine)."""
    phi, other_phi = math.radians(latitude), math.radians(other_latitude)
    half = (
        math.sin((other_phi - phi) / 2) ** 2
        + math.cos(phi) * math.cos(other_phi) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(half))


@lru_cache(maxsize=8)
def pack_places(council: str) -> Mapping[str, Point]:
    """The council's own places by plain name and by each of their other names; empty where it has no places.csv."""
    path = COUNCILS / council / "places.csv"
    found: dict[str, Point] = {}
    for row in read_csv(path) if path.exists() else []:
        point = Point(row["name"], float(row["latitude"]), float(row["longitude"]), row["locality"] or None)
        for name in (row["name"], *row["also_known_as"].split(";")):
            if plain := _plain(name):
                found.setdefault(plain, point)
    return MappingProxyType(found)


def pack_towns(council: str | None = None) -> list[str]:
    """The names of the council's towns, in the order of its places.csv; empty where it names none."""
    path = COUNCILS / (council or settings().council) / "places.csv"
    return [row["name"] for row in read_csv(path) if row["kind"] == "town"] if path.exists() else []


def is_elsewhere(place: Point, council: str | None = None) -> bool:
    """Whether a place is so far from all of the council's own that its services are not for people there.

    Never where the pack names no places; a neighbouring town is near enough to use them.
    """
    own = pack_places(council or settings().council).values()
    return bool(own) and min(distance_km(place, one) for one in own) > ELSEWHERE_KM


def pack_place(name: str, council: str) -> Point | None:
    """A place by exactly a name of the pack's places.csv, as services give it."""
    return pack_places(council).get(_plain(name))


def postcode_point(postcode: str, council: str) -> Point | None:
    """The centre of a postcode's district: the council's own before the country's."""
    if not (code := _POSTCODE.fullmatch(postcode.strip())):
        return None
    return _own_district(code[1].upper(), council) or districts().get(code[1].upper())


@lru_cache(maxsize=1)
def districts() -> Mapping[str, Point]:
    """Every postcode district of the United Kingdom by its outward code; the point is its centre."""
    return MappingProxyType(
        {
            row["postcode"]: Point(row["postcode"], float(row["latitude"]), float(row["longitude"]))
            for row in read_csv(DATA / "outcodes.csv")
        }
    )


@lru_cache(maxsize=1)
def towns() -> Mapping[str, Point]:
    """Every town and region of `data/outcodes.csv` by plain name; the point is the middle of its postcode districts.

    Where several share a name (six Newports; Leeds in Kent, and Leeds) the one with most districts is taken.
    """
    groups: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in read_csv(DATA / "outcodes.csv"):
        groups[row["town"]][f"town in {row['region']}"].append(row)
        groups[row["region"]]["the region"].append(row)
    found = {_plain(name): _middle(name, max(same.values(), key=len)) for name, same in groups.items()}
    found.pop("", None)
    return MappingProxyType(found)


@lru_cache(maxsize=256)
def _own_district(district: str, council: str) -> Point | None:
    path = COUNCILS / council / "places.csv"
    rows = [row for row in read_csv(path) if row["postcode_district"] == district] if path.exists() else []
    return _middle(district, rows, rows[0]["locality"] or None) if rows else None


def _inside(known: str, words: str) -> re.Match[str] | None:
    return re.search(rf"\b{re.escape(known)}\b", words) if len(known) >= TYPO_LENGTH else None


def _middle(name: str, rows: list[dict[str, str]], locality: str | None = None) -> Point:
    latitude = sum(float(row["latitude"]) for row in rows) / len(rows)
    longitude = sum(float(row["longitude"]) for row in rows) / len(rows)
    return Point(name, round(latitude, 5), round(longitude, 5), locality)


def _plain(name: str) -> str:
    """A name as it is compared: lower case, no punctuation, single spaces, no "in the" before it."""
    words = re.sub(r"[^a-z0-9 ]", "", re.sub(r"[-_/,.]", " ", name.casefold().replace("&", " and ")))
    return _LEADING.sub("", " ".join(words.split()) + " ").strip()
