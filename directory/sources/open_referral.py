"""One record of an Open Referral feed, whichever its version, as a ServiceRecord."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from directory.places import pack_places
from directory.service import ServiceRecord
from directory.sources.dialects import in_version_3
from directory.sources.open_referral_places import read_places
from directory.sources.own_words import with_own_words
from directory.sources.record_notes import Notes
from directory.sources.tidy import objects, small_enough, text
from directory.sources.values import age, day, email, phone, url, words, yes_no

# These have a column of ours; everything else is kept in `open_referral` as it came.
_COLUMNS = {
    "id", "name", "description", "url", "email", "fees", "fees_description", "eligibility_description", "application_process",
    "minimum_age", "maximum_age", "assured_date",
}  # fmt: skip
_PLAIN_STATUSES = {"active", "inactive"}
_CLOSED = {"inactive", "defunct", "temporarily closed", "closed", "suspended", "retired", "archived", "deleted"}
_TEXT_TYPES = {"text", "sms", "textphone"}
_NO_VOICE = {"fax", *_TEXT_TYPES}
_SHORT = 80  # characters; a name of an area or a language, not a sentence about it


def read_service(raw: Mapping[str, Any], id_: str, source: str, council: str | None, notes: Notes) -> ServiceRecord:
    """The record that tidied JSON says; ValueError, told as a reason, where it is no service."""
    said = in_version_3(raw, notes)
    name = " ".join(text(said, "name").split())
    if not name:
        raise ValueError("it has no name")
    organisation = next(objects(said.get("organization")), {})
    minimum, maximum = _ages(said, notes)
    places = read_places(said, notes)
    numbers = list(_numbers(said, organisation))
    record = ServiceRecord(
        source=source,
        id=id_,
        name=name,
        organisation=text(organisation, "name"),
        description=text(said, "description"),
        audience=_audience(said),
        min_age=minimum,
        max_age=maximum,
        eligibility=text(said, "eligibility_description"),
        how_to_join=text(said, "application_process"),
        referral=_referral(said, notes),
        cost=_cost(said),
        phone=_number(numbers, notes, lambda kind: kind not in _NO_VOICE),
        text=_number(numbers, notes, lambda kind: kind in _TEXT_TYPES),
        email=_first("email", _said(said, organisation, "email"), email, notes),
        url=_first("url", _said(said, organisation, "url", "website"), url, notes),
        languages=_names(said.get("languages"), "name"),
        accessibility=_accessibility(said),
        send=True if said.get("send_needs") or said.get("local_offer") or said.get("is_local_offer") is True else None,
        delivery=_delivery(said),
        areas=_areas(said, council),
        places=places,
        booking_opens=_day("visible_from", said, notes),
        ends=_day("visible_to", said, notes),
        status="retired" if text(said, "status").lower() in _CLOSED else "active",
        assured_date=_assured(said, notes),
    )
    return with_own_words(replace(record, open_referral=_rest(said, organisation, notes)), said.get("signpost"), council, notes)


def _rest(said: dict[str, Any], organisation: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """What has no column of ours; an organisation's name has one."""
    kept = {name: part for name, part in said.items() if name not in _COLUMNS and name != "signpost"}
    if text(said, "fees_description") and text(said, "fees"):
        kept["fees"] = said["fees"]
    if text(said, "status").lower() in _PLAIN_STATUSES:
        del kept["status"]
    kept.pop("organization", None)
    if about := {name: part for name, part in organisation.items() if name != "name"}:
        kept["organization"] = about
    kept, dropped = small_enough(kept)
    if dropped:
        notes.mended(f"{', '.join(dropped)}: too large to keep, left out")
    return kept


def _ages(said: Mapping[str, Any], notes: Notes) -> tuple[float | None, float | None]:
    low, high = notes.read("minimum_age", said.get("minimum_age"), age), notes.read("maximum_age", said.get("maximum_age"), age)
    if low is not None and high is not None and (low > high or high == 0):
        notes.mended(f"ages {low:g} to {high:g} cannot be right, taken as not known")
        return None, None
    return low, high


