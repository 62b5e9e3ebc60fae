"""A service as Open Referral UK 3.0 says it: fully nested, with identifiers that are UUIDs."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TextIO

from directory.open_referral import places
from directory.open_referral.identifiers import is_uuid, made_uuid, service_id
from directory.open_referral.schema import Identify, conform, schema, service_schema
from directory.open_referral.terms import attributes
from directory.service import ServiceRecord
from directory.sources.open_referral import read_service
from directory.sources.own_words import own_words
from directory.sources.record_notes import Notes
from directory.sources.tidy import objects, tidied
from directory.store import organisation_id

STATUS = {"active": "active", "retired": "inactive"}


def document(record: ServiceRecord, changed_at: datetime | None = None, whole: bool = False) -> dict[str, Any]:
    """The full service. What the profile has no word for is in the member `signpost`, in the words of docs/csv-template.md.

    `whole`: also what a feed said beyond both, so that nothing is lost when this is read again.
    """
    made = conform(_said(record, changed_at), service_schema(), _identify(record))
    assert isinstance(made, dict)
    made["id"] = service_id(record.source, record.id)
    own = own_words(record, _read_back(made, record))
    if made["id"] != record.id:
        own = {"id": record.id} | own
    if whole:
        own["open_referral"] = dict(record.open_referral)
    return made | ({"signpost": own} if own else {})


def listed(full: Mapping[str, Any]) -> dict[str, Any]:
    """A full service as a list shows it: only what it has one of."""
    made: dict[str, Any] = {}
    for name, part in schema("service_list")["properties"].items():
        if name in full:
            inner = part.get("properties")
            made[name] = {key: full[name][key] for key in inner if key in full[name]} if inner else full[name]
    return made


def at_location(full: Mapping[str, Any], at: Mapping[str, Any]) -> dict[str, Any]:
    """A full service at one of its `service_at_locations`."""
    service = {name: part for name, part in full.items() if name != "service_at_locations"}
    service["schedules"] = [
        part for part in full.get("schedules", []) if part.get("service_at_location_id", at["id"]) == at["id"]
    ]
    return {**at, "service_id": full["id"], "service": service}


def write_documents(records: Iterable[ServiceRecord], source: str, file: TextIO) -> None:
    """A source's services as one page of Open Referral UK 3.0; importing it again changes nothing."""
    several = list(records)
    page: dict[str, Any] = {"signpost": {"source": source}}  # first: an import knows by it whose they are
    page |= {"total_items": len(several), "total_pages": 1, "page_number": 1, "size": len(several)}
    page |= {"first_page": True, "last_page": True, "empty": not several}
    file.write(json.dumps(page, ensure_ascii=False)[:-1] + ', "contents": [')
    for number, record in enumerate(several):
        file.write((",\n" if number else "\n") + json.dumps(document(record, whole=True), ensure_ascii=False))
    file.write("\n]}\n")


def _said(record: ServiceRecord, changed_at: datetime | None) -> dict[str, Any]:
    """What the feed said, and over it what is shown now."""
    extra = dict(record.open_referral)
    about = next(objects(extra.get("organization")), {})
    said = extra | {
        "id": record.id,
        "name": record.name,
        "description": record.description,
        "url": record.url,
        "email": record.email,
        "status": extra.get("status") if extra.get("status") and record.status == "retired" else STATUS[record.status],
        "fees": record.cost,
        "minimum_age": record.min_age,
        "maximum_age": record.max_age,
        "assured_date": record.assured_date.isoformat() if isinstance(record.assured_date, date) else None,
        "eligibility_description": record.eligibility,
        "application_process": record.how_to_join,
        "last_modified": changed_at.isoformat() if changed_at else extra.get("last_modified"),
        "organization": about | {"name": record.organisation} if record.organisation else None,
        "contacts": _contacts(record, extra),
        "languages": _named(record.languages, extra.get("languages")),
        "service_areas": _named(record.areas, extra.get("service_areas")),
        "attributes": attributes(record, extra),
        "service_at_locations": places.at_locations(record, extra),
        "schedules": places.schedules(record, extra),
    }
    if said["organization"] and not is_uuid(said["organization"].get("id")):
        said["organization"]["id"] = organisation_id(record.source, record.organisation)
    return {name: part for name, part in said.items() if part not in (None, "", [], {})}


def _contacts(record: ServiceRecord, extra: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The feed's contacts; and first, where none of them has it, the number that is shown."""
    contacts = list(objects(extra.get("contacts")))
    known = {str(phone.get("number")) for contact in contacts for phone in objects(contact.get("phones"))}
    phones = [{"number": number, "type": kind} for number, kind in ((record.phone, "voice"), (record.text, "text")) if number]
    own = [phone for phone in phones if phone["number"] not in known]
    return ([{"name": record.organisation, "phones": own}] if own else []) + contacts


def _named(names: Collection[str], extra: Any) -> list[dict[str, Any]]:
    """The feed's own objects of these names; new ones for names it has not; its objects without a name stay."""
    held = {str(part.get("name", "")): part for part in objects(extra)}
    return [held.get(name, {"name": name}) for name in names] + [part for name, part in held.items() if name not in names]


def _identify(record: ServiceRecord) -> Identify:
    def identify(of: str, given: Any, at: str) -> str:
        if at == "/id" or of == "service":
            return service_id(record.source, record.id)
        if is_uuid(given):
            return str(given)
        # An id of the feed's own is the same thing wherever it stands in the feed; what has none is known by where it stands.
        return made_uuid(of, record.source, given) if given is not None else made_uuid(of, record.source, record.id, at)

    return identify


def _read_back(made: Mapping[str, Any], record: ServiceRecord) -> ServiceRecord:
    """What an import would read of this document."""
    told = read_service(tidied(made), record.id, record.source, None, Notes(record.id, []))
    return replace(told, source=record.source)
