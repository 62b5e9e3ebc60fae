"""Services near a postcode, and those that serve it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from directory.open_referral.query import BadQuery, ListQuery
from directory.places import Point, great_circle_km, pack_place, postcode_point


@dataclass(frozen=True)
class Near:
    """Where it is asked for, and how far is too far; without a point everything is near."""

    point: Point | None = None
    metres: float | None = None
    council: str = ""

    def serves(self, row: Any) -> bool:
        """Whether a service at a place is near enough; without a distance: whether it serves the point's locality."""
        if self.point is None:
            return True
        if self.metres is not None:
            away = self.away(row)
            return away is not None and away <= self.metres
        served = {area.lower() for area in row.areas}
        return not served or "all" in served or self.point.locality is None or self.point.locality.lower() in served

    def sorted(self, rows: list[Any]) -> list[Any]:
        """The nearest first; those whose point is not known last."""
        if self.point is None:
            return rows
        far = [(away if (away := self.away(row)) is not None else float("inf")) for row in rows]
        return [rows[n] for n in sorted(range(len(rows)), key=far.__getitem__)]

    def away(self, row: Any) -> float | None:
        """Metres from the point; None where nobody knows where the place is."""
        assert self.point is not None
        if row.latitude is not None and row.longitude is not None:
            at = (row.latitude, row.longitude)
        else:
            found = (pack_place(row.place, self.council) if row.place else None) or postcode_point(row.postcode, self.council)
            if found is None:
                return None
            at = (found.latitude, found.longitude)
        return 1000 * great_circle_km(self.point.latitude, self.point.longitude, *at)


def places_near(query: ListQuery, council: str) -> Near:
    """What a query's postcode and proximity mean here; BadQuery for a postcode that nobody knows."""
    if query.postcode is None:
        return Near()
    point = postcode_point(query.postcode, council)
    if point is None:
        raise BadQuery(f"{query.postcode} is no postcode of the United Kingdom that we know.")
    return Near(point, query.proximity, council)
