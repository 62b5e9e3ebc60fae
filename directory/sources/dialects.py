"""Puts a feed's record into Open Referral UK 3.0's words: version 1.0, HSDS and Outpost's own (Scout) say the same otherwise.

What no version has a word for stays under its own name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from directory.sources.record_notes import Notes
from directory.sources.tidy import objects, text

# A feed's word → version 3.0's. The first column is version 1.0's or Outpost's.
_SERVICE = {
    "organisation": "organization",
    "min_age": "minimum_age",
    "max_age": "maximum_age",
    "regular_schedules": "schedules",
    "regular_schedule": "schedules",
    "fundings": "funding",
    "updated_at": "last_modified",
}
_LOCATION = {
    "physical_addresses": "addresses",
    "physical_address": "addresses",
    "accessibility_for_disabilities": "accessibility",
    "accessibilities": "accessibility",
}
_ADDRESS = ("attention", "address_1", "address_2", "address_3", "address_4", "city", "region", "state_province", "postal_code",
            "country", "address_type")  # fmt: skip
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def in_version_3(raw: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    """A tidied record of any dialect in version 3.0's words. People's private contacts and hidden addresses are left out."""
    said = _renamed(raw, _SERVICE)
    ages = list(objects(said.get("eligibilitys") or said.get("eligibilities") or said.get("eligibility")))
    _put(said, "minimum_age", said.get("minimum_age", _among(ages, "minimum_age", min)))
    _put(said, "maximum_age", said.get("maximum_age", _among(ages, "maximum_age", max)))
    if "eligibility_description" not in said:
        _put(said, "eligibility_description", "\n".join(dict.fromkeys(filter(None, (text(a, "eligibility") for a in ages)))))
    _put(said, "schedules", [_schedule(part) for part in objects(said.get("schedules"))])
    _put(said, "contacts", _contacts(said.get("contacts"), notes))
    _put(said, "attributes", [*objects(said.get("attributes")), *_terms(said)])
    _put(said, "languages", [_language(part) for part in objects(said.get("languages"))])
    places = [*objects(said.get("service_at_locations")), *({"location": part} for part in objects(said.pop("locations", None)))]
    _put(said, "service_at_locations", [_at_location(part, notes) for part in places])
    return said


def _renamed(raw: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    said = {name: part for name, part in raw.items() if name not in names}
    for name, part in raw.items():
        if name in names:
            said.setdefault(names[name], part)
    return said


def _put(said: dict[str, Any], name: str, value: Any) -> None:
    if value or value == 0:
        said[name] = value
    else:
        said.pop(name, None)


def _among(ages: list[dict[str, Any]], name: str, chosen: Any) -> Any:
    """The lowest minimum or the highest maximum of several eligibilities; None where one of them is open."""
    given = [age[name] for age in ages if isinstance(age.get(name), int | float)]
    return chosen(given) if given and len(given) == len(ages) else None


def _schedule(said: dict[str, Any]) -> dict[str, Any]:
    weekday = said.get("weekday")
    if isinstance(weekday, int) and 1 <= weekday <= 7:
        return {"byday": _DAYS[weekday - 1]} | said
    if isinstance(weekday, str) and weekday[:2].upper() in _DAYS:
        return {"byday": weekday[:2].upper()} | said
    return said


def _contacts(said: Any, notes: Notes) -> list[dict[str, Any]]:
    kept = []
    for contact in objects(said):
        if contact.get("personal_data") is True or contact.get("sensitive_data") is True or contact.get("visible") is False:
            notes.mended("contacts: somebody who is not for the public was left out")
            continue
        if (number := contact.get("phone")) and "phones" not in contact:
            contact = {name: part for name, part in contact.items() if name != "phone"} | {"phones": [{"number": number}]}
        kept.append(contact)
    return kept


def _terms(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Version 1.0's service_taxonomys and Outpost's taxonomies as attributes."""
    found = []
    for link in objects(said.pop("service_taxonomys", None)):
        found += [{"id": link.get("id"), "taxonomy_term": _term(term)} for term in objects(link.get("taxonomy"))]
    found += [{"taxonomy_term": _term(term)} for term in objects(said.pop("taxonomies", None))]
    return [{name: part for name, part in link.items() if part} for link in found if link["taxonomy_term"]]


def _term(said: dict[str, Any]) -> dict[str, Any]:
    return _renamed(said, {"vocabulary": "taxonomy", "parentId": "parent_id"})


def _language(said: dict[str, Any]) -> dict[str, Any]:
    return _renamed(said, {"language": "name"})


def _at_location(said: dict[str, Any], notes: Notes) -> dict[str, Any]:
    at = _renamed(said, {"regular_schedule": "schedules", "regular_schedules": "schedules"})
    at["schedules"] = [_schedule(part) for part in objects(at.get("schedules"))]
    at["location"] = next((_location(part, notes) for part in objects(at.get("location"))), {})
    return {name: part for name, part in at.items() if part}


def _location(raw: dict[str, Any], notes: Notes) -> dict[str, Any]:
    said = _renamed(raw, _LOCATION)
    if "addresses" not in said and any(name in said for name in ("address_1", "city", "postal_code")):
        said["addresses"] = [{name: said.pop(name) for name in _ADDRESS if name in said}]
    point = said.pop("geometry", None)
    if isinstance(point, dict) and isinstance(point.get("coordinates"), list) and len(point["coordinates"]) == 2:
        said.setdefault("longitude", point["coordinates"][0])
        said.setdefault("latitude", point["coordinates"][1])
    said["accessibility"] = [_renamed(part, {"name": "description"}) for part in objects(said.get("accessibility"))]
    if said.pop("mask_exact_address", None) is True:
        notes.mended("location: its exact address is not for the public and was left out")
        said = _masked(said)
    return {name: part for name, part in said.items() if part or part == 0}


def _masked(said: dict[str, Any]) -> dict[str, Any]:
    """A place that must not be found (a refuge): its town and its postcode's first half are all that is kept."""
    addresses = []
    for address in objects(said.get("addresses")):
        district = text(address, "postal_code").split(" ")[0][:4]
        addresses.append({name: part for name, part in (("city", address.get("city")), ("postal_code", district)) if part})
    return {"id": said.get("id"), "addresses": [address for address in addresses if address]}
