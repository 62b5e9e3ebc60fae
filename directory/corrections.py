"""Workers' corrections: what they say of a service wins over its source, for ever, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.audit import record as audit
from directory.database import now
from directory.records import Correction, Service, ServiceNeed
from directory.service import ServicePlace, ServiceRecord
from directory.store import read_records
from directory.writing import each_batch, write_services, write_shared

_DATES = {"booking_opens", "starts", "ends", "assured_date"}
_NEVER = {"source", "id", "open_referral"}
CORRECTABLE = tuple(field.name for field in fields(ServiceRecord) if field.name not in _NEVER)
"""The fields that a worker may correct."""


class UnknownService(KeyError):
    """There is no service of this key."""


def correct(opened: Session, key: str, who: str, **said: Any) -> ServiceRecord:
    """Set these fields of a service to what a worker says; the record as it is now shown.

    `who`: the worker's e-mail address. `status="retired"` retires it and "active" restores it. UnknownService where there is
    no such service; TypeError for a field that cannot be corrected.
    """
    if wrong := set(said) - set(CORRECTABLE):
        raise TypeError(f"A worker cannot correct {', '.join(sorted(wrong))}.")
    before = _record(opened, key)
    if "needs" in said:
        _correct_needs(opened, before, tuple(said["needs"]))
    for name, value in said.items():
        if name != "needs":
            held = opened.get(Correction, (key, name))
            source_value = held.source_value if held else to_json(getattr(before, name))
            opened.merge(
                Correction(service_key=key, field=name, value=to_json(value), source_value=source_value, who=who, at=now())
            )
    audit(opened, who, "service.correct", f"service:{key}", _changes(before, replace(before, **said), said))
    return _rewrite(opened, replace(before, **said))


def take_back(opened: Session, key: str, who: str, field: str) -> ServiceRecord:
    """Let the source's own word hold again for one field; the record as it is now shown."""
    before = _record(opened, key)
    if field == "needs":
        opened.execute(delete(ServiceNeed.__table__).where(ServiceNeed.service_key == key, ServiceNeed.by == "worker"))
        opened.expire_all()
        before = _record(opened, key)
    elif held := opened.get(Correction, (key, field)):
        before = replace(before, **{field: from_json(field, held.source_value)})
        opened.delete(held)
    audit(opened, who, "service.take_back", f"service:{key}", {"fields": [field]})
    return _rewrite(opened, before)


def _changes(before: ServiceRecord, after: ServiceRecord, names: Iterable[str]) -> dict[str, Any]:
    """For the audit trail: each field with what it was and what it is now."""
    return {
        "changes": {name: {"from": to_json(getattr(before, name)), "to": to_json(getattr(after, name))} for name in sorted(names)}
    }


def corrections_of(opened: Session, source: str) -> dict[str, dict[str, Any]]:
    """The corrected fields of those of a source's services that have any: key → field → value."""
    found: dict[str, dict[str, Any]] = {}
    for row in opened.scalars(select(Correction).join(Service).where(Service.source == source)):
        found.setdefault(row.service_key, {})[row.field] = from_json(row.field, row.value)
    return found


def keep_source_values(opened: Session, records: Iterable[ServiceRecord]) -> None:
    """Note what the source now says of the fields that workers have corrected."""
    by_key = {record.key: record for record in records}

    def note(batch: list[str]) -> None:
        for row in opened.scalars(select(Correction).where(Correction.service_key.in_(batch))):
            row.source_value = to_json(getattr(by_key[row.service_key], row.field))

    each_batch(by_key, note)


def corrected(record: ServiceRecord, said: Mapping[str, Any]) -> ServiceRecord:
    """The record with these corrections over it."""
    return replace(record, **said) if said else record


def to_json(value: Any) -> Any:
    """A field's value as JSON."""
    if isinstance(value, ServicePlace):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [to_json(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def from_json(field: str, value: Any) -> Any:
    """A field's value out of JSON."""
    if field == "places":
        return tuple(ServicePlace(**{**place, "times": tuple(place.get("times", ()))}) for place in value or ())
    if field in _DATES:
        return date.fromisoformat(value) if value else None
    return tuple(value) if isinstance(value, list) else value


def _record(opened: Session, key: str) -> ServiceRecord:
    found = read_records(opened, [key]).get(key)
    if found is None:
        raise UnknownService(key)
    return found


def _correct_needs(opened: Session, before: ServiceRecord, wanted: tuple[str, ...]) -> None:
    """A worker's rows: 1 for each need it has, 0 for each that its source or its words named and it has not."""
    table = ServiceNeed.__table__
    opened.execute(delete(table).where(ServiceNeed.service_key == before.key, ServiceNeed.by == "worker"))
    named = opened.scalars(select(ServiceNeed.code).where(ServiceNeed.service_key == before.key)).all()
    for position, code in enumerate(dict.fromkeys([*wanted, *named])):
        sure = 1.0 if code in wanted else 0.0
        opened.add(ServiceNeed(service_key=before.key, code=code, by="worker", confidence=sure, position=position))


def _rewrite(opened: Session, record: ServiceRecord) -> ServiceRecord:
    """Write a record as it is shown; its needs' rows and the checksum of what its source said stay as they are."""
    row = opened.execute(select(Service.checksum, Service.council).where(Service.key == record.key)).one()
    write_shared(opened, record.source, [record])
    write_services(opened, [], [record], row.council, {record.key: row.checksum}, {}, needs_too=False)
    opened.flush()
    opened.expire_all()
    return _record(opened, record.key)
