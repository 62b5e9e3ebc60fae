"""A service as every source is read into: the canonical record, free of any database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

KINDS = (
    "group", "course", "one_to_one", "helpline", "drop_in", "advice", "assessment", "activity", "grant", "information",
    "online", "childcare", "shelter",
)  # fmt: skip
AUDIENCES = (
    "parents", "children", "young_people", "families", "carers", "adults", "older_people", "professionals", "women",
    "men", "disabled", "lgbt",
)  # fmt: skip
REFERRALS = ("none", "self", "professional", "either")
DELIVERIES = ("in_person", "phone", "online", "home_visit")
STATUSES = ("active", "retired")


@dataclass(frozen=True)
class ServicePlace:
    """One place where a service happens, and when it happens there."""

    location: str = ""
    """The building."""
    address: str = ""
    postcode: str = ""
    place: str = ""
    """A name in the council's places.csv."""
    latitude: float | None = None
    longitude: float | None = None
    times: tuple[str, ...] = ()
    """Each as `directory.hours.parse_hours` reads it; what it cannot read is shown as words."""


@dataclass(frozen=True)
class ServiceRecord:
    """One service of one source. Empty text, empty tuple and None mean "not known", never "no".

    The fields are those of docs/csv-template.md, where each is explained.
    """

    source: str
    id: str
    name: str
    organisation: str = ""
    summary: str = ""
    description: str = ""
    kind: str = ""
    needs: tuple[str, ...] = ()
    """Codes of needs.yml, the chief one first."""
    audience: tuple[str, ...] = ()
    min_age: float | None = None
    """Years, of the child or young person it is about."""
    max_age: float | None = None
    eligibility: str = ""
    how_to_join: str = ""
    referral: str = ""
    cost: str = ""
    phone: str = ""
    text: str = ""
    email: str = ""
    url: str = ""
    languages: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    send: bool | None = None
    delivery: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    places: tuple[ServicePlace, ...] = ()
    booking_opens: date | None = None
    starts: date | None = None
    ends: date | None = None
    status: str = "active"
    assured_date: date | None = None
    open_referral: Mapping[str, Any] = field(default_factory=dict)
    """What a feed says beyond these fields (cost options, schedules, contacts …), in Open Referral UK 3.0's words."""

    @property
    def key(self) -> str:
        """`source/id`: how a service is known everywhere."""
        return f"{self.source}/{self.id}"

    @property
    def free(self) -> bool:
        """Whether it says that it is free."""
        return self.cost.lower().startswith("free")

    def checksum(self) -> str:
        """Changes exactly when something changes that the source said, save whether it is retired."""
        said = asdict(self)
        del said["status"]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Remark:
    """What an import did with one record that was not as it should be."""

    record: str
    """The record's id, or where it stood (`line 12`)."""
    what: str


@dataclass
class Reading:
    """A whole source, read: the good records, and what had to be mended or left out."""

    records: list[ServiceRecord] = field(default_factory=list)
    repaired: list[Remark] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    complete: bool = True
    """False where only a part of the source was to be had: then nothing is retired for not being in it."""
    silent: frozenset[str] = frozenset()
    """Fields that this form of the source has no words for: what is known of them stays."""