def _audience(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Whom it is for, where a field says so: `pc_targetAudience`, `target_audience` … Words we have no code for stay there."""
    groups: list[str] = []
    for name, part in said.items():
        if re.search(r"target_?audience", name, re.IGNORECASE):
            groups += [group for item in (part if isinstance(part, list) else [part]) for group in _group(item)]
    known = words()["audience"]
    return tuple(dict.fromkeys(known[group] for group in (" ".join(g.lower().split()) for g in groups) if group in known))


def _group(item: Any) -> list[str]:
    if isinstance(item, dict):
        return [text(item, "audienceType", "name", "label", "title", "value")]
    return [part.strip() for part in str(item).split(",")]


def _referral(said: Mapping[str, Any], notes: Notes) -> str:
    needed = notes.read("needs_referral", said.get("needs_referral"), yes_no)
    return "" if needed is None else "professional" if needed else "none"


def _cost(said: Mapping[str, Any]) -> str:
    """In words, beginning with "Free" where it is free."""
    given = text(said, "fees_description", "fees")
    if given.lower().rstrip(".! ") in words()["free"] or said.get("free") is True:
        return "Free"
    if given and given.lower() not in words()["nothing"]:
        return given
    options = [option for option in (_option(part) for part in objects(said.get("cost_options"))) if option]
    return "Free" if options and set(options) == {"Free"} else "; ".join(dict.fromkeys(options))


def _option(said: Mapping[str, Any]) -> str:
    amount, per = said.get("amount", said.get("cost_amount")), text(said, "amount_description", "cost_type")
    for_whom = text(said, "option")
    if isinstance(amount, int | float) and not isinstance(amount, bool):
        price = f"£{amount:.2f}".removesuffix(".00") if amount > 0 else "Free"
        price = " ".join(filter(None, (price, per if amount > 0 else "")))
        return f"{for_whom}: {price}" if for_whom else price
    return ": ".join(filter(None, (for_whom, per)))


def _said(said: Mapping[str, Any], organisation: Mapping[str, Any], *names: str) -> Iterable[str]:
    """These fields of the service, then of its contacts, then of who runs it."""
    whose = [said, *objects(said.get("contacts")), *_at(said), organisation, *objects(organisation.get("contacts"))]
    return (value for part in whose if (value := text(part, *names)))


def _at(said: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    for at in objects(said.get("service_at_locations")):
        yield from objects(at.get("contacts"))


def _numbers(said: Mapping[str, Any], organisation: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """(type, number) of every phone, the service's own first. The schema has no place for contacts[].phones[]; feeds use it."""
    locations = [part for at in objects(said.get("service_at_locations")) for part in objects(at.get("location"))]
    for whose in (said, *objects(said.get("contacts")), *objects(said.get("service_at_locations")), *_at(said), *locations,
                  organisation, *objects(organisation.get("contacts"))):  # fmt: skip
        for number in objects(whose.get("phones")):
            extension = text(number, "extension")
            yield text(number, "type").lower(), text(number, "number") + (f" ext {extension}" if extension else "")


def _number(numbers: list[tuple[str, str]], notes: Notes, is_it: Any) -> str:
    return _first("phone", (number for kind, number in numbers if number and is_it(kind)), phone, notes)


def _first(name: str, given: Iterable[str], reader: Any, notes: Notes) -> str:
    """The first that can be right; a wrong one is noted."""
    return next((found for value in given if (found := notes.read(name, value, reader))), "")


def _names(said: Any, *names: str) -> tuple[str, ...]:
    found = (" ".join(text(part, *names).replace(";", ",").split()) for part in objects(said))
    return tuple(dict.fromkeys(name for name in found if name and len(name) <= _SHORT))


def _accessibility(said: Mapping[str, Any]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for at in objects(said.get("service_at_locations")):
        for location in objects(at.get("location")):
            found |= dict.fromkeys(_names(location.get("accessibility"), "accessibility", "description", "details"))
    return tuple(found)


def _delivery(said: Mapping[str, Any]) -> tuple[str, ...]:
    locations = [part for at in objects(said.get("service_at_locations")) for part in objects(at.get("location"))]
    given = [text(said, "attending_type"), text(said, "deliverable_type"), *(text(p, "location_type") for p in locations)]
    given += [text(part, "attending_type") for part in objects(said.get("schedules"))]
    known = words()["delivery"]
    pieces = (piece.strip().lower() for value in given for piece in value.replace("_", " ").split(","))
    return tuple(dict.fromkeys(known[piece] for piece in pieces if piece in known))


def _areas(said: Mapping[str, Any], council: str | None) -> tuple[str, ...]:
    """Areas that the council's own places.csv knows; of others ("Bristol") nobody could say who lives there."""
    named = _names(said.get("service_areas"), "name", "service_area")
    known = {n.lower() for point in pack_places(council or "").values() for n in (point.name, point.locality) if n}
    return tuple(name for name in named if name.lower() in known)


def _day(name: str, said: Mapping[str, Any], notes: Notes) -> date | None:
    return notes.read(name, said.get(name), day)


def _assured(said: Mapping[str, Any], notes: Notes) -> date | None:
    about = next(objects(said.get("pc_metadata")), {})
    return _day("assured_date", said, notes) or _day("date_assured", about, notes)
