"""What is wrong with a council's records of services: no way in, dead addresses, stale, said twice."""

from __future__ import annotations

import ipaddress
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from directory.names import plain
from directory.needs import needs
from directory.problem import Problem
from directory.service import ServiceRecord
from directory.sources.values import reaches_nobody
from directory.weights import weights

_NOBODY = re.compile(r"(?:^|\.)(?:invalid|test|example|example\.(?:com|net|org))$", re.IGNORECASE)
"""Hosts that reach nobody, by RFC 2606; `noemail.invalid` is how some feeds say that there is no address."""
_DRAMA = re.compile(r"(?:01632960|07700900)\d{3}")
"""Ofcom's numbers for drama: nobody answers them."""
_WHOLE = re.compile(r"0\d{9,10}|0(?:800|845)\d{4}|[1-9]\d{2,5}")
"""A number of this country: ten or eleven digits, one of the old short freephone ones (0800 1111), or a short code (111)."""


def faults_of(shown: Iterable[ServiceRecord], today: date, invented: bool = False) -> Iterable[Problem]:
    """Problems of the services that a council shows. `invented`: a council whose addresses reach nobody on purpose."""
    services = list(shown)
    for service in services:
        yield from _ways_in(service)
        if not invented:
            yield from _reach_nobody(service)
        if not service.needs and service.audience != ("professionals",):
            yield Problem("look", f"{service.key}: it answers no need.", "Give it a need of directory/data/needs.yml.")
        yield from _season(service, today)
    yield from _stale(services, today)
    yield from _twins(services)
    yield from _unanswered(services)


def _season(service: ServiceRecord, today: date) -> Iterable[Problem]:
    dates = [day for day in (service.booking_opens, service.starts, service.ends) if day]
    if dates != sorted(dates):
        what = f"{service.key}: its dates are the wrong way round: {', '.join(map(str, dates))}."
        yield Problem("must", what, "Booking opens first, then the first day, then the last.")
    elif service.ends and service.ends < today:
        yield Problem("look", f"{service.key}: it ended on {service.ends}.", "Give its next dates, or retire it.")


def _ways_in(service: ServiceRecord) -> Iterable[Problem]:
    if service.phone or service.text:
        return
    if service.email or service.url or service.places:
        yield Problem("look", f"{service.key}: it has no number to ring or text.", "Add one, if there is one.")
    else:
        what = f"{service.key}: it says no way to reach it: no number, e-mail, page or place."
        yield Problem("must", what, "Add at least one, or retire the record.")


def _reach_nobody(service: ServiceRecord) -> Iterable[Problem]:
    for address in filter(None, (service.email, service.url)):
        host = urlsplit(address).hostname if "://" in address else address.rpartition("@")[2]
        if not host or _NOBODY.search(host) or reaches_nobody(host) or _inside_only(host):
            yield Problem("must", f"{service.key}: {address} reaches nobody.", "Put the real address, or leave it empty.")
    for number in filter(None, (service.phone, service.text)):
        if _DRAMA.search(re.sub(r"\D", "", number)):
            yield Problem("must", f"{service.key}: {number} is a number for drama.", "Put the real number, or leave it empty.")
    if service.phone and not _WHOLE.fullmatch(_digits(service.phone)):
        yield Problem("look", f"{service.key}: {service.phone} does not look like a whole number.", "Ring it, and mend it.")


def _digits(number: str) -> str:
    """The digits of the first number that is said, as they are dialled here: "+44 (0)1942 244 991 ext 3" is 01942244991."""
    first = re.search(r"\+?[\d()][\d ()\-./]*", number)
    plain = re.sub(r"\(0\)|[^\d+]", "", first[0]) if first else ""
    return re.sub(r"^(?:\+44|0044)0?", "0", plain)


def _inside_only(host: str) -> bool:
    """Whether only machines of one network find it: intranet names, private addresses."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host


def _stale(services: list[ServiceRecord], today: date) -> Iterable[Problem]:
    limit = weights()["stale_days"]
    for service in services:
        fix = "Check it, and set its assured_date to the day you did."
        if service.assured_date and service.assured_date > today:
            what = f"{service.key}: last checked {service.assured_date}, a day that is still to come."
            yield Problem("must", what, fix)
        elif service.assured_date is None:
            yield Problem("look", f"{service.key}: nobody knows when it was last checked.", fix)
        elif (today - service.assured_date).days > limit:
            yield Problem("look", f"{service.key}: last checked {service.assured_date}, over {limit} days ago.", fix)


def _twins(services: list[ServiceRecord]) -> Iterable[Problem]:
    by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
    for service in services:
        by_name[plain(service.name), plain(service.organisation)].append(service.key)
    for keys in by_name.values():
        if len(keys) > 1:
            fix = "If it is, keep one record with several places and retire the others."
            yield Problem("look", f"{', '.join(keys)}: the same name and organisation; is it one service?", fix)


def _unanswered(services: list[ServiceRecord]) -> Iterable[Problem]:
    answered = {code for service in services for code in service.needs}
    if missing := [code for code in needs() if code not in answered]:
        what = f"No service of the council's own answers {len(missing)} of the {len(needs())} needs: {', '.join(missing)}."
        yield Problem("look", what, "Add services that do, or be content with the national lines.")
