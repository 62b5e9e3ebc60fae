"""The CSV template for services (docs/csv-template.md): its file, read into records and written from them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from directory.cleaning import plain_text
from directory.service import Reading, Remark, ServicePlace, ServiceRecord
from directory.sources.faults import SourceError
from directory.sources.template import COLUMNS, Row, cells_of, place_cells_of, places_of, record_of
from directory.sources.values import is_id

__all__ = ["COLUMNS", "SourceError", "read_csv_template", "write_csv_template"]

csv.field_size_limit(4 * 1024 * 1024)  # a description with pictures in it goes past Python's 128 KB
REQUIRED = ("id", "name")
LARGEST = 200 * 1024 * 1024  # bytes; a hundred thousand services are a quarter of it


def read_csv_template(file: Path, source: str, council: str | None = None) -> Reading:
    """Read a file in the template as records of `source`; SourceError where it is not such a file at all.

    `council`: whose places.csv the column `place` speaks of. A value that cannot be read becomes "not known" and is
    reported; a row without an id or a name is refused.
    """
    reading = Reading(silent=frozenset({"open_referral"}))
    found: dict[str, ServiceRecord] = {}
    refused: set[str] = set()
    for line, cells in _lines(file):
        row = Row(cells, cells.get("id") or f"line {line}", reading.repaired)
        if not is_id(row.text("id")):
            problem = "it has no id" if not row.text("id") else "its id must begin with a letter or digit and hold no space"
            reading.refused.append(Remark(f"line {line}", problem))
        elif (known := found.get(row.text("id"))) is not None:
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


def _lines(file: Path) -> Iterable[tuple[int, dict[str, str]]]:
    if file.stat().st_size > LARGEST:
        raise SourceError(f"{file.name} is over {LARGEST // 1024**2} MB. That is no list of services. Send a smaller file.")
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened, strict=True)
            header = reader.fieldnames or []
            if missing := [column for column in REQUIRED if column not in header]:
                raise SourceError(
                    f"{file.name} has no column {' and no column '.join(missing)}. Services are read by the names of "
                    f"their columns. Start from the template in docs/csv-template.md."
                )
            for cells in reader:
                yield reader.line_num, {key: plain_text(value or "") for key, value in cells.items() if key in COLUMNS}
    except UnicodeDecodeError as error:
        raise SourceError(f"{file.name} is not UTF-8 text (byte {error.start}). Save it as 'CSV UTF-8'.") from error
    except csv.Error as error:
        raise SourceError(f"{file.name} is not a CSV file that can be read: {error}. Save it as 'CSV UTF-8'.") from error
