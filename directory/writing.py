"""Writes records as rows: services, their organisations, places and needs, in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from directory.database import now
from directory.enrich import Inferred
from directory.records import Location, Organisation, Service, ServiceAtLocation, ServiceNeed
from directory.service import ServiceRecord
from directory.store import at_location_rows, location_row, need_rows, organisation_id, service_row

BATCH = 500  # keys in one IN (…); SQLite allows some thousands

T = TypeVar("T")


def write_shared(opened: Session, source: str, records: Iterable[ServiceRecord]) -> None:
    """The organisations and locations that these records speak of and the database lacks."""
    organisations: dict[str, str] = {}
    locations: dict[str, dict[str, Any]] = {}
    for record in records:
        if record.organisation:
            organisations[organisation_id(source, record.organisation)] = record.organisation
        locations |= {row["id"]: row for row in (location_row(source, place) for place in record.places)}
    known = _known(opened, Organisation, organisations)
    rows = [{"id": id_, "source": source, "name": name} for id_, name in organisations.items() if id_ not in known]
    insert_rows(opened, Organisation, rows)
    known = _known(opened, Location, locations)
    insert_rows(opened, Location, [row for id_, row in locations.items() if id_ not in known])


def write_services(
    opened: Session,
    added: Sequence[ServiceRecord],
    changed: Sequence[ServiceRecord],
    council: str | None,
    checksums: Mapping[str, str],
    inferred: Mapping[str, Inferred],
    needs_too: bool = True,
) -> None:
    """The rows of services as they are to be shown.

    `checksums`: of what their source says; `inferred`: from their words; without `needs_too` their needs stay.
    """
    moment = now()
    rows = {}
    for record in (*added, *changed):
        found = inferred.get(record.key, Inferred())
        row = service_row(record, council) | {"changed_at": moment, "checksum": checksums[record.key]}
        rows[record.key] = row | {"audience": row["audience"] or list(found.audience), "kind": row["kind"] or found.kind}
    insert_rows(opened, Service, [rows[record.key] for record in added])
    if changed:
        table = Service.__table__
        columns = [name for name in rows[changed[0].key] if name != "key"]
        statement = update(table).where(table.c.key == bindparam("of")).values({c: bindparam(c) for c in columns})
        opened.execute(statement, [{"of": r.key} | {c: rows[r.key][c] for c in columns} for r in changed])
    keys = [record.key for record in changed]
    places = delete(ServiceAtLocation.__table__)
    each_batch(keys, lambda batch: opened.execute(places.where(ServiceAtLocation.service_key.in_(batch))))
    insert_rows(opened, ServiceAtLocation, [row for r in (*added, *changed) for row in at_location_rows(r)])
    if needs_too:
        needs = delete(ServiceNeed.__table__).where(ServiceNeed.by != "worker")
        each_batch(keys, lambda batch: opened.execute(needs.where(ServiceNeed.service_key.in_(batch))))
        insert_rows(opened, ServiceNeed, [row for r in (*added, *changed) for row in need_rows(r, inferred.get(r.key))])


def retire(opened: Session, source: str, ids: Iterable[str]) -> None:
    """Keep these services and show them no more."""
    retired = update(Service.__table__).where(Service.source == source).values(status="retired", changed_at=now())
    each_batch(ids, lambda batch: opened.execute(retired.where(Service.source_id.in_(batch))))


def insert_rows(opened: Session, model: Any, rows: list[dict[str, Any]]) -> None:
    """Add rows in bulk."""
    if rows:
        opened.execute(insert(model.__table__), rows)


def each_batch(items: Iterable[T], do: Callable[[list[T]], Any]) -> None:
    """Do it to BATCH items at a time."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        do(batch)


def _known(opened: Session, model: Any, ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    each_batch(ids, lambda batch: found.update(opened.scalars(select(model.id).where(model.id.in_(batch)))))
    return found
