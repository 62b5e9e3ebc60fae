"""The directory as a list: filtered, ranked by meaning where there are words, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np

from directory.cards import Asked, card
from directory.catalogue import Catalogue, Floats
from directory.database import now, session
from directory.filters import answers, choices, narrowed
from directory.hours import LONDON
from directory.places import find_place
from directory.query import Query, QueryError
from directory.ranking import may_be_shown
from directory.search import Search
from directory.seasons import season_in_words
from directory.store import read_records

RANKED = 100
"""With words, so many of the best: what comes after fits no better than by chance."""
LARGEST_PAGE = 100
COMING = 3  # seasonal services that cannot be booked yet, told as "next: …"
LOOKED_AT = 3  # of the services found for words: whose chief needs are taken for what is looked for


@dataclass(frozen=True)
class Page:
    """Which part of the list is wanted."""

    number: int = 1
    size: int = 10

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Page:
        """Read `page` and `per_page`; QueryError where they are no such numbers."""
        number, size = data.get("page", 1), data.get("per_page", 10)
        for name, value, most in (("page", number, 1_000_000), ("per_page", size, LARGEST_PAGE)):
            if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
                raise QueryError(f"{name}: a whole number from 1 to {most}.")
        return Page(number, size)

    @property
    def slice(self) -> slice:
        """Where it lies in the whole list."""
        return slice((self.number - 1) * self.size, self.number * self.size)


def list_services(search: Search, query: Query, page: Page, at: datetime | None = None) -> dict[str, Any]:
    """The answer of POST /list: `{"total", "services", "coming", "choices"}`.

    With words, the RANKED services that fit best, best first. Without, every service that passes the filters: the
    nearest first where a place is given, else the council's own first and by name.
    """
    at = at or now()
    loaded = search.in_use
    if loaded is None:
        return {"total": 0, "services": [], "coming": [], "choices": {"languages": [], "accessibility": []}}
    catalogue = narrowed(loaded.catalogue, query)
    looked_for = set(query.answers)
    if query.text.strip() or any(part.words.strip() for part in query.parts):
        found = search.search(replace(query, top=RANKED), at)["services"]
        total, services = len(found), found[page.slice]
        looked_for = looked_for or {code for it in found[:LOOKED_AT] for code in it["needs"][:1]}
    else:
        ordered = _in_order(catalogue, query, loaded.council, at)
        total, services = len(ordered), _cards(ordered[page.slice], query, loaded.council, at)
    return {
        "total": total,
        "services": services,
        "coming": _coming(catalogue, query, looked_for, at) if page.number == 1 else [],
        "choices": choices(loaded.catalogue),
    }


def _in_order(catalogue: Catalogue, query: Query, council: str, at: datetime) -> list[str]:
    """The keys of all services that pass, in the order in which they are read."""
    point = find_place(query.place, council) if query.place else None
    distances: Floats | None = catalogue.distances_km(point) if point else None
    allowed = may_be_shown(catalogue, query, None, distances, at.astimezone(LONDON).date())
    far = distances if distances is not None else np.zeros(len(allowed), np.float32)

    def order(n: int) -> tuple[float, bool, str]:
        return float(far[n]), not catalogue.own[n], catalogue.names[n].casefold()

    return [catalogue.keys[n] for n in sorted(np.flatnonzero(allowed).tolist(), key=order)]


def _cards(keys: list[str], query: Query, council: str, at: datetime) -> list[dict[str, Any]]:
    asked = Asked(at, council, None, query.ages, find_place(query.place, council) if query.place else None)
    with session() as opened:
        records = read_records(opened, keys)
    # Retired a moment ago: the index follows.
    return [card(records[key], asked) for key in keys if key in records and records[key].status == "active"]


def _coming(catalogue: Catalogue, query: Query, looked_for: Collection[str], at: datetime) -> list[dict[str, str]]:
    """Seasonal services whose booking has yet to open, the soonest first.

    Those that answer the need that was asked for; where only words were given, those that are chiefly for what they are about.
    """
    if not looked_for:
        return []
    today = at.astimezone(LONDON).date()
    later = replace(
        catalogue,
        here=catalogue.here & (catalogue.shown_from > today.toordinal()) & answers(catalogue, looked_for),
        shown_from=catalogue.shown_from * 0,
    )
    waiting = np.flatnonzero(may_be_shown(later, query, None, None, today))
    soonest = [catalogue.keys[n] for n in sorted(waiting.tolist(), key=lambda n: int(catalogue.shown_from[n]))[:RANKED]]
    with session() as opened:
        read = read_records(opened, soonest)
    most = None if query.answers else 1
    fit = [it for it in map(read.get, soonest) if it and it.status == "active" and set(it.needs[:most]) & set(looked_for)]
    shown = [card(it, Asked(at, "")) | {"when": season_in_words(it, today)} for it in fit[:COMING]]
    return [{name: it[name] for name in ("name", "when", "page")} for it in shown]
