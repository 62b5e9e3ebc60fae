"""Whom to talk to: the people for somebody who asks for a person, those who are there now first."""

from __future__ import annotations

from datetime import datetime

from actions.turn import words
from directory.contacts import Contact, open_now, registry, shown
from directory.database import now


def people_for(audience: str, at: datetime | None = None) -> list[Contact]:
    """The contacts for `audience`, those open now or of unknown hours before the closed ones; never empty."""
    moment = at or now()
    everybody = registry()
    listed = [everybody[name] for name in words("people").get(audience, words("people")["other"]) if name in everybody]
    people = [contact for contact in listed if shown(contact)] or [everybody["emergency-999"], everybody["nhs-111"]]
    return sorted(people, key=lambda contact: open_now(contact, moment) is False)
