"""Brings one source's services into the database: idempotent, and all or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.corrections import corrected, corrections_of, keep_source_values
from directory.database import session
from directory.enrich import enrich
from directory.records import Service
from directory.service import Reading, Remark, ServiceRecord
from directory.store import read_records
from directory.writing import each_batch, retire, write_services, write_shared

MANY = 10  # services; fewer may well vanish from a small list in a day


class TooManyGone(Exception):
    """A source of the same name has lost most of its services: it may be another source altogether. Nothing was changed."""


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


def import_reading(reading: Reading, source: str, council: str | None, url: str | None = None, careful: bool = False) -> Summary:
    """Make the database hold exactly what `reading` says of `source`.

    `council`: the one its services are shown in, None for every council. A service that is no longer in the source is
    retired. What a worker said of a service stays, whatever the source says. On any error the directory is as it was.
    `careful`: TooManyGone where more than half of the source would be retired.
    """
    with session(url) as opened:
        return _import(opened, {record.id: record for record in reading.records}, reading, source, council, careful)


def _import(
    opened: Session, records: dict[str, ServiceRecord], reading: Reading, source: str, council: str | None, careful: bool
) -> Summary:
    summary = Summary(source, repaired=reading.repaired, refused=reading.refused)
    chosen = select(Service.source_id, Service.checksum, Service.status, Service.council).where(Service.source == source)
    known = {row.source_id: row for row in opened.execute(chosen)}
    records = _completed(opened, records, reading, source, known)
    corrections = corrections_of(opened, source)
    shown = {id_: corrected(record, corrections.get(record.key, {})) for id_, record in records.items()}

    differ = [id_ for id_, record in records.items() if id_ in known and known[id_].checksum != record.checksum()]
    same = _already_so(opened, [records[id_] for id_ in differ])
    for id_ in records:
        before = known.get(id_)
        if before is None:
            summary.added.append(id_)
        elif (id_ in differ and id_ not in same) or before.council != council:
            summary.changed.append(id_)
        elif before.status == shown[id_].status:
            summary.unchanged.append(id_)
        else:
            (summary.retired if shown[id_].status == "retired" else summary.changed).append(id_)

    added = [records[id_] for id_ in summary.added]
    changed = [records[id_] for id_ in (*summary.changed, *summary.retired)]
    written = [*added, *changed]
    write_shared(opened, source, [shown[record.id] for record in written])
    checksums = {record.key: record.checksum() for record in written}
    write_services(
        opened, added, [shown[record.id] for record in changed], council, checksums, enrich(written) if written else {}
    )
    keep_source_values(opened, (record for record in changed if record.key in corrections))
    gone = _gone(summary, reading, known, records, corrections, source)
    if careful and len(gone) > MANY and len(gone) * 2 > len(known):
        raise TooManyGone(
            f"{source} has {len(known)} services, and {len(gone)} of them are not in this source. If it is another source, "
            f"give it a name of its own with --source NAME. If they are really gone, say so with --source {source}. "
            f"Nothing was changed."
        )
    retire(opened, source, gone)
    summary.retired += gone
    return summary


def _completed(
    opened: Session, records: dict[str, ServiceRecord], reading: Reading, source: str, known: Iterable[str]
) -> dict[str, ServiceRecord]:
    """The records with what is known of the fields that this form of the source has no words for."""
    if not reading.silent or not known:
        return records
    columns = [getattr(Service, name) for name in sorted(reading.silent)]
    held = {row.source_id: row for row in opened.execute(select(Service.source_id, *columns).where(Service.source == source))}
    return {
        id_: replace(record, **{name: getattr(held[id_], name) for name in reading.silent}) if id_ in held else record
        for id_, record in records.items()
    }


def _already_so(opened: Session, records: list[ServiceRecord]) -> set[str]:
    """The ids of those that say just what is shown already: what a worker corrected and an export of ours says since."""
    found: set[str] = set()

    def look(batch: list[ServiceRecord]) -> None:
        held = read_records(opened, [record.key for record in batch])
        found.update(record.id for record in batch if held[record.key].checksum() == record.checksum())

    each_batch(records, look)
    return found


def _gone(
    summary: Summary,
    reading: Reading,
    known: dict[str, Any],
    records: dict[str, ServiceRecord],
    corrections: dict[str, dict[str, Any]],
    source: str,
) -> list[str]:
    """Services that the source has no longer. One that could not be read this time, or that a worker keeps, is not gone."""
    if not reading.complete:
        return []
    refused = {remark.record for remark in summary.refused}
    kept = {id_ for id_ in known if corrections.get(f"{source}/{id_}", {}).get("status") == "active"}
    return [id_ for id_, row in known.items() if row.status != "retired" and id_ not in records and id_ not in refused | kept]
