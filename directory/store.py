"""Between the canonical record and the database: reading services out, and the rows that one is written as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from directory.enrich import Inferred
from directory.records import Location, Service, ServiceAtLocation, ServiceNeed
from directory.service import ServicePlace, ServiceRecord

# What a service's own row and its record call by the same name, and which of it are lists in JSON.
_SAME = {column.name for column in Service.__table__.columns} & {field.name for field in fields(ServiceRecord)}
_LISTS = {"audience", "languages", "accessibility", "delivery", "areas"}


def organisation_id(source: str, name: str) -> str:
    """The key of an organisation, the same on every import."""
    return str(uuid5(NAMESPACE_URL, f"signpost:organisation:{source}:{name}"))


def location_row(source: str, place: ServicePlace) -> dict[str, Any]:
    """The row of a location; two services in one building share it."""
    said = (place.location, place.address, place.postcode, place.place, place.latitude, place.longitude)
    return {
        "id": str(uuid5(NAMESPACE_URL, f"signpost:location:{source}:{said}")),
        "source": source,
        "name": place.location,
        "address": place.address,
        "postcode": place.postcode,
        "place": place.place,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def service_row(record: ServiceRecord, council: str | None) -> dict[str, Any]:
    """A record's row in `service`, less the moment of change."""
    row: dict[str, Any] = {name: getattr(record, name) for name in _SAME}
    row |= {name: list(row[name]) for name in _LISTS} | {"open_referral": dict(record.open_referral)}
    return row | {
        "key": record.key,
        "source_id": record.id,
        "council": council,
        "organisation_id": organisation_id(record.source, record.organisation) if record.organisation else None,
        "checksum": record.checksum(),
    }


def need_rows(record: ServiceRecord, inferred: Inferred | None = None) -> list[dict[str, Any]]:
    """The needs a record names, and those its words tell of besides, as rows."""
    said = [(code, "source", 1.0) for code in record.needs]
    told = [(code, "words", sure) for code, sure in (inferred.needs if inferred else {}).items() if code not in record.needs]
    return [
        {"service_key": record.key, "code": code, "by": by, "confidence": sure, "position": position}
        for position, (code, by, sure) in enumerate(said + told)
    ]


def at_location_rows(record: ServiceRecord) -> list[dict[str, Any]]:
    """A record's places, as rows."""
    return [
        {
            "service_key": record.key,
            "position": position,
            "location_id": location_row(record.source, place)["id"],
            "times": list(place.times),
        }
        for position, place in enumerate(record.places)
    ]


def read_records(session: Session, keys: Iterable[str]) -> dict[str, ServiceRecord]:
    """The records of these keys; those that are not there are left out."""
    chosen = _whole().where(Service.key.in_(list(keys)))
    return {service.key: _record(service) for service in session.scalars(chosen)}


def read_source(session: Session, source: str) -> list[ServiceRecord]:
    """All records of one source, retired ones too, by id; without the needs that only their words tell."""
    chosen = _whole().where(Service.source == source).order_by(Service.source_id)
    return [_record(service, told_too=False) for service in session.scalars(chosen)]


def last_change(session: Session) -> float:
    """When a service was last written (seconds since 1970), by an import or by a worker; 0 where there is none."""
    latest = session.scalar(select(func.max(Service.changed_at)))
    return latest.timestamp() if latest else 0.0


def read_council(session: Session, council: str) -> list[ServiceRecord]:
    """All records of a council's own, of whatever source, retired ones too, with the needs that their words tell; by key."""
    return [_record(service) for service in session.scalars(_whole().where(Service.council == council).order_by(Service.key))]


def _whole() -> Any:
    return select(Service).options(
        joinedload(Service.organisation),
        selectinload(Service.needs),
        selectinload(Service.at_locations).joinedload(ServiceAtLocation.location),
    )


def _record(service: Service, told_too: bool = True) -> ServiceRecord:
    said: dict[str, Any] = {name: getattr(service, name) for name in _SAME}
    said |= {name: tuple(said[name]) for name in _LISTS}
    return ServiceRecord(
        **said,
        id=service.source_id,
        organisation=service.organisation.name if service.organisation else "",
        needs=_needs([row for row in service.needs if told_too or row.by != "words"]),
        places=tuple(_place(at.location, at.times) for at in service.at_locations),
    )


def _needs(rows: list[ServiceNeed]) -> tuple[str, ...]:
    """The needs that hold: a worker's word before the source's."""
    corrected = {row.code: row for row in rows if row.by == "worker"}
    kept = [row for row in rows if row.by != "worker" and row.code not in corrected]
    chosen = kept + [row for row in corrected.values() if row.confidence > 0]
    return tuple(dict.fromkeys(row.code for row in sorted(chosen, key=lambda row: (row.position, -row.confidence))))


def _place(location: Location, times: list[str]) -> ServicePlace:
    return ServicePlace(
        location=location.name,
        address=location.address,
        postcode=location.postcode,
        place=location.place,
        latitude=location.latitude,
        longitude=location.longitude,
        times=tuple(times),
    )
