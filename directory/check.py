"""Is a council pack fit to go live? What keeps it from it, and what somebody should look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from directory.contacts import council_now
from directory.database import now
from directory.needs import needs
from directory.packs import CouncilPack
from directory.service import ServiceRecord
from directory.weights import weights


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be."""

    blocks: bool
    """True: the pack must not go live like this. False: somebody should look."""
    what: str


def check_pack(pack: CouncilPack, services: Iterable[ServiceRecord], today: date | None = None) -> list[Finding]:
    """Findings for a pack and the services shown in its council, those that block first."""
    shown = [service for service in services if service.status == "active"]
    return [*_pack(pack), *_services(shown, today or now().date())]


def _pack(pack: CouncilPack) -> Iterable[Finding]:
    for key in pack.to_supply:
        yield Finding(True, f"council.yml: {key} is still for the council to supply.")
    if not pack.sites:
        yield Finding(True, "council.yml: sites is empty, so no page of the council may embed the widget.")
    if not council_now(pack=pack):
        yield Finding(True, "council.yml: neither the front door nor the out-of-hours team has a number.")
    if pack.handover.staffed and not pack.handover.email:
        yield Finding(True, "council.yml: handover is staffed, but has no e-mail address to tell the team.")
    if pack.approved_by.date is None or pack.approved_by.role is None:
        yield Finding(True, "council.yml: nobody has approved the pack's words (approved_by).")


def _services(shown: list[ServiceRecord], today: date) -> Iterable[Finding]:
    if not shown:
        yield Finding(True, "There are no services of the council's own. Run: signpost import FILE.")
        return
    answered = {code for service in shown for code in service.needs}
    for code, need in needs().items():
        if code not in answered:
            yield Finding(False, f"No service answers the need {code} ({need.label}).")
    for service in shown:
        if not (service.phone or service.text or service.email or service.url or service.places):
            yield Finding(False, f"{service.key}: it says no way to reach it.")
        if not service.needs:
            yield Finding(False, f"{service.key}: it answers no need.")
        if service.ends and service.ends < today:
            yield Finding(False, f"{service.key}: it ended on {service.ends}.")
    yield from _stale(shown, today)
    yield from _twins(shown)


def _stale(shown: list[ServiceRecord], today: date) -> Iterable[Finding]:
    limit = weights()["stale_days"]
    for service in shown:
        if service.assured_date is None:
            yield Finding(False, f"{service.key}: nobody knows when it was last checked.")
        elif (today - service.assured_date).days > limit:
            yield Finding(False, f"{service.key}: last checked {service.assured_date}, over {limit} days ago.")


def _twins(shown: list[ServiceRecord]) -> Iterable[Finding]:
    by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
    for service in shown:
        by_name[service.name.casefold(), service.organisation.casefold()].append(service.key)
    for keys in by_name.values():
        if len(keys) > 1:
            yield Finding(False, f"{', '.join(keys)}: the same name and organisation; is it one service?")
