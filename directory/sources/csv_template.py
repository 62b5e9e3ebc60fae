"""The CSV template for services (docs/csv-template.md): its file, read into records and written from them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from directory.service import Reading, Remark, ServicePlace, ServiceRecord
from directory.sources.csv_lines import csv_lines
from directory.sources.faults import SourceError
from directory.sources.template import COLUMNS, Row, cells_of, place_cells_of, places_of, record_of
from directory.sources.values import is_id

__all__ = ["COLUMNS", "SourceError", "read_csv_template", "write_csv_template"]

REQUIRED = ("id", "name")


def read_csv_template(file: Path, source: str, council: str | None = None) -> Reading:
    """Read a file in the template as records of `source`; SourceError where it is not such a file at all.

    `council`: whose places.csv the column `place` speaks of. A value that cannot be read becomes "not known" and is
    reported; a row without an id or a name is refused.
    """
    reading = Reading(silent=frozenset({"open_referral"}))
    found: dict[str, ServiceRecord] = {}
    refused: set[str] = set()
    for line, cells in csv_lines(file, REQUIRED):
        row = Row(cells, cells.get("id") or f"line {line}", reading.repaired)
        if not is_id(row.text("id")):
            problem = "it has no id" if not row.text("id") else "its id must begin with a letter or digit and hold no space"
            reading.refused.append(Remark(f"line {line}", problem))
        elif (known := found.get(row.text("id"))) is not None:
            if row.text("name") not in ("", known.name):
                what = f"line {line}, {row.text('name')!r}, has the same id as {known.name!r}: only its place was read"
                reading.repaired.append(Remark(known.id, what))
            found[known.id] = replace(known, places=(*known.places, *places_of(row, council)))
        elif not row.text("name"):
            if row.name not in refused:
                reading.refused.append(Remark(row.name, "it has no name"))
            refused.add(row.name)
        else:
            found[row.text("id")] = record_of(row, source, council)
    reading.records = list(found.values())
    return reading


def write_csv_template(records: Iterable[ServiceRecord], file: TextIO) -> None:
    """Write records as the template: a row for each place. Reading it again gives the same records."""
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for record in records:
        first, *others = record.places or (ServicePlace(),)
        writer.writerow(cells_of(record) | place_cells_of(first))
        for place in others:
            writer.writerow({"id": record.id} | place_cells_of(place))
