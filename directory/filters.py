"""Filters that a family sets itself: by day, language, access, special needs, and by the need that is answered.

What a service does not say rules it out here: who ticks "step-free" cannot use a place that may have steps.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue import Bools, Catalogue, Ints
from directory.database import session
from directory.hours import HoursError, parse_hours
from directory.needs import needs
from directory.query import Query
from directory.records import Service, ServiceAtLocation

MOST_CHOICES = 12
SEND_NEEDS = ("send.support", "send.disability")

_LANGUAGE = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)*")  # "Kurdish Sorani", "BSL"; not "interpreters by request"


@dataclass(frozen=True)
class Facets:
    """What the filters ask of every service, in the order of the catalogue's keys."""

    days: Ints
    """A bit for each weekday on which it says it happens; 0 where not known."""
    languages: Mapping[str, Bools]
    """For each wording of a language, who says it."""
    accessibility: Mapping[str, Bools]
    send: Bools


def narrowed(catalogue: Catalogue, query: Query) -> Catalogue:
    """The catalogue with only those services `here` that pass the query's own filters; itself where it sets none."""
    if not (query.answers or query.language or query.accessibility or query.send or query.day is not None):
        return catalogue
    allowed = catalogue.here.copy()
    if query.answers:
        allowed &= answers(catalogue, query.answers)
    if query.day is not None or query.language or query.accessibility or query.send:
        facets = facets_of(catalogue)
        if query.day is not None:
            allowed &= (facets.days >> query.day & 1) == 1
        if query.language:
            allowed &= says(facets.languages, query.language, len(allowed))
        for wanted in query.accessibility:
            allowed &= says(facets.accessibility, wanted, len(allowed))
        if query.send:
            allowed &= facets.send | answers(catalogue, SEND_NEEDS)
    return replace(catalogue, here=allowed)


def answers(catalogue: Catalogue, codes: Iterable[str]) -> Bools:
    """Which services answer one of these needs."""
    columns = [position for position, code in enumerate(needs()) if code in set(codes)]
    found: Bools = (catalogue.needs[:, columns] > 0).any(axis=1)
    return found


def says(wordings: Mapping[str, Bools], wanted: str, n: int) -> Bools:
    """Which services say `wanted` in one of their wordings: "Polish" is in "Polish by interpreter", not in "Polished"."""
    whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)", re.IGNORECASE)
    found = np.zeros(n, bool)
    for wording, who in wordings.items():
        if whole.search(wording):
            found |= who
    return found


def choices(catalogue: Catalogue) -> dict[str, list[str]]:
    """What there is to choose from, the most common first: `languages` (English apart) and `accessibility`."""
    facets = facets_of(catalogue)
    languages = [name for name in _common(facets.languages, catalogue.here) if _LANGUAGE.fullmatch(name) and name != "English"]
    return {"languages": sorted(languages), "accessibility": _common(facets.accessibility, catalogue.here)[:MOST_CHOICES]}


def days_of(times: Iterable[str]) -> int:
    """A bit for each weekday that is among these times, Monday's the lowest; times that are only words say nothing."""
    bits = 0
    for part in times:
        try:
            hours = parse_hours(part)
        except HoursError:
            continue
        if not hours.inverted:
            bits |= sum(1 << day for day in {span.weekday for span in hours.spans})
    return bits


def facets_of(catalogue: Catalogue) -> Facets:
    """The facets of a catalogue, read from the database when they are first asked for."""
    return _facets_of(_Same(catalogue.keys))


@dataclass(frozen=True)
class _Same:
    """The keys of one loaded catalogue, told from others by which list it is: every copy of a catalogue shares it."""

    keys: Sequence[str]

    def __hash__(self) -> int:
        return id(self.keys)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.keys is other.keys


@lru_cache(maxsize=2)
def _facets_of(same: _Same) -> Facets:
    with session() as opened:
        return load_facets(opened, same.keys)


def load_facets(opened: Session, keys: Sequence[str]) -> Facets:
    """Read the facets of these services."""
    n = len(keys)
    number = {key: position for position, key in enumerate(keys)}
    languages: dict[str, Bools] = defaultdict(lambda: np.zeros(n, bool))
    accessibility: dict[str, Bools] = defaultdict(lambda: np.zeros(n, bool))
    made = Facets(np.zeros(n, np.int32), languages, accessibility, np.zeros(n, bool))
    chosen = select(Service.key, Service.languages, Service.accessibility, Service.send).where(Service.status == "active")
    for row in opened.execute(chosen):
        if (position := number.get(row.key)) is not None:
            for wording in row.languages:
                languages[wording][position] = True
            for wording in row.accessibility:
                accessibility[wording][position] = True
            made.send[position] = bool(row.send)
    for at in opened.execute(select(ServiceAtLocation.service_key, ServiceAtLocation.times)):
        if (position := number.get(at.service_key)) is not None:
            made.days[position] |= days_of(at.times)
    return made


def _common(wordings: Mapping[str, Bools], here: Bools) -> list[str]:
    counted = Counter({wording: int((who & here).sum()) for wording, who in wordings.items()})
    return [wording for wording, count in counted.most_common() if count]
