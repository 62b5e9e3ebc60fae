"""The page of one service: everything the directory knows of it, for a family, a printer or a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import render_template
from flask.typing import ResponseReturnValue

from directory.cards import Asked, card
from directory.catalogue import point_of
from directory.database import now, session
from directory.hours import LONDON
from directory.places import districts
from directory.seasons import season_in_words
from directory.service import ServicePlace, ServiceRecord
from directory.store import read_records
from directory.upkeep import is_stale
from directory.words import times_in_words
from web_widget.configuration import configured
from web_widget.directory.blueprint import directory_pages, per_address
from web_widget.directory.state import state_of_request
from web_widget.problems import Problem

MAP = "https://www.openstreetmap.org"


@dataclass(frozen=True)
class Where:
    """One place of a service in words, with a link to a map where it can be found on one."""

    where: str
    when: str | None
    map: str | None
    exact: bool
    """Whether the map shows the very door, not only the area."""


@directory_pages.get("/services/<source>/<path:service>")
@per_address
def service_page(source: str, service: str) -> ResponseReturnValue:
    """One service by where it comes from and its id there; a retired one is gone."""
    record = shown_record(source, service)
    today = now().astimezone(LONDON).date()
    return render_template(
        "directory/service.html",
        service=shown(record),
        record=record,
        places=[_where(place) for place in record.places],
        season=season_in_words(record, today),
        stale=is_stale(record.assured_date, today),
        state=state_of_request(),
    )


def shown_record(source: str, service: str) -> ServiceRecord:
    """The record of a service that families are shown, or the Problem that it is gone."""
    key = ServiceRecord(source=source, id=service, name="").key
    record = records([key]).get(key)
    if record is None:
        raise Problem("service-gone")
    return record


def records(keys: list[str]) -> dict[str, ServiceRecord]:
    """The records of these keys, but only those that families are shown."""
    with session() as opened:
        return {key: it for key, it in read_records(opened, keys).items() if it.status == "active"}


def shown(record: ServiceRecord) -> dict[str, Any]:
    """A record as its card."""
    return card(record, Asked(at=now(), council=configured().council.code))


def map_link(place: ServicePlace, council: str) -> tuple[str | None, bool]:
    """A link to a map with this place on it, and whether it shows the very door; None where nothing can be shown."""
    if place.latitude is not None and place.longitude is not None:
        at = f"{place.latitude:.5f}/{place.longitude:.5f}"
        return f"{MAP}/?mlat={place.latitude:.5f}&mlon={place.longitude:.5f}#map=17/{at}", True
    if place.postcode.strip().partition(" ")[0] in districts():
        return f"{MAP}/search?query={quote(place.postcode.strip())}", True
    if (point := point_of(place, council)) is not None:
        return f"{MAP}/#map=14/{point.latitude:.5f}/{point.longitude:.5f}", False
    return None, False


def _where(place: ServicePlace) -> Where:
    said = ", ".join(dict.fromkeys(filter(None, (place.location, place.address, place.postcode))))
    return Where(said or place.place, times_in_words(place.times), *map_link(place, configured().council.code))
