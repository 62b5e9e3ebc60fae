"""The member `signpost` of a record in a feed of ours: what Open Referral UK has no word for, in the template's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from directory.service import ServicePlace, ServiceRecord
from directory.sources.record_notes import Notes
from directory.sources.template import COLUMNS, PLACE_COLUMNS, Row, places_of, record_of
from directory.sources.tidy import objects, small_enough

# Read from the profile's own fields, or only of use to the Signpost that wrote them.
_NOT_OURS = {"source", "id", "open_referral"}


def own_words(record: ServiceRecord, told: ServiceRecord) -> dict[str, Any]:
    """The fields of `record` that `told`, which was read from its Open Referral document, lacks or has otherwise."""
    names = [field.name for field in fields(record) if field.name not in _NOT_OURS]
    return {name: _plain(getattr(record, name)) for name in names if getattr(record, name) != getattr(told, name)}


def with_own_words(record: ServiceRecord, said: Any, council: str | None, notes: Notes) -> ServiceRecord:
    """`record` with what the member `signpost` says of it; values that no template may hold are left out."""
    if not isinstance(said, Mapping):
        return record
    cells = {name: _cell(part) for name, part in said.items() if name in COLUMNS}
    row = Row({"id": record.id, "name": record.name} | cells, notes.record, notes.repaired)
    read = record_of(row, record.source, council)
    kept = {"id", *PLACE_COLUMNS} if cells.get("name") else {"id", "name", *PLACE_COLUMNS}
    changed = {name: getattr(read, name) for name in cells if name not in kept}
    if "places" in said:
        changed["places"] = tuple(_places(said["places"], council, notes))
    if isinstance(extra := said.get("open_referral"), dict):
        changed["open_referral"] = small_enough(extra)[0]
    return replace(record, **changed)


def _places(said: Any, council: str | None, notes: Notes) -> Iterable[ServicePlace]:
    for place in objects(said):
        cells = {name: _cell(part) for name, part in place.items() if name in PLACE_COLUMNS}
        yield from places_of(Row(cells, notes.record, notes.repaired), council)


def _plain(value: Any) -> Any:
    """A field as JSON: tuples are lists, dates are ISO, what is not known is null."""
    if isinstance(value, ServicePlace):
        pairs = ((name, _plain(getattr(value, name))) for name in PLACE_COLUMNS)
        return {name: part for name, part in pairs if part not in ("", None, [])}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _cell(value: Any) -> str:
    """JSON as a cell of the template."""
    if isinstance(value, list):
        return "; ".join(_cell(part) for part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None or isinstance(value, dict) else str(value)
