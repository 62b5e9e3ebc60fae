"""The CSV template for services (docs/csv-template.md): read into records, and written from them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from directory.cleaning import plain_text
from directory.hours import HoursError, parse_hours
from directory.needs import needs
from directory.places import pack_place
from directory.service import (
    AUDIENCES,
    DELIVERIES,
    KINDS,
    REFERRALS,
    STATUSES,
    Reading,
    Remark,
    ServicePlace,
    ServiceRecord,
)  # fmt: skip

PLACE_COLUMNS = ("location", "address", "postcode", "place", "latitude", "longitude", "times")
COLUMNS = (
    "id", "name", "organisation", "summary", "description", "kind", "needs", "audience", "min_age", "max_age",
    "eligibility", "how_to_join", "referral", "cost", "phone", "text", "email", "url", "languages", "accessibility",
    "send", "delivery", "areas", *PLACE_COLUMNS, "booking_opens", "starts", "ends", "status", "assured_date",
)  # fmt: skip
REQUIRED = ("id", "name")
LARGEST = 200 * 1024 * 1024  # bytes; a hundred thousand services are a quarter of it

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,199}")


class SourceError(Exception):
    """A source as a whole cannot be read: what it is, why, and the fix. Nothing was changed."""


class _Row:
    """One line of the file: gives each cell in its type, and notes what could not be read."""

    def __init__(self, cells: dict[str, str], name: str, repaired: list[Remark]) -> None:
        self.cells, self.name, self._repaired = cells, name, repaired

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def words(self, column: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for part in (p.strip() for p in self.text(column).split(";")) if part))

    def among(self, column: str, allowed: Iterable[str]) -> tuple[str, ...]:
        known = set(allowed)
        for word in self.words(column):
            if word not in known:
                self.repair(column, f"{word!r} is not one of the template's words, left out")
        return tuple(word for word in self.words(column) if word in known)

    def one_of(self, column: str, allowed: Iterable[str], default: str = "") -> str:
        return next(iter(self.among(column, allowed)), default)

    def read(self, column: str, reader: Callable[[str], Any]) -> Any:
        """The cell read by `reader`; None where it is empty or `reader` raises ValueError."""
        given = self.text(column)
        if not given:
            return None
        try:
            return reader(given)
        except ValueError:
            self.repair(column, f"{given[:60]!r} cannot be read, taken as not known")
            return None

    def repair(self, column: str, what: str) -> None:
        self._repaired.append(Remark(self.name, f"{column}: {what}"))


def read_csv_template(file: Path, source: str, council: str | None = None) -> Reading:
    """Read a file in the template as records of `source`; SourceError where it is not such a file at all.

    `council`: whose places.csv the column `place` speaks of. A value that cannot be read becomes "not known" and is
    reported; a row without an id or a name is refused.
    """
    reading = Reading()
    found: dict[str, ServiceRecord] = {}
    refused: set[str] = set()
    for line, cells in _lines(file):
        row = _Row(cells, cells.get("id") or f"line {line}", reading.repaired)
        if not _ID.fullmatch(row.text("id")):
            problem = "it has no id" if not row.text("id") else "its id may hold letters, digits and . _ : - only"
            reading.refused.append(Remark(f"line {line}", problem))
        elif (known := found.get(row.text("id"))) is not None:
            found[known.id] = replace(known, places=(*known.places, *_places(row, council)))
        elif not row.text("name"):
            if row.name not in refused:
                reading.refused.append(Remark(row.name, "it has no name"))
            refused.add(row.name)
        else:
            found[row.text("id")] = _record(row, source, council)
    reading.records = list(found.values())
    return reading


def write_csv_template(records: Iterable[ServiceRecord], file: TextIO) -> None:
    """Write records as the template: a row for each place. Reading it again gives the same records."""
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for record in records:
        first, *others = record.places or (ServicePlace(),)
        writer.writerow(_cells(record) | _place_cells(first))
        for place in others:
            writer.writerow({"id": record.id} | _place_cells(place))


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


def _record(row: _Row, source: str, council: str | None) -> ServiceRecord:
    minimum, maximum = row.read("min_age", _age), row.read("max_age", _age)
    if minimum is not None and maximum is not None and minimum > maximum:
        row.repair("max_age", f"{maximum:g} is below min_age {minimum:g}, both taken as not known")
        minimum = maximum = None
    return ServiceRecord(
        source=source,
        id=row.text("id"),
        name=row.text("name"),
        organisation=row.text("organisation"),
        summary=row.text("summary"),
        description=row.text("description"),
        kind=row.one_of("kind", KINDS),
        needs=row.among("needs", needs()),
        audience=row.among("audience", AUDIENCES),
        min_age=minimum,
        max_age=maximum,
        eligibility=row.text("eligibility"),
        how_to_join=row.text("how_to_join"),
        referral=row.one_of("referral", REFERRALS),
        cost=row.text("cost"),
        phone=row.text("phone"),
        text=row.text("text"),
        email=row.read("email", _email) or "",
        url=row.read("url", _url) or "",
        languages=row.words("languages"),
        accessibility=row.words("accessibility"),
        send=row.read("send", _yes_no),
        delivery=row.among("delivery", DELIVERIES),
        areas=row.words("areas"),
        places=_places(row, council),
        booking_opens=row.read("booking_opens", date.fromisoformat),
        starts=row.read("starts", date.fromisoformat),
        ends=row.read("ends", date.fromisoformat),
        status=row.one_of("status", STATUSES, "active"),
        assured_date=row.read("assured_date", date.fromisoformat),
    )


def _places(row: _Row, council: str | None) -> tuple[ServicePlace, ...]:
    """The row's place, as a tuple of one; empty where its place columns are all empty."""
    if not any(row.text(column) for column in PLACE_COLUMNS):
        return ()
    if (name := row.text("place")) and council and pack_place(name, council) is None:
        row.repair("place", f"{name!r} is not in the council's places.csv, so it has no distance")
    for part in row.words("times"):
        try:
            parse_hours(part)
        except HoursError:
            row.repair("times", f"{part!r} is not hours that can be reckoned with, shown as words")
    latitude, longitude = row.read("latitude", _degrees(90)), row.read("longitude", _degrees(180))
    both = latitude is not None and longitude is not None
    place = ServicePlace(
        location=row.text("location"),
        address=row.text("address"),
        postcode=row.text("postcode").upper(),
        place=name,
        latitude=latitude if both else None,
        longitude=longitude if both else None,
        times=row.words("times"),
    )
    return (place,)


def _cells(record: ServiceRecord) -> dict[str, str]:
    return {column: _cell(getattr(record, column)) for column in COLUMNS if column not in PLACE_COLUMNS}


def _place_cells(place: ServicePlace) -> dict[str, str]:
    return {column: _cell(getattr(place, column)) for column in PLACE_COLUMNS}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _age(text: str) -> float:
    age = float(text)
    if not 0 <= age <= 120:
        raise ValueError(text)
    return age


def _degrees(limit: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        degrees = float(text)
        if not -limit <= degrees <= limit:
            raise ValueError(text)
        return degrees

    return read


def _yes_no(text: str) -> bool:
    answers = {"yes": True, "true": True, "no": False, "false": False}
    if text.lower() not in answers:
        raise ValueError(text)
    return answers[text.lower()]


def _email(text: str) -> str:
    """An address somebody reads; `…@noemail.invalid` is how some feeds say that there is none."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text) or text.lower().endswith(".invalid"):
        raise ValueError(text)
    return text


def _url(text: str) -> str:
    """A page on the web; anything but http and https could run in a reader's browser."""
    if not re.fullmatch(r"https?://[^\s/?#]+\.[^\s]+", text, re.IGNORECASE):
        raise ValueError(text)
    return text
