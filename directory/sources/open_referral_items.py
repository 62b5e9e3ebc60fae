"""Many records of an Open Referral feed or file: read one by one, the good kept, the rest reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from directory.cleaning import LONGEST
from directory.open_referral.identifiers import service_id
from directory.service import Reading, Remark, ServiceRecord
from directory.sources.faults import SourceError
from directory.sources.open_referral import read_service
from directory.sources.record_notes import Notes
from directory.sources.tidy import objects, text, tidied
from directory.sources.values import identifier

MOST_STRANGE = 100  # things that are no records, before the first record, after which it is no list of services
NO_LIST = "This is no list of services in the words of Open Referral."
_OF_A_SERVICE = {"organization", "organisation", "status", "service_at_locations", "locations", "organization_id", "created_at"}
_OF_OTHERS = {
    "taxonomy_terms",
    "taxonomy",
    "vocabulary",
    "website",
    "organization_identifiers",
    "location_type",
    "logo",
    "uri",
    "version",
}


class Collector:
    """Takes records as they come and makes a Reading of them."""

    def __init__(self, source: str, council: str | None) -> None:
        self.source, self.council = source, council
        self.reading = Reading()
        self._found: dict[str, ServiceRecord] = {}
        self._seen = self._strange = 0

    def take(self, item: Any) -> None:
        """Read one record; what it cannot be is refused with its reason."""
        self._seen += 1
        for raw in services_in(item):
            self._take(raw)
        if not self._found and self._strange >= MOST_STRANGE:
            self.result()

    def refuse(self, record: str, why: str) -> None:
        """Leave out a record that the source has and could not give."""
        self.reading.refused.append(Remark(record, why))

    def result(self) -> Reading:
        """What was read; SourceError where none of it is a service."""
        self.reading.records = list(self._found.values())
        if not self._found:
            if self._strange and self._strange == len(self.reading.refused):
                raise SourceError(f"{NO_LIST} ({self._seen} records, and none of them is a service.) Nothing was changed.")
            self.reading.complete = False  # a day on which nothing can be read is no day to retire everything
        return self.reading

    def _take(self, raw: Any) -> None:
        said = tidied(raw)
        if not isinstance(raw, Mapping) or not isinstance(said, dict) or not _is_service(said):
            self._strange += 1
            return self.refuse(f"record {self._seen}", "it is no service: it has not the fields of one")
        if isinstance(raw.get("signpost"), Mapping):
            said["signpost"] = tidied(raw["signpost"], keep_empty=True)
        try:
            id_ = self._id(said)
        except ValueError:
            return self.refuse(f"record {self._seen}", f"it has no id ({text(said, 'name')[:60] or 'and no name'})")
        notes = Notes(id_, self.reading.repaired)
        _note_what_was_cut(raw.get("description"), text(said, "description"), notes)
        try:
            self._keep(read_service(said, id_, self.source, self.council, notes), notes)
        except ValueError as error:
            self.refuse(id_, str(error))

    def _id(self, said: Mapping[str, Any]) -> str:
        """The feed's own id; in an export of ours of this very source, the id that it was published for."""
        published = identifier(said.get("id"))
        own = text(next(objects(said.get("signpost")), {}), "id")
        return own if own and service_id(self.source, own) == published else published

    def _keep(self, record: ServiceRecord, notes: Notes) -> None:
        before = self._found.get(record.id)
        if before is None:
            self._found[record.id] = record
            return
        notes.mended("it comes more than once; the first is kept, with the places of all")
        self._found[record.id] = replace(before, places=tuple(dict.fromkeys((*before.places, *record.places))))


def read_items(items: Iterable[Any], source: str, council: str | None) -> Reading:
    """A Reading of all these records."""
    collector = Collector(source, council)
    for item in items:
        collector.take(item)
    return collector.result()


def services_in(item: Any) -> Iterator[Any]:
    """The services in one item: itself; or of an organisation with its services, or of a service at a location."""
    if isinstance(item, Mapping) and isinstance(item.get("services"), list):
        about = {name: part for name, part in item.items() if name != "services"}
        yield from ({"organization": about, **part} for part in item["services"] if isinstance(part, Mapping))
    elif isinstance(item, Mapping) and isinstance(item.get("service"), Mapping):
        at = {name: part for name, part in item.items() if name != "service"}
        yield {**item["service"], "service_at_locations": [at]}
    else:
        yield item


def _note_what_was_cut(given: Any, kept: str, notes: Notes) -> None:
    """Note what became of a description, beyond its markup."""
    if not isinstance(given, str):
        return
    if "base64," in given:
        notes.mended("description: a picture among its words was left out")
    if given.strip() and not kept:
        notes.mended("description: it holds no words, taken as empty")
    if len(kept) >= LONGEST - 1:
        notes.mended(f"description: longer than {LONGEST:,} characters, the rest was left out")


def _is_service(said: Mapping[str, Any]) -> bool:
    """Organisations, taxonomies and locations have ids and names too."""
    return bool(_OF_A_SERVICE & said.keys()) or ("id" in said and "name" in said and not _OF_OTHERS & said.keys())
