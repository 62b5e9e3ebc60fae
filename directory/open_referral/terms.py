"""The taxonomies we publish: needs, audiences and kinds of service, each with its terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from directory.needs import needs
from directory.open_referral.identifiers import taxonomy_id, term_id
from directory.service import AUDIENCES, KINDS, ServiceRecord
from directory.sources.tidy import objects

VERSION = "1.0"


@dataclass(frozen=True)
class Term:
    """One of our codes as a taxonomy term."""

    taxonomy: str
    """Short name of its taxonomy: `needs`, `audience`, `kind`."""
    code: str
    name: str
    description: str
    parent: str = ""
    """The code of the term above it."""

    @property
    def id(self) -> str:
        """Its UUID."""
        return term_id(self.taxonomy, self.code)

    def document(self) -> dict[str, Any]:
        """As the profile's taxonomy_term."""
        made = {"id": self.id, "name": self.name, "description": self.description}
        if self.parent:
            made["parent_id"] = term_id(self.taxonomy, self.parent)
        return made | {"taxonomy": TAXONOMIES[self.taxonomy][0], "taxonomy_id": taxonomy_id(self.taxonomy), "term": self.code}


TAXONOMIES = {
    "needs": ("Signpost needs", "What a family can be struggling with."),
    "audience": ("Signpost audiences", "Whom a service is for."),
    "kind": ("Signpost kinds of service", "What kind of thing a service is."),
}
"""Short name → name and description."""


@lru_cache(maxsize=1)
def terms() -> Mapping[str, Term]:
    """Every term by its UUID, the needs' areas before the needs."""
    areas = [Term("needs", area, _words(area), f"The needs of the area {_words(area).lower()}.") for area in _areas()]
    chosen = [Term("needs", need.code, need.label, need.means, need.area) for need in needs().values()]
    chosen += [Term("audience", code, _words(code), f"For {_words(code).lower()}.") for code in AUDIENCES]
    chosen += [Term("kind", code, _words(code), _words(code)) for code in KINDS]
    return MappingProxyType({term.id: term for term in [*areas, *chosen]})


def taxonomies() -> list[dict[str, Any]]:
    """Each taxonomy as the profile says it."""
    return [
        {"id": taxonomy_id(short), "name": name, "description": description, "version": VERSION}
        for short, (name, description) in TAXONOMIES.items()
    ]


def attributes(record: ServiceRecord, extra: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A record's terms of ours, and those its feed gave it."""
    codes = [("needs", code) for code in record.needs] + [("audience", code) for code in record.audience]
    codes += [("kind", record.kind)] if record.kind else []
    by_id = terms()
    own = [by_id[id_].document() for id_ in (term_id(*pair) for pair in codes) if id_ in by_id]
    made = [{"link_type": "service", "taxonomy_term_id": term["id"], "taxonomy_term": term} for term in own]
    return made + list(objects(extra.get("attributes")))


def _areas() -> list[str]:
    return list(dict.fromkeys(need.area for need in needs().values()))


def _words(code: str) -> str:
    return code.replace("_", " ").capitalize()
