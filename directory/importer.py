"""Brings one source's services into the database: idempotent, and all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from directory.database import now, session
from directory.records import Location, Organisation, Service, ServiceAtLocation, ServiceNeed
from directory.service import Reading, Remark, ServiceRecord
from directory.store import at_location_rows, location_row, need_rows, organisation_id, service_row

BATCH = 500  # keys in one IN (…); SQLite allows some thousands

T = TypeVar("T")


@dataclass
class Summary:
    """What an import did, by service id."""

    source: str
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    """Also those that came back after they had been retired."""
    unchanged: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    """Kept, no longer shown: gone from the source, or said by it to be retired."""
    repaired: list[Remark] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)

    @property
    def touched(self) -> bool:
        """Whether the directory is another one than before."""
        return bool(self.added or self.changed or self.retired)

    def in_words(self) -> str:
        """ "westmere: 3 added, 1 changed, 246 unchanged, 0 retired, 2 repaired, 0 refused"."""
        names = ("added", "changed", "unchanged", "retired", "repaired", "refused")
        return f"{self.source}: " + ", ".join(f"{len(getattr(self, name))} {name}" for name in names)


def import_reading(reading: Reading, source: str, council: str | None, url: str | None = None) -> Summary:
    """Make the database hold exactly what `reading` says of `source`.

    `council`: the one its services are shown in, None for every council. A service that is no longer in the source is
    retired. What a worker said about a service's needs stays. On any error the directory is as it was.
    """
    with session(url) as opened:
        return _import(opened, {record.id: record for record in reading.records}, reading, source, council)


def _import(opened: Session, records: dict[str, ServiceRecord], reading: Reading, source: str, council: str | None) -> Summary:
    summary = Summary(source, repaired=reading.repaired, refused=reading.refused)
    chosen = select(Service.source_id, Service.checksum, Service.status, Service.council)
    known = {row.source_id: row for row in opened.execute(chosen.where(Service.source == source))}
    for id_, record in records.items():
        before = known.get(id_)
        if before is None:
            summary.added.append(id_)
        elif before.checksum != record.checksum() or before.council != council:
            summary.changed.append(id_)
        elif before.status == record.status:
            summary.unchanged.append(id_)
        else:
            (summary.retired if record.status == "retired" else summary.changed).append(id_)
    gone = [id_ for id_, row in known.items() if id_ not in records and row.status != "retired"]
    # A line that could not be read says nothing against its service: it stays as it was.
    refused = {remark.record for remark in reading.refused}
    gone = [id_ for id_ in gone if id_ not in refused]
    added = [records[id_] for id_ in summary.added]
    changed = [records[id_] for id_ in (*summary.changed, *summary.retired)]
    _write_shared(opened, source, [*added, *changed])
    _write_services(opened, added, changed, council)
    _retire(opened, source, gone)
    summary.retired += gone
    return summary


def _write_shared(opened: Session, source: str, records: list[ServiceRecord]) -> None:
    """The organisations and locations that these records speak of and the database lacks."""
    organisations = {organisation_id(source, record.organisation): record.organisation for record in records}
    locations = {row["id"]: row for record in records for row in (location_row(source, p) for p in record.places)}
    known = set(opened.scalars(select(Organisation.id).where(Organisation.source == source)))
    _insert(
        opened,
        Organisation,
        [{"id": id_, "source": source, "name": n} for id_, n in organisations.items() if n and id_ not in known],
    )
    known = set(opened.scalars(select(Location.id).where(Location.source == source)))
    _insert(opened, Location, [row for id_, row in locations.items() if id_ not in known])


def _write_services(opened: Session, added: list[ServiceRecord], changed: list[ServiceRecord], council: str | None) -> None:
    moment = now()
    rows = {record.key: service_row(record, council) | {"changed_at": moment} for record in (*added, *changed)}
    _insert(opened, Service, [rows[record.key] for record in added])
    if changed:
        table = Service.__table__
        columns = [name for name in rows[changed[0].key] if name != "key"]
        statement = update(table).where(table.c.key == bindparam("of")).values({c: bindparam(c) for c in columns})
        opened.execute(statement, [{"of": r.key} | {c: rows[r.key][c] for c in columns} for r in changed])
    _each_batch(
        [record.key for record in changed],
        lambda keys: (
            opened.execute(delete(ServiceAtLocation.__table__).where(ServiceAtLocation.service_key.in_(keys))),
            opened.execute(delete(ServiceNeed.__table__).where(ServiceNeed.service_key.in_(keys), ServiceNeed.by != "worker")),
        ),
    )
    _insert(opened, ServiceAtLocation, [row for r in (*added, *changed) for row in at_location_rows(r)])
    _insert(opened, ServiceNeed, [row for r in (*added, *changed) for row in need_rows(r)])


def _retire(opened: Session, source: str, ids: list[str]) -> None:
    _each_batch(
        ids,
        lambda batch: opened.execute(
            update(Service.__table__)
            .where(Service.source == source, Service.source_id.in_(batch))
            .values(status="retired", changed_at=now())
        ),
    )


def _insert(opened: Session, model: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        opened.execute(insert(model.__table__), rows)


def _each_batch(items: Iterable[T], do: Callable[[list[T]], Any]) -> None:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        do(batch)
