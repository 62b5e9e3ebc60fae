"""The profile's schemas, and anything brought into their shape: what does not fit is mended or left out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from directory.files import DATA

SCHEMAS = DATA / "open-referral"

# HSDS has words for these and the UK's profile has none; it allows more than it names, and feeds publish them just so.
_PHONES = {"type": "array", "items": {"type": "object", "required": ["id", "number"], "properties": {
    "id": {"type": "string", "format": "uuid"}, "number": {"type": "string"}, "type": {"type": "string"},
    "extension": {"type": "string"}, "description": {"type": "string"}}}}  # fmt: skip
_BEYOND: dict[tuple[str, ...], dict[str, Any]] = {
    (): {"eligibility_description": {"type": "string"}, "application_process": {"type": "string"},
         "alternate_name": {"type": "string"}, "phones": _PHONES},
    ("contacts",): {"phones": _PHONES, "email": {"type": "string", "format": "email"}},
    ("languages",): {"name": {"type": "string"}, "code": {"type": "string"}, "note": {"type": "string"}},
}  # fmt: skip
# What the profile requires and nobody may have said.
_DEFAULTS = {"country": "GB", "location_type": "physical", "address_type": "physical", "status": "active"}

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/?#]+\S*")

Identify = Callable[[str, Any, str], str]
"""(what it is of, the feed's id or None, where it stands) → the id it is published under."""


@lru_cache(maxsize=8)
def schema(name: str) -> Mapping[str, Any]:
    """One of the profile's compiled schemas: `service`, `service_list`, `service_at_location`."""
    read: dict[str, Any] = json.loads((SCHEMAS / f"{name}.compiled.json").read_text(encoding="utf-8"))
    return read


@lru_cache(maxsize=1)
def service_schema() -> Mapping[str, Any]:
    """The schema of a service, with what we publish beyond it."""
    wide: dict[str, Any] = json.loads(json.dumps(schema("service")))
    for path, more in _BEYOND.items():
        part = wide
        for name in path:
            part = part["properties"][name]["items"]
        part["properties"].update(more)
    return wide


@lru_cache(maxsize=1)
def profile() -> Mapping[str, Any]:
    """The profile's own description of its API."""
    read: dict[str, Any] = json.loads((SCHEMAS / "openapi.json").read_text(encoding="utf-8"))
    return read


def conform(value: Any, to: Mapping[str, Any], identify: Identify, of: str = "service", at: str = "") -> Any:
    """`value` in the shape of a schema; None where it cannot be. Fields that the schema has not are left out."""
    kind = to.get("type")
    if kind == "object":
        return _object(value, to, identify, of, at)
    if kind == "array":
        several = value if isinstance(value, list) else [value]
        made = (conform(part, to["items"], identify, of, f"{at}/{n}") for n, part in enumerate(several))
        return [part for part in made if part is not None]
    if kind == "number":
        return _number(value)
    if to.get("format") == "uuid":
        return identify(of, value, at) if isinstance(value, str | int) and not isinstance(value, bool) else None
    return _string(value, to)


def _object(value: Any, to: Mapping[str, Any], identify: Identify, of: str, at: str) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        return None
    made: dict[str, Any] = {}
    for name, part in to["properties"].items():
        if value.get(name) is not None:
            inner = of if name == "id" else name.removesuffix("_id") if name.endswith("_id") else name
            found = conform(value[name], part, identify, inner, f"{at}/{name}")
            if found is not None and found != [] and found != {}:
                made[name] = found
    for name in to.get("required", ()):
        if name not in made:
            made[name] = identify(of, None, at) if name == "id" else _DEFAULTS.get(name, "")
    return made


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    if number != number or abs(number) == float("inf"):
        return None
    return int(number) if number == int(number) else number


def _string(value: Any, to: Mapping[str, Any]) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text, form = str(value), to.get("format")
    if "enum" in to:
        return next((word for word in to["enum"] if word.lower() == text.lower()), None)
    if form == "email":
        return text if _EMAIL.fullmatch(text) and ".." not in text else None
    if form == "uri":
        written = quote(text, safe="%:/?#@!$&'()*+,;=-._~")
        return written if _URI.fullmatch(written) and not re.search(r"%(?![0-9A-Fa-f]{2})", written) else None
    return _moment(text) if form == "date-time" else text


def _moment(text: str) -> str | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
