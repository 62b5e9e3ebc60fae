"""A service as the cells of the template (docs/csv-template.md), and cells as a service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from directory.hours import HoursError, parse_hours
from directory.needs import needs
from directory.places import pack_place
from directory.service import (
    AUDIENCES,
    DELIVERIES,
    KINDS,
    REFERRALS,
    STATUSES,
    Remark,
    ServicePlace,
    ServiceRecord,
)  # fmt: skip
from directory.sources.values import age, day, degrees, email, phone, url

PLACE_COLUMNS = ("location", "address", "postcode", "place", "latitude", "longitude", "times")
COLUMNS = (
    "id", "name", "organisation", "summary", "description", "kind", "needs", "audience", "min_age", "max_age",
    "eligibility", "how_to_join", "referral", "cost", "phone", "text", "email", "url", "languages", "accessibility",
    "send", "delivery", "areas", *PLACE_COLUMNS, "booking_opens", "starts", "ends", "status", "assured_date",
)  # fmt: skip


class Row:
    """The cells of one line: gives each cell in its type, and notes what could not be read."""

    def __init__(self, cells: Mapping[str, str], name: str, repaired: list[Remark]) -> None:
        self.cells, self.name, self._repaired = cells, name, repaired

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def words(self, column: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for part in (p.strip() for p in self.text(column).split(";")) if part))

    def among(self, column: str, allowed: Iterable[str]) -> tuple[str, ...]:
        known = {word.casefold(): word for word in allowed}
        for word in self.words(column):
            if word.casefold() not in known:
                self.repair(column, f"{word!r} is not one of the template's words, left out")
        return tuple(dict.fromkeys(known[word.casefold()] for word in self.words(column) if word.casefold() in known))

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


def record_of(row: Row, source: str, council: str | None) -> ServiceRecord:
    """The record that a line says; what cannot be read becomes "not known" and is noted."""
    minimum, maximum = row.read("min_age", age), row.read("max_age", age)
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
        phone=row.read("phone", phone) or "",
        text=row.read("text", phone) or "",
        email=row.read("email", email) or "",
        url=row.read("url", url) or "",
        languages=row.words("languages"),
        accessibility=row.words("accessibility"),
        send=row.read("send", _yes_no),
        delivery=row.among("delivery", DELIVERIES),
        areas=row.words("areas"),
        places=places_of(row, council),
        booking_opens=row.read("booking_opens", day),
        starts=row.read("starts", day),
        ends=row.read("ends", day),
        status=row.one_of("status", STATUSES, "active"),
        assured_date=row.read("assured_date", day),
    )


def places_of(row: Row, council: str | None) -> tuple[ServicePlace, ...]:
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
    latitude, longitude = row.read("latitude", degrees(90)), row.read("longitude", degrees(180))
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


def cells_of(record: ServiceRecord) -> dict[str, str]:
    """A record's own cells, without its places."""
    return {column: _cell(getattr(record, column)) for column in COLUMNS if column not in PLACE_COLUMNS}


def place_cells_of(place: ServicePlace) -> dict[str, str]:
    """A place's cells."""
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


def _yes_no(text: str) -> bool:
    answers = {"yes": True, "true": True, "no": False, "false": False}
    if text.lower() not in answers:
        raise ValueError(text)
    return answers[text.lower()]
