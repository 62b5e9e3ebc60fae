"""The lines of a CSV file by their columns, however it was saved; a SourceError where it is no such file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from directory.cleaning import plain_text
from directory.sources.faults import SourceError

LARGEST = 200 * 1024 * 1024  # bytes; a hundred thousand services are a quarter of it

csv.field_size_limit(4 * 1024 * 1024)  # a description with pictures in it goes past Python's 128 KB


def csv_header(file: Path) -> list[str]:
    """The names of the columns, in lower case: spreadsheets and people write "ID" and "Name "."""
    return next((_plain(names) for names, _ in _rows(file)), [])


def csv_lines(file: Path, required: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by column), the cells as plain text."""
    header: list[str] = []
    for cells, line in _rows(file):
        if not header:
            header = _plain(cells)
            if not set(required) <= set(header):
                break
        elif cells:
            yield line, {name: plain_text(cell) for name, cell in zip(header, cells, strict=False) if name}
    if missing := [column for column in required if column not in header]:
        raise SourceError(
            f"{file.name} has no column {' and no column '.join(missing)}. Services are read by the names of "
            f"their columns. Start from the template in docs/csv-template.md."
        )


def _plain(names: list[str]) -> list[str]:
    return [name.strip().lower() for name in names]


def _rows(file: Path) -> Iterator[tuple[list[str], int]]:
    if file.stat().st_size > LARGEST:
        raise SourceError(f"{file.name} is over {LARGEST // 1024**2} MB. That is no list of services. Send a smaller file.")
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.reader(opened, strict=True)
            for cells in reader:
                yield cells, reader.line_num
    except UnicodeDecodeError as error:
        raise SourceError(f"{file.name} is not UTF-8 text (byte {error.start}). Save it as 'CSV UTF-8'.") from error
    except csv.Error as error:
        raise SourceError(f"{file.name} is not a CSV file that can be read: {error}. Save it as 'CSV UTF-8'.") from error
