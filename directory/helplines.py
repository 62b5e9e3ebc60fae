"""The one registry of telephone numbers: the national lines of `data/helplines.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from directory.files import DATA, read_csv
from directory.hours import Hours, next_opening, parse_hours

CHECK_HOURS = "Check their page for hours"
BY_VIDEO = "video relay"
"""In the column `webchat`: an interpreter of British Sign Language on the page of `url`."""
NOT_SHOWN = frozenset({"unverified", "single-source", "council-to-supply"})


@dataclass(frozen=True)
class Contact:
    """Somebody who answers: a national line or a team of the council."""

    id: str
    name: str
    """As a family reads it, with whom it is for where that is not everybody."""
    phone: str | None
    """What to dial, as it is shown."""
    text: str | None
    """What to text: a number, or `SHOUT to 85258`."""
    url: str | None
    hours: Hours | None
    """None where they are not known or sources disagree: then nobody is told that it is open."""
    confidence: frozenset[str]
    """How well the row was confirmed: `verified`, `corroborated`, `single-source`, `hours-unconfirmed` …"""
    checked: date | None
    """The day somebody last checked the number."""
    owner: str
    """Who answers for the row being right."""
    area: str
    """Where it serves."""
    sign_language: bool = False
    """Reached by video at `url`, in British Sign Language; there is nothing to dial."""
    council: bool = False
    """One of the council's own, rather than a national line."""

    def as_dict(self, at: datetime) -> dict[str, Any]:
        """The `Contact` of the chat's contract (design.md), for an aware moment."""
        hours = CHECK_HOURS
        if self.hours:
            opens = next_opening(self.hours, at)
            hours = f"{self.hours.in_words()} (closed now, {opens})" if opens else self.hours.in_words()
        return {
            "name": self.name,
            "phone": self.phone,
            "text": self.text,
            "url": self.url,
            "hours": hours,
            "open_now": open_now(self, at),
        }


def checked_enough(contact: Contact) -> bool:
    """Whether more than one source stands behind the row, and the row is not the council's to fill."""
    return not contact.confidence & NOT_SHOWN


def shown(contact: Contact) -> bool:
    """Whether a family may see this contact: confirmed, and with a number to call or to text, or a page to sign on."""
    return checked_enough(contact) and bool(contact.phone or contact.text or contact.sign_language)


def open_now(contact: Contact, at: datetime) -> bool | None:
    """Whether it answers at an aware moment, in London's time with England's bank holidays; None: not known."""
    return contact.hours.open_at(at) if contact.hours else None


@lru_cache(maxsize=1)
def helplines() -> Mapping[str, Contact]:
    """Every row of the registry by id, also those that may not be shown."""
    return MappingProxyType({row["id"]: _contact(row) for row in read_csv(DATA / "helplines.csv")})


def _contact(row: dict[str, str]) -> Contact:
    confidence = frozenset(row["confidence"].split(";"))
    sure = row["hours_data"] and "hours-unconfirmed" not in confidence
    return Contact(
        id=row["id"],
        name=row["shown_as"] or row["name"],
        phone=row["dial"] or None,
        text=row["text_to"] or None,
        url=row["url"] or None,
        hours=parse_hours(row["hours_data"]) if sure else None,
        confidence=confidence,
        checked=date.fromisoformat(row["checked"]),
        owner=row["owner"],
        area=row["area"],
        sign_language=row["webchat"] == BY_VIDEO and bool(row["url"]),
    )
