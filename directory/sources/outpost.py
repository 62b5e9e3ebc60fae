"""Outpost's CSV template: one row for a service, and further rows for each further contact, place, cost, time or link of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from directory.service import Reading, Remark
from directory.sources.csv_lines import csv_lines
from directory.sources.open_referral_items import Collector

REQUIRED = ("import_id", "import_id_reference", "name")
TRUE = {"true", "yes", "1"}
_LOCAL_OFFER = (
    "support_description", "recent_send_report", "outcomes", "recent_send_training", "parental_involvement",
    "information_sharing", "environment_accessibility", "how_to_start", "future_plans",
)  # fmt: skip


def is_outpost(header: Iterable[str]) -> bool:
    """Whether a CSV file with these columns is Outpost's."""
    return set(REQUIRED) <= set(header)


def read_outpost(file: Path, source: str, council: str | None) -> Reading:
    """The services of such a file. A row that belongs to no service is refused."""
    services: dict[str, dict[str, Any]] = {}
    collector = Collector(source, council)
    for line, cells in csv_lines(file, REQUIRED):
        reference = cells.get("import_id_reference", "")
        if not any(cells.values()):
            continue
        if not reference:
            id_ = cells.get("import_id", "")
            if not id_ or id_ in services:
                why = f"the import_id {id_} is there already" if id_ else "it has no import_id"
                collector.reading.refused.append(Remark(f"line {line}", why))
                continue
            services[id_] = _service(cells)
        elif reference not in services:
            collector.reading.refused.append(Remark(f"line {line}", f"it belongs to {reference}, which is no row above it"))
            continue
        _add(services[reference or cells["import_id"]], cells)
    for service in services.values():
        collector.take(service)
    return collector.result()


def _service(cells: Mapping[str, str]) -> dict[str, Any]:
    """What is said once, in the words of Outpost's own feed."""
    hidden = _false(cells, "visible") or _false(cells, "approved")
    custom = {name: cell for name, cell in cells.items() if name.startswith("custom_") and cell}
    said: dict[str, Any] = {
        "id": cells["import_id"],
        "name": cells.get("name"),
        "description": cells.get("description"),
        "organisation": {"name": cells.get("organisation")},
        "status": "temporarily closed" if _true(cells, "temporarily_closed") else "inactive" if hidden else "active",
        "send_needs": _several(cells, "send_needs_support"),
        "taxonomies": [{"name": name} for name in _several(cells, "service_taxonomies")],
        "suitabilities": [{"name": name} for name in _several(cells, "suitabilities")],
        "labels": _several(cells, "labels"),
        **{name: [] for name in ("notes", "contacts", "locations", "cost_options", "regular_schedules", "links")},
    }
    for name in ("url", "visible_from", "visible_to", "needs_referral", "min_age", "max_age"):
        said[name] = cells.get(name)
    if _true(cells, "free"):
        said["free"] = True
    if _true(cells, "is_local_offer"):
        said["local_offer"] = {name: cells.get(name) for name in _LOCAL_OFFER} | {"is_local_offer": True}
    return said | custom


def _add(said: dict[str, Any], cells: Mapping[str, str]) -> None:
    """What may be said several times, a row for each."""
    if cells.get("notes"):
        said["notes"].append(cells["notes"])
    contact = {name: cells.get(f"contact_{name}") for name in ("name", "title", "email", "phone")}
    if any(contact.values()):
        said["contacts"].append(contact | ({"visible": False} if _false(cells, "contact_visible") else {}))
    if any(cells.get(name) for name in ("location_name", "location_address_1", "location_postcode", "location_latitude")):
        said["locations"] += [] if _false(cells, "location_visible") else [_location(cells)]
    cost = {name: cells.get(name) for name in ("cost_option", "cost_amount", "cost_type")}
    if any(cost.values()):
        amount = _number(cells.get("cost_amount", ""))
        said["cost_options"].append({"option": cost["cost_option"], "amount": amount, "amount_description": cost["cost_type"]})
    if weekday := cells.get("scheduled_weekday"):
        times = {"opens_at": cells.get("schedules_opens_at"), "closes_at": cells.get("schedules_closes_at")}
        said["regular_schedules"].append({"weekday": weekday} | times)
    if cells.get("links_url"):
        said["links"].append({"label": cells.get("links_label"), "url": cells["links_url"]})


def _location(cells: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": cells.get("location_name"),
        "latitude": _number(cells.get("location_latitude", "")),
        "longitude": _number(cells.get("location_longitude", "")),
        "address_1": cells.get("location_address_1"),
        "city": cells.get("location_city"),
        "postal_code": cells.get("location_postcode"),
        "mask_exact_address": _true(cells, "mask_exact_address"),
        "accessibilities": [{"name": name} for name in _several(cells, "location_accessibilities")],
    }


def _several(cells: Mapping[str, str], name: str) -> list[str]:
    return [part for part in (piece.strip() for piece in cells.get(name, "").split(";")) if part]


def _true(cells: Mapping[str, str], name: str) -> bool:
    return cells.get(name, "").lower() in TRUE


def _false(cells: Mapping[str, str], name: str) -> bool:
    return bool(cells.get(name)) and not _true(cells, name)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
