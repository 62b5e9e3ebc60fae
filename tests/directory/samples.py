"""The samples of feeds in tests/data/open-referral, and a dirty service to vary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from directory.service import Reading
from directory.sources.detect import find_source, name_of, read_source
from directory.sources.open_referral_items import read_items

SAMPLES = Path(__file__).parents[1] / "data" / "open-referral"

# file → services, repairs, refusals
COUNTS = {
    "oruk-v3/service_full.json": (1, 4, 0),
    "oruk-v3/service_list.json": (1, 4, 0),
    "oruk-v3/organization_full.json": (1, 3, 0),
    "oruk-v3/service_at_location_full.json": (1, 4, 0),
    "oruk-v3/service_at_location_list.json": (1, 5, 0),
    "hsds-3.0/service_full.json": (1, 4, 0),
    "hsds-3.0/service_list.json": (1, 4, 0),
    "scout-x-bucks/service.json": (1, 0, 0),
    "scout-x-bucks/services.json": (20, 23, 0),
    "outpost/services--with-sample-data.csv": (2, 2, 0),
    "outpost/services_valid.csv": (2, 3, 0),
    "validator-mocks/Default_service_full.json": (1, 4, 0),
    "validator-mocks/Default_service_list.json": (1, 3, 0),
    "validator-mocks/Warn_service_full.json": (1, 4, 0),
    "validator-mocks/Warn_service_list.json": (1, 3, 0),
    "validator-mocks/Fail_service_full.json": (1, 5, 0),
    "validator-mocks/Fail_service_list.json": (0, 0, 4),
    "validator-mocks/Test_service_list.json": (1, 4, 0),
}


def read_sample(name: str, source: str | None = None) -> Reading:
    where = find_source(str(SAMPLES / name))
    return read_source(where, source or name_of(where, "westmere"), "westmere")


def dirty(**said: Any) -> dict[str, Any]:
    """A version 1 record that says only what matters to the test."""
    return {"id": "d", "name": "Dirty", "organization": {"id": "o", "name": "Org"}} | said


def read_one(**said: Any) -> Any:
    """What becomes of it."""
    return read_items([dirty(**said)], "feed", "westmere").records[0]
