"""Whom to talk to: the people for somebody who asks for a person, those who are there now first."""

from __future__ import annotations

from datetime import datetime

from actions.memory import Memory
from actions.turn import words
from directory.contacts import EMERGENCY, Contact, contact, open_now, registry, shown
from directory.database import now


def people_for(audience: str, at: datetime | None = None) -> list[Contact]:
    """The contacts for `audience`, those open now or of unknown hours before the closed ones; never empty."""
    moment = at or now()
    everybody = registry()
    listed = [everybody[name] for name in words("people").get(audience, words("people")["other"]) if name in everybody]
    people = [contact for contact in listed if shown(contact)] or [everybody["emergency-999"], everybody["nhs-111"]]
    return sorted(people, key=lambda contact: open_now(contact, moment) is False)


def people_when_we_fail(audience: str) -> list[Contact]:
    """The same people where something of ours does not work, and 999: what was written may not have been understood."""
    return list({it.id: it for it in (*people_for(audience), contact(EMERGENCY))}.values())


def people_in_low_mood(memory: Memory) -> list[Contact]:
    """Somebody to talk to now, for whoever tells of a low mood of their own: shown before any service; else nobody."""
    who = memory.audience or "other"
    codes = [code for code in memory.codes if code == "mind.parent" or (who == "young_person" and code.startswith("mind."))]
    return people_for(f"low_mood_{who}") if codes and who != "practitioner" else []
