"""Editing a service as a worker does: its cells changed, retired, restored, checked, all of it in the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import audit
from directory.cleaning import plain_text
from directory.corrections import UnknownService, correct
from directory.database import session
from directory.records import Service
from directory.service import Remark, ServicePlace, ServiceRecord
from directory.sources.template import COLUMNS, PLACE_COLUMNS, Row, cells_of, place_cells_of, places_of, record_of
from directory.store import read_records

__all__ = ["Change", "EditRefused", "Editable", "UnknownService", "change", "checked", "editable", "history", "restore", "retire"]

FIXED = ("id", "status", "assured_date")
"""Cells that no form changes: retiring, restoring and checking have acts of their own."""
ALLOWED_REMARKS = ("times", "place")
"""Said of the template's places, and no fault: times in words are shown as words, a place may lie elsewhere."""

Cells = Mapping[str, str]


class EditRefused(ValueError):
    """What was written cannot be: `fields` are the columns at fault. Nothing was changed."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = tuple(fields)


class EditedMeanwhile(RuntimeError):
    """Somebody else changed the service after the form was opened. Nothing was changed."""


@dataclass(frozen=True)
class Editable:
    """A service as a form shows it, in the words of the template."""

    record: ServiceRecord
    cells: dict[str, str]
    places: list[dict[str, str]]
    version: str
    """Changes with every change; given back with the form, so that nobody undoes what another wrote meanwhile."""


@dataclass(frozen=True)
class Change:
    """One thing that was done to a service."""

    at: datetime
    who: str
    action: str
    """The audit trail's word: service.correct, report.settle …"""
    fields: tuple[tuple[str, Any, Any], ...]
    """Each with what it was and what it became."""


def editable(key: str, council: str) -> Editable:
    """The service `source/id` of a council, to be edited; UnknownService where it has none such of its own."""
    with session() as opened:
        record, version = _own(opened, key, council)
    return Editable(record, cells_of(record), [place_cells_of(place) for place in record.places], version)


def change(key: str, cells: Cells, places: Iterable[Cells], version: str, who: str, council: str) -> tuple[str, ...]:
    """Set a service to what its form says; the fields that differ. EditRefused, EditedMeanwhile, UnknownService."""
    with session() as opened:
        before, current = _own(opened, key, council)
        if current != version:
            raise EditedMeanwhile
        after = _read(before, cells, places, council)
        names = [name for name in COLUMNS if name not in (*FIXED, *PLACE_COLUMNS)]
        said = {name: getattr(after, name) for name in (*names, "places") if getattr(after, name) != getattr(before, name)}
        if said:
            correct(opened, key, who, **said)
        return tuple(said)


def retire(key: str, who: str, council: str) -> None:
    """Show it no more; it is kept. UnknownService."""
    _set(key, who, council, status="retired")


def restore(key: str, who: str, council: str) -> None:
    """Show it again, whatever its source says. UnknownService."""
    _set(key, who, council, status="active")


def checked(key: str, who: str, council: str, today: date) -> None:
    """Note that somebody has looked today, and that it is right. UnknownService."""
    _set(key, who, council, assured_date=today)


def history(key: str) -> list[Change]:
    """What workers did to a service, the newest first."""
    with session() as opened:
        return [_change(entry) for entry in audit.entries(opened, f"service:{key}")]


def _set(key: str, who: str, council: str, **said: Any) -> None:
    with session() as opened:
        before, _ = _own(opened, key, council)
        if any(getattr(before, name) != value for name, value in said.items()):
            correct(opened, key, who, **said)


def _own(opened: Session, key: str, council: str) -> tuple[ServiceRecord, str]:
    """A service of the council's own, and its version. The national ones are kept by Signpost's maintainers."""
    row = opened.execute(select(Service.council, Service.changed_at).where(Service.key == key)).one_or_none()
    record = read_records(opened, [key]).get(key)
    if row is None or record is None or row.council != council:
        raise UnknownService(key)
    return record, row.changed_at.isoformat()


def _read(before: ServiceRecord, cells: Cells, places: Iterable[Cells], council: str) -> ServiceRecord:
    """The record that a form's cells say; EditRefused names what cannot be read."""
    remarks: list[Remark] = []
    kept = cells_of(before) | {name: plain_text(cell) for name, cell in cells.items() if name in COLUMNS and name not in FIXED}
    after = record_of(
        Row({name: cell for name, cell in kept.items() if name not in PLACE_COLUMNS}, "", remarks), before.source, council
    )
    there: list[ServicePlace] = []
    for place in places:
        clean = {name: plain_text(cell) for name, cell in place.items() if name in PLACE_COLUMNS}
        there += places_of(Row(clean, "", remarks), council)
    wrong = [remark.what.partition(":")[0] for remark in remarks]
    wrong = [column for column in wrong if column not in ALLOWED_REMARKS] + ([] if after.name else ["name"])
    dates = [day for day in (after.booking_opens, after.starts, after.ends) if day]
    wrong += [] if dates == sorted(dates) else ["ends"]
    if wrong:
        raise EditRefused(tuple(dict.fromkeys(wrong)))
    return replace(after, places=tuple(there), open_referral=before.open_referral, status=before.status)


def _change(entry: audit.AuditEntry) -> Change:
    changes = (entry.detail or {}).get("changes", {})
    fields = tuple((name, said.get("from"), said.get("to")) for name, said in changes.items())
    return Change(entry.at, entry.who, entry.action, fields)
