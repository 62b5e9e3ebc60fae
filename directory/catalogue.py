"""The catalogue: what search asks of every service at once, as columns in memory beside the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.names import Names
from directory.needs import needs
from directory.places import Point, pack_place, postcode_point
from directory.records import Location, Organisation, Service, ServiceAtLocation, ServiceNeed
from directory.service import AUDIENCES, ServicePlace
from directory.weights import weights

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]

ALWAYS = date.max.toordinal()


@dataclass(frozen=True)
class Catalogue:
    """Columns of n services, in the order of the index's keys."""

    keys: Sequence[str]
    own: Bools
    """Whether it is the council's own, not a national one."""
    here: Bools
    """Whether the council in use shows it: its own and the national ones."""
    min_age: Floats
    max_age: Floats
    """Years; 0 and infinity where not known. A whole number holds until the next birthday (5 → 5.99)."""
    audience: Ints
    """A bit for each of `service.AUDIENCES`, in that order; 0 where not known."""
    needs: Floats
    """(n, needs): how surely and how chiefly it answers each need, 0 to 1, as its source, its words and workers say."""
    free: Bools
    online: Bools
    reachable: Bools
    """By phone or online: distance does not matter."""
    shown_from: Ints
    shown_to: Ints
    """Days (date.toordinal) between which a seasonal service is shown."""
    assured: Ints
    """Day of its last check; 0 where not known."""
    organisation: Ints
    """A number for each organisation; -1 where not known."""
    names: list[str]
    organisations: list[str]
    called: Names
    """Who bears which name."""
    areas: list[frozenset[str]]
    """Localities and places served, in lower case; empty where not known or all."""
    point_service: Ints
    point_latitude: Floats
    point_longitude: Floats
    """The points of all services, one row for each place of each service (degrees), those of one service together."""

    def distances_km(self, point: Point) -> Floats:
        """From `point` to each service's nearest place; infinity where it has none."""
        phi, other = np.radians(point.latitude), np.radians(self.point_latitude)
        half = np.sin((other - phi) / 2) ** 2
        half += np.cos(phi) * np.cos(other) * np.sin(np.radians(self.point_longitude - point.longitude) / 2) ** 2
        nearest = np.full(len(self.keys), np.inf, np.float32)
        if len(half):
            first = np.flatnonzero(np.diff(self.point_service, prepend=-1))
            reach = (2 * 6371.0 * np.arcsin(np.sqrt(half))).astype(np.float32)
            nearest[self.point_service[first]] = np.minimum.reduceat(reach, first)
        return nearest


def audience_bits(*names: str) -> int:
    """The bits of some of `service.AUDIENCES` in `Catalogue.audience`."""
    return sum(1 << AUDIENCES.index(name) for name in names)


def point_of(place: ServicePlace, council: str) -> Point | None:
    """Where a service's place is: by its degrees, else by its name in the pack, else by its postcode's district."""
    if place.latitude is not None and place.longitude is not None:
        return Point(place.place or place.location, place.latitude, place.longitude)
    return (pack_place(place.place, council) if place.place else None) or postcode_point(place.postcode, council)


def load_catalogue(session: Session, keys: Sequence[str], council: str) -> Catalogue:
    """Read the columns of these services for a council; a key that has gone since the index was built is not `here`."""
    n = len(keys)
    number = {key: position for position, key in enumerate(keys)}
    points = _points(session, number, council)
    made = Catalogue(
        keys=keys,
        own=np.zeros(n, bool),
        here=np.zeros(n, bool),
        min_age=np.zeros(n, np.float32),
        max_age=np.full(n, np.inf, np.float32),
        audience=np.zeros(n, np.int32),
        needs=_needs(session, number),
        free=np.zeros(n, bool),
        online=np.zeros(n, bool),
        reachable=np.zeros(n, bool),
        shown_from=np.zeros(n, np.int32),
        shown_to=np.full(n, ALWAYS, np.int32),
        assured=np.zeros(n, np.int32),
        organisation=np.full(n, -1, np.int32),
        names=[""] * n,
        organisations=[""] * n,
        called=Names(),
        areas=[frozenset()] * n,
        point_service=points[0].astype(np.int32),
        point_latitude=points[1].astype(np.float32),
        point_longitude=points[2].astype(np.float32),
    )
    _fill(made, session, number, council)
    return made


def _fill(made: Catalogue, session: Session, number: dict[str, int], council: str) -> None:
    chosen = select(
        Service.key, Service.council, Service.name, Service.kind, Service.audience, Service.min_age, Service.max_age,
        Service.cost, Service.delivery, Service.areas, Service.booking_opens, Service.ends, Service.assured_date,
        Service.organisation_id, Organisation.name.label("organisation"),
    ).outerjoin(Organisation).where(Service.status == "active")  # fmt: skip
    bits = {name: audience_bits(name) for name in AUDIENCES}
    numbers: dict[str, int] = {}
    for row in session.execute(chosen):
        if (n := number.get(row.key)) is None:
            continue
        made.own[n] = row.council == council
        made.here[n] = row.council is None or row.council == council
        made.min_age[n] = row.min_age or 0
        if row.max_age is not None:
            made.max_age[n] = row.max_age + (0.99 if row.max_age == int(row.max_age) else 0)
        made.audience[n] = sum(bits.get(name, 0) for name in row.audience)
        made.free[n] = row.cost.lower().startswith("free")
        made.online[n] = "online" in row.delivery or row.kind == "online"
        made.reachable[n] = made.online[n] or "phone" in row.delivery or row.kind == "helpline"
        made.shown_from[n] = row.booking_opens.toordinal() if row.booking_opens else 0
        made.shown_to[n] = row.ends.toordinal() if row.ends else ALWAYS
        made.assured[n] = row.assured_date.toordinal() if row.assured_date else 0
        if row.organisation_id:
            made.organisation[n] = numbers.setdefault(row.organisation_id, len(numbers))
        made.names[n], made.organisations[n] = row.name, row.organisation or ""
        made.called.add(n, row.name, row.organisation or "")
        served = frozenset(area.lower() for area in row.areas)
        made.areas[n] = frozenset() if "all" in served else served


def _needs(session: Session, number: dict[str, int]) -> Floats:
    column = {code: position for position, code in enumerate(needs())}
    made = np.zeros((len(number), len(column)), np.float32)
    chiefly = weights()["chiefly"]
    rows = session.execute(
        select(ServiceNeed.service_key, ServiceNeed.code, ServiceNeed.by, ServiceNeed.confidence, ServiceNeed.position)
    ).all()
    # Workers' rows last: what they say replaces what the source or the words said.
    for row in sorted(rows, key=lambda row: row.by == "worker"):
        if row.service_key in number and row.code in column:
            made[number[row.service_key], column[row.code]] = row.confidence * chiefly[min(row.position, len(chiefly) - 1)]
    return made


def _points(session: Session, number: dict[str, int], council: str) -> npt.NDArray[np.float64]:
    """(3, points): whose, latitude, longitude."""
    found: list[tuple[int, float, float]] = []
    chosen = select(ServiceAtLocation.service_key, Location.place, Location.postcode, Location.latitude, Location.longitude).join(
        Location
    )
    for row in session.execute(chosen):
        place = ServicePlace(place=row.place, postcode=row.postcode, latitude=row.latitude, longitude=row.longitude)
        if row.service_key in number and (point := point_of(place, council)):
            found.append((number[row.service_key], point.latitude, point.longitude))
    return np.array(sorted(found), np.float64).reshape(-1, 3).T
